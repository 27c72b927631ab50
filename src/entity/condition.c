/* Conditions: compiling a `where`, and taking it apart by what its parts depend on. */
#include "entity/condition.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/expr_tree.h"

/* ---- names ---- */

static void load_self(struct expr_run *x, const void *at, struct held *to)
{
	const struct sight *s = x->context;

	entity_load(s->class, s->self, (unsigned)(uintptr_t)at, to);
}

static void load_available(struct expr_run *x, const void *at, struct held *to)
{
	const struct sight *s = x->context;

	(void)at;
	to->v.b = s->self->holder == HELD_BY_NONE;
}

static void load_now(struct expr_run *x, const void *at, struct held *to)
{
	(void)at;
	to->v.i = x->row.now_ns;
}

bool condition_field(const struct class *c, unsigned field, struct expr_name *to)
{
	*to = (struct expr_name){ .type = c->fields[field].type, .nullable = true, .scale = c->fields[field].scale, .load = load_self,
				  .at = (const void *)(uintptr_t)field };
	return true;
}

/* What an expression was found to depend on, while it is compiled. */
struct finder {
	const struct class *class;
	const struct world *world;
	const struct record_scope *scope;
	uint64_t fields;
	bool params, foreign, now, available;
};

static bool find(void *arg, const char *name, struct expr_name *to)
{
	struct finder *f = arg;
	int field = class_field(f->class, name);

	if (field >= 0) {
		f->fields |= UINT64_C(1) << field;
		return condition_field(f->class, (unsigned)field, to);
	}
	if (strcmp(name, "available") == 0) {
		f->available = true;
		*to = (struct expr_name){ .type = TYPE_BOOL, .load = load_available };
		return true;
	}
	if (strcmp(name, "now") == 0) {
		f->now = true;
		*to = (struct expr_name){ .type = TYPE_INSTANT, .load = load_now };
		return true;
	}
	if (f->scope && f->scope->find(f->scope->arg, name, to))
		return f->foreign = true;
	if (!world_param_name(f->world, name, to))
		return false;
	return f->params = true;
}

static const char *list(void *arg, unsigned i)
{
	const struct finder *f = arg;

	if (i < f->class->field_n)
		return f->class->fields[i].name;
	i -= f->class->field_n;
	if (i == 0)
		return "available";
	i--;
	if (i < f->world->param_n)
		return f->world->params[i].name;
	return f->scope ? f->scope->list(f->scope->arg, i - f->world->param_n) : NULL;
}

/* ---- one expression ---- */

void condition_free(struct condition *c)
{
	if (!c)
		return;
	expr_free(c->expr);
	free(c->registers);
	free(c->text);
	free(c);
}

static struct condition *compile(const char *text, struct finder *f, struct expr_name *value, struct err *e)
{
	struct condition *c = calloc(1, sizeof *c);
	const struct expr_scope scope = { .find = find, .list = list, .arg = f, .path = "where", .group_path = "where", .locale = f->world->locale,
					  .env = f->world->env };

	if (!c || !(c->text = strdup(text)) || !(c->expr = expr_new(e))) {
		err_memory(e);
	} else if (expr_compile(c->expr, text, &scope, value, e) < 0) {
		/* said already */
	} else if (expr_varies(c->expr)) {
		err_set(e, ERR_INPUT, "column 1: a condition cannot use '%s', which gives something else each time", expr_varies(c->expr));
	} else if (!(c->registers = calloc(expr_registers(c->expr) + 1, sizeof *c->registers))) {
		err_memory(e);
	} else {
		c->result = value->reg;
		c->fields = f->fields;
		c->params = f->params;
		c->moves = -1;
		return c;
	}
	condition_free(c);
	return NULL;
}

static struct finder finder_of(const struct class *c, const struct world *w, const struct record_scope *scope)
{
	return (struct finder){ .class = c, .world = w, .scope = scope };
}

/* It is true or false. */
static struct condition *compile_truth(const char *text, struct finder *f, struct err *e)
{
	struct expr_name value;
	struct condition *c = compile(text, f, &value, e);

	if (!c || value.type == TYPE_BOOL)
		return c;
	condition_free(c);
	err_set(e, ERR_INPUT, "column 1: a condition is true or false, not %s", type_names[value.type]);
	return NULL;
}

