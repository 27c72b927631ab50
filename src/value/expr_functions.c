/* Functions of expressions: numbers, texts, moments. */
#include <ctype.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/num.h"
#include "base/utf8.h"
#include "value/expr_decimal.h"
#include "value/expr_ops.h"

#define R(n) (&x->registers[n])
enum { ARGS = 64 };

/* ---- numbers ---- */

/* Half away from zero, as people round. */
static double round_half(double v)
{
	return v < 0 ? -floor(-v + 0.5) : floor(v + 0.5);
}

static const struct op *run_round(struct expr_run *x, const struct op *o)
{
	double v = round_half(R(o->a)->v.r * (double)schema_power10(o->b));

	R(o->to)->null = R(o->a)->null || !(fabs(v) < 9e18);
	R(o->to)->v.i = R(o->to)->null ? 0 : (int64_t)v;
	return o + 1;
}

static const struct op *run_floor(struct expr_run *x, const struct op *o)
{
	double v = o->b ? ceil(R(o->a)->v.r) : floor(R(o->a)->v.r);

	R(o->to)->null = R(o->a)->null || !(fabs(v) < 9e18);
	R(o->to)->v.i = R(o->to)->null ? 0 : (int64_t)v;
	return o + 1;
}

/* The same of a decimal: c decimals are cut. */
static const struct op *run_floor_decimal(struct expr_run *x, const struct op *o)
{
	int64_t v = R(o->a)->v.i;

	R(o->to)->null = R(o->a)->null;
	R(o->to)->v.i = o->b ? decimal_ceil(v, o->c) : decimal_floor(v, o->c);
	return o + 1;
}

static const struct op *run_abs_int(struct expr_run *x, const struct op *o)
{
	int64_t v = R(o->a)->v.i;

	R(o->to)->null = R(o->a)->null;
	R(o->to)->v.i = v < 0 ? (int64_t)(0 - (uint64_t)v) : v;
	return o + 1;
}

static const struct op *run_abs_real(struct expr_run *x, const struct op *o)
{
	double v = fabs(R(o->a)->v.r);

	R(o->to)->null = R(o->a)->null;
	R(o->to)->v.r = v;
	return o + 1;
}

/* c: 0 the smaller, 1 the larger; of a null and a value the value. */
static const struct op *run_extreme(struct expr_run *x, const struct op *o)
{
	const struct held *a = R(o->a), *b = R(o->b);
	bool above = o->jump ? a->v.r > b->v.r : a->v.i > b->v.i, first = b->null || (!a->null && above == (o->c == 1));

	*R(o->to) = first ? *a : *b;
	return o + 1;
}

/* ---- texts ---- */

/* Where the nth character begins, or the end. */
static uint32_t character(struct text t, int64_t n)
{
	uint32_t at = 0;

	while (at < t.n && n-- > 0) {
		uint32_t c;
		size_t len = utf8_next(t.at + at, t.n - at, &c);

		at += len ? (uint32_t)len : 1;
	}
	return at;
}

static const struct op *run_len(struct expr_run *x, const struct op *o)
{
	int64_t n = R(o->a)->null ? 0 : (int64_t)utf8_length(R(o->a)->v.t.at, R(o->a)->v.t.n);

	R(o->to)->null = R(o->a)->null;
	R(o->to)->v.i = n;
	return o + 1;
}

static const struct op *run_case(struct expr_run *x, const struct op *o)
{
	struct text t = R(o->a)->null ? (struct text){ "", 0 } : R(o->a)->v.t;
	char *to = expr_room(x, t.n + 1);

	for (uint32_t i = 0; to && i < t.n; i++)
		to[i] = (char)(o->b ? toupper((unsigned char)t.at[i]) : tolower((unsigned char)t.at[i]));
	R(o->to)->null = R(o->a)->null;
	R(o->to)->v.t = to ? (struct text){ to, t.n } : t;
	return o + 1;
}

/* c: 0 from the left, 1 from the right. */
static const struct op *run_part(struct expr_run *x, const struct op *o)
{
	struct text t = R(o->a)->v.t;
	int64_t n = R(o->b)->v.i < 0 ? 0 : R(o->b)->v.i;
	uint32_t at;

	R(o->to)->null = R(o->a)->null || R(o->b)->null;
	if (R(o->to)->null)
		return o + 1;
	at = character(t, o->c ? (int64_t)utf8_length(t.at, t.n) - n : n);
	R(o->to)->v.t = o->c ? (struct text){ t.at + at, t.n - at } : (struct text){ t.at, at };
	return o + 1;
}

