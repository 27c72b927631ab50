/* Expressions: what they give, and what they refuse, with the exact words. */
#include "tests/expr_maker.h"

static void operators_do_what_they_say(void **state)
{
	(void)state;
	check("${1 + 2 * 3}", "7");
	check("${(1 + 2) * 3}", "9");
	check("${7 % 3}", "1");
	check("${7 / 2}", "3.5");
	check("${1 / 0}", "null");
	check("${-2 - -3}", "1");
	check("${2.5k}", "2500");
	check("${30%}", "0.3");
	check("${'a' + 'b' + 1}", "\"ab1\"");
	check("${1 < 2 and not (3 <= 2)}", "true");
	check("${1 == 1.0 or false}", "true");
	check("${null == null}", "true");
	check("${5 between 1 and 5}", "true");
	check("${'web' in [app, web]}", "true");
	check("${'abc-12' matches '^[a-c]+-[0-9]{2}$'}", "true");
	check("${null ?? 'x'}", "\"x\"");
	check("${2 > 1 ? 'yes' : 'no'}", "\"yes\"");
	check("${2 > 1 ? 1 : 2.5}", "1");
	check("${now + 90m}", "\"2024-01-01T10:30:00.000Z\"");
	check("${now - start == 0s}", "true");
	check("${pick([(seq)])}", "0");
	check("${pick([seq])}", "\"seq\"");
	check("${0 in [(seq), 5]}", "true");
	check("${2 * mean}", "100");
	check("$${no}", "\"${no}\"");
	check("x${1}y${2}", "\"x1y2\"");
	check("5", "5");
	check("true", "true");
	check("null", "null");
	check("${true ? 1 : 2.5}", "1");
	check("${false ? 1 : 2.5}", "2.5");
	check("${(true ? null : 2) ?? 2.5}", "2.5");
	check("${false ? 1 : null}", "null");
}

/* What is a decimal stays one, to the last digit. */
static void money_is_exact(void **state)
{
	static const struct { const char *expression, *want; } rows[] = {
		{ "p * 7", "122.92" }, { "7 * p", "122.92" }, { "p + p", "35.12" }, { "p - 20", "-2.44" }, { "20 - p", "2.44" }, { "-p", "-17.56" },
		{ "p + r", "18.807" }, { "p * r", "21.89732" }, { "p * (1 - 10%)", "15.804" }, { "p * 1.19", "20.8964" }, { "0.5 + p", "18.06" },
		{ "p % 5", "2.56" }, { "p % 0", "null" }, { "p / 2", "8.78" }, { "p * mean > 877", "true" }, { "p + mean", "67.56" },
		{ "p * (p > 17 ? 1 : 0)", "17.56" }, { "p > 17 ? p : 0", "17.56" }, { "p < 17 ? p : 0", "0.00" }, { "p < 17 ? p : r", "1.247" },
		{ "(p < 17 ? p : null) ?? 3", "3.00" }, { "min(p, 3)", "3.00" }, { "max(p, r, 3)", "17.560" }, { "max(0.01, p)", "17.56" },
		{ "min(p, 100.125)", "17.560" }, { "abs(-p)", "17.56" }, { "round(p, 1)", "17.6" }, { "round(-p, 1)", "-17.6" }, { "round(p)", "18" },
		{ "round(p, 4)", "17.5600" }, { "round(r, 2)", "1.25" }, { "round(9007199254740993)", "9007199254740993" }, { "floor(p)", "17" },
		{ "floor(-p)", "-18" }, { "ceil(p)", "18" }, { "ceil(-p)", "-17" }, { "floor(7)", "7" }, { "pick([(p), 3], weights=[0, 1])", "3.00" },
		{ "p == 17.56", "true" }, { "p > 17", "true" }, { "p * 10 == 175.6", "true" }, { "p < 999999999999999999", "true" },
		{ "-999999999999999999 < p", "true" }, { "999999999999999999 < p", "false" }, { "p == round(p, 9)", "true" },
		{ "p in [1, (p)]", "true" }, { "p between 17 and 18", "true" }, { "text(p * 2)", "\"35.12\"" },
		/* Beyond nine decimals there is no money; what does not fit has no value. */
		{ "p * p * p * p", "95081.94263296" }, { "p * p * p * p * p", "1669638.9126347774" }, { "p * 9000000000000000000", "null" },
		{ "p + (seq + 9000000000000000000)", "null" }, { "p * 0.0000000001", "1.756e-09" },
	};
	struct field_def f[] = { { .name = "p", .text = "${round(17.56, 2)}" }, { .name = "r", .text = "${round(1.247, 3)}" }, { .name = "a" } };
	char text[200], got[300], *at;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		snprintf(text, sizeof text, "${%s}", rows[i].expression);
		f[2].text = text;
		assert_true(made(f, 3, 0, got, sizeof got));
		at = strstr(got, "\"a\":") + 4;
		at[strlen(at) - 1] = '\0';
		if (strcmp(at, rows[i].want) != 0)
			fail_msg("%s gives %s, not %s", rows[i].expression, at, rows[i].want);
	}
	check("${round(1.5, 1) + 12345}", "12346.5");
	refused("${round(1.5, 2) + 99999999999999999}", "column 19: this number is too large to have 2 decimals, as what stands beside it");
}

