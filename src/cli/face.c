/* What every console has beside its screen. */
#include "cli/face.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/num.h"
#include "cli/presets.h"
#include "entity/commands.h"
#include "ui/bind.h"
#include "ui/ui.h"

void console_list_keys(bool mdoc, struct buf *to)
{
	for (const struct bind *b = bind_table; b->keys; b++) {
		size_t n = strcspn(b->keys, " ");

		if (!b->help)
			continue;
		/* A leading dot or quote would be a request of mdoc. */
		if (mdoc)
			buf_printf(to, ".It Ic \\&%.*s%s\n%s%s%s%s.\n", (int)n, b->keys, b->keys[n] ? b->keys + n : "", b->help, b->name ? " (" : "",
				   b->name ? b->name : "", b->name ? ")" : "");
		else
			buf_printf(to, "%-12s %s%s%s%s\n", b->keys, b->help, b->name ? "  [" : "", b->name ? b->name : "", b->name ? "]" : "");
	}
}

/* Every change is a line of the log, too. */
static void told(struct watch *w, const struct change *ch)
{
	(void)w;
	log_info("control", "%s (%s)", ch->text, origin_names[ch->by]);
}

void face_begin(struct session *s, struct setup *setup)
{
	static const struct command *const tables[] = { ui_commands, session_commands, entity_commands, core_commands, NULL };

	s->deck.tables = tables;
	s->watch.told = told;
	control_watch(&setup->control, &s->watch);
	presets_read(&setup->presets);
}

bool face_save(void *arg, const char *what, const struct buf *b, char *name, size_t room)
{
	char when[NUM_TEXT];
	struct err e;

	(void)arg;
	num_put_instant(when, clock_epoch_ns(), 3);
	for (char *s = when; *s; s++)
		if (*s == ':')
			*s = '-';
	snprintf(name, room, "fluxdeck-%s-%s.%s", what, when, strcmp(what, "tail") == 0 ? "jsonl" : "txt");
	if (write_whole(name, b, &e) == 0)
		return true;
	snprintf(name, room, "%s", e.text);
	return false;
}

bool face_settings(void *arg, const struct buf *b, char *name, size_t room)
{
	struct err e;

	(void)arg;
	if (!config_path(name, room, "console.yaml")) {
		snprintf(name, room, "there is no home folder to keep settings in");
		return false;
	}
	config_folders(name);
	if (write_whole(name, b, &e) == 0)
		return true;
	snprintf(name, room, "%s", e.text);
	return false;
}

/* One setting is one command; what is wrong is said with its place, and the rest holds. */
static void apply(struct deck *d, const char *path, const struct node *n, const char *command, const char *first, const char *value)
{
	char line[COMMAND_LINE];
	struct buf said;
	struct err e;

	buf_init(&said, 4096);
	snprintf(line, sizeof line, "%.40s %.60s%s%.400s", command, first, *first ? " " : "", value);
	if (command_run(d, line, &said, &e) < 0)
		log_warn("settings", "%s:%u:%u: %s", path, n->line, n->column, e.text);
	buf_free(&said);
}

static void apply_all(struct deck *d, const char *path, const struct node *root)
{
	static const char *const known[] = { "theme", "graphs", "scale", "window", "mouse", "fps", NULL };

	node_each(n, root) {
		unsigned i = 0;

		if (strcmp(n->key->text, "keys") == 0 && n->kind == NODE_MAP) {
			node_each(k, n)
				if (k->kind == NODE_SCALAR)
					apply(d, path, k, "key", k->key->text, k->text);
			continue;
		}
		while (known[i] && strcmp(known[i], n->key->text) != 0)
			i++;
		if (known[i] && n->kind == NODE_SCALAR)
			apply(d, path, n, known[i], "", n->text);
		else
			log_warn("settings", "%s:%u:%u: unknown setting '%.40s'", path, n->key->line, n->key->column, n->key->text);
	}
}

void face_read_settings(struct deck *d)
{
	struct report r;
	struct arena a;
	const struct node *root;
	struct err e;
	char path[4096], *text;
	size_t n;

	if (!config_path(path, sizeof path, "console.yaml") || access(path, F_OK) < 0)
		return;
	text = scenario_read_file(path, &n, &e);
	if (!text) {
		log_warn("settings", "%s", e.text);
		return;
	}
	report_init(&r, path);
	arena_init(&a);
	root = n ? node_parse(text, n, &a, &r) : NULL;
	if (root && root->kind == NODE_MAP)
		apply_all(d, path, root);
	else if (r.first)
		log_warn("settings", "%s:%u:%u: %s", path, r.first->line, r.first->column, r.first->text);
	arena_free(&a);
	report_free(&r);
	free(text);
}
