/* A scenario into an engine. */
#include "scenario/load.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/num.h"
#include "base/suggest.h"
#include "scenario/events.h"
#include "scenario/timeline.h"

struct loader {
	struct scenario *sc;
	struct engine *en;
	struct control *control;
	const struct catalogue *cat;
	struct report *report;
};

static const char *env_get(void *arg, const char *name, bool *allowed)
{
	const struct scenario *sc = arg;

	*allowed = false;
	if (sc->env)
		node_each(n, sc->env)
			*allowed |= n->kind == NODE_SCALAR && strcmp(n->text, name) == 0;
	return *allowed ? getenv(name) : NULL;
}

void scenario_init(struct scenario *sc)
{
	*sc = (struct scenario){ .name = "untitled", .set = { .speed = 1 } };
	arena_init(&sc->arena);
	map_init(&sc->places);
	sc->reads = (struct expr_env){ .get = env_get, .arg = sc };
	sc->world.env = &sc->reads;
}

void scenario_free(struct scenario *sc)
{
	events_free(sc);
	arena_free(&sc->arena);
	map_free(&sc->places);
}

char *scenario_read_file(const char *path, size_t *n, struct err *e)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	struct buf b;
	char piece[16384], *copy = NULL;
	size_t got;

	if (!f) {
		err_set(e, ERR_INPUT, "cannot read '%s': %s", path, strerror(errno));
		return NULL;
	}
	buf_init(&b, NODE_BYTES + 1);
	while (buf_ok(&b) && (got = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, piece, got);
	if (ferror(f))
		err_set(e, ERR_INPUT, "cannot read '%s': %s", path, strerror(errno));
	else if (!buf_ok(&b))
		err_set(e, ERR_INPUT, "'%s' is larger than 16 MiB; a scenario is not data", path);
	else if (!(copy = malloc(b.n + 1)))
		err_memory(e);
	else
		memcpy(copy, b.data, b.n + 1);
	*n = b.n;
	buf_free(&b);
	if (f != stdin)
		fclose(f);
	return copy;
}

static void unknown_key(struct loader *ld, const struct node *n, const char *where, const char *const *known)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, n->key->text);
	for (; *known; known++)
		suggest_try(&s, *known);
	report_add(ld->report, n->key, "unknown key '%.60s' in %s%s", n->key->text, where, suggest_text(&s, hint, sizeof hint));
}

static bool is_map(struct loader *ld, const struct node *n, const char *what)
{
	if (n->kind == NODE_MAP)
		return true;
	report_add(ld->report, n, "%s must be a map of keys", what);
	return false;
}

/* A scalar with its ${env...} resolved, in the scenario's arena; NULL when refused. */
static const char *scalar(struct loader *ld, const struct node *n, bool program)
{
	struct buf b;
	struct err e;
	const char *text = NULL;

	if (n->kind != NODE_SCALAR) {
		report_add(ld->report, n, "'%.60s' must be one value, not a %s", n->key ? n->key->text : "?", n->kind == NODE_LIST ? "list" : "map");
		return NULL;
	}
	if (n->plain && (!*n->text || strcmp(n->text, "null") == 0 || strcmp(n->text, "~") == 0)) {
		report_add(ld->report, n, "'%.60s' has no value", n->key ? n->key->text : "?");
		return NULL;
	}
	buf_init(&b, 70000);
	if (setting_read(n->text, &ld->sc->world, program, &b, &e) < 0)
		report_add(ld->report, n, "%s", e.text);
	else if (!(text = arena_copy(&ld->sc->arena, b.data, b.n)))
		report_add(ld->report, n, "out of memory");
	buf_free(&b);
	return text;
}

/* ---- values of modules and outputs ---- */

/* A sequence as a comma list; a sequence of sequences (a matrix) with semicolons between the rows. */
static bool join_list(struct loader *ld, const struct node *list, bool nested, struct buf *to)
{
	node_each(n, list) {
		const char *text;

		if (n != list->first)
			buf_char(to, n->kind == NODE_LIST ? ';' : ',');
		if (n->kind == NODE_LIST && !nested) {
			if (!join_list(ld, n, true, to))
				return false;
			continue;
		}
		text = scalar(ld, n, false);
		if (!text)
			return false;
		buf_text(to, text);
	}
	return true;
}

