/* Module detail: every knob of a module as a fader, made from the parameter rows alone, and what the focused one does. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

static void draw_parameters(struct ui *u, struct rect r, const struct view_module *m)
{
	unsigned shown = 0, changed = 0;
	char title[120], right[60] = "";
	struct rect in;

	for (unsigned i = 0; i < m->knob_n; i++)
		if (ui_knob_is_shown(&m->knobs[i])) {
			shown++;
			changed += m->knobs[i].changed;
		}
	snprintf(title, sizeof title, "parameters %u  (%u changed *)", shown, changed);
	if (r.h > 2 && shown > (unsigned)r.h - 2)
		snprintf(right, sizeof right, "%u to %u", u->knob_first + 1, u->knob_first + (unsigned)r.h - 2);
	in = draw_pane(u, PANE_MAIN, r, title, right);
	draw_knobs(u, in, m->knobs, m->knob_n, ui_knob(u), &u->knob_first);
}

static void draw_rate(struct ui *u, struct rect r, const struct view_module *m)
{
	const struct view *v = ui_shown(u);
	char prefix[80], title[120], actual[NUM_TEXT], target[NUM_TEXT];
	struct graph gr = { .actual = m->rate, .target = m->goal, .changes = v->changes, .change_n = v->change_n, .prefix = prefix };

	snprintf(prefix, sizeof prefix, "%.70s.", m->name);
	num_human(actual, m->actual);
	num_human(target, m->target);
	snprintf(title, sizeof title, "%s/s of %s", actual, isinf(m->target) ? "max" : target);
	draw_graph(u, PANE_GRAPH, r, title, &gr, 1);
}

/* What the focused knob does to the stream: the field's mean, or how far it moves, over time. */
static void draw_effect(struct ui *u, struct rect r, const struct view_module *m)
{
	const struct view *v = ui_shown(u);
	const struct view_lens *l = &v->lens;
	const struct view_knob *k = ui_knob(u);
	char title[120];
	struct graph gr = { .actual = l->relative ? l->spread_trace : l->mean_trace, .changes = v->changes, .change_n = v->change_n, .prefix = k ? k->path : "" };

	if (strcmp(l->module, m->name) != 0)
		gr.actual = (struct view_series){ 0 };
	snprintf(title, sizeof title, "%s%s%s%s%s%s", k && r.w >= 44 ? k->name : "", k && r.w >= 44 ? " → " : "", l->relative ? "spread of returns of " :
		 l->in_words ? "share of " : "mean of ", *l->field ? l->field : "nothing", *l->watched ? "=" : "", l->watched);
	u->top[3] = 0;          /* another field has another scale */
	draw_graph(u, PANE_EFFECT, r, title, &gr, 3);
}

static void draw_presets(struct ui *u, struct rect r, const struct view_module *m)
{
	const struct view *v = ui_shown(u);
	struct ui_list *l = &u->lists[LIST_PRESETS];
	struct rect in = draw_pane(u, PANE_PRESETS, r, "presets", "p load  w save  b A/B");
	unsigned first = rows_window(l, in.h - 1);

	cells_printf(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_TEXT, "hand %c plays; b swaps in one step", m->hand);
	for (unsigned i = first; i < l->n && (int)(i - first) < in.h - 1; i++) {
		bool here = ui_pane(u) == PANE_PRESETS && i == l->at;
		int y = in.y + 1 + (int)(i - first);
		char arg[40];

		snprintf(arg, sizeof arg, "%d %u", LIST_PRESETS, i);
		ui_spot(u, (struct rect){ in.x, y, in.w, 1 }, act_focus_row, arg)->row = true;
		cells_char(&u->cells, in.x, y, STYLE_KEY, here ? '>' : ' ');
		cells_text(&u->cells, in.x + 2, y, in.w - 2, here ? STYLE_TITLE : STYLE_TEXT, v->presets[l->order[i]].name);
	}
	if (!l->n && in.h > 1)
		cells_printf(&u->cells, in.x + 1, in.y + 1, in.w - 1, STYLE_DIM, "no preset of %s yet", m->generator);
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
	} else {
		ui_say(u, STYLE_DIM, "%s%s%s%s", k->help, k->live ? "" : " Not live: set it in the scenario.", *k->home ? "  default " : "", k->home);
	}
	u->explained = true;
}

static void draw_title(struct ui *u, struct rect r, const struct view_module *m)
{
	enum style s;
	uint32_t sign = widget_state(m->state, false, &s);
	char made[NUM_TEXT];
	int x = r.x + 1, end = r.x + r.w;

	num_group(made, m->made);
	cells_char(&u->cells, x, r.y, s, sign);
	x += 2 + cells_printf(&u->cells, x + 2, r.y, r.w - 3, STYLE_TITLE, "%s", m->name);
	x += cells_printf(&u->cells, x, r.y, end - x, STYLE_DIM, "  %s  made %s  to %s", m->generator, made, *m->outputs ? m->outputs : "nowhere");
	if (m->missed)
		x += cells_printf(&u->cells, x, r.y, end - x, STYLE_WARN, "  skipped %llu", (unsigned long long)m->missed);
	if (m->mute || m->solo)
		x += cells_printf(&u->cells, x, r.y, end - x, STYLE_WARN, m->mute ? "  muted" : "  solo");
	if (m->hand == 'B')
		x += cells_text(&u->cells, x, r.y, end - x, STYLE_MARK, "  (B)");
	if (*m->why)
		cells_printf(&u->cells, x, r.y, end - x, STYLE_BAD, "  %s", m->why);
}

void screen_module(struct ui *u, const struct layout *l)
{
	const struct view_module *m = ui_module(u);
	const struct rect *p = l->panes;
	struct rect main = p[PANE_MAIN];

	if (!m) {
		if (main.h)
			cells_text(&u->cells, main.x + 1, main.y, main.w - 1, STYLE_DIM, "no module is chosen");
		return;
	}
	if (l->boxed && main.h > 3) {
		draw_title(u, main, m);
		main.y++;
		main.h--;
	}
	if (main.h > 0)
		draw_parameters(u, main, m);
	if (p[PANE_GRAPH].h)
		draw_rate(u, p[PANE_GRAPH], m);
	if (p[PANE_EFFECT].h)
		draw_effect(u, p[PANE_EFFECT], m);
	if (p[PANE_SPREAD].h)
		draw_spread(u, p[PANE_SPREAD], m->name);
	if (p[PANE_PREVIEW].h)
		draw_preview(u, p[PANE_PREVIEW]);
	if (p[PANE_SIDE].h)
		draw_changes(u, draw_pane(u, PANE_SIDE, p[PANE_SIDE], "changes of this module", "u undo"), m->name);
	if (p[PANE_PRESETS].h)
		draw_presets(u, p[PANE_PRESETS], m);
	if (ui_knob(u))
		explain(u, ui_knob(u));
}
