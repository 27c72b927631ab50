/* What is said of an instrument: ticks, trades, quotes, bars, and FluxFakr's record. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "generators/market.h"

enum { TICK, TRADE, QUOTE, BAR };
enum { PRICE_MARK = 255 };      /* scale of a leaf that takes the module's own */

#define PRICE_LEAF(n) { .name = n, .kind = KIND_DECIMAL, .scale = PRICE_MARK }
static const struct leaf tick_leaves[] = {
	{ .name = "symbol", .kind = KIND_TEXT }, PRICE_LEAF("price"), PRICE_LEAF("bid"), PRICE_LEAF("ask"),
	{ .name = "size", .kind = KIND_INT }, { .name = "volume", .kind = KIND_INT }, { .name = "time", .kind = KIND_INSTANT },
};
static const struct leaf fluxfakr_leaves[] = {
	{ .name = "ask", .kind = KIND_REAL }, { .name = "bid", .kind = KIND_REAL }, { .name = "instrument", .kind = KIND_TEXT },
	{ .name = "price", .kind = KIND_REAL }, { .name = "timestamp", .kind = KIND_INT }, { .name = "volume", .kind = KIND_INT },
};
static const struct leaf trade_leaves[] = {
	{ .name = "symbol", .kind = KIND_TEXT }, { .name = "id", .kind = KIND_INT }, PRICE_LEAF("price"),
	{ .name = "size", .kind = KIND_INT }, { .name = "side", .kind = KIND_TEXT }, { .name = "volume", .kind = KIND_INT },
	{ .name = "time", .kind = KIND_INSTANT },
};
static const struct leaf quote_leaves[] = {
	{ .name = "symbol", .kind = KIND_TEXT }, PRICE_LEAF("bid"), { .name = "bid_size", .kind = KIND_INT }, PRICE_LEAF("ask"),
	{ .name = "ask_size", .kind = KIND_INT }, { .name = "time", .kind = KIND_INSTANT },
};
static const struct leaf bar_leaves[] = {
	{ .name = "symbol", .kind = KIND_TEXT }, PRICE_LEAF("open"), PRICE_LEAF("high"), PRICE_LEAF("low"), PRICE_LEAF("close"),
	{ .name = "volume", .kind = KIND_INT }, { .name = "vwap", .kind = KIND_REAL }, { .name = "trades", .kind = KIND_INT },
	{ .name = "start", .kind = KIND_INSTANT }, { .name = "end", .kind = KIND_INSTANT },
};

/* Copies a list of leaves, with this module's decimals; without a grid prices are reals in full. */
static int declare(struct module *m, int what, const char *name, const struct leaf *from, size_t n, struct leaf *to, struct err *e)
{
	struct market *st = m->state;

	for (size_t i = 0; i < n; i++) {
		to[i] = from[i];
		if (from[i].scale == PRICE_MARK) {
			to[i].kind = st->grid > 0 ? KIND_DECIMAL : KIND_REAL;
			to[i].scale = (uint8_t)st->scale;
		}
	}
	st->schemas[what] = (struct schema){ .name = name, .leaves = to, .leaf_n = (uint16_t)n };
	st->schemas[what].bare = ((const struct market_opts *)m->opts)->format == FORMAT_FLUXFAKR;
	st->handles[what] = module_declare(m, &st->schemas[what], e);
	return st->handles[what] < 0 ? -1 : 0;
}

int market_declare(struct module *m, struct err *e)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;
	struct leaf *to = calloc(40, sizeof *to);

	if (!to)
		return err_memory(e);
	st->leaves = to;
	if (opt->format == FORMAT_FLUXFAKR)
		return declare(m, TICK, "stock", fluxfakr_leaves, COUNT_OF(fluxfakr_leaves), to, e);
	if (st->kinds & KIND_TICK && declare(m, TICK, "tick", tick_leaves, COUNT_OF(tick_leaves), to, e) < 0)
		return -1;
	if (st->kinds & KIND_TRADE && declare(m, TRADE, "trade", trade_leaves, COUNT_OF(trade_leaves), to + 8, e) < 0)
		return -1;
	if (st->kinds & KIND_QUOTE && declare(m, QUOTE, "quote", quote_leaves, COUNT_OF(quote_leaves), to + 16, e) < 0)
		return -1;
	if (st->kinds & KIND_BAR && declare(m, BAR, "bar", bar_leaves, COUNT_OF(bar_leaves), to + 24, e) < 0)
		return -1;
	return 0;
}

static void set_price(const struct market *st, struct event *ev, unsigned leaf, int64_t units, double real)
{
	if (st->grid > 0)
		ev->values[leaf].i = units;
	else
		ev->values[leaf].r = real;
}

static struct event *begin(struct module *m, int what, uint32_t i, struct err *e)
{
	const struct market *st = m->state;
	struct event *ev = module_event(m, st->handles[what], e);

	if (ev)
		ev->key = (struct text){ .at = st->names[i], .n = st->name_n[i] };
	return ev;
}

