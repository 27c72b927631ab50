/* Instants and months. */
#ifndef VALUE_MOMENTS_H
#define VALUE_MOMENTS_H

#include "base/civil.h"

int64_t add_months(int64_t ns, int64_t months);                 /* the day is held within the month */

#endif
