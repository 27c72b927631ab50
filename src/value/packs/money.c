/* Money: currencies, amounts, rates, and the numbers of transactions and invoices. */
#include "base/num.h"
#include "value/modify.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

enum { COLUMN_CODE, COLUMN_NAME, COLUMN_SYMBOL, COLUMN_NUMERIC, COLUMN_DECIMALS, COLUMN_PER_USD };

static unsigned decimals_of(const struct table *t, uint32_t row)
{
	return (unsigned)(table_cell(t, row, COLUMN_DECIMALS).at[0] - '0');
}

/* ---- the currency of a record ---- */

static const char *const weightings[] = { "trade", "uniform", NULL };

struct currency_opts {
	int weight;
	char *code;
	/* Of amounts. */
	bool here;
	double min, max;
	char *decimals, *currency;
	int dist;
};

struct currency_made {
	struct pick pick;
	uint32_t only;
	bool follows;                   /* an amount of the record's currency */
};

static int currency_prepare(struct call *c, struct err *e)
{
	const struct currency_opts *o = c->opts;
	struct currency_made *m = c->made;

	if (pick_bind(&m->pick, "any", "currency", o->weight == 0, e) < 0)
		return -1;
	m->only = UINT32_MAX;
	if (*o->code) {
		m->only = table_named(m->pick.table, COLUMN_CODE, "code", "currency", o->code, e);
		if (m->only == UINT32_MAX)
			return -1;
	}
	return 0;
}

static uint32_t currency_of(const struct call *c, const struct row *r)
{
	const struct currency_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt);

	if (m->only != UINT32_MAX)
		return m->only;
	return UNLIKELY(c->leader != NULL) ? modify_row(c, r) : table_pick(m->pick.table, m->pick.weights, &d);
}

static uint64_t currency_rows(const struct call *c)
{
	const struct currency_made *m = c->made;

	return m->only != UINT32_MAX ? 1 : m->pick.table->rows;
}

#define CURRENCY_WEIGHT(f) P_CHOICE(struct currency_opts, weight, weightings, 0, .flags = (f), .help = "By turnover on the exchanges, or all alike.")
#define CURRENCY_CODE(f) P_TEXT(struct currency_opts, code, "", .flags = (f), .help = "ISO code of the currency; empty: the record's.")

static const struct param code_params[] = { CURRENCY_WEIGHT(0), CURRENCY_CODE(PARAM_INSIDE), P_END };
static const struct param symbol_params[] = { CURRENCY_CODE(0), CURRENCY_WEIGHT(PARAM_INSIDE), P_END };
static const struct param hidden_params[] = { CURRENCY_WEIGHT(PARAM_INSIDE), CURRENCY_CODE(PARAM_INSIDE), P_END };

static char *put_currency(const struct call *c, const struct row *r, unsigned column, char *to)
{
	return put_cell(to, table_cell(((const struct currency_made *)c->made)->pick.table, currency_of(c, r), column));
}

static char *code_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_currency(c, r, COLUMN_CODE, to);
}

static char *name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_currency(c, r, COLUMN_NAME, to);
}

static char *symbol_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_currency(c, r, COLUMN_SYMBOL, to);
}

static char *currency_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const names[] = { "code", "name", "symbol", "numeric" };
	const struct table *t = ((const struct currency_made *)c->made)->pick.table;
	uint32_t row = currency_of(c, r);

	(void)d;
	for (unsigned i = 0; i < 4; i++)
		to = put_member(to, i ? ',' : '{', names[i], table_cell(t, row, i));
	to = put_key(to, ',', "decimals");
	*to++ = (char)('0' + decimals_of(t, row));
	return put_literal(to, "}");
}

/* ---- amount, balance ---- */

static const char *const spreads[] = { "lognormal", "uniform", "pareto", NULL };

struct balance_opts {
	double min, max;
	int64_t decimals;
};

