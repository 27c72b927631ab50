/* An output inside the engine: its pool of blocks, its accounts, and what follows when it is full or broken. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/num.h"
#include "core/inside.h"

static const char *const when_full_names[] = { "wait", "drop", NULL };

enum { BLOCK_MOST = 16384 };
enum { BLOCK_CEILING = 256 * 1024 * 1024 };     /* bytes of a block: its size, and what one arrival overshoots */

const struct param output_common_rows[] = {
	P_BOOL(struct output_common, on, true, .flags = PARAM_LIVE, .help = "Whether events are offered to the output."),
	P_REAL(struct output_common, ceiling, 0, 1e9, 0, .flags = PARAM_LIVE | PARAM_LOG, .unit = "/s",
	       .help = "Events per wall second that may reach the output; 0 is no ceiling."),
	P_CHOICE(struct output_common, when_full, when_full_names, FULL_WAIT, .flags = PARAM_LIVE,
		 .help = "What a module does when the output has no room: wait, with its lane, or drop the event, counted."),
	P_SIZE(struct output_common, batch_bytes, 1024, 16777216, 262144, .help = "Bytes of a block that is handed to the output."),
	P_SPAN(struct output_common, linger, 0, 60e9, 5e6, .flags = PARAM_LIVE,
	       .help = "How long an event may wait for others before its block is handed over."),
	P_SIZE(struct output_common, queue, 65536, 4294967296.0, 16777216, .help = "Bytes that may wait for the output or be on the wire."),
	P_SPAN(struct output_common, retry, 0, 31536000e9, 0, .flags = PARAM_LIVE,
	       .help = "How long a broken output is tried again before its events count as failed; 0 is for ever."),
	P_SPAN(struct output_common, backoff, 1e6, 3600e9, 100e6, .flags = PARAM_LIVE | PARAM_LOG,
	       .help = "Wait before the first new try; it doubles with each."),
	P_SPAN(struct output_common, backoff_max, 1e6, 3600e9, 5e9, .flags = PARAM_LIVE | PARAM_LOG, .help = "Longest wait between two tries."),
	P_CHOICE(struct output_common, format, encoding_names, ENCODE_NDJSON, .help = "How an event is written."),
	P_CHOICE(struct output_common, envelope, envelope_names, ENVELOPE_FLUXDECK,
		 .help = "What goes around an event: our own id, time and type, CloudEvents 1.0, or nothing."),
	P_CHOICE(struct output_common, moments, moments_names, MOMENTS_RFC3339,
		 .help = "How instants are written; plain is like 2024-01-01 09:00:00.123456, in UTC, without a fraction that is zero."),
	P_TEXT(struct output_common, only, "", .flags = PARAM_LIST, .help = "Event types that are offered to the output; empty means all."),
	P_BOOL(struct output_common, hash, false, .help = "Keep a running XXH64 of all bytes and show it at the end."),
	P_END
};

/* ---- blocks ---- */

/* The queue is counted in bytes of events, so that many small blocks of a slow stream are no more than a few large ones; but a
 * block has a price of its own. */
static bool may_open(const struct outlet *o)
{
	/* What is in the open block counts: it will be closed before another is opened. */
	int64_t bytes = o->queued_bytes + (o->open ? (int64_t)o->open->bytes.n : 0);

	return (bytes < o->common.queue || o->block_n < 2) && (o->block_n < BLOCK_MOST || !list_empty(&o->pool));
}

static void block_free(struct block *k)
{
	if (!k)
		return;
	buf_free(&k->bytes);
	free(k->records);
	free(k);
}

/* Back into the pool, as long as what the pool keeps is no more than the queue; one that an arrival blew up is not kept. */
static void recycle(struct outlet *o, struct block *k)
{
	list_take(&k->link);
	o->queued_bytes -= (int64_t)k->bytes.n;
	if (k->bytes.room > (size_t)o->common.batch_bytes * 4 + 65536 || o->pool_room + (int64_t)k->bytes.room > o->common.queue) {
		o->block_n--;
		block_free(k);
		return;
	}
	o->pool_room += (int64_t)k->bytes.room;
	list_add(&o->pool, &k->link);
}

