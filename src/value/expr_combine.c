/* Combinators: values made of values. What is not chosen is not made. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/num.h"
#include "base/permute.h"
#include "value/expr_ops.h"

#define R(n) (&x->registers[n])
enum { ELEMENTS = 65536, ARRAY_MOST = 10000 };

/* The arguments of a combinator by position or name. */
struct given {
	const struct tree *at[8];
};

static int arguments(struct compiler *c, const struct tree *t, const char *const *names, struct given *to)
{
	unsigned position = 0;

	*to = (struct given){ 0 };
	for (const struct tree *a = t->first; a; a = a->next) {
		unsigned i = position++;

		if (a->label)
			for (i = 0; names[i] && strcmp(names[i], a->label) != 0;)
				i++;
		else
			for (unsigned k = 0; k < i; k++)
				if (!names[k])
					i = k;
		if (!names[i])
			return a->label ? expr_fail(c, a, "%s has no argument '%.40s'", t->v.t.at, a->label) :
					  expr_fail(c, a, "%s takes fewer arguments", t->v.t.at);
		if (to->at[i])
			return expr_fail(c, a, "'%s' is given twice", names[i]);
		to->at[i] = a;
	}
	return to->at[0] || !names[0] ? 0 : expr_fail(c, t, "%s needs %s", t->v.t.at, names[0]);
}

/* A constant number; `other` when it is not given. */
static int number(struct compiler *c, const struct tree *t, double low, double high, double other, double *to)
{
	double sign = t && t->kind == TREE_MINUS ? -1 : 1;
	const struct tree *of = t && t->kind == TREE_MINUS ? t->first : t;

	*to = other;
	if (!t)
		return 0;
	if (of->kind != TREE_INT && of->kind != TREE_REAL)
		return expr_fail(c, t, "this must be a constant number");
	*to = sign * (of->kind == TREE_INT ? (double)of->v.i : of->v.r);
	return *to >= low && *to <= high ? 0 : expr_fail(c, t, "%g is not between %g and %g", *to, low, high);
}

static uint64_t salt(struct compiler *c, const char *name)
{
	char path[300];

	expr_path(c, name, path, sizeof path);
	return digest_bytes(path, strlen(path), 0x636f6d62696e65);
}

/* A combinator's own draw. */
struct source {
	uint64_t salt;
	double p;
	struct alias alias;
	uint32_t n;
	int64_t start, step;
	const struct held *elements;
};

static void free_source(void *at)
{
	struct source *s = at;

	alias_free(&s->alias);
	free(s);
}

static struct source *source(struct compiler *c, const char *name)
{
	struct source *s = calloc(1, sizeof *s);

	if (s)
		s->salt = salt(c, name);
	return expr_own(c, s, free_source) < 0 ? NULL : s;
}

/* ---- pick, cycle ---- */

static uint32_t choose(const struct source *s, const struct expr_run *x)
{
	struct draws d = draws_of(&x->row, s->salt);

	return s->alias.n ? alias_pick(&s->alias, draws_next(&d)) : (uint32_t)draws_below(&d, s->n);
}

static const struct op *run_pick_constant(struct expr_run *x, const struct op *o)
{
	const struct source *s = o->at;

	*R(o->to) = s->elements[o->a ? (uint32_t)(x->row.number % s->n) : choose(s, x)];
	return o + 1;
}

static const struct op *run_choose(struct expr_run *x, const struct op *o)
{
	const struct source *s = o->at;

	R(o->to)->v.i = o->a ? (int64_t)(x->row.number % s->n) : (int64_t)choose(s, x);
	R(o->to)->null = false;
	return o + 1;
}

/* On to the next branch unless it is this one's turn. */
static const struct op *run_jump_unless_equal(struct expr_run *x, const struct op *o)
{
	return R(o->a)->v.i == (int64_t)o->b ? o + 1 : o + o->jump;
}

