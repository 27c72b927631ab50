/*
 * Parameters of providers that are expressions: random_int(1, items), date_between(from=created, to=now).
 *
 * Rows of parameters say with PARAM_VARIES that they may be. Each row of the scenario gives them their values: numbers are rounded where
 * whole ones are wanted and held within the bounds of the parameter, texts are cut at 255 bytes, instants are given with all their digits.
 * The call is prepared again when one of them has changed, which takes no memory. Where one is null, or they do not go together (min
 * above max), the value is null. A call of constants is made as if there was none of this.
 */
#ifndef VALUE_EXPR_VARY_H
#define VALUE_EXPR_VARY_H

#include "value/expr_ops.h"

enum { VARIED_TEXT = 256, VARIED_MOST = 16 };

/* Where a parameter's value comes from in each row. */
struct varied {
	uint32_t reg;
	enum type type;
	uint8_t scale;
	const struct param *p;
	char *text;                     /* what a text option points to, VARIED_TEXT bytes */
};

struct variation {
	struct call *call;
	bool *ready, *works;            /* prepared for what is set; and what is set goes together */
	unsigned n;
	struct varied at[VARIED_MOST];
};

/* Is the argument more than a constant, and may the parameter be? A bare word is, when it names something. */
bool expr_is_varied(struct compiler *c, const struct tree *arg, const struct param *p);
int expr_vary(struct compiler *c, const struct tree *arg, struct call *call, const struct param *p, struct variation *v);
/* Is there a value of what varies with which the rest makes sense? Then what does not is null in its row; else it is refused. */
int expr_try_bounds(struct variation *v, struct err *e);
/* The texts of options are the program's, not the call's to free: this must come before the call's end. */
void expr_free_variation(void *at);
op_run op_vary;         /* before the call; jumps over it where there is no value */

#endif
