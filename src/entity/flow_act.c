/* What a step makes: an event, an entity, changes of state. */
#include <math.h>
#include <string.h>

#include "base/permute.h"
#include "entity/eye.h"
#include "entity/flow_inside.h"

/* ---- values ---- */

static double as_real(const struct source *s, const struct held *h)
{
	if (s->type == TYPE_REAL)
		return h->v.r;
	return s->type == TYPE_DECIMAL ? (double)h->v.i / (double)schema_power10(s->scale) : (double)h->v.i;
}

static int64_t as_decimal(const struct source *s, const struct held *h)
{
	int64_t power;

	if (s->type == TYPE_REAL)
		return llround(h->v.r * (double)schema_power10(s->to_scale));
	if (s->type == TYPE_INT)
		return h->v.i * schema_power10(s->to_scale);
	if (s->to_scale >= s->scale)
		return h->v.i * schema_power10(s->to_scale - s->scale);
	power = schema_power10(s->scale - s->to_scale);
	return (h->v.i + (h->v.i < 0 ? -power / 2 : power / 2)) / power;
}

/* As the field wants it. */
static void convert(const struct source *s, const struct held *h, struct setting *to)
{
	to->null = h->null || s->type == TYPE_NULL;
	if (to->null)
		return;
	if (s->to == TYPE_REAL)
		to->v.r = as_real(s, h);
	else if (s->to == TYPE_DECIMAL)
		to->v.i = as_decimal(s, h);
	else
		to->v = h->v;
}

static const struct held *value_of(const struct action *a, const struct source *s)
{
	enum type type;
	uint8_t scale;

	return s->leaf >= 0 ? record_value(a->record, (unsigned)s->leaf, &type, &scale) : record_extra_value(a->record, &a->extras[s->extra]);
}

/* Without a value a number counts as 0. */
static void add_to(const struct class *c, uint32_t id, struct setting *to)
{
	struct held was;

	entity_load(c, entity_at(c, id), to->field, &was);
	if (was.null || to->null)
		to->null = was.null && to->null;
	if (was.null)
		return;
	if (c->fields[to->field].type == TYPE_REAL)
		to->v.r = was.v.r + (to->null ? 0 : to->v.r);
	else
		to->v.i = (int64_t)((uint64_t)was.v.i + (uint64_t)to->v.i);
}

/* ---- the record ---- */

uint64_t flow_row(struct flows *f, struct flow_run *run)
{
	unsigned flow = run->plan->number;
	uint64_t row = run->row++;

	if ((run->row & 1023) == 0)
		run->row = f->pages[flow]++ << 10;
	return row;
}

static struct record_run begin(struct flows *f, const struct sight *sight, uint64_t key, uint64_t number)
{
	return (struct record_run){ .key = key, .seed = f->module->seed, .number = number, .now_ns = f->module->now_ns, .start_ns = f->module->start_ns,
				    .module = f->module->name, .context = sight, .arena = &f->arena };
}

const struct held *flow_value(struct flows *f, struct flow_run *run, const struct flow_op *op, struct err *e)
{
	const struct sight sight = { .run = run };
	const struct record_run rr = begin(f, &sight, row_key(f->keys[run->plan->number], flow_row(f, run)), run->rows);

	if (record_compute(op->act->record, &rr, e) < 0)
		return NULL;
	return record_extra_value(op->act->record, &op->act->extras[0]);
}

int64_t flow_held_int(const struct source *s, const struct held *h)
{
	if (h->null || s->type == TYPE_NULL)
		return 0;
	return s->type == TYPE_BOOL ? h->v.b : h->v.i;
}

static int create(struct flows *f, struct class *c, const struct action *a, uint32_t holder, uint32_t *id, struct err *e)
{
	struct setting s[STATE_MOST + 1];

	for (unsigned i = 0; i < a->creation_n; i++) {
		s[i] = (struct setting){ .field = a->creation[i].field };
		convert(&a->creation[i].from, value_of(a, &a->creation[i].from), &s[i]);
	}
	*id = class_create(c, s, a->creation_n, holder, f->module->now_ns, e);
	return *id == NOBODY ? -1 : 0;
}

/* All that a step says about one entity is one version of it. */
static int change(struct flows *f, struct flow_run *run, const struct action *a, const struct cause *why, struct err *e)
{
	for (unsigned i = 0; i < a->change_n;) {
		unsigned v = a->changes[i].variable, n = 0;
		struct class *c = flow_class(run, v);
		struct ref *r = &run->variables[v];
		struct setting s[STATE_MOST];
		bool there = entity_is(c, r->id, r->generation);

		for (; i < a->change_n && a->changes[i].variable == v; i++) {
			if (!there || n == STATE_MOST)
				continue;
			s[n] = (struct setting){ .field = a->changes[i].field };
			convert(&a->changes[i].from, value_of(a, &a->changes[i].from), &s[n]);
			if (a->changes[i].add)
				add_to(c, r->id, &s[n]);
			n++;
		}
		if (n && class_change(c, r->id, s, n, why, e) < 0)
			return -1;
	}
	(void)f;
	return 0;
}

