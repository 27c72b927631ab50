/* What a step makes and changes, as one record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entity/plan_inside.h"

/* ---- types ---- */

/* Can a value be put where such a one belongs? Numbers widen; a real becomes a decimal by rounding. */
static bool goes_into(enum type from, enum type to)
{
	if (from == to || from == TYPE_NULL || (expr_is_text(from) && expr_is_text(to)))
		return true;
	return (to == TYPE_REAL && (from == TYPE_INT || from == TYPE_DECIMAL)) || (to == TYPE_DECIMAL && (from == TYPE_INT || from == TYPE_REAL));
}

/* The value goes into a state field, whose type it may be the first to show. */
static int into_field(struct builder *b, struct class *c, unsigned field, struct source *from)
{
	struct state_field *f = &c->fields[field];

	if (f->type == TYPE_NULL && from->type != TYPE_NULL) {
		f->type = from->type;
		f->scale = from->scale;
		b->guessed = true;
	}
	from->to = f->type;
	from->to_scale = f->scale;
	if (goes_into(from->type, f->type))
		return 0;
	if (f->type == TYPE_INT && expr_is_number(from->type))
		return err_set(b->e, ERR_INPUT, "%s.%s is a whole number, and this is %s: give it a default like 0.0", c->def->name, f->name, type_names[from->type]);
	return err_set(b->e, ERR_INPUT, "%s.%s is %s, and this is %s", c->def->name, f->name, type_names[f->type], type_names[from->type]);
}

/* ---- what goes into the record ---- */

static struct action *new_action(struct builder *b, unsigned extras)
{
	struct action *a = calloc(1, sizeof *a);

	b->told = false;
	if (a && (a->extras = calloc(extras + 1, sizeof *a->extras))) {
		a->type = a->created = -1;
		memset(a->lasts, -1, sizeof a->lasts);
		return a;
	}
	free(a);
	err_memory(b->e);
	return NULL;
}

void plan_action_free(struct action *a)
{
	if (!a)
		return;
	record_free(a->record);
	free(a->extras);
	free(a->creation);
	free(a->changes);
	free(a);
}

static unsigned add_extra(struct builder *b, struct action *a, const struct field_def *value, const char *what, const char *one, const char *two)
{
	char name[300];
	struct record_extra *x = &a->extras[a->extra_n];

	snprintf(name, sizeof name, "%s#%s.%s.%s", b->plan ? b->plan->def->name : "", what, one, two);
	x->def = *value;
	x->def.name = arena_text(&b->p->arena, name);
	return a->extra_n++;
}

/* The event's fields, with what the step says instead. */
static int define(struct builder *b, struct action *a, const struct event_def *event, const struct step_def *s)
{
	a->def = *event;
	if (!s || !s->with_n)
		return 0;
	a->def.fields = arena_take(&b->p->arena, event->n * sizeof *a->def.fields);
	if (!a->def.fields)
		return err_memory(b->e);
	memcpy(a->def.fields, event->fields, event->n * sizeof *a->def.fields);
	for (unsigned w = 0; w < s->with_n; w++)
		for (unsigned i = 0; i < event->n; i++)
			if (strcmp(event->fields[i].name, s->with[w].name) == 0)
				a->def.fields[i] = s->with[w];
	return 0;
}

static int compile(struct builder *b, struct action *a)
{
	const struct record_scope scope = plan_scope(b);
	unsigned before = b->faults ? b->faults->n : 0;
	const void *place = NULL;
	char path[160];

	/* Flows draw from streams of their own; see struct flow_run. */
	snprintf(path, sizeof path, "%s", b->p->module);
	a->record = record_new_in(&a->def, b->p->world, arena_text(&b->p->arena, path), &scope, a->extras, a->extra_n, &place, b->e);
	b->told = b->faults && b->faults->n > before;
	if (b->told)
		b->faults->blurred = b->faults->lost_last = true;
	return a->record ? 0 : plan_wrong(b, place);
}

/* ---- event types ---- */

static struct flow_type *new_type(struct builder *b, const struct event_def *def, const struct schema *s)
{
	struct plans *p = b->p;
	struct flow_type *t = &p->types[p->type_n];

	if (p->type_n == EVENT_TYPES) {
		err_set(b->e, ERR_INPUT, "more than %d events", EVENT_TYPES);
		return NULL;
	}
	*t = (struct flow_type){ .def = def, .schema = *s };
	t->leaves = arena_take(&p->arena, (s->leaf_n + 1) * sizeof *t->leaves);
	t->open = arena_take(&p->arena, (s->leaf_n + 1) * sizeof *t->open);
	if (!t->leaves || !t->open) {
		err_memory(b->e);
		return NULL;
	}
	for (unsigned i = 0; i < s->leaf_n; i++) {
		t->leaves[i] = s->leaves[i];
		t->open[i] = true;
	}
	t->schema.leaves = t->leaves;
	t->schema.sessions = t->schema.flows = true;
	p->type_n++;
	return t;
}

