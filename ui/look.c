/* What keys do to the eye: screens, panes, lists, graphs. Nothing here changes the run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/bind.h"
#include "ui/rows.h"

/* ---- screens and panes ---- */

const char *const screen_names[] = { "desk", "module", "outputs", "tail", "log", "journal", "flows", "entities", "entity", "help", "form", NULL };

static void unpause(struct ui *u)
{
	view_drop(u->paused);
	u->paused = NULL;
}

void act_screen(struct ui *u, const char *arg)
{
	for (int i = 0; i < SCREEN_HELP; i++)
		if (strcmp(screen_names[i], arg) == 0)
			u->screen = (enum screen)i;
	if (u->screen == SCREEN_ENTITY && !*u->ents.ask.key)
		u->screen = SCREEN_ENTITIES;    /* one is opened from among the others */
	if (u->screen == SCREEN_LOG && u->view)
		u->errors_read = u->view->errors;
	u->zoom = false;
	unpause(u);
	u->lists[LIST_TAIL].follow = u->lists[LIST_LOG].follow = true;
	u->message[0] = '\0';
}

/* The letter behind g comes as the next key. */
void act_go(struct ui *u, const char *arg)
{
	(void)arg;
	ui_say(u, STYLE_KEY, "go to: d desk  m module  e entities  f flows  o outputs  t tail  l log  j journal  g top");
	u->going = true;
}

void act_back(struct ui *u, const char *arg)
{
	struct ui_list *l = ui_list_of(u) < LIST_N ? &u->lists[ui_list_of(u)] : NULL;

	(void)arg;
	if (u->zoom)
		u->zoom = false;
	else if (l && l->mark_n)
		l->mark_n = 0;
	else if (u->screen == SCREEN_FLOWS && ui_pane(u) != PANE_MAIN)
		u->focus[u->screen] = PANE_MAIN;
	else if (u->frozen && u->screen == SCREEN_DESK)
		act_freeze(u, NULL);
	else if (u->screen == SCREEN_ENTITY)
		act_screen(u, "entities");
	else if (u->screen != SCREEN_DESK)
		act_screen(u, "desk");
	else
		u->focus[SCREEN_DESK] = PANE_MAIN;
	u->message[0] = '\0';
}

void act_help(struct ui *u, const char *arg)
{
	(void)arg;
	u->before = u->screen;
	u->screen = SCREEN_HELP;
	u->help_filter[0] = '\0';
	u->help_row = 0;
}

void act_palette(struct ui *u, const char *arg)
{
	input_open(u, UI_PALETTE, arg ? arg : "");
}

void act_pane(struct ui *u, const char *arg)
{
	int step = arg[0] == '-' ? PANE_N - 1 : 1, at = (int)ui_pane(u);

	/* Zoomed only one pane lies somewhere; the round goes over those that could. */
	for (int i = 0; i < PANE_N; i++) {
		at = (at + step) % PANE_N;
		if (layout_focusable(u->screen, (enum pane)at) && (u->layout.panes[at].h || (u->zoom && (at != PANE_PREVIEW || u->previewing)))) {
			u->focus[u->screen] = (enum pane)at;
			return;
		}
	}
}

void act_zoom(struct ui *u, const char *arg)
{
	(void)arg;
	if (!u->zoom)
		u->focus[u->screen] = ui_pane(u);
	u->zoom = !u->zoom;
}

void act_focus_pane(struct ui *u, const char *arg)
{
	u->focus[u->screen] = (enum pane)strtol(arg, NULL, 10);
}

void act_focus_row(struct ui *u, const char *arg)
{
	char *end;
	long id = strtol(arg, &end, 10), at = strtol(end, NULL, 10);

	if (id >= 0 && id < LIST_N)
		rows_move(u, (enum ui_list_id)id, (int)at - (int)u->lists[id].at);
}

void act_focus_knob(struct ui *u, const char *arg)
{
	if (u->screen == SCREEN_OUTPUTS)
		u->out_knob = (unsigned)strtoul(arg, NULL, 10);
	else if (u->screen == SCREEN_FLOWS)
		u->step = (unsigned)strtoul(arg, NULL, 10);
	else
		u->knob = (unsigned)strtoul(arg, NULL, 10);
}

