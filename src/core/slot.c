/* A module inside the engine: its common rows, its arrivals, and what a generator may call. */
#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "core/inside.h"

static const char *const lateness_names[] = { "stretch", "catch_up", "skip", NULL };

const struct param module_common_rows[] = {
	P_BOOL(struct module_common, on, true, .flags = PARAM_LIVE, .help = "Whether the module makes events."),
	P_REAL(struct module_common, rate, 0.0001, 1e9, 10, .flags = PARAM_LIVE | PARAM_LOG | PARAM_RATE, .unit = "/s",
	       .help = "Arrivals per second of simulated time."),
	P_BOOL(struct module_common, mute, false, .flags = PARAM_LIVE, .help = "The module lives on, and its events go nowhere."),
	P_BOOL(struct module_common, solo, false, .flags = PARAM_LIVE, .help = "Mutes every module that is not solo, too."),
	P_CHOICE(struct module_common, pace, pace_names, PACE_CONSTANT, .flags = PARAM_LIVE, .help = "Shape of the rate over time."),
	P_SPAN(struct module_common, pace_period, 1e6, 31536000e9, 60e9, .flags = PARAM_LIVE | PARAM_LOG,
	       .help = "Length of a cycle of sine, square, sawtooth, burst, gap and spike, and of each of the steps."),
	P_SPAN(struct module_common, pace_lasts, 1e6, 31536000e9, 5e9, .flags = PARAM_LIVE | PARAM_LOG,
	       .help = "How long a burst, gap or spike lasts within its cycle."),
	P_SHARE(struct module_common, pace_depth, 0, 1, 0.3, .flags = PARAM_LIVE,
		.help = "How far sine, square and sawtooth swing around the rate."),
	P_REAL(struct module_common, pace_times, 0, 10000, 10, .flags = PARAM_LIVE | PARAM_LOG, .unit = "x",
	       .help = "How many times the rate a burst or the top of a spike is."),
	P_REAL(struct module_common, pace_to, 0, 1e9, 100, .flags = PARAM_LIVE | PARAM_LOG | PARAM_RATE, .unit = "/s",
	       .help = "The rate at the end of a ramp."),
	P_SPAN(struct module_common, pace_over, 1e6, 31536000e9, 60e9, .flags = PARAM_LIVE | PARAM_LOG, .help = "Length of a ramp."),
	P_TEXT(struct module_common, pace_steps, "", .flags = PARAM_LIVE | PARAM_LIST,
	       .help = "The rates of steps, each for one pace_period; the last one stays."),
	P_SPAN(struct module_common, pace_step, 1e6, 31536000e9, 1e9, .flags = PARAM_LIVE | PARAM_LOG,
	       .help = "Length of a step of per_step, counted from the start of the run."),
	P_INT(struct module_common, pace_n, 1, 100000, 1, .flags = PARAM_LIVE | PARAM_LOG, .help = "Arrivals in each step of per_step."),
	P_CHOICE(struct module_common, lateness, lateness_names, LATE_STRETCH, .flags = PARAM_LIVE,
		 .help = "What follows when simulated time had to stand: go on from there, catch up, or skip what was missed."),
	P_REAL(struct module_common, catch_up, 1.01, 1000, 10, .flags = PARAM_LIVE | PARAM_LOG, .unit = "x",
	       .help = "How much faster than its clock a late module with lateness catch_up may run."),
	P_INT(struct module_common, events, 0, 9e15, 0, .help = "After so many events the module is finished; 0 is endless."),
	P_INT(struct module_common, seed, 0, 9e15, 0, .help = "Seed of its random streams; 0 takes the scenario's."),
	P_TEXT(struct module_common, outputs, "", .flags = PARAM_LIVE | PARAM_LIST,
	       .help = "Names of the outputs its events go to; empty means all."),
	P_END
};

struct pace_settings slot_pace(const struct slot *s)
{
	const struct module_common *c = &s->common;

	return (struct pace_settings){ .rate = c->rate, .shape = c->pace, .period = c->pace_period, .lasts = c->pace_lasts,
				       .depth = c->pace_depth, .times = c->pace_times, .to = c->pace_to, .over = c->pace_over,
				       .steps = c->pace_steps, .step = c->pace_step, .n = c->pace_n,
				       .early = s->pub.class->early, .start = s->en->set.start_ns, .end = engine_end(s->en) };
}

/* ---- what control asks ---- */

static int check(void *of, const struct param *p, const char *text, struct err *e)
{
	struct slot *s = of;
	struct pace_settings set = slot_pace(s);

	if (!s->en->running)
		return 0;
	if (p == presence_rows)
		return engine_is_taking(s->en) ? err_set(e, ERR_INPUT, "nothing can be added or removed within an event") : 0;
	if (p->offset == offsetof(struct module_common, outputs) && p->type == PARAM_TEXT && !strcmp(p->name, "outputs"))
		return engine_is_taking(s->en) ? err_set(e, ERR_INPUT, "no route can be changed within an event") : routes_check(s, text, e);
	/* Shape and list of steps are refused together, whichever comes second. */
	if (p->offset == offsetof(struct module_common, pace_steps) && p->type == PARAM_TEXT)
		set.steps = text;
	else if (p->offset == offsetof(struct module_common, pace) && p->type == PARAM_CHOICE && !strcmp(text, "steps"))
		set.shape = PACE_STEPS;
	else
		return 0;
	return pace_check(&set, e);
}

