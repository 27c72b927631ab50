/*
 * The lists of the console: which rows of a view are shown, in which order, and where the cursor is.
 *
 * rows_update() runs once a frame. A filter leaves rows out, a sort orders them; the order stands still for two seconds after the
 * cursor moved, so that rows do not slide away under the eye. The cursor follows the name (or number) of its row.
 */
#ifndef UI_ROWS_H
#define UI_ROWS_H

#include "ui/ui.h"

/* Names of the columns that can be sorted by; NULL-terminated; NULL for lists that have an order of their own. */
const char *const *rows_columns(enum ui_list_id id);
void rows_update(struct ui *u);
void rows_move(struct ui *u, enum ui_list_id id, int by);
/* The next row (by > 0) or the one before whose text contains the search; false when there is none. */
bool rows_search(struct ui *u, enum ui_list_id id, int by);
/* Row `i` of a list as one line of text, for search and yank. */
void rows_text(const struct ui *u, enum ui_list_id id, unsigned i, struct buf *to);
const char *rows_name(const struct ui *u, enum ui_list_id id, unsigned row);    /* "" for rows without one */
bool rows_marked(const struct ui_list *l, const char *name);
/* Keeps the cursor within `rows` drawn lines; returns the first row to draw. */
unsigned rows_window(struct ui_list *l, int rows);
/* Which view a list shows: the paused one for Tail and Log. */
const struct view *rows_view(const struct ui *u, enum ui_list_id id);

#endif
