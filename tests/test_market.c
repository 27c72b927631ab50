/* The market: realised volatility, correlation, stylised facts, FluxFakr's record, regimes and shocks. Fixed seeds, stated bounds. */
#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/inside.h"
#include "generators/market.h"

/* Prints of one instrument or several, read back from CSV lines "symbol,price,bid,ask,size,volume,time(ns)". */
struct print {
	unsigned who;
	double price, bid, ask, size;
	int64_t at;
};

/* A value with semicolons in it, which fake_module() cannot take. */
static const char *extra_path, *extra_value;

static struct print *run_market(const char *values, int64_t for_ns, uint64_t seed, size_t *n)
{
	struct fake f;
	struct print *p;
	char *s;

	fake_begin(&f);
	f.set.seed = seed;
	f.set.for_ns = for_ns;
	fake_output(&f, "a", &fake_output_a, "format=csv;envelope=none;moments=ns");
	fake_module(&f, "ticks", "market", values);
	if (extra_path)
		assert_int_equal(control_set(&f.control, extra_path, extra_value, BY_FILE, NULL), 0);
	fake_open(&f);
	fake_finish(&f);
	p = calloc(f.engine->made + 1, sizeof *p);
	*n = 0;
	for (s = fake_a.got.data; *s; s = strchr(s, '\n') + 1) {
		struct print *to = &p[(*n)++];

		to->who = (unsigned)strtoul(s + 3, &s, 10);
		to->price = strtod(s + 1, &s);
		to->bid = strtod(s + 1, &s);
		to->ask = strtod(s + 1, &s);
		to->size = strtod(s + 1, &s);
		s = strchr(s + 1, ',');
		to->at = strtoll(s + 1, &s, 10);
	}
	fake_end(&f);
	return p;
}

static double realised_volatility(const char *rate, double seconds)
{
	char values[200];
	size_t n;
	struct print *p;
	double sum = 0, years;

	snprintf(values, sizeof values, "rate=%s;instruments=1;volatility=0.35;spread=0%%;spread_jitter=0%%;tick_size=0.000000001", rate);
	p = run_market(values, (int64_t)(seconds * 1e9), 5, &n);
	for (size_t i = 1; i < n; i++)
		sum += pow(log(p[i].price / p[i - 1].price), 2);
	years = (double)(p[n - 1].at - p[0].at) / 1e9 / 31536000.0;
	free(p);
	return sqrt(sum / years);
}

static void volatility_does_not_depend_on_the_rate(void **state)
{
	(void)state;
	/* 1e6 prints: the standard error of a deviation is 0.07 %. */
	assert_true(fabs(realised_volatility("10", 100000) / 0.35 - 1) < 0.02);
	assert_true(fabs(realised_volatility("1000", 1000) / 0.35 - 1) < 0.02);
	assert_true(fabs(realised_volatility("100000", 10) / 0.35 - 1) < 0.02);
}

/* Log-returns over windows, the latest print of each; instruments[n] rows of `windows`. */
static void window_returns(const struct print *p, size_t n, int64_t window_ns, unsigned instruments, size_t windows, double *out)
{
	double *last = calloc(instruments, sizeof *last), *at_end = calloc(instruments, sizeof *at_end);
	size_t k = 0, w = 0;
	int64_t start = 1704067200000000000;

	for (size_t i = 0; i < n; i++)
		if (last[p[i].who] <= 0)
			last[p[i].who] = at_end[p[i].who] = p[i].price;
	for (; w < windows; w++) {
		for (; k < n && p[k].at < start + (int64_t)(w + 1) * window_ns; k++)
			at_end[p[k].who] = p[k].price;
		for (unsigned i = 0; i < instruments; i++) {
			out[i * windows + w] = log(at_end[i] / last[i]);
			last[i] = at_end[i];
		}
	}
	free(last);
	free(at_end);
}

