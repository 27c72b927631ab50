/*
 * Market data: prices, quotes, trades. A price is a function of (seed, symbol, instant): Brownian motion in closed form. An interval of
 * 2^24 s between two keyed ends is cut into 64 steps of one bit each, less their mean (a bridge), and so on down to 1/64 s.
 */
#include "base/digest.h"
#include "base/mathx.h"
#include "value/packs/security.h"

#define YEAR_S 31557600.0
#define ORIGIN_NS 1704067200000000000   /* 2024-01-01: the price is `base` then */
#define TOP_NS (INT64_C(1000000000) << 24)

enum model { MODEL_GBM, MODEL_REVERT, MODEL_SINE, MODEL_UNIFORM };
enum style { STYLE_PLAIN, STYLE_POLYGON, STYLE_ALPACA };

static const char *const models[] = { "gbm", "mean_revert", "sine", "uniform", NULL };
static const char *const styles[] = { "plain", "polygon", "alpaca", NULL };

struct market_opts {
	char *symbol;
	int model, style;
	double base, vol, drift, tick, spread_bps;
	int64_t step, interval;
};

struct market_made {
	uint64_t symbol;
};

/* ---- the path ---- */

static int ones(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555;
	x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
	return (int)(x * 0x0101010101010101 >> 56);
}

/* The ends of the widest intervals: 0 at the origin, elsewhere of a variance that makes their differences those of the motion. */
static double knot(uint64_t key, int64_t i)
{
	uint64_t x = rng_mix(key ^ (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15));

	return i == 0 ? 0 : (ones(x) - 32) * (4096 * 0.70710678118654752 / 4);
}

/* In units of the root of a second. */
static double brownian(uint64_t key, int64_t ns)
{
	int64_t i = ns / TOP_NS - (ns % TOP_NS < 0), rest = ns - i * TOP_NS, length = TOP_NS;
	double low = knot(key, i), high = knot(key, i + 1), root = 4096;

	for (unsigned level = 1; level <= 5; level++) {
		int64_t piece = length / 64;
		uint64_t bits = rng_mix(rng_mix(key + level) ^ (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15));
		unsigned k = (unsigned)(rest / piece);
		int all = ones(bits), before = ones(k ? bits << (64 - k) : 0);
		double from, to;

		if (k > 63)
			k = 63;
		root /= 8;
		/* k steps of +1 or -1, less their share of the sum; the whole is stretched to the ends. */
		from = low + (high - low) * k / 64 + root * (2 * before - (int)k - (2 * all - 64) * (double)k / 64);
		k++;
		before += (int)(bits >> (k - 1) & 1);
		to = low + (high - low) * k / 64 + root * (2 * before - (int)k - (2 * all - 64) * (double)k / 64);
		low = from;
		high = to;
		rest -= (int64_t)(k - 1) * piece;
		i = i * 64 + (int64_t)(k - 1);
		length = piece;
	}
	return low + (high - low) * (double)rest / (double)length;
}

static int64_t instant_of(const struct call *c, const struct row *r)
{
	return r->now_ns + (int64_t)(r->number * (uint64_t)((const struct market_opts *)c->opts)->step);
}

static double price_at(const struct market_opts *o, uint64_t key, int64_t ns, double base)
{
	double s = (double)(ns - ORIGIN_NS) * 1e-9, sigma = o->vol * 1.7801094e-4;      /* 1 / sqrt(YEAR_S) */

	switch ((enum model)o->model) {
	case MODEL_GBM: return base * mathx_exp(o->drift * s / YEAR_S + sigma * brownian(key, ns - ORIGIN_NS));
	/* What is left of the motion when its slow part is taken away: it returns to base within hours. */
	case MODEL_REVERT: {
		int64_t window = INT64_C(14400000000000);

		return base * mathx_exp(sigma * (brownian(key, ns - ORIGIN_NS) - (brownian(key, ns - ORIGIN_NS - window) +
			brownian(key, ns - ORIGIN_NS + window)) / 2));
	}
	/* One wave a day. */
	case MODEL_SINE: return base * (1 + o->vol / 4 * mathx_sin(2 * MATHX_PI * (double)((ns - ORIGIN_NS) % 86400000000000) / 86400e9));
	case MODEL_UNIFORM: break;
	}
	return base * (1 + o->vol * (2 * (double)(rng_mix(key ^ (uint64_t)ns) >> 11) * 0x1p-53 - 1));
}

