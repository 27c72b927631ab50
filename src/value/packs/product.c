/* Products: name, category, material, price and codes agree in a record. */
#include "value/check.h"
#include "value/packs/distinct.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

enum { FIELD_NAME, FIELD_CATEGORY, FIELD_MATERIAL, FIELD_SKU, FIELD_EAN13, FIELD_PRICE };
enum { NOUN, NOUN_CATEGORY, NOUN_CLASS, NOUN_LOW, NOUN_HIGH };
enum { PRODUCT_SKU = 0x736b7500, PRODUCT_EAN = 0x65616e00, PRODUCT_PRICE = 0x70726900, PRODUCT_TEXT = 0x74657800 };

static const char *const field_names[] = { "name", "category", "material", "sku", "ean13", "price", NULL };
static const char *const endings[] = { "any", "99", "95", "00", NULL };

struct product_opts {
	double min, max;
	int64_t decimals, sentences;
	int ending;
	char *symbol, *pattern, *prefix, *separator, *fields;
};

/* One class of materials: its rows follow each other. */
struct product_made {
	struct pick nouns, adjectives, materials, sentences;
	uint32_t first[128], count[128];        /* materials of each noun */
	int64_t low[128], high[128];            /* its price band, in units of the call's scale */
	struct fields fields;
	unsigned openings;                      /* openings: sentences that may come first; they lead the table */
};

/* What of the band lies within the bounds; all that the bounds allow when nothing does. */
static void bind_band(const struct product_opts *o, struct product_made *m, uint32_t i, unsigned scale)
{
	int64_t low = scaled(o->min, scale), high = scaled(o->max, scale), one = schema_power10(scale);
	int64_t from = cell_int(table_cell(m->nouns.table, i, NOUN_LOW)) * one, to = cell_int(table_cell(m->nouns.table, i, NOUN_HIGH)) * one;

	m->low[i] = from < low ? low : from;
	m->high[i] = to > high ? high : to;
	if (m->low[i] > m->high[i]) {
		m->low[i] = low;
		m->high[i] = high;
	}
}

static int product_prepare(struct call *c, struct err *e)
{
	const struct product_opts *o = c->opts;
	struct product_made *m = c->made;
	bool priced = o->max != 0;

	if (pick_bind(&m->nouns, c->locale, "product_noun", true, e) < 0 || pick_bind(&m->adjectives, c->locale, "product_adjective", true, e) < 0 ||
	    pick_bind(&m->materials, c->locale, "product_material", false, e) < 0 || pick_bind(&m->sentences, c->locale, "product_sentence", false, e) < 0)
		return -1;
	m->openings = table_range(m->sentences.table, 1, "first", &(uint32_t){ 0 });
	if (m->nouns.table->rows > 128)
		return err_set(e, ERR_INPUT, "locale: the table 'product_noun' is too long");
	c->scale = (uint8_t)(priced ? o->decimals : 2);
	for (uint32_t i = 0; i < m->nouns.table->rows; i++) {
		struct cell class = table_cell(m->nouns.table, i, NOUN_CLASS);
		char text[40] = { 0 };

		memcpy(text, class.at, class.n < 39 ? class.n : 39);
		m->count[i] = table_range(m->materials.table, 1, text, &m->first[i]);
		if (!m->count[i])
			return err_set(e, ERR_INPUT, "locale: no material is of the class '%s'", text);
		bind_band(priced ? o : &(struct product_opts){ .min = 1, .max = 1000 }, m, i, c->scale);
	}
	if (text_fits("pattern", o->pattern, PATTERN_MOST, e) < 0 || text_fits("separator", o->separator, 4, e) < 0 ||
	    text_fits("symbol", o->symbol, 16, e) < 0)
		return -1;
	return o->fields ? fields_read(&m->fields, o->fields, field_names, UINT64_MAX, e) : 0;
}

/* ---- the record ---- */

struct product {
	uint32_t noun;
	struct cell adjective, material, name;
};