static bool join_pairs(struct loader *ld, const struct node *map, bool program, struct buf *to)
{
	node_each(n, map) {
		const char *text = scalar(ld, n, program);

		if (!text)
			return false;
		if (strpbrk(n->key->text, "=\n") || strchr(text, '\n')) {
			report_add(ld->report, n->key, "neither '=' nor a line end can stand in a property");
			return false;
		}
		buf_printf(to, "%s%s=%s", n == map->first ? "" : "\n", n->key->text, text);
	}
	return true;
}

/* A list where pairs are wanted: names without values. */
static bool join_names(struct loader *ld, const struct node *list, struct buf *to)
{
	node_each(n, list) {
		const char *text = scalar(ld, n, false);

		if (!text)
			return false;
		if (strpbrk(text, "=\n") || !*text) {
			report_add(ld->report, n, "this is no name");
			return false;
		}
		buf_printf(to, "%s%s=", n == list->first ? "" : "\n", text);
	}
	return true;
}

static void remember_place(struct loader *ld, const char *path, const struct node *n)
{
	if (map_put(&ld->sc->places, path, strlen(path), (void *)(uintptr_t)n) < 0)
		report_add(ld->report, n, "out of memory");
}

static void set_value(struct loader *ld, const char *owner, const char *name, const struct node *n)
{
	char path[300];
	const struct param *p;
	struct err e;
	struct buf b;
	const char *text = NULL;

	snprintf(path, sizeof path, "%.64s.%.160s", owner, name);
	p = control_find(ld->control, path, NULL, &e);
	if (p && p->flags & PARAM_INSIDE)
		err_set(&e, ERR_INPUT, "unknown parameter '%s' of '%s'", p->name, owner);
	if (!p || p->flags & PARAM_INSIDE) {
		report_add(ld->report, n->key, "%s", e.text);
		return;
	}
	if (p->type == PARAM_ACTION) {
		report_add(ld->report, n->key, "'%s' is something to do while running, not a setting", p->name);
		return;
	}
	buf_init(&b, 70000);
	if (n->kind == NODE_LIST && p->flags & PARAM_LIST && p->type == PARAM_PAIRS)
		text = join_names(ld, n, &b) ? b.data : NULL;
	else if (n->kind == NODE_LIST && p->flags & PARAM_LIST)
		text = join_list(ld, n, false, &b) ? b.data : NULL;
	else if (n->kind == NODE_MAP && p->type == PARAM_PAIRS)
		text = join_pairs(ld, n, p->flags & PARAM_PROGRAM, &b) ? b.data : NULL;
	else
		text = scalar(ld, n, p->flags & PARAM_PROGRAM);
	if (text) {
		snprintf(path, sizeof path, "%.64s.%s", owner, p->name);
		if (map_get(&ld->sc->places, path, strlen(path)))
			report_add(ld->report, n->key, "'%s' is set twice, as '%s' and under another spelling", p->name, n->key->text);
		else if (control_set(ld->control, path, text, BY_FILE, &e) < 0)
			report_add(ld->report, n, "%s", e.text);
		remember_place(ld, path, n);
	}
	buf_free(&b);
}

/* The keys of a module or output; `pace: {shape: sine, period: 60s}` is pace_period with another face. */
static void set_values(struct loader *ld, const char *owner, const struct node *map, const char *skip)
{
	node_each(n, map) {
		if (strcmp(n->key->text, skip) == 0)
			continue;
		if (strcmp(n->key->text, "pace") == 0 && n->kind == NODE_MAP) {
			node_each(in, n) {
				char name[120];

				if (strcmp(in->key->text, "shape") == 0)
					snprintf(name, sizeof name, "pace");
				else
					snprintf(name, sizeof name, "pace_%.100s", in->key->text);
				set_value(ld, owner, name, in);
			}
			continue;
		}
		set_value(ld, owner, n->key->text, n);
	}
}

