/* Timed changes. */
#include "core/timed.h"

#include <string.h>

#include "base/log.h"
#include "core/inside.h"

/* The module whose lane the change belongs to: its own, one that describes, or for the clock and outputs the first. */
static struct slot *slot_of(const struct engine *en, const struct timed *t)
{
	size_t n = strcspn(t->path, ".");

	if (en->shared && strlen(en->shared) == n && strncmp(en->shared, t->path, n) == 0 && slot_describing(en))
		return slot_describing(en);
	for (unsigned i = 0; i < en->slot_n; i++)
		if (strlen(en->slots[i]->pub.name) == n && strncmp(en->slots[i]->pub.name, t->path, n) == 0)
			return en->slots[i];
	return en->slot_n ? en->slots[0] : NULL;
}

int engine_schedule(struct engine *en, const struct timed *t, struct err *e)
{
	struct slot *s = slot_of(en, t);

	if (!s || !s->lane)
		return err_set(e, ERR_INPUT, "there is no module to time it by");
	if (queue_push(&s->lane->queue, (struct item){ .at_ns = en->set.start_ns + t->after_ns, .kind = ITEM_TIMED, .of = s,
						       .what = (void *)(uintptr_t)t }) < 0)
		return err_memory(e);
	return 0;
}

void timed_apply(struct slot *s, const struct timed *t)
{
	struct control *c = s->en->control;
	struct err e;
	int result;

	if (t->mark)
		result = control_note(c, "mark", t->to, slot_hooks.place(s), BY_FILE);
	else if (t->over_ns > 0)
		result = control_ramp(c, t->path, t->to, t->over_ns, t->shape, BY_FILE, &e);
	else
		result = control_set(c, t->path, t->to, BY_FILE, &e);
	if (result < 0) {
		log_error("timeline", "%s: %s", t->path, t->mark ? "no memory" : e.text);
		s->en->failed = true;
	}
}
