/* Steps as people read them. */
#include "entity/step_text.h"

#include <string.h>

#include "value/expr.h"

void step_value_text(const struct field_def *value, struct buf *to)
{
	const char *text = value->text, *close = strncmp(text, "${", 2) == 0 ? expr_closing(text + 2) : NULL;

	if (close && !close[1])
		buf_add(to, text + 2, (size_t)(close - text) - 2);
	else
		buf_text(to, text);
}

static void put_changes(const struct step_def *s, struct buf *to)
{
	for (int add = 0; add < 2; add++) {
		const char *before = add ? "add " : "set ";

		for (unsigned i = 0; i < s->change_n; i++)
			if (s->changes[i].add == add) {
				buf_printf(to, "%s%s%s.%s", to->n ? ", " : "", before, s->changes[i].variable, s->changes[i].field);
				before = "";
			}
	}
}

static void put_event(const struct step_def *s, struct buf *to)
{
	if (s->event)
		buf_printf(to, "emit %s", s->event->name);
	if (s->create)
		buf_printf(to, ", create %s", s->create);
	put_changes(s, to);
}

static void put_choices(const struct step_def *s, struct buf *to)
{
	buf_text(to, s->select_n && !s->selects[0].lock ? "borrow " : "select ");
	for (unsigned i = 0; i < s->select_n; i++) {
		const struct select_def *one = &s->selects[i];

		buf_printf(to, "%s%s", i ? ", " : "", one->name);
		if (strcmp(one->name, one->class->name) != 0)
			buf_printf(to, " (%s)", one->class->name);
		if (one->where)
			buf_printf(to, " where %s", one->where);
		if (one->order)
			buf_printf(to, ", the %s %s", one->descending ? "most" : "least", one->order);
	}
}

void step_text(const struct step_def *s, struct buf *to)
{
	static const char *const words[] = { [STEP_WAIT] = "wait ", [STEP_IF] = "if ", [STEP_REPEAT] = "repeat " };

	switch (s->kind) {
	case STEP_EVENT: put_event(s, to); break;
	case STEP_SELECT: put_choices(s, to); break;
	case STEP_WAIT:
	case STEP_IF:
	case STEP_REPEAT:
		buf_text(to, words[s->kind]);
		step_value_text(&s->value, to);
		break;
	case STEP_BRANCH: buf_text(to, "branch"); break;
	case STEP_CALL: buf_printf(to, "call %s", s->name); break;
	case STEP_RETIRE: buf_printf(to, "retire %s", s->name); break;
	case STEP_STOP: buf_text(to, "stop"); break;
	}
}

static const struct step_def *among(const struct step_def *s, unsigned n, unsigned number)
{
	const struct step_def *found = NULL;

	for (unsigned i = 0; i < n && !found; i++) {
		if (s[i].number == number)
			return &s[i];
		for (unsigned k = 0; k < s[i].arm_n && !found; k++)
			found = among(s[i].arms[k].steps, s[i].arms[k].n, number);
	}
	return found;
}

const struct step_def *step_numbered(const struct flow_def *f, unsigned number)
{
	return among(f->steps, f->n, number);
}
