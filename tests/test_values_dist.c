/* Distributions: against their exact cumulative functions, within bounds, and with memory. Seeds are fixed: nothing is flaky. */
#include "tests/value_maker.h"

#include <math.h>

enum { N = 20000 };

/* ---- exact functions, written here ---- */

static double phi(double z)
{
	return 0.5 * erfc(-z / sqrt(2));
}

/* Regularized incomplete gamma: by its series below a + 1, by Lentz's continued fraction above. */
static double gamma_p(double a, double x)
{
	double front = exp(a * log(x) - x - lgamma(a)), sum = 1 / a, term = sum, b, c, d, h;

	if (x <= 0)
		return 0;
	if (x < a + 1) {
		for (int n = 1; n < 5000; n++)
			sum += term *= x / (a + n);
		return front * sum;
	}
	b = x + 1 - a;
	c = 1e300;
	h = d = 1 / b;
	for (int n = 1; n < 5000; n++) {
		b += 2;
		d = 1 / (-n * (n - a) * d + b);
		c = b - n * (n - a) / c;
		h *= d * c;
	}
	return 1 - front * h;
}

/* Simpson's rule in t, x = t^2 (3 - 2t): no poles for shapes of 1/2 and more. */
static double beta_part(double a, double b, double x)
{
	double sum = 0;
	int n = 200;

	for (int i = 0; i <= n; i++) {
		double t = (double)i / n, s = sin(t * asin(sqrt(x))), y = s * s, at = y > 0 && y < 1 ? pow(y, a - 0.5) * pow(1 - y, b - 0.5) * 2 : 0;

		sum += at * (i == 0 || i == n ? 1 : i % 2 ? 4 : 2);
	}
	return sum * asin(sqrt(x)) / n / 3;
}

struct known {
	const char *line;
	int which;
	double a, b, low, high;         /* parameters of cdf(), and bounds */
};

enum { NORMAL, LOGNORMAL, EXPONENTIAL, PARETO, WEIBULL, GAMMA, BETA, TRIANGULAR, UNIFORM, BINS };

