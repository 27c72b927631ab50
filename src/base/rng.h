/*
 * Keyed random streams and the basic draws: xoshiro256++ seeded by splitmix64 (Blackman and Vigna, public domain).
 *
 * A stream is named by (seed, owner, purpose, number), so that adding an owner or a purpose disturbs no other. The draws
 * give the same values on every machine; a change of any of them is a change of users' bytes.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

struct rng {
	uint64_t s[4];
};

/* The key of a stream. Texts are hashed, so this belongs into set-up, not into the hot path. */
uint64_t rng_key(uint64_t seed, const char *owner, const char *purpose, uint64_t number);

/* splitmix64's finalizer: a bijection that scatters. */
static inline uint64_t rng_mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

void rng_seed(struct rng *r, uint64_t key);

double rng_normal(struct rng *r);               /* mean 0, deviation 1; ziggurat of 256 layers */
double rng_exp(struct rng *r);                  /* mean 1 */
uint64_t rng_poisson(struct rng *r, double mean);

static inline uint64_t rng_next(struct rng *r)
{
	uint64_t *s = r->s, t = s[1] << 17, sum = s[0] + s[3], out = (sum << 23 | sum >> 41) + s[0];

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = s[3] << 45 | s[3] >> 19;
	return out;
}

/* Uniform in [0, 1), all 53 bits. */
static inline double rng_unit(struct rng *r)
{
	return (double)(rng_next(r) >> 11) * 0x1p-53;
}

/* Uniform in 0 .. n-1, n > 0; exact (Lemire 2019, with rejection). */
static inline uint64_t rng_below(struct rng *r, uint64_t n)
{
	unsigned __int128 m = (unsigned __int128)rng_next(r) * n;

	if ((uint64_t)m < n) {
		uint64_t least = -n % n;

		while ((uint64_t)m < least)
			m = (unsigned __int128)rng_next(r) * n;
	}
	return (uint64_t)(m >> 64);
}

#endif
