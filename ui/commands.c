/* The commands that only change what is looked at; keys, the palette, a file of settings and tests use them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "ui/actions.h"
#include "ui/bind.h"
#include "ui/draw.h"
#include "ui/rows.h"

/* The place of a word in a list of names; refuses with the nearest. */
static int choose(const char *const *names, const char *word, const char *what, struct err *e)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, word);
	for (int i = 0; names[i]; i++) {
		if (strcmp(names[i], word) == 0)
			return i;
		suggest_try(&s, names[i]);
	}
	return err_set(e, ERR_INPUT, "there is no %s '%.40s'%s", what, word, suggest_text(&s, hint, sizeof hint));
}

static int cmd_screen(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	int at = choose(screen_names, w[0], "screen", e);

	(void)n;
	(void)said;
	if (at < 0)
		return -1;
	if (at == SCREEN_HELP)
		act_help(u, NULL);
	else if (at == SCREEN_FORM)
		form_open(u, false);
	else
		act_screen(u, w[0]);
	return 0;
}

static int cmd_new(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	static const char *const kinds[] = { "module", "output", NULL };
	int at = choose(kinds, w[0], "kind", e);

	(void)n;
	(void)said;
	if (at < 0)
		return -1;
	form_open(d->screen, at == 1);
	return 0;
}

static int cmd_freeze(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	(void)e;
	act_freeze(d->screen, NULL);
	buf_text(said, ((struct ui *)d->screen)->frozen ? "frozen" : "the view follows again");
	return 0;
}

static int cmd_window(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	int64_t ns;

	(void)n;
	if (num_span(w[0], &ns, e) < 0)
		return -1;
	if (ns < 5000000000 || ns > 600000000000)
		return err_set(e, ERR_INPUT, "the time window is 5s to 10m, not %s", w[0]);
	u->seconds = (int)(ns / 1000000000);
	buf_printf(said, "time window %d s", u->seconds);
	return 0;
}

static int cmd_theme(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	int at = choose(theme_names, w[0], "theme", e);

	(void)n;
	if (at < 0)
		return -1;
	u->theme = (unsigned)at;
	u->redraw = true;
	buf_printf(said, "theme %s", w[0]);
	return 0;
}

static int cmd_graphs(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	int at = choose(glyph_names, w[0], "kind of graph", e);

	(void)n;
	if (at < 0)
		return -1;
	u->glyphs = (enum glyphs)at;
	buf_printf(said, "graphs in %s", w[0]);
	return 0;
}

static int cmd_scale(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	int at = choose(scale_names, w[0], "scale", e);

	(void)n;
	if (at < 0)
		return -1;
	u->scale = (enum scale_mode)at;
	buf_printf(said, "scale %s", w[0]);
	return 0;
}

static int cmd_fps(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	int64_t fps;

	(void)n;
	if (num_int(w[0], &fps, e) < 0 || fps < 1 || fps > 30)
		return err_set(e, ERR_INPUT, "1 to 30 frames per second, not %.20s", w[0]);
	if (!u->host.fps || !u->host.fps(u->host.arg, (int)fps))
		return err_set(e, ERR_INPUT, "frames come when they are asked for here");
	buf_printf(said, "%s frames per second", w[0]);
	return 0;
}

static int cmd_present(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;

	(void)n;
	(void)w;
	(void)e;
	u->presenting = !u->presenting;
	u->keys_shown[0] = '\0';
	buf_text(said, u->presenting ? "presenting: keys are shown, what is at risk is locked; present again ends it" : "not presenting any more");
	return 0;
}

static int cmd_filter(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	enum ui_list_id id = ui_list_of(u);
	char text[COMMAND_LINE] = "";
	size_t at = 0;

	if (id == LIST_N && !entities_screen(u))
		return err_set(e, ERR_INPUT, "there is no list here");
	/* Quotes went when the line was split; a value with blanks among other words needs them again. */
	for (unsigned i = 0; i < n && at < sizeof text; i++) {
		const char *quote = n == 1 || !strchr(w[i], ' ') ? "" : strchr(w[i], '\'') ? "\"" : "'";

		at += (size_t)snprintf(text + at, sizeof text - at, "%s%s%s%s", i ? " " : "", quote, w[i], quote);
	}
	if ((id == LIST_N ? entities_filter(u, text, e) : filter_set(&u->lists[id].filter, text, e)) < 0)
		return -1;
	buf_printf(said, *text ? "filter %s" : "no filter%s", text);
	return 0;
}

static int cmd_sort(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	enum ui_list_id id = ui_list_of(u);
	const char *const *columns = rows_columns(id);
	int at;

	(void)n;
	if (entities_screen(u))
		return entities_sort(u, w[0], e);
	if (!columns)
		return err_set(e, ERR_INPUT, "this list has an order of its own");
	at = choose(columns, w[0], "column", e);
	if (at < 0)
		return -1;
	u->lists[id].sort = at;
	u->lists[id].moved_ns = 0;
	buf_printf(said, "sorted by %s", w[0]);
	return 0;
}

static int cmd_edit(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)said;
	return entities_edit(d->screen, w[0], e);
}

static int cmd_look(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)said;
	return entities_open(d->screen, w[0], w[1], e);
}

static int cmd_every(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	int64_t every;

	(void)n;
	if (strcmp(w[0], "auto") == 0) {
		engine_look_at_events(d->engine, LOOK_AUTO);
		buf_text(said, "as many events as an eye can follow");
		return 0;
	}
	if (num_int(w[0], &every, e) < 0 || every < 1)
		return err_set(e, ERR_INPUT, "one event in how many? 1 or more, or auto");
	engine_look_at_events(d->engine, (uint64_t)every);
	buf_printf(said, "showing 1 event in %s", w[0]);
	return 0;
}

