/* Gamma, beta and histogram: real numbers that take more than one draw. */
#include "value/packs/packs.h"

#include <math.h>
#include <stdlib.h>

#include "base/mathx.h"
#include "value/packs/bounded.h"

/* ---- gamma ---- */

struct gamma_opts {
	double shape, scale;
	char *min, *max, *decimals;
};

struct gamma_made {
	struct bounds bounds;
	bool bounded;
	struct stairs stairs;             /* of x, or of x^shape where the density of x has a pole at 0 */
};

static const struct param gamma_params[] = {
	P_REAL(struct gamma_opts, shape, 1e-3, 1e12, 2, .flags = PARAM_VARIES, .help = "Shape: the mean is shape times scale."),
	P_REAL(struct gamma_opts, scale, 1e-300, 1e280, 1, .flags = PARAM_VARIES, .help = "Scale."),
	P_BOUNDS(struct gamma_opts),
	P_END
};

/* The logarithm of a draw with scale 1 (Marsaglia and Tsang 2000). */
static double gamma_log(double shape, struct rng *g)
{
	double boost = 0, a, b;

	if (shape < 1) {
		boost = mathx_log(1 - rng_unit(g)) / shape;
		shape += 1;
	}
	a = shape - 1.0 / 3;
	b = 1 / sqrt(9 * a);
	for (;;) {
		double z = rng_normal(g), v = 1 + b * z, cube = v * v * v;

		if (v > 0 && mathx_log(1 - rng_unit(g)) < 0.5 * z * z + a - a * cube + a * mathx_log(cube))
			return mathx_log(a * cube) + boost;
	}
}

static double gamma_density(const struct stairs *s, double x)
{
	if (s->shape < 1)               /* of x^shape: without a pole */
		return x > 0 ? -mathx_exp(mathx_log(x) / s->shape) : 0;
	if (s->shape <= 1)
		return -x;
	return x > 0 ? (s->shape - 1) * mathx_log(x / (s->shape - 1)) - (x - (s->shape - 1)) : -1e300;
}

/* A bound of x as one of what the stairs are over. */
static double gamma_place(double shape, double x)
{
	return shape < 1 && x > 0 && x < HUGE_VAL ? mathx_pow(x, shape) : x;
}

static int gamma_prepare(struct call *c, struct err *e)
{
	const struct gamma_opts *o = c->opts;
	struct gamma_made *m = c->made;

	if (bounds_read(&m->bounds, o->min, o->max, o->decimals, e) < 0 || bounds_above(&m->bounds, 0, e) < 0)
		return -1;
	m->bounded = m->bounds.low > 0 || m->bounds.high < HUGE_VAL;
	if (!m->bounded)
		return 0;
	if (!(m->bounds.low / o->scale < 1e15))
		return err_set(e, ERR_INPUT, "min: %g is too far above the scale, which is %g", m->bounds.low, o->scale);
	if (c->varies)
		return err_set(e, ERR_INPUT, "%s: bounds take a shape and scale that are constants", m->bounds.low > 0 ? "min" : "max");
	m->stairs.shape = o->shape;
	m->stairs.log_density = gamma_density;
	return stairs_init(&m->stairs, gamma_place(o->shape, m->bounds.low / o->scale), gamma_place(o->shape, m->bounds.high / o->scale),
			  o->shape > 1 ? o->shape - 1 : 0, e);
}

static void gamma_release(struct call *c)
{
	stairs_free(&((struct gamma_made *)c->made)->stairs);
}

static void gamma_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct gamma_opts *o = c->opts;
	const struct gamma_made *m = c->made;
	struct rng g;
	double x;

	(void)r;
	if (m->bounded) {
		x = stairs_draw(&m->stairs, d);
		if (o->shape < 1)
			x = x > 0 ? mathx_pow(x, 1 / o->shape) : 0;
	} else {
		g = draws_rng(d);
		x = mathx_exp(gamma_log(o->shape, &g));
	}
	to->r = bounds_keep(&m->bounds, x * o->scale);
}

/* ---- beta ---- */

struct beta_opts {
	double alpha, beta, min, max;
	char *decimals;
};

static const struct param beta_params[] = {
	P_REAL(struct beta_opts, alpha, 1e-3, 1e12, 2, .flags = PARAM_VARIES, .help = "First shape: larger draws to max."),
	P_REAL(struct beta_opts, beta, 1e-3, 1e12, 2, .flags = PARAM_VARIES, .help = "Second shape: larger draws to min."),
	P_REAL(struct beta_opts, min, -1e300, 1e300, 0, .flags = PARAM_VARIES, .help = "Smallest value."),
	P_REAL(struct beta_opts, max, -1e300, 1e300, 1, .flags = PARAM_VARIES, .help = "Largest value."),
	P_DECIMALS(struct beta_opts),
	P_END
};

