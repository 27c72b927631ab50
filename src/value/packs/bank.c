/* Banks: IBAN, BIC, account, sort code and name agree in a record. */
#include "value/check.h"
#include "value/packs/pick.h"

enum { BBAN_MOST = 30, COUNTRIES = 96, ACCOUNT_MOST = 32 };

enum rule { RULE_NONE, RULE_97, RULE_RIB, RULE_BE, RULE_NO, RULE_LUHN, RULE_CIN, RULE_ES, RULE_HU, RULE_PL, RULE_CZ, RULE_NL, RULE_EE,
	RULE_HR, RULE_AL };

static const char *const rule_names[] = { "", "97", "rib", "be", "no", "luhn", "cin", "es", "hu", "pl", "cz", "nl", "ee", "hr", "al", NULL };

/*
 * A country's BBAN: B letter of the bank, b its digits, s branch, a account, z any digit, k a check digit that the rule fills in; what
 * stands after '=' and other digits stand for themselves.
 */
struct layout {
	char country[2], pattern[BBAN_MOST + 6];
	uint8_t n, account_n, branch_n, rule;
};

struct bank_opts {
	char *country, *district;
	int branch;
	bool gaps, dashes;
	int64_t length;
};

struct bank_made {
	struct layout layouts[COUNTRIES];
	const struct alias *weights;
	struct pick words, forms;
	uint32_t only;                  /* a row; UINT32_MAX: by weight */
	int64_t district;
};

/* ---- layouts ---- */

static int layout_read(const struct table *t, uint32_t row, struct layout *to, struct err *e)
{
	struct cell country = table_cell(t, row, 0), pattern = table_cell(t, row, 1), rule = table_cell(t, row, 2);

	if (country.n != 2 || pattern.n >= sizeof to->pattern)
		return err_set(e, ERR_INPUT, "row %u of the table 'iban' is wrong", row);
	memcpy(to->country, country.at, 2);
	memcpy(to->pattern, pattern.at, pattern.n);
	while (rule_names[to->rule] && !cell_is(rule, rule_names[to->rule]))
		to->rule++;
	for (const char *s = to->pattern; *s; s++) {
		to->n = (uint8_t)(to->n + (*s != '='));
		to->account_n = (uint8_t)(to->account_n + (*s == 'a'));
		to->branch_n = (uint8_t)(to->branch_n + (*s == 's'));
	}
	if (!rule_names[to->rule] || to->n > BBAN_MOST)
		return err_set(e, ERR_INPUT, "row %u of the table 'iban' is wrong", row);
	return 0;
}

static int bank_prepare(struct call *c, struct err *e)
{
	const struct bank_opts *o = c->opts;
	struct bank_made *m = c->made;
	const struct table *t = table_find("any", "iban");
	const char *country = o->country ? o->country : "locale";

	m->weights = t ? table_alias(t) : NULL;
	if (!m->weights || t->rows > COUNTRIES)
		return err_memory(e);
	for (uint32_t i = 0; i < t->rows; i++)
		if (layout_read(t, i, &m->layouts[i], e) < 0)
			return -1;
	m->only = UINT32_MAX;
	/* Of a locale whose country has no IBAN, like en_US, any country's. */
	if (strcmp(country, "locale") == 0 || (strcmp(country, "any") == 0 && strcmp(c->is->name, "swift_bic") == 0))
		m->only = strlen(c->locale) >= 5 ? table_row(t, 0, c->locale + 3) : UINT32_MAX;
	else if (strcmp(country, "any") != 0) {
		m->only = table_named(t, 0, "country", "country with an IBAN", country, e);
		if (m->only == UINT32_MAX)
			return -1;
	}
	if (strcmp(c->is->name, "bank_name") == 0 &&
	    (pick_bind(&m->words, c->locale, "bank_word", true, e) < 0 || pick_bind(&m->forms, c->locale, "bank_form", true, e) < 0))
		return -1;
	return parse_or("any", -1, o->district ? o->district : "any", "district", 0, 12, &m->district, e);
}

