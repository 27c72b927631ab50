/*
 * A compiled `${...}` text as core sees it: a function and its data. src/value makes them; core never parses text.
 *
 * A program writes text for an event: a topic, a key, a path. What it depends on says how often it must be run.
 */
#ifndef CORE_PROGRAM_H
#define CORE_PROGRAM_H

#include "base/buf.h"
#include "core/schema.h"

enum program_needs { PROGRAM_CONSTANT, PROGRAM_TYPE, PROGRAM_EVENT };  /* nothing; module and event type; the event */

struct program {
	enum program_needs needs;
	/* Appends the text; ev->values may be NULL unless needs is PROGRAM_EVENT. */
	void (*put)(const struct program *p, const struct event *ev, const char *module, struct buf *to);
	/* Refuses a schema that lacks a name the program uses. */
	int (*fits)(const struct program *p, const struct schema *s, struct err *e);
	void (*free)(struct program *p);
};

typedef struct program *program_compiler(const char *text, struct err *e);

#endif
