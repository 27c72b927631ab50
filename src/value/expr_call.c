/* Calls in expressions: providers with their parameters, and the modifiers of whatever is called. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/expr_vary.h"
#include "value/locale.h"

#define TO (&x->registers[o->to])

/* ---- modifiers ---- */

static const struct op *op_gate(struct expr_run *x, const struct op *o)
{
	const struct modifiers *m = o->at;

	if (modify_null(m, &x->row)) {
		TO->null = true;
		return o + o->jump;
	}
	if (UNLIKELY(modify_exhausted(m, &x->row))) {
		x->spent = m;
		TO->null = true;
		return o + o->jump;
	}
	return o + 1;
}

static const struct op *op_dress(struct expr_run *x, const struct op *o)
{
	const struct held *h = &x->registers[o->a];
	struct text t = expr_text(x, (enum type)o->b, (uint8_t)o->c, h);
	char *to = h->null ? NULL : expr_room(x, modify_room(o->at, t.n) + 1);

	/* Of null nothing is made, not even its prefix. */
	TO->null = !to;
	if (to)
		TO->v.t = (struct text){ to, (uint32_t)(modify_put(o->at, t.at, t.n, x->row.number, to) - to) };
	return o + 1;
}

int expr_gate(struct compiler *c, const struct modifiers *m, uint32_t *gate)
{
	struct op *o;

	*gate = UINT32_MAX;
	if (!m || (!(m->null_rate > 0) && !m->unique))
		return 0;
	*gate = c->x->n;
	o = expr_emit(c, op_gate);
	if (!o)
		return -1;
	o->at = m;
	return 0;
}

/* The gate's jump comes out where the program now ends, with null in the register of the value. */
static void close_gate(struct compiler *c, const struct modifiers *m, uint32_t gate, struct part *to)
{
	if (gate == UINT32_MAX)
		return;
	c->x->ops[gate].to = to->reg;
	c->x->ops[gate].jump = (int32_t)(c->x->n - gate);
	to->nullable |= m->null_rate > 0;
	if (m->pool && m->on_exhausted == EXHAUSTED_ERROR && m->pool < c->x->rows)
		c->x->rows = m->pool;
}

int expr_dress(struct compiler *c, const struct tree *t, const struct modifiers *m, uint32_t gate, struct part *to)
{
	struct err e;
	struct op *o;

	if (m && modify_fits(m, to->type == TYPE_TEXT ? KIND_TEXT : KIND_INT, &e) < 0)
		return expr_fail(c, t, "%s: %s", t->v.t.at, e.text);
	if (m && modify_dresses(m)) {
		o = expr_emit(c, op_dress);
		if (!o)
			return -1;
		o->a = to->reg;
		o->b = to->type;
		o->c = to->scale;
		o->at = m;
		*to = (struct part){ expr_register(c), TYPE_TEXT, to->nullable, 0 };
		o->to = to->reg;
	}
	close_gate(c, m, gate, to);
	return 0;
}

static int set_modifier(struct compiler *c, const struct tree *arg, const struct param *p, struct modifiers *m)
{
	struct buf text;
	struct err e;
	int result;

	buf_init(&text, EXPR_BYTES);
	if (!tree_constant(arg, &text))
		result = expr_fail(c, arg, "%s must be a constant", p->name);
	else
		result = param_set(p, m, text.data, &e) < 0 ? expr_fail(c, arg, "%s", e.text) : 0;
	buf_free(&text);
	return result;
}

/* Rows count what is unique; the elements of an array have one row for all. */
static int check_unique(struct compiler *c, const struct tree *t, const struct modifiers *m)
{
	return m->unique && c->in_array ? expr_fail(c, t, "%s: unique counts rows and cannot stand in array(); pick_many takes different ones",
						    t->v.t.at) : 0;
}

static int begin_modifiers(struct compiler *c, const struct tree *t, struct modifiers *m)
{
	char path[300];
	struct err e;

	if (*m->locale || *m->group)
		return expr_fail(c, t, "%s: %s is for providers", t->v.t.at, *m->locale ? "locale" : "group");
	m->on_exhausted = m->unique ? c->on_exhausted : EXHAUSTED_ERROR;
	c->on_exhausted = EXHAUSTED_ERROR;
	snprintf(path, sizeof path, "%.200s#%u.%.60s", c->scope->path ? c->scope->path : "", c->ordinal, t->v.t.at);
	if (modifiers_begin(m, path, &e) < 0)
		return expr_fail(c, t, "%s: %s", t->v.t.at, e.text);
	return check_unique(c, t, m);
}

