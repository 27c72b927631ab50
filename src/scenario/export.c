/* A tuned scenario as text. */
#include "scenario/export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/num.h"
#include "base/words.h"
#include "core/rows.h"

/* A double-quoted scalar; numbers and plain words need no quotes. */
static void put_scalar(struct buf *to, const char *text)
{
	size_t n = strlen(text);
	bool plain = n && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/%") == n && text[0] != '-' &&
		     text[0] != '.' && text[0] != '%';
	static const char *const words[] = { "null", "yes", "no", "on", "off", "y", "n", "Null", "NULL", "Yes", "No", "On", "Off", "true", "false" };

	/* What other readers would take for something else, or for a number in another base, stands in quotes. */
	for (size_t i = 0; i < COUNT_OF(words) - 2; i++)
		plain &= strcmp(text, words[i]) != 0;
	if (plain && text[0] == '0' && n > 1 && text[1] != '.')
		plain = false;
	if (plain)
		buf_text(to, text);
	else
		json_cstr(to, text);
}

static bool mentions_env(const struct node *n)
{
	if (n->kind == NODE_SCALAR)
		return strstr(n->text, "${") && strstr(n->text, "env.");
	node_each(in, n)
		if (mentions_env(in))
			return true;
	return false;
}

/* As it was written, in one line. */
static void put_node(struct buf *to, const struct node *n)
{
	if (n->kind == NODE_SCALAR) {
		json_cstr(to, n->text);
		return;
	}
	buf_char(to, n->kind == NODE_LIST ? '[' : '{');
	node_each(in, n) {
		if (in != n->first)
			buf_text(to, ", ");
		if (n->kind == NODE_MAP) {
			json_cstr(to, in->key->text);
			buf_text(to, ": ");
		}
		put_node(to, in);
	}
	buf_char(to, n->kind == NODE_LIST ? ']' : '}');
}

/* The same, a key a line; a number that stood without quotes stays one. */
static void put_block(struct buf *to, const struct node *n, int indent)
{
	double number;

	if (n->kind == NODE_SCALAR && n->plain && (num_real(n->text, &number, NULL) == 0 || !strcmp(n->text, "true") || !strcmp(n->text, "false") ||
	    !strcmp(n->text, "null"))) {
		buf_printf(to, " %s\n", n->text);
	} else if (n->kind == NODE_SCALAR || !n->n) {
		buf_char(to, ' ');
		put_node(to, n);
		buf_char(to, '\n');
	} else {
		buf_char(to, '\n');
		node_each(in, n) {
			buf_printf(to, "%*s", indent, "");
			if (n->kind == NODE_MAP)
				json_cstr(to, in->key->text);
			buf_char(to, n->kind == NODE_MAP ? ':' : '-');
			put_block(to, in, indent + 2);
		}
	}
}

static void put_section(struct buf *to, const char *name, const struct node *n)
{
	if (!n)
		return;
	buf_printf(to, "\n%s:", name);
	put_block(to, n, 2);
}

/* What the scenario's own events need, with the present values. */
static void put_events(const struct scenario *sc, struct control *c, bool home, struct buf *to)
{
	char text[NUM_TEXT];
	struct knobs *k;

	if (sc->param_rows && sc->param_rows->type != PARAM_END) {
		char path[80];

		buf_text(to, "\nparams:\n");
		param_each(p, sc->param_rows) {
			snprintf(path, sizeof path, "params.%.60s", p->name);
			control_find(c, path, &k, NULL);
			num_put_real(text, param_number(p, k->opts));
			buf_printf(to, "  %s: {default: %s", p->name, home ? k->home[p - k->rows] : text);
			num_put_real(text, p->min);
			buf_printf(to, ", min: %s", text);
			num_put_real(text, p->max);
			buf_printf(to, ", max: %s", text);
			num_put_real(text, p->step);
			if (p->step > 0)
				buf_printf(to, ", step: %s", text);
			if (p->type == PARAM_SHARE || p->unit) {
				buf_text(to, ", unit: ");
				json_cstr(to, p->unit ? p->unit : "%");
			}
			buf_text(to, p->flags & PARAM_LOG ? ", scale: log, help: " : ", help: ");
			json_cstr(to, p->help);
			buf_text(to, "}\n");
		}
	}
	put_section(to, "values", sc->values);
	put_section(to, "events", sc->events);
	put_section(to, "entities", sc->entities);
	put_section(to, "flows", sc->flows);
}

/* A list of names is written as one: none of them has a value. */
static bool only_names(const char *pairs)
{
	while (*pairs) {
		size_t n = strcspn(pairs, "\n");

		if (pairs[n - 1] != '=')
			return false;
		pairs += n + (pairs[n] == '\n');
	}
	return true;
}

