/* Values that come once: how many there are, mixes of locales, groups, and what is refused. */
#include "tests/expr_maker.h"
#include "tests/value_maker.h"

static void unique_is_a_permutation(void **state)
{
	struct field_def f = { .name = "a", .text = "${unique(random_int(100, 1099))}" };
	bool seen[1100] = { 0 };
	char got[100];

	(void)state;
	for (uint64_t i = 0; i < 1000; i++) {
		long v;

		assert_true(made(&f, 1, i, got, sizeof got));
		v = strtol(got + 5, NULL, 10);
		assert_in_range(v, 100, 1099);
		assert_false(seen[v]);
		seen[v] = true;
	}
}

static void what_cannot_be_unique_is_refused(void **state)
{
	(void)state;
	refused("${weekday(locale='fr_FR,de_DE', unique=true, case=lower, max_length=2)}",
		"column 3: weekday: unique: 1 of its values could come in several locales; give it one, as in locale=fr_FR");
	refused("${name(unique=true)}", "column 3: name: unique: the record's person may come again; '${name} ${seq}' does not, nor do email and uuid4, "
		"nor digits, regex, pick and their like with unique=true");
	refused("${name(unique=true, locale='en_US,de_DE')}", "column 3: name: unique: the record's person may come again; '${name} ${seq}' does not, nor do "
		"email and uuid4, nor digits, regex, pick and their like with unique=true");
	refused("${job_title(unique=true)}", "column 3: job_title: unique: its values may come again; '${job_title} ${seq}' does not, nor do email and uuid4, "
		"nor digits, regex, pick and their like with unique=true");
	refused("${amount(unique=true)}", "column 3: amount: unique: the record's currency may come again; sequence() does not, nor do random_int and decimal "
		"with unique=true");
	refused("${sine_wave(unique=true)}", "column 3: sine_wave: unique: its values may come again; sequence() does not, nor do random_int and decimal "
		"with unique=true");
	refused("${person(unique=true)}", "column 3: person: unique: the record's person may come again; give the record another field that does not, such as "
		"${uuid4}");
	refused("${session_id(15, unique=true)}", "column 3: session_id: unique: its values may come again; '${session_id} ${seq}' does not, nor do email and "
		"uuid4, nor digits, regex, pick and their like with unique=true");
	refused("${pick([a, b, a], unique=true)}", "column 8: unique: 1 of its 3 values is like another");
	refused("${pick([a, b, A], unique=true, case=upper)}", "column 8: unique: 1 of its 3 values is like another");
	refused("${pick([1, 2 + 3], unique=true)}", "column 8: unique takes a list of constants of one type");
	refused("${digits(6, unique=true, max_length=5)}", "column 3: digits: unique: max_length could make two of its values alike");
	refused("${cycle([a, b], unique=true)}", "column 3: cycle: unique is for values, pick and from_file");
	refused("${array(random_int(1, 9, unique=true))}",
		"column 9: random_int: unique counts rows and cannot stand in array(); pick_many takes different ones");
	refused("${unique(7)}", "column 10: unique takes a value, like unique(random_int(1, 9999))");
	refused("${unique(digits(2), on_exhausted=never)}", "column 34: on_exhausted is error, suffix or wrap");
}

/* The value of each of `n` rows once, in another order; then what is said of a list that is used up. */
static void check_unique(const char *text, unsigned n, const char *next)
{
	struct field_def f = { .name = "a", .text = text };
	char (*got)[100] = calloc(n + 1, sizeof *got);
	unsigned in_order = 0;

	for (unsigned i = 0; i < n; i++) {
		if (!made(&f, 1, i, got[i], sizeof *got))
			fail_msg("%s: row %u: %s", text, i, got[i]);
		in_order += i && strcmp(got[i - 1], got[i]) < 0;
		for (unsigned k = 0; k < i; k++)
			if (strcmp(got[k], got[i]) == 0)
				fail_msg("%s: rows %u and %u are %s", text, k, i, got[i]);
	}
	if (n > 20)
		assert_in_range(in_order, n / 4, n * 3 / 4);
	made(&f, 1, n, got[n], sizeof *got);
	if (*next && strcmp(got[n], next) != 0)
		fail_msg("%s: row %u is %s, not %s", text, n, got[n], next);
	free(got);
}