static int weights(struct compiler *c, const struct tree *t, struct source *s)
{
	double *w, one;
	uint32_t i = 0;
	int result;

	if (!t)
		return 0;
	if (t->kind != TREE_LIST || t->n != s->n)
		return expr_fail(c, t, "weights must be a list of %u numbers, one for each element", s->n);
	w = malloc(s->n * sizeof *w);
	if (!w)
		return err_memory(c->e);
	for (const struct tree *a = t->first; a; a = a->next) {
		if (number(c, a, 0, 1e15, 1, &one) < 0) {
			free(w);
			return -1;
		}
		w[i++] = one;
	}
	result = alias_init(&s->alias, w, s->n) < 0 ? expr_fail(c, t, "weights cannot all be 0") : 0;
	free(w);
	return result;
}

static bool all_constant(const struct tree *list)
{
	for (const struct tree *a = list->first; a; a = a->next)
		if (a->kind > TREE_NAME || a->kind == TREE_NULL || (a != list->first && (a->kind == TREE_NAME ? TREE_TEXT : a->kind) !=
		    (list->first->kind == TREE_NAME ? TREE_TEXT : list->first->kind)))
			return false;
	return true;
}

static int pick_constants(struct compiler *c, const struct tree *list, struct source *s, bool cycle, struct part *to)
{
	static const enum type types[] = { [TREE_BOOL] = TYPE_BOOL, [TREE_INT] = TYPE_INT, [TREE_REAL] = TYPE_REAL, [TREE_TEXT] = TYPE_TEXT,
					   [TREE_SPAN] = TYPE_SPAN, [TREE_NAME] = TYPE_TEXT };
	struct held *elements = arena_take(&c->x->arena, list->n * sizeof *elements);
	struct op *o;
	uint32_t i = 0;

	if (!elements)
		return err_memory(c->e);
	for (const struct tree *a = list->first; a; a = a->next)
		elements[i++] = (struct held){ .v = a->v };
	s->elements = elements;
	o = expr_emit(c, run_pick_constant);
	if (!o)
		return -1;
	o->at = s;
	o->a = cycle;
	*to = (struct part){ expr_register(c), types[list->first->kind], false, 0 };
	o->to = to->reg;
	return 0;
}

/* One type for all elements: found by compiling them once for nothing. */
static int common_type(struct compiler *c, const struct tree *list, struct part *all)
{
	uint32_t n = c->x->n, registers = c->x->registers;
	unsigned ordinal = c->ordinal;
	struct part one;

	for (const struct tree *a = list->first; a; a = a->next) {
		struct tree word = *a;

		if (word.kind == TREE_NAME)
			word.kind = TREE_TEXT;
		if (expr_part(c, &word, &one) < 0)
			return -1;
		if (a == list->first) {
			*all = one;
			continue;
		}
		if (expr_unify(c, a, all, &one) < 0)
			return -1;
		all->nullable |= one.nullable;
	}
	c->x->n = n;
	c->x->registers = registers;
	c->ordinal = ordinal;
	return 0;
}

static int pick_expressions(struct compiler *c, const struct tree *list, struct source *s, bool cycle, struct part *to)
{
	uint32_t index = expr_register(c), *ends = malloc(list->n * sizeof *ends), i = 0;
	struct op *o = ends ? expr_emit(c, run_choose) : NULL;
	struct part all, one;
	int result = -1;

	if (!o) {
		free(ends);
		return err_memory(c->e);
	}
	o->at = s;
	o->a = cycle;
	o->to = index;
	if (common_type(c, list, &all) == 0) {
		*to = (struct part){ expr_register(c), all.type, all.nullable, all.scale };
		result = 0;
	}
	for (const struct tree *a = list->first; a && result == 0; a = a->next, i++) {
		struct tree word = *a;
		uint32_t jump = c->x->n;

		if (word.kind == TREE_NAME)
			word.kind = TREE_TEXT;
		if (!expr_emit(c, run_jump_unless_equal) || expr_part(c, &word, &one) < 0 || (to->type == TYPE_REAL && expr_as_real(c, &one) < 0) ||
		    expr_move(c, &one, to->reg) < 0) {
			result = -1;
			break;
		}
		ends[i] = c->x->n;
		if (!expr_emit(c, op_jump)) {
			result = -1;
			break;
		}
		c->x->ops[jump].a = index;
		c->x->ops[jump].b = i;
		c->x->ops[jump].jump = (int32_t)(c->x->n - jump);
	}
	for (uint32_t k = 0; k < i && result == 0; k++)
		c->x->ops[ends[k]].jump = (int32_t)(c->x->n - ends[k]);
	free(ends);
	return result;
}