static double cdf(const struct known *k, double x)
{
	switch (k->which) {
	case NORMAL: return phi((x - k->a) / k->b);
	case LOGNORMAL: return x > 0 ? phi((log(x) - k->a) / k->b) : 0;
	case EXPONENTIAL: return x > 0 ? -expm1(-x / k->a) : 0;
	case PARETO: return x > k->a ? 1 - pow(k->a / x, k->b) : 0;
	case WEIBULL: return x > 0 ? -expm1(-pow(x / k->b, k->a)) : 0;
	case GAMMA: return gamma_p(k->a, x / k->b);
	case BETA: return beta_part(k->a, k->b, x) / beta_part(k->a, k->b, 1);
	case TRIANGULAR: return x < 0.5 ? 2 * x * x : 1 - 2 * (1 - x) * (1 - x);
	case BINS: return x < 10 ? x / 16 : 10.0 / 16 + (x - 10) / 40 * 6 / 16;
	default: return (x - k->a) / (k->b - k->a);
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Kolmogorov and Smirnov: the largest distance times sqrt(n); above 1.95 in one of a thousand samples. */
static void continuous_ones_have_their_distribution(void **state)
{
	static const struct known known[] = {
		{ "uniform min=-3 max=5", UNIFORM, -3, 5, -3, 5 },
		{ "float min=2 max=7", UNIFORM, 2, 7, 2, 7 },
		{ "percent decimals=9", UNIFORM, 0, 100, 0, 100 },
		{ "normal", NORMAL, 0, 1, -INFINITY, INFINITY },
		{ "normal mean=50 sd=10 min=30 max=60", NORMAL, 50, 10, 30, 60 },
		{ "normal mean=50 sd=10 min=45 max=48", NORMAL, 50, 10, 45, 48 },
		{ "normal min=2.5", NORMAL, 0, 1, 2.5, INFINITY },
		{ "normal max=-4", NORMAL, 0, 1, -INFINITY, -4 },
		{ "normal min=1 max=9", NORMAL, 0, 1, 1, 9 },
		{ "lognormal median=3 sigma=0.7", LOGNORMAL, 1.0986122886681098, 0.7, 0, INFINITY },
		{ "lognormal mu=1 p95=20 min=30", LOGNORMAL, 1, 0 /* from p95 */, 30, INFINITY },
		{ "exponential mean=4", EXPONENTIAL, 4, 0, 0, INFINITY },
		{ "exponential rate=0.25 min=20 max=21", EXPONENTIAL, 4, 0, 20, 21 },
		{ "exponential max=1e-7", EXPONENTIAL, 1, 0, 0, 1e-7 },
		{ "pareto xm=2 alpha=3", PARETO, 2, 3, 2, INFINITY },
		{ "pareto max=10", PARETO, 1, 1.16, 1, 10 },
		{ "weibull shape=0.7 scale=2", WEIBULL, 0.7, 2, 0, INFINITY },
		{ "weibull min=2 max=2.5", WEIBULL, 1.5, 1, 2, 2.5 },
		{ "gamma", GAMMA, 2, 1, 0, INFINITY },
		{ "gamma shape=0.3 scale=5", GAMMA, 0.3, 5, 0, INFINITY },
		{ "gamma shape=40 scale=0.5", GAMMA, 40, 0.5, 0, INFINITY },
		{ "gamma shape=1 max=2", GAMMA, 1, 1, 0, 2 },
		{ "gamma shape=9 min=12 max=30", GAMMA, 9, 1, 12, 30 },
		{ "gamma shape=0.4 max=0.5", GAMMA, 0.4, 1, 0, 0.5 },
		{ "gamma shape=0.4 min=1.5", GAMMA, 0.4, 1, 1.5, INFINITY },
		{ "gamma shape=400 max=380", GAMMA, 400, 1, 0, 380 },
		{ "beta", BETA, 2, 2, 0, 1 },
		{ "beta alpha=0.7 beta=3", BETA, 0.7, 3, 0, 1 },
		{ "triangular", TRIANGULAR, 0, 0, 0, 1 },
		{ "histogram bins=0:10:5,10:50:3", BINS, 0, 0, 0, 50 },
	};
	static double x[N];

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct known k = known[i];
		struct call *c = maker(k.line);
		double low, high, worst = 0;

		if (strstr(k.line, "p95"))
			k.b = (log(20) - 1) / 1.6448536269514722;
		low = k.low > -INFINITY ? cdf(&k, k.low) : 0;
		high = k.high < INFINITY ? cdf(&k, k.high) : 1;
		for (unsigned n = 0; n < N; n++) {
			x[n] = maker_real(c, n);
			if (!(x[n] >= k.low && x[n] <= k.high))
				fail_msg("%s: %.17g is out of bounds", k.line, x[n]);
		}
		qsort(x, N, sizeof *x, by_value);
		for (unsigned n = 0; n < N; n++) {
			double p = (cdf(&k, x[n]) - low) / (high - low);

			worst = fmax(worst, fmax(p - (double)n / N, (double)(n + 1) / N - p));
		}
		if (!(worst * sqrt(N) < 1.95))
			fail_msg("%s: distance %g", k.line, worst * sqrt(N));
		call_free(c);
	}
}

static double log_choose(double n, double k)
{
	return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

static double mass(const char *line, double k)
{
	static const struct { const char *line; char which; double a, b; } known[] = {
		{ "poisson", 'p', 1, 0 }, { "poisson lambda=9.5", 'p', 9.5, 0 }, { "poisson lambda=10", 'p', 10, 0 }, { "poisson lambda=300", 'p', 300, 0 },
		{ "binomial", 'b', 10, 0.5 }, { "binomial n=100 p=0.02", 'b', 100, 0.02 }, { "binomial n=1000 p=0.3", 'b', 1000, 0.3 },
		{ "binomial n=50 p=0.9", 'b', 50, 0.9 }, { "binomial n=40 p=0.6", 'b', 40, 0.6 },
		{ "geometric", 'g', 0.5, 0 }, { "geometric p=0.07", 'g', 0.07, 0 },
		{ "zipf", 'z', 1.1, 1000 }, { "zipf s=1 n=50", 'z', 1, 50 }, { "zipf s=0.3 n=20", 'z', 0.3, 20 }, { "zipf s=3 n=9007199254740992", 'z', 3, 2e4 },
		{ "dice", 'd', 6, 0 }, { "digit min=3", 'D', 7, 0 },
	};
	double sum = 0;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		double a = known[i].a, b = known[i].b;

		if (strcmp(known[i].line, line) != 0)
			continue;
		switch (known[i].which) {
		case 'p': return exp(k * log(a) - a - lgamma(k + 1));
		case 'b': return k <= a ? exp(log_choose(a, k) + k * log(b) + (a - k) * log1p(-b)) : 0;
		case 'g': return a * pow(1 - a, k);
		case 'd': return k >= 1 && k <= 6 ? 1.0 / 6 : 0;
		case 'D': return k >= 3 && k <= 9 ? 1.0 / 7 : 0;
		default:
			for (double j = 1; j <= b; j++)
				sum += pow(j, -a);
			return k >= 1 && k <= b ? pow(k, -a) / sum : 0;
		}
	}
	fail_msg("no mass of %s", line);
	return 0;
}

/* Cells of at least 10 expected draws; the bound is the mean of chi-square and 4 deviations. */
static void discrete_ones_have_their_distribution(void **state)
{
	static const char *const lines[] = {
		"poisson", "poisson lambda=9.5", "poisson lambda=10", "poisson lambda=300", "binomial", "binomial n=100 p=0.02", "binomial n=1000 p=0.3",
		"binomial n=50 p=0.9", "binomial n=40 p=0.6", "geometric", "geometric p=0.07", "zipf", "zipf s=1 n=50", "zipf s=0.3 n=20",
		"zipf s=3 n=9007199254740992", "dice", "digit min=3",
	};
	static unsigned seen[2000];

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct call *c = maker(lines[i]);
		double chi = 0, expected = 0, got = 0, rest = 0, left = 0, cells = 0;
		char text[64];

		memset(seen, 0, sizeof seen);
		for (unsigned n = 0; n < N; n++) {
			double k = c->is->text ? strtod(maker_text(c, n, text), NULL) : maker_real(c, n);

			assert_true(k >= 0);
			seen[k < 1999 ? (unsigned)k : 1999]++;
		}
		for (unsigned k = 0; k < (lines[i][0] == 'z' ? 100 : 420); k++) {
			expected += N * mass(lines[i], k);
			got += seen[k];
			if (expected < 10)
				continue;
			chi += (got - expected) * (got - expected) / expected;
			rest += expected;
			left += got;
			expected = got = 0;
			cells++;
		}
		rest = N - rest;
		left = N - left;
		if (rest >= 5)
			chi += (left - rest) * (left - rest) / rest;
		else
			assert_true(left < 30);
		if (!(chi < cells + 4 * sqrt(2 * cells)))
			fail_msg("%s: chi-square %g with %g cells", lines[i], chi, cells);
		call_free(c);
	}
}

