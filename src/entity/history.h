/*
 * What changed, when and why: one ring for all entities, the newest pushes out the oldest, so that its memory is fixed. A version of an
 * entity is all changes with one `version` number; they are chained from the newest to older ones.
 */
#ifndef ENTITY_HISTORY_H
#define ENTITY_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "entity/text.h"

enum { HISTORY_ROOM = 1 << 19 };

union content {
	bool b;
	int64_t i;
	double r;
	struct lasting *t;
};

/* Who did it: a step of a flow with the event that it made, or a hand. */
struct cause {
	uint64_t event;                 /* of its module, from 1; 0: no event */
	int64_t at_ns;
	uint16_t flow, step;            /* CAUSE_*, or the flow's number in the model + 1; the step's, from 1 */
	uint16_t module;                /* rank of the module */
};

enum { CAUSE_HAND, CAUSE_FLOW };        /* of `flow`: a hand; the first flow */

struct past {
	union content old;                 /* what it was before */
	int64_t at_ns;
	uint64_t event;
	uint32_t entity, before;        /* before: the entity's next older change + 1, or 0; counted as in `entity.change` */
	uint16_t class, field;
	uint16_t flow, step;
	bool null, text, last;          /* of the old value; last: the oldest of its version */
};

struct history {
	struct past *ring;            /* NULL until the first change */
	uint64_t n;                     /* changes ever */
};

void history_free(struct history *h);
/* One more; what was pushed out is returned: its text is the caller's to drop. -1: no memory. */
int history_add(struct history *h, struct past c, struct lasting **gone);
/* The change that `number` (as in entity.change) means, if it is still there and of that entity; NULL otherwise. */
const struct past *history_at(const struct history *h, uint32_t number, unsigned class, uint32_t entity);

#endif
