/* Distributions within bounds. */
#include "value/packs/bounded.h"

#include <math.h>
#include <stdlib.h>

#include "base/mathx.h"
#include "base/num.h"

enum { STEPS = 128 };

int bounds_real(const char *name, const char *text, double *to, struct err *e)
{
	return num_real(text, to, e) < 0 ? err_wrap(e, "%s", name) : 0;
}

/* The nearest value with the decimals that is not below (way 1) or above (way -1) the bound. */
static double inward(const struct bounds *b, double bound, int way)
{
	double k;

	if (!(b->power > 0) || !(fabs(bound) * b->power < 0x1p53))
		return bound;
	k = floor(bound * b->power + 0.5);
	if (way * (k / b->power - bound) < 0)
		k += way;
	return k / b->power;
}

/* Where decimals leave nothing the bounds are shown as they were written. */
static int bounds_round(struct bounds *b, const char *min, const char *max, const char *decimals, struct err *e)
{
	int64_t n;

	if (b->low > b->high)
		return err_set(e, ERR_INPUT, "min: %.40s is above max, which is %.40s", min, max);
	if (strcmp(decimals, "auto") == 0)
		return 0;
	if (num_int(decimals, &n, e) < 0 || n < 0 || n > 17)
		return err_set(e, ERR_INPUT, "decimals: takes auto or 0 to 17, not '%.40s'", decimals);
	b->power = n < 17 ? (double)schema_power10((unsigned)n) : 1e17;
	b->low = inward(b, b->low, 1);
	b->high = inward(b, b->high, -1);
	if (b->low > b->high)
		return err_set(e, ERR_INPUT, "decimals: nothing with %d of them is between %.40s and %.40s", (int)n, min, max);
	return 0;
}

int bounds_read(struct bounds *b, const char *min, const char *max, const char *decimals, struct err *e)
{
	*b = (struct bounds){ .low = -HUGE_VAL, .high = HUGE_VAL };
	if ((*min && bounds_real("min", min, &b->low, e) < 0) || (*max && bounds_real("max", max, &b->high, e) < 0))
		return -1;
	return bounds_round(b, min, max, decimals, e);
}

int bounds_between(struct bounds *b, double min, double max, const char *decimals, struct err *e)
{
	char low[NUM_TEXT], high[NUM_TEXT];

	*b = (struct bounds){ .low = min, .high = max };
	low[num_put_real(low, min)] = '\0';
	high[num_put_real(high, max)] = '\0';
	return bounds_round(b, low, high, decimals, e);
}

int bounds_above(struct bounds *b, double least, struct err *e)
{
	if (b->high < least)
		return err_set(e, ERR_INPUT, "max: %g is below %g, where the values begin", b->high, least);
	if (b->low < least)
		b->low = least;
	return 0;
}

double bounds_keep(const struct bounds *b, double x)
{
	if (b->power > 0 && fabs(x) * b->power < 0x1p53)
		x = floor(x * b->power + 0.5) / b->power;
	if (x < b->low)
		return b->low;
	return x > b->high ? b->high : x;
}

/* ---- stairs ---- */

/* Where, from the peak towards the bound, the density has fallen below e^-45 of the peak, or the bound. */
static double tightened(const struct stairs *s, double peak, double bound, double way)
{
	double least = s->log_density(s, peak) - 45, far = peak, near = peak, step = 1e-3 + fabs(peak) * 1e-3;

	for (int i = 0; i < 2000 && s->log_density(s, far) > least; i++) {
		near = far;
		far += way * step;
		step *= 2;
		if (way * (far - bound) >= 0) {
			if (s->log_density(s, bound) > least)
				return bound;
			far = bound;
			break;
		}
	}
	for (int i = 0; i < 40; i++) {
		double mid = near + (far - near) / 2;

		*(s->log_density(s, mid) > least ? &near : &far) = mid;
	}
	return far;
}

