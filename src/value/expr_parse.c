/* Text to tree: recursive descent, with places. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "value/expr_tree.h"

struct parser {
	const char *text;
	size_t at, n;
	unsigned column;                /* of text[0] */
	unsigned depth;
	unsigned pairs;                 /* a + b + c nests to the left, as deep as it is long */
	struct arena *arena;
	struct err *e;
};

static struct tree *fail(struct parser *p, size_t at, const char *format, ...) ATTR_PRINTF(3, 4);

#include <stdarg.h>

static struct tree *fail(struct parser *p, size_t at, const char *format, ...)
{
	char text[300];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	err_set(p->e, ERR_INPUT, "column %u: %s", p->column + (unsigned)at, text);
	return NULL;
}

static struct tree *make(struct parser *p, enum tree_kind kind, size_t at)
{
	struct tree *t = arena_take(p->arena, sizeof *t);

	if (!t) {
		err_memory(p->e);
		return NULL;
	}
	t->kind = kind;
	t->column = p->column + (unsigned)at;
	return t;
}

static void adopt(struct tree *t, struct tree *child)
{
	*(t->last ? &t->last->next : &t->first) = child;
	t->last = child;
	t->n++;
}

static void skip(struct parser *p)
{
	while (p->at < p->n && strchr(" \t\n\r", p->text[p->at]))
		p->at++;
}

static bool take(struct parser *p, const char *symbol)
{
	size_t n = strlen(symbol);

	skip(p);
	if (p->n - p->at < n || strncmp(p->text + p->at, symbol, n) != 0)
		return false;
	p->at += n;
	return true;
}

static bool word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool take_word(struct parser *p, const char *word)
{
	size_t n = strlen(word);

	skip(p);
	if (p->n - p->at < n || strncmp(p->text + p->at, word, n) != 0 || (p->at + n < p->n && word_byte(p->text[p->at + n])))
		return false;
	p->at += n;
	return true;
}

/* Is it g:date, as the command line has it? `n`: bytes of the word before the colon. */
static bool library_before(const struct parser *p, size_t *n)
{
	char name[8], alone[8];

	for (*n = 0; *n < p->at && word_byte(p->text[p->at - *n - 1]);)
		++*n;
	snprintf(name, sizeof name, "%.*s:", (int)(*n < 6 ? *n : 6), p->text + p->at - *n);
	return library_name(name, alone, sizeof alone);
}

/* What other languages call operators, where something else, or nothing, should follow. */
static struct tree *stray(struct parser *p, const char *missing)
{
	static const struct { const char *word, *means; } foreign[] = {
		{ "is_not", "!=" }, { "is", "==" }, { "greater_than", ">" }, { "less_than", "<" }, { "not_in", "not ... in" },
		{ "=", "==" }, { "&&", "and" }, { "||", "or" },
	};
	size_t before, left, word, from = p->at;

	skip(p);
	left = p->n - p->at;
	for (size_t i = 0; i < COUNT_OF(foreign); i++) {
		size_t n = strlen(foreign[i].word);

		if (left >= n && memcmp(p->text + p->at, foreign[i].word, n) == 0 &&
		    !(isalpha((unsigned char)foreign[i].word[0]) && left > n && word_byte(p->text[p->at + n])))
			return fail(p, p->at, "'%s' is no operator here; write %s", foreign[i].word, foreign[i].means);
	}
	if (left > 1 && p->text[p->at] == ':' && library_before(p, &word))
		return fail(p, p->at - word, "the prefix of a library has a dot here, and the value its parentheses: %.*s.name()", (int)word,
			    p->text + p->at - word);
	for (before = p->at; before && p->text[before - 1] == ' '; before--)
		;
	if (left && before && p->text[before - 1] == '%' && (word_byte(p->text[p->at]) || p->text[p->at] == '(') && (!missing || *missing == ')'))
		return fail(p, before - 1, "a number with %% behind it is a share; the rest of a division has blanks around its sign: a %% b");
	if (missing)
		return fail(p, from, "'%s' is missing", missing);
	return fail(p, p->at, "'%.*s' does not belong here", (int)(left < 20 ? left : 20), p->text + p->at);
}

