/* Readings of the log of changes: undo and redo append, nothing is ever removed. The calls for everybody are in control.h. */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include "core/control.h"

/* Between control.c, history.c and ramp.c only. */
void history_forget_redo(struct control *c);
/* Everything that can be wrong with a change, before anything is touched. */
int control_check(struct control *c, struct knobs *k, const struct param *p, const char *text, struct err *e);
char *control_value_text(const struct knobs *k, const struct param *p);        /* malloc'ed; NULL without memory */
void history_cancel_ramp(struct control *c, const struct knobs *k, const struct param *p);
int control_append(struct control *c, struct change ch, const char *path, const char *was, const char *now, struct err *e);
int control_apply(struct control *c, const char *path, const char *text, struct change ch, struct err *e);

#endif
