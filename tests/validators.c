/* Validators of codes, from the rules. */
#include "tests/validators.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "value/hashes.h"

static int val(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : c - 'A' + 10;
}

static bool all_digits(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

/* The remainder of a long number, letters as two digits, digit by digit. */
static unsigned rest(const char *s, size_t n, unsigned m)
{
	unsigned long v = 0;

	for (size_t i = 0; i < n; i++) {
		int c = val(s[i]);

		if (c > 9)
			v = (v * 10 + (unsigned)c / 10) % m;
		v = (v * 10 + (unsigned)c % 10) % m;
	}
	return (unsigned)v;
}

static unsigned weighted(const char *s, const char *weights)
{
	unsigned sum = 0;

	for (size_t i = 0; weights[i]; i++)
		sum += (unsigned)val(s[i]) * (unsigned)(weights[i] - 'a');      /* a is 0, b is 1 ... */
	return sum;
}

bool valid_luhn(const char *s)
{
	int sum = 0;
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++) {
		int v = s[n - 1 - i] - '0';

		if (i % 2 == 1)
			v = v * 2 > 9 ? v * 2 - 9 : v * 2;
		sum += v;
	}
	return all_digits(s) && sum % 10 == 0;
}

static int lead(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++)
		v = v * 10 + s[i] - '0';
	return v;
}

bool valid_card(const char *s)
{
	size_t n = strlen(s);
	int two = lead(s, 2), three = lead(s, 3), four = lead(s, 4), six = lead(s, 6);

	if (!valid_luhn(s))
		return false;
	if (n == 16 && (*s == '4' || (two >= 51 && two <= 55) || (four >= 2221 && four <= 2720) || four == 6011 || (three >= 644 && three <= 649) ||
	    two == 65 || (four >= 3528 && four <= 3589) || (four >= 2200 && four <= 2204) || two == 60 || two == 81 || two == 82 || six == 636297 ||
	    six == 636368 || two == 50))
		return true;
	if ((n == 15 && (two == 34 || two == 37)) || (n == 14 && ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39)))
		return true;
	if (n >= 16 && n <= 19 && two == 62)
		return true;
	return n >= 12 && n <= 19 && (two == 50 || (two >= 56 && two <= 58) || four == 6304 || four == 6759 || (four >= 6761 && four <= 6763));
}

bool valid_isin(const char *s)
{
	char digits[40] = "";
	size_t n = 0;

	for (; *s; s++) {
		if (val(*s) > 9)
			digits[n++] = (char)('0' + val(*s) / 10);
		digits[n++] = (char)('0' + val(*s) % 10);
	}
	return valid_luhn(digits);
}

bool valid_routing(const char *s)
{
	int p = lead(s, 2);

	return strlen(s) == 9 && all_digits(s) && weighted(s, "dhbdhbdhb") % 10 == 0 &&
		(p <= 12 || (p >= 21 && p <= 32) || (p >= 61 && p <= 72) || p == 80);
}

static bool in(const char *country, const char *list)
{
	const char *at = strstr(list, country);

	return at && (at == list || at[-1] == ' ');
}

static bool mod11_10_of(const char *s, size_t n)
{
	int p = 10;

	for (size_t i = 0; i + 1 < n; i++) {
		p = (p + s[i] - '0') % 10;
		p = (p ? p : 10) * 2 % 11;
	}
	return (p + s[n - 1] - '0') % 10 == 1;
}

static bool national(const char *country, const char *b, size_t n)
{
	static const char odd_letters[] = "BAKPLCQDREVOSFTGUHMINJWZYX";        /* Italian CIN: the place is the odd value */

	if (in(country, "BI DJ FR MC MR TN"))           /* the key of a RIB */
		return strspn(b, "0123456789") < n || rest(b, n, 97) == 0;
	if (in(country, "BA ME MK PT RS SI ST TL XK"))  /* ISO 7064 mod 97-10 */
		return rest(b, n, 97) == 1;
	if (strcmp(country, "AL") == 0)
		return weighted(b, "jhdbjhdb") % 10 == 0;
	if (strcmp(country, "EE") == 0)
		return weighted(b + 2, "hbdhbdhbdhbdhb") % 10 == 0;
	if (strcmp(country, "HR") == 0)
		return mod11_10_of(b, 7) && mod11_10_of(b + 7, 10);
	if (strcmp(country, "BE") == 0)
		return rest(b, 10, 97) % 97 == (unsigned)lead(b + 10, 2) % 97;
	if (strcmp(country, "NO") == 0)
		return weighted(b, "fedchgfedcb") % 11 == 0;
	if (strcmp(country, "NL") == 0)
		return weighted(b + 4, "kjihgfedcb") % 11 == 0;
	if (strcmp(country, "FI") == 0)
		return valid_luhn(b);
	if (strcmp(country, "PL") == 0)
		return weighted(b, "djhbdjhb") % 10 == 0;
	if (strcmp(country, "CZ") == 0 || strcmp(country, "SK") == 0)
		return weighted(b + 4, "kfiecb") % 11 == 0 && weighted(b + 10, "gdhjkfiecb") % 11 == 0;
	if (strcmp(country, "HU") == 0)
		return weighted(b, "jhdbjhdb") % 10 == 0 && weighted(b + 8, "jhdbjhdbjhdbjhdb") % 10 == 0;
	if (strcmp(country, "ES") == 0) {
		unsigned one = 11 - weighted(b, "eifkjhdg") % 11, two = 11 - weighted(b + 10, "bceifkjhdg") % 11;

		return b[8] - '0' == (int)(one > 9 ? 11 - one : one) && b[9] - '0' == (int)(two > 9 ? 11 - two : two);
	}
	if (in(country, "IT SM")) {
		int sum = 0;

		for (int i = 1; i <= 22; i++) {
			int v = isdigit((unsigned char)b[i]) ? b[i] - '0' : b[i] - 'A';

			sum += i % 2 ? (int)(strchr(odd_letters, 'A' + v) - odd_letters) : v;
		}
		return b[0] == 'A' + sum % 26;
	}
	return true;
}