static void whole_numbers_end(void **state)
{
	static const char *const beyond[] = { "9223372036854775807 + 1", "-9223372036854775807 - 2", "2 * 9223372036854775807", "(9223372036854775807 + 1) * seq" };
	static const char *const columns[] = { "23", "24", "5", "24" };
	char text[100], want[300];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(beyond); i++) {
		snprintf(text, sizeof text, "${%s}", beyond[i]);
		snprintf(want, sizeof want, "column %s: the result is beyond whole numbers, which go from -9223372036854775808 to 9223372036854775807; "
			 "with 1.0 in place of 1 it is a real number", columns[i]);
		refused(text, want);
	}
	check("${9223372036854775806 + 1}", "9223372036854775807");
	check("${-9223372036854775807 - 1}", "-9223372036854775808");
	check("${9223372036854775807 + (seq + 1)}", "-9223372036854775808");
}

static void durations_are_counted(void **state)
{
	(void)state;
	check("${10s / 4s}", "2.5");
	check("${10s / 0s}", "null");
	check("${10s * 2}", "\"20s\"");
	check("${2 * 10s}", "\"20s\"");
	check("${0.5 * 1m30s}", "\"45s\"");
	check("${10s / 4}", "\"2s500ms\"");
	check("${10s / 0}", "null");
	check("${7s % 2s}", "\"1s\"");
	check("${7s % 0s}", "null");
	check("${-10s + 1m}", "\"50s\"");
	check("${min(10s, 5s)}", "\"5s\"");
	check("${abs(now - (now + 5s)) / 1s}", "5");
	check("${64KiB + 100MB + 50us / 1us}", "100065586");
	refused("${10s * 2s}", "column 7: duration * duration means nothing");
	refused("${2 / 10s}", "column 5: int / duration means nothing");
	refused("${10s % 2}", "column 7: duration % int means nothing");
	refused("${10s + 2}", "column 7: duration + int means nothing");
	refused("${now * 2}", "column 7: instant * int means nothing");
}

