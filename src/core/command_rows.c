/* The commands that core knows. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "core/command.h"
#include "core/preview.h"
#include "core/tail.h"
#include "core/view.h"

/* The full path of a knob: a bare name belongs to the focused module, and so does emit.view. */
static const char *full(const struct deck *d, const char *path, char *to, size_t room)
{
	bool dotted = strchr(path, '.');

	if (!d->focus || (dotted && control_find(d->control, path, NULL, NULL)))
		return path;
	snprintf(to, room, "%.64s.%.120s", d->focus, path);
	return dotted && !control_find(d->control, to, NULL, NULL) ? path : to;
}

/* Says what a knob is now, after a change. */
static void say_knob(struct deck *d, const char *path, struct buf *said)
{
	struct knobs *k;
	const struct param *p = control_find(d->control, path, &k, NULL);

	if (!p)
		return;
	buf_printf(said, "%s.%s = ", k->prefix, p->name);
	param_show(p, k->opts, said);
}

static int cmd_set(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[200], value[COMMAND_LINE];
	size_t at = 0;
	const char *p = full(d, w[0], path, sizeof path);

	value[0] = '\0';
	for (unsigned i = 1; i < n; i++)
		at += (size_t)snprintf(value + at, sizeof value - at, "%s%s", i > 1 ? " " : "", w[i]);
	if (control_set(d->control, p, value, d->by, e) < 0)
		return -1;
	say_knob(d, p, said);
	return 0;
}

static int cmd_adjust(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[200];
	const char *p = full(d, w[0], path, sizeof path);

	(void)n;
	if (control_adjust(d->control, p, w[1], d->by, e) < 0)
		return -1;
	say_knob(d, p, said);
	return 0;
}

static int cmd_nudge(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[200];
	const char *p = full(d, w[0], path, sizeof path);
	double steps = 1;

	if (n > 1 && num_real(w[1][0] == '+' ? w[1] + 1 : w[1], &steps, e) < 0)
		return -1;
	if (control_nudge(d->control, p, steps, d->by, e) < 0)
		return -1;
	say_knob(d, p, said);
	return 0;
}

static int cmd_ramp(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[200];
	const char *p = full(d, w[0], path, sizeof path);
	int64_t over;
	int shape = 0;

	while (n > 3 && ramp_shape_names[shape] && strcmp(ramp_shape_names[shape], w[3]) != 0)
		shape++;
	if (!ramp_shape_names[shape])
		return err_set(e, ERR_INPUT, "a ramp is linear, in, out or in-out, not '%.40s'", w[3]);
	if (num_span(w[2], &over, e) < 0 || control_ramp(d->control, p, w[1], over, (enum ramp_shape)shape, d->by, e) < 0)
		return -1;
	buf_printf(said, "%s goes to %s over %s", p, w[1], w[2]);
	return 0;
}

static int cmd_drag(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[200];
	const char *p = full(d, w[0], path, sizeof path);

	(void)n;
	if (control_drag(d->control, p, w[1], d->by, e) < 0)
		return -1;
	say_knob(d, p, said);
	return 0;
}

static int cmd_default(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[200];
	const char *p = full(d, w[0], path, sizeof path);

	(void)n;
	if (control_default(d->control, p, d->by, e) < 0)
		return -1;
	say_knob(d, p, said);
	return 0;
}

static int cmd_show(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[200];
	const char *p = full(d, w[0], path, sizeof path);
	struct knobs *k;
	const struct param *row = control_find(d->control, p, &k, e);

	(void)n;
	if (!row)
		return -1;
	say_knob(d, p, said);
	if (param_is_number(row)) {
		char lo[80], hi[80];

		param_show_number(row, row->min, lo, sizeof lo);
		param_show_number(row, row->max, hi, sizeof hi);
		buf_printf(said, "  %s to %s", lo, hi);
	}
	buf_printf(said, "  %s", row->help);
	return 0;
}

/* Sets one bool of each named module or output; without a name, of the focused one. */
static int set_all(struct deck *d, unsigned n, char **w, const char *row, const char *value, struct buf *said, struct err *e)
{
	int result = 0;

	if (n == 0 && !d->focus)
		return err_set(e, ERR_INPUT, "which module? name one");
	control_group_begin(d->control);
	for (unsigned i = 0; i < (n ? n : 1) && result == 0; i++) {
		char path[200];

		snprintf(path, sizeof path, "%.100s.%s", n ? w[i] : d->focus, row);
		result = control_set(d->control, path, value, d->by, e);
		buf_printf(said, "%s%s %s", i ? ", " : "", n ? w[i] : d->focus, !strcmp(row, "on") ? !strcmp(value, "true") ? "started" : "stopped" :
			   strcmp(value, "true") ? "back" : !strcmp(row, "mute") ? "muted" : row);
	}
	control_group_end(d->control);
	return result;
}