struct condition *condition_new(const char *text, const struct class *c, const struct world *w, struct err *e)
{
	struct finder f = finder_of(c, w, NULL);

	return compile_truth(text, &f, e);
}

const struct held *condition_value(const struct condition *c, const struct sight *s, int64_t now_ns, struct arena *a)
{
	struct expr_run run = { .row = { .now_ns = now_ns }, .arena = a, .registers = c->registers, .context = s };

	expr_run(c->expr, &run);
	return &c->registers[c->result];
}

bool condition_holds(const struct condition *c, const struct sight *s, int64_t now_ns)
{
	struct arena arena;
	const struct held *h;

	arena_init(&arena);
	h = condition_value(c, s, now_ns, &arena);
	arena_free(&arena);
	return !h->null && h->v.b;
}

/* ---- taking apart ---- */

/* Without the blanks around it, so that the same part of two conditions is the same. NULL: no memory. */
static char *trimmed(const char *text, size_t n)
{
	while (n && isspace((unsigned char)*text)) {
		text++;
		n--;
	}
	while (n && isspace((unsigned char)text[n - 1]))
		n--;
	return strndup(text, n);
}

static bool is_field(const struct class *c, const struct tree *t, int *field)
{
	*field = t->kind == TREE_NAME ? class_field(c, t->v.t.at) : -1;
	return *field >= 0;
}

/* now, now - 30d, now + 1h: how far from now. */
static bool is_from_now(const struct tree *t, int64_t *by)
{
	*by = 0;
	if (t->kind == TREE_NAME)
		return strcmp(t->v.t.at, "now") == 0;
	if ((t->kind != TREE_ADD && t->kind != TREE_SUB) || t->first->kind != TREE_NAME || strcmp(t->first->v.t.at, "now") != 0 ||
	    t->last->kind != TREE_SPAN)
		return false;
	*by = t->kind == TREE_ADD ? t->last->v.i : -t->last->v.i;
	return true;
}

/* `field < now - 30d`: the field, and how far behind it the last instant is before that begins or ceases to hold. */
static bool moves(const struct class *c, const struct tree *t, int *field, int64_t *shift)
{
	enum tree_kind kind = t->kind;
	const struct tree *left = t->first, *right = t->last;
	int64_t by;

	if (kind != TREE_LT && kind != TREE_LE && kind != TREE_GT && kind != TREE_GE)
		return false;
	if (!is_field(c, left, field)) {
		const struct tree *swap = left;

		left = right;
		right = swap;
		kind = kind == TREE_LT ? TREE_GT : kind == TREE_LE ? TREE_GE : kind == TREE_GT ? TREE_LT : TREE_LE;
	}
	if (!is_field(c, left, field) || c->fields[*field].type != TYPE_INSTANT || !is_from_now(right, &by))
		return false;
	*shift = -by - (kind == TREE_LE || kind == TREE_GT);
	return true;
}

/* `user_id == user.user_id`: the field, and the text of the other side. */
static char *joins(const struct class *c, const struct world *w, const struct record_scope *scope, const char *text, const struct tree *t, int *field)
{
	struct finder f = finder_of(c, w, scope);
	size_t at = t->column - 1;
	struct expr_name value;
	struct condition *other;
	char *side;
	bool fits;

	if (t->kind != TREE_EQ)
		return NULL;
	if (is_field(c, t->first, field))
		side = strdup(text + at + 2);
	else if (is_field(c, t->last, field))
		side = strndup(text, at);
	else
		return NULL;
	other = side ? compile(side, &f, &value, NULL) : NULL;
	fits = other && f.foreign && !f.fields && !f.available && !f.now && value.type == c->fields[*field].type && value.scale == c->fields[*field].scale &&
	       value.type != TYPE_REAL;
	condition_free(other);
	if (fits)
		return side;
	free(side);
	return NULL;
}

static void also(struct buf *to, const char *text)
{
	buf_printf(to, "%s(%s)", to->n ? " and " : "", text);
}

struct sorting {
	struct where *to;
	const struct class *class;
	const struct world *world;
	const struct record_scope *scope;
	struct buf list, rest;
	int moves;
	int64_t shift;
};

