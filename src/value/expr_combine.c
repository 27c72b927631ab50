/* Combinators: values made of values. What is not chosen is not made. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/num.h"
#include "base/permute.h"
#include "value/expr_combine.h"
#include "value/expr_ops.h"

#define R(n) (&x->registers[n])
enum { ELEMENTS = 65536 };

int expr_arguments(struct compiler *c, const struct tree *t, const char *const *names, struct given *to)
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
int expr_number(struct compiler *c, const struct tree *t, double low, double high, double other, double *to)
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

uint64_t expr_salt(struct compiler *c, const char *name)
{
	char path[300];

	expr_path(c, name, path, sizeof path);
	return digest_bytes(path, strlen(path), 0x636f6d62696e65);
}

static void free_source(void *at)
{
	struct source *s = at;

	alias_free(&s->alias);
	free(s);
}

struct source *expr_source(struct compiler *c, const char *name)
{
	struct source *s = calloc(1, sizeof *s);

	if (s)
		s->salt = expr_salt(c, name);
	return expr_own(c, s, free_source) < 0 ? NULL : s;
}

/* ---- pick, cycle ---- */

static uint32_t choose(const struct source *s, const struct expr_run *x)
{
	struct draws d = draws_of(&x->row, s->salt);

	if (s->mods)
		return (uint32_t)modify_nth(s->mods, &x->row);
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
		if (expr_number(c, a, 0, 1e15, 1, &one) < 0) {
			free(w);
			return -1;
		}
		w[i++] = one;
	}
	result = alias_init(&s->alias, w, s->n) < 0 ? expr_fail(c, t, "weights cannot all be 0") : 0;
	free(w);
	return result;
}

bool expr_all_constant(const struct tree *list)
{
	for (const struct tree *a = list->first; a; a = a->next)
		if (a->kind > TREE_NAME || a->kind == TREE_NULL || (a->kind == TREE_NAME && a->grouped) || (a != list->first && (a->kind == TREE_NAME ? TREE_TEXT : a->kind) !=
		    (list->first->kind == TREE_NAME ? TREE_TEXT : list->first->kind)))
			return false;
	return true;
}

static char *put_constant(const void *of, uint64_t i, char *to)
{
	const struct source *s = of;
	const struct held *h = &s->elements[i];

	switch (s->type) {
	case TYPE_TEXT: return put_bytes(to, h->v.t.at, h->v.t.n);
	case TYPE_BOOL: return h->v.b ? put_literal(to, "true") : put_literal(to, "false");
	case TYPE_REAL: return to + num_put_real(to, h->v.r);
	case TYPE_SPAN: return to + num_put_span(to, h->v.i);
	case TYPE_DECIMAL: return to + num_put_decimal(to, h->v.i, s->scale);
	default: return put_int(to, h->v.i);
	}
}

/* Each element once: their number is that of the rows. */
static int count(struct compiler *c, const struct tree *list, struct source *s)
{
	size_t room = NUM_TEXT;
	struct err e;

	for (uint32_t i = 0; s->type == TYPE_TEXT && i < s->n; i++)
		room = s->elements[i].v.t.n > room ? s->elements[i].v.t.n : room;
	s->mods = c->mods;
	return modify_count(c->mods, s->n, room, put_constant, s, &e) < 0 ? expr_fail(c, list, "%s", e.text) : 0;
}

int expr_pick_element(struct compiler *c, const struct tree *t, struct source *s, bool cycle, struct part *to)
{
	struct op *o = expr_emit(c, run_pick_constant);

	if (!o)
		return -1;
	o->at = s;
	o->a = cycle;
	o->to = to->reg = expr_register(c);
	s->type = to->type;
	s->scale = to->scale;
	return c->mods && c->mods->unique ? count(c, t, s) : 0;
}

