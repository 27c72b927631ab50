/* Steps to operations: order, jumps, and what is known at each place. */
#include "entity/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/num.h"
#include "entity/plan_inside.h"

/* ---- pieces ---- */

static struct flow_op *emit(struct builder *b, enum op_kind kind, const struct step_def *s)
{
	struct plan *p = b->plan;

	if (p->op_n == p->op_room) {
		unsigned room = p->op_room ? p->op_room * 2 : 16;
		struct flow_op *grown = realloc(p->ops, room * sizeof *grown);

		if (!grown) {
			err_memory(b->e);
			return NULL;
		}
		p->ops = grown;
		p->op_room = room;
	}
	p->ops[p->op_n] = (struct flow_op){ .kind = kind, .step = s ? s->number : 0, .flow = b->flow };
	return &p->ops[p->op_n++];
}

/* The flow owns it; NULL: it was refused, which only matters when types are known and nobody was told. */
static bool own(struct builder *b, struct action *a)
{
	if (!a)
		return b->mode == MODE_GUESS || b->told;
	a->next = b->plan->actions;
	b->plan->actions = a;
	return true;
}

static struct choice *own_choices(struct builder *b, unsigned n)
{
	struct choice *c = calloc(n ? n : 1, sizeof *c);
	struct choices *list = malloc(sizeof *list);

	if (!c || !list) {
		free(c);
		free(list);
		err_memory(b->e);
		return NULL;
	}
	*list = (struct choices){ .next = b->plan->choices, .at = c, .n = n };
	b->plan->choices = list;
	for (unsigned i = 0; i < n; i++)
		c[i].where.join = -1;
	return c;
}

static void merge(struct known *to, const struct known *other)
{
	if (other->over)
		return;
	if (to->over) {
		*to = *other;
		return;
	}
	to->sure &= other->sure;
	to->maybe |= other->maybe;
	to->waited &= other->waited;
	for (unsigned i = 0; i < other->last_n; i++) {
		unsigned k = 0;

		while (k < to->last_n && to->lasts[k] != other->lasts[i])
			k++;
		if (k == to->last_n && k < KNOWN_LASTS)
			to->lasts[to->last_n++] = other->lasts[i];
	}
}

/* ---- steps ---- */

static int steps(struct builder *b, const struct step_def *s, unsigned n, bool tail);

static int act(struct builder *b, const struct step_def *s)
{
	struct action *a = plan_action(b, s);
	struct flow_op *op;

	if (!own(b, a))
		return -1;
	/* Not even guessed: names that it would have brought are known all the same. */
	if (!a && s->created) {
		int v = plan_new_variable(b, s->create, s->created);

		if (v >= 0)
			b->known.maybe |= UINT32_C(1) << v;
	}
	op = a ? emit(b, OP_ACT, s) : NULL;
	if (op)
		op->act = a;
	return op || !a ? 0 : -1;
}

static int choose(struct builder *b, const struct step_def *s, bool tail)
{
	struct choice *c = own_choices(b, s->select_n);
	struct flow_op *op = c ? emit(b, OP_SELECT, s) : NULL;
	uint32_t at, jump;
	struct known before = b->known, otherwise;

	if (!op)
		return -1;
	at = b->plan->op_n - 1;
	op->choices = c;
	op->choice_n = s->select_n;
	for (unsigned i = 0; i < s->select_n; i++)
		if (plan_choice(b, &s->selects[i], &c[i]) < 0)
			return -1;
	before.maybe |= b->known.maybe;         /* of several, some may have been found */
	if (s->else_goes_on) {
		b->plan->ops[at].to = b->plan->op_n;
		merge(&b->known, &before);
		return 0;
	}
	if (!emit(b, OP_GOTO, NULL))
		return -1;
	jump = b->plan->op_n - 1;
	b->plan->ops[at].to = b->plan->op_n;
	otherwise = b->known;
	b->known = before;
	if (s->arm_n && steps(b, s->arms[0].steps, s->arms[0].n, tail) < 0)
		return -1;
	op = b->known.over ? NULL : emit(b, OP_END, NULL);
	if (op)
		op->ends_flow = true;
	else if (!b->known.over)
		return -1;
	b->known = otherwise;
	b->plan->ops[jump].to = b->plan->op_n;
	return 0;
}

