/*
 * The terminal: opened, put into its modes, written without blocking, and restored on every way out.
 *
 * It is /dev/tty, opened for us alone: descriptors 0, 1 and 2 share their state with the shell and are never touched. Output is one
 * piece per frame; what the terminal does not take stays here and a new frame is not drawn before it has gone, so a stalled
 * terminal costs nothing but frames.
 */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <termios.h>

#include "base/buf.h"
#include "io/loop.h"

struct term {
	int fd, error_fd;               /* error_fd: descriptor 2 as it was, while somebody catches it; -1 */
	struct termios saved;
	bool polling, writing, entered, gone;
	bool mouse;                     /* the mouse is ours while the terminal is entered; on at first */
	uv_poll_t poll;
	struct buf out;
	size_t sent;
	void (*bytes)(void *arg, const char *bytes, size_t n);  /* keys came */
	void (*drained)(void *arg);                             /* everything was written */
	void (*lost)(void *arg);                                /* the terminal is gone */
	void *arg;
};

/* Refuses as term_open() would. */
int term_check(const char *path, struct err *e);
/* Opens; refuses without a terminal. `path` is "/dev/tty", or another terminal in tests. */
int term_open(struct term *t, struct loop *l, const char *path, struct err *e);
void term_size(const struct term *t, int *w, int *h);
/* Are we in the foreground? Touching the terminal from the background would stop the program. */
bool term_is_ours(const struct term *t);
/* Raw mode, alternate screen, no cursor, reports of paste, focus and mouse; starts reading. It begins with the question CSI 5 n, whose
 * answer has nothing to wait for on its way. */
void term_enter(struct term *t);
void term_leave(struct term *t);        /* everything back */
/* Before leaving: reads until so many answers to CSI 5 n have come, or for a quarter of a second. What else comes is dropped. */
void term_settle(struct term *t, unsigned answers);
/* Takes the mouse or gives it back to the terminal (for selecting text); remembered when the terminal is entered again. */
void term_mouse(struct term *t, bool on);
void term_forget(struct term *t);       /* the screen is not ours any more; nothing is written */
bool term_idle(const struct term *t);   /* nothing waits to be written */
void term_write(struct term *t, const char *bytes, size_t n);
void term_close(struct term *t);        /* leaves, and closes its handle; the memory must live until the loop has turned */

/* Fatal signals restore this terminal before they do what they do. */
void term_guard(struct term *t);
/* What a signal handler may call. */
void term_restore_now(void);

#endif
