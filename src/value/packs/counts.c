/* Distributions of whole numbers. */
#include "value/packs/packs.h"

#include <math.h>

#include "base/mathx.h"

/* log(k!) without the part that k log k - k + log(2 pi k) / 2 gives; exact below 10, then Stirling's series. */
static double stirling_rest(double k)
{
	static const double small[] = {
		0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
		0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
	};
	double k1 = k + 1, s = k1 * k1;

	if (k < 10)
		return small[(int)k];
	return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / s) / s) / k1;
}

/* log(k!), with k + 1 in the place of k as Hoermann has it. */
static double log_factorial(double k)
{
	return (k + 0.5) * mathx_log(k + 1) - (k + 1) + 0.91893853320467274 + stirling_rest(k);
}

/* log(1 + x) for x > -1, also near 0 (Kahan). */
static double log_1p(double x)
{
	double u = 1 + x;

	return u == 1 ? x : mathx_log(u) * x / (u - 1);         /* equal: x is below the last digit of 1 */
}

/* ---- poisson ---- */

struct poisson_opts {
	double lambda;
};

struct poisson_made {
	double least, log_lambda, a, b, v_r, log_alpha;
};

static const struct param poisson_params[] = {
	P_REAL(struct poisson_opts, lambda, 0, 1e9, 1, .flags = PARAM_VARIES, .help = "Mean number of events."),
	P_END
};

static int poisson_prepare(struct call *c, struct err *e)
{
	double lambda = ((const struct poisson_opts *)c->opts)->lambda;
	struct poisson_made *m = c->made;

	(void)e;
	m->least = mathx_exp(-lambda);
	if (lambda < 10)
		return 0;
	m->log_lambda = mathx_log(lambda);
	m->b = 0.931 + 2.53 * sqrt(lambda);
	m->a = -0.059 + 0.02483 * m->b;
	m->v_r = 0.9277 - 3.6224 / (m->b - 2);
	m->log_alpha = mathx_log(1.1239 + 1.1328 / (m->b - 3.4));
	return 0;
}

/* By inversion: one draw, as many steps as the value. */
static int64_t poisson_small(double lambda, double p, struct draws *d)
{
	double u = draws_unit(d);
	int64_t k = 0;

	while (u >= p && p > 0) {
		u -= p;
		p *= lambda / (double)++k;
	}
	return k;
}

/* Transformed rejection, PTRS of Hoermann 1993. */
static void poisson_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	double lambda = ((const struct poisson_opts *)c->opts)->lambda;
	const struct poisson_made *m = c->made;

	(void)r;
	if (lambda < 10) {
		to->i = poisson_small(lambda, m->least, d);
		return;
	}
	for (;;) {
		double u = draws_unit(d) - 0.5, v = 1 - draws_unit(d), s = 0.5 - fabs(u);
		double k = floor((2 * m->a / s + m->b) * u + lambda + 0.43);

		if (s >= 0.07 && v <= m->v_r) {
			to->i = (int64_t)k;
			return;
		}
		if (k < 0 || (s < 0.013 && v > s))
			continue;
		if (mathx_log(v) + m->log_alpha - mathx_log(m->a / (s * s) + m->b) <= k * m->log_lambda - lambda - log_factorial(k)) {
			to->i = (int64_t)k;
			return;
		}
	}
}

/* ---- binomial ---- */

struct binomial_opts {
	int64_t n;
	double p;
};

struct binomial_made {
	double p, odds, least;          /* p: of the rarer side; least: probability of 0 */
	double a, b, c, alpha, v_r, log_odds, mode, h;
};

static const struct param binomial_params[] = {
	P_INT(struct binomial_opts, n, 0, 1e9, 10, .flags = PARAM_VARIES, .help = "Trials."),
	P_SHARE(struct binomial_opts, p, 0, 1, 0.5, .flags = PARAM_VARIES, .help = "Probability of a success."),
	P_END
};

static int binomial_prepare(struct call *c, struct err *e)
{
	const struct binomial_opts *o = c->opts;
	struct binomial_made *m = c->made;
	double n = (double)o->n, s;

	(void)e;
	m->p = o->p > 0.5 ? 1 - o->p : o->p;
	m->odds = m->p / (1 - m->p);
	m->least = mathx_exp(n * log_1p(-m->p));
	if (n * m->p < 10)
		return 0;
	s = sqrt(n * m->p * (1 - m->p));
	m->b = 1.15 + 2.53 * s;
	m->a = -0.0873 + 0.0248 * m->b + 0.01 * m->p;
	m->c = n * m->p + 0.5;
	m->v_r = 0.92 - 4.2 / m->b;
	m->alpha = (2.83 + 5.1 / m->b) * s;
	m->log_odds = mathx_log(m->odds);
	m->mode = floor((n + 1) * m->p);
	m->h = log_factorial(m->mode) + log_factorial(n - m->mode);
	return 0;
}

/* By inversion. */
static double binomial_small(double n, const struct binomial_made *m, struct draws *d)
{
	double u = draws_unit(d), p = m->least, k = 0;

	while (u >= p && k < n) {
		u -= p;
		k++;
		p *= m->odds * (n - k + 1) / k;
	}
	return k;
}

