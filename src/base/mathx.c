/* Elementary functions that are the same everywhere. */
#include "base/mathx.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const double ln2_hi = 6.93147180369123816490e-01;       /* the upper 32 bits of log 2, so that n * ln2_hi is exact */
static const double ln2_lo = 1.90821492927058770002e-10;

static uint64_t bits_of(double x)
{
	uint64_t u;

	memcpy(&u, &x, sizeof u);
	return u;
}

static double from_bits(uint64_t u)
{
	double x;

	memcpy(&x, &u, sizeof x);
	return x;
}

/* x * 2^n for results that are normal; the callers split extreme n. */
static double scale2(double x, int n)
{
	return x * from_bits((uint64_t)(n + 1023) << 52);
}

double mathx_exp(double x)
{
	static const double p1 = 1.66666666666666019037e-01, p2 = -2.77777777770155933842e-03,
			    p3 = 6.61375632143793436117e-05, p4 = -1.65339022054652515390e-06,
			    p5 = 4.13813679705723846039e-08;
	double hi, lo, r, t, c, y;
	int n;

	if (!(x <= 709.782712893383973096))
		return x > 0 ? HUGE_VAL : x;
	if (x < -745.13321910194110842)
		return 0;
	n = (int)(x * 1.44269504088896338700 + (x < 0 ? -0.5 : 0.5));
	hi = x - n * ln2_hi;
	lo = n * ln2_lo;
	r = hi - lo;
	t = r * r;
	c = r - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
	y = 1 - ((lo - r * c / (2 - c)) - hi);
	if (n < -1021)
		return scale2(scale2(y, -1000), n + 1000);
	return n > 1023 ? scale2(y, 1023) * 2 : scale2(y, n);
}

double mathx_log(double x)
{
	static const double g1 = 6.666666666666735130e-01, g2 = 3.999999999940941908e-01, g3 = 2.857142874366239149e-01,
			    g4 = 2.222219843214978396e-01, g5 = 1.818357216161805012e-01,
			    g6 = 1.531383769920937332e-01, g7 = 1.479819860511658591e-01;
	double f, s, z, w, r, half;
	uint64_t u = bits_of(x);
	int k = 0;

	if (!(x > 0) || x > 1.7976931348623157e308)
		return x == 0 ? -HUGE_VAL : x > 0 ? x : NAN;
	if (x < 2.2250738585072014e-308) {
		u = bits_of(x * 18014398509481984.0);
		k = -54;
	}
	k += (int)(u >> 52) - 1023;
	f = from_bits((u & 0xfffffffffffffull) | 0x3ff0000000000000ull);
	if (f > 1.41421356237309504880) {
		f *= 0.5;
		k++;
	}
	f -= 1;
	half = 0.5 * f * f;
	s = f / (2 + f);
	z = s * s;
	w = z * z;
	r = w * (g2 + w * (g4 + w * g6)) + z * (g1 + w * (g3 + w * (g5 + w * g7)));
	return k * ln2_hi - ((half - (s * (half + r) + k * ln2_lo)) - f);
}

/* sin and cos on [-pi/4, pi/4] of x + tail. */
static double kernel_sin(double x, double tail)
{
	static const double s1 = -1.66666666666666324348e-01, s2 = 8.33333333332248946124e-03,
			    s3 = -1.98412698298579493134e-04, s4 = 2.75573137070700676789e-06,
			    s5 = -2.50507602534068634195e-08, s6 = 1.58969099521155010221e-10;
	double z = x * x, v = z * x, r = s2 + z * (s3 + z * (s4 + z * (s5 + z * s6)));

	return x - ((z * (0.5 * tail - v * r) - tail) - v * s1);
}

static double kernel_cos(double x, double tail)
{
	static const double c1 = 4.16666666666666019037e-02, c2 = -1.38888888888741095749e-03,
			    c3 = 2.48015872894767294178e-05, c4 = -2.75573143513906633035e-07,
			    c5 = 2.08757232129817482790e-09, c6 = -1.13596475577881948265e-11;
	double z = x * x, r = z * (c1 + z * (c2 + z * (c3 + z * (c4 + z * (c5 + z * c6))))), half = 0.5 * z, w = 1 - half;

	return w + (((1 - w) - half) + (z * r - x * tail));
}

/* x = n * pi/2 + (y + tail), n returned modulo 4. Three-part pi/2 keeps the difference exact for |x| < 1e5. */
static unsigned reduce(double x, double *y, double *tail)
{
	double n = floor(x * 6.36619772367581382433e-01 + 0.5);
	double r = x - n * 1.57079632673412561417e+00, w, t = r;

	w = n * 6.07710050630396597660e-11;
	r = t - w;
	w = n * 2.02226624879595063154e-21 - ((t - r) - w);
	*y = r - w;
	*tail = (r - *y) - w;
	return (unsigned)((int64_t)n & 3);
}

double mathx_sin(double x)
{
	double y, tail;

	switch (reduce(x, &y, &tail)) {
	case 0: return kernel_sin(y, tail);
	case 1: return kernel_cos(y, tail);
	case 2: return -kernel_sin(y, tail);
	default: return -kernel_cos(y, tail);
	}
}

double mathx_cos(double x)
{
	double y, tail;

	switch (reduce(x, &y, &tail)) {
	case 0: return kernel_cos(y, tail);
	case 1: return -kernel_sin(y, tail);
	case 2: return -kernel_cos(y, tail);
	default: return kernel_sin(y, tail);
	}
}

double mathx_pow(double x, double y)
{
	return mathx_exp(y * mathx_log(x));
}
