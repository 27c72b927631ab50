/* A combinator with its parameters as texts, as an expression. */
#include "value/combined.h"

#include <stdio.h>
#include <string.h>

#include "value/expr_tree.h"
#include "value/modify.h"

/* ---- lists ---- */

enum element { ELEMENT_INT, ELEMENT_REAL, ELEMENT_BOOL, ELEMENT_TEXT };

/* The element at s with its commas; behind it. */
static const char *take_element(const char *s, struct buf *to)
{
	buf_clear(to);
	for (; *s && *s != ','; s++) {
		s += s[0] == '\\' && s[1] == ',';
		buf_char(to, *s);
	}
	return s;
}

/* What would be written as the text is: 007 and 1.50 would not, and stay texts. */
static enum element kind_of(const char *text)
{
	char again[NUM_TEXT];
	int64_t i;
	double d;

	if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
		return ELEMENT_BOOL;
	if (num_int(text, &i, NULL) == 0) {
		again[num_put_int(again, i)] = '\0';
		if (strcmp(again, text) == 0)
			return ELEMENT_INT;
	}
	if (num_real(text, &d, NULL) == 0) {
		again[num_put_real(again, d)] = '\0';
		if (strcmp(again, text) == 0)
			return ELEMENT_REAL;
	}
	return ELEMENT_TEXT;
}

static bool in_brackets(const char *text)
{
	size_t n = strlen(text);

	return n > 1 && text[0] == '[' && text[n - 1] == ']';
}

static void put_list(struct buf *to, const char *text)
{
	enum element all = ELEMENT_INT;
	struct buf one;
	bool first = true;

	if (in_brackets(text)) {
		buf_text(to, text);
		return;
	}
	buf_init(&one, strlen(text) + 1);
	for (const char *s = text; *text; s++, first = false) {
		enum element kind;

		s = take_element(s, &one);
		kind = kind_of(one.data);
		if (kind != all && !first)
			kind = kind + all == ELEMENT_INT + ELEMENT_REAL ? ELEMENT_REAL : ELEMENT_TEXT;
		all = kind;
		if (!*s)
			break;
	}
	buf_char(to, '[');
	for (const char *s = text; *text; s++) {
		s = take_element(s, &one);
		if (all == ELEMENT_TEXT)
			tree_quote(to, one.data);
		else
			buf_text(to, one.data);
		if (!*s)
			break;
		buf_char(to, ',');
	}
	buf_char(to, ']');
	buf_free(&one);
}

/* ---- parameters ---- */

/* By itself it is an expression, so that it ends where it should; `brackets` were put around it. */
static int check_expression(const char *combinator, const char *name, const char *text, bool brackets, struct err *e)
{
	size_t n = strlen(text);
	unsigned column;
	struct arena a;
	struct err why;
	int result = 0;

	arena_init(&a);
	if (!tree_parse(text, n, brackets ? 0 : 1, &a, &why)) {
		/* Of a bracket that nobody wrote nobody wants to hear. */
		if (brackets && sscanf(why.text, "column %u: ", &column) == 1 && column + 1 == n)
			err_set(&why, ERR_INPUT, "column %u: something is missing here", column);
		result = err_set(e, ERR_INPUT, "%s: %s: %s", combinator, name, why.text);
	}
	arena_free(&a);
	return result;
}

static int put_value(struct combined_text *t, const struct param *p, const char *text, struct err *e)
{
	struct buf *to = &t->text;
	bool brackets = p->flags & PARAM_LIST && p->flags & PARAM_PROGRAM && !in_brackets(text);
	size_t from = to->n;

	if (brackets)
		buf_printf(to, "[%s]", text);
	else if (p->flags & PARAM_LIST)
		put_list(to, text);
	else if (p->flags & PARAM_PROGRAM)
		buf_text(to, text);
	else if (param_is_text(p))
		tree_quote(to, text);
	else
		buf_text(to, text);
	t->places[t->n].brackets = brackets;
	if (!buf_ok(to))
		return err_set(e, ERR_INPUT, "%s: %s: an expression has at most %d bytes", t->name, p->name, EXPR_BYTES);
	/* The brackets that were put around it are not in its columns. */
	return p->flags & (PARAM_PROGRAM | PARAM_LIST) ? check_expression(t->name, p->name, to->data + from, brackets, e) : 0;
}

