/* What keys do. */
#include "ui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The path of what a value key is about: the focused knob of the module screen, the rate on the desk. */
static bool knob_path(struct ui *u, char *to, size_t room)
{
	const struct view_module *m = ui_module(u);
	const struct view_knob *k = u->screen == SCREEN_MODULE ? ui_knob(u) : NULL;

	if (!m || (u->screen == SCREEN_MODULE && !k)) {
		ui_say(u, STYLE_WARN, "there is nothing to turn here");
		return false;
	}
	snprintf(to, room, "%.70s.%.60s", m->name, k ? k->name : "rate");
	return true;
}

void act_nudge(struct ui *u, const char *arg)
{
	char path[160];

	if (knob_path(u, path, sizeof path))
		ui_command(u, "nudge %s %s", path, arg);
}

void act_adjust(struct ui *u, const char *arg)
{
	char path[160];

	if (knob_path(u, path, sizeof path))
		ui_command(u, "adjust %s %s", path, arg);
}

void act_default(struct ui *u, const char *arg)
{
	char path[160];

	(void)arg;
	if (knob_path(u, path, sizeof path))
		ui_command(u, "default %s", path);
}

void act_percent(struct ui *u, const char *arg)
{
	const struct view_knob *k = ui_knob(u);
	char path[160];
	struct buf text;

	if (!knob_path(u, path, sizeof path))
		return;
	if (!k || !k->is_number) {
		ui_say(u, STYLE_WARN, "%s is no number", path);
		return;
	}
	buf_init(&text, 200);
	param_number_text(k->row, param_at(k->row, strtod(arg, NULL)), &text);
	ui_command(u, "set %s %s", path, text.data);
	buf_free(&text);
}

void act_type(struct ui *u, const char *arg)
{
	char path[160];

	(void)arg;
	if (knob_path(u, path, sizeof path))
		input_open(u, UI_VALUE, "");
}

void act_ramp(struct ui *u, const char *arg)
{
	char path[160];

	(void)arg;
	if (knob_path(u, path, sizeof path))
		input_open(u, UI_RAMP, "");
}

void act_dump(struct ui *u, const char *arg)
{
	const struct view_module *m = ui_module(u);
	char name[100];

	(void)arg;
	if (!m)
		return;
	snprintf(name, sizeof name, "%.80s-state.csv", m->name);
	input_open(u, UI_FILE, name);
}

/* The focused module as it is now, even if the screen shows an older picture: what is toggled is the present. */
static const struct view_module *present(const struct ui *u)
{
	for (unsigned i = 0; u->view && i < u->view->module_n; i++)
		if (strcmp(u->view->modules[i].name, u->focus) == 0)
			return &u->view->modules[i];
	return NULL;
}

void act_toggle(struct ui *u, const char *arg)
{
	const struct view_module *m = present(u);
	const struct view_knob *k = u->screen == SCREEN_MODULE ? ui_knob(u) : NULL;

	(void)arg;
	if (m && k && k->row->type == PARAM_BOOL)
		ui_command(u, "nudge %s.%s %s", m->name, k->name, k->number > 0 ? "-1" : "1");
	else if (m)
		ui_command(u, "%s %s", m->on ? "stop" : "start", m->name);
}

void act_mute(struct ui *u, const char *arg)
{
	const struct view_module *m = present(u);

	(void)arg;
	if (m)
		ui_command(u, "%s %s", m->mute ? "unmute" : "mute", m->name);
}

void act_solo(struct ui *u, const char *arg)
{
	const struct view_module *m = present(u);

	(void)arg;
	if (m)
		ui_command(u, "%s %s", m->solo ? "unsolo" : "solo", m->name);
}

void act_hold(struct ui *u, const char *arg)
{
	(void)arg;
	ui_command(u, u->view && u->view->held ? "resume" : "hold");
}

void act_line(struct ui *u, const char *arg)
{
	ui_command(u, "%s", arg);
}

/* ---- looking ---- */

void act_move(struct ui *u, const char *arg)
{
	int by = (int)strtol(arg, NULL, 10);
	const struct view *v = ui_shown(u);
	const struct view_module *m = ui_module(u);

	if (u->screen == SCREEN_LOG) {
		int at = (int)u->log_scroll - by;

		u->log_scroll = at < 0 ? 0 : (unsigned)at;
	} else if (u->screen == SCREEN_MODULE && m) {
		int left = abs(by), step = by < 0 ? -1 : 1, at = (int)u->knob;

		/* Rows that are not shown are stepped over. */
		while (left > 0 && at + step >= 0 && at + step < (int)m->knob_n) {
			at += step;
			if (ui_knob_is_shown(&m->knobs[at])) {
				left--;
				u->knob = (unsigned)at;
			}
		}
	} else if (v && v->module_n) {
		int at = (int)u->row + by;

		ui_focus_row(u, at < 0 ? 0 : (unsigned)at < v->module_n ? (unsigned)at : v->module_n - 1);
	}
}