static const struct op *run_replace(struct expr_run *x, const struct op *o)
{
	struct text t = R(o->a)->v.t, from = R(o->b)->v.t, by = R(o->c)->v.t;
	uint32_t hits = 0, n = 0;
	char *to;

	R(o->to)->null = R(o->a)->null || R(o->b)->null || R(o->c)->null;
	if (R(o->to)->null)
		return o + 1;
	for (uint32_t i = 0; from.n && i + from.n <= t.n; i++)
		hits += memcmp(t.at + i, from.at, from.n) == 0;
	to = expr_room(x, t.n + (size_t)hits * by.n + 1);
	for (uint32_t i = 0; to && i < t.n;) {
		if (from.n && i + from.n <= t.n && memcmp(t.at + i, from.at, from.n) == 0) {
			memcpy(to + n, by.at, by.n);
			n += by.n;
			i += from.n;
		} else {
			to[n++] = t.at[i++];
		}
	}
	R(o->to)->v.t = to ? (struct text){ to, n } : t;
	return o + 1;
}

static const struct op *run_hash(struct expr_run *x, const struct op *o)
{
	struct text t = R(o->a)->null ? (struct text){ "", 0 } : R(o->a)->v.t;

	R(o->to)->v.i = (int64_t)(digest_bytes(t.at, t.n, 0) >> 1);
	R(o->to)->null = false;
	return o + 1;
}

static const struct op *run_matches(struct expr_run *x, const struct op *o)
{
	struct text t = R(o->a)->null ? (struct text){ "", 0 } : R(o->a)->v.t;
	regmatch_t whole = { .rm_so = 0, .rm_eo = (regoff_t)t.n };

	R(o->to)->v.b = !R(o->a)->null && regexec(o->at, t.at, 1, &whole, REG_STARTEND) == 0;
	R(o->to)->null = false;
	return o + 1;
}

static const struct op *run_date_format(struct expr_run *x, const struct op *o)
{
	struct text format = R(o->b)->v.t;
	char *f = expr_room(x, format.n + 1), *to = expr_room(x, 200);

	R(o->to)->null = R(o->a)->null || R(o->b)->null || !f || !to;
	if (R(o->to)->null)
		return o + 1;
	memcpy(f, format.at, format.n);
	f[format.n] = '\0';
	R(o->to)->v.t = (struct text){ to, (uint32_t)(put_time(to, 200, f, R(o->a)->v.i) - to) };
	return o + 1;
}

/* A value as JSON. */
static const struct op *run_json(struct expr_run *x, const struct op *o)
{
	const struct held *h = R(o->a);
	enum type type = (enum type)o->b;
	struct text t = h->null ? (struct text){ "null", 4 } : expr_text(x, type, (uint8_t)o->c, h);
	struct buf b;
	char *copy;

	if (!h->null && (type == TYPE_TEXT || type == TYPE_INSTANT || type == TYPE_SPAN)) {
		buf_init(&b, 16 << 20);
		json_text(&b, t.at, t.n);
		copy = buf_ok(&b) ? expr_room(x, b.n + 1) : NULL;
		t = copy ? (struct text){ memcpy(copy, b.data, b.n), (uint32_t)b.n } : (struct text){ "null", 4 };
		buf_free(&b);
	}
	R(o->to)->null = false;
	R(o->to)->v.t = t;
	return o + 1;
}

/* ---- compiling ---- */

static int emit(struct compiler *c, const struct op *(*run)(struct expr_run *x, const struct op *o), const struct part *args, unsigned n, enum type type,
		struct part *to)
{
	struct op *o = expr_emit(c, run);

	if (!o)
		return -1;
	o->a = args[0].reg;
	o->b = n > 1 ? args[1].reg : 0;
	o->c = n > 2 ? args[2].reg : 0;
	*to = (struct part){ expr_register(c), type, false, 0 };
	for (unsigned i = 0; i < n; i++)
		to->nullable |= args[i].nullable;
	o->to = to->reg;
	return 0;
}

