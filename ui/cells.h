/*
 * The grid of characters and styles into which everything draws. It knows no terminal: golden screens, saved screens and the
 * terminal are readings of it. Everything is clipped; nothing fails.
 */
#ifndef UI_CELLS_H
#define UI_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum style {
	STYLE_TEXT, STYLE_DIM, STYLE_BORDER, STYLE_TITLE, STYLE_HEADER, STYLE_FOCUS, STYLE_GOOD, STYLE_WARN, STYLE_BAD, STYLE_VALUE,
	STYLE_GRAPH, STYLE_TARGET, STYLE_MARK, STYLE_KEY, STYLE_BADGE, STYLE_INPUT, STYLE_N
};

struct glyph {
	uint32_t c;             /* 0: the right half of a wide character */
	uint32_t style;         /* enum style; as wide as c, so that rows can be compared as bytes */
};

struct rect {
	int x, y, w, h;         /* w or h 0: not there */
};

struct cells {
	struct glyph *at;
	int w, h;
	bool ascii;             /* characters of our own are replaced by ASCII when put */
};

int cells_resize(struct cells *g, int w, int h);        /* -1: no memory, the old grid stays */
void cells_free(struct cells *g);
void cells_clear(struct cells *g);

/* Puts UTF-8 text into at most `width` columns at (x, y); returns the columns used. Control characters are replaced. */
int cells_text(struct cells *g, int x, int y, int width, enum style s, const char *text);
int cells_printf(struct cells *g, int x, int y, int width, enum style s, const char *format, ...) ATTR_PRINTF(6, 7);
/* Right-aligned in the columns x .. x+width-1. */
void cells_right(struct cells *g, int x, int y, int width, enum style s, const char *text);
void cells_char(struct cells *g, int x, int y, enum style s, uint32_t c);
void cells_fill(struct cells *g, struct rect r, enum style s, uint32_t c);
/* A frame with a title at the left and one at the right; the inside is r shrunk by one on each side. */
void cells_box(struct cells *g, struct rect r, const char *title, const char *right, bool focused);
struct rect cells_inside(struct rect r);
int cells_width(const char *text);

/* The grid as text, one line per row, trailing blanks kept so that each row is as wide as the grid. */
void cells_dump(const struct cells *g, struct buf *to);

#endif
