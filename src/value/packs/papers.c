/* Papers and numbers of people, firms and phones, with their check digits. */
#include "value/packs/packs.h"
#include "value/packs/people.h"

#include <string.h>

#include "value/moments.h"

static const char *const modes[] = { "plausible", "never_issued", "invalid", NULL };

struct paper_opts {
	int mode, as, sex;
	bool dashes;
	char *country, *state, *tac;
};
struct paper_made {
	const struct people *of;
	const struct atlas *at;
	const struct table *licences;
	uint64_t place_salt;
	char *(*put)(const struct call *c, const struct row *r, struct draws *d, char *to);
	uint32_t state;
};

static const struct param ssn_params[] = {
	P_CHOICE(struct paper_opts, mode, modes, 0, .help = "One that could be somebody's, one never issued, or one that breaks the rules."),
	P_BOOL(struct paper_opts, dashes, true, .help = "With dashes."), P_END
};
static const struct param national_params[] = {
	P_TEXT(struct paper_opts, country, "locale", .help = "Whose: US, DE, FR, ES, JP, GB or BR; 'locale' is the locale's."),
	P_SEX_INSIDE(struct paper_opts), P_END
};
static const char *const passport_parts[] = { "number", "full", "owner", "dates", NULL };
static const struct param passport_params[] = {
	P_TEXT(struct paper_opts, country, "US", .help = "Whose: US, FR, ES, JP or GB."),
	P_CHOICE(struct paper_opts, as, passport_parts, 0, .help = "The number, the owner, the days of issue and expiry, or all."), P_SEX_INSIDE(struct paper_opts), P_END
};
static const struct param licence_params[] = {
	P_TEXT(struct paper_opts, state, "any", .help = "State by its abbreviation; 'any' is the place's."), P_END
};
static const struct param imei_params[] = {
	P_TEXT(struct paper_opts, tac, "any", .help = "The eight digits of a model; 'any' draws them."), P_END
};

static char *ssn_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	/* The ITIN has groups 50-65, 70-88, 90-92 and 94-99; these are not among them. */
	static const unsigned char never[] = { 66, 67, 68, 69, 89, 93 };
	const struct paper_opts *o = c->opts;
	unsigned area = 1 + (unsigned)draws_below(d, 898), group = 1 + (unsigned)draws_below(d, 99), serial = 1 + (unsigned)draws_below(d, 9999);

	(void)r;
	area += area >= 666;
	if (o->mode == 1) {
		area = 900 + (unsigned)draws_below(d, 100);
		group = draws_below(d, 55) < 49 ? 1 + (unsigned)draws_below(d, 49) : never[draws_below(d, 6)];
	} else if (o->mode == 2) {
		switch (draws_below(d, 4)) {
		case 0: area = 0; break;
		case 1: area = 666; break;
		case 2: group = 0; break;
		default: serial = 0; break;
		}
	}
	to = put_digits(to, area, 3);
	if (o->dashes)
		*to++ = '-';
	to = put_digits(to, group, 2);
	if (o->dashes)
		*to++ = '-';
	return put_digits(to, serial, 4);
}

static char *imei_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *tac = ((const struct paper_opts *)c->opts)->tac;
	unsigned sum = 0;

	(void)r;
	if (strlen(tac) == 8)
		put_bytes(to, tac, 8);
	else
		put_digits(to, 35000000 + draws_below(d, 1000000), 8);
	put_digits(to + 8, draws_below(d, 1000000), 6);
	for (unsigned i = 0; i < 14; i++) {
		unsigned v = (unsigned)(to[i] - '0') << (i & 1);

		sum += v > 9 ? v - 9 : v;
	}
	to[14] = (char)('0' + (10 - sum % 10) % 10);
	return to + 15;
}

static int imei_prepare(struct call *c, struct err *e)
{
	const char *tac = ((const struct paper_opts *)c->opts)->tac;

	if (strcmp(tac, "any") == 0 || (strlen(tac) == 8 && strspn(tac, "0123456789") == 8))
		return 0;
	return err_set(e, ERR_INPUT, "tac: '%.40s' is neither any nor eight digits", tac);
}

/* ---- national ids ---- */

/* German tax number: ten digits of which one occurs twice, no zero first, and ISO 7064 mod 11,10. */
static char *put_11_10(char *to, char *digits, unsigned n)
{
	unsigned product = 10;

	for (unsigned i = 0; i < n; i++) {
		unsigned sum = ((unsigned)(digits[i] - '0') + product) % 10;

		product = (sum ? sum : 10) * 2 % 11;
	}
	product = 11 - product;
	*to++ = (char)('0' + product % 10);
	return to;
}

