/* Fields in a line, as the command line has them: "id=uuid4, name, qty=random_int(1, 9)". */
#ifndef VALUE_FIELD_LIST_H
#define VALUE_FIELD_LIST_H

#include "value/record.h"

/* Expressions with a name in front, of which a value's name is its own. What they become lives in the arena, and `text` must outlive
 * it. An error's text begins with "column N: ". */
int field_list(const char *text, const struct world *w, struct arena *a, struct event_def *to, struct err *e);

#endif
