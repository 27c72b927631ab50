/* Entities and flows as a scenario describes them, up to the check of all names and types. */
#include "scenario/flows.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "entity/plan.h"
#include "scenario/steps.h"

/* ---- events that flows make ---- */

static bool emits(const struct node *n, const char *event)
{
	const struct node *emit = n->kind == NODE_MAP ? node_get(n, "emit") : NULL;

	if (emit && emit->kind == NODE_SCALAR && strcmp(emit->text, event) == 0)
		return true;
	if (n->kind != NODE_SCALAR)
		node_each(in, n)
			if (emits(in, event))
				return true;
	return false;
}

bool flows_make(const struct node *root, const char *event)
{
	const struct node *flows = node_get(root, "flows"), *entities = node_get(root, "entities");

	if (flows && emits(flows, event))
		return true;
	if (entities && entities->kind == NODE_MAP)
		node_each(n, entities) {
			const struct node *by = n->kind == NODE_MAP && node_get(n, "initial") ? node_get(n, "created_by") : NULL;

			if (by && by->kind == NODE_SCALAR && strcmp(by->text, event) == 0)
				return true;
		}
	return false;
}

/* ---- entities ---- */

static bool read_flag(struct report *r, const struct node *n, bool *to)
{
	if (n->kind == NODE_SCALAR && (strcmp(n->text, "true") == 0 || strcmp(n->text, "false") == 0)) {
		*to = *n->text == 't';
		return true;
	}
	report_add(r, n, "%s must be true or false", n->key->text);
	return false;
}

static void read_count(struct report *r, const struct node *n, int64_t most, uint64_t *to)
{
	struct err e;
	int64_t v = 0;

	if (n->kind != NODE_SCALAR || num_int(n->text, &v, &e) < 0 || v < 0 || v > most)
		report_add(r, n, "%s must be a whole number from 0 to %lld", n->key->text, (long long)most);
	else
		*to = (uint64_t)v;
}

static bool has_field(const struct event_def *ev, const char *name)
{
	for (unsigned i = 0; i < ev->n; i++)
		if (strcmp(ev->fields[i].name, name) == 0)
			return true;
	return false;
}

static void need_field(struct report *r, const struct class_def *c, const struct node *n, const char *what)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, n->text);
	for (unsigned i = 0; i < c->event->n; i++)
		suggest_try(&s, c->event->fields[i].name);
	if (!has_field(c->event, n->text))
		report_add(r, n, "%s '%.60s' is no field of the event '%s' that creates a %s%s", what, n->text, c->event->name, c->name,
			   suggest_text(&s, hint, sizeof hint));
}

/* {from: email}, {default: 0, type: int}, or a default. */
static void read_state(const struct reading *rd, const struct node *n, const struct class_def *c, struct state_def *s)
{
	static const char *const known[] = { "from", "default", "type", NULL }, *const types[] = { "text", "int", "real", "bool", "instant", "duration", NULL };
	const struct node *from, *type, *def = n;
	unsigned i = 0;

	*s = (struct state_def){ .name = n->key->text, .place = described_place(rd->d.arena, n) };
	if (strchr(s->name, '.') || !*s->name || strcmp(s->name, "available") == 0 || strcmp(s->name, c->key) == 0)
		report_add(rd->d.report, n->key, "a state field needs a name without dots that is neither `available` nor the key");
	if (n->kind == NODE_MAP) {
		node_each(k, n)
			described_key(rd->d.report, k, known, "a state field");
		from = node_get(n, "from");
		type = node_get(n, "type");
		def = node_get(n, "default");
		if (from && (from->kind != NODE_SCALAR || def)) {
			report_add(rd->d.report, from, "a state field has either `from:`, a field of the event, or `default:`");
		} else if (from) {
			s->from = from->text;
			need_field(rd->d.report, c, from, "from:");
		}
		while (type && type->kind == NODE_SCALAR && types[i] && strcmp(types[i], type->text) != 0)
			i++;
		if (type && (type->kind != NODE_SCALAR || !types[i]))
			report_add(rd->d.report, type, "type must be text, int, real, bool, instant or duration");
		else if (type)
			s->type = type->text;
	}
	if (s->from)
		return;
	if (def) {
		described_value(&rd->d, def, &s->init);
		return;
	}
	s->init = (struct field_def){ .name = s->name, .text = "null", .plain = true, .place = s->place };
}