static char *de_id(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	char pool[] = "0123456789";

	(void)c;
	(void)r;
	for (unsigned i = 0; i < 10; i++) {
		unsigned at = i + (unsigned)draws_below(d, 10 - i);
		char kept = pool[i];

		pool[i] = pool[at];
		pool[at] = kept;
	}
	/* Any digit but the first takes the value of another; the lost one may be 0, never the doubled one to the front. */
	if (pool[0] == '0') {
		pool[0] = pool[9];
		pool[9] = '0';
	}
	pool[1 + draws_below(d, 4)] = pool[5 + draws_below(d, 5)];
	put_bytes(to, pool, 10);
	return put_11_10(to + 10, to, 10);
}

static char *fr_id(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct person p = person_make(((const struct paper_made *)c->made)->of, r, c->group_salt, (enum sex)((const struct paper_opts *)c->opts)->sex);
	struct civil born = civil_of_days(p.birth_days);
	unsigned department = 1 + (unsigned)draws_below(d, 95);
	uint64_t n;

	department += department == 20;         /* Corsica is 2A and 2B since 1976 */
	department = department > 95 ? 95 : department;
	n = (p.male ? 1 : 2) * UINT64_C(1000000000000) + (uint64_t)(born.year % 100) * 10000000000 + born.month * UINT64_C(100000000) +
		department * UINT64_C(1000000) + (1 + draws_below(d, 900)) * 1000 + 1 + draws_below(d, 999);
	to = put_digits(to, n, 13);
	return put_digits(to, 97 - n % 97, 2);
}

static char *es_id(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t n = 1000000 + draws_below(d, 98999999);

	(void)c;
	(void)r;
	to = put_digits(to, n, 8);
	*to++ = "TRWAGMYFPDXBNJZSQVHLCKE"[n % 23];
	return to;
}

static char *jp_id(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	unsigned sum = 0;

	(void)c;
	(void)r;
	put_digits(to, draws_below(d, UINT64_C(100000000000)), 11);
	/* From the right: weights 2 to 7, then 2 to 6. */
	for (unsigned i = 1; i <= 11; i++)
		sum += (unsigned)(to[11 - i] - '0') * (i <= 6 ? i + 1 : i - 5);
	to[11] = (char)(sum % 11 <= 1 ? '0' : '0' + 11 - sum % 11);
	return to + 12;
}

static bool not_given(const char *prefix)
{
	static const char pairs[] = "BGGBKNNKNTTNZZ";

	for (size_t i = 0; pairs[i]; i += 2)
		if (memcmp(prefix, pairs + i, 2) == 0)
			return true;
	return false;
}

static char *gb_id(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char first[] = "ABCEGHJKLMNOPRSTWXYZ", second[] = "ABCEGHJKLMNPRSTWXYZ";

	(void)c;
	(void)r;
	/* Seven pairs are not given out; after sixteen of them in a row it is AA. */
	for (int i = 0; i < 16; i++) {
		to[0] = first[draws_below(d, 20)];
		to[1] = second[draws_below(d, 19)];
		if (!not_given(to))
			break;
		to[0] = to[1] = 'A';
	}
	to = put_digits(to + 2, draws_below(d, 1000000), 6);
	*to++ = (char)('A' + draws_below(d, 4));
	return to;
}

static char *br_id(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	char n[11];

	(void)c;
	(void)r;
	put_digits(n, draws_below(d, 1000000000), 9);
	for (unsigned k = 9; k < 11; k++) {
		unsigned sum = 0;

		for (unsigned i = 0; i < k; i++)
			sum += (unsigned)(n[i] - '0') * (k + 1 - i);
		n[k] = (char)(sum % 11 < 2 ? '0' : '0' + 11 - sum % 11);
	}
	for (unsigned i = 0; i < 11; i++) {
		if (i == 3 || i == 6 || i == 9)
			*to++ = i == 9 ? '-' : '.';
		*to++ = n[i];
	}
	return to;
}

static int national_prepare(struct call *c, struct err *e)
{
	static const struct { const char *country; char *(*put)(const struct call *, const struct row *, struct draws *, char *); } ids[] = {
		{ "US", ssn_text }, { "DE", de_id }, { "FR", fr_id }, { "ES", es_id }, { "JP", jp_id }, { "GB", gb_id }, { "BR", br_id },
	};
	struct paper_opts *o = c->opts;
	struct paper_made *made = c->made;
	const char *under = strchr(c->locale, '_'), *country = strcmp(o->country, "locale") == 0 ? under ? under + 1 : "US" : o->country;

	o->dashes = true;
	made->of = people_of(c->locale, e);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (strcmp(ids[i].country, country) == 0)
			made->put = ids[i].put;
	if (!made->put)
		return err_set(e, ERR_INPUT, "country: no national id of '%.20s' is known; there are US, DE, FR, ES, JP, GB and BR", country);
	return made->of ? 0 : -1;
}

static char *national_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	return ((const struct paper_made *)c->made)->put(c, r, d, to);
}