static void remember(struct flows *f, struct flow_run *run, const struct action *a)
{
	for (unsigned i = 0; i < run->plan->last_n; i++) {
		bool text = expr_is_text(run->plan->lasts[i].type);
		const struct held *h;
		enum type type;
		uint8_t scale;

		if (text && !(run->nulls >> i & 1))
			store_bury(f->plans.store, run->lasts[i].t);
		run->nulls |= UINT32_C(1) << i;
		if (a->lasts[i] < 0)
			continue;
		h = record_value(a->record, (unsigned)a->lasts[i], &type, &scale);
		if (h->null)
			continue;
		if (text)
			run->lasts[i].t = texts_keep(&f->plans.store->texts, h->v.t.at, h->v.t.n);
		else
			memcpy(&run->lasts[i], &h->v, sizeof run->lasts[i]);
		run->nulls &= ~(UINT32_C(1) << i);
	}
}

/* ---- acting ---- */

static uint64_t id_of(const struct flows *f, unsigned salt, uint64_t row)
{
	return permute(f->id_key, UINT64_C(1) << 60, (row & ((UINT64_C(1) << 50) - 1)) << 10 | salt);
}

static int send(struct flows *f, struct action *a, const struct record_run *rr, struct event *ev, const struct flow_run *run, uint64_t id, struct err *e)
{
	if (record_event(a->record, rr, ev, e) < 0)
		return -1;
	ev->session = (struct text){ run->session, (uint32_t)strlen(run->session) };
	if (run->plan)
		ev->flow = (struct text){ run->plan->def->name, (uint32_t)strlen(run->plan->def->name) };
	ev->id = id;
	f->plans.types[a->type].made++;
	if (UNLIKELY(f->plans.store->eye != NULL) && f->at)
		eye_take(f->plans.store->eye, f->doing, f->at, ev);
	return module_emit(f->module, ev, e);
}

int flow_act(struct flows *f, struct flow_run *run, const struct flow_op *op, struct err *e)
{
	struct action *a = op->act;
	const struct sight sight = { .run = run };
	uint64_t row = flow_row(f, run);
	const struct record_run rr = begin(f, &sight, row_key(f->keys[run->plan->number], row), a->type < 0 ? run->rows : f->plans.types[a->type].made);
	struct event *ev = a->type < 0 ? NULL : module_event(f->module, f->handles[a->type], e);
	struct cause why = { .event = ev ? ev->number : 0, .at_ns = f->module->now_ns, .flow = (uint16_t)(op->flow + CAUSE_FLOW), .step = (uint16_t)op->step };
	uint32_t id;

	if (a->type >= 0 && !ev)
		return -1;
	run->rows++;
	f->at = op;
	f->doing = run;
	f->row = row;
	if (record_compute(a->record, &rr, e) < 0)
		return -1;
	if (a->created >= 0) {
		if (create(f, flow_class(run, (unsigned)a->created), a, run->number + 1, &id, e) < 0)
			return -1;
		flow_hold(f, run, (unsigned)a->created, id, true);
	}
	if (change(f, run, a, &why, e) < 0)
		return -1;
	if (!ev)
		return 0;
	remember(f, run, a);
	return send(f, a, &rr, ev, run, id_of(f, f->salts[run->plan->number], row), e);
}

/* ---- the initial population ---- */

enum { AT_ONCE = 16 };

static int populate_one(struct flows *f, struct class *c, struct action *a, struct err *e)
{
	static const struct flow_run nobody = { .session = "initial_setup" };
	const struct sight sight = { .run = &nobody };
	uint64_t key = rng_key(f->module->seed, "initial", c->def->name, 0), i = c->next_initial++;
	const struct record_run rr = begin(f, &sight, row_key(key, i), f->plans.types[a->type].made);
	struct event *ev;
	uint32_t id;

	f->at = NULL;
	f->created = c->def->name;
	f->row = i;
	if (record_compute(a->record, &rr, e) < 0 || create(f, c, a, HELD_BY_NONE, &id, e) < 0)
		return err_wrap(e, "initial %s %llu", c->def->name, (unsigned long long)i + 1);
	if (!c->def->announce) {
		f->plans.types[a->type].made++;
		return 0;
	}
	ev = module_event(f->module, f->handles[a->type], e);
	return ev ? send(f, a, &rr, ev, &nobody, id_of(f, 1023 - (c->number & 63), i), e) : -1;
}

int flow_populate(struct flows *f, struct err *e)
{
	for (unsigned n = 0; f->populating < f->plans.model->class_n;) {
		struct class *c = &f->plans.store->classes[f->populating];
		struct action *a = f->initial[f->populating];

		if (!a || c->next_initial >= c->def->initial) {
			f->populating++;
			continue;
		}
		if (n++ == AT_ONCE)
			return module_wake_at(f->module, f->module->now_ns, f, e);
		if (populate_one(f, c, a, e) < 0)
			return -1;
		store_step_done(f->plans.store);
		arena_reset(&f->arena);
	}
	return 0;
}
