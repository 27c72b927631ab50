/* The commands that need files or the scenario: add, dump, export, preset, quit. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/presets.h"
#include "cli/session.h"
#include "scenario/export.h"
#include "scenario/timeline.h"
#include "ui/ui.h"

/* ---- add ---- */

/* One KEY=VALUE of what is being added; ${env.NAME} as in a scenario. */
static int give_value(struct deck *d, const char *name, const char *word, struct err *e)
{
	const struct session *s = d->face;
	const char *equals = strchr(word, '=');
	char path[300];
	const struct param *p;
	struct buf value;
	int result;

	if (!equals)
		return err_set(e, ERR_INPUT, "'%.60s' is no KEY=VALUE", word);
	snprintf(path, sizeof path, "%.64s.%.*s", name, (int)(equals - word < 150 ? equals - word : 150), word);
	p = control_find(d->control, path, NULL, e);
	if (!p)
		return -1;
	if (p->type == PARAM_ACTION || p->flags & PARAM_INSIDE)
		return err_set(e, ERR_INPUT, "'%s' is no setting", p->name);
	buf_init(&value, COMMAND_LINE);
	result = setting_read(equals + 1, &s->setup->scenario.world, p->flags & PARAM_PROGRAM, &value, e);
	if (result == 0)
		result = control_set(d->control, path, value.data, d->by, e);
	buf_free(&value);
	return result < 0 ? -1 : 0;
}

static int build(struct deck *d, bool output, unsigned n, char **w, struct err *e)
{
	const struct session *s = d->face;
	const struct generator_class *g = output ? NULL : catalogue_generator(d->cat, w[1], e);
	const struct output_class *o = output ? catalogue_output(d->cat, w[1], e) : NULL;
	char path[100];
	struct knobs *k;

	if (!g && !o)
		return -1;
	if ((output ? engine_add_output(d->engine, w[0], o, e) : engine_add_module(d->engine, w[0], g, e)) < 0)
		return -1;
	for (unsigned i = 2; i < n; i++)
		if (give_value(d, w[0], w[i], e) < 0)
			return 1;
	snprintf(path, sizeof path, "%.64s.on", w[0]);
	if (!control_find(d->control, path, &k, e))
		return 1;
	if (output) {
		/* The kind's own rows stand behind the common ones. */
		const struct knobs *own = container_of(k->link.next, struct knobs, link);

		if (scenario_check_host(&s->setup->scenario, w[0], o, own->opts, e) < 0)
			return 1;
		if (strcmp(o->name, "stdout") == 0 && d->screen)
			return err_set(e, ERR_INPUT, "standard output cannot be added while the screen is there"), 1;
	}
	return engine_join(d->engine, w[0], e) < 0 ? 1 : 0;
}

static int cmd_add(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	bool output = strcmp(w[0], "output") == 0;
	char path[100];
	struct buf what;
	struct knobs *k;
	int result;

	if (!output && strcmp(w[0], "module") != 0)
		return err_set(e, ERR_INPUT, "add module NAME GENERATOR, or add output NAME TYPE; not '%.40s'", w[0]);
	if (d->control->locked)
		return err_set(e, ERR_INPUT, "locked; `unlock` allows changes again");
	result = build(d, output, n - 1, w + 1, e);
	if (result < 0)
		return -1;
	buf_init(&what, COMMAND_LINE);
	for (unsigned i = 2; i < n; i++)
		buf_printf(&what, "%s%s", i > 2 ? " " : "", w[i]);
	snprintf(path, sizeof path, "%.64s.present", w[1]);
	if (result == 0) {
		control_group_begin(d->control);
		control_find(d->control, path, &k, e);
		result = control_set(d->control, path, "true", d->by, e);
		if (result == 0) {
			snprintf(path, sizeof path, "%.64s.made", w[1]);
			control_note(d->control, path, what.data, k->hooks->place(k->of), d->by);
		}
		control_group_end(d->control);
	}
	if (result != 0)
		engine_drop(d->engine, w[1]);
	else
		buf_printf(said, "%s %s added: %s", w[0], w[1], what.data);
	buf_free(&what);
	return result ? -1 : 0;
}

/* ---- files ---- */

static int cmd_dump(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct buf b;
	int result;

	if (n < 2 && !d->focus)
		return err_set(e, ERR_INPUT, "dump MODULE FILE");
	buf_init(&b, (size_t)1 << 30);
	result = engine_dump(d->engine, n < 2 ? d->focus : w[0], &b, e);
	if (result == 0)
		result = write_whole(w[n - 1], &b, e);
	buf_printf(said, "wrote %zu bytes to %s", b.n, w[n - 1]);
	buf_free(&b);
	return result;
}

