/* Launches, steps and ends of flows. */
#include "entity/flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/permute.h"
#include "entity/eye.h"
#include "entity/flow_inside.h"

enum {
	ACTS_AT_ONCE = 16,              /* events of a flow in one go: then outputs get their turn */
	OPS_AT_ONCE = 20000,            /* steps without time passing: more is a loop that nobody meant */
	LOOPS_AT_ONCE = 1000000,
	SALTS = 1024 - CLASS_MOST,      /* the last are those of initial populations */
};

/* ---- begin and end ---- */

/* What the largest of the plans needs. */
static void measure(const struct plans *p, struct run_size *to)
{
	for (unsigned i = 0; i < p->model->flow_n; i++) {
		const struct plan *one = p->plans[i];

		if (!one)
			continue;
		to->variables = one->variable_n > to->variables ? one->variable_n : to->variables;
		to->lasts = one->last_n > to->lasts ? one->last_n : to->lasts;
		to->loops = one->loops > to->loops ? one->loops : to->loops;
		to->calls = one->calls > to->calls ? one->calls : to->calls;
	}
}

static struct flow_run *new_run(const struct run_size *size)
{
	struct flow_run *run = calloc(1, sizeof *run + size->lasts * sizeof *run->lasts + size->variables * sizeof *run->variables +
				      (size->loops + size->calls) * sizeof *run->left);

	if (!run)
		return NULL;
	run->lasts = (union content *)(run + 1);
	run->variables = (struct ref *)(run->lasts + size->lasts);
	run->left = (uint32_t *)(run->variables + size->variables);
	run->calls = run->left + size->loops;
	return run;
}

static struct flow_run *take_run(struct flows *f, struct err *e)
{
	struct flow_run *run = f->idle;

	if (run) {
		f->idle = run->next;
		return run;
	}
	if (f->run_n == f->run_room) {
		uint32_t room = f->run_room ? f->run_room * 2 : 64;
		struct flow_run **grown = realloc(f->runs, room * sizeof *grown);

		if (!grown)
			return err_memory(e), NULL;
		f->runs = grown;
		f->run_room = room;
	}
	run = new_run(&f->size);
	if (!run)
		return err_memory(e), NULL;
	/* Holders are numbers over all modules of the store. */
	if (store_enroll(f->plans.store, run, &run->number, e) < 0) {
		free(run);
		return NULL;
	}
	f->runs[f->run_n++] = run;
	return run;
}

static void give_back(struct flows *f, struct flow_run *run)
{
	run->active = false;
	run->next = f->idle;
	f->idle = run;
}

void flow_hold(struct flows *f, struct flow_run *run, unsigned variable, uint32_t id, bool lock)
{
	struct class *c = flow_class(run, variable);
	struct ref *r = &run->variables[variable];
	uint32_t bit = UINT32_C(1) << variable;

	/* The one that it holds under this name, looked at once more, stays held. */
	if (run->held & bit && r->id == id && entity_is(c, id, r->generation))
		return;
	/* Another one under the same name: the one before goes free. */
	if (run->held & bit && entity_is(c, r->id, r->generation) && entity_at(c, r->id)->holder == run->number + 1)
		class_release(c, r->id);
	run->held &= ~bit;
	*r = (struct ref){ id, entity_at(c, id)->generation };
	if (!lock)
		return;
	run->held |= bit;
	if (entity_at(c, id)->holder != run->number + 1)
		class_hold(c, id, run->number + 1);
	(void)f;
}

static void release_all(struct flow_run *run)
{
	for (unsigned v = 0; v < run->plan->variable_n; v++) {
		struct class *c = flow_class(run, v);
		const struct ref *r = &run->variables[v];

		if (run->held >> v & 1 && entity_is(c, r->id, r->generation) && entity_at(c, r->id)->holder == run->number + 1)
			class_release(c, r->id);
	}
	run->held = 0;
}