/* ---- the record ---- */

struct bank {
	const struct layout *layout;
	char letters[4], codes[10], branch[6], account[ACCOUNT_MOST];
	uint64_t rest;
};

static void bank_of(const struct call *c, const struct row *r, struct bank *to)
{
	const struct bank_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt);
	uint32_t row = alias_pick(m->weights, draws_next(&d));
	uint64_t draw;

	to->layout = &m->layouts[m->only == UINT32_MAX ? row : m->only];
	put_of(to->letters, &d, 4, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26);
	draw = draws_below(&d, UINT64_C(10000000000000000));
	put_digits(to->branch, draw, 6);
	put_digits(to->codes, draw / 1000000, 10);
	put_digits(to->account + ACCOUNT_MOST - 16, draws_next(&d), 16);
	to->rest = draws_next(&d);
	/* Few countries have longer accounts. */
	if (to->layout->account_n > 16 || (c->opts && ((const struct bank_opts *)c->opts)->length > 16))
		put_digits(to->account, draws_next(&d), 16);
}

/* ---- the national check digits ---- */

static void put_es(char *b)
{
	static const uint8_t weights[10] = { 1, 2, 4, 8, 5, 10, 9, 7, 3, 6 };
	unsigned one = 11 - check_sum(b, weights + 2, 8) % 11, two = 11 - check_sum(b + 10, weights, 10) % 11;

	b[8] = (char)('0' + (one == 11 ? 0 : one == 10 ? 1 : one));
	b[9] = (char)('0' + (two == 11 ? 0 : two == 10 ? 1 : two));
}

/* The digit that makes the weighted sum, itself with weight 1, a multiple of 11. Where that takes 10, `free` is raised by one. */
static void put_mod11(char *b, const uint8_t *weights, size_t n, size_t free)
{
	unsigned k = (11 - check_sum(b, weights, n) % 11) % 11;

	if (k == 10) {
		b[free] = b[free] == '9' ? '0' : (char)(b[free] + 1);
		k = (11 - check_sum(b, weights, n) % 11) % 11;
	}
	b[n] = (char)('0' + k);
}

static char tens(const char *b, const uint8_t *weights, size_t n)
{
	return (char)('0' + (10 - check_sum(b, weights, n) % 10) % 10);
}

static void put_checks(const struct layout *l, char *b)
{
	static const uint8_t no[10] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 }, cz[9] = { 6, 3, 7, 9, 10, 5, 8, 4, 2 },
		nl[9] = { 10, 9, 8, 7, 6, 5, 4, 3, 2 }, hu[15] = { 9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3 }, pl[7] = { 3, 9, 7, 1, 3, 9, 7 },
		ee[13] = { 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7 };
	unsigned rest;

	switch ((enum rule)l->rule) {
	case RULE_NONE: break;
	case RULE_97: check_put97(b, l->n - 2U, b + l->n - 2); break;
	case RULE_RIB: put_digits(b + l->n - 2, 97 - check_mod97(b, l->n - 2U, 0) * 100 % 97, 2); break;
	case RULE_BE:
		rest = check_mod97(b, 10, 0);
		put_digits(b + 10, rest ? rest : 97, 2);
		break;
	case RULE_NO: put_mod11(b, no, 10, 3); break;
	case RULE_LUHN: b[13] = check_luhn(b, 13); break;
	case RULE_CIN: b[0] = check_cin(b + 1); break;
	case RULE_ES: put_es(b); break;
	case RULE_HU:
		b[7] = tens(b, hu, 7);
		b[23] = tens(b + 8, hu, 15);
		break;
	case RULE_PL: b[7] = tens(b, pl, 7); break;
	case RULE_CZ: put_mod11(b + 10, cz, 9, 0); break;
	case RULE_NL: put_mod11(b + 4, nl, 9, 0); break;
	case RULE_EE: b[15] = tens(b + 2, ee, 13); break;
	case RULE_HR:
		b[6] = check_mod11_10(b, 6);
		b[16] = check_mod11_10(b + 7, 9);
		break;
	case RULE_AL: b[7] = tens(b, hu, 7); break;
	}
}

