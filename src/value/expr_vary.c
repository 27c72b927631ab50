/* Parameters that vary: set before each call, within the bounds of their rows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "value/expr_vary.h"

#define TO (&x->registers[o->to])

static double within(const struct param *p, double v)
{
	return v < p->min ? p->min : v > p->max ? p->max : v;
}

static bool set_whole(int64_t *to, const struct varied *a, const struct held *h)
{
	double v = a->type == TYPE_REAL ? within(a->p, floor(h->v.r + 0.5)) : within(a->p, (double)h->v.i);
	/* A double has 53 bits: inside the bounds the number itself is taken. */
	int64_t whole = a->type != TYPE_REAL && v == (double)h->v.i ? h->v.i : num_whole(v);
	bool other = *to != whole;

	*to = whole;
	return other;
}

static bool set_text(struct expr_run *x, const struct varied *a, const struct held *h)
{
	char instant[NUM_TEXT];
	struct text t;
	size_t n;

	/* All of an instant, not the milliseconds that are shown. */
	if (a->type == TYPE_INSTANT)
		t = (struct text){ instant, (uint32_t)num_put_instant(instant, h->v.i, 9) };
	else
		t = expr_text(x, a->type, a->scale, h);
	for (n = t.n; n >= VARIED_TEXT || (n < t.n && n && ((unsigned char)t.at[n] & 0xc0) == 0x80); n--)
		;
	if (strlen(a->text) == n && memcmp(a->text, t.at, n) == 0)
		return false;
	memcpy(a->text, t.at, n);
	a->text[n] = '\0';
	return true;
}

/* Gives the option the value of its register, within its bounds. Was it another one? */
static bool set_varied(struct expr_run *x, const struct varied *a, void *opts)
{
	const struct held *h = &x->registers[a->reg];
	void *at = (char *)opts + a->p->offset;
	double old, v;
	bool was;

	switch (a->p->type) {
	case PARAM_BOOL:
		was = *(bool *)at;
		*(bool *)at = h->v.b;
		return was != h->v.b;
	case PARAM_REAL:
	case PARAM_SHARE:
		old = *(double *)at;
		v = within(a->p, a->type == TYPE_REAL ? h->v.r : (double)h->v.i);
		*(double *)at = v;
		return old < v || old > v;
	case PARAM_TEXT: return set_text(x, a, h);
	default: return set_whole(at, a, h);
	}
}

const struct op *op_vary(struct expr_run *x, const struct op *o)
{
	const struct variation *v = o->at;
	bool changed = false;
	struct err ignored;

	for (unsigned i = 0; i < v->n; i++)
		if (x->registers[v->at[i].reg].null) {
			TO->null = true;
			return o + o->jump;
		}
	for (unsigned i = 0; i < v->n; i++)
		changed |= set_varied(x, &v->at[i], v->call->opts);
	if (changed || !*v->ready) {
		*v->works = call_prepare(v->call, &ignored) == 0;
		*v->ready = true;
	}
	if (*v->works)
		return o + 1;
	TO->null = true;
	return o + o->jump;
}

void expr_free_variation(void *at)
{
	struct variation *v = at;

	for (unsigned i = 0; i < v->n; i++)
		if (v->at[i].text)
			*(char **)(void *)((char *)v->call->opts + v->at[i].p->offset) = NULL;
}

bool expr_is_varied(struct compiler *c, const struct tree *arg, const struct param *p)
{
	struct buf ignored;
	bool constant;

	if (!(p->flags & PARAM_VARIES))
		return false;
	/* Which `now` is meant is the same, and the constant is faster. */
	if (tree_is_word(arg))
		return strcmp(arg->v.t.at, "now") != 0 && expr_is_name(c, arg->v.t.at);
	buf_init(&ignored, EXPR_BYTES);
	constant = tree_constant(arg, &ignored);
	buf_free(&ignored);
	return !constant;
}

static int fits_type(struct compiler *c, const struct tree *arg, const struct call *call, const struct param *p, struct part *got)
{
	enum type want = p->type == PARAM_BOOL ? TYPE_BOOL : p->type == PARAM_SPAN ? TYPE_SPAN : p->type == PARAM_SIZE ? TYPE_INT :
			 p->type == PARAM_TEXT ? TYPE_TEXT : TYPE_REAL;

	if (got->type == TYPE_DECIMAL && want != TYPE_TEXT && expr_as_real(c, got) < 0)
		return -1;
	if (got->type == want || (want == TYPE_REAL && got->type == TYPE_INT) || (want == TYPE_TEXT && got->type != TYPE_NULL && got->type != TYPE_JSON))
		return 0;
	return expr_fail(c, arg, "%s of %s takes %s, not %s", p->name, call->is->name, want == TYPE_REAL ? "a number" : type_names[want],
			 type_names[got->type]);
}

int expr_vary(struct compiler *c, const struct tree *arg, struct call *call, const struct param *p, struct variation *v)
{
	struct varied *a = &v->at[v->n];
	char **option = (char **)(void *)((char *)call->opts + p->offset);
	struct part got;

	if (v->n == VARIED_MOST)
		return expr_fail(c, arg, "more than %d parameters that are expressions", VARIED_MOST);
	if (expr_part(c, arg, &got) < 0 || fits_type(c, arg, call, p, &got) < 0)
		return -1;
	*a = (struct varied){ .reg = got.reg, .type = got.type, .scale = got.scale, .p = p };
	if (p->type == PARAM_TEXT) {
		a->text = arena_take(&c->x->arena, VARIED_TEXT);
		if (!a->text)
			return err_memory(c->e);
		snprintf(a->text, VARIED_TEXT, "%s", *option);
		free(*option);
		*option = a->text;
	}
	call_vary(call, p);
	v->n++;
	return 0;
}

int expr_try_bounds(struct variation *v, struct err *e)
{
	bool works = false;

	for (int way = 0; way < 2 && !works; way++) {
		for (unsigned i = 0; i < v->n; i++) {
			const struct param *p = v->at[i].p;
			void *at = (char *)v->call->opts + p->offset;
			double bound = way ? p->max : p->min;

			if (p->type == PARAM_REAL || p->type == PARAM_SHARE)
				*(double *)at = bound;
			else if (p->type == PARAM_INT || p->type == PARAM_SPAN || p->type == PARAM_SIZE)
				*(int64_t *)at = num_whole(bound);
			else if (p->type == PARAM_TEXT)
				*v->at[i].text = '\0';
		}
		works = call_prepare(v->call, e) == 0;
	}
	return works ? 0 : -1;
}