static int say_fluxfakr(struct module *m, const struct instrument *it, uint32_t i, struct err *e)
{
	const struct market *st = m->state;
	struct event *ev = begin(m, TICK, i, e);

	if (!ev)
		return -1;
	event_set_real(ev, 0, it->ask);
	event_set_real(ev, 1, it->bid);
	event_set_lasting(ev, 2, st->names[i], st->name_n[i]);
	event_set_real(ev, 3, it->price);
	event_set_int(ev, 4, m->now_ns / 1000000000);
	event_set_int(ev, 5, it->volume);
	return module_emit(m, ev, e);
}

static int say_tick(struct module *m, const struct instrument *it, uint32_t i, struct err *e)
{
	const struct market *st = m->state;
	struct event *ev = begin(m, TICK, i, e);

	if (!ev)
		return -1;
	event_set_lasting(ev, 0, st->names[i], st->name_n[i]);
	set_price(st, ev, 1, it->price_units, it->price);
	set_price(st, ev, 2, it->bid_units, it->bid);
	set_price(st, ev, 3, it->ask_units, it->ask);
	event_set_int(ev, 4, it->size);
	event_set_int(ev, 5, it->volume);
	event_set_int(ev, 6, m->now_ns);
	return module_emit(m, ev, e);
}

static int say_quote(struct module *m, struct instrument *it, uint32_t i, struct err *e)
{
	const struct market *st = m->state;
	struct event *ev = begin(m, QUOTE, i, e);

	if (!ev)
		return -1;
	it->bid_size = 100 * (int64_t)(1 + rng_below(&it->rng, 20));
	it->ask_size = 100 * (int64_t)(1 + rng_below(&it->rng, 20));
	event_set_lasting(ev, 0, st->names[i], st->name_n[i]);
	set_price(st, ev, 1, it->bid_units, it->bid);
	event_set_int(ev, 2, it->bid_size);
	set_price(st, ev, 3, it->ask_units, it->ask);
	event_set_int(ev, 4, it->ask_size);
	event_set_int(ev, 5, m->now_ns);
	return module_emit(m, ev, e);
}

static int say_trade(struct module *m, const struct instrument *it, uint32_t i, struct err *e)
{
	const struct market *st = m->state;
	struct event *ev = begin(m, TRADE, i, e);

	if (!ev)
		return -1;
	event_set_lasting(ev, 0, st->names[i], st->name_n[i]);
	event_set_int(ev, 1, (int64_t)it->trades);
	set_price(st, ev, 2, it->price_units, it->price);
	event_set_int(ev, 3, it->size);
	event_set_lasting(ev, 4, it->side > 0 ? "buy" : "sell", it->side > 0 ? 3 : 4);
	event_set_int(ev, 5, it->volume);
	event_set_int(ev, 6, m->now_ns);
	return module_emit(m, ev, e);
}

/* A trade into the bar of its window; bars are in grid units, or in millionths without a grid. */
static void into_bar(const struct market *st, struct instrument *it)
{
	struct bar *b = &it->bar;
	int64_t p = st->grid > 0 ? it->price_units : (int64_t)llround(it->price * 1e6);

	if (b->trades++ == 0) {
		b->open = b->high = b->low = p;
		b->volume = 0;
		b->money = 0;
	}
	if (p > b->high)
		b->high = p;
	if (p < b->low)
		b->low = p;
	b->close = p;
	b->volume += it->size;
	b->money += (double)p * (double)it->size;
}

int market_say(struct module *m, struct instrument *it, uint32_t i, struct err *e)
{
	const struct market *st = m->state;

	if (st->schemas[TICK].bare)
		return say_fluxfakr(m, it, i, e);
	if (st->kinds & KIND_BAR)
		into_bar(st, it);
	if (st->kinds & KIND_TICK && say_tick(m, it, i, e) < 0)
		return -1;
	if (st->kinds & KIND_QUOTE && say_quote(m, it, i, e) < 0)
		return -1;
	return st->kinds & KIND_TRADE ? say_trade(m, it, i, e) : 0;
}

/* The window [now - bar, now) is over: one bar for each instrument that traded in it. */
int market_bars(struct module *m, struct err *e)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;
	double unit = st->grid > 0 ? 1.0 / (double)schema_power10(st->scale) : 1e-6;

	for (uint32_t i = 0; i < st->n; i++) {
		struct bar *b = &st->at[i].bar;
		struct event *ev;
		const int64_t prices[] = { b->open, b->high, b->low, b->close };

		if (!b->trades)
			continue;
		ev = begin(m, BAR, i, e);
		if (!ev)
			return -1;
		event_set_lasting(ev, 0, st->names[i], st->name_n[i]);
		for (unsigned k = 0; k < 4; k++)
			set_price(st, ev, k + 1, prices[k], (double)prices[k] * unit);
		event_set_int(ev, 5, b->volume);
		/* Two decimals more than a price, as feeds give it. */
		event_set_real(ev, 6, floor(b->money / (double)b->volume * unit * 1e4 + 0.5) / 1e4);
		event_set_int(ev, 7, b->trades);
		event_set_int(ev, 8, m->now_ns - opt->bar);
		event_set_int(ev, 9, m->now_ns);
		if (module_emit(m, ev, e) < 0)
			return -1;
		b->trades = 0;
	}
	return m->now_ns < m->end_ns ? module_wake_at(m, m->now_ns + opt->bar, NULL, e) : 0;
}