static void values_are_put_into_texts(void **state)
{
	(void)state;
	check("${format('%05d|%-4d|%+d|%+d|%4d', 42, 7, 7, -7, -42)}", "\"00042|7   |+7|-7| -42\"");
	check("${format('%05d|%x|%04x|%x', -42, 255, 255, -1)}", "\"-0042|ff|00ff|ffffffffffffffff\"");
	check("${format('%.2f|%f|%.0f|%08.3f|%+.1f', 2.345, 1, 2.5, -1.5, round(1.25, 2))}", "\"2.35|1.000000|3|-001.500|+1.3\"");
	check("${format('%s|%6s|%-6s|%.2s|%s', 'a', 'æø', 'æø', 'æøå', 10s)}", "\"a|    æø|æø    |æø|10s\"");
	check("${format('%s-%4s-%3d', null, null, seq > 0 ? 1 : null)}", "\"-    -   \"");
	check("${format('100%% %s%%', 5)}", "\"100% 5%\"");
	check("${format('plain')}", "\"plain\"");
	check("${format('')}", "\"\"");
	refused("${format('%d', 1.5)}", "column 16: format: %d takes a whole number, not real; round() makes one, and %f takes decimals");
	refused("${format('%x', 'a')}", "column 16: format: %x takes a whole number, not text");
	refused("${format('%f', now)}", "column 16: format: %f takes a number, not instant");
	refused("${format('%q', 1)}", "column 10: format: '%q' does not begin with one of %s %d %x %f, with a width up to 99, decimals up to 9; %% is a percent sign");
	refused("${format('5%')}", "column 10: format: '%' does not begin with one of %s %d %x %f, with a width up to 99, decimals up to 9; %% is a percent sign");
	refused("${format('%100d', 1)}", "column 10: format: '%100d' does not begin with one of %s %d %x %f, with a width up to 99, decimals up to 9; "
		"%% is a percent sign");
	refused("${format('%d %d', 1)}", "column 3: format: the text has 2 places for values, and 1 is given");
	refused("${format('%d', 1, 2)}", "column 3: format: the text has 1 place for values, and 2 are given");
	refused("${format(seq)}", "column 10: format: its first argument is a constant text like '%05d %s %.2f'");
	check("${coalesce(null, 5)}", "5");
	check("${coalesce(maybe(1, 100%), maybe(2, 100%), 3)}", "3");
	check("<${coalesce(maybe(1, 100%), 'none')}>", "\"<none>\"");
	refused("${coalesce(maybe(1, 50%), 'none')}", "column 27: int and text do not go together");
	refused("${coalesce(1)}", "column 3: coalesce takes 2 to 64 arguments, not 1");
}

/* The work of compiling grows with the length, not with 2 to the depth. */
static void choices_nest(void **state)
{
	char text[1000] = "${";

	(void)state;
	for (int i = 0; i < 40; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "seq > %d ? %d : ", 40 - i, 40 - i);
	strcat(text, "0.5}");
	check(text, "0.5");
}

static void functions_do_what_they_say(void **state)
{
	(void)state;
	check("${round(2.5)}", "3");
	check("${round(-2.5)}", "-3");
	check("${round(2.345, 2)}", "2.35");
	check("${floor(-1.5)}", "-2");
	check("${ceil(-1.5)}", "-1");
	check("${abs(-4)}", "4");
	check("${min(3, 1, 2)}", "1");
	check("${max(3, 1.5)}", "3");
	check("${len('æøå')}", "3");
	check("${upper('abc')}", "\"ABC\"");
	check("${left('æøåx', 2)}", "\"æø\"");
	check("${right('abc', 2)}", "\"bc\"");
	check("${replace('a-b-c', '-', '++')}", "\"a++b++c\"");
	check("${concat(1, 'x', true)}", "\"1xtrue\"");
	check("${date_format(now, '%d/%b/%Y:%H:%M:%S %z')}", "\"01/Jan/2024:09:00:00 +0000\"");
	check("${date_add(now, 1d)}", "\"2024-01-02T09:00:00.000Z\"");
	check("${json_list(1, 'a\"', null, json_map('k', 2.5))}", "[1,\"a\\\"\",null,{\"k\":2.5}]");
	check("${sequence(10, 5)}", "10");
	check("${cycle([a, b])}", "\"a\"");
	check("${maybe(1, 100%)}", "null");
	check("${array(7, 2, 2)}", "[7,7]");
}

