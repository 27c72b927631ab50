/* Log: what the program said, with facets where there is room. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

static void pick_area(struct ui *u, const char *arg)
{
	snprintf(u->log_area, sizeof u->log_area, "%s", strcmp(u->log_area, arg) == 0 ? "" : arg);
}

/* How many lines each level and each area has. */
static void draw_facets(struct ui *u, struct rect r)
{
	const struct view *v = rows_view(u, LIST_LOG);
	struct rect in = draw_pane(u, PANE_SIDE, r, "facets", "");
	unsigned levels[4] = { 0 }, shown = 0;
	const char *areas[24];
	unsigned counts[24] = { 0 };
	char trip[NUM_TEXT];
	int y = in.y;

	for (unsigned i = 0; i < v->line_n; i++) {
		unsigned k = 0;

		levels[v->lines[i].level]++;
		while (k < shown && strcmp(areas[k], v->lines[i].area) != 0)
			k++;
		if (k == shown && shown < COUNT_OF(areas))
			areas[shown++] = v->lines[i].area;
		if (k < shown)
			counts[k]++;
	}
	cells_text(&u->cells, in.x + 1, y++, in.w - 1, STYLE_TITLE, "level");
	for (int i = 0; i < 4 && y < in.y + in.h; i++)
		cells_printf(&u->cells, in.x + 1, y++, in.w - 1, i <= (int)u->log_level ? STYLE_TEXT : STYLE_DIM, "%c %c %5u", i == (int)u->log_level ? '>' : ' ',
			     log_letters[i], levels[i]);
	y++;
	cells_text(&u->cells, in.x + 1, y++, in.w - 1, STYLE_TITLE, "area");
	for (unsigned k = 0; k < shown && y < in.y + in.h - 5; k++, y++) {
		bool here = strcmp(areas[k], u->log_area) == 0;

		ui_spot(u, (struct rect){ in.x, y, in.w, 1 }, pick_area, areas[k]);
		cells_printf(&u->cells, in.x + 1, y, in.w - 1, here ? STYLE_TITLE : STYLE_TEXT, "%c %-14.14s %5u", here ? '>' : ' ', areas[k], counts[k]);
	}
	/* The console itself. */
	if (in.h > 12 && u->own.drawn) {
		num_human_ns(trip, u->own.round_trip_ns);
		y = in.y + in.h - 4;
		cells_text(&u->cells, in.x + 1, y++, in.w - 1, STYLE_TITLE, "console");
		cells_printf(&u->cells, in.x + 1, y++, in.w - 1, STYLE_DIM, "%.0f frames/s", u->own.rate);
		cells_printf(&u->cells, in.x + 1, y++, in.w - 1, STYLE_DIM, "round trip %s", u->own.round_trip_ns > 0 ? trip : "unknown");
		cells_printf(&u->cells, in.x + 1, y, in.w - 1, STYLE_DIM, "%llu drawn, %llu left out", (unsigned long long)u->own.drawn,
			     (unsigned long long)u->own.skipped);
	}
}

void screen_log(struct ui *u, const struct layout *l)
{
	struct ui_list *list = &u->lists[LIST_LOG];
	char title[200];

	if (l->panes[PANE_SIDE].h)
		draw_facets(u, l->panes[PANE_SIDE]);
	if (!l->panes[PANE_MAIN].h)
		return;
	snprintf(title, sizeof title, "log  level %c+  area %s%s%.60s  %u lines", log_letters[u->log_level], *u->log_area ? u->log_area : "all",
		 *list->filter.text ? "  filter: " : "", list->filter.text, list->n);
	draw_log(u, draw_pane(u, PANE_MAIN, l->panes[PANE_MAIN], title, u->paused || u->frozen ? "PAUSED" : "FOLLOW"));
}