static int beta_prepare(struct call *c, struct err *e)
{
	const struct beta_opts *o = c->opts;

	return bounds_between(c->made, o->min, o->max, o->decimals, e);
}

static void beta_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct beta_opts *o = c->opts;
	struct rng g = draws_rng(d);
	double a = gamma_log(o->alpha, &g), b = gamma_log(o->beta, &g), x = 1 / (1 + mathx_exp(b - a));

	(void)r;
	to->r = bounds_keep(c->made, o->min * (1 - x) + o->max * x);
}

/* ---- histogram ---- */

struct histogram_opts {
	char *bins;
};

struct histogram_made {
	struct alias alias;
	double *low, *high;             /* one array */
};

enum { BINS = 4096 };

static const struct param histogram_params[] = {
	P_TEXT(struct histogram_opts, bins, "0:1:1", .flags = PARAM_LIST | PARAM_NEEDED, .help = "low:high:weight of each bin, separated by commas."),
	P_END
};

/* One bin of "0:10:5". */
static int read_bin(const char *at, size_t n, double *low, double *high, double *weight, struct err *e)
{
	char text[128], *parts[3] = { text };
	double *const to[] = { low, high, weight };
	int found = 1;

	if (n >= sizeof text)
		return err_set(e, ERR_INPUT, "bins: '%.40s...' is no bin", at);
	memcpy(text, at, n);
	text[n] = '\0';
	for (char *s = text; *s; s++) {
		if (*s != ':')
			continue;
		*s = '\0';
		if (found < 3)
			parts[found] = s + 1;
		found++;
	}
	if (found != 3)
		return err_set(e, ERR_INPUT, "bins: '%.*s' is not low:high:weight", (int)(n < 40 ? n : 40), at);
	for (int i = 0; i < 3; i++) {
		parts[i] += strspn(parts[i], " ");
		if (bounds_real("bins", parts[i], to[i], e) < 0)
			return -1;
	}
	if (*low > *high || *weight < 0)
		return err_set(e, ERR_INPUT, "bins: '%.*s' has %s", (int)(n < 40 ? n : 40), at, *weight < 0 ? "a negative weight" : "low above high");
	return 0;
}

static int histogram_prepare(struct call *c, struct err *e)
{
	const struct histogram_opts *o = c->opts;
	struct histogram_made *m = c->made;
	double *weights;
	uint32_t n = 1, i = 0;
	int status = 0;

	for (const char *s = o->bins; *s; s++)
		n += *s == ',';
	if (n > BINS)
		return err_set(e, ERR_INPUT, "bins: takes at most %d, not %u", BINS, n);
	m->low = malloc(2 * n * sizeof *m->low);
	weights = malloc(n * sizeof *weights);
	m->high = m->low ? m->low + n : NULL;
	if (!m->low || !weights)
		status = err_memory(e);
	for (const char *s = o->bins; status == 0 && i < n; i++) {
		size_t width = strcspn(s, ",");

		status = read_bin(s, width, &m->low[i], &m->high[i], &weights[i], e);
		s += width + (s[width] == ',');
	}
	if (status == 0 && alias_init(&m->alias, weights, n) < 0)
		status = err_set(e, ERR_INPUT, "bins: no weight is above 0");
	free(weights);
	return status;
}

static void histogram_release(struct call *c)
{
	struct histogram_made *m = c->made;

	alias_free(&m->alias);
	free(m->low);
}

static void histogram_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct histogram_made *m = c->made;
	uint32_t i = alias_pick(&m->alias, draws_next(d));
	double u = draws_unit(d);

	(void)r;
	to->r = m->low[i] * (1 - u) + m->high[i] * u;
}

const struct provider pack_gammas[] = {
	{ ROW_NAME("gamma"), .category = "Distributions", .help = "Gamma distribution: the sum of waiting times.", .example = "1.678",
	  .out = KIND_REAL, .params = gamma_params, .opts_size = sizeof(struct gamma_opts), .made_size = sizeof(struct gamma_made),
	  .prepare = gamma_prepare, .release = gamma_release, .value = gamma_value },
	{ ROW_NAME("beta"), .category = "Distributions", .help = "Beta distribution, scaled to two bounds: shares and scores.", .example = "0.43",
	  .out = KIND_REAL, .params = beta_params, .opts_size = sizeof(struct beta_opts), .made_size = sizeof(struct bounds),
	  .prepare = beta_prepare, .value = beta_value },
	{ ROW_NAME("histogram"), .category = "Distributions", .help = "A bin by weight, and within it all alike.", .example = "0.71",
	  .out = KIND_REAL, .params = histogram_params, .opts_size = sizeof(struct histogram_opts), .made_size = sizeof(struct histogram_made),
	  .prepare = histogram_prepare, .release = histogram_release, .value = histogram_value },
	{ .name = NULL },
};
