/*
 * Hashes that are the same on every machine and for ever: XXH64 (https://xxhash.com, BSD-2-Clause). It keys random streams
 * and names the bytes of an output; it is no protection against a forger.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

uint64_t digest_bytes(const void *bytes, size_t n, uint64_t seed);

/* A running hash: any cutting of the same bytes gives the same value. NULL when there is no memory. */
struct digest;
struct digest *digest_new(void);
void digest_add(struct digest *d, const void *bytes, size_t n);
uint64_t digest_value(const struct digest *d);
void digest_free(struct digest *d);

#endif