/* ---- moving ---- */

/* Rows that are not shown are stepped over. */
static void move_knob(const struct view_knob *knobs, unsigned n, unsigned *knob, int by)
{
	int left = abs(by), step = by < 0 ? -1 : 1, at = (int)*knob;

	/* At first it may stand before the first one that is shown. */
	while (at + 1 < (int)n && !ui_knob_is_shown(&knobs[at]))
		at++;
	while (left > 0 && at + step >= 0 && at + step < (int)n) {
		at += step;
		if (ui_knob_is_shown(&knobs[at])) {
			left--;
			*knob = (unsigned)at;
		}
	}
}

void act_move(struct ui *u, const char *arg)
{
	int by = (int)strtol(arg, NULL, 10);
	enum pane p = ui_pane(u);
	enum ui_list_id id = ui_list_of(u);
	const struct view_module *m = ui_module(u);
	const struct view_output *o = ui_output(u);

	if (entities_screen(u)) {
		entities_move(u, by);
	} else if (u->screen == SCREEN_FLOWS && p == PANE_SIDE) {
		const struct view_flow *f = ui_flow(u);
		int at = (int)(f && f->step_n ? ui_step_at(u, f) : u->step) + by;

		/* Of a flow that has just got the focus the steps are not there yet: the row is kept within them when they are drawn. */
		u->step = at < 0 ? 0 : (unsigned)at;
	} else if (u->screen == SCREEN_OUTPUTS && p == PANE_SIDE && o) {
		move_knob(o->knobs, o->knob_n, &u->out_knob, by);
	} else if (id == LIST_N && m) {
		move_knob(m->knobs, m->knob_n, &u->knob, by);
	} else if (id < LIST_N) {
		bool grows = id == LIST_TAIL || id == LIST_LOG;

		/* Looking back means that what is looked at must stand. */
		if (grows && by < 0 && !u->paused && !u->frozen && u->view)
			u->paused = view_keep(u->view);
		rows_move(u, id, by);
		if (grows && u->lists[id].follow)
			unpause(u);
	}
}

void act_module(struct ui *u, const char *arg)
{
	enum ui_list_id id = u->screen == SCREEN_OUTPUTS ? LIST_OUTPUTS : LIST_MODULES;
	int by = (int)strtol(arg, NULL, 10);
	unsigned was = u->lists[id].at;

	/* Modules without flows are stepped over. */
	for (unsigned before = was + 1; before != u->lists[id].at;) {
		before = u->lists[id].at;
		rows_move(u, id, by);
		if (u->screen != SCREEN_FLOWS || ui_has_flows(u, u->lists[id].focus))
			return;
	}
	rows_move(u, id, (int)was - (int)u->lists[id].at);
}

static void jump_to_entry(struct ui *u)
{
	const struct view *v = ui_shown(u);
	const struct ui_list *l = &u->lists[LIST_JOURNAL];
	const struct view_change *ch = l->n && v ? &v->changes[l->order[l->at]] : NULL;

	if (!ch)
		return;
	if (!u->frozen)
		act_freeze(u, NULL);
	u->cursor_ns = ch->wall_ns;
	u->screen = SCREEN_DESK;
	ui_say(u, STYLE_TEXT, "the graphs stand at: %.200s   f follows again", ch->text);
}

/* Where there is no room beside the list they take all of it. */
static void open_parameters(struct ui *u)
{
	u->focus[SCREEN_OUTPUTS] = PANE_SIDE;
	u->zoom |= u->layout.boxed && !u->layout.panes[PANE_SIDE].h;
}

static void open_steps(struct ui *u)
{
	u->focus[SCREEN_FLOWS] = PANE_SIDE;
	u->zoom |= !u->layout.panes[PANE_SIDE].h;
}

