/* Exact arithmetic of decimals. */
#include "value/expr_decimal.h"

#include <string.h>

#include "base/num.h"

#define A (&x->registers[o->a])
#define B (&x->registers[o->b])
#define TO (&x->registers[o->to])

/* ---- constants ---- */

/* 0.125 is 125 of scale 3: the digits that were written, or the shortest that mean the same. */
static enum exactness exact_real(double v, struct exact *to)
{
	char text[NUM_TEXT], *point;
	struct err ignored;
	size_t n = num_put_real(text, v);

	if (strspn(text, "0123456789.") != n)
		return EXACT_NOT;
	point = strchr(text, '.');
	to->scale = point ? (unsigned)(n - (size_t)(point - text) - 1) : 0;
	if (point)
		memmove(point, point + 1, to->scale + 1);
	return to->scale <= DECIMALS_MOST && num_int(text, &to->units, &ignored) == 0 ? EXACT_YES : EXACT_NOT;
}

static bool widen(struct exact *v, unsigned scale)
{
	bool fits = !__builtin_mul_overflow(v->units, schema_power10(scale - v->scale), &v->units);

	v->scale = scale;
	return fits;
}

static enum exactness exact_pair(enum tree_kind kind, struct exact a, struct exact b, struct exact *to)
{
	bool fits = true;

	to->scale = kind == TREE_MUL ? a.scale + b.scale : a.scale > b.scale ? a.scale : b.scale;
	if (to->scale > DECIMALS_MOST)
		return EXACT_NOT;
	if (kind != TREE_MUL)
		fits = widen(&a, to->scale) && widen(&b, to->scale);
	if (kind == TREE_MUL)
		fits = !__builtin_mul_overflow(a.units, b.units, &to->units);
	else if (kind == TREE_ADD)
		fits = fits && !__builtin_add_overflow(a.units, b.units, &to->units);
	else
		fits = fits && !__builtin_sub_overflow(a.units, b.units, &to->units);
	return fits ? EXACT_YES : EXACT_BEYOND;
}

enum exactness expr_exact(const struct tree *t, struct exact *to)
{
	enum exactness one, other;
	struct exact a, b;

	switch (t->kind) {
	case TREE_INT: *to = (struct exact){ t->v.i, 0 }; return EXACT_YES;
	case TREE_REAL: return exact_real(t->v.r, to);
	case TREE_MINUS:
		one = expr_exact(t->first, to);
		if (one == EXACT_YES)
			to->units = (int64_t)(0 - (uint64_t)to->units);
		return one;
	case TREE_ADD:
	case TREE_SUB:
	case TREE_MUL:
		one = expr_exact(t->first, &a);
		other = one == EXACT_YES ? expr_exact(t->last, &b) : one;
		return other == EXACT_YES ? exact_pair(t->kind, a, b, to) : other;
	default: return EXACT_NOT;
	}
}

/* ---- operations ---- */

const struct op *op_widen(struct expr_run *x, const struct op *o)
{
	int64_t v = 0;
	bool null = A->null || __builtin_mul_overflow(A->v.i, schema_power10(o->b), &v);

	TO->null = null;
	TO->v.i = v;
	return o + 1;
}

static const struct op *run_narrow(struct expr_run *x, const struct op *o)
{
	int64_t power = schema_power10(o->b), rest = A->v.i % power, v = A->v.i / power;

	/* Half of the power is whole: it is a power of ten. */
	v += rest >= power / 2 ? 1 : rest <= -(power / 2) ? -1 : 0;
	TO->null = A->null;
	TO->v.i = v;
	return o + 1;
}

#define CHECKED(name, does) \
	static const struct op *name(struct expr_run *x, const struct op *o) \
	{ \
		int64_t v = 0; \
		bool null = A->null || B->null || does(A->v.i, B->v.i, &v); \
		TO->null = null; \
		TO->v.i = null ? 0 : v; \
		return o + 1; \
	}

CHECKED(run_add, __builtin_add_overflow)
CHECKED(run_subtract, __builtin_sub_overflow)
CHECKED(run_multiply, __builtin_mul_overflow)

/* `jump`: so many decimals more has b, or, below 0, a. What does not fit when it is widened is beyond all that the other can be. */
const struct op *op_compare_decimal(struct expr_run *x, const struct op *o)
{
	int64_t a = A->v.i, b = B->v.i, wide = 0;
	unsigned more = (unsigned)(o->jump < 0 ? -o->jump : o->jump);
	int order;

	if (__builtin_mul_overflow(o->jump < 0 ? b : a, schema_power10(more), &wide))
		order = o->jump < 0 ? (b < 0 ? 1 : -1) : a < 0 ? -1 : 1;
	else if (o->jump < 0)
		order = a < wide ? -1 : a > wide;
	else
		order = wide < b ? -1 : wide > b;
	TO->v.b = !A->null && !B->null && expr_holds(o->c, order);
	TO->null = false;
	return o + 1;
}

