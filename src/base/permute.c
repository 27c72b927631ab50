/* A keyed permutation without memory. */
#include "base/permute.h"

#include "base/rng.h"

enum { ROUNDS = 4 };

uint64_t permute(uint64_t key, uint64_t n, uint64_t i)
{
	/* The smallest halves of an index that reach n - 1. */
	unsigned half = n > 4 ? (unsigned)(65 - __builtin_clzll(n - 1)) / 2 : 1;
	const uint64_t mask = (UINT64_C(1) << half) - 1;

	do {
		uint64_t left = i >> half, right = i & mask;

		for (int r = 0; r < ROUNDS; r++) {
			uint64_t next = left ^ (rng_mix(key ^ rng_mix(right * ROUNDS + (uint64_t)r)) & mask);

			left = right;
			right = next;
		}
		i = left << half | right;
	} while (i >= n);
	return i;
}
