/* What names mean in a flow: user.orders, last.total, session, flow. */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "entity/plan_inside.h"

/* ---- loading ---- */

struct place_of {
	unsigned variable, field;
	const struct class *class;
};

static void load_state(struct expr_run *x, const void *at, struct held *to)
{
	const struct sight *s = x->context;
	const struct place_of *p = at;
	const struct ref *r = &s->run->variables[p->variable];

	if (entity_is(p->class, r->id, r->generation))
		entity_load(p->class, entity_at(p->class, r->id), p->field, to);
	else
		to->null = true;
}

static void load_last(struct expr_run *x, const void *at, struct held *to)
{
	const struct sight *s = x->context;
	unsigned i = (unsigned)(uintptr_t)at;
	enum type t = s->run->plan->lasts[i].type;

	to->null = s->run->nulls >> i & 1;
	if (expr_is_text(t))
		to->v.t = lasting_text(to->null ? NULL : s->run->lasts[i].t);
	else
		memcpy(&to->v, &s->run->lasts[i], sizeof s->run->lasts[i]);
}

static void load_session(struct expr_run *x, const void *at, struct held *to)
{
	const struct sight *s = x->context;

	(void)at;
	to->v.t = (struct text){ s->run->session, (uint32_t)strlen(s->run->session) };
}

static void load_flow(struct expr_run *x, const void *at, struct held *to)
{
	const struct sight *s = x->context;

	(void)at;
	if (s->run->plan)
		to->v.t = (struct text){ s->run->plan->def->name, (uint32_t)strlen(s->run->plan->def->name) };
	else
		to->null = true;
}

/* ---- finding ---- */

int plan_variable(struct builder *b, const char *name)
{
	for (unsigned i = 0; i < b->plan->variable_n; i++)
		if (strcmp(b->plan->variables[i].name, name) == 0 && b->known.maybe >> i & 1)
			return (int)i;
	return -1;
}

/* A value that the flow remembers from the event made last; -1: none of the events that may be the last has it, or not all as one type. */
static int last_slot(struct builder *b, const char *field)
{
	struct plan *plan = b->plan;
	enum type type = TYPE_NULL;
	uint8_t scale = 0;
	bool any = false;

	for (unsigned k = 0; k < b->known.last_n; k++) {
		const struct schema *s = record_schema(b->known.lasts[k]->record);

		for (unsigned i = 0; i < s->leaf_n; i++) {
			enum type t;
			uint8_t sc;

			if (strcmp(s->leaves[i].name, field) != 0)
				continue;
			record_value(b->known.lasts[k]->record, i, &t, &sc);
			if (any && t != TYPE_NULL && type != TYPE_NULL && (t != type || sc != scale))
				return -1;
			if (t != TYPE_NULL) {
				type = t;
				scale = sc;
			}
			any = true;
		}
	}
	if (!any)
		return -1;
	for (unsigned i = 0; i < plan->last_n; i++)
		if (strcmp(plan->lasts[i].name, field) == 0 && plan->lasts[i].type == type && plan->lasts[i].scale == scale)
			return (int)i;
	if (plan->last_n == LAST_MOST)
		return -1;
	plan->lasts[plan->last_n].name = arena_text(&b->p->arena, field);
	plan->lasts[plan->last_n].type = type;
	plan->lasts[plan->last_n].scale = scale;
	return plan->lasts[plan->last_n].name ? (int)plan->last_n++ : -1;
}

static bool find(void *arg, const char *name, struct expr_name *to)
{
	struct builder *b = arg;
	const char *dot = strchr(name, '.');
	char variable[80];
	int v, field;

	if (strcmp(name, "session") == 0 || strcmp(name, "flow") == 0) {
		*to = (struct expr_name){ .type = TYPE_TEXT, .nullable = *name == 'f', .load = *name == 's' ? load_session : load_flow };
		return true;
	}
	if (!dot || (size_t)(dot - name) >= sizeof variable || !b->plan)
		return false;
	snprintf(variable, sizeof variable, "%.*s", (int)(dot - name), name);
	if (strcmp(variable, "last") == 0) {
		v = last_slot(b, dot + 1);
		if (v < 0)
			return false;
		*to = (struct expr_name){ .type = b->plan->lasts[v].type, .nullable = true, .scale = b->plan->lasts[v].scale, .load = load_last,
					  .at = (const void *)(uintptr_t)v };
		return true;
	}
	v = plan_variable(b, variable);
	field = v < 0 ? -1 : class_field(b->plan->variables[v].class, dot + 1);
	if (field < 0)
		return false;
	struct place_of *at = arena_take(&b->p->arena, sizeof *at);

	if (!at)
		return false;
	*at = (struct place_of){ (unsigned)v, (unsigned)field, b->plan->variables[v].class };
	*to = (struct expr_name){ .type = at->class->fields[field].type, .nullable = true, .scale = at->class->fields[field].scale, .load = load_state,
				  .at = at };
	return true;
}

/* All names, one by one, for "did you mean". */
static const char *list(void *arg, unsigned i)
{
	struct builder *b = arg;
	char name[200];

	if (i < 2)
		return i ? "flow" : "session";
	i -= 2;
	for (unsigned v = 0; b->plan && v < b->plan->variable_n; v++) {
		const struct class *c = b->plan->variables[v].class;

		if (!(b->known.maybe >> v & 1))
			continue;
		if (i < c->field_n) {
			snprintf(name, sizeof name, "%s.%s", b->plan->variables[v].name, c->fields[i].name);
			return arena_text(&b->p->arena, name);
		}
		i -= c->field_n;
	}
	for (unsigned k = 0; k < b->known.last_n; k++) {
		const struct schema *s = record_schema(b->known.lasts[k]->record);

		if (i < s->leaf_n) {
			snprintf(name, sizeof name, "last.%s", s->leaves[i].name);
			return arena_text(&b->p->arena, name);
		}
		i -= s->leaf_n;
	}
	return NULL;
}

struct record_scope plan_scope(struct builder *b)
{
	return (struct record_scope){ .find = find, .list = list, .arg = b, .faults = b->faults };
}

/* ---- variables ---- */

int plan_wrong(struct builder *b, const void *place)
{
	if (b->wrong && place)
		*b->wrong = place;
	return -1;
}

int plan_unknown_variable(struct builder *b, const char *name, const void *place)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, name);
	for (unsigned i = 0; i < b->plan->variable_n; i++)
		if (b->known.maybe >> i & 1)
			suggest_try(&s, b->plan->variables[i].name);
	err_set(b->e, ERR_INPUT, "the flow has no '%.60s' here: it was neither selected nor created before%s", name, suggest_text(&s, hint, sizeof hint));
	return plan_wrong(b, place);
}

int plan_new_variable(struct builder *b, const char *name, const struct class_def *class)
{
	struct plan *plan = b->plan;
	unsigned i = 0;

	while (i < plan->variable_n && strcmp(plan->variables[i].name, name) != 0)
		i++;
	if (i == plan->variable_n) {
		if (i == VARIABLE_MOST)
			return err_set(b->e, ERR_INPUT, "more than %d entities in one flow", VARIABLE_MOST);
		plan->variables[plan->variable_n++] = (struct variable){ name, store_class(b->p->store, class) };
	} else if (plan->variables[i].class->def != class) {
		return err_set(b->e, ERR_INPUT, "'%.60s' is a %s in this flow, and cannot be a %s, too", name, plan->variables[i].class->def->name, class->name);
	}
	return (int)i;
}
