/* Texts: the forms that values keep, expressions run backwards, refusals, words and bounds. */
#include "tests/makes.h"

#include "base/utf8.h"

static void forms_are_kept(void **state)
{
	(void)state;
	all_match("ulid", "^[0-7][0-9A-HJKMNP-TV-Z]{25}$", MANY);
	all_match("nanoid", "^[A-Za-z0-9_-]{21}$", MANY);
	all_match("shortuuid", "^[2-9A-HJ-NP-Za-km-z]{22}$", MANY);
	all_match("ksuid", "^[0-9A-Za-z]{27}$", MANY);
	all_match("object_id", "^65920080[0-9a-f]{16}$", MANY);
	all_match("ipv6 compress=false", "^([0-9a-f]{4}:){7}[0-9a-f]{4}$", MANY);
	all_match("ipv6 cidr=2001:db8::/32", "^2001:db8:", RECORDS);
	all_match("ipv4 cidr=10.0.0.0/8 kind=private", "^10[.]", RECORDS);
	all_match("semver pre_rate=0.5 build=true", "^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-(alpha|beta|rc)[.][1-9])?[+]build[.][0-9]+$", RECORDS);
	all_match("url query=true path_depth=3", "^https://[a-z]+[.]example[.](com|org|net)(/[a-z]+){3}[?]id=[0-9]+&page=[0-9]+$", RECORDS);
	all_match("hostname", "^[a-z]+-[0-9]{2}[.]example[.](com|org|net)$", RECORDS);
	all_match("url_slug words=5", "^[a-z]+(-[a-z]+){4}$", RECORDS);
	all_match("duration", "^P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$", RECORDS);
	all_match("duration format=go max=30d", "^([0-9]+h[0-9]+m|[0-9]+m)?[0-9]+s$", RECORDS);
	all_match("duration format=postgres max=30d", "^([0-9]+ days? )?[0-9]{2}:[0-9]{2}:[0-9]{2}$", RECORDS);
	all_match("time", "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$", RECORDS);
	all_match("iso8601 tz=+05:30 precision=ns", "^[0-9-]{10}T[0-9:]{8}[.][0-9]{9}[+]05:30$", RECORDS);
	all_match("log_line format=common", "^[0-9.]+ - - [[]01/Jan/2024:00:00:00 [+]0000[]] \"[A-Z]+ /[^ ]+ HTTP/1.1\" [1-5][0-9]{2} [0-9]+$", RECORDS);
	all_match("log_line", "\" [1-5][0-9]{2} [0-9]+ \"[^\"]+\" \"[^\"]+\"$", RECORDS);
	all_match("log_line format=json", "^[{]\"time\":\"2024[^\"]+\",\"level\":\"[a-z]+\",\"service\":\"[a-z]+\",\"msg\":\"[^\"]+\",\"duration_ms\":[0-9]+[}]$", RECORDS);
	all_match("log_line format=syslog5424", "^<[0-9]{1,3}>1 [^ ]+Z [^ ]+ [^ ]+ [0-9]+ - - .", RECORDS);
	all_match("log_line format=syslog3164", "^<[0-9]{1,3}>Jan  1 00:00:00 [a-z]+-[0-9]{2} [^ ]+[[][0-9]+[]]: .", RECORDS);
	all_match("log_line format=nginx_error", "^2024/01/01 00:00:00 [[][a-z]+[]] [0-9]+#0: [*][0-9]+ open", RECORDS);
	all_match("log_line format=logfmt", "^time=[^ ]+ level=[a-z]+ service=[a-z]+ msg=\"[^\"]+\" duration_ms=[0-9]+$", RECORDS);
	all_match("k8s_pod_name", "^[a-z]+-[a-z]+-[b-df-hj-np-tv-xz2-9]{10}-[b-df-hj-np-tv-xz2-9]{5}$", RECORDS);
	all_match("git_commit_message", "^[A-Z][a-z]+ .{1,60}$", RECORDS);
	all_match("user_agent browser=firefox device=desktop", "rv:([0-9]+)[.]0[)] Gecko/20100101 Firefox/[0-9]+[.]0$", RECORDS);
	all_match("numerify text=%#!", "^[1-9][0-9][0-9]?$", RECORDS);
	all_match("bothify hex=true text=^^?#", "^[0-9a-f]{2}[A-Za-z][0-9]$", RECORDS);
	all_match("lorem_text max_chars=5", "^[A-Z][a-z]{0,3}( [a-z]+)?[.]$", RECORDS);
	all_match("file_path os=windows depth=4", "^[A-Z]:(\\\\[A-Za-z ]+){4}\\\\[a-z-]+[.][a-z0-9]+$", RECORDS);
	all_match("file_path depth=1", "^/[a-z]+/[a-z-]+[.][a-z0-9]+$", RECORDS);
	all_match("cloud_instance_id", "^i-0[0-9a-f]{16}$", RECORDS);
	all_match("cloud_instance_id provider=azure", "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", RECORDS);
}