void act_open(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);

	(void)arg;
	if (entities_screen(u))
		act_entity_open(u, NULL);
	else if (u->screen == SCREEN_JOURNAL)
		jump_to_entry(u);
	else if (u->screen == SCREEN_MODULE && id == LIST_PRESETS && u->lists[id].n)
		ui_command(u, "preset load %s %s", u->lists[id].focus, u->lists[LIST_MODULES].focus);
	else if (u->screen == SCREEN_DESK && id == LIST_OUTPUTS)
		act_screen(u, "outputs");
	else if (u->screen == SCREEN_DESK && id == LIST_LOG)
		act_screen(u, "log");
	else if (u->screen == SCREEN_DESK && id == LIST_TAIL)
		act_screen(u, "tail");
	else if (u->screen == SCREEN_DESK)
		act_screen(u, "module");
	else if (u->screen == SCREEN_OUTPUTS)
		open_parameters(u);
	else if (u->screen == SCREEN_FLOWS && ui_pane(u) == PANE_MAIN)
		open_steps(u);
	else if (u->screen == SCREEN_TAIL)
		act_pause(u, NULL);
	else
		act_type(u, NULL);
}

/* ---- lists ---- */

static void filter_typed(struct ui *u)
{
	enum ui_list_id id = ui_list_of(u);
	struct err e;

	if (id == LIST_N)
		return;
	if (filter_set(&u->lists[id].filter, u->line, &e) < 0)
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "%.250s", e.text);
	else
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "text, !not this, ~fuzzy, or amount < 0 and module == 'x'");
}

static void filter_done(struct ui *u, const char *text)
{
	enum ui_list_id id = ui_list_of(u);
	struct err e;

	if (id < LIST_N && filter_set(&u->lists[id].filter, text, &e) < 0)
		ui_say(u, STYLE_BAD, "%s", e.text);
}

void act_filter(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);
	struct ui_prompt *p;

	(void)arg;
	if (id == LIST_N) {
		ui_say(u, STYLE_WARN, "there is no list here");
		return;
	}
	p = ui_prompt(u, filter_done, u->lists[id].filter.text, "filter: ");
	p->typed = filter_typed;
	snprintf(p->was, sizeof p->was, "%s", u->lists[id].filter.text);
	filter_typed(u);
}

/* Each letter looks anew from where the search began, not from what the one before found; Esc goes back there. */
static void search_typed(struct ui *u)
{
	enum ui_list_id id = ui_list_of(u);

	if (id == LIST_N)
		return;
	rows_move(u, id, (int)u->prompt.from - (int)u->lists[id].at);
	snprintf(u->lists[id].search, sizeof u->lists[id].search, "%.79s", u->line);
	u->prompt.hint[0] = '\0';
	if (*u->line && u->mode == UI_PROMPT && !rows_search(u, id, 1))
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "not found");
}

static void search_done(struct ui *u, const char *text)
{
	if (*text && *u->prompt.hint)
		ui_say(u, STYLE_WARN, "'%s' is not found", text);
}

void act_search(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);
	struct ui_prompt *p;
	bool pauses;

	(void)arg;
	if (id == LIST_N) {
		ui_say(u, STYLE_WARN, "there is no list here");
		return;
	}
	pauses = (id == LIST_TAIL || id == LIST_LOG) && !u->paused && !u->frozen && u->view;
	if (pauses)
		u->paused = view_keep(u->view);
	p = ui_prompt(u, search_done, "", "search: ");
	p->paused = pauses;
	p->typed = search_typed;
	p->from = u->lists[id].at;
	snprintf(p->was, sizeof p->was, "%s", u->lists[id].search);
}

void act_search_next(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);

	if (id == LIST_N || !*u->lists[id].search)
		ui_say(u, STYLE_WARN, "nothing was searched for; / does");
	else if (!rows_search(u, id, arg[0] == '-' ? -1 : 1))
		ui_say(u, STYLE_WARN, "'%s' is not found", u->lists[id].search);
}

void act_sort(struct ui *u, const char *arg)
{
	const char *const *columns = rows_columns(ui_list_of(u));

	(void)arg;
	if (!columns) {
		ui_say(u, STYLE_WARN, "this list has an order of its own");
		return;
	}
	menu_begin(u, "sort by");
	for (int i = 0; columns[i]; i++) {
		char line[40];

		snprintf(line, sizeof line, "sort %s", columns[i]);
		menu_add(u, line, "%s", columns[i]);
	}
	menu_open(u, -1, -1);
}

void act_reverse(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);

	(void)arg;
	if (!rows_columns(id))
		ui_say(u, STYLE_WARN, "this list has an order of its own");
	else
		u->lists[id].reverse = !u->lists[id].reverse;
}

