/*
 * Size to rectangles: a pure function that never refuses. Panes leave in a fixed order when there is no room; what is there lies
 * inside the screen and overlaps nothing.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "ui/cells.h"

enum pane {
	PANE_HEADER, PANE_TABS, PANE_MESSAGE, PANE_HINTS,       /* of every screen */
	PANE_MAIN,              /* what the screen is about: modules, parameters, outputs, events, lines, entries */
	PANE_GRAPH,             /* rate; Outputs: queue */
	PANE_SIDE,              /* Desk: parameters; Module: its changes; Outputs: parameters; Tail: the event; Log: facets; Journal: difference;
				   Flows: steps; Entities: state of the one under the cursor; Entity: its versions */
	PANE_OUTPUTS, PANE_TAIL, PANE_LOG,
	PANE_EFFECT,            /* Module: trace of what the knob does; Outputs, Flows: accounts; Tail: why this event; Entities: versions;
				   Entity: its events */
	PANE_SPREAD,            /* Module: distribution; Outputs: latencies; Tail: profile of the sample; Entity: who holds it, what it belongs to */
	PANE_PRESETS,
	PANE_PREVIEW,           /* Module: the records that would come next */
	PANE_CLASSES,           /* Entities: how many there are of each */
	PANE_CHANGES, PANE_BAR, /* one line each, on the desk */
	PANE_N
};

enum screen { SCREEN_DESK, SCREEN_MODULE, SCREEN_OUTPUTS, SCREEN_TAIL, SCREEN_LOG, SCREEN_JOURNAL, SCREEN_FLOWS, SCREEN_ENTITIES, SCREEN_ENTITY,
	SCREEN_HELP, SCREEN_FORM, SCREEN_N };

struct layout {
	struct rect panes[PANE_N];
	bool boxed;             /* panes have frames */
};

/* zoom: this pane alone gets all that is between header and hints; PANE_N for none. modules: of Flows, the flows; of Entities, the classes.
 * preview: the Module screen has one. */
struct layout layout_of(enum screen screen, int w, int h, unsigned modules, unsigned outputs, enum pane zoom, bool preview);
/* Does the pane take part in Tab's round? */
bool layout_focusable(enum screen screen, enum pane pane);

#endif
