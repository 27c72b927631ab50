/* How modules, outputs, routes and lanes are put together: before the run, and again when something is added or removed. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/suggest.h"
#include "base/words.h"
#include "core/inside.h"

const struct param presence_rows[] = {
	P_BOOL(struct presence, present, true, .flags = PARAM_LIVE | PARAM_INSIDE, .help = "Whether it is there, or was removed."),
	P_END
};

static char *copied(const char *text)
{
	char *copy = malloc(strlen(text) + 1);

	return copy ? memcpy(copy, text, strlen(text) + 1) : NULL;
}

/* ---- names ---- */

static bool is_of(const struct item *i, const void *arg)
{
	return i->of == arg;
}

static void forget_slot(struct engine *en, unsigned at)
{
	struct slot *s = en->slots[at];

	if (en->lens.slot == s)
		lens_aim(&en->lens, NULL, NULL);
	if (s->lane)
		queue_remove(&s->lane->queue, is_of, s);
	slot_free(s);
	en->slot_n--;
	memmove(en->slots + at, en->slots + at + 1, (en->slot_n - at) * sizeof *en->slots);
}

static void forget_outlet(struct engine *en, unsigned at)
{
	outlet_free(en->outlets[at]);
	en->outlet_n--;
	memmove(en->outlets + at, en->outlets + at + 1, (en->outlet_n - at) * sizeof *en->outlets);
}

/* How many modules had this name before: a later one makes other ids. What was refused never had it. */
static uint64_t generation_of(const struct engine *en, const char *name)
{
	return (uintptr_t)map_get(&en->generations, name, strlen(name));
}

/* The name of something that was removed is free again; what was kept for undo goes. */
static int make_way(struct engine *en, const char *name, struct err *e)
{
	for (unsigned i = 0; i < en->slot_n; i++) {
		if (strcmp(en->slots[i]->pub.name, name) != 0)
			continue;
		if (en->slots[i]->presence.present)
			return err_set(e, ERR_INPUT, "there is already a module '%s'", name);
		if (map_put(&en->generations, name, strlen(name), (void *)(uintptr_t)(generation_of(en, name) + 1)) < 0)
			return err_memory(e);
		forget_slot(en, i);
		break;
	}
	for (unsigned i = 0; i < en->outlet_n; i++) {
		struct outlet *o = en->outlets[i];

		if (strcmp(o->pub.name, name) != 0)
			continue;
		if (o->presence.present)
			return err_set(e, ERR_INPUT, "there is already an output '%s'", name);
		if (!o->ended)
			return err_set(e, ERR_INPUT, "the output '%s' that was removed is still sending what it has", name);
		log_info(name, "forgotten: offered %llu, delivered %llu, failed %llu, dropped %llu", (unsigned long long)o->offered,
			 (unsigned long long)o->delivered, (unsigned long long)o->failed, (unsigned long long)o->dropped);
		forget_outlet(en, i);
		break;
	}
	return 0;
}

/* Names become paths, YAML keys and words of commands. */
static int check_name(struct engine *en, const char *name, struct err *e)
{
	size_t n = strlen(name);

	if (n == 0 || n > 64 || strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != n)
		return err_set(e, ERR_INPUT, "'%.80s' is no name: 1 to 64 letters, digits, '-' and '_'", name);
	if (strcmp(name, "clock") == 0)
		return err_set(e, ERR_INPUT, "'clock' is the clock's own name");
	return make_way(en, name, e);
}