/* The modifier that an argument is, unless the call has a parameter of that name; NULL: it is none. */
static const struct param *modifier_of(const struct provider *own, const struct tree *a)
{
	return a->label && !(own && provider_param(own, a->label)) ? param_find(modifier_rows, a->label) : NULL;
}

int expr_split(struct compiler *c, const struct tree *t, const struct provider *own, struct tree *plain, struct modifiers **mods)
{
	*mods = NULL;
	*plain = *t;
	plain->first = plain->last = NULL;
	plain->n = 0;
	for (const struct tree *a = t->first; a; a = a->next) {
		const struct param *p = modifier_of(own, a);
		struct tree *copy;

		for (const struct tree *before = t->first; p && before != a; before = before->next)
			if (modifier_of(own, before) == p)
				return expr_fail(c, a, "%s of %s is given twice", p->name, t->v.t.at);
		if (p && !*mods) {
			*mods = modifiers_new(c->e);
			if (!*mods || expr_own(c, *mods, modifiers_free) < 0)
				return -1;
		}
		if (p) {
			if (set_modifier(c, a, p, *mods) < 0)
				return -1;
			continue;
		}
		copy = arena_take(&c->x->arena, sizeof *copy);
		if (!copy)
			return err_memory(c->e);
		*copy = *a;
		copy->next = NULL;
		*(plain->last ? &plain->last->next : &plain->first) = copy;
		plain->last = copy;
		plain->n++;
	}
	return *mods ? begin_modifiers(c, t, *mods) : 0;
}

/* ---- values of the scenario's own ---- */

enum { WITHIN_MOST = 16 };

/* It sees parameters and other values, not the fields of whoever uses it; what it draws is its own in each use. */
static int own_text(struct compiler *c, const struct expr_value *v, struct part *to)
{
	const struct expr_scope *outer = c->scope;
	struct expr_scope inner = *outer;
	struct modifiers *mods = c->mods;
	struct tree *t;
	int result = -1;

	inner.find = outer->find_global;
	inner.list = NULL;
	c->scope = &inner;
	c->mods = NULL;
	c->depth++;
	if (!v->expression) {
		result = expr_pieces(c, v->text, false, to);
	} else {
		t = tree_parse(v->text, strlen(v->text), 1, &c->x->arena, c->e);
		result = t ? expr_part(c, t, to) : -1;
	}
	c->depth--;
	c->mods = mods;
	c->scope = outer;
	return result;
}

int expr_own_value(struct compiler *c, const struct tree *t, struct part *to)
{
	struct err *outer = c->e, e;
	struct expr_value v = { 0 };
	struct modifiers *mods;
	struct tree plain;
	uint32_t gate;
	int result;

	if (!c->scope->value || !c->scope->value(c->scope->arg, t->v.t.at, &v))
		return 1;
	if (v.file)
		return expr_fail(c, t, "'%.60s' is a table: lookup(%.60s, key) takes from it", t->v.t.at, t->v.t.at);
	if (c->depth == WITHIN_MOST)
		return expr_fail(c, t, "value '%.60s' leads back to itself, or further than %d values", t->v.t.at, WITHIN_MOST);
	if (expr_split(c, t, NULL, &plain, &mods) < 0)
		return -1;
	if (plain.n || (mods && mods->unique))
		return expr_fail(c, plain.n ? plain.first : t, "'%.60s' takes modifiers only%s", t->v.t.at, plain.n ? "" : ", and unique within it");
	if (expr_gate(c, mods, &gate) < 0)
		return -1;
	/* Its columns are those of its own text; of values within values the innermost says what is wrong. */
	c->e = &e;
	result = own_text(c, &v, to);
	c->e = outer;
	if (result < 0 && c->depth)
		return err_set(c->e, ERR_INPUT, "%s", e.text);
	if (result < 0)
		return expr_fail(c, t, "value '%.60s': %s", t->v.t.at, e.text);
	return expr_dress(c, t, mods, gate, to);
}

/* ---- providers ---- */

static void free_call(void *at)
{
	call_free(at);
}

/* ---- providers: arguments ---- */

/* A duration where a real number is wanted: then the value is a duration, too; see expr_provider(). */
static bool takes_seconds(const struct call *call, const struct param *p, const struct tree *arg)
{
	return arg->kind == TREE_SPAN && p && p->type == PARAM_REAL && call->is->out == KIND_REAL;
}

/* What was given so far, and the next by position. */
struct got {
	const struct param *next, *params[100];
	unsigned n;
};

