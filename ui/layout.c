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

static int least(int a, int b)
{
	return a < b ? a : b;
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
	if (h >= 24 && w >= 60)
		l->panes[PANE_TABS] = row(top++, w);
	return (struct rect){ 0, top, w, bottom - top };
}

static void desk(struct layout *l, struct rect r, unsigned modules, unsigned outputs)
{
	int side = r.w >= WIDE ? SIDE : 0, left = r.w - side, graph, want = (int)modules + 3, tail, y;

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
	/* The modules get what they need, up to half; events a quarter; the graph the rest, 5 rows at least. */
	tail = side && r.h >= TALL - 5 ? r.h / 4 : 0;
	want = least(want < 5 ? 5 : want, r.h / 2 + 1);
	graph = r.h - tail - want;
	if (graph < 5) {
		graph = 0;
		want = r.h - tail;
	} else if (graph > 16) {
		want += (graph - 16) / 2;
		graph = r.h - tail - want;
	}
	y = r.y;
	l->panes[PANE_GRAPH] = (struct rect){ 0, y, graph ? left : 0, graph };
	l->panes[PANE_MAIN] = (struct rect){ 0, y + graph, left, want };
	l->panes[PANE_TAIL] = (struct rect){ 0, y + graph + want, tail ? left : 0, tail };
	if (side) {
		int out = least((int)outputs * 2 + 3, r.h / 3), log = r.h >= TALL - 8 ? r.h / 4 : 0;

		l->panes[PANE_OUTPUTS] = (struct rect){ left, y, side, out };
		l->panes[PANE_SIDE] = (struct rect){ left, y + out, side, r.h - out - log };
		l->panes[PANE_LOG] = (struct rect){ left, y + r.h - log, log ? side : 0, log };
	}
}

/* Rows for the preview from the foot of r: a frame and three records, or three records without one. */
static int give_preview(struct layout *l, struct rect *r, int rows)
{
	if (r->h < rows + 4)
		return 0;
	r->h -= rows;
	l->panes[PANE_PREVIEW] = (struct rect){ r->x, r->y + r->h, r->w, rows };
	return rows;
}

static void module(struct layout *l, struct rect r, bool preview)
{
	int side = r.w >= WIDE ? SIDE + 4 : 0, below = r.h >= 18 ? 7 : 0, half = r.w / 2, left = r.w - side, top;

	if (!side) {
		struct rect main = { 0, r.y, r.w, r.h - below };

		/* The figures beside the histogram need the columns. */
		half = r.w * 3 / 8;
		if (preview)
			give_preview(l, &main, 5);
		l->panes[PANE_MAIN] = main;
		l->panes[PANE_EFFECT] = (struct rect){ 0, r.y + r.h - below, below ? half : 0, below };
		l->panes[PANE_SPREAD] = (struct rect){ half, r.y + r.h - below, below ? r.w - half : 0, below };
		return;
	}
	if (r.h < TALL - 6) {
		if (preview)
			give_preview(l, &r, 5);
		l->panes[PANE_MAIN] = (struct rect){ 0, r.y, left, r.h };
		l->panes[PANE_EFFECT] = (struct rect){ left, r.y, side, r.h / 2 };
		l->panes[PANE_SPREAD] = (struct rect){ left, r.y + r.h / 2, side, r.h - r.h / 2 };
		return;
	}
	below = r.h / 4;
	top = r.h - 2 * below;
	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, left, top };
	l->panes[PANE_GRAPH] = (struct rect){ left, r.y, side, top };
	l->panes[PANE_EFFECT] = (struct rect){ 0, r.y + top, half, below };
	l->panes[PANE_SPREAD] = (struct rect){ half, r.y + top, r.w - half, below };
	if (preview) {
		l->panes[PANE_PREVIEW] = (struct rect){ 0, r.y + top + below, r.w, below };
		return;
	}
	l->panes[PANE_SIDE] = (struct rect){ 0, r.y + top + below, left, below };
	l->panes[PANE_PRESETS] = (struct rect){ left, r.y + top + below, side, below };
}