int engine_add_output(struct engine *en, const char *name, const struct output_class *class, struct err *e)
{
	struct outlet *o;

	if (check_name(en, name, e) < 0)
		return -1;
	if (en->outlet_n == OUTPUT_MOST)
		return err_set(e, ERR_INPUT, "more than %d outputs", OUTPUT_MOST);
	o = calloc(1, sizeof *o);
	if (!o)
		return err_memory(e);
	list_init(&o->waiting);
	list_init(&o->with_output);
	list_init(&o->pool);
	map_init(&o->places);
	o->en = en;
	o->presence.present = !en->running;
	o->pub.class = class;
	o->pub.loop = en->loop;
	o->opts = calloc(1, class->opts_size + 1);
	o->pub.opts = o->opts;
	o->pub.state = calloc(1, class->state_size + 1);
	o->pub.name = copied(name);
	if (!o->opts || !o->pub.state || !o->pub.name)
		err_memory(e);
	else if (param_init(output_common_rows, &o->common, e) == 0 && param_init(class->params, o->opts, e) == 0 &&
		 control_lend(en->control, name, output_common_rows, &o->common, &outlet_hooks, o, e) &&
		 control_lend(en->control, name, class->params, o->opts, &outlet_hooks, o, e) &&
		 control_lend(en->control, name, presence_rows, &o->presence, &outlet_hooks, o, e)) {
		if (class->linger_ns)
			o->common.linger = class->linger_ns;
		en->outlets[en->outlet_n++] = o;
		return 0;
	}
	outlet_free(o);
	return -1;
}

int engine_add_module(struct engine *en, const char *name, const struct generator_class *class, struct err *e)
{
	struct slot *s;

	if (check_name(en, name, e) < 0)
		return -1;
	if (en->slot_n == MODULE_MOST)
		return err_set(e, ERR_INPUT, "more than %d modules", MODULE_MOST);
	s = calloc(1, sizeof *s);
	if (!s)
		return err_memory(e);
	s->en = en;
	s->rank = ++en->ranks;
	s->presence.present = !en->running;
	s->pub.class = class;
	s->opts = calloc(1, class->opts_size + 1);
	s->pub.opts = s->opts;
	s->pub.state = calloc(1, class->state_size + 1);
	s->pub.name = copied(name);
	s->generation = generation_of(en, name);
	if (!s->opts || !s->pub.state || !s->pub.name)
		err_memory(e);
	else if (param_init(module_common_rows, &s->common, e) == 0 && param_init(class->params, s->opts, e) == 0 &&
		 control_lend(en->control, name, module_common_rows, &s->common, &slot_hooks, s, e) &&
		 control_lend(en->control, name, class->params, s->opts, &slot_hooks, s, e) &&
		 control_lend(en->control, name, presence_rows, &s->presence, &slot_hooks, s, e)) {
		en->slots[en->slot_n++] = s;
		parts_lend(s);
		return 0;
	}
	slot_free(s);
	return -1;
}

/* ---- routes ---- */

static int add_route(struct routes *rs, struct outlet *o, struct err *e)
{
	struct route *grown;

	for (unsigned i = 0; i < rs->n; i++)
		if (rs->at[i].to == o)
			return err_set(e, ERR_INPUT, "output '%s' is named twice", o->pub.name);
	grown = realloc(rs->at, (rs->n + 1) * sizeof *grown);
	if (!grown)
		return err_memory(e);
	rs->at = grown;
	rs->at[rs->n++] = (struct route){ .to = o };
	return 0;
}

/* The outputs that a list of names means; an empty list means all. What was removed is left out until it is back. */
static int resolve_routes(struct engine *en, const char *names, struct routes *rs, struct err *e)
{
	char name[80], hint[80];

	if (!*names)
		for (unsigned i = 0; i < en->outlet_n; i++)
			if (en->outlets[i]->presence.present && add_route(rs, en->outlets[i], e) < 0)
				return -1;
	while (words_next(&names, name, sizeof name)) {
		struct outlet *found = NULL;
		struct suggest g;

		suggest_init(&g, name);
		for (unsigned i = 0; i < en->outlet_n; i++) {
			suggest_try(&g, en->outlets[i]->pub.name);
			if (strcmp(en->outlets[i]->pub.name, name) == 0)
				found = en->outlets[i];
		}
		if (!found)
			return err_set(e, ERR_INPUT, "there is no output '%s'%s", name, suggest_text(&g, hint, sizeof hint));
		if (found->presence.present && add_route(rs, found, e) < 0)
			return -1;
	}
	return 0;
}

