/* What the benchmarks share: time, medians, and a line of figures with its ratio to a limit measured in the same run. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BENCH_RUNS = 5 };

static inline double bench_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static inline int bench_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static inline double bench_median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, bench_order);
	return v[n / 2];
}

/* rate and limit in events per second. */
static inline void bench_line(const char *what, double rate, double limit, double wanted)
{
	printf("%-44s %8.2f M/s  %6.1f ns   limit %8.2f M/s   ratio %.2f (to reach: %.2f)\n", what, rate / 1e6, 1e9 / rate, limit / 1e6,
	       rate / limit, wanted);
}

#endif
