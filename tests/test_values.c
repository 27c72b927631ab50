/* Providers: what holds for every one of them. What a value must be is in the tests of its pack. */
#include "tests/value_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "core/encode.h"
#include "value/packs/packs.h"
#include "value/record.h"

enum { DRAWS = 2000 };

/* Of those that are no combinators. */
#define each_provider(p) provider_each(p) if (!p->combine)

static struct call *begin(const struct provider *p, const char *locale)
{
	struct err e;
	struct call *c = call_new(p, locale, &e);

	if (c)
		maker_needs(c);
	if (!c || call_begin(c, p->name, "", &e) < 0)
		fail_msg("%s: %s", p->name, e.text);
	return c;
}

static size_t make(const struct call *c, uint64_t seed, uint64_t number, char *to)
{
	struct row r = { .key = row_key(seed, number), .number = number, .seed = seed, .now_ns = 1704067200000000000 };

	return (size_t)(call_text(c, &r, to) - to);
}

static void every_row_is_whole(void **state)
{
	(void)state;
	each_provider(p) {
		struct buf lint;

		buf_init(&lint, 65536);
		if (p->params)
			param_lint(p->params, &lint);
		if (lint.n)
			fail_msg("%s: %s", p->name, lint.data);
		buf_free(&lint);
		assert_true(p->help && p->help[strlen(p->help) - 1] == '.');
		assert_true(p->example && *p->example);
		assert_true(p->category && *p->category);
		assert_true((p->text != NULL) != (p->value != NULL));
		assert_true((p->out == KIND_TEXT || p->out == KIND_JSON) == (p->text != NULL));
		assert_int_equal(strspn(p->name, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(p->name));
	}
}

/* They are made by expressions; what is told of them is told like the rest. */
static void combinators_are_whole(void **state)
{
	char names[4000], preset[200], *save;
	unsigned n = 0;
	struct err e;

	(void)state;
	for (const struct provider *p = pack_combinators; p->name; p++, n++) {
		struct buf lint;

		buf_init(&lint, 65536);
		param_lint(p->params, &lint);
		if (lint.n)
			fail_msg("%s: %s", p->name, lint.data);
		buf_free(&lint);
		assert_true(p->combine && p->use && !p->text && !p->value && !p->group);
		assert_int_equal(strncmp(p->use, p->name, strlen(p->name)), 0);
		assert_true(p->help[strlen(p->help) - 1] == '.' && *p->example && *p->category);
		snprintf(names, sizeof names, "%s %s", p->name, p->aliases ? p->aliases : "");
		for (char *name = strtok_r(names, " ", &save); name; name = strtok_r(NULL, " ", &save)) {
			struct call *c = call_new(p, "en_US", &e);

			name[strcspn(name, "(")] = '\0';
			if (provider_find(name, preset, sizeof preset, &e) != p)
				fail_msg("%s, an alias of %s, leads elsewhere", name, p->name);
			if (call_preset(c, preset, &e) < 0)
				fail_msg("%s: %s", name, e.text);
			call_free(c);
		}
	}
	assert_int_equal(n, 17);
}

/* Within its bound, valid UTF-8 without control characters, and the same again. */
static void values_keep_their_bound_and_repeat(void **state)
{
	(void)state;
	each_provider(p) {
		struct call *c = begin(p, "en_US");
		size_t room = call_room(c) - VALUE_SLACK;
		char *a = malloc(room + 64), *b = malloc(room + 64);

		for (unsigned i = 0; i < DRAWS; i++) {
			size_t n = make(c, 1, i, a);

			if (n > room)
				fail_msg("%s: %zu bytes in a room of %zu: %.*s", p->name, n, room, (int)n, a);
			if (utf8_check(a, n) != n || memchr(a, '\0', n))
				fail_msg("%s: no text: %.*s", p->name, (int)n, a);
			assert_int_equal(make(c, 1, i, b), n);
			assert_memory_equal(a, b, n);
		}
		free(a);
		free(b);
		call_free(c);
	}
}

static void every_alias_leads_to_its_row(void **state)
{
	char names[4000], preset[200], *save;
	struct err e;

	(void)state;
	each_provider(p) {
		assert_ptr_equal(provider_find(p->name, preset, sizeof preset, &e), p);
		snprintf(names, sizeof names, "%s", p->aliases ? p->aliases : "");
		for (char *name = strtok_r(names, " ", &save); name; name = strtok_r(NULL, " ", &save)) {
			const struct provider *found;
			struct call *c;

			name[strcspn(name, "(")] = '\0';
			found = provider_find(name, preset, sizeof preset, &e);
			if (found != p)
				fail_msg("%s, an alias of %s, leads to %s", name, p->name, found ? found->name : "nothing");
			c = call_new(p, "en_US", &e);
			for (char *s = preset; *s;) {
				size_t n = strcspn(s, ",");
				char *next = s + n + (s[n] == ','), *equals;

				s[n] = '\0';
				equals = strchr(s, '=');
				assert_non_null(equals);
				*equals = '\0';
				if (call_set(c, s, equals + 1, &e) < 0)
					fail_msg("%s, an alias of %s: %s", name, p->name, e.text);
				s = next;
			}
			maker_needs(c);
			assert_int_equal(call_begin(c, p->name, "", &e), 0);
			call_free(c);
		}
	}
}

static void a_dot_tells_aliases_apart(void **state)
{
	char preset[200];
	struct err e;

	(void)state;
	assert_non_null(provider_find("color_rgb", preset, sizeof preset, &e));
	assert_string_equal(preset, "format=array");
	assert_non_null(provider_find("color.rgb", preset, sizeof preset, &e));
	assert_string_equal(preset, "");
	assert_string_equal(provider_find("person_fullName", preset, sizeof preset, &e)->name, "name");
}

/* Values that say of themselves that nothing in them needs an escape are believed by the encoder, whatever is chosen of their parameters. */
static void needs_no_escape(const struct provider *p, const char *locale, const struct param *q, const char *choice)
{
	struct err e;
	struct call *c = call_new(p, locale, &e);

	assert_non_null(c);
	maker_needs(c);
	/* Rows for steering alone cannot be set, and a choice alone may be refused. */
	if ((!q || call_set(c, q->name, choice, &e) == 0) && call_begin(c, p->name, "", &e) == 0 && call_plain(c)) {
		char *text = malloc(call_room(c));

		for (unsigned i = 0; i < (q ? 500 : 5000); i++) {
			size_t n = make(c, 3, i, text);

			if (json_plain(text, n) != n)
				fail_msg("%s %s=%s: %.*s", p->name, q ? q->name : "", q ? choice : "", (int)n, text);
		}
		free(text);
	}
	call_free(c);
}

static void plain_values_need_no_escape(void **state)
{
	static const char *const locales[] = { "en_US", "de_DE", "fr_FR", "es_ES", "ja_JP", "en_GB" };

	(void)state;
	each_provider(p) {
		for (size_t k = 0; p->plain && p->out == KIND_TEXT && k < COUNT_OF(locales); k++) {
			needs_no_escape(p, locales[k], NULL, NULL);
			for (const struct param *q = p->params; q && q->name; q++)
				for (const char *const *one = q->choices; one && *one; one++)
					needs_no_escape(p, locales[k], q, *one);
		}
	}
}

/* Lines of two fields of a value, by the encoder's maker or from the filled event. False: it needs a parameter. */
static bool lines_of(const struct provider *p, enum encoding encoding, bool straight, struct buf *to)
{
	char text[100];
	struct field_def fields[] = { { .name = "a", .text = text, .expression = true }, { .name = "b", .text = text, .expression = true } };
	struct event_def def = { .name = "ev", .fields = fields, .n = 2 };
	struct world world = { .locale = "en_US" };
	union value values[2];
	struct arena arena;
	struct event ev = { .values = values, .time_ns = 1704067200000000000, .arena = &arena };
	struct encoder *en;
	struct record *r;
	struct err e;

	snprintf(text, sizeof text, "%s()", p->name);
	r = record_new(&def, &world, "m", NULL, &e);
	if (!r)
		return false;
	arena_init(&arena);
	ev.schema = record_schema(r);
	en = encoder_new(ev.schema, (struct form){ .encoding = encoding, .envelope = ENVELOPE_NONE }, "m", &e);
	assert_non_null(en);
	if (straight)
		record_write_straight(r, en);
	for (unsigned i = 0; i < 20; i++) {
		memset(ev.nulls, 0, sizeof ev.nulls);
		assert_int_equal(record_fill(r, &ev, 7, i, "m", ev.time_ns, &e), 0);
		encoder_put(en, &ev, to);
		arena_reset(&arena);
	}
	assert_true(buf_ok(to));
	encoder_free(en);
	record_free(r);
	arena_free(&arena);
	return true;
}

static void a_straight_line_is_the_same_line(void **state)
{
	unsigned compared = 0;

	(void)state;
	each_provider(p) {
		for (int encoding = ENCODE_NDJSON; encoding <= ENCODE_TEXT; encoding++) {
			struct buf filled, made;

			buf_init(&filled, 1 << 22);
			buf_init(&made, 1 << 22);
			if (lines_of(p, (enum encoding)encoding, false, &filled)) {
				assert_true(lines_of(p, (enum encoding)encoding, true, &made));
				if (filled.n != made.n || memcmp(filled.data, made.data, made.n) != 0)
					fail_msg("%s as %s: %.300s instead of %.300s", p->name, encoding_names[encoding], made.data, filled.data);
				compared++;
			}
			buf_free(&filled);
			buf_free(&made);
		}
	}
	assert_in_range(compared, 1000, 3000);
}

/* The promise: seed 1, rows 0 to 9 of every provider are what they were. UPDATE=1 writes them anew; NEWS must say so. */
static void golden_rows(void **state)
{
	const char *srcdir = getenv("srcdir"), *update = getenv("UPDATE");
	char path[4096], line[70000], want[70000];
	FILE *f;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/values/golden.txt", srcdir ? srcdir : ".");
	f = fopen(path, update ? "w" : "r");
	assert_non_null(f);
	each_provider(p) {
		struct call *c = begin(p, "en_US");
		char *text = malloc(call_room(c) + 64);

		for (unsigned i = 0; i < 10; i++) {
			size_t n = make(c, 1, i, text);

			snprintf(line, sizeof line, "%s %u %.*s", p->name, i, (int)(n < 2000 ? n : 2000), text);
			for (char *s = line; *s; s++)
				if (*s == '\n')
					*s = '|';
			if (update) {
				fprintf(f, "%s\n", line);
				continue;
			}
			assert_non_null(fgets(want, sizeof want, f));
			want[strcspn(want, "\n")] = '\0';
			assert_string_equal(line, want);
		}
		free(text);
		call_free(c);
	}
	fclose(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_whole), cmocka_unit_test(combinators_are_whole),
		cmocka_unit_test(values_keep_their_bound_and_repeat),
		cmocka_unit_test(every_alias_leads_to_its_row),
		cmocka_unit_test(a_dot_tells_aliases_apart),
		cmocka_unit_test(plain_values_need_no_escape),
		cmocka_unit_test(a_straight_line_is_the_same_line),
		cmocka_unit_test(golden_rows),
	};

	return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