int routes_check(struct slot *s, const char *names, struct err *e)
{
	struct routes rs = { 0 };
	int result = resolve_routes(s->en, names, &rs, e);

	if (result == 0)
		result = routes_prepare(s, &rs, e);
	routes_free(s, &rs);
	return result;
}

/* Every module's routes anew, all or none; or only whether that could be done. */
static int reroute(struct engine *en, bool keep, struct err *e)
{
	struct routes *fresh = calloc(en->slot_n ? en->slot_n : 1, sizeof *fresh);
	int result = fresh ? 0 : err_memory(e);

	for (unsigned i = 0; result == 0 && i < en->slot_n; i++) {
		result = resolve_routes(en, en->slots[i]->common.outputs, &fresh[i], e);
		if (result == 0)
			result = routes_prepare(en->slots[i], &fresh[i], e);
		if (result < 0)
			err_wrap(e, "module '%s'", en->slots[i]->pub.name);
	}
	for (unsigned i = 0; fresh && i < en->slot_n; i++) {
		if (result == 0 && keep) {
			struct routes old = en->slots[i]->routes;

			en->slots[i]->routes = fresh[i];
			fresh[i] = old;
		}
		routes_free(en->slots[i], &fresh[i]);
	}
	free(fresh);
	return result;
}

/* ---- lanes ---- */

void lane_refresh(struct lane *ln)
{
	struct engine *en = ln->en;

	/* One clock for all in it: stretch before catch_up before skip. */
	ln->lateness = LATE_SKIP;
	ln->unlimited = false;
	for (unsigned i = 0; i < en->slot_n; i++) {
		const struct slot *s = en->slots[i];

		if (s->lane != ln || !s->presence.present)
			continue;
		if ((enum lateness)s->common.lateness < ln->lateness)
			ln->lateness = (enum lateness)s->common.lateness;
		ln->unlimited |= s->common.pace == PACE_UNLIMITED;
	}
	en->any_unlimited |= ln->unlimited;
}

/* Modules that share an output, directly or through others, or the scenario's parameters, get the same number. */
static void join_lanes(struct engine *en, unsigned *lane_of)
{
	for (unsigned i = 0; i < en->slot_n; i++)
		lane_of[i] = i;
	for (unsigned i = 0; i < en->slot_n; i++)
		for (unsigned j = 0; j < i; j++) {
			const struct routes *p = &en->slots[i]->routes, *q = &en->slots[j]->routes;
			bool shared = en->set.one_lane || (en->shared && en->slots[i]->pub.class->describes && en->slots[j]->pub.class->describes);
			unsigned old = lane_of[i];

			shared |= en->slots[i]->pub.class->together && en->slots[j]->pub.class->together;

			for (unsigned a = 0; a < p->n && !shared; a++)
				for (unsigned b = 0; b < q->n && !shared; b++)
					shared = p->at[a].to == q->at[b].to;
			for (unsigned k = 0; shared && k < en->slot_n; k++)
				if (lane_of[k] == old)
					lane_of[k] = lane_of[j];
		}
}

static int ensure_lane(struct slot *s, struct err *e)
{
	struct lane *ln = s->lane ? NULL : calloc(1, sizeof *ln);

	if (s->lane)
		return 0;
	if (!ln)
		return err_memory(e);
	ln->en = s->en;
	ln->now_ns = s->en->set.start_ns;
	s->lane = s->en->lanes[s->en->lane_n++] = ln;
	return 0;
}

/* Two lanes become one. The one that is less behind waits for the other: nothing is made up, nothing comes in a burst. */
static int merge_lanes(struct lane *into, struct lane *from, struct err *e)
{
	struct engine *en = into->en;
	unsigned at = 0;

	for (uint32_t i = 0; i < from->queue.n; i++)
		if (queue_push(&into->queue, from->queue.items[i]) < 0)
			return err_memory(e);
	into->now_ns = into->now_ns > from->now_ns ? into->now_ns : from->now_ns;
	into->behind_ns = into->behind_ns > from->behind_ns ? into->behind_ns : from->behind_ns;
	into->owed_ns = into->owed_ns > from->owed_ns ? into->owed_ns : from->owed_ns;
	into->steps += from->steps;
	for (unsigned i = 0; i < en->slot_n; i++)
		if (en->slots[i]->lane == from)
			en->slots[i]->lane = into;
	while (en->lanes[at] != from)
		at++;
	en->lane_n--;
	memmove(en->lanes + at, en->lanes + at + 1, (en->lane_n - at) * sizeof *en->lanes);
	queue_free(&from->queue);
	free(from);
	return 0;
}

