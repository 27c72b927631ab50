/* Expressions from outside: refused with a reason, or compiled and run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "value/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = malloc(n + 1);
	struct field_def f = { .name = "a", .plain = true };
	struct event_def def = { .name = "ev", .fields = &f, .n = 1 };
	struct world w = { .locale = "en_US" };
	union value values[1];
	struct arena arena;
	struct event ev = { .values = values, .time_ns = 1704099600000000000, .arena = &arena };
	struct record *r;
	struct err e;

	if (!text || n > 4096) {
		free(text);
		return 0;
	}
	memcpy(text, bytes, n);
	text[n] = '\0';
	f.text = text;
	r = record_new(&def, &w, "m", NULL, &e);
	if (r) {
		arena_init(&arena);
		ev.schema = record_schema(r);
		for (uint64_t i = 0; i < 3; i++) {
			memset(ev.nulls, 0, sizeof ev.nulls);
			record_fill(r, &ev, 1, i, "m", 0, &e);
			arena_reset(&arena);
		}
		arena_free(&arena);
		record_free(r);
	}
	free(text);
	return 0;
}
