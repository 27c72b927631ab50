/* format('%05d of %-10s: %.2f', a, b, c): values put into a text. */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "value/expr_ops.h"

#define R(n) (&x->registers[n])

enum { WIDTH_MOST = 99, DECIMALS_OTHERWISE = 6, PIECES_MOST = 129 };

/* A place in the pattern: %[-0+][width][.precision]letter. */
struct place {
	bool left, zero, sign;
	unsigned width;
	int precision;          /* -1: none */
	char letter;
};

static const char *read_number(const char *s, unsigned *to)
{
	for (*to = 0; isdigit((unsigned char)*s) && *to <= WIDTH_MOST; s++)
		*to = *to * 10 + (unsigned)(*s - '0');
	return s;
}

/* What stands behind a %; NULL: it is none of ours. */
static const char *read_place(const char *s, struct place *to)
{
	unsigned precision;

	*to = (struct place){ .precision = -1 };
	for (; *s && strchr("-0+", *s); s++) {
		to->left |= *s == '-';
		to->zero |= *s == '0';
		to->sign |= *s == '+';
	}
	s = read_number(s, &to->width);
	if (*s == '.') {
		s = read_number(s + 1, &precision);
		to->precision = (int)precision;
	}
	to->letter = *s;
	if (!*s || !strchr("sdfx", *s) || to->width > WIDTH_MOST || to->precision > (*s == 'f' ? 9 : WIDTH_MOST) ||
	    (strchr("dx", *s) && to->precision >= 0) || (*s == 's' && (to->zero || to->sign)))
		return NULL;
	return s + 1;
}

/* ---- running ---- */

static const struct op *run_hex(struct expr_run *x, const struct op *o)
{
	char digits[16], *to = expr_room(x, sizeof digits);
	uint64_t v = (uint64_t)R(o->a)->v.i;
	unsigned n = 0;

	do {
		digits[n++] = "0123456789abcdef"[v & 15];
	} while (v >>= 4);
	for (unsigned i = 0; to && i < n; i++)
		to[i] = digits[n - 1 - i];
	R(o->to)->null = R(o->a)->null || !to;
	R(o->to)->v.t = (struct text){ to ? to : "", to ? n : 0 };
	return o + 1;
}

/* The first `most` characters, and how many there are. */
static struct text cut(struct text t, int most, unsigned *characters)
{
	uint32_t at = 0, c;

	for (*characters = 0; at < t.n && (most < 0 || *characters < (unsigned)most); ++*characters) {
		size_t n = utf8_next(t.at + at, t.n - at, &c);

		at += n ? (uint32_t)n : 1;
	}
	return (struct text){ t.at, at };
}

static char *fill(char *to, char with, unsigned n)
{
	memset(to, with, n);
	return to + n;
}

/* Of null nothing is written but the blanks. */
static const struct op *run_place(struct expr_run *x, const struct op *o)
{
	const struct place *p = o->at;
	unsigned n, blanks;
	struct text t = cut(R(o->a)->null ? (struct text){ "", 0 } : R(o->a)->v.t, p->letter == 's' ? p->precision : -1, &n);
	bool minus = t.n && p->letter != 's' && t.at[0] == '-', plus = t.n && p->sign && !minus;
	char *start = expr_room(x, (size_t)t.n + WIDTH_MOST + 2), *to = start;

	R(o->to)->null = !start;
	if (!start)
		return o + 1;
	n += plus;
	blanks = n < p->width ? p->width - n : 0;
	if (blanks && !p->left && !(p->zero && t.n))
		to = fill(to, ' ', blanks);
	if (minus || plus)
		*to++ = minus ? '-' : '+';
	if (p->zero && !p->left && t.n)
		to = fill(to, '0', blanks);
	memcpy(to, t.at + minus, t.n - minus);
	to += t.n - minus;
	if (p->left)
		to = fill(to, ' ', blanks);
	R(o->to)->v.t = (struct text){ start, (uint32_t)(to - start) };
	return o + 1;
}

