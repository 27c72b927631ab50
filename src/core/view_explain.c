/* Where an event comes from. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "core/control.h"
#include "core/view.h"

/* Is the change one that this module's events depend on? Those of the scenario's params concern all that describe events. */
static bool concerns(const struct view_change *ch, const char *module, bool describes)
{
	size_t n = strlen(module);

	return (strncmp(ch->path, module, n) == 0 && ch->path[n] == '.') || (describes && strncmp(ch->path, "params.", 7) == 0);
}

static void put_number(struct buf *to, const char *before, uint64_t n, const char *after)
{
	char text[NUM_TEXT];

	num_group(text, n);
	buf_printf(to, "%s%s%s", before, text, after);
}

/* What was turned and not taken back, up to the event: each path once, newest first, as it was then. */
static void put_settings(const struct view *v, const struct view_event *ev, bool describes, struct buf *to)
{
	const struct view_change *last = NULL;
	unsigned more = 0;

	for (unsigned i = 0; i < v->change_n; i++) {
		const struct view_change *ch = &v->changes[i];
		bool known = false;

		if (ch->number > ev->changes || ch->undone || ch->undoes || !concerns(ch, ev->module, describes))
			continue;
		if (!last) {
			last = ch;
			buf_printf(to, "setting\t%s (%s)", ch->text, origin_names[ch->by]);
			put_number(to, ", entry ", ch->number, " of the journal");
			put_number(to, ", before event ", ch->event + 1, "\n");
			continue;
		}
		for (unsigned k = 0; k < i && !known; k++)
			known = v->changes[k].number <= ev->changes && !v->changes[k].undone && !v->changes[k].undoes && strcmp(v->changes[k].path, ch->path) == 0;
		if (known || !*ch->now)
			continue;
		buf_printf(to, "%s%s = %s", more++ ? ", " : "before\t", ch->path, ch->now);
	}
	if (more)
		buf_char(to, '\n');
	if (!last)
		buf_text(to, "setting\tas the scenario says\n");
}

void view_explain(const struct view *v, const struct view_event *ev, struct buf *to)
{
	const struct view_module *m = NULL;

	for (unsigned i = 0; i < v->module_n; i++)
		if (strcmp(v->modules[i].name, ev->module) == 0)
			m = &v->modules[i];
	buf_printf(to, "module\t%s%s%s\n", ev->module, m ? "  generator " : "", m ? m->generator : "");
	put_number(to, "event\t", ev->number, " of the run, ");
	put_number(to, "", ev->of_module, " of the module\n");
	buf_text(to, ev->why);
	if (!strstr(ev->why, "stream\t"))
		buf_printf(to, "stream\tkeyed by seed %llu and '%s'\n", (unsigned long long)ev->seed, ev->module);
	buf_printf(to, "outputs\t%s\n", *ev->outputs ? ev->outputs : "none");
	put_settings(v, ev, m && m->describes, to);
	put_number(to, "sample\t1 in ", v->tail_every, ", by event number\n");
}
