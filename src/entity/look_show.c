/* What was asked for of entities, into a view. Nothing in it points into the store. */
#include <stdio.h>
#include <string.h>

#include "entity/hands.h"
#include "entity/look.h"

enum { VERSION_MOST = 200, CHANGE_MOST = 400, LINK_MOST = 40, CHAIN_MOST = 2000 };

static const char *copy(struct arena *a, const char *text)
{
	const char *c = arena_text(a, text);

	return c ? c : "";
}

static const char *value_text(struct arena *a, const struct class *c, const struct entity *en, unsigned field, struct buf *b)
{
	if (en->nulls >> field & 1)
		return NULL;
	buf_clear(b);
	entity_text(c, en, field, b);
	return arena_copy(a, b->data, b->n);
}

/* ---- classes ---- */

static bool is_number(enum type t)
{
	return t == TYPE_INT || t == TYPE_REAL || t == TYPE_DECIMAL || t == TYPE_SPAN;
}

static void show_bars(struct view_class *to, struct arena *a, const struct class *c)
{
	struct view_bar *bars = arena_take(a, (BAR_MOST + 1) * sizeof *bars);
	uint64_t others = c->bars[BAR_MOST].n;

	to->bar = c->bar >= 0 ? copy(a, c->fields[c->bar].name) : "";
	to->bars = bars;
	for (unsigned i = 0; bars && i < c->bar_n; i++) {
		unsigned at = to->bar_n;

		if (!c->bars[i].n)
			continue;
		while (at && bars[at - 1].n < c->bars[i].n) {
			bars[at] = bars[at - 1];
			at--;
		}
		bars[at] = (struct view_bar){ copy(a, c->bars[i].text), c->bars[i].n };
		to->bar_n++;
	}
	if (bars && others)
		bars[to->bar_n++] = (struct view_bar){ "others", others };
}

static void show_class(struct view_class *to, struct arena *a, const struct class *c)
{
	struct view_field *fields = arena_take(a, c->field_n * sizeof *fields);

	*to = (struct view_class){ .name = copy(a, c->def->name), .live = c->live, .busy = c->busy, .created = c->created, .retired = c->retired,
				   .lost = c->lost, .keep = c->def->keep, .bytes = class_bytes(c), .fields = fields, .field_n = fields ? c->field_n : 0 };
	for (unsigned i = 0; i < to->field_n; i++) {
		enum type t = c->fields[i].type;

		fields[i] = (struct view_field){ copy(a, c->fields[i].name), type_names[t], is_number(t), (is_number(t) && t != TYPE_SPAN) || t == TYPE_BOOL || t == TYPE_JSON };
	}
	show_bars(to, a, c);
}

/* ---- rows ---- */

static const struct flow_run *run_of(const struct store *s, const struct entity *en)
{
	return en->holder && en->holder <= s->holders ? s->runs[en->holder - 1] : NULL;
}

static void show_row(struct view_entity *to, struct arena *a, const struct look *l, const struct class *c, uint32_t id, struct buf *b)
{
	const struct entity *en = entity_at(c, id);
	const char **values = arena_take(a, c->field_n * sizeof *values);
	const struct flow_run *run = run_of(l->store, en);

	if (!values)
		return;
	for (unsigned f = 0; f < c->field_n; f++)
		values[f] = value_text(a, c, en, f, b);
	to->class = copy(a, c->def->name);
	to->key = values[FIELD_KEY] ? values[FIELD_KEY] : "";
	to->values = values;
	to->there = true;
	to->holder = en->holder == HELD_BY_NONE ? NULL : run && run->plan ? copy(a, run->plan->def->name) : "?";
	to->created_ns = en->created_ns;
}

static void show_gone(struct view_entity *to, struct arena *a, const char *class, const char *key)
{
	to->class = copy(a, class);
	to->key = copy(a, key);
}

