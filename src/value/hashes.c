/* SHA-256 and Keccak-256, small. */
#include "value/hashes.h"

#include <string.h>

/* ---- SHA-256 ---- */

static const uint32_t round_keys[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
	0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
	0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
	0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t right(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static void sha256_block(uint32_t h[8], const uint8_t *at)
{
	uint32_t w[64], v[8];

	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)at[4 * i] << 24 | (uint32_t)at[4 * i + 1] << 16 | (uint32_t)at[4 * i + 2] << 8 | at[4 * i + 3];
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] + (right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ w[i - 15] >> 3) +
		       (right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ w[i - 2] >> 10);
	memcpy(v, h, sizeof v);
	for (int i = 0; i < 64; i++) {
		uint32_t a = v[0], e = v[4];
		uint32_t t1 = v[7] + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & v[5]) ^ (~e & v[6])) + round_keys[i] + w[i];
		uint32_t t2 = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));

		memmove(v + 1, v, 7 * sizeof *v);
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (int i = 0; i < 8; i++)
		h[i] += v[i];
}

void hash_sha256(const void *data, size_t n, uint8_t out[HASH_BYTES])
{
	uint32_t h[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	const uint8_t *at = data;
	uint8_t last[128] = { 0 };
	size_t left = n % 64, size = left < 56 ? 64 : 128;

	for (size_t i = 0; i + 64 <= n; i += 64)
		sha256_block(h, at + i);
	if (left)
		memcpy(last, at + n - left, left);
	last[left] = 0x80;
	for (int i = 0; i < 8; i++)
		last[size - 1 - (size_t)i] = (uint8_t)((uint64_t)n * 8 >> 8 * i);
	for (size_t i = 0; i < size; i += 64)
		sha256_block(h, last + i);
	for (int i = 0; i < HASH_BYTES; i++)
		out[i] = (uint8_t)(h[i / 4] >> (24 - i % 4 * 8));
}

/* ---- Keccak-256 ---- */

static uint64_t left(uint64_t x, unsigned n)
{
	return n ? x << n | x >> (64 - n) : x;
}

/* The round constants are an LFSR over x^8 + x^6 + x^5 + x^4 + 1; the offsets are triangular numbers. */
static void keccak_f(uint64_t s[25])
{
	uint8_t lfsr = 1;

	for (int round = 0; round < 24; round++) {
		uint64_t c[5], kept = s[1];

		for (int x = 0; x < 5; x++)
			c[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
		for (int i = 0; i < 25; i++)
			s[i] ^= c[(i + 4) % 5] ^ left(c[(i + 1) % 5], 1);
		kept = s[1];
		for (unsigned t = 0, x = 1, y = 0; t < 24; t++) {
			unsigned next = (2 * x + 3 * y) % 5;
			uint64_t there;

			x = y;
			y = next;
			there = s[x + 5 * y];
			s[x + 5 * y] = left(kept, (t + 1) * (t + 2) / 2 % 64);
			kept = there;
		}
		for (int y = 0; y < 25; y += 5) {
			memcpy(c, s + y, sizeof c);
			for (int x = 0; x < 5; x++)
				s[y + x] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
		}
		for (int j = 0; j < 7; j++) {
			if (lfsr & 1)
				s[0] ^= UINT64_C(1) << ((1 << j) - 1);
			lfsr = (uint8_t)(lfsr << 1 ^ (lfsr & 0x80 ? 0x71 : 0));
		}
	}
}

void hash_keccak256(const void *data, size_t n, uint8_t out[HASH_BYTES])
{
	enum { RATE = 136 };
	const uint8_t *at = data;
	uint64_t s[25] = { 0 };
	size_t place = 0;

	for (size_t i = 0; i < n; i++) {
		s[place / 8] ^= (uint64_t)at[i] << 8 * (place % 8);
		if (++place == RATE) {
			keccak_f(s);
			place = 0;
		}
	}
	s[place / 8] ^= UINT64_C(1) << 8 * (place % 8);
	s[(RATE - 1) / 8] ^= UINT64_C(0x80) << 56;
	keccak_f(s);
	for (int i = 0; i < HASH_BYTES; i++)
		out[i] = (uint8_t)(s[i / 8] >> 8 * (i % 8));
}
