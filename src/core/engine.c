/* The engine: set-up, turns, and the end. */
#include "core/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/inside.h"

const struct param clock_rows[] = {
	P_BOOL(struct clock_opts, held, false, .flags = PARAM_LIVE, .help = "Simulated time stands."),
	P_BOOL(struct clock_opts, max, false, .flags = PARAM_LIVE, .help = "Simulated time runs as fast as the outputs take the events."),
	P_REAL(struct clock_opts, speed, 0.001, 1e6, 1, .flags = PARAM_LIVE | PARAM_LOG, .unit = "x",
	       .help = "Simulated seconds per second."),
	P_END
};

/* ---- the clock's knobs ---- */

static int64_t reached(const struct engine *en)
{
	int64_t at = en->set.start_ns;

	for (unsigned i = 0; i < en->lane_n; i++)
		at = en->lanes[i]->now_ns > at ? en->lanes[i]->now_ns : at;
	return at;
}

static struct place clock_place(void *of)
{
	struct engine *en = of;
	int64_t now = simclock_now(&en->clock, clock_wall_ns());

	return (struct place){ .sim_ns = now == INT64_MAX ? reached(en) : now, .event = en->made };
}

static void clock_changed(void *of, const struct param *p)
{
	struct engine *en = of;
	int64_t wall = clock_wall_ns();

	en->set.speed = en->clock_opts.max ? INFINITY : en->clock_opts.speed;
	if (!en->running)
		return;
	if (p->offset == offsetof(struct clock_opts, held))
		simclock_hold(&en->clock, en->clock_opts.held, wall, reached(en));
	else
		simclock_set_speed(&en->clock, en->set.speed, wall, reached(en));
	if (isinf(en->set.speed))
		for (unsigned i = 0; i < en->lane_n; i++)
			en->lanes[i]->behind_ns = en->lanes[i]->owed_ns = 0;
	if (en->ready)
		en->ready(en->ready_arg);
}

const struct knob_hooks clock_hooks = { .changed = clock_changed, .place = clock_place };

/* ---- set-up ---- */

struct engine *engine_new(const struct catalogue *cat, struct control *c, struct loop *loop, struct err *e)
{
	struct engine *en = calloc(1, sizeof *en);

	if (!en) {
		err_memory(e);
		return NULL;
	}
	en->cat = cat;
	en->control = c;
	en->loop = loop;
	en->set.speed = 1;
	map_init(&en->generations);
	tail_init(&en->tail);
	if (param_init(clock_rows, &en->clock_opts, e) < 0 ||
	    !control_lend(c, "clock", clock_rows, &en->clock_opts, &clock_hooks, en, e)) {
		free(en);
		return NULL;
	}
	return en;
}

void engine_free(struct engine *en)
{
	if (!en)
		return;
	lens_aim(&en->lens, NULL, NULL);
	for (unsigned i = 0; i < en->slot_n; i++)
		slot_free(en->slots[i]);
	for (unsigned i = 0; i < en->outlet_n; i++)
		outlet_free(en->outlets[i]);
	for (unsigned i = 0; i < en->lane_n; i++) {
		queue_free(&en->lanes[i]->queue);
		free(en->lanes[i]);
	}
	control_reclaim(en->control, en);
	map_free(&en->generations);
	tail_free(&en->tail);
	free(en);
}

void engine_describe(struct engine *en, const void *world)
{
	en->set.world = world;
}

void engine_configure(struct engine *en, const struct engine_settings *s)
{
	en->set = *s;
	en->clock_opts.max = isinf(s->speed);
	if (!isinf(s->speed))
		en->clock_opts.speed = s->speed;
	en->control->rate_limit = s->rate_limit;
}

const struct engine_settings *engine_settings(const struct engine *en)
{
	return &en->set;
}

void engine_on_ready(struct engine *en, void (*ready)(void *arg), void *arg)
{
	en->ready = ready;
	en->ready_arg = arg;
}

/* Does any module send there? What nobody uses is opened with the first event that comes, if one ever does: its file is left alone until
 * then, and nobody is called. */
static bool is_used(const struct engine *en, const struct outlet *o)
{
	for (unsigned i = 0; i < en->slot_n; i++)
		for (unsigned r = 0; r < en->slots[i]->routes.n; r++)
			if (en->slots[i]->routes.at[r].to == o)
				return true;
	return false;
}

int engine_open(struct engine *en, struct err *e)
{
	int64_t wall;

	/* What can be refused without touching a file goes first. */
	for (unsigned i = 0; i < 2 * en->outlet_n; i++) {
		struct outlet *o = en->outlets[i % en->outlet_n];

		if (o->pub.class->network == (i < en->outlet_n) && is_used(en, o) && outlet_begin(o, e) < 0 && e->code != ERR_IO)
			return -1;
	}
	wall = clock_wall_ns();
	simclock_start(&en->clock, en->set.start_ns, wall, en->set.speed);
	en->clock.held = en->clock_opts.held;
	en->tokens_ns = en->sampled_ns = wall;
	en->running = true;
	return 0;
}