/* Whichever steps make an event, its fields are of one kind. */
static int join_type(struct builder *b, struct action *a, const struct event_def *def)
{
	const struct schema *s = record_schema(a->record);
	struct flow_type *t = NULL;

	for (unsigned i = 0; i < b->p->type_n && !t; i++)
		if (b->p->types[i].def == def)
			t = &b->p->types[i];
	if (!t && !(t = new_type(b, def, s)))
		return -1;
	a->type = (int)(t - b->p->types);
	for (unsigned i = 0; i < s->leaf_n; i++) {
		struct leaf *l = &t->leaves[i];
		uint8_t scale;
		enum type type;

		record_value(a->record, i, &type, &scale);
		l->nullable |= s->leaves[i].nullable;
		if (type == TYPE_NULL)
			continue;
		if (!t->open[i] && (l->kind != s->leaves[i].kind || l->scale != s->leaves[i].scale))
			return err_set(b->e, ERR_INPUT, "event '%s': '%s' is %s here and %s in another step; both must be one type, so round() or convert one",
				       def->name, l->name, type_names[type], type_names[expr_type(l->kind)]);
		l->kind = s->leaves[i].kind;
		l->scale = s->leaves[i].scale;
		t->open[i] = false;
	}
	return 0;
}

/* ---- creation ---- */