static void end_run(struct flows *f, struct flow_run *run, enum outcome how, const struct err *why)
{
	struct plan *p = f->plans.plans[run->plan->number];

	f->plans.store->now_ns = f->module->now_ns;
	release_all(run);
	for (unsigned i = 0; i < p->last_n; i++)
		if (expr_is_text(p->lasts[i].type) && !(run->nulls >> i & 1))
			texts_drop(&f->plans.store->texts, run->lasts[i].t);
	run->nulls = ~UINT32_C(0);
	p->completed += how == RUN_COMPLETED;
	p->stopped += how == RUN_STOPPED;
	p->dropped += how == RUN_DROPPED;
	p->lost += how == RUN_LOST;
	p->failed += how == RUN_FAILED;
	if (how == RUN_FAILED)
		p->why = *why;
	p->active--;
	f->active--;
	give_back(f, run);
}

/* ---- steps ---- */

static struct step_count *count_of(struct flows *f, const struct flow_op *op)
{
	static struct step_count nobody;
	struct plan *p = f->plans.plans[op->flow];

	return p && op->step ? &p->counts[op->step - 1] : &nobody;
}

/* All that the step asks for; otherwise what it asks for and nobody matches. */
static const struct choice *select_all(struct flows *f, struct flow_run *run, const struct choice *c, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		uint32_t id = flow_choose(f, &c[i], run, draws_next(&run->draws));

		if (id == NOBODY)
			return &c[i];
		flow_hold(f, run, c[i].variable, id, c[i].lock);
	}
	return NULL;
}

enum next { NEXT_ON, NEXT_WAITS, NEXT_ENDS };

static uint32_t branch_of(struct flow_run *run, const struct flow_op *op)
{
	double u = draws_unit(&run->draws);
	unsigned i = 0;

	while (i + 1 < op->arm_n && u >= op->shares[i])
		i++;
	return op->tos[i];
}

static int begin_wait(struct flows *f, struct flow_run *run, const struct flow_op *op, struct err *e)
{
	const struct held *h = flow_value(f, run, op, e);
	int64_t span;

	if (!h)
		return -1;
	span = flow_held_int(&op->value, h);
	run->still = span > 0 ? 0 : run->still + 1;
	if (run->still == OPS_AT_ONCE)
		return err_set(e, ERR_INPUT, "%d waits without time passing; one in a loop must be longer", OPS_AT_ONCE);
	if (__builtin_add_overflow(f->module->now_ns, span > 0 ? span : 0, &run->wakes_ns))
		return err_set(e, ERR_INPUT, "the wait leads beyond the last instant");
	run->waits = true;
	count_of(f, op)->waiting++;
	return module_wake_at(f->module, run->wakes_ns, run, e);
}

static int begin_loop(struct flows *f, struct flow_run *run, const struct flow_op *op, struct err *e)
{
	const struct held *h = flow_value(f, run, op, e);
	int64_t n;

	if (!h)
		return -1;
	n = flow_held_int(&op->value, h);
	run->left[op->slot] = (uint32_t)(n < 0 ? 0 : n > LOOPS_AT_ONCE ? LOOPS_AT_ONCE : n);
	if (!run->left[op->slot])
		run->pc = op->to;
	return 0;
}

static void retire(struct flow_run *run, unsigned variable)
{
	struct class *c = flow_class(run, variable);
	const struct ref *r = &run->variables[variable];

	if (entity_is(c, r->id, r->generation))
		class_retire(c, r->id);
	run->held &= ~(UINT32_C(1) << variable);
}

