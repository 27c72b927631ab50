/* Keyed noise. */
#include "value/packs/noise.h"

#include <math.h>

#include "base/digest.h"
#include "base/mathx.h"

const char *const path_ofs[] = { "field", "device", NULL };

int path_prepare(struct call *c, struct err *e)
{
	const struct path_opts *o = c->opts;
	struct path *p = c->made;

	(void)e;
	p->named = *o->key ? digest_bytes(o->key, strlen(o->key), 0x7061746873) | 1 : 0;
	p->devices = o->of ? call_group_salt(c, "device") : 0;
	return 0;
}

uint64_t path_key(const struct call *c, const struct row *r, uint64_t purpose)
{
	const struct path *p = c->made;
	uint64_t key = rng_mix(r->seed ^ rng_mix((p->named ? p->named : c->salt) ^ purpose));

	return p->devices ? rng_mix(key + device_number(r, p->devices)) : key;
}

uint32_t device_number(const struct row *r, uint64_t salt)
{
	struct draws d = draws_of(r, salt);

	return (uint32_t)((draws_next(&d) >> 32) * DEVICES >> 32);
}

/* Wichura's AS 241, good to about 1e-16. */
double noise_quantile(double p)
{
	static const double a[] = { 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
				    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3 };
	static const double b[] = { 1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
				    2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3 };
	static const double c[] = { 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
				    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4 };
	static const double d[] = { 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
				    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9 };
	static const double f[] = { 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
				    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7 };
	static const double g[] = { 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
				    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15 };
	const double *over, *under;
	double q = p - 0.5, r, high, low;

	if (fabs(q) <= 0.425) {
		r = 0.180625 - q * q;
		over = a;
		under = b;
	} else {
		r = sqrt(-mathx_log(q < 0 ? p : 1 - p));
		over = r <= 5 ? c : f;
		under = r <= 5 ? d : g;
		r -= r <= 5 ? 1.6 : 5;
	}
	high = over[7];
	low = under[7];
	for (int i = 6; i >= 0; i--) {
		high = high * r + over[i];
		low = low * r + under[i];
	}
	if (over == a)
		return q * high / low;
	return q < 0 ? -high / low : high / low;
}

double noise_normal(uint64_t key, int64_t i)
{
	uint64_t u = rng_mix(key ^ rng_mix((uint64_t)i));

	return noise_quantile(((double)(u >> 12) + 0.5) * 0x1p-52);
}

/* One octave: between two draws along a curve without corners, with the deviation kept at 1. */
static double octave(uint64_t key, int64_t ns, int64_t period_ns)
{
	int64_t i = ns / period_ns - (ns % period_ns < 0);
	double t = (double)(ns - i * period_ns) / (double)period_ns, w = t * t * (3 - 2 * t);

	return (noise_normal(key, i) * (1 - w) + noise_normal(key, i + 1) * w) / sqrt((1 - w) * (1 - w) + w * w);
}

double noise_smooth(uint64_t key, int64_t ns, int64_t period_ns)
{
	int64_t fine = period_ns / 5 > 0 ? period_ns / 5 : 1, finest = period_ns / 29 > 0 ? period_ns / 29 : 1;

	/* Squares 0.81, 0.1444 and 0.0456. */
	return 0.9 * octave(key, ns, period_ns) + 0.38 * octave(key + 1, ns, fine) + 0.21354156504062622 * octave(key + 2, ns, finest);
}

/*
 * Every number above 0 is either a power of two or the middle of one aligned interval, so its own draw places it: a power of two
 * relative to the one before, a middle relative to both ends.
 */
double noise_walk(uint64_t key, uint64_t steps)
{
	uint64_t low = 1, width = 1, at;
	double left, right;

	if (!steps)
		return 0;
	left = noise_normal(key, 1);
	for (; steps / 2 >= low; low *= 2)
		left += sqrt((double)low) * noise_normal(key, (int64_t)(low * 2));
	if (steps == low)
		return left;
	right = left + sqrt((double)low) * noise_normal(key, (int64_t)(low * 2));
	for (width = low; width > 1; width /= 2) {
		double middle = 0.5 * (left + right) + sqrt((double)width / 4) * noise_normal(key, (int64_t)(low + width / 2));

		at = low + width / 2;
		if (steps == at)
			return middle;
		if (steps < at) {
			right = middle;
		} else {
			left = middle;
			low = at;
		}
	}
	return left;
}

double noise_reverting(uint64_t key, double theta, uint64_t steps)
{
	uint64_t width = 1, low;
	double left, right;

	/* Ends so far apart that they know nothing of each other: e^-40 is below the last digit of 1. */
	while ((double)width * theta < 40 && width < (uint64_t)1 << 62)
		width *= 2;
	low = steps / width * width;
	left = noise_normal(key, (int64_t)low);
	if (steps == low)
		return left;
	right = noise_normal(key, (int64_t)(low + width));
	while (width > 1) {
		double kept = mathx_exp(-theta * (double)(width / 2)), square = kept * kept;
		double middle = (kept * (left + right) + sqrt((1 - square) * (1 + square)) * noise_normal(key, (int64_t)(low + width / 2))) /
				(1 + square);

		width /= 2;
		if (steps == low + width)
			return middle;
		if (steps < low + width) {
			right = middle;
		} else {
			left = middle;
			low += width;
		}
	}
	return left;
}