/* A number, truth or time of the step itself. */
static int value(struct builder *b, const struct step_def *s, const char *what, enum type wanted, struct flow_op *op)
{
	uint32_t at = (uint32_t)(op - b->plan->ops);
	struct field_def def = s->value;
	struct action *a;
	const struct expr_name *v;

	def.name = what;
	a = plan_value(b, &def);
	if (!own(b, a))
		return -1;
	if (!a)
		return 0;
	v = &a->extras[0].value;
	op = &b->plan->ops[at];
	op->act = a;
	op->value = (struct source){ .leaf = -1, .type = v->type, .scale = v->scale };
	if (v->type == wanted || v->type == TYPE_NULL)
		return 0;
	if (wanted == TYPE_SPAN)
		err_set(b->e, ERR_INPUT, "must be a duration like 30s or ${lognormal(15s, 0.5)}, not %s", type_names[v->type]);
	else
		err_set(b->e, ERR_INPUT, "must be %s, not %s", wanted == TYPE_BOOL ? "true or false" : "a whole number", type_names[v->type]);
	return b->mode == MODE_GUESS ? 0 : plan_wrong(b, s->value.place);
}

static int wait_for(struct builder *b, const struct step_def *s)
{
	struct flow_op *op = emit(b, OP_WAIT, s);
	const struct plans *p = b->p;
	int64_t span;

	if (!op)
		return -1;
	op->drop = p->drops ? &p->drops[p->drop_at[b->flow] + s->number - 1] : &s->drop;
	if (num_span(s->value.text, &span, NULL) < 0 || span > 0)
		b->known.waited = ~UINT32_C(0);
	return value(b, s, "wait", TYPE_SPAN, op);
}

/* Arms one behind the other, each with a jump to the end. */
static int arms(struct builder *b, const struct step_def *s, uint32_t at, bool tail)
{
	struct known before = b->known, after = { .over = true };
	uint32_t ends[ARM_MOST];

	for (unsigned i = 0; i < s->arm_n; i++) {
		b->known = before;
		b->plan->ops[at].tos[i] = b->plan->op_n;
		if (steps(b, s->arms[i].steps, s->arms[i].n, tail) < 0 || !emit(b, OP_GOTO, NULL))
			return -1;
		ends[i] = b->plan->op_n - 1;
		merge(&after, &b->known);
	}
	for (unsigned i = 0; i < s->arm_n; i++)
		b->plan->ops[ends[i]].to = b->plan->op_n;
	b->known = after;
	return 0;
}

static int branch(struct builder *b, const struct step_def *s, bool tail)
{
	struct flow_op *op = emit(b, s->kind == STEP_IF ? OP_IF : OP_BRANCH, s);
	uint32_t at = b->plan->op_n - 1;
	double sum = 0;

	if (!op)
		return -1;
	op->arm_n = s->arm_n;
	for (unsigned i = 0; i < s->arm_n; i++)
		op->shares[i] = sum += s->arms[i].share;
	if (s->kind == STEP_IF && value(b, s, "if", TYPE_BOOL, op) < 0)
		return -1;
	return arms(b, s, at, tail);
}

static int repeat(struct builder *b, const struct step_def *s)
{
	struct flow_op *op = emit(b, OP_LOOP, s);
	uint32_t at = b->plan->op_n - 1;
	struct known before = b->known;

	if (!op)
		return -1;
	if (b->loops == LOOP_MOST)
		return err_set(b->e, ERR_INPUT, "more than %d repetitions in one another", LOOP_MOST), plan_wrong(b, s->place);
	op->slot = b->loops++;
	b->plan->loops = b->loops > b->plan->loops ? b->loops : b->plan->loops;
	if (value(b, s, "repeat", TYPE_INT, op) < 0 || steps(b, s->arms[0].steps, s->arms[0].n, false) < 0)
		return -1;
	op = emit(b, OP_NEXT, NULL);
	if (!op)
		return -1;
	op->slot = b->plan->ops[at].slot;
	op->to = at + 1;
	b->plan->ops[at].to = b->plan->op_n;
	b->loops--;
	merge(&b->known, &before);
	return 0;
}

