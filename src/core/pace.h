/*
 * When the next arrival is due: shapes of a rate over simulated time.
 *
 * A shape is a piecewise linear rate; an arrival is due when the area under it has grown by 1 (regular) or by a draw of the
 * exponential distribution (poisson). So every shape has exact long-run counts, and a change of the rate in the middle of a gap
 * keeps what of the gap has passed. Instants are nanoseconds; the fraction of a nanosecond is carried, so nothing drifts.
 *
 * per_step is another thing: simulated time is cut into steps, counted from the run's start, and n arrivals stand uniformly in each.
 * No step begins at the run's end or behind it.
 */
#ifndef CORE_PACE_H
#define CORE_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/rng.h"

enum pace_shape {
	PACE_CONSTANT, PACE_POISSON, PACE_RAMP, PACE_STEPS, PACE_SINE, PACE_SQUARE, PACE_SAWTOOTH, PACE_BURST, PACE_GAP,
	PACE_SPIKE, PACE_UNLIMITED, PACE_PER_STEP,
};

extern const char *const pace_names[];

enum { PACE_STEP_MOST = 64 };

/* What the rows of a module say. Rates are arrivals per second of simulated time. */
struct pace_settings {
	double rate;
	int shape;
	int64_t period, lasts;  /* a cycle; how long a burst, gap or spike is */
	double depth;           /* sine, square, sawtooth: rate * (1 - depth) to rate * (1 + depth) */
	double times;           /* burst, spike: times the rate */
	double to;              /* ramp: the rate at its end */
	int64_t over;           /* ramp: its length */
	const char *steps;      /* steps: rates separated by commas, each for one period */
	int64_t step, n;        /* per_step: how long one is, and its arrivals */
	bool early;             /* per_step: arrivals come at the step's start and say how much later they are meant */
	int64_t start, end;     /* of the run; no rate behind the end, INT64_MAX: endless */
};

struct pace {
	struct pace_settings set;
	double steps[PACE_STEP_MOST];
	unsigned step_n;
	int64_t origin;         /* where cycles and ramps begin */
	int64_t at;             /* where `need` counts from, with fraction */
	double fraction;
	double need;            /* area left from there to the next arrival */
	int64_t next;           /* the instant of the next arrival, with fraction: what pace_due() says */
	double next_fraction;
	int64_t lead;           /* of the next arrival: how long behind it what it stands for is to happen */
	struct { int64_t at, length, n, left; double share; } step;    /* the one that the next arrival is of; share: how much of it has passed */
	struct rng rng;
};

/* INT64_MAX as an instant: never. */
#define PACE_NEVER INT64_MAX

/* Refuses a list of steps that cannot be read; everything else was checked by the rows. */
int pace_check(const struct pace_settings *s, struct err *e);
void pace_start(struct pace *p, const struct pace_settings *s, int64_t now_ns, uint64_t key);
/* The instant of the next arrival; asking again gives the same answer. */
static inline int64_t pace_due(const struct pace *p)
{
	return p->next;
}

/* A new start (gap, cycle and ramp) at now, without disturbing the random stream. Steps go on as they are counted: with the next one. */
void pace_restart(struct pace *p, int64_t now_ns);
/* The arrival has happened: the next gap begins at its instant. */
void pace_take(struct pace *p);
/* New settings from now on; the phase of the current gap is kept. A new shape or ramp starts here. A step that has begun stays as it is. */
void pace_change(struct pace *p, const struct pace_settings *s, int64_t now_ns);
/* Jumps to now and returns how many regular arrivals were left out. */
uint64_t pace_skip(struct pace *p, int64_t now_ns);
/* Arrivals per second at an instant; infinity for unlimited. */
double pace_rate(const struct pace *p, int64_t now_ns);

#endif
