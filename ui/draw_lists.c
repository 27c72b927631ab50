/* The lists that several screens share: parameters, log, events, changes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

/* ---- parameters ---- */

static void choice(struct ui *u, int x, int y, int w, const struct view_knob *k, const char *path)
{
	int end = x + w, at = (int)k->number;
	char line[100];

	for (int i = 0; k->row->choices[i] && x < end; i++) {
		int used = cells_printf(&u->cells, x, y, end - x, i == at ? STYLE_VALUE : STYLE_DIM, i == at ? "[%s] " : " %s  ", k->row->choices[i]);

		snprintf(line, sizeof line, "set %.60s %.30s", path, k->row->choices[i]);
		ui_spot(u, (struct rect){ x, y, used, 1 }, act_line, line);
		x += used;
	}
}

static void range_text(const struct view_knob *k, char *to, size_t room)
{
	char a[80], b[80];

	if (k->row->type == PARAM_REAL || k->row->type == PARAM_INT) {
		num_human(a, k->row->min);
		num_human(b, k->row->max);
	} else {
		param_show_number(k->row, k->row->min, a, sizeof a);
		param_show_number(k->row, k->row->max, b, sizeof b);
	}
	snprintf(to, room, "%s…%s", a, b);
}

static void knob_row(struct ui *u, struct rect r, const struct view_knob *k, bool focused)
{
	struct cells *g = &u->cells;
	bool narrow = r.w < 60, tiny = r.w < 40;
	int value = narrow ? 13 : 15, fader = r.x + 17 + value + 1, range_w = r.w >= 70 ? 13 : 0, w = r.x + r.w - fader - range_w - (range_w ? 3 : 2);
	int name = 14;
	const char *path = k->path;
	char text[200];

	cells_char(g, r.x, r.y, STYLE_KEY, focused ? '>' : ' ');
	if (!tiny && k->is_number)
		name = 17 + value - 2 - cells_width(k->shown);
	cells_text(g, r.x + 1, r.y, tiny ? r.w - 11 : name < 14 ? 14 : name, focused ? STYLE_TITLE : k->live ? STYLE_TEXT : STYLE_DIM, k->name);
	if (tiny) {
		cells_right(g, r.x + r.w - 9, r.y, 9, focused ? STYLE_INPUT : STYLE_VALUE, k->shown);
		return;
	}
	if (k->changed)
		cells_char(g, r.x + r.w - 1, r.y, STYLE_MARK, '*');
	if (k->row->type == PARAM_CHOICE) {
		choice(u, r.x + 17, r.y, r.w - 19, k, path);
		return;
	}
	if (k->row->type == PARAM_BOOL) {
		cells_text(g, r.x + 17, r.y, 12, STYLE_VALUE, k->number > 0 ? "[on]  off" : " on  [off]");
		return;
	}
	if (!k->is_number) {
		cells_text(g, r.x + 17, r.y, r.w - 19, k->live ? STYLE_VALUE : STYLE_DIM, *k->shown ? k->shown : "–");
		return;
	}
	cells_right(g, r.x + 16, r.y, value, focused ? STYLE_INPUT : STYLE_VALUE, k->shown);
	if (w < 8)
		return;
	{
		struct fader f = widget_fader_of(k, focused);

		widget_fader(g, fader, r.y, w, &f);
	}
	if (k->live)
		ui_spot(u, (struct rect){ fader, r.y, w, 1 }, act_focus_pane, path)->fader = true;
	range_text(k, text, sizeof text);
	if (range_w)
		cells_text(g, fader + w + 1, r.y, range_w, STYLE_DIM, k->live ? text : "not live");
}

void draw_knobs(struct ui *u, struct rect r, const struct view_knob *knobs, unsigned n, const struct view_knob *focused, unsigned *first)
{
	unsigned at = 0, place = 0;
	int y = r.y;

	if (r.h < 1)
		return;
	for (unsigned i = 0; i < n; i++)
		if (ui_knob_is_shown(&knobs[i])) {
			if (&knobs[i] == focused)
				place = at;
			at++;
		}
	if (place < *first)
		*first = place;
	if (place >= *first + (unsigned)r.h)
		*first = place - (unsigned)r.h + 1;
	at = 0;
	for (unsigned i = 0; i < n && y < r.y + r.h; i++) {
		char number[12];

		if (!ui_knob_is_shown(&knobs[i]) || at++ < *first)
			continue;
		snprintf(number, sizeof number, "%u", i);
		ui_spot(u, (struct rect){ r.x, y, r.w, 1 }, act_focus_knob, number);
		knob_row(u, (struct rect){ r.x, y++, r.w, 1 }, &knobs[i], &knobs[i] == focused);
	}
}

/* ---- log and events ---- */

static void row_spot(struct ui *u, struct rect r, enum ui_list_id id, unsigned place)
{
	char arg[40];

	snprintf(arg, sizeof arg, "%d %u", (int)id, place);
	ui_spot(u, r, act_focus_row, arg)->row = true;
}

static bool has_cursor(const struct ui *u, enum ui_list_id id, unsigned place)
{
	return ui_list_of(u) == id && !u->lists[id].follow && place == u->lists[id].at;
}

