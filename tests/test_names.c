/* Names of other libraries: their prefixes, the ends of faker-js names, and that no name means two things. */
#include "tests/expr_maker.h"

#include <ctype.h>

static void prefixes_have_the_meaning_of_their_library(void **state)
{
	static const struct { const char *name, *is, *preset; } names[] = {
		{ "g:date", "date_time", "format=rfc3339" }, { "g.Date", "date_time", "format=rfc3339" }, { "date", "date", "" },
		{ "g:number", "random_int", "min=-2147483648,max=2147483647" }, { "mc:number", "random_int", "min=0,max=100" },
		{ "df:random_int", "random_int", "min=1,max=100" }, { "DF:RandomInt", "random_int", "min=1,max=100" },
		{ "mc:random_int", "random_int", "min=0,max=100" }, { "py:color", "hex_color", "" }, { "color", "color_name", "" },
		{ "js:color", "color_name", "" }, { "mc:text", "alphanumeric", "min=10,max=100" }, { "text", "lorem_text", "" },
		{ "mc:float", "float", "min=0,max=100" }, { "df:pyfloat", "float", "min=0,max=1000" }, { "py:pyfloat", "float", "" },
		{ "df:date_time", "date_time", "start=1970-01-01" }, { "mc:ip", "ipv4", "" }, { "py:ip", "ip", "" },
		{ "py:rgb_color", "rgb_color", "format=csv" }, { "mc:json", "json_document", "" }, { "mc:diagnosis", "icd10_description", "" },
		{ "mc:date", "date", "start=-1y" }, { "mc:datetime", "date_time", "start=-1y" }, { "mc:timestamp", "date_time", "start=-1y" },
		{ "js:person.firstName", "first_name", "" }, { "js.person.firstName", "first_name", "" }, { "js:fullName", "name", "" },
		{ "py:name_male", "name", "sex=male" },
	};
	char preset[200], alone[80];
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct provider *p = provider_find(names[i].name, preset, sizeof preset, &e);
		struct call *c = p ? call_new(p, "en_US", &e) : NULL;

		if (!c || strcmp(p->name, names[i].is) != 0 || strcmp(preset, names[i].preset) != 0)
			fail_msg("%s is %s(%s)", names[i].name, p ? p->name : e.text, p ? preset : "");
		if (call_preset(c, preset, &e) < 0 || call_begin(c, p->name, "", &e) < 0)
			fail_msg("%s: %s", names[i].name, e.text);
		call_free(c);
	}
	assert_true(library_name("g.randomint", alone, sizeof alone));
	assert_string_equal(alone, "pick");
	assert_false(library_name("gender", alone, sizeof alone));
}

static void prefixes_stand_in_expressions(void **state)
{
	(void)state;
	check("${py.color(prefix='c') matches '^c#[0-9a-f]{6}$'}", "true");
	check("${array(df.random_int(), 200, 200) matches '(^|[^0-9])0[],]'}", "false");
	check("${df.random_int(7, 7)}", "7");
	check("${mc.number(min=100)}", "100");
	check("${len(mc.text()) between 10 and 100}", "true");
	check("${mc.text(min=3, max=3, exclude='abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789')}", "\"000\"");
	check("${g.date(start='2024-01-01', end='2024-01-01')}", "\"2024-01-01T00:00:00.000Z\"");
	check("${g.randomint([5, 5])}", "5");
	check("${mc.xml() matches '^<xml><record><id>[^<]+</id><name>[^<]+</name><email>[^<]+@example[^<]+</email></record></xml>$'}", "true");
	check("${mc.xml(fields=[a=1])}", "\"<xml><record><a>1</a></record></xml>\"");
	check("${py.random_element([x, x])}", "\"x\"");
	check("${len(py.text()) > 9}", "true");
	check("${js.person.sex() in [male, female]}", "true");
	check("${df.pyfloat(max=0.001, positive=true)}", "0.001");
	check("${df.date_time(end='1970-01-01')}", "\"1970-01-01T00:00:00.000Z\"");
}

