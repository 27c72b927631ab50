/* Calls made from one line of text, and what every one of their values must pass. */
#ifndef TESTS_MAKES_H
#define TESTS_MAKES_H

#include "tests/value_maker.h"

#include <regex.h>

enum { MANY = 100000, RECORDS = 10000, ROOM = 70000 };
#define NOW INT64_C(1704067200)

static char text[ROOM];
static size_t text_n;

/* A call whose parameters are right one by one; NULL when together they are not. */
static inline struct call *call_of(const char *spec, struct err *e)
{
	struct call *c = maker_given(spec, e);

	if (!c)
		fail_msg("%s: %s", spec, e->text);
	if (call_begin(c, c->is->name, "", e) == 0)
		return c;
	call_free(c);
	return NULL;
}

static inline struct call *begin(const char *spec)
{
	struct err e;
	struct call *c = call_of(spec, &e);

	if (!c)
		fail_msg("%s: %s", spec, e.text);
	assert_true(call_room(c) < ROOM);
	return c;
}

static inline void refused(const char *spec, const char *why)
{
	struct err e;

	if (call_of(spec, &e))
		fail_msg("%s is taken", spec);
	if (!strstr(e.text, why))
		fail_msg("%s: '%s' lacks '%s'", spec, e.text, why);
}

static inline const char *make(const struct call *c, uint64_t number)
{
	struct row r = maker_row(number);

	text_n = (size_t)(call_text(c, &r, text) - text);
	if (text_n > call_room(c) && call_room(c) > 64)
		fail_msg("%s: %zu bytes in a room of %zu", c->is->name, text_n, call_room(c));
	text[text_n] = '\0';
	return text;
}

/* Every one of n values passes. */
static inline void all_pass(const char *spec, bool (*valid)(const char *), unsigned n)
{
	struct call *c = begin(spec);

	for (unsigned i = 0; i < n; i++)
		if (!valid(make(c, i)))
			fail_msg("%s, row %u: %s", spec, i, text);
	call_free(c);
}

static inline bool matches(const char *s, const char *pattern)
{
	regex_t x;
	bool yes;

	if (regcomp(&x, pattern, REG_EXTENDED | REG_NOSUB))
		fail_msg("the test's own pattern %s", pattern);
	yes = regexec(&x, s, 0, NULL, 0) == 0;
	regfree(&x);
	return yes;
}

static inline void all_match(const char *spec, const char *pattern, unsigned n)
{
	struct call *c = begin(spec);
	regex_t x;

	assert_int_equal(regcomp(&x, pattern, REG_EXTENDED | REG_NOSUB), 0);
	for (unsigned i = 0; i < n; i++)
		if (regexec(&x, make(c, i), 0, NULL, 0) != 0)
			fail_msg("%s, row %u: '%s' is not %s", spec, i, text, pattern);
	regfree(&x);
	call_free(c);
}

#endif
