/* What the files that run flows share. */
#ifndef ENTITY_FLOW_INSIDE_H
#define ENTITY_FLOW_INSIDE_H

#include "entity/flow.h"

enum outcome { RUN_COMPLETED, RUN_STOPPED, RUN_DROPPED, RUN_FAILED, RUN_LOST };

/* flow_choose.c: one of those that a choice is among, or NOBODY. */
uint32_t flow_choose(struct flows *f, const struct choice *c, const struct flow_run *run, uint64_t draw);
/* Could there be one? Cheap, and true when only trying tells. */
bool flow_could_choose(struct flows *f, const struct plan *p, const struct choice *c);

/* flow_act.c: makes the event and changes of a step. */
int flow_act(struct flows *f, struct flow_run *run, const struct flow_op *op, struct err *e);
int flow_populate(struct flows *f, struct err *e);             /* the next entities of the initial population */
/* The value of a wait, an if, a loop. */
const struct held *flow_value(struct flows *f, struct flow_run *run, const struct flow_op *op, struct err *e);
int64_t flow_held_int(const struct source *s, const struct held *h);

/* flow.c */
uint64_t flow_row(struct flows *f, struct flow_run *run);      /* the next row's number; unique in its flow */
void flow_hold(struct flows *f, struct flow_run *run, unsigned variable, uint32_t id, bool lock);
static inline struct class *flow_class(const struct flow_run *run, unsigned variable)
{
	return run->plan->variables[variable].class;
}

#endif