static void unique_values_come_once(void **state)
{
#define SPENT(n) "m.ev.a: all its " n " different values were given; unique has no other"
	(void)state;
	check_unique("${random_int(100, 1099, unique=true)}", 1000, SPENT("1000"));
	check_unique("${random_int(-50, 50, step=2, unique=true)}", 51, SPENT("51"));
	check_unique("${decimal(0, 9.99, unique=true)}", 1000, SPENT("1000"));
	check_unique("${float(0, 1, decimals=2, unique=true)}", 101, SPENT("101"));
	check_unique("${float(0, 10, step=2.5, unique=true)}", 5, SPENT("5"));
	check_unique("${boolean(unique=true)}", 2, SPENT("2"));
	check_unique("${digits(3, unique=true)}", 1000, SPENT("1000"));
	check_unique("${digits(2, leading_zeros=false, unique=true)}", 90, SPENT("90"));
	check_unique("${hex(2, prefix='0x', unique=true)}", 256, SPENT("256"));
	check_unique("${binary_digits(5, unique=true)}", 32, SPENT("32"));
	check_unique("${letters(1, case=mixed, unique=true)}", 52, SPENT("52"));
	check_unique("${string(2, charset=abc, unique=true)}", 9, SPENT("9"));
	check_unique("${numerify('#-%', unique=true)}", 90, SPENT("90"));
	check_unique("${numerify('#!', unique=true)}", 110, SPENT("110"));
	check_unique("${bothify('?^', hex=true, unique=true, prefix='x')}", 832, SPENT("832"));
	check_unique("${regex('(ab|[cd]x)[0-9]{2}', unique=true)}", 300, SPENT("300"));
	check_unique("${nanoid(2, alphabet=hex, unique=true)}", 256, SPENT("256"));
	check_unique("${sku(pattern='?#', unique=true)}", 260, SPENT("260"));
	check_unique("${order_status(unique=true, case=upper)}", 7, SPENT("7"));
	check_unique("${pick([3, 1, 2], weights=[8, 1, 1], unique=true)}", 3, SPENT("3"));
	check_unique("${unique(pick([a, b]), on_exhausted=suffix)}", 8, "{\"a\":\"b-5\"}");
	check_unique("${uuid4(unique=true)}", 1000, "");
	check_unique("${email(unique=true)}", 1000, "");
	check_unique("${digits(40, unique=true)}", 1000, "");
	check_unique("${unique(pick([a, b]), on_exhausted=wrap)}", 2, "");
	check_unique("${http_status(class='4xx', unique=true)}", 23, SPENT("23"));
	check_unique("${log_level(unique=true)}", 6, SPENT("6"));
	check_unique("${language_code(variant=bcp47, unique=true)}", 50, SPENT("50"));
	check_unique("${trace_id(unique=true)}", 1000, "");
	check_unique("${session_id(16, unique=true)}", 1000, "");
	check_unique("${api_key(length=22, unique=true)}", 1000, "");
	check_unique("${container_id(short=false, unique=true)}", 1000, "");
	check_unique("${name} ${seq}", 1000, "");
	check_unique("${country_code(unique=true)}", 197, SPENT("197"));
	check_unique("${country(weight=population, unique=true)}", 197, SPENT("197"));
	check_unique("${country(locale='en_US,de_DE,ja_JP', unique=true)}", 197, SPENT("197"));
	check_unique("${currency_name(unique=true)}", 154, SPENT("154"));
	check_unique("${color_name(set=basic, unique=true)}", 16, SPENT("16"));
	check_unique("${ticker(n=20, unique=true)}", 20, SPENT("20"));
	check_unique("${cloud_region(provider=gcp, unique=true)}", 17, SPENT("17"));
	check_unique("${port_name(unique=true)}", 85, SPENT("85"));
	check_unique("${unique(ticker(pool=list), on_exhausted=suffix)}", 300, "");
}

/* What belongs to a group is still of one currency, whoever is unique and wherever it stands; another group goes its own way. */
static void a_group_follows_what_is_unique_in_it(void **state)
{
	struct field_def fields[] = {
		{ .name = "whole", .text = "${currency}" }, { .name = "code", .text = "${currency_code(unique=true)}" },
		{ .name = "name", .text = "${currency_name(case=upper)}" }, { .name = "own", .text = "${currency_name(unique=true)}" },
		{ .name = "other", .text = "${currency_code(group=b)}" },
	};
	unsigned same = 0;

	(void)state;
	for (unsigned i = 0; i < 154; i++) {
		char got[500], code[4], want[40];
		const char *at;

		if (!made(fields, COUNT_OF(fields), i, got, sizeof got))
			fail_msg("%s", got);
		at = strstr(got, "},\"code\":\"");
		assert_non_null(at);
		snprintf(code, sizeof code, "%.3s", at + 10);
		snprintf(want, sizeof want, "{\"code\":\"%s\",\"name\":\"", code);
		assert_non_null(strstr(got, want));
		snprintf(want, sizeof want, "\"other\":\"%s\"", code);
		same += strstr(got, want) != NULL;
		/* "own" is the name in the object, and "name" the same in capitals. */
		at = strstr(got, "\"own\":\"") + 7;
		assert_memory_equal(strstr(got, ",\"name\":\"") + 9, at, strcspn(at, "\""));
		assert_int_equal(strcspn(strstr(got, "\"name\":\"") + 8, "\""), strcspn(at, "\""));
	}
	assert_in_range(same, 0, 20);
}