static void product_of(const struct call *c, const struct row *r, struct product *to)
{
	const struct product_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt);
	uint32_t noun = table_pick(m->nouns.table, m->nouns.weights, &d);
	uint64_t draw = draws_next(&d);

	to->noun = noun;
	to->name = table_cell(m->nouns.table, noun, NOUN);
	to->adjective = table_cell(m->adjectives.table, (uint32_t)((draw >> 32) * m->adjectives.table->rows >> 32), 0);
	to->material = table_cell(m->materials.table, m->first[noun] + (uint32_t)((draw & 0xffffffff) * m->count[noun] >> 32), 0);
}

static char *put_name(char *to, const struct product *p)
{
	to = put_cell(to, p->adjective);
	*to++ = ' ';
	to = put_cell(to, p->material);
	*to++ = ' ';
	return put_cell(to, p->name);
}

static char *name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct product p;

	(void)d;
	product_of(c, r, &p);
	return put_name(to, &p);
}

static struct cell category_of(const struct call *c, const struct product *p)
{
	return table_cell(((const struct product_made *)c->made)->nouns.table, p->noun, NOUN_CATEGORY);
}

static char *category_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct product p;

	(void)d;
	product_of(c, r, &p);
	return put_cell(to, category_of(c, &p));
}

static char *material_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct product p;

	(void)d;
	product_of(c, r, &p);
	return put_cell(to, p.material);
}

/* ---- price ---- */

#define PRICE_PARAMS \
	P_REAL(struct product_opts, min, 0, 1e12, 1, .help = "Lowest price."), \
	P_REAL(struct product_opts, max, 0, 1e12, 1000, .help = "Highest price."), \
	P_INT(struct product_opts, decimals, 0, 6, 2, .help = "How many decimals."), \
	P_CHOICE(struct product_opts, ending, endings, 0, .help = "What the first two decimals are.")

static const struct param price_params[] = { PRICE_PARAMS, P_END };
static const struct param tag_params[] = {
	PRICE_PARAMS,
	P_TEXT(struct product_opts, symbol, "$", .help = "What stands before the number."),
	P_END
};

static int price_prepare(struct call *c, struct err *e)
{
	const struct product_opts *o = c->opts;

	if (o->decimals < 2 && (o->ending == 1 || o->ending == 2))
		return err_set(e, ERR_INPUT, "ending: %s needs two decimals", endings[o->ending]);
	if (o->max * (double)schema_power10((unsigned)o->decimals) > 9e18)
		return err_set(e, ERR_INPUT, "max: %g has too many digits with %lld decimals", o->max, (long long)o->decimals);
	return product_prepare(c, e);
}

static int64_t price_of(const struct call *c, const struct row *r)
{
	const struct product_opts *o = c->opts;
	const struct product_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt), own = draws_of(r, c->group_salt ^ PRODUCT_PRICE);
	uint32_t noun = table_pick(m->nouns.table, m->nouns.weights, &d);
	int64_t low = m->low[noun], high = m->high[noun], one, v, unit = schema_power10(c->scale);
	double u = draws_unit(&own);

	/* Cheap ones of a band more often. */
	v = low + (int64_t)((double)(high - low) * u * u + 0.5);
	if (!o->ending)
		return v > high ? high : v;
	one = c->scale >= 2 ? unit / 100 : 1;
	v = v / unit * unit + (o->ending == 1 ? 99 : o->ending == 2 ? 95 : 0) * one;
	v += v < low ? unit : v > high ? -unit : 0;
	return v < low || v > high ? low : v;
}

static void price_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)d;
	to->i = price_of(c, r);
}

static char *tag_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *symbol = ((const struct product_opts *)c->opts)->symbol;

	(void)d;
	to = put_text(to, symbol);
	return put_decimal(to, price_of(c, r), c->scale);
}

/* ---- sku, bar codes ---- */

static const struct param sku_params[] = {
	P_TEXT(struct product_opts, pattern, "?\?\?-#####", .help = "# is a digit, ? a letter."),
	P_END
};

static size_t sku_room(const struct call *c)
{
	return strlen(((const struct product_opts *)c->opts)->pattern);
}

