/* What every screen has, and the panes that several screens share. All draw into a rectangle of u->cells. */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include "ui/ui.h"
#include "ui/widget.h"

extern const char *const glyph_names[], *const scale_names[];

void draw_header(struct ui *u, struct rect r);
void draw_tabs(struct ui *u, struct rect r);
void draw_message(struct ui *u, struct rect r);
void draw_hints(struct ui *u, struct rect r);
void draw_presentation(struct ui *u);

/* A pane's frame, bright when it has the focus; returns the inside. Without frames r itself. */
struct rect draw_pane(struct ui *u, enum pane pane, struct rect r, const char *title, const char *right);
/* A graph pane: title at the left, scale and window at the right. `which` of u->top keeps its sticky scale. */
void draw_graph(struct ui *u, enum pane pane, struct rect r, const char *title, struct graph *gr, unsigned which);
/* Parameters as faders, one a row, with the cursor; the rows are clickable. */
void draw_knobs(struct ui *u, struct rect r, const struct view_knob *knobs, unsigned n, const struct view_knob *focused, unsigned *first);
/* What the field in the lens is like, made and promised; and the records that would come next. Of the Module screen. */
void draw_spread(struct ui *u, struct rect r, const char *module);
void draw_preview(struct ui *u, struct rect r);
/* Lines of the log, events of the tail, entries of the journal: the list's rows, as many as fit. */
void draw_log(struct ui *u, struct rect r);
void draw_tail(struct ui *u, struct rect r);
/* Changes whose path begins with a module's name, newest first. */
void draw_changes(struct ui *u, struct rect r, const char *prefix);
/* Of the entity under the cursor: its fields, or what changed, newest first. */
void draw_state(struct ui *u, enum pane pane, struct rect r);
void draw_versions(struct ui *u, enum pane pane, struct rect r);
/* A value as an eye wants it: no digits that arithmetic left behind, no date where it is today's. `to` is scratch. */
const char *draw_value(const struct ui *u, const struct view_field *f, const char *value, char *to, size_t room);
/* How long ago, or until: 12 ms, 3.2 s, 4 m, 2 h, 5 d. */
void draw_span(char *to, size_t room, int64_t ns);
void draw_change_line(struct ui *u, struct rect r);

#endif