static int want(struct compiler *c, const struct tree *t, const struct part *p, enum type type, unsigned n)
{
	return p->type == type ? 0 : expr_fail(c, t, "%.40s: argument %u must be %s, not %s", t->v.t.at, n, type_names[type], type_names[p->type]);
}

int expr_round(struct compiler *c, struct part *p, unsigned decimals)
{
	if (p->type != TYPE_REAL)
		return expr_rescale(c, p, decimals);
	if (expr_convert(c, p, run_round, decimals ? TYPE_DECIMAL : TYPE_INT) < 0)
		return -1;
	c->x->ops[c->x->n - 1].b = decimals;
	p->scale = (uint8_t)decimals;
	return 0;
}

static int f_round(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	int64_t decimals = 0;

	if (n > 1 && (t->last->kind != TREE_INT || t->last->v.i < 0 || t->last->v.i > 9))
		return expr_fail(c, t->last, "round takes 0 to 9 decimals, as a constant");
	if (n > 1)
		decimals = t->last->v.i;
	if (!expr_is_number(a[0].type))
		return want(c, t, a, TYPE_REAL, 1);
	*to = a[0];
	return expr_round(c, to, (unsigned)decimals);
}

static int f_floor(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	if (!expr_is_number(a->type))
		return want(c, t, a, TYPE_REAL, 1);
	if (a->type == TYPE_INT)
		return *to = *a, 0;
	if (emit(c, a->type == TYPE_DECIMAL ? run_floor_decimal : run_floor, a, 1, TYPE_INT, to) < 0)
		return -1;
	c->x->ops[c->x->n - 1].c = a->scale;
	c->x->ops[c->x->n - 1].b = t->v.t.at[0] == 'c';
	return 0;
}

static int f_abs(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	if (a->type == TYPE_INT || a->type == TYPE_SPAN || a->type == TYPE_DECIMAL) {
		if (emit(c, run_abs_int, a, 1, a->type, to) < 0)
			return -1;
		to->scale = a->scale;
		return 0;
	}
	return a->type == TYPE_REAL ? emit(c, run_abs_real, a, 1, TYPE_REAL, to) : want(c, t, a, TYPE_REAL, 1);
}

static int f_extreme(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	const struct tree *arg = t->first;
	bool exact = false;

	for (unsigned i = 0; i < n; i++)
		exact |= a[i].type == TYPE_DECIMAL;
	for (unsigned i = 0; exact && i < n; i++, arg = arg->next)
		if (expr_exact_part(c, arg, &a[i]) < 0)
			return -1;
	*to = a[0];
	for (unsigned i = 1; i < n; i++) {
		struct part both[2] = { *to, a[i] };

		if (expr_unify(c, t, &both[0], &both[1]) < 0)
			return -1;
		if (both[0].type == TYPE_TEXT || both[0].type == TYPE_BOOL || both[0].type == TYPE_JSON)
			return want(c, t, &both[0], TYPE_REAL, i + 1);
		if (emit(c, run_extreme, both, 2, both[0].type, to) < 0)
			return -1;
		to->scale = both[0].scale;
		c->x->ops[c->x->n - 1].c = t->v.t.at[1] == 'a';
		c->x->ops[c->x->n - 1].jump = both[0].type == TYPE_REAL;
	}
	return 0;
}

static int f_text(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	*to = a[0];
	(void)t;
	if (expr_as_text(c, to) < 0)
		return -1;
	for (unsigned i = 1; i < n; i++) {
		struct part both[2] = { *to, a[i] };

		if (expr_as_text(c, &both[1]) < 0 || emit(c, op_join, both, 2, TYPE_TEXT, to) < 0)
			return -1;
		to->nullable = false;
	}
	return 0;
}

static int f_len(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	return want(c, t, a, TYPE_TEXT, 1) < 0 ? -1 : emit(c, run_len, a, 1, TYPE_INT, to);
}

static int f_case(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	if (want(c, t, a, TYPE_TEXT, 1) < 0 || emit(c, run_case, a, 1, TYPE_TEXT, to) < 0)
		return -1;
	c->x->ops[c->x->n - 1].b = t->v.t.at[0] == 'u';
	return 0;
}

static int f_part(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	if (expr_as_text(c, a) < 0 || want(c, t, &a[1], TYPE_INT, 2) < 0 || emit(c, run_part, a, 2, TYPE_TEXT, to) < 0)
		return -1;
	c->x->ops[c->x->n - 1].c = t->v.t.at[0] == 'r';
	return 0;
}