static char *sku_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	*d = draws_of(r, c->group_salt ^ PRODUCT_SKU);
	return put_pattern(to, ((const struct product_opts *)c->opts)->pattern, d);
}

static uint64_t sku_pool(const struct call *c)
{
	return distinct_pattern_pool(((const struct product_opts *)c->opts)->pattern);
}

static char *sku_nth(const struct call *c, uint64_t i, char *to)
{
	return distinct_pattern_put(i, ((const struct product_opts *)c->opts)->pattern, to);
}

static const struct param code_params[] = {
	P_TEXT(struct product_opts, prefix, "", .help = "First digits; empty: one that is given out."),
	P_END
};

static int code_prepare(struct call *c, struct err *e)
{
	const char *prefix = ((const struct product_opts *)c->opts)->prefix;
	size_t most = strcmp(c->is->name, "ean8") == 0 ? 7 : strcmp(c->is->name, "upc_a") == 0 ? 11 : 12;

	if (strspn(prefix, "0123456789") != strlen(prefix) || strlen(prefix) > most)
		return err_set(e, ERR_INPUT, "prefix: '%.40s' is not made of at most %zu digits", prefix, most);
	return 0;
}

/* Three digits that GS1 has given to a member organization. */
static char *put_gs1(char *to, struct draws *d)
{
	static const struct { uint16_t first, last, weight; } ranges[] = {
		{ 1, 19, 12 }, { 30, 39, 4 }, { 60, 99, 8 }, { 100, 139, 4 }, { 300, 379, 10 }, { 400, 440, 14 }, { 450, 459, 6 }, { 490, 499, 4 },
		{ 500, 509, 10 }, { 540, 549, 3 }, { 570, 579, 3 }, { 590, 590, 4 }, { 690, 699, 12 }, { 700, 709, 1 }, { 730, 739, 3 },
		{ 750, 750, 2 }, { 754, 755, 2 }, { 760, 769, 3 }, { 789, 790, 4 }, { 800, 839, 10 }, { 840, 849, 6 }, { 870, 879, 6 },
		{ 880, 881, 3 }, { 890, 890, 3 }, { 900, 919, 3 }, { 930, 939, 3 },
	};
	uint64_t draw = draws_next(d);
	unsigned total = 0, at, i = 0;

	for (unsigned k = 0; k < sizeof ranges / sizeof *ranges; k++)
		total += ranges[k].weight;
	at = (unsigned)((draw >> 32) * total >> 32);
	while (at >= ranges[i].weight)
		at -= ranges[i++].weight;
	return put_digits(to, ranges[i].first + ((draw & 0xffffffff) * (ranges[i].last - ranges[i].first + 1U) >> 32), 3);
}

static char *put_ean(const struct call *c, const struct row *r, const char *prefix, unsigned length, char *to)
{
	struct draws d = draws_of(r, c->group_salt ^ (PRODUCT_EAN + length));
	size_t n = strlen(prefix);

	memcpy(to, prefix, n);
	if (!n && length == 12)
		n = (size_t)(put_of(to, &d, 1, "0678", 4) - to);
	else if (!n)
		n = (size_t)(put_gs1(to, &d) - to);
	put_drawn(to + n, &d, length - 1 - (unsigned)n);
	to[length - 1] = check_ean(to, length - 1);
	return to + length;
}

static char *code_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *name = c->is->name;

	(void)d;
	return put_ean(c, r, ((const struct product_opts *)c->opts)->prefix, name[0] == 'u' ? 12 : name[3] == '8' ? 8 : 13, to);
}

/* ---- isbn13 ---- */

static const struct param isbn_params[] = {
	P_TEXT(struct product_opts, separator, "-", .help = "What stands between the parts."),
	P_END
};

