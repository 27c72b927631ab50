/* The engine: set-up, turns, and the end. */
#include "core/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/suggest.h"
#include "base/words.h"
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
	for (unsigned i = 0; i < en->slot_n; i++)
		slot_free(en->slots[i]);
	for (unsigned i = 0; i < en->outlet_n; i++)
		outlet_free(en->outlets[i]);
	for (unsigned i = 0; i < en->lane_n; i++) {
		queue_free(&en->lanes[i]->queue);
		free(en->lanes[i]);
	}
	control_reclaim(en->control, en);
	free(en);
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

static char *copied(const char *text)
{
	char *copy = malloc(strlen(text) + 1);

	return copy ? memcpy(copy, text, strlen(text) + 1) : NULL;
}

/* Names become paths, YAML keys and words of commands. */
static int check_name(const struct engine *en, const char *name, struct err *e)
{
	size_t n = strlen(name);

	if (n == 0 || n > 64 || strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != n)
		return err_set(e, ERR_INPUT, "'%.80s' is no name: 1 to 64 letters, digits, '-' and '_'", name);
	if (strcmp(name, "clock") == 0)
		return err_set(e, ERR_INPUT, "'clock' is the clock's own name");
	for (unsigned i = 0; i < en->slot_n; i++)
		if (strcmp(en->slots[i]->pub.name, name) == 0)
			return err_set(e, ERR_INPUT, "there is already a module '%s'", name);
	for (unsigned i = 0; i < en->outlet_n; i++)
		if (strcmp(en->outlets[i]->pub.name, name) == 0)
			return err_set(e, ERR_INPUT, "there is already an output '%s'", name);
	return 0;
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
	buf_init(&o->scratch, 1 << 20);
	o->en = en;
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
		 control_lend(en->control, name, class->params, o->opts, &outlet_hooks, o, e)) {
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
	s->rank = en->slot_n + 1;
	s->pub.class = class;
	s->opts = calloc(1, class->opts_size + 1);
	s->pub.opts = s->opts;
	s->pub.state = calloc(1, class->state_size + 1);
	s->pub.name = copied(name);
	if (!s->opts || !s->pub.state || !s->pub.name)
		err_memory(e);
	else if (param_init(module_common_rows, &s->common, e) == 0 && param_init(class->params, s->opts, e) == 0 &&
		 control_lend(en->control, name, module_common_rows, &s->common, &slot_hooks, s, e) &&
		 control_lend(en->control, name, class->params, s->opts, &slot_hooks, s, e)) {
		en->slots[en->slot_n++] = s;
		return 0;
	}
	slot_free(s);
	return -1;
}

const struct output *engine_output(const struct engine *en, const char *name)
{
	for (unsigned i = 0; i < en->outlet_n; i++)
		if (strcmp(en->outlets[i]->pub.name, name) == 0)
			return &en->outlets[i]->pub;
	return NULL;
}

static int add_route(struct slot *s, struct outlet *o, struct err *e)
{
	struct route *routes;

	for (unsigned i = 0; i < s->route_n; i++)
		if (s->routes[i].to == o)
			return err_set(e, ERR_INPUT, "output '%s' is named twice", o->pub.name);
	routes = realloc(s->routes, (s->route_n + 1) * sizeof *routes);
	if (!routes)
		return err_memory(e);
	s->routes = routes;
	s->routes[s->route_n++] = (struct route){ .to = o };
	return 0;
}

static int resolve_routes(struct engine *en, struct slot *s, struct err *e)
{
	const char *names = s->common.outputs;
	char name[80], hint[80];

	if (!*names)
		for (unsigned i = 0; i < en->outlet_n; i++)
			if (add_route(s, en->outlets[i], e) < 0)
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
		if (add_route(s, found, e) < 0)
			return -1;
	}
	return 0;
}

static int prepare_output(struct engine *en, struct outlet *o, struct err *e)
{
	const struct output_class *class = o->pub.class;
	struct { const char *row; struct program **to; } programs[] = {
		{ class->place_row, &o->place_program }, { class->key_row, &o->key_program },
	};

	o->pub.form = (struct form){ .encoding = (enum encoding)o->common.format, .envelope = (enum envelope)o->common.envelope,
				     .moments = (enum moments)o->common.moments };
	if (class->bare_lines && o->pub.form.encoding == ENCODE_CSV)
		return err_set(e, ERR_INPUT, "format: %s takes ndjson or text, its messages have no header", class->name);
	for (size_t i = 0; i < COUNT_OF(programs); i++) {
		const struct param *p = programs[i].row ? param_find(class->params, programs[i].row) : NULL;
		const char *text = p ? *(char **)(void *)((char *)o->opts + p->offset) : "";

		if (!*text)
			continue;
		*programs[i].to = en->cat->compile(text, e);
		if (!*programs[i].to)
			return err_wrap(e, "%s", programs[i].row);
	}
	o->pub.retry_ns = o->common.retry;
	if (class->check && class->check(o->opts, e) < 0)
		return -1;
	if ((o->common.hash || en->set.hash) && !(o->digest = digest_new()))
		return err_memory(e);
	return 0;
}

