/* SHA-256 (FIPS 180-4) and Keccak-256 (as Ethereum has it: padding 01, not that of SHA-3). Only for checksums that look right. */
#ifndef VALUE_HASHES_H
#define VALUE_HASHES_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_BYTES = 32 };

void hash_sha256(const void *data, size_t n, uint8_t out[HASH_BYTES]);
void hash_keccak256(const void *data, size_t n, uint8_t out[HASH_BYTES]);

#endif
