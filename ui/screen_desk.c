/* Desk: what runs, how fast, into what. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/ui.h"
#include "ui/widget.h"

/* Grows at once; shrinks only when the smaller scale has been enough for ten seconds. */
static double sticky_top(struct ui *u, const struct view *v)
{
	double want = graph_top(&v->rate, &v->goal, u->seconds);

	if (want >= u->top || !(u->top > 0)) {
		u->top = want;
		u->top_ns = v->wall_ns;
	} else if (v->wall_ns - u->top_ns > 10000000000) {
		u->top = want;
		u->top_ns = v->wall_ns;
	}
	return u->top;
}

static void draw_graph(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct graph gr = { .actual = v->rate, .target = v->goal, .seconds = u->seconds, .glyphs = u->glyphs, .changes = v->changes,
			    .change_n = v->change_n, .prefix = "", .now_ns = v->wall_ns };
	char right[60], top[NUM_TEXT];

	gr.top = u->frozen ? (u->top > 0 ? u->top : 1) : sticky_top(u, v);
	num_human(top, gr.top);
	snprintf(right, sizeof right, "scale %s  %d s", top, u->seconds);
	cells_box(&u->cells, r, "out ev/s  ── actual  ┄┄ target", right, false);
	widget_graph(&u->cells, cells_inside(r), &gr);
}

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
	struct fader f = { .at = m->rate_position, .home = m->rate_position, .to = -1, .focused = focused, .live = true };

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

	cells_char(g, r.x, y, STYLE_KEY, focused ? '>' : ' ');
	cells_char(g, r.x + 1, y, s, sign);
	cells_text(g, x, y, c->name, focused ? STYLE_TITLE : plain, m->name);
	x += c->name;
	if (c->fader) {
		rate_fader(u, x + 1, y, c->fader, m, focused);
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
	struct rect in = boxed ? cells_inside(r) : r;
	struct columns c = columns_of(in.w);
	int y = in.y, rows = in.h - boxed;
	bool limited = strcmp(v->limit, "none") != 0 && strcmp(v->limit, "held") != 0;
	unsigned first = 0;
	char title[80], hidden[40] = "";

	if (rows > 0 && u->row >= (unsigned)rows)
		first = u->row - (unsigned)rows + 1;
	if (rows >= 0 && v->module_n > (unsigned)rows)
		snprintf(hidden, sizeof hidden, "%u hidden", v->module_n - (unsigned)rows);
	if (boxed) {
		snprintf(title, sizeof title, "modules %u (%u on)", v->module_n, v->on_n);
		cells_box(&u->cells, r, title, hidden, true);
		head(u, in, &c);
		y++;
	}
	for (unsigned i = first; i < v->module_n && y < in.y + in.h; i++, y++)
		module_row(u, in, y, &v->modules[i], i == u->row, &c, limited);
}

static void draw_bar(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct view_series none = { 0 };

	cells_text(&u->cells, r.x, r.y, 4, STYLE_DIM, "out");
	widget_bars(&u->cells, r.x + 4, r.y, r.w - 4, STYLE_GRAPH, &v->rate, u->seconds, graph_top(&v->rate, &none, u->seconds), u->cells.ascii);
}

static void draw_outputs(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct rect in = cells_inside(r);
	int y = in.y;

	cells_box(&u->cells, r, "outputs", "delivered  queue", false);
	for (unsigned i = 0; i < v->output_n && y < in.y + in.h; i++) {
		const struct view_output *o = &v->outputs[i];
		char rate[NUM_TEXT], total[NUM_TEXT];
		enum style s;
		uint32_t sign = widget_state(o->state, false, &s);

		num_human(rate, o->rate);
		num_human(total, (double)o->delivered);
		cells_char(&u->cells, in.x + 1, y, s, sign);
		cells_printf(&u->cells, in.x + 3, y, 14, STYLE_TEXT, "%s", o->name);
		cells_printf(&u->cells, in.x + 18, y, 12, STYLE_TEXT, "%7s/s", rate);
		cells_right(&u->cells, in.x + 28, y, 8, STYLE_TEXT, total);
		cells_printf(&u->cells, in.x + 38, y, in.w - 38, o->queue_share > 0.8 ? STYLE_WARN : STYLE_DIM, "%3.0f %%", o->queue_share * 100);
		if (++y >= in.y + in.h)
			break;
		if (*o->why)
			cells_text(&u->cells, in.x + 3, y++, in.w - 3, STYLE_BAD, o->why);
		else if (o->failed + o->dropped)
			cells_printf(&u->cells, in.x + 3, y++, in.w - 3, STYLE_WARN, "failed %llu  dropped %llu", (unsigned long long)o->failed,
				     (unsigned long long)o->dropped);
		else
			cells_text(&u->cells, in.x + 3, y++, in.w - 3, STYLE_DIM, o->target);
	}
}

static void draw_side(struct ui *u, struct rect r)
{
	const struct view_module *m = ui_module(u);
	struct rect in = cells_inside(r);
	int y = in.y;

	cells_box(&u->cells, r, m ? m->name : "", "Enter opens", false);
	for (unsigned i = 0; m && i < m->knob_n && y < in.y + in.h; i++) {
		const struct view_knob *k = &m->knobs[i];
		struct fader f;

		if (!k->is_number || !k->live || !ui_knob_is_shown(k) || (strncmp(k->name, "pace_", 5) == 0 && !k->changed) ||
		    strcmp(k->name, "catch_up") == 0)
			continue;
		f = widget_fader_of(k, false);
		cells_printf(&u->cells, in.x + 1, y, 13, STYLE_TEXT, "%s", k->name);
		widget_fader(&u->cells, in.x + 15, y, 16, &f);
		cells_printf(&u->cells, in.x + 32, y, in.w - 34, STYLE_VALUE, "%s", k->shown);
		if (k->changed)
			cells_char(&u->cells, in.x + in.w - 1, y, STYLE_MARK, '*');
		y++;
	}
}

void screen_desk(struct ui *u, const struct layout *l)
{
	if (l->panes[PANE_GRAPH].h)
		draw_graph(u, l->panes[PANE_GRAPH]);
	draw_modules(u, l->panes[PANE_MAIN], l->boxed);
	if (l->panes[PANE_BAR].h)
		draw_bar(u, l->panes[PANE_BAR]);
	if (l->panes[PANE_OUTPUTS].h)
		draw_outputs(u, l->panes[PANE_OUTPUTS]);
	if (l->panes[PANE_SIDE].h > 2)
		draw_side(u, l->panes[PANE_SIDE]);
	if (l->panes[PANE_LOG].h) {
		cells_box(&u->cells, l->panes[PANE_LOG], "log", "6 opens", false);
		draw_log(u, cells_inside(l->panes[PANE_LOG]), 0, LOG_LEVEL_INFO);
	}
	if (l->panes[PANE_CHANGES].h)
		draw_changes(u, l->panes[PANE_CHANGES], "", true);
}