static const struct param amount_params[] = {
	P_REAL(struct currency_opts, min, -1e12, 1e12, 0.01, .flags = PARAM_VARIES, .help = "Smallest amount."),
	P_REAL(struct currency_opts, max, -1e12, 1e12, 10000, .flags = PARAM_VARIES, .help = "Largest amount."),
	P_TEXT(struct currency_opts, decimals, "currency", .help = "How many decimals, 0 to 6, or currency: as many as it has."),
	P_CHOICE(struct currency_opts, dist, spreads, 0, .help = "How amounts spread between the bounds."),
	P_TEXT(struct currency_opts, currency, "USD", .help = "ISO code of the currency; beside currency_code and its like whole where that one's amounts are."),
	CURRENCY_CODE(PARAM_INSIDE),
	{ .name = "currency_weight", .type = PARAM_CHOICE, .flags = PARAM_INSIDE, .offset = PARAM_AT(struct currency_opts, weight, int),
	  .choices = weightings, .help = "How often the record's currency comes." },
	P_BOOL(struct currency_opts, here, false, .flags = PARAM_INSIDE, .help = "Of the record's currency."),
	P_END
};

static int amount_prepare(struct call *c, struct err *e)
{
	const struct currency_opts *o = c->opts;
	struct currency_made *m = c->made;
	const struct table *t = table_find("any", "currency");
	uint32_t row = table_named(t, COLUMN_CODE, "currency", "currency", o->currency, e);
	int64_t places;

	if (row == UINT32_MAX)
		return -1;
	if (parse_or("currency", decimals_of(t, row), o->decimals, "decimals", 0, 6, &places, e) < 0)
		return -1;
	/* A record has one scale for all its rows: what is of another currency in each has the decimals of most of them. */
	c->scale = (uint8_t)places;
	m->follows = (o->here || *o->code) && strcmp(o->decimals, "currency") == 0;
	return currency_prepare(c, e);
}

/* In units of the last decimal, the amount of a currency that has fewer: whole yen. */
static int64_t in_currency(const struct call *c, const struct row *r, int64_t amount, int64_t low, int64_t high)
{
	const struct currency_made *m = c->made;
	unsigned places = decimals_of(m->pick.table, currency_of(c, r));
	int64_t unit = places < c->scale ? schema_power10(c->scale - places) : 1, half = amount < 0 ? -unit / 2 : unit / 2;

	amount = (amount + half) / unit * unit;
	return amount > high ? amount - unit : amount < low ? amount + unit : amount;
}

static void amount_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct currency_opts *o = c->opts;
	int64_t low = scaled(o->min, c->scale), high = scaled(o->max, c->scale);

	if (o->dist == 1)
		to->i = draws_between(d, low, high);
	else
		to->i = scaled(o->dist == 2 ? draw_pareto(d, o->min, o->max) : draw_lognormal(d, o->min, o->max), c->scale);
	to->i = to->i < low ? low : to->i > high ? high : to->i;
	if (((const struct currency_made *)c->made)->follows)
		to->i = in_currency(c, r, to->i, low, high);
}

static const struct param balance_params[] = {
	P_REAL(struct balance_opts, min, -1e12, 1e12, -500, .flags = PARAM_VARIES, .help = "Lowest balance."),
	P_REAL(struct balance_opts, max, -1e12, 1e12, 100000, .flags = PARAM_VARIES, .help = "Highest balance."),
	P_INT(struct balance_opts, decimals, 0, 6, 2, .help = "How many decimals."),
	P_END
};

static int balance_prepare(struct call *c, struct err *e)
{
	(void)e;
	c->scale = (uint8_t)((const struct balance_opts *)c->opts)->decimals;
	return 0;
}

/* One in twelve is overdrawn as far as the bounds allow; the others are spread over decades. */
static void balance_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct balance_opts *o = c->opts;
	int64_t low = scaled(o->min, c->scale), high = scaled(o->max, c->scale);

	(void)r;
	if (low < 0 && (high <= 0 || draws_below(d, 12) == 0))
		to->i = draws_between(d, low, high < 0 ? high : 0);
	else
		to->i = scaled(draw_lognormal(d, o->min < 0 ? 0 : o->min, o->max), c->scale);
	to->i = to->i < low ? low : to->i > high ? high : to->i;
}

