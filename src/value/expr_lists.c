/* Combinators that make lists, as JSON. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "value/expr_combine.h"
#include "value/expr_ops.h"

#define R(n) (&x->registers[n])

struct array {
	uint64_t salt;
	int64_t least, most;
	uint32_t body, result;          /* operations of one element; its register */
	enum type type;
	uint8_t scale;
	unsigned format;
};

enum { FORMAT_JSON, FORMAT_POSTGRES };

/* As PostgreSQL reads an element: in quotes, with a backslash before quotes and backslashes. */
static void put_postgres(struct text t, struct buf *to)
{
	buf_char(to, '"');
	for (uint32_t i = 0; i < t.n; i++) {
		if (t.at[i] == '"' || t.at[i] == '\\')
			buf_char(to, '\\');
		buf_char(to, t.at[i]);
	}
	buf_char(to, '"');
}

static void put_element(struct expr_run *x, const struct array *a, struct buf *to)
{
	const struct held *h = R(a->result);
	struct text t = expr_text(x, a->type, a->scale, h);

	if (h->null)
		buf_text(to, a->format == FORMAT_POSTGRES ? "NULL" : "null");
	else if (a->format == FORMAT_POSTGRES && (a->type == TYPE_TEXT || a->type == TYPE_JSON))
		put_postgres(t, to);
	else if (a->type == TYPE_TEXT || a->type == TYPE_INSTANT || a->type == TYPE_SPAN)
		json_text(to, t.at, t.n);
	else
		buf_add(to, t.at, t.n);
}

static void keep_json(struct expr_run *x, struct held *to, struct buf *b)
{
	char *copy = buf_ok(b) ? expr_room(x, b->n + 1) : NULL;

	x->spoilt |= to->null = !copy;
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
	buf_char(&b, a->format == FORMAT_POSTGRES ? '{' : '[');
	for (int64_t i = 0; i < n; i++) {
		x->row.key = rng_mix(outer.key + UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(i + 1));
		expr_range(x, o + 1, o + 1 + a->body);
		if (i)
			buf_char(&b, ',');
		put_element(x, a, &b);
	}
	buf_char(&b, a->format == FORMAT_POSTGRES ? '}' : ']');
	x->row = outer;
	keep_json(x, R(o->to), &b);
	buf_free(&b);
	return o + 1 + a->body;
}

static void free_plain(void *at)
{
	free(at);
}

int expr_array(struct compiler *c, const struct tree *t, struct part *to)
{
	struct array *a = calloc(1, sizeof *a);
	struct given g;
	struct part of;
	double low, high;
	uint32_t at;

	if (expr_own(c, a, free_plain) < 0 || expr_arguments(c, t, &g) < 0 || expr_bounded(c, &g, 1, &low) < 0 || expr_bounded(c, &g, 2, &high) < 0 ||
	    expr_choice(c, &g, 3, &a->format) < 0)
		return -1;
	if (!g.at[2] && low > high)
		high = low;
	if (low > high)
		return expr_fail(c, g.at[2] ? g.at[2] : t, "min %g is above max %g", low, high);
	a->salt = expr_salt(c, "array");
	at = c->x->n;
	c->in_array++;
	if (!expr_emit(c, run_array) || expr_part(c, g.at[0], &of) < 0)
		return -1;
	c->in_array--;
	a->least = (int64_t)low;
	a->most = (int64_t)high;
	a->body = c->x->n - at - 1;
	a->result = of.reg;
	a->type = of.type;
	a->scale = of.scale;
	c->x->ops[at].at = a;
	*to = (struct part){ expr_register(c), a->format == FORMAT_POSTGRES ? TYPE_TEXT : TYPE_JSON, false, 0 };
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
		*R(o->to) = s->elements[o->c ? draws_below(&d, s->n) : permute(key, s->n, i)];
		put_element(x, &one, &b);
	}
	buf_char(&b, ']');
	keep_json(x, R(o->to), &b);
	buf_free(&b);
	return o + 1;
}

int expr_pick_many(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct source *s;
	struct part one;
	double count;
	bool distinct;

	if (expr_arguments(c, t, &g) < 0 || expr_flag(c, &g, 2, &distinct) < 0)
		return -1;
	if (g.at[0]->kind != TREE_LIST || !g.at[0]->n || !expr_all_constant(g.at[0]))
		return expr_fail(c, g.at[0], "pick_many needs a list of constants of one type");
	s = expr_source(c, "pick_many");
	if (!s || expr_bounded(c, &g, 1, &count) < 0)
		return -1;
	s->n = g.at[0]->n;
	if (distinct && g.at[1] && count > s->n)
		return expr_fail(c, g.at[1], "%g is not between 0 and %u", count, s->n);
	s->step = (int64_t)(distinct && count > s->n ? s->n : count);
	if (expr_pick_constants(c, g.at[0], s, false, &one) < 0)
		return -1;
	c->x->ops[c->x->n - 1].run = run_pick_many;
	c->x->ops[c->x->n - 1].b = one.type;
	c->x->ops[c->x->n - 1].c = !distinct;
	*to = (struct part){ one.reg, TYPE_JSON, false, 0 };
	return 0;
}
