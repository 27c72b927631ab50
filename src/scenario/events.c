/* Events and parameters of a scenario. */
#include "scenario/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"

enum { EVENT_MOST = 64, FIELD_MOST = 200, PARAM_MOST = 100 };

struct reader {
	struct scenario *sc;
	struct report *report;
	struct event_def *event;
	unsigned room;
};

static bool known_key(struct report *r, const struct node *n, const char *const *known, const char *where)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, n->key->text);
	for (unsigned i = 0; known[i]; i++) {
		if (strcmp(known[i], n->key->text) == 0)
			return true;
		suggest_try(&s, known[i]);
	}
	report_add(r, n->key, "unknown key '%.60s' in %s%s", n->key->text, where, suggest_text(&s, hint, sizeof hint));
	return false;
}

/* ---- fields ---- */

/* A text in quotes, as an expression has it; $${ means ${ here as elsewhere. */
static void put_quoted(struct buf *to, const char *s, size_t n)
{
	buf_char(to, '\'');
	for (size_t i = 0; i < n; i++) {
		if (n - i > 2 && strncmp(s + i, "$${", 3) == 0)
			continue;
		if (s[i] == '\'' || s[i] == '\\')
			buf_char(to, '\\');
		buf_char(to, s[i]);
	}
	buf_char(to, '\'');
}

/* A text with ${...} as one expression: concat('lit', (expr), ...). */
static void put_expression(struct buf *to, const struct node *n, struct report *r)
{
	const char *s = n->text, *open = expr_next(s), *close = open ? expr_closing(open + 2) : NULL;
	double d;

	if (n->plain && !open && (num_real(s, &d, NULL) == 0 || !strcmp(s, "true") || !strcmp(s, "false") || !strcmp(s, "null"))) {
		buf_text(to, s);
		return;
	}
	/* Exactly one ${...} keeps its type. */
	if (open == s && close && !close[1]) {
		buf_printf(to, "(%.*s)", (int)(close - open) - 2, open + 2);
		return;
	}
	buf_text(to, "concat(");
	for (bool first = true; *s || first; first = false) {
		size_t n_literal = open && close ? (size_t)(open - s) : strlen(s);

		if (open && !close)
			report_add(r, n, "column %u: '}' is missing", (unsigned)(open - n->text) + 1);
		buf_text(to, first ? "" : ", ");
		if (n_literal || !*s) {
			put_quoted(to, s, n_literal);
			s += n_literal;
			continue;
		}
		buf_printf(to, "(%.*s)", (int)(close - open) - 2, open + 2);
		s = close + 1;
		open = expr_next(s);
		close = open ? expr_closing(open + 2) : NULL;
	}
	buf_char(to, ')');
}

/* Lists and the maps in them, as json_list(...) and json_map(...). */
static void put_json(struct buf *to, const struct node *n, struct report *r)
{
	bool first = true;

	if (n->kind == NODE_SCALAR) {
		put_expression(to, n, r);
		return;
	}
	buf_text(to, n->kind == NODE_LIST ? "json_list(" : "json_map(");
	node_each(in, n) {
		if (!first)
			buf_text(to, ", ");
		first = false;
		if (n->kind == NODE_MAP) {
			put_quoted(to, in->key->text, strlen(in->key->text));
			buf_text(to, ", ");
		}
		put_json(to, in, r);
	}
	buf_char(to, ')');
}

static void add_field(struct reader *rd, const char *name, const struct node *n)
{
	struct event_def *ev = rd->event;
	struct field_def *f;
	struct buf b;

	if (ev->n == FIELD_MOST) {
		report_add(rd->report, n, "more than %d fields", FIELD_MOST);
		return;
	}
	f = &ev->fields[ev->n++];
	*f = (struct field_def){ .name = name, .text = n->text, .plain = n->plain, .place = n };
	if (n->kind == NODE_SCALAR)
		return;
	buf_init(&b, EXPR_BYTES);
	put_json(&b, n, rd->report);
	f->text = arena_copy(&rd->sc->arena, b.data, b.n);
	f->expression = true;
	if (!f->text || !buf_ok(&b)) {
		report_add(rd->report, n, "this is too much for one field");
		f->text = "null";
	}
	buf_free(&b);
}

