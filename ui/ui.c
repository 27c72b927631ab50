/* The console: keys to what they mean, a view into cells. */
#include "ui/ui.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/bind.h"
#include "ui/draw.h"
#include "ui/rows.h"

int ui_init(struct ui *u, struct deck *deck, int w, int h)
{
	*u = (struct ui){ .deck = deck, .seconds = 60, .log_level = LOG_LEVEL_INFO, .mouse = true };
	for (int s = 0; s < SCREEN_N; s++)
		u->focus[s] = PANE_MAIN;
	u->lists[LIST_TAIL].follow = u->lists[LIST_LOG].follow = u->lists[LIST_JOURNAL].follow = true;
	engine_look_at_events(deck->engine, LOOK_AUTO);
	deck->screen = u;
	return cells_resize(&u->cells, w, h);
}

void ui_free(struct ui *u)
{
	view_drop(u->view);
	view_drop(u->frozen);
	view_drop(u->paused);
	view_drop(u->since);
	view_drop(u->ents.last);
	cells_free(&u->cells);
	form_free(u);
	for (unsigned i = 0; i < u->history_n; i++)
		free(u->history[i]);
	if (u->deck)
		u->deck->screen = NULL;
	*u = (struct ui){ 0 };
}

int ui_resize(struct ui *u, int w, int h)
{
	u->redraw = true;
	u->spot_n = 0;
	return cells_resize(&u->cells, w, h);
}

/* ---- what is focused ---- */

const struct view *ui_shown(const struct ui *u)
{
	return u->frozen ? u->frozen : u->view;
}

const struct view_module *ui_module(const struct ui *u)
{
	const struct view *v = ui_shown(u);
	const struct ui_list *l = &u->lists[LIST_MODULES];

	for (unsigned i = 0; v && i < v->module_n; i++)
		if (strcmp(v->modules[i].name, l->focus) == 0)
			return &v->modules[i];
	return NULL;
}

const struct view_output *ui_output(const struct ui *u)
{
	const struct view *v = ui_shown(u);
	const struct ui_list *l = &u->lists[LIST_OUTPUTS];

	for (unsigned i = 0; v && i < v->output_n; i++)
		if (strcmp(v->outputs[i].name, l->focus) == 0)
			return &v->outputs[i];
	return NULL;
}

const struct view_flow *ui_flow(const struct ui *u)
{
	const struct view *v = ui_shown(u);
	const struct ui_list *l = &u->lists[LIST_FLOWS];

	return v && l->n && l->at < l->n && l->order[l->at] < v->flow_n ? &v->flows[l->order[l->at]] : NULL;
}

unsigned ui_step_at(const struct ui *u, const struct view_flow *f)
{
	return u->step < f->step_n ? u->step : f->step_n ? f->step_n - 1 : 0;
}

bool ui_has_flows(const struct ui *u, const char *module)
{
	const struct view *v = ui_shown(u);

	for (unsigned i = 0; v && i < v->flow_n; i++)
		if (strcmp(v->flows[i].module, module) == 0)
			return true;
	return false;
}

bool ui_knob_is_shown(const struct view_knob *k)
{
	/* What Space, m and S do stands in the title. */
	return strcmp(k->name, "on") && strcmp(k->name, "mute") && strcmp(k->name, "solo") && k->row->type != PARAM_ACTION;
}

static const struct view_knob *first_shown(const struct view_knob *knobs, unsigned n, unsigned at)
{
	for (unsigned i = at; i < n; i++)
		if (ui_knob_is_shown(&knobs[i]))
			return &knobs[i];
	return NULL;
}

const struct view_knob *ui_knob(const struct ui *u)
{
	const struct view_module *m = ui_module(u);

	return m ? first_shown(m->knobs, m->knob_n, u->knob) : NULL;
}

const struct view_knob *ui_out_knob(const struct ui *u)
{
	const struct view_output *o = ui_output(u);

	return o ? first_shown(o->knobs, o->knob_n, u->out_knob) : NULL;
}

enum pane ui_pane(const struct ui *u)
{
	enum pane p = u->focus[u->screen];

	return u->layout.panes[p].h || u->zoom ? p : PANE_MAIN;
}

enum ui_list_id ui_list_of(const struct ui *u)
{
	enum pane p = ui_pane(u);

