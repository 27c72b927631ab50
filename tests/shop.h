/* A class of entities without a scenario: eight fields of all kinds, and lists of those that match a condition. */
#ifndef TESTS_SHOP_H
#define TESTS_SHOP_H

#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entity/condition.h"

enum { ORDERS = 1, SPENT, NAME, PLAN, ACTIVE, LAST, PRICE, FIELDS };

#define DAY INT64_C(86400000000000)
#define START INT64_C(1704067200000000000)

static double mean = 5;
static struct world_param params[] = { { "mean", &mean } };
static const struct world world = { .params = params, .param_n = 1, .locale = "en_US" };

static struct state_def states[] = {
	{ .name = "orders" }, { .name = "spent" }, { .name = "name" }, { .name = "plan" }, { .name = "active" }, { .name = "last" }, { .name = "price" },
};

/* Rows have places for as many lists as the flows have selections. */
enum { LISTS = 16 };

struct shop {
	struct class_def def;
	struct select_def selects[LISTS];
	struct flow_def flow;
	struct model model;
	struct store *store;
	struct class *class;
};

static inline void open_shop(struct shop *s, uint64_t keep, unsigned history)
{
	static const enum type types[FIELDS] = { TYPE_TEXT, TYPE_INT, TYPE_REAL, TYPE_TEXT, TYPE_TEXT, TYPE_BOOL, TYPE_INSTANT, TYPE_DECIMAL };
	struct err e;

	s->def = (struct class_def){ .name = "user", .key = "id", .keep = keep, .history = history, .bar = "plan", .states = states, .n = FIELDS - 1 };
	for (unsigned i = 0; i < LISTS; i++)
		s->selects[i].class = &s->def;
	s->flow = (struct flow_def){ .name = "flow", .selects = s->selects, .select_n = LISTS };
	s->model = (struct model){ .classes = &s->def, .class_n = 1, .flows = &s->flow, .flow_n = 1 };
	s->store = store_new(&s->model, &e);
	assert_non_null(s->store);
	s->class = store_class(s->store, &s->def);
	for (unsigned i = 0; i < FIELDS; i++)
		s->class->fields[i].type = types[i];
	s->class->fields[PRICE].scale = 2;
	class_lay_out(s->class);
	s->store->now_ns = START;
	s->store->world = &world;
}

static inline void close_shop(struct shop *s)
{
	store_free(s->store);
}

static inline union value text_of(const char *s)
{
	return (union value){ .t = { s, (uint32_t)strlen(s) } };
}

static inline struct matching *list_of(struct class *c, const char *text, bool available)
{
	struct where w;
	struct matching *m;
	struct err e;

	if (where_compile(&w, text, c, &world, NULL, &e) < 0)
		fail_msg("%s: %s", text, e.text);
	assert_true(!w.rest && w.join < 0);
	m = class_matching(c, w.list, available || w.available, &e);
	assert_non_null(m);
	w.list = NULL;
	where_free(&w);
	return m;
}

#endif
