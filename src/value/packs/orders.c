/* Orders, of shops and of exchanges: numbers, states, quantities. */
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

struct order_opts {
	char *quote;
	int64_t min, max, step, length, lot;
	double p_buy;
	int dist;
	bool majors;
};

static const struct param id_params[] = { P_PATTERN("ORD-########"), P_END };

/* ---- quantity, volume ---- */

static const char *const quantity_dists[] = { "geometric", "uniform", NULL };
static const char *const volume_dists[] = { "lognormal", "uniform", NULL };

static const struct param quantity_params[] = {
	P_INT(struct order_opts, min, 0, 1e9, 1, .help = "Smallest number."),
	P_INT(struct order_opts, max, 0, 1e9, 10, .help = "Largest number."),
	P_CHOICE(struct order_opts, dist, quantity_dists, 0, .help = "Small ones more often, or all alike."),
	P_END
};

/* Geometric: each further one with a probability of a half, and again from the start when there are too many. */
static void quantity_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct order_opts *o = c->opts;
	uint64_t span = (uint64_t)(o->max - o->min) + 1, draw = draws_next(d);

	(void)r;
	to->i = o->min;
	if (o->dist == 1) {
		to->i += (int64_t)((unsigned __int128)draw * span >> 64);
		return;
	}
	if (draw)
		to->i += (int64_t)((uint64_t)__builtin_ctzll(draw) % span);
}

static const struct param volume_params[] = {
	P_INT(struct order_opts, min, 0, 1e12, 100, .unit = "shares", .help = "Smallest volume."),
	P_INT(struct order_opts, max, 0, 1e12, 10000, .unit = "shares", .help = "Largest volume."),
	P_INT(struct order_opts, lot, 1, 1e9, 100, .help = "Volumes are multiples of it."),
	P_CHOICE(struct order_opts, dist, volume_dists, 0, .help = "How volumes spread between the bounds."),
	P_END
};

static int volume_prepare(struct call *c, struct err *e)
{
	const struct order_opts *o = c->opts;

	return o->max / o->lot * o->lot < o->min ? err_set(e, ERR_INPUT, "lot: no multiple of it is between min and max") : 0;
}

static void volume_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct order_opts *o = c->opts;
	int64_t low = (o->min + o->lot - 1) / o->lot, high = o->max / o->lot;

	(void)r;
	if (o->dist == 1)
		to->i = draws_between(d, low, high);
	else
		to->i = (int64_t)(draw_lognormal(d, (double)low, (double)high) + 0.5);
	to->i = (to->i < low ? low : to->i > high ? high : to->i) * o->lot;
}

/* ---- discount_percent, coupon_code, rating ---- */

static const struct param discount_params[] = {
	P_INT(struct order_opts, min, 0, 100, 0, .unit = "percent", .help = "Smallest discount."),
	P_INT(struct order_opts, max, 0, 100, 50, .unit = "percent", .help = "Largest discount."),
	P_INT(struct order_opts, step, 1, 100, 5, .help = "Distance between two possible discounts."),
	P_END
};

static void discount_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct order_opts *o = c->opts;

	(void)r;
	to->i = o->min + o->step * (int64_t)draws_below(d, (uint64_t)((o->max - o->min) / o->step) + 1);
}

static const struct param coupon_params[] = {
	P_INT(struct order_opts, length, 4, 32, 8, .help = "How many characters."),
	P_END
};

static int coupon_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, c->locale, "coupon_word", false, e);
}

/* A word and digits where they fit, else letters and digits that cannot be taken for each other. */
static char *coupon_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	unsigned n = (unsigned)((const struct order_opts *)c->opts)->length;
	const struct table *t = ((const struct pick *)c->made)->table;
	struct cell word = table_cell(t, (uint32_t)draws_below(d, t->rows), 0);

	(void)r;
	if (word.n + 2 > n || word.n + 6 < n)
		return put_of(to, d, n, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32);
	return put_drawn(put_cell(to, word), d, n - word.n);
}

struct rating_opts {
	double min, max, step;
	int profile;
};

static const char *const profiles[] = { "jshape", "uniform", "normal", NULL };

static const struct param rating_params[] = {
	P_REAL(struct rating_opts, min, 0, 1000, 1, .help = "Lowest rating."),
	P_REAL(struct rating_opts, max, 0, 1000, 5, .help = "Highest rating."),
	P_REAL(struct rating_opts, step, 0.01, 1000, 1, .help = "Distance between two possible ratings."),
	P_CHOICE(struct rating_opts, profile, profiles, 0, .help = "Many high, some low and few between, or otherwise."),
	P_END
};

static void rating_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct rating_opts *o = c->opts;
	int64_t steps = (int64_t)((o->max - o->min) / o->step + 1e-9);
	struct rng g = draws_rng(d);
	double u = rng_unit(&g);

	(void)r;
	/* Shares of five stars: 56, 20, 8, 5, 11 from the highest down; between them straight lines. */
	if (o->profile == 0) {
		static const double sums[6] = { 0, 0.11, 0.16, 0.24, 0.44, 1 };
		int i = 0;

		while (i < 4 && u >= sums[i + 1])
			i++;
		u = (i + (u - sums[i]) / (sums[i + 1] - sums[i])) / 5;
	} else if (o->profile == 2) {
		u = 0.5 + rng_normal(&g) / 6;
	}
	u = u < 0 ? 0 : u >= 1 ? 0.999999 : u;
	to->r = (double)scaled(o->min + o->step * (double)(int64_t)(u * (double)(steps + 1)), 4) / 10000;
}