/* Publishers' numbers by their first digits, in the groups of English, French and German: parts as the ISBN agency cuts them. */
static char *isbn_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const struct { uint8_t group, width; uint32_t first, last; } publishers[] = {
		{ 0, 2, 0, 19 }, { 0, 3, 200, 227 }, { 0, 3, 370, 638 }, { 0, 4, 7000, 8499 }, { 0, 5, 85000, 89999 },
		{ 1, 4, 4000, 5499 }, { 1, 5, 55000, 64999 }, { 2, 2, 0, 19 }, { 2, 3, 400, 486 }, { 2, 4, 7000, 8399 }, { 3, 2, 4, 19 },
		{ 3, 3, 200, 389 }, { 3, 4, 7000, 8499 }, { 3, 5, 85000, 89999 },
	};
	const char *separator = ((const struct product_opts *)c->opts)->separator;
	size_t n = strlen(separator);
	char digits[13] = "978";
	unsigned i, cuts[5];

	*d = draws_of(r, c->group_salt ^ (PRODUCT_EAN + 1));
	i = (unsigned)draws_below(d, sizeof publishers / sizeof *publishers);
	digits[3] = (char)('0' + publishers[i].group);
	put_digits(digits + 4, publishers[i].first + draws_below(d, publishers[i].last - publishers[i].first + 1), publishers[i].width);
	put_drawn(digits + 4 + publishers[i].width, d, 8U - publishers[i].width);
	digits[12] = check_ean(digits, 12);
	cuts[0] = 3;
	cuts[1] = 4;
	cuts[2] = 4U + publishers[i].width;
	cuts[3] = 12;
	cuts[4] = 13;
	for (unsigned k = 0, at = 0; k < 5; at = cuts[k++]) {
		if (k)
			to = put_bytes(to, separator, n);
		to = put_bytes(to, digits + at, cuts[k] - at);
	}
	return to;
}

/* ---- product_description, product ---- */

static const struct param description_params[] = {
	P_INT(struct product_opts, sentences, 1, 20, 2, .help = "How many sentences."),
	P_END
};

static size_t description_room(const struct call *c)
{
	return (size_t)((const struct product_opts *)c->opts)->sentences * 200;
}

/* A sentence with {name}, {material}, {noun} or {category}. */
static char *put_sentence(const struct call *c, const struct product *p, struct cell text, char *to)
{
	for (uint32_t i = 0; i < text.n; i++) {
		if (text.at[i] != '{') {
			*to++ = text.at[i];
			continue;
		}
		switch (text.at[i + 2]) {
		case 'o': to = put_cell(to, p->name); break;
		case 'a': to = text.at[i + 1] == 'n' ? put_name(to, p) : text.at[i + 1] == 'm' ? put_cell(to, p->material) : put_cell(to, category_of(c, p)); break;
		}
		while (text.at[i] != '}')
			i++;
	}
	return to;
}

/* The first sentence names the product; the others follow each other in the table from a drawn one on. */
static char *description_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct table *t = ((const struct product_made *)c->made)->sentences.table;
	int64_t n = ((const struct product_opts *)c->opts)->sentences;
	uint32_t opening = ((const struct product_made *)c->made)->openings, at;
	struct product p;

	*d = draws_of(r, c->group_salt ^ PRODUCT_TEXT);
	product_of(c, r, &p);
	to = put_sentence(c, &p, table_cell(t, (uint32_t)draws_below(d, opening), 0), to);
	at = (uint32_t)draws_below(d, t->rows - opening);
	for (int64_t i = 1; i < n; i++, at++) {
		*to++ = ' ';
		to = put_sentence(c, &p, table_cell(t, opening + at % (t->rows - opening), 0), to);
	}
	return to;
}

static const struct param product_params[] = {
	P_TEXT(struct product_opts, fields, "name,category,material,sku,ean13,price", .flags = PARAM_LIST, .help = "Which fields, in this order."),
	P_END
};

