/* Faders, graphs, bars. */
#include "ui/widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

enum { KNOB = 0x25cf, KNOB_FOCUSED = 0x25c9, HOME = 0x250a, TRACK = 0x2500, BETWEEN = 0x2501, RAMP = 0xb7, LIMIT = 0x2551, BRAILLE = 0x2800 };

struct fader widget_fader_of(const struct view_knob *k, bool focused)
{
	return (struct fader){ .at = param_position(k->row, k->number), .home = param_position(k->row, k->home_number),
			       .to = k->ramping ? param_position(k->row, k->ramp_to) : -1, .focused = focused, .live = k->live,
			       .limit = isfinite(k->limit) ? param_position(k->row, k->limit) : 2 };
}

void widget_fader(struct cells *g, int x, int y, int width, const struct fader *f)
{
	int n = width - 2, knob, home, to;

	if (n < 1)
		return;
	knob = (int)(f->at * (n - 1) + 0.5);
	home = (int)(f->home * (n - 1) + 0.5);
	to = f->to >= 0 ? (int)(f->to * (n - 1) + 0.5) : knob;
	cells_char(g, x, y, STYLE_BORDER, 0x251c);
	cells_char(g, x + n + 1, y, STYLE_BORDER, 0x2524);
	for (int i = 0; i < n; i++) {
		bool between = (i > home && i < knob) || (i < home && i > knob), ramp = (i > knob && i <= to) || (i < knob && i >= to);

		cells_char(g, x + 1 + i, y, ramp ? STYLE_MARK : between ? STYLE_VALUE : STYLE_BORDER, ramp ? RAMP : between ? BETWEEN : TRACK);
	}
	cells_char(g, x + 1 + home, y, STYLE_DIM, HOME);
	if (f->limit <= 1)
		cells_char(g, x + 1 + (int)(f->limit * (n - 1) + 0.5), y, STYLE_BAD, LIMIT);
	if (f->live)
		cells_char(g, x + 1 + knob, y, f->focused ? STYLE_FOCUS : STYLE_VALUE, f->focused ? KNOB_FOCUSED : KNOB);
}

/* The mean of the samples in [from, to) steps before the end; nan when there are none. */
static double mean_of(const struct view_series *s, double from, double to)
{
	int a = (int)floor(from), b = (int)ceil(to);
	double sum = 0;
	int n = 0;

	if (b <= a)
		b = a + 1;
	for (int i = a; i < b; i++) {
		if (i < 0 || i >= (int)s->n)
			continue;
		sum += (double)s->at[s->n - 1 - (unsigned)i];
		n++;
	}
	return n ? sum / n : NAN;
}

static double largest(const struct view_series *s, int seconds)
{
	unsigned n = (unsigned)(seconds * 1000000000.0 / SERIES_STEP_NS);
	double top = 0;

	for (unsigned i = 0; i < n && i < s->n; i++) {
		double v = (double)s->at[s->n - 1 - i];

		if (isfinite(v) && v > top)
			top = v;
	}
	return top;
}

double graph_top(const struct view_series *a, const struct view_series *b, int seconds)
{
	static const double steps[] = { 1, 1.5, 2, 3, 4, 5, 7.5, 10 };
	double top = fmax(largest(a, seconds), largest(b, seconds)) * 1.05, power;

	if (!(top > 0))
		return 1;
	power = pow(10, floor(log10(top)));
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (steps[i] * power >= top)
			return steps[i] * power;
	return 10 * power;
}

/* One column of two braille half-columns, filled from below to left and right (in dots). */
static uint32_t braille(int left, int right)
{
	static const uint8_t l[] = { 0, 0x40, 0x44, 0x46, 0x47 }, r[] = { 0, 0x80, 0xa0, 0xb0, 0xb8 };

	left = left < 0 ? 0 : left > 4 ? 4 : left;
	right = right < 0 ? 0 : right > 4 ? 4 : right;
	return (uint32_t)(BRAILLE | l[left] | r[right]);
}

/* Height of a value in dots; what is there at all is at least one. */
static int dots(const struct graph *gr, double v, int rows, int per_row)
{
	double share = (v - gr->bottom) / (gr->top - gr->bottom), d;

	if (isnan(v) || !(v > gr->bottom))
		return 0;
	if (gr->log && !(gr->bottom < 0))
		share = 1 + log10(v / gr->top) / 4;
	d = share * rows * per_row;
	return d >= rows * per_row ? rows * per_row : d < 1 ? 1 : (int)(d + 0.5);
}

