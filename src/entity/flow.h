/*
 * Flows running: launches by weight, steps, waits in the event-time queue, entities held until the flow's own end.
 *
 * A flow is suspended at `wait` and never run ahead. What it makes depends on (seed, flow, launch): adding a flow leaves the values and
 * ids of the others as they were. A step that cannot be done (a key that is taken, something unique used up) ends its flow, which is
 * counted as failed with the reason; what it held is released and the run goes on.
 */
#ifndef ENTITY_FLOW_H
#define ENTITY_FLOW_H

#include "core/module.h"
#include "entity/plan.h"

/* What a run needs at most of each. */
struct run_size {
	unsigned variables, lasts, loops, calls;
};

struct flows {
	struct plans plans;
	struct module *module;
	double *weights;                /* of the model's flows: knobs */
	const int64_t *max_active;
	int handles[EVENT_TYPES];
	uint64_t *keys;                 /* of each flow's draws */
	uint32_t *salts;                /* of each flow's ids: 10 bits, no two alike */
	uint64_t *pages;                /* of each flow: rows are numbered in pages of 1024 */
	uint64_t id_key;
	bool counted;                   /* among the users of the model */
	struct flow_run **runs, *idle;
	uint32_t run_n, run_room;
	struct run_size size;
	uint64_t active, launches, lost, lost_full;     /* lost_full: for the ceiling */
	struct action **initial;        /* of each class that this module populates, or NULL */
	unsigned populating;            /* the class whose initial population comes next */
	struct arena arena;             /* of the step */
	const struct flow_op *at;       /* the step that makes an event: for explanations; NULL: the initial population */
	const struct flow_run *doing;
	const char *created;            /* class of the initial population that makes an event */
	uint64_t row;                   /* whose draws it takes */
};

/* Plans are compiled, types declared. `wanted`: which flows of the model. `wrong`: the place of what is refused, if there is one. */
int flows_start(struct flows *f, const bool *wanted, const void **wrong, struct err *e);
int flows_launch(struct flows *f, struct err *e);       /* an arrival is due */
int flows_wake(struct flows *f, void *what, struct err *e);
void flows_near(const struct flows *f, const void *what);      /* it wakes next: the rows that it holds are fetched */
void flows_stop(struct flows *f);

#endif