int expr_pick_constants(struct compiler *c, const struct tree *list, struct source *s, bool cycle, struct part *to)
{
	static const enum type types[] = { [TREE_BOOL] = TYPE_BOOL, [TREE_INT] = TYPE_INT, [TREE_REAL] = TYPE_REAL, [TREE_TEXT] = TYPE_TEXT,
					   [TREE_SPAN] = TYPE_SPAN, [TREE_NAME] = TYPE_TEXT };
	struct held *elements = arena_take(&c->x->arena, list->n * sizeof *elements);
	uint32_t i = 0;

	if (!elements)
		return err_memory(c->e);
	for (const struct tree *a = list->first; a; a = a->next)
		elements[i++] = (struct held){ .v = a->v };
	s->elements = elements;
	*to = (struct part){ .type = types[list->first->kind] };
	return expr_pick_element(c, list, s, cycle, to);
}

/* One type for all elements: found by compiling them once for nothing. */
static int common_type(struct compiler *c, const struct tree *list, struct part *all)
{
	uint32_t n = c->x->n, registers = c->x->registers;
	unsigned ordinal = c->ordinal;
	struct part one;

	for (const struct tree *a = list->first; a; a = a->next) {
		struct tree word = *a;

		if (tree_is_word(&word))
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

		if (tree_is_word(&word))
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

static int choose_of(struct compiler *c, const struct tree *t, bool cycles, struct part *to)
{
	static const char *const names[] = { "elements", "weights", NULL };
	const struct tree *list;
	struct given g;
	struct source *s;

	if (expr_arguments(c, t, cycles ? (const char *const[]){ "elements", NULL } : names, &g) < 0)
		return -1;
	list = g.at[0];
	if (list->kind != TREE_LIST || !list->n || list->n > ELEMENTS)
		return expr_fail(c, list, "%s needs a list of 1 to %d elements, like [web, mobile]", t->v.t.at, ELEMENTS);
	s = expr_source(c, "pick");
	if (!s)
		return -1;
	s->n = list->n;
	if (weights(c, cycles ? NULL : g.at[1], s) < 0)
		return -1;
	if (c->mods && c->mods->unique && !expr_all_constant(list))
		return expr_fail(c, list, "unique takes a list of constants of one type");
	return expr_all_constant(list) ? expr_pick_constants(c, list, s, cycles, to) : pick_expressions(c, list, s, cycles, to);
}

static int pick(struct compiler *c, const struct tree *t, struct part *to)
{
	return choose_of(c, t, false, to);
}

static int cycle(struct compiler *c, const struct tree *t, struct part *to)
{
	return choose_of(c, t, true, to);
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

	if (expr_arguments(c, t, names, &g) < 0 || !(s = expr_source(c, "maybe")) || expr_number(c, g.at[1], 0, 1, 0.1, &s->p) < 0)
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

	if (t->n && expr_arguments(c, t, names, &g) < 0)
		return -1;
	if (!t->n)
		g = (struct given){ 0 };
	s = expr_source(c, "sequence");
	if (!s || expr_number(c, g.at[0], -9e15, 9e15, 1, &start) < 0 || expr_number(c, g.at[1], -9e15, 9e15, 1, &step) < 0)
		return -1;
	if (g.at[2])
		return expr_fail(c, g.at[2], "write the format around it: 'INV-' + right('000000' + sequence(), 6)");
	s->start = (int64_t)start;
	s->step = (int64_t)step;
	return counted(c, run_sequence, s, to);
}

/* unique(random_int(1, 9)) is random_int(1, 9, unique=true), with a say in what follows the last one. */
static int unique(struct compiler *c, const struct tree *t, struct part *to)
{
	static const char *const names[] = { "of", "on_exhausted", NULL }, *const modes[] = { "error", "suffix", "wrap" };
	struct tree of, *flag;
	struct given g;
	unsigned mode = EXHAUSTED_ERROR;

	if (expr_arguments(c, t, names, &g) < 0)
		return -1;
	of = *g.at[0];
	if (of.kind != TREE_CALL && of.kind != TREE_NAME)
		return expr_fail(c, g.at[0], "unique takes a value, like unique(random_int(1, 9999))");
	if (g.at[1]) {
		while (mode < COUNT_OF(modes) && ((g.at[1]->kind != TREE_NAME && g.at[1]->kind != TREE_TEXT) || strcmp(modes[mode], g.at[1]->v.t.at) != 0))
			mode++;
		if (mode == COUNT_OF(modes))
			return expr_fail(c, g.at[1], "on_exhausted is error, suffix or wrap");
	}
	flag = arena_take(&c->x->arena, sizeof *flag);
	if (!flag)
		return err_memory(c->e);
	*flag = (struct tree){ .kind = TREE_BOOL, .column = of.column, .v.b = true, .label = "unique", .next = of.first };
	of.kind = TREE_CALL;
	of.first = flag;
	of.n++;
	c->on_exhausted = (enum exhausted)mode;
	return expr_part(c, &of, to);
}

static const struct {
	const char *name;
	int (*compile)(struct compiler *c, const struct tree *t, struct part *to);
	const char *use, *help;         /* NULL: another name of the one before */
} rows[] = {
	{ "pick", pick, "pick([a, b, ...], weights=[...])", "One of them, alike or by weights; bare words are texts. Also one_of, "
	  "weighted, random_element, enum." },
	{ "one_of", pick, NULL, NULL }, { "weighted", pick, NULL, NULL }, { "random_element", pick, NULL, NULL }, { "enum", pick, NULL, NULL },
	{ "cycle", cycle, "cycle([a, b, ...])", "One after the other, by the number of the row." },
	{ "maybe", maybe, "maybe(value, null_rate)", "The value, or null in that share of the rows." },
	{ "sequence", sequence, "sequence(start, step)", "Counts by the number of the row. Also serial." }, { "serial", sequence, NULL, NULL },
	{ "unique", unique, "unique(value, on_exhausted=error)", "The value, none twice, like its modifier unique. When all were given, error ends the run, "
	  "suffix puts -2, -3 ... behind the values, and wrap begins again." },
	{ "array", expr_array, "array(value, min, max)", "A list of so many values, each drawn anew." },
	{ "pick_many", expr_pick_many, "pick_many([a, b, ...], count)", "A list of so many different ones." },
	{ "from_file", expr_from_file, "from_file('names.csv', column=first, mode=random, weight=n)", "A value of a file beside the scenario: of a "
	  "column of a .csv or .tsv file, whose first line has their names, or a line of another. Random, by the weights of a column, or one after the other with "
	  "mode=sequential." },
	{ "lookup", expr_lookup, "lookup('rates.csv', key, column=rate, by=code)", "The cell beside the key in a file beside the scenario, else null; "
	  "without column the second, without by the keys are in the first." },
	{ "empirical", expr_empirical, "empirical('latencies.csv', column=ms)", "A number distributed as those of a column: its inverse distribution, "
	  "with lines between the numbers." },
	{ "ref", expr_ref, "ref('customer', row, 'email')", "The field of another event's row by its number from 0, as the same module makes it." },
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

const char *expr_combinator_name(unsigned i)
{
	return i < COUNT_OF(rows) ? rows[i].name : NULL;
}

bool expr_has_combinator(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return true;
	return false;
}

typedef int combine(struct compiler *c, const struct tree *t, struct part *to);

/* What is no argument of its own is a modifier of the value. */
static int with_modifiers(struct compiler *c, const struct tree *t, combine *compile, struct part *to)
{
	static const char *const own[] = { "null_rate", NULL };
	struct modifiers *outer = c->mods;
	struct tree plain;
	uint32_t gate;
	int result;

	if (expr_split(c, t, compile == maybe ? own : own + 1, &plain, &c->mods) < 0)
		return -1;
	if (c->mods && c->mods->unique && compile != pick && compile != expr_from_file)
		return expr_fail(c, t, "%s: unique is for values, pick and from_file", t->v.t.at);
	result = expr_gate(c, c->mods, &gate);
	if (result == 0)
		result = compile(c, &plain, to);
	if (result == 0)
		result = expr_dress(c, t, c->mods, gate, to);
	c->mods = outer;
	return result;
}

int expr_combinator(struct compiler *c, const struct tree *t, struct part *to)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].name, t->v.t.at) == 0)
			return with_modifiers(c, t, rows[i].compile, to);
	return 1;
}