static void load_output(struct loader *ld, const struct node *n)
{
	const struct node *type = node_get(n, "type");
	const struct output_class *class;
	struct err e;

	if (!is_map(ld, n, "an output"))
		return;
	if (!type || type->kind != NODE_SCALAR) {
		report_add(ld->report, n->key, "output '%.60s' needs a type (like `type: kafka`)", n->key->text);
		return;
	}
	class = catalogue_output(ld->cat, type->text, &e);
	if (!class) {
		report_add(ld->report, type, "%s", e.text);
		return;
	}
	if (engine_add_output(ld->en, n->key->text, class, &e) < 0) {
		report_add(ld->report, n->key, "%s", e.text);
		return;
	}
	remember_place(ld, n->key->text, n->key);
	set_values(ld, n->key->text, n, "type");
}

static void load_module(struct loader *ld, const struct node *n)
{
	const struct node *kind = node_get(n, "generator");
	const struct generator_class *class;
	struct err e;

	if (!is_map(ld, n, "a module"))
		return;
	if (!kind || kind->kind != NODE_SCALAR) {
		report_add(ld->report, n->key, "module '%.60s' needs a generator (like `generator: market`)", n->key->text);
		return;
	}
	class = catalogue_generator(ld->cat, kind->text, &e);
	if (!class) {
		report_add(ld->report, kind, "%s", e.text);
		return;
	}
	if (engine_add_module(ld->en, n->key->text, class, &e) < 0) {
		report_add(ld->report, n->key, "%s", e.text);
		return;
	}
	ld->sc->any_module = true;
	remember_place(ld, n->key->text, n->key);
	set_values(ld, n->key->text, n, "generator");
}

/* ---- the other sections ---- */

static void load_clock(struct loader *ld, const struct node *map)
{
	static const char *const known[] = { "start", "speed", "stop_after", "drain", "events", "held", NULL };
	struct engine_settings *set = &ld->sc->set;

	if (!is_map(ld, map, "clock"))
		return;
	node_each(n, map) {
		const char *key = n->key->text, *text;
		struct err e;
		int result = 0;

		for (unsigned i = 0;; i++) {
			if (!known[i]) {
				unknown_key(ld, n, "clock", known);
				key = NULL;
				break;
			}
			if (strcmp(known[i], key) == 0)
				break;
		}
		text = key ? scalar(ld, n, false) : NULL;
		if (!text)
			continue;
		if (strcmp(key, "start") == 0) {
			ld->sc->has_start = strcmp(text, "now") != 0;
			result = ld->sc->has_start ? num_instant(text, &set->start_ns, &e) : 0;
		} else if (strcmp(key, "stop_after") == 0) {
			result = num_span(text, &set->for_ns, &e);
			if (result == 0 && set->for_ns <= 0)
				result = err_set(&e, ERR_INPUT, "stop_after must be longer than 0, not %s", text);
		} else if (strcmp(key, "drain") == 0) {
			set->drain = strcmp(text, "true") == 0;
			if (!set->drain && strcmp(text, "false") != 0)
				result = err_set(&e, ERR_INPUT, "drain must be true or false, not '%.40s'", text);
		} else if (strcmp(key, "events") == 0) {
			int64_t v = 0;

			result = num_int(text, &v, &e);
			if (result == 0 && v < 1)
				result = err_set(&e, ERR_INPUT, "events must be 1 or more, not %s", text);
			set->events = (uint64_t)v;
		} else if (strcmp(key, "held") == 0) {
			result = control_set(ld->control, "clock.held", text, BY_FILE, &e);
		} else if (strcmp(text, "max") == 0) {
			set->speed = INFINITY;
		} else {
			result = control_set(ld->control, "clock.speed", text, BY_FILE, &e);
			if (result == 0)
				num_real(text, &set->speed, &e);
		}
		if (result < 0)
			report_add(ld->report, n, "%s", e.text);
	}
}

