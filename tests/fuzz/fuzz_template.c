/* Any bytes as a JSON template: refused with a place, or events of it are made. */
#include "tests/fuzz/fuzz.h"
#include "value/template.h"

static void make(const struct event_def *def, const struct world *w)
{
	union value values[SCHEMA_LEAVES];
	struct arena arena;
	struct event ev = { .values = values, .time_ns = 1704099600000000000, .arena = &arena };
	struct err e;
	struct record *r = record_new(def, w, "m", NULL, &e);

	arena_init(&arena);
	for (uint64_t i = 0; r && i < 2; i++) {
		ev.schema = record_schema(r);
		memset(ev.nulls, 0, sizeof ev.nulls);
		record_fill(r, &ev, 1, i, "m", 0, &e);
	}
	arena_free(&arena);
	record_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct world w = { .locale = "en_US" };
	struct arena arena;
	struct report report;
	struct describer d = { .arena = &arena, .world = &w, .report = &report };
	struct described found;

	if (n > 16384)
		return 0;
	arena_init(&arena);
	report_init(&report, "fuzz.json");
	if (template_text(&d, (const char *)bytes, n, "fuzz.json", &found) == 0)
		for (unsigned i = 0; i < found.n; i++)
			make(&found.events[i], &w);
	report_free(&report);
	arena_free(&arena);
	return 0;
}
