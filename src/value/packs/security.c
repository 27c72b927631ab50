/* Securities: ISIN, CUSIP, SEDOL and ticker of a record belong together; and the numbers of legal entities. */
#include "value/check.h"
#include "value/modify.h"
#include "value/packs/security.h"

static const char letters_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

struct security_opts {
	char *country;
	int pool;
	int64_t n;
};

struct security_made {
	struct pick countries, tickers;
	uint32_t only;
};

static int security_prepare(struct call *c, struct err *e)
{
	const struct security_opts *o = c->opts;
	struct security_made *m = c->made;

	if (pick_bind(&m->countries, "any", "isin_country", true, e) < 0 || pick_bind(&m->tickers, "any", "ticker", false, e) < 0)
		return -1;
	m->only = UINT32_MAX;
	if (strcmp(o->country, "any") != 0) {
		m->only = table_named(m->countries.table, 0, "country", "country with an ISIN", o->country, e);
		if (m->only == UINT32_MAX)
			return -1;
	}
	return 0;
}

/* CUSIP: six of the issuer, two of the issue. Issuers begin with a digit; nine characters. */
static void put_cusip(const struct call *c, const struct row *r, char *to)
{
	struct draws d = draws_of(r, c->group_salt ^ 0x6375736970);

	put_drawn(to, &d, 3);
	put_of(to + 3, &d, 3, "0123456789012345678901234567ABCDEFGHJKLMNPQRSTUVWXYZ", 52);
	/* 10 is common stock, other numbers are issues that came later. */
	if (draws_below(&d, 10) < 6)
		memcpy(to + 6, "10", 2);
	else
		put_digits(to + 6, 10 + draws_below(&d, 90), 2);
	to[8] = check_cusip(to);
}

static void put_sedol(const struct call *c, const struct row *r, char *to)
{
	struct draws d = draws_of(r, c->group_salt ^ 0x7365646f6c);

	/* Since 2004 numbers begin with B and later letters; older ones are digits. No vowels. */
	if (draws_below(&d, 10) < 3)
		put_drawn(to, &d, 6);
	else {
		put_of(to, &d, 1, "BBBBBBBBBCDFGHJKLMN", 19);
		put_of(to + 1, &d, 5, "0123456789BCDFGHJKLMNPQRSTVWXYZ", 31);
	}
	to[6] = check_sedol(to);
}

static char *isin_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct security_made *m = c->made;
	uint32_t row;

	*d = draws_of(r, c->group_salt);
	row = table_pick(m->countries.table, m->countries.weights, d);
	row = m->only != UINT32_MAX ? m->only : row;
	memcpy(to, table_cell(m->countries.table, row, 0).at, 2);
	switch (table_cell(m->countries.table, row, 1).at[0]) {
	case 'c': put_cusip(c, r, to + 2); break;
	case 's':
		memcpy(to + 2, "00", 2);
		put_sedol(c, r, to + 4);
		break;
	case 'w':
		memcpy(to + 2, "000", 3);
		put_of(to + 5, d, 6, "0123456789012345678901234567ABCDEFGHJKLMNPQRSTUVWXYZ", 52);
		break;
	default: put_drawn(to + 2, d, 9);
	}
	to[11] = check_isin(to);
	return to + 12;
}

static const struct param isin_params[] = {
	P_TEXT(struct security_opts, country, "any", .help = "ISO code of the country, or any."),
	P_END
};
static const struct param hidden_params[] = {
	P_TEXT(struct security_opts, country, "any", .flags = PARAM_INSIDE, .help = "Country of the record's security."),
	P_END
};

static char *cusip_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	put_cusip(c, r, to);
	return to + 9;
}

static char *sedol_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	put_sedol(c, r, to);
	return to + 7;
}

/* ---- ticker ---- */

static const char *const pools[] = { "fictional", "list", NULL };