static void read_states(const struct reading *rd, const struct node *map, struct class_def *c)
{
	if (map->kind != NODE_MAP || map->n > STATE_MOST) {
		report_add(rd->d.report, map, "state must be a map of at most %d fields", STATE_MOST);
		return;
	}
	c->states = arena_take(rd->d.arena, (map->n + 1) * sizeof *c->states);
	if (!c->states)
		return;
	node_each(n, map)
		read_state(rd, n, c, &c->states[c->n++]);
}

static void read_options(const struct reading *rd, const struct node *map, struct class_def *c)
{
	const struct node *n;
	uint64_t history = 20;

	if ((n = node_get(map, "initial")))
		read_count(rd->d.report, n, 100000000, &c->initial);
	if ((n = node_get(map, "keep")))
		read_count(rd->d.report, n, 100000000, &c->keep);
	if ((n = node_get(map, "history")))
		read_count(rd->d.report, n, 10000, &history);
	if ((n = node_get(map, "announce")))
		read_flag(rd->d.report, n, &c->announce);
	c->history = (unsigned)history;
	if (c->keep && c->initial > c->keep)
		report_add(rd->d.report, node_get(map, "keep"), "'%.60s' begins with %llu and keeps %llu", c->name, (unsigned long long)c->initial, (unsigned long long)c->keep);
}

static void read_class(const struct reading *rd, const struct node *map, struct class_def *c)
{
	static const char *const known[] = { "key", "created_by", "initial", "announce", "keep", "history", "bar", "state", NULL };
	const struct node *key, *by, *states, *bar;
	struct err e;
	bool found = false;

	if (map->kind != NODE_MAP) {
		report_add(rd->d.report, map, "an entity is a map with `key:` and `created_by:`");
		return;
	}
	node_each(n, map)
		described_key(rd->d.report, n, known, "an entity");
	key = node_get(map, "key");
	by = node_get(map, "created_by");
	states = node_get(map, "state");
	bar = node_get(map, "bar");
	if (!by || by->kind != NODE_SCALAR || !(c->event = world_event(rd->d.world, by->text, &e))) {
		report_add(rd->d.report, by ? by : map->key, "%s", by && by->kind == NODE_SCALAR ? e.text : "an entity needs `created_by:`, an event");
		return;
	}
	c->created_by = by->text;
	if (!key || key->kind != NODE_SCALAR) {
		report_add(rd->d.report, key ? key : map->key, "an entity needs `key:`, a field of '%s'", by->text);
		return;
	}
	c->key = key->text;
	c->key_place = described_place(rd->d.arena, key);
	need_field(rd->d.report, c, key, "key:");
	if (c->event->raw)
		report_add(rd->d.report, by, "'%s' is a line of text; an entity needs an event with fields", by->text);
	read_options(rd, map, c);
	if (states)
		read_states(rd, states, c);
	for (unsigned i = 0; bar && bar->kind == NODE_SCALAR && i < c->n; i++)
		found |= strcmp(c->states[i].name, bar->text) == 0;
	if (bar && !found)
		report_add(rd->d.report, bar, "bar must be a field of the state");
	else if (bar)
		c->bar = bar->text;
}

static bool read_classes(const struct reading *rd, const struct node *map)
{
	struct model *m = rd->model;
	unsigned before = rd->d.report->n;

	if (map->kind != NODE_MAP || map->n > CLASS_MOST) {
		report_add(rd->d.report, map, "entities must be a map of at most %d names", CLASS_MOST);
		return false;
	}
	m->classes = arena_take(rd->d.arena, (map->n + 1) * sizeof *m->classes);
	if (!m->classes)
		return false;
	node_each(n, map) {
		struct class_def *c = &m->classes[m->class_n++];

		*c = (struct class_def){ .name = n->key->text, .announce = true, .history = 20, .place = described_place(rd->d.arena, n) };
		if (!good_name(c->name) || strcmp(c->name, "last") == 0)
			report_add(rd->d.report, n->key, "'%.60s' is no name of an entity: letters, digits and _", c->name);
		read_class(rd, n, c);
	}
	return rd->d.report->n == before;
}

