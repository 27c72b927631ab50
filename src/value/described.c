/* What people write about events, as definitions. */
#include "value/described.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/num.h"
#include "base/suggest.h"

enum { EVENT_MOST = 64 };

/* Of an expression that was put together: from byte `at` on it is what stands in a node's text from byte `from` on. */
struct piece {
	size_t at, from;
	const struct node *node;
	const char *path;
	struct piece *before;
};

/* Where a field or key stands; what field_def and event_def call their place. */
struct place {
	const struct node *node;
	const char *path;
	struct piece *last;             /* NULL: the expression is the node's text */
};

struct writer {
	const struct describer *d;
	struct event_def *event;
	const char *owner;              /* what complaints begin with instead of the event; or NULL */
	struct place *place;
	struct buf to;
	char path[300];                 /* items.0.sku */
	bool picks;                     /* a list is one of its elements */
};

/* What an event is called of which the fields are values of the scenario's own. */
static const char values_name[] = "values";

static void say(const struct writer *w, const char *path, const char *text, char *to, size_t room)
{
	if (w->owner)
		snprintf(to, room, "%.120s%s%.200s: %.400s", w->owner, *path ? ", " : "", path, text);
	else if (w->event->name == values_name)
		snprintf(to, room, "values.%.200s: %.400s", path, text);
	else
		snprintf(to, room, "event '%.60s', %.200s: %.400s", w->event->name, path, text);
}

bool described_key(struct report *r, const struct node *n, const char *const *known, const char *where)
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

/* Several flows may make one event: what is wrong in it is said once. */
static void complain_at(const struct writer *w, unsigned line, unsigned column, const char *path, const char *text)
{
	char all[800];

	for (const struct complaint *c = w->d->report->first; c && w->owner; c = c->next)
		if (c->line == line && c->column == column)
			return;
	say(w, path, text, all, sizeof all);
	report_add_at(w->d->report, line, column, all);
}

/* Something is wrong at byte `at` of a node's text; right where the text stands on one line. */
static void complain(const struct writer *w, const struct node *n, size_t at, const char *path, const char *text)
{
	complain_at(w, n->line, n->column + (n->plain ? 0 : 1) + (n->raw ? json_raw_column(n->raw, at) : (unsigned)at), path, text);
}

/* ---- texts ---- */

