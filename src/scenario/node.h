/*
 * YAML to nodes.
 *
 * Stricter than YAML: one document, no tags, no `<<`, no duplicate keys, keys are texts; aliases share their node. Limits keep
 * hostile files cheap: bytes, nodes, depth. `yes`, `010` and the like, which other readers turn into something else, are refused
 * where they stand plain.
 */
#ifndef SCENARIO_NODE_H
#define SCENARIO_NODE_H

#include "base/node.h"

enum { NODE_BYTES = 16 * 1024 * 1024, NODE_MOST = 1000000 };

/* Reads a text of n bytes; nodes live in the arena. NULL: refused, and the report says where. */
struct node *node_parse(const char *text, size_t n, struct arena *a, struct report *r);

#endif