static double correlation_of(const double *a, const double *b, size_t n)
{
	double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;

	for (size_t i = 0; i < n; i++) {
		ma += a[i] / (double)n;
		mb += b[i] / (double)n;
	}
	for (size_t i = 0; i < n; i++) {
		ab += (a[i] - ma) * (b[i] - mb);
		aa += (a[i] - ma) * (a[i] - ma);
		bb += (b[i] - mb) * (b[i] - mb);
	}
	return ab / sqrt(aa * bb);
}

/* 10,000 windows of two minutes give a standard error of 0.01; below a minute asynchronous trading hides correlation (Epps 1979). */
static void correlations_are_what_was_asked_for(void **state)
{
	enum { N = 10000 };
	static const double want[2][3] = { { 0.6, 0.6, 0.6 }, { 0.8, 0.2, -0.3 } };     /* of 1 and 0, 2 and 0, 2 and 1 */
	static const char *const how[2] = { "ticks.correlation", "ticks.matrix" };
	static const char *const value[2] = { "0.6", "1,0.8,0.2;0.8,1,-0.3;0.2,-0.3,1" };
	double *r = calloc(3 * N, sizeof *r);

	(void)state;
	for (int k = 0; k < 2; k++) {
		size_t n;
		struct print *p;

		extra_path = how[k];
		extra_value = value[k];
		p = run_market("rate=1;instruments=3;spread=0%;spread_jitter=0%;tick_size=0.000001", (int64_t)N * 120 * 1000000000, 3, &n);
		extra_path = NULL;
		window_returns(p, n, INT64_C(120000000000), 3, N, r);
		for (int i = 0, at = 0; i < 3; i++)
			for (int j = 0; j < i; j++, at++)
				assert_true(fabs(correlation_of(r + i * N, r + j * N, N) - want[k][at]) < 0.03);
		free(p);
	}
	free(r);
}

/* ---- stylised facts: the table of thresholds, on 20 sessions of 6.5 h with a step of a second ---- */

enum { SESSIONS = 20, MINUTES = SESSIONS * 390 };

struct facts {
	double vol, kurtosis, acf, abs_acf, hill, tick_acf, spread_ratio, volume_corr, shape;
};

static int by_size(const void *a, const void *b)
{
	double x = fabs(*(const double *)a), y = fabs(*(const double *)b);

	return x < y ? 1 : x > y ? -1 : 0;
}

static double autocorrelation(const double *r, size_t n, size_t lag)
{
	return correlation_of(r, r + lag, n - lag);
}

static struct facts facts_of(const char *model)
{
	char values[300];
	size_t n;
	struct print *p;
	struct facts f = { 0 };
	double *r = calloc(MINUTES, sizeof *r), *a = calloc(MINUTES, sizeof *a), *volume = calloc(MINUTES, sizeof *volume), *ticks;
	double m2 = 0, m4 = 0, hill = 0, edge = 0, noon = 0, spread = 0, cov = 0;