/* The operation at `pc`, and where it leads. -1: it cannot be done. */
static int do_op(struct flows *f, struct flow_run *run, const struct flow_op *op, enum next *next, enum outcome *how, struct err *e)
{
	const struct choice *lacks;
	const struct held *h;

	*next = NEXT_ON;
	run->pc++;
	count_of(f, op)->reached++;
	switch (op->kind) {
	case OP_ACT:
		return flow_act(f, run, op, e);
	case OP_SELECT:
		lacks = select_all(f, run, op->choices, op->choice_n);
		if (lacks) {
			flow_class(run, lacks->variable)->lost++;
			count_of(f, op)->lost++;
			run->pc = op->to;
		}
		return 0;
	case OP_WAIT:
		*next = NEXT_WAITS;
		return begin_wait(f, run, op, e);
	case OP_BRANCH:
		run->pc = branch_of(run, op);
		return 0;
	case OP_IF:
		h = flow_value(f, run, op, e);
		if (!h)
			return -1;
		run->pc = op->tos[flow_held_int(&op->value, h) ? 0 : 1];
		return 0;
	case OP_LOOP:
		return begin_loop(f, run, op, e);
	case OP_NEXT:
		if (--run->left[op->slot])
			run->pc = op->to;
		return 0;
	case OP_CALL:
		run->calls[run->depth++] = run->pc;
		run->pc = op->to;
		return 0;
	case OP_RETURN:
		run->pc = run->calls[--run->depth];
		return 0;
	case OP_GOTO:
		run->pc = op->to;
		return 0;
	case OP_RETIRE:
		retire(run, op->slot);
		return 0;
	case OP_END:
		*how = op->ends_flow ? RUN_STOPPED : RUN_COMPLETED;
		*next = NEXT_ENDS;
		return 0;
	}
	return 0;
}

/* On to the next wait or the end. */
static int go_on(struct flows *f, struct flow_run *run, struct err *e)
{
	unsigned acts = 0, ops = 0;
	enum outcome how = RUN_COMPLETED;
	enum next next = NEXT_ON;
	struct err why;

	f->plans.store->now_ns = f->module->now_ns;
	while (next == NEXT_ON) {
		const struct flow_op *op = &run->plan->ops[run->pc];
		int result;

		if (op->kind == OP_ACT && acts++ == ACTS_AT_ONCE) {
			run->wakes_ns = f->module->now_ns;
			return module_wake_at(f->module, run->wakes_ns, run, e);
		}
		result = ops++ < OPS_AT_ONCE ? do_op(f, run, op, &next, &how, &why) :
			 err_set(&why, ERR_INPUT, "%d steps without time passing; a wait is missing in a loop", OPS_AT_ONCE);
		if (result < 0 && why.code == ERR_MEMORY) {
			*e = why;
			return -1;
		}
		if (result < 0) {
			err_wrap(&why, "step %u", op->step);
			end_run(f, run, RUN_FAILED, &why);
			next = NEXT_WAITS;
		}
		store_step_done(f->plans.store);
		arena_reset(&f->arena);
	}
	if (next == NEXT_ENDS)
		end_run(f, run, how, NULL);
	return 0;
}

void flows_near(const struct flows *f, const void *what)
{
	const struct flow_run *run = what;

	for (unsigned v = 0; what != f && v < run->plan->variable_n; v++)
		if (run->variables[v].id != NOBODY)
			entity_fetch(flow_class(run, v), run->variables[v].id);
}

int flows_wake(struct flows *f, void *what, struct err *e)
{
	struct flow_run *run = what;
	const struct flow_op *op;

	if (what == f)
		return flow_populate(f, e);
	if (run->waits) {
		run->waits = false;
		op = &run->plan->ops[run->pc - 1];
		count_of(f, op)->waiting--;
		if (draws_unit(&run->draws) < *op->drop) {
			count_of(f, op)->dropped++;
			end_run(f, run, RUN_DROPPED, NULL);
			return 0;
		}
	}
	return go_on(f, run, e);
}

/* ---- launches ---- */

static bool eligible(struct flows *f, const struct plan *p)
{
	for (unsigned i = 0; i < p->entry_n; i++)
		if (!flow_could_choose(f, p, &p->entry[i]))
			return false;
	return true;
}

/* One of the flows whose bit is set, by weight. */
static int pick_flow(const struct flows *f, uint64_t among, double u)
{
	double sum = 0;
	int last = -1;

	for (unsigned i = 0; i < f->plans.model->flow_n; i++)
		if (among >> i & 1)
			sum += f->weights[i];
	u *= sum;
	for (unsigned i = 0; i < f->plans.model->flow_n; i++) {
		if (!(among >> i & 1) || !(f->weights[i] > 0))
			continue;
		last = (int)i;
		u -= f->weights[i];
		if (u < 0)
			break;
	}
	return last;
}

