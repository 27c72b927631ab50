/* Countries, languages and zones of the world; phones. */
#include "value/modify.h"
#include "value/packs/packs.h"
#include "value/packs/person.h"

#include <stdlib.h>
#include <string.h>

static const char *const weights[] = { "none", "population", "gdp", NULL };
static const char *const ofs[] = { "world", "locale", NULL };
static const char *const code_kinds[] = { "alpha2", "alpha3", "numeric", NULL };
static const char *const language_kinds[] = { "alpha2", "alpha3", "bcp47", NULL };
static const char *const styles[] = { "national", "international", "e164", "human", NULL };

struct world_opts {
	int weight, of, variant, style;
	char *country;
	bool fictional, here;
};
struct world_made {
	const struct table *t, *names, *other;
	struct alias by;
	const struct alias *pick;
	const struct atlas *at;
	uint32_t fixed;                 /* a country's row, or UINT32_MAX */
	uint32_t *start;
};

/* Set where the record has a city or something else of the place: then it is the place's. */
#define HERE_ROW P_BOOL(struct world_opts, here, false, .flags = PARAM_INSIDE, .help = "Of the record's place.")
static const struct param country_params[] = {
	P_CHOICE(struct world_opts, weight, weights, 0, .help = "All alike, or by people or economy; then apart from the other fields."),
	P_CHOICE(struct world_opts, of, ofs, 0, .help = "Any of the world, or the locale's."), HERE_ROW, P_END
};
static const struct param code_params[] = {
	P_CHOICE(struct world_opts, variant, code_kinds, 0, .help = "Two letters, three, or three digits."),
	P_CHOICE(struct world_opts, of, ofs, 0, .help = "Any of the world, or the locale's."), HERE_ROW, P_END
};
#define ANY_ROW P_TEXT(struct world_opts, country, "any", .help = "Only of this country, as two letters; 'any' is the record's country, 'locale' the locale's.")
static const struct param any_params[] = { ANY_ROW, HERE_ROW, P_END };
static const struct param nation_params[] = { HERE_ROW, P_END };
static const struct param language_params[] = {
	P_CHOICE(struct world_opts, variant, language_kinds, 0, .help = "Two letters, three, or with a country."), P_END
};
#define PHONE_COUNTRY P_TEXT(struct world_opts, country, "locale", .help = "Country of the number, as two letters; 'locale' is the locale's.")
#define FICTIONAL P_BOOL(struct world_opts, fictional, false, .help = "A number set aside for stories, such as 555-0100 to 0199.")
static const struct param phone_params[] = {
	PHONE_COUNTRY, P_CHOICE(struct world_opts, style, styles, 0, .help = "How it is written."), FICTIONAL, P_END
};
static const struct param e164_params[] = { PHONE_COUNTRY, FICTIONAL, P_END };

static uint32_t country_row(const struct table *t, const char *locale)
{
	const char *under = strchr(locale, '_');
	uint32_t row = under ? table_row(t, 0, under + 1) : UINT32_MAX;

	return row == UINT32_MAX ? table_row(t, 0, "US") : row;
}

static int world_prepare(struct call *c, struct err *e)
{
	const struct world_opts *o = c->opts;
	struct world_made *made = c->made;
	double by[400];

	made->t = table_find("any", "country");
	made->names = table_find(c->locale, "country_name");
	made->fixed = o->of || o->here ? country_row(made->t, c->locale) : UINT32_MAX;
	if (o->country && strcmp(o->country, "any") != 0) {
		made->fixed = strcmp(o->country, "locale") == 0 ? country_row(made->t, c->locale) :
			table_named(made->t, 0, "country", "country", o->country, e);
		if (made->fixed == UINT32_MAX)
			return -1;
	}
	for (uint32_t i = 0; i < made->t->rows; i++)
		by[i] = o->weight == 2 ? (double)cell_int(table_cell(made->t, i, 3)) : made->t->weights[i];
	return o->weight && alias_init(&made->by, by, made->t->rows) < 0 ? err_memory(e) : 0;
}

static void world_release(struct call *c)
{
	alias_free(&((struct world_made *)c->made)->by);
	free(((struct world_made *)c->made)->start);
}

static uint32_t chosen(const struct call *c, const struct row *r, struct draws *d)
{
	const struct world_made *made = c->made;

	if (made->fixed != UINT32_MAX)
		return made->fixed;
	if (UNLIKELY(c->leader && (c->leader == c->mods || !((const struct world_opts *)c->opts)->weight)))
		return modify_row(c, r);
	if (((const struct world_opts *)c->opts)->weight)
		return alias_pick(&made->by, draws_next(d));
	return draw_part(draw_at(r, c->group_salt, 8), made->t->rows);
}

