/* The market generator: rows, life, arrivals. The parts are named in market.h. */
#include "generators/market.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mathx.h"
#include "base/num.h"
#include "generators/table.h"

static const char *const model_names[] = { "gbm", "ou", "jumps", "realistic", "sine", "walk", NULL };
static const char *const regime_names[] = { "calm", "volatile", "low_liquidity", "gap", "halt", NULL };
static const char *const pick_names[] = { "uniform", "zipf", "round_robin", NULL };
static const char *const format_names[] = { "market", "fluxfakr", NULL };
static const char *const year_names[] = { "calendar", "trading", NULL };

#define O struct market_opts
static const struct param params[] = {
	P_REAL(O, volatility, 0, 5, 0.35, .flags = PARAM_LIVE, .unit = "/√yr", .step = 0.01,
	       .help = "Volatility per square root of a year of simulated time."),
	P_REAL(O, drift, -5, 5, 0.05, .flags = PARAM_LIVE, .unit = "/yr", .step = 0.05, .help = "Drift per year of simulated time."),
	P_SHARE(O, spread, 0, 0.1, 0.002, .flags = PARAM_LIVE | PARAM_LOG, .unit = "bps", .help = "Least distance between bid and ask."),
	P_SHARE(O, spread_jitter, 0, 0.1, 0.002, .flags = PARAM_LIVE | PARAM_LOG, .unit = "bps", .help = "Uniform addition to the spread."),
	P_REAL(O, jump_prob, 0, 10, 0.00017, .flags = PARAM_LIVE | PARAM_LOG, .unit = "/s",
	       .help = "Jumps per second of simulated time and instrument, in the models jumps and realistic."),
	P_SHARE(O, jump_size, 0, 0.5, 0.004, .flags = PARAM_LIVE | PARAM_LOG, .unit = "bps", .help = "Standard deviation of a jump."),
	P_REAL(O, correlation, -0.99, 0.99, 0, .flags = PARAM_LIVE, .unit = "ρ", .help = "Correlation between the instruments, by one common factor."),
	P_CHOICE(O, regime, regime_names, REGIME_CALM, .flags = PARAM_LIVE,
		 .help = "State of the market: volatile is 5 times the volatility, low_liquidity 5 times the spread and a tenth of the sizes, gap moves all prices once, halt makes nothing."),
	P_SHARE(O, gap, -0.9, 5, -0.05, .flags = PARAM_LIVE, .help = "How far prices move when the regime becomes gap."),
	P_CHOICE(O, model, model_names, MODEL_GBM, .help = "How prices move."),
	P_INT(O, instruments, 1, 1e6, 5, .help = "Number of instruments, named STK0 and so on, unless there are symbols."),
	P_TEXT(O, symbols, "", .flags = PARAM_LIST, .help = "Names of the instruments."),
	P_TEXT(O, kinds, "tick", .flags = PARAM_LIST, .help = "Event types: tick, trade, quote, bar."),
	P_CHOICE(O, format, format_names, FORMAT_MARKET, .help = "Record: our own, or FluxFakr's six keys."),
	P_CHOICE(O, pick, pick_names, PICK_UNIFORM, .flags = PARAM_LIVE, .help = "Which instrument the next message is about."),
	P_DRAW(O, price, 0.0001, 1e9, "uniform(100, 200)", .help = "Price at the start, and base of sine, walk and ou."),
	P_REAL(O, tick_size, 0, 1000, 0.01, .help = "Grid of printed prices; 0 prints them in full."),
	P_INT(O, lot, 1, 1e6, 1, .help = "Grid of sizes."),
	P_REAL(O, floor, 0, 1e6, 0.01, .help = "Lowest price."),
	P_BOOL(O, bounce, true, .flags = PARAM_LIVE, .help = "Trades happen at the bid or the ask, not between them."),
	P_CHOICE(O, year, year_names, YEAR_CALENDAR, .help = "Length of the year: 365 days, or 252 days of 6.5 hours."),
	P_REAL(O, dt, 0, 10, 0, .unit = "yr", .help = "A fixed step in years for each message; 0 is the elapsed simulated time."),
	P_SPAN(O, session, 0, 604800e9, 86400e9, .help = "Length of a session: volume starts again with each, and the day shape spans it."),
	P_SPAN(O, half_life, 1e9, 31536000e9, 1800e9, .flags = PARAM_LIVE | PARAM_LOG, .help = "Half-life of an excursion in the model ou."),
	P_REAL(O, vol_of_vol, 0, 3, 0.6, .flags = PARAM_LIVE, .help = "Deviation of the log-volatility in the model realistic."),
	P_SPAN(O, vol_half_life, 1e9, 31536000e9, 1800e9, .flags = PARAM_LIVE | PARAM_LOG, .help = "Half-life of its excursions."),
	P_REAL(O, day_shape, 0, 10, 1.5, .flags = PARAM_LIVE, .help = "How much busier open and close are than noon, in the model realistic."),
	P_REAL(O, amplitude, 0, 1e6, 5, .flags = PARAM_LIVE | PARAM_LOG, .help = "Height of the sine."),
	P_SPAN(O, period, 1e6, 31536000e9, 62830e6, .help = "Length of a cycle of the sine."),
	P_REAL(O, noise, 0, 1e6, 0, .flags = PARAM_LIVE | PARAM_LOG, .help = "Uniform noise around the sine."),
	P_REAL(O, step, 0, 1e6, 1, .flags = PARAM_LIVE | PARAM_LOG, .help = "Largest step of the walk."),
	P_REAL(O, low, 0, 1e9, 50, .help = "Lower bound of the walk."),
	P_REAL(O, high, 0, 1e9, 150, .help = "Upper bound of the walk."),
	P_TEXT(O, matrix, "", .flags = PARAM_LIST, .help = "Correlation matrix of up to 64 instruments instead of one factor: rows separated by semicolons."),
	P_SPAN(O, bar, 1e6, 86400e9, 60e9, .help = "Window of a bar."),
	P_DRAW(O, volume_step, 1, 1e9, "uniform(1000, 1499)", .help = "What a message of FluxFakr's record adds to the volume."),
	P_ACTION("shock", .help = "Move one instrument, or all: `shock ACME -5%`, `shock -5%`."),
	P_ACTION("halt", .help = "No messages about one instrument, or all, for a while: `halt ACME 30s`, `halt 10s`."),
	P_END
};
#undef O

