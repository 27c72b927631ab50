/*
 * What a scenario says about entities and flows, as declared: texts with their places, nothing compiled.
 *
 * It belongs to the scenario that read it and lives as long. The names of classes, fields, flows and events are checked by the reader
 * (scenario/flows.h); types and expressions are checked when a module of flows is compiled (entity/flow.h).
 *
 * This folder, from below: `text` keeps texts of state; `store` has the entities of each class, who holds them, and lists of those that
 * match a condition; `condition` compiles a `where`; `history` remembers what changed, when and why; `plan` compiles the steps of flows;
 * `flow` runs them.
 */
#ifndef ENTITY_MODEL_H
#define ENTITY_MODEL_H

#include "value/record.h"

enum {
	CLASS_MOST = 64,                /* classes of a scenario */
	STATE_MOST = 60,                /* fields of a class */
	FLOW_MOST = 64,
	STEP_MOST = 500,                /* of a flow, with those in branches */
	VARIABLE_MOST = 16,             /* entities that a flow has names for */
	STEP_DEPTH = 16,                /* branches in branches */
};

/* A field of an entity's state: `orders: 0`, or `email: {from: email}`. */
struct state_def {
	const char *name;
	struct field_def init;          /* its default, when from is NULL */
	const char *from;               /* a field of the event that creates it */
	const char *type;               /* "text", "int", "real", "bool", "instant", or NULL: as the default or the event says */
	const void *place;
};

struct class_def {
	const char *name, *key, *created_by;
	const struct event_def *event;  /* of that name */
	uint64_t initial;               /* there at the start */
	bool announce;                  /* and their event is sent */
	uint64_t keep;                  /* the oldest available one goes when there are more; 0: all stay */
	unsigned history;               /* versions of each that can be looked back to */
	const char *bar;                /* the field whose values are counted for the eye, or NULL: one is chosen */
	struct state_def *states;
	unsigned n;
	const void *place, *key_place;
};

struct select_def {
	const char *name;               /* of the variable: `user`, or `buyer` in {buyer: {entity: user}} */
	const struct class_def *class;
	const char *where;              /* NULL: any */
	const char *order;              /* a field: the first by it, instead of any; NULL */
	bool descending;
	bool lock;
	const void *place, *where_place, *order_place;
};

/* `set` and `add`: user.orders and an expression. */
struct change_def {
	const char *variable, *field;
	struct field_def value;
	bool add;
	const void *place, *key_place;  /* of the value; of the name */
};

enum step_kind { STEP_EVENT, STEP_SELECT, STEP_WAIT, STEP_BRANCH, STEP_IF, STEP_REPEAT, STEP_CALL, STEP_RETIRE, STEP_STOP };

struct step_def;

struct arm_def {
	double share;                   /* of a branch, 0..1 */
	struct step_def *steps;
	unsigned n;
};

/* What a step does depends on its kind; an event step has an event, or changes, or both. */
struct step_def {
	enum step_kind kind;
	unsigned number;                /* in its flow as it is written, from 1 */
	const struct event_def *event;  /* NULL: changes alone */
	struct field_def *with;         /* instead of the event's own */
	unsigned with_n;
	const char *create;             /* a variable, or NULL */
	const struct class_def *created;
	struct change_def *changes;
	unsigned change_n;
	struct select_def *selects;     /* of a selection */
	unsigned select_n;
	bool else_goes_on;              /* nothing matches: on with the next step; otherwise `arms[0]`, if there is one, and the end */
	struct field_def value;         /* wait: how long; if: the condition; repeat: how often */
	double drop;                    /* of a wait: how many end there, 0..1 */
	const char *name;               /* call: the flow; retire: the variable */
	struct arm_def *arms;           /* branch; if: then and else; repeat: its body */
	unsigned arm_n;
	const void *place;
};

struct flow_def {
	const char *name;
	double weight;
	struct select_def *selects;     /* nothing matches: it is not launched */
	unsigned select_n;
	struct step_def *steps;
	unsigned n, step_n;             /* step_n: with those in branches; their numbers are 1 .. step_n */
	bool part;                      /* of weight 0 and called by others: it uses what they have, and is not launched by itself */
	const void *place;
};

/* All of it; what struct world calls its model. */
struct model {
	struct class_def *classes;
	unsigned class_n;
	struct flow_def *flows;
	unsigned flow_n;
	struct store *store;            /* made when the first module of flows starts; shared by all of them */
	unsigned users;                 /* modules that have it */
};

const struct class_def *model_class(const struct model *m, const char *name, struct err *e);
const struct flow_def *model_flow(const struct model *m, const char *name, struct err *e);

#endif