static int cmd_start(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	return set_all(d, n, w, "on", "true", said, e);
}

static int cmd_stop(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	return set_all(d, n, w, "on", "false", said, e);
}

static int cmd_mute(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	return set_all(d, n, w, "mute", "true", said, e);
}

static int cmd_unmute(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	return set_all(d, n, w, "mute", "false", said, e);
}

static int cmd_solo(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	return set_all(d, n, w, "solo", "true", said, e);
}

static int cmd_unsolo(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	return set_all(d, n, w, "solo", "false", said, e);
}

static int cmd_panic(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const char *name;
	unsigned stopped = 0;
	int result = 0;

	(void)n;
	(void)w;
	control_group_begin(d->control);
	for (unsigned i = 0; (name = engine_module_name(d->engine, i)) && result == 0; i++) {
		char path[100];
		struct knobs *k;
		const struct param *p;

		snprintf(path, sizeof path, "%.64s.on", name);
		p = control_find(d->control, path, &k, e);
		if (p && param_number(p, k->opts) != 0) { /* a bool */
			result = control_set(d->control, path, "false", d->by, e);
			stopped++;
		}
	}
	control_group_end(d->control);
	buf_printf(said, "panic: %u modules stopped; undo starts them again", stopped);
	return result;
}

static int cmd_hold(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	buf_text(said, "the clock is held; resume lets it go on");
	return control_set(d->control, "clock.held", "true", d->by, e);
}

static int cmd_resume(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	buf_text(said, "the clock goes on");
	return control_set(d->control, "clock.held", "false", d->by, e);
}

static int cmd_speed(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	bool max = strcmp(w[0], "max") == 0;
	int result;

	(void)n;
	control_group_begin(d->control);
	result = max ? 0 : control_set(d->control, "clock.speed", w[0], d->by, e);
	if (result == 0)
		result = control_set(d->control, "clock.max", max ? "true" : "false", d->by, e);
	control_group_end(d->control);
	buf_printf(said, "speed %s", w[0]);
	return result;
}

static int cmd_step(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	buf_text(said, "one arrival");
	return engine_step(d->engine, e);
}

static int cmd_inject(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const char *module = n ? w[0] : d->focus;

	if (!module)
		return err_set(e, ERR_INPUT, "which module? name one");
	buf_printf(said, "one arrival of %s", module);
	return engine_inject(d->engine, module, e);
}

static int cmd_undo(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	int64_t number;

	if (!n)
		return control_undo(d->control, d->by, said, e);
	if (num_int(w[0], &number, e) < 0)
		return -1;
	return control_undo_from(d->control, number > 0 ? (uint64_t)number : 0, d->by, said, e);
}

static int cmd_redo(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	return control_redo(d->control, d->by, said, e);
}

static int cmd_retry(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	buf_printf(said, "trying %s again", w[0]);
	return engine_retry(d->engine, w[0], e);
}

static int cmd_mark(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct buf text;
	struct knobs *k;
	int result;

	buf_init(&text, 1000);
	for (unsigned i = 0; i < n; i++)
		buf_printf(&text, "%s%s", i ? " " : "", w[i]);
	control_find(d->control, "clock.held", &k, NULL);
	result = control_note(d->control, "mark", text.data, k->hooks->place(k->of), d->by);
	buf_printf(said, "mark %s", text.data);
	buf_free(&text);
	return result < 0 ? err_memory(e) : 0;
}

static int cmd_lock(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	(void)e;
	d->control->locked = true;
	buf_text(said, "locked: nothing can be changed");
	return 0;
}

static int cmd_unlock(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	(void)e;
	d->control->locked = false;
	buf_text(said, "unlocked");
	return 0;
}

