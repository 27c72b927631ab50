/*
 * Noise that is a function of a key and a place, never of what was made before: values with memory that any row can be asked for.
 *
 * Each whole number has a keyed normal draw. Noise over time runs smoothly from one to the next, so that neighbouring instants
 * differ little; a walk and a reverting process are halved from known ends (Levy's construction), so that their value after any
 * number of steps costs the logarithm of that number.
 */
#ifndef VALUE_PACKS_NOISE_H
#define VALUE_PACKS_NOISE_H

#include <stdint.h>

double noise_quantile(double p);                        /* of the normal distribution, 0 < p < 1 */
double noise_normal(uint64_t key, int64_t i);           /* independent normal draws, one per i */
/* Normal at every instant, with mean 0 and deviation 1; changes within about a period. */
double noise_smooth(uint64_t key, int64_t ns, int64_t period_ns);
double noise_walk(uint64_t key, uint64_t steps);        /* the sum of that many normal draws */
/* Ornstein-Uhlenbeck of deviation 1 after so many steps; `theta` > 0 is what a step takes back. */
double noise_reverting(uint64_t key, double theta, uint64_t steps);

#endif
