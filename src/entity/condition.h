/*
 * A `where` of one class, compiled: bare names are fields of the entity, then whatever else the place knows.
 *
 * Its parts, between top-level `and`s, are told apart by what they depend on. Those that depend on the entity alone (and on params)
 * make a list that is kept up as the state changes; `available` is whether anybody holds it; `field == something of the flow` is a
 * chain; what is left is tried on candidates. So {where: "status == 'paid' and user_id == user.user_id"} looks at the orders of one
 * user only.
 */
#ifndef ENTITY_CONDITION_H
#define ENTITY_CONDITION_H

#include "entity/store.h"

struct flow_run;

/* What names are loaded from. */
struct sight {
	const struct class *class;      /* of `self` */
	const struct entity *self;
	const struct flow_run *run;     /* its variables, what it made last; NULL for lists */
};

struct condition {
	char *text;
	struct expr *expr;
	struct held *registers;
	unsigned result;                /* register */
	uint64_t fields;                /* of the entity that it depends on, a bit each */
	bool params;                    /* and on knobs */
	/* `field < now - span` and the like: the entity's value of the field, moved by `shift`, is when it begins (or ceases) to hold. */
	int moves;                      /* the field, or -1 */
	int64_t shift;
};

/* A `where`, taken apart. */
struct where {
	struct condition *list;         /* of the entity alone; NULL: any */
	bool available;                 /* it asks for that */
	int join;                       /* a field, or -1 */
	struct condition *join_to;      /* its value, an expression */
	struct expr_name join_value;
	struct condition *rest;         /* NULL: nothing is left */
};

/* Compiles; `scope` are the names beside the entity's own. On failure *where is empty. */
int where_compile(struct where *to, const char *text, const struct class *c, const struct world *w, const struct record_scope *scope,
		  struct err *e);
void where_free(struct where *w);
/* The whole of it as one, of the entity alone; NULL: refused. */
struct condition *condition_new(const char *text, const struct class *c, const struct world *w, struct err *e);
void condition_free(struct condition *c);
bool condition_holds(const struct condition *c, const struct sight *s, int64_t now_ns);
/* The value of an expression, in a register of its own; texts that it puts together are the arena's. */
const struct held *condition_value(const struct condition *c, const struct sight *s, int64_t now_ns, struct arena *a);

/* A name of an entity for a scope: loads a field of `self`. */
bool condition_field(const struct class *c, unsigned field, struct expr_name *to);

#endif
