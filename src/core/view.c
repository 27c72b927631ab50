/* The one way out: the snapshot. */
#include "core/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"

enum { CHANGE_MOST = 256 };

static struct view_series copy_series(struct arena *a, const struct series *s)
{
	unsigned n = s->n < SERIES_ROOM ? (unsigned)s->n : SERIES_ROOM;
	float *at = arena_take(a, (n ? n : 1) * sizeof *at);

	for (unsigned i = 0; at && i < n; i++)
		at[i] = (float)series_ago(s, n - 1 - i);
	return (struct view_series){ .at = at, .n = at ? n : 0 };
}

/* The mean of the latest second. */
static double latest(const struct series *s)
{
	double sum = 0;
	unsigned n = s->n < 4 ? (unsigned)s->n : 4;

	for (unsigned i = 0; i < n; i++)
		sum += series_ago(s, i);
	return n ? sum / n : 0;
}

/* A copy that is never NULL: without memory a picture lacks words, and nothing worse. */
static const char *keep(struct arena *a, const char *text)
{
	const char *copy = text ? arena_copy(a, text, strlen(text)) : NULL;

	return copy ? copy : "";
}

static const char *shown(struct arena *a, const struct param *p, const void *opts, void (*put)(const struct param *, const void *, struct buf *))
{
	struct buf b;
	const char *copy;

	buf_init(&b, 70000);
	put(p, opts, &b);
	copy = keep(a, b.data);
	buf_free(&b);
	return copy;
}

static void fill_knob(struct view_knob *to, struct arena *a, struct engine *en, struct knobs *k, const struct param *p, int64_t sim)
{
	const struct ramp *r = control_ramp_of(en->control, k, p);
	const char *home = k->home[p - k->rows];
	double home_number = p->def;

	*to = (struct view_knob){ .name = p->name, .row = p, .unit = p->unit, .help = p->help, .number = param_number(p, k->opts),
				  .live = p->flags & PARAM_LIVE, .changed = !control_is_home(k, p), .is_number = param_is_number(p) };
	to->text = shown(a, p, k->opts, p->type == PARAM_SECRET || p->type == PARAM_PAIRS ? param_show : param_text);
	to->shown = shown(a, p, k->opts, param_show);
	to->home = keep(a, p->type == PARAM_SECRET ? "" : home);
	if (to->is_number && home) {
		void *scratch = calloc(1, p->offset + 16);

		if (scratch && param_set(p, scratch, home, NULL) == 0)
			home_number = param_number(p, scratch);
		free(scratch);
	}
	to->home_number = home_number;
	if (r) {
		to->ramping = true;
		to->ramp_to = r->to;
		to->ramp_left_ns = r->start_ns + r->over_ns - sim;
	}
}

static void fill_knobs(struct view_module *to, struct arena *a, struct slot *s, int64_t sim)
{
	struct control *c = s->en->control;
	struct view_knob *knobs;
	unsigned n = 0;

	list_each(l, &c->owners) {
		struct knobs *k = container_of(l, struct knobs, link);

		if (k->of == s)
			param_each(p, k->rows)
				n++;
	}
	knobs = arena_take(a, (n ? n : 1) * sizeof *knobs);
	if (!knobs)
		return;
	to->knobs = knobs;
	/* In the order of a hand's reach: the rate, what the generator is about, then what every module has. */
	for (int pass = 0; pass < 3; pass++)
		list_each(l, &c->owners) {
			struct knobs *k = container_of(l, struct knobs, link);
			bool common = k->rows == module_common_rows;

			if (k->of != s || common != (pass != 1))
				continue;
			param_each(p, k->rows)
				if (!common || (pass == 0) == (strcmp(p->name, "rate") == 0))
					fill_knob(&knobs[to->knob_n++], a, s->en, k, p, sim);
		}
}

static double number_of(const struct slot *s, const char *name)
{
	const struct param *p = param_find(s->pub.class->params, name);

	return p && param_is_number(p) ? param_number(p, s->opts) : NAN;
}

static void fill_module(struct view_module *to, struct arena *a, struct slot *s, bool knobs, int64_t wall)
{
	const struct lane *ln = s->lane;
	bool silent = s->common.mute || (s->en->any_solo && !s->common.solo);
	int64_t sim = ln ? lane_instant(ln, wall) : 0;

	*to = (struct view_module){
		.name = keep(a, s->pub.name), .generator = s->pub.class->name, .why = keep(a, s->why.text),
		.on = s->common.on, .mute = s->common.mute, .solo = s->common.solo, .actual = latest(&s->rate),
		.made = s->made, .arrivals = s->arrivals, .muted = s->muted, .missed = s->missed,
		.rate = copy_series(a, &s->rate), .goal = copy_series(a, &s->target), .volatility = number_of(s, "volatility"),
		.entities = s->pub.class->entities ? s->pub.class->entities(&s->pub) : 0,
	};
	to->state = s->state == SLOT_FAILED ? VIEW_FAILED : s->state == SLOT_FINISHED ? VIEW_FINISHED :
		    s->state == SLOT_OFF ? VIEW_OFF : silent ? VIEW_MUTED : ln && ln->end == LANE_FULL ? VIEW_WAITING : VIEW_ON;
	to->target = s->state == SLOT_ON ? pace_rate(&s->pace, sim) * (isinf(s->en->set.speed) ? 1 : s->en->set.speed) : 0;
	if (isinf(s->en->set.speed) && s->state == SLOT_ON)
		to->target = INFINITY;
	to->rate_position = param_position(param_find(module_common_rows, "rate"), s->common.rate);
	if (knobs)
		fill_knobs(to, a, s, sim);
}

