/* Distributions of real numbers. */
#include "value/packs/packs.h"

#include <math.h>

#include "base/mathx.h"
#include "value/packs/bounded.h"

#define SMALLEST 1e-300                 /* of what must be above 0 */

/* ---- uniform, triangular ---- */

struct uniform_opts {
	double min, mode, max;
	char *decimals;
};

static const struct param uniform_params[] = {
	P_REAL(struct uniform_opts, min, -1e300, 1e300, 0, .flags = PARAM_VARIES, .help = "Smallest value."),
	P_REAL(struct uniform_opts, max, -1e300, 1e300, 1, .flags = PARAM_VARIES, .help = "Largest value."),
	P_DECIMALS(struct uniform_opts),
	P_END
};

static const struct param triangular_params[] = {
	P_REAL(struct uniform_opts, min, -1e300, 1e300, 0, .flags = PARAM_VARIES, .help = "Smallest value."),
	P_REAL(struct uniform_opts, mode, -1e300, 1e300, 0.5, .flags = PARAM_VARIES, .help = "Most frequent value."),
	P_REAL(struct uniform_opts, max, -1e300, 1e300, 1, .flags = PARAM_VARIES, .help = "Largest value."),
	P_DECIMALS(struct uniform_opts),
	P_END
};

static int uniform_prepare(struct call *c, struct err *e)
{
	const struct uniform_opts *o = c->opts;

	return bounds_between(c->made, o->min, o->max, o->decimals, e);
}

static void uniform_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct uniform_opts *o = c->opts;
	double u = draws_unit(d);

	(void)r;
	to->r = bounds_keep(c->made, o->min * (1 - u) + o->max * u);
}

static int triangular_prepare(struct call *c, struct err *e)
{
	const struct uniform_opts *o = c->opts;

	if (o->mode < o->min || o->mode > o->max)
		return err_set(e, ERR_INPUT, "mode: %g is outside min and max", o->mode);
	return uniform_prepare(c, e);
}

static void triangular_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct uniform_opts *o = c->opts;
	double u = draws_unit(d), width = o->max - o->min, x = o->min;

	(void)r;
	if (width > 0 && u * width < o->mode - o->min)
		x = o->min + sqrt(u * width * (o->mode - o->min));
	else if (width > 0)
		x = o->max - sqrt((1 - u) * width * (o->max - o->mode));
	to->r = bounds_keep(c->made, x);
}

/* ---- normal, lognormal ---- */

struct normal_opts {
	double mean, sd;
	char *min, *max, *decimals;
};

struct normal_made {
	struct bounds bounds;
	struct bounded_normal normal;
};

static const struct param normal_params[] = {
	P_REAL(struct normal_opts, mean, -1e300, 1e300, 0, .flags = PARAM_VARIES, .help = "Mean."),
	P_REAL(struct normal_opts, sd, 0, 1e300, 1, .flags = PARAM_VARIES, .help = "Standard deviation."),
	P_BOUNDS(struct normal_opts),
	P_END
};

static int normal_prepare(struct call *c, struct err *e)
{
	const struct normal_opts *o = c->opts;
	struct normal_made *m = c->made;

	if (bounds_read(&m->bounds, o->min, o->max, o->decimals, e) < 0)
		return -1;
	return bounded_normal_init(&m->normal, o->mean, o->sd, m->bounds.low, m->bounds.high, c->varies, e);
}

static void normal_release(struct call *c)
{
	stairs_free(&((struct normal_made *)c->made)->normal.stairs);
}

static void normal_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct normal_made *m = c->made;

	(void)r;
	to->r = bounds_keep(&m->bounds, bounded_normal_draw(&m->normal, d));
}

struct lognormal_opts {
	double median, sigma;
	char *mu, *p95, *min, *max, *decimals;
};

static const struct param lognormal_params[] = {
	P_REAL(struct lognormal_opts, median, SMALLEST, 1e300, 1, .flags = PARAM_VARIES, .help = "Median; the logarithm of it is mu."),
	P_REAL(struct lognormal_opts, sigma, 0, 100, 1, .flags = PARAM_VARIES, .help = "Standard deviation of the logarithm."),
	P_TEXT(struct lognormal_opts, mu, "", .help = "Mean of the logarithm, instead of the median."),
	P_TEXT(struct lognormal_opts, p95, "", .help = "What 95 of 100 values stay below, instead of sigma."),
	P_BOUNDS(struct lognormal_opts),
	P_END
};

