/*
 * Size to rectangles: a pure function that never refuses. Panes leave in a fixed order when there is no room; what is there lies
 * inside the screen and overlaps nothing.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "ui/cells.h"

enum pane {
	PANE_HEADER, PANE_TABS, PANE_MAIN, PANE_GRAPH, PANE_SIDE, PANE_OUTPUTS, PANE_LOG, PANE_CHANGES, PANE_BAR, PANE_MESSAGE, PANE_HINTS,
	PANE_N
};

enum screen { SCREEN_DESK, SCREEN_MODULE, SCREEN_LOG, SCREEN_HELP, SCREEN_N };

struct layout {
	struct rect panes[PANE_N];
	bool boxed;             /* panes have frames */
};

struct layout layout_of(enum screen screen, int w, int h, unsigned modules, unsigned outputs);

#endif
