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

/* Three digits and what they add to Luhn's sum, mod 10: in the high half of `sums` where the first and the last of them are doubled, in
 * the low half where the middle one is. Of three that follow each other it is in turn, and of the last of a payload the high half. */
struct luhn_three {
	char digits[3];
	uint8_t sums;
};
extern const struct luhn_three check_luhn_threes[1000];
/* The digit behind a payload that adds so much, up to 59. */
static inline char check_luhn_digit(unsigned sum)
{
	return "098765432109876543210987654321098765432109876543210987654321"[sum];
}

#endif
