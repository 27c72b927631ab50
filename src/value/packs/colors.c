/* Colours. All of a record are the same colour of CSS, in every notation. */
#include "value/packs/packs.h"
#include "value/packs/pieces.h"

static const char *const sets[] = { "css", "basic", NULL };
static const char *const formats[] = { "css", "csv", "array", "float", NULL };
enum { CSS, CSV, ARRAY, FLOAT };

struct color_opts {
	int set, format;
	bool alpha, upper;
};

#define COLOR_SET(f) P_CHOICE(struct color_opts, set, sets, 0, .flags = (f), .help = "All names of CSS, or the sixteen basic ones.")
static const struct param name_params[] = {
	COLOR_SET(0),
	P_END
};
static const struct param hex_params[] = {
	P_BOOL(struct color_opts, alpha, false, .help = "Whether two digits of opacity follow."),
	P_BOOL(struct color_opts, upper, false, .help = "Whether letters are upper case."),
	COLOR_SET(PARAM_INSIDE),
	P_END
};
static const struct param rgb_params[] = {
	P_CHOICE(struct color_opts, format, formats, 0, .help = "How it is written."),
	P_BOOL(struct color_opts, alpha, false, .help = "Whether the opacity follows."),
	COLOR_SET(PARAM_INSIDE),
	P_END
};

static int color_prepare(struct call *c, struct err *e)
{
	if (((const struct color_opts *)c->opts)->format >= ARRAY)
		c->kind = KIND_JSON;
	return subset_init(c->made, c->locale, "css_color", 2, sets[((const struct color_opts *)c->opts)->set], false, e);
}

static char *name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_cell(to, table_cell(((const struct subset *)c->made)->t, subset_of_group(c, r), 0));
}

static char *hex_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct color_opts *o = c->opts;
	struct cell hex = table_cell(((const struct subset *)c->made)->t, subset_of_group(c, r), 1);
	char *first = to;

	*to++ = '#';
	to = put_cell(to, hex);
	if (o->alpha)
		to = put_hex(to, draws_below(d, 256), 2);
	for (; o->upper && first < to; first++)
		if (*first >= 'a')
			*first = (char)(*first - 32);
	return to;
}

static unsigned channel(struct cell hex, unsigned i)
{
	return hex_value(hex.at[2 * i]) << 4 | hex_value(hex.at[2 * i + 1]);
}

/* Three decimals of v / 255. */
static char *put_unit(char *to, unsigned v)
{
	unsigned m = (v * 1000 + 127) / 255;

	*to++ = (char)('0' + m / 1000);
	*to++ = '.';
	return put_digits(to, m % 1000, 3);
}

static char *rgb_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct color_opts *o = c->opts;
	struct cell hex = table_cell(((const struct subset *)c->made)->t, subset_of_group(c, r), 1);
	bool array = o->format >= ARRAY;

	if (o->format == CSS)
		to = o->alpha ? put_literal(to, "rgba(") : put_literal(to, "rgb(");
	else if (array)
		*to++ = '[';
	for (unsigned i = 0; i < 3; i++) {
		if (i)
			*to++ = ',';
		if (i && o->format == CSS)
			*to++ = ' ';
		to = o->format == FLOAT ? put_unit(to, channel(hex, i)) : put_int(to, channel(hex, i));
	}
	if (o->alpha) {
		*to++ = ',';
		if (o->format == CSS)
			*to++ = ' ';
		to = put_unit(to, (unsigned)draws_below(d, 256));
	}
	if (o->format != CSV)
		*to++ = array ? ']' : ')';
	return to;
}

#define COLOR .category = "Colour", .group = "color", .opts_size = sizeof(struct color_opts), .made_size = sizeof(struct subset), \
	.prepare = color_prepare, .release = subset_release, .out = KIND_TEXT, .rows = subset_pool, .pool = subset_pool

const struct provider pack_colors[] = {
	{ ROW_NAME("color_name"), .aliases = "color color.human vehicle.color", .help = "The name of a colour.", .example = "teal", .params = name_params,
	  .text = name_text, COLOR },
	{ ROW_NAME("hex_color"), .help = "A colour as hex digits.", .example = "#008080", .params = hex_params, .text = hex_text, COLOR },
	{ ROW_NAME("rgb_color"), .aliases = "color.rgb rgb_css_color(format=css) color_rgb(format=array) color_rgb_float(format=float)",
	  .help = "A colour as red, green and blue.", .example = "rgb(0, 128, 128)", .params = rgb_params, .text = rgb_text, COLOR },
	{ .name = NULL },
};