static void put_bban(const struct bank *k, char *to)
{
	const struct layout *l = k->layout;
	const char *letter = k->letters, *code = k->codes, *branch = k->branch, *account = k->account + ACCOUNT_MOST - l->account_n;
	char *b = to;

	/* Branches are the last digits of the six, so that sort_code, which has all, holds them. */
	branch += 6 - l->branch_n;
	for (const char *s = l->pattern; *s; s++)
		switch (*s) {
		case 'B': *b++ = *letter++; break;
		case 'b': *b++ = *code++; break;
		case 's': *b++ = *branch++; break;
		case 'a': *b++ = *account++; break;
		case 'z': *b++ = (char)('0' + k->rest % 10); break;
		case 'k': *b++ = '0'; break;
		case '=': break;
		default: *b++ = *s;
		}
	put_checks(l, to);
}

static const struct param iban_params[] = {
	P_TEXT(struct bank_opts, country, "locale", .help = "ISO code of the country, locale or any."),
	P_BOOL(struct bank_opts, gaps, false, .help = "Whether it stands in groups of four, as printed."),
	P_END
};

static char *iban_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	char text[BBAN_MOST + 4];
	struct bank k;
	size_t n;

	(void)d;
	bank_of(c, r, &k);
	n = k.layout->n + 4U;
	put_bban(&k, text + 4);
	memcpy(text, k.layout->country, 2);
	check_put_iban(text + 4, n - 4, text, text + 2);
	if (!((const struct bank_opts *)c->opts)->gaps)
		return put_bytes(to, text, n);
	for (size_t i = 0; i < n; i++) {
		if (i && i % 4 == 0)
			*to++ = ' ';
		*to++ = text[i];
	}
	return to;
}

static const struct param country_params[] = {
	P_TEXT(struct bank_opts, country, "locale", .help = "ISO code of the country, locale or any."),
	P_END
};

static char *bban_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct bank k;

	(void)d;
	bank_of(c, r, &k);
	put_bban(&k, to);
	return to + k.layout->n;
}

/* ---- BIC ---- */

static const char *const branches[] = { "any", "yes", "no", NULL };

static const struct param bic_params[] = {
	P_CHOICE(struct bank_opts, branch, branches, 0, .help = "Whether the three letters of the branch follow."),
	P_TEXT(struct bank_opts, country, "any", .help = "ISO code of the country, or any: that of the record's IBAN."),
	P_END
};

static char *bic_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct bank_opts *o = c->opts;
	struct bank k;

	bank_of(c, r, &k);
	to = put_bytes(to, k.letters, 4);
	to = put_bytes(to, k.layout->country, 2);
	/* A location that ends in 0 is a test bank, in 1 a passive one. */
	*d = draws_of(r, c->group_salt ^ 0x626963);
	to = put_of(to, d, 2, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32);
	if (o->branch == 2 || (o->branch == 0 && draws_below(d, 10) < 6))
		return to;
	if (draws_below(d, 10) < 4)
		return put_literal(to, "XXX");
	to = put_of(to, d, 1, "ABCDEFGHIJKLMNOPQRSTUVWYZ0123456789", 35);
	return put_of(to, d, 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 36);
}

/* ---- numbers in a country ---- */

static const struct param routing_params[] = {
	P_TEXT(struct bank_opts, district, "any", .help = "Federal Reserve district, 1 to 12, 0 for the government, or any."),
	P_END
};

