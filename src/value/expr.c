/* Tree to operations: literals, names, calls, and what the other files of the compiler share. */
#include "value/expr.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "value/expr_decimal.h"
#include "value/expr_inside.h"
#include "value/expr_ops.h"

const char *const type_names[] = { "null", "bool", "int", "real", "decimal", "text", "instant", "duration", "json" };

enum type expr_type(enum kind k)
{
	static const enum type types[] = { [KIND_BOOL] = TYPE_BOOL, [KIND_INT] = TYPE_INT, [KIND_DECIMAL] = TYPE_DECIMAL, [KIND_REAL] = TYPE_REAL,
					   [KIND_TEXT] = TYPE_TEXT, [KIND_INSTANT] = TYPE_INSTANT, [KIND_JSON] = TYPE_JSON };

	return types[k];
}

int expr_fail(struct compiler *c, const struct tree *t, const char *format, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return err_set(c->e, ERR_INPUT, "column %u: %s", t->column, text);
}

uint32_t expr_register(struct compiler *c)
{
	return c->x->registers++;
}

struct op *expr_emit(struct compiler *c, const struct op *(*run)(struct expr_run *x, const struct op *o))
{
	struct expr *x = c->x;

	if (x->n == x->room) {
		uint32_t room = x->room ? x->room * 2 : 32;
		struct op *ops = realloc(x->ops, room * sizeof *ops);

		if (!ops) {
			err_memory(c->e);
			return NULL;
		}
		x->ops = ops;
		x->room = room;
	}
	x->ops[x->n] = (struct op){ .run = run };
	return &x->ops[x->n++];
}

int expr_own(struct compiler *c, void *at, void (*release)(void *at))
{
	struct owned *o = malloc(sizeof *o);

	if (!o || !at) {
		if (at)
			release(at);
		free(o);
		return err_memory(c->e);
	}
	*o = (struct owned){ .next = c->x->owned, .at = at, .free = release };
	c->x->owned = o;
	return 0;
}

bool expr_is_number(enum type t)
{
	return t == TYPE_INT || t == TYPE_REAL || t == TYPE_DECIMAL;
}

void expr_path(struct compiler *c, const char *name, char *to, size_t room)
{
	snprintf(to, room, "%.200s#%u.%.60s", c->scope->path ? c->scope->path : "", c->ordinal++, name);
}

/* ---- conversions ---- */

int expr_convert(struct compiler *c, struct part *p, const struct op *(*run)(struct expr_run *x, const struct op *o), enum type type)
{
	struct op *o = expr_emit(c, run);

	if (!o)
		return -1;
	o->a = p->reg;
	o->b = p->scale;
	o->to = p->reg = expr_register(c);
	p->type = type;
	return 0;
}

int expr_as_real(struct compiler *c, struct part *p)
{
	if (p->type == TYPE_INT)
		return expr_convert(c, p, op_int_to_real, TYPE_REAL);
	if (p->type == TYPE_DECIMAL)
		return expr_convert(c, p, op_decimal_to_real, TYPE_REAL);
	return 0;
}

int expr_as_span(struct compiler *c, struct part *p)
{
	return expr_convert(c, p, op_seconds_to_span, TYPE_SPAN);
}

int expr_as_text(struct compiler *c, struct part *p)
{
	uint32_t type = p->type, scale = p->scale;

	if (p->type == TYPE_TEXT)
		return 0;
	if (expr_convert(c, p, op_to_text, TYPE_TEXT) < 0)
		return -1;
	c->x->ops[c->x->n - 1].b = type;
	c->x->ops[c->x->n - 1].c = scale;
	return 0;
}

int expr_move(struct compiler *c, const struct part *from, uint32_t to)
{
	struct op *o = expr_emit(c, op_move);

	if (!o)
		return -1;
	o->a = from->reg;
	o->to = to;
	return 0;
}