void draw_log(struct ui *u, struct rect r)
{
	static const enum style styles[] = { STYLE_BAD, STYLE_WARN, STYLE_TEXT, STYLE_DIM };
	const struct view *v = rows_view(u, LIST_LOG);
	struct ui_list *l = &u->lists[LIST_LOG];
	unsigned first = rows_window(l, r.h);

	for (unsigned i = first; i < l->n && i < first + (unsigned)(r.h > 0 ? r.h : 0); i++) {
		const struct log_line *line = &v->lines[l->order[i]];
		int x = r.x, y = r.y + (int)(i - first);
		char when[NUM_TEXT];

		/* What grows stands at the bottom. */
		if (l->n < (unsigned)r.h)
			y += r.h - (int)l->n;
		row_spot(u, (struct rect){ r.x, y, r.w, 1 }, LIST_LOG, i);
		num_put_instant(when, line->epoch_ns, 3);
		x += cells_printf(&u->cells, x, y, r.w, has_cursor(u, LIST_LOG, i) ? STYLE_KEY : STYLE_DIM, "%c%.8s ", has_cursor(u, LIST_LOG, i) ? '>' : ' ', when + 11);
		x += cells_printf(&u->cells, x, y, r.x + r.w - x, styles[line->level], "%c ", log_letters[line->level]);
		x += cells_printf(&u->cells, x, y, r.x + r.w - x, STYLE_VALUE, "%-10.10s ", line->area);
		x += cells_text(&u->cells, x, y, r.x + r.w - x, styles[line->level], line->text);
		if (line->times > 1)
			cells_printf(&u->cells, x, y, r.x + r.w - x, STYLE_DIM, "  ×%u", line->times);
	}
	if (!l->n && r.h > 0)
		cells_text(&u->cells, r.x + 1, r.y + r.h - 1, r.w - 1, STYLE_DIM, l->hidden ? "no line of this level, area and filter" : "nothing was said yet");
}

void draw_tail(struct ui *u, struct rect r)
{
	const struct view *v = rows_view(u, LIST_TAIL);
	struct ui_list *l = &u->lists[LIST_TAIL];
	unsigned first = rows_window(l, r.h);

	for (unsigned i = first; i < l->n && i < first + (unsigned)(r.h > 0 ? r.h : 0); i++) {
		const struct view_event *ev = &v->tail[l->order[i]];
		int x = r.x, y = r.y + (int)(i - first), end = r.x + r.w;
		bool here = has_cursor(u, LIST_TAIL, i);
		char when[NUM_TEXT];

		if (l->n < (unsigned)r.h)
			y += r.h - (int)l->n;
		row_spot(u, (struct rect){ r.x, y, r.w, 1 }, LIST_TAIL, i);
		num_put_instant(when, ev->sim_ns, 3);
		cells_char(&u->cells, x, y, STYLE_KEY, here ? '>' : ' ');
		x++;
		if (r.w >= 60)
			x += cells_printf(&u->cells, x, y, end - x, STYLE_DIM, "%.12s ", when + 11);
		x += cells_printf(&u->cells, x, y, end - x, STYLE_VALUE, "%-10.10s ", ev->module);
		if (r.w >= 50)
			x += cells_printf(&u->cells, x, y, end - x, STYLE_TITLE, "%-9.9s ", *ev->key ? ev->key : ev->type);
		cells_text(&u->cells, x, y, end - x, here ? STYLE_INPUT : STYLE_TEXT, ev->text);
	}
	if (!l->n)
		cells_text(&u->cells, r.x + 1, r.y + (r.h > 0 ? r.h - 1 : 0), r.w - 1, STYLE_DIM, l->hidden ? "no event passes the filter" : "no event yet");
}

/* ---- changes ---- */

static uint32_t mark_of(const struct view_change *ch)
{
	return ch->undone || ch->undoes ? '~' : ch->direction > 0 ? 0x25b2 : ch->direction < 0 ? 0x25bc : 0x25c6;
}

void draw_change_line(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	int x = r.x + 1;

	x += cells_text(&u->cells, x, r.y, r.w - x, STYLE_DIM, v->change_n ? "changes:" : "changes: none yet");
	for (unsigned i = 0; i < v->change_n; i++) {
		const struct view_change *ch = &v->changes[i];
		int w = cells_width(ch->text) + 4;

		if (x + w > r.x + r.w)
			break;
		cells_char(&u->cells, x + 1, r.y, STYLE_MARK, mark_of(ch));
		cells_text(&u->cells, x + 3, r.y, w, ch->undone ? STYLE_DIM : STYLE_TEXT, ch->text);
		x += w;
	}
}

void draw_changes(struct ui *u, struct rect r, const char *prefix)
{
	const struct view *v = ui_shown(u);
	size_t n = strlen(prefix);
	int y = r.y;

	for (unsigned i = 0; i < v->change_n && y < r.y + r.h; i++) {
		const struct view_change *ch = &v->changes[i];
		char count[NUM_TEXT], when[NUM_TEXT];
		int x = r.x;

		if (strncmp(ch->path, prefix, n) != 0 || ch->path[n] != '.' || (i && v->changes[i - 1].group == ch->group))
			continue;
		num_group(count, ch->event);
		num_put_instant(when, ch->sim_ns, 0);
		cells_char(&u->cells, x, y, STYLE_MARK, mark_of(ch));
		if (r.w >= 50) {
			cells_right(&u->cells, x + 1, y, 12, STYLE_DIM, count);
			x += 13;
		}
		x += cells_printf(&u->cells, x + 2, y, r.w, STYLE_DIM, r.w >= 50 ? "%.8s %-7s " : "%.8s ", when + 11, origin_names[ch->by]);
		cells_text(&u->cells, x + 2, y, r.x + r.w - x - 2, ch->undone ? STYLE_DIM : STYLE_TEXT,
			   strncmp(ch->text, prefix, n) == 0 ? ch->text + n + 1 : ch->text);
		y++;
	}
}