/* To whole ticks, one at least. */
static int64_t to_ticks(double price, double tick)
{
	double n = price / tick + 0.5;

	return n < 1 ? 1 : n > 9e15 ? 9000000000000000 : (int64_t)n;
}

/* ---- parameters ---- */

#define MARKET_STEP P_SPAN(struct market_opts, step, 0, 8.64e13, 1e9, .help = "What the clock moves on from one row to the next, beside now.")
#define MARKET_HIDDEN \
	P_REAL(struct market_opts, vol, 0, 10, 0.2, .flags = PARAM_INSIDE, .help = "Volatility per year."), \
	P_REAL(struct market_opts, drift, -10, 10, 0.05, .flags = PARAM_INSIDE, .help = "Drift per year."), \
	P_REAL(struct market_opts, base, 0.000001, 1e9, 100, .flags = PARAM_INSIDE, .help = "Price at the start of 2024."), \
	P_REAL(struct market_opts, tick, 0.000001, 1e6, 0.01, .flags = PARAM_INSIDE, .help = "Smallest step of a price.")

static const struct param price_params[] = {
	P_TEXT(struct market_opts, symbol, "", .help = "Whose price; each symbol has its own path."),
	P_CHOICE(struct market_opts, model, models, MODEL_GBM, .help = "How the price moves."),
	P_REAL(struct market_opts, base, 0.000001, 1e9, 100, .help = "Price at the start of 2024."),
	P_REAL(struct market_opts, vol, 0, 10, 0.2, .help = "Volatility per year."),
	P_REAL(struct market_opts, drift, -10, 10, 0.05, .help = "Drift per year."),
	P_REAL(struct market_opts, tick, 0.000001, 1e6, 0.01, .help = "Smallest step of a price."),
	MARKET_STEP,
	P_END
};
static const struct param style_params[] = {
	P_CHOICE(struct market_opts, style, styles, STYLE_PLAIN, .help = "Names of the fields: ours, or those of a data service."),
	MARKET_STEP, MARKET_HIDDEN, P_END
};
static const struct param spread_params[] = {
	P_REAL(struct market_opts, spread_bps, 0, 10000, 5, .unit = "bps", .help = "Distance of bid and ask."),
	MARKET_STEP, MARKET_HIDDEN, P_END
};
static const struct param candle_params[] = {
	P_SPAN(struct market_opts, interval, 1e9, 6.048e14, 60e9, .help = "How long a candle is; each row is the next one."),
	MARKET_HIDDEN, P_END
};

static int market_prepare(struct call *c, struct err *e)
{
	const struct market_opts *o = c->opts;
	const char *symbol = o->symbol ? o->symbol : "";
	unsigned scale = 0;

	((struct market_made *)c->made)->symbol = digest_bytes(symbol, strlen(symbol), 0x73796d);
	while (scale < 6 && scaled(o->tick, scale) * schema_power10(6 - scale) != scaled(o->tick, 6))
		scale++;
	c->scale = (uint8_t)scale;
	if (scaled(o->tick, 6) < 1)
		return err_set(e, ERR_INPUT, "tick: %g is below 0.000001", o->tick);
	return 0;
}

static void price_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct market_opts *o = c->opts;
	uint64_t key = rng_mix(r->seed ^ ((const struct market_made *)c->made)->symbol);

	(void)d;
	to->i = to_ticks(price_at(o, key, instant_of(c, r), o->base), o->tick) * scaled(o->tick, c->scale);
}

/* ---- objects ---- */

static char *put_price(char *to, int64_t cents)
{
	return put_decimal(to, cents, 2);
}

struct quote {
	char symbol[4];
	int64_t ns, mid, half;          /* cents */
};

