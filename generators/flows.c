/*
 * Flows: weighted walks over entities, as the scenario describes them (entity/model.h). An arrival launches one of them; what they wait
 * for and what they change is in entity/flow.h. This file is their module: parameters, faders, accounts.
 */
#include "entity/flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/words.h"
#include "entity/hands.h"
#include "entity/look.h"
#include "generators/flows.h"
#include "generators/table.h"

struct opts {
	char *flows, *drops;
	int64_t max_active;
};

enum { KNOB = 80 };

static const struct param params[] = {
	P_PAIRS(struct opts, flows, .flags = PARAM_LIST, .help = "Which flows of the scenario, as a list or with the weight of each, which is a knob of its own: "
		"flows.FLOW; empty means all, with their own, but for those of weight 0 that others call."),
	P_PAIRS(struct opts, drops, .help = "How many end at the waits of a flow, by FLOW.STEP, each a knob of its own: drops.FLOW.STEP."),
	P_INT(struct opts, max_active, 0, 10000000, 0, .flags = PARAM_LIVE | PARAM_LOG, .help = "Flows under way at once; launches beyond it are lost; 0 is no "
	      "ceiling."),
	P_ACTION("entity", .help = "Changes one entity by hand: `entity edit user u-1 orders=3`; also release, retire and clone."),
	P_END
};

/* Faders: rows that are made of the model, with their names and values. */
struct faders {
	struct param *rows;
	char (*names)[KNOB];
	double *values;
	unsigned n;
};

struct state {
	struct flows flows;
	struct faders weights, drops;
	bool wanted[FLOW_MOST + 1];
	unsigned drop_at[FLOW_MOST + 1];
	double *all_drops;              /* of each step of each flow */
	const double **fader_of;        /* of a step, or NULL */
	unsigned step_n;
	bool chosen;                    /* the options were right and everything above is as they say */
	struct look *look;              /* of the eye; made when entities are looked at */
};

static const struct model *model_of(const struct module *m)
{
	const struct world *w = m->world;

	return w ? w->model : NULL;
}

/* ---- faders ---- */

static void free_faders(struct faders *f)
{
	free(f->rows);
	free(f->names);
	free(f->values);
	*f = (struct faders){ 0 };
}

static bool new_faders(struct faders *f, unsigned most)
{
	free_faders(f);
	f->rows = calloc(most + 1, sizeof *f->rows);
	f->names = calloc(most + 1, sizeof *f->names);
	f->values = calloc(most + 1, sizeof *f->values);
	if (f->rows && f->names && f->values)
		return true;
	free_faders(f);
	return false;
}

static void add_fader(struct faders *f, enum param_type type, double value, const char *help, const char *name)
{
	unsigned i = f->n++;

	snprintf(f->names[i], sizeof f->names[i], "%s", name);
	f->values[i] = value;
	f->rows[i] = (struct param){ .name = f->names[i], .type = type, .flags = PARAM_LIVE | PARAM_PART, .offset = i * sizeof(double), .max = 1, .def = value,
				     .help = help };
	f->rows[i + 1] = (struct param)P_END;
}

static void add_weight(struct state *st, const struct flow_def *def, double weight)
{
	char name[KNOB];

	snprintf(name, sizeof name, "flows.%.60s", def->name);
	add_fader(&st->weights, PARAM_REAL, weight, "Weight of this flow among those that are launched.", name);
}

static void add_drop(struct state *st, const struct flow_def *def, const struct step_def *s)
{
	char name[KNOB];

	snprintf(name, sizeof name, "drops.%.60s.%u", def->name, s->number);
	add_fader(&st->drops, PARAM_SHARE, s->drop, "How many of the flow end here.", name);
}

struct pair {
	char key[KNOB], value[40];
};

static bool next_pair(const char **pairs, struct pair *to)
{
	struct word_pair p;

	if (!words_next_pair(pairs, &p))
		return false;
	snprintf(to->key, sizeof to->key, "%.*s", (int)(p.key_n < KNOB ? p.key_n : KNOB), p.key);
	snprintf(to->value, sizeof to->value, "%.*s", (int)(p.value_n < 40 ? p.value_n : 40), p.value);
	return true;
}

