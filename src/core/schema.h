/*
 * The leaves of a kind of event, and the record while it is filled.
 *
 * A schema is a flat list of leaves. A dot in a leaf's name nests: `store.town`, `store.state` stand next to each other and
 * make {"store":{"town":..,"state":..}} in JSON and columns of the same dotted names in CSV.
 *
 * A decimal is an int64_t of units of 10^-scale: computed, compared, encoded exactly. Reals are for measurements.
 */
#ifndef CORE_SCHEMA_H
#define CORE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"

enum kind { KIND_BOOL, KIND_INT, KIND_DECIMAL, KIND_REAL, KIND_TEXT, KIND_INSTANT, KIND_JSON };    /* JSON: text that is JSON already */

enum { SCHEMA_LEAVES = 256 };

struct leaf {
	const char *name;
	enum kind kind;
	uint8_t scale;          /* decimals of a KIND_DECIMAL */
	bool nullable;
};

static inline bool leaf_is_number(const struct leaf *l)
{
	return l->kind == KIND_INT || l->kind == KIND_REAL || l->kind == KIND_DECIMAL;
}

/* What has values that can be counted: how often which. */
static inline bool leaf_is_words(const struct leaf *l)
{
	return l->kind == KIND_TEXT || l->kind == KIND_BOOL;
}

struct schema {
	const char *name;       /* the event type */
	const struct leaf *leaves;
	uint16_t leaf_n;
	bool bare;              /* somebody else's wire format: it carries no envelope of ours */
	bool sessions, flows;   /* its events belong to sessions, and are made by flows: the envelope names them */
	bool raw;               /* the record is the text of the first leaf and a newline, whatever the form */
};

#define SCHEMA(n, l) { .name = (n), .leaves = (l), .leaf_n = COUNT_OF(l) }

struct text {
	const char *at;
	uint32_t n;
};

union value {
	bool b;
	int64_t i;              /* int, decimal units, instant in ns */
	double r;
	struct text t;
};

/* One record while it is filled. It and all its texts belong to its module until it is encoded. */
struct event {
	const struct schema *schema;
	union value *values;    /* one per leaf */
	uint64_t nulls[SCHEMA_LEAVES / 64];
	struct text key;        /* n = 0: no key */
	struct text session, flow;      /* n = 0: none; written where the schema has such */
	int64_t time_ns;        /* simulated instant */
	uint64_t number;        /* of its module, from 1 */
	uint64_t id;            /* 60 bits; made into the 12 characters of sys__eid; 0: one is made when it is emitted */
	struct arena *arena;
};

static inline void event_set_int(struct event *ev, unsigned leaf, int64_t v)
{
	ev->values[leaf].i = v;
}

static inline void event_set_real(struct event *ev, unsigned leaf, double v)
{
	ev->values[leaf].r = v;
}

/* The bytes must outlive the event: a literal, a compiled table, the module's own state. */
static inline void event_set_lasting(struct event *ev, unsigned leaf, const char *at, size_t n)
{
	ev->values[leaf].t = (struct text){ .at = at, .n = (uint32_t)n };
}

static inline void event_set_null(struct event *ev, unsigned leaf)
{
	ev->nulls[leaf / 64] |= UINT64_C(1) << leaf % 64;
}

static inline bool event_null(const struct event *ev, unsigned leaf)
{
	return ev->nulls[leaf / 64] >> leaf % 64 & 1;
}

/* Copies into the event's arena. */
int event_set_text(struct event *ev, unsigned leaf, const char *text, size_t n, struct err *e);

/* 10^n, n up to 18. */
static inline int64_t schema_power10(unsigned n)
{
	static const int64_t powers[] = {
		1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
		10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
	};

	return powers[n];
}

#endif
