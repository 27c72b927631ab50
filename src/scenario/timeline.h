/*
 * `timeline:`, the timed changes of a scenario, in the words of the log of changes:
 *
 *   timeline:
 *     - {at: 30s, set: ticks.volatility, to: 0.8, over: 10s, ease: in-out}
 *     - {at: 1m, start: shop}                      stop, mute, unmute, solo, unsolo
 *     - {at: 90s, mark: outage}
 *
 * `at` counts from the start of the run, in simulated time. A change comes before what arrives at its instant. What was done by hand
 * is written in the same words, so that a run without a hand makes the same events.
 */
#ifndef SCENARIO_TIMELINE_H
#define SCENARIO_TIMELINE_H

#include "scenario/load.h"

struct timed_link {
	const struct timed *timed;
	struct timed_link *next;
};

/* Modules and outputs are loaded already: paths and values are checked. */
void timeline_read(struct scenario *sc, struct control *c, struct report *r, const struct node *list);
/* After the engine is prepared. */
int timeline_schedule(const struct scenario *sc, struct engine *en, struct err *e);
/* The log of changes as a timeline, and what the scenario's own has still to say after now; without the groups that are left out. Refuses what it cannot say: adding, removing, injecting. */
int timeline_write(const struct scenario *sc, const struct control *c, int64_t start_ns, int64_t now_ns, const uint64_t *out, unsigned out_n, struct buf *to, struct err *e);

#endif
