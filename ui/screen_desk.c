/* Desk: what runs, how fast, into what. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

/* Columns of the list of modules, in the order in which they leave when it gets narrow. */
struct columns {
	int name, fader, target, actual, bars, vol, ents, made;
};

static struct columns columns_of(int w)
{
	struct columns c = { .name = 14, .actual = 7 };
	int left = w - 3 - c.name - 1 - c.actual;

	if (left < 0)
		c.name = w - 3 - c.actual - 1;
	if (c.name < 6) {
		c.actual = 0;
		c.name = w - 3;
	}
	if (left >= 8) {
		c.target = 7;
		left -= 8;
	}
	if (left >= 9) {
		c.bars = 8;
		left -= 9;
	}
	if (left >= 14) {
		c.fader = 13;
		left -= 14;
	}
	if (left >= 7) {
		c.vol = 6;
		left -= 7;
	}
	if (left >= 8) {
		c.ents = 7;
		left -= 8;
	}
	if (left >= 12) {
		c.made = 11;
		left -= 12;
	}
	/* What is left makes fader and bars longer. */
	if (c.fader) {
		c.fader += left / 2;
		c.bars += left - left / 2;
	} else if (c.bars) {
		c.bars += left;
	}
	return c;
}

static void head(struct ui *u, struct rect r, const struct columns *c)
{
	struct cells *g = &u->cells;
	int x = r.x + 3;

	cells_text(g, x, r.y, c->name, STYLE_DIM, "module");
	x += c->name;
	if (c->fader) {
		cells_text(g, x + 1, r.y, c->fader, STYLE_DIM, "rate fader");
		x += c->fader + 1;
	}
	if (c->target) {
		cells_right(g, x + 1, r.y, c->target, STYLE_DIM, "target");
		x += c->target + 1;
	}
	cells_right(g, x + 1, r.y, c->actual, STYLE_DIM, "actual");
	x += c->actual + 1;
	if (c->bars) {
		cells_printf(g, x + 1, r.y, c->bars, STYLE_DIM, "%d s", u->seconds);
		x += c->bars + 1;
	}
	if (c->vol) {
		cells_right(g, x + 1, r.y, c->vol, STYLE_DIM, "vol");
		x += c->vol + 1;
	}
	if (c->ents) {
		cells_right(g, x + 1, r.y, c->ents, STYLE_DIM, "ents");
		x += c->ents + 1;
	}
	if (c->made)
		cells_right(g, x + 1, r.y, c->made, STYLE_DIM, "made");
}

static const struct view_knob *knob_named(const struct view_module *m, const char *name)
{
	for (unsigned i = 0; i < m->knob_n; i++)
		if (strcmp(m->knobs[i].name, name) == 0)
			return &m->knobs[i];
	return NULL;
}

/* The rate's fader of any module: its row is known, its home only for the focused one. */
static void rate_fader(struct ui *u, int x, int y, int w, const struct view_module *m, bool focused)
{
	const struct view_knob *k = knob_named(m, "rate");
	struct fader f = { .at = m->rate_position, .home = m->rate_position, .to = -1, .limit = 2, .focused = focused, .live = true };

	if (k)
		f = widget_fader_of(k, focused);
	widget_fader(&u->cells, x, y, w, &f);
}