static int cmd_status(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const struct view *v = view_make(d->engine, d->scenario, NULL);
	char clock[NUM_TEXT], rate[NUM_TEXT], target[NUM_TEXT];
	const char *word;

	(void)n;
	(void)w;
	if (!v)
		return err_memory(e);
	word = v->held ? "held" : v->draining ? "drain" : v->drained ? "done" : "run";
	num_clock(clock, v->run_ns);
	num_human(rate, v->actual);
	num_human(target, v->target);
	buf_printf(said, "%s %s  out %s/s of %s  made %llu  drop %llu  failed %llu  modules %u of %u on  limit %s", word, clock, rate, target,
		   (unsigned long long)v->made, (unsigned long long)v->dropped, (unsigned long long)v->failed, v->on_n,
		   v->module_n, v->limit);
	view_drop(v);
	return 0;
}

static int cmd_commands(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const struct command *one = n ? command_find(d, w[0]) : NULL;

	if (n && !one)
		return err_set(e, ERR_INPUT, "unknown command '%.60s'", w[0]);
	for (const struct command *const *t = d->tables; *t; t++)
		for (const struct command *c = *t; c->name; c++)
			if (!one || one == c)
				buf_printf(said, "%s%s %s: %s", said->n ? "\n" : "", c->name, c->args, c->help);
	return 0;
}

static int cmd_remove(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	int result = 0;

	control_group_begin(d->control);
	for (unsigned i = 0; i < n && result == 0; i++) {
		char path[100];

		snprintf(path, sizeof path, "%.64s.present", w[i]);
		/* Gone already is not there. */
		result = control_find(d->control, path, NULL, e) && command_is_there(d, w[i]) ?
			 control_set(d->control, path, "false", d->by, e) : err_set(e, ERR_INPUT, "there is no module or output '%.60s'", w[i]);
		buf_printf(said, "%s%s", i ? ", " : "removed ", w[i]);
	}
	control_group_end(d->control);
	return result;
}

static int cmd_route(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char path[100], list[COMMAND_LINE];
	size_t at = 0;

	snprintf(path, sizeof path, "%.64s.outputs", w[0]);
	list[0] = '\0';
	for (unsigned i = 1; i < n; i++)
		at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", i > 1 ? "," : "", w[i]);
	if (control_set(d->control, path, list, d->by, e) < 0)
		return -1;
	buf_printf(said, "%s goes to %s", w[0], *list ? list : "every output");
	return 0;
}

static void note_group(struct deck *d, const char *module, const char *text)
{
	struct knobs *k;
	char path[100];

	snprintf(path, sizeof path, "%.64s.rate", module);
	if (control_find(d->control, path, &k, NULL)) {
		snprintf(path, sizeof path, "%.64s", module);
		control_note(d->control, path, text, k->hooks->place(k->of), d->by);
	}
}

static int cmd_ab(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const char *module = n ? w[0] : d->focus;

	int result;

	if (!module)
		return err_set(e, ERR_INPUT, "which module? name one");
	/* One line of the journal, with a name. */
	control_group_begin(d->control);
	result = preset_swap(d->presets, d->control, module, d->by, said, e);
	if (result == 0)
		note_group(d, module, preset_hands(d->presets, module)->on_b ? "A/B: A → B" : "A/B: B → A");
	control_group_end(d->control);
	return result;
}

static int cmd_journal(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const struct control *c = d->control;
	int64_t most = 20;

	if (n && (num_int(w[0], &most, e) < 0 || most < 1))
		return err_set(e, ERR_INPUT, "how many entries? a number from 1");
	for (uint64_t i = c->n > (uint64_t)most ? c->n - (uint64_t)most : 0; i < c->n; i++) {
		buf_printf(said, "%s%llu  event %llu  %s  ", said->n ? "\n" : "", (unsigned long long)c->log[i].number,
			   (unsigned long long)c->log[i].place.event, origin_names[c->log[i].by]);
		buf_text(said, c->log[i].text);
		buf_text(said, c->log[i].undone ? "  (undone)" : "");
	}
	if (!c->n)
		buf_text(said, "nothing was changed yet");
	return 0;
}

static const char *const state_names[] = { [VIEW_OFF] = "off", [VIEW_ON] = "on", [VIEW_MUTED] = "muted", [VIEW_FINISHED] = "finished",
					   [VIEW_FAILED] = "failed", [VIEW_BROKEN] = "broken", [VIEW_WAITING] = "waiting" };

