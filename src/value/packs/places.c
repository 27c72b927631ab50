/* The place of a record: a real city, one of its postcodes, a point near it, its phone area, a street and a number. */
#include "value/packs/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "value/packs/pieces.h"

/* Which draw of the group says what; the order is part of the bytes. */
enum { DRAW_CITY, DRAW_POSTCODE, DRAW_AREA, DRAW_STREET, DRAW_HOUSE, DRAW_POINT = 6, DRAW_PHONE };

struct spot {
	double lat, lon;
};
struct city {
	struct spot at;
	uint32_t first, zips;           /* rows of postcode.tsv; 0 zips: patterns */
	uint32_t state, zone;
	struct cell areas, postcodes;
	uint32_t areas_n, postcodes_n;
};
struct atlas {
	struct kept kept;
	const char *country, *calling, *trunk, *fictional, *address;
	struct step line[STEP_MOST], unit[STEP_MOST];
	const struct table *cities, *states, *zips, *format, *base, *suffix, *world, *zones;
	const struct alias *pick_city, *pick_world;
	struct odds base_odds, suffix_odds;
	struct snippet *bases, *suffixes; /* each with what stands behind it in a street's name */
	bool suffix_first, blocks;      /* of a street's name; blocks: the number of one stands between the two */
	bool usual;                     /* an address is number, base and suffix of the street */
	struct city *city;
	struct spot *zip;
	uint32_t number_most[2], fictional_n;
	bool us;
};

/* Of our own tables, whose numbers are plain: no error to tell. */
static double real_of(struct cell c)
{
	double v = 0, unit = 1;
	bool minus = c.n && c.at[0] == '-', point = false;

	for (uint32_t i = minus; i < c.n; i++) {
		if (c.at[i] == '.') {
			point = true;
			continue;
		}
		v = v * 10 + (c.at[i] - '0');
		unit *= point ? 10 : 1;
	}
	return minus ? -v / unit : v / unit;
}

static uint32_t parts(struct cell c)
{
	uint32_t n = c.n > 0;

	for (uint32_t i = 0; i < c.n; i++)
		n += c.at[i] == ',';
	return n;
}

static struct cell part(struct cell c, uint32_t which)
{
	uint32_t from = 0, to;

	for (; which; from++)
		which -= c.at[from] == ',';
	for (to = from; to < c.n && c.at[to] != ','; to++)
		;
	return (struct cell){ c.at + from, to - from };
}

static void read_city(struct atlas *a, uint32_t row)
{
	struct city *city = &a->city[row];
	struct cell state = table_cell(a->cities, row, 1), codes = table_cell(a->cities, row, 7);
	const char *colon = memchr(codes.at, ':', codes.n);

	*city = (struct city){ .at = { real_of(table_cell(a->cities, row, 5)), real_of(table_cell(a->cities, row, 6)) },
		.areas = table_cell(a->cities, row, 3), .postcodes = codes };
	city->areas_n = parts(city->areas);
	city->postcodes_n = parts(codes);
	while (city->state < a->states->rows && !cell_same(state, table_cell(a->states, city->state, 0)))
		city->state++;
	while (city->zone < a->zones->rows && !cell_same(table_cell(a->cities, row, 4), table_cell(a->zones, city->zone, 0)))
		city->zone++;
	if (!a->us || !colon)
		return;
	struct cell first = { codes.at, (uint32_t)(colon - codes.at) };

	while (city->first < a->zips->rows && !cell_same(first, table_cell(a->zips, city->first, 0)))
		city->first++;
	city->zips = (uint32_t)cell_int((struct cell){ colon + 1, codes.n - first.n - 1 });
}

static struct snippet *bind_snippets(const struct table *t, const char *behind)
{
	struct snippet *pieces = snippets_new(t->rows);

	for (uint32_t i = 0; pieces && i < t->rows; i++)
		snippet_set(&pieces[i], "", table_cell(t, i, 0), behind);
	return pieces;
}

static int bind_odds(struct odds *c, const struct table *t)
{
	const struct alias *weights = table_alias(t);

	return weights ? odds_init(c, weights) : -1;
}

/* Layouts of streets: "%b %s", "%s %b", "%b%k%s"; k is the number of a block. */
static int bind_streets(struct atlas *a)
{
	struct cell layout = format_cell(a->format, "street");
	const char *blank = layout.at[2] == ' ' ? " " : "";

	a->suffix_first = layout.at[1] == 's';
	a->blocks = layout.at[3] == 'k';
	a->bases = bind_snippets(a->base, a->suffix_first ? "" : blank);
	a->suffixes = bind_snippets(a->suffix, a->suffix_first ? blank : "");
	return a->bases && a->suffixes && bind_odds(&a->base_odds, a->base) == 0 ? bind_odds(&a->suffix_odds, a->suffix) : -1;
}