	if (entities_screen(u))
		return LIST_N;
	if (p == PANE_LOG || (u->screen == SCREEN_LOG && p == PANE_MAIN))
		return LIST_LOG;
	if (p == PANE_TAIL || u->screen == SCREEN_TAIL)
		return LIST_TAIL;
	if (p == PANE_OUTPUTS || (u->screen == SCREEN_OUTPUTS && p != PANE_SIDE))
		return LIST_OUTPUTS;
	if (p == PANE_PRESETS)
		return LIST_PRESETS;
	if (u->screen == SCREEN_JOURNAL)
		return LIST_JOURNAL;
	if (u->screen == SCREEN_FLOWS)
		return p == PANE_MAIN ? LIST_FLOWS : LIST_N;
	return u->screen == SCREEN_DESK && p != PANE_SIDE ? LIST_MODULES : LIST_N;
}

const struct view_knob *ui_knob_named(const struct view_knob *knobs, unsigned n, const char *name)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(knobs[i].name, name) == 0)
			return &knobs[i];
	return NULL;
}

/* The weight of the flow, or what drops out at the step. */
static const struct view_knob *flow_fader(const struct ui *u, const struct view_module *m, enum pane p)
{
	const struct view_flow *f = ui_flow(u);
	const char *name = f ? f->fader : NULL;

	if (f && p == PANE_SIDE)
		name = f->step_n ? f->steps[ui_step_at(u, f)].fader : NULL;
	return name ? ui_knob_named(m->knobs, m->knob_n, name) : NULL;
}

bool ui_target(struct ui *u, char *path, size_t room, const struct view_knob **knob)
{
	const struct view_module *m = ui_module(u);
	const struct view_output *o = ui_output(u);
	enum pane p = ui_pane(u);
	bool of_module = u->screen == SCREEN_MODULE || (u->screen == SCREEN_DESK && p == PANE_SIDE);
	const struct view_knob *k = NULL;

	path[0] = '\0';
	if (of_module && m && (k = ui_knob(u))) {
		snprintf(path, room, "%s", k->path);
	} else if (u->screen == SCREEN_OUTPUTS && p == PANE_SIDE && o && (k = ui_out_knob(u))) {
		snprintf(path, room, "%s", k->path);
	} else if (o && (u->screen == SCREEN_OUTPUTS || p == PANE_OUTPUTS)) {
		snprintf(path, room, "%.70s.ceiling", o->name);
		k = ui_knob_named(o->knobs, o->knob_n, "ceiling");
	} else if (u->screen == SCREEN_FLOWS && m && (k = flow_fader(u, m, p))) {
		snprintf(path, room, "%s", k->path);
	} else if (u->screen == SCREEN_DESK && m) {
		snprintf(path, room, "%.70s.rate", m->name);
		k = ui_knob_named(m->knobs, m->knob_n, "rate");
	}
	if (knob)
		*knob = k;
	if (!*path)
		ui_say(u, STYLE_WARN, u->screen == SCREEN_FLOWS && p == PANE_SIDE ? "nothing can be turned at this step: waits with a drop have a fader" :
		       "there is nothing to turn here");
	return *path;
}

void ui_focus_module(struct ui *u, const char *name)
{
	struct ui_list *l = &u->lists[LIST_MODULES];

	snprintf(l->focus, sizeof l->focus, "%s", name);
	for (unsigned i = 0; i < l->n; i++)
		if (strcmp(rows_name(u, LIST_MODULES, l->order[i]), name) == 0)
			l->at = i;
}

void ui_say(struct ui *u, enum style s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(u->message, sizeof u->message, format, ap);
	va_end(ap);
	u->message_style = s;
	u->explained = false;
}

