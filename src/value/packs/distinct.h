/*
 * The different values of texts that are made place by place: how many there are, and the i-th. A place takes what its choices need
 * from i; where there are more than 2^62 of them, those that are left over take what a mixer of i gives, so that all places vary.
 */
#ifndef VALUE_PACKS_DISTINCT_H
#define VALUE_PACKS_DISTINCT_H

#include "value/provider.h"

struct distinct {
	uint64_t i;                     /* what is left of the number */
	uint64_t pool;                  /* how many values the places so far have */
	uint64_t more;
};

static inline struct distinct distinct_of(uint64_t i)
{
	return (struct distinct){ .i = i, .pool = 1, .more = i };
}

/* The choice of the next place, of n. */
static inline uint32_t distinct_take(struct distinct *d, uint32_t n)
{
	uint32_t choice;

	if (d->pool > (UINT64_C(1) << 62) / n) {
		d->more = rng_mix(d->more + UINT64_C(0x9e3779b97f4a7c15));
		return (uint32_t)((unsigned __int128)d->more * n >> 64);
	}
	d->pool *= n;
	choice = (uint32_t)(d->i % n);
	d->i /= n;
	return choice;
}

/* n characters of an alphabet. */
uint64_t distinct_pool(const char *alphabet, uint32_t size, int64_t n);        /* 0: a character is twice in it */
char *distinct_put(uint64_t i, const char *alphabet, uint32_t size, int64_t n, char *to);
/* put_pattern() of provider.h. */
uint64_t distinct_pattern_pool(const char *pattern);
char *distinct_pattern_put(uint64_t i, const char *pattern, char *to);

#endif