/* The flows that the module has; in their order in the option, or in the scenario. */
static bool choose_flows(struct module *m, struct err *e)
{
	struct state *st = m->state;
	const struct opts *opt = m->opts;
	const struct model *model = model_of(m);
	const char *pairs = opt->flows;
	double most = 1;
	struct pair p;

	memset(st->wanted, 0, sizeof st->wanted);
	if (!new_faders(&st->weights, model->flow_n))
		return err_memory(e), false;
	for (unsigned i = 0; !*pairs && i < model->flow_n; i++) {
		if (model->flows[i].part)
			continue;
		st->wanted[i] = true;
		add_weight(st, &model->flows[i], model->flows[i].weight);
	}
	while (next_pair(&pairs, &p)) {
		const struct flow_def *def = model_flow(model, p.key, e);
		double weight = def ? def->weight : 0;

		if (!def)
			return err_wrap(e, "flows"), false;
		if (*p.value && (num_real(p.value, &weight, NULL) < 0 || !(weight >= 0) || weight > 1e9))
			return err_set(e, ERR_INPUT, "flows: the weight of '%s' must be a number from 0, not '%s'", p.key, p.value), false;
		if (st->wanted[def - model->flows])
			return err_set(e, ERR_INPUT, "flows: '%s' is there twice", p.key), false;
		st->wanted[def - model->flows] = true;
		add_weight(st, def, weight);
	}
	for (unsigned i = 0; i < st->weights.n; i++)
		most = st->weights.values[i] > most ? st->weights.values[i] : most;
	for (unsigned i = 0; i < st->weights.n; i++)
		st->weights.rows[i].max = 10 * most;
	return true;
}

static void count_drops(const struct step_def *s, unsigned n, unsigned *count)
{
	for (unsigned i = 0; i < n; i++) {
		*count += s[i].kind == STEP_WAIT && s[i].drop > 0;
		for (unsigned k = 0; k < s[i].arm_n; k++)
			count_drops(s[i].arms[k].steps, s[i].arms[k].n, count);
	}
}

static void add_drops(struct state *st, const struct flow_def *def, unsigned at, const struct step_def *s, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		st->all_drops[at + s[i].number - 1] = s[i].drop;
		if (s[i].kind == STEP_WAIT && s[i].drop > 0) {
			st->fader_of[at + s[i].number - 1] = &st->drops.values[st->drops.n];
			add_drop(st, def, &s[i]);
		}
		for (unsigned k = 0; k < s[i].arm_n; k++)
			add_drops(st, def, at, s[i].arms[k].steps, s[i].arms[k].n);
	}
}

/* A flow and those that it calls. */
static void reach(const struct model *model, const struct flow_def *def, bool *reached);

static void reach_steps(const struct model *model, const struct step_def *s, unsigned n, bool *reached)
{
	for (unsigned i = 0; i < n; i++) {
		const struct flow_def *called = s[i].kind == STEP_CALL ? model_flow(model, s[i].name, NULL) : NULL;

		if (called)
			reach(model, called, reached);
		for (unsigned k = 0; k < s[i].arm_n; k++)
			reach_steps(model, s[i].arms[k].steps, s[i].arms[k].n, reached);
	}
}

static void reach(const struct model *model, const struct flow_def *def, bool *reached)
{
	if (reached[def - model->flows])
		return;
	reached[def - model->flows] = true;
	reach_steps(model, def->steps, def->n, reached);
}

static bool choose_drops(struct module *m, struct err *e)
{
	struct state *st = m->state;
	const struct opts *opt = m->opts;
	const struct model *model = model_of(m);
	const char *pairs = opt->drops;
	unsigned most = 0, at = 0;
	bool reached[FLOW_MOST + 1] = { false };
	struct pair p;

	for (unsigned i = 0; i < model->flow_n; i++) {
		if (st->wanted[i])
			reach(model, &model->flows[i], reached);
		st->drop_at[i] = at;
		at += model->flows[i].step_n;
		count_drops(model->flows[i].steps, model->flows[i].n, &most);
	}
	free(st->all_drops);
	free(st->fader_of);
	st->all_drops = calloc(at + 1, sizeof *st->all_drops);
	st->fader_of = calloc(at + 1, sizeof *st->fader_of);
	if (!st->all_drops || !st->fader_of || !new_faders(&st->drops, most))
		return err_memory(e), false;
	st->step_n = at;
	for (unsigned i = 0; i < model->flow_n; i++)
		if (reached[i])
			add_drops(st, &model->flows[i], st->drop_at[i], model->flows[i].steps, model->flows[i].n);
	while (next_pair(&pairs, &p)) {
		unsigned i = 0;

		while (i < st->drops.n && strcmp(st->drops.names[i] + strlen("drops."), p.key) != 0)
			i++;
		if (i == st->drops.n)
			return err_set(e, ERR_INPUT, "drops: '%s' is no wait with a drop, like FLOW.3 for the third step of a flow", p.key), false;
		if (num_real(p.value, &st->drops.values[i], NULL) < 0 || !(st->drops.values[i] >= 0 && st->drops.values[i] <= 1))
			return err_set(e, ERR_INPUT, "drops: %s must be 0%% to 100%%, not '%s'", p.key, p.value), false;
	}
	return true;
}

/* What the knobs say, where the flows read it. */
static void apply(struct module *m)
{
	struct state *st = m->state;
	const struct model *model = model_of(m);

	for (unsigned i = 0; i < model->flow_n; i++)
		for (unsigned k = 0; k < st->weights.n; k++)
			if (strcmp(st->weights.names[k] + strlen("flows."), model->flows[i].name) == 0)
				st->flows.weights[i] = st->weights.values[k];
	for (unsigned i = 0; i < st->step_n; i++)
		if (st->fader_of[i])
			st->all_drops[i] = *st->fader_of[i];
}