static int give_argument(struct compiler *c, const struct tree *arg, struct call *call, struct got *got, struct variation *v)
{
	const char *parameter = arg->label;
	const struct param *p;
	struct buf text;
	struct err e;
	int result = 0;

	if (!parameter) {
		if (!got->next || got->next->type == PARAM_END || got->next->flags & PARAM_INSIDE)
			return expr_fail(c, arg, "%s takes fewer arguments", call->is->name);
		parameter = got->next->name;
		got->next++;
	}
	p = call_param(call, parameter);
	for (unsigned i = 0; p && i < got->n; i++)
		if (got->params[i] == p)
			return expr_fail(c, arg, "%s of %s is given twice", p->name, call->is->name);
	if (p && got->n < COUNT_OF(got->params))
		got->params[got->n++] = p;
	if (p && !call_in_hundredths(call, parameter) && expr_is_varied(c, arg, p))
		return expr_vary(c, arg, call, p, v);
	buf_init(&text, EXPR_BYTES);
	if (takes_seconds(call, p, arg))
		buf_printf(&text, "%.17g", (double)arg->v.i / 1e9);
	else if (!tree_constant(arg, &text))
		result = expr_fail(c, arg, "%s of %s must be a constant", parameter, call->is->name);
	if (result == 0)
		result = call_set(call, parameter, text.data, &e) < 0 ? expr_fail(c, arg, "%s", e.text) : 0;
	buf_free(&text);
	return result;
}

static int make_call(struct compiler *c, const struct call *call, const struct variation *v, struct part *to)
{
	enum kind kind = call_kind(call);
	uint32_t gate, change = c->x->n;
	struct op *o;

	if (expr_gate(c, call->mods, &gate) < 0)
		return -1;
	if (v->n) {
		change = c->x->n;
		o = expr_emit(c, op_vary);
		if (!o)
			return -1;
		o->at = v;
	}
	o = expr_emit(c, kind == KIND_TEXT || kind == KIND_JSON ? op_call_text : op_call_value);
	if (!o)
		return -1;
	o->at = call;
	*to = (struct part){ expr_register(c), expr_type(kind), v->n > 0, call->scale };
	o->to = to->reg;
	if (v->n) {
		c->x->ops[change].to = to->reg;
		c->x->ops[change].jump = (int32_t)(c->x->n - change);
	}
	close_gate(c, call->mods, gate, to);
	return 0;
}

static int begin_call(struct compiler *c, const struct tree *t, struct call *call, struct variation *v)
{
	char path[300];
	struct err e;

	if (call->mods) {
		call->mods->on_exhausted = call->mods->unique ? c->on_exhausted : EXHAUSTED_ERROR;
		c->on_exhausted = EXHAUSTED_ERROR;
		if (check_unique(c, t, call->mods) < 0)
			return -1;
		if (v->n && call->mods->unique)
			return expr_fail(c, t, "%s: unique: its parameters must be constants", call->is->name);
	}
	expr_path(c, call->is->name, path, sizeof path);
	/* What varies may be refused by itself, what is missing may not. */
	if (call_complete(call, &e) < 0)
		return expr_fail(c, t, "%s", e.text);
	if (call_begin(call, path, c->scope->group_path ? c->scope->group_path : "", &e) < 0 && (!v->n || expr_try_bounds(v, &e) < 0))
		return expr_fail(c, t, "%s", e.text);
	return call_join(&c->x->calls, call, &e) < 0 ? expr_fail(c, t, "%s", e.text) : 0;
}

static int provider_in(struct compiler *c, const struct tree *t, const char *locale, struct part *to)
{
	char preset[200];
	struct err e;
	const struct provider *p = provider_find(t->v.t.at, preset, sizeof preset, &e);
	struct call *call = p ? call_new(p, locale, &e) : NULL;
	struct variation *v = p ? arena_take(&c->x->arena, sizeof *v) : NULL;
	bool *flags = p ? arena_take(&c->x->arena, 2) : NULL;
	struct got got = { .next = p ? p->params : NULL };
	bool seconds = false;

	if (!p)
		return expr_unknown_name(c, t);
	if (expr_own(c, call, free_call) < 0 || !v || !flags)
		return err_memory(c->e);
	*v = (struct variation){ .call = call, .ready = &flags[0], .works = &flags[1] };
	/* Freed before the call, whose options point to its texts. */
	if (expr_own(c, v, expr_free_variation) < 0)
		return -1;
	if (call_preset(call, preset, &e) < 0)
		return expr_fail(c, t, "%s", e.text);
	for (const struct tree *arg = t->first; arg; arg = arg->next) {
		if (give_argument(c, arg, call, &got, v) < 0)
			return -1;
		seconds |= arg->kind == TREE_SPAN;
	}
	if (begin_call(c, t, call, v) < 0 || make_call(c, call, v, to) < 0)
		return -1;
	return seconds && to->type == TYPE_REAL ? expr_as_span(c, to) : 0;
}

