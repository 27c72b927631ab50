/* Module detail: every knob of a module as a fader, made from the parameter rows alone. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/ui.h"
#include "ui/widget.h"

static void choice(struct ui *u, int x, int y, int w, const struct view_knob *k)
{
	int end = x + w, at = (int)k->number;

	for (int i = 0; k->row->choices[i] && x < end; i++)
		x += cells_printf(&u->cells, x, y, end - x, i == at ? STYLE_VALUE : STYLE_DIM, i == at ? "[%s] " : " %s  ", k->row->choices[i]);
}

static void range_text(const struct view_knob *k, char *to, size_t room)
{
	struct buf lo, hi;

	buf_init(&lo, 100);
	buf_init(&hi, 100);
	if (k->row->type == PARAM_REAL || k->row->type == PARAM_INT) {
		char a[NUM_TEXT], b[NUM_TEXT];

		num_human(a, k->row->min);
		num_human(b, k->row->max);
		snprintf(to, room, "%s…%s", a, b);
	} else {
		param_number_text(k->row, k->row->min, &lo);
		param_number_text(k->row, k->row->max, &hi);
		snprintf(to, room, "%s…%s", lo.data, hi.data);
	}
	buf_free(&lo);
	buf_free(&hi);
}

static void knob_row(struct ui *u, struct rect r, int y, const struct view_knob *k, bool focused)
{
	struct cells *g = &u->cells;
	int x = r.x + 1, fader = r.x + 33, range_w = r.w >= 70 ? 13 : 0, w = r.x + r.w - fader - range_w - 3;
	char range[100];

	cells_char(g, r.x, y, STYLE_KEY, focused ? '>' : ' ');
	cells_text(g, x, y, 14, focused ? STYLE_TITLE : k->live ? STYLE_TEXT : STYLE_DIM, k->name);
	if (k->changed)
		cells_char(g, r.x + r.w - 1, y, STYLE_MARK, '*');
	if (k->row->type == PARAM_CHOICE) {
		choice(u, r.x + 17, y, r.w - 19, k);
		return;
	}
	if (k->row->type == PARAM_BOOL) {
		cells_text(g, r.x + 17, y, 12, STYLE_VALUE, k->number > 0 ? "[on]  off" : " on  [off]");
		return;
	}
	if (!k->is_number) {
		cells_text(g, r.x + 17, y, r.w - 19, k->live ? STYLE_VALUE : STYLE_DIM, *k->shown ? k->shown : "–");
		return;
	}
	cells_right(g, r.x + 16, y, 15, focused ? STYLE_INPUT : STYLE_VALUE, k->shown);
	if (w >= 8) {
		struct fader f = widget_fader_of(k, focused);

		widget_fader(g, fader, y, w, &f);
	}
	if (range_w && w >= 8) {
		range_text(k, range, sizeof range);
		cells_text(g, fader + w + 1, y, range_w, STYLE_DIM, k->live ? range : "not live");
	}
}

static void draw_knobs(struct ui *u, struct rect r, bool boxed, const struct view_module *m)
{
	struct rect in = boxed ? cells_inside(r) : r;
	unsigned shown = 0, changed = 0, focused = 0, at = 0;
	char title[120], right[60] = "";
	int y = in.y;

	for (unsigned i = 0; i < m->knob_n; i++) {
		if (!ui_knob_is_shown(&m->knobs[i]))
			continue;
		if (ui_knob(u) == &m->knobs[i])
			focused = shown;
		shown++;
		changed += m->knobs[i].changed;
	}
	if (focused < u->scroll)
		u->scroll = focused;
	if (in.h > 0 && focused >= u->scroll + (unsigned)in.h)
		u->scroll = focused - (unsigned)in.h + 1;
	if (boxed) {
		snprintf(title, sizeof title, "parameters %u  (%u changed *)", shown, changed);
		if (shown > (unsigned)in.h)
			snprintf(right, sizeof right, "%u to %u", u->scroll + 1, u->scroll + (unsigned)in.h);
		cells_box(&u->cells, r, title, right, true);
	}
	for (unsigned i = 0; i < m->knob_n && y < in.y + in.h; i++) {
		if (!ui_knob_is_shown(&m->knobs[i]) || at++ < u->scroll)
			continue;
		knob_row(u, in, y++, &m->knobs[i], ui_knob(u) == &m->knobs[i]);
	}
}

static void draw_rate(struct ui *u, struct rect r, const struct view_module *m)
{
	const struct view *v = ui_shown(u);
	char prefix[80], title[120], right[40], actual[NUM_TEXT], target[NUM_TEXT];
	struct graph gr = { .actual = m->rate, .target = m->goal, .seconds = u->seconds, .glyphs = u->glyphs, .changes = v->changes,
			    .change_n = v->change_n, .prefix = prefix, .now_ns = v->wall_ns };

	snprintf(prefix, sizeof prefix, "%.70s.", m->name);
	gr.top = graph_top(&m->rate, &m->goal, u->seconds);
	num_human(actual, m->actual);
	num_human(target, m->target);
	snprintf(title, sizeof title, "%s/s of %s", actual, isinf(m->target) ? "max" : target);
	snprintf(right, sizeof right, "%d s", u->seconds);
	cells_box(&u->cells, r, title, right, false);
	widget_graph(&u->cells, cells_inside(r), &gr);
}

/* What the focused knob means, under the list: one sentence, default, and the ramp under way. */
static void explain(struct ui *u, const struct view_knob *k)
{
	char left[NUM_TEXT] = "", to[80] = "";

	if (*u->message && !u->explained)
		return;         /* what a command said stays until the next key */
	if (k->ramping) {
		num_human_ns(left, (double)k->ramp_left_ns);
		param_show_number(k->row, k->ramp_to, to, sizeof to);
		ui_say(u, STYLE_MARK, "%s ramps to %s, %s left", k->name, to, left);
		u->explained = true;
	} else {
		ui_say(u, STYLE_DIM, "%s%s%s%s", k->help, k->live ? "" : " Not live: set it in the scenario.", *k->home ? "  default " : "", k->home);
		u->explained = true;
	}
}

