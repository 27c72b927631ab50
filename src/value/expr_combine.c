/* Combinators: values made of values. What is not chosen is not made. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/num.h"
#include "base/permute.h"
#include "base/suggest.h"
#include "value/expr_combine.h"
#include "value/expr_decimal.h"
#include "value/expr_ops.h"

#define R(n) (&x->registers[n])
enum { ELEMENTS = 65536 };

static int no_argument(struct compiler *c, const struct tree *t, const struct tree *a)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, a->label);
	param_each(p, c->is->params)
		suggest_try(&s, p->name);
	param_each(p, modifier_rows)
		suggest_try(&s, p->name);
	return expr_fail(c, a, "%s has no argument '%.40s'%s", t->v.t.at, a->label, suggest_text(&s, hint, sizeof hint));
}

/* What the name of a combinator says of a parameter that was not given: tsv is csv with another separator. */
static int give_presets(struct compiler *c, const struct tree *t, struct given *to)
{
	const char *preset = c->preset;
	struct presetting said;

	while (preset_next(&preset, &said)) {
		const struct param *p = provider_param(c->is, said.name);
		char *value;

		if (!p || to->at[p - c->is->params])
			continue;
		value = arena_text(&c->x->arena, said.value);
		to->at[p - c->is->params] = value ? tree_parse(value, strlen(value), t->column, &c->x->arena, c->e) : NULL;
		if (!to->at[p - c->is->params])
			return value ? -1 : err_memory(c->e);
	}
	return 0;
}

int expr_arguments(struct compiler *c, const struct tree *t, struct given *to)
{
	const struct param *rows = c->is->params;
	unsigned n = 0, position = 0;

	*to = (struct given){ 0 };
	while (rows[n].type != PARAM_END)
		n++;
	for (const struct tree *a = t->first; a; a = a->next) {
		const struct param *p = a->label ? provider_param(c->is, a->label) : position < n ? &rows[position] : NULL;

		position++;
		if (!p)
			return a->label ? no_argument(c, t, a) : expr_fail(c, a, "%s takes fewer arguments", t->v.t.at);
		if (to->at[p - rows])
			return expr_fail(c, a, "'%s' is given twice", p->name);
		/* Fields have names; what is chosen from has none. */
		for (const struct tree *one = a->kind == TREE_LIST && strcmp(p->name, "fields") != 0 ? a->first : NULL; one; one = one->next)
			if (one->label)
				return expr_fail(c, one, "'%.40s=': only fields have names", one->label);
		to->at[p - rows] = a;
	}
	if (give_presets(c, t, to) < 0)
		return -1;
	for (unsigned i = 0; i < n; i++)
		if (rows[i].flags & PARAM_NEEDED && !to->at[i])
			return expr_fail(c, t, "%s needs %s", t->v.t.at, rows[i].name);
	return 0;
}

int expr_word(struct compiler *c, const struct tree *t, const char *what, const char **to)
{
	*to = NULL;
	if (!t)
		return 0;
	if (t->kind != TREE_TEXT && !tree_is_word(t))
		return expr_fail(c, t, "%s must be a constant text", what);
	*to = t->v.t.at;
	return 0;
}

int expr_choice(struct compiler *c, const struct given *g, unsigned i, unsigned *to)
{
	const struct param *p = &c->is->params[i];
	const struct tree *t = g->at[i];
	char all[200] = "";

	*to = (unsigned)p->def;
	for (unsigned k = 0; t && p->choices[k]; k++) {
		const char *next = !p->choices[k + 1] ? "" : p->choices[k + 2] ? ", " : " or ";

		if ((t->kind == TREE_TEXT || tree_is_word(t)) && strcmp(p->choices[k], t->v.t.at) == 0) {
			*to = k;
			return 0;
		}
		snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", p->choices[k], next);
	}
	return t ? expr_fail(c, t, "%s is %s", p->name, all) : 0;
}

int expr_flag(struct compiler *c, const struct given *g, unsigned i, bool *to)
{
	const struct tree *t = g->at[i];

	*to = t ? t->v.b : c->is->params[i].def != 0;
	return !t || t->kind == TREE_BOOL ? 0 : expr_fail(c, t, "%s is true or false", c->is->params[i].name);
}