static int leaf_named(const struct action *a, const char *name)
{
	for (unsigned i = 0; i < a->def.n; i++)
		if (strcmp(a->def.fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* Before the record is compiled: defaults are extras of it. */
static void plan_defaults(struct builder *b, struct action *a, const struct class_def *class, unsigned *extras)
{
	for (unsigned i = 0; i < class->n; i++)
		if (!class->states[i].from)
			extras[i] = add_extra(b, a, &class->states[i].init, "state", class->name, class->states[i].name);
}

static enum type declared_type(const struct state_def *s)
{
	static const struct { const char *name; enum type type; } names[] = { { "text", TYPE_TEXT }, { "int", TYPE_INT }, { "real", TYPE_REAL },
		{ "bool", TYPE_BOOL }, { "instant", TYPE_INSTANT }, { "duration", TYPE_SPAN } };

	for (size_t i = 0; s->type && i < COUNT_OF(names); i++)
		if (strcmp(names[i].name, s->type) == 0)
			return names[i].type;
	return TYPE_NULL;
}

static struct source of_leaf(const struct action *a, int leaf)
{
	struct source s = { .leaf = leaf };

	record_value(a->record, (unsigned)leaf, &s.type, &s.scale);
	return s;
}

static struct source of_extra(const struct action *a, unsigned extra)
{
	return (struct source){ .leaf = -1, .extra = extra, .type = a->extras[extra].value.type, .scale = a->extras[extra].value.scale };
}

/* After it: which value goes into which field. */
static int create(struct builder *b, struct action *a, const struct class_def *class, const unsigned *extras)
{
	struct class *c = store_class(b->p->store, class);
	int key = leaf_named(a, class->key);

	a->creation = calloc(class->n + 1, sizeof *a->creation);
	if (!a->creation)
		return err_memory(b->e);
	a->creation[a->creation_n++] = (struct assignment){ .field = FIELD_KEY, .from = of_leaf(a, key) };
	for (unsigned i = 0; i < class->n; i++) {
		const struct state_def *s = &class->states[i];
		struct state_field *f = &c->fields[i + 1];

		if (s->type && f->type == TYPE_NULL)
			f->type = declared_type(s);
		a->creation[a->creation_n++] = (struct assignment){ .field = i + 1, .from = s->from ? of_leaf(a, leaf_named(a, s->from)) : of_extra(a, extras[i]) };
	}
	for (unsigned i = 0; i < a->creation_n; i++)
		if (into_field(b, c, a->creation[i].field, &a->creation[i].from) < 0)
			return plan_wrong(b, i ? class->states[i - 1].place : class->key_place);
	if (c->fields[FIELD_KEY].type == TYPE_REAL || c->fields[FIELD_KEY].type == TYPE_BOOL)
		return err_set(b->e, ERR_INPUT, "%s.%s cannot be a key: it is %s", class->name, class->key, type_names[c->fields[FIELD_KEY].type]),
		       plan_wrong(b, class->key_place);
	return 0;
}

/* ---- changes ---- */

static int unknown_field(struct builder *b, const struct class *c, const struct change_def *s)
{
	if (strcmp(c->fields[FIELD_KEY].name, s->field) == 0)
		err_set(b->e, ERR_INPUT, "%s.%s is the key, which stays", c->def->name, s->field);
	else
		class_no_field(c, s->field, b->e);
	return plan_wrong(b, s->key_place);
}

static int change(struct builder *b, struct action *a, const struct change_def *s, unsigned extra)
{
	int v = plan_variable(b, s->variable), field;
	struct class *c;
	struct assignment *to = &a->changes[a->change_n];

	if (v < 0)
		return plan_unknown_variable(b, s->variable, s->key_place);
	c = b->plan->variables[v].class;
	field = class_field(c, s->field);
	if (field <= 0)
		return unknown_field(b, c, s);
	*to = (struct assignment){ .variable = (unsigned)v, .field = (unsigned)field, .from = of_extra(a, extra), .add = s->add };
	if (s->add && ((c->fields[field].type != TYPE_NULL && !expr_is_number(c->fields[field].type)) || !expr_is_number(to->from.type))) {
		err_set(b->e, ERR_INPUT, "only numbers add up: %s.%s is %s, and this is %s", c->def->name, s->field, type_names[c->fields[field].type],
			type_names[to->from.type]);
		return plan_wrong(b, s->place);
	}
	if (into_field(b, c, (unsigned)field, &to->from) < 0)
		return plan_wrong(b, s->place);
	for (unsigned i = 0; i < a->change_n; i++)
		if (a->changes[i].variable == to->variable && a->changes[i].field == to->field) {
			err_set(b->e, ERR_INPUT, "%s.%s changes twice in this step", s->variable, s->field);
			return plan_wrong(b, s->key_place);
		}
	a->change_n++;
	return 0;
}

/* Those of one entity come together: they are one version of it. */
static void sort_changes(struct action *a)
{
	for (unsigned i = 1; i < a->change_n; i++) {
		struct assignment one = a->changes[i];
		unsigned k = i;

		for (; k && a->changes[k - 1].variable > one.variable; k--)
			a->changes[k] = a->changes[k - 1];
		a->changes[k] = one;
	}
}

/* ---- all of it ---- */

static void made_last(struct builder *b, struct action *a)
{
	b->known.lasts[0] = a;
	b->known.last_n = 1;
}

static int finish(struct builder *b, struct action *a, const struct step_def *s, const unsigned *extras, unsigned first_change)
{
	if (s->event && join_type(b, a, s->event) < 0)
		return plan_wrong(b, s->place);
	if (s->created) {
		if (create(b, a, s->created, extras) < 0)
			return -1;
		a->created = plan_new_variable(b, s->create, s->created);
		if (a->created < 0)
			return plan_wrong(b, s->place);
		b->known.sure |= UINT32_C(1) << a->created;
		b->known.maybe |= UINT32_C(1) << a->created;
	}
	a->changes = calloc(s->change_n + 1, sizeof *a->changes);
	if (!a->changes)
		return err_memory(b->e);
	for (unsigned i = 0; i < s->change_n; i++)
		if (change(b, a, &s->changes[i], first_change + i) < 0)
			return -1;
	sort_changes(a);
	if (s->event)
		made_last(b, a);
	return 0;
}

struct action *plan_action(struct builder *b, const struct step_def *s)
{
	static const struct event_def nothing = { .name = "" };
	struct action *a = new_action(b, s->change_n + (s->created ? s->created->n : 0));
	unsigned extras[STATE_MOST], first;

	if (!a)
		return NULL;
	if (define(b, a, s->event ? s->event : &nothing, s) == 0) {
		if (s->created)
			plan_defaults(b, a, s->created, extras);
		first = a->extra_n;
		for (unsigned i = 0; i < s->change_n; i++)
			add_extra(b, a, &s->changes[i].value, "set", s->changes[i].variable, s->changes[i].field);
		if (compile(b, a) == 0 && finish(b, a, s, extras, first) == 0)
			return a;
	}
	plan_action_free(a);
	return NULL;
}

struct action *plan_creation(struct builder *b, const struct class_def *class)
{
	struct action *a = new_action(b, class->n);
	unsigned extras[STATE_MOST];

	if (!a)
		return NULL;
	if (define(b, a, class->event, NULL) == 0) {
		plan_defaults(b, a, class, extras);
		if (compile(b, a) == 0 && join_type(b, a, class->event) == 0 && create(b, a, class, extras) == 0)
			return a;
	}
	plan_action_free(a);
	return NULL;
}

struct action *plan_value(struct builder *b, const struct field_def *value)
{
	static const struct event_def nothing = { .name = "" };
	struct action *a = new_action(b, 1);

	if (!a)
		return NULL;
	if (define(b, a, &nothing, NULL) == 0) {
		add_extra(b, a, value, "step", value->name, "");
		if (compile(b, a) == 0)
			return a;
	}
	plan_action_free(a);
	return NULL;
}
