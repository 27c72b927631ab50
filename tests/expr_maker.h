/* Fields of an event made from expressions, and what they must give or how they must be refused. */
#ifndef TESTS_EXPR_MAKER_H
#define TESTS_EXPR_MAKER_H

#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/record.h"

static const double mean = 50;
static struct world_param params[] = { { "mean", &mean } };

static inline const char *env_of(void *arg, const char *name, bool *allowed)
{
	(void)arg;
	*allowed = strcmp(name, "SECRET") != 0;
	return strcmp(name, "REGION") == 0 ? "eu'1" : NULL;
}

static const struct expr_env env = { .get = env_of };
static struct world world = { .params = params, .param_n = 1, .locale = "en_US", .env = &env };

/* The fields of an event for row `number`, as "a=1 b=x" in `to`; false: refused, and `to` says why. */
static inline bool made(struct field_def *fields, unsigned n, uint64_t number, char *to, size_t room)
{
	struct event_def def = { .name = "ev", .fields = fields, .n = n };
	union value values[32];
	struct arena arena;
	struct event ev = { .values = values, .time_ns = 1704099600000000000, .arena = &arena };
	struct err e = { 0 };
	struct record *r = record_new(&def, &world, "m", NULL, &e);
	struct encoder *en;
	struct buf b;

	if (!r) {
		snprintf(to, room, "%s", e.text);
		return false;
	}
	arena_init(&arena);
	buf_init(&b, 65536);
	ev.schema = record_schema(r);
	if (record_fill(r, &ev, 7, number, "m", 1704099600000000000, &e) < 0) {
		snprintf(to, room, "%s", e.text);
		record_free(r);
		buf_free(&b);
		arena_free(&arena);
		return false;
	}
	en = encoder_new(ev.schema, (struct form){ .encoding = ENCODE_NDJSON, .envelope = ENVELOPE_NONE }, "m", &e);
	encoder_put(en, &ev, &b);
	snprintf(to, room, "%.*s", (int)b.n - 1, b.data);
	encoder_free(en);
	record_free(r);
	buf_free(&b);
	arena_free(&arena);
	return true;
}

static inline void check(const char *text, const char *want)
{
	struct field_def f = { .name = "a", .text = text, .plain = true };
	char got[2000], wanted[2000];
	bool ok = made(&f, 1, 0, got, sizeof got);

	snprintf(wanted, sizeof wanted, "{\"a\":%s}", want);
	if (!ok || strcmp(got, wanted) != 0)
		fail_msg("%s gives %s, not %s", text, got, wanted);
}

static inline void refused(const char *text, const char *want)
{
	struct field_def f = { .name = "a", .text = text, .plain = true };
	char got[2000];

	if (made(&f, 1, 0, got, sizeof got) || strcmp(got, want) != 0)
		fail_msg("%s: %s, not %s", text, got, want);
}

#endif