void ui_run_line(struct ui *u, const char *line, enum origin by)
{
	const struct ui_list *l = &u->lists[u->screen == SCREEN_OUTPUTS || ui_pane(u) == PANE_OUTPUTS ? LIST_OUTPUTS : LIST_MODULES];
	char word[40];
	const struct command *c;
	struct buf said;
	struct err e;

	snprintf(word, sizeof word, "%.*s", (int)strcspn(line, " "), line);
	c = command_find(u->deck, word);
	if (u->presenting && c && c->class == COMMAND_RISK) {
		ui_say(u, STYLE_WARN, "not while presenting: %s", line);
		return;
	}
	buf_init(&said, 1 << 20);
	u->deck->focus = *l->focus ? l->focus : NULL;
	u->deck->by = by;
	if (command_run(u->deck, line, &said, &e) < 0) {
		ui_say(u, STYLE_BAD, "%s", e.text);
		log_warn("console", "%s: %s", line, e.text);
	} else if (said.n) {
		bool more = strchr(said.data, '\n') != NULL;

		/* What does not fit one line is in the log. */
		for (char *s = said.data; more && *s;) {
			size_t n = strcspn(s, "\n");

			log_info("console", "%.*s", (int)n, s);
			s += n + (s[n] == '\n');
		}
		said.data[strcspn(said.data, "\n")] = '\0';
		ui_say(u, STYLE_TEXT, "%s%s", said.data, more ? "  (all of it in the log)" : "");
	}
	buf_free(&said);
}