/* ---- turns ---- */

bool engine_within_limits(struct engine *en, int64_t wall)
{
	const struct engine_settings *s = &en->set;
	double dt;

	if (LIKELY(!(s->rate_limit > 0) && !(s->bytes_limit > 0)))
		return true;
	dt = (double)(wall - en->tokens_ns) / 1e9;
	if (dt > 0) {
		/* What was made since is paid, what time has brought is added; 20 ms may come at once. */
		en->rate_tokens = fmin(en->rate_tokens + dt * s->rate_limit, s->rate_limit / 50 + 1);
		en->byte_tokens = fmin(en->byte_tokens + dt * s->bytes_limit, s->bytes_limit / 50 + 1);
		en->tokens_ns = wall;
	}
	en->rate_tokens -= (double)(en->made - en->sampled_limits_made);
	en->byte_tokens -= (double)(en->bytes_made - en->sampled_limits_bytes);
	en->sampled_limits_made = en->made;
	en->sampled_limits_bytes = en->bytes_made;
	return (!(s->rate_limit > 0) || en->rate_tokens >= 1) && (!(s->bytes_limit > 0) || en->byte_tokens >= 1);
}

static bool all_outputs_ended(const struct engine *en)
{
	bool any = false;

	for (unsigned i = 0; i < en->outlet_n; i++)
		if (en->outlets[i]->presence.present) {
			any = true;
			if (en->outlets[i]->state != OUTLET_FAILED && en->outlets[i]->state != OUTLET_GONE)
				return false;
		}
	return any;
}

/* What a lane's end of turn means for the whole. */
static void after_lane(struct engine *en, struct lane *ln, int64_t wall, struct engine_turn *turn)
{
	int64_t at;

	switch (ln->end) {
	case LANE_BUDGET:
		turn->again = true;
		turn->done = false;
		break;
	case LANE_FULL:
		turn->done = false;
		if (!ln->waits)
			at = wall + 1000000;    /* a limit of the whole run: look again in a millisecond */
		else if (outlet_room(ln->waits, wall))
			at = wall;
		else
			break;
		turn->wake_ns = at < turn->wake_ns ? at : turn->wake_ns;
		break;
	case LANE_IDLE:
		turn->done = false;
		/* The end is something that comes, too. */
		at = lane_until(ln, wall) < engine_end(en) ? engine_end(en) : INT64_MAX;
		if (ln->queue.n && ln->queue.items[0].at_ns < at)
			at = ln->queue.items[0].at_ns;
		if (at == INT64_MAX)
			break;
		at = simclock_wall(&en->clock, at + ln->behind_ns, wall);
		turn->wake_ns = at < turn->wake_ns ? at : turn->wake_ns;
		break;
	case LANE_DONE:
		break;
	}
}

struct engine_turn engine_run(struct engine *en, int64_t budget_ns)
{
	struct engine_turn turn = { .done = true, .wake_ns = INT64_MAX };
	int64_t start = clock_wall_ns(), wall = start;

	for (unsigned i = 0; i < en->lane_n && !en->stopping; i++) {
		struct lane *ln = en->lanes[i];

		ln->end = lane_run(ln, wall, start + budget_ns * (i + 1) / en->lane_n);
		wall = clock_wall_ns();
	}
	for (unsigned i = 0; i < en->outlet_n; i++)
		outlet_flush(en->outlets[i], wall, en->stopping);
	for (unsigned i = 0; i < en->outlet_n; i++) {
		int64_t at;

		outlet_retire(en->outlets[i]);
		at = outlet_wake(en->outlets[i], wall);
		turn.wake_ns = at < turn.wake_ns ? at : turn.wake_ns;
	}
	if (en->stopping)
		return turn;
	for (unsigned i = 0; i < en->lane_n; i++)
		after_lane(en, en->lanes[i], wall, &turn);
	if (all_outputs_ended(en))
		turn.done = true;
	return turn;
}

void engine_stop(struct engine *en)
{
	en->stopping = true;
}

void engine_close(struct engine *en, bool abandon)
{
	for (unsigned i = 0; i < en->outlet_n; i++) {
		struct outlet *o = en->outlets[i];

		o->comes_back = false;
		if ((o->state == OUTLET_CLOSING && !abandon) || o->ended)
			continue;
		if (o->state != OUTLET_FAILED && o->state != OUTLET_GONE)
			o->state = OUTLET_CLOSING;
		outlet_close(o, abandon);
	}
}

bool engine_closed(const struct engine *en)
{
	for (unsigned i = 0; i < en->outlet_n; i++)
		if (!en->outlets[i]->ended)
			return false;
	return true;
}

uint64_t engine_unsettled(const struct engine *en)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < en->outlet_n; i++)
		n += outlet_in_flight(en->outlets[i]);
	return n;
}

bool engine_failed(const struct engine *en)
{
	return en->failed;
}
