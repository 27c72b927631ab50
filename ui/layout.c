/* Size to rectangles. */
#include "ui/layout.h"

enum {
	WIDE = 118, TALL = 34,          /* from here on there is a second column, and a log under it */
	SIDE = 48,                      /* width of the second column */
	BOXED_ROWS = 16, BOXED_COLUMNS = 60,
};

static struct rect row(int y, int w)
{
	return (struct rect){ 0, y, w, 1 };
}

/* The rows every screen has; returns the rectangle between them. */
static struct rect frame(struct layout *l, int w, int h)
{
	int top = 0, bottom = h;

	if (h >= 1)
		l->panes[PANE_HEADER] = row(top++, w);
	if (h >= 3)
		l->panes[PANE_HINTS] = row(--bottom, w);
	if (h >= 8)
		l->panes[PANE_MESSAGE] = row(--bottom, w);
	if (h >= 30 && w >= 60)
		l->panes[PANE_TABS] = row(top++, w);
	return (struct rect){ 0, top, w, bottom - top };
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static void desk(struct layout *l, struct rect r, unsigned modules, unsigned outputs)
{
	int side = r.w >= WIDE ? SIDE : 0, left = r.w - side, graph, want = (int)modules + 3;

	if (!l->boxed) {
		if (r.h >= 4 && r.w >= 24) {
			l->panes[PANE_BAR] = row(r.y + r.h - 1, r.w);
			r.h--;
		}
		l->panes[PANE_MAIN] = r;
		return;
	}
	if (r.h >= TALL - 4) {
		l->panes[PANE_CHANGES] = row(r.y + r.h - 1, r.w);
		r.h--;
	}
	/* The modules get what they need, up to half; the graph the rest, 5 rows at least. */
	graph = r.h - least(want < 5 ? 5 : want, r.h / 2 + 1);
	if (graph < 5)
		graph = 0;
	if (graph > 14)
		graph = 14 + (graph - 14) / 2;
	l->panes[PANE_GRAPH] = (struct rect){ 0, r.y, graph ? left : 0, graph };
	l->panes[PANE_MAIN] = (struct rect){ 0, r.y + graph, left, r.h - graph };
	if (side) {
		int out = least((int)outputs * 2 + 3, r.h / 3), log = r.h >= TALL - 8 ? r.h / 3 : 0;

		l->panes[PANE_OUTPUTS] = (struct rect){ left, r.y, side, out };
		l->panes[PANE_SIDE] = (struct rect){ left, r.y + out, side, r.h - out - log };
		l->panes[PANE_LOG] = (struct rect){ left, r.y + r.h - log, log ? side : 0, log };
	}
}

static void module(struct layout *l, struct rect r)
{
	int side = r.w >= WIDE ? SIDE + 4 : 0, below;

	if (!l->boxed) {
		l->panes[PANE_MAIN] = r;
		return;
	}
	if (side) {
		l->panes[PANE_MAIN] = (struct rect){ 0, r.y, r.w - side, r.h };
		l->panes[PANE_GRAPH] = (struct rect){ r.w - side, r.y, side, r.h / 2 };
		l->panes[PANE_SIDE] = (struct rect){ r.w - side, r.y + r.h / 2, side, r.h - r.h / 2 };
		return;
	}
	below = r.h >= 19 ? 7 : 0;
	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, r.w, r.h - below };
	if (below) {
		l->panes[PANE_GRAPH] = (struct rect){ 0, r.y + r.h - below, r.w / 2, below };
		l->panes[PANE_SIDE] = (struct rect){ r.w / 2, r.y + r.h - below, r.w - r.w / 2, below };
	}
}

struct layout layout_of(enum screen screen, int w, int h, unsigned modules, unsigned outputs)
{
	struct layout l = { .boxed = w >= BOXED_COLUMNS && h >= BOXED_ROWS };
	struct rect r;

	if (w < 1 || h < 1)
		return l;
	r = frame(&l, w, h);
	if (r.h < 1)
		return l;
	switch (screen) {
	case SCREEN_DESK: desk(&l, r, modules, outputs); break;
	case SCREEN_MODULE: module(&l, r); break;
	default: l.panes[PANE_MAIN] = r; break;
	}
	return l;
}