static void fill_output(struct view_output *to, struct arena *a, struct outlet *o)
{
	static const enum view_state states[] = { [OUTLET_CLOSED] = VIEW_OFF, [OUTLET_OK] = VIEW_ON, [OUTLET_BROKEN] = VIEW_BROKEN,
						  [OUTLET_FAILED] = VIEW_FAILED, [OUTLET_GONE] = VIEW_FINISHED,
						  [OUTLET_CLOSING] = VIEW_ON };
	struct buf b;

	buf_init(&b, 4096);
	if (o->pub.class->describe && o->opened)
		o->pub.class->describe(&o->pub, &b);
	*to = (struct view_output){
		.name = keep(a, o->pub.name), .kind = o->pub.class->name, .target = keep(a, b.data),
		.state = o->troubled ? VIEW_BROKEN : states[o->state],
		.rate = latest(&o->rate), .bytes_rate = o->bytes_rate, .offered = o->offered, .sent = o->sent, .delivered = o->delivered,
		.failed = o->failed, .dropped = o->dropped, .retried = o->retried, .in_flight = outlet_in_flight(o), .bytes = o->bytes,
		.lag_p50 = (double)hist_quantile(&o->lag, 0.5), .lag_p99 = (double)hist_quantile(&o->lag, 0.99),
		.service_p50 = (double)hist_quantile(&o->service, 0.5), .service_p99 = (double)hist_quantile(&o->service, 0.99),
		.response_p50 = (double)hist_quantile(&o->response, 0.5), .response_p99 = (double)hist_quantile(&o->response, 0.99),
		.history = copy_series(a, &o->rate), .queued = copy_series(a, &o->queued),
		.hashed = o->digest != NULL,
	};
	to->why = keep(a, to->state == VIEW_BROKEN || to->state == VIEW_FAILED || o->why.code == ERR_GONE ? o->why.text : "");
	to->hash = o->digest ? digest_value(o->digest) : 0;
	if (!o->common.on && to->state == VIEW_ON)
		to->state = VIEW_OFF;
	to->queue_share = (double)(o->queued_bytes + (o->open ? (int64_t)o->open->bytes.n : 0)) / (double)o->common.queue;
	if (to->queue_share > 1)
		to->queue_share = 1;
	buf_free(&b);
}

static void fill_changes(struct view *v, const struct control *c)
{
	unsigned n = c->n < CHANGE_MOST ? (unsigned)c->n : CHANGE_MOST;
	struct view_change *to = arena_take(&v->arena, (n ? n : 1) * sizeof *to);

	v->change_total = c->n;
	v->changes = to;
	for (unsigned i = 0; to && i < n; i++) {
		const struct change *ch = &c->log[c->n - 1 - i];
		struct buf b;
		double was, now;

		buf_init(&b, 600);
		control_describe(ch, &b);
		to[i] = (struct view_change){ .number = ch->number, .event = ch->place.event, .undoes = ch->undoes, .sim_ns = ch->place.sim_ns,
			.wall_ns = ch->wall_ns, .undone = ch->undone, .kind = ch->kind, .by = ch->by,
			.path = keep(&v->arena, ch->path), .was = keep(&v->arena, ch->was),
			.now = keep(&v->arena, ch->now), .text = keep(&v->arena, b.data) };
		if (sscanf(ch->was, "%lf", &was) == 1 && sscanf(ch->now, "%lf", &now) == 1)
			to[i].direction = now > was ? 1 : now < was ? -1 : 0;
		buf_free(&b);
		v->change_n = i + 1;
	}
}

static void fill_log(struct view *v)
{
	const struct log *l = log_of_program();
	unsigned n = l->n < LOG_RING ? (unsigned)l->n : LOG_RING;
	struct log_line *to = arena_take(&v->arena, (n ? n : 1) * sizeof *to);

	v->errors = l->counts[LOG_LEVEL_ERROR];
	v->lines = to;
	for (unsigned i = 0; to && i < n; i++)
		to[i] = l->ring[(l->n - n + i) % LOG_RING];
	v->line_n = to ? n : 0;
}