static struct place place(void *of)
{
	struct slot *s = of;

	if (!s->lane)
		return (struct place){ 0 };
	return (struct place){ .sim_ns = lane_instant(s->lane, clock_wall_ns()), .event = s->en->made, .step = s->lane->steps };
}

static void switch_on(struct slot *s)
{
	bool wanted = s->common.on && s->presence.present;

	if (s->state == SLOT_FAILED || s->state == SLOT_FINISHED)
		return;
	if (wanted && s->state == SLOT_OFF) {
		s->state = SLOT_ON;
		pace_restart(&s->pace, lane_instant(s->lane, clock_wall_ns()));
		lane_schedule(s);
	} else if (!wanted && s->state == SLOT_ON) {
		s->state = SLOT_OFF;
		lane_unschedule(s);
	}
}

static void count_solo(struct engine *en)
{
	en->any_solo = false;
	for (unsigned i = 0; i < en->slot_n; i++)
		en->any_solo |= en->slots[i]->common.solo && en->slots[i]->presence.present;
}

/* It was checked; what can still fail is memory, and then the module has no way to send. */
static void reroute(struct slot *s)
{
	struct err e;

	if (engine_reroute(s->en, &e) < 0)
		slot_fail(s, &e);
}

/* Removed, or back: its state, its random streams and its accounts stay. */
static void changed_presence(struct slot *s)
{
	control_hide_owner(s->en->control, s, !s->presence.present);
	switch_on(s);
	count_solo(s->en);
	lane_refresh(s->lane);
	if (s->en->ready)
		s->en->ready(s->en->ready_arg);
}

static void changed_common(struct slot *s, const struct param *p)
{
	struct pace_settings set = slot_pace(s);

	if (p->offset == offsetof(struct module_common, solo)) {
		count_solo(s->en);
	} else if (p->offset == offsetof(struct module_common, on)) {
		switch_on(s);
	} else if (p->offset == offsetof(struct module_common, lateness)) {
		lane_refresh(s->lane);
	} else if (p->offset == offsetof(struct module_common, outputs)) {
		reroute(s);
	} else if (p->offset != offsetof(struct module_common, mute)) {
		pace_change(&s->pace, &set, lane_instant(s->lane, clock_wall_ns()));
		lane_refresh(s->lane);
		if (s->state == SLOT_ON) {
			lane_unschedule(s);
			lane_schedule(s);
		}
	}
	if (s->en->ready)
		s->en->ready(s->en->ready_arg);
}

static void changed(void *of, const struct param *p)
{
	struct slot *s = of;
	const struct param *row = module_common_rows;

	if (parts_changed(s, p) && !s->started)
		return;
	if (!s->started) {
		parts_lend(s);
		return;
	}
	if (p == presence_rows) {
		changed_presence(s);
		return;
	}
	while (row->type != PARAM_END && row != p)
		row++;
	if (row == p) {
		changed_common(s, p);
	} else if (s->pub.class->changed) {
		s->pub.now_ns = lane_instant(s->lane, clock_wall_ns());
		s->pub.class->changed(&s->pub, p);
	}
	if (row != p && s->en->lens.slot == s)
		lens_turned(&s->en->lens);
}

static int act(void *of, const struct param *p, const char *argument, struct buf *back, struct err *e)
{
	struct slot *s = of;

	if (!s->started)
		return err_set(e, ERR_INPUT, "%s can only be done while running", p->name);
	if (!s->pub.class->act)
		return err_set(e, ERR_INPUT, "%s does nothing here", p->name);
	s->pub.now_ns = lane_instant(s->lane, clock_wall_ns());
	return s->pub.class->act(&s->pub, p, argument, back, e);
}

static int at(void *of, int64_t sim_ns, void *ramp, struct err *e)
{
	struct slot *s = of;

	if (!s->lane)
		return err_set(e, ERR_INPUT, "nothing can be ramped before the start");
	if (queue_push(&s->lane->queue, (struct item){ .at_ns = sim_ns, .kind = ITEM_CHANGE, .of = s, .what = ramp }) < 0)
		return err_memory(e);
	if (s->en->ready)
		s->en->ready(s->en->ready_arg);
	return 0;
}

/* ---- knobs of all that describe ---- */

struct slot *slot_describing(const struct engine *en)
{
	for (unsigned i = 0; i < en->slot_n; i++)
		if (en->slots[i]->pub.class->describes)
			return en->slots[i];
	return NULL;
}

static struct place shared_place(void *of)
{
	struct slot *s = slot_describing(of);

	return s ? place(s) : clock_hooks.place(of);
}

static int shared_at(void *of, int64_t sim_ns, void *ramp, struct err *e)
{
	struct slot *s = slot_describing(of);

	return s ? at(s, sim_ns, ramp, e) : err_set(e, ERR_INPUT, "no module uses it");
}