/* A lane for each set of modules that share outputs. What was joined once stays joined. */
static int give_lanes(struct engine *en, struct err *e)
{
	unsigned lane_of[MODULE_MOST];

	join_lanes(en, lane_of);
	for (unsigned i = 0; i < en->slot_n; i++) {
		struct slot *s = en->slots[i], *first = en->slots[lane_of[i]];

		if (ensure_lane(first, e) < 0)
			return -1;
		if (!s->lane)
			s->lane = first->lane;
		else if (s->lane != first->lane && merge_lanes(first->lane, s->lane, e) < 0)
			return -1;
	}
	for (unsigned i = 0; i < en->lane_n; i++)
		lane_refresh(en->lanes[i]);
	return 0;
}

int engine_reroute(struct engine *en, struct err *e)
{
	return reroute(en, true, e) < 0 || give_lanes(en, e) < 0 ? -1 : 0;
}

int presence_check(struct outlet *o, struct err *e)
{
	bool was = o->presence.present;
	int result;

	o->presence.present = true;
	result = reroute(o->en, false, e);
	o->presence.present = was;
	return result;
}

bool engine_is_taking(const struct engine *en)
{
	for (unsigned i = 0; i < en->lane_n; i++)
		if (en->lanes[i]->taking)
			return true;
	return false;
}

/* ---- before the run ---- */

static int prepare_output(struct engine *en, struct outlet *o, struct err *e)
{
	const struct output_class *class = o->pub.class;

	o->pub.form = (struct form){ .encoding = (enum encoding)o->common.format, .envelope = (enum envelope)o->common.envelope,
				     .moments = (enum moments)o->common.moments };
	if (class->bare_lines && o->pub.form.encoding == ENCODE_CSV)
		return err_set(e, ERR_INPUT, "format: %s takes ndjson or text, its messages have no header", class->name);
	o->pub.retry_ns = o->common.retry;
	if (route_check_rows(o, e) < 0)
		return -1;
	if (class->check && class->check(o->opts, e) < 0)
		return -1;
	if ((o->common.hash || en->set.hash) && !(o->digest = digest_new()))
		return err_memory(e);
	return 0;
}

/* `now_ns`: where the module begins; the run's start, or the present when it comes later. */
static int prepare_module(struct engine *en, struct slot *s, int64_t now_ns, struct err *e)
{
	struct pace_settings set = slot_pace(s);
	uint64_t seed = s->common.seed ? (uint64_t)s->common.seed : en->set.seed;

	if (pace_check(&set, e) < 0)
		return -1;
	s->pub.seed = seed;
	s->pub.world = en->set.world;
	s->pub.start_ns = s->pub.now_ns = now_ns;
	s->pub.end_ns = engine_end(en);
	s->id_key = rng_key(seed, s->pub.name, "id", s->generation);
	rng_seed(&s->pub.rng, rng_key(seed, s->pub.name, "module", s->generation));
	pace_start(&s->pace, &set, now_ns, rng_key(seed, s->pub.name, "pace", s->generation));
	s->started = true;
	if (s->pub.class->start && s->pub.class->start(&s->pub, e) < 0)
		return -1;
	s->declared = true;
	if (routes_prepare(s, &s->routes, e) < 0)
		return -1;
	s->state = s->common.on && s->presence.present ? SLOT_ON : SLOT_OFF;
	if (lane_schedule(s) < 0)
		return err_memory(e);
	return 0;
}

