/* Civil dates, proleptic Gregorian, UTC. */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include <stdint.h>

struct civil {
	int64_t year;
	unsigned month, day;            /* from 1 */
};

/* The same in years that begin in March: day from 0, and a leap day is the last. */
struct civil_march {
	int64_t year;
	uint32_t day;
};

/* Days since 1970-01-01, of years -32,800 to 32,767: Neri and Schneider, "Euclidean affine functions and their application to
 * calendar algorithms" (2022), figure 12; multiplications instead of divisions. */
static inline struct civil_march civil_march_of_days(int64_t days)
{
	uint32_t n = (uint32_t)(days + 719468 + 146097 * 82), n1 = 4 * n + 3, century = n1 / 146097, n2 = n1 % 146097 | 3;
	uint64_t p = (uint64_t)2939745 * n2;

	return (struct civil_march){ .year = (int64_t)(100 * century + (uint32_t)(p >> 32)) - 400 * 82, .day = (uint32_t)p / 2939745 / 4 };
}

static inline struct civil civil_of_days(int64_t days)
{
	struct civil_march m = civil_march_of_days(days);
	uint32_t n3 = 2141 * m.day + 197913, after = m.day >= 306;

	return (struct civil){ .year = m.year + after, .month = (n3 >> 16) - (after ? 12 : 0), .day = (n3 & 0xffff) / 2141 + 1 };
}

/* Days since 1970-01-01 of a date (Hinnant, "chrono-compatible low-level date algorithms", public domain). */
static inline int64_t days_of_civil(int64_t year, unsigned month, unsigned day)
{
	int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
	unsigned yoe = (unsigned)(y - era * 400), doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + (int64_t)(yoe * 365 + yoe / 4 - yoe / 100 + doy) - 719468;
}

#endif