	snprintf(values, sizeof values, "rate=1;instruments=1;model=%s;volatility=0.30;year=trading;session=6h30m;spread=10bps;spread_jitter=0%%;period=1h",
		 model);
	p = run_market(values, (int64_t)SESSIONS * 23400 * 1000000000, 8, &n);
	/* Mid prices for returns, so that the bounce is not taken for volatility; prints for the tick statistics. */
	ticks = calloc(n, sizeof *ticks);
	for (size_t i = 1; i < n; i++) {
		ticks[i - 1] = p[i].price - p[i - 1].price;
		spread += (p[i].ask - p[i].bid) / (double)n;
	}
	for (size_t i = 2; i < n; i++)
		cov += ticks[i - 1] * ticks[i - 2] / (double)n;
	f.tick_acf = autocorrelation(ticks, n - 1, 1);
	f.spread_ratio = cov < 0 ? 2 * sqrt(-cov) / spread : 0;
	for (size_t i = 0; i < n; i++)
		p[i].price = (p[i].bid + p[i].ask) / 2;
	window_returns(p, n, INT64_C(60000000000), 1, MINUTES, r);
	for (size_t i = 0; i < n; i++) {
		size_t minute = (size_t)((p[i].at - 1704067200000000000) / 60000000000);

		volume[minute < MINUTES ? minute : MINUTES - 1] += p[i].size;
	}
	for (size_t i = 0; i < MINUTES; i++) {
		size_t of_day = (i + 1704067200 / 60) % 390;

		a[i] = fabs(r[i]);
		m2 += r[i] * r[i] / MINUTES;
		m4 += pow(r[i], 4) / MINUTES;
		if (of_day < 30 || of_day >= 360)
			edge += volume[i] / 60;
		if (of_day >= 165 && of_day < 225)
			noon += volume[i] / 60;
	}
	f.vol = sqrt(m2 * 390 * 252);
	f.kurtosis = m4 / (m2 * m2) - 3;
	f.acf = autocorrelation(r, MINUTES, 1);
	for (size_t lag = 1; lag <= 20; lag++)
		f.abs_acf += autocorrelation(a, MINUTES, lag) / 20;
	f.volume_corr = correlation_of(volume, a, MINUTES);
	f.shape = edge / noon;
	qsort(r, MINUTES, sizeof *r, by_size);
	for (size_t i = 0; i < MINUTES / 50; i++)               /* the largest 2 % */
		hill += log(fabs(r[i]) / fabs(r[MINUTES / 50])) / (MINUTES / 50);
	f.hill = 1 / hill;
	print_message("# %s: vol %.3f kurtosis %.1f acf %.3f acf|r| %.3f hill %.1f tick acf %.2f roll %.2f volume %.2f shape %.2f\n", model, f.vol,
		      f.kurtosis, f.acf, f.abs_acf, f.hill, f.tick_acf, f.spread_ratio, f.volume_corr, f.shape);
	free(p);
	free(ticks);
	free(r);
	free(a);
	free(volume);
	return f;
}

static void realistic_shows_the_stylised_facts(void **state)
{
	struct facts f = facts_of("realistic");

	(void)state;
	assert_true(fabs(f.vol / 0.30 - 1) < 0.25);
	assert_true(f.kurtosis > 2);
	assert_true(fabs(f.acf) < 0.07);
	assert_true(f.abs_acf > 0.10);
	assert_true(f.hill > 2 && f.hill < 5);
	assert_true(f.tick_acf > -0.5 && f.tick_acf < -0.1);
	assert_true(fabs(f.spread_ratio - 1) < 0.3);
	assert_true(f.volume_corr > 0.2);
	assert_true(f.shape > 1.5);
}

static void gbm_and_sine_fail_where_they_should(void **state)
{
	struct facts gbm = facts_of("gbm"), sine = facts_of("sine");

	(void)state;
	assert_true(fabs(gbm.vol / 0.30 - 1) < 0.05);
	assert_false(gbm.kurtosis > 2);
	assert_false(gbm.abs_acf > 0.10);
	assert_false(gbm.hill > 2 && gbm.hill < 5);
	assert_false(gbm.volume_corr > 0.2);
	assert_false(gbm.shape > 1.5);
	assert_false(sine.kurtosis > 2);
	assert_false(sine.volume_corr > 0.2);
	assert_false(sine.shape > 1.5);
}

/* ---- the other models ---- */

static void sine_equals_its_formula_to_the_cent(void **state)
{
	size_t n;
	struct print *p = run_market("rate=10;instruments=1;model=sine;price=100;amplitude=5;period=10s", 20000000000, 1, &n);

	(void)state;
	assert_int_equal(n, 200);
	for (size_t i = 0; i < n; i++) {
		double t = (double)(p[i].at - 1704067200000000000) / 1e9, want = 100 + 5 * sin(2 * M_PI * t / 10);

		assert_true(fabs(p[i].price - want) < 0.00501);
	}
	free(p);
}

