/* Texts with ${...}. */
#include "value/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "core/encode.h"

enum { PARTS_MOST = 32, DEPTH_MOST = 32 };

/* ---- reading expressions when loading ---- */

enum { NUL_VALUE, NUMBER, TEXT, EVENT };       /* what an operand is: null, a number, a text, or only known per event */

struct operand {
	int type;
	double number;
	struct buf text;
};

struct reader {
	const char *text, *at;
	const struct text_env *env;
	int depth;
};

static int bad(const struct reader *r, struct err *e, const char *what)
{
	return err_set(e, ERR_INPUT, "column %zu of '%.80s': %s", (size_t)(r->at - r->text) + 1, r->text, what);
}

static void blanks(struct reader *r)
{
	while (*r->at == ' ')
		r->at++;
}

static int read_sum(struct reader *r, struct operand *out, struct err *e);

static size_t name_length(const char *s)
{
	size_t n = 0;

	if (isalpha((unsigned char)*s) || *s == '_')
		while (isalnum((unsigned char)s[n]) || s[n] == '_' || (s[n] == '.' && (isalpha((unsigned char)s[n + 1]) || s[n + 1] == '_')))
			n++;
	return n;
}

static int read_env(struct reader *r, const char *name, struct operand *out, struct err *e)
{
	bool allowed = false;
	const char *value = r->env && r->env->get ? r->env->get(r->env->arg, name, &allowed) : NULL;

	if (!allowed)
		return err_set(e, ERR_INPUT, "column %zu: the scenario may not read the environment name '%s'; list it under env: [%s]",
			       (size_t)(r->at - r->text) + 1, name, name);
	out->type = value ? TEXT : NUL_VALUE;
	if (value)
		buf_text(&out->text, value);
	return 0;
}

static int read_operand(struct reader *r, struct operand *out, struct err *e)
{
	size_t n;

	blanks(r);
	*out = (struct operand){ .type = NUL_VALUE };
	buf_init(&out->text, 65536);
	if (++r->depth > DEPTH_MOST)
		return bad(r, e, "nested too deeply");
	if (*r->at == '(') {
		r->at++;
		if (read_sum(r, out, e) < 0)
			return -1;
		blanks(r);
		if (*r->at != ')')
			return bad(r, e, "')' is missing");
		r->at++;
	} else if (*r->at == '\'') {
		for (r->at++; *r->at && *r->at != '\''; r->at++)
			buf_char(&out->text, *r->at);
		if (*r->at != '\'')
			return bad(r, e, "the text in quotes does not end");
		r->at++;
		out->type = TEXT;
	} else if (isdigit((unsigned char)*r->at) || *r->at == '-' || *r->at == '.') {
		char one[NUM_TEXT];

		n = 1 + strspn(r->at + 1, "0123456789.eE%kMGbps");
		snprintf(one, sizeof one, "%.*s", (int)(n < sizeof one ? n : sizeof one - 1), r->at);
		if (num_real(one, &out->number, e) < 0)
			return err_wrap(e, "column %zu", (size_t)(r->at - r->text) + 1);
		r->at += n;
		out->type = NUMBER;
	} else if ((n = name_length(r->at)) > 0) {
		char name[160];

		snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), r->at);
		if (strncmp(name, "env.", 4) == 0) {
			if (read_env(r, name + 4, out, e) < 0)
				return -1;
		} else if (strcmp(name, "null") != 0) {
			out->type = EVENT;
			buf_text(&out->text, name);
		}
		r->at += n;
	} else {
		return bad(r, e, "a name, a number or 'text' is needed here");
	}
	r->depth--;
	return 0;
}

static int arithmetic(struct reader *r, struct operand *a, char op, const struct operand *b, struct err *e)
{
	if (a->type != NUMBER || b->type != NUMBER)
		return bad(r, e, "arithmetic needs numbers");
	if (op == '/' && b->number == 0)        /* exactly what cannot be divided by */
		return bad(r, e, "division by zero");
	a->number = op == '+' ? a->number + b->number : op == '-' ? a->number - b->number :
		    op == '*' ? a->number * b->number : a->number / b->number;
	return 0;
}

/* Operands of one precedence: `a * b / c`, or sums of those. */
static int read_chain(struct reader *r, const char *ops, int (*operand)(struct reader *, struct operand *, struct err *), struct operand *out,
		      struct err *e)
{
	if (operand(r, out, e) < 0)
		return -1;
	for (blanks(r); *r->at && strchr(ops, *r->at); blanks(r)) {
		struct operand b;
		char op = *r->at++;
		int result = operand(r, &b, e);

		if (result == 0)
			result = arithmetic(r, out, op, &b, e);
		buf_free(&b.text);
		if (result < 0)
			return -1;
	}
	return 0;
}