static int cmd_mouse(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	static const char *const states[] = { "off", "on", NULL };
	struct ui *u = d->screen;
	int at = choose(states, w[0], "state", e);

	(void)n;
	if (at < 0)
		return -1;
	if (u->mouse != (at == 1))
		act_mouse(u, NULL);
	buf_printf(said, "mouse %s", w[0]);
	return 0;
}

static int cmd_key(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	char what[COMMAND_LINE] = "";
	unsigned where = 0, first = 1;
	size_t at = 0;

	for (int i = 0; i < SCREEN_HELP && n > 2; i++)
		if (strcmp(w[1], screen_names[i]) == 0) {
			where = 1u << i;
			first = 2;
		}
	for (unsigned i = first; i < n; i++)
		at += (size_t)snprintf(what + at, sizeof what - at, "%s%s", i > first ? " " : "", w[i]);
	if (ui_rebind(d->screen, w[0], where, what, e) < 0)
		return -1;
	buf_printf(said, "%s: %s", w[0], what);
	return 0;
}

static int cmd_detach(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;

	(void)n;
	(void)w;
	if (!u->host.detach)
		return err_set(e, ERR_INPUT, "without --socket there would be no way back");
	u->host.detach(u->host.arg);
	buf_text(said, "running on without a screen");
	return 0;
}

/* The settings as the lines of a file that the console reads when it begins. */
static int cmd_save(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct ui *u = d->screen;
	char name[300] = "";
	struct buf b;
	bool ok;

	(void)n;
	(void)w;
	if (!u->host.settings)
		return err_set(e, ERR_INPUT, "settings cannot be kept here");
	buf_init(&b, 65536);
	buf_printf(&b, "theme: %s\ngraphs: %s\nscale: %s\nwindow: %ds\nmouse: %s\n", theme_names[u->theme], glyph_names[u->glyphs],
		   scale_names[u->scale], u->seconds, u->mouse ? "\"on\"" : "\"off\"");
	for (unsigned i = 0; i < u->rebind_n; i++) {
		char key[16];

		key_name(&u->rebinds[i].key, key);
		for (int s = 0; s < SCREEN_HELP; s++)
			if (u->rebinds[i].where == 1u << s)
				buf_printf(&b, "%s\"%s %s\": \"%s\"\n", i ? "  " : "keys:\n  ", key, screen_names[s], u->rebinds[i].line);
		if (u->rebinds[i].where == EVERYWHERE)
			buf_printf(&b, "%s\"%s\": \"%s\"\n", i ? "  " : "keys:\n  ", key, u->rebinds[i].line);
	}
	ok = u->host.settings(u->host.arg, &b, name, sizeof name);
	buf_free(&b);
	if (!ok)
		return err_set(e, ERR_IO, "%s", name);
	buf_printf(said, "settings saved in %s", name);
	return 0;
}

const struct command ui_commands[] = {
	{ "screen", "NAME", "Opens a screen: desk, module, entities, outputs, tail, log, journal, help.", COMMAND_LOOK, 1, 1, cmd_screen },
	{ "new", "module|output", "Opens the form that adds one.", COMMAND_LOOK, 1, 1, cmd_new },
	{ "freeze", "", "Freezes the view, or lets it follow again.", COMMAND_LOOK, 0, 0, cmd_freeze },
	{ "window", "SPAN", "Sets the time window of graphs.", COMMAND_LOOK, 1, 1, cmd_window },
	{ "scale", "sticky|fit|log", "Sets the scale of graphs.", COMMAND_LOOK, 1, 1, cmd_scale },
	{ "graphs", "braille|blocks|ascii|numbers", "Sets what graphs are drawn with.", COMMAND_LOOK, 1, 1, cmd_graphs },
	{ "theme", "NAME", "Sets the theme: calm, vivid, safe, light, mono.", COMMAND_LOOK, 1, 1, cmd_theme },
	{ "filter", "[TEXT]", "Filters the focused list; without text it shows all.", COMMAND_LOOK, 0, COMMAND_WORDS, cmd_filter },
	{ "sort", "COLUMN", "Sorts the focused list.", COMMAND_LOOK, 1, 1, cmd_sort },
	{ "look", "CLASS KEY", "Opens the screen of one entity.", COMMAND_LOOK, 2, 2, cmd_look },
	{ "edit", "FIELD", "Asks for a new value of a field of the entity under the cursor.", COMMAND_LOOK, 1, 1, cmd_edit },
	{ "every", "N|auto", "Shows one event in N in the tail.", COMMAND_LOOK, 1, 1, cmd_every },
	{ "fps", "N", "Frames per second.", COMMAND_LOOK, 1, 1, cmd_fps },
	{ "mouse", "on|off", "Takes the mouse, or gives it to the terminal.", COMMAND_LOOK, 1, 1, cmd_mouse },
	{ "key", "KEY [SCREEN] ACTION|COMMAND", "Gives a key another meaning.", COMMAND_LOOK, 2, COMMAND_WORDS, cmd_key },
	{ "present", "", "Shows keys in a corner and locks what is at risk, or ends that.", COMMAND_LOOK, 0, 0, cmd_present },
	{ "save", "", "Keeps theme, graphs, window and keys for the next time.", COMMAND_LOOK, 0, 0, cmd_save },
	{ "detach", "", "Takes the screen away; the run goes on and is reached through its socket.", COMMAND_LOOK, 0, 0, cmd_detach },
	{ .name = NULL },
};