/* ---- passport_number ---- */

static const struct { const char *country, *form; } passports[] = {
	{ "US", "?########" }, { "FR", "##??#####" }, { "ES", "???######" }, { "JP", "??#######" }, { "GB", "#########" },
};

static const char *passport_form(const char *country)
{
	for (size_t i = 0; i < sizeof passports / sizeof *passports; i++)
		if (strcmp(passports[i].country, country) == 0)
			return passports[i].form;
	return NULL;
}

static int passport_prepare(struct call *c, struct err *e)
{
	const char *country = ((const struct paper_opts *)c->opts)->country;

	((struct paper_made *)c->made)->of = people_of(c->locale, e);
	if (!passport_form(country))
		return err_set(e, ERR_INPUT, "country: no passport of '%.20s' is known; there are US, FR, ES, JP and GB", country);
	return ((struct paper_made *)c->made)->of ? 0 : -1;
}

/* Ten years, the day of issue within the last nine. All parts draw from the person, so they agree. */
static char *passport_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct paper_opts *o = c->opts;
	struct draws own = { draw_at(r, c->group_salt, 11) };
	struct person p = person_make(((const struct paper_made *)c->made)->of, r, c->group_salt, (enum sex)((const struct paper_opts *)c->opts)->sex);
	int64_t issued = r->now_ns - (int64_t)(1 + draw_part(draw_at(r, c->group_salt, 12), 3280)) * INT64_C(86400000000000);

	(void)d;
	if (o->as < 2)
		to = put_pattern(to, passport_form(o->country), &own);
	if (o->as == 1)
		*to++ = ' ';
	if (o->as == 1 || o->as == 2) {
		to = put_cell(to, p.first);
		*to++ = ' ';
		to = put_cell(to, p.last);
	}
	if (o->as == 1)
		*to++ = ' ';
	if (o->as == 1 || o->as == 3) {
		to = put_time(to, 16, "%Y-%m-%d", issued);
		*to++ = '/';
		to = put_time(to, 16, "%Y-%m-%d", add_months(issued, 120));
	}
	return to;
}

/* ---- driver_license ---- */

static int licence_prepare(struct call *c, struct err *e)
{
	const char *state = ((const struct paper_opts *)c->opts)->state;
	struct paper_made *made = c->made;

	made->licences = table_find("en_US", "driver_license");
	made->at = atlas_of("en_US", e);
	made->place_salt = call_group_salt(c, "place");
	made->state = UINT32_MAX;
	if (strcmp(state, "any") == 0)
		return made->at ? 0 : -1;
	made->state = table_named(made->licences, 0, "state", "state", state, e);
	return made->state != UINT32_MAX && made->at ? 0 : -1;
}

static char *licence_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct paper_made *made = c->made;
	uint32_t row = made->state;
	struct cell s;

	if (row == UINT32_MAX) {
		struct cell abbr = place_make(made->at, r, made->place_salt).state_abbr;

		for (row = 0; memcmp(table_cell(made->licences, row, 0).at, abbr.at, 2) != 0; row++)
			;
	}
	s = table_cell(made->licences, row, 1);
	for (uint32_t i = 0; i < s.n; i++)
		*to++ = s.at[i] == '#' ? (char)('0' + draws_below(d, 10)) : s.at[i] == '?' ? (char)('A' + draws_below(d, 26)) : s.at[i];
	return to;
}

#define PAPER(n) ROW_NAME(n), .out = KIND_TEXT, .opts_size = sizeof(struct paper_opts), .made_size = sizeof(struct paper_made)
const struct provider pack_papers[] = {
	{ PAPER("ssn"), .category = "Person", .aliases = "invalid_ssn(mode=invalid)", .help = "A social security number of the United States.",
	  .example = "536-22-8714", .params = ssn_params, .text = ssn_text },
	{ PAPER("national_id"), .category = "Person", .group = "person", .help = "A personal number with its check digits.", .example = "12345678Z",
	  .params = national_params, .prepare = national_prepare, .text = national_text },
	{ PAPER("passport_number"), .category = "Person", .group = "person", .aliases = "passport_full(as=full) passport_owner(as=owner) passport_dates(as=dates)",
	  .help = "A passport of the person.", .example = "A12345678", .params = passport_params, .prepare = passport_prepare, .room = 200,
	  .text = passport_text },
	{ PAPER("driver_license"), .category = "Person", .group = "person", .help = "A number in the layout of a state of the United States.",
	  .example = "D1234567", .params = licence_params, .prepare = licence_prepare, .text = licence_text },
	{ PAPER("imei"), .category = "Phone", .aliases = "phone.imei", .help = "The number of a mobile phone, with its check digit.",
	  .example = "490154203237518", .params = imei_params, .prepare = imei_prepare, .text = imei_text },
	{ .name = NULL },
};
