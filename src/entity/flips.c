/* The heap of instants. */
#include "entity/flips.h"

#include <stdlib.h>

void flips_free(struct flips *f)
{
	if (!f)
		return;
	free(f->at);
	free(f->place);
	free(f);
}

/* Without memory there is no entry: the entity is looked at again when its state changes. */
static bool make_room(struct flips *f, uint32_t id)
{
	if (f->n == f->room) {
		uint32_t room = f->room ? f->room * 2 : 64;
		struct flip *grown = realloc(f->at, room * sizeof *grown);

		if (!grown)
			return false;
		f->at = grown;
		f->room = room;
	}
	if (id >= f->place_room) {
		uint32_t room = f->place_room ? f->place_room : 256, *grown;

		while (room <= id)
			room += room / 2;
		grown = realloc(f->place, room * sizeof *grown);
		if (!grown)
			return false;
		memset(grown + f->place_room, 0, (room - f->place_room) * sizeof *grown);
		f->place = grown;
		f->place_room = room;
	}
	return true;
}

static void put(struct flips *f, uint32_t i, struct flip one)
{
	f->at[i] = one;
	f->place[one.id] = i + 1;
}

/* It stands at `i`, or would, and goes up or down to where it belongs. */
static void sift(struct flips *f, uint32_t i, struct flip one)
{
	for (; i && f->at[(i - 1) / 2].at_ns > one.at_ns; i = (i - 1) / 2)
		put(f, i, f->at[(i - 1) / 2]);
	for (uint32_t k; (k = 2 * i + 1) < f->n; i = k) {
		if (k + 1 < f->n && f->at[k + 1].at_ns < f->at[k].at_ns)
			k++;
		if (one.at_ns <= f->at[k].at_ns)
			break;
		put(f, i, f->at[k]);
	}
	put(f, i, one);
}

static void take_out(struct flips *f, uint32_t i)
{
	struct flip last = f->at[--f->n];

	f->place[f->at[i].id] = 0;
	if (i < f->n)
		sift(f, i, last);
}

void flips_settle(struct flips *f, const struct class *c, const struct condition *cond, uint32_t id)
{
	const struct entity *en = entity_at(c, id);
	uint32_t at = id < f->place_room ? f->place[id] : 0;
	int64_t at_ns = 0;
	struct held h;
	bool wanted;

	entity_load(c, en, (unsigned)cond->moves, &h);
	/* Beyond all instants it never comes. */
	wanted = en->holder != HELD_DEAD && !h.null && !__builtin_add_overflow(h.v.i, cond->shift, &at_ns) && at_ns >= f->asked_ns;
	if (at && !wanted)
		take_out(f, at - 1);
	else if (at && f->at[at - 1].at_ns != at_ns)
		sift(f, at - 1, (struct flip){ at_ns, id });
	else if (!at && wanted && make_room(f, id))
		sift(f, f->n++, (struct flip){ at_ns, id });
}

bool flips_due(struct flips *f, int64_t now_ns, uint32_t *id)
{
	f->asked_ns = now_ns;
	if (!f->n || f->at[0].at_ns >= now_ns)
		return false;
	*id = f->at[0].id;
	take_out(f, 0);
	return true;
}
