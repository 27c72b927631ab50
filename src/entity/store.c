/* Rows, keys, values and the accounts of each class. */
#include "entity/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/big.h"
#include "base/num.h"
#include "base/suggest.h"
#include "entity/condition.h"
#include "entity/matching.h"

/* ---- the whole ---- */

struct store *store_new(const struct model *m, struct err *e)
{
	struct store *s = calloc(1, sizeof *s);

	if (!s || !(s->classes = calloc(m->class_n + 1, sizeof *s->classes))) {
		free(s);
		err_memory(e);
		return NULL;
	}
	s->model = m;
	s->class_n = m->class_n;
	for (unsigned i = 0; i < m->class_n; i++) {
		struct class *c = &s->classes[i];
		const struct class_def *def = &m->classes[i];

		c->store = s;
		c->def = def;
		c->number = i;
		c->bar = -1;
		c->fields[FIELD_KEY] = (struct state_field){ .name = def->key, .from = -1 };
		c->field_n = 1;
		for (unsigned k = 0; k < def->n; k++)
			c->fields[c->field_n++] = (struct state_field){ .name = def->states[k].name, .def = &def->states[k], .from = -1 };
	}
	return s;
}

/* Segments that are one piece of memory with the one at i, which begins it: a small class takes little, a large one huge pages. */
static uint32_t taken_together(uint32_t i)
{
	return i < 16 ? 1 : i < 128 ? i : 128;
}

static void free_class(struct class *c)
{
	for (uint32_t i = 0, n; i < c->segment_n; i += n) {
		n = taken_together(i);
		if (n == 1)
			free(c->segments[i]);
		else
			big_drop(c->segments[i], n * SEGMENT * c->row);
	}
	free(c->segments);
	free(c->lives);
	free(c->spare);
	free(c->slots);
	for (unsigned i = 0; i < c->list_n; i++)
		matching_free(c->lists[i]);
	for (unsigned i = 0; i < c->join_n; i++)
		join_free(c->joins[i]);
	free(c->ages.ids);
	free(c->ages.generations);
}

void store_free(struct store *s)
{
	if (!s)
		return;
	for (unsigned i = 0; i < s->class_n; i++)
		free_class(&s->classes[i]);
	free(s->classes);
	texts_free(&s->texts);
	history_free(&s->history);
	free(s->buried);
	free(s->runs);
	free(s);
}

struct class *store_class(struct store *s, const struct class_def *def)
{
	return &s->classes[def - s->model->classes];
}

int class_field(const struct class *c, const char *name)
{
	for (unsigned i = 0; i < c->field_n; i++)
		if (strcmp(c->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

int class_no_field(const struct class *c, const char *name, struct err *e)
{
	struct suggest g;
	char hint[80];

	suggest_init(&g, name);
	for (unsigned i = 1; i < c->field_n; i++)
		suggest_try(&g, c->fields[i].name);
	return err_set(e, ERR_INPUT, "a %s has no field '%.60s'%s", c->def->name, name, suggest_text(&g, hint, sizeof hint));
}

static bool is_text(const struct state_field *f)
{
	return expr_is_text(f->type);
}

/* What people like to see counted: what is called like a state, else the first truth or text with a default. */
static int choose_bar(const struct class *c)
{
	static const char *const names[] = { "status", "state", "phase", "stage", "current_status", "level", "tier", "plan" };
	int bar = c->def->bar ? class_field(c, c->def->bar) : -1;

	for (size_t i = 0; bar < 0 && i < COUNT_OF(names); i++)
		bar = class_field(c, names[i]);
	for (unsigned i = 1; bar < 0 && i < c->field_n; i++)
		if (c->fields[i].type == TYPE_BOOL || (c->fields[i].type == TYPE_TEXT && !c->fields[i].def->from && c->fields[i].def->init.text))
			bar = (int)i;
	return bar;
}

static unsigned count_among(const struct select_def *s, unsigned n, const struct class_def *c)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += s[i].class == c;
	return sum;
}

static unsigned count_in(const struct step_def *s, unsigned n, const struct class_def *c)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++) {
		sum += count_among(s[i].selects, s[i].select_n, c);
		for (unsigned k = 0; k < s[i].arm_n; k++)
			sum += count_in(s[i].arms[k].steps, s[i].arms[k].n, c);
	}
	return sum;
}

/* Each has at most one list. */
static unsigned count_selections(const struct model *m, const struct class_def *c)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < m->flow_n; i++)
		sum += count_among(m->flows[i].selects, m->flows[i].select_n, c) + count_in(m->flows[i].steps, m->flows[i].n, c);
	return sum < LIST_MOST ? sum : LIST_MOST;
}

