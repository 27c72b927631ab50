/* Journal: the log of changes, readable; and what has become of the scenario. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

/* Entries of one group are one line: of one knob from the first value to the last, of several how many. */
static void group_text(const struct view *v, unsigned newest, char *to, size_t room)
{
	const struct view_change *ch = &v->changes[newest], *oldest = ch;
	unsigned n = 0, paths = 0;

	for (unsigned i = newest; i < v->change_n && v->changes[i].group == ch->group; i++) {
		paths += i > newest && strcmp(v->changes[i].path, ch->path) != 0;
		oldest = &v->changes[i];
		n++;
	}
	if (n > 1 && !paths && ch->kind == CHANGE_SET)
		snprintf(to, room, "%s%.90s %.60s → %.60s  (%u steps)", ch->undoes ? "undo " : "", ch->path, oldest->was, ch->now, n);
	else if (n > 1)
		snprintf(to, room, "%.200s  and %u more", oldest->text, n - 1);
	else
		snprintf(to, room, "%.300s", ch->text);
}

static bool left_out(const struct ui *u, uint64_t group)
{
	for (unsigned i = 0; i < u->left_out_n; i++)
		if (u->left_out[i] == group)
			return true;
	return false;
}

static void entry(struct ui *u, struct rect r, const struct view *v, unsigned row, bool here)
{
	const struct view_change *ch = &v->changes[row];
	bool undone = ch->undone || ch->undoes, out = left_out(u, ch->group);
	char number[NUM_TEXT], when[NUM_TEXT], text[400];
	int x = r.x;

	num_group(number, ch->event);
	num_put_instant(when, ch->sim_ns, 0);
	group_text(v, row, text, sizeof text);
	cells_char(&u->cells, x, r.y, STYLE_KEY, here ? '>' : undone ? '~' : out ? '-' : ' ');
	if (r.w >= 60) {
		cells_right(&u->cells, x + 1, r.y, 12, STYLE_DIM, number);
		x += 14;
	}
	x += 2 + cells_printf(&u->cells, x + 1, r.y, r.w, STYLE_DIM, "%.8s", when + 11);
	if (r.w >= 50)
		x += cells_printf(&u->cells, x, r.y, r.w, STYLE_VALUE, "%-8s ", origin_names[ch->by]);
	cells_text(&u->cells, x, r.y, r.x + r.w - x, here ? STYLE_INPUT : undone || out ? STYLE_DIM : STYLE_TEXT, text);
}

/* What differs from the scenario now: every knob that was turned and not turned back. */
static void draw_difference(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct rect in = draw_pane(u, PANE_SIDE, r, "different from the scenario", "E exports it");
	int x = in.x + 1, y = in.y;
	unsigned shown = 0;

	/* The newest entry of a path says what it is now; the oldest said what it was. */
	for (unsigned i = 0; i < v->change_n && y < in.y + in.h; i++) {
		const struct view_change *ch = &v->changes[i], *first = ch;
		bool newer = false;
		char text[300];
		int w;

		if (ch->kind != CHANGE_SET && ch->kind != CHANGE_RAMP)
			continue;
		for (unsigned k = 0; k < i && !newer; k++)
			newer = strcmp(v->changes[k].path, ch->path) == 0 && (v->changes[k].kind == CHANGE_SET || v->changes[k].kind == CHANGE_RAMP);
		for (unsigned k = i; k < v->change_n; k++)
			if (strcmp(v->changes[k].path, ch->path) == 0 && (v->changes[k].kind == CHANGE_SET || v->changes[k].kind == CHANGE_RAMP))
				first = &v->changes[k];
		if (newer || strcmp(first->was, ch->now) == 0)
			continue;
		snprintf(text, sizeof text, "%.80s %.40s → %.40s", ch->path, *first->was ? first->was : "''", *ch->now ? ch->now : "''");
		w = cells_width(text);
		if (x + w > in.x + in.w && x > in.x + 1) {
			x = in.x + 1;
			if (++y >= in.y + in.h)
				break;
		}
		x += cells_text(&u->cells, x, y, in.x + in.w - x, STYLE_TEXT, text) + 3;
		shown++;
	}
	if (!shown && in.h > 0)
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_DIM, "nothing: every value is the scenario's");
}

void screen_journal(struct ui *u, const struct layout *l)
{
	const struct view *v = ui_shown(u);
	struct ui_list *list = &u->lists[LIST_JOURNAL];
	struct rect in;
	char title[160], right[60];
	unsigned first, undone = 0;
	int head = l->boxed;

	if (l->panes[PANE_SIDE].h)
		draw_difference(u, l->panes[PANE_SIDE]);
	if (!l->panes[PANE_MAIN].h)
		return;
	for (unsigned i = 0; i < v->change_n; i++)
		undone += v->changes[i].undone;
	snprintf(title, sizeof title, "journal — every change, its origin, at which event%s%.60s", *list->filter.text ? "  filter: " : "", list->filter.text);
	snprintf(right, sizeof right, "%llu entries  %u undone", (unsigned long long)v->change_total, undone);
	in = draw_pane(u, PANE_MAIN, l->panes[PANE_MAIN], title, right);
	if (head)
		cells_text(&u->cells, in.x, in.y, in.w, STYLE_DIM, "       event   clock    origin   change");
	first = rows_window(list, in.h - head);
	for (unsigned i = first; i < list->n && (int)(i - first) < in.h - head; i++) {
		struct rect row = { in.x, in.y + head + (int)(i - first), in.w, 1 };
		char arg[40];

		snprintf(arg, sizeof arg, "%d %u", LIST_JOURNAL, i);
		ui_spot(u, row, act_focus_row, arg)->row = true;
		entry(u, row, v, list->order[i], i == list->at && ui_list_of(u) == LIST_JOURNAL);
	}
	if (!list->n && in.h > head)
		cells_text(&u->cells, in.x + 1, in.y + head, in.w - 1, STYLE_DIM, "nothing was changed yet");
}