static void toggle_mark(struct ui_list *l, const char *name)
{
	for (unsigned i = 0; i < l->mark_n; i++)
		if (strcmp(l->marks[i], name) == 0) {
			memmove(l->marks[i], l->marks[i + 1], (--l->mark_n - i) * sizeof *l->marks);
			return;
		}
	if (l->mark_n < UI_MARKS)
		snprintf(l->marks[l->mark_n++], sizeof *l->marks, "%s", name);
}

void act_mark(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);

	(void)arg;
	if (id == LIST_MODULES || id == LIST_OUTPUTS) {
		toggle_mark(&u->lists[id], u->lists[id].focus);
		rows_move(u, id, 1);
		ui_say(u, STYLE_TEXT, "%u marked: what is done now is done to all of them; Esc clears", u->lists[id].mark_n);
	}
}

void act_mark_all(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);

	(void)arg;
	if (id != LIST_MODULES && id != LIST_OUTPUTS)
		return;
	u->lists[id].mark_n = 0;
	for (unsigned i = 0; i < u->lists[id].n; i++)
		toggle_mark(&u->lists[id], rows_name(u, id, u->lists[id].order[i]));
	ui_say(u, STYLE_TEXT, "%u marked; Esc clears", u->lists[id].mark_n);
}

void act_pause(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u) == LIST_LOG ? LIST_LOG : LIST_TAIL;

	(void)arg;
	if (u->paused) {
		unpause(u);
		u->lists[id].follow = true;
		ui_say(u, STYLE_TEXT, "following again");
	} else if (u->view) {
		u->paused = view_keep(u->view);
		u->lists[id].follow = false;
		ui_say(u, STYLE_TEXT, "paused; the stream goes on");
	}
}

void act_follow(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);

	(void)arg;
	unpause(u);
	if (id < LIST_N)
		u->lists[id].follow = true;
}

void act_every(struct ui *u, const char *arg)
{
	static const uint64_t steps[] = { 1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 100000, 1000000 };
	uint64_t now = u->view ? u->view->tail_every : 1;
	int at = 0;

	for (int i = 0; i < (int)COUNT_OF(steps); i++)
		if (steps[i] <= now)
			at = i;
	at += arg[0] == '-' ? -1 : 1;
	at = at < 0 ? 0 : at >= (int)COUNT_OF(steps) ? (int)COUNT_OF(steps) - 1 : at;
	engine_look_at_events(u->deck->engine, steps[at]);
	ui_say(u, STYLE_TEXT, "showing 1 event in %llu; `every auto` follows the rate", (unsigned long long)steps[at]);
}

void act_level(struct ui *u, const char *arg)
{
	(void)arg;
	u->log_level = (enum log_level)((u->log_level + 1) % 4);
	ui_say(u, STYLE_TEXT, "log from level %c", log_letters[u->log_level]);
}

/* The next area that has lines, then all again. */
void act_area(struct ui *u, const char *arg)
{
	const struct view *v = ui_shown(u);
	const char *next = NULL;

	(void)arg;
	for (unsigned i = 0; v && i < v->line_n; i++)
		if (strcmp(v->lines[i].area, u->log_area) > 0 && (!next || strcmp(v->lines[i].area, next) < 0))
			next = v->lines[i].area;
	snprintf(u->log_area, sizeof u->log_area, "%s", next ? next : "");
	ui_say(u, STYLE_TEXT, "area %s", next ? next : "all");
}

void act_leave_out(struct ui *u, const char *arg)
{
	const struct view *v = ui_shown(u);
	const struct ui_list *l = &u->lists[LIST_JOURNAL];
	uint64_t group;

	(void)arg;
	if (!v || !l->n)
		return;
	group = v->changes[l->order[l->at]].group;
	for (unsigned i = 0; i < u->left_out_n; i++)
		if (u->left_out[i] == group) {
			u->left_out[i] = u->left_out[--u->left_out_n];
			ui_say(u, STYLE_TEXT, "the timeline will have it again");
			return;
		}
	if (u->left_out_n < COUNT_OF(u->left_out))
		u->left_out[u->left_out_n++] = group;
	ui_say(u, STYLE_TEXT, "left out of the timeline that `export FILE timeline` writes");
}