void ui_command(struct ui *u, const char *format, ...)
{
	char line[COMMAND_LINE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(line, sizeof line, format, ap);
	va_end(ap);
	ui_run_line(u, line, u->drag.act || u->click_ns < 0 ? BY_MOUSE : BY_KEY);
}

void ui_ask(struct ui *u, const char *line, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(u->ask, sizeof u->ask, format, ap);
	va_end(ap);
	snprintf(u->ask_line, sizeof u->ask_line, "%s", line);
	u->mode = UI_QUESTION;
	u->message[0] = '\0';
}

struct ui_prompt *ui_prompt(struct ui *u, void (*done)(struct ui *u, const char *text), const char *text, const char *format, ...)
{
	va_list ap;

	u->prompt = (struct ui_prompt){ .done = done };
	va_start(ap, format);
	vsnprintf(u->prompt.label, sizeof u->prompt.label, format, ap);
	va_end(ap);
	input_open(u, UI_PROMPT, text);
	return &u->prompt;
}

/* ---- keys ---- */

static void question_key(struct ui *u, const struct key *k)
{
	char line[sizeof u->ask_line];

	if (k->code == KEY_CODE_CTRL && k->ch == 'c') {
		act_interrupt(u, NULL);
		return;
	}
	if (k->code != KEY_CODE_ESC && k->code != KEY_CODE_CHAR)
		return;                 /* never Enter: a question wants its letter */
	if (k->code == KEY_CODE_CHAR && !strchr("ynd", (int)(k->ch & 0x7f)))
		return;
	if (k->ch == 'd' && *u->ask_line)
		return;
	u->mode = UI_PLAIN;
	u->message[0] = '\0';
	snprintf(line, sizeof line, "%s", u->ask_line);
	if (k->code == KEY_CODE_CHAR && k->ch == 'y' && *line)
		ui_run_line(u, line, BY_KEY);
	else if (k->code == KEY_CODE_CHAR && k->ch == 'y')
		act_quit_now(u, NULL);
	else if (k->code == KEY_CODE_CHAR && k->ch == 'd')
		act_detach(u, NULL);
}

static void typing_key(struct ui *u, const struct key *k)
{
	bool palette = u->mode == UI_PALETTE;
	char line[UI_LINE];

	if (k->code == KEY_CODE_ENTER) {
		snprintf(line, sizeof line, "%s", u->line);
		u->mode = UI_PLAIN;
		if (palette) {
			input_remember(u, line);
			ui_run_line(u, line, BY_COMMAND);
		} else {
			u->prompt.done(u, line);
		}
	} else if (k->code == KEY_CODE_ESC || (k->code == KEY_CODE_CTRL && k->ch == 'c')) {
		u->mode = UI_PLAIN;
		if (!palette && u->prompt.typed) {
			snprintf(u->line, sizeof u->line, "%s", u->prompt.was);
			u->prompt.typed(u);
			u->message[0] = '\0';
			if (u->prompt.paused)
				act_follow(u, NULL);
		}
	} else if (input_key(u, k) && !palette && u->prompt.typed) {
		u->prompt.typed(u);
	}
}

/* The letter behind g. */
static void go_key(struct ui *u, const struct key *k)
{
	static const struct { char letter; const char *screen; } places[] = {
		{ 'd', "desk" }, { 'm', "module" }, { 'f', "flows" }, { 'o', "outputs" }, { 't', "tail" }, { 'l', "log" }, { 'j', "journal" },
		{ 'e', "entities" },
	};

	u->going = false;
	u->message[0] = '\0';
	if (k->code != KEY_CODE_CHAR)
		return;
	for (size_t i = 0; i < COUNT_OF(places); i++)
		if (k->ch == (uint32_t)places[i].letter) {
			act_screen(u, places[i].screen);
			return;
		}
	if (k->ch == 'g')
		act_move(u, "-100000");
	else
		ui_say(u, STYLE_WARN, "g takes d, m, e, f, o, t, l, j or g");
}

static void plain_key(struct ui *u, const struct key *k)
{
	const struct ui_rebind *r = bind_rebound(u, k, u->screen);
	const struct bind *b = r ? r->bind : bind_find(k, u->screen);

	u->message[0] = '\0';
	if (r && !r->bind) {
		ui_run_line(u, r->line, BY_KEY);
	} else if (b) {
		b->act(u, b->arg);
	} else if (k->code != KEY_CODE_PASTE) {
		char name[16];

		key_name(k, name);
		ui_say(u, STYLE_DIM, "%s does nothing here; ? lists the keys", name);
	}
}

void ui_key(struct ui *u, const struct key *k)
{
	if (k->code == KEY_CODE_FOCUS || k->code == KEY_CODE_REPLY)
		return;
	if (k->code == KEY_CODE_MOUSE) {
		mouse_key(u, k);
		return;
	}
	if (u->presenting)
		ui_note_key(u, k);
	switch (u->mode) {
	case UI_QUESTION: question_key(u, k); return;
	case UI_MENU: menu_key(u, k); return;
	case UI_PALETTE:
	case UI_PROMPT: typing_key(u, k); return;
	case UI_PLAIN: break;
	}
	if (u->going)
		go_key(u, k);
	else if (u->screen == SCREEN_HELP)
		help_key(u, k);
	else if (u->screen == SCREEN_FORM)
		form_key(u, k);
	else
		plain_key(u, k);
}

/* ---- drawing ---- */

/* What is typed for a knob, without the time of a ramp. */
static const char *thought(const struct ui *u, char *to, size_t room)
{
	bool thinks = u->mode == UI_PROMPT && *u->prompt.knob && u->screen == SCREEN_MODULE;

	snprintf(to, room, "%.*s", (int)strcspn(u->line, u->prompt.ramps ? " " : ""), u->line);
	return thinks ? to : NULL;
}

/* While a value is typed, what it would do stands beside; else when it was asked for. */
static bool wants_preview(const struct ui *u)
{
	const struct view_module *m = ui_module(u);

	return u->screen == SCREEN_MODULE && m && m->foresees && (u->previewing || (u->mode == UI_PROMPT && *u->prompt.knob));
}

static const struct view *make(struct ui *u, const char *of)
{
	char text[UI_LINE];
	bool preview = wants_preview(u);
	struct view_want want = { .preview_of = preview ? u->lists[LIST_MODULES].focus : NULL, .preview_n = preview ? (unsigned)u->cells.h : 0,
				  .text = thought(u, text, sizeof text), .knob = u->prompt.knob, .knobs_of = of, .presets = u->deck->presets,
				  .entities = entities_ask(u, false), .tail = u->screen == SCREEN_TAIL ? UI_ROWS : u->screen == SCREEN_DESK ? (unsigned)u->cells.h : 0, .lens = u->screen == SCREEN_MODULE };

	if (!want.text)
		want.knob = NULL;
	want.flows_of = u->screen == SCREEN_FLOWS ? VIEW_ALL_KNOBS : NULL;
	want.flow = *u->lists[LIST_FLOWS].focus ? u->lists[LIST_FLOWS].focus : NULL;
	return view_make(u->deck->engine, u->deck->scenario, &want);
}

/* Whose knobs the screen needs. */
static const char *wanted_knobs(const struct ui *u)
{
	return u->screen == SCREEN_OUTPUTS ? u->lists[LIST_OUTPUTS].focus : u->lists[LIST_MODULES].focus;
}

/* A view that takes the place of the one there is; false: no memory, the old picture stays. */
static bool renew(struct ui *u, const char *of)
{
	const struct view *v = make(u, of);

	if (!v)
		return false;
	if (v->held && !(u->view && u->view->held))
		u->held_ns = v->wall_ns;
	view_drop(u->view);
	u->view = v;
	rows_update(u);
	return true;
}

/* A module that has some; and the steps of the flow that has the focus now. */
static void focus_flows(struct ui *u, const char *flow)
{
	if (!ui_has_flows(u, u->lists[LIST_MODULES].focus) && u->view->flow_n) {
		ui_focus_module(u, u->view->flows[0].module);
		rows_update(u);
	}
	if (strcmp(flow, u->lists[LIST_FLOWS].focus) != 0)
		renew(u, wanted_knobs(u));
}

static void refresh(struct ui *u)
{
	const struct view_knob *k;
	char of[UI_NAME], flow[UI_NAME];

	snprintf(of, sizeof of, "%s", wanted_knobs(u));
	snprintf(flow, sizeof flow, "%s", u->lists[LIST_FLOWS].focus);
	if (!renew(u, of))
		return;
	if (u->screen == SCREEN_FLOWS && !u->frozen)
		focus_flows(u, flow);
	if (u->screen == SCREEN_LOG)
		u->errors_read = u->view->errors;
	/* Where the cursor of entities is comes out only when they are seen. */
	for (int i = 0; i < 3 && entities_settle(u); i++)
		renew(u, wanted_knobs(u));
	/* The knobs were made for what had the focus before. */
	if (!u->frozen && strcmp(of, wanted_knobs(u)) != 0)
		renew(u, wanted_knobs(u));
	k = u->screen == SCREEN_MODULE ? ui_knob(u) : NULL;
	/* So was the lens. */
	if (!u->frozen && u->screen == SCREEN_MODULE && ui_module(u) && engine_look_at_field(u->deck->engine, ui_module(u)->name, k ? k->name : NULL))
		renew(u, wanted_knobs(u));
}

static void draw_screen(struct ui *u, const struct layout *l)
{
	static void (*const screens[SCREEN_N])(struct ui *u, const struct layout *l) = {
		[SCREEN_DESK] = screen_desk, [SCREEN_MODULE] = screen_module, [SCREEN_OUTPUTS] = screen_outputs, [SCREEN_TAIL] = screen_tail,
		[SCREEN_LOG] = screen_log, [SCREEN_JOURNAL] = screen_journal, [SCREEN_FLOWS] = screen_flows, [SCREEN_ENTITIES] = screen_entities,
		[SCREEN_ENTITY] = screen_entity, [SCREEN_HELP] = screen_help, [SCREEN_FORM] = screen_form,
	};

	screens[u->screen](u, l);
}

void ui_draw(struct ui *u)
{
	const struct view *v;

	refresh(u);
	v = ui_shown(u);
	cells_clear(&u->cells);
	u->spot_n = 0;
	if (!v)
		return;
	u->layout = layout_of(u->screen, u->cells.w, u->cells.h, u->screen == SCREEN_FLOWS ? u->lists[LIST_FLOWS].n : entities_screen(u) ? v->entities.class_n :
			      v->module_n, v->output_n, u->zoom ? u->focus[u->screen] : PANE_N, wants_preview(u));
	draw_header(u, u->layout.panes[PANE_HEADER]);
	if (u->layout.panes[PANE_TABS].h)
		draw_tabs(u, u->layout.panes[PANE_TABS]);
	draw_screen(u, &u->layout);
	if (u->layout.panes[PANE_MESSAGE].h || u->mode != UI_PLAIN || (*u->message && u->layout.panes[PANE_HINTS].h && !u->explained))
		draw_message(u, u->layout.panes[PANE_MESSAGE].h ? u->layout.panes[PANE_MESSAGE] : u->layout.panes[PANE_HINTS]);
	else if (u->layout.panes[PANE_HINTS].h)
		draw_hints(u, u->layout.panes[PANE_HINTS]);
	if (u->layout.panes[PANE_HINTS].h && u->layout.panes[PANE_MESSAGE].h)
		draw_hints(u, u->layout.panes[PANE_HINTS]);
	if (u->mode == UI_PALETTE && u->layout.boxed)
		screen_palette(u);
	if (u->mode == UI_MENU)
		screen_menu(u);
	if (u->presenting)
		draw_presentation(u);
}
