/* Events and parameters of a scenario. */
#include "scenario/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "scenario/flows.h"
#include "scenario/values.h"
#include "value/described.h"
#include "value/locale.h"

enum { PARAM_MOST = 100 };

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
		described_key(r, k, known, "a parameter");
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

/* A name, "NAME=WEIGHT,...", or a map of names and weights, which becomes such a text. */
static void read_locale(struct scenario *sc, struct report *r, const struct node *at)
{
	struct buf text;
	struct err e;

	buf_init(&text, 4096);
	if (at->kind == NODE_SCALAR)
		buf_text(&text, at->text);
	else if (at->kind == NODE_MAP)
		node_each(n, at)
			buf_printf(&text, "%s%.60s=%.40s", text.n ? "," : "", n->key->text, n->kind == NODE_SCALAR ? n->text : "?");
	if (!text.n || !buf_ok(&text)) {
		report_add(r, at, "locale must be a name like de_DE, or a map of names and weights like {en_US: 0.7, de_DE: 0.3}");
	} else if (locales_check(text.data, &e) < 0) {
		report_add(r, at, "%s", e.text);
	} else {
		sc->world.locale = arena_text(&sc->arena, text.data);
		if (!sc->world.locale)
			report_add(r, at, "out of memory");
	}
	buf_free(&text);
}

/* Flows know more names: what they make is tried with them. */
static bool elsewhere(void *arg, const char *event)
{
	return flows_make(arg, event);
}

void events_read(struct scenario *sc, struct engine *en, struct report *r, const struct node *root)
{
	struct described found = { .read = true };
	unsigned before = r->n;
	const struct node *n;
	bool sound;

	sc->world.locale = "en_US";
	if ((n = node_get(root, "locale")))
		read_locale(sc, r, n);
	engine_describe(en, &sc->world);
	if ((n = node_get(root, "params")))
		read_params(sc, en, r, n);
	values_read(sc, r, root);
	sound = r->n == before;
	if ((n = node_get(root, "events"))) {
		struct describer d = { .arena = &sc->arena, .world = &sc->world, .report = r, .elsewhere = elsewhere,
				       .arg = (void *)(uintptr_t)root, .doubtful = !sound };

		sc->events = n;
		found.read = false;
		described_events(&d, n, &found);
		sc->world.events = found.events;
		sc->world.event_n = found.n;
	}
	if (sound && found.read)
		flows_read(sc, r, root);
}

void events_free(struct scenario *sc)
{
	flows_free(sc);         /* the rest lives in the scenario's arena */
}
