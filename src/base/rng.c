/* Keyed random streams. */
#include "base/rng.h"

#include <math.h>
#include <string.h>

#include "base/digest.h"
#include "base/mathx.h"
#include "base/ziggurat.h"

uint64_t rng_key(uint64_t seed, const char *owner, const char *purpose, uint64_t number)
{
	uint64_t key = digest_bytes(owner, strlen(owner), rng_mix(seed));

	key = digest_bytes(purpose, strlen(purpose), key);
	return rng_mix(key ^ rng_mix(number));
}

void rng_seed(struct rng *r, uint64_t key)
{
	for (int i = 0; i < 4; i++)
		r->s[i] = rng_mix(key + (uint64_t)i * 0x9e3779b97f4a7c15);
}

/* The normal density beyond x[1] (Marsaglia 1964). */
static double normal_tail(struct rng *r)
{
	double x, y;

	do {
		x = rng_exp(r) / ziggurat_x[1];
		y = rng_exp(r);
	} while (y + y < x * x);
	return ziggurat_x[1] + x;
}

double rng_normal(struct rng *r)
{
	for (;;) {
		uint64_t u = rng_next(r);
		unsigned i = (unsigned)(u & 255);
		double x = (double)(u >> 11) * 0x1p-53 * ziggurat_x[i];
		double sign = u & 256 ? -1 : 1;

		if (x < ziggurat_x[i + 1])
			return sign * x;
		if (i == 0)
			return sign * normal_tail(r);
		if (ziggurat_f[i] + (ziggurat_f[i + 1] - ziggurat_f[i]) * rng_unit(r) < mathx_exp(-0.5 * x * x))
			return sign * x;
	}
}

double rng_exp(struct rng *r)
{
	return -mathx_log(1 - rng_unit(r));
}

/* Counting arrivals below 10 (exact); above, the sum of smaller ones, which is exact too and still cheap for the means here. */
uint64_t rng_poisson(struct rng *r, double mean)
{
	uint64_t n = 0;
	double limit, product = 1;

	if (!(mean > 0))
		return 0;
	if (mean > 1e4)                 /* the skewness is below 1 %, and nobody waits for 10,000 draws */
		return (uint64_t)fmax(0, floor(mean + sqrt(mean) * rng_normal(r) + 0.5));
	for (; mean > 10; mean -= 10)
		n += rng_poisson(r, 10);
	limit = mathx_exp(-mean);
	for (product = rng_unit(r); product > limit; product *= rng_unit(r))
		n++;
	return n;
}
