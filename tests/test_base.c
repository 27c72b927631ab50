/* base: numbers, bytes, maps, random streams, and what else knows nothing of streams. */
#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/hist.h"
#include "base/json.h"
#include "base/map.h"
#include "base/mathx.h"
#include "base/num.h"
#include "base/permute.h"
#include "base/suggest.h"
#include "base/utf8.h"

static void numbers_are_read_with_their_units(void **state)
{
	static const struct { const char *text; double v; } good[] = {
		{ "12", 12 }, { "-0.5", -0.5 }, { "1e3", 1000 }, { "2.5k", 2500 }, { "1M", 1e6 }, { "30%", 0.3 }, { "4bps", 0.0004 },
		{ ".5", 0.5 }, { "+3", 3 },
	};
	static const char *const bad[] = { "", "nan", "inf", "1e999", "0x10", "1_000", "10 k", "5kk", "--1", "1e", "k", "1,5" };
	double v;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_int_equal(num_real(good[i].text, &v, &e), 0);
		assert_true(v == good[i].v);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_int_equal(num_real(bad[i], &v, &e), -1);
}

static void spans_and_sizes_read_back_what_they_print(void **state)
{
	static const struct { const char *text; int64_t ns; } spans[] = {
		{ "250ms", 250000000 }, { "1m30s", 90000000000 }, { "50us", 50000 }, { "2h", 7200000000000 }, { "1w", 604800000000000 },
		{ "30d", 2592000000000000 }, { "0s", 0 }, { "-5s", -5000000000 },
	};
	static const char *const bad[] = { "", "10", "10 s", "s", "1s1m", "5x", "1e30s", "-" };
	char text[NUM_TEXT];
	int64_t v;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		assert_int_equal(num_span(spans[i].text, &v, &e), 0);
		assert_int_equal(v, spans[i].ns);
		num_put_span(text, v);
		assert_string_equal(text, spans[i].text);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_int_equal(num_span(bad[i], &v, &e), -1);
	assert_int_equal(num_size("64KiB", &v, &e), 0);
	assert_int_equal(v, 65536);
	num_put_size(text, 100000000);
	assert_string_equal(text, "100MB");
	assert_int_equal(num_size("1.5B", &v, &e), -1);
}

static void instants_are_rfc3339(void **state)
{
	int64_t ns;
	char text[NUM_TEXT];
	struct err e;

	(void)state;
	assert_int_equal(num_instant("2024-02-29T23:59:59.123456789Z", &ns, &e), 0);
	num_put_instant(text, ns, 9);
	assert_string_equal(text, "2024-02-29T23:59:59.123456789Z");
	/* Every number of decimals, before and after 1970, and the ends of what there is. */
	assert_int_equal(num_put_instant(text, ns, 3), 24);
	assert_string_equal(text, "2024-02-29T23:59:59.123Z");
	num_put_instant(text, ns, 0);
	assert_string_equal(text, "2024-02-29T23:59:59Z");
	num_put_instant(text, -1, 1);
	assert_string_equal(text, "1969-12-31T23:59:59.9Z");
	num_put_instant(text, -1, 3);
	assert_string_equal(text, "1969-12-31T23:59:59.999Z");
	num_put_instant_ms(text, -1);
	assert_string_equal(text, "1969-12-31T23:59:59.999Z");
	num_put_instant(text, INT64_MIN, 9);
	assert_string_equal(text, "1677-09-21T00:12:43.145224192Z");
	num_put_instant(text, INT64_MAX, 6);
	assert_string_equal(text, "2262-04-11T23:47:16.854775Z");
	assert_int_equal(num_instant("2024-01-01T09:00:00+02:00", &ns, &e), 0);
	assert_int_equal(ns, 1704092400000000000);
	assert_int_equal(num_instant("2023-02-29", &ns, &e), -1);
	assert_int_equal(num_instant("2024-13-01", &ns, &e), -1);
	assert_int_equal(num_instant("2024-01-01T24:00:00Z", &ns, &e), -1);
	assert_int_equal(num_instant("yesterday", &ns, &e), -1);
}

static void decimals_are_exact(void **state)
{
	char text[NUM_TEXT];

	(void)state;
	num_put_decimal(text, 10245, 2);
	assert_string_equal(text, "102.45");
	num_put_decimal(text, -5, 3);
	assert_string_equal(text, "-0.005");
	num_put_decimal(text, INT64_MIN, 0);
	assert_string_equal(text, "-9223372036854775808");
}