static int pick(struct compiler *c, const struct tree *t, struct part *to)
{
	static const char *const names[] = { "elements", "weights", NULL };
	bool cycle = strcmp(t->v.t.at, "cycle") == 0;
	const struct tree *list;
	struct given g;
	struct source *s;

	if (arguments(c, t, cycle ? (const char *const[]){ "elements", NULL } : names, &g) < 0)
		return -1;
	list = g.at[0];
	if (list->kind != TREE_LIST || !list->n || list->n > ELEMENTS)
		return expr_fail(c, list, "%s needs a list of 1 to %d elements, like [web, mobile]", t->v.t.at, ELEMENTS);
	s = source(c, "pick");
	if (!s)
		return -1;
	s->n = list->n;
	if (weights(c, cycle ? NULL : g.at[1], s) < 0)
		return -1;
	return all_constant(list) ? pick_constants(c, list, s, cycle, to) : pick_expressions(c, list, s, cycle, to);
}

/* ---- maybe ---- */

static const struct op *run_maybe(struct expr_run *x, const struct op *o)
{
	const struct source *s = o->at;
	struct draws d = draws_of(&x->row, s->salt);

	if (draws_unit(&d) >= s->p)
		return o + 1;
	R(o->to)->null = true;
	return o + o->jump;
}

static int maybe(struct compiler *c, const struct tree *t, struct part *to)
{
	static const char *const names[] = { "of", "null_rate", NULL };
	struct given g;
	struct source *s = NULL;
	struct part of;
	uint32_t jump, result;

	if (arguments(c, t, names, &g) < 0 || !(s = source(c, "maybe")) || number(c, g.at[1], 0, 1, 0.1, &s->p) < 0)
		return -1;
	result = expr_register(c);
	jump = c->x->n;
	if (!expr_emit(c, run_maybe))
		return -1;
	c->x->ops[jump].at = s;
	c->x->ops[jump].to = result;
	if (expr_part(c, g.at[0], &of) < 0 || expr_move(c, &of, result) < 0)
		return -1;
	c->x->ops[jump].jump = (int32_t)(c->x->n - jump);
	*to = (struct part){ result, of.type, true, of.scale };
	return 0;
}

/* ---- sequence, unique ---- */

static const struct op *run_sequence(struct expr_run *x, const struct op *o)
{
	const struct source *s = o->at;

	R(o->to)->v.i = (int64_t)((uint64_t)s->start + (uint64_t)s->step * x->row.number);
	R(o->to)->null = false;
	return o + 1;
}

/* The i-th of a permuted range: no value twice until all were there, then again from the start. */
static const struct op *run_unique(struct expr_run *x, const struct op *o)
{
	const struct source *s = o->at;
	uint64_t n = (uint64_t)s->step;

	R(o->to)->v.i = s->start + (int64_t)permute(rng_mix(s->salt ^ x->row.seed), n, x->row.number % n);
	R(o->to)->null = false;
	return o + 1;
}

static int counted(struct compiler *c, const struct op *(*run)(struct expr_run *x, const struct op *o), struct source *s, struct part *to)
{
	struct op *o = expr_emit(c, run);

	if (!o)
		return -1;
	o->at = s;
	*to = (struct part){ expr_register(c), TYPE_INT, false, 0 };
	o->to = to->reg;
	return 0;
}