static void zipf_meets_the_known_shares(void **state)
{
	struct call *c = maker("zipf s=1.1 n=1000");
	double one = 0, two = 0;

	(void)state;
	for (unsigned n = 0; n < 200000; n++) {
		double k = maker_real(c, n);

		one += k == 1;
		two += k == 2;
	}
	call_free(c);
	assert_true(fabs(one / 200000 - 0.1794) < 0.003);
	assert_true(fabs(two / 200000 - 0.0836) < 0.003);
}

static void large_counts_have_their_mean_and_variance(void **state)
{
	static const struct { const char *line; double mean, variance; } known[] = {
		{ "poisson lambda=1e9", 1e9, 1e9 }, { "binomial n=1000000000 p=0.25", 2.5e8, 1.875e8 }, { "geometric p=0.000001", 999999, 999999e6 },
		{ "gamma shape=1e9", 1e9, 1e9 },
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct call *c = maker(known[i].line);
		double sum = 0, squares = 0;

		for (unsigned n = 0; n < N; n++) {
			double x = maker_real(c, n) - known[i].mean;

			sum += x;
			squares += x * x;
		}
		call_free(c);
		assert_true(fabs(sum / N) < 4 * sqrt(known[i].variance / N));
		assert_true(fabs(squares / N / known[i].variance - 1) < 0.08);
	}
}

/* ---- bounds and refusals ---- */

static void rounded_values_stay_within_bounds(void **state)
{
	static const char *const lines[] = {
		"normal min=0.07 max=0.29 decimals=2", "exponential max=0.1 decimals=1", "uniform min=0.05 max=0.95 decimals=1", "float min=0.29 max=0.3 decimals=2",
		"beta decimals=0", "gamma min=2.5 max=3.5 decimals=0", "pareto max=1.5 decimals=1", "float min=0.1 max=0.7 step=0.1",
	};
	static const double low[] = { 0.07, 0, 0.1, 0.29, 0, 3, 1, 0.1 }, high[] = { 0.29, 0.1, 0.9, 0.3, 1, 3, 1.5, 0.7 };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct call *c = maker(lines[i]);
		double least = INFINITY, most = -INFINITY;

		for (unsigned n = 0; n < 5000; n++) {
			double x = maker_real(c, n);

			least = fmin(least, x);
			most = fmax(most, x);
		}
		call_free(c);
		if (least != low[i] || most != high[i])
			fail_msg("%s: from %.17g to %.17g", lines[i], least, most);
	}
}