static uint64_t country_rows(const struct call *c)
{
	const struct world_made *made = c->made;

	return made->fixed != UINT32_MAX ? 1 : made->t->rows;
}

static char *country_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	return put_cell(to, table_cell(((const struct world_made *)c->made)->names, chosen(c, r, d), 0));
}

static char *code_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	return put_cell(to, table_cell(((const struct world_made *)c->made)->t, chosen(c, r, d), (unsigned)((const struct world_opts *)c->opts)->variant));
}

static char *calling_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	*to++ = '+';
	return put_cell(to, table_cell(((const struct world_made *)c->made)->t, chosen(c, r, d), 4));
}

static char *nationality_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	return put_cell(to, table_cell(((const struct world_made *)c->made)->t, chosen(c, r, d), 5));
}

/* ---- zones and subdivisions of a country ---- */

static bool has(struct cell list, struct cell code)
{
	for (uint32_t i = 0; i + 2 <= list.n; i += 3)
		if (memcmp(list.at + i, code.at, 2) == 0)
			return true;
	return false;
}

/* The place itself where the record has one, and nobody asked for another country. */
static int here_prepare(struct call *c, struct err *e)
{
	struct world_made *made = c->made;

	if (!((const struct world_opts *)c->opts)->here)
		return 0;
	made->at = atlas_of(c->locale, e);
	return made->at ? 0 : -1;
}

/* The rows of every country's zones one after the other; start[i] is where those of country i begin. */
static int zone_prepare(struct call *c, struct err *e)
{
	struct world_made *made = c->made;
	uint32_t n = 0, countries;

	if (world_prepare(c, e) < 0 || here_prepare(c, e) < 0)
		return -1;
	made->other = table_find("any", "zone");
	countries = made->t->rows;
	for (uint32_t k = 0; k < made->other->rows; k++)
		n += table_cell(made->other, k, 1).n / 2;       /* two letters each, and commas */
	made->start = calloc(countries + 1 + n, sizeof *made->start);
	if (!made->start)
		return err_memory(e);
	n = countries + 1;
	for (uint32_t i = 0; i < countries; i++) {
		made->start[i] = n;
		for (uint32_t k = 0; k < made->other->rows; k++)
			if (has(table_cell(made->other, k, 1), table_cell(made->t, i, 0)))
				made->start[n++] = k;
	}
	made->start[countries] = n;
	return 0;
}

static char *zone_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct world_made *made = c->made;
	const uint32_t *start;

	if (made->at)
		return put_cell(to, place_make(made->at, r, c->group_salt).zone);
	start = &made->start[chosen(c, r, d)];
	return put_cell(to, table_cell(made->other, made->start[start[0] + draw_part(draw_at(r, c->group_salt, 9), start[1] - start[0])], 0));
}

static int subdivision_prepare(struct call *c, struct err *e)
{
	struct world_made *made = c->made;

	made->other = table_find("any", "subdivision");
	return here_prepare(c, e) < 0 ? -1 : world_prepare(c, e);
}

static char *subdivision_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct world_made *made = c->made;
	struct cell code = made->at ? place_make(made->at, r, c->group_salt).subdivision : table_cell(made->t, chosen(c, r, d), 0);
	uint32_t low = 0, high = made->other->rows, first;

	if (made->at)
		return put_cell(to, code);
	/* The table is sorted: the first row of the country, and the first behind. */
	while (low < high) {
		uint32_t middle = (low + high) / 2;

		*(memcmp(table_cell(made->other, middle, 0).at, code.at, 2) < 0 ? &low : &high) = middle + (memcmp(table_cell(made->other, middle, 0).at, code.at, 2) < 0);
	}
	for (first = low; low < made->other->rows && memcmp(table_cell(made->other, low, 0).at, code.at, 2) == 0; low++)
		;
	if (first == low)
		return put_cell(to, code);
	return put_cell(to, table_cell(made->other, first + draw_part(draw_at(r, c->group_salt, 9), low - first), 0));
}

/* ---- languages ---- */

static int list_prepare(struct call *c, struct err *e)
{
	struct world_made *made = c->made;

	made->t = table_find("en_US", "language");
	if (strcmp(c->is->name, "locale_code") == 0 || ((const struct world_opts *)c->opts)->variant == 2)
		made->t = table_find("any", "locale_code");
	made->pick = table_alias(made->t);
	return made->pick ? 0 : err_memory(e);
}

static char *put_language(const struct call *c, uint32_t row, char *to)
{
	const struct world_made *made = c->made;
	int variant = ((const struct world_opts *)c->opts)->variant;
	unsigned column = strcmp(c->is->name, "language_code") == 0 ? (unsigned)variant + 1 : 0;
	char *from = to;

	if (column == 3)
		column = 0;
	to = put_cell(to, table_cell(made->t, row, column));
	for (; variant == 2 && from < to; from++)
		*from = *from == '_' ? '-' : *from;
	return to;
}