static void nonsense_is_refused_with_its_place(void **state)
{
	(void)state;
	refused("${1 +}", "column 6: something is missing here");
	refused("${'abc}", "column 3: the quote that begins here is not closed");
	refused("a ${'b'} ${\"it\\\"s}", "column 12: the quote that begins here is not closed");
	refused("${(1 + 2", "column 1: '}' is missing");
	refused("${(1}", "column 5: ')' is missing");
	refused("${1 2}", "column 5: '2' does not belong here");
	refused("${randm_int(1, 2)}", "column 3: unknown name 'randm_int'; did you mean 'random_int'?");
	refused("${random_int(mim=1)}", "column 18: random_int has no parameter 'mim'; did you mean 'min'?");
	refused("${random_int(1, 2, 3, true, 5)}", "column 29: random_int takes fewer arguments");
	refused("${random_int(maen, 2)}", "column 14: random_int: min: 'maen' is not a whole number (like 12, 200k)");
	refused("${'a' * 2}", "column 7: text * int means nothing");
	refused("${true + 1}", "column 8: bool + int means nothing");
	refused("${1 and true}", "column 5: 'and' joins conditions, not int");
	refused("${true < false}", "column 8: true and false have no order");
	refused("${'a' == 1}", "column 7: text and int do not go together");
	refused("${1 ? 2 : 3}", "column 5: '?' asks a condition, not int");
	refused("${1 > 0 ? 2}", "column 12: ':' is missing behind '?'");
	refused("${round('x')}", "column 3: round: argument 1 must be real, not text");
	refused("${round(1, 12)}", "column 12: round takes 0 to 9 decimals, as a constant");
	refused("${left('abc')}", "column 3: left takes 2 to 2 arguments, not 1");
	refused("${pick([])}", "column 8: pick needs a list of 1 to 65536 elements, like [web, mobile]");
	refused("${pick([a, b], weights=[1])}", "column 24: weights must be a list of 2 numbers, one for each element");
	refused("${pick([a, b], weights=[0, 0])}", "column 24: weights cannot all be 0");
	refused("${'a' matches '('}", "column 15: '(': Unmatched ( or \\(");
	refused("${[1, 2]}", "column 3: a list can only be an argument, or stand behind 'in'");
	refused("${5 in 3}", "column 8: 'in' needs a list, like in [a, b]");
	refused("${10x}", "column 3: '10x' is neither a number, a duration nor a size");
	refused("${rond(1.5)}", "column 3: unknown name 'rond'; did you mean 'round'?");
	refused("${sequnce(1)}", "column 3: unknown name 'sequnce'; did you mean 'sequence'?");
	refused("${1 = 1}", "column 5: '=' is no operator here; write ==");
	refused("${1 is 1}", "column 5: 'is' is no operator here; write ==");
	refused("${(1 > 0 && true) or false}", "column 10: '&&' is no operator here; write and");
	refused("${round(1 || 2)}", "column 11: '||' is no operator here; write or");
	refused("${7%2}", "column 3: '7%2': 7% is a share; the rest of a division has blanks around its sign: 7 % 2");
	refused("${7% 2}", "column 4: a number with % behind it is a share; the rest of a division has blanks around its sign: a % b");
	refused("${round(7%(2))}", "column 10: a number with % behind it is a share; the rest of a division has blanks around its sign: a % b");
	check("${7 %2}", "1");
	refused("${random_int(min=1, min=2)}", "column 25: min of random_int is given twice");
	refused("${random_int(1, from=2)}", "column 22: min of random_int is given twice");
	refused("${email(null_rate=0, null_rate=1)}", "column 32: null_rate of email is given twice");
	refused("${pick([a], suffix=b, suffix=c)}", "column 30: suffix of pick is given twice");
	refused("${random_int(max=3, 1)}", "column 21: an argument without a name cannot stand behind one with a name");
	refused("${pick([a], weigths=[1])}", "column 21: pick has no argument 'weigths'; did you mean 'weights'?");
	refused("${sequence(1, sufix=b)}", "column 21: sequence has no argument 'sufix'; did you mean 'suffix'?");
	refused("${round(x=1.5)}", "column 11: round takes its arguments without names: round(x, decimals)");
	refused("${1 island}", "column 5: 'island' does not belong here");
}