/* Joins the lane of every module that shares an output with this one; the others follow. */
static void join_lanes(struct engine *en, unsigned *lane_of)
{
	for (unsigned i = 0; i < en->slot_n; i++)
		lane_of[i] = i;
	for (unsigned i = 0; i < en->slot_n; i++)
		for (unsigned j = 0; j < i; j++) {
			bool shared = en->set.one_lane;
			unsigned old = lane_of[i];

			for (unsigned a = 0; a < en->slots[i]->route_n && !shared; a++)
				for (unsigned b = 0; b < en->slots[j]->route_n && !shared; b++)
					shared = en->slots[i]->routes[a].to == en->slots[j]->routes[b].to;
			for (unsigned k = 0; shared && k < en->slot_n; k++)
				if (lane_of[k] == old)
					lane_of[k] = lane_of[j];
		}
}

static int make_lanes(struct engine *en, struct err *e)
{
	unsigned lane_of[MODULE_MOST];
	struct lane *made[MODULE_MOST] = { 0 };

	join_lanes(en, lane_of);
	for (unsigned i = 0; i < en->slot_n; i++) {
		struct slot *s = en->slots[i];
		struct lane *ln = made[lane_of[i]];

		if (!ln) {
			ln = made[lane_of[i]] = calloc(1, sizeof *ln);
			if (!ln)
				return err_memory(e);
			ln->en = en;
			ln->now_ns = en->set.start_ns;
			ln->lateness = (enum lateness)s->common.lateness;
			en->lanes[en->lane_n++] = ln;
		}
		/* One clock for all in it: stretch before catch_up before skip. */
		if ((enum lateness)s->common.lateness < ln->lateness)
			ln->lateness = (enum lateness)s->common.lateness;
		ln->unlimited |= s->common.pace == PACE_UNLIMITED;
		en->any_unlimited |= ln->unlimited;
		s->lane = ln;
	}
	return 0;
}

static int prepare_module(struct engine *en, struct slot *s, struct err *e)
{
	struct pace_settings set = slot_pace(s);
	uint64_t seed = s->common.seed ? (uint64_t)s->common.seed : en->set.seed;

	if (pace_check(&set, e) < 0)
		return -1;
	s->pub.seed = seed;
	s->pub.start_ns = s->pub.now_ns = en->set.start_ns;
	s->id_key = rng_key(seed, s->pub.name, "id", 0);
	rng_seed(&s->pub.rng, rng_key(seed, s->pub.name, "module", 0));
	pace_start(&s->pace, &set, en->set.start_ns, rng_key(seed, s->pub.name, "pace", 0));
	if (s->pub.class->start && s->pub.class->start(&s->pub, e) < 0)
		return -1;
	if (route_prepare(s, e) < 0)
		return -1;
	s->state = s->common.on ? SLOT_ON : SLOT_OFF;
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
	struct err one;

	for (unsigned i = 0; i < en->outlet_n; i++)
		if (prepare_output(en, en->outlets[i], &one) < 0)
			complain(&c, en->outlets[i]->pub.name, &one);
	for (unsigned i = 0; i < en->slot_n; i++)
		if (resolve_routes(en, en->slots[i], &one) < 0)
			complain(&c, en->slots[i]->pub.name, (err_wrap(&one, "outputs"), &one));
	/* Half a set of outputs or routes would make every module complain about what is already said. */
	if (c.any)
		return -1;
	if (make_lanes(en, e) < 0)
		return -1;
	en->prepared = true;    /* from here on slot_free() calls stop() */
	for (unsigned i = 0; i < en->slot_n; i++) {
		if (prepare_module(en, en->slots[i], &one) < 0)
			complain(&c, en->slots[i]->pub.name, &one);
		en->any_solo |= en->slots[i]->common.solo;
	}
	if (c.any)
		return -1;
	control_seal(en->control);
	return 0;
}

int engine_open(struct engine *en, struct err *e)
{
	int64_t wall;

	/* What can be refused without touching a file goes first. */
	for (unsigned i = 0; i < 2 * en->outlet_n; i++) {
		struct outlet *o = en->outlets[i % en->outlet_n];

		if (o->pub.class->network != (i < en->outlet_n) || outlet_open(o, e) == 0)
			continue;
		if (e->code != ERR_IO)
			return err_wrap(e, "output '%s'", o->pub.name);
		o->state = OUTLET_BROKEN;
		o->why = *e;
		o->since_ns = clock_wall_ns();
		o->retry_ns = o->since_ns + o->common.backoff;
		log_warn(o->pub.name, "%s", e->text);
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
	for (unsigned i = 0; i < en->outlet_n; i++)
		if (en->outlets[i]->state != OUTLET_FAILED && en->outlets[i]->state != OUTLET_GONE)
			return false;
	return en->outlet_n > 0;
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
		if (!ln->queue.n)
			break;
		at = simclock_wall(&en->clock, ln->queue.items[0].at_ns + ln->behind_ns, wall);
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
		int64_t at = outlet_wake(en->outlets[i], wall);

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

		if (o->state == OUTLET_CLOSING && !abandon)
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