static struct block *fresh_block(struct outlet *o)
{
	struct list *l = list_empty(&o->pool) ? NULL : o->pool.prev;    /* the latest used: still in the cache */
	struct block *k;

	/* Who waits never gets here without room, but what one arrival makes may be more than a block: it is taken, not lost. */
	if (!may_open(o) && o->common.when_full == FULL_DROP)
		return NULL;
	if (l) {
		list_take(l);
		k = container_of(l, struct block, link);
		o->pool_room -= (int64_t)k->bytes.room;
	} else {
		k = calloc(1, sizeof *k);
		if (!k)
			return NULL;
		list_init(&k->link);
		buf_init(&k->bytes, BLOCK_CEILING);
		o->block_n++;
	}
	buf_clear(&k->bytes);
	k->n = k->taken = k->settled = k->tries = 0;
	k->number = ++o->block_number;
	k->opened_ns = clock_wall_ns();
	return k;
}

uint64_t outlet_in_flight(const struct outlet *o)
{
	return o->offered - o->delivered - o->failed - o->dropped;
}

static uint64_t left_in(const struct list *head)
{
	uint64_t n = 0;

	for (const struct list *l = head->next; l != head; l = l->next) {
		const struct block *k = container_of(l, struct block, link);

		n += k->n - k->settled;
	}
	return n;
}

uint64_t outlet_counted_in_flight(const struct outlet *o)
{
	return left_in(&o->waiting) + left_in(&o->with_output) + (o->open ? o->open->n : 0);
}

/* Gives up everything that waits: as failed, or as dropped when nobody is there to want it. */
static void give_up(struct outlet *o, uint64_t *count)
{
	if (o->open) {
		o->queued_bytes += (int64_t)o->open->bytes.n;
		list_add(&o->waiting, &o->open->link);
		o->open = NULL;
	}
	list_each(l, &o->waiting) {
		struct block *k = container_of(l, struct block, link);

		/* What the output has of it already stays the output's until it is settled. */
		*count += k->n - k->taken;
		k->n = k->taken;
		if (k->settled == k->n) {
			recycle(o, k);
		} else {
			list_take(l);
			list_add(&o->with_output, l);
		}
	}
}

static void fail(struct outlet *o)
{
	bool gone = o->why.code == ERR_GONE;

	o->state = gone ? OUTLET_GONE : OUTLET_FAILED;
	give_up(o, gone ? &o->dropped : &o->failed);
	if (gone) {
		log_info(o->pub.name, "%s", o->why.text);
	} else {
		o->en->failed = true;
		log_error(o->pub.name, "gave up: %s", o->why.text);
	}
}

static void broke(struct outlet *o, const struct err *e)
{
	int64_t wall = clock_wall_ns(), wait = o->common.backoff;

	if (o->state == OUTLET_FAILED || o->state == OUTLET_GONE)
		return;
	if (o->state != OUTLET_BROKEN) {
		o->since_ns = wall;
		o->tries = 0;
	}
	o->state = OUTLET_BROKEN;
	o->why = *e;
	for (uint32_t i = 0; i < o->tries && wait < o->common.backoff_max; i++)
		wait *= 2;
	o->retry_ns = wall + (wait < o->common.backoff_max ? wait : o->common.backoff_max);
	o->tries++;
	if (e->code == ERR_FATAL || e->code == ERR_GONE || e->code == ERR_INPUT || (o->common.retry && wall - o->since_ns >= o->common.retry))
		fail(o);
	else
		log_warn(o->pub.name, "%s", e->text);
}

static void count_lag(struct outlet *o, const struct block *k, uint32_t from, int64_t wall)
{
	const struct simclock *c = &o->en->clock;
	int64_t sim = simclock_now(c, wall);

	/* An unlimited module has no instant to be late for. */
	if (sim == INT64_MAX || c->held || o->en->any_unlimited)
		return;
	for (uint32_t i = from; i < k->taken; i++)
		hist_add(&o->lag, (int64_t)((double)(sim - k->records[i].time_ns) / c->speed), 1);
}

/* Without anybody to refuse to: the first event for an output that nobody used before, or one that comes back. */
static void open_late(struct outlet *o)
{
	struct err e = { 0 };

	if (outlet_begin(o, &e) < 0 && e.code != ERR_IO) {
		o->why = e;
		fail(o);
	}
}