static void load_limits(struct loader *ld, const struct node *map)
{
	static const char *const known[] = { "rate", "bytes", "hosts", NULL };

	if (!is_map(ld, map, "limits"))
		return;
	node_each(n, map) {
		const char *key = n->key->text, *text;
		struct err e = { 0 };
		char copy[64];
		int64_t bytes;

		if (strcmp(key, "hosts") == 0) {
			if (n->kind != NODE_LIST)
				report_add(ld->report, n, "hosts must be a list, like [localhost]");
			ld->sc->hosts = n;
			continue;
		}
		if (strcmp(key, "rate") != 0 && strcmp(key, "bytes") != 0) {
			unknown_key(ld, n, "limits", known);
			continue;
		}
		text = scalar(ld, n, false);
		if (!text)
			continue;
		/* Both are per second, and may say so: 200k/s, 100MB/s. */
		snprintf(copy, sizeof copy, "%.60s", text);
		if (strlen(copy) > 2 && strcmp(copy + strlen(copy) - 2, "/s") == 0)
			copy[strlen(copy) - 2] = '\0';
		if (*key == 'r' ? num_real(copy, &ld->sc->set.rate_limit, &e) < 0 || ld->sc->set.rate_limit <= 0 :
				  num_size(copy, &bytes, &e) < 0 || bytes <= 0)
			report_add(ld->report, n, "limits.%s: %s", key, e.code ? e.text : "must be above 0");
		else if (*key == 'b')
			ld->sc->set.bytes_limit = (double)bytes;
	}
	ld->control->rate_limit = ld->sc->set.rate_limit;
}

