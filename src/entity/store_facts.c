/* What is known of the store as a whole: memory, runs by number, places of entities. */
#include "entity/store.h"

#include <stdlib.h>

size_t class_bytes(const struct class *c)
{
	size_t sum = (c->ids + SEGMENT - 1) / SEGMENT * SEGMENT * c->row + c->slot_n * sizeof *c->slots + c->spare_room * sizeof *c->spare;

	for (unsigned k = 0; k < c->list_n; k++)
		sum += c->lists[k]->room * sizeof(uint32_t);
	for (unsigned k = 0; k < c->join_n; k++)
		sum += (c->joins[k]->head_n + 2 * (size_t)c->joins[k]->room) * sizeof(uint32_t);
	return sum + 2 * (size_t)c->ages.room * sizeof(uint32_t);
}

size_t store_bytes(const struct store *s)
{
	size_t sum = s->texts.bytes + (s->history.ring ? HISTORY_ROOM * sizeof(struct past) : 0);

	for (unsigned i = 0; i < s->class_n; i++)
		sum += class_bytes(&s->classes[i]);
	return sum;
}

int store_enroll(struct store *s, struct flow_run *run, uint32_t *number, struct err *e)
{
	if (s->holders == s->run_room) {
		uint32_t room = s->run_room ? s->run_room * 2 : 64;
		struct flow_run **grown = realloc(s->runs, room * sizeof *grown);

		if (!grown)
			return err_memory(e);
		s->runs = grown;
		s->run_room = room;
	}
	s->runs[s->holders] = run;
	*number = s->holders++;
	return 0;
}

/* ---- places ---- */

uint32_t class_at(const struct class *c, uint64_t place)
{
	uint32_t segment = 0, id;

	if (place >= c->live)
		return NOBODY;
	while (place >= c->lives[segment])
		place -= c->lives[segment++];
	for (id = segment * SEGMENT; entity_at(c, id)->holder == HELD_DEAD || place--; id++)
		;
	return id;
}

uint64_t class_place(const struct class *c, uint32_t id)
{
	uint64_t place = 0;

	for (uint32_t i = 0; i < id / SEGMENT; i++)
		place += c->lives[i];
	for (uint32_t i = id / SEGMENT * SEGMENT; i < id; i++)
		place += entity_at(c, i)->holder != HELD_DEAD;
	return place;
}
