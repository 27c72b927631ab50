/*
 * Hashes that other people's data carry: MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4), Keccak-256 (as Ethereum has it: padding 01, not
 * that of SHA-3), CRC-32 (ISO 3309). Only for checksums that look right, not for secrets.
 */
#ifndef VALUE_HASHES_H
#define VALUE_HASHES_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_BYTES = 32 };        /* of SHA-256 and Keccak-256 */

void hash_md5(const void *bytes, size_t n, uint8_t to[16]);
void hash_sha1(const void *bytes, size_t n, uint8_t to[20]);
void hash_sha256(const void *bytes, size_t n, uint8_t to[HASH_BYTES]);
void hash_keccak256(const void *bytes, size_t n, uint8_t to[HASH_BYTES]);
uint32_t hash_crc32(const void *bytes, size_t n);

#endif