static void show_page(struct view_entities *to, struct arena *a, const struct look *l, const struct view_entity_ask *ask, struct buf *b)
{
	unsigned rows = ask->rows < ENTITY_PAGE ? ask->rows : ENTITY_PAGE;
	struct view_entity *page = arena_take(a, (rows ? rows : 1) * sizeof *page);

	to->total = look_total(l);
	to->reach = look_is_ordered(l) ? l->best_n : to->total;
	to->looked = look_share(l);
	to->offset = ask->offset;
	if (to->offset + rows > to->reach)
		to->offset = to->reach > rows ? to->reach - rows : 0;
	to->page = page;
	for (unsigned i = 0; page && i < rows && to->offset + i < to->reach; i++) {
		uint32_t id = look_at(l, to->offset + i);

		if (id == NOBODY)
			show_gone(&page[i], a, l->class->def->name, "");
		else
			show_row(&page[i], a, l, l->class, id, b);
		page[i].place = to->offset + i;
		to->page_n = i + 1;
	}
	to->asked = l->find.asked;
	to->searching = l->find.going;
	to->found = l->find.found;
	to->found_place = l->find.found ? look_place(l, l->find.at) : 0;
}

/* ---- history ---- */

static const char *cause_text(struct arena *a, const struct store *s, const struct past *p)
{
	char text[120];

	if (p->flow < CAUSE_FLOW || p->flow - CAUSE_FLOW >= (int)s->model->flow_n)
		return "by hand";
	snprintf(text, sizeof text, "%.100s %u", s->model->flows[p->flow - CAUSE_FLOW].name, p->step);
	return copy(a, text);
}

static const char *old_text(struct arena *a, const struct class *c, const struct past *p, struct buf *b)
{
	struct expr_run run = { .arena = a };
	struct held h = { .null = p->null };
	struct text t;

	if (p->null)
		return NULL;
	if (p->text)
		h.v.t = lasting_text(p->old.t);
	else
		memcpy(&h.v, &p->old, sizeof p->old);
	t = expr_text(&run, c->fields[p->field].type, c->fields[p->field].scale, &h);
	buf_clear(b);
	buf_add(b, t.at, t.n);
	return arena_copy(a, b->data, b->n);
}

/* Newest first; what a field became is what the next newer version found. */
static void show_versions(struct view_inspected *to, struct arena *a, const struct store *s, const struct class *c, uint32_t id, struct buf *b)
{
	const struct entity *en = entity_at(c, id);
	struct view_field_state *fields = arena_take(a, c->field_n * sizeof *fields);
	unsigned most = c->def->history < VERSION_MOST ? c->def->history : VERSION_MOST, changes = 0;
	struct view_version *versions = arena_take(a, (most + 1) * sizeof *versions);
	struct view_version_field *all = arena_take(a, CHANGE_MOST * sizeof *all);
	const char **now = arena_take(a, c->field_n * sizeof *now);
	const struct past *p = history_at(&s->history, en->change, (unsigned)c->number, id);

	to->version_most = c->def->history;
	if (!fields || !versions || !all || !now)
		return;
	to->fields = fields;
	to->versions = versions;
	memcpy(now, to->row.values, c->field_n * sizeof *now);
	while (p && to->version_n < most && changes < CHANGE_MOST) {
		struct view_version *v = &versions[to->version_n++];
		bool last = false;

		*v = (struct view_version){ .at_ns = p->at_ns, .event = p->event, .cause = cause_text(a, s, p), .by_hand = p->flow == CAUSE_HAND,
					    .fields = &all[changes] };
		while (p && !last && changes < CHANGE_MOST) {
			struct view_version_field *f = &all[changes++];

			*f = (struct view_version_field){ .field = p->field, .was = old_text(a, c, p, b), .now = now[p->field] };
			now[p->field] = f->was;
			v->n++;
			if (!fields[p->field].cause)
				fields[p->field] = (struct view_field_state){ v->cause, p->at_ns, v->by_hand };
			last = p->last;
			p = history_at(&s->history, p->before, (unsigned)c->number, id);
		}
	}
}

/* ---- who has it, what it belongs to ---- */

static const char *const doing_names[] = { [OP_ACT] = "emits", [OP_SELECT] = "selects", [OP_WAIT] = "waits", [OP_BRANCH] = "branches", [OP_IF] = "decides",
	[OP_LOOP] = "repeats", [OP_NEXT] = "repeats", [OP_CALL] = "calls", [OP_RETURN] = "goes on", [OP_GOTO] = "goes on", [OP_RETIRE] = "retires", [OP_END] = "ends" };

