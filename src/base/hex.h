/* Sixteen bytes as 32 hex digits at once, in the vectors of GNU C: every 64-bit machine has them. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>

typedef uint8_t hex_digits __attribute__((vector_size(16)));
typedef int8_t hex_signed __attribute__((vector_size(16)));
typedef uint64_t hex_halves __attribute__((vector_size(16)));

/* Of `high`, then of `low`, each from its highest digit. */
struct hex32 {
	hex_digits high, low;
};

/* Of values below 16: comparing gives all bits or none. */
static inline hex_digits hex_letters(hex_digits v, bool upper)
{
	return v + '0' + ((hex_digits)((hex_signed)v > 9) & (uint8_t)((upper ? 'A' : 'a') - '0' - 10));
}

static inline struct hex32 hex_of(uint64_t high, uint64_t low, bool upper)
{
	hex_digits bytes = (hex_digits)(hex_halves){ htobe64(high), htobe64(low) }, first = bytes >> 4, last = bytes & 15;

	return (struct hex32){
		hex_letters(__builtin_shufflevector(first, last, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), upper),
		hex_letters(__builtin_shufflevector(first, last, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), upper),
	};
}

#endif