static void let_go(struct atlas *a)
{
	odds_free(&a->base_odds);
	odds_free(&a->suffix_odds);
	free(a->bases);
	free(a->suffixes);
	free(a->city);
	free(a->zip);
}

static int bind(void *made, const char *locale)
{
	struct atlas *a = made;
	uint32_t country;

	a->cities = table_find(locale, "city");
	a->states = table_find(a->cities->locale, "state");
	a->zips = table_find("en_US", "postcode");
	a->format = table_find(a->cities->locale, "format");
	a->base = table_find(a->cities->locale, "street_base");
	a->suffix = table_find(a->cities->locale, "street_suffix");
	a->world = table_find("any", "country");
	a->zones = table_find("any", "zone");
	a->pick_city = table_alias(a->cities);
	a->city = calloc(a->cities->rows, sizeof *a->city);
	a->zip = calloc(a->zips->rows, sizeof *a->zip);
	if (!a->city || !a->zip || !a->pick_city || bind_streets(a) < 0) {
		let_go(a);
		return -1;
	}
	a->country = format_text(a->format, "country");
	a->trunk = format_text(a->format, "trunk");
	a->fictional = format_text(a->format, "fictional");
	a->fictional_n = parts((struct cell){ a->fictional, (uint32_t)strlen(a->fictional) });
	layout_steps(a->line, format_cell(a->format, "line"));
	a->usual = cell_is(format_cell(a->format, "line"), "%n %S") && !a->suffix_first && !a->blocks;
	layout_steps(a->unit, format_cell(a->format, "unit"));
	a->address = format_text(a->format, "address");
	a->us = strcmp(a->country, "US") == 0;
	a->number_most[1] = (uint32_t)cell_int(table_cell(a->format, table_row(a->format, 0, "number"), 1));
	/* Most streets are short: half of all numbers lie in the first tenth. */
	a->number_most[0] = a->number_most[1] / 10;
	country = table_row(a->world, 0, a->country);
	a->calling = table_cell(a->world, country, 4).at;       /* its length is found when it is written */
	for (uint32_t i = 0; i < a->cities->rows; i++)
		read_city(a, i);
	for (uint32_t i = 0; i < a->zips->rows; i++)
		a->zip[i] = (struct spot){ real_of(table_cell(a->zips, i, 1)), real_of(table_cell(a->zips, i, 2)) };
	return 0;
}

const struct atlas *atlas_of(const char *locale, struct err *e)
{
	static struct kept *all;

	return table_kept(&all, locale, sizeof(struct atlas), bind, e);
}

const struct table *atlas_cities(const struct atlas *of)
{
	return of->cities;
}

bool atlas_is_us(const struct atlas *of)
{
	return of->us;
}

const struct table *atlas_table(const struct atlas *of, const char *name)
{
	return table_find(of->cities->locale, name);
}

struct cell place_city(const struct atlas *of, const struct row *r, uint64_t salt)
{
	return table_cell(of->cities, alias_pick(of->pick_city, draw_at(r, salt, DRAW_CITY)), 0);
}

uint32_t place_zone(const struct atlas *of, const struct row *r, uint64_t salt)
{
	return of->city[alias_pick(of->pick_city, draw_at(r, salt, DRAW_CITY))].zone;
}

struct place place_in(const struct atlas *of, uint32_t row, const struct row *r, uint64_t salt)
{
	const struct city *city = &of->city[row];
	uint64_t code = draw_at(r, salt, DRAW_POSTCODE), point = draw_at(r, salt, DRAW_POINT);
	struct spot at = city->at;
	struct place p = { .of = of, .city_row = row, .city = table_cell(of->cities, row, 0), .state_abbr = table_cell(of->cities, row, 1),
		.county = table_cell(of->cities, row, 2), .zone = table_cell(of->cities, row, 4), .country = { of->country, 2 },
		.postcode_draw = draw_more(code) };