/* One that is being compiled: the call leads back. */
static int lead_back(struct builder *b, const struct step_def *s, unsigned level, bool tail)
{
	struct flow_op *op;

	if (!tail)
		err_set(b->e, ERR_INPUT, "the call leads back to flow '%s', which is possible as its last step only", s->name);
	else if (!(b->known.waited >> level & 1))
		err_set(b->e, ERR_INPUT, "the call leads back to flow '%s' without time passing: there must be a wait on every way", s->name);
	else if ((op = emit(b, OP_GOTO, s))) {
		op->to = b->stack[level].entry;
		b->known.over = true;
		return 0;
	}
	return plan_wrong(b, s->place);
}

static int selections(struct builder *b, const struct flow_def *def)
{
	struct step_def s = { .kind = STEP_SELECT, .place = def->place };
	unsigned n = 0;
	struct select_def *missing = arena_take(&b->p->arena, (def->select_n + 1) * sizeof *missing);

	if (!missing)
		return err_memory(b->e);
	for (unsigned i = 0; i < def->select_n; i++)
		if (plan_variable(b, def->selects[i].name) < 0)
			missing[n++] = def->selects[i];
	s.selects = missing;
	s.select_n = n;
	return n ? choose(b, &s, false) : 0;
}

static int enter(struct builder *b, const struct step_def *s, const struct flow_def *def, bool tail)
{
	unsigned caller = b->flow;
	int result;

	if (b->depth > CALL_MOST)
		return err_set(b->e, ERR_INPUT, "more than %d calls within calls", CALL_MOST), plan_wrong(b, s->place);
	b->stack[b->depth].flow = b->flow = (unsigned)(def - b->p->model->flows);
	b->stack[b->depth].entry = b->plan->op_n;
	b->known.waited &= ~(UINT32_C(1) << b->depth++);
	result = selections(b, def) < 0 ? -1 : steps(b, def->steps, def->n, tail);
	b->depth--;
	b->flow = caller;
	return result;
}

/* The other flow's steps stand where they are called: as the rest of the flow, or behind a jump that leads past them. */
static int call(struct builder *b, const struct step_def *s, bool tail)
{
	const struct flow_def *def = model_flow(b->p->model, s->name, b->e);
	struct flow_op *op;
	uint32_t jump;

	if (!def)
		return plan_wrong(b, s->place);
	for (unsigned i = 0; i < b->depth; i++)
		if (b->p->model->flows + b->stack[i].flow == def)
			return lead_back(b, s, i, tail);
	if (tail) {
		/* It does nothing but count. */
		op = emit(b, OP_GOTO, s);
		if (!op)
			return -1;
		op->to = b->plan->op_n;
		if (enter(b, s, def, true) < 0)
			return -1;
		if (!b->known.over && !emit(b, OP_END, NULL))
			return -1;
		b->known.over = true;
		return 0;
	}
	if (!emit(b, OP_CALL, s) || !emit(b, OP_GOTO, NULL))
		return -1;
	b->plan->calls = b->depth > b->plan->calls ? b->depth : b->plan->calls;
	jump = b->plan->op_n - 1;
	b->plan->ops[jump - 1].to = b->plan->op_n;
	if (enter(b, s, def, false) < 0 || !emit(b, OP_RETURN, NULL))
		return -1;
	b->plan->ops[jump].to = b->plan->op_n;
	return 0;
}

static int retire(struct builder *b, const struct step_def *s)
{
	int v = plan_variable(b, s->name);
	struct flow_op *op;

	if (v < 0)
		return plan_unknown_variable(b, s->name, s->place);
	op = emit(b, OP_RETIRE, s);
	if (!op)
		return -1;
	op->slot = (unsigned)v;
	b->known.sure &= ~(UINT32_C(1) << v);
	b->known.maybe &= ~(UINT32_C(1) << v);
	return 0;
}

static int stop(struct builder *b, const struct step_def *s)
{
	struct flow_op *op = emit(b, OP_END, s);

	if (!op)
		return -1;
	op->ends_flow = true;
	b->known.over = true;
	return 0;
}