static void the_environment_is_text(void **state)
{
	(void)state;
	check("${env.REGION}", "\"eu'1\"");
	check("x-${env.REGION ?? 'none'}-${env.NONE ?? 5}", "\"x-eu'1-5\"");
	check("${env.NONE}", "null");
	check("${env.REGION in [env.REGION, b]}", "true");
	check("${pick([env.REGION])}", "\"eu'1\"");
	refused("${1 + env.SECRET}", "column 7: the scenario may not read the environment name 'SECRET'; list it under env: [SECRET]");
	refused("${env.REGION * 2}", "column 14: text * int means nothing");
}

static void texts_take_sides_of_any_type(void **state)
{
	(void)state;
	check("<${maybe(1, 100%) ?? 'none'}>", "\"<none>\"");
	check("<${maybe(1, 0%) ?? 'none'}>", "\"<1>\"");
	check("<${maybe('a', 100%) ?? maybe(2, 100%) ?? 'none'}>", "\"<none>\"");
	check("<${1 > 0 ? 2 : 'two'}${1 > 2 ? 'a' : 2.5}>", "\"<22.5>\"");
	check("${1 ?? 2.5}", "1");
	refused("${maybe(1, 50%) ?? 'none'}", "column 17: int and text do not go together");
	refused("<${(1 ?? 'x') + 2 > 1}>", "column 7: int and text do not go together");
}

static void depth_is_bounded(void **state)
{
	char text[4000] = "${";

	(void)state;
	for (int i = 0; i < 500; i++)
		strcat(text, "(");
	strcat(text, "1");
	for (int i = 0; i < 500; i++)
		strcat(text, ")");
	strcat(text, "}");
	refused(text, "column 67: nested more than 64 levels deep");
}

/* A field draws from its own stream: what stands beside it changes nothing. */
static void fields_are_independent(void **state)
{
	struct field_def one[] = { { .name = "a", .text = "${random_int(0, 999999)}" } };
	struct field_def two[] = { { .name = "b", .text = "${random_int(0, 999999)}" }, { .name = "a", .text = "${random_int(0, 999999)}" },
				   { .name = "c", .text = "${a + 1}" } };
	char alone[200], beside[200];

	(void)state;
	for (uint64_t i = 0; i < 100; i++) {
		const char *at;

		assert_true(made(one, 1, i, alone, sizeof alone));
		assert_true(made(two, 3, i, beside, sizeof beside));
		at = strstr(beside, "\"a\":");
		assert_non_null(at);
		assert_memory_equal(at, alone + 1, strcspn(at, ",}"));
	}
}

static void picks_follow_their_weights(void **state)
{
	struct field_def f = { .name = "a", .text = "${pick([x, y, z], weights=[6, 3, 1])}" };
	unsigned counts[3] = { 0 };
	double chi = 0;
	char got[100];

	(void)state;
	for (uint64_t i = 0; i < 20000; i++) {
		assert_true(made(&f, 1, i, got, sizeof got));
		counts[got[6] - 'x']++;
	}
	for (int i = 0; i < 3; i++) {
		double want = 20000 * (double[]){ 0.6, 0.3, 0.1 }[i];

		chi += (counts[i] - want) * (counts[i] - want) / want;
	}
	assert_true(chi < 13.8);        /* 0.1 % of two degrees of freedom */
}

