/* Lists of entities that match a condition, chains of those that share a value, and their order of age. */
#include "entity/matching.h"

#include <stdlib.h>

#include "base/big.h"
#include "entity/condition.h"
#include "entity/flips.h"

uint64_t cell_hash(bool text, union value v)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	if (!text)
		return rng_mix((uint64_t)v.i);
	for (uint32_t i = 0; i < v.t.n; i++)
		h = (h ^ (unsigned char)v.t.at[i]) * UINT64_C(0x100000001b3);
	return rng_mix(h);
}

/* ---- lists ---- */

void matching_free(struct matching *m)
{
	if (!m)
		return;
	condition_free(m->condition);
	flips_free(m->flips);
	free(m->members);
	free(m);
}

static bool grow(uint32_t **at, uint32_t *room, uint32_t least)
{
	uint32_t n = *room ? *room : 256, *grown;

	while (n < least)
		n += n / 2;
	if (n == *room)
		return true;
	grown = realloc(*at, n * sizeof *grown);
	if (!grown)
		return false;
	big_advise(grown, n * sizeof *grown);
	memset(grown + *room, 0, (n - *room) * sizeof *grown);
	*at = grown;
	*room = n;
	return true;
}

/* Without memory for it the entity is not in the list: it is not chosen. */
static void enter(const struct class *c, struct matching *m, uint32_t id)
{
	uint32_t *place = &entity_places(c, entity_at(c, id))[m->number];

	if ((*place && *place != PLACE_HELD) || !grow(&m->members, &m->room, m->n + 1))
		return;
	m->members[m->n++] = id;
	*place = m->n;
}

static void leave(const struct class *c, struct matching *m, uint32_t id)
{
	uint32_t *place = &entity_places(c, entity_at(c, id))[m->number], at = *place, last;

	*place = 0;
	if (!at || at == PLACE_HELD)
		return;
	last = m->members[--m->n];
	if (last == id)
		return;
	m->members[at - 1] = last;
	entity_places(c, entity_at(c, last))[m->number] = at;
}

/* Differs when a knob was turned. */
static uint64_t print_of(const struct world *w)
{
	uint64_t print = 1, bits;

	for (unsigned i = 0; i < w->param_n; i++) {
		memcpy(&bits, w->params[i].value, sizeof bits);
		print = rng_mix(print ^ bits);
	}
	return print;
}

static bool knobs_differ(const struct class *c, const struct matching *m)
{
	return m->condition && m->condition->params && print_of(c->store->world) != m->print;
}

static void settle(struct class *c, struct matching *m, uint32_t id)
{
	struct entity *en = entity_at(c, id);
	struct sight sight = { .class = c, .self = en };
	bool fits;

	/* Some are settled by the old knobs then, and some by the new ones, wherever they turn to before somebody asks. */
	if (knobs_differ(c, m))
		m->print = 0;
	fits = en->holder != HELD_DEAD && (!m->condition || condition_holds(m->condition, &sight, c->store->now_ns));
	if (fits && !(m->available && en->holder != HELD_BY_NONE)) {
		enter(c, m, id);
	} else {
		leave(c, m, id);
		if (fits)
			entity_places(c, en)[m->number] = PLACE_HELD;
	}
	if (m->flips)
		flips_settle(m->flips, c, m->condition, id);
}

void matching_settle(struct class *c, uint32_t id, uint64_t changed)
{
	for (unsigned i = 0; i < c->list_n; i++) {
		struct matching *m = c->lists[i];

		if (changed == ~UINT64_C(0) || (m->condition && m->condition->fields & changed))
			settle(c, m, id);
	}
}

void matching_taken(struct class *c, uint32_t id)
{
	for (unsigned i = 0; i < c->list_n; i++) {
		struct matching *m = c->lists[i];

		if (!m->available || !entity_places(c, entity_at(c, id))[m->number])
			continue;
		leave(c, m, id);
		entity_places(c, entity_at(c, id))[m->number] = PLACE_HELD;
	}
}

void matching_freed(struct class *c, uint32_t id)
{
	for (unsigned i = 0; i < c->list_n; i++)
		if (c->lists[i]->available && entity_places(c, entity_at(c, id))[c->lists[i]->number])
			enter(c, c->lists[i], id);
}

static void look_at_all(struct class *c, struct matching *m)
{
	for (uint32_t id = 0; id < c->ids; id++)
		settle(c, m, id);
}

static bool same_condition(const struct condition *a, const struct condition *b)
{
	return a && b ? strcmp(a->text, b->text) == 0 : a == b;
}

struct matching *class_matching(struct class *c, struct condition *cond, bool available, struct err *e)
{
	struct matching *m;

	for (unsigned i = 0; i < c->list_n; i++)
		if (c->lists[i]->available == available && same_condition(c->lists[i]->condition, cond)) {
			condition_free(cond);
			return c->lists[i];
		}
	if (c->list_n == c->list_most) {
		condition_free(cond);
		err_set(e, ERR_INPUT, "more than %u different conditions on '%s'", c->list_most, c->def->name);
		return NULL;
	}
	m = calloc(1, sizeof *m);
	if (!m || (cond && cond->moves >= 0 && !(m->flips = calloc(1, sizeof *m->flips)))) {
		free(m);
		condition_free(cond);
		err_memory(e);
		return NULL;
	}
	m->condition = cond;
	m->available = available;
	m->number = c->list_n;
	c->lists[c->list_n++] = m;
	look_at_all(c, m);
	return m;
}