static void walk_and_ou_keep_their_bounds(void **state)
{
	size_t n;
	struct print *p = run_market("rate=100;instruments=1;model=walk;price=100;step=5;low=50;high=150", 1000000000000, 1, &n);
	double low = 1e9, high = 0, sum = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		low = fmin(low, p[i].price);
		high = fmax(high, p[i].price);
	}
	assert_true(low >= 50 && low < 51 && high <= 150 && high > 149);
	free(p);
	/* The stationary deviation of the log price is s sqrt(half-life / (2 ln 2)), here 0.35 * sqrt(3600 / year / 1.386). */
	p = run_market("rate=0.1;instruments=1;model=ou;price=100;half_life=1h;drift=0;spread=0%;spread_jitter=0%;tick_size=0.000001", INT64_C(8640000000000000), 2, &n);
	for (size_t i = 0; i < n; i++)
		sum += pow(log(p[i].price / 100), 2) / (double)n;
	assert_true(fabs(sqrt(sum) / (0.35 * sqrt(3600 / 31536000.0 / (2 * log(2)))) - 1) < 0.1);
	free(p);
}

static void quotes_stand_around_their_trades(void **state)
{
	size_t n;
	struct print *p = run_market("rate=1000;instruments=50;model=realistic", 10000000000, 9, &n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		assert_true(p[i].bid < p[i].ask && p[i].price >= p[i].bid && p[i].price <= p[i].ask);
		assert_true(p[i].size >= 1);
	}
	free(p);
}

/* ---- FluxFakr ---- */

static void fluxfakr_has_its_six_keys_and_its_formula(void **state)
{
	enum { N = 200000 };
	struct fake f;
	double last[3] = { 0 }, sum = 0, squares = 0;
	uint64_t n = 0, counts[3] = { 0 };

	(void)state;
	fake_begin(&f);
	f.set.events = N;
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "ticks", "market", "rate=100;instruments=3;format=fluxfakr;dt=0.003968253968253968;drift=0.0001;volatility=0.01");
	fake_open(&f);
	fake_finish(&f);
	for (const char *s = fake_a.got.data; *s; s = strchr(s, '\n') + 1) {
		double ask, bid, price;
		unsigned who;
		long long at, volume;

		assert_int_equal(sscanf(s, "{\"ask\":%lf,\"bid\":%lf,\"instrument\":\"STK%u\",\"price\":%lf,\"timestamp\":%lld,\"volume\":%lld}", &ask, &bid,
					&who, &price, &at, &volume), 6);
		assert_true(ask / price - 1 > 0.00099 && ask / price - 1 < 0.00201 && 1 - bid / price > 0.00099 && 1 - bid / price < 0.00201);
		counts[who]++;
		if (last[who] > 0) {
			double r = log(price / last[who]);

			sum += r;
			squares += r * r;
			n++;
		}
		last[who] = price;
	}
	/* Mean 1.98e-7 and deviation 0.00062994 within three standard errors. */
	assert_true(fabs(sum / (double)n - 1.98e-7) < 3 * 0.00062994 / sqrt((double)n));
	assert_true(fabs(sqrt(squares / (double)n) / 0.00062994 - 1) < 3 / sqrt(2.0 * (double)n));
	for (int i = 0; i < 3; i++)
		assert_true(fabs((double)counts[i] - N / 3.0) < 5 * sqrt(N / 3.0));
	fake_end(&f);
}

static void the_dump_is_csv_in_order(void **state)
{
	struct fake f;
	struct buf b;
	struct err e;
	unsigned rows = 0;

	(void)state;
	fake_begin(&f);
	buf_init(&b, 65536);
	f.set.events = 100;
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "ticks", "market", "instruments=3;format=fluxfakr");
	fake_open(&f);
	fake_turn(&f, 100);
	assert_int_equal(engine_dump(f.engine, "ticks", &b, &e), 0);
	for (const char *s = b.data; *s; s = strchr(s, '\n') + 1, rows++)
		assert_true(strncmp(s, rows == 0 ? "id,price,bid,ask,volume\n" : rows == 1 ? "STK0," : rows == 2 ? "STK1," : "STK2,", 5) == 0);
	assert_int_equal(rows, 4);
	buf_free(&b);
	fake_end(&f);
}