static int step(struct builder *b, const struct step_def *s, bool tail)
{
	snprintf(b->p->owner, sizeof b->p->owner, "flow '%.60s', step %u", b->p->model->flows[b->flow].name, s->number);
	if (b->known.over)
		return err_set(b->e, ERR_INPUT, "nothing comes here: the flow has ended before"), plan_wrong(b, s->place);
	switch (s->kind) {
	case STEP_EVENT: return act(b, s);
	case STEP_SELECT: return choose(b, s, tail);
	case STEP_WAIT: return wait_for(b, s);
	case STEP_BRANCH:
	case STEP_IF: return branch(b, s, tail);
	case STEP_REPEAT: return repeat(b, s);
	case STEP_CALL: return call(b, s, tail);
	case STEP_RETIRE: return retire(b, s);
	case STEP_STOP: return stop(b, s);
	}
	return 0;
}

static int steps(struct builder *b, const struct step_def *s, unsigned n, bool tail)
{
	for (unsigned i = 0; i < n; i++)
		if (step(b, &s[i], tail && i + 1 == n) < 0)
			return -1;
	return 0;
}

/* ---- a flow ---- */

static void plan_free(struct plan *p)
{
	if (!p)
		return;
	for (struct action *a = p->actions, *next; a; a = next) {
		next = a->next;
		plan_action_free(a);
	}
	for (struct choices *l = p->choices, *next; l; l = next) {
		next = l->next;
		for (unsigned i = 0; i < l->n; i++)
			where_free(&l->at[i].where);
		free(l->at);
		free(l);
	}
	free(p->ops);
	free(p->counts);
	free(p);
}

/* Which field of each event fills what the flow remembers. */
static void map_lasts(struct plan *p)
{
	for (struct action *a = p->actions; a; a = a->next)
		for (unsigned k = 0; k < p->last_n && a->type >= 0; k++)
			for (unsigned i = 0; i < a->def.n; i++) {
				uint8_t scale;
				enum type type;

				record_value(a->record, i, &type, &scale);
				if (strcmp(a->def.fields[i].name, p->lasts[k].name) == 0 && type == p->lasts[k].type && scale == p->lasts[k].scale)
					a->lasts[k] = (int)i;
			}
}

int plan_flow(struct builder *b, const struct flow_def *def)
{
	struct plan *p = calloc(1, sizeof *p);

	b->plan = p;
	if (!p || !(p->counts = calloc(def->step_n + 1, sizeof *p->counts)))
		return err_memory(b->e);
	snprintf(b->p->owner, sizeof b->p->owner, "flow '%.60s'", def->name);
	p->def = def;
	p->number = b->flow = (unsigned)(def - b->p->model->flows);
	b->known = (struct known){ 0 };
	b->stack[0].flow = b->flow;
	b->stack[0].entry = 0;
	b->depth = 1;
	b->loops = 0;
	p->entry = own_choices(b, def->select_n);
	p->entry_n = def->select_n;
	for (unsigned i = 0; i < def->select_n && p->entry; i++)
		if (plan_choice(b, &def->selects[i], &p->entry[i]) < 0)
			return -1;
	if (!p->entry || steps(b, def->steps, def->n, true) < 0 || !emit(b, OP_END, NULL))
		return -1;
	map_lasts(p);
	return 0;
}

/* ---- all flows ---- */

void plans_free(struct plans *p)
{
	for (unsigned i = 0; p->plans && i < p->model->flow_n; i++)
		plan_free(p->plans[i]);
	free(p->plans);
	p->plans = NULL;
	p->type_n = 0;
	arena_free(&p->arena);
}

struct checking {
	void (*wrong)(void *arg, const char *owner, const void *place, const struct err *e);
	void *arg;
	const struct plans *of;
};

static void tell(void *arg, const void *place, const struct err *e)
{
	const struct checking *c = arg;

	c->wrong(c->arg, c->of->owner, place, e);
}

static bool creates(const struct step_def *s, unsigned n, const struct class_def *c)
{
	for (unsigned i = 0; i < n; i++) {
		if (s[i].created == c)
			return true;
		for (unsigned k = 0; k < s[i].arm_n; k++)
			if (creates(s[i].arms[k].steps, s[i].arms[k].n, c))
				return true;
	}
	return false;
}