static void show_holder(struct view_inspected *to, struct arena *a, const struct store *s, const struct entity *en)
{
	const struct flow_run *run = run_of(s, en);
	const struct flow_op *op;
	char text[160];

	if (!run || !run->active)
		return;
	op = &run->plan->ops[run->waits && run->pc ? run->pc - 1 : run->pc];
	to->session = copy(a, run->session);
	to->launch = run->launch + 1;
	to->since_ns = run->started_ns;
	to->until_ns = run->waits ? run->wakes_ns : 0;
	if (op->flow != run->plan->number)
		snprintf(text, sizeof text, "%s at step %u of %.80s", doing_names[op->kind], op->step, s->model->flows[op->flow].name);
	else
		snprintf(text, sizeof text, op->step ? "%s at step %u" : "%s", doing_names[op->kind], op->step);
	to->doing = copy(a, text);
}

static void add_link(struct view_inspected *to, struct arena *a, struct view_link *links, const struct class *c, uint32_t id, const char *field, bool outward,
		     struct buf *b)
{
	const char *key;

	if (to->link_n == LINK_MOST) {
		to->more_links = true;
		return;
	}
	key = value_text(a, c, entity_at(c, id), FIELD_KEY, b);
	links[to->link_n++] = (struct view_link){ copy(a, c->def->name), key ? key : "", copy(a, field), outward };
}

static bool is_same(enum type t, const struct held *x, const struct held *y)
{
	if (x->null || y->null)
		return false;
	if (t == TYPE_TEXT)
		return x->v.t.n == y->v.t.n && memcmp(x->v.t.at, y->v.t.at, x->v.t.n) == 0;
	return x->v.i == y->v.i;
}

/* Those whose state names this one, by the chains that flows have asked for. */
static void show_followers(struct view_inspected *to, struct arena *a, const struct class *other, const struct held *key, enum type type,
			   struct view_link *links, struct buf *b)
{
	for (unsigned k = 0; k < other->join_n; k++) {
		const struct join *j = other->joins[k];
		const struct state_field *f = &other->fields[j->field];
		unsigned steps = 0;

		if (f->type != type || !j->head_n)
			continue;
		for (uint32_t id = join_first(other, j, key->v); id != NOBODY && steps++ < CHAIN_MOST; id = j->next[id] - 1) {
			struct held h;

			entity_load(other, entity_at(other, id), j->field, &h);
			if (is_same(type, &h, key))
				add_link(to, a, links, other, id, f->name, false, b);
		}
	}
}

/* A field that is called like the key of another class, and what it names. */
static void show_named(struct view_inspected *to, struct arena *a, const struct class *c, const struct entity *en, const struct class *other,
		       struct view_link *links, struct buf *b)
{
	int field = class_field(c, other->fields[FIELD_KEY].name);
	struct held h;
	uint32_t id;

	if (field <= 0 || c->fields[field].type != other->fields[FIELD_KEY].type)
		return;
	entity_load(c, en, (unsigned)field, &h);
	id = h.null ? NOBODY : class_find(other, h.v);
	if (id != NOBODY)
		add_link(to, a, links, other, id, c->fields[field].name, true, b);
}

static void show_links(struct view_inspected *to, struct arena *a, const struct store *s, const struct class *c, const struct entity *en, struct buf *b)
{
	struct view_link *links = arena_take(a, LINK_MOST * sizeof *links);
	enum type type = c->fields[FIELD_KEY].type;
	struct held key;

	if (!links || (type != TYPE_TEXT && type != TYPE_INT))
		return;
	to->links = links;
	entity_load(c, en, FIELD_KEY, &key);
	for (unsigned i = 0; i < s->class_n; i++)
		if (&s->classes[i] != c)
			show_named(to, a, c, en, &s->classes[i], links, b);
	for (unsigned i = 0; i < s->class_n; i++)
		if (&s->classes[i] != c)
			show_followers(to, a, &s->classes[i], &key, type, links, b);
}

/* ---- events ---- */