int expr_bounded(struct compiler *c, const struct given *g, unsigned i, double *to)
{
	const struct param *p = &c->is->params[i];

	return expr_number(c, g->at[i], p->min, p->max, p->def, to);
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
		    (to->type == TYPE_DECIMAL && one.type != TYPE_NULL && expr_rescale(c, &one, to->scale) < 0) ||
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
	const struct tree *list;
	struct given g;
	struct source *s;

	if (expr_arguments(c, t, &g) < 0)
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

int expr_pick(struct compiler *c, const struct tree *t, struct part *to)
{
	return choose_of(c, t, false, to);
}

int expr_cycle(struct compiler *c, const struct tree *t, struct part *to)
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

int expr_maybe(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct source *s = NULL;
	struct part of;
	uint32_t jump, result;
	double there;

	if (expr_arguments(c, t, &g) < 0 || !(s = expr_source(c, "maybe")) || expr_bounded(c, &g, 1, &s->p) < 0 || expr_bounded(c, &g, 2, &there) < 0)
		return -1;
	if (g.at[1] && g.at[2])
		return expr_fail(c, g.at[2], "p is what null_rate leaves; give one of them");
	if (g.at[2])
		s->p = 1 - there;
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

static int64_t counted(const struct source *s, const struct expr_run *x)
{
	return (int64_t)((uint64_t)s->start + (uint64_t)s->step * x->row.number);
}

static const struct op *run_sequence(struct expr_run *x, const struct op *o)
{
	R(o->to)->v.i = counted(o->at, x);
	R(o->to)->null = false;
	return o + 1;
}

/* With a text before and behind it, and leading zeros. */
static const struct op *run_sequence_text(struct expr_run *x, const struct op *o)
{
	const struct source *s = o->at;
	const struct held *format = s->elements;
	int64_t v = counted(s, x);
	char digits[NUM_TEXT];
	size_t width = (size_t)s->n, n, zeros;
	char *to, *end;

	num_put_int(digits, v);
	n = strlen(digits);
	zeros = width > n ? width - n : 0;
	to = end = expr_room(x, format[0].v.t.n + format[1].v.t.n + n + zeros + 1);
	R(o->to)->null = !to;
	if (!to)
		return o + 1;
	end = put_bytes(end, format[0].v.t.at, format[0].v.t.n);
	if (v < 0)
		*end++ = '-';
	memset(end, '0', zeros);
	end = put_bytes(end + zeros, digits + (v < 0), n - (v < 0));
	end = put_bytes(end, format[1].v.t.at, format[1].v.t.n);
	R(o->to)->v.t = (struct text){ to, (uint32_t)(end - to) };
	return o + 1;
}

/* 'INV-%06d': what stands before and behind the number, and its digits at least. */
static int read_format(struct compiler *c, const struct tree *t, struct source *s)
{
	struct held *around = arena_take(&c->x->arena, 2 * sizeof *around);
	const char *format, *percent;
	size_t digits;

	if (!around)
		return err_memory(c->e);
	if (expr_word(c, t, "format", &format) < 0)
		return -1;
	percent = strchr(format, '%');
	digits = percent ? strspn(percent + 1, "0123456789") : 0;
	if (!percent || digits > 3 || (digits && percent[1] != '0') || percent[1 + digits] != 'd' || strchr(percent + 1, '%') ||
	    (s->n = (uint32_t)strtoul(percent + 1, NULL, 10)) > 40)
		return expr_fail(c, t, "format has one number, with 0 to 40 digits at least, like 'INV-%%06d'");
	around[0] = (struct held){ .v.t = { format, (uint32_t)(percent - format) } };
	around[1] = (struct held){ .v.t = { percent + digits + 2, (uint32_t)strlen(percent + digits + 2) } };
	s->elements = around;
	return 0;
}

int expr_sequence(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct source *s;
	struct op *o;
	double start, step;

	if (expr_arguments(c, t, &g) < 0)
		return -1;
	s = expr_source(c, "sequence");
	if (!s || expr_bounded(c, &g, 0, &start) < 0 || expr_bounded(c, &g, 1, &step) < 0 || (g.at[2] && read_format(c, g.at[2], s) < 0))
		return -1;
	s->start = (int64_t)start;
	s->step = (int64_t)step;
	o = expr_emit(c, g.at[2] ? run_sequence_text : run_sequence);
	if (!o)
		return -1;
	o->at = s;
	*to = (struct part){ expr_register(c), g.at[2] ? TYPE_TEXT : TYPE_INT, false, 0 };
	o->to = to->reg;
	return 0;
}

/* unique(random_int(1, 9)) is random_int(1, 9, unique=true), with a say in what follows the last one. */
int expr_unique(struct compiler *c, const struct tree *t, struct part *to)
{
	struct tree of, *flag;
	struct given g;
	unsigned mode;

	if (expr_arguments(c, t, &g) < 0 || expr_choice(c, &g, 1, &mode) < 0)
		return -1;
	of = *g.at[0];
	if (of.kind != TREE_CALL && of.kind != TREE_NAME)
		return expr_fail(c, g.at[0], "unique takes a value, like unique(random_int(1, 9999))");
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

/* What is no argument of its own is a modifier of the value. */
int expr_combinator(struct compiler *c, const struct tree *t, const struct provider *is, const char *preset, struct part *to)
{
	const struct compiler outer = *c;
	struct tree plain;
	uint32_t gate;
	int result;

	if (expr_split(c, t, is, &plain, &c->mods) < 0)
		return -1;
	if (c->mods && c->mods->unique && is->combine != expr_pick && is->combine != expr_from_file)
		return expr_fail(c, t, "%s: unique is for values, pick and from_file", t->v.t.at);
	c->is = is;
	c->preset = preset;
	result = expr_gate(c, c->mods, &gate);
	if (result == 0)
		result = is->combine(c, &plain, to);
	if (result == 0)
		result = expr_dress(c, t, c->mods, gate, to);
	c->is = outer.is;
	c->preset = outer.preset;
	c->mods = outer.mods;
	return result;
}