static int read_product(struct reader *r, struct operand *out, struct err *e)
{
	return read_chain(r, "*/", read_operand, out, e);
}

static int read_sum(struct reader *r, struct operand *out, struct err *e)
{
	return read_chain(r, "+-", read_product, out, e);
}

/* a ?? b ?? c: the first that is not null; an event's name decides only later and ends the folding. */
static int read_expression(struct reader *r, struct operand *out, struct err *e)
{
	if (read_sum(r, out, e) < 0)
		return -1;
	for (blanks(r); r->at[0] == '?' && r->at[1] == '?'; blanks(r)) {
		struct operand b;
		int result;

		r->at += 2;
		result = read_sum(r, &b, e);
		if (result == 0 && out->type == NUL_VALUE) {
			buf_free(&out->text);
			*out = b;
			continue;
		}
		buf_free(&b.text);
		if (result < 0)
			return -1;
	}
	if (*r->at != '}')
		return bad(r, e, *r->at ? "this does not belong here" : "'}' is missing");
	return 0;
}

int text_fold(const char *text, const struct text_env *env, bool programs, struct buf *to, struct err *e)
{
	struct reader r = { .text = text, .at = text, .env = env };

	while (*r.at) {
		const char *start;
		struct operand o;
		int result = 0;

		if (strncmp(r.at, "$${", 3) == 0) {
			/* Kept doubled where a program is compiled afterwards, which will undo it. */
			buf_text(to, programs ? "$${" : "${");
			r.at += 3;
			continue;
		}
		if (strncmp(r.at, "${", 2) != 0) {
			buf_char(to, *r.at++);
			continue;
		}
		start = r.at;
		r.at += 2;
		result = read_expression(&r, &o, e);
		if (result == 0 && o.type == EVENT && !programs)
			result = err_set(e, ERR_INPUT, "column %zu of '%.80s': '%s' is only known per event, and this setting takes none of that",
					 (size_t)(start - text) + 3, text, o.text.data);
		else if (result == 0 && o.type == NUL_VALUE)
			result = err_set(e, ERR_INPUT, "column %zu of '%.80s': this is null; give another value with ??",
					 (size_t)(start - text) + 1, text);
		if (result == 0) {
			char number[NUM_TEXT];

			r.at++;
			if (o.type == EVENT)
				buf_add(to, start, (size_t)(r.at - start));
			else if (o.type == TEXT)
				buf_add(to, o.text.data, o.text.n);
			else
				buf_add(to, number, num_put_real(number, o.number));
		}
		buf_free(&o.text);
		if (result < 0)
			return -1;
	}
	return buf_ok(to) ? 0 : err_set(e, ERR_INPUT, "the text is too long");
}

/* ---- programs ---- */

enum part_kind { PART_TEXT, PART_TYPE, PART_KEY, PART_MODULE, PART_FIELD };

struct part {
	enum part_kind kind;
	char *text;             /* literal, or name of the field */
	char *otherwise;        /* what follows ??, or NULL */
};

struct compiled {
	struct program program;
	struct part parts[PARTS_MOST];
	unsigned n;
};

static void put_decimal(struct buf *to, int64_t units, unsigned scale)
{
	char text[NUM_TEXT];

	buf_add(to, text, num_put_decimal(text, units, scale));
}

/* A field as plain text. */
static void put_field(const struct part *p, const struct event *ev, struct buf *to)
{
	const struct schema *s = ev->schema;
	char text[NUM_TEXT];

	for (unsigned i = 0; i < s->leaf_n; i++) {
		const union value *v = &ev->values[i];

		if (strcmp(s->leaves[i].name, p->text) != 0)
			continue;
		if (event_null(ev, i)) {
			buf_text(to, p->otherwise ? p->otherwise : "");
			return;
		}
		switch (s->leaves[i].kind) {
		case KIND_JSON:
		case KIND_TEXT: buf_add(to, v->t.at, v->t.n); return;
		case KIND_INT: put_decimal(to, v->i, 0); return;
		case KIND_DECIMAL: put_decimal(to, v->i, s->leaves[i].scale); return;
		case KIND_BOOL: buf_text(to, v->b ? "true" : "false"); return;
		case KIND_REAL: buf_add(to, text, num_put_real(text, v->r)); return;
		case KIND_INSTANT: buf_add(to, text, num_put_instant(text, v->i, 3)); return;
		}
	}
}

static void put(const struct program *program, const struct event *ev, const char *module, struct buf *to)
{
	const struct compiled *c = container_of(program, struct compiled, program);

	for (unsigned i = 0; i < c->n; i++) {
		const struct part *p = &c->parts[i];

		switch (p->kind) {
		case PART_TEXT: buf_text(to, p->text); break;
		case PART_TYPE: buf_text(to, ev->schema->name); break;
		case PART_MODULE: buf_text(to, module); break;
		case PART_KEY:
			if (ev->key.n)
				buf_add(to, ev->key.at, ev->key.n);
			else if (p->otherwise)
				buf_text(to, p->otherwise);
			break;
		case PART_FIELD: put_field(p, ev, to); break;
		}
	}
}

