/* The operations of compiled expressions. */
#include "value/expr_ops.h"

#include <math.h>
#include <string.h>

#include "base/mathx.h"
#include "base/num.h"
#include "value/locale.h"

#define A (&x->registers[o->a])
#define B (&x->registers[o->b])
#define TO (&x->registers[o->to])

char *expr_room(struct expr_run *x, size_t n)
{
	static char nothing[1];
	char *to = n ? arena_take(x->arena, n) : nothing;

	x->spoilt |= !to;
	return to;
}

const struct op *op_constant(struct expr_run *x, const struct op *o)
{
	*TO = *(const struct held *)o->at;
	return o + 1;
}

const struct op *op_move(struct expr_run *x, const struct op *o)
{
	*TO = *A;
	return o + 1;
}

const struct op *op_load(struct expr_run *x, const struct op *o)
{
	const struct expr_name *n = o->at;

	TO->null = false;
	n->load(x, n->at, TO);
	return o + 1;
}

static const struct op *whole(struct expr_run *x, const struct op *o, int64_t v)
{
	TO->v.i = v;
	TO->null = false;
	return o + 1;
}

const struct op *op_now(struct expr_run *x, const struct op *o)
{
	return whole(x, o, x->row.now_ns);
}

const struct op *op_start(struct expr_run *x, const struct op *o)
{
	return whole(x, o, x->start_ns);
}

const struct op *op_seq(struct expr_run *x, const struct op *o)
{
	return whole(x, o, (int64_t)x->row.number);
}

static const struct op *words(struct expr_run *x, const struct op *o, const char *text)
{
	TO->null = !text;
	if (text)
		TO->v.t = (struct text){ text, (uint32_t)strlen(text) };
	return o + 1;
}

const struct op *op_module(struct expr_run *x, const struct op *o)
{
	return words(x, o, x->module);
}

const struct op *op_event_type(struct expr_run *x, const struct op *o)
{
	return words(x, o, x->event_type);
}

const struct op *op_event_key(struct expr_run *x, const struct op *o)
{
	TO->null = x->key.n == 0;
	TO->v.t = x->key;
	return o + 1;
}

const struct op *op_int_to_real(struct expr_run *x, const struct op *o)
{
	double v = (double)A->v.i;

	TO->null = A->null;
	TO->v.r = v;
	return o + 1;
}

const struct op *op_decimal_to_real(struct expr_run *x, const struct op *o)
{
	double v = (double)A->v.i / (double)schema_power10(o->b);

	TO->null = A->null;
	TO->v.r = v;
	return o + 1;
}

const struct op *op_seconds_to_span(struct expr_run *x, const struct op *o)
{
	double ns = A->v.r * 1e9;

	TO->null = A->null;
	TO->v.i = ns > 9e18 ? INT64_C(9000000000000000000) : ns < -9e18 ? -INT64_C(9000000000000000000) : (int64_t)ns;
	return o + 1;
}

struct text expr_text(struct expr_run *x, enum type type, uint8_t scale, const struct held *h)
{
	char *to;
	size_t n;

	if (h->null)
		return (struct text){ "", 0 };
	if (type == TYPE_TEXT || type == TYPE_JSON)
		return h->v.t;
	to = expr_room(x, NUM_TEXT);
	if (!to)
		return (struct text){ "", 0 };
	switch (type) {
	case TYPE_BOOL: n = (size_t)(h->v.b ? put_literal(to, "true") - to : put_literal(to, "false") - to); break;
	case TYPE_REAL: n = num_put_real(to, h->v.r); break;
	case TYPE_DECIMAL: n = num_put_decimal(to, h->v.i, scale); break;
	case TYPE_INSTANT: n = num_put_instant(to, h->v.i, 3); break;
	case TYPE_SPAN: n = num_put_span(to, h->v.i); break;
	default: n = num_put_int(to, h->v.i); break;
	}
	return (struct text){ to, (uint32_t)n };
}

/* Of null nothing is written: texts are joined, not refused. */
const struct op *op_to_text(struct expr_run *x, const struct op *o)
{
	struct text t = expr_text(x, (enum type)o->b, (uint8_t)o->c, A);

	TO->null = false;
	TO->v.t = t;
	return o + 1;
}