static int lognormal_prepare(struct call *c, struct err *e)
{
	const struct lognormal_opts *o = c->opts;
	struct normal_made *m = c->made;
	double mu = mathx_log(o->median), sigma = o->sigma, p95;

	if (*o->mu && bounds_real("mu", o->mu, &mu, e) < 0)
		return -1;
	if (mu < -690 || mu > 690)
		return err_set(e, ERR_INPUT, "mu: takes -690 to 690, not %g", mu);
	if (*o->p95) {
		if (bounds_real("p95", o->p95, &p95, e) < 0)
			return -1;
		if (!(p95 >= mathx_exp(mu)))
			return err_set(e, ERR_INPUT, "p95: %g is below the median, which is %g", p95, mathx_exp(mu));
		sigma = (mathx_log(p95) - mu) / 1.6448536269514722;     /* the normal distribution's 95 % */
		sigma = sigma > 0 ? sigma : 0;
	}
	if (bounds_read(&m->bounds, o->min, o->max, o->decimals, e) < 0 || bounds_above(&m->bounds, 0, e) < 0)
		return -1;
	if (m->bounds.high <= 0)
		return err_set(e, ERR_INPUT, "max: every value is above 0");
	return bounded_normal_init(&m->normal, mu, sigma, m->bounds.low > 0 ? mathx_log(m->bounds.low) : -HUGE_VAL,
				   m->bounds.high < HUGE_VAL ? mathx_log(m->bounds.high) : HUGE_VAL, c->varies, e);
}

static void lognormal_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct normal_made *m = c->made;
	double x = mathx_exp(bounded_normal_draw(&m->normal, d));

	(void)r;
	to->r = bounds_keep(&m->bounds, x < 1e308 ? x : 1e308);
}

/* ---- exponential, Pareto, Weibull: powers and logarithms of one exponential ---- */

struct tail_opts {
	double mean, xm, alpha, shape, scale;
	char *rate, *min, *max, *decimals;
};

struct tail_made {
	struct bounds bounds;
	double scale, low, high;        /* the exponential's bounds */
};

static const struct param exponential_params[] = {
	P_REAL(struct tail_opts, mean, SMALLEST, 1e300, 1, .flags = PARAM_VARIES, .help = "Mean."),
	P_TEXT(struct tail_opts, rate, "", .help = "1 / mean, instead of the mean."),
	P_BOUNDS(struct tail_opts),
	P_END
};

static const struct param pareto_params[] = {
	P_REAL(struct tail_opts, xm, SMALLEST, 1e300, 1, .flags = PARAM_VARIES, .help = "Smallest value."),
	P_REAL(struct tail_opts, alpha, 1e-3, 1e6, 1.16, .flags = PARAM_VARIES, .help = "Weight of the tail: the smaller, the heavier; 1.16 is 80 to 20."),
	P_TEXT(struct tail_opts, max, "", .flags = PARAM_VARIES, .help = "Largest value; none when empty."),
	P_DECIMALS(struct tail_opts),
	P_END
};

static const struct param weibull_params[] = {
	P_REAL(struct tail_opts, shape, 1e-3, 1e6, 1.5, .flags = PARAM_VARIES, .help = "Shape: below 1 failures get rarer with time, above 1 more frequent."),
	P_REAL(struct tail_opts, scale, SMALLEST, 1e300, 1, .flags = PARAM_VARIES, .help = "What 63.2 of 100 values stay below."),
	P_BOUNDS(struct tail_opts),
	P_END
};

static int exponential_prepare(struct call *c, struct err *e)
{
	const struct tail_opts *o = c->opts;
	struct tail_made *m = c->made;
	double rate;

	m->scale = o->mean;
	if (*o->rate) {
		if (bounds_real("rate", o->rate, &rate, e) < 0)
			return -1;
		if (!(rate >= SMALLEST))
			return err_set(e, ERR_INPUT, "rate: must be above 0, not %g", rate);
		m->scale = 1 / rate;
	}
	if (bounds_read(&m->bounds, o->min, o->max, o->decimals, e) < 0 || bounds_above(&m->bounds, 0, e) < 0)
		return -1;
	m->low = m->bounds.low / m->scale;
	m->high = m->bounds.high / m->scale;
	return m->low < 1e15 ? 0 : err_set(e, ERR_INPUT, "min: %g is too far above the mean, which is %g", m->bounds.low, m->scale);
}

