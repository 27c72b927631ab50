/* A scenario with entities and flows, run without a loop: its lines, its accounts, and what must hold at any time. */
#ifndef TESTS_TOWN_H
#define TESTS_TOWN_H

#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"
#include "entity/flow.h"
#include "generators/table.h"
#include "scenario/load.h"

#define SECOND INT64_C(1000000000)
#define TOWN_START INT64_C(1704067200000)       /* 2024-01-01, in ms */

struct town {
	struct fake f;
	struct scenario sc;
};

static const struct output_class *const town_outputs[] = { &fake_output_a, NULL };
static const struct catalogue town_catalogue = { .generators = generator_table, .outputs = town_outputs, .compile = setting_compile };

static inline void town_open(struct town *t, const char *text)
{
	fake_scenario(&t->f, &t->sc, &town_catalogue, text);
}

static inline void town_close(struct town *t)
{
	fake_end(&t->f);
	scenario_free(&t->sc);
}

static inline void town_run(struct town *t, const char *text)
{
	town_open(t, text);
	fake_finish(&t->f);
	if (engine_failed(t->f.engine))
		fail_msg("the run failed: %s", t->f.engine->slots[0]->why.text);
}

/* The first thing in the state of a module of flows. */
static inline struct flows *town_flows(const struct town *t)
{
	return t->f.engine->slots[0]->pub.state;
}

static inline const struct plan *town_plan(const struct town *t, const char *flow)
{
	const struct flows *f = town_flows(t);

	for (unsigned i = 0; i < f->plans.model->flow_n; i++)
		if (strcmp(f->plans.model->flows[i].name, flow) == 0)
			return f->plans.plans[i];
	fail_msg("no flow %s", flow);
	return NULL;
}

static inline struct class *town_class(const struct town *t, const char *name)
{
	const struct store *s = town_flows(t)->plans.store;

	for (unsigned i = 0; i < s->class_n; i++)
		if (strcmp(s->classes[i].def->name, name) == 0)
			return &s->classes[i];
	fail_msg("no class %s", name);
	return NULL;
}

/* Flows that wait or go on hold what they hold, and nobody else holds anything. */
static inline void town_check(const struct town *t)
{
	const struct flows *f = town_flows(t);
	const struct store *s = f->plans.store;
	uint64_t active = 0;

	for (uint32_t i = 0; i < f->run_n; i++) {
		const struct flow_run *run = f->runs[i];

		active += run->active;
		for (unsigned v = 0; run->active && v < run->plan->variable_n; v++) {
			const struct class *c = run->plan->variables[v].class;
			const struct ref *r = &run->variables[v];

			if (run->held >> v & 1 && entity_is(c, r->id, r->generation))
				assert_int_equal(entity_at(c, r->id)->holder, run->number + 1);
		}
	}
	assert_int_equal(active, f->active);
	for (unsigned i = 0; i < s->class_n; i++) {
		const struct class *c = &s->classes[i];
		uint64_t live = 0, busy = 0;

		for (uint32_t id = 0; id < c->ids; id++) {
			uint32_t holder = entity_at(c, id)->holder;
			bool held = false;

			if (holder == HELD_DEAD)
				continue;
			live++;
			if (holder == HELD_BY_NONE)
				continue;
			busy++;
			for (uint32_t k = 0; k < f->run_n; k++) {
				const struct flow_run *run = f->runs[k];

				for (unsigned v = 0; run->active && run->number + 1 == holder && v < run->plan->variable_n; v++)
					held |= run->plan->variables[v].class == c && run->held >> v & 1 && run->variables[v].id == id;
			}
			if (!held)
				fail_msg("a %s is held by nobody", c->def->name);
		}
		assert_int_equal(live, c->live);
		assert_int_equal(busy, c->busy);
		assert_int_equal(c->created - c->retired, c->live);
	}
	for (unsigned i = 0; i < f->plans.model->flow_n; i++) {
		const struct plan *p = f->plans.plans[i];

		if (p)
			assert_int_equal(p->launched, p->completed + p->dropped + p->stopped + p->failed + p->active);
	}
}

/* ---- lines ---- */

struct line {
	int64_t ms;
	const char *at;
	unsigned n;
};

struct lines {
	struct line *at;
	unsigned n;
};

static inline struct lines town_lines(const struct town *t)
{
	(void)t;
	struct lines l = { .at = calloc(fake_lines(&fake_a) + 1, sizeof *l.at) };

	for (const char *s = fake_a.got.data, *end; (end = strchr(s, '\n')); s = end + 1) {
		const char *ets = strstr(s, "\"sys__ets\":");

		l.at[l.n++] = (struct line){ ets ? strtoll(ets + 11, NULL, 10) : 0, s, (unsigned)(end - s) };
	}
	return l;
}

/* A field's text as JSON has it, without quotes; NULL: there is none. Good until the fourth call after it. */
static inline const char *line_field(const struct line *l, const char *name)
{
	static char four[4][600];
	static unsigned turn;
	char quoted[80], *to = four[turn++ % 4];
	const char *at;
	size_t n;

	snprintf(quoted, sizeof quoted, "\"%s\":", name);
	at = memmem(l->at, l->n, quoted, strlen(quoted));
	if (!at)
		return NULL;
	at += strlen(quoted);
	n = *at == '"' ? strcspn(++at, "\"") : strcspn(at, ",}");
	snprintf(to, sizeof four[0], "%.*s", (int)n, at);
	return to;
}

static inline bool line_is(const struct line *l, const char *name, const char *value)
{
	const char *is = line_field(l, name);

	return is && strcmp(is, value) == 0;
}

static inline int64_t line_int(const struct line *l, const char *name)
{
	const char *is = line_field(l, name);

	if (!is)
		fail_msg("no %s in %.*s", name, (int)l->n, l->at);
	return strtoll(is, NULL, 10);
}

static inline unsigned lines_of(const struct lines *l, const char *type)
{
	unsigned n = 0;

	for (unsigned i = 0; i < l->n; i++)
		n += line_is(&l->at[i], "event_type", type);
	return n;
}

#endif