static void refuses(const char *name, const char *want)
{
	char preset[200];
	struct err e;

	assert_null(provider_find(name, preset, sizeof preset, &e));
	assert_string_equal(e.text, want);
}

static void what_no_library_has_is_refused(void **state)
{
	(void)state;
	refuses("zz:color", "there is no value 'zz:color', and 'zz' is none of the libraries g, js, py, mc, df; did you mean 'color'?");
	refuses("zz:zz", "there is no value 'zz:zz', and 'zz' is none of the libraries g, js, py, mc, df");
	refuses("zz.color", "there is no value 'zz.color'; did you mean 'color'?");
	refuses("nonsense.email", "there is no value 'nonsense.email'; did you mean 'email'?");
	refuses("a.b.c.uuid4", "there is no value 'a.b.c.uuid4'; did you mean 'uuid4'?");
	refuses("person.fullNmae", "there is no value 'person.fullNmae'; did you mean 'person.fullName'?");
	refuses("py:colour", "there is no value 'py:colour'; did you mean 'py:color'?");
	refuses("g:py:color", "there is no value 'g:py:color'; did you mean 'g:color'?");
	refuses("n.ame", "there is no value 'n.ame'; did you mean 'name'?");
	refuses("p.ersonfirstname", "there is no value 'p.ersonfirstname'; did you mean 'person.firstName'?");
	refuses("py:", "there is no value 'py:'");
	refused("${zz.color()}", "column 3: there is no value 'zz.color'; did you mean 'color'?");
	refused("${nonsense.email()}", "column 3: there is no value 'nonsense.email'; did you mean 'email'?");
	refused("${py.color}", "column 3: unknown name 'py.color'; a random value with a dot is written py.color()");
	refused("${person.firstName}", "column 3: unknown name 'person.firstName'; a random value with a dot is written person.firstName()");
	refused("${py:color()}", "column 3: the prefix of a library has a dot here, and the value its parentheses: py.name()");
	refused("${mc.text(min=5, max=3)}", "column 3: alphanumeric: min: 5 is above max, which is 3");
}

static void faker_names_need_no_module(void **state)
{
	static const struct { const char *name, *is, *preset; } names[] = {
		{ "fullName", "name", "" }, { "recent", "past_date", "within=1d" }, { "fromRegExp", "regex", "" }, { "soon", "future_date", "within=1d" },
		{ "exampleEmail", "email", "" }, { "human", "color_name", "" }, { "from_reg_exp", "regex", "" }, { "person_fullName", "name", "" },
		/* Names and aliases come first. */
		{ "month", "month", "" }, { "prefix", "name_prefix", "" }, { "adjective", "adjective", "" }, { "number", "random_int", "" },
		{ "binary", "bytes", "" },
	};
	char preset[200];
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct provider *p = provider_find(names[i].name, preset, sizeof preset, &e);

		if (!p || strcmp(p->name, names[i].is) != 0 || strcmp(preset, names[i].preset) != 0)
			fail_msg("%s is %s(%s)", names[i].name, p ? p->name : e.text, p ? preset : "");
	}
	/* Two modules have it; it is a word of expressions. */
	refuses("sample", "there is no value 'sample'");
	refuses("between", "there is no value 'between'");
	check("${len(recent())}", "24");
	check("${len(recent)}", "24");
}

/* What users call recent is theirs; the value stays in reach by its whole name. */
static void names_of_users_come_first(void **state)
{
	static struct world_value own = { "recent", { .name = "recent", .text = "5", .plain = true }, NULL };
	struct field_def fields[] = { { .name = "recent", .text = "${3}" }, { .name = "b", .text = "${recent + 1}" }, { .name = "c", .text = "${len(date.recent())}" } };
	char got[200];

	(void)state;
	assert_true(made(fields, 3, 0, got, sizeof got));
	assert_string_equal(got, "{\"recent\":3,\"b\":4,\"c\":24}");
	world.values = &own;
	world.value_n = 1;
	check("${recent + 1}", "6");
	check("${recent(prefix='x')}", "\"x5\"");
	check("${len(date.recent())}", "24");
	check("${len(js.recent())}", "24");
	world.value_n = 0;
	assert_null(provider_named("recent"));
	assert_non_null(provider_named("pastdate"));
}