static uint64_t of_weight(const struct flows *f, bool only_eligible)
{
	uint64_t among = 0;

	for (unsigned i = 0; i < f->plans.model->flow_n; i++)
		if (f->plans.plans[i] && f->weights[i] > 0 && (!only_eligible || eligible((struct flows *)(uintptr_t)f, f->plans.plans[i])))
			among |= UINT64_C(1) << i;
	return among;
}

static void begin_run(struct flows *f, struct flow_run *run, struct plan *p)
{
	uint64_t id;

	run->plan = p;
	run->launch = p->launched;
	run->pc = run->depth = 0;
	run->rows = 0;
	run->waits = false;
	run->still = 0;
	run->held = 0;
	run->nulls = ~UINT32_C(0);
	run->row = f->pages[p->number] << 10;
	run->draws.state = rng_mix(f->keys[p->number] ^ rng_mix(run->launch));
	for (unsigned v = 0; v < p->variable_n; v++)
		run->variables[v] = (struct ref){ NOBODY, 0 };
	id = permute(f->id_key, UINT64_C(1) << 40, (run->launch & ((UINT64_C(1) << 30) - 1)) << 10 | f->salts[p->number]);
	for (unsigned i = 0; i < 8; i++)
		run->session[i] = "0123456789abcdefghjkmnpqrstvwxyz"[id >> 5 * i & 31];
	run->session[8] = '\0';
}

/* Its entities are held from now on; otherwise none of them, and this is what nobody matches. */
static const struct choice *enter(struct flows *f, struct flow_run *run, struct plan *p)
{
	const struct choice *lacks;

	begin_run(f, run, p);
	lacks = select_all(f, run, p->entry, p->entry_n);
	if (lacks)
		release_all(run);
	return lacks;
}

static int start_run(struct flows *f, struct flow_run *run, struct plan *p, struct err *e)
{
	p->recent[p->launched++ % RECENT] = f->module->now_ns + f->module->lead_ns;
	p->active++;
	f->active++;
	f->pages[p->number]++;
	run->active = true;
	run->started_ns = run->wakes_ns = f->module->now_ns + f->module->lead_ns;
	if (f->module->lead_ns > 0)
		return module_wake_at(f->module, run->started_ns, run, e);
	return go_on(f, run, e);
}

/* Nobody could be launched: it counts with one of the flows that would have been, by weight, and with what that lacks. `run`: to find out;
 * NULL: the ceiling was in the way. */
static void lose(struct flows *f, struct flow_run *run)
{
	int i = pick_flow(f, of_weight(f, false), (double)(rng_mix(f->keys[f->plans.model->flow_n] + f->launches) >> 11) * 0x1p-53);
	const struct choice *lacks;

	f->lost++;
	f->lost_full += !run;
	if (i < 0)
		return;
	f->plans.plans[i]->lost++;
	lacks = run ? enter(f, run, f->plans.plans[i]) : NULL;
	if (lacks)
		flow_class(run, lacks->variable)->lost++;
}

int flows_launch(struct flows *f, struct err *e)
{
	uint64_t among;
	struct flow_run *run;
	int i;

	f->launches++;
	f->plans.store->now_ns = f->module->now_ns;
	if (*f->max_active && f->active >= (uint64_t)*f->max_active) {
		lose(f, NULL);
		return 0;
	}
	run = take_run(f, e);
	if (!run)
		return -1;
	among = of_weight(f, true);
	while ((i = pick_flow(f, among, rng_unit(&f->module->rng))) >= 0) {
		if (!enter(f, run, f->plans.plans[i]))
			return start_run(f, run, f->plans.plans[i], e);
		among &= ~(UINT64_C(1) << i);
	}
	lose(f, run);
	give_back(f, run);
	return 0;
}

/* ---- the module ---- */