/* Hands over what waits, in order. */
static void put_waiting(struct outlet *o, int64_t wall)
{
	struct list *l;

	if (UNLIKELY(o->state == OUTLET_CLOSED) && !list_empty(&o->waiting))
		open_late(o);
	if (o->state == OUTLET_BROKEN && wall < o->retry_ns)
		return;
	if (!o->opened) {
		struct err e = { 0 };

		if (o->state == OUTLET_BROKEN && outlet_open(o, &e) < 0) {
			broke(o, &e);
			return;
		}
		if (!o->opened)
			return;
	}
	while (!o->class_full && (o->state == OUTLET_OK || o->state == OUTLET_BROKEN) && !list_empty(&o->waiting)) {
		struct block *k = container_of(o->waiting.next, struct block, link);
		uint32_t before = k->taken, n = k->n;
		struct err e = { 0 };

		l = &k->link;
		list_take(l);
		list_add(&o->with_output, l);
		k->put_ns = wall;
		k->taken = n;
		o->sent += n - before;
		count_lag(o, k, before, wall);
		k->taken = before;
		switch (o->pub.class->put(&o->pub, k, &e)) {
		case OUTPUT_TAKEN:      /* k may be settled and gone */
			continue;
		case OUTPUT_FULL:
			o->class_full = true;
			break;
		case OUTPUT_BROKEN:
			break;
		}
		o->sent -= n - k->taken;
		list_take(l);
		list_add(o->waiting.next, l);           /* before the first: it stays first in line */
		if (!o->class_full)
			broke(o, &e);
		if (o->state == OUTLET_BROKEN)
			return;
	}
}

static void close_open(struct outlet *o)
{
	struct block *k = o->open;

	o->open = NULL;
	if (o->digest)
		digest_add(o->digest, k->bytes.data, k->bytes.n);
	o->queued_bytes += (int64_t)k->bytes.n;
	list_add(&o->waiting, &k->link);
}

struct block *outlet_block(struct outlet *o)
{
	struct block *next;

	if (LIKELY(o->open && o->open->bytes.n < (size_t)o->common.batch_bytes))
		return o->open;
	if (o->open) {
		close_open(o);
		put_waiting(o, clock_wall_ns());
		if (o->state == OUTLET_FAILED || o->state == OUTLET_GONE)
			return NULL;
	}
	next = fresh_block(o);
	o->open = next;
	return next;
}

static bool within_ceiling(struct outlet *o, int64_t wall)
{
	if (!(o->common.ceiling > 0))
		return true;
	if (wall > o->tokens_ns) {
		double most = o->common.ceiling / 50 + 1;      /* 20 ms may come at once */

		o->tokens += (double)(wall - o->tokens_ns) / 1e9 * o->common.ceiling;
		if (o->tokens > most)
			o->tokens = most;
		o->tokens_ns = wall;
	}
	return o->tokens >= 1;
}

bool outlet_room(struct outlet *o, int64_t wall)
{
	if (!o->common.on || o->state == OUTLET_FAILED || o->state == OUTLET_GONE)
		return true;
	if (UNLIKELY(o->common.ceiling > 0) && !within_ceiling(o, wall))
		return false;
	if (LIKELY(o->open && o->open->bytes.n < (size_t)o->common.batch_bytes))
		return true;
	return o->common.when_full == FULL_DROP || may_open(o);
}

void outlet_flush(struct outlet *o, int64_t wall, bool all)
{
	if (o->open && o->open->n && (all || o->open->bytes.n >= (size_t)o->common.batch_bytes ||
				      wall - o->open->opened_ns >= o->common.linger))
		close_open(o);
	put_waiting(o, wall);
}

