/* Numbers to and from text. */
#include "base/num.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/digits.h"

struct unit {
	const char *name;
	double factor;
};

/* The length of the plain decimal number that text starts with, or 0: [+-] digits [. digits] [e [+-] digits]. */
static size_t number_length(const char *s)
{
	size_t at = s[0] == '-' || s[0] == '+', digits = 0;

	for (; isdigit((unsigned char)s[at]); at++)
		digits++;
	if (s[at] == '.')
		for (at++; isdigit((unsigned char)s[at]); at++)
			digits++;
	if (!digits)
		return 0;
	if (s[at] == 'e' || s[at] == 'E') {
		size_t exp = at + 1 + (s[at + 1] == '-' || s[at + 1] == '+');

		if (isdigit((unsigned char)s[exp])) {
			while (isdigit((unsigned char)s[exp]))
				exp++;
			at = exp;
		}
	}
	return at;
}

static const struct unit *unit_named(const struct unit *units, const char *name, size_t n)
{
	for (; units->name; units++)
		if (strlen(units->name) == n && memcmp(units->name, name, n) == 0)
			return units;
	return NULL;
}

/* strtod reads by LC_NUMERIC, which this program never sets; the characters were checked by number_length(). */
static double number_at(const char *s, size_t n)
{
	char copy[64];

	if (n >= sizeof copy)
		n = sizeof copy - 1;
	memcpy(copy, s, n);
	copy[n] = '\0';
	return strtod(copy, NULL);
}

int num_real(const char *text, double *out, struct err *e)
{
	static const struct unit units[] = {
		{ "", 1 }, { "k", 1e3 }, { "M", 1e6 }, { "G", 1e9 }, { "%", 0.01 }, { "bps", 1e-4 }, { NULL, 0 }
	};
	size_t n = number_length(text);
	const struct unit *u = n && n < 60 ? unit_named(units, text + n, strlen(text + n)) : NULL;
	double v;

	if (!u)
		return err_set(e, ERR_INPUT, "'%.60s' is not a number (like 2.5, 1e3, 200k, 30%%)", text);
	v = number_at(text, n);
	/* Dividing keeps 30% the double nearest to 0.3; multiplying by 0.01 does not. */
	v = u->factor < 1 ? v / (u->factor < 0.001 ? 10000 : 100) : v * u->factor;
	if (!isfinite(v))
		return err_set(e, ERR_INPUT, "'%.60s' is too large a number", text);
	*out = v;
	return 0;
}

int num_int(const char *text, int64_t *out, struct err *e)
{
	size_t n = strlen(text), digits = strspn(text + (text[0] == '-'), "0123456789");
	double v;

	if (digits && digits + (text[0] == '-') == n) {
		char *end;

		errno = 0;
		*out = strtoll(text, &end, 10);
		if (errno)
			return err_set(e, ERR_INPUT, "'%.60s' is too large a whole number", text);
		return 0;
	}
	if (n == 0 || strchr("%s", text[n - 1]) || num_real(text, &v, NULL) < 0 || v != floor(v) || fabs(v) > 9e15)
		return err_set(e, ERR_INPUT, "'%.60s' is not a whole number (like 12, 200k)", text);
	*out = (int64_t)v;
	return 0;
}

int64_t num_whole(double v)
{
	return v >= 0x1p63 ? INT64_MAX : v <= -0x1p63 ? INT64_MIN : (int64_t)llround(v);
}

static const struct unit span_units[] = {
	{ "w", 604800e9 }, { "d", 86400e9 }, { "h", 3600e9 }, { "m", 60e9 },
	{ "s", 1e9 }, { "ms", 1e6 }, { "us", 1e3 }, { "ns", 1 }, { NULL, 0 }
};

int num_span(const char *text, int64_t *ns, struct err *e)
{
	const char *s = text;
	const struct unit *last = NULL;
	bool minus = *s == '-';
	double sum = 0;

	if (strcmp(text, "0") == 0) {
		*ns = 0;
		return 0;
	}
	s += minus;
	if (!*s)
		goto bad;
	while (*s) {
		size_t n = number_length(s), letters = strspn(s + n, "abcdefghijklmnopqrstuvwxyz");
		const struct unit *u = n && isdigit((unsigned char)*s) ? unit_named(span_units, s + n, letters) : NULL;

		if (!u || (last && u <= last))
			goto bad;
		sum += number_at(s, n) * u->factor;
		last = u;
		s += n + letters;
	}
	if (!(sum < 9.2e18))
		return err_set(e, ERR_INPUT, "'%.60s' is too long a duration (at most 292 years)", text);
	*ns = (int64_t)(minus ? -round(sum) : round(sum));
	return 0;
bad:
	return err_set(e, ERR_INPUT, "'%.60s' is not a duration (like 250ms, 10s, 1m30s, 2h, 30d)", text);
}