/* ---- names ---- */

static int take_symbols(struct market *st, const char *symbols, struct err *e)
{
	struct map seen;
	char *at = strdup(symbols);
	uint32_t n = 1;

	st->name_bytes = at;
	for (const char *s = symbols; *s; s++)
		n += *s == ',';
	st->names = calloc(n, sizeof *st->names);
	st->name_n = calloc(n, sizeof *st->name_n);
	if (!at || !st->names || !st->name_n)
		return err_memory(e);
	map_init(&seen);
	while (*at) {
		size_t len;

		at += strspn(at, ", ");
		len = strcspn(at, ", ");
		if (!len)
			break;
		if (map_get(&seen, at, len)) {
			err_set(e, ERR_INPUT, "symbols: '%.*s' is named twice", (int)len, at);
			map_free(&seen);
			return -1;
		}
		st->names[st->n] = at;
		st->name_n[st->n++] = (uint32_t)len;
		if (map_put(&seen, at, len, st) < 0) {
			map_free(&seen);
			return err_memory(e);
		}
		at += len;
		if (*at)
			*at++ = '\0';
	}
	map_free(&seen);
	return st->n ? 0 : err_set(e, ERR_INPUT, "symbols names no instrument");
}

static int make_names(struct market *st, int64_t n, struct err *e)
{
	enum { LONGEST = 12 };          /* STK999999 and a NUL */

	st->n = (uint32_t)n;
	st->name_bytes = malloc((size_t)n * LONGEST);
	st->names = calloc((size_t)n, sizeof *st->names);
	st->name_n = calloc((size_t)n, sizeof *st->name_n);
	if (!st->name_bytes || !st->names || !st->name_n)
		return err_memory(e);
	for (uint32_t i = 0; i < st->n; i++) {
		st->names[i] = st->name_bytes + (size_t)i * LONGEST;
		st->name_n[i] = (uint32_t)snprintf(st->names[i], LONGEST, "STK%u", i);
	}
	return 0;
}

static int take_kinds(struct market *st, const char *kinds, struct err *e)
{
	static const char *const words[] = { "tick", "trade", "quote", "bar" };

	while (*kinds) {
		size_t n, i;

		kinds += strspn(kinds, ", ");
		n = strcspn(kinds, ", ");
		for (i = 0; i < COUNT_OF(words) && !(strlen(words[i]) == n && memcmp(words[i], kinds, n) == 0); i++)
			;
		if (n && i == COUNT_OF(words))
			return err_set(e, ERR_INPUT, "kinds: '%.*s' is none of tick, trade, quote, bar", (int)n, kinds);
		if (n)
			st->kinds |= 1u << i;
		kinds += n;
	}
	return st->kinds ? 0 : err_set(e, ERR_INPUT, "kinds is empty: name tick, trade, quote or bar");
}