static void graph_column(struct cells *g, struct rect r, const struct graph *gr, int column)
{
	double steps = gr->seconds * 1e9 / (double)SERIES_STEP_NS / r.w;       /* samples in a column */
	double end = (r.w - 1 - column) * steps, middle = end + steps / 2, start = end + steps;
	double a = mean_of(&gr->actual, middle, start), b = mean_of(&gr->actual, end, middle), t = mean_of(&gr->target, end, start);
	bool fine = gr->glyphs == GLYPHS_BRAILLE && !g->ascii;
	int per_row = fine ? 4 : gr->glyphs == GLYPHS_ASCII || g->ascii ? 2 : 8;
	int left = dots(gr, a, r.h, per_row), right = dots(gr, b, r.h, per_row), goal = dots(gr, t, r.h, per_row);

	if (isnan(a))
		left = right;
	for (int y = 0; y < r.h; y++) {
		int base = (r.h - 1 - y) * per_row, l = left - base, d = right - base;
		uint32_t c = ' ';

		if (fine)
			c = l > 0 || d > 0 ? braille(l, d) : ' ';
		else if (d > 0)
			c = per_row == 2 ? (d >= 2 ? ':' : '.') : d >= 8 ? 0x2588 : (uint32_t)(0x2580 + d);
		if (c != ' ')
			cells_char(g, r.x + column, r.y + y, STYLE_GRAPH, c);
		else if (goal > base && goal <= base + per_row && goal > right)
			cells_char(g, r.x + column, r.y + y, STYLE_TARGET, 0x2504);
	}
}

static void graph_marks(struct cells *g, struct rect axis, const struct graph *gr)
{
	size_t n = strlen(gr->prefix);

	for (unsigned i = gr->change_n; i-- > 0;) {             /* the newest wins a column */
		const struct view_change *ch = &gr->changes[i];
		double ago = (double)(gr->now_ns - ch->wall_ns) / 1e9;
		int x = axis.w - 1 - (int)(ago / gr->seconds * axis.w);

		if (ago > gr->seconds || ago < 0 || x < 0 || strncmp(ch->path, gr->prefix, n) != 0)
			continue;
		cells_char(g, axis.x + x, axis.y, STYLE_MARK, ch->direction > 0 ? 0x25b2 : ch->direction < 0 ? 0x25bc : 0x25c6);
	}
}

double series_about(const struct view_series *s, double ago)
{
	double steps = ago * 1e9 / (double)SERIES_STEP_NS;

	return mean_of(s, steps, steps + 1);
}

static void graph_axis(struct cells *g, struct rect r, int label, int h, const struct graph *gr)
{
	char text[NUM_TEXT];

	for (int y = 0; y < h; y++) {
		double share = (double)(h - y) / h, v = gr->bottom + (gr->top - gr->bottom) * share;
		bool labelled = y == 0 || y == h - 1 || (h >= 6 && y == h / 2);

		if (gr->log && !(gr->bottom < 0))
			v = gr->top * pow(10, 4 * (share - 1));
		if (y == h - 1 && h > 1)
			v = gr->log && !(gr->bottom < 0) ? gr->top / 10000 : gr->bottom;
		if (labelled) {
			num_human(text, v);
			cells_right(g, r.x, r.y + y, label, STYLE_DIM, text);
		}
		cells_char(g, r.x + label, r.y + y, STYLE_BORDER, labelled ? 0x2524 : 0x2502);
	}
}

/* Instead of a picture: what it was then, in a few columns; for those who hear the screen. */
static void graph_numbers(struct cells *g, struct rect r, const struct graph *gr)
{
	int columns = r.w / 11 < 1 ? 1 : r.w / 11;

	for (int i = 0; i < columns; i++) {
		double ago = columns > 1 ? (double)gr->seconds * (columns - 1 - i) / (columns - 1) : 0;
		char when[32], text[NUM_TEXT];
		double v = series_about(&gr->actual, ago), t = series_about(&gr->target, ago);

		snprintf(when, sizeof when, ago > 0 ? "-%.0fs" : "now", ago);
		cells_right(g, r.x + i * 11, r.y, 10, STYLE_DIM, when);
		num_human(text, v);
		cells_right(g, r.x + i * 11, r.y + 1, 10, STYLE_VALUE, isnan(v) ? "" : text);
		num_human(text, t);
		if (r.h > 2)
			cells_right(g, r.x + i * 11, r.y + 2, 10, STYLE_TARGET, isnan(t) ? "" : text);
	}
}

