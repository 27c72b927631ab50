/* Tail: a sample of the stream, one event opened, and why it is as it is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/num.h"
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
static void draw_event(struct ui *u, struct rect r, const struct view_event *ev)
{
	char title[140];
	struct rect in;
	cJSON *json;
	char *text;
	int y;

	snprintf(title, sizeof title, "%.40s %.40s  %u B", ev->type, ev->key, ev->whole);
	in = draw_pane(u, PANE_SIDE, r, title, ev->n < ev->whole ? "cut" : "y copies");
	json = cJSON_Parse(ev->text);
	text = json ? cJSON_Print(json) : NULL;
	y = in.y;
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

/* Which module, stream, setting and change made it. */
static void draw_why(struct ui *u, struct rect r, const struct view_event *ev)
{
	const struct view *v = rows_view(u, LIST_TAIL);
	struct rect in = draw_pane(u, PANE_EFFECT, r, "why this event", "");
	const struct view_change *last = NULL;
	const struct view_module *m = NULL;
	char number[NUM_TEXT], own[NUM_TEXT];
	int y = in.y;

	for (unsigned i = 0; i < v->module_n; i++)
		if (strcmp(v->modules[i].name, ev->module) == 0)
			m = &v->modules[i];
	for (unsigned i = 0; i < v->change_n && !last; i++)
		if (v->changes[i].event < ev->number && strncmp(v->changes[i].path, ev->module, strlen(ev->module)) == 0 &&
		    v->changes[i].path[strlen(ev->module)] == '.')
			last = &v->changes[i];
	num_group(number, ev->number);
	num_group(own, ev->of_module);
#define LINE(name, ...) do { if (y < in.y + in.h) { cells_text(&u->cells, in.x + 1, y, 9, STYLE_DIM, name); \
	cells_printf(&u->cells, in.x + 10, y++, in.w - 10, STYLE_TEXT, __VA_ARGS__); } } while (0)
	LINE("module", "%s%s%s", ev->module, m ? "  generator " : "", m ? m->generator : "");
	LINE("event", "%s of the run, %s of the module", number, own);
	LINE("stream", "keyed by seed %llu and '%s'", (unsigned long long)v->seed, ev->module);
	LINE("outputs", "%s", *ev->outputs ? ev->outputs : "none");
	if (last)
		LINE("setting", "%s (%s)", last->text, origin_names[last->by]);
	else
		LINE("setting", "as the scenario says");
	LINE("sample", "1 in %llu, by event number", (unsigned long long)v->tail_every);
#undef LINE
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
