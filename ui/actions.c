/* What keys do to the run. */
#include "ui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/rows.h"

void act_nudge(struct ui *u, const char *arg)
{
	char path[160];

	if (ui_target(u, path, sizeof path, NULL))
		ui_command(u, "nudge %s %s", path, arg);
}

void act_adjust(struct ui *u, const char *arg)
{
	char path[160];

	if (ui_target(u, path, sizeof path, NULL))
		ui_command(u, "adjust %s %s", path, arg);
}

void act_default(struct ui *u, const char *arg)
{
	char path[160];

	(void)arg;
	if (ui_target(u, path, sizeof path, NULL))
		ui_command(u, "default %s", path);
}

void act_percent(struct ui *u, const char *arg)
{
	const struct view_knob *k;
	char path[160];
	struct buf text;

	if (!ui_target(u, path, sizeof path, &k))
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

/* ---- typed values ---- */

/* `=` takes 2.5k, 30s, 5 % and, with a sign, what it is relative to now. */
static void typed(struct ui *u, const char *text)
{
	const struct view_knob *k;
	char path[160];

	if (!*text || !ui_target(u, path, sizeof path, &k))
		return;
	if (strchr("+*/", text[0]) || (k && control_is_relative(k->row, text)) || (!k && text[0] == '-'))
		ui_command(u, "adjust %s %s", path, text);
	else
		ui_command(u, "set %s \"%s\"", path, text);
}

/* The prompt says what is possible: range and present value. */
static void prompt_value(struct ui *u, void (*done)(struct ui *u, const char *text), const char *example)
{
	const struct view_knob *k;
	char path[160], lo[80], hi[80];
	struct ui_prompt *p;

	if (!ui_target(u, path, sizeof path, &k))
		return;
	p = ui_prompt(u, done, "", "%s = ", path);
	if (k && k->is_number && k->live)
		snprintf(p->knob, sizeof p->knob, "%s", path);
	if (k && k->is_number && k->row->type != PARAM_CHOICE && k->row->type != PARAM_BOOL) {
		param_show_number(k->row, k->row->min, lo, sizeof lo);
		param_show_number(k->row, k->row->max, hi, sizeof hi);
		snprintf(p->hint, sizeof p->hint, "%s to %s, now %.60s%s", lo, hi, k->shown, example);
	} else {
		snprintf(p->hint, sizeof p->hint, "%s%.160s%s", k ? "now " : "", k ? k->shown : "", k ? example : example + 2);
	}
}

void act_type(struct ui *u, const char *arg)
{
	(void)arg;
	prompt_value(u, typed, ", or +10%");
}

static void ramp_typed(struct ui *u, const char *text)
{
	char path[160];

	if (*text && ui_target(u, path, sizeof path, NULL))
		ui_command(u, "ramp %s %s%s", path, text, strchr(text, ' ') ? "" : " 10s");
}

void act_ramp(struct ui *u, const char *arg)
{
	(void)arg;
	prompt_value(u, ramp_typed, "; value, time, shape: 0.8 10s in-out");
	u->prompt.ramps = true;
}

/* ---- names of what an action is for: the marked rows, else the focused one ---- */

static bool is_output_list(const struct ui *u)
{
	return ui_list_of(u) == LIST_OUTPUTS || u->screen == SCREEN_OUTPUTS;
}

static const struct ui_list *acting_list(const struct ui *u)
{
	return &u->lists[is_output_list(u) ? LIST_OUTPUTS : LIST_MODULES];
}

static void names(const struct ui *u, struct buf *to)
{
	const struct ui_list *l = acting_list(u);

	for (unsigned i = 0; i < l->mark_n; i++)
		buf_printf(to, " %s", l->marks[i]);
	if (!l->mark_n && *l->focus)
		buf_printf(to, " %s", l->focus);
}

static void command_on_names(struct ui *u, const char *verb, const char *nothing)
{
	struct buf b;

	buf_init(&b, COMMAND_LINE - 100);
	names(u, &b);
	if (b.n)
		ui_command(u, "%s%s", verb, b.data);
	else
		ui_say(u, STYLE_WARN, "%s", nothing);
	buf_free(&b);
}

static const struct view_module *present_named(const struct ui *u, const char *name)
{
	for (unsigned i = 0; u->view && i < u->view->module_n; i++)
		if (strcmp(u->view->modules[i].name, name) == 0)
			return &u->view->modules[i];
	return NULL;
}

/* The focused module as it is now, even if the screen shows an older picture: what is toggled is the present. */
static const struct view_module *present_module(const struct ui *u)
{
	return present_named(u, u->lists[LIST_MODULES].focus);
}

/* What is toggled for several modules is taken back only when all of them have it. */
static bool all_are(const struct ui *u, bool (*is)(const struct view_module *m))
{
	const struct ui_list *l = &u->lists[LIST_MODULES];
	unsigned seen = 0;

	for (unsigned i = 0; i < l->mark_n; i++) {
		const struct view_module *m = present_named(u, l->marks[i]);

		if (m && !is(m))
			return false;
		seen += m != NULL;
	}
	return seen || (present_module(u) && is(present_module(u)));
}

static bool is_on(const struct view_module *m)
{
	return m->on;
}

static bool is_mute(const struct view_module *m)
{
	return m->mute;
}

static bool is_solo(const struct view_module *m)
{
	return m->solo;
}

static const struct view_output *present_output(const struct ui *u)
{
	for (unsigned i = 0; u->view && i < u->view->output_n; i++)
		if (strcmp(u->view->outputs[i].name, u->lists[LIST_OUTPUTS].focus) == 0)
			return &u->view->outputs[i];
	return NULL;
}

static bool all_outputs_on(const struct ui *u)
{
	const struct ui_list *l = &u->lists[LIST_OUTPUTS];
	const struct view_output *o = present_output(u);

	for (unsigned i = 0; l->mark_n && u->view && i < u->view->output_n; i++)
		if (rows_marked(l, u->view->outputs[i].name) && u->view->outputs[i].state == VIEW_OFF)
			return false;
	return l->mark_n || (o && o->state != VIEW_OFF);
}

void act_toggle(struct ui *u, const char *arg)
{
	const struct view_module *m = present_module(u);
	const struct view_output *o = present_output(u);
	const struct view_knob *k = NULL;
	char path[160];

	(void)arg;
	if (u->screen == SCREEN_MODULE || ui_pane(u) == PANE_SIDE)
		ui_target(u, path, sizeof path, &k);
	u->message[0] = '\0';
	if (k && k->row->type == PARAM_BOOL)
		ui_command(u, "nudge %s %s", path, k->number > 0 ? "-1" : "1");
	else if (is_output_list(u) && o)
		command_on_names(u, all_outputs_on(u) ? "stop" : "start", "there is no output");
	else if (m)
		command_on_names(u, all_are(u, is_on) ? "stop" : "start", "there is no module");
}

void act_mute(struct ui *u, const char *arg)
{
	const struct view_module *m = present_module(u);

	(void)arg;
	if (m)
		command_on_names(u, all_are(u, is_mute) ? "unmute" : "mute", "there is no module");
}

void act_solo(struct ui *u, const char *arg)
{
	const struct view_module *m = present_module(u);

	(void)arg;
	if (m)
		command_on_names(u, all_are(u, is_solo) ? "unsolo" : "solo", "there is no module");
}

void act_inject(struct ui *u, const char *arg)
{
	(void)arg;
	if (*u->lists[LIST_MODULES].focus)
		ui_command(u, "inject %s", u->lists[LIST_MODULES].focus);
}

void act_ab(struct ui *u, const char *arg)
{
	(void)arg;
	if (*u->lists[LIST_MODULES].focus)
		ui_command(u, "ab %s", u->lists[LIST_MODULES].focus);
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

void act_retry(struct ui *u, const char *arg)
{
	(void)arg;
	if (*u->lists[LIST_OUTPUTS].focus)
		ui_command(u, "retry %s", u->lists[LIST_OUTPUTS].focus);
}

void act_when_full(struct ui *u, const char *arg)
{
	const struct view_output *o = present_output(u);
	char line[160];

	(void)arg;
	if (!o)
		return;
	snprintf(line, sizeof line, "set %s.when_full %s", o->name, strcmp(o->when_full, "wait") == 0 ? "drop" : "wait");
	ui_ask(u, line, strcmp(o->when_full, "wait") == 0 ? "drop events when %s has no room, instead of waiting?" :
	       "let modules wait for %s, instead of dropping?", o->name);
}

/* ---- adding, removing, routing ---- */

void act_add(struct ui *u, const char *arg)
{
	(void)arg;
	form_open(u, is_output_list(u));
}

void act_remove(struct ui *u, const char *arg)
{
	struct buf b;
	char line[300];

	(void)arg;
	buf_init(&b, COMMAND_LINE);
	names(u, &b);
	snprintf(line, sizeof line, "remove%.280s", b.data);
	if (b.n > 280)
		ui_say(u, STYLE_WARN, "too many at once");
	else if (b.n)
		ui_ask(u, line, "remove%.150s? undo brings it back", b.data);
	buf_free(&b);
}

static void route_typed(struct ui *u, const char *text)
{
	char line[UI_LINE];

	snprintf(line, sizeof line, "%s", text);
	for (char *s = line; *s; s++)
		if (*s == ',')
			*s = ' ';
	ui_command(u, "route %s %s", u->lists[LIST_MODULES].focus, line);
}

void act_route(struct ui *u, const char *arg)
{
	const struct view *v = u->view;
	const struct view_module *m = present_module(u);
	struct ui_prompt *p;
	size_t n = 0;

	(void)arg;
	if (!m || !v)
		return;
	p = ui_prompt(u, route_typed, m->outputs, "send %.70s to: ", m->name);
	for (unsigned i = 0; i < v->output_n && n + 90 < sizeof p->hint; i++)
		n += (size_t)snprintf(p->hint + n, sizeof p->hint - n, "%s%s", i ? " " : "outputs: ", v->outputs[i].name);
	snprintf(p->hint + n, sizeof p->hint - n, "; nothing means all");
}

/* ---- files and presets ---- */

static void dump_typed(struct ui *u, const char *text)
{
	if (*text)
		ui_command(u, "dump \"%s\"", text);
}

void act_dump(struct ui *u, const char *arg)
{
	char name[100];

	(void)arg;
	if (!present_module(u))
		return;
	snprintf(name, sizeof name, "%.80s-state.csv", present_module(u)->name);
	ui_prompt(u, dump_typed, name, "write state to ");
}

static void export_typed(struct ui *u, const char *text)
{
	if (*text)
		ui_command(u, "export \"%s\"", text);
}

void act_export(struct ui *u, const char *arg)
{
	(void)arg;
	ui_prompt(u, export_typed, "tuned.yaml", "write the tuned scenario to ");
}

static void preset_typed(struct ui *u, const char *text)
{
	if (*text)
		ui_command(u, "preset save \"%s\" %s", text, u->lists[LIST_MODULES].focus);
}

void act_preset_save(struct ui *u, const char *arg)
{
	(void)arg;
	if (present_module(u))
		ui_prompt(u, preset_typed, "", "save this setting as ");
}

void act_preset_load(struct ui *u, const char *arg)
{
	const struct view *v = u->view;

	(void)arg;
	if (!present_module(u) || !v)
		return;
	menu_begin(u, "load preset");
	for (unsigned i = 0; i < v->preset_n; i++) {
		char line[200];

		snprintf(line, sizeof line, "preset load %s %.70s", v->presets[i].name, u->lists[LIST_MODULES].focus);
		menu_add(u, line, "%s", v->presets[i].name);
	}
	if (v->preset_n)
		menu_open(u, -1, -1);
	else
		ui_say(u, STYLE_WARN, "there is no preset of %s yet; w saves one", present_module(u)->generator);
}

void act_undo_here(struct ui *u, const char *arg)
{
	const struct view *v = ui_shown(u);
	const struct ui_list *l = &u->lists[LIST_JOURNAL];
	char line[60];

	(void)arg;
	if (!l->n || !v)
		return;
	snprintf(line, sizeof line, "undo %llu", (unsigned long long)l->number);
	ui_ask(u, line, "take back every change from here on? (entry %llu and later)", (unsigned long long)l->number);
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
	ui_ask(u, "", "quit? y: stop the run and send what is queued   n: go on%s", u->host.detach ? "   d: let it run without a screen" : "");
}

void act_quit_now(struct ui *u, const char *arg)
{
	(void)arg;
	u->quitting = true;
	ui_say(u, STYLE_WARN, "stopping: what is queued is still sent; once more ends at once");
	if (u->host.quit)
		u->host.quit(u->host.arg);
}

void act_detach(struct ui *u, const char *arg)
{
	(void)arg;
	if (u->host.detach)
		u->host.detach(u->host.arg);
	else
		ui_say(u, STYLE_WARN, "this run has no way back without its screen");
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