static void read_fields(struct reader *rd, const struct node *map, const char *prefix)
{
	node_each(n, map) {
		char name[200];
		const char *copy;

		if (strlen(n->key->text) == 0 || strchr(n->key->text, '.')) {
			report_add(rd->report, n->key, "a field needs a name without dots; nest maps instead");
			continue;
		}
		snprintf(name, sizeof name, "%s%.90s", prefix, n->key->text);
		if (n->kind == NODE_MAP && n->n) {
			char inner[220];

			snprintf(inner, sizeof inner, "%.200s.", name);
			read_fields(rd, n, inner);
			continue;
		}
		copy = arena_copy(&rd->sc->arena, name, strlen(name));
		if (copy)
			add_field(rd, copy, n);
	}
}

static void read_event(struct scenario *sc, struct report *r, const struct node *n, struct event_def *ev)
{
	static const char *const known[] = { "key", "fields", "line", NULL };
	struct reader rd = { .sc = sc, .report = r, .event = ev };
	const struct node *key, *fields, *line;

	*ev = (struct event_def){ .name = n->key->text };
	ev->fields = arena_take(&sc->arena, FIELD_MOST * sizeof *ev->fields);
	if (n->kind != NODE_MAP || !ev->fields) {
		report_add(r, n, "an event is a map with `fields:` or `line:`");
		return;
	}
	node_each(k, n)
		known_key(r, k, known, "an event");
	key = node_get(n, "key");
	fields = node_get(n, "fields");
	line = node_get(n, "line");
	if (key && key->kind == NODE_SCALAR) {
		ev->key = key->text;
		ev->key_place = key;
	}
	if ((fields != NULL) == (line != NULL) || (fields && (fields->kind != NODE_MAP || !fields->n)) || (line && line->kind != NODE_SCALAR)) {
		report_add(r, n, "event '%.60s' needs either `fields:`, a map, or `line:`, a text", n->key->text);
		return;
	}
	ev->raw = line != NULL;
	if (line)
		add_field(&rd, "line", line);
	else
		read_fields(&rd, fields, "");
}

/* Compiled for nothing: what is wrong is said where it stands. */
static void try_event(struct scenario *sc, struct report *r, const struct node *n, const struct event_def *ev)
{
	const void *failed;
	struct err e;
	struct record *rec = ev->n ? record_new(ev, &sc->world, "try", &failed, &e) : NULL;
	const struct node *at;
	unsigned column = 0;

	if (rec || !ev->n) {
		record_free(rec);
		return;
	}
	at = failed ? failed : n;
	/* The column within the text becomes one of the file, where the text stands on one line as it was written. */
	if (sscanf(e.text, "column %u: ", &column) == 1 && at->kind == NODE_SCALAR) {
		const char *rest = strstr(e.text, ": ") + 2;
		char text[sizeof e.text + 80];

		snprintf(text, sizeof text, "event '%.60s': %s", ev->name, rest);
		report_add_at(r, at->line, at->column + column - (at->plain ? 1 : 0), text);
	} else {
		report_add(r, at, "event '%.60s': %s", ev->name, e.text);
	}
}

static void read_events(struct scenario *sc, struct report *r, const struct node *map)
{
	unsigned i = 0;

	if (map->kind != NODE_MAP) {
		report_add(r, map, "events must be a map of names");
		return;
	}
	if (map->n > EVENT_MOST) {
		report_add(r, map, "more than %d events", EVENT_MOST);
		return;
	}
	sc->world.events = arena_take(&sc->arena, (map->n + 1) * sizeof *sc->world.events);
	if (!sc->world.events)
		return;
	node_each(n, map)
		read_event(sc, r, n, &sc->world.events[i++]);
	sc->world.event_n = i;
	if (r->n)
		return;
	i = 0;
	node_each(n, map)
		try_event(sc, r, n, &sc->world.events[i++]);
}

/* ---- params ---- */

static bool read_number(struct report *r, const struct node *map, const char *name, double other, double *to)
{
	const struct node *n = node_get(map, name);
	struct err e;

	*to = other;
	if (!n)
		return true;
	if (n->kind == NODE_SCALAR && num_real(n->text, to, &e) == 0)
		return true;
	report_add(r, n, "%s must be a number", name);
	return false;
}

static bool says_percent(const struct node *n)
{
	return n && n->kind == NODE_SCALAR && *n->text && n->text[strlen(n->text) - 1] == '%';
}

