/* Flows for the eye: where an event comes from, and how far launches come. */
#include "generators/flows.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "core/view.h"
#include "entity/step_text.h"

/* ---- an event ---- */

/* A key may be any text; here lines mean something. */
static void put_key(const struct class *c, uint32_t id, struct buf *to)
{
	size_t from = to->n;

	entity_text(c, entity_at(c, id), FIELD_KEY, to);
	for (size_t i = from; i < to->n; i++)
		if (to->data[i] == '\n' || to->data[i] == '\t')
			to->data[i] = ' ';
}

/* Those that the flow has, with their keys. */
static void put_entities(const struct flow_run *run, struct buf *to)
{
	const char *between = "has\t";

	for (unsigned v = 0; v < run->plan->variable_n; v++) {
		const struct class *c = run->plan->variables[v].class;
		const struct ref *r = &run->variables[v];

		if (r->id == NOBODY || !entity_is(c, r->id, r->generation))
			continue;
		buf_printf(to, "%s%s ", between, run->plan->variables[v].name);
		if (strcmp(run->plan->variables[v].name, c->def->name) != 0)
			buf_printf(to, "(%s) ", c->def->name);
		put_key(c, r->id, to);
		buf_text(to, run->held >> v & 1 ? " held" : "");
		between = ", ";
	}
	if (*between == ',')
		buf_char(to, '\n');
}

static void put_definition(const struct step_def *s, const struct event *ev, struct buf *to)
{
	buf_printf(to, "made by\tevents.%s", ev->schema->name);
	for (unsigned i = 0; s && i < s->with_n; i++)
		buf_printf(to, "%s%s", i ? ", " : ", with other ", s->with[i].name);
	buf_char(to, '\n');
}

static void explain_initial(const struct flows *f, const struct event *ev, struct buf *to)
{
	buf_printf(to, "flow\tnone: initial population of %s, number %llu\n", f->created, (unsigned long long)f->row + 1);
	put_definition(NULL, ev, to);
	buf_printf(to, "stream\tseed %llu, 'initial', '%s', row %llu\n", (unsigned long long)f->module->seed, f->created, (unsigned long long)f->row);
}

void flows_explain(const struct flows *f, const struct event *ev, struct buf *to)
{
	const struct flow_run *run = f->doing;
	const struct flow_def *at;
	const struct step_def *s;
	char started[NUM_TEXT];
	struct buf step;

	if (!f->at) {
		explain_initial(f, ev, to);
		return;
	}
	at = &f->plans.model->flows[f->at->flow];
	s = step_numbered(at, f->at->step);
	buf_init(&step, 4096);
	if (s)
		step_text(s, &step);
	buf_printf(to, "flow\t%s", run->plan->def->name);
	if (at != run->plan->def)
		buf_printf(to, ", called %s", at->name);
	buf_printf(to, ", step %u: %s\n", f->at->step, step.data);
	buf_free(&step);
	num_put_instant(started, run->started_ns, 3);
	buf_printf(to, "launch\t%llu of the flow, session %s, since %.12s\n", (unsigned long long)run->launch + 1, run->session, started + 11);
	put_entities(run, to);
	put_definition(s, ev, to);
	buf_printf(to, "stream\tseed %llu, '%s', '%s', row %llu\n", (unsigned long long)f->module->seed, f->module->name, run->plan->def->name,
		   (unsigned long long)f->row);
}

/* ---- the funnel ---- */

struct filling {
	const struct flow_def *def;
	const struct plan *plan;
	struct arena *arena;
	struct view_step *steps;
	unsigned n;
};

static const char *keep(struct arena *a, const char *text)
{
	const char *copy = arena_text(a, text);

	return copy ? copy : "";
}

/* Rows that the steps take: each of them, and a head for each arm but the body of a repetition. */
static unsigned rows_of(const struct step_def *s, unsigned n)
{
	unsigned rows = n;

	for (unsigned i = 0; i < n; i++)
		for (unsigned k = 0; k < s[i].arm_n; k++)
			rows += (s[i].kind != STEP_REPEAT) + rows_of(s[i].arms[k].steps, s[i].arms[k].n);
	return rows;
}

/* Its first step tells how many took an arm; of a single empty one the others do. */
static uint64_t taken(const struct filling *to, const struct step_def *s, unsigned arm)
{
	const struct step_count *counts = to->plan->counts;
	uint64_t left = counts[s->number - 1].reached;

	if (s->kind == STEP_SELECT)
		return counts[s->number - 1].lost;
	if (s->arms[arm].n)
		return counts[s->arms[arm].steps[0].number - 1].reached;
	for (unsigned i = 0; i < s->arm_n; i++)
		left -= s->arms[i].n ? counts[s->arms[i].steps[0].number - 1].reached : 0;
	return left;
}

