/* The engine by hand: step, inject, dump, retry; and the samples of its counters. */
#include <stdio.h>

#include "base/clock.h"
#include "base/suggest.h"
#include "core/inside.h"

/* Those that were removed are not there. */
struct slot *slot_named(const struct engine *en, const char *name, struct err *e)
{
	struct suggest g;
	char hint[80];

	suggest_init(&g, name);
	for (unsigned i = 0; i < en->slot_n; i++) {
		if (!en->slots[i]->presence.present)
			continue;
		if (strcmp(en->slots[i]->pub.name, name) == 0)
			return en->slots[i];
		suggest_try(&g, en->slots[i]->pub.name);
	}
	err_set(e, ERR_INPUT, "there is no module '%.60s'%s", name, suggest_text(&g, hint, sizeof hint));
	return NULL;
}

/* While the clock is held nothing else wakes what waits for a block to be full or old enough. */
static void made_by_hand(struct engine *en)
{
	if (en->ready)
		en->ready(en->ready_arg);
}

int engine_step(struct engine *en, struct err *e)
{
	struct lane *first = NULL;
	int64_t wall = clock_wall_ns();
	uint64_t steps;

	if (!en->clock.held)
		return err_set(e, ERR_INPUT, "a step needs the clock held (P)");
	for (unsigned i = 0; i < en->lane_n; i++)
		if (en->lanes[i]->queue.n && (!first || en->lanes[i]->queue.items[0].at_ns + en->lanes[i]->behind_ns <
						       first->queue.items[0].at_ns + first->behind_ns))
			first = en->lanes[i];
	if (!first)
		return err_set(e, ERR_INPUT, "nothing is due: every module is off or finished");
	/* The clock is put onto that instant, and stays there. Steps of a ramp on the way are no arrivals. */
	control_note(en->control, "clock.step", "", clock_hooks.place(en), BY_ENGINE);
	for (bool change = true; change && first->queue.n;) {
		int64_t at = first->queue.items[0].at_ns + first->behind_ns;

		change = ITEM_IS_CHANGE(first->queue.items[0].kind);
		steps = first->steps;
		if (at > en->clock.sim_ns)
			simclock_jump(&en->clock, at, wall);
		en->tail.threshold = en->tail.every ? UINT64_C(1) << 32 : 0;   /* what is made by hand is seen */
		lane_run(first, wall, wall);
		tail_set(&en->tail, en->tail.adapts ? LOOK_AUTO : en->tail.every);
		if (first->steps == steps && first->waits)
			return err_set(e, ERR_INPUT, "the output '%s' has no room", first->waits->pub.name);
		if (first->steps == steps)
			return err_set(e, ERR_INPUT, "the run is over");
	}
	made_by_hand(en);
	return 0;
}

int engine_inject(struct engine *en, const char *module, struct err *e)
{
	struct slot *s = slot_named(en, module, e);
	int64_t wall = clock_wall_ns();
	char path[160];

	if (!s)
		return -1;
	if (s->state == SLOT_FAILED)
		return err_set(e, ERR_INPUT, "module '%s' has failed: %s", module, s->why.text);
	for (unsigned i = 0; i < s->routes.n; i++)
		if (!s->routes.at[i].idle && !outlet_room(s->routes.at[i].to, wall))
			return err_set(e, ERR_INPUT, "the output '%s' has no room", s->routes.at[i].to->pub.name);
	s->lane->now_ns = s->pub.now_ns = lane_instant(s->lane, wall);
	s->pub.lead_ns = 0;
	snprintf(path, sizeof path, "%s.inject", s->pub.name);
	control_note(en->control, path, "", slot_hooks.place(s), BY_ENGINE);
	en->tail.threshold = en->tail.every ? UINT64_C(1) << 32 : 0;
	slot_arrive(s);
	tail_set(&en->tail, en->tail.adapts ? LOOK_AUTO : en->tail.every);
	made_by_hand(en);
	return s->state == SLOT_FAILED ? err_set(e, ERR_INPUT, "%s", s->why.text) : 0;
}

int engine_dump(const struct engine *en, const char *module, struct buf *to, struct err *e)
{
	struct slot *s = slot_named(en, module, e);

	if (!s)
		return -1;
	if (!s->pub.class->dump)
		return err_set(e, ERR_INPUT, "generator '%s' has no state to write", s->pub.class->name);
	s->pub.class->dump(&s->pub, to);
	return buf_ok(to) ? 0 : err_memory(e);
}