static void outputs(struct layout *l, struct rect r, unsigned n)
{
	int side = r.w >= WIDE ? SIDE : 0, left = r.w - side, half = r.w / 2, top, middle, low;

	top = least((int)n + 3 < 5 ? 5 : (int)n + 3, r.h / 3);
	middle = (r.h - top) / 2 < 6 ? r.h - top : (r.h - top) / 2;
	low = r.h - top - middle;
	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, left, top };
	if (side) {
		l->panes[PANE_EFFECT] = (struct rect){ left, r.y, side, top + 3 };
		l->panes[PANE_SIDE] = (struct rect){ left, r.y + top + 3, side, r.h - top - 3 };
		l->panes[PANE_GRAPH] = (struct rect){ 0, r.y + top, left / 2, middle };
		l->panes[PANE_SPREAD] = (struct rect){ left / 2, r.y + top, left - left / 2, middle };
		l->panes[PANE_LOG] = (struct rect){ 0, r.y + top + middle, low ? left : 0, low };
		return;
	}
	l->panes[PANE_GRAPH] = (struct rect){ 0, r.y + top, half, middle };
	l->panes[PANE_EFFECT] = (struct rect){ half, r.y + top, r.w - half, middle };
	l->panes[PANE_SPREAD] = (struct rect){ 0, r.y + top + middle, low ? half : 0, low };
	l->panes[PANE_LOG] = (struct rect){ half, r.y + top + middle, low ? r.w - half : 0, low };
}

static void tail(struct layout *l, struct rect r)
{
	int side = r.w >= WIDE ? SIDE + 4 : 0, left = r.w - side, third = r.h / 3, below, half = r.w * 3 / 5;

	if (side) {
		l->panes[PANE_MAIN] = (struct rect){ 0, r.y, left, r.h };
		l->panes[PANE_SIDE] = (struct rect){ left, r.y, side, r.h - 2 * third };
		l->panes[PANE_EFFECT] = (struct rect){ left, r.y + r.h - 2 * third, side, third };
		l->panes[PANE_SPREAD] = (struct rect){ left, r.y + r.h - third, side, third };
		return;
	}
	below = r.h >= 17 ? r.h * 2 / 5 : 0;
	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, r.w, r.h - below };
	l->panes[PANE_SIDE] = (struct rect){ 0, r.y + r.h - below, below ? half : 0, below };
	l->panes[PANE_EFFECT] = (struct rect){ half, r.y + r.h - below, below ? r.w - half : 0, below };
}

static void with_side(struct layout *l, struct rect r, int side)
{
	if (r.w < WIDE)
		side = 0;
	l->panes[PANE_SIDE] = (struct rect){ 0, r.y, side, side ? r.h : 0 };
	l->panes[PANE_MAIN] = (struct rect){ side, r.y, r.w - side, r.h };
}

static void journal(struct layout *l, struct rect r)
{
	int below = r.h >= 17 ? 5 : 0;

	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, r.w, r.h - below };
	l->panes[PANE_SIDE] = (struct rect){ 0, r.y + r.h - below, below ? r.w : 0, below };
}

static void flows(struct layout *l, struct rect r, unsigned n)
{
	int side = r.w >= WIDE ? SIDE : 0, want = (int)n + 3, top = least(want < 5 ? 5 : want, r.h * 2 / 5);

	if (side)
		top = least(top < 9 ? 9 : top, r.h / 2);
	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, r.w - side, top };
	l->panes[PANE_EFFECT] = (struct rect){ r.w - side, r.y, side, side ? top : 0 };
	l->panes[PANE_SIDE] = (struct rect){ 0, r.y + top, r.w, r.h - top };
}

static void entities(struct layout *l, struct rect r, unsigned classes)
{
	int side = r.w >= WIDE ? SIDE + 4 : r.w >= 70 ? 32 : 0, left = r.w - side, top = least((int)classes + 2, r.h / 3), low = 0;

	l->panes[PANE_CLASSES] = (struct rect){ 0, r.y, r.w, top };
	r.y += top;
	r.h -= top;
	if (side)
		low = r.h >= 24 ? r.h / 2 : r.h >= 14 ? 5 : 0;
	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, left, r.h };
	l->panes[PANE_SIDE] = (struct rect){ left, r.y, side, side ? r.h - low : 0 };
	l->panes[PANE_EFFECT] = (struct rect){ left, r.y + r.h - low, low ? side : 0, low };
}

