/* When entities begin or cease to match a condition by the clock alone: a heap of instants, at most one of each entity. */
#ifndef ENTITY_FLIPS_H
#define ENTITY_FLIPS_H

#include "entity/condition.h"

struct flips {
	struct flip { int64_t at_ns; uint32_t id; } *at;
	uint32_t n, room;
	uint32_t *place, place_room;    /* of each id in the heap + 1; 0: it has none */
	int64_t asked_ns;               /* entries up to here have been given */
};

/* After its state has changed, or it is no more: the entry follows. */
void flips_settle(struct flips *f, const struct class *c, const struct condition *cond, uint32_t id);
/* The instant of an entry is the last one before the change. */
bool flips_due(struct flips *f, int64_t now_ns, uint32_t *id);  /* takes one that is due; false: there is none */
void flips_free(struct flips *f);

#endif
