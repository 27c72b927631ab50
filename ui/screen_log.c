/* Log: what the program said. */
#include <stdio.h>

#include "ui/ui.h"

void screen_log(struct ui *u, const struct layout *l)
{
	const struct view *v = ui_shown(u);
	struct rect r = l->panes[PANE_MAIN], in = l->boxed ? cells_inside(r) : r;
	unsigned shown = 0;
	char title[80];

	for (unsigned i = 0; i < v->line_n; i++)
		shown += (unsigned)v->lines[i].level <= u->log_level;
	if (in.h > 0 && u->log_scroll + (unsigned)in.h > shown)
		u->log_scroll = shown > (unsigned)in.h ? shown - (unsigned)in.h : 0;
	if (l->boxed) {
		snprintf(title, sizeof title, "log  level %c+  %u lines", log_letters[u->log_level], shown);
		cells_box(&u->cells, r, title, u->log_scroll ? "F follows" : "FOLLOW", true);
	}
	draw_log(u, in, u->log_scroll, u->log_level);
}
