/* Codes, addresses, ids and times: checked by rules written apart from what makes them. */
#include "tests/makes.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <time.h>

#include "base/utf8.h"

/* ---- validators ---- */

static bool is_uuid(const char *s, char version)
{
	if (strlen(s) != 36)
		return false;
	for (int i = 0; i < 36; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23 ? s[i] != '-' : !isxdigit((unsigned char)s[i]) || isupper((unsigned char)s[i]))
			return false;
	return s[14] == version && strchr("89ab", s[19]);
}

static bool uuid4_valid(const char *s)
{
	return is_uuid(s, '4');
}

static bool uuid7_valid(const char *s)
{
	char ms[13] = { s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[9], s[10], s[11], s[12] };

	return is_uuid(s, '7') && strtoll(ms, NULL, 16) == NOW * 1000;
}

static uint32_t address(const char *s)
{
	struct in_addr a;

	assert_int_equal(inet_pton(AF_INET, s, &a), 1);
	return ntohl(a.s_addr);
}

/* Written from the list of values.md 3.2, not from the spans. */
static bool ipv4_public_valid(const char *s)
{
	static const char *const not_public[] = { "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
						  "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
						  "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4" };
	struct in_addr a;

	if (inet_pton(AF_INET, s, &a) != 1)
		return false;
	for (size_t i = 0; i < sizeof not_public / sizeof *not_public; i++) {
		char net[20];
		int bits = atoi(strchr(not_public[i], '/') + 1);

		snprintf(net, sizeof net, "%.*s", (int)strcspn(not_public[i], "/"), not_public[i]);
		if ((ntohl(a.s_addr) ^ address(net)) >> (32 - bits) == 0)
			return false;
	}
	return true;
}

static bool ipv6_valid(const char *s)
{
	struct in6_addr a;
	char back[INET6_ADDRSTRLEN];

	return inet_pton(AF_INET6, s, &a) == 1 && strcmp(inet_ntop(AF_INET6, &a, back, sizeof back), s) == 0 && (a.s6_addr[0] & 0xe0) == 0x20;
}

static bool mac_local_valid(const char *s)
{
	unsigned b[6];
	int n = 0;

	return strlen(s) == 17 && sscanf(s, "%2x:%2x:%2x:%2x:%2x:%2x%n", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5], &n) == 6 && n == 17 &&
	       (b[0] & 3) == 2;
}

static bool mac_vendor_valid(const char *s)
{
	unsigned first;

	return strlen(s) == 17 && sscanf(s, "%2x", &first) == 1 && (first & 3) == 0;
}

static bool cidr_valid(const char *s)
{
	char net[20];
	int bits = atoi(strchr(s, '/') + 1);

	snprintf(net, sizeof net, "%.*s", (int)strcspn(s, "/"), s);
	return bits >= 8 && bits <= 30 && (address(net) & (0xffffffffu >> bits)) == 0;
}

/* Decodes one part of base64url; -1 where it is none. */
static int decode(const char *s, size_t n, char *to)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned bits = 0, have = 0;
	int out = 0;

	for (size_t i = 0; i < n; i++) {
		const char *at = strchr(set, s[i]);

		if (!at)
			return -1;
		bits = bits << 6 | (unsigned)(at - set);
		have += 6;
		if (have >= 8)
			to[out++] = (char)(bits >> (have -= 8));
	}
	to[out] = '\0';
	return (bits & ((1u << have) - 1)) == 0 ? out : -1;
}