static struct tree *choice(struct parser *p);

/* ---- literals ---- */

static struct tree *text_literal(struct parser *p)
{
	size_t start = p->at;
	char quote = p->text[p->at++], *to = arena_take(p->arena, p->n - p->at + 1);
	struct tree *t = make(p, TREE_TEXT, start);
	uint32_t n = 0;

	if (!t || !to)
		return err_memory(p->e), NULL;
	for (; p->at < p->n && p->text[p->at] != quote; p->at++) {
		char c = p->text[p->at];

		if (c == '\\' && p->at + 1 < p->n) {
			c = p->text[++p->at];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		to[n++] = c;
	}
	if (p->at == p->n)
		return fail(p, start, "%s", expr_open_quote);
	p->at++;
	t->v.t = (struct text){ to, n };
	return t;
}

/* Digits with a unit behind them: 200k 30% 4bps 10s 1m30s 64KiB. */
static struct tree *number_literal(struct parser *p)
{
	size_t start = p->at, n = 0;
	struct tree *t = make(p, TREE_INT, start);
	char text[64];
	struct err e;

	if (!t)
		return NULL;
	while (p->at < p->n && n + 1 < sizeof text) {
		char c = p->text[p->at];
		bool sign = (c == '+' || c == '-') && n && (text[n - 1] == 'e' || text[n - 1] == 'E') && isdigit((unsigned char)text[0]);

		if (!isalnum((unsigned char)c) && c != '.' && c != '%' && c != '_' && !sign)
			break;
		/* 1..5 is no number. */
		if (c == '.' && p->at + 1 < p->n && p->text[p->at + 1] == '.')
			break;
		text[n++] = c;
		p->at++;
	}
	text[n] = '\0';
	if (num_int(text, &t->v.i, &e) == 0 && !strpbrk(text, ".eE%"))
		return t;
	t->kind = TREE_REAL;
	if (num_real(text, &t->v.r, &e) == 0)
		return t;
	t->kind = TREE_SPAN;
	if (num_span(text, &t->v.i, &e) == 0)
		return t;
	t->kind = TREE_INT;
	if (num_size(text, &t->v.i, &e) == 0)
		return t;
	n = strcspn(text, "%");
	if (text[n] && text[n + 1])
		return fail(p, start, "'%s': %.*s%% is a share; the rest of a division has blanks around its sign: %.*s %% %s", text, (int)n, text, (int)n, text,
			    text + n + 1);
	return fail(p, start, "'%s' is neither a number, a duration nor a size", text);
}

/* ---- names, calls, lists ---- */

/* The name in name=value, but not in name==value; or NULL. */
static const char *label(struct parser *p)
{
	size_t start, n = 0, q;

	skip(p);
	start = p->at;
	while (p->at + n < p->n && word_byte(p->text[p->at + n]))
		n++;
	for (q = p->at + n; q < p->n && p->text[q] == ' ';)
		q++;
	if (!n || q >= p->n || p->text[q] != '=' || (q + 1 < p->n && p->text[q + 1] == '='))
		return NULL;
	p->at = q + 1;
	return arena_copy(p->arena, p->text + start, n);
}

static struct tree *arguments(struct parser *p, struct tree *call)
{
	bool named = false;

	skip(p);
	if (take(p, ")"))
		return call;
	do {
		const char *name;
		struct tree *one;
		size_t start;

		skip(p);
		start = p->at;
		name = label(p);
		if (named && !name)
			return fail(p, start, "an argument without a name cannot stand behind one with a name");
		named = name != NULL;
		one = choice(p);
		if (!one)
			return NULL;
		one->label = name;
		adopt(call, one);
	} while (take(p, ","));
	return take(p, ")") ? call : stray(p, ")");
}

static struct tree *name_or_call(struct parser *p)
{
	size_t start = p->at;
	struct tree *t = make(p, TREE_NAME, start);