/* The record's ticker, with a price level of its own between 5 and 500. */
static void quote_of(const struct call *c, const struct row *r, struct quote *to)
{
	const struct market_opts *o = c->opts;
	uint32_t ticker = ticker_of(c, r, TICKERS);
	uint64_t key = rng_mix(rng_mix(r->seed) + ticker);

	put_ticker(to->symbol, ticker);
	to->ns = instant_of(c, r);
	to->mid = to_ticks(price_at(o, key, to->ns, 5 * mathx_exp(4.6 * (double)(key >> 11) * 0x1p-53)), 0.01);
	to->half = 1 + to->mid / 8000;
}

static char *trade_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int style = ((const struct market_opts *)c->opts)->style;
	uint64_t draw = draws_next(d);
	int64_t size = (int64_t)(1 + (draw >> 60)) * ((draw & 7) ? 100 : 1);
	bool buy = draw & 16;
	struct quote q;

	quote_of(c, r, &q);
	q.mid += buy ? q.half : q.mid > q.half ? -q.half : 0;
	to = style == STYLE_PLAIN ? put_literal(to, "{\"symbol\":\"") : style == STYLE_POLYGON ? put_literal(to, "{\"ev\":\"T\",\"sym\":\"") :
		put_literal(to, "{\"T\":\"t\",\"S\":\"");
	to = put_bytes(to, q.symbol, 4);
	to = style == STYLE_PLAIN ? put_literal(to, "\",\"price\":") : put_literal(to, "\",\"p\":");
	to = put_price(to, q.mid);
	to = style == STYLE_PLAIN ? put_literal(to, ",\"size\":") : put_literal(to, ",\"s\":");
	to = put_int(to, size);
	if (style == STYLE_PLAIN) {
		to = buy ? put_literal(to, ",\"side\":\"buy\",\"time\":\"") : put_literal(to, ",\"side\":\"sell\",\"time\":\"");
		to = put_instant(to, q.ns, 3);
		return put_literal(to, "\"}");
	}
	to = style == STYLE_POLYGON ? put_literal(to, ",\"x\":") : put_literal(to, ",\"x\":\"");
	*to++ = style == STYLE_POLYGON ? (char)('1' + (draw >> 20) % 9) : "DKNPQVZ"[(draw >> 20) % 7];
	to = style == STYLE_POLYGON ? put_literal(to, ",\"i\":\"") : put_literal(to, "\",\"i\":");
	to = put_int(to, (int64_t)(draw >> 32) + 1);
	to = style == STYLE_POLYGON ? put_literal(to, "\",\"z\":3,\"c\":[],\"t\":") : put_literal(to, ",\"c\":[\"@\"],\"z\":\"C\",\"t\":\"");
	if (style == STYLE_POLYGON)
		return put_literal(put_int(to, q.ns / 1000000), "}");
	return put_literal(put_instant(to, q.ns, 9), "\"}");
}

static char *quote_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const names[3][6] = {
		{ "{\"symbol\":\"", "\",\"bid\":", ",\"bid_size\":", ",\"ask\":", ",\"ask_size\":", ",\"time\":\"" },
		{ "{\"ev\":\"Q\",\"sym\":\"", "\",\"bp\":", ",\"bs\":", ",\"ap\":", ",\"as\":", ",\"z\":3,\"t\":" },
		{ "{\"T\":\"q\",\"S\":\"", "\",\"bp\":", ",\"bs\":", ",\"ap\":", ",\"as\":", ",\"bx\":\"Q\",\"ax\":\"K\",\"c\":[\"R\"],\"z\":\"C\",\"t\":\"" },
	};
	int style = ((const struct market_opts *)c->opts)->style;
	const char *const *name = names[style];
	uint64_t draw = draws_next(d);
	struct quote q;
	int64_t bid;

	quote_of(c, r, &q);
	bid = q.mid > q.half ? q.mid - q.half : 1;
	to = put_text(to, name[0]);
	to = put_bytes(to, q.symbol, 4);
	to = put_text(to, name[1]);
	to = put_price(to, bid);
	to = put_text(to, name[2]);
	to = put_int(to, (int64_t)(1 + (draw >> 58)));
	to = put_text(to, name[3]);
	to = put_price(to, q.mid + q.half);
	to = put_text(to, name[4]);
	to = put_int(to, (int64_t)(1 + (draw & 63)));
	to = put_text(to, name[5]);
	if (style == STYLE_POLYGON)
		return put_literal(put_int(to, q.ns / 1000000), "}");
	return put_literal(put_instant(to, q.ns, style == STYLE_PLAIN ? 3 : 9), "\"}");
}