/* ---- exchange_rate ---- */

struct rate_opts {
	char *pair;
	double jitter;
};

static const struct param rate_params[] = {
	P_TEXT(struct rate_opts, pair, "EUR/USD", .help = "Two ISO codes: how many of the second for one of the first."),
	P_SHARE(struct rate_opts, jitter, 0, 1, 0.01, .help = "How far a rate may be from the reference."),
	P_END
};

static int rate_prepare(struct call *c, struct err *e)
{
	const struct rate_opts *o = c->opts;
	const struct table *t = table_find("any", "currency");
	double rates[2];

	if (strlen(o->pair) != 7 || o->pair[3] != '/')
		return err_set(e, ERR_INPUT, "pair: '%.20s' is no pair, like EUR/USD", o->pair);
	for (int i = 0; i < 2; i++) {
		char code[4] = { o->pair[4 * i], o->pair[4 * i + 1], o->pair[4 * i + 2], '\0' }, rate[20];
		uint32_t row = table_named(t, COLUMN_CODE, "pair", "currency", code, e);
		struct cell cell;

		if (row == UINT32_MAX)
			return -1;
		cell = table_cell(t, row, COLUMN_PER_USD);
		memcpy(rate, cell.at, cell.n);
		rate[cell.n] = '\0';
		if (num_real(rate, &rates[i], e) < 0)
			return -1;
	}
	*(double *)c->made = rates[1] / rates[0];
	return 0;
}

static void rate_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	double v = *(const double *)c->made * (1 + ((const struct rate_opts *)c->opts)->jitter * (2 * draws_unit(d) - 1)), unit = 1e4;

	(void)r;
	/* Four decimals, two of rates above 20, more below 0.1, as dealers quote them. */
	unit = v >= 20 ? 1e2 : v < 0.1 ? 1e7 : unit;
	to->r = (double)(int64_t)(v * unit + 0.5) / unit;
}

/* ---- credit_score ---- */

struct score_opts {
	double mean, sd;
	int64_t min, max;
};

static const struct param score_params[] = {
	P_REAL(struct score_opts, mean, 0, 10000, 715, .help = "Mean."),
	P_REAL(struct score_opts, sd, 0, 10000, 90, .help = "Standard deviation."),
	P_INT(struct score_opts, min, 0, 10000, 300, .help = "Lowest score."),
	P_INT(struct score_opts, max, 0, 10000, 850, .help = "Highest score."),
	P_END
};

static void score_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct score_opts *o = c->opts;
	struct rng g = draws_rng(d);

	(void)r;
	for (int i = 0; i < 16; i++) {
		to->i = (int64_t)(o->mean + o->sd * rng_normal(&g) + 0.5);
		if (to->i >= o->min && to->i <= o->max)
			return;
	}
	to->i = o->min + (int64_t)rng_below(&g, (uint64_t)(o->max - o->min) + 1);
}

/* ---- transaction_id, invoice_number ---- */

struct id_opts {
	int format;
	char *pattern;
};

static const char *const id_formats[] = { "uuid4", "ulid", "numeric", NULL };

static const struct param id_params[] = {
	P_CHOICE(struct id_opts, format, id_formats, 0, .help = "Layout."),
	P_END
};

static char *id_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int format = ((const struct id_opts *)c->opts)->format;
	uint64_t high = draws_next(d), low = draws_next(d);

	if (format == 2)
		return put_digits(put_digits(to, 1 + high % 9, 1), low, 17);
	if (format == 1) {
		uint64_t ms = (uint64_t)(r->now_ns / 1000000);

		for (int i = 0; i < 10; i++)
			*to++ = crockford[ms >> 5 * (9 - i) & 31];
		for (int i = 0; i < 16; i++)
			*to++ = crockford[(i < 8 ? high >> 5 * i : low >> 5 * (i - 8)) & 31];
		return to;
	}
	uuid_version(&high, &low, 4);
	return put_uuid(to, high, low, false, true);
}