static void put_names(struct buf *to, const char *pairs)
{
	for (const char *between = "["; *pairs; between = ", ") {
		size_t n = strcspn(pairs, "\n");

		buf_text(to, between);
		json_text(to, pairs, n - 1);
		pairs += n + (pairs[n] == '\n');
	}
	buf_char(to, ']');
}

static void put_pairs(struct buf *to, const char *pairs)
{
	struct word_pair p;
	const char *between = "";

	buf_char(to, '{');
	for (; words_next_pair(&pairs, &p); between = ", ") {
		buf_text(to, between);
		json_text(to, p.key, p.key_n);
		buf_text(to, ": ");
		json_text(to, p.value, p.value_n);
	}
	buf_char(to, '}');
}

/* What was typed at the console means itself: a ${ in it must not be read as an expression. */
static void escape(struct buf *text)
{
	struct buf copy;

	buf_init(&copy, 160000);
	for (const char *s = text->data; *s; s++)
		if (strncmp(s, "${", 2) == 0)
			buf_text(&copy, "$$");
		else
			buf_char(&copy, *s);
	buf_free(text);
	*text = copy;
}

/* A module's outputs without those that were removed. Without any left its events went nowhere, and must not go everywhere. */
static void put_routes(const struct engine *en, const struct knobs *k, const char *names, struct buf *to)
{
	const struct param *mute = param_find(k->rows, "mute");
	char name[80];
	bool any = false;

	while (words_next(&names, name, sizeof name))
		if (engine_output(en, name)) {
			buf_printf(to, "%s%s", any ? ", " : "    outputs: [", name);
			any = true;
		}
	buf_text(to, any ? "]\n" : "    # its outputs were removed\n");
	if (!any && !(param_number(mute, k->opts) > 0))
		buf_text(to, "    mute: true\n");
}

static void put_value(const struct scenario *sc, const struct engine *en, const struct knobs *k, const struct param *p, bool at_home, struct buf *to)
{
	char path[300];
	const struct node *written;
	struct buf now, home;

	if (p->type == PARAM_ACTION || p->flags & (PARAM_INSIDE | PARAM_PART))
		return;
	buf_init(&now, 80000);
	buf_init(&home, 80000);
	if (at_home && k->home[p - k->rows])
		buf_text(&now, k->home[p - k->rows]);
	else
		param_text(p, k->opts, &now);
	param_default_text(p, &home);
	snprintf(path, sizeof path, "%.64s.%s", k->prefix, p->name);
	written = map_get(&sc->places, path, strlen(path));
	if (written && mentions_env(written) && (at_home || control_is_home(k, p))) {
		buf_printf(to, "    %s: ", p->name);
		put_node(to, written);
		buf_char(to, '\n');
	} else if (strcmp(now.data, home.data) != 0 && p->type == PARAM_SECRET) {
		buf_printf(to, "    # %s is not written down; give it as %s: ${env.NAME}\n", p->name, p->name);
	} else if (strcmp(now.data, home.data) != 0 && k->rows == module_common_rows && strcmp(p->name, "outputs") == 0) {
		put_routes(en, k, now.data, to);
	} else if (strcmp(now.data, home.data) != 0) {
		if (!(p->flags & PARAM_PROGRAM))
			escape(&now);
		buf_printf(to, "    %s: ", p->name);
		if (p->type == PARAM_PAIRS && p->flags & PARAM_LIST && only_names(now.data))
			put_names(to, now.data);
		else if (p->type == PARAM_PAIRS)
			put_pairs(to, now.data);
		else
			put_scalar(to, now.data);
		buf_char(to, '\n');
	}
	buf_free(&now);
	buf_free(&home);
}

static void put_values(const struct scenario *sc, const struct engine *en, struct control *c, const char *name, bool home, struct buf *to)
{
	list_each(l, &c->owners) {
		const struct knobs *k = container_of(l, struct knobs, link);

		if (!k->hidden && strcmp(k->prefix, name) == 0)
			param_each(p, k->rows)
				put_value(sc, en, k, p, home, to);
	}
}

static void put_clock(const struct scenario *sc, const struct engine *en, struct control *c, bool home, struct buf *to)
{
	const struct engine_settings *set = engine_settings(en);
	char text[NUM_TEXT];
	struct knobs *k;
	const struct param *held = control_find(c, "clock.held", &k, NULL);

	num_put_instant(text, set->start_ns, 9);
	buf_printf(to, "clock:\n  start: %s\n", sc->has_start || home ? text : "now");
	if (!sc->has_start && !home)
		buf_printf(to, "  # this run began at %s\n", text);
	if (isinf(set->speed)) {
		buf_text(to, "  speed: max\n");
	} else {
		num_put_real(text, set->speed);
		buf_printf(to, "  speed: %s\n", text);
	}
	if (set->for_ns) {
		num_put_span(text, set->for_ns);
		buf_printf(to, "  stop_after: %s\n", text);
	}
	if (set->drain)
		buf_text(to, "  drain: true\n");
	if (set->events)
		buf_printf(to, "  events: %llu\n", (unsigned long long)set->events);
	if (held && !home && param_number(held, k->opts) > 0)
		buf_text(to, "  held: true\n");
}

