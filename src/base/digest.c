/* Hashes: XXH64 behind one header. */
#include "base/digest.h"

#define XXH_STATIC_LINKING_ONLY /* the complete state, so that it can be wrapped */
#include <xxhash.h>

struct digest {
	XXH64_state_t state;
};

uint64_t digest_bytes(const void *bytes, size_t n, uint64_t seed)
{
	return XXH64(bytes, n, seed);
}

struct digest *digest_new(void)
{
	XXH64_state_t *s = XXH64_createState();

	if (s)
		XXH64_reset(s, 0);
	return (struct digest *)(void *)s;
}

void digest_add(struct digest *d, const void *bytes, size_t n)
{
	XXH64_update(&d->state, bytes, n);
}

uint64_t digest_value(const struct digest *d)
{
	return XXH64_digest(&d->state);
}

void digest_free(struct digest *d)
{
	XXH64_freeState((XXH64_state_t *)(void *)d);
}
