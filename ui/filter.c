/* Filters of lists. */
#include "ui/filter.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "base/num.h"

enum { OP_EQUAL, OP_NOT_EQUAL, OP_LESS, OP_LESS_EQUAL, OP_GREATER, OP_GREATER_EQUAL, OP_CONTAINS };

bool text_contains(const char *text, const char *words)
{
	size_t n = strlen(words);

	for (; *text; text++)
		if (strncasecmp(text, words, n) == 0)
			return true;
	return n == 0;
}

bool text_fuzzy(const char *text, const char *letters)
{
	for (; *letters && *text; text++)
		if (tolower((unsigned char)*text) == tolower((unsigned char)*letters))
			letters++;
	return !*letters;
}

static const char *skip(const char *s)
{
	return s + strspn(s, " ");
}

static bool word_at(const char *s, const char *word)
{
	size_t n = strlen(word);

	return strncmp(s, word, n) == 0 && !isalnum((unsigned char)s[n]) && s[n] != '_' && s[n] != '.';
}

static size_t name_length(const char *s)
{
	return strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
}

static int operator_at(const char **at)
{
	static const struct { const char *text; int op; } ops[] = {
		{ "==", OP_EQUAL }, { "!=", OP_NOT_EQUAL }, { "<=", OP_LESS_EQUAL }, { ">=", OP_GREATER_EQUAL },
		{ "<", OP_LESS }, { ">", OP_GREATER }, { "=", OP_EQUAL }, { "~", OP_CONTAINS },
	};

	for (size_t i = 0; i < COUNT_OF(ops); i++)
		if (strncmp(*at, ops[i].text, strlen(ops[i].text)) == 0) {
			*at += strlen(ops[i].text);
			return ops[i].op;
		}
	return -1;
}

/* 'text', "text", or everything up to the next blank. */
static int read_value(const char **at, struct filter_term *t, struct err *e)
{
	const char *s = skip(*at);
	char quote = *s == '\'' || *s == '"' ? *s : 0;
	size_t n = quote ? strcspn(s + 1, quote == '"' ? "\"" : "'") : strcspn(s, " ");

	if (quote && s[n + 1] != quote)
		return err_set(e, ERR_INPUT, "a quote %c does not end", quote);
	if (!n && !quote)
		return err_set(e, ERR_INPUT, "'%s' is compared with nothing", t->name);
	if (n >= sizeof t->value)
		return err_set(e, ERR_INPUT, "a value has at most %zu bytes", sizeof t->value - 1);
	snprintf(t->value, sizeof t->value, "%.*s", (int)n, s + (quote != 0));
	t->is_number = !quote && num_real(t->value, &t->number, NULL) == 0;
	*at = s + n + (quote ? 2 : 0);
	return 0;
}

static int read_terms(struct filter *f, const char *s, struct err *e)
{
	bool or_before = false;

	for (;;) {
		struct filter_term *t = &f->terms[f->term_n];
		size_t n;

		if (f->term_n == FILTER_TERMS)
			return err_set(e, ERR_INPUT, "more than %d conditions", FILTER_TERMS);
		*t = (struct filter_term){ .or_before = or_before };
		s = skip(s);
		if (word_at(s, "not")) {
			t->not = true;
			s = skip(s + 3);
		}
		n = name_length(s);
		if (n == 0 || n >= sizeof t->name)
			return err_set(e, ERR_INPUT, "a condition begins with a field, not with '%.20s'", s);
		snprintf(t->name, sizeof t->name, "%.*s", (int)n, s);
		s = skip(s + n);
		t->op = operator_at(&s);
		if (t->op < 0)
			return err_set(e, ERR_INPUT, "'%s' needs a comparison (== != < <= > >= ~)", t->name);
		if (read_value(&s, t, e) < 0)
			return -1;
		if ((t->op == OP_LESS || t->op == OP_LESS_EQUAL || t->op == OP_GREATER || t->op == OP_GREATER_EQUAL) && !t->is_number)
			return err_set(e, ERR_INPUT, "'%s' is no number to compare with", t->value);
		f->term_n++;
		s = skip(s);
		if (!*s)
			return 0;
		or_before = word_at(s, "or");
		if (!or_before && !word_at(s, "and"))
			return err_set(e, ERR_INPUT, "'and' or 'or' must stand before '%.20s'", s);
		s += or_before ? 2 : 3;
	}
}

/* With an operator it is an expression. `~` is one behind a field only: before words it makes them fuzzy. */
static bool is_expression(const char *text)
{
	size_t n;

	if (strpbrk(text, "=<>"))
		return true;
	if (word_at(text, "not"))
		text = skip(text + 3);
	n = name_length(text);
	return n && *skip(text + n) == '~';
}

int filter_set(struct filter *f, const char *text, struct err *e)
{
	struct filter fresh = { 0 };

	text = skip(text);
	if (strlen(text) >= sizeof fresh.text)
		return err_set(e, ERR_INPUT, "a filter has at most %d bytes", FILTER_TEXT - 1);
	snprintf(fresh.text, sizeof fresh.text, "%s", text);
	if (is_expression(text)) {
		if (read_terms(&fresh, text, e) < 0)
			return -1;
	} else {
		fresh.inverted = *text == '!';
		text = skip(text + fresh.inverted);
		fresh.fuzzy = *text == '~';
	}
	*f = fresh;
	return 0;
}

static bool compare(const struct filter_term *t, const char *have)
{
	double number;
	int order;

	if (!have)
		return false;
	if (t->op == OP_CONTAINS)
		return text_contains(have, t->value);
	if (t->is_number && num_real(have, &number, NULL) == 0)
		order = number < t->number ? -1 : number > t->number;
	else if (t->op >= OP_LESS)
		return false;
	else
		order = strcmp(have, t->value);
	switch (t->op) {
	case OP_EQUAL: return order == 0;
	case OP_NOT_EQUAL: return order != 0;
	case OP_LESS: return order < 0;
	case OP_LESS_EQUAL: return order <= 0;
	case OP_GREATER: return order > 0;
	default: return order >= 0;
	}
}

bool filter_matches(const struct filter *f, const void *row, const char *row_text, filter_field *field)
{
	bool all = true;
	const char *words = f->text + f->inverted;

	if (!*f->text)
		return true;
	if (!f->term_n) {
		words = skip(words);
		words = skip(words + f->fuzzy);
		return (f->fuzzy ? text_fuzzy(row_text, words) : text_contains(row_text, words)) != f->inverted;
	}
	for (unsigned i = 0; i < f->term_n; i++) {
		char scratch[128];
		const struct filter_term *t = &f->terms[i];

		if (t->or_before) {
			if (all)
				return true;
			all = true;
		}
		all = all && compare(t, field(row, t->name, scratch, sizeof scratch)) != t->not;
	}
	return all;
}