void act_module(struct ui *u, const char *arg)
{
	const struct view *v = ui_shown(u);
	int at = (int)u->row + (int)strtol(arg, NULL, 10);

	if (v && at >= 0 && (unsigned)at < v->module_n)
		ui_focus_row(u, (unsigned)at);
}

void act_open(struct ui *u, const char *arg)
{
	(void)arg;
	act_screen(u, "module");
}

void act_screen(struct ui *u, const char *arg)
{
	u->screen = strcmp(arg, "module") == 0 ? SCREEN_MODULE : strcmp(arg, "log") == 0 ? SCREEN_LOG : SCREEN_DESK;
	if (u->screen == SCREEN_LOG && u->view)
		u->errors_read = u->view->errors;
	u->scroll = 0;
	u->message[0] = '\0';
}

/* The letter behind g comes as the next key. */
void act_go(struct ui *u, const char *arg)
{
	(void)arg;
	ui_say(u, STYLE_KEY, "go to: d desk  m module  l log  g top");
	u->going = true;
}

void act_back(struct ui *u, const char *arg)
{
	(void)arg;
	if (u->frozen && u->screen == SCREEN_DESK)
		act_freeze(u, NULL);
	else if (u->screen != SCREEN_DESK)
		act_screen(u, "desk");
	u->message[0] = '\0';
}

void act_help(struct ui *u, const char *arg)
{
	(void)arg;
	u->before_help = u->screen;
	u->screen = SCREEN_HELP;
	u->help_filter[0] = '\0';
	u->help_row = 0;
}

void act_palette(struct ui *u, const char *arg)
{
	(void)arg;
	input_open(u, UI_PALETTE, "");
}

void act_freeze(struct ui *u, const char *arg)
{
	(void)arg;
	if (u->frozen) {
		view_drop(u->frozen);
		u->frozen = NULL;
		ui_say(u, STYLE_TEXT, "the view follows again");
	} else if (u->view) {
		/* With the knobs of all modules: the focus may move while the picture stands. */
		u->frozen = view_make(u->deck->engine, u->deck->scenario, &(struct view_want){ .knobs_of = VIEW_ALL_KNOBS });
		if (!u->frozen)
			u->frozen = view_keep(u->view);
		u->frozen_ns = u->view->wall_ns;
		ui_say(u, STYLE_TEXT, "the view is frozen, the stream goes on; f follows again");
	}
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

void act_glyphs(struct ui *u, const char *arg)
{
	static const char *const names[] = { "braille", "blocks", "ASCII" };

	(void)arg;
	u->glyphs = (u->glyphs + 1) % GLYPHS_N;
	ui_say(u, STYLE_TEXT, "graphs in %s", names[u->glyphs]);
}

void act_theme(struct ui *u, const char *arg)
{
	(void)arg;
	u->theme = (u->theme + 1) % THEME_N;
	u->redraw = true;
	ui_say(u, STYLE_TEXT, "theme %s", theme_names[u->theme]);
}

void act_level(struct ui *u, const char *arg)
{
	(void)arg;
	u->log_level = (u->log_level + 1) % 4;
	ui_say(u, STYLE_TEXT, "log from level %c", log_letters[u->log_level]);
}

void act_redraw(struct ui *u, const char *arg)
{
	(void)arg;
	u->redraw = true;
}

void act_save_screen(struct ui *u, const char *arg)
{
	char name[200] = "";

	(void)arg;
	if (!u->host.save_screen)
		ui_say(u, STYLE_WARN, "screens cannot be saved here");
	else if (u->host.save_screen(u->host.arg, &u->cells, name, sizeof name))
		ui_say(u, STYLE_GOOD, "screen saved as %s", name);
	else
		ui_say(u, STYLE_BAD, "%s", name);
}

/* ---- the end ---- */

void act_suspend(struct ui *u, const char *arg)
{
	(void)arg;
	if (u->host.suspend)
		u->host.suspend(u->host.arg);
}

void act_quit(struct ui *u, const char *arg)
{
	(void)arg;
	u->mode = UI_QUIT;
	ui_say(u, STYLE_WARN, "quit? y: stop the run and send what is queued   n: go on");
}

void act_quit_now(struct ui *u, const char *arg)
{
	(void)arg;
	u->quitting = true;
	ui_say(u, STYLE_WARN, "stopping: what is queued is still sent; once more ends at once");
	if (u->host.quit)
		u->host.quit(u->host.arg);
}

void act_interrupt(struct ui *u, const char *arg)
{
	int64_t now = u->view ? u->view->wall_ns : 0;

	(void)arg;
	if (u->quitting || (u->interrupt_ns && now - u->interrupt_ns < 2000000000)) {
		act_quit_now(u, NULL);
		return;
	}
	u->interrupt_ns = now ? now : 1;
	ui_say(u, STYLE_WARN, "^C once more quits");
}