/* Ten bits for each flow, by its name; where two fall together the later one moves. */
static void salt_flows(struct flows *f)
{
	for (unsigned i = 0; i < f->plans.model->flow_n; i++) {
		uint32_t salt = (uint32_t)(rng_key(0, f->plans.model->flows[i].name, "salt", 0) % SALTS);

		for (unsigned k = 0; k < i; k++)
			if (f->salts[k] == salt) {
				salt = (salt + 1) % SALTS;
				k = UINT32_MAX;
			}
		f->salts[i] = salt;
	}
}

static bool uses(const struct plans *p, const struct class *c)
{
	for (unsigned i = 0; i < p->model->flow_n; i++)
		for (unsigned v = 0; p->plans[i] && v < p->plans[i]->variable_n; v++)
			if (p->plans[i]->variables[v].class == c)
				return true;
	return false;
}

/* Each class is populated by the first module whose flows know it; those that no flow knows by the first of all. */
static int take_classes(struct flows *f, const void **wrong, struct err *e)
{
	const struct model *m = f->plans.model;

	for (unsigned i = 0; i < m->class_n; i++) {
		struct class *c = &f->plans.store->classes[i];

		if (c->populated || !m->classes[i].initial || !(uses(&f->plans, c) || m->users == 0))
			continue;
		c->populated = true;
		f->initial[i] = plans_initial(&f->plans, i, wrong, e);
		if (!f->initial[i])
			return -1;
	}
	return module_wake_at(f->module, f->module->start_ns, f, e);
}

static int make_room(struct flows *f, struct err *e)
{
	unsigned n = f->plans.model->flow_n;

	f->keys = calloc(n + 1, sizeof *f->keys);
	f->salts = calloc(n + 1, sizeof *f->salts);
	f->pages = calloc(n + 1, sizeof *f->pages);
	f->initial = calloc(f->plans.model->class_n + 1, sizeof *f->initial);
	if (!f->keys || !f->salts || !f->pages || !f->initial)
		return err_memory(e);
	for (unsigned i = 0; i < n; i++)
		f->keys[i] = rng_key(f->module->seed, f->module->name, f->plans.model->flows[i].name, 0);
	f->keys[n] = rng_key(f->module->seed, f->module->name, "lost", 0);
	f->id_key = rng_key(f->module->seed, f->module->name, "flow id", 0);
	salt_flows(f);
	return 0;
}

int flows_start(struct flows *f, const bool *wanted, const void **wrong, struct err *e)
{
	struct model *m = (struct model *)(uintptr_t)f->plans.model;

	arena_init(&f->arena);
	if (!m->store && model_check(m, f->plans.world, NULL, NULL, e) < 0)
		return -1;
	f->plans.store = m->store;
	f->plans.module = f->module->name;
	if (make_room(f, e) < 0 || plans_compile(&f->plans, wanted, wrong, e) < 0 || take_classes(f, wrong, e) < 0)
		return -1;
	m->users++;
	f->counted = true;
	measure(&f->plans, &f->size);
	for (unsigned i = 0; i < f->plans.type_n; i++) {
		f->handles[i] = module_declare(f->module, &f->plans.types[i].schema, e);
		if (f->handles[i] < 0)
			return -1;
	}
	return 0;
}

void flows_stop(struct flows *f)
{
	struct model *m = (struct model *)(uintptr_t)f->plans.model;

	if (f->plans.store && f->plans.store->eye)
		eye_forget_types(f->plans.store->eye);
	for (uint32_t i = 0; i < f->run_n; i++) {
		/* What it holds is free for the flows of others. */
		if (f->runs[i]->active && f->counted && m->users > 1)
			release_all(f->runs[i]);
		f->plans.store->runs[f->runs[i]->number] = NULL;
		free(f->runs[i]);
	}
	free(f->runs);
	for (unsigned i = 0; f->initial && m && i < m->class_n; i++)
		plan_action_free(f->initial[i]);
	free(f->initial);
	free(f->keys);
	free(f->salts);
	free(f->pages);
	if (m)
		plans_free(&f->plans);
	arena_free(&f->arena);
	if (f->counted && --m->users == 0) {
		store_free(m->store);
		m->store = NULL;
	}
}
