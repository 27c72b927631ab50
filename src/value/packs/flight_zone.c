/* Local time at airports: summer time by rule, so that no zone data of the machine reaches a value. Rules are those of 2024. */
#include "value/packs/flight.h"

#include "base/mathx.h"
#include "value/moments.h"

enum { MINUTE = 60, DAY = 86400 };
static const int64_t SECOND = 1000000000;

/* The first such weekday (0 Sunday) on or after a day, and minutes after its midnight in standard time or, if `utc`, in UTC. */
struct turn {
	uint8_t month, day, weekday;
	int16_t minute;
};

static const struct {
	char rule;
	bool utc;
	struct turn on, off;
} rules[] = {
	{ 'E', true, { 3, 25, 0, 60 }, { 10, 25, 0, 60 } },             /* Europe */
	{ 'U', false, { 3, 8, 0, 120 }, { 11, 1, 0, 60 } },             /* United States and Canada */
	{ 'H', false, { 3, 8, 0, 0 }, { 11, 1, 0, 0 } },                /* Cuba */
	{ 'A', false, { 10, 1, 0, 120 }, { 4, 1, 0, 120 } },            /* Australia */
	{ 'Z', false, { 9, 24, 0, 120 }, { 4, 1, 0, 120 } },            /* New Zealand */
	{ 'K', true, { 9, 2, 0, 240 }, { 4, 2, 0, 180 } },              /* Chile */
	{ 'I', false, { 3, 23, 5, 120 }, { 10, 25, 0, 60 } },           /* Israel */
	{ 'B', false, { 3, 25, 0, 0 }, { 10, 25, 0, -60 } },            /* Lebanon */
	{ 'G', false, { 4, 24, 5, 0 }, { 10, 25, 4, 1380 } },           /* Egypt */
};

static int64_t turn_second(int64_t year, const struct turn *t)
{
	int64_t day = days_of_civil(year, t->month, t->day), weekday = ((day + 4) % 7 + 7) % 7;

	return (day + (t->weekday - weekday + 7) % 7) * DAY + t->minute * MINUTE;
}

int64_t zone_minutes(int64_t east, char rule, int64_t ns)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		int64_t second = ns / SECOND - (ns % SECOND < 0), there = second + east * MINUTE, on, off, at, year;

		if (rules[i].rule != rule)
			continue;
		year = civil_of_days(there / DAY - (there % DAY < 0)).year;
		on = turn_second(year, &rules[i].on);
		off = turn_second(year, &rules[i].off);
		at = rules[i].utc ? second : there;
		if (on < off ? at >= on && at < off : at >= on || at < off)
			return east + 60;
		return east;
	}
	return east;
}

char *zone_put_local(char *to, int64_t ns, int64_t minutes)
{
	int64_t at = ns / SECOND + minutes * MINUTE, day = at / DAY - (at % DAY < 0), off = minutes < 0 ? -minutes : minutes;
	struct civil c = civil_of_days(day);

	at = (at - day * DAY) / MINUTE;
	to = put_digits(to, (uint64_t)c.year, 4);
	*to++ = '-';
	to = put_digits(to, c.month, 2);
	*to++ = '-';
	to = put_digits(to, c.day, 2);
	*to++ = 'T';
	to = put_digits(to, (uint64_t)at / 60, 2);
	*to++ = ':';
	to = put_digits(to, (uint64_t)at % 60, 2);
	*to++ = minutes < 0 ? '-' : '+';
	to = put_digits(to, (uint64_t)off / 60, 2);
	*to++ = ':';
	return put_digits(to, (uint64_t)off % 60, 2);
}

/* A first guess within 0.005, then sin(error) = sine cos(a) - cosine sin(a): two steps leave nothing. */
double flight_angle(double sine, double cosine)
{
	double s = sine < 0 ? -sine : sine, k = cosine < 0 ? -cosine : cosine, t, a;

	if (s + k <= 0)
		return 0;
	t = s < k ? s / k : k / s;
	a = t / (1 + 0.28 * t * t);
	if (s >= k)
		a = MATHX_PI / 2 - a;
	if (cosine < 0)
		a = MATHX_PI - a;
	if (sine < 0)
		a = -a;
	for (int i = 0; i < 2; i++)
		a += sine * mathx_cos(a) - cosine * mathx_sin(a);
	return a;
}