static char *product_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct product_made *m = c->made;
	struct product p;

	product_of(c, r, &p);
	for (unsigned i = 0; i < m->fields.n; i++) {
		to = put_key(to, i ? ',' : '{', field_names[m->fields.at[i]]);
		if (m->fields.at[i] != FIELD_PRICE)
			*to++ = '"';
		switch (m->fields.at[i]) {
		case FIELD_NAME: to = put_name(to, &p); break;
		case FIELD_CATEGORY: to = put_cell(to, category_of(c, &p)); break;
		case FIELD_MATERIAL: to = put_cell(to, p.material); break;
		case FIELD_SKU:
			*d = draws_of(r, c->group_salt ^ PRODUCT_SKU);
			to = put_pattern(to, "?\?\?-#####", d);
			break;
		case FIELD_EAN13: to = put_ean(c, r, "", 13, to); break;
		default: to = put_decimal(to, price_of(c, r), c->scale);
		}
		if (m->fields.at[i] != FIELD_PRICE)
			*to++ = '"';
	}
	return put_literal(to, "}");
}

#define PRODUCT_ROW(n) ROW_NAME(n), .category = "Commerce", .group = "product", .opts_size = sizeof(struct product_opts), \
	.made_size = sizeof(struct product_made), .prepare = product_prepare
#define CODE_ROW(n) ROW_NAME(n), .category = "Commerce", .group = "product", .opts_size = sizeof(struct product_opts), .prepare = code_prepare, \
	.out = KIND_TEXT, .params = code_params, .text = code_text

const struct provider pack_product[] = {
	{ PRODUCT_ROW("product_name"), .aliases = "commerce.productName commerce.product", .help = "A product, made of words.", .example = "Compact Steel Lamp",
	  .out = KIND_TEXT, .text = name_text },
	{ PRODUCT_ROW("product_category"), .aliases = "commerce.department", .help = "The category of the record's product.", .example = "Home and Garden",
	  .out = KIND_TEXT, .text = category_text },
	{ ROW_NAME("price"), .aliases = "commerce.price", .category = "Commerce", .group = "product", .help = "A price in the band of the record's product.",
	  .example = "249.99", .out = KIND_DECIMAL, .params = price_params, .opts_size = sizeof(struct product_opts),
	  .made_size = sizeof(struct product_made), .prepare = price_prepare, .value = price_value },
	{ ROW_NAME("price_tag"), .aliases = "money", .category = "Commerce", .group = "product", .help = "The record's price with a sign before it.",
	  .example = "$249.99", .out = KIND_TEXT, .params = tag_params, .opts_size = sizeof(struct product_opts),
	  .made_size = sizeof(struct product_made), .prepare = price_prepare, .text = tag_text },
	{ PRODUCT_ROW("sku"), .help = "The number by which a shop keeps a product.", .example = "LMP-40218", .out = KIND_TEXT, .params = sku_params,
	  .max_len = sku_room, .text = sku_text, .pool = sku_pool, .nth_text = sku_nth },
	{ CODE_ROW("ean13"), .aliases = "ean localized_ean13 localized_ean", .help = "A bar code of 13 digits.", .example = "4006381333931" },
	{ PRODUCT_ROW("product_description"), .aliases = "commerce.productDescription", .help = "Sentences about the record's product.",
	  .example = "The Compact Steel Lamp is made to last.", .out = KIND_TEXT, .params = description_params, .max_len = description_room,
	  .text = description_text },
	{ PRODUCT_ROW("product_material"), .aliases = "commerce.productMaterial", .help = "What the record's product is made of.", .example = "Steel",
	  .out = KIND_TEXT, .text = material_text },
	{ PRODUCT_ROW("product"), .help = "A product as an object.",
	  .example = "{\"name\":\"Compact Steel Lamp\",\"category\":\"Home and Garden\",\"price\":49.90}", .out = KIND_JSON, .params = product_params,
	  .room = 480, .text = product_text },
	{ CODE_ROW("ean8"), .aliases = "localized_ean8", .help = "A bar code of 8 digits.", .example = "96385074" },
	{ CODE_ROW("upc_a"), .aliases = "productupc commerce.upc", .help = "A bar code of 12 digits.", .example = "036000291452" },
	{ PRODUCT_ROW("isbn13"), .aliases = "productisbn commerce.isbn", .help = "The number of a book.", .example = "978-0-306-40615-7", .out = KIND_TEXT,
	  .params = isbn_params, .text = isbn_text },
	{ .name = NULL },
};