int expr_unify(struct compiler *c, const struct tree *at, struct part *a, struct part *b)
{
	unsigned scale;

	if (a->type == TYPE_NULL) {
		*a = (struct part){ a->reg, b->type, true, b->scale };
		return 0;
	}
	if (b->type == TYPE_NULL) {
		*b = (struct part){ b->reg, a->type, true, a->scale };
		return 0;
	}
	if (a->type == b->type && a->scale == b->scale)
		return 0;
	if (expr_in_decimals(a, b, &scale))
		return expr_rescale(c, a, scale) < 0 || expr_rescale(c, b, scale) < 0 ? -1 : 0;
	if (expr_is_number(a->type) && expr_is_number(b->type))
		return expr_as_real(c, a) < 0 || expr_as_real(c, b) < 0 ? -1 : 0;
	return expr_fail(c, at, "%s and %s do not go together", type_names[a->type], type_names[b->type]);
}

/* ---- literals and names ---- */

static int literal(struct compiler *c, const struct tree *t, enum type type, struct part *to)
{
	struct held *h = arena_take(&c->x->arena, sizeof *h);
	struct op *o = h ? expr_emit(c, op_constant) : NULL;

	if (!o)
		return err_memory(c->e);
	h->v = t->v;
	h->null = t->kind == TREE_NULL;
	*to = (struct part){ expr_register(c), type, h->null, 0 };
	o->to = to->reg;
	o->at = h;
	return 0;
}

static const struct { const char *name; enum type type; op_run *run; bool nullable, varies; } contexts[] = {
	{ "now", TYPE_INSTANT, op_now, .varies = true }, { "start", TYPE_INSTANT, op_start, .varies = false }, { "seq", TYPE_INT, op_seq, .varies = true },
	{ "module", TYPE_TEXT, op_module, .varies = false }, { "event.type", TYPE_TEXT, op_event_type, .varies = false },
	{ "event.key", TYPE_TEXT, op_event_key, .nullable = true, .varies = true },
};

/* What gives something else for each row is remembered. */
static void note_varying(struct compiler *c, const struct tree *t)
{
	if (!c->x->varies)
		c->x->varies = t->v.t.at;
}

static bool is_provider_call(const char *name, struct err *e)
{
	char preset[200];

	return provider_find(name, preset, sizeof preset, e);
}

/* A provider that a bare name can mean; one with a dot needs its parentheses. */
static bool is_provider(const char *name)
{
	return !strchr(name, '.') && is_provider_call(name, NULL);
}

bool expr_is_name(struct compiler *c, const char *name)
{
	struct expr_name ignored = { 0 };

	for (size_t i = 0; i < COUNT_OF(contexts); i++)
		if (strcmp(contexts[i].name, name) == 0)
			return true;
	return c->scope->find && c->scope->find(c->scope->arg, name, &ignored);
}

bool expr_is_word(const char *name)
{
	static const char *const words[] = { "null", "true", "false", "and", "or", "not", "in", "between", "matches" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i], name) == 0)
			return true;
	for (size_t i = 0; i < COUNT_OF(contexts); i++)
		if (strcmp(contexts[i].name, name) == 0)
			return true;
	return expr_has_function(name);
}

int expr_unknown_name(struct compiler *c, const struct tree *t)
{
	const struct expr_scope *s = c->scope;
	struct suggest g;
	char hint[160];
	struct err e;

	suggest_init(&g, t->v.t.at);
	for (unsigned i = 0; s->list && s->list(s->arg, i); i++)
		suggest_try(&g, s->list(s->arg, i));
	for (size_t i = 0; i < COUNT_OF(contexts); i++)
		suggest_try(&g, contexts[i].name);
	if (s->owner && t->kind == TREE_NAME) {
		if (is_provider(t->v.t.at))
			return expr_fail(c, t, "%s has no field '%.60s'; a random value is written %.60s()", s->owner, t->v.t.at, t->v.t.at);
		return expr_fail(c, t, "%s has no field '%.60s'%s", s->owner, t->v.t.at, suggest_text(&g, hint, sizeof hint));
	}
	if (strchr(t->v.t.at, '.') && is_provider_call(t->v.t.at, &e) == (t->kind == TREE_NAME))
		return t->kind == TREE_CALL ? expr_fail(c, t, "%s", e.text)
					    : expr_fail(c, t, "unknown name '%.60s'; a random value with a dot is written %.60s()", t->v.t.at, t->v.t.at);
	provider_each(p)
		if (t->kind == TREE_CALL || !p->combine)        /* those take arguments */
			suggest_try(&g, p->name);
	for (unsigned i = 0; t->kind == TREE_CALL && expr_function_name(i); i++)
		suggest_try(&g, expr_function_name(i));
	return expr_fail(c, t, "unknown name '%.60s'%s", t->v.t.at, suggest_text(&g, hint, sizeof hint));
}