static const struct param ticker_params[] = {
	P_CHOICE(struct security_opts, pool, pools, 0, .help = "Made up, or real ones of large companies."),
	P_INT(struct security_opts, n, 1, 26000, 100, .help = "How many different ones are made up."),
	P_TEXT(struct security_opts, country, "any", .flags = PARAM_INSIDE, .help = "Country of the record's security."),
	P_END
};

/* A bijection of 0 .. 25999 onto texts of four letters: a multiplication that scatters, then base 26. */
char *put_ticker(char *to, uint32_t number)
{
	uint32_t v = (uint32_t)((uint64_t)(number + 1) * 286609 % 456976);

	for (int i = 3; i >= 0; i--, v /= 26)
		to[i] = (char)('A' + v % 26);
	return to + 4;
}

uint32_t ticker_of(const struct call *c, const struct row *r, uint32_t n)
{
	struct draws d = draws_of(r, c->group_salt ^ 0x7469636b);

	return UNLIKELY(c->leader != NULL) ? modify_row(c, r) : (uint32_t)draws_below(&d, n);
}

static uint64_t ticker_rows(const struct call *c)
{
	const struct security_opts *o = c->opts;

	return o->pool ? ((const struct security_made *)c->made)->tickers.table->rows : (uint64_t)o->n;
}

static char *ticker_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint32_t row = ticker_of(c, r, (uint32_t)ticker_rows(c));

	(void)d;
	if (((const struct security_opts *)c->opts)->pool)
		return put_cell(to, table_cell(((const struct security_made *)c->made)->tickers.table, row, 0));
	return put_ticker(to, row);
}

/* ---- lei, ein ---- */

static char *lei_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char prefixes[8][5] = { "5493", "2138", "9695", "5299", "5067", "2594", "3157", "8755" };

	(void)c;
	(void)r;
	memcpy(to, prefixes[draws_below(d, 8)], 4);
	memcpy(to + 4, "00", 2);
	put_of(to + 6, d, 12, letters_digits, 36);
	return check_put97(to, 18, to + 18);
}

/* The prefixes that the IRS has given out since 2001 and before. */
static char *ein_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const uint8_t prefixes[] = { 1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 33, 34, 35, 36,
		37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 71, 72,
		73, 74, 75, 76, 77, 80, 81, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 95, 98, 99 };

	(void)c;
	(void)r;
	to = put_digits(to, prefixes[draws_below(d, sizeof prefixes)], 2);
	*to++ = '-';
	return put_drawn(to, d, 7);
}

#define SECURITY_ROW(n) ROW_NAME(n), .group = "security", .out = KIND_TEXT, .opts_size = sizeof(struct security_opts), \
	.made_size = sizeof(struct security_made), .prepare = security_prepare

const struct provider pack_security[] = {
	{ SECURITY_ROW("isin"), .category = "Finance and banking", .help = "The international number of a security.", .example = "US0378331005",
	  .params = isin_params, .text = isin_text },
	{ SECURITY_ROW("cusip"), .category = "Finance and banking", .help = "The American number of a security; inside the record's ISIN of the US or Canada.",
	  .example = "037833100", .params = hidden_params, .text = cusip_text },
	{ SECURITY_ROW("sedol"), .category = "Finance and banking", .help = "The London number of a security; inside the record's ISIN of Britain or Ireland.",
	  .example = "0263494", .params = hidden_params, .text = sedol_text },
	{ SECURITY_ROW("ticker"), .aliases = "stock_symbol", .category = "Market data", .help = "The letters of a share.", .example = "QLTR",
	  .params = ticker_params, .text = ticker_text, .rows = ticker_rows, .pool = ticker_rows },
	{ ROW_NAME("lei"), .category = "Company", .help = "A legal entity identifier.", .example = "5493001KJTIIGC8Y1R12", .out = KIND_TEXT, .text = lei_text },
	{ ROW_NAME("ein"), .category = "Person", .help = "An employer number of the United States, with a prefix that is given out.",
	  .example = "47-1234567", .out = KIND_TEXT, .text = ein_text },
	{ .name = NULL },
};
