/* Steps as people read them. */
#ifndef ENTITY_STEP_TEXT_H
#define ENTITY_STEP_TEXT_H

#include "base/buf.h"
#include "entity/model.h"

/* "emit order_placed, add user.orders", "wait 30s", "select user where orders < 50"; the steps in it and what a wait drops are not said. */
void step_text(const struct step_def *s, struct buf *to);
/* An expression without its ${}. */
void step_value_text(const struct field_def *value, struct buf *to);
/* The step of that number, or NULL. */
const struct step_def *step_numbered(const struct flow_def *f, unsigned number);

#endif