static int f_replace(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	if (want(c, t, &a[0], TYPE_TEXT, 1) < 0 || want(c, t, &a[1], TYPE_TEXT, 2) < 0 || want(c, t, &a[2], TYPE_TEXT, 3) < 0)
		return -1;
	return emit(c, run_replace, a, 3, TYPE_TEXT, to);
}

static int f_hash(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)t;
	(void)n;
	return expr_as_text(c, a) < 0 ? -1 : emit(c, run_hash, a, 1, TYPE_INT, to);
}

static int f_date_format(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	if (want(c, t, &a[0], TYPE_INSTANT, 1) < 0 || want(c, t, &a[1], TYPE_TEXT, 2) < 0)
		return -1;
	return emit(c, run_date_format, a, 2, TYPE_TEXT, to);
}

static int f_date_add(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	(void)n;
	if (want(c, t, &a[0], TYPE_INSTANT, 1) < 0 || want(c, t, &a[1], TYPE_SPAN, 2) < 0)
		return -1;
	return emit(c, op_add_int, a, 2, TYPE_INSTANT, to);
}

static int as_json(struct compiler *c, struct part *p)
{
	uint32_t type = p->type, scale = p->scale;
	struct part one = *p;

	if (emit(c, run_json, &one, 1, TYPE_JSON, p) < 0)
		return -1;
	c->x->ops[c->x->n - 1].b = type;
	c->x->ops[c->x->n - 1].c = scale;
	p->nullable = false;
	return 0;
}

static int literal_text(struct compiler *c, const char *text, size_t n, struct part *to)
{
	char *copy = arena_copy(&c->x->arena, text, n);
	struct tree t = { .kind = TREE_TEXT, .v.t = { copy, (uint32_t)n } };

	return copy ? expr_part(c, &t, to) : err_memory(c->e);
}

/* json_list(a, b, ...) and json_map('name', value, ...): what nested lists of an event are made of. */
static int f_json(struct compiler *c, const struct tree *t, struct part *a, unsigned n, struct part *to)
{
	bool map = t->v.t.at[5] == 'm';
	struct part piece;

	if (map && n % 2)
		return expr_fail(c, t, "json_map takes names and values in turn");
	if (literal_text(c, map ? "{" : "[", 1, to) < 0)
		return -1;
	for (unsigned i = 0; i < n; i++) {
		if (i && (literal_text(c, map && i % 2 ? ":" : ",", 1, &piece) < 0 || emit(c, op_join, (struct part[]){ *to, piece }, 2, TYPE_TEXT, to) < 0))
			return -1;
		if (as_json(c, &a[i]) < 0 || emit(c, op_join, (struct part[]){ *to, a[i] }, 2, TYPE_TEXT, to) < 0)
			return -1;
	}
	if (literal_text(c, map ? "}" : "]", 1, &piece) < 0 || emit(c, op_join, (struct part[]){ *to, piece }, 2, TYPE_JSON, to) < 0)
		return -1;
	to->nullable = false;
	return 0;
}