/* The path of stock_price() without a symbol. */
static double bare_price(const struct call *c, const struct row *r, int64_t ns)
{
	const struct market_opts *o = c->opts;

	return price_at(o, rng_mix(r->seed ^ ((const struct market_made *)c->made)->symbol), ns, o->base);
}

static char *bid_ask_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	double mid = bare_price(c, r, instant_of(c, r)), half = mid * ((const struct market_opts *)c->opts)->spread_bps / 20000;
	int64_t bid = to_ticks(mid - half, 0.01), ask = to_ticks(mid + half, 0.01);

	(void)d;
	to = put_literal(to, "{\"bid\":");
	to = put_price(to, bid);
	to = put_literal(to, ",\"ask\":");
	to = put_price(to, ask > bid ? ask : bid + 1);
	return put_literal(to, "}");
}

static char *candle_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int64_t span = ((const struct market_opts *)c->opts)->interval, start = (r->now_ns / span + (int64_t)r->number) * span, ticks[9], low, high;

	for (int i = 0; i < 9; i++)
		ticks[i] = to_ticks(bare_price(c, r, start + span / 8 * i + (i == 8 ? span % 8 : 0)), 0.01);
	low = high = ticks[0];
	for (int i = 1; i < 9; i++) {
		low = ticks[i] < low ? ticks[i] : low;
		high = ticks[i] > high ? ticks[i] : high;
	}
	to = put_literal(to, "{\"time\":\"");
	to = put_instant(to, start, 3);
	to = put_literal(to, "\",\"open\":");
	to = put_price(to, ticks[0]);
	to = put_literal(to, ",\"high\":");
	to = put_price(to, high);
	to = put_literal(to, ",\"low\":");
	to = put_price(to, low);
	to = put_literal(to, ",\"close\":");
	to = put_price(to, ticks[8]);
	to = put_literal(to, ",\"volume\":");
	to = put_int(to, 100 * (int64_t)draw_lognormal(d, 1, 10000));
	return put_literal(to, "}");
}

static uint64_t share_rows(const struct call *c)
{
	(void)c;
	return TICKERS;
}

#define MARKET_ROW(n) ROW_NAME(n), .category = "Market data", .group = "security", .opts_size = sizeof(struct market_opts), \
	.made_size = sizeof(struct market_made), .prepare = market_prepare

const struct provider pack_market[] = {
	{ MARKET_ROW("stock_price"), .help = "The price of a share as time goes on.", .example = "101.37", .out = KIND_DECIMAL, .params = price_params,
	  .value = price_value },
	{ MARKET_ROW("market_trade"), .help = "A trade of the record's share.",
	  .example = "{\"symbol\":\"QLTR\",\"price\":101.37,\"size\":100,\"side\":\"buy\",\"time\":\"2024-01-01T00:00:00.000Z\"}", .out = KIND_JSON,
	  .params = style_params, .room = 320, .text = trade_text, .rows = share_rows },
	{ MARKET_ROW("bid_ask"), .help = "The best prices to sell and to buy, around stock_price.", .example = "{\"bid\":101.35,\"ask\":101.40}",
	  .out = KIND_JSON, .params = spread_params, .room = 320, .text = bid_ask_text },
	{ MARKET_ROW("market_quote"), .help = "A quote of the record's share.",
	  .example = "{\"symbol\":\"QLTR\",\"bid\":101.35,\"bid_size\":12,\"ask\":101.40,\"ask_size\":7,\"time\":\"2024-01-01T00:00:00.000Z\"}",
	  .out = KIND_JSON, .params = style_params, .room = 320, .text = quote_text, .rows = share_rows },
	{ MARKET_ROW("candle"), .help = "Open, high, low and close of an interval.",
	  .example = "{\"time\":\"2024-01-01T00:00:00.000Z\",\"open\":100.00,\"high\":100.02,\"low\":99.98,\"close\":100.01,\"volume\":52000}",
	  .out = KIND_JSON, .params = candle_params, .room = 320, .text = candle_text },
	{ .name = NULL },
};