static void what_holds_nothing_is_refused(void **state)
{
	static const char *const lines[] = {
		"normal min=2 max=1", "normal sd=0 min=1", "normal min=0.1 max=0.2 decimals=0", "normal decimals=18", "normal decimals=x", "normal sd=-1",
		"lognormal max=-1", "lognormal max=0", "lognormal p95=0.5", "exponential max=-1", "exponential rate=0", "exponential mean=0",
		"pareto max=0.5", "weibull max=-0.1", "gamma max=-1", "triangular mode=2", "uniform min=1 max=0", "histogram bins=1:0:1", "histogram bins=0:1:0",
		"histogram bins=0:1", "histogram bins=0:1:2:3", "histogram bins=0:1:-1", "markov matrix=0.5,0.4;0,1", "markov matrix=1,0", "markov start=gone",
		"markov matrix=1,0;0,1;0,1", "markov states=a,,b", "random_walk start=5 max=4", "float step=0", "float step=x", "decimal min=0.001", "decimal min=x",
		"decimal min=5 max=4", "decimal max=10 decimals=18", "digit min=5 max=4", "zipf s=0", "zipf n=0", "geometric p=0", "binomial p=1.1",
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct call *c = maker_try(lines[i], &e);

		if (c)
			fail_msg("%s is taken", lines[i]);
	}
}

static void extreme_parameters_give_numbers(void **state)
{
	static const char *const lines[] = {
		"lognormal sigma=100", "weibull shape=0.001", "weibull shape=1000000", "gamma shape=0.001", "gamma shape=1e12", "beta alpha=0.001 beta=0.001",
		"pareto alpha=0.001", "zipf s=100", "zipf s=0.000001 n=9007199254740992", "normal mean=1e300 sd=1e300", "normal min=1000", "normal min=-40 max=-39",
		"gbm vol=1000 dt=30d", "gamma min=1000000", "gamma shape=0.001 min=2", "gamma shape=1e12 min=1e12", "uniform min=-1e300 max=1e300", "random_walk step_sd=1e280",
		"poisson lambda=0", "binomial n=0", "binomial p=0", "binomial p=1", "geometric p=1", "normal sd=0", "triangular min=1 mode=1 max=1", "mean_revert theta=0",
		"mean_revert theta=1000000", "mean_revert theta=0.0000000001", "random_walk min=0 max=0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct call *c = maker(lines[i]);

		for (unsigned n = 0; n < 500; n++)
			if (!isfinite(maker_real(c, (uint64_t)n * n * n * n * 1000)))
				fail_msg("%s: row %u is no number", lines[i], n);
		call_free(c);
	}
}

/* ---- with memory ---- */

static void a_walk_has_independent_normal_steps(void **state)
{
	struct call *c = maker("random_walk start=5 step_sd=2");
	static double step[N];
	double worst = 0, pairs = 0;

	(void)state;
	assert_true(maker_real(c, 0) == 5);
	for (unsigned n = 0; n < N; n++)
		step[n] = (maker_real(c, 1000003 + n) - maker_real(c, 1000002 + n)) / 2;
	for (unsigned n = 1; n < N; n++)
		pairs += step[n] * step[n - 1];
	assert_true(fabs(pairs / N) < 4 / sqrt(N));
	qsort(step, N, sizeof *step, by_value);
	for (unsigned n = 0; n < N; n++)
		worst = fmax(worst, fabs(phi(step[n]) - (n + 0.5) / N));
	assert_true(worst * sqrt(N) < 1.95);
	call_free(c);
}

static void a_walk_is_reflected(void **state)
{
	struct call *bounded = maker("random_walk start=0.5 step_sd=0.2 min=0 max=1 key=x"), *above = maker("random_walk step_sd=1 min=0 key=x");
	double most = 0;

	(void)state;
	for (unsigned n = 0; n < 5000; n++) {
		double x = maker_real(bounded, n), y = maker_real(above, n);

		assert_true(x >= 0 && x <= 1 && y >= 0);
		most = fmax(most, y);
	}
	assert_true(most > 5);
	call_free(bounded);
	call_free(above);
}

static void reverting_values_forget_as_told(void **state)
{
	static const double thetas[] = { 0.1, 0.01, 2 };
	static const char *const lines[] = { "mean_revert mean=7 sigma=0.5 theta=0.1", "mean_revert mean=7 sigma=0.5 theta=0.01", "mean_revert mean=7 sigma=0.5 theta=2" };

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct call *c = maker(lines[i]);
		double variance = 0, pairs = 0, expected = 0.25 / (2 * thetas[i]), last = maker_real(c, 0) - 7;
		unsigned n = 200000;

		for (unsigned k = 1; k <= n; k++) {
			double x = maker_real(c, k) - 7;

			variance += x * x / n;
			pairs += x * last / n;
			last = x;
		}
		call_free(c);
		/* The path forgets within 1/theta rows, so there are only n theta / 2 independent ones. */
		assert_true(fabs(variance / expected - 1) < 5 * sqrt(2 / (n * fmin(thetas[i], 1))));
		assert_true(fabs(pairs / variance - exp(-thetas[i])) < 0.01);
	}
}

