/* MD5, SHA-1, SHA-256, CRC-32, Keccak-256. */
#include "value/hashes.h"

#include <stdbool.h>
#include <string.h>

static const uint32_t md5_add[64] = {
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
	0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
	0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
	0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
	0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
	0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
	0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
	0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static const uint32_t sha256_add[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t left(uint32_t x, unsigned n)
{
	return x << n | x >> (32 - n);
}

static uint32_t big(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t little(const uint8_t *at)
{
	return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static void md5_block(uint32_t *h, const uint8_t *block)
{
	static const uint8_t turns[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };
	uint32_t a = h[0], b = h[1], c = h[2], d = h[3];

	for (unsigned i = 0; i < 64; i++) {
		uint32_t f, t;
		unsigned g;

		switch (i / 16) {
		case 0: f = (b & c) | (~b & d); g = i; break;
		case 1: f = (d & b) | (~d & c); g = (5 * i + 1) % 16; break;
		case 2: f = b ^ c ^ d; g = (3 * i + 5) % 16; break;
		default: f = c ^ (b | ~d); g = 7 * i % 16; break;
		}
		t = d;
		d = c;
		c = b;
		b += left(a + f + md5_add[i] + little(block + 4 * g), turns[i / 16][i % 4]);
		a = t;
	}
	h[0] += a;
	h[1] += b;
	h[2] += c;
	h[3] += d;
}

static void sha1_block(uint32_t *h, const uint8_t *block)
{
	uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];

	for (int i = 0; i < 16; i++)
		w[i] = big(block + 4 * i);
	for (int i = 16; i < 80; i++)
		w[i] = left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	for (int i = 0; i < 80; i++) {
		uint32_t f, k, t;

		switch (i / 20) {
		case 0: f = (b & c) | (~b & d); k = 0x5a827999; break;
		case 1: f = b ^ c ^ d; k = 0x6ed9eba1; break;
		case 2: f = (b & c) | (b & d) | (c & d); k = 0x8f1bbcdc; break;
		default: f = b ^ c ^ d; k = 0xca62c1d6; break;
		}
		t = left(a, 5) + f + e + k + w[i];
		e = d;
		d = c;
		c = left(b, 30);
		b = a;
		a = t;
	}
	h[0] += a;
	h[1] += b;
	h[2] += c;
	h[3] += d;
	h[4] += e;
}

static void sha256_block(uint32_t *h, const uint8_t *block)
{
	uint32_t w[64], s[8];

	for (int i = 0; i < 16; i++)
		w[i] = big(block + 4 * i);
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + (left(w[i - 15], 25) ^ left(w[i - 15], 14) ^ w[i - 15] >> 3) + w[i - 7] +
		       (left(w[i - 2], 15) ^ left(w[i - 2], 13) ^ w[i - 2] >> 10);
	memcpy(s, h, sizeof s);
	for (int i = 0; i < 64; i++) {
		uint32_t t1 = s[7] + (left(s[4], 26) ^ left(s[4], 21) ^ left(s[4], 7)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + sha256_add[i] + w[i];
		uint32_t t2 = (left(s[0], 30) ^ left(s[0], 19) ^ left(s[0], 10)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));

		memmove(s + 1, s, 7 * sizeof *s);
		s[4] += t1;
		s[0] = t1 + t2;
	}
	for (int i = 0; i < 8; i++)
		h[i] += s[i];
}

/* Blocks of 64 bytes, then the rest with a 1 bit, zeros and the length in bits. */
static void hash(const void *bytes, size_t n, uint32_t *h, unsigned words, bool big_end, void (*block)(uint32_t *, const uint8_t *), uint8_t *to)
{
	const uint8_t *at = bytes;
	uint8_t last[128] = { 0 };
	size_t rest = n % 64, end = rest < 56 ? 64 : 128;

	for (size_t i = 0; i + 64 <= n; i += 64)
		block(h, at + i);
	if (rest)
		memcpy(last, at + n - rest, rest);
	last[rest] = 0x80;
	for (unsigned i = 0; i < 8; i++)
		last[big_end ? end - 1 - i : end - 8 + i] = (uint8_t)((uint64_t)n * 8 >> 8 * i);
	for (size_t i = 0; i < end; i += 64)
		block(h, last + i);
	for (unsigned i = 0; i < 4 * words; i++)
		to[i] = (uint8_t)(h[i / 4] >> (big_end ? 24 - i % 4 * 8 : i % 4 * 8));
}

void hash_md5(const void *bytes, size_t n, uint8_t to[16])
{
	uint32_t h[] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };

	hash(bytes, n, h, 4, false, md5_block, to);
}

void hash_sha1(const void *bytes, size_t n, uint8_t to[20])
{
	uint32_t h[] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };

	hash(bytes, n, h, 5, true, sha1_block, to);
}

void hash_sha256(const void *bytes, size_t n, uint8_t to[32])
{
	uint32_t h[] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

	hash(bytes, n, h, 8, true, sha256_block, to);
}

uint32_t hash_crc32(const void *bytes, size_t n)
{
	const uint8_t *at = bytes;
	uint32_t crc = ~UINT32_C(0);

	for (size_t i = 0; i < n; i++) {
		crc ^= at[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xedb88320) : 0);
	}
	return ~crc;
}

/* ---- Keccak-256 ---- */

static uint64_t left64(uint64_t x, unsigned n)
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
			s[i] ^= c[(i + 4) % 5] ^ left64(c[(i + 1) % 5], 1);
		kept = s[1];
		for (unsigned t = 0, x = 1, y = 0; t < 24; t++) {
			unsigned next = (2 * x + 3 * y) % 5;
			uint64_t there;

			x = y;
			y = next;
			there = s[x + 5 * y];
			s[x + 5 * y] = left64(kept, (t + 1) * (t + 2) / 2 % 64);
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

void hash_keccak256(const void *bytes, size_t n, uint8_t to[HASH_BYTES])
{
	enum { RATE = 136 };
	const uint8_t *at = bytes;
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
		to[i] = (uint8_t)(s[i / 8] >> 8 * (i % 8));
}
