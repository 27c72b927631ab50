/* Timed changes: what a scenario's timeline says, done by control at an instant of simulated time, before what arrives at it. */
#ifndef CORE_TIMED_H
#define CORE_TIMED_H

#include "core/control.h"

struct engine;

struct timed {
	int64_t after_ns;               /* since the start of the run */
	const char *path, *to;          /* owner keeps them; `to` is the argument of an action, too */
	int64_t over_ns;                /* a ramp, when above 0 */
	enum ramp_shape shape;
	bool mark;                      /* a remark: `to` is its text */
};

/* After engine_prepare(). The change must live as long as the engine. */
int engine_schedule(struct engine *en, const struct timed *t, struct err *e);

#endif
