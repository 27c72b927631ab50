/* Expressions from outside, as a field and as a setting: refused with a reason, or compiled and run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "value/record.h"
#include "value/setting.h"

/* Read as a setting, and then compiled and run for an event. */
static void as_setting(const char *text)
{
	static const struct leaf leaves[] = { { .name = "a", .kind = KIND_INT }, { .name = "b.c", .kind = KIND_TEXT, .nullable = true } };
	static const struct schema schema = SCHEMA("ev", leaves);
	static const struct program_site site = { .schema = &schema, .module = "m", .output = "o", .setting = "key", .seed = 1 };
	union value values[] = { { .i = -1 }, { .t = { "x", 1 } } };
	struct arena arena;
	struct event ev = { .schema = &schema, .values = values, .number = 1, .time_ns = 1704099600000000000, .arena = &arena };
	struct program *p;
	struct text made;
	struct buf b;
	struct err e;

	buf_init(&b, 70000);
	arena_init(&arena);
	setting_read(text, NULL, false, &b, &e);
	buf_clear(&b);
	if (setting_read(text, NULL, true, &b, &e) == 0 && (p = setting_compile(b.data, &site, &e))) {
		p->make(p, &ev, &made);
		p->free(p);
	}
	arena_free(&arena);
	buf_free(&b);
}

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
	as_setting(text);
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
