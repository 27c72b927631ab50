/*
 * What people write about events, as definitions: `events:` of a scenario, a JSON template, a list of fields. One place reads all.
 *
 *   fields: {id: "${uuid4}", customer: {name: "${name}"}, tags: [a, "${word}"]}
 *
 * A map in a map nests names; a list, and the maps in it, are one field. A map whose only key is a call stands for that call with
 * the map's value as its first argument: {"${array(1, 4)}": {"sku": "${sku}"}} are one to four objects, each drawn anew.
 *
 * A JSON template is either the fields of one event, which is named like the file, or {"events": {NAME: {"fields": {...}}}} as a
 * scenario has it.
 */
#ifndef VALUE_DESCRIBED_H
#define VALUE_DESCRIBED_H

#include "base/node.h"
#include "value/record.h"

/* Where definitions go, what expressions see, and what is wrong. */
struct describer {
	struct arena *arena;
	const struct world *world;
	struct report *report;
};

struct described {
	struct event_def *events;
	unsigned n;
};

/* A map of events. They are tried, too, so that what is wrong is said where it stands. */
void described_events(const struct describer *d, const struct node *map, struct described *to);
/* A JSON template, from a file or as a text that came from there; `path` names it in the report's complaints, too. -1: refused, and the report says why. */
int described_file(const struct describer *d, const char *path, struct described *to);
int described_text(const struct describer *d, const char *text, size_t n, const char *path, struct described *to);
/* Fields as "id=uuid4, name, qty=random_int(1, 9)": expressions, of which a value's name names the field, too. An error's text begins
 * with "column N: ". */
int described_list(const char *text, const struct world *w, struct arena *a, struct event_def *to, struct err *e);
/* A key of a description; refuses one that is none of those known (NULL at the end). */
bool described_key(struct report *r, const struct node *n, const char *const *known, const char *where);

#endif