int64_t outlet_wake(const struct outlet *o, int64_t wall)
{
	int64_t at = INT64_MAX;

	if (o->state == OUTLET_FAILED || o->state == OUTLET_GONE)
		return at;
	if (o->open && o->open->n)
		at = o->open->opened_ns + o->common.linger;
	if (o->state == OUTLET_BROKEN && (!list_empty(&o->waiting) || !o->opened) && o->retry_ns < at)
		at = o->retry_ns;
	if (o->common.ceiling > 0 && o->tokens < 1) {
		int64_t ready = o->tokens_ns + (int64_t)((1 - o->tokens) / o->common.ceiling * 1e9) + 1000;

		/* In the past: nobody asked since, so nobody waits. */
		if (ready > wall && ready < at)
			at = ready;
	}
	return at;
}

/* ---- what an output says ---- */

static void tell_ready(struct outlet *o)
{
	if (o->en->ready)
		o->en->ready(o->en->ready_arg);
}

void output_ready(struct output *pub)
{
	struct outlet *o = container_of(pub, struct outlet, pub);

	o->class_full = false;
	tell_ready(o);
}

void output_settled(struct output *pub, struct block *k, uint32_t delivered, uint32_t failed)
{
	struct outlet *o = container_of(pub, struct outlet, pub);
	const struct simclock *c = &o->en->clock;
	int64_t wall = clock_wall_ns(), sim = simclock_now(c, wall);

	o->delivered += delivered;
	o->failed += failed;
	if (failed)
		o->en->failed = true;
	hist_add(&o->service, wall - k->put_ns, delivered);
	if (sim != INT64_MAX && !c->held && !o->en->any_unlimited)
		for (uint32_t i = k->settled; i < k->settled + delivered; i++)
			hist_add(&o->response, (int64_t)((double)(sim - k->records[i].time_ns) / c->speed), 1);
	k->settled += delivered + failed;
	if (delivered && o->state == OUTLET_BROKEN) {
		o->state = OUTLET_OK;
		log_info(o->pub.name, "works again after %u tries", o->tries);
	}
	if (k->settled == k->n)
		recycle(o, k);
	tell_ready(o);
}

void output_returned(struct output *pub, struct block *k, const struct err *e)
{
	struct outlet *o = container_of(pub, struct outlet, pub);
	struct list *at = o->waiting.next;

	list_take(&k->link);
	o->sent -= k->n - k->settled;
	o->retried += k->n - k->settled;
	k->taken = k->settled;
	k->tries++;
	if (o->state == OUTLET_FAILED || o->state == OUTLET_GONE) {
		*(o->state == OUTLET_GONE ? &o->dropped : &o->failed) += k->n - k->settled;
		recycle(o, k);
		return;
	}
	while (at != &o->waiting && container_of(at, struct block, link)->number < k->number)
		at = at->next;
	list_add(at, &k->link);
	/* Blocks behind the broken one come back for the same reason: that is one failure, not several. */
	if (o->state != OUTLET_BROKEN || clock_wall_ns() >= o->retry_ns)
		broke(o, e);
	tell_ready(o);
}

void output_retried(struct output *pub, uint64_t n)
{
	container_of(pub, struct outlet, pub)->retried += n;
}

void output_trouble(struct output *pub, const struct err *e)
{
	struct outlet *o = container_of(pub, struct outlet, pub);

	if (!o->troubled)
		log_warn(o->pub.name, "%s", e->text);
	o->troubled = true;
	o->why = *e;
}

void output_spoilt(struct output *pub, const struct err *e)
{
	output_trouble(pub, e);
	container_of(pub, struct outlet, pub)->en->failed = true;
}

void output_well(struct output *pub)
{
	struct outlet *o = container_of(pub, struct outlet, pub);

	if (o->troubled)
		log_info(o->pub.name, "works again");
	o->troubled = false;
}

void output_closed(struct output *pub)
{
	struct outlet *o = container_of(pub, struct outlet, pub);

	o->ended = true;
	o->opened = false;
	tell_ready(o);
}

/* ---- life ---- */

int outlet_open(struct outlet *o, struct err *e)
{
	if (o->pub.class->open(&o->pub, e) < 0)
		return -1;
	o->opened = true;
	o->tokens_ns = clock_wall_ns();
	if (o->state == OUTLET_CLOSED)
		o->state = OUTLET_OK;
	return 0;
}