	if (!t)
		return NULL;
	while (p->at < p->n && (word_byte(p->text[p->at]) || (p->text[p->at] == '.' && p->at + 1 < p->n && word_byte(p->text[p->at + 1]))))
		p->at++;
	t->v.t = (struct text){ arena_copy(p->arena, p->text + start, p->at - start), (uint32_t)(p->at - start) };
	if (!t->v.t.at)
		return err_memory(p->e), NULL;
	if (p->at < p->n && p->text[p->at] == '(') {
		p->at++;
		t->kind = TREE_CALL;
		return arguments(p, t);
	}
	return t;
}

/* Its elements may have names, for those who take fields. */
static struct tree *list(struct parser *p)
{
	struct tree *t = make(p, TREE_LIST, p->at++);

	if (!t || take(p, "]"))
		return t;
	do {
		const char *name = label(p);
		struct tree *one = choice(p);

		if (!one)
			return NULL;
		one->label = name;
		adopt(t, one);
	} while (take(p, ","));
	return take(p, "]") ? t : stray(p, "]");
}

static struct tree *primary(struct parser *p)
{
	struct tree *t;
	size_t start;
	char c;

	skip(p);
	start = p->at;
	if (p->at == p->n)
		return fail(p, start, "something is missing here");
	c = p->text[p->at];
	if (take(p, "(")) {
		t = choice(p);
		if (!t)
			return NULL;
		t->grouped = true;
		return take(p, ")") ? t : stray(p, ")");
	}
	if (c == '[')
		return list(p);
	if (c == '\'' || c == '"')
		return text_literal(p);
	if (isdigit((unsigned char)c) || (c == '.' && p->at + 1 < p->n && isdigit((unsigned char)p->text[p->at + 1])))
		return number_literal(p);
	if (take_word(p, "null"))
		return make(p, TREE_NULL, start);
	if (take_word(p, "true") || take_word(p, "false")) {
		t = make(p, TREE_BOOL, start);
		if (t)
			t->v.b = c == 't';
		return t;
	}
	if (isalpha((unsigned char)c) || c == '_')
		return name_or_call(p);
	return fail(p, start, "'%c' does not belong here", isprint((unsigned char)c) ? c : '?');
}

/* ---- operators, by how tightly they bind ---- */

static struct tree *unary(struct parser *p)
{
	size_t start;
	struct tree *t, *of;

	skip(p);
	start = p->at;
	if (!take(p, "-"))
		return primary(p);
	if (++p->depth > EXPR_DEPTH)
		return fail(p, start, "nested more than %d levels deep", EXPR_DEPTH);
	of = unary(p);
	p->depth--;
	if (of && !of->grouped && (of->kind == TREE_INT || of->kind == TREE_REAL)) {
		if (of->kind == TREE_INT)
			of->v.i = -of->v.i;
		else
			of->v.r = -of->v.r;
		of->column = p->column + (unsigned)start;
		return of;
	}
	t = of ? make(p, TREE_MINUS, start) : NULL;
	if (t)
		adopt(t, of);
	return t;
}

static struct tree *pair(struct parser *p, enum tree_kind kind, size_t at, struct tree *a, struct tree *b)
{
	struct tree *t;

	if (++p->pairs > EXPR_OPERATORS)
		return fail(p, at, "more than %d operators in one expression", EXPR_OPERATORS);
	t = a && b ? make(p, kind, at) : NULL;

	if (t) {
		adopt(t, a);
		adopt(t, b);
	}
	return t;
}

static struct tree *product(struct parser *p)
{
	struct tree *t = unary(p);

	while (t) {
		size_t at;
		enum tree_kind kind;

		skip(p);
		at = p->at;
		if (take(p, "*"))
			kind = TREE_MUL;
		else if (take(p, "/"))
			kind = TREE_DIV;
		else if (take(p, "%"))
			kind = TREE_MOD;
		else
			break;
		t = pair(p, kind, at, t, unary(p));
	}
	return t;
}

static struct tree *sum(struct parser *p)
{
	struct tree *t = product(p);

	while (t) {
		size_t at;
		bool plus;

		skip(p);
		at = p->at;
		plus = take(p, "+");
		if (!plus && !take(p, "-"))
			break;
		t = pair(p, plus ? TREE_ADD : TREE_SUB, at, t, product(p));
	}
	return t;
}

static struct tree *between(struct parser *p, size_t at, struct tree *t)
{
	struct tree *low = sum(p), *high, *all;