static const struct param invoice_params[] = {
	P_TEXT(struct id_opts, pattern, "INV-%Y-######", .help = "# is a digit, ? a letter, % as of strftime."),
	P_END
};

enum { INVOICE_ROOM = 512 };

static int invoice_prepare(struct call *c, struct err *e)
{
	return text_fits("pattern", ((const struct id_opts *)c->opts)->pattern, 128, e);
}

static char *invoice_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	char pattern[INVOICE_ROOM + 1];

	*put_time(pattern, INVOICE_ROOM, ((const struct id_opts *)c->opts)->pattern, r->now_ns) = '\0';
	return put_pattern(to, pattern, d);
}

#define FINANCE(n) ROW_NAME(n), .category = "Finance and banking"
#define CURRENCY_ROW(n) FINANCE(n), .group = "currency", .places = true, .opts_size = sizeof(struct currency_opts), \
	.made_size = sizeof(struct currency_made), .prepare = currency_prepare, .rows = currency_rows

const struct provider pack_money[] = {
	{ CURRENCY_ROW("currency_code"), .aliases = "currencyshort finance.currencyCode", .help = "The ISO code of a currency.", .example = "EUR",
	  .out = KIND_TEXT, .params = code_params, .text = code_text, .pool = currency_rows },
	{ FINANCE("amount"), .aliases = "finance.amount", .group = "currency", .help = "An amount of money.", .example = "48.20", .out = KIND_DECIMAL,
	  .params = amount_params, .opts_size = sizeof(struct currency_opts), .made_size = sizeof(struct currency_made), .prepare = amount_prepare, .value = amount_value },
	{ FINANCE("transaction_id"), .help = "The number of a transaction.", .example = "8f14e45f-ceea-467a-9575-28b1b6a3e0f2", .out = KIND_TEXT,
	  .params = id_params, .opts_size = sizeof(struct id_opts), .text = id_text },
	{ CURRENCY_ROW("currency_name"), .aliases = "currencylong finance.currencyName", .help = "The name of a currency.", .example = "Euro",
	  .out = KIND_TEXT, .params = hidden_params, .text = name_text, .pool = currency_rows },
	{ CURRENCY_ROW("currency_symbol"), .aliases = "finance.currencySymbol", .help = "The sign of a currency.", .example = "€", .out = KIND_TEXT,
	  .params = symbol_params, .text = symbol_text, .pool = currency_rows },
	{ CURRENCY_ROW("currency"), .aliases = "finance.currency", .help = "A currency as an object: code, name, symbol, number, decimals.",
	  .example = "{\"code\":\"EUR\",\"name\":\"Euro\",\"symbol\":\"€\",\"numeric\":\"978\",\"decimals\":2}", .out = KIND_JSON,
	  .params = hidden_params, .room = 200, .text = currency_text },
	{ FINANCE("balance"), .help = "What stands on an account.", .example = "1250.40", .out = KIND_DECIMAL, .params = balance_params,
	  .opts_size = sizeof(struct balance_opts), .prepare = balance_prepare, .value = balance_value },
	{ FINANCE("exchange_rate"), .help = "A rate of exchange around a fixed reference.", .example = "1.0843", .out = KIND_REAL, .params = rate_params,
	  .opts_size = sizeof(struct rate_opts), .made_size = sizeof(double), .prepare = rate_prepare, .value = rate_value },
	{ FINANCE("credit_score"), .help = "A credit score, normal within its bounds.", .example = "731", .out = KIND_INT, .params = score_params,
	  .opts_size = sizeof(struct score_opts), .value = score_value },
	{ FINANCE("invoice_number"), .help = "The number of an invoice.", .example = "INV-2024-004817", .out = KIND_TEXT, .params = invoice_params,
	  .opts_size = sizeof(struct id_opts), .prepare = invoice_prepare, .room = INVOICE_ROOM, .text = invoice_text },
	{ .name = NULL },
};
