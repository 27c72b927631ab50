/*
 * What people write about events, as definitions: `events:` of a scenario, or of a JSON template.
 *
 *   fields: {id: "${uuid4}", customer: {name: "${name}"}, tags: [a, "${word}"]}
 *
 * A map in a map nests names; a list, and the maps in it, are one field. A map whose only key is a call stands for that call with
 * the map's value as its first argument: {"${array(1, 4)}": {"sku": "${sku}"}} are one to four objects, each drawn anew.
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
	bool doubtful;                  /* names they may use are wrong: events are read, and not tried */
	/* Events that are tried by somebody else, who knows more names; NULL: none. */
	bool (*elsewhere)(void *arg, const char *event);
	void *arg;
};

struct described {
	struct event_def *events;
	unsigned n;
	bool read;                      /* all of them; expressions in them may be wrong */
};

/* A map of events. They are tried, too, so that what is wrong is said where it stands. */
void described_events(const struct describer *d, const struct node *map, struct described *to);
/* One event, of a map of fields. */
void described_event(const struct describer *d, const char *name, const struct node *fields, struct described *to);
/* A value of a scenario's own: an expression or a text with some, or a list, of which it is one element. It is tried as well, by
 * described_try(), when all are there. */
void described_value(const struct describer *d, const struct node *n, struct field_def *to);
/* What compiling said, with the place of a field, key or described_place(), or NULL; `owner`: "flow 'checkout', step 2". */
void described_wrong(const struct describer *d, const char *owner, const void *place, const struct err *e);
/* Where something stands that was put together otherwise. */
const void *described_place(struct arena *a, const struct node *n);
void described_try(const struct describer *d, struct field_def *value);
/* A key of a description; refuses one that is none of those known (NULL at the end). */
bool described_key(struct report *r, const struct node *n, const char *const *known, const char *where);

#endif
