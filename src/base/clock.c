/* The one source of wall time. */
#include "base/clock.h"

#include <time.h>

static int64_t pretended = -1;

static int64_t now(clockid_t id)
{
	struct timespec ts;

	if (pretended >= 0)
		return pretended;
	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int64_t clock_wall_ns(void)
{
	return now(CLOCK_MONOTONIC);
}

int64_t clock_epoch_ns(void)
{
	return now(CLOCK_REALTIME);
}

void clock_pretend(int64_t ns)
{
	pretended = ns;
}
