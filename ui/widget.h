/* What screens are made of: faders, graphs, bars. All draw into a rectangle of cells and keep nothing. */
#ifndef UI_WIDGET_H
#define UI_WIDGET_H

#include "core/view.h"
#include "ui/theme.h"

/* A fader in `width` columns: ends, knob, default mark, the distance between them, and the target of a ramp. Positions 0..1. */
struct fader {
	double at, home, to;            /* to < 0: no ramp */
	double limit;                   /* nothing beyond is allowed; above 1: nothing to show */
	bool focused, live;
};

/* The fader of a numeric knob. */
struct fader widget_fader_of(const struct view_knob *k, bool focused);
void widget_fader(struct cells *g, int x, int y, int width, const struct fader *f);

/* A graph with axis, labels and marks. Series are sampled every SERIES_STEP_NS and end now. */
struct graph {
	struct view_series actual, target;
	double top;                     /* value at the top; see graph_top() */
	double bottom;                  /* 0, or for traces that go below it the value at the bottom */
	bool log;                       /* equal factors, equal heights; from a ten-thousandth of the top */
	double cursor_ago;              /* seconds before the end where the time cursor stands; below 0: none */
	int seconds;                    /* of the time axis */
	enum glyphs glyphs;
	const struct view_change *changes;      /* newest first; NULL: no marks */
	unsigned change_n;
	const char *prefix;             /* only changes of paths that begin with it; "" for all */
	int64_t now_ns;                 /* wall, of the view */
};

void widget_graph(struct cells *g, struct rect r, const struct graph *gr);
/* A round number at or above the largest value of the window. */
double graph_top(const struct view_series *a, const struct view_series *b, int seconds);
/* The mean of the samples about `ago` seconds before the end; nan without any. */
double series_about(const struct view_series *s, double ago);
/* A histogram: bars of counts; over them, where it is given, a thin line where they are promised to end. Both as shares of their sums. */
void widget_histogram(struct cells *g, struct rect r, const uint32_t *bins, const uint32_t *promised, unsigned n, bool ascii);
/* A share as a bar, and a mark where it is promised to end (not when that is 0); 1 is all of the width. */
void widget_share(struct cells *g, int x, int y, int width, double share, double promised);
/* A share 0..1 as a bar of `width` columns. */
void widget_meter(struct cells *g, int x, int y, int width, enum style s, double share);
/* Large digits, four columns by three rows each, for a wall. Returns the columns used. */
int widget_big(struct cells *g, int x, int y, int width, enum style s, const char *text);
/* One row of a funnel: `share` (0..1 of the width) in the middle, and around it, fainter, what was there before (`outer`). */
void widget_funnel(struct cells *g, int x, int y, int width, enum style s, double share, double outer);
/* The latest samples as a row of bars of eight heights. */
void widget_bars(struct cells *g, int x, int y, int width, enum style s, const struct view_series *v, int seconds, double top, bool ascii);

/* The letter and style of a module's or output's state: shape first, colour second. */
uint32_t widget_state(enum view_state st, bool limited, enum style *s);

#endif
