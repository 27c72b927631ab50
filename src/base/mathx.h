/*
 * exp, log, sin and cos with the same last digit on every machine and with every C library: event bytes depend on them.
 * Polynomials and reductions are those of fdlibm (Sun Microsystems 1993, freely granted); errors stay below 1 ulp, for sin
 * and cos as long as |x| < 1e5. The compiler must not contract to fused operations (-ffp-contract=off).
 */
#ifndef BASE_MATHX_H
#define BASE_MATHX_H

double mathx_exp(double x);             /* inf above 709.78, 0 below -745.13 */
double mathx_log(double x);             /* of positive x; -inf at 0, nan below */
double mathx_sin(double x);
double mathx_cos(double x);
double mathx_pow(double x, double y);   /* of positive x: exp(y log x), good to about 1e-14 */

#define MATHX_PI 3.14159265358979323846

#endif