const char *engine_module_name(const struct engine *en, unsigned i)
{
	for (unsigned k = 0; k < en->slot_n; k++)
		if (en->slots[k]->presence.present && i-- == 0)
			return en->slots[k]->pub.name;
	return NULL;
}

const char *engine_output_name(const struct engine *en, unsigned i)
{
	for (unsigned k = 0; k < en->outlet_n; k++)
		if (en->outlets[k]->presence.present && i-- == 0)
			return en->outlets[k]->pub.name;
	return NULL;
}

void engine_look_at_events(struct engine *en, uint64_t every)
{
	tail_set(&en->tail, every);
}

bool engine_look_at_field(struct engine *en, const char *module, const char *knob)
{
	struct slot *s = module ? slot_named(en, module, NULL) : NULL;

	if (knob && (strcmp(knob, "+") == 0 || strcmp(knob, "-") == 0) && s == en->lens.slot)
		lens_step(&en->lens, *knob == '-');
	else if (s != en->lens.slot || strcmp(knob ? knob : "", en->lens.knob) != 0)
		lens_aim(&en->lens, s, knob);
	else
		return false;
	return true;
}

const struct module *engine_module(const struct engine *en, const char *name)
{
	struct slot *s = slot_named(en, name, NULL);

	return s ? &s->pub : NULL;
}

const struct output *engine_output(const struct engine *en, const char *name)
{
	for (unsigned i = 0; i < en->outlet_n; i++)
		if (en->outlets[i]->presence.present && strcmp(en->outlets[i]->pub.name, name) == 0)
			return &en->outlets[i]->pub;
	return NULL;
}

int engine_retry(struct engine *en, const char *output, struct err *e)
{
	for (unsigned i = 0; i < en->outlet_n; i++) {
		struct outlet *o = en->outlets[i];

		if (!o->presence.present || strcmp(o->pub.name, output) != 0)
			continue;
		if (o->state == OUTLET_OK)
			return err_set(e, ERR_INPUT, "output '%s' is well", output);
		o->state = OUTLET_BROKEN;
		o->since_ns = o->retry_ns = clock_wall_ns();
		if (en->ready)
			en->ready(en->ready_arg);
		return 0;
	}
	return err_set(e, ERR_INPUT, "there is no output '%.60s'", output);
}

void engine_was_suspended(struct engine *en, int64_t wall_ns)
{
	en->clock.wall_ns += wall_ns;
	en->sampled_ns += wall_ns;
}

/* A permutation of 60 bits: event ids of a module never repeat, and look like nothing. */
uint64_t engine_id(uint64_t key, uint64_t number)
{
	const uint64_t mask = (UINT64_C(1) << 60) - 1;
	uint64_t x = (number + key) & mask;

	x = x * 0x9e3779b97f4a7c15 & mask;
	x ^= x >> 31;
	x = x * 0xbf58476d1ce4e5b9 & mask;
	x ^= x >> 29;
	x = x * 0x94d049bb133111eb & mask;
	return (x ^ x >> 32 ^ key >> 4) & mask;
}

static double per_second(uint64_t now, uint64_t *before, double dt)
{
	double rate = dt > 0 ? (double)(now - *before) / dt : 0;

	*before = now;
	return rate;
}

void engine_sample(struct engine *en)
{
	int64_t wall = clock_wall_ns();
	double dt = (double)(wall - en->sampled_ns) / 1e9, target = 0;

	en->sampled_ns = wall;
	for (unsigned i = 0; i < en->slot_n; i++) {
		struct slot *s = en->slots[i];
		double rate = s->state == SLOT_ON ? pace_rate(&s->pace, lane_instant(s->lane, wall)) * en->set.speed : 0;

		series_add(&s->rate, per_second(s->made - s->muted, &s->sampled, dt));
		series_add(&s->target, rate);
		if (!s->common.mute && (!en->any_solo || s->common.solo))
			target += rate;
	}
	for (unsigned i = 0; i < en->outlet_n; i++) {
		struct outlet *o = en->outlets[i];

		series_add(&o->rate, per_second(o->delivered, &o->sampled, dt));
		series_add(&o->queued, (double)outlet_in_flight(o));
		series_add(&o->fill, outlet_fill(o));
		o->bytes_rate = per_second(o->bytes, &o->sampled_bytes, dt);
	}
	series_add(&en->rate, per_second(en->made - en->muted, &en->sampled_made, dt));
	series_add(&en->target, target);
	tail_adapt(&en->tail, series_ago(&en->rate, 0));
	lens_sample(&en->lens);
	series_add(&en->bytes, per_second(en->bytes_made, &en->sampled_bytes, dt));
}
