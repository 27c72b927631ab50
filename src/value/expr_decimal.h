/*
 * Exact arithmetic of decimals: whole numbers of 10^-scale.
 *
 * + - % of a decimal and a decimal or whole number have as many decimals as the one that has more, * as many as both together. A constant
 * beside a decimal is taken as it is written: price * (1 - 10%) is exact. With more than 9 decimals, and with real numbers, the result is
 * real. What does not fit in 64 bits has no value: null.
 */
#ifndef VALUE_EXPR_DECIMAL_H
#define VALUE_EXPR_DECIMAL_H

#include "value/expr_ops.h"

enum { DECIMALS_MOST = 9 };

struct exact {
	int64_t units;
	unsigned scale;
};

enum exactness { EXACT_NOT, EXACT_YES, EXACT_BEYOND };

/* A constant: numbers, + - *, parentheses. EXACT_BEYOND: it is one that 64 bits do not hold. */
enum exactness expr_exact(const struct tree *t, struct exact *to);
/* a + b and its like; 1: it is not for decimals. */
int expr_decimal(struct compiler *c, const struct tree *t, struct part *a, struct part *b, struct part *to);
/* A part that is a constant real becomes the decimal that was written, where that is one. */
int expr_exact_part(struct compiler *c, const struct tree *t, struct part *p);
/* The same number with other decimals: with fewer rounded, halves away from zero. 0 decimals make it a whole number. */
int expr_rescale(struct compiler *c, struct part *p, unsigned scale);
/* Do the two have decimals in common? Each is a decimal or a whole number, and one of them is a decimal. */
bool expr_in_decimals(const struct part *a, const struct part *b, unsigned *scale);
int expr_compare_decimals(struct compiler *c, const struct part *a, const struct part *b, uint32_t *to);

op_run op_widen, op_compare_decimal;
/* Units without their last n decimals: the next lower whole number, or the next higher one. */
int64_t decimal_floor(int64_t units, unsigned n);
int64_t decimal_ceil(int64_t units, unsigned n);

#endif