void screen_module(struct ui *u, const struct layout *l)
{
	const struct view_module *m = ui_module(u);
	const struct view_knob *k = ui_knob(u);
	struct rect main = l->panes[PANE_MAIN];
	enum style s;
	uint32_t sign;
	char made[NUM_TEXT];
	int x = main.x + 1;

	if (!m || main.h < 1)
		return;
	if (l->boxed) {
		sign = widget_state(m->state, false, &s);
		num_group(made, m->made);
		cells_char(&u->cells, x, main.y, s, sign);
		x += 2 + cells_printf(&u->cells, x + 2, main.y, main.w - 3, STYLE_TITLE, "%s", m->name);
		x += cells_printf(&u->cells, x, main.y, main.x + main.w - x, STYLE_DIM, "  %s  made %s", m->generator, made);
		if (m->missed)
			x += cells_printf(&u->cells, x, main.y, main.x + main.w - x, STYLE_WARN, "  skipped %llu", (unsigned long long)m->missed);
		if (m->mute || m->solo)
			x += cells_printf(&u->cells, x, main.y, main.x + main.w - x, STYLE_WARN, m->mute ? "  muted" : "  solo");
		if (*m->why)
			cells_printf(&u->cells, x, main.y, main.x + main.w - x, STYLE_BAD, "  %s", m->why);
		main.y++;
		main.h--;
	}
	draw_knobs(u, main, l->boxed, m);
	if (l->panes[PANE_GRAPH].h)
		draw_rate(u, l->panes[PANE_GRAPH], m);
	if (l->panes[PANE_SIDE].h) {
		cells_box(&u->cells, l->panes[PANE_SIDE], "changes of this module", "u undo", false);
		draw_changes(u, cells_inside(l->panes[PANE_SIDE]), m->name, false);
	}
	if (k)
		explain(u, k);
}
