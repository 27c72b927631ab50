/*
 * One error report, on the caller's stack: nothing to free.
 *
 * The text is one sentence without a full stop. The place where the fault is writes it (err_set), each layer above may
 * say for whom it was working (err_wrap), and one place shows it.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/attr.h"

enum err_code {
	ERR_NONE,
	ERR_INPUT,  /* what was asked for makes no sense; nothing was changed */
	ERR_MEMORY, /* no memory */
	ERR_IO,     /* the outside world failed; trying again may help */
	ERR_FATAL,  /* the outside world failed; trying again does not help before somebody mends it */
	ERR_GONE,   /* the reader went away, as `| head` does: an end, not a failure */
};

struct err {
	enum err_code code;
	char text[480];
};

/* Both write (err_wrap: "<new>: <old>") and return -1, so that `return err_set(...)` reads well. e may be NULL. */
int err_set(struct err *e, enum err_code code, const char *format, ...) ATTR_PRINTF(3, 4);
int err_wrap(struct err *e, const char *format, ...) ATTR_PRINTF(2, 3);
int err_memory(struct err *e);
/* Control characters become '?': a message is one line and moves no cursor, whatever it quotes. */
void err_clean(char *text);

#endif
