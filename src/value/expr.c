/* Tree to operations: names, types, operators. */
#include "value/expr.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "value/expr_inside.h"
#include "value/expr_ops.h"

const char *const type_names[] = { "null", "bool", "int", "real", "decimal", "text", "instant", "duration", "json" };

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

static int convert(struct compiler *c, struct part *p, const struct op *(*run)(struct expr_run *x, const struct op *o), enum type type)
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
		return convert(c, p, op_int_to_real, TYPE_REAL);
	if (p->type == TYPE_DECIMAL)
		return convert(c, p, op_decimal_to_real, TYPE_REAL);
	return 0;
}

int expr_as_text(struct compiler *c, struct part *p)
{
	uint32_t type = p->type, scale = p->scale;

	if (p->type == TYPE_TEXT)
		return 0;
	if (convert(c, p, op_to_text, TYPE_TEXT) < 0)
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

static const struct { const char *name; enum type type; const struct op *(*run)(struct expr_run *x, const struct op *o); bool nullable; } contexts[] = {
	{ "now", TYPE_INSTANT, op_now, false }, { "start", TYPE_INSTANT, op_start, false }, { "seq", TYPE_INT, op_seq, false },
	{ "module", TYPE_TEXT, op_module, false }, { "event.type", TYPE_TEXT, op_event_type, false }, { "event.key", TYPE_TEXT, op_event_key, true },
};

static int unknown_name(struct compiler *c, const struct tree *t)
{
	const struct expr_scope *s = c->scope;
	struct suggest g;
	char hint[80];

	suggest_init(&g, t->v.t.at);
	for (unsigned i = 0; s->list && s->list(s->arg, i); i++)
		suggest_try(&g, s->list(s->arg, i));
	for (size_t i = 0; i < COUNT_OF(contexts); i++)
		suggest_try(&g, contexts[i].name);
	for (const struct provider *const *pack = provider_packs; *pack; pack++)
		for (const struct provider *p = *pack; p->name; p++)
			suggest_try(&g, p->name);
	return expr_fail(c, t, "unknown name '%.60s'%s", t->v.t.at, suggest_text(&g, hint, sizeof hint));
}

static int provider_call(struct compiler *c, const struct tree *t, struct part *to);

static int name(struct compiler *c, const struct tree *t, struct part *to)
{
	struct expr_name found = { 0 };
	char preset[200];
	struct op *o;
	struct err ignored;

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
			return o ? 0 : -1;
		}
	/* A dotted provider name needs its parentheses. */
	if (!strchr(t->v.t.at, '.') && provider_find(t->v.t.at, preset, sizeof preset, &ignored))
		return provider_call(c, t, to);
	return unknown_name(c, t);
}

/* ---- providers ---- */

static void free_call(void *at)
{
	call_free(at);
}

static int give_preset(struct compiler *c, const struct tree *t, struct call *call, char *preset)
{
	for (char *s = preset; *s;) {
		size_t n = strcspn(s, ",");
		char *next = s + n + (s[n] == ','), *equals;
		struct err e;

		s[n] = '\0';
		equals = strchr(s, '=');
		if (equals) {
			*equals = '\0';
			if (call_set(call, s, equals + 1, &e) < 0)
				return expr_fail(c, t, "%s", e.text);
		}
		s = next;
	}
	return 0;
}

static int give_argument(struct compiler *c, const struct tree *arg, struct call *call, const struct param **next)
{
	const char *parameter = arg->label;
	struct buf text;
	struct err e;
	int result;

	if (!parameter) {
		if (!*next || (*next)->type == PARAM_END)
			return expr_fail(c, arg, "%s takes fewer arguments", call->is->name);
		parameter = (*next)->name;
		++*next;
	}
	buf_init(&text, EXPR_BYTES);
	if (!tree_constant(arg, &text))
		result = expr_fail(c, arg, "%s of %s must be a constant", parameter, call->is->name);
	else
		result = call_set(call, parameter, text.data, &e) < 0 ? expr_fail(c, arg, "%s", e.text) : 0;
	buf_free(&text);
	return result;
}

static enum type type_of(const struct provider *p)
{
	static const enum type types[] = { [KIND_BOOL] = TYPE_BOOL, [KIND_INT] = TYPE_INT, [KIND_DECIMAL] = TYPE_DECIMAL, [KIND_REAL] = TYPE_REAL,
					   [KIND_TEXT] = TYPE_TEXT, [KIND_INSTANT] = TYPE_INSTANT, [KIND_JSON] = TYPE_JSON };

	return types[p->out];
}