static const char *folded(const char *name, size_t n, bool dots, char *to)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++)
		if (isalnum((unsigned char)name[i]) || (dots && name[i] == '.'))
			to[at++] = (char)tolower((unsigned char)name[i]);
	to[at] = '\0';
	return to;
}

enum { NAMES_MOST = 4000 };
static char keys[NAMES_MOST][80];
static unsigned key_n;

static void no_key_means_two_things(void **state)
{
	/* Alone they are those of expressions: now the instant, null nothing, text() a function. On the command line they are the values. */
	static const char *const both[] = { "now", "text", "null" };

	(void)state;
	provider_each(p) {
		folded(p->name, strlen(p->name), false, keys[key_n++]);
		for (const char *s = p->aliases; s && *s; s += strspn(s, " ")) {
			assert_in_range(key_n, 0, NAMES_MOST - 1);
			folded(s, strcspn(s, " ("), true, keys[key_n++]);
			s += strcspn(s, " ");
		}
	}
	for (unsigned i = 0; i < key_n; i++) {
		for (unsigned k = 0; k < i; k++)
			if (strcmp(keys[i], keys[k]) == 0)
				fail_msg("%s is there twice", keys[i]);
		if (expr_is_word(keys[i]) && strcmp(keys[i], both[0]) != 0 && strcmp(keys[i], both[1]) != 0 && strcmp(keys[i], both[2]) != 0)
			fail_msg("%s is a word of expressions", keys[i]);
	}
}

/* What others call values and parameters. */
static void other_names_do_the_same(void **state)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "${int64() == random_int('-9223372036854775808', 9223372036854775807)}", "false" },
		{ "${int64(max='-9223372036854775808')}", "-9223372036854775808" },
		{ "${int64(min=9223372036854775807)}", "9223372036854775807" },
		{ "${int64(min=-9200000000000000001, max=-9200000000000000001)}", "-9200000000000000001" },
		{ "${random_int('-9223372036854775808', 9223372036854775807, step=9000000000000000000) in [-223372036854775808, 8776627963145224192, -9223372036854775807 - 1]}", "true" },
		{ "${uint64() >= 0 and uint64(min=9223372036854775807) == 9223372036854775807}", "true" },
		{ "${null_boolean(null_rate=100%)}", "null" }, { "${null_boolean(null_rate=0, p=1)}", "true" },
		{ "${random_digit_or_empty(null_rate=1)}", "null" }, { "${random_digit_not_null_or_empty(max=1, null_rate=0)}", "1" },
		{ "${date.between(start='2024-01-01', end='2024-01-01')}", "\"2024-01-01T00:00:00.000Z\"" },
		{ "${date_time_ad(end='-200y') matches '^1824-'}", "true" },
		{ "${boolean(chance_of_getting_true=100)}", "true" }, { "${pybool(truth_probability=0)}", "false" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		check(rows[i].text, rows[i].want);
	refused("${int64(min='-9223372036854775809')}", "column 13: random_int: min: '-9223372036854775809' is too large a whole number");
	refused("${boolean(truth_probability=101)}", "column 29: boolean: p must be 0% to 100%, not 101%");
	refused("${boolean(truth_probability=mean)}", "column 29: boolean: p: 'mean' is not a number (like 2.5, 1e3, 200k, 30%)");
	refused("${boolean(truth_probability=mean * 1)}", "column 34: truth_probability of boolean must be a constant");
}

/* A quarter of 400 rows, give or take. */
static void hundredths_are_a_quarter(void **state)
{
	struct field_def f = { .name = "a", .text = "${boolean(chance_of_getting_true=25)}" };
	unsigned yes = 0;
	char got[80];

	(void)state;
	for (unsigned i = 0; i < 400; i++) {
		assert_true(made(&f, 1, i, got, sizeof got));
		yes += strcmp(got, "{\"a\":true}") == 0;
	}
	assert_in_range(yes, 70, 130);
}