int64_t decimal_floor(int64_t units, unsigned n)
{
	int64_t power = schema_power10(n);

	return units / power - (units % power < 0);
}

int64_t decimal_ceil(int64_t units, unsigned n)
{
	int64_t power = schema_power10(n);

	return units / power + (units % power > 0);
}

/* ---- compiling ---- */

int expr_rescale(struct compiler *c, struct part *p, unsigned scale)
{
	unsigned from = p->type == TYPE_DECIMAL ? p->scale : 0;
	struct op *o = from == scale ? NULL : expr_emit(c, from < scale ? op_widen : run_narrow);

	if (!o && from != scale)
		return -1;
	if (o) {
		o->a = p->reg;
		o->b = from < scale ? scale - from : from - scale;
		o->to = p->reg = expr_register(c);
	}
	p->type = scale ? TYPE_DECIMAL : TYPE_INT;
	p->scale = (uint8_t)scale;
	return 0;
}

bool expr_in_decimals(const struct part *a, const struct part *b, unsigned *scale)
{
	unsigned i = a->type == TYPE_DECIMAL ? a->scale : 0, k = b->type == TYPE_DECIMAL ? b->scale : 0;

	*scale = i > k ? i : k;
	if (a->type == TYPE_INT ? b->type != TYPE_DECIMAL : a->type != TYPE_DECIMAL || (b->type != TYPE_DECIMAL && b->type != TYPE_INT))
		return false;
	return *scale <= DECIMALS_MOST || i == k;
}

int expr_compare_decimals(struct compiler *c, const struct part *a, const struct part *b, uint32_t *to)
{
	struct op *o = expr_emit(c, op_compare_decimal);

	if (!o)
		return -1;
	o->a = a->reg;
	o->b = b->reg;
	o->jump = (int32_t)(b->type == TYPE_DECIMAL ? b->scale : 0) - (int32_t)(a->type == TYPE_DECIMAL ? a->scale : 0);
	o->to = *to = expr_register(c);
	return 0;
}

int expr_exact_part(struct compiler *c, const struct tree *t, struct part *p)
{
	struct held *h;
	struct exact v;
	struct op *o;

	if (p->type != TYPE_REAL || expr_exact(t, &v) != EXACT_YES)
		return 0;
	h = arena_take(&c->x->arena, sizeof *h);
	o = h ? expr_emit(c, op_constant) : NULL;
	if (!o)
		return err_memory(c->e);
	h->v.i = v.units;
	h->null = false;
	o->at = h;
	*p = (struct part){ expr_register(c), v.scale ? TYPE_DECIMAL : TYPE_INT, false, (uint8_t)v.scale };
	o->to = p->reg;
	return 0;
}

/* What is a constant and cannot have so many decimals is refused now. */
static int fits(struct compiler *c, const struct tree *t, unsigned scale)
{
	struct exact v;

	if (expr_exact(t, &v) != EXACT_YES || v.scale >= scale || widen(&v, scale))
		return 0;
	return expr_fail(c, t, "this number is too large to have %u decimals, as what stands beside it", scale);
}

int expr_decimal(struct compiler *c, const struct tree *t, struct part *a, struct part *b, struct part *to)
{
	op_run *run = t->kind == TREE_ADD ? run_add : t->kind == TREE_SUB ? run_subtract : t->kind == TREE_MUL ? run_multiply : op_mod_int;
	unsigned scale;
	struct op *o;

	if (t->kind == TREE_DIV || (a->type != TYPE_DECIMAL && b->type != TYPE_DECIMAL))
		return 1;
	if (expr_exact_part(c, t->first, a) < 0 || expr_exact_part(c, t->last, b) < 0)
		return -1;
	if (!expr_in_decimals(a, b, &scale))
		return 1;
	if (t->kind == TREE_MUL)
		scale = (a->type == TYPE_DECIMAL ? a->scale : 0u) + (b->type == TYPE_DECIMAL ? b->scale : 0u);
	if (scale > DECIMALS_MOST)
		return 1;
	if (t->kind != TREE_MUL && (fits(c, t->first, scale) < 0 || fits(c, t->last, scale) < 0 || expr_rescale(c, a, scale) < 0 ||
				    expr_rescale(c, b, scale) < 0))
		return -1;
	o = expr_emit(c, run);
	if (!o)
		return -1;
	o->a = a->reg;
	o->b = b->reg;
	*to = (struct part){ expr_register(c), TYPE_DECIMAL, a->nullable || b->nullable || t->kind == TREE_MOD, (uint8_t)scale };
	o->to = to->reg;
	return 0;
}