static int provider_call(struct compiler *c, const struct tree *t, struct part *to)
{
	char preset[200], path[300];
	struct err e;
	const struct provider *p = provider_find(t->v.t.at, preset, sizeof preset, &e);
	struct call *call = p ? call_new(p, c->scope->locale ? c->scope->locale : "en_US", &e) : NULL;
	const struct param *next = p ? p->params : NULL;
	struct op *o;

	if (!p)
		return unknown_name(c, t);
	if (expr_own(c, call, free_call) < 0 || give_preset(c, t, call, preset) < 0)
		return -1;
	for (const struct tree *arg = t->first; arg; arg = arg->next)
		if (give_argument(c, arg, call, &next) < 0)
			return -1;
	expr_path(c, p->name, path, sizeof path);
	if (call_begin(call, path, c->scope->group_path ? c->scope->group_path : "", &e) < 0)
		return expr_fail(c, t, "%s", e.text);
	o = expr_emit(c, p->text ? op_call_text : op_call_value);
	if (!o)
		return -1;
	o->at = call;
	*to = (struct part){ expr_register(c), type_of(p), false, call->scale };
	o->to = to->reg;
	return 0;
}

static int call(struct compiler *c, const struct tree *t, struct part *to)
{
	int result = expr_function(c, t, to);

	if (result == 1)
		result = expr_combinator(c, t, to);
	return result == 1 ? provider_call(c, t, to) : result;
}

/* ---- operators ---- */

static int two(struct compiler *c, const struct tree *t, struct part *a, struct part *b)
{
	return expr_part(c, t->first, a) < 0 || expr_part(c, t->first->next, b) < 0 ? -1 : 0;
}

static int finish(struct compiler *c, const struct op *(*run)(struct expr_run *x, const struct op *o), const struct part *a,
		  const struct part *b, enum type type, struct part *to)
{
	struct op *o = expr_emit(c, run);

	if (!o)
		return -1;
	o->a = a->reg;
	o->b = b ? b->reg : 0;
	*to = (struct part){ expr_register(c), type, a->nullable || (b && b->nullable), 0 };
	o->to = to->reg;
	return 0;
}

/* instant + span, instant - instant, span * number ...: what adding and taking away mean for moments. */
static int moments(struct compiler *c, const struct tree *t, struct part *a, struct part *b, struct part *to)
{
	bool plus = t->kind == TREE_ADD;

	if (a->type == TYPE_INSTANT && b->type == TYPE_SPAN)
		return finish(c, plus ? op_add_int : op_sub_int, a, b, TYPE_INSTANT, to);
	if (a->type == TYPE_SPAN && b->type == TYPE_INSTANT && plus)
		return finish(c, op_add_int, a, b, TYPE_INSTANT, to);
	if (a->type == TYPE_INSTANT && b->type == TYPE_INSTANT && !plus)
		return finish(c, op_sub_int, a, b, TYPE_SPAN, to);
	if (a->type == TYPE_SPAN && b->type == TYPE_SPAN)
		return finish(c, plus ? op_add_int : op_sub_int, a, b, TYPE_SPAN, to);
	return expr_fail(c, t, "%s %c %s means nothing", type_names[a->type], plus ? '+' : '-', type_names[b->type]);
}

static int arithmetic(struct compiler *c, const struct tree *t, struct part *to)
{
	static const struct { enum tree_kind kind; const struct op *(*ints)(struct expr_run *x, const struct op *o); const struct op *(*reals)(struct expr_run *x, const struct op *o); char sign; } rows[] = {
		{ TREE_ADD, op_add_int, op_add_real, '+' }, { TREE_SUB, op_sub_int, op_sub_real, '-' }, { TREE_MUL, op_mul_int, op_mul_real, '*' },
		{ TREE_DIV, op_div_real, op_div_real, '/' }, { TREE_MOD, op_mod_int, op_mod_real, '%' },
	};
	struct part a, b;
	size_t i = 0;

	if (two(c, t, &a, &b) < 0)
		return -1;
	while (rows[i].kind != t->kind)
		i++;
	if (t->kind == TREE_ADD && (a.type == TYPE_TEXT || b.type == TYPE_TEXT)) {
		if (expr_as_text(c, &a) < 0 || expr_as_text(c, &b) < 0)
			return -1;
		return finish(c, op_join, &a, &b, TYPE_TEXT, to);
	}
	if (i < 2 && (a.type == TYPE_INSTANT || b.type == TYPE_INSTANT || a.type == TYPE_SPAN || b.type == TYPE_SPAN))
		return moments(c, t, &a, &b, to);
	/* A duration times a number is a duration. */
	if (t->kind == TREE_MUL && a.type == TYPE_SPAN && expr_is_number(b.type))
		return expr_as_real(c, &b) < 0 ? -1 : finish(c, op_mul_span, &a, &b, TYPE_SPAN, to);
	if (!expr_is_number(a.type) || !expr_is_number(b.type))
		return expr_fail(c, t, "%s %c %s means nothing", type_names[a.type], rows[i].sign, type_names[b.type]);
	if (a.type == TYPE_INT && b.type == TYPE_INT && t->kind != TREE_DIV) {
		if (finish(c, rows[i].ints, &a, &b, TYPE_INT, to) < 0)
			return -1;
		to->nullable |= t->kind == TREE_MOD;
		return 0;
	}
	if (expr_as_real(c, &a) < 0 || expr_as_real(c, &b) < 0 || finish(c, rows[i].reals, &a, &b, TYPE_REAL, to) < 0)
		return -1;
	to->nullable |= t->kind == TREE_DIV || t->kind == TREE_MOD;
	return 0;
}