	p.state = table_cell(of->states, city->state, 1);
	p.subdivision = table_cell(of->states, city->state, 2);
	p.area = part(city->areas, draw_part(draw_at(r, salt, DRAW_AREA), city->areas_n));
	if (city->zips) {
		uint32_t zip = city->first + draw_part(code, city->zips);

		p.postcode = table_cell(of->zips, zip, 0);
		at = of->zip[zip];
	} else {
		p.postcode = part(city->postcodes, draw_part(code, city->postcodes_n));
	}
	/* A square of 4 km, 0.018 degrees to each side; degrees of longitude are wider for the eye, never beyond 2 km. */
	p.lat = at.lat + ((double)(uint32_t)(point >> 32) * 0x1p-32 - 0.5) * 0.036;
	p.lon = at.lon + ((double)(uint32_t)point * 0x1p-32 - 0.5) * 0.036;
	return p;
}

struct place place_make(const struct atlas *of, const struct row *r, uint64_t salt)
{
	return place_in(of, alias_pick(of->pick_city, draw_at(r, salt, DRAW_CITY)), r, salt);
}

/* '#' a digit, 'N' one of 2 to 9, '?' a letter that British postcodes end in; the rest as it is. */
static char *fill(char *to, struct cell pattern, uint64_t draw)
{
	static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";

	for (uint32_t i = 0; i < pattern.n; i++) {
		char at = pattern.at[i];

		if (at != '#' && at != 'N' && at != '?') {
			*to++ = at;
			continue;
		}
		draw = draw_more(draw);
		*to++ = at == '#' ? (char)('0' + draw_part(draw, 10)) : at == 'N' ? (char)('2' + draw_part(draw, 8)) : letters[draw_part(draw, 20)];
	}
	return to;
}

/* Outward codes hold an N of their own (NW3): patterns are filled from the last blank on where there is one. */
char *place_postcode(const struct place *p, char *to)
{
	struct cell head = p->postcode, rest = p->postcode;
	const char *blank = memchr(head.at, ' ', head.n);

	if (p->of->city[p->city_row].zips || !memchr(head.at, '#', head.n))
		return put_cell(to, head);
	if (!blank)
		return fill(to, rest, p->postcode_draw);
	head.n = (uint32_t)(blank - head.at);
	rest = (struct cell){ blank, rest.n - head.n };
	return fill(put_cell(to, head), rest, p->postcode_draw);
}

/* ---- streets ---- */

/* A street by weight. */
static inline const struct snippet *take_base(const struct atlas *of, uint64_t *bits)
{
	return &of->bases[odds_take(&of->base_odds, bits)];
}

static inline const struct snippet *take_suffix(const struct atlas *of, uint64_t *bits)
{
	return &of->suffixes[odds_take(&of->suffix_odds, bits)];
}

/* Where there are blocks one of six. */
static char *put_street(const struct atlas *of, uint64_t bits, char *to)
{
	const struct snippet *base = take_base(of, &bits), *suffix = take_suffix(of, &bits);

	to = snippet_put(of->suffix_first ? suffix : base, to);
	if (of->blocks)
		*to++ = (char)('1' + take(&bits, 6));
	return snippet_put(of->suffix_first ? base : suffix, to);
}

/* The number of a house, and from what is left in this order: which part of it, which unit, whether it has one. */
static inline uint32_t house_number(const struct atlas *of, uint64_t *bits)
{
	uint32_t far = take_bits(bits, 1);

	return 1 + take(bits, of->number_most[far]);
}

static char *put_steps(const struct atlas *of, const struct step *s, uint32_t number, uint64_t house, uint64_t street, char *to)
{
	for (;; s++) {
		to = put_padded(to, (struct cell){ s->literal, s->n });
		switch (s->what) {
		case 'S': to = put_street(of, street, to); break;
		case 'n': to = digits_int(to, number); break;
		case 'v': to = digits_int(to, 1 + take(&house, 20)); break;
		case 'u': to = digits_int(to, 1 + take(&house, 400)); break;
		default: return to;
		}
	}
}

unsigned place_number(const struct atlas *of, const struct row *r, uint64_t salt)
{
	uint64_t bits = draw_at(r, salt, DRAW_HOUSE);

	return house_number(of, &bits);
}

char *place_street(const struct atlas *of, const struct row *r, uint64_t salt, char *to)
{
	return put_street(of, draw_at(r, salt, DRAW_STREET), to);
}

/* The part and the unit are drawn from different halves of what the number leaves. */
static inline uint64_t unit_bits(uint64_t house)
{
	return house << 12;
}

char *place_unit(const struct atlas *of, const struct row *r, uint64_t salt, char *to)
{
	uint64_t house = draw_at(r, salt, DRAW_HOUSE);

	house_number(of, &house);
	return put_steps(of, of->unit, 0, unit_bits(house), 0, to);
}