int outlet_begin(struct outlet *o, struct err *e)
{
	if (outlet_open(o, e) == 0)
		return 0;
	if (e->code != ERR_IO)
		return err_wrap(e, "output '%s'", o->pub.name);
	o->state = OUTLET_BROKEN;
	o->why = *e;
	o->since_ns = clock_wall_ns();
	o->retry_ns = o->since_ns + o->common.backoff;
	log_warn(o->pub.name, "%s", e->text);
	return -1;
}

void outlet_close(struct outlet *o, bool abandon)
{
	if (o->opened)
		o->pub.class->close(&o->pub, abandon);
	else
		o->ended = true;
}

void outlet_free(struct outlet *o)
{
	struct list *lists[] = { &o->waiting, &o->with_output, &o->pool };

	control_reclaim(o->en->control, o);
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		list_each(l, lists[i])
			block_free(container_of(l, struct block, link));
	block_free(o->open);
	for (uint32_t i = 0; i < o->places.n; i++)
		free(o->headers[i]);
	map_free(&o->places);
	free(o->headers);
	digest_free(o->digest);
	param_free(output_common_rows, &o->common);
	if (o->opts)
		param_free(o->pub.class->params, o->opts);
	free(o->opts);
	free(o->pub.state);
	free((void *)(uintptr_t)o->pub.name);
	free(o);
}

static struct place place(void *of)
{
	struct outlet *o = of;
	int64_t wall = clock_wall_ns(), now = 0;
	uint64_t step = 0;

	for (unsigned i = 0; i < o->en->lane_n; i++) {
		int64_t at = lane_instant(o->en->lanes[i], wall);

		now = at > now ? at : now;
		step += o->en->lanes[i]->steps;
	}
	return (struct place){ .sim_ns = now, .event = o->en->made, .step = step };
}

static int check(void *of, const struct param *p, const char *text, struct err *e)
{
	struct outlet *o = of;

	if (p != presence_rows || !o->en->running)
		return 0;
	if (engine_is_taking(o->en))
		return err_set(e, ERR_INPUT, "nothing can be added or removed within an event");
	if (strcmp(text, "true") != 0 || o->presence.present)
		return 0;
	return presence_check(o, e);
}

/* It has closed, so nothing of its state is in use: it begins as it did the first time. */
static void begin_again(struct outlet *o)
{
	o->ended = o->class_full = o->troubled = o->comes_back = false;
	o->state = OUTLET_CLOSED;
	memset(o->pub.state, 0, o->pub.class->state_size);
	o->pub.again = true;
	open_late(o);
}

/* Removed: nothing more is offered, what it has is still sent, then engine_run() closes it. Back: it is opened again, at once or
 * as soon as it has closed; what is offered meanwhile waits. */
static void changed_presence(struct outlet *o)
{
	struct err e = { 0 };

	control_hide_owner(o->en->control, o, !o->presence.present);
	if (!o->presence.present && (o->state == OUTLET_BROKEN || o->comes_back))
		give_up(o, &o->dropped);
	o->comes_back = o->presence.present && o->state == OUTLET_CLOSING && !o->ended;
	if (o->presence.present && o->ended)
		begin_again(o);
	if (engine_reroute(o->en, &e) < 0)
		log_error(o->pub.name, "%s", e.text);
	tell_ready(o);
}

void outlet_retire(struct outlet *o)
{
	if (o->comes_back && o->ended)
		begin_again(o);
	if (o->presence.present || o->ended || o->state == OUTLET_CLOSING || outlet_in_flight(o))
		return;
	o->state = OUTLET_CLOSING;
	outlet_close(o, false);
}

double outlet_fill(const struct outlet *o)
{
	double share = (double)(o->queued_bytes + (o->open ? (int64_t)o->open->bytes.n : 0)) / (double)o->common.queue;

	return share < 1 ? share : 1;
}

static void changed(void *of, const struct param *p)
{
	struct outlet *o = of;
	const struct param *row = output_common_rows;

	if (p == presence_rows) {
		changed_presence(o);
		return;
	}
	while (row->type != PARAM_END && row != p)
		row++;
	if (row != p && o->pub.class->changed && o->opened)
		o->pub.class->changed(&o->pub, p);
	o->tokens = 0;
	tell_ready(o);
}

const struct knob_hooks outlet_hooks = { .check = check, .changed = changed, .place = place };