/* glibc decides whether what we made matches. */
static void expressions_run_backwards(void **state)
{
	static const char *const patterns[] = { "[A-Z]{3}-[0-9]{4}", "(foo|ba[rz]){2,3}", "a?b*c+", "[^a-z]{5}", "x{3,}y{0,2}", "[[:alpha:]_][[:alnum:]_]{0,7}",
						"(GET|POST|PUT) /[a-z/]*", "\\w+@\\w+\\.(com|org)", "(a|b|)(c|(d|e)f)*", ".{4}", "[]x-]+", "[a\\]]{3}", "\\x41[\\x30-\\x33]" };

	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct err e;
		char preset[40], whole[100];
		struct call *c = call_new(provider_find("regex", preset, sizeof preset, &e), "en_US", &e);
		bool ours = i >= 11;            /* POSIX has no escapes inside brackets and no \x */

		assert_int_equal(call_set(c, "pattern", patterns[i], &e), 0);
		if (call_begin(c, "regex", "", &e) < 0)
			fail_msg("%s: %s", patterns[i], e.text);
		snprintf(whole, sizeof whole, "^(%s)$", i == 11 ? "[]a]{3}" : ours ? "A[0-3]" : patterns[i]);
		for (unsigned k = 0; k < 2000; k++)
			if (!matches(make(c, k), whole))
				fail_msg("'%s' does not match %s", text, patterns[i]);
		call_free(c);
	}
}

static void bad_expressions_say_where(void **state)
{
	(void)state;
	refused("regex pattern=ab(?=c)", "position 3: look-around");
	refused("regex pattern=a(?<!c)", "position 2: look-around");
	refused("regex pattern=(a)\\1", "position 4: back references");
	refused("regex pattern=(a", "position 1: ')'");
	refused("regex pattern=a)", "position 2: ')'");
	refused("regex pattern=[ab", "position 1: ']'");
	refused("regex pattern=*a", "position 1: there is nothing");
	refused("regex pattern=a{3,2}", "position 2: the repeat");
	refused("regex pattern=[z-a]", "runs backwards");
	refused("regex pattern=((a{300}){300})", "64 KiB");
	refused("regex pattern=((((){900}){900}){900})", "64 KiB");
	refused("regex pattern=\\pL", "position 1: this escape");
	refused("regex pattern=a\\", "nothing follows");
}

static void wrong_parameters_are_refused(void **state)
{
	(void)state;
	refused("ipv4 cidr=10.0.0.1/8", "cidr");
	refused("ipv4 cidr=10.0.0.0/8 kind=public", "cidr");
	refused("ipv4 cidr=1.2.3", "cidr");
	refused("ipv6 cidr=1:2:3", "cidr");
	refused("ipv6 cidr=::1/64", "cidr");
	refused("cidr_block max_prefix=33", "max_prefix");
	refused("port range=system min=2000", "min");
	refused("date_time start=2024-01-01 end=2023-01-01", "start");
	refused("date_time start=-999999y", "start");
	refused("date_time tz=Berlin", "tz");
	refused("past_date within=-3d", "within");
	refused("business_time open=17:00 close=09:00", "open");
	refused("time start=25:00", "start");
	refused("sentence words=0", "words");
	refused("sentence words=5..201", "words");
	refused("noun kind=purple", "kind");
	refused("password length=3", "length");
	refused("nanoid alphabet=x", "alphabet");
	refused("alphanumeric case=lower exclude=abcdefghijklmnopqrstuvwxyz0123456789", "exclude");
}

static void has_words(const char *spec, unsigned n)
{
	struct call *c = begin(spec);

	for (unsigned i = 0; i < 50; i++) {
		unsigned words = 1;

		for (const char *s = make(c, i); *s; s++)
			words += *s == ' ';
		assert_int_equal(words, n);
	}
	call_free(c);
}

static void words_of_every_count_come_out(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 200; n++) {
		char spec[60];

		snprintf(spec, sizeof spec, "sentence words=%u", n);
		has_words(spec, n);
		if (n > 32)
			continue;
		snprintf(spec, sizeof spec, "title words=%u", n);
		has_words(spec, n);
	}
}

static void distinct_words_are_distinct(void **state)
{
	struct call *c = begin("words count=1000 distinct=true");
	char *seen[1000], *save;

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		unsigned n = 0;

		make(c, i);
		for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
			for (unsigned k = 0; k < n; k++)
				assert_string_not_equal(seen[k], w);
			seen[n++] = w;
		}
		assert_int_equal(n, 1000);
	}
	call_free(c);
}

static void bounds_of_long_values_hold(void **state)
{
	static const char *const specs[] = { "lorem_text max_chars=1000", "lorem_paragraph paragraphs=3", "sentence style=hipster", "sentence style=emoji words=200",
					     "paragraph sentences=20", "file_path depth=32", "url path_depth=8 query=true safe=false", "uri_path depth=16 extension=true",
					     "jwt alg=RS512", "string length=5000", "log_line", "user_agent", "directory_path depth=32 os=windows", "words count=500" };

	(void)state;
	for (size_t k = 0; k < sizeof specs / sizeof *specs; k++) {
		struct call *c = begin(specs[k]);

		for (unsigned i = 0; i < 3000; i++) {
			make(c, i);
			assert_int_equal(utf8_check(text, text_n), text_n);
		}
		call_free(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_are_kept),
		cmocka_unit_test(expressions_run_backwards),
		cmocka_unit_test(bad_expressions_say_where),
		cmocka_unit_test(wrong_parameters_are_refused),
		cmocka_unit_test(words_of_every_count_come_out),
		cmocka_unit_test(distinct_words_are_distinct),
		cmocka_unit_test(bounds_of_long_values_hold),
	};

	return cmocka_run_group_tests_name("values_forms", tests, NULL, NULL);
}