bool valid_iban(const char *s)
{
	char moved[64], country[3] = { s[0], s[1], '\0' };
	size_t n = strlen(s);

	if (n < 15 || n > 34)
		return false;
	memcpy(moved, s + 4, n - 4);
	memcpy(moved + n - 4, s, 4);
	moved[n] = '\0';
	if (rest(moved, n, 97) != 1)
		return false;
	moved[n - 4] = '\0';
	return national(country, moved, n - 4);
}

bool valid_lei(const char *s)
{
	return strlen(s) == 20 && rest(s, 20, 97) == 1;
}

bool valid_cusip(const char *s)
{
	int sum = 0;

	for (int i = 0; i < 8; i++) {
		int v = val(s[i]) * (i % 2 ? 2 : 1);

		sum += v / 10 + v % 10;
	}
	return strlen(s) == 9 && (sum + s[8] - '0') % 10 == 0;
}

bool valid_vin(const char *s)
{
	static const char as[] = "A1B2C3D4E5F6G7H8J1K2L3M4N5P7R9S2T3U4V5W6X7Y8Z9";
	static const char weights[] = "ihgfedckajihgfedc";
	int sum = 0;

	if (strlen(s) != 17)
		return false;
	for (int i = 0; i < 17; i++) {
		const char *at = isdigit((unsigned char)s[i]) ? NULL : strchr(as, s[i]);
		int v = isdigit((unsigned char)s[i]) ? s[i] - '0' : at ? at[1] - '0' : -1;

		if (v < 0)
			return false;
		sum += i == 8 ? 0 : v * (weights[i] - 'a');
	}
	return sum % 11 == (s[8] == 'X' ? 10 : s[8] - '0');
}

bool valid_sedol(const char *s)
{
	return strlen(s) == 7 && !strpbrk(s, "AEIOU") && weighted(s, "bdbhdjb") % 10 == 0;
}

bool valid_ean(const char *s)
{
	char digits[40] = "";
	size_t n = 0;
	int sum = 0;

	for (; *s; s++)
		if (*s != '-')
			digits[n++] = *s;
	for (size_t i = 0; i < n; i++)
		sum += (digits[i] - '0') * ((n - i) % 2 ? 1 : 3);
	return n >= 8 && all_digits(digits) && sum % 10 == 0;
}

bool valid_container(const char *s)
{
	static const int letters[26] = { 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38 };
	int sum = 0;

	for (int i = 0; i < 10; i++)
		sum += (i < 4 ? letters[s[i] - 'A'] : s[i] - '0') * (1 << i);
	return strlen(s) == 11 && sum % 11 != 10 && sum % 11 == s[10] - '0';
}

bool valid_imo(const char *s)
{
	return strlen(s) == 7 && weighted(s, "hgfedc") % 10 == (unsigned)(s[6] - '0');
}

bool valid_s10(const char *s)
{
	unsigned k;

	if (strlen(s) != 13)
		return false;
	k = 11 - weighted(s + 2, "igecdfjh") % 11;
	return s[10] - '0' == (int)(k == 10 ? 0 : k == 11 ? 5 : k);
}

bool valid_ups(const char *s)
{
	int sum = 0;

	if (strlen(s) != 18 || strncmp(s, "1Z", 2) != 0)
		return false;
	/* A is 2, B is 3 ... H is 9, I is 0. */
	for (int i = 2; i < 17; i++)
		sum += (isdigit((unsigned char)s[i]) ? s[i] - '0' : (s[i] - 'A' + 2) % 10) * (i % 2 ? 2 : 1);
	return (sum + s[17] - '0') % 10 == 0;
}