static int fits(const struct program *program, const struct schema *s, struct err *e)
{
	const struct compiled *c = container_of(program, struct compiled, program);

	for (unsigned i = 0; i < c->n; i++) {
		struct suggest g;
		char hint[80];
		bool found = c->parts[i].kind != PART_FIELD;

		if (found)
			continue;
		suggest_init(&g, c->parts[i].text);
		for (unsigned k = 0; k < s->leaf_n && !found; k++) {
			found = strcmp(s->leaves[k].name, c->parts[i].text) == 0;
			suggest_try(&g, s->leaves[k].name);
		}
		suggest_try(&g, "event.type");
		suggest_try(&g, "event.key");
		suggest_try(&g, "module");
		if (!found)
			return err_set(e, ERR_INPUT, "event '%s' has no field '%s'%s", s->name, c->parts[i].text,
				       suggest_text(&g, hint, sizeof hint));
	}
	return 0;
}

static void free_program(struct program *program)
{
	struct compiled *c = container_of(program, struct compiled, program);

	for (unsigned i = 0; i < c->n; i++) {
		free(c->parts[i].text);
		free(c->parts[i].otherwise);
	}
	free(c);
}

static int add_part(struct compiled *c, enum part_kind kind, const char *text, size_t n, struct err *e)
{
	if (c->n == PARTS_MOST)
		return err_set(e, ERR_INPUT, "more than %d pieces in one text", PARTS_MOST);
	c->parts[c->n] = (struct part){ .kind = kind, .text = strndup(text, n) };
	return c->parts[c->n++].text ? 0 : err_memory(e);
}

/* `${name}` or `${name ?? 'text'}`: what folding leaves. */
static int compile_name(struct compiled *c, const char **at, struct err *e)
{
	size_t n;
	enum part_kind kind = PART_FIELD;
	const char *s = *at + 2 + strspn(*at + 2, " ");

	n = name_length(s);
	if (n == 10 && memcmp(s, "event.type", 10) == 0)
		kind = PART_TYPE;
	else if (n == 9 && memcmp(s, "event.key", 9) == 0)
		kind = PART_KEY;
	else if (n == 6 && memcmp(s, "module", 6) == 0)
		kind = PART_MODULE;
	if (n == 0 || add_part(c, kind, s, n, e) < 0)
		return n ? -1 : err_set(e, ERR_INPUT, "'%.60s' needs a name", *at);
	s += n;
	s += strspn(s, " ");
	if (strncmp(s, "??", 2) == 0) {
		const char *end;

		s += 2 + strspn(s + 2, " ");
		end = *s == '\'' ? strchr(s + 1, '\'') : NULL;
		if (!end)
			return err_set(e, ERR_INPUT, "behind ?? a text in single quotes is needed: '%.60s'", *at);
		c->parts[c->n - 1].otherwise = strndup(s + 1, (size_t)(end - s - 1));
		if (!c->parts[c->n - 1].otherwise)
			return err_memory(e);
		s = end + 1 + strspn(end + 1, " ");
	}
	if (*s != '}')
		return err_set(e, ERR_INPUT, "'%.60s': only a name and ?? 'text' can stand in this ${...}", *at);
	*at = s + 1;
	if (kind == PART_KEY || kind == PART_FIELD)
		c->program.needs = PROGRAM_EVENT;
	else if (c->program.needs == PROGRAM_CONSTANT)
		c->program.needs = PROGRAM_TYPE;
	return 0;
}

static int compile(struct compiled *c, const char *text, struct err *e)
{
	while (*text) {
		const char *end = text;

		if (strncmp(text, "$${", 3) == 0) {
			if (add_part(c, PART_TEXT, "${", 2, e) < 0)
				return -1;
			text += 3;
		} else if (strncmp(text, "${", 2) == 0) {
			if (compile_name(c, &text, e) < 0)
				return -1;
		} else {
			while (*end && strncmp(end, "${", 2) != 0 && strncmp(end, "$${", 3) != 0)
				end++;
			if (add_part(c, PART_TEXT, text, (size_t)(end - text), e) < 0)
				return -1;
			text = end;
		}
	}
	return 0;
}

struct program *text_compile(const char *text, struct err *e)
{
	struct compiled *c = calloc(1, sizeof *c);

	if (!c) {
		err_memory(e);
		return NULL;
	}
	c->program = (struct program){ .needs = PROGRAM_CONSTANT, .put = put, .fits = fits, .free = free_program };
	if (compile(c, text, e) == 0)
		return &c->program;
	free_program(&c->program);
	return NULL;
}
