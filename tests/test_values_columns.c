/* Values of column types: read back by small readers written here. */
#include "tests/value_maker.h"

#include <ctype.h>

enum { RECORDS = 10000, CORNERS = 64 };

/* One JSON value; what stands behind it, or NULL. */
static const char *json_end(const char *s)
{
	char close = *s == '{' ? '}' : ']';

	if (*s == '"') {
		for (s++; *s && *s != '"'; s++)
			if (*s == '\\' || (unsigned char)*s < ' ')
				return NULL;
		return *s ? s + 1 : NULL;
	}
	if (*s == '{' || *s == '[') {
		if (*++s == close)
			return s + 1;
		for (;; s++) {
			if (close == '}') {
				s = *s == '"' ? json_end(s) : NULL;
				if (!s || *s++ != ':')
					return NULL;
			}
			s = json_end(s);
			if (!s || (*s != ',' && *s != close))
				return NULL;
			if (*s == close)
				return s + 1;
		}
	}
	for (size_t i = 0; i < 3; i++) {
		const char *word = ((const char *const[]){ "true", "false", "null" })[i];

		if (strncmp(s, word, strlen(word)) == 0)
			return s + strlen(word);
	}
	s += *s == '-';
	if (!isdigit((unsigned char)*s))
		return NULL;
	while (isdigit((unsigned char)*s))
		s++;
	if (*s == '.' && !isdigit((unsigned char)s[1]))
		return NULL;
	for (s += *s == '.'; isdigit((unsigned char)*s);)
		s++;
	return s;
}

static bool is_json(const char *s)
{
	const char *end = json_end(s);

	return end && !*end;
}

static void json_reads_back(void **state)
{
	static const char *const lines[] = {
		"json_document", "json_document complexity=complex", "json_document complexity=array", "bson_value", "bson_value kind=javascript",
		"bson_value kind=minkey", "bson_value kind=maxkey", "dice count=7", "dice", "reading", "chemical_element as=object",
		"geometry kind=polygon format=geojson", "geometry kind=collection format=geojson", "geometry kind=multipolygon format=geojson",
		"geometry kind=multipoint format=geojson", "geometry kind=multilinestring format=geojson", "geometry format=geojson min=-3",
	};

	(void)state;
	assert_false(is_json("{\"a\":1,}"));
	assert_false(is_json("[1 2]"));
	assert_false(is_json("{\"a\":.5}"));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct call *c = maker(lines[i]);
		char *text = malloc(call_room(c) + 64);

		for (unsigned n = 0; n < RECORDS; n++)
			if (!is_json(maker_text(c, n, text)))
				fail_msg("%s: %s", lines[i], text);
		assert_true(strlen(text) <= call_room(c));
		free(text);
		call_free(c);
	}
}

/* What is JSON says so, whatever is chosen of its parameters, and what says so is. */
static void check_kind(const struct provider *p, const struct param *q, const char *choice)
{
	struct err e;
	struct call *c = call_new(p, "en_US", &e);

	assert_non_null(c);
	/* A choice alone may be refused, and so are values that need a parameter. */
	if ((!q || call_set(c, q->name, choice, &e) == 0) && call_begin(c, p->name, "", &e) == 0 && p->text) {
		char *text = malloc(call_room(c) + 64);
		bool json = call_kind(c) == KIND_JSON;

		for (unsigned n = 0; n < 50; n++) {
			maker_text(c, n, text);
			if (json ? !is_json(text) || *text == '"' : (*text == '{' || *text == '[') && is_json(text))
				fail_msg("%s %s=%s: %s: %s", p->name, q ? q->name : "", q ? choice : "", json ? "is no JSON" : "is JSON", text);
		}
		free(text);
	}
	call_free(c);
}

static void json_is_known_as_such(void **state)
{
	(void)state;
	provider_each(p) {
		check_kind(p, NULL, NULL);
		for (const struct param *q = p->params; q && q->name; q++)
			for (const char *const *one = q->choices; one && *one; one++)
				check_kind(p, q, *one);
	}
}