static void prices_grow_by_independent_logarithms(void **state)
{
	struct call *c = maker("gbm start=50 vol=0.3 drift=0.1 dt=1d");
	double days = 1 / 365.25, sum = 0, squares = 0;

	(void)state;
	assert_true(maker_real(c, 0) == 50);
	for (unsigned n = 0; n < N; n++) {
		double step = log(maker_real(c, n + 1) / maker_real(c, n));

		sum += step / N;
		squares += step * step / N;
	}
	call_free(c);
	assert_true(fabs(sum - (0.1 - 0.045) * days) < 4 * 0.3 * sqrt(days / N));
	assert_true(fabs(squares / (0.09 * days) - 1) < 0.05);
}

static void a_chain_moves_by_its_matrix(void **state)
{
	static const double matrix[3][3] = { { 0.9, 0.1, 0 }, { 0.2, 0.5, 0.3 }, { 0, 0.6, 0.4 } };
	struct call *c = maker("markov states=a,b,c matrix=0.9,0.1,0;0.2,0.5,0.3;0,0.6,0.4 start=b");
	double seen[3][3] = { { 0 } };
	char text[64];
	int last = *maker_text(c, 0, text) - 'a';

	(void)state;
	assert_int_equal(last, 1);
	for (unsigned n = 1; n <= 150000; n++) {
		int now = *maker_text(c, n, text) - 'a';

		seen[last][now]++;
		last = now;
	}
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 3; k++) {
			double row = seen[i][0] + seen[i][1] + seen[i][2], p = matrix[i][k];

			if (p == 0)
				assert_true(seen[i][k] == 0);
			else
				assert_true(fabs(seen[i][k] - row * p) < 4.5 * sqrt(row * p * (1 - p)));
		}
	call_free(c);
}

static void a_chain_of_certainties_goes_round(void **state)
{
	struct call *c = maker("markov states=a,b,c matrix=0,1,0;0,0,1;1,0,0");
	char text[64];

	(void)state;
	for (unsigned n = 0; n < 1000; n++)
		assert_int_equal(*maker_text(c, n, text), "abc"[n % 3]);
	call_free(c);
}

static void a_sine_is_a_sine(void **state)
{
	struct call *c = maker("sine_wave mean=3 amplitude=2 period=1h phase=0.1");

	(void)state;
	for (int i = -3000; i < 3000; i++) {
		int64_t ns = MAKER_NOW + (int64_t)i * 7000000000;

		assert_true(fabs(maker_at(c, ns) - (3 + 2 * sin(2 * acos(-1) * (remainder((double)(ns / 1000000000), 3600) / 3600 + 0.1)))) < 1e-12);
	}
	call_free(c);
}

static void one_name_is_one_path(void **state)
{
	struct call *a = maker("random_walk key=x"), *b = maker("random_walk key=x"), *other = maker("random_walk key=y");

	(void)state;
	b->salt ^= 1;
	assert_true(maker_real(a, 99) == maker_real(b, 99));
	assert_true(maker_real(a, 99) != maker_real(other, 99));
	call_free(a);
	call_free(b);
	call_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(continuous_ones_have_their_distribution), cmocka_unit_test(discrete_ones_have_their_distribution),
		cmocka_unit_test(zipf_meets_the_known_shares), cmocka_unit_test(large_counts_have_their_mean_and_variance),
		cmocka_unit_test(rounded_values_stay_within_bounds), cmocka_unit_test(what_holds_nothing_is_refused),
		cmocka_unit_test(extreme_parameters_give_numbers), cmocka_unit_test(a_walk_has_independent_normal_steps),
		cmocka_unit_test(a_walk_is_reflected), cmocka_unit_test(reverting_values_forget_as_told),
		cmocka_unit_test(prices_grow_by_independent_logarithms), cmocka_unit_test(a_chain_moves_by_its_matrix),
		cmocka_unit_test(a_chain_of_certainties_goes_round), cmocka_unit_test(a_sine_is_a_sine), cmocka_unit_test(one_name_is_one_path),
	};

	return cmocka_run_group_tests_name("values dist", tests, NULL, NULL);
}