static char *language_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_language(c, alias_pick(((const struct world_made *)c->made)->pick, draws_next(d)), to);
}

static uint64_t language_pool(const struct call *c)
{
	return ((const struct world_made *)c->made)->t->rows;
}

static char *language_nth(const struct call *c, uint64_t i, char *to)
{
	return put_language(c, (uint32_t)i, to);
}

/* ---- phones ---- */

static int phone_prepare(struct call *c, struct err *e)
{
	const struct world_opts *o = c->opts;
	struct world_made *made = c->made;
	const char *locale = locale_of(o->country, c->locale);

	if (!locale)
		return err_set(e, ERR_INPUT, "country: no phone plan of '%.20s' is known; there are US, DE, FR, ES, JP and GB", o->country);
	made->at = atlas_of(locale, e);
	if (made->at && o->fictional && !place_has_fictional(made->at))
		return err_set(e, ERR_INPUT, "fictional: the country sets no numbers aside");
	return made->at ? 0 : -1;
}

static char *phone_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct world_opts *o = c->opts;

	(void)d;
	return place_phone(((const struct world_made *)c->made)->at, r, c->group_salt, (enum phone_style)o->style, o->fictional, to);
}

static char *e164_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return place_phone(((const struct world_made *)c->made)->at, r, c->group_salt, PHONE_E164, ((const struct world_opts *)c->opts)->fictional, to);
}

#define WORLD(n) ROW_NAME(n), .out = KIND_TEXT, .opts_size = sizeof(struct world_opts), .made_size = sizeof(struct world_made), .room = 160
#define LANGUAGE(n) WORLD(n), .category = "Address and geography", .prepare = list_prepare, .text = language_text, .pool = language_pool, \
	.nth_text = language_nth
#define PLACE(n) WORLD(n), .group = "place", .category = "Address and geography", .release = world_release
const struct provider pack_world[] = {
	{ PLACE("country"), .aliases = "location.country current_country(of=locale)", .help = "A country.", .example = "Norway", .params = country_params,
	  .prepare = world_prepare, .text = country_text, .rows = country_rows, .pool = country_rows },
	{ PLACE("country_code"), .aliases = "countryabr location.countryCode current_country_code(of=locale) bank_country(of=locale)",
	  .help = "The code of a country.", .example = "NO", .params = code_params, .prepare = world_prepare, .text = code_text,
	  .rows = country_rows, .pool = country_rows },
	{ PLACE("time_zone"), .aliases = "timezonefull timezoneregion location.timeZone date.timeZone pytimezone", .help = "A zone of the IANA database.",
	  .example = "Europe/Oslo", .params = any_params, .prepare = zone_prepare, .text = zone_text, .rows = country_rows },
	{ PLACE("subdivision_code"), .help = "A code of ISO 3166-2.", .example = "DE-BY", .params = any_params, .prepare = subdivision_prepare,
	  .text = subdivision_text, .rows = country_rows },
	{ LANGUAGE("language"), .aliases = "location.language language_name", .help = "A language by its speakers.",
	  .example = "Portuguese" },
	{ LANGUAGE("language_code"), .aliases = "languageabbreviation languagebcp(variant=bcp47)",
	  .help = "The code of a language.", .example = "pt", .params = language_params },
	{ LANGUAGE("locale_code"), .aliases = "locale", .help = "A locale.", .example = "pt_BR" },
	{ WORLD("nationality"), .group = "place", .category = "Person", .release = world_release, .help = "The adjective of the record's country.", .params = nation_params,
	  .example = "Canadian", .prepare = world_prepare, .text = nationality_text, .rows = country_rows },
	{ WORLD("country_calling_code"), .group = "place", .category = "Phone", .release = world_release, .help = "What is dialled before a country's numbers.",
	  .example = "+49", .params = any_params, .prepare = world_prepare, .text = calling_text, .rows = country_rows },
	{ WORLD("phone_number"), .group = "place", .category = "Phone", .aliases = "phoneformatted phone.number basic_phone_number",
	  .help = "A number by the national plan, in the area of the place.", .example = "(415) 555-0132", .params = phone_params,
	  .prepare = phone_prepare, .text = phone_text },
	{ WORLD("phone_e164"), .group = "place", .category = "Phone", .aliases = "phone msisdn", .help = "The same number as a plus sign and digits.",
	  .example = "+14155550132", .params = e164_params, .prepare = phone_prepare, .text = e164_text },
	{ .name = NULL },
};