int stairs_init(struct stairs *s, double low, double high, double peak, struct err *e)
{
	double weights[STEPS], most;

	peak = peak < low ? low : peak > high ? high : peak;
	most = s->log_density(s, peak);
	s->low = tightened(s, peak, low, -1);
	s->width = (tightened(s, peak, high, 1) - s->low) / STEPS;
	s->height = malloc(STEPS * sizeof *s->height);
	if (!s->height)
		return err_memory(e);
	for (int i = 0; i < STEPS; i++) {
		double from = s->low + i * s->width, to = from + s->width, a = s->log_density(s, from), b = s->log_density(s, to);

		s->height[i] = peak >= from && peak <= to ? most : a > b ? a : b;
		weights[i] = mathx_exp(s->height[i] - most);
	}
	if (alias_init(&s->alias, weights, STEPS) < 0) {
		stairs_free(s);
		return err_memory(e);
	}
	return 0;
}

void stairs_free(struct stairs *s)
{
	alias_free(&s->alias);
	free(s->height);
	s->height = NULL;
}

double stairs_draw(const struct stairs *s, struct draws *d)
{
	for (;;) {
		uint32_t i = alias_pick(&s->alias, draws_next(d));
		double x = s->low + ((double)i + draws_unit(d)) * s->width;

		if (draws_unit(d) < mathx_exp(s->log_density(s, x) - s->height[i]))
			return x;
	}
}

/* ---- normal and exponential ---- */

static double normal_log_density(const struct stairs *s, double x)
{
	(void)s;
	return -0.5 * x * x;
}

int bounded_normal_init(struct bounded_normal *n, double mean, double sd, double low, double high, bool plain, struct err *e)
{
	*n = (struct bounded_normal){ .mean = mean, .sd = sd, .plain = plain };
	if (!(sd > 0)) {
		n->redraw = true;
		n->within = (struct bounds){ .low = -HUGE_VAL, .high = HUGE_VAL };
		return mean < low || mean > high ? err_set(e, ERR_INPUT, "sd: with 0 every value is %g, outside min and max", mean) : 0;
	}
	n->within = (struct bounds){ .low = (low - mean) / sd, .high = (high - mean) / sd };
	/* Bounds around the mean that are 2.5 deviations apart hold at least 0.49. */
	n->redraw = n->within.low <= 0 && n->within.high >= 0 && n->within.high - n->within.low >= 2.5;
	if (n->redraw || plain)
		return 0;
	n->stairs.log_density = normal_log_density;
	return stairs_init(&n->stairs, n->within.low, n->within.high, 0, e);
}

/* Between low and high, of which one may be infinite, by proposals that are uniform or exponential (Robert 1995). */
static double plain_draw(double low, double high, struct draws *d)
{
	double mirror = high <= 0 ? -1 : 1, a = mirror < 0 ? -high : low, b = mirror < 0 ? -low : high, rate, x;
	/* Around the middle, and where the density hardly falls, all alike is near enough to be corrected. */
	bool level = a < 0 || b - a < 1 / (1 + a);
	double most = a > 0 ? a * a : 0;

	if (a > 1e6)                    /* 1 / a wide, and there exactly exponential but for the last digits */
		return mirror * fmin(b, a - mathx_log(1 - draws_unit(d)) / a);
	rate = (a + sqrt(a * a + 4)) / 2;
	for (;;) {
		double u = draws_unit(d), accept = draws_unit(d);

		x = level ? a + u * (b - a) : a - mathx_log(1 - u) / rate;
		if (x <= b && accept < mathx_exp(level ? (most - x * x) / 2 : -(x - rate) * (x - rate) / 2))
			return mirror * x;
	}
}

double bounded_normal_draw(const struct bounded_normal *n, struct draws *d)
{
	struct rng g;
	double z;

	if (!n->redraw && n->plain)
		return n->mean + n->sd * plain_draw(n->within.low, n->within.high, d);
	if (!n->redraw)
		return n->mean + n->sd * stairs_draw(&n->stairs, d);
	g = draws_rng(d);
	do
		z = rng_normal(&g);
	while (z < n->within.low || z > n->within.high);
	return n->mean + n->sd * z;
}

double bounded_exp(struct draws *d, double low, double high)
{
	double u = draws_unit(d), width = high - low;

	if (width > 745)
		return low - mathx_log(1 - u);
	if (width < 1e-6)               /* the density is a straight line */
		return low + width * u * (1 - 0.5 * width * (1 - u));
	return low - mathx_log(1 - u * (1 - mathx_exp(-width)));
}