const struct op *op_to_text_or_null(struct expr_run *x, const struct op *o)
{
	bool null = A->null;

	op_to_text(x, o);
	TO->null = null;
	return o + 1;
}

const struct op *op_join(struct expr_run *x, const struct op *o)
{
	struct text a = A->null ? (struct text){ "", 0 } : A->v.t, b = B->null ? (struct text){ "", 0 } : B->v.t;
	char *to = expr_room(x, (size_t)a.n + b.n + 1);

	TO->null = false;
	TO->v.t = (struct text){ "", 0 };
	if (to) {
		memcpy(to, a.at, a.n);
		memcpy(to + a.n, b.at, b.n);
		TO->v.t = (struct text){ to, a.n + b.n };
	}
	return o + 1;
}

/* Of c registers, whose numbers stand at `at`. */
const struct op *op_join_all(struct expr_run *x, const struct op *o)
{
	const uint32_t *registers = o->at;
	size_t n = 0;
	char *to;

	for (uint32_t i = 0; i < o->c; i++)
		n += x->registers[registers[i]].null ? 0 : x->registers[registers[i]].v.t.n;
	to = expr_room(x, n);
	TO->null = false;
	TO->v.t = (struct text){ to ? to : "", to ? (uint32_t)n : 0 };
	for (uint32_t i = 0; to && i < o->c; i++) {
		const struct held *h = &x->registers[registers[i]];

		if (h->null || !h->v.t.n)
			continue;
		memcpy(to, h->v.t.at, h->v.t.n);
		to += h->v.t.n;
	}
	return o + 1;
}

/* ---- arithmetic: whole numbers wrap at their ends, what has no value is null ---- */

#define WHOLE(name, expression) \
	const struct op *name(struct expr_run *x, const struct op *o) \
	{ \
		bool null = A->null || B->null; \
		uint64_t a = (uint64_t)A->v.i, b = (uint64_t)B->v.i; \
		TO->v.i = (int64_t)(expression); \
		TO->null = null; \
		return o + 1; \
	}
#define REAL(name, expression) \
	const struct op *name(struct expr_run *x, const struct op *o) \
	{ \
		bool null = A->null || B->null; \
		double a = A->v.r, b = B->v.r; \
		TO->v.r = (expression); \
		TO->null = null || !isfinite(TO->v.r); \
		return o + 1; \
	}

WHOLE(op_add_int, a + b)
WHOLE(op_sub_int, a - b)
WHOLE(op_mul_int, a * b)
REAL(op_add_real, a + b)
REAL(op_sub_real, a - b)
REAL(op_mul_real, a * b)
REAL(op_div_real, a / b)

const struct op *op_mod_int(struct expr_run *x, const struct op *o)
{
	int64_t a = A->v.i, b = B->v.i;

	TO->null = A->null || B->null || b == 0;
	TO->v.i = b == 0 || b == -1 ? 0 : a % b;
	return o + 1;
}

const struct op *op_mod_real(struct expr_run *x, const struct op *o)
{
	double a = A->v.r, b = B->v.r;

	TO->null = A->null || B->null || b == 0;
	TO->v.r = b == 0 ? 0 : fmod(a, b);
	return o + 1;
}

const struct op *op_mul_span(struct expr_run *x, const struct op *o)
{
	double v = (double)A->v.i * B->v.r;

	TO->null = A->null || B->null || !(fabs(v) < 9e18);
	TO->v.i = TO->null ? 0 : (int64_t)v;
	return o + 1;
}

const struct op *op_div_span(struct expr_run *x, const struct op *o)
{
	double v = (double)A->v.i / B->v.r;

	TO->null = A->null || B->null || !(fabs(v) < 9e18);
	TO->v.i = TO->null ? 0 : (int64_t)v;
	return o + 1;
}

/* How often the one goes into the other. */
const struct op *op_rate_span(struct expr_run *x, const struct op *o)
{
	double v = (double)A->v.i / (double)B->v.i;

	TO->null = A->null || B->null || !isfinite(v);
	TO->v.r = v;
	return o + 1;
}