/* ---- by hand ---- */

static void shocks_halts_and_regimes_do_what_they_say(void **state)
{
	struct fake f;
	struct err e;
	const struct market *st;
	double before;
	uint64_t made;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "ticks", "market", "rate=200;symbols=ACME,ZORG;volatility=0;drift=0;bounce=false;pick=round_robin");
	fake_open(&f);
	st = f.engine->slots[0]->pub.state;
	fake_pass(&f, 1000000000);
	before = st->at[0].price;
	assert_int_equal(control_set(&f.control, "ticks.shock", "ACME -5%", BY_KEY, &e), 0);
	fake_pass(&f, 100000000);
	assert_true(fabs(st->at[0].price / before - 0.95) < 1e-3);
	assert_int_equal(control_set(&f.control, "ticks.shock", "ACNE -5%", BY_KEY, &e), -1);
	assert_string_equal(e.text, "module 'ticks' has no instrument 'ACNE'; did you mean 'ACME'?");
	assert_int_equal(control_set(&f.control, "ticks.shock", "ACME lots", BY_KEY, &e), -1);
	made = f.engine->made;
	control_set(&f.control, "ticks.halt", "ACME 1s", BY_KEY, &e);
	fake_pass(&f, 1000000000);
	assert_in_range(f.engine->made - made, 98, 102);        /* the other half goes on */
	made = f.engine->made;
	control_set(&f.control, "ticks.regime", "halt", BY_KEY, &e);
	fake_pass(&f, 1000000000);
	assert_int_equal(f.engine->made, made);
	before = st->at[1].price;
	control_set(&f.control, "ticks.regime", "gap", BY_KEY, &e);
	fake_pass(&f, 100000000);
	assert_true(fabs(st->at[1].price / before - 0.95) < 1e-3);
	fake_end(&f);
}

static void nonsense_is_refused(void **state)
{
	static const struct { const char *values, *what; } bad[] = {
		{ "symbols=A,B,A", "symbols: 'A' is named twice" }, { "kinds=tick,trad", "kinds: 'trad' is none of tick, trade, quote, bar" },
		{ "tick_size=0.25", "tick_size must be 1, 0.1, 0.01 and so on, or 0" }, { "low=10;high=5", "low must be below high" },
		{ "instruments=2;matrix=1,2;2,1", "matrix: '2' is no correlation from -1 to 1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct fake f;
		struct err e = { 0 };
		char set[100];

		fake_begin(&f);
		fake_output(&f, "a", &fake_output_a, "");
		/* A matrix holds semicolons, which separate the values here. */
		snprintf(set, sizeof set, "%s", bad[i].values);
		if (strstr(set, "matrix")) {
			fake_module(&f, "ticks", "market", "instruments=2");
			assert_int_equal(control_set(&f.control, "ticks.matrix", strstr(set, "matrix=") + 7, BY_FILE, &e), 0);
		} else {
			fake_module(&f, "ticks", "market", set);
		}
		engine_configure(f.engine, &f.set);
		assert_int_equal(engine_prepare(f.engine, NULL, NULL, &e), -1);
		assert_string_equal(e.text, bad[i].what);
		fake_end(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(volatility_does_not_depend_on_the_rate),
		cmocka_unit_test(correlations_are_what_was_asked_for),
		cmocka_unit_test(realistic_shows_the_stylised_facts),
		cmocka_unit_test(gbm_and_sine_fail_where_they_should),
		cmocka_unit_test(sine_equals_its_formula_to_the_cent),
		cmocka_unit_test(walk_and_ou_keep_their_bounds),
		cmocka_unit_test(quotes_stand_around_their_trades),
		cmocka_unit_test(fluxfakr_has_its_six_keys_and_its_formula),
		cmocka_unit_test(the_dump_is_csv_in_order),
		cmocka_unit_test(shocks_halts_and_regimes_do_what_they_say),
		cmocka_unit_test(nonsense_is_refused),
	};

	return cmocka_run_group_tests_name("market", tests, NULL, NULL);
}
