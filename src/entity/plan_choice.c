/* Which entities a selection chooses from. */
#include <stdio.h>
#include <string.h>

#include "entity/plan_inside.h"

static int compile(struct builder *b, const struct select_def *s, struct class *c, struct choice *to)
{
	const struct record_scope scope = plan_scope(b);
	bool available;

	to->text = s->where;
	to->order = s->order ? class_field(c, s->order) : -1;
	to->descending = s->descending;
	if (where_compile(&to->where, s->where, c, b->p->world, &scope, b->e) < 0)
		return b->mode == MODE_GUESS || (b->faults && b->faults->blurred) ? 0 : plan_wrong(b, s->where_place);
	available = s->lock || to->where.available;
	if (b->mode != MODE_MAKE)
		return 0;
	to->list = class_matching(c, to->where.list, available, b->e);
	to->where.list = NULL;
	if (!to->list || (to->where.join >= 0 && !(to->join = class_join(c, (unsigned)to->where.join, b->e))))
		return plan_wrong(b, s->where_place);
	return 0;
}

int plan_choice(struct builder *b, const struct select_def *s, struct choice *to)
{
	struct class *c = store_class(b->p->store, s->class);
	int v = plan_new_variable(b, s->name, s->class);

	*to = (struct choice){ .variable = (unsigned)v, .lock = s->lock, .order = -1, .where.join = -1 };
	if (v < 0)
		return plan_wrong(b, s->place);
	if (compile(b, s, c, to) < 0)
		return -1;
	b->known.sure |= UINT32_C(1) << v;
	b->known.maybe |= UINT32_C(1) << v;
	return 0;
}
