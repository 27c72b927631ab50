/* The console: keys to actions, a view into cells. */
#include "ui/ui.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/bind.h"

int ui_init(struct ui *u, struct deck *deck, int w, int h)
{
	*u = (struct ui){ .deck = deck, .seconds = 60, .log_level = LOG_LEVEL_INFO };
	return cells_resize(&u->cells, w, h);
}

void ui_free(struct ui *u)
{
	view_drop(u->view);
	view_drop(u->frozen);
	cells_free(&u->cells);
	for (unsigned i = 0; i < u->history_n; i++)
		free(u->history[i]);
	*u = (struct ui){ 0 };
}

int ui_resize(struct ui *u, int w, int h)
{
	u->redraw = true;
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

	return v && u->row < v->module_n ? &v->modules[u->row] : NULL;
}

bool ui_knob_is_shown(const struct view_knob *k)
{
	/* What Space, m and S do stands in the title; a path of outputs is the desk's business. */
	return strcmp(k->name, "on") && strcmp(k->name, "mute") && strcmp(k->name, "solo") && strcmp(k->name, "outputs") &&
	       k->row->type != PARAM_ACTION;
}

const struct view_knob *ui_knob(const struct ui *u)
{
	const struct view_module *m = ui_module(u);

	if (!m || u->knob >= m->knob_n)
		return NULL;
	for (unsigned i = u->knob; i < m->knob_n; i++)
		if (ui_knob_is_shown(&m->knobs[i]))
			return &m->knobs[i];
	return NULL;
}

