/* What the files of the compiler of flows share. */
#ifndef ENTITY_PLAN_INSIDE_H
#define ENTITY_PLAN_INSIDE_H

#include "entity/plan.h"

/* Types are guessed in rounds until no more are found; then all flows are checked; then those of a module are made. */
enum mode { MODE_GUESS, MODE_CHECK, MODE_MAKE };

enum { KNOWN_LASTS = 8 };

/* What holds at a place of a flow, whichever way led there. */
struct known {
	uint32_t sure, maybe;           /* variables that are set */
	const struct action *lasts[KNOWN_LASTS];        /* which event was the last, one of these */
	unsigned last_n;
	uint32_t waited;                /* flows of the stack that a wait stands in since they were entered */
	bool over;                      /* nothing comes here: the flow has ended */
};

struct builder {
	struct plans *p;
	struct plan *plan;
	enum mode mode;
	struct known known;
	struct { unsigned flow; uint32_t entry; } stack[CALL_MOST + 2];         /* flows that are being compiled */
	unsigned depth;
	unsigned flow, loops;           /* whose steps are compiled */
	bool guessed;                   /* a type was found in this round */
	const void **wrong;
	struct record_faults *faults;   /* told of all that is wrong in expressions of steps; or NULL */
	bool told;                      /* of those of the last action, which is none then */
	struct err *e;
};

/* plan_names.c */
struct record_scope plan_scope(struct builder *b);
int plan_variable(struct builder *b, const char *name);                         /* -1: no entity of that name was chosen or made before */
int plan_new_variable(struct builder *b, const char *name, const struct class_def *class);
int plan_unknown_variable(struct builder *b, const char *name, const void *place);
int plan_wrong(struct builder *b, const void *place);                          /* what the error is about; -1 */

/* plan_action.c */
struct action *plan_action(struct builder *b, const struct step_def *s);       /* NULL: refused */
struct action *plan_creation(struct builder *b, const struct class_def *class);        /* of the initial population */
struct action *plan_value(struct builder *b, const struct field_def *value);   /* one extra */

/* plan.c */
int plan_flow(struct builder *b, const struct flow_def *def);

/* plan_choice.c */
int plan_choice(struct builder *b, const struct select_def *s, struct choice *to);

#endif