void class_lay_out(struct class *c)
{
	c->list_most = count_selections(c->store->model, c->def);
	c->row = (sizeof(struct entity) + c->field_n * sizeof(union content) + c->list_most * sizeof(uint32_t) + 7) & ~(size_t)7;
	c->bar = choose_bar(c);
}

/* ---- cells ---- */

void entity_load(const struct class *c, const struct entity *en, unsigned field, struct held *to)
{
	to->null = en->nulls >> field & 1;
	if (is_text(&c->fields[field]))
		to->v.t = lasting_text(to->null ? NULL : en->cells[field].t);
	else
		memcpy(&to->v, &en->cells[field], sizeof en->cells[field]);
}

void entity_text(const struct class *c, const struct entity *en, unsigned field, struct buf *to)
{
	struct held h;
	struct arena arena;
	struct expr_run run = { .arena = &arena };
	struct text t;

	entity_load(c, en, field, &h);
	if (h.null) {
		buf_text(to, "null");
		return;
	}
	arena_init(&arena);
	t = expr_text(&run, c->fields[field].type, c->fields[field].scale, &h);
	buf_add(to, t.at, t.n);
	arena_free(&arena);
}

/* A text that may still be read until the step is done. Without memory for that list it stays for ever, which harms nobody. */
void store_bury(struct store *s, struct lasting *k)
{
	if (!k)
		return;
	if (s->buried_n == s->buried_room) {
		unsigned room = s->buried_room ? s->buried_room * 2 : 64;
		struct lasting **grown = realloc(s->buried, room * sizeof *grown);

		if (!grown)
			return;
		s->buried = grown;
		s->buried_room = room;
	}
	s->buried[s->buried_n++] = k;
}

void store_step_done(struct store *s)
{
	while (s->buried_n)
		texts_drop(&s->texts, s->buried[--s->buried_n]);
}

/* The cell of a value; texts are copied. false: no memory. */
static bool make_cell(struct class *c, unsigned field, const struct setting *from, union content *to)
{
	*to = (union content){ 0 };
	if (from->null)
		return true;
	if (!is_text(&c->fields[field])) {
		memcpy(to, &from->v, sizeof *to);
		return true;
	}
	to->t = texts_keep(&c->store->texts, from->v.t.at, from->v.t.n);
	return to->t || !from->v.t.n;
}

static bool same(const struct class *c, const struct entity *en, const struct setting *to)
{
	bool null = en->nulls >> to->field & 1;
	struct text t;

	if (null || to->null)
		return null && to->null;
	if (!is_text(&c->fields[to->field]))
		return c->fields[to->field].type == TYPE_BOOL ? en->cells[to->field].b == to->v.b : en->cells[to->field].i == to->v.i;
	t = lasting_text(en->cells[to->field].t);
	return t.n == texts_cut(to->v.t).n && memcmp(t.at, to->v.t.at, t.n) == 0;
}

/* ---- the bar of values ---- */

static void count_bar(struct class *c, const struct entity *en, int by)
{
	struct buf b;
	unsigned i = 0;

	if (c->bar < 0)
		return;
	buf_init(&b, 4200);
	entity_text(c, en, (unsigned)c->bar, &b);
	if (b.n > sizeof c->bars[0].text - 1)
		b.data[b.n = sizeof c->bars[0].text - 1] = '\0';
	while (i < c->bar_n && strcmp(c->bars[i].text, b.data) != 0)
		i++;
	if (i == c->bar_n && c->bar_n < BAR_MOST)
		snprintf(c->bars[c->bar_n++].text, sizeof c->bars[i].text, "%s", b.data);
	c->bars[i].n += (uint64_t)(int64_t)by;
	buf_free(&b);
}

/* ---- keys ---- */

/* As a row has it: a text may have been cut. */
static union value kept_key(const struct class *c, union value key)
{
	return is_text(&c->fields[FIELD_KEY]) ? (union value){ .t = texts_cut(key.t) } : key;
}

static uint32_t hash_key(const struct class *c, union value key)
{
	return (uint32_t)cell_hash(is_text(&c->fields[FIELD_KEY]), key);
}

static bool is_key(const struct class *c, const struct entity *en, union value key)
{
	struct text t;

	if (!is_text(&c->fields[FIELD_KEY]))
		return en->cells[FIELD_KEY].i == key.i;
	t = lasting_text(en->cells[FIELD_KEY].t);
	return t.n == key.t.n && memcmp(t.at, key.t.at, t.n) == 0;
}

/* The slot of the key, or the free one where it would stand. */
static uint32_t find_slot(const struct class *c, union value key, uint32_t hash)
{
	uint32_t at = hash & (c->slot_n - 1);

	while (c->slots[at].id && !(c->slots[at].hash == hash && is_key(c, entity_at(c, c->slots[at].id - 1), key)))
		at = (at + 1) & (c->slot_n - 1);
	return at;
}