static ATTR_COLD char *put_line(const struct atlas *of, uint32_t number, uint64_t house, uint64_t street, char *to)
{
	return put_steps(of, of->line, number, house, street, to);
}

static ATTR_COLD char *put_unit(const struct atlas *of, uint64_t house, char *to)
{
	*to++ = ' ';
	return put_steps(of, of->unit, 0, unit_bits(house), 0, to);
}

char *place_line(const struct atlas *of, const struct row *r, uint64_t salt, double unit_rate, char *to)
{
	uint64_t house = draw_at(r, salt, DRAW_HOUSE), street = draw_at(r, salt, DRAW_STREET);
	uint32_t number = house_number(of, &house);

	if (LIKELY(of->usual)) {
		to = digits_put(to, number, 1);
		*to++ = ' ';
		to = snippet_put(take_base(of, &street), to);
		to = snippet_put(take_suffix(of, &street), to);
	} else {
		to = put_line(of, number, house, street, to);
	}
	/* The 24 bits that neither part nor unit need. */
	if (UNLIKELY((double)(uint32_t)(house & 0xffffff) * 0x1p-24 < unit_rate))
		to = put_unit(of, house, to);
	return to;
}

char *place_address(const struct atlas *of, const struct row *r, uint64_t salt, const char *between, char *to)
{
	struct place p = place_make(of, r, salt);

	for (const char *s = of->address; *s; s++) {
		if (*s == '|')
			to = put_text(to, between);
		if (*s != '%') {
			if (*s != '|')
				*to++ = *s;
			continue;
		}
		s++;
		switch (*s) {
		case 'a': to = place_line(of, r, salt, 0.2, to); break;
		case 'c': to = put_cell(to, p.city); break;
		case 't': to = put_cell(to, p.state_abbr); break;
		case 'T': to = put_cell(to, p.state); break;
		default: to = place_postcode(&p, to); break;
		}
	}
	return to;
}

/* ---- phones ---- */

bool place_has_fictional(const struct atlas *of)
{
	return of->us || of->fictional_n > 0;
}

static char *digits_of(char *to, const char *from, const char *end)
{
	for (; from < end; from++)
		if (*from >= '0' && *from <= '9')
			*to++ = *from;
	return to;
}

static char *us_phone(struct cell area, uint64_t draw, enum phone_style style, bool fictional, char *to)
{
	static const char *const human[][3] = { { "", ".", "." }, { "", "-", "-" }, { "(", ") ", "-" }, { "1-", "-", "-" }, { "", " ", " " } };
	static const char *const fixed[][3] = { { "(", ") ", "-" }, { "+1 ", "-", "-" }, { "+1", "", "" } };
	const char *const *form = style == PHONE_HUMAN ? human[draw_part(draw_more(draw), 5)] : fixed[style];
	/* 200 to 999 without N11, which are services, and without 555. */
	unsigned last = (unsigned)(draw & 0xffffff) % 10000, tens = draw_part(draw_more(draw ^ 1), 99);
	unsigned exchange = 200 + draw_part(draw, 8) * 100 + tens + (tens >= 11);

	if (exchange == 555)
		exchange = 556;
	if (fictional) {
		exchange = 555;
		last = 100 + last % 100;
	}
	to = put_text(to, form[0]);
	to = put_cell(to, area);
	to = put_text(to, form[1]);
	to = put_digits(to, exchange, 3);
	to = put_text(to, form[2]);
	return put_digits(to, last, 4);
}

char *place_phone(const struct atlas *of, const struct row *r, uint64_t salt, enum phone_style style, bool fictional, char *to)
{
	struct place p = place_make(of, r, salt);
	uint64_t draw = draw_at(r, salt, DRAW_PHONE);
	char national[PHONE_ROOM], *end;

	if (of->us)
		return us_phone(p.area, draw, style, fictional, to);
	if (fictional)
		p.area = part((struct cell){ of->fictional, (uint32_t)strlen(of->fictional) }, draw_part(draw, of->fictional_n));
	end = fill(national, p.area, draw);
	if (style == PHONE_INTERNATIONAL || style == PHONE_E164) {
		*to++ = '+';
		to = put_bytes(to, of->calling, 2);     /* all of these have two digits */
		if (style == PHONE_E164)
			return digits_of(to, national, end);
		*to++ = ' ';
		return put_bytes(to, national, (size_t)(end - national));
	}
	to = put_text(to, of->trunk);
	if (style == PHONE_HUMAN && draw & 1)
		return digits_of(to, national, end);
	return put_bytes(to, national, (size_t)(end - national));
}