static void entity(struct layout *l, struct rect r)
{
	int side = r.w >= WIDE ? SIDE + 12 : r.w * 9 / 20, left = r.w - side, low = r.h >= 14 ? r.h * 2 / 5 : 0, top = r.h - low, graph = top >= 18 && side >= SIDE ? 9 : 0;

	l->panes[PANE_MAIN] = (struct rect){ 0, r.y, left, top };
	l->panes[PANE_GRAPH] = (struct rect){ left, r.y, graph ? side : 0, graph };
	l->panes[PANE_SIDE] = (struct rect){ left, r.y + graph, side, top - graph };
	l->panes[PANE_EFFECT] = (struct rect){ 0, r.y + top, low ? left : 0, low };
	l->panes[PANE_SPREAD] = (struct rect){ left, r.y + top, low ? side : 0, low };
}

bool layout_focusable(enum screen screen, enum pane pane)
{
	static const unsigned panes[SCREEN_N] = {
		[SCREEN_DESK] = 1u << PANE_MAIN | 1u << PANE_GRAPH | 1u << PANE_SIDE | 1u << PANE_OUTPUTS | 1u << PANE_TAIL | 1u << PANE_LOG,
		[SCREEN_MODULE] = 1u << PANE_MAIN | 1u << PANE_GRAPH | 1u << PANE_EFFECT | 1u << PANE_SPREAD | 1u << PANE_SIDE | 1u << PANE_PRESETS |
				  1u << PANE_PREVIEW,
		[SCREEN_OUTPUTS] = 1u << PANE_MAIN | 1u << PANE_SIDE | 1u << PANE_GRAPH | 1u << PANE_EFFECT | 1u << PANE_SPREAD | 1u << PANE_LOG,
		[SCREEN_TAIL] = 1u << PANE_MAIN | 1u << PANE_SIDE | 1u << PANE_EFFECT | 1u << PANE_SPREAD,
		[SCREEN_LOG] = 1u << PANE_MAIN | 1u << PANE_SIDE,
		[SCREEN_JOURNAL] = 1u << PANE_MAIN | 1u << PANE_SIDE,
		[SCREEN_FLOWS] = 1u << PANE_MAIN | 1u << PANE_SIDE,
		[SCREEN_ENTITIES] = 1u << PANE_MAIN | 1u << PANE_SIDE | 1u << PANE_EFFECT | 1u << PANE_CLASSES,
		[SCREEN_ENTITY] = 1u << PANE_MAIN | 1u << PANE_SIDE | 1u << PANE_EFFECT | 1u << PANE_SPREAD,
	};

	return panes[screen] >> pane & 1;
}

struct layout layout_of(enum screen screen, int w, int h, unsigned modules, unsigned output_n, enum pane zoom, bool preview)
{
	struct layout l = { .boxed = w >= BOXED_COLUMNS && h >= BOXED_ROWS };
	struct rect r;

	if (w < 1 || h < 1)
		return l;
	r = frame(&l, w, h);
	if (r.h < 1)
		return l;
	if (zoom < PANE_N && layout_focusable(screen, zoom) && (l.boxed || screen == SCREEN_TAIL || screen == SCREEN_FLOWS) && (zoom != PANE_PREVIEW || preview)) {
		l.panes[zoom] = r;
		return l;
	}
	if (screen == SCREEN_DESK)
		desk(&l, r, modules, output_n);
	else if (!l.boxed || screen == SCREEN_HELP || screen == SCREEN_FORM) {
		if (preview && screen == SCREEN_MODULE)
			give_preview(&l, &r, 3);
		l.panes[PANE_MAIN] = r;
	}
	else if (screen == SCREEN_MODULE)
		module(&l, r, preview);
	else if (screen == SCREEN_OUTPUTS)
		outputs(&l, r, output_n);
	else if (screen == SCREEN_TAIL)
		tail(&l, r);
	else if (screen == SCREEN_FLOWS)
		flows(&l, r, modules);
	else if (screen == SCREEN_LOG)
		with_side(&l, r, 26);
	else if (screen == SCREEN_ENTITIES)
		entities(&l, r, modules);
	else if (screen == SCREEN_ENTITY)
		entity(&l, r);
	else
		journal(&l, r);
	return l;
}
