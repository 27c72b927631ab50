/* The lens: what a field is like, beside what its expression promises; and the records that would come next. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/draw.h"

enum { NAME = 6, FIGURE = 10 };         /* columns of the table of figures */

static void put_figure(struct ui *u, int x, int y, enum style s, double v)
{
	char text[40];

	snprintf(text, sizeof text, "%.4g", v);
	if (strlen(text) > FIGURE - 1)
		snprintf(text, sizeof text, "%.2g", v);
	cells_right(&u->cells, x, y, FIGURE, s, text);
}

static void put_row(struct ui *u, int x, int y, const struct view_lens *l, const char *name, double made, double promised)
{
	cells_text(&u->cells, x, y, NAME, STYLE_DIM, name);
	if (l->made.n > l->made.nulls)
		put_figure(u, x + NAME, y, STYLE_VALUE, made);
	if (l->promised.n > l->promised.nulls)
		put_figure(u, x + NAME + FIGURE, y, STYLE_TARGET, promised);
}

/* As many rows as there is room for, what is asked for most first: quantiles, mean, spread. */
static void put_figures(struct ui *u, struct rect r, const struct view_lens *l)
{
	const struct view_measure *a = &l->made, *b = &l->promised;
	const struct { const char *name; double made, promised; } more[] = {
		{ "mean", a->mean, b->mean }, { "sd", a->sd, b->sd }, { "min", a->min, b->min }, { "max", a->max, b->max },
		{ "kurt", a->kurtosis, b->kurtosis }, { "skew", a->skew, b->skew },
	};
	int y = r.y, end = r.y + r.h;

	if (r.h > LENS_QUANTILES) {
		cells_right(&u->cells, r.x + NAME, y, FIGURE, STYLE_DIM, "made");
		if (b->n)
			cells_right(&u->cells, r.x + NAME + FIGURE, y, FIGURE, STYLE_DIM, "promised");
		y++;
	}
	for (unsigned i = 0; i < LENS_QUANTILES && y < end; i++) {
		char name[8];

		snprintf(name, sizeof name, "p%u", view_quantiles[i]);
		put_row(u, r.x, y++, l, name, a->quantiles[i], b->quantiles[i]);
	}
	for (size_t i = 0; i < COUNT_OF(more) && y < end; i++)
		put_row(u, r.x, y++, l, more[i].name, more[i].made, more[i].promised);
}

static void draw_numbers(struct ui *u, struct rect in, const struct view_lens *l)
{
	int side = in.w >= 46 ? NAME + FIGURE + (l->promised.n ? FIGURE : 0) : 0, w = in.w - 2 - (side ? side + 1 : 0);
	char low[NUM_TEXT], high[NUM_TEXT];

	if (side)
		put_figures(u, (struct rect){ in.x + in.w - side - 1, in.y, side, in.h }, l);
	if (l->made.n == l->made.nulls && l->promised.n == l->promised.nulls)
		return;
	if (u->glyphs != GLYPHS_NUMBERS)
		widget_histogram(&u->cells, (struct rect){ in.x + 1, in.y, w, in.h - 1 }, l->made.bins, l->promised.n ? l->promised.bins : NULL, LENS_BINS,
				 u->cells.ascii || u->glyphs == GLYPHS_ASCII);
	num_human(low, l->low);
	num_human(high, l->high);
	cells_text(&u->cells, in.x + 1, in.y + in.h - 1, w, STYLE_DIM, low);
	cells_right(&u->cells, in.x + 1, in.y + in.h - 1, w, STYLE_DIM, high);
	if (l->log)
		cells_text(&u->cells, in.x + 1 + w / 2 - 1, in.y + in.h - 1, 3, STYLE_DIM, "log");
}

/* A row for each of the most frequent values: a bar, a mark where it should end, and both shares. */
static void draw_words(struct ui *u, struct rect in, const struct view_lens *l)
{
	bool promised = l->promised.n > 0;
	int figures = promised ? 16 : 8, name = (in.w - figures) * 2 / 5, bar = in.w - figures - name - 3;
	double most = 0;

	for (unsigned i = 0; i < l->word_n && (int)i < in.h; i++)
		most = fmax(most, fmax(l->words[i].made, l->words[i].promised));
	for (unsigned i = 0; i < l->word_n && (int)i < in.h; i++) {
		const struct view_word *w = &l->words[i];
		int y = in.y + (int)i;
		char text[20];

		cells_text(&u->cells, in.x + 1, y, name, w->text && *w->text ? STYLE_TEXT : STYLE_DIM, !w->text ? "null" : *w->text ? w->text : "''");
		if (u->glyphs != GLYPHS_NUMBERS && bar > 2 && most > 0)
			widget_share(&u->cells, in.x + name + 2, y, bar, w->made / most, w->promised / most);
		snprintf(text, sizeof text, "%.1f%%", w->made * 100);
		cells_right(&u->cells, in.x + in.w - figures, y, 7, STYLE_VALUE, text);
		snprintf(text, sizeof text, "%.1f%%", w->promised * 100);
		if (promised)
			cells_right(&u->cells, in.x + in.w - 8, y, 7, STYLE_TARGET, text);
	}
}