static int sequence(struct compiler *c, const struct tree *t, struct part *to)
{
	static const char *const names[] = { "start", "step", "format", NULL };
	struct given g;
	struct source *s;
	double start, step;

	if (t->n && arguments(c, t, names, &g) < 0)
		return -1;
	if (!t->n)
		g = (struct given){ 0 };
	s = source(c, "sequence");
	if (!s || number(c, g.at[0], -9e15, 9e15, 1, &start) < 0 || number(c, g.at[1], -9e15, 9e15, 1, &step) < 0)
		return -1;
	if (g.at[2])
		return expr_fail(c, g.at[2], "write the format around it: 'INV-' + right('000000' + sequence(), 6)");
	s->start = (int64_t)start;
	s->step = (int64_t)step;
	return counted(c, run_sequence, s, to);
}

static int unique(struct compiler *c, const struct tree *t, struct part *to)
{
	const struct tree *of = t->first;
	double low = 0, high = 9999;
	struct source *s;

	if (t->n != 1 || of->kind != TREE_CALL || strcmp(of->v.t.at, "random_int") != 0)
		return expr_fail(c, t, "unique takes random_int(min, max); ids such as uuid4 never repeat by themselves");
	for (const struct tree *a = of->first; a; a = a->next)
		if (number(c, a, -9e15, 9e15, 0, (a->label ? strcmp(a->label, "max") == 0 : a != of->first) ? &high : &low) < 0)
			return -1;
	s = source(c, "unique");
	if (!s)
		return -1;
	if (high < low)
		return expr_fail(c, of, "min is above max");
	s->start = (int64_t)low;
	s->step = (int64_t)high - (int64_t)low + 1;
	return counted(c, run_unique, s, to);
}

/* ---- array, pick_many: JSON ---- */

struct array {
	uint64_t salt;
	int64_t least, most;
	uint32_t body, result;          /* operations of one element; its register */
	enum type type;
	uint8_t scale;
};

static void put_element(struct expr_run *x, const struct array *a, struct buf *to)
{
	const struct held *h = R(a->result);
	struct text t = expr_text(x, a->type, a->scale, h);

	if (h->null)
		buf_text(to, "null");
	else if (a->type == TYPE_TEXT || a->type == TYPE_INSTANT || a->type == TYPE_SPAN)
		json_text(to, t.at, t.n);
	else
		buf_add(to, t.at, t.n);
}

static void keep_json(struct expr_run *x, struct held *to, struct buf *b)
{
	char *copy = buf_ok(b) ? expr_room(x, b->n + 1) : NULL;

	to->null = !copy;
	if (copy) {
		memcpy(copy, b->data, b->n);
		to->v.t = (struct text){ copy, (uint32_t)b->n };
	}
}

/* The body is made again for each element, each time in a row of its own. */
static const struct op *run_array(struct expr_run *x, const struct op *o)
{
	const struct array *a = o->at;
	struct row outer = x->row;
	struct draws d = draws_of(&outer, a->salt);
	int64_t n = draws_between(&d, a->least, a->most);
	struct buf b;

	buf_init(&b, 16 << 20);
	buf_char(&b, '[');
	for (int64_t i = 0; i < n; i++) {
		x->row.key = rng_mix(outer.key + UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(i + 1));
		expr_range(x, o + 1, o + 1 + a->body);
		if (i)
			buf_char(&b, ',');
		put_element(x, a, &b);
	}
	buf_char(&b, ']');
	x->row = outer;
	keep_json(x, R(o->to), &b);
	buf_free(&b);
	return o + 1 + a->body;
}

static void free_plain(void *at)
{
	free(at);
}

static int array(struct compiler *c, const struct tree *t, struct part *to)
{
	static const char *const names[] = { "of", "min", "max", NULL };
	struct array *a = calloc(1, sizeof *a);
	struct given g;
	struct part of;
	double low, high;
	uint32_t at;

	if (expr_own(c, a, free_plain) < 0 || arguments(c, t, names, &g) < 0 || number(c, g.at[1], 0, ARRAY_MOST, g.at[2] ? 1 : 1, &low) < 0 ||
	    number(c, g.at[2], 0, ARRAY_MOST, g.at[1] && low > 5 ? low : 5, &high) < 0)
		return -1;
	if (low > high)
		return expr_fail(c, g.at[2] ? g.at[2] : t, "min %g is above max %g", low, high);
	a->salt = salt(c, "array");
	at = c->x->n;
	if (!expr_emit(c, run_array) || expr_part(c, g.at[0], &of) < 0)
		return -1;
	a->least = (int64_t)low;
	a->most = (int64_t)high;
	a->body = c->x->n - at - 1;
	a->result = of.reg;
	a->type = of.type;
	a->scale = of.scale;
	c->x->ops[at].at = a;
	*to = (struct part){ expr_register(c), TYPE_JSON, false, 0 };
	c->x->ops[at].to = to->reg;
	return 0;
}