void widget_graph(struct cells *g, struct rect r, const struct graph *gr)
{
	enum { LABEL = 5 };
	struct rect area = { r.x + LABEL + 1, r.y, r.w - LABEL - 2, r.h - 1 };

	if (gr->glyphs == GLYPHS_NUMBERS) {
		graph_numbers(g, r, gr);
		return;
	}
	if (area.w < 4 || area.h < 1)
		return;
	graph_axis(g, r, LABEL, area.h, gr);
	for (int x = 0; x < area.w; x++)
		graph_column(g, area, gr, x);
	cells_char(g, r.x + LABEL, r.y + area.h, STYLE_BORDER, 0x2514);
	for (int x = 0; x < area.w; x++)
		cells_char(g, area.x + x, r.y + area.h, STYLE_BORDER, 0x2500);
	graph_marks(g, (struct rect){ area.x, r.y + area.h, area.w, 1 }, gr);
	if (gr->cursor_ago >= 0 && gr->cursor_ago <= gr->seconds) {
		int x = area.w - 1 - (int)(gr->cursor_ago / gr->seconds * area.w);

		for (int y = 0; y <= area.h && x >= 0; y++)
			cells_char(g, area.x + x, r.y + y, STYLE_MARK, 0x2502);
	}
}

static double sum_of(const uint32_t *bins, unsigned n)
{
	double sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += bins[i];
	return sum;
}

/* Counts of bins as shares in w columns, `each` of them alike: of the bins that they cover, so that any width shows the same shape. */
static double to_columns(double *columns, int w, int each, const uint32_t *bins, unsigned n)
{
	double sum = sum_of(bins, n), most = 0;

	for (int x = 0; x < w; x++) {
		int first = x - x % each, end = first + each < w ? first + each : w;
		double from = (double)first * n / w, to = (double)end * n / w;

		columns[x] = 0;
		for (unsigned i = (unsigned)from; i < n && i < to && sum > 0; i++)
			columns[x] += bins[i] / sum * (fmin(to, i + 1) - fmax(from, i)) / (end - first);
		most = fmax(most, columns[x]);
	}
	return most;
}

/* A thin line at a height of `rows`, in fifths of a row. */
static void outline(struct cells *g, struct rect r, int x, double rows)
{
	static const uint16_t lines[] = { 0x23bd, 0x23bc, 0x2500, 0x23bb, 0x23ba };    /* from the foot of a cell to its head */
	int row = (int)rows, at;

	if (!(rows > 0))
		return;
	row = row >= r.h ? r.h - 1 : row;
	at = (int)((rows - row) * 5);
	cells_char(g, x, r.y + r.h - 1 - row, STYLE_TARGET, lines[at > 4 ? 4 : at]);
}

void widget_histogram(struct cells *g, struct rect r, const uint32_t *bins, const uint32_t *promised, unsigned n, bool ascii)
{
	enum { MOST = 512 };
	int per_row = ascii ? 2 : 8, w = r.w < MOST ? r.w : MOST, each;
	double columns[MOST], lines[MOST], most;

	if (w < 1 || r.h < 1)
		return;
	/* To be compared the bars must be more than chance: broader ones, where few values were seen. */
	each = !promised || sum_of(bins, n) >= 16 * w ? 1 : sum_of(bins, n) >= 6 * w ? 2 : 3;
	most = to_columns(columns, w, each, bins, n);
	if (promised)
		most = fmax(most, to_columns(lines, w, 1, promised, n));
	for (int x = 0; x < w && most > 0; x++) {
		int d = columns[x] > 0 ? (int)(columns[x] / most * r.h * per_row + 0.5) : 0;

		if (columns[x] > 0 && d < 1)
			d = 1;
		for (int y = 0; y < r.h; y++) {
			int left = d - (r.h - 1 - y) * per_row;

			if (left > 0)
				cells_char(g, r.x + x, r.y + y, STYLE_GRAPH, ascii ? (left >= 2 ? ':' : '.') : left >= 8 ? 0x2588 : (uint32_t)(0x2580 + left));
		}
		if (promised)
			outline(g, r, r.x + x, lines[x] / most * r.h);
	}
}

void widget_share(struct cells *g, int x, int y, int width, double share, double promised)
{
	int full = (int)(share * width + 0.5);

	full = share > 0 && full < 1 ? 1 : full;
	for (int i = 0; i < width; i++)
		cells_char(g, x + i, y, STYLE_GRAPH, i < full ? 0x2588 : ' ');
	if (promised > 0)
		cells_char(g, x + (int)fmin(promised * width, width - 1), y, STYLE_TARGET, 0x2502);
}