static void show_events(struct view_inspected *to, struct arena *a, const struct look *l, const struct class *c, uint32_t id, uint32_t generation)
{
	const struct eye *eye = &l->eye;
	uint64_t n = eye->events < EYE_ROOM ? eye->events : EYE_ROOM;
	struct view_entity_event *events = arena_take(a, (n ? n : 1) * sizeof *events);
	char cause[120];

	to->events = events;
	for (uint64_t i = eye->events - n; events && i < eye->events; i++) {
		const struct seen_event *ev = &eye->ring[i % EYE_ROOM];

		if (ev->of.class != c || ev->of.id != id || ev->of.generation != generation)
			continue;
		snprintf(cause, sizeof cause, "%.100s %u", l->store->model->flows[ev->flow].name, ev->step);
		events[to->event_n++] = (struct view_entity_event){ .sim_ns = ev->at_ns, .number = ev->number, .type = copy(a, ev->type),
								    .cause = copy(a, cause), .text = copy(a, ev->text) };
	}
}

static void watch(struct look *l, const struct class *c, uint32_t id)
{
	if (l->eye.n < EYE_MOST)
		l->eye.on[l->eye.n++] = (struct seen){ c, id, entity_at(c, id)->generation };
}

static uint32_t show_one(struct view_inspected *to, struct arena *a, struct look *l, const struct class *c, const char *key, struct buf *b)
{
	uint32_t id;

	if (!*key)
		return NOBODY;
	id = hands_find(c, key);
	if (id == NOBODY) {
		show_gone(&to->row, a, c->def->name, key);
		return id;
	}
	show_row(&to->row, a, l, c, id, b);
	if (!to->row.values)
		return NOBODY;
	show_versions(to, a, l->store, c, id, b);
	show_holder(to, a, l->store, entity_at(c, id));
	show_links(to, a, l->store, c, entity_at(c, id), b);
	show_events(to, a, l, c, id, entity_at(c, id)->generation);
	watch(l, c, id);
	return id;
}

static void show_pins(struct view_entities *to, struct arena *a, struct look *l, const struct view_entity_ask *ask, struct buf *b)
{
	struct view_entity *pins = arena_take(a, ENTITY_PINS * sizeof *pins);

	to->pins = pins;
	for (unsigned i = 0; pins && i < ask->pin_n; i++) {
		const struct class_def *def = model_class(l->store->model, ask->pins[i].class, NULL);
		const struct class *c = def ? store_class(l->store, def) : NULL;
		uint32_t id = c ? hands_find(c, ask->pins[i].key) : NOBODY;

		if (id == NOBODY) {
			show_gone(&pins[to->pin_n++], a, ask->pins[i].class, ask->pins[i].key);
			continue;
		}
		show_row(&pins[to->pin_n++], a, l, c, id, b);
		watch(l, c, id);
	}
}

bool look_is_wanted(const struct view_want *want, const struct view *v)
{
	return want->entities && !v->entities.module;
}

void look_show(struct look *l, const char *module, const struct view_want *want, struct view *v)
{
	const struct view_entity_ask *ask = want->entities;
	struct view_entities *to = &v->entities;
	struct arena *a = &v->arena;
	struct view_class *classes = arena_take(a, (l->store->class_n + 1) * sizeof *classes);
	struct buf b;
	uint32_t id;

	if (!classes)
		return;
	buf_init(&b, 16384);
	look_go_on(l, ask, l->store->now_ns > v->sim_ns ? l->store->now_ns : v->sim_ns);
	*to = (struct view_entities){ .classes = classes, .class_n = l->store->class_n, .module = copy(a, module), .bytes = store_bytes(l->store),
				      .class = l->class ? (int)l->class->number : -1, .filter_wrong = copy(a, l->wrong), .one_place = UINT64_MAX };
	for (unsigned i = 0; i < to->class_n; i++)
		show_class(&classes[i], a, &l->store->classes[i]);
	l->store->eye = &l->eye;
	l->eye.n = 0;
	if (l->class) {
		show_page(to, a, l, ask, &b);
		id = show_one(&to->one, a, l, l->class, ask->key, &b);
		to->one_place = look_place(l, id);
		show_one(&to->other, a, l, l->class, ask->other, &b);
	}
	show_pins(to, a, l, ask, &b);
	buf_free(&b);
}