/* What keeps the rate below its target. */
static void name_limit(struct view *v, struct engine *en, int64_t wall)
{
	char *text;

	v->limit = "none";
	if (v->held) {
		v->limit = "held";
		return;
	}
	for (unsigned i = 0; i < en->lane_n; i++) {
		const struct lane *ln = en->lanes[i];
		const struct outlet *o = ln->waits;
		const char *what;

		if (ln->end == LANE_FULL && !o) {
			v->limit = "ceiling";
		} else if (ln->end == LANE_FULL) {
			what = o->common.ceiling > 0 && o->tokens < 1 ? "ceiling" : o->state == OUTLET_BROKEN || o->troubled ? "output" : "queue";
			text = arena_take(&v->arena, strlen(o->pub.name) + 12);
			if (text) {
				snprintf(text, strlen(o->pub.name) + 12, "%s %s", what, o->pub.name);
				v->limit = text;
			}
		} else if (ln->end == LANE_BUDGET && ln->late && !ln->unlimited && !isinf(en->set.speed)) {
			v->limit = "generator";
		}
		if (ln->queue.n && !isinf(en->set.speed) && !ln->unlimited) {
			double late = (double)(simclock_now(&en->clock, wall) - ln->queue.items[0].at_ns) / en->set.speed;

			if (late > v->lag_ns && late < 1e18)
				v->lag_ns = late;
		}
	}
}

static void sum_outputs(struct view *v)
{
	for (unsigned i = 0; i < v->output_n; i++) {
		const struct view_output *o = &v->outputs[i];

		v->offered += o->offered;
		v->delivered += o->delivered;
		v->failed += o->failed;
		v->dropped += o->dropped;
		v->in_flight += o->in_flight;
	}
}

static void fill_clock(struct view *v, struct engine *en, int64_t wall)
{
	int64_t now = simclock_now(&en->clock, wall), reached = en->set.start_ns, end = en->set.for_ns;

	for (unsigned i = 0; i < en->lane_n; i++) {
		int64_t at = lane_instant(en->lanes[i], wall);

		reached = at > reached ? at : reached;
	}
	/* What has been reached, not where the clock would be had nothing stood. */
	v->sim_ns = now == INT64_MAX || reached < now ? reached : now;
	if (end && v->sim_ns > en->set.start_ns + end)
		v->sim_ns = en->set.start_ns + end;
	v->run_ns = v->sim_ns - en->set.start_ns;
	v->held = en->clock_opts.held;
	v->max = en->clock_opts.max;
	v->speed = en->clock_opts.speed;
}

const struct view *view_make(struct engine *en, const char *scenario, const char *knobs_of)
{
	struct view *v = calloc(1, sizeof *v);
	int64_t wall = clock_wall_ns();
	struct view_module *modules;
	struct view_output *outputs;

	if (!v)
		return NULL;
	arena_init(&v->arena);
	v->references = 1;
	v->scenario = keep(&v->arena, scenario);
	v->wall_ns = wall;
	v->seed = en->set.seed;
	v->start_ns = en->set.start_ns;
	v->for_ns = en->set.for_ns;
	v->events = en->set.events;
	v->made = en->made;
	v->bytes = en->bytes_made;
	v->stopping = en->stopping;
	v->locked = en->control->locked;
	v->actual = latest(&en->rate);
	v->bytes_rate = latest(&en->bytes);
	v->rate = copy_series(&v->arena, &en->rate);
	v->goal = copy_series(&v->arena, &en->target);
	fill_clock(v, en, wall);
	modules = arena_take(&v->arena, (en->slot_n + 1) * sizeof *modules);
	outputs = arena_take(&v->arena, (en->outlet_n + 1) * sizeof *outputs);
	if (!modules || !outputs) {
		view_drop(v);
		return NULL;
	}
	for (unsigned i = 0; i < en->slot_n; i++) {
		bool asked = knobs_of && (strcmp(knobs_of, en->slots[i]->pub.name) == 0 || strcmp(knobs_of, VIEW_ALL_KNOBS) == 0);

		fill_module(&modules[i], &v->arena, en->slots[i], asked, wall);
		v->on_n += en->slots[i]->state == SLOT_ON;
		if (modules[i].state != VIEW_OFF)
			v->target += modules[i].target;
	}
	for (unsigned i = 0; i < en->outlet_n; i++)
		fill_output(&outputs[i], &v->arena, en->outlets[i]);
	v->modules = modules;
	v->module_n = en->slot_n;
	v->outputs = outputs;
	v->output_n = en->outlet_n;
	sum_outputs(v);
	name_limit(v, en, wall);
	fill_changes(v, en->control);
	fill_log(v);
	return v;
}

const struct view *view_keep(const struct view *v)
{
	((struct view *)(uintptr_t)v)->references++;
	return v;
}

void view_drop(const struct view *v)
{
	struct view *own = (struct view *)(uintptr_t)v;

	if (!own || --own->references)
		return;
	arena_free(&own->arena);
	free(own);
}