static void load_env(struct loader *ld, const struct node *list)
{
	if (list->kind != NODE_LIST) {
		report_add(ld->report, list, "env must be a list of names, like [BROKERS]");
		return;
	}
	node_each(n, list)
		if (n->kind != NODE_SCALAR || !*n->text || strspn(n->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") != strlen(n->text))
			report_add(ld->report, n, "this is no environment name");
	ld->sc->env = list;
}

/* Where files are: relative to where the scenario is. */
static int load_folder(struct loader *ld, const struct node *n)
{
	const char *text = scalar(ld, n, false), *before = ld->sc->world.folder;
	char path[PATH_MAX];
	struct stat st;

	if (!text)
		return -1;
	if (!*text || (size_t)snprintf(path, sizeof path, "%s%s/", before && *text != '/' ? before : "", text) >= sizeof path || stat(path, &st) < 0 ||
	    !S_ISDIR(st.st_mode)) {
		report_add(ld->report, n, "folder: there is no folder '%.200s'", text);
		return -1;
	}
	ld->sc->world.folder = arena_text(&ld->sc->arena, path);
	if (ld->sc->world.folder)
		return 0;
	report_add(ld->report, n, "out of memory");
	return -1;
}

static void load_section(struct loader *ld, const struct node *root, const char *name, void (*one)(struct loader *ld, const struct node *n))
{
	const struct node *map = node_get(root, name);

	if (map && is_map(ld, map, name))
		node_each(n, map)
			one(ld, n);
}

static void load_root(struct loader *ld, const struct node *root)
{
	static const char *const known[] = { "scenario", "seed", "clock", "locale", "env", "folder", "limits", "outputs", "modules", "timeline", "events", "params",
					     "values", "entities", "flows", NULL };
	const struct node *n;
	const char *text;
	struct err e;

	node_each(k, root) {
		unsigned i = 0;

		while (known[i] && strcmp(known[i], k->key->text) != 0)
			i++;
		if (!known[i])
			unknown_key(ld, k, "the scenario", known);
	}
	/* The environment first: every other value may use it. */
	if ((n = node_get(root, "env")))
		load_env(ld, n);
	/* Without it every file would be missed. */
	if ((n = node_get(root, "folder")) && load_folder(ld, n) < 0)
		return;
	if ((n = node_get(root, "scenario")) && (text = scalar(ld, n, false)))
		ld->sc->name = text;
	if ((n = node_get(root, "seed")) && (text = scalar(ld, n, false))) {
		int64_t seed = 0;

		if (num_int(text, &seed, &e) < 0 || seed < 0)
			report_add(ld->report, n, "seed must be a whole number from 0, not '%.40s'", text);
		ld->sc->set.seed = (uint64_t)seed;
		ld->sc->has_seed = true;
	}
	if ((n = node_get(root, "limits")))
		load_limits(ld, n);
	if ((n = node_get(root, "clock")))
		load_clock(ld, n);
	events_read(ld->sc, ld->en, ld->report, root);
	load_section(ld, root, "outputs", load_output);
	load_section(ld, root, "modules", load_module);
	if ((n = node_get(root, "timeline")))
		timeline_read(ld->sc, ld->control, ld->report, n);
	if (!ld->sc->any_module && ld->report->n == 0)
		report_add(ld->report, root, "the scenario has no modules: nothing would ever happen");
}

int scenario_load(struct scenario *sc, const char *text, size_t n, struct engine *en, struct control *c, const struct catalogue *cat,
		  struct report *r)
{
	struct loader ld = { .sc = sc, .en = en, .control = c, .cat = cat, .report = r };
	const char *slash = r->file ? strrchr(r->file, '/') : NULL;
	struct node *root = node_parse(text, n, &sc->arena, r);

	sc->world.folder = slash ? arena_copy(&sc->arena, r->file, (size_t)(slash + 1 - r->file)) : NULL;

	if (!root)
		return -1;
	if (root->kind != NODE_MAP) {
		report_add(r, root, "a scenario is a map of keys (scenario, modules, outputs, ...)");
		return -1;
	}
	load_root(&ld, root);
	return r->n ? -1 : 0;
}

/* ---- what only the whole shows ---- */

struct whole {
	struct scenario *sc;
	struct report *report;
};

/* "rate: must be" is about NAME.rate when that was set, "output 'o', path" about o.path; otherwise it is about NAME. */
static void complain(void *arg, const char *name, const struct err *e)
{
	struct whole *w = arg;
	char path[300], text[600];
	size_t n = strspn(e->text, "abcdefghijklmnopqrstuvwxyz_");
	const struct node *at;
	char output[65], row[100];

	if (sscanf(e->text, "output '%64[^']', %99[a-z_]", output, row) == 2)
		snprintf(path, sizeof path, "%s.%s", output, row);
	else
		snprintf(path, sizeof path, "%.64s.%.*s", name, (int)(n < 100 ? n : 100), e->text);
	at = map_get(&w->sc->places, path, strlen(path));
	if (!at)
		at = map_get(&w->sc->places, name, strlen(name));
	snprintf(text, sizeof text, "'%s': %s", name, e->text);
	if (at)
		report_add_at(w->report, at->line, at->column, text);
	else
		report_add_at(w->report, 0, 0, text);
}

int scenario_prepare(struct scenario *sc, struct engine *en, struct report *r)
{
	struct whole w = { .sc = sc, .report = r };
	struct err e = { 0 };

	sc->set.world = &sc->world;
	engine_configure(en, &sc->set);
	scenario_check_hosts(sc, en, r);
	if (engine_prepare(en, complain, &w, &e) < 0 && r->n == 0)
		report_add_at(r, 0, 0, e.text);
	if (r->n == 0 && timeline_schedule(sc, en, &e) < 0)
		report_add_at(r, 0, 0, e.text);
	return r->n ? -1 : 0;
}

int scenario_check_host(const struct scenario *sc, const char *name, const struct output_class *class, const void *opts, struct err *e)
{
	char host[300];

	for (unsigned k = 0; sc->hosts && class->network && class->host(opts, k, host, sizeof host); k++) {
		bool allowed = false;

		node_each(h, sc->hosts)
			allowed |= h->kind == NODE_SCALAR && strcmp(h->text, host) == 0;
		if (!allowed)
			return err_set(e, ERR_INPUT, "output '%.64s' would contact '%.100s', which limits.hosts does not name", name, host);
	}
	return 0;
}

void scenario_check_hosts(const struct scenario *sc, const struct engine *en, struct report *r)
{
	const char *name;
	struct err e;

	for (unsigned i = 0; (name = engine_output_name(en, i)); i++) {
		const struct output *o = engine_output(en, name);
		const struct node *at = map_get(&sc->places, name, strlen(name));

		if (scenario_check_host(sc, name, o->class, o->opts, &e) < 0)
			report_add(r, at ? at : sc->hosts, "%s", e.text);
	}
}
