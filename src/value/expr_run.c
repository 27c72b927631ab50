/* Expressions: compiling texts, and running what was compiled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/expr_inside.h"
#include "value/expr_ops.h"

struct expr *expr_new(struct err *e)
{
	struct expr *x = calloc(1, sizeof *x);

	if (!x) {
		err_memory(e);
		return NULL;
	}
	x->rows = UINT64_MAX;
	arena_init(&x->arena);
	return x;
}

void expr_free(struct expr *x)
{
	if (!x)
		return;
	for (struct owned *o = x->owned, *next; o; o = next) {
		next = o->next;
		o->free(o->at);
		free(o);
	}
	arena_free(&x->arena);
	free(x->ops);
	free(x);
}

unsigned expr_registers(const struct expr *x)
{
	return x->registers;
}

unsigned expr_size(const struct expr *x)
{
	return x->n;
}

const struct call *expr_lone_call(const struct expr *x, unsigned from, const struct expr_name *result)
{
	const struct op *o = x->ops + from;

	return x->n == from + 1 && (o->run == op_call_text || o->run == op_call_value) && o->to == result->reg ? o->at : NULL;
}

void expr_cut(struct expr *x, unsigned from)
{
	memmove(x->ops + from, x->ops + from + 1, (--x->n - from) * sizeof *x->ops);
}

void expr_forget(struct expr *x, unsigned from)
{
	x->n = from;
}

const char *expr_varies(const struct expr *x)
{
	return x->varies;
}

uint64_t expr_rows(const struct expr *x)
{
	return x->rows;
}

void expr_range(struct expr_run *x, const struct op *from, const struct op *to)
{
	while (from < to)
		from = from->run(x, from);
}

void expr_run(const struct expr *x, struct expr_run *run)
{
	expr_range(run, x->ops, x->ops + x->n);
}

static void name_of(const struct part *p, struct expr_name *to)
{
	*to = (struct expr_name){ .type = p->type, .nullable = p->nullable, .scale = p->scale, .reg = p->reg };
}

static int compile(struct compiler *c, const char *text, size_t n, unsigned column, struct part *to)
{
	struct tree *t = tree_parse(text, n, column, &c->x->arena, c->e);

	if (!t || (c->scope->env && tree_env(t, c->scope->env, NULL, NULL, c->e) < 0))
		return -1;
	return expr_part(c, t, to);
}

int expr_compile(struct expr *x, const char *text, const struct expr_scope *scope, struct expr_name *result, struct err *e)
{
	struct compiler c = { .x = x, .scope = scope, .e = e };
	struct part p;

	if (compile(&c, text, strlen(text), 1, &p) < 0)
		return -1;
	name_of(&p, result);
	return 0;
}

bool expr_is_literal(const char *text)
{
	return !strstr(text, "${");
}

const char *expr_past(const char *s)
{
	char quote = *s == '\'' || *s == '"' ? *s : '\0';

	if (*s)
		s++;
	if (!quote)
		return s;
	while (*s && *s != quote)
		s += 1 + (*s == '\\' && s[1]);
	return s + (*s == quote);
}

/* The end of the expression that begins at s, behind "${": its brace, past texts and braces within. NULL: there is none. */
const char *expr_closing(const char *s)
{
	unsigned depth = 0;

	for (; *s; s = expr_past(s)) {
		if (*s == '{')
			depth++;
		else if (*s == '}' && depth-- == 0)
			return s;
	}
	return NULL;
}

const char expr_open_quote[] = "the quote that begins here is not closed";

const char *expr_unclosed(const char *open, const char **at)
{
	*at = open;
	for (const char *s = open + 2, *end; *s; s = end) {
		const char *close = s + 1;

		end = expr_past(s);
		if (*s != '\'' && *s != '"')
			continue;
		while (*close && *close != *s)
			close += 1 + (*close == '\\' && close[1]);
		if (!*close)
			return *at = s, expr_open_quote;
	}
	return "'}' is missing";
}