static void module_row(struct ui *u, struct rect r, int y, const struct view_module *m, bool focused, const struct columns *c, bool limited)
{
	struct cells *g = &u->cells;
	char text[NUM_TEXT];
	enum style s, plain = m->state == VIEW_OFF ? STYLE_DIM : STYLE_TEXT;
	uint32_t sign = widget_state(m->state, limited, &s);
	int x = r.x + 3;

	cells_char(g, r.x, y, STYLE_KEY, focused ? '>' : rows_marked(&u->lists[LIST_MODULES], m->name) ? '+' : ' ');
	cells_char(g, r.x + 1, y, s, sign);
	cells_text(g, x, y, c->name, focused ? STYLE_TITLE : rows_marked(&u->lists[LIST_MODULES], m->name) ? STYLE_MARK : plain, m->name);
	x += c->name;
	if (c->fader) {
		char path[100];

		rate_fader(u, x + 1, y, c->fader, m, focused);
		snprintf(path, sizeof path, "%.70s.rate", m->name);
		ui_spot(u, (struct rect){ x + 1, y, c->fader, 1 }, act_nudge, path)->fader = true;
		x += c->fader + 1;
	}
	if (c->target) {
		num_human(text, m->target);
		cells_right(g, x + 1, y, c->target, STYLE_DIM, isinf(m->target) ? "max" : text);
		x += c->target + 1;
	}
	num_human(text, m->actual);
	cells_right(g, x + 1, y, c->actual, plain, text);
	x += c->actual + 1;
	if (c->bars) {
		struct view_series none = { 0 };

		widget_bars(g, x + 1, y, c->bars, STYLE_GRAPH, &m->rate, u->seconds, graph_top(&m->rate, &none, u->seconds),
			    g->ascii || u->glyphs == GLYPHS_ASCII);
		x += c->bars + 1;
	}
	if (c->vol) {
		snprintf(text, sizeof text, isnan(m->volatility) ? "–" : "%.2f", m->volatility);
		cells_right(g, x + 1, y, c->vol, plain, text);
		x += c->vol + 1;
	}
	if (c->ents) {
		num_human(text, (double)m->entities);
		cells_right(g, x + 1, y, c->ents, plain, text);
		x += c->ents + 1;
	}
	if (c->made) {
		num_human(text, (double)m->made);
		cells_right(g, x + 1, y, c->made, plain, text);
	}
}

static void draw_modules(struct ui *u, struct rect r, bool boxed)
{
	const struct view *v = ui_shown(u);
	struct ui_list *l = &u->lists[LIST_MODULES];
	bool limited = strcmp(v->limit, "none") != 0 && strcmp(v->limit, "held") != 0;
	char title[200], right[80];
	struct rect in = r;
	struct columns c;
	unsigned first;
	int rows;

	if (boxed) {
		int n = snprintf(title, sizeof title, "modules %u (%u on)  filter: %.60s  sort: %s%s", v->module_n, v->on_n,
				 *l->filter.text ? l->filter.text : "none", rows_columns(LIST_MODULES)[l->sort], l->reverse ? " reversed" : "");

		if (l->mark_n)
			snprintf(title + n, sizeof title - (size_t)n, "  %u marked", l->mark_n);
	}
	rows = r.h - (boxed ? 3 : 0);
	snprintf(right, sizeof right, "%u hidden", l->hidden + (rows >= 0 && l->n > (unsigned)rows ? l->n - (unsigned)rows : 0));
	if (boxed)
		in = draw_pane(u, PANE_MAIN, r, title, strcmp(right, "0 hidden") ? right : "");
	c = columns_of(in.w);
	if (boxed)
		head(u, in, &c);
	first = rows_window(l, rows);
	for (unsigned i = first; i < l->n && (int)(i - first) < rows; i++) {
		int y = in.y + boxed + (int)(i - first);
		char arg[40];

		snprintf(arg, sizeof arg, "%d %u", LIST_MODULES, i);
		ui_spot(u, (struct rect){ in.x, y, in.w, 1 }, act_focus_row, arg)->row = true;
		module_row(u, in, y, &v->modules[l->order[i]], i == l->at, &c, limited);
	}
	if (!l->n && rows > 0)
		cells_text(&u->cells, in.x + 3, in.y + boxed, in.w - 3, STYLE_DIM, l->hidden ? "no module passes the filter; \\ changes it" : "no module; A adds one");
}

static void draw_bar(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct view_series none = { 0 };

	cells_text(&u->cells, r.x, r.y, 4, STYLE_DIM, "out");
	widget_bars(&u->cells, r.x + 4, r.y, r.w - 4, STYLE_GRAPH, &v->rate, u->seconds, graph_top(&v->rate, &none, u->seconds), u->cells.ascii);
}

