/*
 * A combinator with its parameters as texts, as the command line has them: the expression that means the same.
 *
 * A list is a,b,c, in which \, is a comma; its elements are numbers, or truths, where all are written as those would be, and texts
 * otherwise. [a, email()] is a list as expressions have it. A parameter that takes a value takes an expression.
 */
#ifndef VALUE_COMBINED_H
#define VALUE_COMBINED_H

#include "value/provider.h"

enum { COMBINED_MOST = 16 };

struct combined_text {
	struct buf text;                /* the expression */
	const char *name;               /* of the combinator */
	struct { const struct param *is; unsigned from, to, brackets; } places[COMBINED_MOST];    /* where parameters stand in it */
	unsigned n;
};

/* Of a call that was given its parameters. Refuses what is no expression. combined_free() is needed in both cases. */
int combined_expression(const struct call *c, struct combined_text *to, struct err *e);
/* What compiling it said of a column, said of a parameter. */
void combined_wrong(const struct combined_text *t, struct err *e);
void combined_free(struct combined_text *t);

#endif