static void put_arm(struct filling *to, const struct step_def *s, unsigned arm, unsigned depth)
{
	struct view_step *row = &to->steps[to->n++];
	char text[40];

	snprintf(text, sizeof text, "%s", s->kind == STEP_IF && !arm ? "then" : "else");
	if (s->kind == STEP_BRANCH)
		snprintf(text, sizeof text, "%.3g%%", s->arms[arm].share * 100);
	*row = (struct view_step){ .kind = VIEW_STEP_ARM, .text = keep(to->arena, text), .depth = depth, .reached = taken(to, s, arm),
				   .share = s->kind == STEP_BRANCH ? s->arms[arm].share : -1 };
}

static void put_step(struct filling *to, const struct step_def *s, unsigned depth)
{
	static const enum view_step_kind kinds[] = { [STEP_EVENT] = VIEW_STEP_EVENT, [STEP_SELECT] = VIEW_STEP_CHOICE, [STEP_WAIT] = VIEW_STEP_WAIT,
		[STEP_BRANCH] = VIEW_STEP_FORK, [STEP_IF] = VIEW_STEP_FORK, [STEP_REPEAT] = VIEW_STEP_FORK, [STEP_CALL] = VIEW_STEP_CALL,
		[STEP_RETIRE] = VIEW_STEP_CHANGE, [STEP_STOP] = VIEW_STEP_END };
	const struct step_count *c = &to->plan->counts[s->number - 1];
	struct view_step *row = &to->steps[to->n++];
	char name[80];
	struct buf b;

	buf_init(&b, 4096);
	step_text(s, &b);
	*row = (struct view_step){ .kind = s->kind == STEP_EVENT && !s->event ? VIEW_STEP_CHANGE : kinds[s->kind], .text = keep(to->arena, b.data),
				   .number = s->number, .depth = depth, .reached = c->reached, .passed = c->reached - c->waiting,
				   .dropped = c->dropped, .lost = c->lost, .waiting = c->waiting,
				   .goes_on = s->else_goes_on, .share = -1 };
	buf_free(&b);
	if (s->kind == STEP_WAIT && s->drop > 0) {
		snprintf(name, sizeof name, "drops.%.60s.%u", to->def->name, s->number);
		row->fader = keep(to->arena, name);
	}
}

static void put_steps(struct filling *to, const struct step_def *s, unsigned n, unsigned depth)
{
	for (unsigned i = 0; i < n; i++) {
		put_step(to, &s[i], depth);
		for (unsigned k = 0; k < s[i].arm_n; k++) {
			bool head = s[i].kind != STEP_REPEAT;

			if (s[i].kind == STEP_IF && k && !s[i].arms[k].n)
				continue;
			if (head)
				put_arm(to, &s[i], k, depth + 1);
			put_steps(to, s[i].arms[k].steps, s[i].arms[k].n, depth + 1 + head);
		}
	}
}

static double rate_of(const struct plan *p, int64_t now_ns)
{
	uint64_t n = p->launched < RECENT ? p->launched : RECENT;
	int64_t since = n ? now_ns - p->recent[(p->launched - n) % RECENT] : 0;

	return n > 1 && since > 0 ? (double)(n - 1) * 1e9 / (double)since : 0;
}

static void put_flow(const struct flows *f, unsigned i, bool steps, struct arena *a, struct view_flow *to)
{
	const struct plan *p = f->plans.plans[i];
	struct filling filling = { .def = p->def, .plan = p, .arena = a };
	double sum = 0;
	char name[80];

	for (unsigned k = 0; k < f->plans.model->flow_n; k++)
		sum += f->plans.plans[k] ? f->weights[k] : 0;
	snprintf(name, sizeof name, "flows.%.60s", p->def->name);
	*to = (struct view_flow){ .module = keep(a, f->module->name), .name = keep(a, p->def->name), .fader = keep(a, name), .weight = f->weights[i],
				  .share = sum > 0 ? f->weights[i] / sum : 0, .launched = p->launched, .active = p->active, .completed = p->completed,
				  .dropped = p->dropped, .stopped = p->stopped, .failed = p->failed, .lost = p->lost,
				  .entered = p->counts[0].reached, .rate = rate_of(p, f->module->now_ns), .why = keep(a, p->failed ? p->why.text : "") };
	if (!steps)
		return;
	filling.steps = arena_take(a, (rows_of(p->def->steps, p->def->n) + 1) * sizeof *filling.steps);
	if (filling.steps)
		put_steps(&filling, p->def->steps, p->def->n, 0);
	to->steps = filling.steps;
	to->step_n = filling.n;
}

void flows_show(const struct flows *f, const struct view_want *want, struct view *v)
{
	struct view_flow *all;

	if (!want->flows_of || !f->plans.plans || (strcmp(want->flows_of, f->module->name) != 0 && strcmp(want->flows_of, VIEW_ALL_KNOBS) != 0))
		return;
	all = arena_take(&v->arena, (v->flow_n + f->plans.model->flow_n + 1) * sizeof *all);
	if (!all)
		return;
	if (v->flow_n)
		memcpy(all, v->flows, v->flow_n * sizeof *all);
	for (unsigned i = 0; i < f->plans.model->flow_n; i++)
		if (f->plans.plans[i])
			put_flow(f, i, !want->flow || strcmp(want->flow, f->plans.model->flows[i].name) == 0, &v->arena, &all[v->flow_n++]);
	v->flows = all;
}