/* Transformed rejection, BTRS of Hoermann 1993. */
static double binomial_large(double n, const struct binomial_made *m, struct draws *d)
{
	for (;;) {
		double u = draws_unit(d) - 0.5, v = 1 - draws_unit(d), s = 0.5 - fabs(u);
		double k = floor((2 * m->a / s + m->b) * u + m->c);

		if (k < 0 || k > n)
			continue;
		if (s >= 0.07 && v <= m->v_r)
			return k;
		v = mathx_log(v * m->alpha / (m->a / (s * s) + m->b));
		if (v <= m->h - log_factorial(k) - log_factorial(n - k) + (k - m->mode) * m->log_odds)
			return k;
	}
}

static void binomial_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct binomial_opts *o = c->opts;
	const struct binomial_made *m = c->made;
	double n = (double)o->n;
	int64_t k = (int64_t)(n * m->p < 10 ? binomial_small(n, m, d) : binomial_large(n, m, d));

	(void)r;
	to->i = o->p > 0.5 ? o->n - k : k;
}

/* ---- geometric ---- */

struct geometric_opts {
	double p;
};

static const struct param geometric_params[] = {
	P_SHARE(struct geometric_opts, p, 1e-15, 1, 0.5, .flags = PARAM_VARIES, .help = "Probability of a success, above 0."),
	P_END
};

static int geometric_prepare(struct call *c, struct err *e)
{
	double p = ((const struct geometric_opts *)c->opts)->p;

	(void)e;
	*(double *)c->made = p < 1 ? log_1p(-p) : -1e300;
	return 0;
}

static void geometric_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)r;
	to->i = (int64_t)(mathx_log(1 - draws_unit(d)) / *(const double *)c->made);
}

/* ---- zipf ---- */

struct zipf_opts {
	double s;
	int64_t n;
};

struct zipf_made {
	double h_half, h_n, accept;
};

static const struct param zipf_params[] = {
	P_REAL(struct zipf_opts, s, 1e-6, 100, 1.1, .flags = PARAM_VARIES, .help = "Exponent: rank k weighs k^-s."),
	P_INT(struct zipf_opts, n, 1, 9007199254740992.0, 1000, .flags = PARAM_VARIES, .help = "Ranks."),
	P_END
};

/* (e^x - 1) / x and log(1 + x) / x, also near 0. */
static double exp_rest(double x)
{
	return fabs(x) > 1e-5 ? (mathx_exp(x) - 1) / x : 1 + x / 2 * (1 + x / 3);
}

static double log_rest(double x)
{
	return fabs(x) > 1e-5 ? log_1p(x) / x : 1 - x * (0.5 - x / 3);
}

/* The integral of x^-s, and its inverse. */
static double zipf_integral(double s, double x)
{
	double l = mathx_log(x);

	return exp_rest((1 - s) * l) * l;
}

static double zipf_inverse(double s, double y)
{
	double t = y * (1 - s);

	return mathx_exp(log_rest(t < -1 ? -1 + 1e-16 : t) * y);
}

static double zipf_weight(double s, double x)
{
	return mathx_exp(-s * mathx_log(x));
}

static int zipf_prepare(struct call *c, struct err *e)
{
	const struct zipf_opts *o = c->opts;
	struct zipf_made *m = c->made;

	(void)e;
	m->h_half = zipf_integral(o->s, 1.5) - 1;
	m->h_n = zipf_integral(o->s, (double)o->n + 0.5);
	m->accept = 2 - zipf_inverse(o->s, zipf_integral(o->s, 2.5) - zipf_weight(o->s, 2));
	return 0;
}

/* Rejection-inversion of Hoermann and Derflinger 1996. */
static void zipf_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct zipf_opts *o = c->opts;
	const struct zipf_made *m = c->made;

	(void)r;
	for (;;) {
		double u = m->h_n + draws_unit(d) * (m->h_half - m->h_n), x = zipf_inverse(o->s, u), k = floor(x + 0.5);

		k = k < 1 ? 1 : k > (double)o->n ? (double)o->n : k;
		if (k - x <= m->accept || u >= zipf_integral(o->s, k + 0.5) - zipf_weight(o->s, k)) {
			to->i = (int64_t)k;
			return;
		}
	}
}

#define ROW(n, text, like, made) \
	ROW_NAME(#n), .category = "Distributions", .help = (text), .example = (like), .out = KIND_INT, .params = n##_params, \
	.opts_size = sizeof(struct n##_opts), .made_size = sizeof(made), .prepare = n##_prepare, .value = n##_value

const struct provider pack_counts[] = {
	{ ROW(poisson, "Poisson distribution: how many independent events happen.", "2", struct poisson_made) },
	{ ROW(zipf, "Zipf distribution: ranks, the first most often.", "3", struct zipf_made) },
	{ ROW(binomial, "Binomial distribution: successes of a number of trials.", "6", struct binomial_made) },
	{ ROW(geometric, "Geometric distribution: failures before the first success.", "1", double) },
	{ .name = NULL },
};