int num_size(const char *text, int64_t *bytes, struct err *e)
{
	static const struct unit units[] = {
		{ "", 1 }, { "B", 1 }, { "kB", 1e3 }, { "MB", 1e6 }, { "GB", 1e9 }, { "TB", 1e12 }, { "KiB", 1024 },
		{ "MiB", 1048576 }, { "GiB", 1073741824 }, { "TiB", 1099511627776.0 }, { NULL, 0 }
	};
	size_t n = isdigit((unsigned char)text[0]) ? number_length(text) : 0;
	const struct unit *u = n ? unit_named(units, text + n, strlen(text + n)) : NULL;
	double v = u ? number_at(text, n) * u->factor : 0;

	if (!u || v != floor(v) || v > 9e15)
		return err_set(e, ERR_INPUT, "'%.60s' is not a size (like 512, 64KiB, 100MB)", text);
	*bytes = (int64_t)v;
	return 0;
}

/* Reads n digits at *s. */
static bool digits(const char **s, int n, unsigned *out)
{
	*out = 0;
	for (; n > 0; n--, (*s)++) {
		if (!isdigit((unsigned char)**s))
			return false;
		*out = *out * 10 + (unsigned)(**s - '0');
	}
	return true;
}

static bool eat(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool instant_time(const char **s, int64_t *ns)
{
	unsigned h, min, sec, zone_h, zone_m;
	int64_t unit = 100000000;

	if (!digits(s, 2, &h) || !eat(s, ':') || !digits(s, 2, &min) || !eat(s, ':') || !digits(s, 2, &sec) || h > 23 ||
	    min > 59 || sec > 59)
		return false;
	*ns += ((int64_t)h * 3600 + min * 60 + sec) * 1000000000;
	if (eat(s, '.')) {
		if (!isdigit((unsigned char)**s))
			return false;
		for (; isdigit((unsigned char)**s); (*s)++, unit /= 10)
			*ns += (**s - '0') * unit;
	}
	if (eat(s, 'Z'))
		return true;
	if (**s == '+' || **s == '-') {
		int sign = *(*s)++ == '-' ? 1 : -1;

		if (!digits(s, 2, &zone_h) || !eat(s, ':') || !digits(s, 2, &zone_m) || zone_h > 23 || zone_m > 59)
			return false;
		*ns += sign * ((int64_t)zone_h * 3600 + zone_m * 60) * 1000000000;
		return true;
	}
	return false;
}

int num_instant(const char *text, int64_t *ns, struct err *e)
{
	static const unsigned days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const char *s = text;
	unsigned y, m, d;

	if (!digits(&s, 4, &y) || !eat(&s, '-') || !digits(&s, 2, &m) || !eat(&s, '-') || !digits(&s, 2, &d) || m < 1 ||
	    m > 12 || d < 1 || d > days[m - 1] || (m == 2 && d == 29 && (y % 4 || (y % 100 == 0 && y % 400))) ||
	    y < 1970 || y > 2250)
		goto bad;
	*ns = days_of_civil(y, m, d) * 86400 * 1000000000;
	if (*s == '\0')
		return 0;
	if (eat(&s, 'T') && instant_time(&s, ns) && *s == '\0')
		return 0;
bad:
	return err_set(e, ERR_INPUT, "'%.60s' is not an instant from 1970 to 2250 (like 2024-01-01T09:00:00Z)", text);
}

/* Up to nine decimals and fifteen digits, when that is the number: what %.15g would write, and most numbers are so. 0: it is not. */
static size_t put_short(char *to, double v)
{
	static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
	double size = fabs(v);

	if (!(size >= 1e-4 && size < 1e15))
		return 0;
	for (unsigned k = 0; k < COUNT_OF(powers) && size * powers[k] < 1e15; k++) {
		double units = rint(v * powers[k]);

		if (units / powers[k] == v)
			return num_put_decimal(to, (int64_t)units, k);
	}
	return 0;
}

size_t num_put_real(char *to, double v)
{
	size_t short_n = put_short(to, v);

	if (short_n)
		return short_n;
	for (int precision = 15; precision <= 17; precision++) {
		int n = snprintf(to, NUM_TEXT, "%.*g", precision, v);

		if (precision == 17 || strtod(to, NULL) == v)
			return (size_t)n;
	}
	return 0;
}

size_t num_put_int(char *to, int64_t v)
{
	char *end = digits_int(to, v);

	*end = '\0';
	return (size_t)(end - to);
}

/* Mostly longer numbers of one place are as long as each other, so that the processor foresees the loops. */
char *digits_many(char *to, uint64_t u, unsigned least)
{
	static const uint32_t powers[] = { 10, 100, 1000, 10000, 100000, 1000000, 10000000 };
	unsigned n = 1;
	uint32_t v = (uint32_t)u;
	char *end, *p;

	if (u >= 100000000) {
		to = digits_put(to, u / 100000000, least > 8 ? least - 8 : 1);
		return digits_store(to, digits_eight((uint32_t)(u % 100000000)));
	}
	while (n < 8 && v >= powers[n - 1])
		n++;
	end = p = to + (n < least ? least : n);
	for (; v >= 100; v /= 100) {
		p -= 2;
		memcpy(p, digit_pairs + v % 100 * 2, 2);
	}
	if (v >= 10) {
		p -= 2;
		memcpy(p, digit_pairs + v * 2, 2);
	} else {
		*--p = (char)('0' + v);
	}
	while (p > to)
		*--p = '0';
	return end;
}

size_t num_put_decimal(char *to, int64_t units, unsigned scale)
{
	char *end = digits_decimal(to, units, scale);

	*end = '\0';
	return (size_t)(end - to);
}

size_t num_put_span(char *to, int64_t ns)
{
	char *at = to;
	uint64_t left = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

	if (ns < 0)
		*at++ = '-';
	if (ns == 0)
		return (size_t)snprintf(to, NUM_TEXT, "0s");
	for (const struct unit *u = span_units; u->name && left; u++) {
		uint64_t n = left / (uint64_t)u->factor;

		/* "1w" and "30d" are what people write; 8 days are 8d, not 1w1d. */
		if (n && !(u == span_units && left % (uint64_t)u->factor)) {
			at += snprintf(at, (size_t)(NUM_TEXT - (at - to)), "%" PRIu64 "%s", n, u->name);
			left %= (uint64_t)u->factor;
		}
	}
	return (size_t)(at - to);
}

size_t num_put_size(char *to, int64_t bytes)
{
	static const struct { const char *name; int64_t factor; } units[] = {
		{ "GiB", 1073741824 }, { "GB", 1000000000 }, { "MiB", 1048576 }, { "MB", 1000000 }, { "KiB", 1024 },
		{ "kB", 1000 }, { "", 1 }
	};

	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (bytes && bytes % units[i].factor == 0)
			return (size_t)snprintf(to, NUM_TEXT, "%" PRId64 "%s", bytes / units[i].factor, units[i].name);
	return num_put_int(to, bytes);
}

/* The days of a year that begins in March, as they are written. */
#define DAY(m, d) { m "-" d "T" }
#define DAYS_29(m) DAY(m, "01"), DAY(m, "02"), DAY(m, "03"), DAY(m, "04"), DAY(m, "05"), DAY(m, "06"), DAY(m, "07"), DAY(m, "08"), DAY(m, "09"), \
	DAY(m, "10"), DAY(m, "11"), DAY(m, "12"), DAY(m, "13"), DAY(m, "14"), DAY(m, "15"), DAY(m, "16"), DAY(m, "17"), DAY(m, "18"), \
	DAY(m, "19"), DAY(m, "20"), DAY(m, "21"), DAY(m, "22"), DAY(m, "23"), DAY(m, "24"), DAY(m, "25"), DAY(m, "26"), DAY(m, "27"), \
	DAY(m, "28"), DAY(m, "29")
#define DAYS_30(m) DAYS_29(m), DAY(m, "30")
#define DAYS_31(m) DAYS_30(m), DAY(m, "31")
static const char march_days[366][8] = {
	DAYS_31("03"), DAYS_30("04"), DAYS_31("05"), DAYS_30("06"), DAYS_31("07"), DAYS_31("08"), DAYS_30("09"), DAYS_31("10"), DAYS_30("11"),
	DAYS_31("12"), DAYS_31("01"), DAYS_29("02"),
};

/* Milliseconds and seconds are counted from the start of a day before all that there are, so that nothing is negative. */
enum { FIRST_DAY = -106752 };

static inline int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* All but the fraction: 19 bytes, and ".000Z" behind them. */
static ATTR_INLINE void put_date_time(char *to, uint32_t day, uint32_t second)
{
	struct civil_march date = civil_march_of_days((int64_t)day + FIRST_DAY);
	uint32_t year = (uint32_t)date.year + (date.day >= 306), minute = second / 60;

	memcpy(to, "0000-00-00T00:00:00.000Z", 24);
	digits_pair(to, year / 100);
	digits_pair(to + 2, year % 100);
	memcpy(to + 5, march_days[date.day], 8);
	digits_pair(to + 11, minute / 60);
	digits_pair(to + 14, minute % 60);
	digits_pair(to + 17, second - minute * 60);
}

size_t num_put_instant_ms(char *to, int64_t ms)
{
	uint64_t all = (uint64_t)(ms - (int64_t)FIRST_DAY * 86400000);
	uint32_t day = (uint32_t)(all / 86400000), rest = (uint32_t)(all - (uint64_t)day * 86400000), second = rest / 1000, part = rest - second * 1000;

	put_date_time(to, day, second);
	to[20] = (char)('0' + part / 100);
	digits_pair(to + 21, part % 100);
	to[24] = '\0';
	return 24;
}

size_t num_put_instant(char *to, int64_t ns, unsigned decimals)
{
	int64_t since_1970 = floor_div(ns, 1000000000);
	uint64_t seconds = (uint64_t)(since_1970 - (int64_t)FIRST_DAY * 86400);
	char *end = to + 19;

	if (decimals == 3)
		return num_put_instant_ms(to, floor_div(ns, 1000000));
	put_date_time(to, (uint32_t)(seconds / 86400), (uint32_t)(seconds % 86400));
	if (decimals) {
		digits_width(to + 20, (uint64_t)ns - (uint64_t)since_1970 * 1000000000, 9);
		end = to + 20 + (decimals < 9 ? decimals : 9);
	}
	memcpy(end, "Z", 2);
	return (size_t)(end + 1 - to);
}

size_t num_human(char *to, double v)
{
	static const char *const suffix[] = { "", "k", "M", "G", "T" };
	unsigned i = 0;
	double a = fabs(v);

	if (!isfinite(v))
		return (size_t)snprintf(to, NUM_TEXT, "-");
	while (a >= 999.5 && i + 1 < COUNT_OF(suffix)) {
		a /= 1000;
		v /= 1000;
		i++;
	}
	if (a > 0 && a < 0.01)
		return (size_t)snprintf(to, NUM_TEXT, "%.2g", v);
	if (a >= 1e6)
		return (size_t)snprintf(to, NUM_TEXT, "%.2e", v);
	return (size_t)snprintf(to, NUM_TEXT, "%.*f%s", a >= 99.95 || (i == 0 && v == floor(v)) ? 0 : a >= 9.995 ? 1 : 2, v,
				suffix[i]);
}

size_t num_human_bytes(char *to, double bytes)
{
	static const char *const suffix[] = { "B", "kB", "MB", "GB", "TB" };
	unsigned i = 0;

	while (bytes >= 999.5 && i + 1 < COUNT_OF(suffix)) {
		bytes /= 1000;
		i++;
	}
	return (size_t)snprintf(to, NUM_TEXT, "%.*f %s", i == 0 || bytes >= 99.5 ? 0 : 1, bytes, suffix[i]);
}

size_t num_human_ns(char *to, double ns)
{
	if (ns < 1e3)
		return (size_t)snprintf(to, NUM_TEXT, "%.0f ns", ns);
	if (ns < 1e6)
		return (size_t)snprintf(to, NUM_TEXT, "%.0f us", ns / 1e3);
	if (ns < 1e9)
		return (size_t)snprintf(to, NUM_TEXT, "%.*f ms", ns < 1e7 ? 1 : 0, ns / 1e6);
	return (size_t)snprintf(to, NUM_TEXT, "%.*f s", ns < 1e10 ? 1 : 0, ns / 1e9);
}

size_t num_group(char *to, uint64_t v)
{
	char plain[24];
	int n = snprintf(plain, sizeof plain, "%" PRIu64, v);
	size_t at = 0;

	for (int i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			to[at++] = ' ';
		to[at++] = plain[i];
	}
	to[at] = '\0';
	return at;
}

size_t num_clock(char *to, int64_t ns)
{
	int64_t s = ns / 1000000000;

	return (size_t)snprintf(to, NUM_TEXT, "%02" PRId64 ":%02d:%02d", s / 3600, (int)(s / 60 % 60), (int)(s % 60));
}