static const struct function {
	const char *name;
	unsigned least, most;
	int (*compile)(struct compiler *c, const struct tree *t, struct part *args, unsigned n, struct part *to);
	const char *use, *help;
} functions[] = {
	{ "round", 1, 2, f_round, "round(x, decimals)", "Rounded, halves away from zero; 0 to 9 decimals, a constant." },
	{ "floor", 1, 1, f_floor, "floor(x)", "The next lower whole number." },
	{ "ceil", 1, 1, f_floor, "ceil(x)", "The next higher whole number." },
	{ "abs", 1, 1, f_abs, "abs(x)", "Without its sign; a number or a span." },
	{ "min", 2, ARGS, f_extreme, "min(a, b, ...)", "The least of them." },
	{ "max", 2, ARGS, f_extreme, "max(a, b, ...)", "The greatest of them." },
	{ "len", 1, 1, f_len, "len(text)", "How many characters it has." },
	{ "lower", 1, 1, f_case, "lower(text)", "In small letters (ASCII)." },
	{ "upper", 1, 1, f_case, "upper(text)", "In capitals (ASCII)." },
	{ "left", 2, 2, f_part, "left(text, n)", "The first n characters." },
	{ "right", 2, 2, f_part, "right(text, n)", "The last n characters." },
	{ "replace", 3, 3, f_replace, "replace(text, from, by)", "Each from in it replaced." },
	{ "concat", 1, ARGS, f_text, "concat(a, b, ...)", "All as one text." },
	{ "coalesce", 2, ARGS, NULL, "coalesce(a, b, ...)", "The first that is not null, as a ?? b." },
	{ "format", 1, ARGS, expr_format, "format('%05d %s %.2f', a, b, c)", "The text with values in its places: %d a whole number, %x the same to the "
	  "base 16, %f a number with decimals (%.2f), %s anything; between % and the letter a width, and - for the left, 0 for zeros, + for the sign; "
	  "%% is a percent sign." },
	{ "text", 1, 1, f_text, "text(x)", "As text." },
	{ "hash", 1, 1, f_hash, "hash(text)", "A whole number that is the same for the same text." },
	{ "json_list", 0, ARGS, f_json, "json_list(a, b, ...)", "A list as JSON; a list in a field means this." },
	{ "json_map", 0, ARGS, f_json, "json_map('name', value, ...)", "An object as JSON." },
	{ "date_format", 2, 2, f_date_format, "date_format(instant, format)", "As strftime of the C locale writes it, in UTC." },
	{ "date_add", 2, 2, f_date_add, "date_add(instant, span)", "That much later." },
};

const char *expr_function_help(unsigned i, const char **use)
{
	if (i >= COUNT_OF(functions))
		return NULL;
	*use = functions[i].use;
	return functions[i].help;
}

const char *expr_function_name(unsigned i)
{
	return i < COUNT_OF(functions) ? functions[i].name : NULL;
}

static const struct function *find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(functions); i++)
		if (strcmp(functions[i].name, name) == 0)
			return &functions[i];
	return NULL;
}

bool expr_has_function(const char *name)
{
	return find(name) != NULL;
}

static void free_regex(void *at)
{
	regfree(at);
	free(at);
}

static int matches(struct compiler *c, const struct tree *t, struct part *to)
{
	regex_t *re;
	char pattern[1000], why[200];
	struct part a;
	int code;

	if (t->last->kind != TREE_TEXT || t->last->v.t.n >= sizeof pattern)
		return expr_fail(c, t->last, "'matches' needs a pattern of at most %zu bytes in quotes", sizeof pattern - 1);
	snprintf(pattern, sizeof pattern, "%.*s", (int)t->last->v.t.n, t->last->v.t.at);
	if (expr_part(c, t->first, &a) < 0 || expr_as_text(c, &a) < 0)
		return -1;
	re = malloc(sizeof *re);
	code = re ? regcomp(re, pattern, REG_EXTENDED | REG_NOSUB) : 0;
	if (code) {
		regerror(code, re, why, sizeof why);
		free(re);
		return expr_fail(c, t->last, "'%.60s': %s", pattern, why);
	}
	if (expr_own(c, re, free_regex) < 0 || emit(c, run_matches, &a, 1, TYPE_BOOL, to) < 0)
		return -1;
	c->x->ops[c->x->n - 1].at = re;
	to->nullable = false;
	return 0;
}

int expr_check_call(struct compiler *c, const struct tree *t)
{
	const struct function *f = find(t->v.t.at);

	for (const struct tree *a = t->first; a; a = a->next)
		if (a->label)
			return expr_fail(c, a, "%s takes its arguments without names: %s", f->name, f->use);
	if (t->n < f->least || t->n > f->most)
		return expr_fail(c, t, "%s takes %u to %u arguments, not %u", f->name, f->least, f->most, t->n);
	return 0;
}

int expr_function(struct compiler *c, const struct tree *t, struct part *to)
{
	const struct function *f = t->kind == TREE_MATCHES ? NULL : find(t->v.t.at);
	struct part args[ARGS];
	unsigned n = 0;

	if (t->kind == TREE_MATCHES)
		return matches(c, t, to);
	if (!f)
		return 1;
	if (expr_check_call(c, t) < 0)
		return -1;
	for (const struct tree *a = t->first; a; a = a->next)
		if (expr_part(c, a, &args[n++]) < 0)
			return -1;
	return f->compile(c, t, args, n, to);
}