static bool ever_made(const struct model *m, const struct class_def *c)
{
	bool made = c->initial > 0;

	for (unsigned i = 0; i < m->flow_n && !made; i++)
		made = creates(m->flows[i].steps, m->flows[i].n, c);
	return made;
}

/* Every flow and every initial population once, for their types or, to be told, their faults. */
static int go_through(struct plans *p, enum mode mode, struct checking *check, bool *guessed)
{
	struct plans scratch = { .model = p->model, .store = p->store, .world = p->world, .module = p->module };
	const void *place = NULL;
	struct err e;
	struct record_faults faults = { .tell = tell, .arg = check };
	struct builder b = { .p = &scratch, .mode = mode, .wrong = &place, .faults = check ? &faults : NULL, .e = &e };
	unsigned others = 0;

	if (check)
		check->of = &scratch;
	arena_init(&scratch.arena);
	for (unsigned i = 0; i < p->model->class_n; i++) {
		struct action *a;

		b.plan = NULL;
		/* Of those that nobody makes (yet) conditions are to know the types all the same. */
		if (!p->model->classes[i].initial && (mode != MODE_GUESS || ever_made(p->model, &p->model->classes[i])))
			continue;
		place = NULL;
		snprintf(scratch.owner, sizeof scratch.owner, "initial '%.60s'", p->model->classes[i].name);
		a = plan_creation(&b, &p->model->classes[i]);
		if (!a && !b.told && ++others && check)
			tell(check, place, &e);
		plan_action_free(a);
	}
	for (unsigned i = 0; i < p->model->flow_n; i++) {
		if (p->model->flows[i].part)
			continue;
		place = NULL;
		faults.lost_last = false;
		if (plan_flow(&b, &p->model->flows[i]) < 0 && ++others && check)
			tell(check, place ? place : p->model->flows[i].place, &e);
		plan_free(b.plan);
	}
	arena_free(&scratch.arena);
	*guessed = b.guessed;
	return faults.n || others ? -1 : 0;
}

/* A flow that waits for entities which nothing ever makes is legal, and never what was meant. */
static void warn_of_idle(const struct model *m, const char *module)
{
	for (unsigned i = 0; i < m->flow_n; i++)
		for (unsigned k = 0; k < m->flows[i].select_n; k++) {
			const struct class_def *c = m->flows[i].selects[k].class;

			if (!ever_made(m, c))
				log_warn(module, "flow '%s' can never start: there is no initial %s, and no flow creates one", m->flows[i].name, c->name);
		}
}

int model_check(struct model *m, const struct world *w, void (*wrong)(void *arg, const char *owner, const void *place, const struct err *e), void *arg,
		struct err *e)
{
	struct checking check = { wrong, arg, NULL };
	struct plans p = { .model = m, .world = w, .module = "flows" };
	bool guessed = true;

	p.store = m->store = store_new(m, e);
	if (!m->store)
		return -1;
	m->store->world = w;
	for (unsigned round = 0; guessed && round < STATE_MOST; round++)
		go_through(&p, MODE_GUESS, NULL, &guessed);
	if (go_through(&p, MODE_CHECK, wrong ? &check : NULL, &guessed) < 0)
		return -1;
	for (unsigned i = 0; i < m->class_n; i++)
		class_lay_out(&m->store->classes[i]);
	warn_of_idle(m, "flows");
	return 0;
}

int plans_compile(struct plans *p, const bool *wanted, const void **wrong, struct err *e)
{
	struct builder b = { .p = p, .mode = MODE_MAKE, .wrong = wrong, .e = e };

	arena_init(&p->arena);
	p->plans = calloc(p->model->flow_n + 1, sizeof *p->plans);
	if (!p->plans)
		return err_memory(e);
	for (unsigned i = 0; i < p->model->flow_n; i++) {
		int result = wanted[i] ? plan_flow(&b, &p->model->flows[i]) : 0;

		if (wanted[i])
			p->plans[i] = b.plan;
		if (result < 0)
			return err_wrap(e, "%s", p->owner);
	}
	return 0;
}

struct action *plans_initial(struct plans *p, unsigned class, const void **wrong, struct err *e)
{
	struct builder b = { .p = p, .mode = MODE_MAKE, .wrong = wrong, .e = e };

	return plan_creation(&b, &p->model->classes[class]);
}