static int put_row(struct combined_text *t, const struct param *p, const void *opts, struct err *e)
{
	struct buf text;
	int result;

	if (t->n == COMBINED_MOST)
		return err_set(e, ERR_INPUT, "%s: %s: more than %d parameters", t->name, p->name, COMBINED_MOST);
	buf_init(&text, EXPR_BYTES);
	param_text(p, opts, &text);
	buf_printf(&t->text, "%s%s=", t->n ? ", " : "", p->name);
	t->places[t->n].is = p;
	t->places[t->n].from = (unsigned)t->text.n + 1;
	if (buf_ok(&text))
		result = put_value(t, p, text.data, e);
	else
		result = err_set(e, ERR_INPUT, "%s: %s: an expression has at most %d bytes", t->name, p->name, EXPR_BYTES);
	t->places[t->n++].to = (unsigned)t->text.n + 1;
	buf_free(&text);
	return result;
}

static bool is_default(const struct param *p, const void *opts)
{
	struct buf is, was;
	bool same;

	buf_init(&is, EXPR_BYTES);
	buf_init(&was, EXPR_BYTES);
	param_text(p, opts, &is);
	param_default_text(p, &was);
	same = is.n == was.n && (!is.n || memcmp(is.data, was.data, is.n) == 0);
	buf_free(&is);
	buf_free(&was);
	return same;
}

int combined_expression(const struct call *c, struct combined_text *to, struct err *e)
{
	*to = (struct combined_text){ .name = c->is->name };
	buf_init(&to->text, EXPR_BYTES);
	buf_printf(&to->text, "%s(", c->is->name);
	param_each(p, c->is->params)
		if (c->given & UINT64_C(1) << (p - c->is->params) && put_row(to, p, c->opts, e) < 0)
			return -1;
	param_each(p, c->mods ? modifier_rows : NULL)
		if (!is_default(p, c->mods) && put_row(to, p, c->mods, e) < 0)
			return -1;
	buf_char(&to->text, ')');
	return buf_ok(&to->text) ? 0 : err_set(e, ERR_INPUT, "%s: an expression has at most %d bytes", to->name, EXPR_BYTES);
}

static bool begins_with(const char *text, const char *name)
{
	size_t n = strlen(name);

	return strncmp(text, name, n) == 0 && strchr(" :=", text[n]);
}

void combined_wrong(const struct combined_text *t, struct err *e)
{
	unsigned column = 0;
	const char *colon = strstr(e->text, ": ");
	char why[400], place[40] = "";

	snprintf(why, sizeof why, "%.390s", sscanf(e->text, "column %u: ", &column) == 1 && colon ? colon + 2 : e->text);
	for (unsigned i = 0; i < t->n; i++) {
		const struct param *p = t->places[i].is;

		if (column < t->places[i].from || column >= t->places[i].to)
			continue;
		/* The brackets that were put around it have no column. */
		if (p->flags & PARAM_PROGRAM && column >= t->places[i].from + t->places[i].brackets)
			snprintf(place, sizeof place, "column %u: ", column - t->places[i].from + 1 - t->places[i].brackets);
		if (begins_with(why, p->name) && !*place)
			err_set(e, ERR_INPUT, "%s: %s", t->name, why);
		else
			err_set(e, ERR_INPUT, "%s: %s: %s%s", t->name, p->name, place, why);
		return;
	}
	err_set(e, ERR_INPUT, "%s%s%s", begins_with(why, t->name) ? "" : t->name, begins_with(why, t->name) ? "" : ": ", why);
}

void combined_free(struct combined_text *t)
{
	buf_free(&t->text);
}
