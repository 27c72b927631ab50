/* Fuzz target: any lines as filters of lists; what is taken is matched with rows that have such fields, some and none. */
#include <stdio.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "ui/filter.h"

/* Each name is looked up in a text of "name=value" lines. */
static const char *field(const void *row, const char *name, char *scratch, unsigned room)
{
	size_t n = strlen(name);

	for (const char *s = row; s && *s; s = strchr(s, '\n') ? strchr(s, '\n') + 1 : NULL)
		if (strncmp(s, name, n) == 0 && s[n] == '=') {
			snprintf(scratch, room, "%.*s", (int)strcspn(s + n + 1, "\n"), s + n + 1);
			return scratch;
		}
	return NULL;
}

static const char *const rows[] = { "", "amount=-12.5\nmodule=payments\nkey=\n", "name=ticks\nrate=1e9\nmade=0\nf=\xff\xfe\n" };

/* A refusal has words and changes nothing; what is taken keeps its text, and taken again matches the same rows. */
static void one(const char *line)
{
	struct filter f, again, was;
	struct err e = { 0 };

	if (filter_set(&f, "", &e) < 0 || !filter_matches(&f, NULL, "", field))
		__builtin_trap();
	memcpy(&was, &f, sizeof f);
	if (filter_set(&f, line, &e) < 0) {
		if (!*e.text || memcmp(&was, &f, sizeof f) != 0)
			__builtin_trap();
		return;
	}
	if (filter_set(&again, f.text, &e) < 0 || again.term_n != f.term_n || strcmp(again.text, f.text) != 0)
		__builtin_trap();
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (filter_matches(&f, rows[i], rows[i], field) != filter_matches(&again, rows[i], rows[i], field))
			__builtin_trap();
	text_fuzzy(rows[1], line);
	text_contains(rows[1], line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char line[400];

	for (size_t at = 0; at < n;) {
		const uint8_t *end = memchr(bytes + at, '\n', n - at);
		size_t len = end ? (size_t)(end - bytes) - at : n - at;

		snprintf(line, sizeof line, "%.*s", (int)(len < sizeof line - 1 ? len : sizeof line - 1), (const char *)bytes + at);
		one(line);
		at += len + 1;
	}
	return 0;
}
