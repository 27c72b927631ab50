/*
 * The grid of cells to the bytes of a terminal: curses as a diff engine, the only file that includes it.
 *
 * curses writes into a file of our own that never blocks; what it wrote is taken out as one piece, a frame. It never reads keys,
 * never sets modes and never touches the terminal. One screen at a time.
 */
#ifndef UI_CURSES_H
#define UI_CURSES_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/theme.h"

struct curses;

/* Refuses a terminal (`term` as in $TERM, or NULL) that is unknown or cannot place its cursor; nothing is opened. */
int curses_check(const char *term, struct err *e);
/* `term` as in $TERM. colours: 0 for none, or how many at most. Refuses a terminal that cannot place its cursor. */
struct curses *curses_open(const char *term, int w, int h, int colours, struct err *e);
void curses_resize(struct curses *c, int w, int h);
/* The bytes that turn what the terminal shows into the grid; `all` draws everything anew. */
void curses_frame(struct curses *c, const struct cells *g, unsigned theme, bool all, struct buf *out);
int curses_colours(const struct curses *c);
void curses_close(struct curses *c);

#endif