/* ---- graphs and looks ---- */

void act_freeze(struct ui *u, const char *arg)
{
	struct view_want want = { .knobs_of = VIEW_ALL_KNOBS, .tail = UI_ROWS, .lens = true, .presets = u->deck->presets,
				  .flows_of = VIEW_ALL_KNOBS };

	(void)arg;
	want.entities = entities_ask(u, true);
	if (u->frozen) {
		view_drop(u->frozen);
		u->frozen = NULL;
		u->cursor_ns = 0;
		ui_say(u, STYLE_TEXT, "the view follows again");
	} else if (u->view) {
		/* With the knobs of all modules: the focus may move while the picture stands. */
		u->frozen = view_make(u->deck->engine, u->deck->scenario, &want);
		if (!u->frozen)
			u->frozen = view_keep(u->view);
		u->frozen_ns = u->view->wall_ns;
		ui_say(u, STYLE_TEXT, "the view is frozen, the stream goes on; , ; move the cursor, f follows again");
	}
}

/* One column of a graph of this width, back or forward; the first press puts it there. */
void act_cursor(struct ui *u, const char *arg)
{
	int64_t step = (int64_t)u->seconds * 1000000000 / 60;

	if (!u->frozen) {
		ui_say(u, STYLE_WARN, "the time cursor needs a frozen view: f");
		return;
	}
	if (!u->cursor_ns)
		u->cursor_ns = u->frozen->wall_ns;
	u->cursor_ns += arg[0] == '-' ? -step : step;
	if (u->cursor_ns > u->frozen->wall_ns)
		u->cursor_ns = u->frozen->wall_ns;
	if (u->cursor_ns < u->frozen->wall_ns - (int64_t)u->seconds * 1000000000)
		u->cursor_ns = u->frozen->wall_ns - (int64_t)u->seconds * 1000000000;
}

void act_window(struct ui *u, const char *arg)
{
	static const int windows[] = { 15, 30, 60, 120, 300, 600 };
	int at = 0;

	for (int i = 0; i < (int)COUNT_OF(windows); i++)
		if (windows[i] <= u->seconds)
			at = i;
	at += arg[0] == '-' ? -1 : 1;
	u->seconds = windows[at < 0 ? 0 : at >= (int)COUNT_OF(windows) ? (int)COUNT_OF(windows) - 1 : at];
	ui_say(u, STYLE_TEXT, "time window %d s", u->seconds);
}

const char *const glyph_names[] = { "braille", "blocks", "ascii", "numbers", NULL };
const char *const scale_names[] = { "sticky", "fit", "log", NULL };

void act_glyphs(struct ui *u, const char *arg)
{
	(void)arg;
	u->glyphs = (u->glyphs + 1) % GLYPHS_N;
	ui_say(u, STYLE_TEXT, "graphs in %s", glyph_names[u->glyphs]);
}

void act_scale(struct ui *u, const char *arg)
{
	(void)arg;
	u->scale = (u->scale + 1) % SCALE_N;
	ui_say(u, STYLE_TEXT, "scale %s", scale_names[u->scale]);
}

void act_theme(struct ui *u, const char *arg)
{
	(void)arg;
	u->theme = (u->theme + 1) % THEME_N;
	u->redraw = true;
	ui_say(u, STYLE_TEXT, "theme %s", theme_names[u->theme]);
}

void act_field(struct ui *u, const char *arg)
{
	if (ui_module(u) && !u->frozen)
		engine_look_at_field(u->deck->engine, ui_module(u)->name, arg);
}

void act_preview(struct ui *u, const char *arg)
{
	const struct view_module *m = ui_module(u);

	(void)arg;
	if (m && !m->foresees)
		ui_command(u, "preview %s", m->name);           /* which says why not */
	else
		u->previewing = m && !u->previewing;
}

void act_redraw(struct ui *u, const char *arg)
{
	(void)arg;
	u->redraw = true;
}

void act_mouse(struct ui *u, const char *arg)
{
	(void)arg;
	u->mouse = !u->mouse;
	if (u->host.mouse)
		u->host.mouse(u->host.arg, u->mouse);
	ui_say(u, STYLE_TEXT, u->mouse ? "the mouse is the console's; M gives it back" : "the mouse is the terminal's");
}