/* The value that {{first_name}} or {{ price(1, 9) }} at s means; NULL: none. `length`: of what stands between the braces. */
static const struct provider *in_braces(const char *s, const char **inner, int *length)
{
	const char *from = s + 2 + strspn(s + 2, " "), *end;
	size_t n = strspn(from, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
	char name[80];

	if (strncmp(s, "{{", 2) != 0 || !n || n >= sizeof name || !strchr(" (}", from[n]) || !(end = strstr(from, "}}")))
		return NULL;
	while (end[-1] == ' ')
		end--;
	*inner = from;
	*length = (int)(end - from < 100 ? end - from : 100);
	snprintf(name, sizeof name, "%.*s", (int)n, from);
	return provider_named(name);
}

/* That is how others write it; here it would go out as it is. */
static void refuse_braces(const struct writer *w, const struct node *n)
{
	const char *s = n->text, *open = expr_next(s), *inner;
	char text[300];
	int length;

	while (!n->plain && *s) {
		if (s == open) {
			const char *close = expr_closing(s + 2);

			s = close ? close + 1 : s + 2;
			open = expr_next(s);
			continue;
		}
		if (in_braces(s, &inner, &length)) {
			snprintf(text, sizeof text, "'{{%.*s}}' would go out as it is; did you mean '${%.*s}'?", length, inner, length, inner);
			complain(w, n, (size_t)(s - n->text), w->path, text);
			return;
		}
		s++;
	}
}

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

/* Bytes of a node's text as they are, remembered for what may be wrong with them. */
static void put_piece(struct writer *w, const struct node *n, const char *from, size_t length)
{
	struct piece *p = arena_take(w->d->arena, sizeof *p);

	if (p) {
		*p = (struct piece){ w->to.n, (size_t)(from - n->text), n, arena_text(w->d->arena, w->path), w->place->last };
		w->place->last = p;
	}
	buf_add(&w->to, from, length);
}

/* A text with ${...} as one expression: concat('lit', (expr), ...). */
static void put_scalar(struct writer *w, const struct node *n)
{
	const char *s = n->text, *open = expr_next(s), *close = open ? expr_closing(open + 2) : NULL;
	double d;

	refuse_braces(w, n);
	if (n->plain && !open && (num_real(s, &d, NULL) == 0 || !strcmp(s, "true") || !strcmp(s, "false") || !strcmp(s, "null"))) {
		buf_text(&w->to, s);
		return;
	}
	/* Exactly one ${...} keeps its type. */
	if (open == s && close && !close[1]) {
		buf_char(&w->to, '(');
		put_piece(w, n, open + 2, (size_t)(close - open) - 2);
		buf_char(&w->to, ')');
		return;
	}
	buf_text(&w->to, "concat(");
	for (bool first = true; *s || first; first = false) {
		size_t literal = open && close ? (size_t)(open - s) : strlen(s);

		if (open && !close) {
			const char *at, *why = expr_unclosed(open, &at);

			complain(w, n, (size_t)(at - n->text), w->path, why);
		}
		buf_text(&w->to, first ? "" : ", ");
		if (literal || !*s) {
			put_quoted(&w->to, s, literal);
			s += literal;
			continue;
		}
		buf_char(&w->to, '(');
		put_piece(w, n, open + 2, (size_t)(close - open) - 2);
		buf_char(&w->to, ')');
		s = close + 1;
		open = expr_next(s);
		close = open ? expr_closing(open + 2) : NULL;
	}
	buf_char(&w->to, ')');
}

/* ---- lists and maps ---- */

static bool wraps(const struct node *n)
{
	return n->kind == NODE_MAP && n->n == 1 && expr_next(n->first->key->text) == n->first->key->text;
}

static bool good_name(const struct writer *w, const struct node *key)
{
	if (!expr_next(key->text))
		return true;
	report_add(w->d->report, key, "event '%.60s', %.200s: a name takes no ${...}; alone in its map, a call does, like ${array(1, 4)}", w->event->name, w->path);
	return false;
}

static void put_node(struct writer *w, const struct node *n);

/* {"${array(1, 4)}": value} is array(value, 1, 4). */
static void put_call(struct writer *w, const struct node *n)
{
	const struct node *key = n->first->key;
	const char *name = key->text + 2, *close = expr_closing(name), *end, *open;
	size_t length;

	name += strspn(name, " ");
	length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
	open = name + length + strspn(name + length, " ");
	for (end = close; end && end > open && end[-1] == ' ';)
		end--;
	if (!length || !close || close[1] || (*open == '(' ? end[-1] != ')' : open != close)) {
		good_name(w, key);
		return;
	}
	put_piece(w, key, name, length);
	buf_char(&w->to, '(');
	put_node(w, n->first);
	if (*open == '(' && open[1 + strspn(open + 1, " ")] != ')') {
		buf_text(&w->to, ", ");
		put_piece(w, key, open + 1, (size_t)(end - open) - 2);
	}
	buf_char(&w->to, ')');
}

/* Lists and the maps in them, as json_list(...) and json_map(...). */
static void put_node(struct writer *w, const struct node *n)
{
	size_t path = strlen(w->path);
	unsigned i = 0;

	if (n->kind == NODE_SCALAR) {
		put_scalar(w, n);
		return;
	}
	if (wraps(n)) {
		put_call(w, n);
		return;
	}
	buf_text(&w->to, n->kind == NODE_LIST ? "json_list(" : "json_map(");
	node_each(in, n) {
		if (i)
			buf_text(&w->to, ", ");
		if (n->kind == NODE_MAP) {
			snprintf(w->path + path, sizeof w->path - path, ".%s", in->key->text);
			good_name(w, in->key);
			put_quoted(&w->to, in->key->text, strlen(in->key->text));
			buf_text(&w->to, ", ");
		} else {
			snprintf(w->path + path, sizeof w->path - path, ".%u", i);
		}
		put_node(w, in);
		w->path[path] = '\0';
		i++;
	}
	buf_char(&w->to, ')');
}

/* pick([a, b]): one of them. */
static void put_elements(struct writer *w, const struct node *list)
{
	size_t path = strlen(w->path);
	unsigned i = 0;

	buf_text(&w->to, "pick([");
	node_each(in, list) {
		if (i)
			buf_text(&w->to, ", ");
		snprintf(w->path + path, sizeof w->path - path, ".%u", i++);
		put_node(w, in);
		w->path[path] = '\0';
	}
	buf_text(&w->to, "])");
}

static void add_field(struct writer *w, const char *name, const struct node *n)
{
	struct event_def *ev = w->event;
	struct field_def *f;

	if (ev->n == FIELD_MOST) {
		report_add(w->d->report, n, "more than %d fields", FIELD_MOST);
		return;
	}
	w->place = name ? arena_take(w->d->arena, sizeof *w->place) : NULL;
	if (!w->place) {
		report_add(w->d->report, n, "out of memory");
		return;
	}
	*w->place = (struct place){ .node = n, .path = name };
	f = &ev->fields[ev->n++];
	*f = (struct field_def){ .name = name, .text = n->text, .plain = n->plain, .place = w->place };
	snprintf(w->path, sizeof w->path, "%s", name);
	if (n->kind == NODE_SCALAR) {
		refuse_braces(w, n);
		return;
	}
	buf_init(&w->to, EXPR_BYTES);
	(w->picks && n->kind == NODE_LIST ? put_elements : put_node)(w, n);
	f->text = arena_copy(w->d->arena, w->to.data, w->to.n);
	f->expression = true;
	if (!f->text || !buf_ok(&w->to)) {
		report_add(w->d->report, n, "this is too much for one field");
		f->text = "null";
	}
	buf_free(&w->to);
}

static void read_fields(struct writer *w, const struct node *map, const char *prefix)
{
	node_each(n, map) {
		char name[200];

		if (strlen(n->key->text) == 0 || strchr(n->key->text, '.')) {
			report_add(w->d->report, n->key, "a field needs a name without dots; nest maps instead");
			continue;
		}
		snprintf(w->path, sizeof w->path, "%s%.90s", prefix, n->key->text);
		if (!good_name(w, n->key))
			continue;
		snprintf(name, sizeof name, "%s%.90s", prefix, n->key->text);
		if (n->kind == NODE_MAP && n->n && !wraps(n)) {
			char inner[220];

			snprintf(inner, sizeof inner, "%.200s.", name);
			read_fields(w, n, inner);
			continue;
		}
		add_field(w, arena_text(w->d->arena, name), n);
	}
}

/* ---- events ---- */

static void read_event(const struct describer *d, const struct node *n, struct event_def *ev)
{
	static const char *const known[] = { "key", "fields", "line", "weight", NULL };
	struct writer w = { .d = d, .event = ev };
	const struct node *key, *fields, *line, *weight;
	struct place *place;

	if (n->kind != NODE_MAP) {
		report_add(d->report, n, "an event is a map with `fields:` or `line:`");
		return;
	}
	node_each(k, n)
		described_key(d->report, k, known, "an event");
	key = node_get(n, "key");
	fields = node_get(n, "fields");
	line = node_get(n, "line");
	weight = node_get(n, "weight");
	if (weight && (weight->kind != NODE_SCALAR || num_real(weight->text, &ev->weight, NULL) < 0 || ev->weight < 0))
		report_add(d->report, weight, "weight must be a number from 0");
	place = key ? arena_take(d->arena, sizeof *place) : NULL;
	if (key && (key->kind != NODE_SCALAR || !place)) {
		report_add(d->report, key, place ? "key must be a text" : "out of memory");
	} else if (key) {
		*place = (struct place){ .node = key, .path = "key" };
		ev->key = key->text;
		ev->key_place = place;
	}
	if ((fields != NULL) == (line != NULL) || (fields && (fields->kind != NODE_MAP || !fields->n)) || (line && line->kind != NODE_SCALAR)) {
		report_add(d->report, n, "event '%.60s' needs either `fields:`, a map, or `line:`, a text", ev->name);
		return;
	}
	ev->raw = line != NULL;
	if (line)
		add_field(&w, "line", line);
	else
		read_fields(&w, fields, "");
}

/* What compiling said about a place: right there, where a column tells. */
static void complain_of(const struct writer *w, const struct place *at, const struct err *e)
{
	const char *rest = e->text;
	unsigned column = 1;

	if (sscanf(e->text, "column %u: ", &column) == 1)
		rest = strstr(e->text, ": ") + 2;
	for (const struct piece *p = at->last; p; p = p->before)
		if (p->at < column) {
			complain(w, p->node, p->from + column - 1 - p->at, p->path ? p->path : at->path, rest);
			return;
		}
	if (at->node->kind == NODE_SCALAR && rest != e->text) {
		complain(w, at->node, column - 1, at->path, rest);
		return;
	}
	complain_at(w, at->node->line, at->node->column, at->path, rest);
}

static void complain_of_fault(void *arg, const void *place, const struct err *e)
{
	complain_of(arg, place, e);
}

/* Compiled for nothing: what is wrong is said where it stands. */
static void try_event(const struct describer *d, struct event_def *ev)
{
	struct writer w = { .d = d, .event = ev };
	struct record_faults faults = { .tell = complain_of_fault, .arg = &w };
	struct err e;

	if (ev->n && record_try(ev, d->world, "try", &faults, &e) < 0 && !faults.n)
		report_add(d->report, NULL, "event '%.60s': %s", ev->name, e.text);
}

void described_wrong(const struct describer *d, const char *owner, const void *place, const struct err *e)
{
	const struct writer w = { .d = d, .owner = owner };

	if (place)
		complain_of(&w, place, e);
	else
		report_add(d->report, NULL, "%s: %s", owner, e->text);
}

void described_value(const struct describer *d, const struct node *n, struct field_def *to)
{
	struct event_def ev = { .name = values_name, .fields = to };
	struct writer w = { .d = d, .event = &ev, .picks = true };

	add_field(&w, n->key->text, n);
}

const void *described_place(struct arena *a, const struct node *n)
{
	struct place *place = arena_take(a, sizeof *place);

	if (place)
		*place = (struct place){ .node = n, .path = n->key ? n->key->text : "" };
	return place;
}

void described_try(const struct describer *d, struct field_def *value)
{
	struct event_def ev = { .name = values_name, .fields = value, .n = 1 };

	try_event(d, &ev);
}

static struct event_def *new_event(const struct describer *d, struct event_def *ev, const char *name)
{
	*ev = (struct event_def){ .name = name, .weight = 1 };
	ev->fields = arena_take(d->arena, FIELD_MOST * sizeof *ev->fields);
	return ev->fields ? ev : NULL;
}

void described_events(const struct describer *d, const struct node *map, struct described *to)
{
	struct world world;
	const unsigned before = d->report->n;
	const struct describer whole = { .arena = d->arena, .world = &world, .report = d->report };

	if (map->kind != NODE_MAP) {
		report_add(d->report, map, "events must be a map of names");
		return;
	}
	if (map->n > EVENT_MOST) {
		report_add(d->report, map, "more than %d events", EVENT_MOST);
		return;
	}
	to->events = arena_take(d->arena, (map->n + 1) * sizeof *to->events);
	if (!to->events) {
		report_add(d->report, map, "out of memory");
		return;
	}
	node_each(n, map) {
		struct event_def *ev = new_event(d, &to->events[to->n], n->key->text);

		if (!ev) {
			report_add(d->report, n, "out of memory");
			return;
		}
		read_event(d, n, ev);
		to->n++;
	}
	/* ref() may be of any of them. */
	world = *d->world;
	world.events = to->events;
	world.event_n = to->n;
	to->read = d->report->n == before;
	for (unsigned i = 0; to->read && !d->doubtful && i < to->n; i++)
		if (!d->elsewhere || !d->elsewhere(d->arg, to->events[i].name))
			try_event(&whole, &to->events[i]);
}

void described_event(const struct describer *d, const char *name, const struct node *fields, struct described *to)
{
	struct writer w = { .d = d };

	to->events = name ? arena_take(d->arena, sizeof *to->events) : NULL;
	if (!to->events || !(w.event = new_event(d, to->events, name))) {
		report_add(d->report, fields, "out of memory");
		return;
	}
	to->n = 1;
	read_fields(&w, fields, "");
	if (d->report->n == 0)
		try_event(d, to->events);
}