static int sort_part(struct sorting *s, const char *text, struct err *e)
{
	struct finder f = finder_of(s->class, s->world, s->scope);
	struct arena arena;
	struct expr_name value;
	struct condition *whole = compile(text, &f, &value, e);
	struct tree *t;
	char *other = NULL;
	int field, result = 0;
	int64_t shift;

	condition_free(whole);
	if (!whole)
		return -1;
	arena_init(&arena);
	t = tree_parse(text, strlen(text), 1, &arena, e);
	if (t && t->kind == TREE_NAME && strcmp(t->v.t.at, "available") == 0) {
		s->to->available = true;
	} else if (!f.foreign && !f.now && !f.available) {
		also(&s->list, text);
	} else if (t && !f.foreign && !f.available && s->moves < 0 && moves(s->class, t, &field, &shift)) {
		s->moves = field;
		s->shift = shift;
		also(&s->list, text);
	} else if (t && s->to->join < 0 && (other = joins(s->class, s->world, s->scope, text, t, &field))) {
		struct finder g = finder_of(s->class, s->world, s->scope);

		s->to->join_to = compile(other, &g, &s->to->join_value, e);
		s->to->join = field;
		result = s->to->join_to ? 0 : -1;
	} else {
		also(&s->rest, text);
	}
	free(other);
	arena_free(&arena);
	return result;
}

/* The pieces of the text between `and`s that join the whole, one after the other; a tree's column counts from 1. */
static int split(struct sorting *s, const char *text, const struct tree *t, size_t end, size_t *from, struct err *e)
{
	char *piece;
	int result;

	if (t->kind == TREE_AND && !t->grouped) {
		size_t at = t->column - 1;

		if (split(s, text, t->first, at, from, e) < 0)
			return -1;
		*from = at + strlen("and");
		return split(s, text, t->last, end, from, e);
	}
	piece = trimmed(text + *from, end - *from);
	result = piece ? sort_part(s, piece, e) : err_memory(e);
	free(piece);
	return result;
}

static struct condition *compile_sorted(const struct sorting *s, const struct buf *text, struct err *e)
{
	struct finder f = finder_of(s->class, s->world, s->scope);
	struct expr_name value;

	if (!buf_ok(text)) {
		err_memory(e);
		return NULL;
	}
	return compile(text->data, &f, &value, e);
}

static int take_apart(struct sorting *s, const char *text, const struct tree *t, struct err *e)
{
	size_t from = 0;
	int result = split(s, text, t, strlen(text), &from, e);

	if (result == 0 && s->list.n && !(s->to->list = compile_sorted(s, &s->list, e)))
		result = -1;
	if (result == 0 && s->rest.n && !(s->to->rest = compile_sorted(s, &s->rest, e)))
		result = -1;
	if (result == 0 && s->to->list && s->moves >= 0) {
		s->to->list->moves = s->moves;
		s->to->list->shift = s->shift;
	}
	return result;
}

int where_compile(struct where *to, const char *text, const struct class *c, const struct world *w, const struct record_scope *scope, struct err *e)
{
	struct sorting s = { .to = to, .class = c, .world = w, .scope = scope, .moves = -1 };
	struct finder f = finder_of(c, w, scope);
	struct arena arena;
	struct condition *whole;
	struct tree *t;
	int result = -1;

	*to = (struct where){ .join = -1 };
	if (!text)
		return 0;
	/* Whole first: what is wrong is said with its column. */
	whole = compile_truth(text, &f, e);
	condition_free(whole);
	if (!whole)
		return -1;
	arena_init(&arena);
	buf_init(&s.list, 8 * EXPR_BYTES);
	buf_init(&s.rest, 8 * EXPR_BYTES);
	t = tree_parse(text, strlen(text), 1, &arena, e);
	if (t)
		result = take_apart(&s, text, t, e);
	if (result < 0)
		where_free(to);
	buf_free(&s.list);
	buf_free(&s.rest);
	arena_free(&arena);
	return result;
}

void where_free(struct where *w)
{
	condition_free(w->list);
	condition_free(w->join_to);
	condition_free(w->rest);
	*w = (struct where){ .join = -1 };
}