static int cmd_modules(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const struct view *v = view_make(d->engine, d->scenario, NULL);

	(void)n;
	(void)w;
	if (!v)
		return err_memory(e);
	for (unsigned i = 0; i < v->module_n; i++) {
		const struct view_module *m = &v->modules[i];
		char target[NUM_TEXT], actual[NUM_TEXT];

		num_human(target, m->target);
		num_human(actual, m->actual);
		buf_printf(said, "%s%s  %s  %s  target %s/s  actual %s/s  made %llu  to %s%s%s", i ? "\n" : "", m->name, m->generator,
			   state_names[m->state], target, actual, (unsigned long long)m->made, *m->outputs ? m->outputs : "nowhere",
			   *m->why ? "  " : "", m->why);
	}
	view_drop(v);
	return 0;
}

static int cmd_outputs(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const struct view *v = view_make(d->engine, d->scenario, NULL);

	(void)n;
	(void)w;
	if (!v)
		return err_memory(e);
	for (unsigned i = 0; i < v->output_n; i++) {
		const struct view_output *o = &v->outputs[i];

		buf_printf(said, "%s%s  %s  %s  offered %llu = delivered %llu + failed %llu + dropped %llu + in flight %llu%s%s", i ? "\n" : "",
			   o->name, o->kind, state_names[o->state], (unsigned long long)o->offered, (unsigned long long)o->delivered,
			   (unsigned long long)o->failed, (unsigned long long)o->dropped, (unsigned long long)o->in_flight, *o->why ? "  " : "", o->why);
	}
	view_drop(v);
	return 0;
}

static int cmd_preview(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct preview_turn turns[COMMAND_WORDS];
	unsigned turn_n = 0;
	int64_t many = 3;

	for (unsigned i = 1; i < n; i++) {
		char *equals = strchr(w[i], '=');

		if (!equals)
			return err_set(e, ERR_INPUT, "'%.60s' is not like param=value", w[i]);
		*equals = '\0';
		if (strcmp(w[i], "n") != 0)
			turns[turn_n++] = (struct preview_turn){ w[i], equals + 1 };
		else if (num_int(equals + 1, &many, e) < 0 || many < 1 || many > PREVIEW_MOST)
			return err_set(e, ERR_INPUT, "n must be 1 to %d, not %.40s", PREVIEW_MOST, equals + 1);
	}
	return engine_preview(d->engine, w[0], turns, turn_n, (unsigned)many, said, e);
}

static int cmd_explain(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const struct view_want want = { .tail = TAIL_ROOM };
	const struct view *v;
	const struct view_event *ev = NULL;
	int64_t number = 0;

	if (n && (num_int(w[0], &number, e) < 0 || number < 1))
		return err_set(e, ERR_INPUT, "'%.40s' is no number of an event", w[0]);
	v = view_make(d->engine, d->scenario, &want);
	if (!v)
		return err_memory(e);
	for (unsigned i = v->tail_n; i-- > 0 && !ev;)
		if (!n || v->tail[i].number == (uint64_t)number)
			ev = &v->tail[i];
	if (ev)
		view_explain(v, ev, said);
	else if (!v->tail_n)
		err_set(e, ERR_INPUT, v->tail_every ? "no event was looked at yet" : "no event is looked at: only a screen samples the stream");
	else
		err_set(e, ERR_INPUT, "event %lld is not among those that were looked at: %llu to %llu, 1 in %llu", (long long)number,
			(unsigned long long)v->tail[0].number, (unsigned long long)v->tail[v->tail_n - 1].number, (unsigned long long)v->tail_every);
	view_drop(v);
	return ev ? 0 : -1;
}