/* Against libm, which is right to the last digit or next to it. */
static void elementary_functions_are_within_two_ulp(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 1);
	for (int i = 0; i < 200000; i++) {
		double x = (rng_unit(&r) - 0.5) * 1400, y = mathx_exp(x), want = exp(x);

		assert_true(fabs(y - want) <= 2 * fabs(nextafter(want, 0) - want) || want > 1e308);
		x = rng_unit(&r) * 1e6 + 1e-9;
		want = log(x);
		assert_true(fabs(mathx_log(x) - want) <= 2 * fabs(nextafter(want, 0) - want) + 1e-300);
		x = (rng_unit(&r) - 0.5) * 2e4;
		assert_true(fabs(mathx_sin(x) - sin(x)) < 4e-16);
		assert_true(fabs(mathx_cos(x) - cos(x)) < 4e-16);
	}
	assert_true(isinf(mathx_exp(710)) && mathx_exp(-746) < 1e-300 && isnan(mathx_log(-1)) && isinf(mathx_log(0)));
}

/* The promise that users' bytes rest on: these values never change. */
static void random_streams_are_frozen(void **state)
{
	struct rng r;
	double sum = 0, squares = 0;
	enum { N = 1000000 };

	(void)state;
	rng_seed(&r, rng_key(42, "ticks", "module", 0));
	assert_int_equal(rng_next(&r), 10682389234170283145u);
	assert_int_equal(rng_below(&r, 1000), 433);
	assert_int_equal((int64_t)(rng_normal(&r) * 1e12), -440975551813);
	assert_int_not_equal(rng_key(42, "ticks", "module", 0), rng_key(42, "ticks", "pace", 0));
	for (int i = 0; i < N; i++) {
		double z = rng_normal(&r);

		sum += z;
		squares += z * z;
	}
	/* Four standard errors. */
	assert_true(fabs(sum / N) < 0.004 && fabs(squares / N - 1) < 0.006);
}

static void poisson_and_exponential_have_their_means(void **state)
{
	struct rng r;
	double sum = 0, squares = 0, exps = 0;
	enum { N = 100000 };

	(void)state;
	rng_seed(&r, 7);
	for (int i = 0; i < N; i++) {
		double k = (double)rng_poisson(&r, 23.5);

		sum += k;
		squares += k * k;
		exps += rng_exp(&r);
	}
	assert_true(fabs(sum / N - 23.5) < 0.07);
	assert_true(fabs(squares / N - sum / N * (sum / N) - 23.5) < 0.5);
	assert_true(fabs(exps / N - 1) < 0.015);
}

static void a_permutation_hits_everything_once(void **state)
{
	static bool seen[10007];

	(void)state;
	for (uint64_t i = 0; i < 10007; i++) {
		uint64_t v = permute(99, 10007, i);

		assert_true(v < 10007 && !seen[v]);
		seen[v] = true;
	}
}

static void a_map_walks_in_order_of_insertion(void **state)
{
	struct map m;
	char key[20];

	(void)state;
	map_init(&m);
	for (int i = 0; i < 1000; i++) {
		int n = snprintf(key, sizeof key, "key%d", i * 7919 % 1000);

		assert_int_equal(map_put(&m, key, (size_t)n, (void *)(uintptr_t)(i + 1)), 0);
	}
	assert_int_equal(m.n, 1000);
	assert_string_equal(m.entries[1].key, "key919");
	assert_int_equal((uintptr_t)map_get(&m, "key919xyz", 6), 2);
	assert_null(map_get(&m, "key", 3));
	map_free(&m);
}

static void quantiles_are_within_three_percent(void **state)
{
	static struct hist h, other;

	(void)state;
	for (int64_t v = 1; v <= 100000; v++)
		hist_add(&h, v * 1000, 1);
	hist_add(&other, 5, 100000);
	assert_true(fabs((double)hist_quantile(&h, 0.5) - 50e6) < 1.6e6);
	assert_true(fabs((double)hist_quantile(&h, 0.99) - 99e6) < 3.1e6);
	hist_merge(&h, &other);
	assert_int_equal(h.n, 200000);
	assert_true(hist_quantile(&h, 0.25) <= 5);
	assert_int_equal(hist_quantile(&h, 1), 100000000);
}

static void a_buffer_keeps_its_ceiling(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 10);
	buf_text(&b, "12345");
	buf_printf(&b, "%d", 678901);
	assert_false(buf_ok(&b));
	buf_text(&b, "x");
	assert_string_equal(b.data, "12345");
	buf_clear(&b);
	buf_text(&b, "ok");
	assert_true(buf_ok(&b));
	buf_free(&b);
}

static void an_arena_gives_zeroed_memory_again_and_again(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 1000; i++) {
			char *p = arena_take(&a, 100);

			assert_true(p && p[0] == 0 && p[99] == 0);
			memset(p, 0xff, 100);
		}
		assert_non_null(arena_take(&a, 100000));
		arena_reset(&a);
	}
	arena_free(&a);
}