uint32_t class_find(const struct class *c, union value key)
{
	key = kept_key(c, key);
	return c->slot_n ? c->slots[find_slot(c, key, hash_key(c, key))].id - 1 : NOBODY;
}

static bool grow_slots(struct class *c)
{
	uint32_t n = c->slot_n ? c->slot_n * 2 : 64;
	struct key_slot *old = c->slots, *fresh;

	if (c->slot_n && (c->live + 1) * 10 < (uint64_t)c->slot_n * 7)
		return true;
	fresh = calloc(n, sizeof *fresh);
	if (!fresh)
		return false;
	big_advise(fresh, n * sizeof *fresh);
	for (uint32_t i = 0; i < c->slot_n; i++)
		if (old[i].id) {
			uint32_t at = old[i].hash & (n - 1);

			while (fresh[at].id)
				at = (at + 1) & (n - 1);
			fresh[at] = old[i];
		}
	c->slots = fresh;
	c->slot_n = n;
	free(old);
	return true;
}

/* Those behind it move up, so that no gap hides one of them. */
static void forget_key(struct class *c, uint32_t id)
{
	uint32_t mask = c->slot_n - 1, at = entity_at(c, id)->hash & mask, next;

	while (c->slots[at].id != id + 1)
		at = (at + 1) & mask;
	for (next = (at + 1) & mask; c->slots[next].id; next = (next + 1) & mask) {
		uint32_t home = c->slots[next].hash & mask;

		if (((next - home) & mask) >= ((next - at) & mask)) {
			c->slots[at] = c->slots[next];
			at = next;
		}
	}
	c->slots[at] = (struct key_slot){ 0 };
}

/* ---- coming ---- */

static bool add_segments(struct class *c)
{
	uint32_t n = taken_together(c->segment_n), *lives;
	char **grown = realloc(c->segments, (c->segment_n + n) * sizeof *grown), *at;

	if (!grown)
		return false;
	c->segments = grown;
	lives = realloc(c->lives, (c->segment_n + n) * sizeof *lives);
	if (!lives)
		return false;
	c->lives = lives;
	at = n == 1 ? calloc(SEGMENT, c->row) : big_take(n * SEGMENT * c->row);
	for (uint32_t i = 0; at && i < n; i++) {
		c->lives[c->segment_n] = 0;
		c->segments[c->segment_n++] = at + i * SEGMENT * c->row;
	}
	return at != NULL;
}

static uint32_t new_id(struct class *c)
{
	if (c->spare_n)
		return c->spare[--c->spare_n];
	if (c->ids == c->segment_n * SEGMENT && !add_segments(c))
		return NOBODY;
	entity_at(c, c->ids)->holder = HELD_DEAD;
	return c->ids++;
}

static bool give_back(struct class *c, uint32_t id)
{
	if (c->spare_n == c->spare_room) {
		uint32_t room = c->spare_room ? c->spare_room * 2 : 64, *grown = realloc(c->spare, room * sizeof *grown);

		if (!grown)
			return false;   /* the number is not used again */
		c->spare = grown;
		c->spare_room = room;
	}
	c->spare[c->spare_n++] = id;
	return true;
}

static void drop_cells(struct class *c, struct entity *en)
{
	for (unsigned f = 0; f < c->field_n; f++)
		if (is_text(&c->fields[f]) && !(en->nulls >> f & 1))
			store_bury(c->store, en->cells[f].t);
}

/* Of those that are too many the oldest that nobody holds; a held one gets another turn. */
static void keep_few(struct class *c)
{
	for (unsigned tries = 0; c->def->keep && c->live > c->def->keep && c->ages.n && tries < 32; tries++) {
		uint32_t id = c->ages.ids[c->ages.from], generation = c->ages.generations[c->ages.from];

		c->ages.from = (c->ages.from + 1) % c->ages.room;
		c->ages.n--;
		if (!entity_is(c, id, generation))
			continue;
		if (entity_at(c, id)->holder == HELD_BY_NONE)
			class_retire(c, id);
		else
			ages_add(c, id);
	}
}

static int refuse_twin(const struct class *c, const struct setting *key, struct err *e)
{
	if (is_text(&c->fields[FIELD_KEY]))
		return err_set(e, ERR_INPUT, "there is already a %s '%.*s'", c->def->name, (int)(key->v.t.n < 80 ? key->v.t.n : 80), key->v.t.at);
	return err_set(e, ERR_INPUT, "there is already a %s '%lld'", c->def->name, (long long)key->v.i);
}