/* ---- order_side, pairs ---- */

static const struct param side_params[] = {
	P_SHARE(struct order_opts, p_buy, 0, 1, 0.5, .help = "Probability of buy."),
	P_END
};

static char *side_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return draws_unit(d) < ((const struct order_opts *)c->opts)->p_buy ? put_literal(to, "buy") : put_literal(to, "sell");
}

static const struct param fx_params[] = {
	P_BOOL(struct order_opts, majors, true, .help = "Only the pairs that are traded most."),
	P_END
};

static int fx_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, c->locale, ((const struct order_opts *)c->opts)->majors ? "fx_pair" : "currency", true, e);
}

static char *fx_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct pick *p = c->made;
	uint32_t one = table_pick(p->table, p->weights, d), two;

	(void)r;
	to = put_cell(to, table_cell(p->table, one, 0));
	if (((const struct order_opts *)c->opts)->majors)
		return to;
	/* Another row, evenly. */
	two = (one + 1 + (uint32_t)draws_below(d, p->table->rows - 1)) % p->table->rows;
	*to++ = '/';
	return put_cell(to, table_cell(p->table, two, 0));
}

static const struct param crypto_params[] = {
	P_TEXT(struct order_opts, quote, "USDT", .help = "What prices are in."),
	P_END
};

static int crypto_prepare(struct call *c, struct err *e)
{
	return text_fits("quote", ((const struct order_opts *)c->opts)->quote, 16, e) < 0 ? -1 :
	       pick_bind(c->made, c->locale, "cryptocurrency", true, e);
}

static char *crypto_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *quote = ((const struct order_opts *)c->opts)->quote;
	const struct pick *p = c->made;
	struct cell base;

	(void)r;
	/* Never against itself. */
	for (int i = 0; i < 64; i++) {
		base = table_cell(p->table, table_pick(p->table, p->weights, d), 0);
		if (!cell_is(base, quote))
			break;
	}
	return put_text(put_cell(to, base), quote);
}

#define COMMERCE .category = "Commerce"
#define MARKET .category = "Market data"
#define ORDER_OPTS .opts_size = sizeof(struct order_opts)

const struct provider pack_orders[] = {
	{ PATTERNED("order_id"), COMMERCE, .help = "The number of an order.", .example = "ORD-20481733", .params = id_params },
	{ PICKED("order_status"), COMMERCE, .help = "Where an order stands.", .example = "shipped", PICK_WEIGHTED },
	{ ROW_NAME("quantity"), COMMERCE, .help = "How many of something.", .example = "2", .out = KIND_INT, .params = quantity_params, ORDER_OPTS,
	  .value = quantity_value },
	{ PICKED("payment_method"), COMMERCE, .help = "How something is paid.", .example = "card", PICK_WEIGHTED },
	{ ROW_NAME("discount_percent"), COMMERCE, .help = "A discount.", .example = "15", .out = KIND_INT, .params = discount_params, ORDER_OPTS,
	  .value = discount_value },
	{ ROW_NAME("coupon_code"), COMMERCE, .help = "The code of a voucher.", .example = "SPRING24", .out = KIND_TEXT, .params = coupon_params, ORDER_OPTS,
	  .made_size = sizeof(struct pick), .prepare = coupon_prepare, .text = coupon_text },
	{ ROW_NAME("rating"), COMMERCE, .help = "What a customer gave.", .example = "5", .out = KIND_REAL, .params = rating_params,
	  .opts_size = sizeof(struct rating_opts), .value = rating_value },
	{ PICKED("shipping_method"), COMMERCE, .help = "How something is sent.", .example = "express" },
	{ ROW_NAME("volume"), MARKET, .help = "How many shares are traded.", .example = "1200", .out = KIND_INT, .params = volume_params, ORDER_OPTS,
	  .prepare = volume_prepare, .value = volume_value },
	{ ROW_NAME("order_side"), MARKET, .help = "Buy or sell.", .example = "buy", .out = KIND_TEXT, .params = side_params, ORDER_OPTS, .text = side_text },
	{ PICKED("exchange"), MARKET, .help = "The market identifier code of an exchange.", .example = "XNAS", PICK_WEIGHTED },
	{ PICKED("order_type"), MARKET, .help = "A kind of order on an exchange.", .example = "limit", PICK_WEIGHTED },
	{ ROW_NAME("fx_pair"), MARKET, .help = "A pair of currencies.", .example = "EUR/USD", .out = KIND_TEXT, .params = fx_params, ORDER_OPTS,
	  .made_size = sizeof(struct pick), .prepare = fx_prepare, .text = fx_text },
	{ ROW_NAME("crypto_pair"), MARKET, .help = "A pair of cryptocurrencies.", .example = "BTCUSDT", .out = KIND_TEXT, .params = crypto_params, ORDER_OPTS,
	  .made_size = sizeof(struct pick), .prepare = crypto_prepare, .text = crypto_text },
	{ .name = NULL },
};