static void modifiers_do_what_they_say(void **state)
{
	(void)state;
	check("${pick(['æøå Ñandú'], case=upper)}", "\"ÆØÅ ÑANDÚ\"");
	check("${pick(['DON\\'T GO'], case=title)}", "\"Don't Go\"");
	check("${pick(['Big blueHouse, 2'], case=snake)}", "\"big_blue_house_2\"");
	check("${pick(['Big blueHouse, 2'], case=kebab)}", "\"big-blue-house-2\"");
	check("${pick(['big_blue house'], case=camel)}", "\"bigBlueHouse\"");
	check("${pick([abc], prefix='<', suffix='>')}", "\"<abc>\"");
	check("${pick(['æøå'], prefix='x', max_length=3)}", "\"xæø\"");
	check("${random_int(7, 7, prefix='A-')}", "\"A-7\"");
	check("${decimal(1.50, 1.50, suffix=' EUR')}", "\"1.50 EUR\"");
	check("${boolean(100%, prefix='is ')}", "\"is true\"");
	check("${sequence(5, prefix='N')}", "\"N5\"");
	check("${random_int(7, 7, null_rate=100%)}", "null");
	check("${random_int(7, 7, null_rate=100%, prefix='x')}", "null");
	check("${maybe(7, null_rate=0)}", "7");
	check("${array(7, 2, 2, prefix='x')}", "\"x[7,7]\"");
	/* The value's own parameter of that name. */
	check("${hex(2, prefix='0x', max_length=2)}", "\"0x\"");
	check("${letters(2, case=upper, vowels=true, null_rate=100%)}", "null");
}

static void wrong_modifiers_are_refused(void **state)
{
	(void)state;
	refused("${random_int(1, 2, null_rate=2)}", "column 30: random_int: null_rate must be 0% to 100%, not 2");
	refused("${random_int(1, 2, nul_rate=2)}", "column 29: random_int has no parameter 'nul_rate'; did you mean 'null_rate'?");
	refused("${email(case=loud)}", "column 14: email: case must be one of none, lower, upper, title, snake, kebab, camel, not 'loud'");
	refused("${random_int(1, 2, case=upper)}", "column 3: random_int: case: only a text has letters");
	refused("${random_int(1, 2, max_length=2)}", "column 3: random_int: max_length: only a text is cut");
	refused("${pick([1, 2], case=upper)}", "column 3: pick: case: only a text has letters");
	refused("${pick([a, b], prefix=mean * 2)}", "column 28: prefix must be a constant");
	refused("${pick([a, b], group=x)}", "column 3: pick: group is for providers");
	refused("${email(locale='en_US,xx')}", "column 3: email: locale: there are no data of 'xx'");
	refused("${email(locale='en_US=x,de_DE')}", "column 3: email: locale: the weight of en_US must be a number from 0, not 'x'");
	refused("${email(locale='en_US,de_DE,en_US')}", "column 3: email: locale: en_US stands there twice");
	refused("${email(locale=xx_YY)}", "column 3: email: locale: there are no data of 'xx_YY'");
}

/* Nulls have a draw of their own: what is not null is what it was, and about so many are. */
static void nulls_change_nothing_else(void **state)
{
	struct field_def plain = { .name = "a", .text = "${random_int(0, 999999)}" }, nulls = { .name = "a", .text = "${random_int(0, 999999, null_rate=30%)}" };
	char a[100], b[100];
	unsigned n = 0;

	(void)state;
	for (uint64_t i = 0; i < 2000; i++) {
		assert_true(made(&plain, 1, i, a, sizeof a) && made(&nulls, 1, i, b, sizeof b));
		if (strcmp(b, "{\"a\":null}") == 0)
			n++;
		else
			assert_string_equal(a, b);
	}
	assert_in_range(n, 540, 660);
}

static void groups_have_names(void **state)
{
	struct field_def f[] = { { .name = "a", .text = "${name}" }, { .name = "b", .text = "${name(group=seller)}" },
				 { .name = "c", .text = "${first_name(group=seller)}" } };
	unsigned alike = 0;

	(void)state;
	for (uint64_t i = 0; i < 100; i++) {
		char got[400], a[80], b[80], c[80];

		assert_true(made(f, 3, i, got, sizeof got));
		assert_int_equal(sscanf(got, "{\"a\":\"%79[^\"]\",\"b\":\"%79[^\"]\",\"c\":\"%79[^\"]\"}", a, b, c), 3);
		assert_memory_equal(b, c, strlen(c));
		alike += strcmp(a, b) == 0;
	}
	assert_in_range(alike, 0, 3);
}