bool valid_fedex(const char *s)
{
	return strlen(s) == 12 && weighted(s, "dbhdbhdbhdb") % 11 % 10 == (unsigned)(s[11] - '0');
}

bool valid_mod7(const char *s)
{
	size_t n = strlen(s);

	return n > 1 && rest(s, n - 1, 7) == (unsigned)(s[n - 1] - '0');
}

bool valid_tracking(const char *s)
{
	switch (strlen(s)) {
	case 18: return valid_ups(s);
	case 12: return valid_fedex(s);
	case 22: return valid_ean(s) && s[0] == '9';
	case 13: return valid_s10(s);
	case 10: return valid_mod7(s);
	default: return false;
	}
}

/* ---- VAT: the number behind the country ---- */

static int digit(const char *b, size_t i)
{
	return b[i] - '0';
}

/* Luhn's sum from the left with the first place doubled or not. */
static int crossed(const char *b, size_t n, bool first)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int v = digit(b, i) * ((i % 2 == 0) == first ? 2 : 1);

		sum += v > 9 ? v - 9 : v;
	}
	return sum;
}

static bool at(const char *b, size_t n)
{
	return n == 9 && b[0] == 'U' && all_digits(b + 1) && (crossed(b + 1, 7, false) + 4 + digit(b, 8)) % 10 == 0;
}

static bool bg(const char *b, size_t n)
{
	unsigned r = weighted(b, "bcdefghi") % 11;

	if (r == 10)
		r = weighted(b, "defghijk") % 11 % 10;
	return n == 9 && all_digits(b) && r == (unsigned)digit(b, 8);
}

static bool cy(const char *b, size_t n)
{
	static const int odd[] = { 1, 0, 5, 7, 9, 13, 15, 17, 19, 21 };
	int sum = 0;

	for (size_t i = 0; i < 8 && n == 9; i++)
		sum += i % 2 ? digit(b, i) : odd[digit(b, i)];
	return n == 9 && lead(b, 2) != 12 && b[8] == 'A' + sum % 26;
}

static bool cz(const char *b, size_t n)
{
	unsigned k = 11 - weighted(b, "ihgfedc") % 11;

	return n == 8 && all_digits(b) && b[0] != '9' && (unsigned)digit(b, 7) == (k == 10 ? 0 : k == 11 ? 1 : k);
}

static bool el(const char *b, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < 8; i++)
		sum = 2 * sum + 2 * digit(b, i);
	return n == 9 && all_digits(b) && sum % 11 % 10 == digit(b, 8);
}

/* Firms whose letter is A, B, E or H: the check is a digit. */
static bool es(const char *b, size_t n)
{
	return n == 9 && strchr("ABEH", b[0]) && all_digits(b + 1) && (crossed(b + 1, 7, true) + digit(b, 8)) % 10 == 0;
}

static bool gb(const char *b, size_t n)
{
	return n == 9 && all_digits(b) && (weighted(b, "ihgfedc") + (unsigned)lead(b + 7, 2)) % 97 == 0;
}

static bool ie(const char *b, size_t n)
{
	return n == 8 && b[7] == "WABCDEFGHIJKLMNOPQRSTUV"[weighted(b, "ihgfedc") % 23];
}

static bool lt(const char *b, size_t n)
{
	unsigned r = weighted(b, "bcdefghi") % 11;

	if (r == 10)
		r = weighted(b, "defghijb") % 11 % 10;
	return n == 9 && all_digits(b) && b[7] == '1' && r == (unsigned)digit(b, 8);
}

static bool ro(const char *b, size_t n)
{
	char padded[11] = "0000000000";

	if (n < 2 || n > 10 || !all_digits(b))
		return false;
	memcpy(padded + 10 - n, b, n);
	return weighted(padded, "hfdcbhfdc") * 10 % 11 % 10 == (unsigned)digit(padded, 9);
}

static bool se(const char *b, size_t n)
{
	return n == 12 && all_digits(b) && b[2] >= '2' && (crossed(b, 9, true) + digit(b, 9)) % 10 == 0 && strcmp(b + 10, "01") == 0;
}

static bool sk(const char *b, size_t n)
{
	return n == 10 && all_digits(b) && b[0] != '0' && strchr("234789", b[2]) && rest(b, 10, 11) == 0;
}

