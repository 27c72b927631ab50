/* Civil dates, proleptic Gregorian, UTC. */
#ifndef VALUE_MOMENTS_H
#define VALUE_MOMENTS_H

#include <stdint.h>

struct civil {
	int64_t year;
	unsigned month, day;            /* from 1 */
};

struct civil civil_of_days(int64_t days);                       /* since 1970-01-01 */
int64_t days_of_civil(int64_t year, unsigned month, unsigned day);
int64_t add_months(int64_t ns, int64_t months);                 /* the day is held within the month */

#endif