static const struct op *run_pick_many(struct expr_run *x, const struct op *o)
{
	const struct source *s = o->at;
	struct draws d = draws_of(&x->row, s->salt);
	uint64_t key = draws_next(&d);
	struct array one = { .type = (enum type)o->b, .result = o->to };
	struct buf b;

	buf_init(&b, 16 << 20);
	buf_char(&b, '[');
	for (uint64_t i = 0; i < (uint64_t)s->step; i++) {
		if (i)
			buf_char(&b, ',');
		*R(o->to) = s->elements[permute(key, s->n, i)];
		put_element(x, &one, &b);
	}
	buf_char(&b, ']');
	keep_json(x, R(o->to), &b);
	buf_free(&b);
	return o + 1;
}

static int pick_many(struct compiler *c, const struct tree *t, struct part *to)
{
	static const char *const names[] = { "elements", "count", NULL };
	struct given g;
	struct source *s;
	struct part one;
	double count;

	if (arguments(c, t, names, &g) < 0)
		return -1;
	if (g.at[0]->kind != TREE_LIST || !g.at[0]->n || !all_constant(g.at[0]))
		return expr_fail(c, g.at[0], "pick_many needs a list of constants of one type");
	s = source(c, "pick_many");
	if (!s || number(c, g.at[1], 0, g.at[0]->n, 2 < g.at[0]->n ? 2 : g.at[0]->n, &count) < 0)
		return -1;
	s->n = g.at[0]->n;
	s->step = (int64_t)count;
	if (pick_constants(c, g.at[0], s, false, &one) < 0)
		return -1;
	c->x->ops[c->x->n - 1].run = run_pick_many;
	c->x->ops[c->x->n - 1].b = one.type;
	*to = (struct part){ one.reg, TYPE_JSON, false, 0 };
	return 0;
}

static const struct {
	const char *name;
	int (*compile)(struct compiler *c, const struct tree *t, struct part *to);
	const char *use, *help;         /* NULL: another name of the one before */
} rows[] = {
	{ "pick", pick, "pick([a, b, ...], weights=[...])", "One of them, alike or by weights; bare words are texts. Also one_of, weighted, random_element, enum." },
	{ "one_of", pick, NULL, NULL }, { "weighted", pick, NULL, NULL }, { "random_element", pick, NULL, NULL }, { "enum", pick, NULL, NULL },
	{ "cycle", pick, "cycle([a, b, ...])", "One after the other, by the number of the row." },
	{ "maybe", maybe, "maybe(value, null_rate)", "The value, or null in that share of the rows." },
	{ "sequence", sequence, "sequence(start, step, format)", "Counts by the number of the row. Also serial." }, { "serial", sequence, NULL, NULL },
	{ "unique", unique, "unique(random_int(min, max))", "A number of the range, none twice until all were: a permutation, without memory." },
	{ "array", array, "array(value, min, max)", "A list of so many values, each drawn anew." },
	{ "pick_many", pick_many, "pick_many([a, b, ...], count)", "A list of so many different ones." },
};

const char *expr_combinator_help(unsigned i, const char **use)
{
	for (size_t at = 0; at < COUNT_OF(rows); at++)
		if (rows[at].use && i-- == 0) {
			*use = rows[at].use;
			return rows[at].help;
		}
	return NULL;
}

int expr_combinator(struct compiler *c, const struct tree *t, struct part *to)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].name, t->v.t.at) == 0)
			return rows[i].compile(c, t, to);
	return 1;
}
