/*
 * A sample of the stream for the eye: one event in n, chosen by its number in the run, so that a replay shows the same ones.
 *
 * Choosing costs a multiplication an event. Numbers are scattered by the golden ratio, so that modules that take turns are all
 * seen. Texts are JSON without an envelope, whatever the outputs write; what is longer than TAIL_TEXT is cut.
 */
#ifndef CORE_TAIL_H
#define CORE_TAIL_H

#include <stdbool.h>
#include <stdint.h>

struct event;
struct slot;

enum { TAIL_ROOM = 1000, TAIL_TEXT = 8192, TAIL_WHY = 2000, TAIL_PER_SECOND = 40 };

struct tail_event {
	uint64_t number, of_module;     /* in the run, and of its module; from 1 */
	int64_t sim_ns, wall_ns;
	char module[65], type[65], key[80], outputs[120];
	char *text;                     /* malloc'ed */
	char *why;                      /* malloc'ed: what its generator says of it, at most TAIL_WHY bytes; or NULL */
	uint64_t seed, changes;         /* of its module; entries of the control log before it */
	uint32_t n, whole;              /* bytes kept; bytes of the event */
};

struct tail {
	struct tail_event ring[TAIL_ROOM];
	uint64_t n;                     /* events ever taken; event i is ring[i % TAIL_ROOM] */
	uint64_t every;                 /* one in so many; 0 = off */
	bool adapts;                    /* `every` follows the rate */
	uint64_t threshold;             /* of 2^32 */
};

void tail_init(struct tail *t);         /* off */
void tail_free(struct tail *t);
void tail_set(struct tail *t, uint64_t every);  /* 0 off, LOOK_AUTO by the rate */
/* Looks at the rate: with LOOK_AUTO about TAIL_PER_SECOND events a second are taken. */
void tail_adapt(struct tail *t, double rate);
void tail_take(struct slot *s, const struct event *ev, unsigned type);

static inline bool tail_wants(const struct tail *t, uint64_t number)
{
	return number * UINT64_C(0x9e3779b97f4a7c15) >> 32 < t->threshold;
}

#endif
