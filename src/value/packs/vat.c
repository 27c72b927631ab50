/* VAT numbers of the European Union and of Britain, with the check of each member state. */
#include "value/check.h"
#include "value/packs/pick.h"

enum { VAT_COUNTRIES = 28 };

/* How a number goes on after its country: '#' and what spread() knows digits, 'k' check digits, the rest as it is. */
struct vat {
	char country[3], pattern[13];
	uint8_t weights[10], from, n;   /* weights of the digits from..from+n-1 of the number */
};

/* Patterns and weights: the structures that the European Commission publishes for VIES, algorithms of the national authorities. */
static const struct vat states[VAT_COUNTRIES] = {
	{ "AT", "U#######k", { 0 }, 1, 7 }, { "BE", "0#######kk", { 0 }, 0, 8 }, { "BG", "########k", { 1, 2, 3, 4, 5, 6, 7, 8 }, 0, 8 }, { "CY", "0#######k", { 0 }, 0, 8 }, { "CZ", "<######k", { 8, 7, 6, 5, 4, 3, 2 }, 0, 7 },
	{ "DE", "########k", { 0 }, 0, 8 }, { "DK", "#######k", { 2, 7, 6, 5, 4, 3, 2 }, 0, 7 }, { "EE", "10######k", { 3, 7, 1, 3, 7, 1, 3, 7 }, 0, 8 },
	{ "EL", "########k", { 0 }, 0, 8 }, { "ES", "B#######k", { 0 }, 1, 7 }, { "FI", "#######k", { 7, 9, 10, 5, 8, 4, 2 }, 0, 7 },
	{ "FR", "kk#########", { 0 }, 2, 8 }, { "GB", "#######kk", { 8, 7, 6, 5, 4, 3, 2 }, 0, 7 }, { "HR", "##########k", { 0 }, 0, 10 },
	{ "HU", "#######k", { 9, 7, 3, 1, 9, 7, 3 }, 0, 7 }, { "IE", "#######k", { 8, 7, 6, 5, 4, 3, 2 }, 0, 7 }, { "IT", "0######015k", { 0 }, 0, 10 },
	{ "LT", "#######1k", { 1, 2, 3, 4, 5, 6, 7, 8 }, 0, 8 }, { "LU", "######kk", { 0 }, 0, 6 },
	{ "LV", "40########k", { 9, 1, 4, 8, 3, 10, 2, 5, 7, 6 }, 0, 10 }, { "MT", "######kk", { 3, 4, 6, 7, 8, 9 }, 0, 6 },
	{ "NL", "########kB01", { 9, 8, 7, 6, 5, 4, 3, 2 }, 0, 8 }, { "PL", "#########k", { 6, 5, 7, 2, 3, 4, 5, 6, 7 }, 0, 9 },
	{ "PT", "5#######k", { 9, 8, 7, 6, 5, 4, 3, 2 }, 0, 8 }, { "RO", "########k", { 5, 3, 2, 1, 7, 5, 3, 2 }, 0, 8 },
	{ "SE", "55>######k01", { 0 }, 0, 9 }, { "SI", "#######k", { 8, 7, 6, 5, 4, 3, 2 }, 0, 7 },
	{ "SK", "20+######k", { 0 }, 0, 9 },
};

/* One of nine draws as a digit: no Czech firm begins with 9, a Swedish firm's third digit is 2 or more, a Slovak one none of 0, 1, 5, 6. */
static char spread(char sign, char digit)
{
	switch (sign) {
	case '#': return digit;
	case '<': return "123456781"[digit - '1'];
	case '>': return "223456789"[digit - '1'];
	case '+': return "223447789"[digit - '1'];
	default: return '\0';
	}
}

static unsigned whole(const char *digits, unsigned n)
{
	unsigned v = 0;

	while (n--)
		v = v * 10 + (unsigned)(*digits++ - '0');
	return v;
}

static bool is(const struct vat *v, const char *country)
{
	return v->country[0] == country[0] && v->country[1] == country[1];
}

/* Weighted sums: mod 11 and its kin. -1: the number has no check digit and is not given out. */
static int from_sum(const struct vat *v, const char *b, unsigned sum)
{
	static const uint8_t bg[8] = { 3, 4, 5, 6, 7, 8, 9, 10 }, lt[8] = { 3, 4, 5, 6, 7, 8, 9, 1 };
	unsigned rest = sum % 11;

	if (is(v, "BG") || is(v, "LT")) {
		if (rest == 10)
			rest = check_sum(b, is(v, "BG") ? bg : lt, 8) % 11;
		return rest == 10 ? 0 : (int)rest;
	}
	if (is(v, "CZ"))
		return rest == 0 ? 1 : rest == 1 ? 0 : (int)(11 - rest);
	if (is(v, "EE") || is(v, "HU"))
		return (int)((10 - sum % 10) % 10);
	if (is(v, "LV"))
		return rest == 4 ? -1 : rest < 4 ? (int)(3 - rest) : (int)(14 - rest);
	if (is(v, "NL") || is(v, "PL"))
		return rest == 10 ? -1 : (int)rest;
	if (is(v, "RO"))
		return (int)(sum * 10 % 11 % 10);
	if (is(v, "PT"))
		return rest < 2 ? 0 : (int)(11 - rest);
	if (is(v, "SI"))
		return rest == 0 ? -1 : rest == 1 ? 0 : (int)(11 - rest);
	/* DK, FI: the sum with the check digit is a multiple of 11. */
	return rest == 1 ? -1 : (int)((11 - rest) % 11);
}