static void exponential_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct tail_made *m = c->made;

	(void)r;
	to->r = bounds_keep(&m->bounds, m->scale * bounded_exp(d, m->low, m->high));
}

static int pareto_prepare(struct call *c, struct err *e)
{
	const struct tail_opts *o = c->opts;
	struct tail_made *m = c->made;

	if (bounds_read(&m->bounds, "", o->max, o->decimals, e) < 0)
		return -1;
	if (m->bounds.high < o->xm)
		return err_set(e, ERR_INPUT, "max: %g is below xm, which is %g", m->bounds.high, o->xm);
	m->high = m->bounds.high < HUGE_VAL ? o->alpha * (mathx_log(m->bounds.high) - mathx_log(o->xm)) : HUGE_VAL;
	if (m->bounds.high >= HUGE_VAL)
		m->bounds.high = 1e308;
	return 0;
}

static void pareto_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct tail_opts *o = c->opts;
	const struct tail_made *m = c->made;

	(void)r;
	to->r = bounds_keep(&m->bounds, o->xm * mathx_exp(bounded_exp(d, 0, m->high) / o->alpha));
}

static int weibull_prepare(struct call *c, struct err *e)
{
	const struct tail_opts *o = c->opts;
	struct tail_made *m = c->made;

	if (bounds_read(&m->bounds, o->min, o->max, o->decimals, e) < 0 || bounds_above(&m->bounds, 0, e) < 0)
		return -1;
	m->low = m->bounds.low > 0 ? mathx_pow(m->bounds.low / o->scale, o->shape) : 0;
	m->high = m->bounds.high <= 0 ? 0 : m->bounds.high < HUGE_VAL ? mathx_pow(m->bounds.high / o->scale, o->shape) : HUGE_VAL;
	if (m->bounds.high >= HUGE_VAL)
		m->bounds.high = 1e308;
	return m->low < 1e15 ? 0 : err_set(e, ERR_INPUT, "min: %g is too far above the scale, which is %g", m->bounds.low, o->scale);
}

static void weibull_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct tail_opts *o = c->opts;
	const struct tail_made *m = c->made;
	double x = bounded_exp(d, m->low, m->high);

	(void)r;
	to->r = bounds_keep(&m->bounds, x > 0 ? o->scale * mathx_pow(x, 1 / o->shape) : 0);
}

/* ---- table ---- */

#define ROW(n, alias, o, params_, opts, made, text, like) \
	ROW_NAME(n), .aliases = (alias), .category = "Distributions", .help = (text), .example = (like), .out = KIND_REAL, \
	.params = (params_), .opts_size = sizeof(struct opts), .made_size = sizeof(struct made), .prepare = o##_prepare, .value = o##_value

const struct provider pack_continuous[] = {
	{ ROW("uniform", NULL, uniform, uniform_params, uniform_opts, bounds, "A real number, all between two bounds alike.", "0.4817") },
	{ ROW("normal", "gaussian", normal, normal_params, normal_opts, normal_made, "Normal distribution.", "0.8147"),
	  .release = normal_release },
	{ ROW("lognormal", NULL, lognormal, lognormal_params, lognormal_opts, normal_made,
	      "Lognormal distribution: waiting times, amounts, sizes.", "1.62"), .release = normal_release },
	{ ROW("exponential", NULL, exponential, exponential_params, tail_opts, tail_made,
	      "Exponential distribution: time between independent events.", "0.717") },
	{ ROW("pareto", NULL, pareto, pareto_params, tail_opts, tail_made, "Pareto distribution: few large values, many small ones.", "1.84") },
	{ ROW("weibull", NULL, weibull, weibull_params, tail_opts, tail_made, "Weibull distribution: lifetimes.", "0.93") },
	{ ROW("triangular", NULL, triangular, triangular_params, uniform_opts, bounds,
	      "Triangular distribution: a guess of least, most likely and most.", "0.57") },
	{ .name = NULL },
};