/* Nothing is guessed. */
static void what_is_needed_must_be_given(void **state)
{
	static const struct { const char *text, *why; } rows[] = {
		{ "${regex()}", "column 3: regex: pattern is needed, like [A-Z]{3}-[0-9]{4}" },
		{ "${regex}", "column 3: regex: pattern is needed, like [A-Z]{3}-[0-9]{4}" },
		{ "${js.fromRegExp(max_repeat=3)}", "column 3: regex: pattern is needed, like [A-Z]{3}-[0-9]{4}" },
		{ "${histogram()}", "column 3: histogram: bins is needed, like 0:1:1" },
		{ "${markov()}", "column 3: markov: states is needed, like up,down" },
		{ "${markov([a, b])}", "column 3: markov: matrix is needed, like 0.95,0.05;0.3,0.7" },
		{ "${date.between()}", "column 3: date_time_between: start is needed, like -30d" },
		{ "${date_time_between(now)}", "column 3: date_time_between: end is needed, like now" },
		{ "${date_time_between(now - 1h)}", "column 3: date_time_between: end is needed, like now" },
		{ "${date_series(step=1m)}", "column 3: date_series: start is needed, like today" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		refused(rows[i].text, rows[i].why);
	check("${regex('A{2}')}", "\"AA\"");
	check("${histogram('3:3:1')}", "3");
	check("${markov(a, '1')}", "\"a\"");
	check("${date_time_between(now, to=now)}", "\"2024-01-01T09:00:00.000Z\"");
	check("${date_series('2024-01-01')}", "\"2024-01-01T00:00:00.000Z\"");
}

/* What a seed cannot bring back stands in no record. */
static void the_machine_is_kept_out_of_records(void **state)
{
	static const char *const names[] = { "now", "uuid7", "ulid", "snowflake", "ksuid", "object_id", "sine_wave" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char text[80], why[200];

		snprintf(text, sizeof text, "${%s(clock=wall)}", names[i]);
		snprintf(why, sizeof why, "column 3: %s: clock: the machine's time does not come again; wall is for generate without --seed and --now", names[i]);
		refused(text, why);
		snprintf(text, sizeof text, "${concat(%s(clock=sim)) != ''}", names[i]);
		check(text, "true");
	}
	refused("${bytes(encoding=raw)}",
		"column 3: bytes: encoding: raw bytes are no text; generate writes them without --format, and nothing around them");
}

static void referrers_may_be_missing(void **state)
{
	struct field_def fields[] = { { .name = "a", .text = "${referrer}" }, { .name = "b", .text = "${referrer(null_rate=0)}" } };
	unsigned none = 0;
	char got[300];

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		assert_true(made(fields, 2, i, got, sizeof got));
		none += strstr(got, "\"a\":null") != NULL;
		assert_null(strstr(got, "\"b\":null"));
	}
	assert_in_range(none, 250, 350);
}

static void a_thousand_services_have_their_names(void **state)
{
	struct field_def f = { .name = "a", .text = "${service_name(1000)}" };
	static char seen[1000][80];
	unsigned n = 0;
	char got[80];

	(void)state;
	for (unsigned i = 0; i < 20000; i++) {
		unsigned at = 0;

		assert_true(made(&f, 1, i, got, sizeof got));
		while (at < n && strcmp(seen[at], got) != 0)
			at++;
		if (at < n)
			continue;
		assert_in_range(n, 0, 999);
		snprintf(seen[n++], sizeof *seen, "%s", got);
	}
	assert_int_equal(n, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes_have_the_meaning_of_their_library), cmocka_unit_test(prefixes_stand_in_expressions),
		cmocka_unit_test(what_no_library_has_is_refused), cmocka_unit_test(faker_names_need_no_module),
		cmocka_unit_test(names_of_users_come_first), cmocka_unit_test(no_key_means_two_things),
		cmocka_unit_test(other_names_do_the_same), cmocka_unit_test(hundredths_are_a_quarter), cmocka_unit_test(what_is_needed_must_be_given),
		cmocka_unit_test(the_machine_is_kept_out_of_records), cmocka_unit_test(referrers_may_be_missing), cmocka_unit_test(a_thousand_services_have_their_names),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