const struct command core_commands[] = {
	{ "set", "PATH VALUE", "Gives a parameter a value, with its unit.", COMMAND_CHANGE, 2, COMMAND_WORDS, cmd_set },
	{ "adjust", "PATH +10%", "Changes a number relative to what it is: +10%, -5, *2, /2.", COMMAND_CHANGE, 2, 2, cmd_adjust },
	{ "nudge", "PATH [STEPS]", "Moves a fader by steps.", COMMAND_CHANGE, 1, 2, cmd_nudge },
	{ "drag", "PATH VALUE", "Gives a value as part of one movement: what follows closely is undone together.", COMMAND_CHANGE, 2, 2, cmd_drag },
	{ "ramp", "PATH TO OVER [SHAPE]", "Moves a number to a value over simulated time: linear, in, out or in-out.", COMMAND_CHANGE, 3, 4, cmd_ramp },
	{ "default", "PATH", "Puts a parameter back to the scenario's value.", COMMAND_CHANGE, 1, 1, cmd_default },
	{ "show", "PATH", "Says a parameter's value, range and meaning.", COMMAND_LOOK, 1, 1, cmd_show },
	{ "preview", "MODULE [PARAM=VALUE...] [n=3]", "Shows the next records, as they would be under these values; nothing changes.", COMMAND_LOOK, 1,
	  COMMAND_WORDS, cmd_preview },
	{ "explain", "[EVENT]", "Says where an event of the tail comes from, by its number: the newest, when none is given.", COMMAND_LOOK, 0, 1, cmd_explain },
	{ "start", "[NAME...]", "Starts modules or outputs.", COMMAND_CHANGE, 0, COMMAND_WORDS, cmd_start },
	{ "stop", "[NAME...]", "Stops modules or outputs.", COMMAND_CHANGE, 0, COMMAND_WORDS, cmd_stop },
	{ "mute", "[MODULE...]", "Lets modules live on without their events going anywhere.", COMMAND_CHANGE, 0, COMMAND_WORDS, cmd_mute },
	{ "unmute", "[MODULE...]", "Ends muting.", COMMAND_CHANGE, 0, COMMAND_WORDS, cmd_unmute },
	{ "solo", "[MODULE...]", "Mutes every module that is not solo.", COMMAND_CHANGE, 0, COMMAND_WORDS, cmd_solo },
	{ "unsolo", "[MODULE...]", "Ends soloing.", COMMAND_CHANGE, 0, COMMAND_WORDS, cmd_unsolo },
	{ "panic", "", "Stops all modules at once.", COMMAND_CHANGE, 0, 0, cmd_panic },
	{ "hold", "", "Lets simulated time stand.", COMMAND_CHANGE, 0, 0, cmd_hold },
	{ "resume", "", "Lets simulated time go on.", COMMAND_CHANGE, 0, 0, cmd_resume },
	{ "speed", "FACTOR|max", "Simulated seconds per second.", COMMAND_CHANGE, 1, 1, cmd_speed },
	{ "step", "", "Makes one arrival while the clock is held.", COMMAND_CHANGE, 0, 0, cmd_step },
	{ "inject", "[MODULE]", "Makes one arrival of a module now.", COMMAND_CHANGE, 0, 1, cmd_inject },
	{ "undo", "[ENTRY]", "Takes the latest change back, or every change from an entry of the journal on.", COMMAND_CHANGE, 0, 1, cmd_undo },
	{ "redo", "", "Does again what was undone.", COMMAND_CHANGE, 0, 0, cmd_redo },
	{ "remove", "NAME...", "Takes modules or outputs away; undo brings them back.", COMMAND_RISK, 1, COMMAND_WORDS, cmd_remove },
	{ "route", "MODULE [OUTPUT...]", "Sends a module's events to these outputs; to all, when none is named.", COMMAND_CHANGE, 1, COMMAND_WORDS,
	  cmd_route },
	{ "ab", "[MODULE]", "Swaps the two hands of a module: at first B is the scenario's setting.", COMMAND_CHANGE, 0, 1, cmd_ab },
	{ "journal", "[N]", "Lists the latest changes with their numbers.", COMMAND_LOOK, 0, 1, cmd_journal },
	{ "modules", "", "Lists the modules with state, target and actual rate.", COMMAND_LOOK, 0, 0, cmd_modules },
	{ "outputs", "", "Lists the outputs with their accounts.", COMMAND_LOOK, 0, 0, cmd_outputs },
	{ "retry", "OUTPUT", "Tries a broken output again at once.", COMMAND_CHANGE, 1, 1, cmd_retry },
	{ "mark", "TEXT", "Writes a remark into the journal and onto the graphs.", COMMAND_CHANGE, 1, COMMAND_WORDS, cmd_mark },
	{ "lock", "", "Refuses every change until unlock.", COMMAND_CHANGE, 0, 0, cmd_lock },
	{ "unlock", "", "Allows changes again.", COMMAND_CHANGE, 0, 0, cmd_unlock },
	{ "status", "", "Says in one line how the run is.", COMMAND_LOOK, 0, 0, cmd_status },
	{ "commands", "[NAME]", "Lists the commands, or says what one does.", COMMAND_LOOK, 0, 1, cmd_commands },
	{ .name = NULL },
};