static void parts(struct module *m)
{
	struct state *st = m->state;

	/* Rows that are lent are taken back before they are made anew. */
	module_lend(m, "flows", NULL, NULL);
	module_lend(m, "drops", NULL, NULL);
	st->chosen = model_of(m) && choose_flows(m, NULL) && choose_drops(m, NULL);
	if (!st->chosen)
		return;
	module_lend(m, "flows", st->weights.rows, st->weights.values);
	module_lend(m, "drops", st->drops.n ? st->drops.rows : NULL, st->drops.values);
}

static void changed(struct module *m, const struct param *p)
{
	if (p->flags & PARAM_PART)
		apply(m);
}

/* ---- entities ---- */

static int act(struct module *m, const struct param *p, const char *argument, struct buf *back, struct err *e)
{
	struct state *st = m->state;

	(void)p;
	return hands_act(st->flows.plans.store, argument, m->now_ns, back, e);
}

static uint64_t entities(const struct module *m)
{
	const struct model *model = model_of(m);
	uint64_t n = 0;

	for (unsigned i = 0; model && model->store && i < model->store->class_n; i++)
		n += model->store->classes[i].live;
	return n;
}

/* Its flows; and, since all modules share the store, the first one shows that. */
static void show(const struct module *m, const struct view_want *want, struct view *v)
{
	struct state *st = m->state;

	flows_show(&st->flows, want, v);
	if (!look_is_wanted(want, v))
		return;
	if (!st->look)
		st->look = look_new(st->flows.plans.store, m->world);
	if (st->look)
		look_show(st->look, m->name, want, v);
}

/* ---- the module ---- */

static int start(struct module *m, struct err *e)
{
	struct state *st = m->state;
	const struct opts *opt = m->opts;
	const struct model *model = model_of(m);
	const void *place;

	if (!model || !model->flow_n)
		return err_set(e, ERR_INPUT, "there is nothing to do: the scenario has no `flows:`");
	if (!st->chosen && (!choose_flows(m, e) || !choose_drops(m, e)))
		return -1;
	st->flows.module = m;
	st->flows.plans.model = model;
	st->flows.plans.world = m->world;
	st->flows.plans.drops = st->all_drops;
	st->flows.plans.drop_at = st->drop_at;
	st->flows.max_active = &opt->max_active;
	st->flows.weights = calloc(model->flow_n + 1, sizeof *st->flows.weights);
	if (!st->flows.weights)
		return err_memory(e);
	apply(m);
	return flows_start(&st->flows, st->wanted, &place, e);
}

static int make(struct module *m, struct err *e)
{
	return flows_launch(&((struct state *)m->state)->flows, e);
}

static int wake(struct module *m, void *what, struct err *e)
{
	return flows_wake(&((struct state *)m->state)->flows, what, e);
}

static void near(const struct module *m, const void *what)
{
	flows_near(&((const struct state *)m->state)->flows, what);
}

static void dump(const struct module *m, struct buf *b)
{
	const struct state *st = m->state;
	const struct model *model = model_of(m);

	buf_text(b, "flow,weight,launched,active,completed,dropped,stopped,failed,lost\n");
	for (unsigned i = 0; model && i < model->flow_n; i++) {
		const struct plan *p = st->flows.plans.plans ? st->flows.plans.plans[i] : NULL;

		if (p)
			buf_printf(b, "%s,%g,%llu,%llu,%llu,%llu,%llu,%llu,%llu\n", model->flows[i].name, st->flows.weights[i], (unsigned long long)p->launched,
				   (unsigned long long)p->active, (unsigned long long)p->completed, (unsigned long long)p->dropped,
				   (unsigned long long)p->stopped, (unsigned long long)p->failed, (unsigned long long)p->lost);
	}
}

static void explain(const struct module *m, const struct event *ev, struct buf *to)
{
	flows_explain(&((const struct state *)m->state)->flows, ev, to);
}

static void stop(struct module *m)
{
	struct state *st = m->state;

	look_free(st->look);
	flows_stop(&st->flows);
	free(st->flows.weights);
	free_faders(&st->weights);
	free_faders(&st->drops);
	free(st->all_drops);
	free(st->fader_of);
}

const struct generator_class generator_flows = {
	.name = "flows", .summary = "flows over entities with state, as a scenario describes them", .params = params, .describes = true, .together = true,
	.early = true, .parts = parts, .opts_size = sizeof(struct opts), .state_size = sizeof(struct state), .start = start, .make = make, .wake = wake, .near = near,
	.changed = changed, .act = act, .explain = explain, .dump = dump, .entities = entities, .show = show, .stop = stop,
};
