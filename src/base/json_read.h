/* JSON documents that people write, as nodes. */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include "base/node.h"

enum { JSON_BYTES = 1 << 20, JSON_NODES = 50000 };              /* most of a document */

/* Reads a document through cJSON, with what that lacks: places, limits, and refusals of keys that are there twice, of control
 * characters, and of numbers that JSON has not. Nodes and a copy of the text live in the arena. NULL: refused, as the report says. */
struct node *json_nodes(const char *text, size_t n, struct arena *a, struct report *r);
/* Where the byte `at` of a scalar's text stands in its `raw`, in characters. */
unsigned json_raw_column(const char *raw, size_t at);

#endif
