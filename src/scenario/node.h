/*
 * YAML to nodes with a place: kind, text, line and column (from 1) of every piece.
 *
 * Stricter than YAML: one document, no tags, no `<<`, no duplicate keys, keys are texts; aliases share their node. Limits keep
 * hostile files cheap: bytes, nodes, depth. Every scalar stays text; whoever owns the value reads it by its own rules. `yes`, `010`
 * and the like, which other readers turn into something else, are refused where they stand plain.
 */
#ifndef SCENARIO_NODE_H
#define SCENARIO_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

enum { NODE_BYTES = 16 * 1024 * 1024, NODE_DEPTH = 64, NODE_MOST = 1000000 };

struct node {
	enum node_kind kind;
	const char *text;               /* of a scalar, NUL-terminated */
	bool plain;                     /* written without quotes */
	unsigned line, column;
	struct node *next;              /* in its list or map */
	struct node *first, *last;      /* elements of a list, values of a map */
	struct node *key;               /* of a value in a map */
	unsigned n;
};

/* Refusals of one file, in order. */
struct report {
	struct arena arena;
	const char *file;               /* as named by the user, for messages */
	struct complaint {
		struct complaint *next;
		unsigned line, column;
		const char *text;
	} *first, *last;
	unsigned n;
};

enum { REPORT_MOST = 100 };

void report_init(struct report *r, const char *file);
void report_free(struct report *r);
void report_add(struct report *r, const struct node *at, const char *format, ...) ATTR_PRINTF(3, 4);
void report_add_at(struct report *r, unsigned line, unsigned column, const char *text);

/* Reads a text of n bytes; nodes live in the arena. NULL: refused, and the report says where. */
struct node *node_parse(const char *text, size_t n, struct arena *a, struct report *r);
/* The value of a key in a map, or NULL. */
const struct node *node_get(const struct node *map, const char *key);

#define node_each(n, of) for (const struct node *n = (of)->first; n; n = n->next)

#endif
