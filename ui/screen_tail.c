/* Tail: a sample of the stream, one event opened, and why it is as it is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

static const struct view_event *focused(const struct ui *u)
{
	const struct view *v = rows_view(u, LIST_TAIL);
	const struct ui_list *l = &u->lists[LIST_TAIL];

	return l->n && v->tail_n > l->order[l->at] ? &v->tail[l->order[l->at]] : NULL;
}

static void draw_list(struct ui *u, struct rect r)
{
	const struct view *v = rows_view(u, LIST_TAIL);
	const struct ui_list *l = &u->lists[LIST_TAIL];
	char title[220], rate[NUM_TEXT];

	num_human(rate, u->view->actual);
	snprintf(title, sizeof title, "tail  filter: %.100s  %s/s, showing 1 in %llu%s", *l->filter.text ? l->filter.text : "none", rate,
		 (unsigned long long)v->tail_every, l->hidden ? "" : "");
	draw_tail(u, draw_pane(u, PANE_MAIN, r, title, u->paused || u->frozen ? "PAUSED" : "FOLLOW"));
}

/* The event, one field a line. */
static void put_fields(struct ui *u, struct rect in, const struct view_event *ev)
{
	cJSON *json = cJSON_Parse(ev->text);
	char *text = json ? cJSON_Print(json) : NULL;
	int y = in.y;

	for (const char *s = text ? text : ev->text; *s && y < in.y + in.h; y++) {
		size_t n = strcspn(s, "\n");
		char line[300];
		int indent = 0;

		/* cJSON indents with tabs. */
		while (*s == '\t') {
			s++;
			n--;
			indent += 2;
		}
		snprintf(line, sizeof line, "%*s%.*s", indent, "", (int)(n < 250 ? n : 250), s);
		for (char *t = line; *t; t++)
			if (*t == '\t')
				*t = ' ';
		cells_text(&u->cells, in.x + 1, y, in.w - 1, strchr(line, ':') ? STYLE_VALUE : STYLE_DIM, line);
		s += n + (s[n] == '\n');
	}
	cJSON_free(text);
	cJSON_Delete(json);
}

static void draw_event(struct ui *u, struct rect r, const struct view_event *ev)
{
	char title[140];

	snprintf(title, sizeof title, "%.40s %.40s  %u B", ev->type, ev->key, ev->whole);
	put_fields(u, draw_pane(u, PANE_SIDE, r, title, ev->n < ev->whole ? "cut" : "y copies"), ev);
}

/* A text in lines of at most so many columns, broken at blanks where there are any; returns the row behind it. */
static int put_wrapped(struct ui *u, int x, int y, int w, int end, const char *text)
{
	while (*text && y < end && w > 0) {
		size_t n = strlen(text), cut = 0, columns = 0, at = 0;

		while (at < n && columns < (size_t)w) {
			size_t step = 1;

			while (at + step < n && ((unsigned char)text[at + step] & 0xc0) == 0x80)
				step++;
			cut = text[at] == ' ' ? at : cut;
			at += step;
			columns++;
		}
		if (at == n || !cut || text[at] == ' ' || y + 1 == end)
			cut = at;
		cells_printf(&u->cells, x, y++, w, STYLE_TEXT, "%.*s", (int)cut, text);
		text += cut + strspn(text + cut, " ");
	}
	return y;
}

/* Which module, step, stream, definition and change made it. Zoomed, all of it, and the event below. */
static void draw_why(struct ui *u, struct rect r, const struct view_event *ev)
{
	bool whole = u->zoom;
	char title[160], number[NUM_TEXT];
	struct rect in;
	struct buf why;
	int y;

	num_group(number, ev->number);
	snprintf(title, sizeof title, whole ? "why event %s  %.40s %.60s" : "why this event", number, ev->type, ev->key);
	in = draw_pane(u, PANE_EFFECT, r, title, whole ? "x back" : "x all");
	y = in.y;
	buf_init(&why, 65536);
	view_explain(rows_view(u, LIST_TAIL), ev, &why);
	for (char *line = why.data, *end; *line && y < in.y + in.h; line = end) {
		char *which = strchr(line, '\t');

		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		if (!which)
			continue;
		*which++ = '\0';
		cells_text(&u->cells, in.x + 1, y, 9, STYLE_DIM, line);
		if (whole)
			y = put_wrapped(u, in.x + 10, y, in.w - 11, in.y + in.h, which);
		else
			cells_text(&u->cells, in.x + 10, y++, in.w - 10, STYLE_TEXT, which);
	}
	if (whole && y + 1 < in.y + in.h)
		put_fields(u, (struct rect){ in.x, y + 1, in.w, in.y + in.h - y - 1 }, ev);
	buf_free(&why);
}

/* What the sample is made of: modules and types by share, sizes. */
static void draw_profile(struct ui *u, struct rect r)
{
	const struct view *v = rows_view(u, LIST_TAIL);
	char title[60];
	struct rect in;
	uint64_t bytes = 0;
	int y;

	snprintf(title, sizeof title, "profile of the sample  last %u", v->tail_n);
	in = draw_pane(u, PANE_SPREAD, r, title, "");
	y = in.y;
	for (unsigned i = 0; i < v->module_n && y < in.y + in.h - 1; i++) {
		unsigned n = 0;

		for (unsigned k = 0; k < v->tail_n; k++)
			n += strcmp(v->tail[k].module, v->modules[i].name) == 0;
		if (!n)
			continue;
		cells_text(&u->cells, in.x + 1, y, 14, STYLE_TEXT, v->modules[i].name);
		widget_meter(&u->cells, in.x + 16, y, in.w - 24 > 4 ? in.w - 24 : 4, STYLE_GRAPH, (double)n / v->tail_n);
		cells_printf(&u->cells, in.x + in.w - 6, y++, 6, STYLE_VALUE, "%3.0f %%", 100.0 * n / v->tail_n);
	}
	for (unsigned k = 0; k < v->tail_n; k++)
		bytes += v->tail[k].whole;
	if (v->tail_n && in.h > 0)
		cells_printf(&u->cells, in.x + 1, in.y + in.h - 1, in.w - 1, STYLE_DIM, "%llu bytes an event on average", (unsigned long long)(bytes / v->tail_n));
}

/* All that is known of where the event comes from; again: back to the list. What is explained must stand. */
void act_explain(struct ui *u, const char *arg)
{
	(void)arg;
	if (u->zoom && ui_pane(u) == PANE_EFFECT) {
		u->zoom = false;
		u->focus[u->screen] = PANE_MAIN;
		return;
	}
	if (!u->lists[LIST_TAIL].n) {
		ui_say(u, STYLE_WARN, "there is no event yet");
		return;
	}
	if (!u->paused && !u->frozen && u->view)
		u->paused = view_keep(u->view);
	u->lists[LIST_TAIL].follow = false;
	u->focus[u->screen] = PANE_EFFECT;
	u->zoom = true;
	u->message[0] = '\0';
}

void screen_tail(struct ui *u, const struct layout *l)
{
	const struct view_event *ev = focused(u);
	const struct rect *p = l->panes;

	if (p[PANE_MAIN].h)
		draw_list(u, p[PANE_MAIN]);
	if (p[PANE_SPREAD].h)
		draw_profile(u, p[PANE_SPREAD]);
	if (p[PANE_SIDE].h && ev)
		draw_event(u, p[PANE_SIDE], ev);
	if (p[PANE_EFFECT].h && ev)
		draw_why(u, p[PANE_EFFECT], ev);
}