struct complaints {
	void (*complain)(void *arg, const char *name, const struct err *e);
	void *arg;
	struct err *first;
	bool any;
};

static void complain(struct complaints *c, const char *name, const struct err *e)
{
	if (!c->any && c->first)
		*c->first = *e;
	c->any = true;
	if (c->complain)
		c->complain(c->arg, name, e);
}

int engine_prepare(struct engine *en, void (*told)(void *arg, const char *name, const struct err *e), void *arg, struct err *e)
{
	struct complaints c = { .complain = told, .arg = arg, .first = e };
	bool declared = true;
	struct err one;

	for (unsigned i = 0; i < en->outlet_n; i++)
		if (prepare_output(en, en->outlets[i], &one) < 0)
			complain(&c, en->outlets[i]->pub.name, &one);
	for (unsigned i = 0; i < en->slot_n; i++)
		if (resolve_routes(en, en->slots[i]->common.outputs, &en->slots[i]->routes, &one) < 0)
			complain(&c, en->slots[i]->pub.name, (err_wrap(&one, "outputs"), &one));
	/* Half a set of outputs or routes would make every module complain about what is already said. */
	if (c.any)
		return -1;
	if (give_lanes(en, e) < 0)
		return -1;
	en->prepared = true;
	for (unsigned i = 0; i < en->slot_n; i++) {
		if (prepare_module(en, en->slots[i], en->set.start_ns, &one) < 0)
			complain(&c, en->slots[i]->pub.name, &one);
		en->any_solo |= en->slots[i]->common.solo;
		declared &= en->slots[i]->declared;
	}
	for (unsigned i = 0; i < en->outlet_n && declared; i++)
		if (route_check_types(en->outlets[i], &one) < 0)
			complain(&c, en->outlets[i]->pub.name, &one);
	if (c.any)
		return -1;
	control_seal(en->control);
	return 0;
}

/* ---- during the run ---- */

static int join_output(struct engine *en, struct outlet *o, struct err *e)
{
	if (prepare_output(en, o, e) < 0 || route_check_types(o, e) < 0 || (outlet_begin(o, e) < 0 && e->code != ERR_IO))
		return -1;
	control_seal_owner(en->control, o);
	control_hide_owner(en->control, o, true);
	return 0;
}

static int join_module(struct engine *en, struct slot *s, struct err *e)
{
	int64_t now;

	if (resolve_routes(en, s->common.outputs, &s->routes, e) < 0)
		return err_wrap(e, "outputs");
	if (give_lanes(en, e) < 0)
		return -1;
	now = lane_instant(s->lane, clock_wall_ns());
	if (prepare_module(en, s, now, e) < 0)
		return -1;
	control_seal_owner(en->control, s);
	control_hide_owner(en->control, s, true);
	return 0;
}

int engine_join(struct engine *en, const char *name, struct err *e)
{
	struct slot *s = en->slot_n ? en->slots[en->slot_n - 1] : NULL;
	struct outlet *o = en->outlet_n ? en->outlets[en->outlet_n - 1] : NULL;

	if (engine_is_taking(en))
		return err_set(e, ERR_INPUT, "nothing can be added within an event");
	if (s && strcmp(s->pub.name, name) == 0)
		return join_module(en, s, e);
	return o && strcmp(o->pub.name, name) == 0 ? join_output(en, o, e) : err_set(e, ERR_INPUT, "there is no '%s' to join", name);
}

void engine_drop(struct engine *en, const char *name)
{
	for (unsigned i = 0; i < en->slot_n; i++)
		if (strcmp(en->slots[i]->pub.name, name) == 0) {
			forget_slot(en, i);
			return;
		}
	for (unsigned i = 0; i < en->outlet_n; i++)
		if (strcmp(en->outlets[i]->pub.name, name) == 0) {
			/* It was opened for nothing: whatever closes late finds its memory until then. */
			if (!en->outlets[i]->opened) {
				forget_outlet(en, i);
				return;
			}
			en->outlets[i]->state = OUTLET_CLOSING;
			outlet_close(en->outlets[i], true);
			return;
		}
}