static void read_param(struct scenario *sc, struct report *r, const struct node *n, unsigned i)
{
	static const char *const known[] = { "default", "min", "max", "unit", "scale", "step", "help", NULL };
	struct param *p = &sc->param_rows[i];
	const struct node *unit, *scale, *help;
	double one = 0;

	*p = (struct param){ .name = n->key->text, .type = PARAM_REAL, .flags = PARAM_LIVE, .offset = i * sizeof(double), .min = 0, .max = 1e9,
			     .help = "A parameter of the scenario." };
	if (strspn(p->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(p->name))
		report_add(r, n->key, "'%.60s' is no name: small letters, digits and _", p->name);
	sc->world.params[i] = (struct world_param){ .name = p->name, .value = &sc->param_values[i] };
	sc->world.param_n = i + 1;
	/* 10% is shown as such, and 0.1 with the unit %. */
	if (says_percent(n) || (n->kind == NODE_MAP && (says_percent(node_get(n, "default")) || says_percent(node_get(n, "unit")))))
		p->type = PARAM_SHARE;
	if (n->kind == NODE_SCALAR) {           /* mean: 50 */
		struct err e;

		if (num_real(n->text, &p->def, &e) < 0)
			report_add(r, n, "%s", e.text);
		p->max = p->def > 0 ? p->def * 10 : 1e9;
		p->min = p->def < 0 ? p->def * 10 : 0;
		return;
	}
	if (n->kind != NODE_MAP) {
		report_add(r, n, "a parameter is a number, or a map with `default:`");
		return;
	}
	node_each(k, n)
		known_key(r, k, known, "a parameter");
	if (!node_get(n, "default"))
		report_add(r, n, "parameter '%.60s' needs a default", p->name);
	read_number(r, n, "default", 0, &p->def);
	read_number(r, n, "min", p->def < 0 ? p->def * 10 : 0, &p->min);
	read_number(r, n, "max", p->def > 0 ? p->def * 10 : 1e9, &p->max);
	read_number(r, n, "step", 0, &one);
	p->step = one;
	unit = node_get(n, "unit");
	scale = node_get(n, "scale");
	help = node_get(n, "help");
	p->unit = unit && unit->kind == NODE_SCALAR && p->type != PARAM_SHARE ? unit->text : NULL;
	p->help = help && help->kind == NODE_SCALAR ? help->text : p->help;
	if (scale && scale->kind == NODE_SCALAR && strcmp(scale->text, "log") == 0)
		p->flags |= PARAM_LOG;
	else if (scale && (scale->kind != NODE_SCALAR || strcmp(scale->text, "linear") != 0))
		report_add(r, scale, "scale is linear or log");
	if (!(p->min < p->max) || p->def < p->min || p->def > p->max)
		report_add(r, n, "parameter '%.60s': default %g must lie within min %g and max %g", p->name, p->def, p->min, p->max);
}

static void read_params(struct scenario *sc, struct engine *en, struct report *r, const struct node *map)
{
	unsigned i = 0;
	struct err e;

	if (map->kind != NODE_MAP || map->n > PARAM_MOST) {
		report_add(r, map, "params must be a map of at most %d names", PARAM_MOST);
		return;
	}
	sc->param_rows = arena_take(&sc->arena, (map->n + 1) * sizeof *sc->param_rows);
	sc->param_values = arena_take(&sc->arena, (map->n + 1) * sizeof *sc->param_values);
	sc->world.params = arena_take(&sc->arena, (map->n + 1) * sizeof *sc->world.params);
	if (!sc->param_rows || !sc->param_values || !sc->world.params)
		return;
	node_each(n, map)
		read_param(sc, r, n, i++);
	sc->param_rows[i] = (struct param)P_END;
	if (r->n == 0 && (param_init(sc->param_rows, sc->param_values, &e) < 0 ||
			  engine_share(en, "params", sc->param_rows, sc->param_values, &e) < 0))
		report_add(r, map, "%s", e.text);
}

void events_read(struct scenario *sc, struct engine *en, struct report *r, const struct node *root)
{
	const struct node *n;

	sc->world.locale = "en_US";
	if ((n = node_get(root, "params")))
		read_params(sc, en, r, n);
	if ((n = node_get(root, "events"))) {
		sc->events = n;
		read_events(sc, r, n);
	}
}

void events_free(struct scenario *sc)
{
	(void)sc;       /* all of it lives in the scenario's arena */
}