const struct op *op_negate_int(struct expr_run *x, const struct op *o)
{
	int64_t v = (int64_t)(0 - (uint64_t)A->v.i);

	TO->null = A->null;
	TO->v.i = v;
	return o + 1;
}

const struct op *op_negate_real(struct expr_run *x, const struct op *o)
{
	double v = -A->v.r;

	TO->null = A->null;
	TO->v.r = v;
	return o + 1;
}

/* ---- conditions: null is neither above nor below nor equal ---- */

static const struct op *condition(struct expr_run *x, const struct op *o, bool v)
{
	TO->v.b = v;
	TO->null = false;
	return o + 1;
}

const struct op *op_is_null(struct expr_run *x, const struct op *o)
{
	return condition(x, o, A->null);
}

const struct op *op_is_not_null(struct expr_run *x, const struct op *o)
{
	return condition(x, o, !A->null);
}

bool expr_holds(uint32_t which, int order)
{
	static const unsigned char table[] = { 2, 5, 1, 3, 4, 6 };      /* bit 0 below, bit 1 equal, bit 2 above */

	return table[which] >> (order + 1) & 1;
}

const struct op *op_compare_int(struct expr_run *x, const struct op *o)
{
	return condition(x, o, !A->null && !B->null && expr_holds(o->c, A->v.i < B->v.i ? -1 : A->v.i > B->v.i));
}

const struct op *op_compare_real(struct expr_run *x, const struct op *o)
{
	return condition(x, o, !A->null && !B->null && expr_holds(o->c, A->v.r < B->v.r ? -1 : A->v.r > B->v.r));
}

const struct op *op_compare_bool(struct expr_run *x, const struct op *o)
{
	return condition(x, o, !A->null && !B->null && expr_holds(o->c, (int)A->v.b - (int)B->v.b));
}

const struct op *op_compare_text(struct expr_run *x, const struct op *o)
{
	struct text a = A->v.t, b = B->v.t;
	int order;

	if (A->null || B->null)
		return condition(x, o, false);
	order = memcmp(a.at, b.at, a.n < b.n ? a.n : b.n);
	if (!order)
		order = a.n < b.n ? -1 : a.n > b.n;
	return condition(x, o, expr_holds(o->c, order < 0 ? -1 : order > 0));
}

static bool is_true(const struct held *h)
{
	return !h->null && h->v.b;
}

const struct op *op_and(struct expr_run *x, const struct op *o)
{
	return condition(x, o, is_true(A) && is_true(B));
}

const struct op *op_or(struct expr_run *x, const struct op *o)
{
	return condition(x, o, is_true(A) || is_true(B));
}

const struct op *op_not(struct expr_run *x, const struct op *o)
{
	return condition(x, o, !is_true(A));
}

const struct op *op_jump(struct expr_run *x, const struct op *o)
{
	(void)x;
	return o + o->jump;
}

const struct op *op_jump_if_null(struct expr_run *x, const struct op *o)
{
	return A->null ? o + o->jump : o + 1;
}

/* Which of the locales is the record's. */
const struct op *op_locale(struct expr_run *x, const struct op *o)
{
	TO->v.i = locales_pick(o->at, &x->row);
	TO->null = false;
	return o + 1;
}

const struct op *op_jump_unless_index(struct expr_run *x, const struct op *o)
{
	return A->v.i == o->c ? o + 1 : o + o->jump;
}

const struct op *op_jump_unless(struct expr_run *x, const struct op *o)
{
	return is_true(A) ? o + 1 : o + o->jump;
}

/* ---- providers ---- */

const struct op *op_call_text(struct expr_run *x, const struct op *o)
{
	const struct call *c = o->at;
	char *to = arena_room(x->arena, call_room(c));
	uint32_t n;

	x->spoilt |= TO->null = !to;
	if (!to)
		return o + 1;
	n = (uint32_t)(call_text(c, &x->row, to) - to);
	TO->v.t = (struct text){ to, n };
	arena_keep(x->arena, n);
	return o + 1;
}

const struct op *op_call_value(struct expr_run *x, const struct op *o)
{
	TO->null = false;
	call_value(o->at, &x->row, &TO->v);
	return o + 1;
}
