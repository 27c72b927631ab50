/* The parameter row as a fader: positions, steps, round numbers. */
#include "core/param.h"

#include <math.h>

#include "base/mathx.h"

/* The value at the left end of a logarithmic fader whose range starts at 0: six decades below its right end. */
static double log_floor(const struct param *p)
{
	return p->min > 0 ? p->min : p->max / 1e6;
}

double param_position(const struct param *p, double v)
{
	double lo = log_floor(p), pos;

	if (p->max <= p->min)
		return 0;
	if (p->flags & PARAM_LOG)
		pos = v <= lo ? 0 : mathx_log(v / lo) / mathx_log(p->max / lo);
	else
		pos = (v - p->min) / (p->max - p->min);
	return pos < 0 ? 0 : pos > 1 ? 1 : pos;
}

/* Rounds to `digits` significant digits, so that a knob never shows 0.35000000000000003. */
static double round_to(double v, int digits)
{
	double scale;
	int exponent;

	if (v == 0 || !isfinite(v))
		return 0;
	exponent = digits - 1 - (int)floor(log10(fabs(v)));
	scale = pow(10, exponent < 0 ? -exponent : exponent);
	return exponent < 0 ? nearbyint(v / scale) * scale : nearbyint(v * scale) / scale;
}

/* A number of nanoseconds is rounded in the unit that people read, not in ns. */
static double tidy(const struct param *p, double v)
{
	if (p->type == PARAM_INT || p->type == PARAM_SPAN || p->type == PARAM_SIZE)
		v = nearbyint(round_to(v, 3));
	return v < p->min ? p->min : v > p->max ? p->max : v;
}

double param_round(const struct param *p, double v)
{
	v = round_to(v, 5);
	return p->type == PARAM_INT || p->type == PARAM_SPAN || p->type == PARAM_SIZE ? nearbyint(v) : v;
}

double param_at(const struct param *p, double position)
{
	double lo = log_floor(p), v;

	if (position <= 0)
		return p->min;
	if (position >= 1)
		return p->max;
	if (p->flags & PARAM_LOG)
		v = round_to(lo * mathx_exp(position * mathx_log(p->max / lo)), 2);
	else
		v = p->min + position * (p->max - p->min);
	return tidy(p, p->flags & PARAM_LOG ? v : round_to(v, 3));
}

/* A round step: a hundredth of the range, as 1, 2 or 5 times a power of ten. */
static double linear_step(const struct param *p)
{
	double want = p->step > 0 ? p->step : (p->max - p->min) / 100, power, digit;

	if (p->step > 0)
		return want;
	power = pow(10, floor(log10(want)));
	digit = want / power;
	want = (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power;
	if ((p->type == PARAM_INT || p->type == PARAM_SIZE) && want < 1)
		want = 1;
	return want;
}

double param_nudged(const struct param *p, double v, double n)
{
	double lo = log_floor(p), step, to;

	if (p->flags & PARAM_LOG) {
		/* A twentieth of a decade, about 12 %: a decade is two coarse steps. */
		if (v < lo)
			return n > 0 ? tidy(p, lo) : p->min;
		to = round_to(v * mathx_exp(n * mathx_log(10) / 20), fabs(n) < 1 ? 4 : 3);
		if (p->type == PARAM_INT && nearbyint(to) == v)
			to = v + (n > 0 ? 1 : -1);
		if (to < lo && p->min < lo)
			return p->min;
		return tidy(p, to);
	}
	step = linear_step(p) * fabs(n);
	if ((p->type == PARAM_INT || p->type == PARAM_SIZE) && step < 1)
		step = 1;
	/* To the next multiple of the step, so that typed values fall back into line. */
	to = n > 0 ? (floor(v / step + 1e-9) + 1) * step : (ceil(v / step - 1e-9) - 1) * step;
	return tidy(p, round_to(to, 9));
}
