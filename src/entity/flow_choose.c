/* Choosing entities. */
#include "entity/flow_inside.h"

enum { TRIES = 24 };

static uint32_t below(uint64_t *draw, uint32_t n)
{
	*draw = rng_mix(*draw);
	return (uint32_t)((unsigned __int128)*draw * n >> 64);
}

struct looking {
	struct flows *f;
	const struct choice *c;
	struct class *class;
	struct sight sight;
	uint64_t draw;
	uint32_t best, seen;            /* of those that fit: the first by order, or any of them, each as likely */
};

static bool fits(struct looking *l, uint32_t id)
{
	l->sight.class = l->class;
	l->sight.self = entity_at(l->class, id);
	return !l->c->where.rest || condition_holds(l->c->where.rest, &l->sight, l->f->module->now_ns);
}

/* Is a's value before b's? No value comes last, and of equals the older. */
static bool before(const struct looking *l, uint32_t a, uint32_t b)
{
	unsigned field = (unsigned)l->c->order;
	enum type t = l->class->fields[field].type;
	struct held x, y;
	int sign;

	entity_load(l->class, entity_at(l->class, a), field, &x);
	entity_load(l->class, entity_at(l->class, b), field, &y);
	if (x.null || y.null)
		return !x.null;
	if (expr_is_text(t)) {
		sign = memcmp(x.v.t.at, y.v.t.at, x.v.t.n < y.v.t.n ? x.v.t.n : y.v.t.n);
		sign = sign ? sign : (x.v.t.n > y.v.t.n) - (x.v.t.n < y.v.t.n);
	} else if (t == TYPE_REAL) {
		sign = (x.v.r > y.v.r) - (x.v.r < y.v.r);
	} else if (t == TYPE_BOOL) {
		sign = x.v.b - y.v.b;
	} else {
		sign = (x.v.i > y.v.i) - (x.v.i < y.v.i);
	}
	if (sign == 0)
		return entity_at(l->class, a)->created_ns < entity_at(l->class, b)->created_ns;
	return l->c->descending ? sign > 0 : sign < 0;
}

static void consider(struct looking *l, uint32_t id)
{
	if (!fits(l, id))
		return;
	l->seen++;
	if (l->c->order >= 0 ? l->best == NOBODY || before(l, id, l->best) : below(&l->draw, l->seen) == 0)
		l->best = id;
}

static bool has_value(const struct class *c, uint32_t id, unsigned field, const struct held *v)
{
	enum type t = c->fields[field].type;
	struct held h;

	entity_load(c, entity_at(c, id), field, &h);
	if (h.null)
		return false;
	if (expr_is_text(t))
		return h.v.t.n == v->v.t.n && memcmp(h.v.t.at, v->v.t.at, h.v.t.n) == 0;
	return t == TYPE_BOOL ? h.v.b == v->v.b : h.v.i == v->v.i;
}

static uint32_t along_chain(struct looking *l)
{
	const struct choice *c = l->c;
	const struct held *v = condition_value(c->where.join_to, &l->sight, l->f->module->now_ns, &l->f->arena);
	const struct held value = *v;

	if (value.null)
		return NOBODY;
	for (uint32_t id = join_first(l->class, c->join, value.v); id != NOBODY; id = c->join->next[id] - 1)
		if (has_value(l->class, id, c->join->field, &value) && entity_matches(l->class, c->list, id))
			consider(l, id);
	return l->best;
}

uint32_t flow_choose(struct flows *f, const struct choice *c, const struct flow_run *run, uint64_t draw)
{
	struct looking l = { .f = f, .c = c, .class = run->plan->variables[c->variable].class, .sight = { .run = run }, .draw = draw, .best = NOBODY };
	uint32_t n = matching_n(l.class, c->list, f->module->now_ns);

	if (!n)
		return NOBODY;
	if (c->join)
		return along_chain(&l);
	if (c->order < 0 && !c->where.rest) {
		l.best = c->list->members[below(&l.draw, n)];
		entity_fetch(l.class, l.best);
		return l.best;
	}
	for (unsigned i = 0; c->order < 0 && i < TRIES; i++) {
		uint32_t id = c->list->members[below(&l.draw, n)];

		if (fits(&l, id))
			return id;
	}
	for (uint32_t i = 0; i < n; i++)
		consider(&l, c->list->members[i]);
	return l.best;
}

bool flow_could_choose(struct flows *f, const struct plan *p, const struct choice *c)
{
	return matching_n(p->variables[c->variable].class, c->list, f->module->now_ns) > 0;
}