static int compare(struct compiler *c, const struct tree *at, enum tree_kind kind, struct part a, struct part b, struct part *to)
{
	struct op *o;

	/* == null asks for null itself. */
	if (a.type == TYPE_NULL || b.type == TYPE_NULL) {
		if (kind != TREE_EQ && kind != TREE_NE)
			return expr_fail(c, at, "null can only be compared with == and !=");
		if (finish(c, kind == TREE_EQ ? op_is_null : op_is_not_null, a.type == TYPE_NULL ? &b : &a, NULL, TYPE_BOOL, to) < 0)
			return -1;
		to->nullable = false;
		return 0;
	}
	if (expr_unify(c, at, &a, &b) < 0)
		return -1;
	if (a.type == TYPE_BOOL && kind != TREE_EQ && kind != TREE_NE)
		return expr_fail(c, at, "true and false have no order");
	if (finish(c, a.type == TYPE_TEXT || a.type == TYPE_JSON ? op_compare_text : a.type == TYPE_REAL ? op_compare_real : a.type == TYPE_BOOL ?
		   op_compare_bool : op_compare_int, &a, &b, TYPE_BOOL, to) < 0)
		return -1;
	o = &c->x->ops[c->x->n - 1];
	o->c = kind - TREE_EQ;
	to->nullable = false;
	return 0;
}

static int logic(struct compiler *c, const struct tree *t, struct part *to)
{
	struct part a, b;

	if (two(c, t, &a, &b) < 0)
		return -1;
	if (a.type != TYPE_BOOL || b.type != TYPE_BOOL)
		return expr_fail(c, t, "'%s' joins conditions, not %s", t->kind == TREE_AND ? "and" : "or", type_names[a.type != TYPE_BOOL ? a.type : b.type]);
	if (finish(c, t->kind == TREE_AND ? op_and : op_or, &a, &b, TYPE_BOOL, to) < 0)
		return -1;
	to->nullable = false;
	return 0;
}

static int membership(struct compiler *c, const struct tree *t, struct part *to)
{
	struct part a, all = { 0 };

	if (expr_part(c, t->first, &a) < 0)
		return -1;
	for (const struct tree *one = t->first->next->first; one; one = one->next) {
		struct tree word = *one;
		struct part b, same;

		/* A bare word in a list is a text. */
		if (word.kind == TREE_NAME)
			word.kind = TREE_TEXT;
		if (expr_part(c, &word, &b) < 0 || compare(c, one, TREE_EQ, a, b, &same) < 0)
			return -1;
		if (one == t->first->next->first)
			all = same;
		else if (finish(c, op_or, &all, &same, TYPE_BOOL, &all) < 0)
			return -1;
	}
	*to = all;
	return t->first->next->n ? 0 : expr_fail(c, t, "'in' needs a list that is not empty");
}

static int range(struct compiler *c, const struct tree *t, struct part *to)
{
	struct part v, low, high, above, below;

	if (expr_part(c, t->first, &v) < 0 || expr_part(c, t->first->next, &low) < 0 || expr_part(c, t->last, &high) < 0 ||
	    compare(c, t, TREE_GE, v, low, &above) < 0 || compare(c, t, TREE_LE, v, high, &below) < 0)
		return -1;
	return finish(c, op_and, &above, &below, TYPE_BOOL, to);
}

/* The move at op `at` of a part of `type` becomes one to a real. */
static void move_as_real(struct compiler *c, uint32_t at, const struct part *p)
{
	if (p->type == TYPE_INT)
		c->x->ops[at].run = op_int_to_real;
	if (p->type == TYPE_DECIMAL) {
		c->x->ops[at].run = op_decimal_to_real;
		c->x->ops[at].b = p->scale;
	}
}

