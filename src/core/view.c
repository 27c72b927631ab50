/* The one way out: the snapshot. */
#include "core/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"

/* The mean of the latest second. */
static double latest(const struct series *s)
{
	double sum = 0;
	unsigned n = s->n < 4 ? (unsigned)s->n : 4;

	for (unsigned i = 0; i < n; i++)
		sum += series_ago(s, i);
	return n ? sum / n : 0;
}

static const char *shown(struct arena *a, const struct param *p, const void *opts, void (*put)(const struct param *, const void *, struct buf *))
{
	struct buf b;
	const char *copy;

	buf_init(&b, 70000);
	put(p, opts, &b);
	copy = view_text(a, b.data);
	buf_free(&b);
	return copy;
}

static void fill_knob(struct view_knob *to, struct arena *a, struct engine *en, struct knobs *k, const struct param *p, int64_t sim)
{
	const struct ramp *r = control_ramp_of(en->control, k, p);
	const char *home = k->home[p - k->rows];
	double home_number = p->def;
	char path[140];

	snprintf(path, sizeof path, "%.60s.%.60s", k->prefix, p->name);
	*to = (struct view_knob){ .name = p->name, .path = view_text(a, path), .row = p, .unit = p->unit, .help = p->help, .number = param_number(p, k->opts),
				  .live = p->flags & PARAM_LIVE, .changed = !control_is_home(k, p), .is_number = param_is_number(p) };
	to->text = shown(a, p, k->opts, p->type == PARAM_SECRET || p->type == PARAM_PAIRS ? param_show : param_text);
	to->shown = shown(a, p, k->opts, param_show);
	to->home = view_text(a, p->type == PARAM_SECRET ? "" : home);
	if (to->is_number && home) {
		void *scratch = calloc(1, p->offset + 16);

		if (scratch && param_set(p, scratch, home, NULL) == 0)
			home_number = param_number(p, scratch);
		free(scratch);
	}
	to->home_number = home_number;
	to->limit = p->flags & PARAM_RATE && en->control->rate_limit > 0 ? en->control->rate_limit : INFINITY;
	if (r) {
		to->ramping = true;
		to->ramp_to = r->to;
		to->ramp_left_ns = r->start_ns + r->over_ns - sim;
	}
}

/* Which pass of a hand's reach a table belongs to: the rate, the scenario's params, what the kind is about, then what all have. */
static bool in_pass(const struct engine *en, const struct knobs *k, const struct param *p, const void *of, bool described, int pass)
{
	bool common = k->rows == module_common_rows || k->rows == output_common_rows;

	if (described && en->shared && strcmp(k->prefix, en->shared) == 0)
		return pass == 1;
	if (k->of != of || k->rows == presence_rows)
		return false;
	if (p->flags & PARAM_PART)
		return pass == 1;
	return common ? pass == (strcmp(p->name, "rate") == 0 ? 0 : 3) : pass == 2;
}

/* `module`: when it is one; an option whose pieces are knobs says the same again. */
static const struct view_knob *fill_knobs(struct arena *a, struct engine *en, const void *of, bool described, const struct slot *module, int64_t sim, unsigned *n_of)
{
	struct view_knob *knobs = NULL;
	unsigned n = 0;

	/* Counted, then filled. */
	for (int turn = 0; turn < 2 && (turn == 0 || knobs); turn++) {
		n = 0;
		for (int pass = 0; pass < 4; pass++)
			list_each(l, &en->control->owners) {
				struct knobs *k = container_of(l, struct knobs, link);

				param_each(p, k->rows)
					if (!(module && parts_are_of(module, p)) && in_pass(en, k, p, of, described, pass)) {
						if (turn)
							fill_knob(&knobs[n], a, en, k, p, sim);
						n++;
					}
			}
		if (turn == 0)
			knobs = arena_take(a, (n ? n : 1) * sizeof *knobs);
	}
	*n_of = knobs ? n : 0;
	return knobs;
}

static double number_of(const struct slot *s, const char *name)
{
	const struct param *p = param_find(s->pub.class->params, name);

	return p && param_is_number(p) ? param_number(p, s->opts) : NAN;
}

