/* Readings of the log of changes: undo and redo append, nothing is ever removed. The calls for everybody are in control.h. */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include "core/control.h"

/* Between control.c and history.c only. */
void history_forget_redo(struct control *c);
int control_append(struct control *c, struct change ch, const char *path, const char *was, const char *now, struct err *e);
int control_apply(struct control *c, const char *path, const char *text, struct change ch, struct err *e);

#endif