static double cross(const double *a, const double *b, const double *c)
{
	return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

static bool cut(const double *a, const double *b, const double *c, const double *d)
{
	return cross(a, b, c) * cross(a, b, d) < 0 && cross(c, d, a) * cross(c, d, b) < 0;
}

/* Closed, with an area, its sides meeting at corners only. */
static void check_ring(const char *line, double p[][2], unsigned n, bool closed)
{
	double area = 0;

	if (!closed) {
		p[n][0] = p[0][0];
		p[n][1] = p[0][1];
		n++;
	}
	if (n < 4 || p[0][0] != p[n - 1][0] || p[0][1] != p[n - 1][1])
		fail_msg("%s: an open ring of %u", line, n);
	for (unsigned i = 0; i + 1 < n; i++) {
		area += p[i][0] * p[i + 1][1] - p[i + 1][0] * p[i][1];
		assert_true(p[i][0] != p[i + 1][0] || p[i][1] != p[i + 1][1]);
		for (unsigned k = 0; k < i; k++)
			if (cut(p[i], p[i + 1], p[k], p[k + 1]))
				fail_msg("%s: crosses itself", line);
	}
	assert_true(area > 0);          /* to the left, as GeoJSON wants */
}

/* The rings of "POLYGON((1 2, 3 4), (...))", of GeoJSON and of PostgreSQL: runs of numbers in pairs. */
static unsigned read_pairs(const char **s, double p[][2])
{
	unsigned n = 0;

	while (**s && n < 2 * CORNERS) {
		if (isdigit((unsigned char)**s) || **s == '-') {
			char *end;

			p[n / 2][n % 2] = strtod(*s, &end);
			*s = end;
			n++;
			continue;
		}
		if (n && (strncmp(*s, "))", 2) == 0 || strncmp(*s, "]]", 2) == 0))
			break;
		(*s)++;
	}
	assert_int_equal(n % 2, 0);
	return n / 2;
}

static void rings_are_closed_and_do_not_cross(void **state)
{
	static const struct { const char *line; bool closed; } known[] = {
		{ "geometry kind=polygon", true }, { "geometry kind=polygon format=postgres", false }, { "geometry kind=polygon format=geojson", true },
		{ "geometry kind=box", true }, { "geometry kind=multipolygon", true }, { "geometry kind=multipolygon format=geojson min=-10 max=30", true },
		{ "geometry kind=polygon decimals=0 max=4000", true }, { "geometry kind=multipolygon decimals=0 min=-2000 max=2000", true },
	};
	double p[CORNERS + 1][2];
	char text[4000];

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct call *c = maker(known[i].line);

		for (unsigned n = 0; n < RECORDS; n++) {
			const char *s = maker_text(c, n, text);
			unsigned rings = 0, corners;

			for (corners = read_pairs(&s, p); corners; corners = read_pairs(&s, p), rings++)
				check_ring(known[i].line, p, corners, known[i].closed);
			assert_true(strstr(known[i].line, "multi") ? rings >= 2 : rings == 1);
		}
		call_free(c);
	}
}

static void shapes_without_a_writing_are_refused(void **state)
{
	static const char *const lines[] = { "geometry kind=circle", "geometry kind=line format=geojson", "geometry kind=polygon decimals=0",
					     "geometry min=0.3 max=0.4 decimals=0", "geometry min=2 max=1" };
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_null(maker_try(lines[i], &e));
}

static void ranges_are_low_to_high(void **state)
{
	static const char *const lines[] = { "sql_range", "sql_range of=int8", "sql_range of=num", "sql_range of=ts", "sql_range of=tstz", "sql_range of=date" };
	char text[200];

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct call *c = maker(lines[i]);

		for (unsigned n = 0; n < RECORDS; n++) {
			char *comma;
			size_t size;

			maker_text(c, n, text);
			comma = strchr(text, ',');
			size = strlen(text);
			assert_true(text[0] == '[' && text[size - 1] == ')' && comma);
			text[size - 1] = *comma = '\0';
			if (i < 3)
				assert_true(strtod(text + 1, NULL) < strtod(comma + 1, NULL));
			else
				assert_true(strlen(text + 1) == strlen(comma + 1) && strcmp(text + 1, comma + 1) < 0);
			if (i == 3)
				assert_true(strlen(text + 1) == 21 && text[6] == '-' && text[12] == ' ' && text[15] == ':');
		}
		call_free(c);
	}
}

static void words_and_keys_differ(void **state)
{
	struct call *vector = maker("text_search words=64"), *query = maker("text_search kind=query words=5"), *pairs = maker("hstore pairs=64");
	static char text[8000];

	(void)state;
	for (unsigned n = 0; n < 500; n++) {
		unsigned count = 0;
		char key[64];

		maker_text(vector, n, text);
		for (const char *s = text; *s; count++) {
			size_t size = strcspn(s + 1, "'") + 2;

			snprintf(key, sizeof key, "%.*s:", (int)size, s);
			assert_ptr_equal(strstr(text, key), s);
			assert_int_equal(strtol(s + size + 1, NULL, 10), count + 1);
			s += strcspn(s, " ");
			s += *s == ' ';
		}
		assert_int_equal(count, 64);
		maker_text(pairs, n, text);
		count = 0;
		for (const char *s = text; *s; count++) {
			snprintf(key, sizeof key, "%.*s=>", (int)(strcspn(s + 1, "\"") + 2), s);
			assert_ptr_equal(strstr(text, key), s);
			s += strcspn(s, ",");
			s += 2 * (*s == ',');
		}
		assert_int_equal(count, 64);
		maker_text(query, n, text);
		assert_true(*text == '\'' && strcspn(text, "&|") < strlen(text));
	}
	call_free(vector);
	call_free(query);
	call_free(pairs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_reads_back),
		cmocka_unit_test(json_is_known_as_such), cmocka_unit_test(rings_are_closed_and_do_not_cross),
		cmocka_unit_test(shapes_without_a_writing_are_refused), cmocka_unit_test(ranges_are_low_to_high),
		cmocka_unit_test(words_and_keys_differ),
	};

	return cmocka_run_group_tests_name("values columns", tests, NULL, NULL);
}