void widget_meter(struct cells *g, int x, int y, int width, enum style s, double share)
{
	int full = (int)(share * width + 0.5);

	for (int i = 0; i < width; i++)
		cells_char(g, x + i, y, i < full ? s : STYLE_BORDER, i < full ? 0x2593 : 0x2591);
}

/* In halves of columns, which a narrow one in the middle shows. */
void widget_funnel(struct cells *g, int x, int y, int width, enum style s, double share, double outer)
{
	int halves = width * 2, inner = (int)(fmin(share, 1) * width + 0.5), all = (int)(fmin(outer, 1) * width + 0.5);

	inner = share > 0 && inner < 1 ? 1 : inner;
	all = all < inner ? inner : all;
	for (int i = 0; i < width; i++) {
		/* Is its left half, is its right one within? Counted from the middle. */
		int left = halves / 2 - 2 * i, right = 2 * i + 2 - halves / 2;
		bool in_left = left <= inner && right - 1 <= inner, in_right = right <= inner && left - 1 <= inner;
		bool out = left <= all && right <= all;

		if (in_left || in_right)
			cells_char(g, x + i, y, s, in_left && in_right ? 0x2588 : in_left ? 0x258c : 0x2590);
		else if (out)
			cells_char(g, x + i, y, STYLE_BORDER, 0x2591);
	}
}

int widget_big(struct cells *g, int x, int y, int width, enum style s, const char *text)
{
	static const struct { char c; const char *rows[3]; } font[] = {
		{ '0', { "█▀█", "█ █", "▀▀▀" } }, { '1', { "▀█ ", " █ ", "▀▀▀" } }, { '2', { "▀▀█", "█▀▀", "▀▀▀" } },
		{ '3', { "▀▀█", " ▀█", "▀▀▀" } }, { '4', { "█ █", "▀▀█", "  ▀" } }, { '5', { "█▀▀", "▀▀█", "▀▀▀" } },
		{ '6', { "█▀▀", "█▀█", "▀▀▀" } }, { '7', { "▀▀█", "  █", "  ▀" } }, { '8', { "█▀█", "█▀█", "▀▀▀" } },
		{ '9', { "█▀█", "▀▀█", "▀▀▀" } }, { '.', { "   ", "   ", " ▀ " } }, { 'k', { "█ █", "█▀▄", "▀ ▀" } },
		{ 'M', { "█▄█", "█ █", "▀ ▀" } }, { 'G', { "█▀▀", "█ █", "▀▀▀" } },
	};
	int used = 0;

	for (; *text && used + 4 <= width; text++, used += 4)
		for (size_t i = 0; i < COUNT_OF(font); i++)
			for (int r = 0; font[i].c == *text && r < 3; r++)
				cells_text(g, x + used, y + r, 3, s, font[i].rows[r]);
	return used;
}

void widget_bars(struct cells *g, int x, int y, int width, enum style s, const struct view_series *v, int seconds, double top, bool ascii)
{
	double steps = seconds * 1e9 / (double)SERIES_STEP_NS / (width > 0 ? width : 1);

	for (int i = 0; i < width; i++) {
		double end = (width - 1 - i) * steps, m = mean_of(v, end, end + steps);
		int d = top > 0 && m > 0 ? (int)(m / top * 8 + 0.5) : 0;

		if (isnan(m)) {
			cells_char(g, x + i, y, s, ' ');
			continue;
		}
		d = d < 1 ? 1 : d > 8 ? 8 : d;
		cells_char(g, x + i, y, s, ascii ? (uint32_t)"__.--=+*#"[d] : (uint32_t)(0x2580 + d));
	}
}

uint32_t widget_state(enum view_state st, bool limited, enum style *s)
{
	static const struct { uint32_t c; enum style s; } states[] = {
		[VIEW_OFF] = { 0x25a0, STYLE_DIM }, [VIEW_ON] = { 0x25b6, STYLE_GOOD }, [VIEW_MUTED] = { 0x2016, STYLE_WARN },
		[VIEW_FINISHED] = { 0x2713, STYLE_GOOD }, [VIEW_FAILED] = { 'x', STYLE_BAD }, [VIEW_BROKEN] = { '!', STYLE_BAD },
		[VIEW_WAITING] = { '!', STYLE_WARN },
	};

	if (limited && st == VIEW_ON)
		st = VIEW_WAITING;
	*s = states[st].s;
	return states[st].c;
}
