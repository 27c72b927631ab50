/*
 * Check digits: one implementation each, from its rule. Every function takes the text without the check digit and gives the digit
 * (a character), unless it says otherwise. Texts hold what the rule allows, digits or digits and upper-case letters; nothing is tested.
 *
 * Sources: ISO/IEC 7812-1 annex B (Luhn), ISO 6166 (ISIN), ISO 13616 and ISO/IEC 7064 (mod 97-10; mod 11,10), the ABA key 3-7-1,
 * CUSIP Global Services and ANSI X9.6 (CUSIP), London Stock Exchange (SEDOL), 49 CFR 565 (VIN), GS1 General Specifications (EAN, UPC,
 * SSCC), ISO 6346 (containers), IMO resolution A.1117 (ships), UPU S10 (post), and the carriers' label guides (UPS, FedEx).
 */
#ifndef VALUE_CHECK_H
#define VALUE_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/digits.h"

char check_luhn(const char *digits, size_t n);
char check_isin(const char *text);                      /* of 11: letters count as 10..35, then Luhn */
char check_routing(const char *digits);                 /* of 8 */
char check_cusip(const char *text);                     /* of 8 */
char check_sedol(const char *text);                     /* of 6 */
char check_ean(const char *digits, size_t n);           /* EAN, UPC, ISBN-13, GTIN, SSCC: 3 and 1 in turn from the right */
char check_vin(const char *text);                       /* of 17, whatever stands at place 9 */
char check_s10(const char *digits);                     /* of 8 */
char check_ups(const char *text);                       /* of the 15 after "1Z" */
char check_fedex(const char *digits);                   /* of 11 */
char check_imo(const char *digits);                     /* of 6 */
char check_mod7(const char *digits, size_t n);          /* the number mod 7 */
char check_mod11_10(const char *digits, size_t n);      /* ISO 7064 mod 11,10 */
unsigned check_container(const char *text);             /* of 10, mod 11: 10 means that the serial is not to be used */

/* The remainder by 97 of `value` followed by the text, letters counting as 10..35. */
unsigned check_mod97(const char *text, size_t n, unsigned value);
/* Two digits that make the whole leave 1, to be put after the text: 98 - (text followed by 00) mod 97. */
char *check_put97(const char *text, size_t n, char *to);
/* The two check digits of an IBAN: of its BBAN and its country. */
char *check_put_iban(const char *bban, size_t n, const char *country, char *to);
/* The sum of digit times weight. */
unsigned check_sum(const char *digits, const uint8_t *weights, size_t n);
/* The letter of an Italian BBAN, of the 22 that follow it. */
char check_cin(const char *digits);

/* What eight digits add to the sum, a byte each and at most 9: every second is doubled, and what is over nine loses nine. */
static inline uint64_t check_luhn_eight(uint64_t digits)
{
	const uint64_t even = UINT64_C(0x00ff00ff00ff00ff), ones = UINT64_C(0x0101010101010101);
	uint64_t twice = (digits & even) * 2;

	return (digits & ~even) + twice - ((twice + ones * 118) >> 7 & ones) * 9;
}

/* The digits of a payload and the check digit behind it, as digits_eight() gives them: 24 of them, so with leading zeros. `lower` are
 * the last seven digits of the payload, `upper` < 10^16 those in front of them. */
static ATTR_INLINE void check_luhn_eights(uint64_t upper, uint32_t lower, uint64_t eights[3])
{
	uint64_t sums = 0;

	eights[0] = 0;
	if (UNLIKELY(upper >= 100000000)) {
		eights[0] = digits_eight((uint32_t)(upper / 100000000));
		sums = check_luhn_eight(eights[0]);
		upper %= 100000000;
	}
	eights[1] = digits_eight((uint32_t)upper);
	eights[2] = digits_eight(lower * 10);
	sums += check_luhn_eight(eights[1]) + check_luhn_eight(eights[2]);
	/* 24 times 9 fit into the byte that gets all of them; what nine times a sum leaves by ten is missing to the next ten. */
	eights[2] |= (uint64_t)((uint32_t)(sums * UINT64_C(0x0101010101010101) >> 56) * 9 % 10) << 56;
}

#endif