	if (!low)
		return NULL;
	if (!take_word(p, "and"))
		return fail(p, p->at, "'between a and b': 'and' is missing");
	high = sum(p);
	all = high ? pair(p, TREE_BETWEEN, at, t, low) : NULL;
	if (all)
		adopt(all, high);
	return all;
}

static struct tree *relation(struct parser *p)
{
	static const struct { const char *symbol; enum tree_kind kind; } symbols[] = {
		{ "==", TREE_EQ }, { "!=", TREE_NE }, { "<=", TREE_LE }, { ">=", TREE_GE }, { "<", TREE_LT }, { ">", TREE_GT },
	};
	struct tree *t = sum(p), *of;
	size_t at;

	if (!t)
		return NULL;
	skip(p);
	at = p->at;
	for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
		if (take(p, symbols[i].symbol))
			return pair(p, symbols[i].kind, at, t, sum(p));
	if (take_word(p, "between"))
		return between(p, at, t);
	if (take_word(p, "matches"))
		return pair(p, TREE_MATCHES, at, t, primary(p));
	if (!take_word(p, "in"))
		return t;
	skip(p);
	if (p->at == p->n || p->text[p->at] != '[')
		return fail(p, p->at, "'in' needs a list, like in [a, b]");
	of = list(p);
	for (const struct tree *a = of ? of->first : NULL; a; a = a->next)
		if (a->label)
			return fail(p, a->column - p->column, "this has a name, which is for fields; == compares");
	return pair(p, TREE_IN, at, t, of);
}

static struct tree *negation(struct parser *p)
{
	size_t start;
	struct tree *t, *of;

	skip(p);
	start = p->at;
	if (!take_word(p, "not"))
		return relation(p);
	if (++p->depth > EXPR_DEPTH)
		return fail(p, start, "nested more than %d levels deep", EXPR_DEPTH);
	of = negation(p);
	p->depth--;
	t = of ? make(p, TREE_NOT, start) : NULL;
	if (t)
		adopt(t, of);
	return t;
}

static struct tree *chain(struct parser *p, const char *word, enum tree_kind kind, struct tree *(*below)(struct parser *p))
{
	struct tree *t = below(p);

	while (t) {
		size_t at;

		skip(p);
		at = p->at;
		if (isalpha((unsigned char)word[0]) ? !take_word(p, word) : !take(p, word))
			break;
		t = pair(p, kind, at, t, below(p));
	}
	return t;
}

static struct tree *conjunction(struct parser *p)
{
	return chain(p, "and", TREE_AND, negation);
}

static struct tree *disjunction(struct parser *p)
{
	return chain(p, "or", TREE_OR, conjunction);
}

static struct tree *defaulted(struct parser *p)
{
	return chain(p, "??", TREE_DEFAULT, disjunction);
}

static struct tree *choice(struct parser *p)
{
	struct tree *t, *yes, *no;
	size_t at;

	if (++p->depth > EXPR_DEPTH)
		return fail(p, p->at, "nested more than %d levels deep", EXPR_DEPTH);
	t = defaulted(p);
	skip(p);
	at = p->at;
	if (t && take(p, "?")) {
		yes = choice(p);
		if (yes && !take(p, ":"))
			return fail(p, p->at, "':' is missing behind '?'");
		no = yes ? choice(p) : NULL;
		t = no ? pair(p, TREE_CHOICE, at, t, yes) : NULL;
		if (t)
			adopt(t, no);
	}
	p->depth--;
	return t;
}

struct tree *tree_parse(const char *text, size_t n, unsigned column, struct arena *a, struct err *e)
{
	struct parser p = { .text = text, .n = n, .column = column, .arena = a, .e = e };
	struct tree *t;

	if (n > EXPR_BYTES)
		return fail(&p, 0, "an expression has at most %d bytes", EXPR_BYTES);
	t = choice(&p);
	skip(&p);
	if (t && p.at < p.n)
		return stray(&p, NULL);
	return t;
}
