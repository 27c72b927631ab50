/* Tree to operations: operators, and the types they take. */
#include "value/expr_inside.h"
#include "value/expr_decimal.h"
#include "value/expr_ops.h"

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

/* instant + span, instant - instant ...: what adding and taking away mean for moments. */
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

/* A duration times a number is a duration, and a part of it; duration by duration is a number. 1: it is not about durations. */
static int spans(struct compiler *c, const struct tree *t, struct part *a, struct part *b, struct part *to)
{
	bool both = a->type == TYPE_SPAN && b->type == TYPE_SPAN;

	if (t->kind == TREE_MUL && b->type == TYPE_SPAN && expr_is_number(a->type))
		return expr_as_real(c, a) < 0 ? -1 : finish(c, op_mul_span, b, a, TYPE_SPAN, to);
	if (a->type != TYPE_SPAN || (!both && (t->kind == TREE_MOD || !expr_is_number(b->type))) || (both && t->kind == TREE_MUL))
		return 1;
	if (!both && expr_as_real(c, b) < 0)
		return -1;
	if (finish(c, !both && t->kind == TREE_MUL ? op_mul_span : !both ? op_div_span : t->kind == TREE_DIV ? op_rate_span : op_mod_int, a, b,
		   both && t->kind == TREE_DIV ? TYPE_REAL : TYPE_SPAN, to) < 0)
		return -1;
	to->nullable |= t->kind != TREE_MUL;
	return 0;
}

/* Constants that whole numbers do not hold are refused; what is computed wraps. */
static int check_whole(struct compiler *c, const struct tree *t)
{
	struct exact ignored;

	return expr_exact(t, &ignored) == EXACT_BEYOND ? expr_fail(c, t, "the result is beyond whole numbers, which go from -9223372036854775808 to "
								    "9223372036854775807; with 1.0 in place of 1 it is a real number") : 0;
}

static int arithmetic(struct compiler *c, const struct tree *t, struct part *to)
{
	static const struct { enum tree_kind kind; const struct op *(*ints)(struct expr_run *x, const struct op *o); const struct op *(*reals)(struct expr_run *x, const struct op *o); char sign; } rows[] = {
		{ TREE_ADD, op_add_int, op_add_real, '+' }, { TREE_SUB, op_sub_int, op_sub_real, '-' }, { TREE_MUL, op_mul_int, op_mul_real, '*' },
		{ TREE_DIV, op_div_real, op_div_real, '/' }, { TREE_MOD, op_mod_int, op_mod_real, '%' },
	};
	struct part a, b;
	size_t i = 0;
	int result;

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
	if (i >= 2 && (result = spans(c, t, &a, &b, to)) != 1)
		return result;
	if (!expr_is_number(a.type) || !expr_is_number(b.type))
		return expr_fail(c, t, "%s %c %s means nothing", type_names[a.type], rows[i].sign, type_names[b.type]);
	if ((result = expr_decimal(c, t, &a, &b, to)) != 1)
		return result;
	if (a.type == TYPE_INT && b.type == TYPE_INT && t->kind != TREE_DIV) {
		if (check_whole(c, t) < 0 || finish(c, rows[i].ints, &a, &b, TYPE_INT, to) < 0)
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
	unsigned scale;
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
	if (expr_in_decimals(&a, &b, &scale)) {
		*to = (struct part){ .type = TYPE_BOOL };
		if (expr_compare_decimals(c, &a, &b, &to->reg) < 0)
			return -1;
		c->x->ops[c->x->n - 1].c = kind - TREE_EQ;
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
		if (tree_is_word(&word))
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

/* The same to a decimal of more decimals. */
static void move_as_decimal(struct compiler *c, uint32_t at, const struct part *p, unsigned scale)
{
	if (p->type == TYPE_INT || p->scale < scale) {
		c->x->ops[at].run = op_widen;
		c->x->ops[at].b = p->type == TYPE_INT ? scale : scale - p->scale;
	}
}

/* The same to a text; null stays null. */
static void move_as_text(struct compiler *c, uint32_t at, const struct part *p)
{
	if (p->type != TYPE_TEXT) {
		c->x->ops[at].run = op_to_text_or_null;
		c->x->ops[at].b = p->type;
		c->x->ops[at].c = p->scale;
	}
}

/* The type of two parts of which one is taken; their moves, at ops `a_at` and `b_at`, are made to fit. Where a text is wanted,
 * anything fits. */
static int either(struct compiler *c, const struct tree *t, bool as_text, const struct part *a, uint32_t a_at, const struct part *b, uint32_t b_at,
		  struct part *to)
{
	const struct part *typed = a->type == TYPE_NULL ? b : a;
	unsigned scale;

	to->type = typed->type;
	to->scale = typed->scale;
	if (a->type == TYPE_NULL || b->type == TYPE_NULL || (a->type == b->type && a->scale == b->scale))
		return 0;
	to->scale = 0;
	if (expr_in_decimals(a, b, &scale)) {
		to->type = TYPE_DECIMAL;
		to->scale = (uint8_t)scale;
		move_as_decimal(c, a_at, a, scale);
		move_as_decimal(c, b_at, b, scale);
	} else if (expr_is_number(a->type) && expr_is_number(b->type)) {
		to->type = TYPE_REAL;
		move_as_real(c, a_at, a);
		move_as_real(c, b_at, b);
	} else if (as_text) {
		to->type = TYPE_TEXT;
		move_as_text(c, a_at, a);
		move_as_text(c, b_at, b);
	} else {
		return expr_fail(c, t, "%s and %s do not go together", type_names[a->type], type_names[b->type]);
	}
	return 0;
}

/* a ?? b and c ? a : b compute only what is needed. */
static int branch(struct compiler *c, const struct tree *t, bool as_text, struct part *to)
{
	bool defaults = t->kind == TREE_DEFAULT;
	struct part test, a, b;
	uint32_t jump, end, a_at, b_at;

	c->as_text = as_text && defaults;
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
	c->as_text = as_text && !defaults;
	if (!defaults && expr_part(c, t->first->next, &a) < 0)
		return -1;
	a_at = c->x->n;
	if (expr_move(c, &a, to->reg) < 0)
		return -1;
	end = c->x->n;
	if (!expr_emit(c, op_jump))
		return -1;
	c->x->ops[jump].jump = (int32_t)(c->x->n - jump);
	c->as_text = as_text;
	if (expr_part(c, t->last, &b) < 0)
		return -1;
	b_at = c->x->n;
	if (expr_move(c, &b, to->reg) < 0)
		return -1;
	c->x->ops[end].jump = (int32_t)(c->x->n - end);
	to->nullable = b.nullable || (!defaults && a.nullable);
	return either(c, t, as_text, &a, a_at, &b, b_at, to);
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

int expr_operator(struct compiler *c, const struct tree *t, bool as_text, struct part *to)
{
	struct part a, b;

	switch (t->kind) {
	case TREE_NOT:
	case TREE_MINUS: return unary(c, t, to);
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
	case TREE_CHOICE: return branch(c, t, as_text, to);
	default: return arithmetic(c, t, to);
	}
}