/* Austria and Spain: digits at odd places doubled and cast out, like Luhn, with a constant. */
static unsigned doubled(const char *digits, unsigned n, unsigned odd)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++) {
		unsigned v = (unsigned)(digits[i] - '0') << (i % 2 == odd);

		sum += v / 10 + v % 10;
	}
	return sum;
}

static char cyprus(const char *b)
{
	static const uint8_t odd[10] = { 1, 0, 5, 7, 9, 13, 15, 17, 19, 21 };
	unsigned sum = 0;

	for (int i = 0; i < 8; i++)
		sum += i & 1 ? (unsigned)(b[i] - '0') : odd[b[i] - '0'];
	return (char)('A' + sum % 26);
}

/* Puts the check digits; false: the number is not given out. */
static bool put_check(const struct vat *v, char *b)
{
	const char *digits = b + v->from;
	unsigned sum = check_sum(digits, v->weights, v->n);
	int k;

	if (is(v, "AT"))
		b[8] = (char)('0' + (10 - (doubled(digits, 7, 1) + 4) % 10) % 10);
	else if (is(v, "BE"))
		put_digits(b + 8, 97 - whole(b, 8) % 97, 2);
	else if (is(v, "CY"))
		b[8] = cyprus(b);
	else if (is(v, "DE") || is(v, "HR"))
		b[v->n] = check_mod11_10(b, v->n);
	else if (is(v, "EL")) {
		for (unsigned i = 0; i < 8; i++)
			sum += (unsigned)(b[i] - '0') << (8 - i);
		b[8] = (char)('0' + sum % 11 % 10);
	} else if (is(v, "ES"))
		b[8] = (char)('0' + (10 - doubled(digits, 7, 0) % 10) % 10);
	else if (is(v, "FR")) {
		b[10] = check_luhn(digits, 8);
		put_digits(b, (12 + 3 * (whole(digits, 9) % 97)) % 97, 2);
	} else if (is(v, "GB"))
		put_digits(b + 7, 97 - sum % 97, 2);
	else if (is(v, "IE"))
		b[7] = "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23];
	else if (is(v, "IT") || is(v, "SE"))
		b[v->n] = check_luhn(b, v->n);
	else if (is(v, "LU"))
		put_digits(b + 6, whole(b, 6) % 89, 2);
	else if (is(v, "MT"))
		put_digits(b + 6, 37 - sum % 37, 2);
	else if (is(v, "SK")) {
		unsigned rest = (unsigned)((uint64_t)whole(b, 9) * 10 % 11);

		if (rest == 1)
			return false;
		b[9] = (char)('0' + (11 - rest) % 11);
	} else {
		k = from_sum(v, digits, sum);
		if (k >= 0)
			b[v->from + v->n] = (char)('0' + k);
		return k >= 0;
	}
	return true;
}

struct vat_opts {
	char *country;
};

static const struct param vat_params[] = {
	P_TEXT(struct vat_opts, country, "any", .help = "Member state, EL for Greece, GB, or any."),
	P_END
};

static int vat_prepare(struct call *c, struct err *e)
{
	const char *country = ((const struct vat_opts *)c->opts)->country;
	int *only = c->made;

	for (*only = 0; *only < VAT_COUNTRIES && strcmp(states[*only].country, country) != 0; ++*only)
		;
	if (*only < VAT_COUNTRIES)
		return 0;
	*only = strcmp(country, "GR") == 0 ? 8 : -1;
	if (*only < 0 && strcmp(country, "any") != 0)
		return err_set(e, ERR_INPUT, "country: '%.20s' is neither any nor a state of the European Union, like DE", country);
	return 0;
}

static char *vat_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int only = *(const int *)c->made;
	const struct vat *v = &states[only >= 0 ? (uint64_t)only : draws_below(d, VAT_COUNTRIES)];
	char digits[11];
	size_t n = 0;

	(void)r;
	to = put_bytes(to, v->country, 2);
	/* One in eleven has no check digit in some states; another one then, at last with another first digit: no two of them lack one. */
	for (int i = 0; i < 18; i++) {
		unsigned at = 0;

		if (i < 16)
			put_of(digits, d, 11, "123456789", 9);
		else
			digits[0] = digits[0] == '9' ? '1' : (char)(digits[0] + 1);
		for (n = 0; v->pattern[n]; n++) {
			char drawn = spread(v->pattern[n], digits[at]);

			to[n] = drawn ? drawn : v->pattern[n];
			at += drawn != '\0';
		}
		if (put_check(v, to))
			break;
	}
	return to + n;
}

const struct provider pack_vat[] = {
	{ ROW_NAME("vat_number"), .category = "Company", .help = "A VAT number with the check digits of its state.", .example = "DE136695976",
	  .out = KIND_TEXT, .params = vat_params, .opts_size = sizeof(struct vat_opts), .made_size = sizeof(int), .prepare = vat_prepare, .text = vat_text },
	{ .name = NULL },
};