static void shared_changed(void *of, const struct param *p)
{
	struct engine *en = of;

	(void)p;
	if (en->lens.slot && en->lens.slot->pub.class->describes)
		lens_turned(&en->lens);
}

int engine_share(struct engine *en, const char *prefix, const struct param *rows, void *values, struct err *e)
{
	static const struct knob_hooks hooks = { .changed = shared_changed, .place = shared_place, .at = shared_at };

	if (!control_lend(en->control, prefix, rows, values, &hooks, en, e))
		return -1;
	en->shared = prefix;
	return 0;
}

const struct knob_hooks slot_hooks = { .check = check, .act = act, .changed = changed, .place = place, .at = at };

/* ---- what the engine does with it ---- */

void slot_fail(struct slot *s, const struct err *e)
{
	s->state = SLOT_FAILED;
	s->why = *e;
	s->en->failed = true;
	lane_unschedule(s);
}

void slot_arrive(struct slot *s)
{
	struct err e = { 0 };

	s->arrivals++;
	if (s->pub.class->make(&s->pub, &e) < 0)
		slot_fail(s, &e);
	else if (s->common.events && s->made >= (uint64_t)s->common.events && s->state == SLOT_ON) {
		s->state = SLOT_FINISHED;
		lane_unschedule(s);
	}
}

void slot_free(struct slot *s)
{
	if (!s)
		return;
	/* The knobs first: some of them are the module's. */
	control_reclaim(s->en->control, s);
	if ((s->started || (s->pub.class->parts && s->pub.state)) && s->pub.class->stop)
		s->pub.class->stop(&s->pub);
	routes_free(s, &s->routes);
	for (unsigned i = 0; i < s->type_n; i++)
		encoder_free(s->tail_encoders[i]);
	for (unsigned i = 0; i < s->type_n; i++) {
		if (s->events[i])
			free(s->events[i]->values);
		free(s->events[i]);
	}
	arena_free(&s->arena);
	param_free(module_common_rows, &s->common);
	if (s->opts)
		param_free(s->pub.class->params, s->opts);
	free(s->opts);
	free(s->pub.state);
	free((void *)(uintptr_t)s->pub.name);
	free(s);
}

/* ---- what a generator calls ---- */

int module_declare(struct module *m, const struct schema *schema, struct err *e)
{
	struct slot *s = container_of(m, struct slot, pub);
	struct event *ev;

	if (s->type_n == TYPE_MOST || schema->leaf_n > SCHEMA_LEAVES)
		return err_set(e, ERR_INPUT, "more than %d event types or %d fields", TYPE_MOST, SCHEMA_LEAVES);
	ev = calloc(1, sizeof *ev);
	if (ev)
		ev->values = calloc(schema->leaf_n, sizeof *ev->values);
	if (!ev || !ev->values) {
		free(ev);
		return err_memory(e);
	}
	ev->schema = schema;
	ev->arena = &s->arena;
	s->events[s->type_n] = ev;
	s->types[s->type_n] = schema;
	return (int)s->type_n++;
}

struct event *module_event(struct module *m, int handle, struct err *e)
{
	struct slot *s = container_of(m, struct slot, pub);
	struct event *ev = s->events[handle];

	(void)e;
	memset(ev->nulls, 0, sizeof ev->nulls);
	ev->key.n = ev->session.n = ev->flow.n = 0;
	ev->id = 0;
	ev->time_ns = m->now_ns;
	ev->number = s->made + 1;
	return ev;
}

int module_emit(struct module *m, struct event *ev, struct err *e)
{
	struct slot *s = container_of(m, struct slot, pub);
	struct engine *en = s->en;
	int result = 0;

	if ((en->set.events && en->made >= en->set.events) || (s->common.events && s->made >= (uint64_t)s->common.events)) {
		arena_reset(&s->arena);
		return 0;
	}
	s->made++;
	en->made++;
	if (!ev->id)
		ev->id = engine_id(s->id_key, ev->number);
	if (UNLIKELY(s->common.mute || (en->any_solo && !s->common.solo))) {
		s->muted++;
		en->muted++;
	} else {
		unsigned type = 0;

		while (s->events[type] != ev)
			type++;
		if (UNLIKELY(tail_wants(&en->tail, en->made)))
			tail_take(s, ev, type);
		if (UNLIKELY(en->lens.slot == s))
			lens_take(&en->lens, ev);
		result = route_event(s, ev, type, e);
	}
	if (UNLIKELY(s->arena.first != NULL))
		arena_reset(&s->arena);
	return result;
}

int module_wake_at(struct module *m, int64_t when_ns, void *what, struct err *e)
{
	struct slot *s = container_of(m, struct slot, pub);

	if (queue_push(&s->lane->queue, (struct item){ .at_ns = when_ns < m->now_ns ? m->now_ns : when_ns, .kind = ITEM_WAKE,
						       .rank = s->rank, .of = s, .what = what }) < 0)
		return err_memory(e);
	return 0;
}
