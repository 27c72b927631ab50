/* The ring of what changed. */
#include "entity/history.h"

#include <stdlib.h>

void history_free(struct history *h)
{
	free(h->ring);
	*h = (struct history){ 0 };
}

int history_add(struct history *h, struct past c, struct lasting **gone)
{
	struct past *at;

	*gone = NULL;
	if (!h->ring && !(h->ring = calloc(HISTORY_ROOM, sizeof *h->ring)))
		return -1;
	at = &h->ring[h->n++ % HISTORY_ROOM];
	if (h->n > HISTORY_ROOM && at->text && !at->null)
		*gone = at->old.t;
	*at = c;
	return 0;
}

const struct past *history_at(const struct history *h, uint32_t number, unsigned class, uint32_t entity)
{
	uint64_t n = (h->n & ~(uint64_t)UINT32_MAX) + number;
	const struct past *c;

	if (!number)
		return NULL;
	if (n > h->n)
		n -= (uint64_t)1 << 32;
	if (n > h->n || h->n - n >= HISTORY_ROOM)
		return NULL;
	c = &h->ring[(n - 1) % HISTORY_ROOM];
	return c->class == class && c->entity == entity ? c : NULL;
}