uint32_t class_create(struct class *c, const struct setting *s, unsigned n, uint32_t holder, int64_t now_ns, struct err *e)
{
	uint32_t hash, slot, id;
	struct entity *en;
	union value key;
	bool whole = true;

	if (s[0].null)
		return err_set(e, ERR_INPUT, "the key '%s' of a %s has no value", c->def->key, c->def->name), NOBODY;
	if (!grow_slots(c))
		return err_memory(e), NOBODY;
	key = kept_key(c, s[0].v);
	hash = hash_key(c, key);
	slot = find_slot(c, key, hash);
	if (c->slots[slot].id)
		return refuse_twin(c, &s[0], e), NOBODY;
	id = new_id(c);
	if (id == NOBODY)
		return err_memory(e), NOBODY;
	en = entity_at(c, id);
	en->nulls = ~UINT64_C(0);
	en->generation++;
	for (unsigned i = 0; i < n; i++) {
		whole &= make_cell(c, s[i].field, &s[i], &en->cells[s[i].field]);
		if (!s[i].null)
			en->nulls &= ~(UINT64_C(1) << s[i].field);
	}
	if (!whole || !join_room(c, id) || !ages_add(c, id)) {
		drop_cells(c, en);
		give_back(c, id);
		return err_memory(e), NOBODY;
	}
	en->created_ns = now_ns;
	en->holder = holder;
	en->change = 0;
	en->hash = hash;
	c->slots[slot] = (struct key_slot){ id + 1, hash };
	c->lives[id / SEGMENT]++;
	c->live++;
	c->created++;
	c->busy += holder != HELD_BY_NONE;
	c->store->now_ns = now_ns;
	count_bar(c, en, 1);
	join_enter(c, id, ~UINT64_C(0));
	matching_settle(c, id, ~UINT64_C(0));
	keep_few(c);
	return id;
}

/* ---- changing ---- */

static int remember(struct class *c, uint32_t id, unsigned field, const struct cause *why, bool last, struct err *e)
{
	struct entity *en = entity_at(c, id);
	struct history *h = &c->store->history;
	struct past was = { .old = en->cells[field], .at_ns = why->at_ns, .event = why->event, .entity = id, .before = en->change,
			      .class = (uint16_t)c->number, .field = (uint16_t)field, .flow = why->flow, .step = why->step,
			      .null = en->nulls >> field & 1, .text = is_text(&c->fields[field]), .last = last };
	struct lasting *gone;

	if (!c->def->history) {
		if (was.text && !was.null)
			store_bury(c->store, was.old.t);
		return 0;
	}
	if (history_add(h, was, &gone) < 0)
		return err_memory(e);
	texts_drop(&c->store->texts, gone);
	en->change = (uint32_t)h->n;
	return 0;
}

int class_change(struct class *c, uint32_t id, const struct setting *s, unsigned n, const struct cause *why, struct err *e)
{
	struct entity *en = entity_at(c, id);
	uint64_t changed = 0;
	bool first = true;

	c->store->now_ns = why->at_ns;
	for (unsigned i = 0; i < n; i++) {
		union content fresh;
		uint64_t bit = UINT64_C(1) << s[i].field;
		bool bar = (int)s[i].field == c->bar;

		if (same(c, en, &s[i]))
			continue;
		if (!make_cell(c, s[i].field, &s[i], &fresh))
			return err_memory(e);
		if (bar)
			count_bar(c, en, -1);
		join_leave(c, id, bit);
		if (remember(c, id, s[i].field, why, first, e) < 0)
			return -1;
		en->cells[s[i].field] = fresh;
		en->nulls = s[i].null ? en->nulls | bit : en->nulls & ~bit;
		join_enter(c, id, bit);
		if (bar)
			count_bar(c, en, 1);
		changed |= bit;
		first = false;
	}
	if (changed)
		matching_settle(c, id, changed);
	return 0;
}

void class_hold(struct class *c, uint32_t id, uint32_t holder)
{
	struct entity *en = entity_at(c, id);

	c->busy += en->holder == HELD_BY_NONE;
	en->holder = holder;
	matching_taken(c, id);
}

void class_release(struct class *c, uint32_t id)
{
	struct entity *en = entity_at(c, id);

	c->busy--;
	en->holder = HELD_BY_NONE;
	matching_freed(c, id);
}

void class_retire(struct class *c, uint32_t id)
{
	struct entity *en = entity_at(c, id);

	c->busy -= en->holder != HELD_BY_NONE;
	count_bar(c, en, -1);
	join_leave(c, id, ~UINT64_C(0));
	forget_key(c, id);
	en->holder = HELD_DEAD;
	matching_settle(c, id, ~UINT64_C(0));
	drop_cells(c, en);
	en->nulls = ~UINT64_C(0);
	c->lives[id / SEGMENT]--;
	c->live--;
	c->retired++;
	give_back(c, id);
}