uint32_t matching_n(struct class *c, struct matching *m, int64_t now_ns)
{
	uint32_t id;

	c->store->now_ns = now_ns;
	if (knobs_differ(c, m)) {
		m->print = print_of(c->store->world);
		look_at_all(c, m);
	}
	while (m->flips && flips_due(m->flips, now_ns, &id))
		settle(c, m, id);
	return m->n;
}

/* ---- chains ---- */

static uint32_t *head_of(const struct class *c, const struct join *j, const struct entity *en)
{
	const struct state_field *f = &c->fields[j->field];
	struct held h;

	entity_load(c, en, j->field, &h);
	if (h.null)
		return NULL;
	if (f->type == TYPE_BOOL)
		h.v.i = h.v.b;
	return &j->heads[cell_hash(expr_is_text(f->type), h.v) & (j->head_n - 1)];
}

static void link_in(struct class *c, struct join *j, uint32_t id)
{
	uint32_t *head = head_of(c, j, entity_at(c, id));

	if (!head)
		return;
	j->before[id] = 0;
	j->next[id] = *head;
	if (*head)
		j->before[*head - 1] = id + 1;
	*head = id + 1;
}

static void link_out(struct class *c, struct join *j, uint32_t id)
{
	uint32_t *head = head_of(c, j, entity_at(c, id));

	if (!head)
		return;
	if (j->before[id])
		j->next[j->before[id] - 1] = j->next[id];
	else
		*head = j->next[id];
	if (j->next[id])
		j->before[j->next[id] - 1] = j->before[id];
}

void join_enter(struct class *c, uint32_t id, uint64_t fields)
{
	for (unsigned i = 0; i < c->join_n; i++)
		if (fields >> c->joins[i]->field & 1)
			link_in(c, c->joins[i], id);
}

void join_leave(struct class *c, uint32_t id, uint64_t fields)
{
	for (unsigned i = 0; i < c->join_n; i++)
		if (fields >> c->joins[i]->field & 1)
			link_out(c, c->joins[i], id);
}

static bool make_room(struct class *c, struct join *j, uint32_t ids)
{
	uint32_t n = j->head_n ? j->head_n : 256, *heads;

	if (ids > j->room) {
		uint32_t room = j->room;

		if (!grow(&j->before, &room, ids) || !grow(&j->next, &j->room, ids))
			return false;
	}
	while (n < ids)
		n *= 2;
	if (n == j->head_n)
		return true;
	heads = calloc(n, sizeof *heads);
	if (!heads)
		return false;
	free(j->heads);
	j->heads = heads;
	j->head_n = n;
	for (uint32_t id = 0; id < c->ids; id++)
		if (entity_at(c, id)->holder != HELD_DEAD)
			link_in(c, j, id);
	return true;
}

bool join_room(struct class *c, uint32_t id)
{
	for (unsigned i = 0; i < c->join_n; i++)
		if (!make_room(c, c->joins[i], id + 1))
			return false;
	return true;
}

struct join *class_join(struct class *c, unsigned field, struct err *e)
{
	struct join *j;

	for (unsigned i = 0; i < c->join_n; i++)
		if (c->joins[i]->field == field)
			return c->joins[i];
	j = c->join_n < COUNT_OF(c->joins) ? calloc(1, sizeof *j) : NULL;
	if (j)
		j->field = field;
	if (!j || !make_room(c, j, c->ids)) {
		join_free(j);
		err_memory(e);
		return NULL;
	}
	c->joins[c->join_n++] = j;
	return j;
}

uint32_t join_first(const struct class *c, const struct join *j, union value v)
{
	enum type t = c->fields[j->field].type;

	if (t == TYPE_BOOL)
		v.i = v.b;
	return j->heads[cell_hash(expr_is_text(t), v) & (j->head_n - 1)] - 1;
}

void join_free(struct join *j)
{
	if (!j)
		return;
	free(j->heads);
	free(j->next);
	free(j->before);
	free(j);
}

/* ---- ages ---- */

/* Those that are no more. */
static void forget_ages(struct class *c)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->ages.n; i++) {
		uint32_t at = (c->ages.from + i) % c->ages.room, to = (c->ages.from + n) % c->ages.room;

		if (!entity_is(c, c->ages.ids[at], c->ages.generations[at]))
			continue;
		c->ages.ids[to] = c->ages.ids[at];
		c->ages.generations[to] = c->ages.generations[at];
		n++;
	}
	c->ages.n = n;
}

static bool grow_ages(struct class *c)
{
	uint32_t room = c->ages.room ? c->ages.room * 2 : 256, *ids = calloc(room, sizeof *ids), *generations = calloc(room, sizeof *ids);

	if (!ids || !generations) {
		free(ids);
		free(generations);
		return false;
	}
	for (uint32_t i = 0; i < c->ages.n; i++) {
		ids[i] = c->ages.ids[(c->ages.from + i) % c->ages.room];
		generations[i] = c->ages.generations[(c->ages.from + i) % c->ages.room];
	}
	free(c->ages.ids);
	free(c->ages.generations);
	c->ages.ids = ids;
	c->ages.generations = generations;
	c->ages.from = 0;
	c->ages.room = room;
	return true;
}

bool ages_add(struct class *c, uint32_t id)
{
	uint32_t at;

	if (!c->def->keep)
		return true;
	if (c->ages.n == c->ages.room) {
		forget_ages(c);
		/* Half of it is free then, or it is not worth the walk. */
		if (c->ages.n * 2 >= c->ages.room && !grow_ages(c))
			return false;
	}
	at = (c->ages.from + c->ages.n++) % c->ages.room;
	c->ages.ids[at] = id;
	c->ages.generations[at] = entity_at(c, id)->generation;
	return true;
}
