/*
 * Events of the few entities that somebody looks at: kept as text when a flow that has the entity, held or not, makes one. From when it
 * is looked at nothing of it is missed; of all others nothing is kept, and it costs one comparison an event.
 */
#ifndef ENTITY_EYE_H
#define ENTITY_EYE_H

#include "entity/plan.h"

enum { EYE_MOST = 10, EYE_ROOM = 256, EYE_TEXT = 2000 };

struct seen {
	const struct class *class;
	uint32_t id, generation;
};

struct seen_event {
	struct seen of;
	int64_t at_ns;
	uint64_t number;                /* of its module */
	const char *type;               /* of the scenario */
	uint16_t flow, step;            /* in the model; from 1 */
	char *text;                     /* JSON without an envelope; malloc'ed */
};

struct eye {
	struct seen on[EYE_MOST];
	unsigned n;
	struct seen_event ring[EYE_ROOM];
	uint64_t events;                /* ever; one is at [i % EYE_ROOM] */
	struct eye_form *forms;         /* encoders of event types */
};

void eye_free(struct eye *e);           /* what it took, not itself */
void eye_forget_types(struct eye *e);   /* a module goes, and its event types with it */
/* An event that a step of the run makes; before it is sent. Without memory the eye misses it. */
void eye_take(struct eye *e, const struct flow_run *run, const struct flow_op *op, const struct event *ev);

#endif