void ui_focus_row(struct ui *u, unsigned row)
{
	const struct view *v = ui_shown(u);

	u->row = row;
	if (v && row < v->module_n)
		snprintf(u->focus, sizeof u->focus, "%s", v->modules[row].name);
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

static void run_line(struct ui *u, const char *line, enum origin by)
{
	struct buf said;
	struct err e = { 0 };

	buf_init(&said, 1 << 20);
	u->deck->focus = *u->focus ? u->focus : NULL;
	u->deck->by = by;
	if (command_run(u->deck, line, &said, &e) < 0) {
		ui_say(u, STYLE_BAD, "%s", e.text);
	} else if (said.n) {
		said.data[strcspn(said.data, "\n")] = '\0';
		ui_say(u, STYLE_TEXT, "%s", said.data);
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
	run_line(u, line, BY_KEY);
}

/* ---- what is typed ---- */

/* A typed value: `=` takes 2.5k, 30s, 5 % and, with a sign, what it is relative to now. */
static void enter_value(struct ui *u)
{
	const struct view_module *m = ui_module(u);
	const struct view_knob *k = u->screen == SCREEN_MODULE ? ui_knob(u) : NULL;
	const char *name = u->screen == SCREEN_MODULE ? k ? k->name : NULL : "rate";
	char c = u->line[0];
	bool relative = c == '+' || c == '*' || c == '/' || (c == '-' && (!k || !(k->row->min < 0)));

	if (!m || !name || !*u->line)
		return;
	ui_command(u, "%s %s.%s %s%s%s", relative ? "adjust" : "set", m->name, name, relative ? "" : "\"", u->line, relative ? "" : "\"");
}

static void enter_ramp(struct ui *u)
{
	const struct view_module *m = ui_module(u);
	const struct view_knob *k = u->screen == SCREEN_MODULE ? ui_knob(u) : NULL;
	const char *name = u->screen == SCREEN_MODULE ? k ? k->name : NULL : "rate";

	if (m && name && *u->line)
		ui_command(u, "ramp %s.%s %s%s", m->name, name, u->line, strchr(u->line, ' ') ? "" : " 10s");
}

static void enter(struct ui *u)
{
	enum ui_mode mode = u->mode;
	char line[UI_LINE];

	u->mode = UI_PLAIN;
	switch (mode) {
	case UI_PALETTE:
		input_remember(u, u->line);
		snprintf(line, sizeof line, "%s", u->line);
		run_line(u, line, BY_COMMAND);
		break;
	case UI_VALUE: enter_value(u); break;
	case UI_RAMP: enter_ramp(u); break;
	case UI_FILE:
		if (*u->line)
			ui_command(u, "dump \"%s\"", u->line);
		break;
	default: break;
	}
}

static void question_key(struct ui *u, const struct key *k)
{
	if (k->code == KEY_CODE_CHAR && k->ch == 'y') {
		u->mode = UI_PLAIN;
		act_quit_now(u, NULL);
	} else if ((k->code == KEY_CODE_CHAR && k->ch == 'n') || k->code == KEY_CODE_ESC) {
		u->mode = UI_PLAIN;
		u->message[0] = '\0';
	} else if (k->code == KEY_CODE_CTRL && k->ch == 'c') {
		act_interrupt(u, NULL);
	}
}

static void typing_key(struct ui *u, const struct key *k)
{
	if (k->code == KEY_CODE_ENTER)
		enter(u);
	else if (k->code == KEY_CODE_ESC || (k->code == KEY_CODE_CTRL && k->ch == 'c'))
		u->mode = UI_PLAIN;
	else
		input_key(u, k);
}

static unsigned matching_rows(const struct ui *u, const struct bind **nth, unsigned n)
{
	unsigned count = 0;

	for (const struct bind *b = bind_table; b->keys; b++) {
		if (!b->help || (!strstr(b->help, u->help_filter) && !strstr(b->keys, u->help_filter)))
			continue;
		if (count++ == n && nth)
			*nth = b;
	}
	return count;
}

static void help_key(struct ui *u, const struct key *k)
{
	size_t n = strlen(u->help_filter);
	const struct bind *b = NULL;

	switch (k->code) {
	case KEY_CODE_ESC: u->screen = u->before_help; break;
	case KEY_CODE_UP: u->help_row -= u->help_row > 0; break;
	case KEY_CODE_DOWN: u->help_row += u->help_row + 1 < matching_rows(u, NULL, 0); break;
	case KEY_CODE_BACKSPACE:
		u->help_filter[n ? n - 1 : 0] = '\0';
		u->help_row = 0;
		break;
	case KEY_CODE_ENTER:
		matching_rows(u, &b, u->help_row);
		u->screen = u->before_help;
		if (b && b->where & 1u << u->screen)
			b->act(u, b->arg);
		else if (b)
			ui_say(u, STYLE_WARN, "'%s' is not for this screen", b->help);
		break;
	case KEY_CODE_CTRL:
		if (k->ch == 'c')
			u->screen = u->before_help;
		break;
	case KEY_CODE_CHAR:
		if (k->ch == '?' && !n) {
			u->screen = u->before_help;
		} else if (k->ch < 0x80 && n + 1 < sizeof u->help_filter) {
			u->help_filter[n] = (char)k->ch;
			u->help_filter[n + 1] = '\0';
			u->help_row = 0;
		}
		break;
	default: break;
	}
}

/* The letter behind g. */
static void go_key(struct ui *u, const struct key *k)
{
	u->going = false;
	u->message[0] = '\0';
	if (k->code != KEY_CODE_CHAR)
		return;
	switch (k->ch) {
	case 'd': act_screen(u, "desk"); break;
	case 'm': act_screen(u, "module"); break;
	case 'l': act_screen(u, "log"); break;
	case 'g': act_move(u, "-100000"); break;
	default: ui_say(u, STYLE_WARN, "g takes d, m, l or g"); break;
	}
}

void ui_key(struct ui *u, const struct key *k)
{
	const struct bind *b;

	if (k->code == KEY_CODE_FOCUS || k->code == KEY_CODE_REPLY || k->code == KEY_CODE_MOUSE)
		return;
	if (u->mode == UI_QUIT) {
		question_key(u, k);
		return;
	}
	if (u->mode != UI_PLAIN) {
		typing_key(u, k);
		return;
	}
	if (u->going) {
		go_key(u, k);
		return;
	}
	if (u->screen == SCREEN_HELP) {
		help_key(u, k);
		return;
	}
	b = bind_find(k, u->screen);
	u->message[0] = '\0';
	if (b) {
		b->act(u, b->arg);
	} else if (k->code != KEY_CODE_PASTE) {
		char name[16];

		key_name(k, name);
		ui_say(u, STYLE_DIM, "%s does nothing here; ? lists the keys", name);
	}
}

/* ---- drawing ---- */

/* The focused module keeps its name when rows move. */
static void follow_focus(struct ui *u)
{
	const struct view *v = ui_shown(u);

	for (unsigned i = 0; v && i < v->module_n; i++)
		if (strcmp(v->modules[i].name, u->focus) == 0) {
			u->row = i;
			return;
		}
	ui_focus_row(u, v && u->row < v->module_n ? u->row : 0);
}

static void refresh(struct ui *u)
{
	const struct view *v;

	if (!*u->focus) {
		const char *first = engine_module_name(u->deck->engine, 0);

		snprintf(u->focus, sizeof u->focus, "%s", first ? first : "");
	}
	v = view_make(u->deck->engine, u->deck->scenario, &(struct view_want){ .knobs_of = u->focus });
	if (!v)
		return;         /* no memory: the old picture stays */
	if (v->held && !(u->view && u->view->held))
		u->held_ns = v->wall_ns;
	view_drop(u->view);
	u->view = v;
	if (u->screen == SCREEN_LOG)
		u->errors_read = v->errors;
	follow_focus(u);
	/* The knobs were made for the module that had the focus before. */
	if (!u->frozen && ui_module(u) && !ui_module(u)->knobs) {
		v = view_make(u->deck->engine, u->deck->scenario, &(struct view_want){ .knobs_of = u->focus });
		if (v) {
			view_drop(u->view);
			u->view = v;
		}
	}
}

void ui_draw(struct ui *u)
{
	const struct view *v;
	struct layout l;

	refresh(u);
	v = ui_shown(u);
	cells_clear(&u->cells);
	if (!v)
		return;
	l = layout_of(u->screen, u->cells.w, u->cells.h, v->module_n, v->output_n);
	draw_header(u, l.panes[PANE_HEADER]);
	if (l.panes[PANE_TABS].h)
		draw_tabs(u, l.panes[PANE_TABS]);
	switch (u->screen) {
	case SCREEN_MODULE: screen_module(u, &l); break;
	case SCREEN_LOG: screen_log(u, &l); break;
	case SCREEN_HELP: screen_help(u, &l); break;
	default: screen_desk(u, &l); break;
	}
	if (l.panes[PANE_MESSAGE].h || u->mode != UI_PLAIN)
		draw_message(u, l.panes[PANE_MESSAGE].h ? l.panes[PANE_MESSAGE] : l.panes[PANE_HINTS]);
	if (l.panes[PANE_HINTS].h && (l.panes[PANE_MESSAGE].h || u->mode == UI_PLAIN))
		draw_hints(u, l.panes[PANE_HINTS]);
	if (u->mode == UI_PALETTE && l.boxed)
		screen_palette(u);
}
