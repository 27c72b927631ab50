/* The operations of compiled expressions. Each takes its operands from registers and says which operation is next. */
#ifndef VALUE_EXPR_OPS_H
#define VALUE_EXPR_OPS_H

#include "value/expr_inside.h"

typedef const struct op *op_run(struct expr_run *x, const struct op *o);

op_run op_constant, op_move, op_load, op_now, op_start, op_seq, op_module, op_event_type, op_event_key, op_int_to_real,
	op_decimal_to_real, op_seconds_to_span, op_to_text, op_to_text_or_null, op_join, op_join_all, op_add_int, op_sub_int, op_mul_int, op_mod_int, op_add_real, op_sub_real,
	op_mul_real, op_div_real, op_mod_real, op_mul_span, op_div_span, op_rate_span, op_negate_int, op_negate_real, op_is_null, op_is_not_null,
	op_compare_int, op_compare_real, op_compare_text, op_compare_bool, op_and, op_or, op_not, op_jump, op_jump_if_null,
	op_jump_unless, op_jump_unless_index, op_locale, op_call_text, op_call_value;

/* `which` counts from ==: == != < <= > >=; order is below, at or above 0. */
bool expr_holds(uint32_t which, int order);

/* A text of the run's arena with room for n bytes; never NULL: without memory the text is empty, and the run says so. */
char *expr_room(struct expr_run *x, size_t n);

#endif