static int cmd_export(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const struct session *s = d->face;
	struct buf b;
	const struct ui *u = d->screen;
	struct knobs *held;
	bool timeline = n > 1 && control_find(d->control, "clock.held", &held, e);
	int result = 0;

	if (timeline && strcmp(w[1], "timeline") != 0)
		return err_set(e, ERR_INPUT, "export FILE, or export FILE timeline; not '%.40s'", w[1]);
	buf_init(&b, NODE_BYTES);
	scenario_export(&s->setup->scenario, d->engine, d->control, timeline, &b);
	scenario_export_folder(&s->setup->scenario, w[0], &b);
	if (timeline)
		result = timeline_write(&s->setup->scenario, d->control, engine_settings(d->engine)->start_ns, held->hooks->place(held->of).sim_ns, u ? u->left_out : NULL, u ? u->left_out_n : 0, &b, e);
	if (result == 0)
		result = write_whole(w[0], &b, e);
	if (result == 0)
		buf_printf(said, timeline ? "scenario with its changes as a timeline written to %s" : "scenario with the present values written to %s", w[0]);
	buf_free(&b);
	return result;
}

/* ---- presets ---- */

static int save_preset(struct deck *d, const char *module, const char *generator, const char *name, struct buf *said, struct err *e)
{
	char path[4200];
	struct buf text;
	int result;

	buf_init(&text, PRESET_TEXT);
	result = preset_capture(d->control, module, &text, e);
	if (result == 0)
		result = preset_keep(d->presets, generator, name, text.data, e);
	if (result == 0)
		result = preset_write(preset_find(d->presets, generator, name), path, sizeof path, e);
	if (result == 0)
		buf_printf(said, "preset %s of %s saved in %s", name, generator, path);
	buf_free(&text);
	return result;
}

static int cmd_preset(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const char *module = n > 2 ? w[2] : d->focus, *generator;
	const struct preset *one;
	int changed;

	if (!module)
		return err_set(e, ERR_INPUT, "which module? preset %s NAME MODULE", w[0]);
	if (!engine_module(d->engine, module))
		return err_set(e, ERR_INPUT, "there is no module '%.60s'", module);
	generator = engine_module(d->engine, module)->class->name;
	if (strcmp(w[0], "list") == 0) {
		for (const struct list *l = d->presets->all.next; l != &d->presets->all; l = l->next)
			if (strcmp(container_of(l, struct preset, link)->generator, generator) == 0)
				buf_printf(said, "%s%s", said->n ? "\n" : "", container_of(l, struct preset, link)->name);
		if (!said->n)
			buf_printf(said, "no preset of %s yet", generator);
		return 0;
	}
	if (n < 2)
		return err_set(e, ERR_INPUT, "preset %s NAME", w[0]);
	if (strcmp(w[0], "save") == 0)
		return save_preset(d, module, generator, w[1], said, e);
	if (strcmp(w[0], "load") != 0)
		return err_set(e, ERR_INPUT, "preset save, load or list, not '%.40s'", w[0]);
	one = preset_find(d->presets, generator, w[1]);
	if (!one)
		return err_set(e, ERR_INPUT, "there is no preset '%.60s' of %s", w[1], generator);
	if (d->control->locked)
		return err_set(e, ERR_INPUT, "locked; `unlock` allows changes again");
	changed = preset_apply(d->control, module, one->text, d->by, e);
	if (changed >= 0)
		buf_printf(said, "preset %s: %d values of %s changed", w[1], changed, module);
	return changed < 0 ? -1 : 0;
}

static int cmd_quit(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	(void)e;
	buf_text(said, "stopping");
	session_stop(d->face);
	return 0;
}

const struct command session_commands[] = {
	{ "add", "module NAME GENERATOR|output NAME TYPE [KEY=VALUE...]", "Adds a module or an output to the run.", COMMAND_CHANGE, 3, COMMAND_WORDS,
	  cmd_add },
	{ "preset", "save|load|list [NAME [MODULE]]", "Keeps the setting of a module under a name, or gives it one.", COMMAND_LOOK, 1, 3, cmd_preset },
	{ "export", "FILE [timeline]", "Writes the scenario with the present values as its own, or with what was changed as its timeline.",
	  COMMAND_LOOK, 1, 2, cmd_export },
	{ "dump", "[MODULE] FILE", "Writes the state of a module as CSV.", COMMAND_LOOK, 1, 2, cmd_dump },
	{ "quit", "", "Ends the run in order: what is queued is still sent.", COMMAND_LOOK, 0, 0, cmd_quit },
	{ .name = NULL },
};
