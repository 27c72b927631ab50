/*
 * Flows compiled: each a flat list of operations over entities that it has names for (variables).
 *
 * Types are known here: a state field has the type of its default, of the event's field that it copies, or, with the default null, of
 * what flows first set it to. What a name means depends on the place in the flow: `user.orders` once a user was selected or created,
 * `last.total` once an event was made that has a total. Refusals name the flow and step, with the place of the expression.
 */
#ifndef ENTITY_PLAN_H
#define ENTITY_PLAN_H

#include "entity/condition.h"

enum { LAST_MOST = 32, LOOP_MOST = 8, CALL_MOST = 8, ARM_MOST = 16, EVENT_TYPES = 64, RECENT = 64 };

/* An entity that a flow has, or had. */
struct ref {
	uint32_t id, generation;
};

struct variable {
	const char *name;
	struct class *class;
};

/* Where a part of an action's value comes from, and what it is turned into. */
struct source {
	int leaf;                       /* of the event, or -1: the extra of that number */
	unsigned extra;
	enum type type, to;
	uint8_t scale, to_scale;
};

struct assignment {
	unsigned variable, field;
	struct source from;
	bool add;
};

/* What an event, or changes alone, take: one record whose extras are the values of changes. */
struct action {
	struct action *next;
	struct record *record;
	struct event_def def;           /* with what `with:` puts in */
	int type;                       /* of plans.types; -1: no event */
	struct record_extra *extras;
	unsigned extra_n;
	int created;                    /* a variable, or -1 */
	struct assignment *creation, *changes;  /* creation[0] is the key */
	unsigned creation_n, change_n;
	int lasts[LAST_MOST];           /* the leaf of each value that the flow remembers, or -1 */
};

struct choice {
	unsigned variable;
	bool lock;
	struct where where;
	struct matching *list;
	struct join *join;
	int order;                      /* a field, or -1 */
	bool descending;
	const char *text;               /* the where as written, or NULL */
};

/* Those of one step. */
struct choices {
	struct choices *next;
	struct choice *at;
	unsigned n;
};

enum op_kind { OP_ACT, OP_SELECT, OP_WAIT, OP_BRANCH, OP_IF, OP_LOOP, OP_NEXT, OP_CALL, OP_RETURN, OP_GOTO, OP_RETIRE, OP_END };

/* How far the launches of a flow came, for each of its steps. */
struct step_count {
	uint64_t reached, dropped, lost;
	uint64_t waiting;               /* are here now */
};

struct flow_op {
	enum op_kind kind;
	unsigned step;                  /* of `flow`, from 1 */
	unsigned flow;                  /* in the model: with calls, another than the one that runs */
	struct action *act;             /* of an act, and for the values of wait, if and loop */
	struct choice *choices;
	unsigned choice_n;
	uint32_t to;                    /* where a jump leads: otherwise of select and if, end of loop, call */
	const double *drop;             /* of a wait: a knob, or NULL */
	struct source value;            /* of wait, if, loop */
	unsigned slot;                  /* of a loop's counter; of a retirement's variable */
	double shares[ARM_MOST];              /* of a branch: cumulative */
	uint32_t tos[ARM_MOST];
	unsigned arm_n;
	bool ends_flow;                 /* of an end: by `stop`, not at the last step */
};

struct plan {
	const struct flow_def *def;
	unsigned number;                /* in the model */
	struct variable variables[VARIABLE_MOST];
	unsigned variable_n;
	struct choice *entry;
	unsigned entry_n;
	struct flow_op *ops;
	unsigned op_n, op_room;
	struct { const char *name; enum type type; uint8_t scale; } lasts[LAST_MOST];
	unsigned last_n, loops, calls;
	struct action *actions;         /* owned */
	struct choices *choices;        /* owned */
	struct step_count *counts;      /* of its own steps, by number - 1 */
	uint64_t launched, completed, stopped, dropped, failed, lost, active;
	struct err why;                 /* of the last that failed */
	int64_t recent[RECENT];         /* instants of the latest launches, by number */
};

/* An event type: one schema, whichever steps make it. */
struct flow_type {
	const struct event_def *def;
	struct schema schema;
	struct leaf *leaves;
	bool *open;                     /* of a leaf: only null so far, any type fits */
	uint64_t made;
};

/* The flows of one module. */
struct plans {
	const struct model *model;
	struct store *store;
	const struct world *world;
	const char *module;
	struct plan **plans;            /* by number in the model; NULL: not this module's */
	struct flow_type types[EVENT_TYPES];
	unsigned type_n;
	struct arena arena;
	char owner[120];                /* what is being compiled, for complaints */
	double *drops;                  /* of the model's steps, in order: knobs; NULL: as declared */
	const unsigned *drop_at;        /* where those of each flow begin */
};

/* What was made last, and the entities: what names of a flow are loaded from. */
struct flow_run {
	uint32_t number;                /* of the run; holders are number + 1 */
	uint32_t pc, depth;             /* depth: of calls */
	const struct plan *plan;
	uint64_t launch, row, rows;     /* launch: of its flow, from 0; row: the next one's number for ids and draws; rows: made */
	struct draws draws;             /* of its choices, waits and branches */
	int64_t started_ns, wakes_ns;
	uint32_t held;                  /* variables that it holds, a bit each */
	uint32_t still;                 /* waits in a row that were none */
	char session[16];
	struct flow_run *next;          /* of the idle ones */
	bool active, waits;             /* waits: at the wait before `pc` */
	uint32_t nulls;                 /* of lasts */
	/* As many as the module's plans need; all in one piece behind the run. */
	struct ref *variables;
	union content *lasts;
	uint32_t *left, *calls;         /* of loops; of those that come back */
};

/* Finds all types and refuses what does not fit: once, when a scenario is read. `wrong`: where ("flow 'a', step 2") and the place. */
int model_check(struct model *m, const struct world *w, void (*wrong)(void *arg, const char *owner, const void *place, const struct err *e), void *arg,
		struct err *e);
/* Compiles the flows that `wanted` names, all types of the model first. `wrong` is told where: the place of a field, step or class. */
int plans_compile(struct plans *p, const bool *wanted, const void **wrong, struct err *e);
void plans_free(struct plans *p);
/* The event of the initial population of a class, with the creation; NULL: there is none. */
void plan_action_free(struct action *a);
struct action *plans_initial(struct plans *p, unsigned class, const void **wrong, struct err *e);

#endif
