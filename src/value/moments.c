/* Instants of providers: relative ones, and their formats. UTC and the C locale only; nothing asks the machine. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "value/moments.h"
#include "value/provider.h"

static const int64_t second = 1000000000, day = 86400 * INT64_C(1000000000);

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t add_months(int64_t ns, int64_t months)
{
	static const unsigned lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int64_t days = floor_div(ns, day), rest = ns - days * day;
	struct civil c = civil_of_days(days);
	int64_t m = c.year * 12 + c.month - 1 + months, year = floor_div(m, 12);
	unsigned month = (unsigned)(m - year * 12) + 1, last = lengths[month - 1];

	last += month == 2 && (year % 4 == 0) && (year % 100 != 0 || year % 400 == 0);
	return days_of_civil(year, month, c.day < last ? c.day : last) * day + rest;
}

int parse_instant(const char *text, int64_t now_ns, int64_t *ns, struct err *e)
{
	static const struct { const char *unit; int64_t ns; int months; } units[] = {
		{ "s", 1000000000, 0 }, { "m", 60000000000, 0 }, { "h", 3600000000000, 0 }, { "d", 86400000000000, 0 },
		{ "w", 604800000000000, 0 }, { "mo", 0, 1 }, { "y", 0, 12 },
	};
	char sign = text[0];
	int64_t n = 0;
	size_t digits = 0;

	if (strcmp(text, "now") == 0 || strcmp(text, "today") == 0) {
		*ns = text[0] == 'n' ? now_ns : floor_div(now_ns, day) * day;
		return 0;
	}
	if (isdigit((unsigned char)sign) && strchr(text, '-'))
		return num_instant(text, ns, e);
	text += sign == '-' || sign == '+';
	while (isdigit((unsigned char)text[digits]) && digits < 6)
		n = n * 10 + text[digits++] - '0';
	for (size_t i = 0; digits && i < sizeof units / sizeof *units; i++)
		if (strcmp(units[i].unit, text + digits) == 0) {
			n = sign == '-' ? -n : n;
			*ns = units[i].months ? add_months(now_ns, n * units[i].months) : now_ns + n * units[i].ns;
			return 0;
		}
	return err_set(e, ERR_INPUT, "'%.40s' is no instant (like 2024-03-15, now, today, -30d, +2h, -18mo, -30y)", text);
}

static const char *const weekdays[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
				      "November", "December" };

struct moment {
	struct civil c;
	int64_t days, ns;               /* of the day */
	unsigned h, m, s, weekday, yday;
	int32_t east;                   /* seconds ahead of UTC */
};

static struct moment take_apart(int64_t ns)
{
	struct moment t = { .days = floor_div(ns, day) };

	t.ns = ns - t.days * day;
	t.c = civil_of_days(t.days);
	t.h = (unsigned)(t.ns / (3600 * second));
	t.m = (unsigned)(t.ns / (60 * second) % 60);
	t.s = (unsigned)(t.ns / second % 60);
	t.weekday = (unsigned)(((t.days + 4) % 7 + 7) % 7);
	t.yday = (unsigned)(t.days - days_of_civil(t.c.year, 1, 1));
	return t;
}

static int put_conversion(char *to, size_t room, char c, const struct moment *t)
{
	int64_t year = t->c.year;

	switch (c) {
	case 'Y': return snprintf(to, room, "%04lld", (long long)year);
	case 'C': return snprintf(to, room, "%02lld", (long long)(year / 100));
	case 'y': return snprintf(to, room, "%02lld", (long long)(year % 100));
	case 'm': return snprintf(to, room, "%02u", t->c.month);
	case 'd': return snprintf(to, room, "%02u", t->c.day);
	case 'e': return snprintf(to, room, "%2u", t->c.day);
	case 'H': return snprintf(to, room, "%02u", t->h);
	case 'I': return snprintf(to, room, "%02u", t->h % 12 ? t->h % 12 : 12);
	case 'M': return snprintf(to, room, "%02u", t->m);
	case 'S': return snprintf(to, room, "%02u", t->s);
	case 'f': return snprintf(to, room, "%06lld", (long long)(t->ns % second / 1000));
	case 'p': return snprintf(to, room, "%s", t->h < 12 ? "AM" : "PM");
	case 'j': return snprintf(to, room, "%03u", t->yday + 1);
	case 'u': return snprintf(to, room, "%u", t->weekday ? t->weekday : 7);
	case 'w': return snprintf(to, room, "%u", t->weekday);
	case 'A': return snprintf(to, room, "%s", weekdays[t->weekday]);
	case 'a': return snprintf(to, room, "%.3s", weekdays[t->weekday]);
	case 'B': return snprintf(to, room, "%s", months[t->c.month - 1]);
	case 'b':
	case 'h': return snprintf(to, room, "%.3s", months[t->c.month - 1]);
	case 's': return snprintf(to, room, "%lld", (long long)(t->days * 86400 + t->ns / second - t->east));
	case 'Z':
	case 'z':
		if (c == 'Z' && !t->east)
			return snprintf(to, room, "UTC");
		return snprintf(to, room, "%c%02d%02d", t->east < 0 ? '-' : '+', abs(t->east) / 3600, abs(t->east) / 60 % 60);
	case 'n': return snprintf(to, room, "\n");
	case 't': return snprintf(to, room, "\t");
	case '%': return snprintf(to, room, "%%");
	default: return snprintf(to, room, "%%%c", c);
	}
}

static const char *composed(char c)
{
	return c == 'F' ? "%Y-%m-%d" : c == 'T' ? "%H:%M:%S" : c == 'R' ? "%H:%M" : c == 'D' ? "%m/%d/%y" : c == 'r' ? "%I:%M:%S %p" :
	       c == 'c' ? "%a %b %e %H:%M:%S %Y" : c == 'x' ? "%m/%d/%y" : c == 'X' ? "%H:%M:%S" : NULL;
}

static char *put(char *to, const char *end, const char *format, const struct moment *t, bool inner)
{
	for (; *format && to + 1 < end; format++) {
		int n;

		if (*format != '%' || !format[1]) {
			*to++ = *format;
			continue;
		}
		format++;
		if (!inner && composed(*format)) {
			to = put(to, end, composed(*format), t, true);
			continue;
		}
		n = put_conversion(to, (size_t)(end - to), *format, t);
		to += n < end - to ? n : end - to - 1;
	}
	return to;
}

char *put_time_at(char *to, size_t room, const char *format, int64_t local_ns, int32_t east)
{
	struct moment t = take_apart(local_ns);

	t.east = east;
	return put(to, to + room, format, &t, false);
}

char *put_time(char *to, size_t room, const char *format, int64_t ns)
{
	return put_time_at(to, room, format, ns, 0);
}

char *put_date(char *to, int64_t days)
{
	struct civil date = civil_of_days(days);

	to = put_digits(to, (uint64_t)date.year, 4);
	*to++ = '-';
	to = put_digits(to, date.month, 2);
	*to++ = '-';
	return put_digits(to, date.day, 2);
}
