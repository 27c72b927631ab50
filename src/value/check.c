/* Check digits: one implementation each. */
#include "value/check.h"

static char digit(unsigned v)
{
	return (char)('0' + v);
}

/* 0..9, A is 10. */
static unsigned number(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
}

static char to_ten(unsigned sum)
{
	return digit((10 - sum % 10) % 10);
}

unsigned check_sum(const char *digits, const uint8_t *weights, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (unsigned)(digits[i] - '0') * weights[i];
	return sum;
}

char check_luhn(const char *digits, size_t n)
{
	static const uint8_t doubled[10] = { 0, 2, 4, 6, 8, 1, 3, 5, 7, 9 };
	unsigned sum = 0;
	size_t i = n;

	for (; i >= 2; i -= 2)
		sum += doubled[digits[i - 1] - '0'] + (unsigned)(digits[i - 2] - '0');
	return to_ten(sum + (i ? doubled[digits[0] - '0'] : 0));
}

#define TWICE(d) ((d) < 5 ? 2 * (d) : 2 * (d) - 9)
#define THREE(a, b, c) { { '0' + (a), '0' + (b), '0' + (c) }, (TWICE(a) + (b) + TWICE(c)) % 10 << 4 | ((a) + TWICE(b) + (c)) % 10 }
#define THREES(a, b) THREE(a, b, 0), THREE(a, b, 1), THREE(a, b, 2), THREE(a, b, 3), THREE(a, b, 4), THREE(a, b, 5), THREE(a, b, 6), \
	THREE(a, b, 7), THREE(a, b, 8), THREE(a, b, 9)
#define HUNDRED(a) THREES(a, 0), THREES(a, 1), THREES(a, 2), THREES(a, 3), THREES(a, 4), THREES(a, 5), THREES(a, 6), THREES(a, 7), \
	THREES(a, 8), THREES(a, 9)
const struct luhn_three check_luhn_threes[1000] = {
	HUNDRED(0), HUNDRED(1), HUNDRED(2), HUNDRED(3), HUNDRED(4), HUNDRED(5), HUNDRED(6), HUNDRED(7), HUNDRED(8), HUNDRED(9),
};

char check_isin(const char *text)
{
	char digits[22];
	size_t n = 0;

	for (int i = 0; i < 11; i++) {
		unsigned v = number(text[i]);

		if (v > 9)
			digits[n++] = digit(v / 10);
		digits[n++] = digit(v % 10);
	}
	return check_luhn(digits, n);
}

char check_routing(const char *digits)
{
	static const uint8_t weights[8] = { 3, 7, 1, 3, 7, 1, 3, 7 };

	return to_ten(check_sum(digits, weights, 8));
}

char check_cusip(const char *text)
{
	unsigned sum = 0;

	for (int i = 0; i < 8; i++) {
		char c = text[i];
		unsigned v = c == '*' ? 36 : c == '@' ? 37 : c == '#' ? 38 : number(c);

		v <<= i & 1;
		sum += v / 10 + v % 10;
	}
	return to_ten(sum);
}

char check_sedol(const char *text)
{
	static const uint8_t weights[6] = { 1, 3, 1, 7, 3, 9 };
	unsigned sum = 0;

	for (int i = 0; i < 6; i++)
		sum += number(text[i]) * weights[i];
	return to_ten(sum);
}

char check_ean(const char *digits, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (unsigned)(digits[n - 1 - i] - '0') * (i & 1 ? 1 : 3);
	return to_ten(sum);
}

char check_vin(const char *text)
{
	/* A..Z; I, O and Q do not occur. */
	static const uint8_t letters[26] = { 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9 };
	static const uint8_t weights[17] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };
	unsigned sum = 0;

	for (int i = 0; i < 17; i++)
		if (i != 8)
			sum += weights[i] * (unsigned)(text[i] <= '9' ? text[i] - '0' : letters[text[i] - 'A']);
	sum %= 11;
	return sum == 10 ? 'X' : digit(sum);
}

char check_s10(const char *digits)
{
	static const uint8_t weights[8] = { 8, 6, 4, 2, 3, 5, 9, 7 };
	unsigned v = 11 - check_sum(digits, weights, 8) % 11;

	return digit(v == 10 ? 0 : v == 11 ? 5 : v);
}

char check_ups(const char *text)
{
	unsigned sum = 0;

	for (int i = 0; i < 15; i++) {
		unsigned v = (unsigned)(text[i] <= '9' ? text[i] - '0' : text[i] - 63) % 10;

		sum += v << (i & 1);
	}
	return to_ten(sum);
}

char check_fedex(const char *digits)
{
	static const uint8_t weights[11] = { 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1 };

	return digit(check_sum(digits, weights, 11) % 11 % 10);
}

char check_imo(const char *digits)
{
	static const uint8_t weights[6] = { 7, 6, 5, 4, 3, 2 };

	return digit(check_sum(digits, weights, 6) % 10);
}

char check_mod7(const char *digits, size_t n)
{
	unsigned rest = 0;

	for (size_t i = 0; i < n; i++)
		rest = (rest * 10 + (unsigned)(digits[i] - '0')) % 7;
	return digit(rest);
}

char check_mod11_10(const char *digits, size_t n)
{
	unsigned product = 10;

	for (size_t i = 0; i < n; i++) {
		unsigned sum = ((unsigned)(digits[i] - '0') + product) % 10;

		product = (sum ? sum : 10) * 2 % 11;
	}
	return digit((11 - product) % 10);
}

unsigned check_container(const char *text)
{
	unsigned sum = 0;

	for (int i = 0; i < 10; i++) {
		unsigned v = number(text[i]);

		/* 11, 22 and 33 are left out. */
		v += (v > 10) + (v > 20) + (v > 30);
		sum += v << i;
	}
	return sum % 11;
}

unsigned check_mod97(const char *text, size_t n, unsigned value)
{
	uint64_t rest = value;

	/* A division every seven characters: two digits each at most, so below 10^16. */
	for (size_t i = 0; i < n;) {
		size_t stop = n - i < 7 ? n : i + 7;

		for (; i < stop; i++) {
			unsigned v = number(text[i]);

			rest = rest * (v > 9 ? 100 : 10) + v;
		}
		rest %= 97;
	}
	return (unsigned)rest;
}

static char *put_two(char *to, unsigned v)
{
	to[0] = digit(v / 10);
	to[1] = digit(v % 10);
	return to + 2;
}

char *check_put97(const char *text, size_t n, char *to)
{
	return put_two(to, 98 - check_mod97(text, n, 0) * 100 % 97);
}

char *check_put_iban(const char *bban, size_t n, const char *country, char *to)
{
	return put_two(to, 98 - check_mod97(country, 2, check_mod97(bban, n, 0)) * 100 % 97);
}

char check_cin(const char *digits)
{
	static const uint8_t odd[10] = { 1, 0, 5, 7, 9, 13, 15, 17, 19, 21 };
	unsigned sum = 0;

	for (int i = 0; i < 22; i++)
		sum += i & 1 ? (unsigned)(digits[i] - '0') : odd[digits[i] - '0'];
	return (char)('A' + sum % 26);
}