static void what_others_decide_is_not_unique(void **state)
{
	static const char why[] = "column 3: country_code: unique: the record's place follows from 'city'; one of the two needs a group of its own, as in "
				  "group='other'";
	struct field_def fields[] = { { .name = "a", .text = "${city}" }, { .name = "b", .text = "${country_code(unique=true)}" } };
	struct field_def turned[] = { fields[1], fields[0] };
	char got[500];

	(void)state;
	assert_false(made(fields, 2, 0, got, sizeof got));
	assert_string_equal(got, why);
	assert_false(made(turned, 2, 0, got, sizeof got));
	assert_non_null(strstr(got, "country_code: unique: the record's place follows from 'city'"));
	fields[0].text = "${unlocode(country=DE)}";
	fields[1].text = "${port_name(unique=true)}";
	assert_false(made(fields, 2, 0, got, sizeof got));
	assert_string_equal(got, "column 3: port_name: unique: the record's port follows from 'unlocode'; one of the two needs a group of its own, as in "
			    "group='other'");
	fields[1] = turned[0];
	fields[0].text = "${city(group=other)}";
	assert_true(made(fields, 2, 0, got, sizeof got));
	fields[0].text = "${country(of=locale)}";
	assert_true(made(fields, 2, 0, got, sizeof got));
	assert_non_null(strstr(got, "\"a\":\"United States\""));
	refused("${hex_color(unique=true)}", "column 3: hex_color: unique: 9 of its 148 values are like another");
	refused("${currency_code(unique=true, max_length=1)}", "column 3: currency_code: unique: 128 of its 154 values are like another");
	refused("${country_calling_code(unique=true)}", "column 3: country_calling_code: unique: the record's place may come again; '${country_calling_code} "
		"${seq}' does not, nor do email and uuid4, nor digits, regex, pick and their like with unique=true");
}

/* What does not depend on the locale is as in one; of what does the texts differ, or stand in the same row. */
static void unique_values_come_once_in_a_mix(void **state)
{
	struct field_def one = { .name = "a", .text = "${numerify('##', unique=true)}" }, mixed = { .name = "a", .text = "${numerify('##', locale='en_US,de_DE', unique=true)}" };
	char a[100], b[100];

	(void)state;
	check_unique("${numerify('##', locale='en_US,de_DE', unique=true)}", 100, SPENT("100"));
	check_unique("${weekday(locale='en_US,de_DE,fr_FR', unique=true)}", 7, SPENT("7"));
	check_unique("${month_name(locale='en_US,en_GB', unique=true)}", 12, SPENT("12"));
	check_unique("${email(locale='en_US,de_DE,ja_JP', unique=true)}", 1000, "");
	check_unique("${uuid4(locale='en_US,de_DE', unique=true)}", 1000, "");
	check_unique("${digits(9, locale='en_US,de_DE', unique=true)}", 1000, "");
	check_unique("${unique(weekday(locale='en_US,de_DE'), on_exhausted=suffix)}", 50, "");
	for (unsigned i = 0; i < 100; i++) {
		assert_true(made(&one, 1, i, a, sizeof a) && made(&mixed, 1, i, b, sizeof b));
		assert_string_equal(a, b);
	}
}

/* Locales differ in the words of tables, which are few; modify_count_mix() relies on it. */
static void large_pools_are_the_same_in_all_locales(void **state)
{
	static const char *const locales[] = { "en_US", "de_DE", "fr_FR", "es_ES", "ja_JP", "en_GB" };
	unsigned large = 0;

	(void)state;
	provider_each(p) {
		struct call *c[COUNT_OF(locales)];
		char text[COUNT_OF(locales)][8192];
		uint64_t pool;

		for (unsigned i = 0; p->pool && i < COUNT_OF(locales); i++) {
			struct err e = { 0 };

			c[i] = call_new(p, locales[i], &e);
			maker_needs(c[i]);
			if (call_begin(c[i], "x", "", &e) < 0)
				fail_msg("%s: %s", p->name, e.text);
		}
		pool = p->pool ? p->pool(c[0]) : 0;
		large += pool > 65536 && pool < POOL_ENDLESS;
		for (unsigned i = 0; p->pool && i < COUNT_OF(locales); i++) {
			if (pool > 65536 && p->pool(c[i]) != pool)
				fail_msg("%s has another pool in %s", p->name, locales[i]);
			for (unsigned k = 0; pool > 65536 && p->nth_text && k < 100; k++) {
				*p->nth_text(c[i], k * (pool / 100), text[i]) = '\0';
				p->nth_text(c[0], k * (pool / 100), text[0])[0] = '\0';
				assert_string_equal(text[i], text[0]);
			}
			if (i)
				call_free(c[i]);
		}
		if (p->pool)
			call_free(c[0]);
	}
	assert_true(large > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unique_is_a_permutation), cmocka_unit_test(what_cannot_be_unique_is_refused), cmocka_unit_test(unique_values_come_once),
		cmocka_unit_test(a_group_follows_what_is_unique_in_it), cmocka_unit_test(what_others_decide_is_not_unique),
		cmocka_unit_test(unique_values_come_once_in_a_mix), cmocka_unit_test(large_pools_are_the_same_in_all_locales),
	};

	return cmocka_run_group_tests_name("unique", tests, NULL, NULL);
}
