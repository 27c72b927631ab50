/* A counter over time, for graphs and rates: one sample every SERIES_STEP_NS of wall time, the latest SERIES_ROOM of them. */
#ifndef CORE_SERIES_H
#define CORE_SERIES_H

#include <stdint.h>

#define SERIES_STEP_NS INT64_C(250000000)
enum { SERIES_ROOM = 2400 };    /* ten minutes */

struct series {
	uint64_t n;             /* samples ever; sample i is at[i % SERIES_ROOM] */
	float at[SERIES_ROOM];
};

static inline void series_add(struct series *s, double v)
{
	s->at[s->n++ % SERIES_ROOM] = (float)v;
}

/* The sample `ago` steps before the latest; 0 when there is none. */
static inline double series_ago(const struct series *s, uint64_t ago)
{
	return ago < s->n && ago < SERIES_ROOM ? (double)s->at[(s->n - 1 - ago) % SERIES_ROOM] : 0;
}

#endif
