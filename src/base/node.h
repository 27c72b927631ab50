/*
 * What a document says, with a place: kind, text, line and column (from 1) of every piece; and a report of what is wrong with it.
 *
 * Readers make nodes: scenario/node of YAML, base/json_read of JSON. Every scalar stays text; whoever owns the value reads it by its own
 * rules.
 */
#ifndef BASE_NODE_H
#define BASE_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

enum { NODE_DEPTH = 64 };      /* of any document */

struct node {
	enum node_kind kind;
	const char *text;               /* of a scalar, NUL-terminated */
	bool plain;                     /* written without quotes */
	unsigned line, column;
	const char *raw;                /* the scalar as it is written, where that is known: without its quotes, with escapes */
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
/* The first complaint by place, as "FILE:LINE:COLUMN: TEXT" and how many more there are. -1, as err_set(). */
int report_err(const struct report *r, struct err *e);
void report_add_at(struct report *r, unsigned line, unsigned column, const char *text);

/* Behind the last of a list or map. */
void node_append(struct node *parent, struct node *n);
/* The value of a key in a map, or NULL. */
const struct node *node_get(const struct node *map, const char *key);

#define node_each(n, of) for (const struct node *n = (of)->first; n; n = n->next)

#endif