/* The type of two parts of which one is taken; their moves, at ops `a_at` and `b_at`, are made to fit. */
static int either(struct compiler *c, const struct tree *t, const struct part *a, uint32_t a_at, const struct part *b, uint32_t b_at, struct part *to)
{
	const struct part *typed = a->type == TYPE_NULL ? b : a;

	to->type = typed->type;
	to->scale = typed->scale;
	if (a->type == TYPE_NULL || b->type == TYPE_NULL || (a->type == b->type && a->scale == b->scale))
		return 0;
	if (!expr_is_number(a->type) || !expr_is_number(b->type))
		return expr_fail(c, t, "%s and %s do not go together", type_names[a->type], type_names[b->type]);
	to->type = TYPE_REAL;
	to->scale = 0;
	move_as_real(c, a_at, a);
	move_as_real(c, b_at, b);
	return 0;
}

/* a ?? b and c ? a : b compute only what is needed. */
static int branch(struct compiler *c, const struct tree *t, struct part *to)
{
	bool defaults = t->kind == TREE_DEFAULT;
	struct part test, a, b;
	uint32_t jump, end, a_at, b_at;

	if (expr_part(c, t->first, &test) < 0)
		return -1;
	if (!defaults && test.type != TYPE_BOOL)
		return expr_fail(c, t, "'?' asks a condition, not %s", type_names[test.type]);
	*to = (struct part){ .reg = expr_register(c) };
	jump = c->x->n;
	if (!expr_emit(c, defaults ? op_jump_if_null : op_jump_unless))
		return -1;
	c->x->ops[jump].a = test.reg;
	a = test;
	if (!defaults && expr_part(c, t->first->next, &a) < 0)
		return -1;
	a_at = c->x->n;
	if (expr_move(c, &a, to->reg) < 0)
		return -1;
	end = c->x->n;
	if (!expr_emit(c, op_jump))
		return -1;
	c->x->ops[jump].jump = (int32_t)(c->x->n - jump);
	if (expr_part(c, t->last, &b) < 0)
		return -1;
	b_at = c->x->n;
	if (expr_move(c, &b, to->reg) < 0)
		return -1;
	c->x->ops[end].jump = (int32_t)(c->x->n - end);
	to->nullable = b.nullable || (!defaults && a.nullable);
	return either(c, t, &a, a_at, &b, b_at, to);
}

static int unary(struct compiler *c, const struct tree *t, struct part *to)
{
	struct part a;

	if (expr_part(c, t->first, &a) < 0)
		return -1;
	if (t->kind == TREE_NOT) {
		if (a.type != TYPE_BOOL)
			return expr_fail(c, t, "'not' turns a condition, not %s", type_names[a.type]);
		return finish(c, op_not, &a, NULL, TYPE_BOOL, to);
	}
	if (a.type == TYPE_INT || a.type == TYPE_SPAN || a.type == TYPE_DECIMAL) {
		if (finish(c, op_negate_int, &a, NULL, a.type, to) < 0)
			return -1;
		to->scale = a.scale;
		return 0;
	}
	return a.type == TYPE_REAL ? finish(c, op_negate_real, &a, NULL, TYPE_REAL, to) : expr_fail(c, t, "'-' turns a number, not %s", type_names[a.type]);
}

int expr_part(struct compiler *c, const struct tree *t, struct part *to)
{
	struct part a, b;

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
	case TREE_CALL: return call(c, t, to);
	case TREE_LIST: return expr_fail(c, t, "a list can only be an argument, or stand behind 'in'");
	case TREE_NOT:
	case TREE_MINUS: return unary(c, t, to);
	case TREE_ADD:
	case TREE_SUB:
	case TREE_MUL:
	case TREE_DIV:
	case TREE_MOD: return arithmetic(c, t, to);
	case TREE_EQ:
	case TREE_NE:
	case TREE_LT:
	case TREE_LE:
	case TREE_GT:
	case TREE_GE: return two(c, t, &a, &b) < 0 ? -1 : compare(c, t, t->kind, a, b, to);
	case TREE_IN: return membership(c, t, to);
	case TREE_BETWEEN: return range(c, t, to);
	case TREE_MATCHES: return expr_function(c, t, to);
	case TREE_AND:
	case TREE_OR: return logic(c, t, to);
	case TREE_DEFAULT:
	case TREE_CHOICE: return branch(c, t, to);
	}
	return -1;
}