static void utf8_is_checked_strictly(void **state)
{
	static const char *const bad[] = { "\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "a\x80" };
	uint32_t c;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_true(utf8_check(bad[i], strlen(bad[i])) < strlen(bad[i]));
	assert_int_equal(utf8_next("€", 3, &c), 3);
	assert_int_equal(c, 0x20ac);
	assert_int_equal(utf8_check("grün €", 9), 9);
}

static void json_is_always_valid(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	json_text(&b, "a\"\\\n\x01\xff€", 9);
	assert_string_equal(b.data, "\"a\\\"\\\\\\n\\u0001\xef\xbf\xbd€\"");
	buf_free(&b);
}

static void suggestions_are_near_and_never_far(void **state)
{
	struct suggest s;
	char hint[80];

	(void)state;
	suggest_init(&s, "volatilty");
	suggest_try(&s, "rate");
	suggest_try(&s, "volatility");
	assert_string_equal(s.best, "volatility");
	suggest_init(&s, "banana");
	suggest_try(&s, "volatility");
	assert_null(s.best);
	assert_string_equal(suggest_text(&s, hint, sizeof hint), "");
	/* Those that are as near as the nearest, three at most, and no more than there is room for. */
	suggest_init(&s, "cat");
	for (const char *const *one = (const char *const[]){ "cost", "bat", "cut", "bat", "car", "cap", NULL }; *one; one++)
		suggest_try(&s, *one);
	assert_string_equal(s.best, "bat");
	assert_string_equal(suggest_text(&s, hint, sizeof hint), "; did you mean 'bat', 'cut' or 'car'?");
	assert_string_equal(suggest_text(&s, hint, 34), "; did you mean 'bat' or 'cut'?");
	assert_string_equal(suggest_text(&s, hint, 22), "; did you mean 'bat'?");
	assert_string_equal(suggest_text(&s, hint, 21), "");
	suggest_init(&s, "sunday");
	suggest_try(&s, "monday");
	suggest_try(&s, "sundry");
	assert_string_equal(suggest_text(&s, hint, sizeof hint), "; did you mean 'sundry'?");
	assert_true(suggest_same("pace.period", "pace-period") && suggest_same("pace_period", "pace.period"));
	assert_false(suggest_same("pace", "pace_period"));
}

static void a_digest_does_not_see_how_bytes_were_cut(void **state)
{
	struct digest *a = digest_new(), *b = digest_new();

	(void)state;
	digest_add(a, "hello world", 11);
	digest_add(b, "hello", 5);
	digest_add(b, " world", 6);
	assert_int_equal(digest_value(a), digest_value(b));
	/* XXH64 of "hello world" with seed 0, as xxhsum prints it. */
	assert_int_equal(digest_value(a), 0x45ab6734b21e6968);
	digest_free(a);
	digest_free(b);
}

static void csv_files_are_read_by_rfc4180(void **state)
{
	char path[] = "/tmp/fluxdeck-csv-XXXXXX";
	int fd = mkstemp(path);
	FILE *f = fdopen(fd, "w");
	struct csv c;
	struct err e;

	(void)state;
	fputs("a,b\r\n\"x, \"\"y\"\"\",2\n", f);
	fclose(f);
	assert_int_equal(csv_read(&c, path, &e), 0);
	assert_int_equal(c.n, 2);
	assert_string_equal(c.rows[1][0], "x, \"y\"");
	csv_free(&c);
	f = fopen(path, "w");
	fputs("a,b\n1\n", f);
	fclose(f);
	assert_int_equal(csv_read(&c, path, &e), -1);
	assert_non_null(strstr(e.text, ":2: 1 columns, where the first line has 2"));
	remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_with_their_units),
		cmocka_unit_test(spans_and_sizes_read_back_what_they_print),
		cmocka_unit_test(instants_are_rfc3339),
		cmocka_unit_test(decimals_are_exact),
		cmocka_unit_test(elementary_functions_are_within_two_ulp),
		cmocka_unit_test(random_streams_are_frozen),
		cmocka_unit_test(poisson_and_exponential_have_their_means),
		cmocka_unit_test(a_permutation_hits_everything_once),
		cmocka_unit_test(a_map_walks_in_order_of_insertion),
		cmocka_unit_test(quantiles_are_within_three_percent),
		cmocka_unit_test(a_buffer_keeps_its_ceiling),
		cmocka_unit_test(an_arena_gives_zeroed_memory_again_and_again),
		cmocka_unit_test(utf8_is_checked_strictly),
		cmocka_unit_test(json_is_always_valid),
		cmocka_unit_test(suggestions_are_near_and_never_far),
		cmocka_unit_test(a_digest_does_not_see_how_bytes_were_cut),
		cmocka_unit_test(csv_files_are_read_by_rfc4180),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
