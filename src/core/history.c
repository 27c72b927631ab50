/* Undo and redo. */
#include "core/history.h"

#include <stdlib.h>
#include <string.h>

void history_forget_redo(struct control *c)
{
	c->redo_n = 0;
}

static bool can_undo(const struct change *ch)
{
	return !ch->undoes && !ch->undone && !ch->gone && (ch->kind == CHANGE_SET || ch->kind == CHANGE_RAMP || (ch->kind == CHANGE_ACTION && *ch->was));
}

static int remember_redo(struct control *c, uint64_t group, struct err *e)
{
	if (c->redo_n == c->redo_room) {
		size_t room = c->redo_room ? c->redo_room * 2 : 16;
		uint64_t *redo = realloc(c->redo, room * sizeof *redo);

		if (!redo)
			return err_memory(e);
		c->redo = redo;
		c->redo_room = room;
	}
	c->redo[c->redo_n++] = group;
	return 0;
}

static void say(const struct control *c, struct buf *said, const char *verb, uint64_t n)
{
	const struct change *last = &c->log[c->n - 1];

	if (!last->undoes)
		buf_printf(said, "%s ", verb);
	buf_text(said, last->text);
	if (n > 1)
		buf_printf(said, " and %llu more", (unsigned long long)n - 1);
}

/* Takes one group back, newest entry first. On refusal what was done so far stays done, and is in the log. */
static int undo_group(struct control *c, uint64_t group, enum origin by, uint64_t *done, struct err *e)
{
	uint64_t before = *done;
	int result = 0;

	if (remember_redo(c, group, e) < 0)
		return -1;
	for (uint64_t i = c->n; i-- > 0 && result == 0;) {
		/* By value: applying appends, and appending may move the log. */
		struct change old = c->log[i];

		if (old.group != group || !can_undo(&old))
			continue;
		result = control_apply(c, old.path, old.was, (struct change){ .kind = CHANGE_SET, .by = by, .undoes = group }, e);
		if (result == 0) {
			c->log[i].undone = true;
			++*done;
		} else if (old.kind == CHANGE_ACTION && !c->locked) {
			c->log[i].gone = true;  /* the next undo goes on with what came before */
		}
	}
	if (result < 0 && *done == before)
		c->redo_n--;
	return result < 0 ? err_wrap(e, "undo") : 0;
}

int control_undo(struct control *c, enum origin by, struct buf *said, struct err *e)
{
	uint64_t group = 0, done = 0;
	int result;

	for (uint64_t i = c->n; i-- > 0 && !group;)
		if (can_undo(&c->log[i]))
			group = c->log[i].group;
	if (!group)
		return err_set(e, ERR_INPUT, "nothing to undo");
	control_group_begin(c);
	result = undo_group(c, group, by, &done, e);
	control_group_end(c);
	if (result == 0)
		say(c, said, "undo", done);
	return result;
}

int control_undo_from(struct control *c, uint64_t number, enum origin by, struct buf *said, struct err *e)
{
	uint64_t done = 0, groups = 0;
	int result = 0;

	if (number < 1 || number > c->n)
		return err_set(e, ERR_INPUT, "the journal has entries 1 to %llu, not %llu", (unsigned long long)c->n, (unsigned long long)number);
	control_group_begin(c);
	for (uint64_t i = c->n; i-- > number - 1 && result == 0;)
		if (can_undo(&c->log[i])) {
			result = undo_group(c, c->log[i].group, by, &done, e);
			groups++;
		}
	control_group_end(c);
	if (result == 0 && !done)
		return err_set(e, ERR_INPUT, "nothing from entry %llu on can be undone", (unsigned long long)number);
	if (result == 0)
		buf_printf(said, "undo from entry %llu: %llu changes, %llu values", (unsigned long long)number, (unsigned long long)groups,
			   (unsigned long long)done);
	return result;
}

int control_redo(struct control *c, enum origin by, struct buf *said, struct err *e)
{
	uint64_t group, end = c->n, done = 0;
	size_t left;
	int result = 0;

	if (!c->redo_n)
		return err_set(e, ERR_INPUT, "nothing to redo");
	left = c->redo_n - 1;
	group = c->redo[left];
	control_group_begin(c);
	for (uint64_t i = 0; i < end && result == 0; i++) {
		struct change old = c->log[i];

		if (old.group != group || !old.undone || old.gone)
			continue;
		if (old.kind == CHANGE_RAMP)
			result = control_ramp(c, old.path, old.now, old.over_ns, old.shape, by, e);
		else
			result = control_apply(c, old.path, old.now, (struct change){ .kind = CHANGE_SET, .by = by }, e);
		done += result == 0;
	}
	control_group_end(c);
	if (result < 0) {
		c->redo_n = left + 1;
		return err_wrap(e, "redo");
	}
	if (!done) {
		c->redo_n = left;
		return err_set(e, ERR_INPUT, "what was undone is of something that is gone");
	}
	c->redo_n = left;       /* a change forgets what could be redone; a redo only uses up one */
	say(c, said, "redo", done);
	return 0;
}
