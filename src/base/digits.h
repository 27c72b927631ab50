/* Whole numbers as decimal digits, two at a time. */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"

static const char digit_pairs[] =
	"00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
	"4950515253545556575859606162636465666768697071727374757677787980818283848586878889909192939495969798"
	"99";

/* 00 to 99. */
static inline char *digits_pair(char *to, unsigned v)
{
	memcpy(to, digit_pairs + (size_t)v * 2, 2);
	return to + 2;
}

/* The eight digits of v < 100,000,000, one a byte, the first in the lowest: halves, then pairs, then digits, all at once. Dividing by
 * 100 and 10 is exact up to 9,999 and 99; quotient and remainder side by side, q | (x - 100 * q) << 16, are one product less. */
static inline uint64_t digits_eight(uint32_t v)
{
	uint64_t q = v / 10000, x = ((uint64_t)v << 32) - q * ((UINT64_C(10000) << 32) - 1);

	q = x * 10486 >> 20 & UINT64_C(0x0000007f0000007f);
	x = (x << 16) - q * ((100 << 16) - 1);
	q = x * 103 >> 10 & UINT64_C(0x000f000f000f000f);
	return (x << 8) - q * ((10 << 8) - 1);
}

static inline char *digits_store(char *to, uint64_t eight)
{
	eight = htole64(eight | UINT64_C(0x3030303030303030));
	return (char *)memcpy(to, &eight, 8) + 8;
}

/* Of numbers from 10,000; see digits_put(). */
char *digits_many(char *to, uint64_t u, unsigned least);

/* Of v < 10,000 and `least` up to 4, in the same way; may spoil three bytes behind it. Without a branch on how many there are. */
static inline char *digits_few(char *to, uint32_t v, unsigned least)
{
	uint32_t x = (v << 16) - (v * 10486 >> 20) * ((100 << 16) - 1);
	unsigned skip;

	x = (x << 8) - (x * 103 >> 10 & 0x000f000f) * ((10 << 8) - 1);
	skip = (unsigned)__builtin_ctz(x | UINT32_C(1) << 31) / 8;
	skip = skip < 4 - least ? skip : 4 - least;
	x = htole32((x | UINT32_C(0x30303030)) >> 8 * skip);
	memcpy(to, &x, 4);
	return to + 4 - skip;
}

/* At least `least` digits, from 1, with leading zeros; returns the end, and may spoil three bytes behind it. */
static inline char *digits_put(char *to, uint64_t u, unsigned least)
{
	if (LIKELY(u < 10000 && least <= 4))
		return digits_few(to, (uint32_t)u, least);
	return digits_many(to, u, least);
}

static inline char *digits_int(char *to, int64_t v)
{
	if (v < 0)
		*to++ = '-';
	return digits_put(to, v < 0 ? -(uint64_t)v : (uint64_t)v, 1);
}

/* units * 10^-scale, scale up to 18. */
static inline char *digits_decimal(char *to, int64_t units, unsigned scale)
{
	uint64_t u = units < 0 ? -(uint64_t)units : (uint64_t)units;

	if (units < 0)
		*to++ = '-';
	if (LIKELY(scale == 2)) {       /* money: by far the most frequent, and a constant divides faster */
		uint64_t whole = u / 100;

		to = digits_put(to, whole, 1);
		*to = '.';
		return digits_pair(to + 1, (unsigned)(u - whole * 100));
	}
	/* One digit more than the decimals at least; then the point moves in between. */
	to = digits_put(to, u, scale + 1);
	if (!scale)
		return to;
	memmove(to - scale + 1, to - scale, scale);
	to[-(int)scale] = '.';
	return to + 1;
}

/* Exactly `width` digits of u; those in front of them are left out. */
static inline char *digits_width(char *to, uint64_t u, unsigned width)
{
	unsigned i = width;

	for (; i >= 8; u /= 100000000) {
		i -= 8;
		digits_store(to + i, digits_eight((uint32_t)(u % 100000000)));
	}
	for (; i >= 2; u /= 100) {
		i -= 2;
		memcpy(to + i, digit_pairs + u % 100 * 2, 2);
	}
	if (i)
		*to = (char)('0' + u % 10);
	return to + width;
}

#endif