static void put_limits(const struct scenario *sc, const struct engine *en, struct buf *to)
{
	const struct engine_settings *set = engine_settings(en);
	char text[NUM_TEXT];

	if (sc->world.locale && strcmp(sc->world.locale, "en_US") != 0)
		buf_printf(to, "locale: \"%s\"\n", sc->world.locale);
	if (sc->env) {
		buf_text(to, "env: ");
		put_node(to, sc->env);
		buf_char(to, '\n');
	}
	if (!sc->hosts && !(set->rate_limit > 0) && !(set->bytes_limit > 0))
		return;
	buf_text(to, "limits:\n");
	if (set->rate_limit > 0) {
		num_put_real(text, set->rate_limit);
		buf_printf(to, "  rate: %s\n", text);
	}
	if (set->bytes_limit > 0)
		buf_printf(to, "  bytes: %.0fB\n", set->bytes_limit);
	if (sc->hosts) {
		buf_text(to, "  hosts: ");
		put_node(to, sc->hosts);
		buf_char(to, '\n');
	}
}

/* A name as a key, and what it is. */
static void put_named(struct buf *to, const char *before, const char *name, const char *key, const char *what)
{
	buf_printf(to, "%s  ", before);
	put_scalar(to, name);
	buf_printf(to, ":\n    %s: ", key);
	put_scalar(to, what);
	buf_char(to, '\n');
}

void scenario_export(const struct scenario *sc, const struct engine *en, struct control *c, bool home, struct buf *to)
{
	const char *name;

	buf_text(to, "scenario: ");
	put_scalar(to, sc->name);
	buf_printf(to, "\nseed: %llu\n", (unsigned long long)engine_settings(en)->seed);
	put_limits(sc, en, to);
	put_clock(sc, en, c, home, to);
	for (unsigned i = 0; (name = engine_output_name(en, i)); i++) {
		put_named(to, i ? "" : "\noutputs:\n", name, "type", engine_output(en, name)->class->name);
		put_values(sc, en, c, name, home, to);
	}
	for (unsigned i = 0; (name = engine_module_name(en, i)); i++) {
		put_named(to, i ? "" : "\nmodules:\n", name, "generator", engine_module(en, name)->class->name);
		put_values(sc, en, c, name, home, to);
	}
	put_events(sc, c, home, to);
}

/* ---- where files are ---- */

/* What stands there without being read does no harm: then the line is one too many. */
static bool reads_files(const struct buf *text)
{
	static const char *const marks[] = { "from_file", "lookup", "empirical", " file: ", "\"file\": " };
	bool any = false;

	for (size_t i = 0; i < COUNT_OF(marks); i++)
		any |= strstr(text->data, marks[i]) != NULL;
	return any;
}

/* How one folder is reached from another; neither has a link in it. Where only the root is common to them the way is the whole path, for
 * they will not be moved together. */
static void put_way(struct buf *to, const char *from, const char *goal)
{
	size_t same = 0;

	for (size_t i = 0;; i++) {
		if ((!from[i] || from[i] == '/') && (!goal[i] || goal[i] == '/'))
			same = i;
		if (from[i] != goal[i] || !from[i])
			break;
	}
	if (!same) {
		buf_text(to, goal);
		return;
	}
	for (const char *s = from + same; *s; s++)
		if (*s == '/')
			buf_text(to, to->n ? "/.." : "..");
	if (goal[same])
		buf_text(to, goal + same + (to->n == 0));
}

void scenario_export_folder(const struct scenario *sc, const char *path, struct buf *to)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strndup(".", 1);
	char *there = folder ? realpath(folder, NULL) : NULL, *home = realpath(sc->world.folder ? sc->world.folder : ".", NULL);
	struct buf way;

	/* Where there is no such folder the file cannot be written either. */
	buf_init(&way, 20000);
	if (there && home && strcmp(there, home) != 0 && buf_ok(to) && reads_files(to)) {
		put_way(&way, there, home);
		escape(&way);
		buf_text(to, "\nfolder: ");
		put_scalar(to, way.data);
		buf_char(to, '\n');
	}
	buf_free(&way);
	free(home);
	free(there);
	free(folder);
}