/* ---- mixes of locales ---- */

static void free_locales(void *at)
{
	locales_free(at);
	free(at);
}

/* What the call says itself, or NULL. */
static const char *locale_told(const struct tree *t)
{
	for (const struct tree *arg = t->first; arg; arg = arg->next)
		if (arg->label && strcmp(arg->label, "locale") == 0 && arg->kind == TREE_TEXT)
			return arg->v.t.at;
	return NULL;
}

/* The call without what it says of its locale. */
static int without_locale(struct compiler *c, const struct tree *t, struct tree *to)
{
	struct tree **last = &to->first;

	*to = *t;
	to->first = NULL;
	for (const struct tree *arg = t->first; arg; arg = arg->next) {
		struct tree *copy;

		if (arg->label && strcmp(arg->label, "locale") == 0)
			continue;
		copy = arena_take(&c->x->arena, sizeof *copy);
		if (!copy)
			return err_memory(c->e);
		*copy = *arg;
		copy->next = NULL;
		*last = copy;
		last = &copy->next;
	}
	return 0;
}

static struct call *last_call(const struct compiler *c)
{
	struct call *last = c->x->calls;

	while (last && last->next)
		last = last->next;
	return last;
}

/* One of the calls, made when its locale is the record's; its value moves to `to`. */
static int mixed_one(struct compiler *c, const struct tree *t, const struct locales *l, unsigned i, uint32_t chosen, struct part *to)
{
	uint32_t skip = c->x->n;
	struct op *o = expr_emit(c, op_jump_unless_index);
	struct part part;

	if (!o)
		return -1;
	o->a = chosen;
	o->c = i;
	if (provider_in(c, t, l->names[i], &part) < 0 || expr_move(c, &part, to->reg) < 0)
		return -1;
	if (i && (part.type != to->type || part.scale != to->scale))
		return expr_fail(c, t, "%s: in %s it is another kind of number than in %s; say its decimals, or its locale", t->v.t.at, l->names[i],
				 l->names[0]);
	*to = (struct part){ to->reg, part.type, to->nullable || part.nullable, part.scale };
	c->x->ops[skip].jump = (int32_t)(c->x->n - skip);
	return 0;
}

/* A call in each of the locales, all with the same streams. */
static int mixed(struct compiler *c, const struct tree *t, const char *text, struct part *to)
{
	struct locales *l = calloc(1, sizeof *l);
	unsigned ordinal = c->ordinal;
	enum exhausted on_exhausted = c->on_exhausted;
	struct call *calls[LOCALES_MOST];
	uint32_t chosen;
	struct err e;
	struct op *o;

	if (expr_own(c, l, free_locales) < 0)
		return -1;
	if (locales_read(l, text, c->scope->group_path ? c->scope->group_path : "", &e) < 0)
		return expr_fail(c, t, "%s: %s", t->v.t.at, e.text);
	chosen = expr_register(c);
	*to = (struct part){ .reg = expr_register(c) };
	o = expr_emit(c, op_locale);
	if (!o)
		return -1;
	o->at = l;
	o->to = chosen;
	for (unsigned i = 0; i < l->n; i++) {
		c->ordinal = ordinal;
		c->on_exhausted = on_exhausted;
		if (mixed_one(c, t, l, i, chosen, to) < 0)
			return -1;
		calls[i] = last_call(c);
	}
	return calls[0]->mods && calls[0]->mods->unique && modify_count_mix(calls, l->n, &e) < 0 ? expr_fail(c, t, "%s: %s", t->v.t.at, e.text) : 0;
}

int expr_provider(struct compiler *c, const struct tree *t, struct part *to)
{
	const char *told = locale_told(t), *locale = told ? told : c->scope->locale ? c->scope->locale : "en_US";
	char preset[200];
	const struct provider *p = provider_find(t->v.t.at, preset, sizeof preset, NULL);
	struct tree plain;

	if (p && p->combine)
		return expr_combinator(c, t, p, preset, to);
	if (!locales_mixed(locale))
		return provider_in(c, t, locale, to);
	return without_locale(c, t, &plain) < 0 ? -1 : mixed(c, &plain, locale, to);
}