static int name(struct compiler *c, const struct tree *t, struct part *to)
{
	struct expr_name found = { 0 };
	struct op *o;
	int result;

	if (c->scope->find && c->scope->find(c->scope->arg, t->v.t.at, &found)) {
		*to = (struct part){ found.reg, found.type, found.nullable, found.scale };
		if (!found.load)
			return 0;
		o = expr_emit(c, op_load);
		if (!o)
			return -1;
		struct expr_name *kept = arena_take(&c->x->arena, sizeof *kept);

		if (!kept)
			return err_memory(c->e);
		*kept = found;
		o->at = kept;
		o->to = to->reg = expr_register(c);
		return 0;
	}
	for (size_t i = 0; i < COUNT_OF(contexts); i++)
		if (strcmp(contexts[i].name, t->v.t.at) == 0) {
			o = expr_emit(c, contexts[i].run);
			*to = (struct part){ expr_register(c), contexts[i].type, contexts[i].nullable, 0 };
			if (o)
				o->to = to->reg;
			if (contexts[i].varies)
				note_varying(c, t);
			return o ? 0 : -1;
		}
	if ((result = expr_own_value(c, t, to)) != 1) {
		note_varying(c, t);
		return result;
	}
	if (!c->scope->owner && is_provider(t->v.t.at)) {
		note_varying(c, t);
		return expr_provider(c, t, to);
	}
	return expr_unknown_name(c, t);
}

static int call(struct compiler *c, const struct tree *t, struct part *to)
{
	char alone[80];
	/* What a library has is neither a function nor the scenario's own value of the same name. */
	bool in_library = library_name(t->v.t.at, alone, sizeof alone);
	int result = in_library ? 1 : expr_function(c, t, to);

	if (result != 1)
		return result;
	result = in_library ? 1 : expr_own_value(c, t, to);
	if (result == 1)
		result = expr_provider(c, t, to);
	if (result == 0)
		note_varying(c, t);
	return result;
}

/* coalesce(a, b, c) is a ?? b ?? c. */
static int coalesce(struct compiler *c, const struct tree *t, bool as_text, struct part *to)
{
	struct tree *all = NULL;

	if (expr_check_call(c, t) < 0)
		return -1;
	for (const struct tree *a = t->first; a; a = a->next) {
		struct tree *both = arena_take(&c->x->arena, 2 * sizeof *both);

		if (!both)
			return err_memory(c->e);
		both[1] = *a;
		both[1].next = NULL;
		if (!all) {
			all = &both[1];
			continue;
		}
		both[0] = (struct tree){ .kind = TREE_DEFAULT, .column = a->column, .first = all, .last = &both[1], .n = 2 };
		all->next = &both[1];
		all = &both[0];
	}
	c->as_text = as_text;
	return expr_part(c, all, to);
}

/* ---- all of it ---- */

int expr_part(struct compiler *c, const struct tree *t, struct part *to)
{
	bool as_text = c->as_text;

	c->as_text = false;     /* of this part, not of those in it */
	if (c->x->registers > EXPR_REGISTERS)
		return expr_fail(c, t, "this is too much for one event");
	switch (t->kind) {
	case TREE_NULL: return literal(c, t, TYPE_NULL, to);
	case TREE_BOOL: return literal(c, t, TYPE_BOOL, to);
	case TREE_INT: return literal(c, t, TYPE_INT, to);
	case TREE_REAL: return literal(c, t, TYPE_REAL, to);
	case TREE_TEXT: return literal(c, t, TYPE_TEXT, to);
	case TREE_SPAN: return literal(c, t, TYPE_SPAN, to);
	case TREE_NAME: return name(c, t, to);
	case TREE_CALL: return strcmp(t->v.t.at, "coalesce") == 0 ? coalesce(c, t, as_text, to) : call(c, t, to);
	case TREE_LIST: return expr_fail(c, t, "a list can only be an argument, or stand behind 'in'");
	default: return expr_operator(c, t, as_text, to);
	}
}