static char *routing_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int64_t district = ((const struct bank_made *)c->made)->district;
	uint64_t draw;

	*d = draws_of(r, c->group_salt ^ 0x616261);
	draw = draws_next(d);
	if (district < 0)
		district = 1 + (int64_t)((draw >> 32) * 12 >> 32);
	/* Thrift institutions have 20 more, electronic transactions 60 more. */
	put_digits(to, (uint64_t)district + (district == 0 || (draw & 15) < 10 ? 0 : (draw & 15) < 14 ? 20 : 60), 2);
	put_drawn(to + 2, d, 6);
	to[8] = check_routing(to);
	return to + 9;
}

static const struct param account_params[] = {
	P_INT(struct bank_opts, length, 4, 20, 10, .help = "How many digits."),
	P_TEXT(struct bank_opts, country, "locale", .flags = PARAM_INSIDE, .help = "Country of the record's bank."),
	P_END
};

static char *account_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	size_t n = (size_t)((const struct bank_opts *)c->opts)->length;
	struct bank k;

	(void)d;
	bank_of(c, r, &k);
	return put_bytes(to, k.account + ACCOUNT_MOST - n, n);
}

static const struct param sort_params[] = {
	P_BOOL(struct bank_opts, dashes, true, .help = "Whether a dash stands after every second digit."),
	P_TEXT(struct bank_opts, country, "locale", .flags = PARAM_INSIDE, .help = "Country of the record's bank."),
	P_END
};

static char *sort_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	bool dashes = ((const struct bank_opts *)c->opts)->dashes;
	struct bank k;

	(void)d;
	bank_of(c, r, &k);
	for (int i = 0; i < 6; i++) {
		if (dashes && i && i % 2 == 0)
			*to++ = '-';
		*to++ = k.branch[i];
	}
	return to;
}

/* Assembled, so that no real bank is meant. */
static char *name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct bank_made *m = c->made;
	uint32_t word, form;

	*d = draws_of(r, c->group_salt ^ 0x6e616d65);
	word = table_pick(m->words.table, m->words.weights, d);
	form = table_pick(m->forms.table, m->forms.weights, d);
	to = put_cell(to, table_cell(m->forms.table, form, 0));
	to = put_cell(to, table_cell(m->words.table, word, 0));
	return put_cell(to, table_cell(m->forms.table, form, 1));
}

#define BANK_ROW(n) ROW_NAME(n), .category = "Finance and banking", .group = "bank", .out = KIND_TEXT, .opts_size = sizeof(struct bank_opts), \
	.made_size = sizeof(struct bank_made), .prepare = bank_prepare

const struct provider pack_bank[] = {
	{ BANK_ROW("iban"), .aliases = "finance.iban", .help = "An international account number, with all check digits of its country.",
	  .example = "DE89370400440532013000", .params = iban_params, .text = iban_text },
	{ BANK_ROW("swift_bic"), .aliases = "swift finance.bic bic swift8(branch=no) swift11(branch=yes)", .help = "The code of a bank; its country is the IBAN's.",
	  .example = "NQBKDEFF", .params = bic_params, .text = bic_text },
	{ BANK_ROW("aba_routing"), .aliases = "achrouting routing_number finance.routingNumber aba", .help = "A routing number of the United States.",
	  .example = "021000021", .params = routing_params, .text = routing_text },
	{ BANK_ROW("account_number"), .aliases = "achaccount finance.accountNumber", .help = "An account number; the record's IBAN ends in it as far as it has room.",
	  .example = "0532013000", .params = account_params, .text = account_text },
	{ BANK_ROW("bank_name"), .aliases = "bank", .help = "The name of a bank that does not exist.", .example = "Harbour Savings Bank",
	  .room = 128, .text = name_text },
	{ BANK_ROW("bban"), .help = "The national part of the record's IBAN.", .example = "370400440532013000", .params = country_params, .text = bban_text },
	{ BANK_ROW("sort_code"), .help = "A British sort code; the one in the record's IBAN.", .example = "12-34-56", .params = sort_params, .text = sort_text },
	{ PICKED("account_type"), .aliases = "banktype", .category = "Finance and banking", .group = "bank", .help = "A kind of account.", .example = "savings" },
	{ .name = NULL },
};