/* A grid of 0.01 prints two decimals, one of 0.25 two, one of 5 none. */
static int take_grid(struct market *st, double tick_size, struct err *e)
{
	double scaled = tick_size;

	st->grid = tick_size;
	for (st->scale = 0; st->scale < 9 && fabs(scaled - nearbyint(scaled)) > 1e-9 * scaled; st->scale++)
		scaled = tick_size * (double)schema_power10(st->scale + 1);
	if (tick_size > 0 && fabs(scaled - nearbyint(scaled)) > 1e-6)
		return err_set(e, ERR_INPUT, "tick_size has more than nine decimals");
	/* Units are of the last decimal; a grid of 0.25 would need a second factor. */
	if (tick_size > 0 && fabs(scaled - 1) > 1e-9)
		return err_set(e, ERR_INPUT, "tick_size must be 1, 0.1, 0.01 and so on, or 0");
	return 0;
}

/* ---- life ---- */

static int start(struct module *m, struct err *e)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;

	if (opt->low >= opt->high)
		return err_set(e, ERR_INPUT, "low must be below high");
	if ((*opt->symbols ? take_symbols(st, opt->symbols, e) : make_names(st, opt->instruments, e)) < 0 ||
	    take_kinds(st, opt->kinds, e) < 0 || take_grid(st, opt->format == FORMAT_FLUXFAKR ? 0 : opt->tick_size, e) < 0)
		return -1;
	st->at = calloc(st->n, sizeof *st->at);
	if (!st->at)
		return err_memory(e);
	if (market_matrix(st, opt->matrix, e) < 0 || market_declare(m, e) < 0)
		return -1;
	market_model_start(m);
	if (opt->regime == REGIME_GAP)
		market_jump_all(m, opt->gap);
	if (st->kinds & KIND_BAR && opt->format == FORMAT_MARKET)
		return module_wake_at(m, (m->start_ns / opt->bar + 1) * opt->bar, NULL, e);
	return 0;
}

static void stop(struct module *m)
{
	struct market *st = m->state;

	free(st->at);
	free(st->names);
	free(st->name_n);
	free(st->name_bytes);
	free(st->leaves);
	free(st->cholesky);
	free(st->paths);
	*st = (struct market){ 0 };
}

static uint32_t choose(struct module *m)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;

	switch ((enum pick)opt->pick) {
	case PICK_ROUND_ROBIN: return st->next < st->n ? st->next++ : (st->next = 1, 0);
	case PICK_ZIPF: {
		/* Log-uniform ranks: P(k) = log((k+1)/k) / log(n+1), which is Zipf's law with exponent 1 but for the first ranks. */
		uint32_t k = (uint32_t)(mathx_exp(rng_unit(&m->rng) * st->log_n) - 1);

		return k < st->n ? k : st->n - 1;
	}
	case PICK_UNIFORM: break;
	}
	return (uint32_t)rng_below(&m->rng, st->n);
}

static int make(struct module *m, struct err *e)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;
	uint32_t i = choose(m);
	struct instrument *it = &st->at[i];

	if (opt->regime == REGIME_HALT || m->now_ns < it->halted_until_ns)
		return 0;
	market_move(m, it, i);
	return market_say(m, it, i, e);
}

static int wake(struct module *m, void *what, struct err *e)
{
	(void)what;
	return market_bars(m, e);
}

static void changed(struct module *m, const struct param *p)
{
	const struct market_opts *opt = m->opts;

	if (strcmp(p->name, "regime") == 0 && opt->regime == REGIME_GAP)
		market_jump_all(m, opt->gap);
}

static uint64_t entities(const struct module *m)
{
	return ((const struct market *)m->state)->n;
}

/* What volatility, jumps and regimes do is seen in how the price moves, not in the price. */
static const struct effect effects[] = {
	{ NULL, "price", true }, { NULL, "bid", true }, { NULL, "close", true }, { .field = NULL },
};

const struct generator_class generator_market = {
	.name = "market", .summary = "prices of instruments: ticks, trades, quotes, bars", .params = params, .effects = effects,
	.opts_size = sizeof(struct market_opts), .state_size = sizeof(struct market), .start = start, .make = make, .wake = wake,
	.changed = changed, .act = market_act, .dump = market_dump, .entities = entities, .stop = stop,
};