/* What a field gives as a parameter is what the constant would give, in each row. */
static void parameters_vary(void **state)
{
	static const struct { const char *value, *varied, *constant; } rows[] = {
		{ "7", "random_int(1, k)", "random_int(1, 7)" }, { "7", "random_int(k, k * 2, step=k - 5)", "random_int(7, 14, step=2)" },
		{ "2.6", "random_int(1, k)", "random_int(1, 3)" }, { "7", "normal(k, sd=k / 2)", "normal(7, sd=3.5)" },
		{ "7", "normal(k, sd=1, min=2)", "normal(7, sd=1, min=2)" }, { "7", "lognormal(k, 0.4, decimals=2)", "lognormal(7, 0.4, decimals=2)" },
		{ "7", "uniform(k, k + 1)", "uniform(7, 8)" }, { "7", "poisson(k * 2)", "poisson(14)" }, { "0.3", "boolean(k)", "boolean(0.3)" },
		{ "0.3", "binomial(20, k)", "binomial(20, 0.3)" }, { "7", "zipf(1.2, k)", "zipf(1.2, 7)" }, { "7", "letters(k)", "letters(7)" },
		{ "7", "gamma(k, 2)", "gamma(7, 2)" }, { "7", "beta(2, 3, max=k)", "beta(2, 3, max=7)" }, { "7", "digits(k)", "digits(7)" },
		{ "1.25", "decimal(k, k + 1)", "decimal(1.25, 2.25)" }, { "1.256", "decimal(0, k)", "decimal(0, 1.26)" },
		{ "${2h}", "duration(max=k)", "duration(max=2h)" }, { "###", "numerify('A-' + k)", "numerify('A-###')" },
		{ "${now}", "date_time_between(k - 1h, k)", "date_time_between('2024-01-01T08:00:00Z', '2024-01-01T09:00:00Z')" },
		{ "2023-05-01", "date_between(from=k, to=now)", "date(start='2023-05-01', end=now)" },
		{ "2023-05-01T10:00:00Z", "unix_time(k, now)", "unix_time('2023-05-01T10:00:00Z', now)" },
		{ "maria", "email(first=k)", "email(first=maria)" }, { "shop.example", "email(domain=upper(k), case=lower)", "email(domain=shop.example)" },
		{ "7", "random_int(1, k, suffix='!')", "random_int(1, 7, suffix='!')" },
		/* Held within the bounds of the parameter, and cut. */
		{ "-4", "poisson(k)", "poisson(0)" }, { "99", "digit(1, k)", "digit(1, 9)" }, { "3", "boolean(k)", "boolean(1)" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char varied[200], constant[200], got[400], want[400];
		struct field_def v[] = { { .name = "k", .text = rows[i].value, .plain = true }, { .name = "a", .text = varied } };
		struct field_def c[] = { { .name = "k", .text = rows[i].value, .plain = true }, { .name = "a", .text = constant } };

		snprintf(varied, sizeof varied, "${%s}", rows[i].varied);
		snprintf(constant, sizeof constant, "${%s}", rows[i].constant);
		for (uint64_t row = 0; row < 50; row++) {
			if (!made(v, 2, row, got, sizeof got) || !made(c, 2, row, want, sizeof want) || strcmp(got, want) != 0)
				fail_msg("%s: %s, not %s", varied, got, want);
		}
	}
}

/* One record over many rows: each has its own parameters, also behind one that had none. */
static void parameters_change_between_rows(void **state)
{
	struct field_def f[] = { { .name = "k", .text = "${seq % 4}", .plain = true }, { .name = "a", .text = "${random_int(1, k)}" },
				 { .name = "b", .text = "${maybe(7, 50%)}" }, { .name = "c", .text = "${random_int(b, b)}" },
				 { .name = "d", .text = "${normal(0, 1, min=2 + k)}" } };
	struct event_def def = { .name = "ev", .fields = f, .n = 5 };
	union value values[5];
	struct arena arena;
	struct event ev = { .values = values, .arena = &arena };
	struct err e;
	struct record *r = record_new(&def, &world, "m", NULL, &e);
	double sum = 0;

	(void)state;
	assert_non_null(r);
	arena_init(&arena);
	ev.schema = record_schema(r);
	for (uint64_t i = 0; i < 4000; i++) {
		memset(ev.nulls, 0, sizeof ev.nulls);
		assert_int_equal(record_fill(r, &ev, 7, i, "m", 0, &e), 0);
		assert_int_equal(event_null(&ev, 1), i % 4 == 0);
		if (i % 4)
			assert_in_range(values[1].i, 1, i % 4);
		assert_int_equal(event_null(&ev, 3), event_null(&ev, 2));
		if (!event_null(&ev, 2))
			assert_int_equal(values[3].i, 7);
		assert_true(values[4].r >= 2 + (double)(i % 4));
		sum += i % 4 ? 0 : values[4].r;
		arena_reset(&arena);
	}
	/* Of a normal distribution above 2 the mean is 2.3732; the deviation of that of 1000 is 0.011. */
	assert_true(sum / 1000 > 2.335 && sum / 1000 < 2.412);
	arena_free(&arena);
	record_free(r);
}

static void parameters_that_cannot_vary_are_refused(void **state)
{
	(void)state;
	refused("${normal(mean='a' + 'b', sd=1)}", "column 19: mean of normal takes a number, not text");
	refused("${duration(max=mean * 2)}", "column 21: max of duration takes duration, not real");
	refused("${random_int(1, seq, unique=true)}", "column 3: random_int: unique: its parameters must be constants");
	refused("${iban(country=lower('DE'))}", "column 16: country of iban must be a constant");
	refused("${uniform(min=5, max=seq, decimals=99)}", "column 3: uniform: decimals: takes auto or 0 to 17, not '99'");
	refused("${gamma(seq + 1, min=2)}", "column 3: gamma: min: bounds take a shape and scale that are constants");
}

/* prepare() of what varies runs in each row: it may take no memory. The bounds of a normal distribution do without when they vary. */
static void what_varies_keeps_nothing(void **state)
{
	(void)state;
	provider_each(p)
		param_each(row, p->params)
			if (row->flags & PARAM_VARIES && p->release && strcmp(p->name, "normal") != 0 && strcmp(p->name, "lognormal") != 0 &&
			    strcmp(p->name, "gamma") != 0)
				fail_msg("%s varies in %s, and keeps memory", p->name, row->name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators_do_what_they_say),
		cmocka_unit_test(money_is_exact), cmocka_unit_test(whole_numbers_end), cmocka_unit_test(durations_are_counted),
		cmocka_unit_test(values_are_put_into_texts),
		cmocka_unit_test(choices_nest), cmocka_unit_test(functions_do_what_they_say),
		cmocka_unit_test(nonsense_is_refused_with_its_place),
		cmocka_unit_test(the_environment_is_text),
		cmocka_unit_test(texts_take_sides_of_any_type),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(fields_are_independent),
		cmocka_unit_test(picks_follow_their_weights),
		cmocka_unit_test(modifiers_do_what_they_say), cmocka_unit_test(wrong_modifiers_are_refused),
		cmocka_unit_test(nulls_change_nothing_else), cmocka_unit_test(groups_have_names),
		cmocka_unit_test(parameters_vary), cmocka_unit_test(parameters_change_between_rows),
		cmocka_unit_test(parameters_that_cannot_vary_are_refused), cmocka_unit_test(what_varies_keeps_nothing),
	};

	return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