static void put_nulls(char *to, size_t room, const struct view_lens *l)
{
	const struct view_measure *a = &l->made, *b = &l->promised;

	double made = a->n ? 100 * (double)a->nulls / (double)a->n : 0, promised = b->n ? 100 * (double)b->nulls / (double)b->n : 0;

	*to = '\0';
	if (a->nulls + b->nulls)
		snprintf(to, room, b->n ? "  null %.1f%% (%.1f%%)" : "  null %.1f%%", made, promised);
}

void draw_spread(struct ui *u, struct rect r, const char *module)
{
	const struct view_lens *l = &ui_shown(u)->lens;
	bool mine = strcmp(l->module, module) == 0;
	char title[160], nulls[60], right[120] = "e r field";
	struct rect in;

	put_nulls(nulls, sizeof nulls, l);
	snprintf(title, sizeof title, "%s%s%s  last %llu", l->relative ? "returns of " : "", mine && *l->field ? l->field : "no field to show", nulls,
		 (unsigned long long)l->made.n);
	if (mine && l->promised.n)
		snprintf(right, sizeof right, "█ made  %s %s%.60s%s", l->in_words ? "│" : "─", *l->thought ? "at " : "promised", l->thought, r.w >= 64 ? "   e r field" : "");
	if (cells_width(title) + cells_width(right) + 10 > r.w && l->promised.n)
		snprintf(right, sizeof right, "%s%s%.60s", l->in_words ? "│ " : "─ ", *l->thought ? "at " : "promised", l->thought);
	in = draw_pane(u, PANE_SPREAD, r, title, right);
	if (!mine || !(l->made.n + l->promised.n) || in.h < 2)
		return;
	if (l->in_words)
		draw_words(u, in, l);
	else
		draw_numbers(u, in, l);
}

/* ---- what would come next ---- */

/* Where the value of the field in the lens stands in a record; false: not there. */
static bool find_value(const struct ui *u, const char *record, size_t *from, size_t *to)
{
	const struct view_lens *l = &u->view->lens;
	const char *dot = strrchr(l->field, '.'), *at;
	char name[120];

	snprintf(name, sizeof name, "\"%.100s\":", dot ? dot + 1 : l->field);
	at = *l->field ? strstr(record, name) : NULL;
	if (!at)
		return false;
	at += strlen(name);
	*from = (size_t)(at - record);
	*to = *from + (*at == '"' ? strcspn(at + 1, "\"") + 2 : strcspn(at, ",}]"));
	return true;
}

/* A record in at most `rows` lines of w columns; how many it took. When the value the eye is on lies beyond them, what is before it
 * gives way. */
static int put_record(struct ui *u, int x, int y, int w, int rows, const char *record)
{
	size_t room = (size_t)w * (size_t)rows, from = 0, to = 0, skip = 0, n = strlen(record), at;
	bool found = find_value(u, record, &from, &to);
	int column = 0;

	if (found && n > room && to + 2 > room)
		skip = to + 2 - room < from ? to + 2 - room : from;
	while (skip && (record[skip] & 0xc0) == 0x80)
		skip++;
	if (skip)
		cells_char(&u->cells, x + column++, y, STYLE_DIM, 0x2026);
	for (at = skip; record[at] && column < w * rows;) {
		char one[5] = "";
		size_t bytes = 1;
		int wide;

		while ((record[at + bytes] & 0xc0) == 0x80 && bytes < 4)
			bytes++;
		memcpy(one, record + at, bytes);
		wide = cells_width(one);
		if (column % w + wide > w)
			column += w - column % w;       /* a wide character is not broken */
		if (column + wide > w * rows || (column + wide == w * rows && record[at + bytes])) {
			cells_char(&u->cells, x + w - 1, y + rows - 1, STYLE_DIM, 0x2026);
			return rows;
		}
		cells_text(&u->cells, x + column % w, y + column / w, wide, found && at >= from && at < to ? STYLE_FOCUS : STYLE_TEXT, one);
		column += wide;
		at += bytes;
	}
	return column ? (column + w - 1) / w : 1;
}

void draw_preview(struct ui *u, struct rect r)
{
	const struct view_preview *p = &u->view->preview;
	char title[160];
	struct rect in;
	int each, rows, y;

	if (*p->thought)
		snprintf(title, sizeof title, "next of %.60s at %.80s", p->module, p->thought);
	else
		snprintf(title, sizeof title, "next of %.60s", p->module);
	in = draw_pane(u, PANE_PREVIEW, r, title, *p->why ? "not yet a value" : *p->thought ? "typed, not entered" : "n closes");
	rows = in.h;
	if (rows > 1 && *p->why) {
		cells_text(&u->cells, in.x + 1, in.y + in.h - 1, in.w - 2, STYLE_WARN, p->why);
		rows--;
	}
	/* Three records at least; where there is room for more, they are wrapped first. */
	each = rows / 3 < 1 ? 1 : rows / 3;
	y = in.y;
	for (unsigned i = 0; i < p->n && in.y + rows - y >= 1; i++)
		y += put_record(u, in.x + 1, y, in.w - 2, in.y + rows - y < each ? in.y + rows - y : each, p->lines[i]);
}
