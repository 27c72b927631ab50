/*
 * A compiled `${...}` text as core sees it: a function and its data. src/value makes them; core never parses text.
 *
 * A program makes the text that names a place or a key for an event: a topic, a key, a path. It is compiled for the events of one type
 * from one module to one output, so that every name in it is checked before the first of them.
 */
#ifndef CORE_PROGRAM_H
#define CORE_PROGRAM_H

#include "core/schema.h"

/* Whose events, and for what. All of it must outlive the program. */
struct program_site {
	const struct schema *schema;
	const char *module, *output, *setting;
	uint64_t seed;                          /* of the module */
	int64_t start_ns;                       /* of the module */
	const void *world;                      /* what the scenario describes (value/record.h), or NULL */
};

struct program {
	bool per_event;                         /* false: it is always the same; nothing of the event but its arena is looked at */
	/* The text lasts as long as the event. false: no memory. */
	bool (*make)(struct program *p, const struct event *ev, struct text *to);
	void (*free)(struct program *p);
};

typedef struct program *program_compiler(const char *text, const struct program_site *site, struct err *e);

#endif