void expr_plain(struct buf *to, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '$' && i + 2 < n && s[i + 1] == '$' && s[i + 2] == '{')
			i++;
		buf_char(to, s[i]);
	}
}

static int plain(struct compiler *c, const char *s, size_t n, struct part *to)
{
	struct tree t = { .kind = TREE_TEXT };
	const char *copy;
	struct buf b;

	buf_init(&b, n + 1);
	expr_plain(&b, s, n);
	copy = buf_ok(&b) ? arena_copy(&c->x->arena, b.data, b.n) : NULL;
	t.v.t = (struct text){ copy, (uint32_t)b.n };
	buf_free(&b);
	return copy ? expr_part(c, &t, to) : err_memory(c->e);
}

const char *expr_next(const char *s)
{
	for (const char *at = strstr(s, "${"); at; at = strstr(at + 2, "${"))
		if (at == s || at[-1] != '$')
			return at;
	return NULL;
}

/* The registers of a text's pieces, which are joined at once. */
struct pieces {
	uint32_t *at;
	unsigned n;
};

static int add_piece(struct compiler *c, struct pieces *to, struct part *one)
{
	if (expr_as_text(c, one) < 0)
		return -1;
	to->at[to->n++] = one->reg;
	return 0;
}

static int join(struct compiler *c, const struct pieces *pieces, struct part *to)
{
	struct op *o;

	if (pieces->n < 2)
		return 0;
	o = expr_emit(c, op_join_all);
	if (!o)
		return -1;
	o->at = pieces->at;
	o->c = pieces->n;
	*to = (struct part){ expr_register(c), TYPE_TEXT, false, 0 };
	o->to = to->reg;
	return 0;
}

/* As many pieces as a text can have. */
static unsigned most_pieces(const char *text)
{
	unsigned n = 1;

	for (const char *at = expr_next(text); at; at = expr_next(at + 2))
		n += 2;
	return n;
}

int expr_pieces(struct compiler *c, const char *text, bool line, struct part *to)
{
	struct pieces pieces = { .at = arena_take(&c->x->arena, most_pieces(text) * sizeof *pieces.at) };
	const char *s = text;
	bool as_text;

	if (!pieces.at)
		return err_memory(c->e);
	do {
		const char *open = expr_next(s), *close;

		if (open != s) {
			size_t n = open ? (size_t)(open - s) : strlen(s);

			if (plain(c, s, n, to) < 0 || add_piece(c, &pieces, to) < 0)
				return -1;
			s += n;
			continue;
		}
		close = expr_closing(open + 2);
		if (!close) {
			const char *at, *why = expr_unclosed(open, &at);

			return err_set(c->e, ERR_INPUT, "column %u: %s", (unsigned)(at - text) + 1, why);
		}
		/* Exactly one expression keeps its type. */
		as_text = c->as_text = line || s != text || close[1];
		if (compile(c, open + 2, (size_t)(close - open - 2), (unsigned)(open - text) + 3, to) < 0)
			return -1;
		if (as_text && add_piece(c, &pieces, to) < 0)
			return -1;
		s = close + 1;
	} while (*s);
	return join(c, &pieces, to);
}

static int compile_pieces(struct expr *x, const char *text, const struct expr_scope *scope, bool line, struct expr_name *result, struct err *e)
{
	struct compiler c = { .x = x, .scope = scope, .e = e };
	struct part all = { 0 };

	if (expr_pieces(&c, text, line, &all) < 0)
		return -1;
	name_of(&all, result);
	return 0;
}

int expr_compile_text(struct expr *x, const char *text, const struct expr_scope *scope, struct expr_name *result, struct err *e)
{
	return compile_pieces(x, text, scope, false, result, e);
}

int expr_compile_line(struct expr *x, const char *text, const struct expr_scope *scope, struct expr_name *result, struct err *e)
{
	return compile_pieces(x, text, scope, true, result, e);
}