bool valid_vat(const char *s)
{
	const char *b = s + 2;
	size_t n = strlen(b);

	switch (s[0] << 8 | s[1]) {
	case 'A' << 8 | 'T': return at(b, n);
	case 'B' << 8 | 'E': return n == 10 && (rest(b, 8, 97) + (unsigned)lead(b + 8, 2)) % 97 == 0;
	case 'B' << 8 | 'G': return bg(b, n);
	case 'C' << 8 | 'Y': return cy(b, n);
	case 'C' << 8 | 'Z': return cz(b, n);
	case 'D' << 8 | 'E': return n == 9 && b[0] != '0' && mod11_10_of(b, 9);
	case 'D' << 8 | 'K': return n == 8 && b[0] != '0' && weighted(b, "chgfedcb") % 11 == 0;
	case 'E' << 8 | 'E': return n == 9 && all_digits(b) && weighted(b, "dhbdhbdhb") % 10 == 0;
	case 'E' << 8 | 'L': return el(b, n);
	case 'E' << 8 | 'S': return es(b, n);
	case 'F' << 8 | 'I': return n == 8 && weighted(b, "hjkfiecb") % 11 == 0;
	case 'F' << 8 | 'R': return n == 11 && valid_luhn(b + 2) && (12 + 3 * rest(b + 2, 9, 97)) % 97 == (unsigned)lead(b, 2);
	case 'G' << 8 | 'B': return gb(b, n);
	case 'H' << 8 | 'R': return n == 11 && mod11_10_of(b, 11);
	case 'H' << 8 | 'U': return n == 8 && weighted(b, "jhdbjhdb") % 10 == 0;
	case 'I' << 8 | 'E': return ie(b, n);
	case 'I' << 8 | 'T': return n == 11 && lead(b + 7, 3) >= 1 && lead(b + 7, 3) <= 100 && valid_luhn(b);
	case 'L' << 8 | 'T': return lt(b, n);
	case 'L' << 8 | 'U': return n == 8 && rest(b, 6, 89) == (unsigned)lead(b + 6, 2);
	case 'L' << 8 | 'V': return n == 11 && b[0] > '3' && weighted(b, "jbeidkcfhgb") % 11 == 3;
	case 'M' << 8 | 'T': return n == 8 && b[0] != '0' && weighted(b, "deghijkb") % 37 == 0;
	case 'N' << 8 | 'L': return n == 12 && weighted(b, "jihgfedc") % 11 == (unsigned)digit(b, 8) && strcmp(b + 9, "B01") == 0;   /* the first of a firm */
	case 'P' << 8 | 'L': return n == 10 && weighted(b, "gfhcdefgh") % 11 == (unsigned)digit(b, 9);
	case 'P' << 8 | 'T': return n == 9 && (weighted(b, "jihgfedcb") % 11 == 0 || (b[8] == '0' && weighted(b, "jihgfedc") % 11 == 1));
	case 'R' << 8 | 'O': return ro(b, n);
	case 'S' << 8 | 'E': return se(b, n);
	case 'S' << 8 | 'I': return n == 8 && b[0] != '0' && (weighted(b, "ihgfedcb") % 11 == 0 || (b[7] == '0' && weighted(b, "ihgfedc") % 11 == 1));
	case 'S' << 8 | 'K': return sk(b, n);
	default: return false;
	}
}

bool valid_bech32(const char *s)
{
	static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	static const uint32_t terms[5] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
	size_t n = strlen(s), parts = 0;
	uint8_t values[120];
	uint32_t sum = 1;

	if (n < 14 || n > 90 || tolower((unsigned char)s[2]) != '1')
		return false;
	for (int i = 0; i < 2; i++)
		values[parts++] = (uint8_t)tolower((unsigned char)s[i]) >> 5;
	values[parts++] = 0;
	for (int i = 0; i < 2; i++)
		values[parts++] = (uint8_t)tolower((unsigned char)s[i]) & 31;
	for (size_t i = 3; i < n; i++) {
		const char *at = strchr(alphabet, tolower((unsigned char)s[i]));

		if (!at)
			return false;
		values[parts++] = (uint8_t)(at - alphabet);
	}
	for (size_t i = 0; i < parts; i++) {
		uint32_t top = sum >> 25;

		sum = (sum & 0x1ffffff) << 5 ^ values[i];
		for (int k = 0; k < 5; k++)
			if (top >> k & 1)
				sum ^= terms[k];
	}
	return sum == (values[5] ? 0x2bc830a3 : 1);
}

bool valid_base58(const char *s)
{
	static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	uint8_t bytes[25] = { 0 }, sum[HASH_BYTES];

	for (; *s; s++) {
		const char *at = strchr(alphabet, *s);
		int carry = at ? (int)(at - alphabet) : 0;

		if (!at)
			return false;
		for (int i = 24; i >= 0; i--) {
			carry += bytes[i] * 58;
			bytes[i] = (uint8_t)carry;
			carry >>= 8;
		}
		if (carry)
			return false;
	}
	hash_sha256(bytes, 21, sum);
	hash_sha256(sum, 32, sum);
	return memcmp(sum, bytes + 21, 4) == 0;
}