/* ---- compiling ---- */

static int convert(struct compiler *c, const struct tree *arg, const struct place *p, struct part *v)
{
	if (p->letter == 'f') {
		if (!expr_is_number(v->type))
			return expr_fail(c, arg, "format: %%f takes a number, not %s", type_names[v->type]);
		if (expr_round(c, v, p->precision < 0 ? DECIMALS_OTHERWISE : (unsigned)p->precision) < 0)
			return -1;
	} else if (p->letter != 's' && v->type != TYPE_INT) {
		return expr_fail(c, arg, "format: %%%c takes a whole number, not %s%s", p->letter, type_names[v->type],
				 expr_is_number(v->type) ? "; round() makes one, and %f takes decimals" : "");
	}
	if (p->letter != 'x')
		return expr_as_text(c, v);
	return expr_convert(c, v, run_hex, TYPE_TEXT);
}

static int put_value(struct compiler *c, const struct tree *arg, const struct place *p, struct part *v)
{
	struct place *kept = arena_take(&c->x->arena, sizeof *kept);

	if (!kept)
		return err_memory(c->e);
	*kept = *p;
	if (convert(c, arg, p, v) < 0 || expr_convert(c, v, run_place, TYPE_TEXT) < 0)
		return -1;
	c->x->ops[c->x->n - 1].at = kept;
	return 0;
}

/* The characters up to the next place; %% is a percent sign. */
static int put_plain(struct compiler *c, const char **pattern, struct part *to)
{
	struct tree t = { .kind = TREE_TEXT };
	char *text = arena_take(&c->x->arena, strlen(*pattern) + 1);
	const char *s = *pattern;
	uint32_t n = 0;

	if (!text)
		return err_memory(c->e);
	for (; *s && (*s != '%' || s[1] == '%'); s++) {
		s += *s == '%';
		text[n++] = *s;
	}
	*pattern = s;
	t.v.t = (struct text){ text, n };
	return expr_part(c, &t, to);
}

static int join(struct compiler *c, const uint32_t *registers, unsigned n, struct part *to)
{
	uint32_t *kept = arena_take(&c->x->arena, (n + 1) * sizeof *kept);
	struct op *o = kept ? expr_emit(c, op_join_all) : NULL;

	if (!o)
		return err_memory(c->e);
	memcpy(kept, registers, n * sizeof *kept);
	o->at = kept;
	o->c = n;
	*to = (struct part){ expr_register(c), TYPE_TEXT, false, 0 };
	o->to = to->reg;
	return 0;
}

int expr_format(struct compiler *c, const struct tree *t, struct part *args, unsigned n, struct part *to)
{
	const char *s = t->first->v.t.at;
	const struct tree *arg = t->first->next;
	uint32_t registers[PIECES_MOST];
	unsigned pieces = 0, used = 0;

	if (t->first->kind != TREE_TEXT)
		return expr_fail(c, t->first, "format: its first argument is a constant text like '%%05d %%s %%.2f'");
	while (*s) {
		struct place p;
		struct part one;

		if (*s != '%' || s[1] == '%') {
			if (put_plain(c, &s, &one) < 0)
				return -1;
		} else {
			const char *end = read_place(s + 1, &p);

			if (!end)
				return expr_fail(c, t->first, "format: '%.10s' does not begin with one of %%s %%d %%x %%f, with a width up to 99, "
						 "decimals up to 9; %%%% is a percent sign", s);
			s = end;
			if (++used < n) {
				one = args[used];
				if (put_value(c, arg, &p, &one) < 0)
					return -1;
				arg = arg->next;
			}
		}
		if (used < n)
			registers[pieces++] = one.reg;
	}
	if (used != n - 1)
		return expr_fail(c, t, "format: the text has %u place%s for values, and %u %s given", used, used == 1 ? "" : "s", n - 1, n == 2 ? "is" : "are");
	return join(c, registers, pieces, to);
}
