/* What a scenario has beside the events themselves: their names, and numbers that a hand can turn. */
#include <string.h>

#include "base/suggest.h"
#include "value/record.h"

const struct event_def *world_event(const struct world *w, const char *name, struct err *e)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, name);
	for (unsigned i = 0; w && i < w->event_n; i++) {
		if (strcmp(w->events[i].name, name) == 0)
			return &w->events[i];
		suggest_try(&s, w->events[i].name);
	}
	err_set(e, ERR_INPUT, "there is no event '%.60s'%s", name, suggest_text(&s, hint, sizeof hint));
	return NULL;
}

static void load_param(struct expr_run *x, const void *at, struct held *to)
{
	(void)x;
	to->v.r = *(const double *)at;
}

bool world_param_name(const struct world *w, const char *name, struct expr_name *to)
{
	for (unsigned i = 0; w && i < w->param_n; i++)
		if (strcmp(w->params[i].name, name) == 0) {
			*to = (struct expr_name){ .type = TYPE_REAL, .load = load_param, .at = w->params[i].value };
			return true;
		}
	return false;
}
