/*
 * The market generator, in four parts: market.c (rows, life, arrivals), market_model.c (how a price moves), market_events.c
 * (what is said of it) and market_hands.c (shocks, halts, the state as CSV). Only they include this.
 *
 * Prices are latent and unrounded; what is printed lies on the tick grid. Variance follows elapsed simulated time: volatility is
 * per square root of a year, drift per year, and the rate of messages changes neither. Formulas and sources: the comments of
 * market_model.c.
 */
#ifndef GENERATORS_MARKET_H
#define GENERATORS_MARKET_H

#include "core/module.h"

enum model { MODEL_GBM, MODEL_OU, MODEL_JUMPS, MODEL_REALISTIC, MODEL_SINE, MODEL_WALK };
enum regime { REGIME_CALM, REGIME_VOLATILE, REGIME_LOW_LIQUIDITY, REGIME_GAP, REGIME_HALT };
enum pick { PICK_UNIFORM, PICK_ZIPF, PICK_ROUND_ROBIN };
enum format { FORMAT_MARKET, FORMAT_FLUXFAKR };
enum year { YEAR_CALENDAR, YEAR_TRADING };
enum { KIND_TICK = 1, KIND_TRADE = 2, KIND_QUOTE = 4, KIND_BAR = 8 };
enum { MATRIX_MOST = 64 };

struct market_opts {
	char *symbols, *kinds, *matrix;
	int64_t instruments, half_life, vol_half_life, period, session, bar, lot;
	int model, year, regime, pick, format;
	struct draw price, volume_step;
	double drift, volatility, dt, jump_prob, jump_size, vol_of_vol, day_shape, amplitude, noise, step, low, high, spread,
		spread_jitter, tick_size, floor, correlation, gap;
	bool bounce;
};

/* What lives of one instrument. */
struct instrument {
	struct rng rng;
	double x;               /* log of the latent price; for sine and walk the price itself */
	double anchor;          /* where ou returns to, and the base of sine and walk */
	double h;               /* log-volatility of `realistic`, around 0 */
	double factor;          /* the common factor's path when it last moved */
	int64_t last_ns, halted_until_ns;
	int64_t volume, session;        /* traded in the session; which session */
	uint64_t trades;
	double level, level_x;  /* e^level_x: the price that x had when it was last reckoned in full, and steps from there */
	double bid, ask, price; /* as last printed, or as last reckoned */
	int64_t bid_units, ask_units, price_units, size, bid_size, ask_size;    /* on the tick grid */
	int side;               /* of the last trade: 1 bought at the ask, -1 sold at the bid */
	struct bar {
		int64_t open, high, low, close, volume, trades, start_ns;
		double money;   /* price units times size */
	} bar;
};

struct market {
	struct instrument *at;
	uint32_t n, next;
	char **names;
	char *name_bytes;
	uint32_t *name_n;
	unsigned kinds, scale;
	double grid;            /* tick size, 0 = none */
	int handles[4];         /* of tick (or fluxfakr), trade, quote, bar */
	struct leaf *leaves;    /* copies, with this module's scale */
	struct schema schemas[4];
	/* One factor, or the columns of a Cholesky factor: paths that are shared by all. */
	struct rng factor_rng;
	double factor;
	int64_t factor_ns;
	double *cholesky, *paths;
	uint32_t factor_n;
	double log_n;           /* log(n + 1), for zipf */
};

/* market_model.c */
void market_model_start(struct module *m);
void market_move(struct module *m, struct instrument *it, uint32_t i);         /* to m->now_ns: price, quote, size, volume */
double market_price(const struct market_opts *opt, struct instrument *it);
double market_year_seconds(const struct market_opts *opt);
int market_matrix(struct market *st, const char *text, struct err *e);

/* market_events.c */
int market_declare(struct module *m, struct err *e);
int market_say(struct module *m, struct instrument *it, uint32_t i, struct err *e);
int market_bars(struct module *m, struct err *e);

/* market_hands.c */
int market_act(struct module *m, const struct param *p, const char *argument, struct buf *back, struct err *e);
void market_dump(const struct module *m, struct buf *b);
void market_jump_all(struct module *m, double share);

#endif