static void output_rows(struct ui *u, struct rect in, int *y, const struct view_output *o, unsigned place)
{
	struct ui_list *l = &u->lists[LIST_OUTPUTS];
	bool here = ui_pane(u) == PANE_OUTPUTS && place == l->at;
	char rate[NUM_TEXT], total[NUM_TEXT], arg[40];
	enum style s;
	uint32_t sign = widget_state(o->state, false, &s);

	num_human(rate, o->rate);
	num_human(total, (double)o->delivered);
	snprintf(arg, sizeof arg, "%d %u", LIST_OUTPUTS, place);
	ui_spot(u, (struct rect){ in.x, *y, in.w, 2 }, act_focus_row, arg)->row = true;
	cells_char(&u->cells, in.x, *y, STYLE_KEY, here ? '>' : rows_marked(l, o->name) ? '+' : ' ');
	cells_char(&u->cells, in.x + 1, *y, s, sign);
	cells_printf(&u->cells, in.x + 3, *y, 14, here ? STYLE_TITLE : STYLE_TEXT, "%s", o->name);
	cells_printf(&u->cells, in.x + 18, *y, 12, STYLE_TEXT, "%7s/s", rate);
	cells_right(&u->cells, in.x + 28, *y, 8, STYLE_TEXT, total);
	cells_printf(&u->cells, in.x + 38, *y, in.w - 38, o->queue_share > 0.8 ? STYLE_WARN : STYLE_DIM, "%3.0f %%", o->queue_share * 100);
	if (++*y >= in.y + in.h)
		return;
	if (*o->why)
		cells_text(&u->cells, in.x + 3, *y, in.w - 3, STYLE_BAD, o->why);
	else if (o->failed + o->dropped)
		cells_printf(&u->cells, in.x + 3, *y, in.w - 3, STYLE_WARN, "failed %llu  dropped %llu", (unsigned long long)o->failed,
			     (unsigned long long)o->dropped);
	else
		cells_text(&u->cells, in.x + 3, *y, in.w - 3, STYLE_DIM, o->target);
	++*y;
}

static void draw_outputs(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct ui_list *l = &u->lists[LIST_OUTPUTS];
	struct rect in = draw_pane(u, PANE_OUTPUTS, r, "outputs", "delivered  queue");
	unsigned first = rows_window(l, in.h / 2);
	int y = in.y;

	for (unsigned i = first; i < l->n && y < in.y + in.h; i++)
		output_rows(u, in, &y, &v->outputs[l->order[i]], i);
	if (!l->n)
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_DIM, "no output: events go nowhere");
}

/* The faders of the focused module that a hand is likely to want. */
static void draw_side(struct ui *u, struct rect r)
{
	const struct view_module *m = ui_module(u);
	struct rect in = draw_pane(u, PANE_SIDE, r, m ? m->name : "", ui_pane(u) == PANE_SIDE ? "Tab back" : "Tab turns, Enter opens");

	if (m)
		draw_knobs(u, in, m->knobs, m->knob_n, ui_pane(u) == PANE_SIDE ? ui_knob(u) : NULL, &u->knob_first);
}

static void draw_events(struct ui *u, struct rect r)
{
	const struct view *v = rows_view(u, LIST_TAIL);
	char title[100];

	snprintf(title, sizeof title, "tail  1 in %llu shown", (unsigned long long)v->tail_every);
	draw_tail(u, draw_pane(u, PANE_TAIL, r, title, u->paused ? "PAUSED" : "5 opens"));
}

void screen_desk(struct ui *u, const struct layout *l)
{
	const struct view *v = ui_shown(u);
	const struct rect *p = l->panes;
	struct graph gr = { .actual = v->rate, .target = v->goal, .changes = v->changes, .change_n = v->change_n, .prefix = "" };

	if (p[PANE_GRAPH].h)
		draw_graph(u, PANE_GRAPH, p[PANE_GRAPH], "out ev/s  ── actual  ┄┄ target", &gr, 0);
	if (p[PANE_MAIN].h)
		draw_modules(u, p[PANE_MAIN], l->boxed);
	if (p[PANE_BAR].h)
		draw_bar(u, p[PANE_BAR]);
	if (p[PANE_OUTPUTS].h)
		draw_outputs(u, p[PANE_OUTPUTS]);
	if (p[PANE_SIDE].h > 2)
		draw_side(u, p[PANE_SIDE]);
	if (p[PANE_TAIL].h > 2)
		draw_events(u, p[PANE_TAIL]);
	if (p[PANE_LOG].h > 2)
		draw_log(u, draw_pane(u, PANE_LOG, p[PANE_LOG], "log", "6 opens"));
	if (p[PANE_CHANGES].h)
		draw_change_line(u, p[PANE_CHANGES]);
}
