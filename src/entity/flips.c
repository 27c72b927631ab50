/* The heap of instants. */
#include "entity/flips.h"

#include <stdlib.h>

void flips_free(struct flips *f)
{
	if (f)
		free(f->at);
	free(f);
}

static void push(struct flips *f, struct flip one)
{
	uint32_t i;

	if (f->n == f->room) {
		uint32_t room = f->room ? f->room * 2 : 64;
		struct flip *grown = realloc(f->at, room * sizeof *grown);

		if (!grown)
			return;         /* it is looked at again when its state changes */
		f->at = grown;
		f->room = room;
	}
	for (i = f->n++; i && f->at[(i - 1) / 2].at_ns > one.at_ns; i = (i - 1) / 2)
		f->at[i] = f->at[(i - 1) / 2];
	f->at[i] = one;
}

static struct flip pop(struct flips *f)
{
	struct flip first = f->at[0], last = f->at[--f->n];
	uint32_t i = 0;

	for (uint32_t k; (k = 2 * i + 1) < f->n; i = k) {
		if (k + 1 < f->n && f->at[k + 1].at_ns < f->at[k].at_ns)
			k++;
		if (last.at_ns <= f->at[k].at_ns)
			break;
		f->at[i] = f->at[k];
	}
	f->at[i] = last;
	return first;
}

void flips_add(struct flips *f, const struct class *c, const struct condition *cond, uint32_t id)
{
	struct held h;

	entity_load(c, entity_at(c, id), (unsigned)cond->moves, &h);
	if (!h.null && h.v.i + cond->shift >= f->asked_ns)
		push(f, (struct flip){ h.v.i + cond->shift, id });
}

bool flips_due(struct flips *f, int64_t now_ns, uint32_t *id)
{
	f->asked_ns = now_ns;
	if (!f->n || f->at[0].at_ns >= now_ns)
		return false;
	*id = pop(f).id;
	return true;
}