/* ---- flows ---- */

static void read_flow(struct reading *rd, const struct node *map, struct flow_def *f)
{
	static const char *const known[] = { "weight", "select", "steps", NULL };
	const struct node *weight, *entry, *steps;
	struct err e;

	if (map->kind != NODE_MAP) {
		report_add(rd->d.report, map, "a flow is a map with `steps:`");
		return;
	}
	node_each(n, map)
		described_key(rd->d.report, n, known, "a flow");
	weight = node_get(map, "weight");
	entry = node_get(map, "select");
	steps = node_get(map, "steps");
	if (weight && (weight->kind != NODE_SCALAR || num_real(weight->text, &f->weight, &e) < 0 || !(f->weight >= 0) || f->weight > 1e9))
		report_add(rd->d.report, weight, "weight must be a number from 0");
	if (entry)
		f->selects = steps_selection(rd, entry, true, &f->select_n);
	if (!steps || steps->kind != NODE_LIST || !steps->n) {
		report_add(rd->d.report, steps ? steps : map->key, "flow '%.60s' needs `steps:`, a list", f->name);
		return;
	}
	rd->numbered = 0;
	rd->depth = 0;
	f->steps = steps_read(rd, steps, &f->n);
	f->step_n = rd->numbered;
}

static void read_flows(struct reading *rd, const struct node *map)
{
	struct model *m = rd->model;

	if (map->kind != NODE_MAP || map->n > FLOW_MOST) {
		report_add(rd->d.report, map, "flows must be a map of at most %d names", FLOW_MOST);
		return;
	}
	m->flows = arena_take(rd->d.arena, (map->n + 1) * sizeof *m->flows);
	if (!m->flows)
		return;
	node_each(n, map) {
		struct flow_def *f = &m->flows[m->flow_n++];

		*f = (struct flow_def){ .name = n->key->text, .weight = 1, .place = described_place(rd->d.arena, n) };
		if (!good_name(f->name))
			report_add(rd->d.report, n->key, "'%.60s' is no name of a flow: letters, digits and _", f->name);
		read_flow(rd, n, f);
	}
}

static bool calls(const struct step_def *s, unsigned n, const char *flow)
{
	for (unsigned i = 0; i < n; i++) {
		if (s[i].kind == STEP_CALL && s[i].name && strcmp(s[i].name, flow) == 0)
			return true;
		for (unsigned k = 0; k < s[i].arm_n; k++)
			if (calls(s[i].arms[k].steps, s[i].arms[k].n, flow))
				return true;
	}
	return false;
}

static void find_parts(struct model *m)
{
	for (unsigned i = 0; i < m->flow_n; i++)
		for (unsigned k = 0; k < m->flow_n && m->flows[i].weight == 0; k++)
			m->flows[i].part |= k != i && calls(m->flows[k].steps, m->flows[k].n, m->flows[i].name);
}

static void wrong(void *arg, const char *owner, const void *place, const struct err *e)
{
	described_wrong(arg, owner, place, e);
}

void flows_read(struct scenario *sc, struct report *r, const struct node *root)
{
	const struct node *entities = node_get(root, "entities"), *flows = node_get(root, "flows");
	struct reading rd = { .d = { .arena = &sc->arena, .world = &sc->world, .report = r } };
	unsigned before = r->n;
	struct err e;

	if (!entities && !flows)
		return;
	sc->world.model = rd.model = arena_take(&sc->arena, sizeof *rd.model);
	if (!rd.model) {
		report_add(r, root, "out of memory");
		return;
	}
	sc->entities = entities;
	sc->flows = flows;
	if (entities && !read_classes(&rd, entities))
		return;
	if (flows)
		read_flows(&rd, flows);
	find_parts(rd.model);
	if (r->n == before && model_check(rd.model, &sc->world, wrong, &rd.d, &e) < 0 && r->n == before)
		report_add(r, root, "%s", e.text);
}

void flows_free(struct scenario *sc)
{
	if (sc->world.model)
		store_free(sc->world.model->store);
	sc->world.model = NULL;
}
