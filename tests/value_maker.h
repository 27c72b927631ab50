/* Making values in tests: a call from a line of parameters, and its values by row. */
#ifndef TESTS_VALUE_MAKER_H
#define TESTS_VALUE_MAKER_H

#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/provider.h"

#define MAKER_NOW INT64_C(1704067200000000000)  /* 2024-01-01 */

/* What is needed and was not given gets its example. */
static inline void maker_needs(struct call *c)
{
	struct err e;

	param_each(p, c->is->params)
		if (p->flags & PARAM_NEEDED && !(c->given & UINT64_C(1) << (p - c->is->params)))
			assert_int_equal(call_set(c, p->name, p->text, &e), 0);
}

/* "normal mean=3 sd=2": blanks between parameters, none within; a value may hold '='. NULL when a parameter is refused. */
static inline struct call *maker_given(const char *line, struct err *e)
{
	char text[1000], preset[200], *save = NULL, *word;
	const struct provider *p;
	struct call *c;

	snprintf(text, sizeof text, "%s", line);
	word = strtok_r(text, " ", &save);
	p = provider_find(word, preset, sizeof preset, e);
	if (!p)
		fail_msg("%s", e->text);
	c = call_new(p, "en_US", e);
	assert_non_null(c);
	for (word = strtok_r(NULL, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *equals = strchr(word, '=');

		*equals = '\0';
		if (call_set(c, word, equals + 1, e) < 0) {
			call_free(c);
			return NULL;
		}
	}
	maker_needs(c);
	return c;
}

/* The same, begun. */
static inline struct call *maker_try(const char *line, struct err *e)
{
	struct call *c = maker_given(line, e);

	if (c && call_begin(c, "field", "", e) < 0) {
		call_free(c);
		return NULL;
	}
	return c;
}

static inline struct call *maker(const char *line)
{
	struct err e;
	struct call *c = maker_try(line, &e);

	if (!c)
		fail_msg("%s: %s", line, e.text);
	return c;
}

static inline struct row maker_row(uint64_t number)
{
	return (struct row){ .key = row_key(1, number), .number = number, .seed = 1, .now_ns = MAKER_NOW };
}

static inline double maker_real(const struct call *c, uint64_t number)
{
	struct row r = maker_row(number);
	union value v;

	call_value(c, &r, &v);
	return c->is->out == KIND_INT ? (double)v.i : v.r;
}

static inline double maker_at(const struct call *c, int64_t ns)
{
	struct row r = maker_row(0);
	union value v;

	r.now_ns = ns;
	call_value(c, &r, &v);
	return c->is->out == KIND_INT ? (double)v.i : v.r;
}

/* Ends in NUL. */
static inline const char *maker_text(const struct call *c, uint64_t number, char *to)
{
	struct row r = maker_row(number);

	*call_text(c, &r, to) = '\0';
	return to;
}

/* Joins calls of these lines to one record, in this order; `at` of them is what is looked at. */
static inline struct call *maker_record(const char *const *lines, size_t n, size_t at, struct call **all)
{
	struct call *found = NULL;
	struct err e;

	*all = NULL;
	for (size_t i = 0; i < n; i++) {
		struct call *c = maker(lines[i]);

		if (call_join(all, c, &e) < 0)
			fail_msg("%s: %s", lines[i], e.text);
		found = i == at ? c : found;
	}
	return found;
}

static inline void maker_free_all(struct call *all)
{
	while (all) {
		struct call *next = all->next;

		call_free(all);
		all = next;
	}
}

#endif
