/*
 * Keyed draws: value i of a field depends on (seed, row i, the field's name) and on nothing else, so any row can be made alone and
 * adding a field leaves the others as they were. The stream of a field in a row is splitmix64 (Steele, Lea and Flood 2014) from
 * (row key ^ salt). A change of any draw is a change of users' bytes.
 */
#ifndef VALUE_DRAWS_H
#define VALUE_DRAWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/rng.h"

struct draws {
	uint64_t state;
};

/* One record: whatever is made for it draws from its key. */
struct row {
	uint64_t key, number;           /* number from 0 */
	uint64_t seed;                  /* of all rows: for values that are functions of time instead of the row */
	int64_t now_ns;                 /* the instant that relative times count from, Unix time */
};

/* What all rows of a seed have in common, kept for the next one; zeroed, it is that of no seed. */
struct seed_key {
	uint64_t seed, mixed;
	bool known;
};

static inline uint64_t row_key_of(struct seed_key *k, uint64_t seed, uint64_t number)
{
	if (UNLIKELY(!k->known || k->seed != seed))
		*k = (struct seed_key){ seed, rng_mix(seed), true };
	return rng_mix(k->mixed + UINT64_C(0x9e3779b97f4a7c15) * (number + 1));
}

static inline uint64_t row_key(uint64_t seed, uint64_t number)
{
	return row_key_of(&(struct seed_key){ 0 }, seed, number);
}

static inline struct draws draws_of(const struct row *r, uint64_t salt)
{
	return (struct draws){ r->key ^ salt };
}

static inline uint64_t draws_next(struct draws *d)
{
	return rng_mix(d->state += UINT64_C(0x9e3779b97f4a7c15));
}

/* Uniform in 0 .. n-1, n > 0: multiply and shift; the bias is below n / 2^64. */
static inline uint64_t draws_below(struct draws *d, uint64_t n)
{
	return (uint64_t)((unsigned __int128)draws_next(d) * n >> 64);
}

/* Uniform in low .. high, both included; any pair of int64_t. */
static inline int64_t draws_between(struct draws *d, int64_t low, int64_t high)
{
	uint64_t span = (uint64_t)high - (uint64_t)low + 1;

	return (int64_t)((uint64_t)low + (span ? draws_below(d, span) : draws_next(d)));
}

/* Uniform in [0, 1), all 53 bits. */
static inline double draws_unit(struct draws *d)
{
	return (double)(draws_next(d) >> 11) * 0x1p-53;
}

/* A stream for base/rng.h, for draws that take many. */
static inline struct rng draws_rng(struct draws *d)
{
	struct rng r;

	rng_seed(&r, draws_next(d));
	return r;
}

#endif