static bool jwt_valid(const char *s)
{
	const char *dot = strchr(s, '.'), *last = strrchr(s, '.');
	char part[600];
	long long iat, exp;

	if (!dot || last == dot || decode(s, (size_t)(dot - s), part) < 0 || strcmp(part, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}") != 0)
		return false;
	if (decode(dot + 1, (size_t)(last - dot - 1), part) < 0 || sscanf(strstr(part, "\"iat\""), "\"iat\":%lld,\"exp\":%lld}", &iat, &exp) != 2)
		return false;
	return iat <= NOW && exp > NOW && decode(last + 1, strlen(last + 1), part) == 32;
}

static bool traceparent_valid(const char *s)
{
	return matches(s, "^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$") && strspn(s + 3, "0") < 32 && strspn(s + 36, "0") < 16;
}

static bool date_valid(const char *s)
{
	struct tm t = { 0 };
	int y, m, d, n = 0;

	if (sscanf(s, "%4d-%2d-%2d%n", &y, &m, &d, &n) != 3 || n != 10 || s[10])
		return false;
	t = (struct tm){ .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d, .tm_hour = 12 };
	timegm(&t);
	return t.tm_mday == d && t.tm_mon == m - 1 && timegm(&t) <= NOW + 86400;
}

static bool stamp_valid(const char *s)
{
	char day[11];
	int h, m, sec, ms, n = 0;

	snprintf(day, sizeof day, "%.10s", s);
	return date_valid(day) && sscanf(s + 10, "T%2d:%2d:%2d.%3dZ%n", &h, &m, &sec, &ms, &n) == 4 && n == 14 && !s[24] && h < 24 && m < 60 && sec < 60;
}

static long long seconds_of(const char *s)
{
	struct tm t = { 0 };
	int y, mo;

	if (sscanf(s, "%d-%d-%dT%d:%d:%d", &y, &mo, &t.tm_mday, &t.tm_hour, &t.tm_min, &t.tm_sec) != 6)
		fail_msg("no instant: %s", s);
	t.tm_year = y - 1900;
	t.tm_mon = mo - 1;
	return timegm(&t);
}

static bool past_valid(const char *s)
{
	return stamp_valid(s) && seconds_of(s) < NOW && seconds_of(s) >= NOW - 30 * 86400 - 1;
}

static bool future_valid(const char *s)
{
	return strcmp(s, "2024-01-01T00:00:00.000Z") > 0 && seconds_of(s) <= NOW + 30 * 86400;
}

static bool business_valid(const char *s)
{
	time_t t = (time_t)seconds_of(s);
	struct tm parts;

	gmtime_r(&t, &parts);
	return parts.tm_wday >= 1 && parts.tm_wday <= 5 && parts.tm_hour >= 9 && parts.tm_hour < 17 && t <= NOW && t >= NOW - 30 * 86400;
}

static bool password_valid(const char *s)
{
	bool lower = false, upper = false, digit = false, special = false;

	for (const char *c = s; *c; c++) {
		lower |= islower((unsigned char)*c) != 0;
		upper |= isupper((unsigned char)*c) != 0;
		digit |= isdigit((unsigned char)*c) != 0;
		special |= ispunct((unsigned char)*c) != 0;
	}
	return strlen(s) == 12 && lower && upper && digit && special;
}

static bool short_password_valid(const char *s)
{
	return strlen(s) == 4 && strpbrk(s, "abcdefghijklmnopqrstuvwxyz") && strpbrk(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && strpbrk(s, "0123456789");
}

/* Six to twelve words, a capital, a full stop, "an" before vowels only. */
static bool sentence_valid(const char *s)
{
	unsigned words = 1;

	for (const char *c = s; *c; c++)
		words += *c == ' ';
	return isupper((unsigned char)*s) && s[strlen(s) - 1] == '.' && words >= 6 && words <= 12 && !strstr(s, "  ") && !matches(s, "(^|[ ])[Aa] [aeiou]") &&
	       !matches(s, "(^|[ ])[Aa]n [^aeiou]");
}

/* ---- tests ---- */

static void validators_take_what_is_good_and_nothing_near_it(void **state)
{
	(void)state;
	assert_true(uuid4_valid("919108f7-52d1-4320-9bac-f847db4148a8"));
	assert_false(uuid4_valid("919108f7-52d1-5320-9bac-f847db4148a8"));
	assert_false(uuid4_valid("919108f7-52d1-4320-7bac-f847db4148a8"));
	assert_true(ipv4_public_valid("8.8.8.8") && ipv4_public_valid("172.32.0.1") && ipv4_public_valid("192.0.1.1"));
	assert_false(ipv4_public_valid("172.31.0.1") || ipv4_public_valid("192.0.2.1") || ipv4_public_valid("100.127.0.1") || ipv4_public_valid("256.1.1.1"));
	assert_true(ipv6_valid("2a02:8108:1:4c::1f"));
	assert_false(ipv6_valid("2a02:8108:1:4c:0:0:0:1f") || ipv6_valid("fe80::1"));
	assert_true(mac_local_valid("02:1f:9a:44:0c:7e"));
	assert_false(mac_local_valid("01:1f:9a:44:0c:7e") || mac_local_valid("00:1f:9a:44:0c:7e"));
	assert_true(cidr_valid("10.24.0.0/16"));
	assert_false(cidr_valid("10.24.1.0/16"));
	assert_true(traceparent_valid("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
	assert_false(traceparent_valid("00-00000000000000000000000000000000-00f067aa0ba902b7-01"));
	assert_true(stamp_valid("2023-02-28T14:32:10.482Z"));
	assert_false(stamp_valid("2023-02-29T14:32:10.482Z") || stamp_valid("2023-02-28T24:32:10.482Z"));
	assert_true(sentence_valid("The bird ate an apple in the garden."));
	assert_false(sentence_valid("The bird ate a apple in the garden."));
}

static void codes_are_always_valid(void **state)
{
	(void)state;
	all_pass("uuid4", uuid4_valid, MANY);
	all_pass("uuid7", uuid7_valid, MANY);
	all_pass("ipv4", ipv4_public_valid, MANY);
	all_pass("ip v6_rate=0", ipv4_public_valid, MANY);
	all_pass("ipv6", ipv6_valid, MANY);
	all_pass("mac_address", mac_local_valid, MANY);
	all_pass("mac_address oui=vendor", mac_vendor_valid, MANY);
	all_pass("cidr_block", cidr_valid, MANY);
	all_pass("jwt", jwt_valid, 20000);
	all_pass("traceparent", traceparent_valid, 20000);
	all_pass("date_time", stamp_valid, MANY);
	all_pass("date_time start=-120y end=-60y", stamp_valid, MANY);
	all_match("date_time start=-120y end=-60y", "^19[0-6][0-9]-", RECORDS);
	all_pass("date", date_valid, MANY);
	all_pass("past_date", past_valid, MANY);
	all_pass("future_date", future_valid, MANY);
	all_pass("business_time", business_valid, MANY);
	all_pass("password", password_valid, MANY);
	all_pass("password length=4", short_password_valid, MANY);
	all_pass("sentence", sentence_valid, 20000);
}

static void ordered_ids_rise_and_never_repeat(void **state)
{
	static const char *const names[] = { "ulid", "snowflake", "object_id" };

	(void)state;
	for (size_t k = 0; k < 3; k++) {
		struct call *c = begin(names[k]);
		char last[64] = "";

		for (unsigned i = 0; i < MANY; i++) {
			make(c, i);
			/* The counter of an object_id may wrap into the next second. */
			if (strcmp(text, last) <= 0)
				fail_msg("%s: %s after %s", names[k], text, last);
			snprintf(last, sizeof last, "%.40s", text);
		}
		call_free(c);
	}
}

/* One record: its members are made apart and must agree. */
static void groups_agree(void **state)
{
	struct call *name = begin("file_name"), *extension = begin("file_extension"), *mime = begin("mime_type"), *path = begin("file_path");
	struct call *folder = begin("directory_path"), *trace = begin("trace_id"), *span = begin("span_id"), *parent = begin("traceparent");
	struct call *color = begin("color_name"), *hex = begin("hex_color"), *rgb = begin("rgb_color");
	const struct table *mimes = table_find("any", "mime"), *colors = table_find("any", "css_color");

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		char whole[400], again[700];
		uint32_t row;
		unsigned r, g, b;

		snprintf(whole, sizeof whole, "%.390s", make(name, i));
		assert_string_equal(strrchr(whole, '.') + 1, make(extension, i));
		row = table_row(mimes, 0, text);
		assert_true(row < mimes->rows);
		make(mime, i);
		assert_int_equal(table_cell(mimes, row, 1).n, text_n);
		assert_memory_equal(table_cell(mimes, row, 1).at, text, text_n);
		snprintf(again, sizeof again, "%.290s/%s", make(folder, i), whole);
		assert_string_equal(make(path, i), again);
		snprintf(again, sizeof again, "00-%.32s-", make(trace, i));
		snprintf(again + strlen(again), 40, "%.16s-0", make(span, i));
		assert_memory_equal(make(parent, i), again, strlen(again));
		row = table_row(colors, 0, make(color, i));
		assert_true(row < colors->rows);
		assert_memory_equal(make(hex, i) + 1, table_cell(colors, row, 1).at, 6);
		snprintf(whole, sizeof whole, "%.60s", text);
		assert_int_equal(sscanf(make(rgb, i), "rgb(%u, %u, %u)", &r, &g, &b), 3);
		snprintf(again, sizeof again, "#%02x%02x%02x", r, g, b);
		assert_string_equal(again, whole);
	}
	struct call *all[] = { name, extension, mime, path, folder, trace, span, parent, color, hex, rgb };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		call_free(all[i]);
}

static void tables_are_clean(void **state)
{
	static const char *const once[] = { "word", "noun", "verb", "adjective", "mime", "css_color", "emoji", "tld", "oui", "lorem", "http_status", "cloud_region",
					    "sentence_adverb", "sentence_preposition", "process_name", "service" };

	(void)state;
	for (size_t k = 0; k < sizeof once / sizeof *once; k++) {
		const struct table *t = table_find("en_US", once[k]);

		assert_non_null(t);
		for (uint32_t i = 0; i < t->rows; i++) {
			struct cell a = table_cell(t, i, 0);

			if (!a.n || utf8_check(a.at, a.n) != a.n)
				fail_msg("%s, row %u is empty or no UTF-8", once[k], i);
			for (uint32_t j = i + 1; j < t->rows; j++) {
				struct cell b = table_cell(t, j, 0);

				if (a.n == b.n && memcmp(a.at, b.at, a.n) == 0)
					fail_msg("%s: %.*s stands there twice", once[k], (int)a.n, a.at);
			}
		}
	}
	/* What the bound of sentences is built on. */
	assert_true(table_find("en_US", "sentence_adverb")->longest <= 16 && table_find("en_US", "sentence_preposition")->longest <= 16);
	for (uint32_t i = 0; i < table_find("en_US", "verb")->rows; i++)
		assert_true(table_cell(table_find("en_US", "verb"), i, 1).n <= 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(validators_take_what_is_good_and_nothing_near_it),
		cmocka_unit_test(codes_are_always_valid),
		cmocka_unit_test(ordered_ids_rise_and_never_repeat),
		cmocka_unit_test(groups_agree),
		cmocka_unit_test(tables_are_clean),
	};

	return cmocka_run_group_tests_name("values_net", tests, NULL, NULL);
}