static const char *output_names(struct arena *a, const struct slot *s)
{
	struct buf b;
	const char *copy;

	buf_init(&b, 4096);
	for (unsigned i = 0; i < s->routes.n; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", s->routes.at[i].to->pub.name);
	copy = view_text(a, b.data);
	buf_free(&b);
	return copy;
}

static void fill_module(struct view_module *to, struct arena *a, struct slot *s, bool knobs, int64_t wall)
{
	const struct lane *ln = s->lane;
	bool silent = s->common.mute || (s->en->any_solo && !s->common.solo);
	int64_t sim = ln ? lane_instant(ln, wall) : 0;

	*to = (struct view_module){
		.name = view_text(a, s->pub.name), .generator = s->pub.class->name, .why = view_text(a, s->why.text),
		.on = s->common.on, .mute = s->common.mute, .solo = s->common.solo, .actual = latest(&s->rate),
		.made = s->made, .arrivals = s->arrivals, .muted = s->muted, .missed = s->missed,
		.rate = view_series_copy(a, &s->rate), .goal = view_series_copy(a, &s->target), .volatility = number_of(s, "volatility"),
		.entities = s->pub.class->entities ? s->pub.class->entities(&s->pub) : 0,
	};
	to->state = s->state == SLOT_FAILED ? VIEW_FAILED : s->state == SLOT_FINISHED ? VIEW_FINISHED :
		    s->state == SLOT_OFF ? VIEW_OFF : silent ? VIEW_MUTED : ln && ln->end == LANE_FULL ? VIEW_WAITING : VIEW_ON;
	to->target = s->state == SLOT_ON ? pace_rate(&s->pace, sim) * (isinf(s->en->set.speed) ? 1 : s->en->set.speed) : 0;
	if (isinf(s->en->set.speed) && s->state == SLOT_ON)
		to->target = INFINITY;
	to->rate_position = param_position(param_find(module_common_rows, "rate"), s->common.rate);
	to->hand = 'A';
	to->foresees = s->pub.class->sketch != NULL && s->state != SLOT_FAILED;
	to->describes = s->pub.class->describes;
	to->outputs = output_names(a, s);
	if (knobs)
		to->knobs = fill_knobs(a, s->en, s, s->pub.class->describes, s, sim, &to->knob_n);
}

static struct view_latency latency(const struct hist *h)
{
	struct view_latency to = { .n = h->n, .p50 = (double)hist_quantile(h, 0.5), .p90 = (double)hist_quantile(h, 0.9),
				   .p99 = (double)hist_quantile(h, 0.99), .max = (double)h->max };

	for (int i = 0; i < HIST_BINS && h->n; i++) {
		double ns = (double)hist_value(i);
		int at = ns > 1000 ? (int)(4 * log10(ns / 1000)) : 0;

		if (h->bins[i])
			to.bins[at < VIEW_BINS ? at : VIEW_BINS - 1] += h->bins[i];
	}
	return to;
}

static const char *module_names(struct arena *a, const struct outlet *o)
{
	struct buf b;
	const char *copy;

	buf_init(&b, 4096);
	for (unsigned i = 0; i < o->en->slot_n; i++)
		for (unsigned r = 0; r < o->en->slots[i]->routes.n; r++)
			if (o->en->slots[i]->routes.at[r].to == o && !o->en->slots[i]->routes.at[r].idle && o->en->slots[i]->presence.present)
				buf_printf(&b, "%s%s", b.n ? ", " : "", o->en->slots[i]->pub.name);
	copy = view_text(a, b.data);
	buf_free(&b);
	return copy;
}

static void fill_output(struct view_output *to, struct arena *a, struct outlet *o, bool knobs)
{
	static const enum view_state states[] = { [OUTLET_CLOSED] = VIEW_OFF, [OUTLET_OK] = VIEW_ON, [OUTLET_BROKEN] = VIEW_BROKEN,
						  [OUTLET_FAILED] = VIEW_FAILED, [OUTLET_GONE] = VIEW_FINISHED,
						  [OUTLET_CLOSING] = VIEW_ON };
	struct buf b;

	buf_init(&b, 4096);
	if (o->pub.class->describe && o->opened)
		o->pub.class->describe(&o->pub, &b);
	*to = (struct view_output){
		.name = view_text(a, o->pub.name), .kind = o->pub.class->name, .target = view_text(a, b.data),
		.state = o->troubled ? VIEW_BROKEN : states[o->state],
		.rate = latest(&o->rate), .bytes_rate = o->bytes_rate, .offered = o->offered, .sent = o->sent, .delivered = o->delivered,
		.failed = o->failed, .dropped = o->dropped, .retried = o->retried, .in_flight = outlet_in_flight(o), .bytes = o->bytes,
		.lag = latency(&o->lag), .service = latency(&o->service), .response = latency(&o->response),
		.when_full = param_find(output_common_rows, "when_full")->choices[o->common.when_full], .ceiling = o->common.ceiling,
		.seen = module_names(a, o), .fill = view_series_copy(a, &o->fill),
		.history = view_series_copy(a, &o->rate), .queued = view_series_copy(a, &o->queued),
		.hashed = o->digest != NULL,
	};
	to->why = view_text(a, to->state == VIEW_BROKEN || to->state == VIEW_FAILED || o->why.code == ERR_GONE ? o->why.text : "");
	to->hash = o->digest ? digest_value(o->digest) : 0;
	if (!o->common.on && to->state == VIEW_ON)
		to->state = VIEW_OFF;
	to->queue_share = outlet_fill(o);
	if (knobs)
		to->knobs = fill_knobs(a, o->en, o, false, NULL, 0, &to->knob_n);
	buf_free(&b);
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
	for (unsigned i = 0; i < v->output_n + v->output_gone_n; i++) {
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
	int64_t now = simclock_now(&en->clock, wall), reached = en->set.start_ns, end = engine_end(en);
	bool done = true;

	for (unsigned i = 0; i < en->lane_n; i++) {
		const struct lane *ln = en->lanes[i];
		int64_t at = lane_instant(ln, wall);

		/* Behind its last item nothing comes. */
		at -= ln->end == LANE_DONE && at == ln->now_ns + 1;
		reached = at > reached ? at : reached;
		done &= ln->end == LANE_DONE;
	}
	/* What has been reached, not where the clock would be had nothing stood. */
	v->sim_ns = now == INT64_MAX || reached < now ? reached : now;
	v->draining = en->set.drain && v->sim_ns >= end && !done;
	v->drained = en->set.drain && v->sim_ns >= end && done;
	if (!en->set.drain && v->sim_ns > end)
		v->sim_ns = end;
	v->run_ns = v->sim_ns - en->set.start_ns;
	v->held = en->clock_opts.held;
	v->max = en->clock_opts.max;
	v->speed = en->clock_opts.speed;
}

static bool asked(const char *knobs_of, const char *name)
{
	return knobs_of && (strcmp(knobs_of, name) == 0 || strcmp(knobs_of, VIEW_ALL_KNOBS) == 0);
}

/* Those that are there first, then those that were removed. */
static int fill_modules(struct view *v, struct engine *en, const struct view_want *want, int64_t wall)
{
	struct view_module *to = arena_take(&v->arena, (en->slot_n + 1) * sizeof *to);

	if (!to)
		return -1;
	v->modules = to;
	for (int gone = 0; gone < 2; gone++)
		for (unsigned i = 0; i < en->slot_n; i++) {
			struct slot *s = en->slots[i];
			const struct ab *ab = want->presets ? preset_hands(want->presets, s->pub.name) : NULL;

			if (s->presence.present == gone)
				continue;
			fill_module(to, &v->arena, s, asked(want->knobs_of, s->pub.name), wall);
			to->hand = ab && ab->on_b ? 'B' : 'A';
			if (!gone) {
				v->on_n += s->state == SLOT_ON;
				v->target += to->state != VIEW_OFF && to->state != VIEW_MUTED ? to->target : 0;
			}
			if (want->presets && want->knobs_of && !strcmp(want->knobs_of, s->pub.name))
				view_fill_presets(v, want->presets, s->pub.class->name);
			to++;
			*(gone ? &v->module_gone_n : &v->module_n) += 1;
		}
	return 0;
}

static int fill_outputs(struct view *v, struct engine *en, const struct view_want *want)
{
	struct view_output *to = arena_take(&v->arena, (en->outlet_n + 1) * sizeof *to);

	if (!to)
		return -1;
	v->outputs = to;
	for (int gone = 0; gone < 2; gone++)
		for (unsigned i = 0; i < en->outlet_n; i++) {
			if (en->outlets[i]->presence.present == gone)
				continue;
			fill_output(to++, &v->arena, en->outlets[i], asked(want->knobs_of, en->outlets[i]->pub.name));
			*(gone ? &v->output_gone_n : &v->output_n) += 1;
		}
	return 0;
}

/* What generators have to show beyond events. */
static void fill_shown(struct view *v, struct engine *en, const struct view_want *want)
{
	for (unsigned i = 0; i < en->slot_n; i++) {
		const struct slot *s = en->slots[i];

		if (s->presence.present && s->started && s->pub.class->show)
			s->pub.class->show(&s->pub, want, v);
	}
}

const struct view *view_make(struct engine *en, const char *scenario, const struct view_want *want)
{
	static const struct view_want nothing;
	struct view *v = calloc(1, sizeof *v);
	int64_t wall = clock_wall_ns();

	if (!v)
		return NULL;
	want = want ? want : &nothing;
	arena_init(&v->arena);
	v->references = 1;
	v->scenario = view_text(&v->arena, scenario);
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
	v->rate = view_series_copy(&v->arena, &en->rate);
	v->goal = view_series_copy(&v->arena, &en->target);
	fill_clock(v, en, wall);
	if (fill_modules(v, en, want, wall) < 0 || fill_outputs(v, en, want) < 0) {
		view_drop(v);
		return NULL;
	}
	v->tail_every = en->tail.every;
	if (want->tail)
		view_fill_tail(v, &en->tail, want->tail);
	view_fill_lens(v, en, want);
	view_fill_preview(v, en, want);
	fill_shown(v, en, want);
	sum_outputs(v);
	view_fill_changes(v, en->control);
	view_fill_log(v);
	name_limit(v, en, wall);
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
