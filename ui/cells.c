/* The grid of characters and styles. */
#include "ui/cells.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

int cells_resize(struct cells *g, int w, int h)
{
	struct glyph *at = calloc((size_t)(w > 0 ? w : 1) * (size_t)(h > 0 ? h : 1), sizeof *at);

	if (!at)
		return -1;
	free(g->at);
	g->at = at;
	g->w = w;
	g->h = h;
	cells_clear(g);
	return 0;
}

void cells_free(struct cells *g)
{
	free(g->at);
	*g = (struct cells){ 0 };
}

void cells_clear(struct cells *g)
{
	for (int i = 0; i < g->w * g->h; i++)
		g->at[i] = (struct glyph){ .c = ' ' };
}

/* What stands for our drawing characters where there is only ASCII. */
static uint32_t ascii_of(uint32_t c)
{
	static const struct { uint32_t from; char to; } pairs[] = {
		{ 0x2500, '-' }, { 0x2501, '=' }, { 0x2502, '|' }, { 0x2503, '|' }, { 0x250c, '+' }, { 0x2510, '+' }, { 0x2514, '+' },
		{ 0x2518, '+' }, { 0x250f, '+' }, { 0x2513, '+' }, { 0x2517, '+' }, { 0x251b, '+' }, { 0x251c, '|' }, { 0x2524, '|' },
		{ 0x2504, '=' }, { 0x250a, ':' }, { 0x25cf, 'O' }, { 0x25c9, '@' }, { 0x25b6, '>' }, { 0x25a0, '#' }, { 0x2016, '=' },
		{ 0x2713, '+' }, { 0x25b2, '^' }, { 0x25bc, 'v' }, { 0x25c6, '*' }, { 0x2192, '>' }, { 0x2190, '<' }, { 0x2191, '^' },
		{ 0x2193, 'v' }, { 0xd7, 'x' }, { 0x2026, '~' }, { 0xb7, '.' }, { 0x2588, '#' }, { 0x2581, '_' }, { 0x2582, '.' },
		{ 0x2583, '-' }, { 0x2584, '-' }, { 0x2585, '=' }, { 0x2586, '+' }, { 0x2587, '*' }, { 0x258c, '#' }, { 0x2590, '#' }, { 0x258f, '|' }, { 0x2592, '#' },
		{ 0x2591, '.' }, { 0x2593, '#' }, { 0x2022, '*' }, { 0x221a, 'V' }, { 0x3c1, 'r' }, { 0x2013, '-' }, { 0x23ba, '-' }, { 0x23bb, '-' }, { 0x23bc, '_' }, { 0x23bd, '_' }, { 0xb1, '~' },
	};

	if (c < 0x80)
		return c;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (pairs[i].from == c)
			return (uint32_t)pairs[i].to;
	if (c >= 0x2800 && c < 0x2900)
		return c == 0x2800 ? ' ' : ':';
	return '?';
}

void cells_char(struct cells *g, int x, int y, enum style s, uint32_t c)
{
	if (x < 0 || y < 0 || x >= g->w || y >= g->h)
		return;
	g->at[y * g->w + x] = (struct glyph){ .c = g->ascii ? ascii_of(c) : c, .style = s };
}

int cells_text(struct cells *g, int x, int y, int width, enum style s, const char *text)
{
	int used = 0;
	size_t n = strlen(text), at = 0;

	while (at < n) {
		uint32_t c;
		size_t len = utf8_next(text + at, n - at, &c);
		int w;

		if (!len) {
			c = 0xfffd;
			len = 1;
		}
		c = utf8_visible(c);
		w = g->ascii || (c >= 0x2190 && c < 0x2c00) ? 1 : utf8_width(c);
		if (used + w > width)
			break;
		cells_char(g, x + used, y, s, c);
		if (w == 2 && x + used + 1 < g->w && x + used + 1 >= 0 && y >= 0 && y < g->h)
			g->at[y * g->w + x + used + 1] = (struct glyph){ .c = 0, .style = s };
		used += w;
		at += len;
	}
	return used;
}

int cells_width(const char *text)
{
	size_t n = strlen(text), at = 0;
	int w = 0;

	while (at < n) {
		uint32_t c;
		size_t len = utf8_next(text + at, n - at, &c);

		w += len && !(c >= 0x2190 && c < 0x2c00) ? utf8_width(c) : 1;
		at += len ? len : 1;
	}
	return w;
}

int cells_printf(struct cells *g, int x, int y, int width, enum style s, const char *format, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return cells_text(g, x, y, width, s, text);
}

void cells_right(struct cells *g, int x, int y, int width, enum style s, const char *text)
{
	int w = cells_width(text);

	cells_text(g, w < width ? x + width - w : x, y, w < width ? w : width, s, text);
}

void cells_fill(struct cells *g, struct rect r, enum style s, uint32_t c)
{
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			cells_char(g, x, y, s, c);
}

struct rect cells_inside(struct rect r)
{
	return (struct rect){ r.x + 1, r.y + 1, r.w > 2 ? r.w - 2 : 0, r.h > 2 ? r.h - 2 : 0 };
}

void cells_box(struct cells *g, struct rect r, const char *title, const char *right, bool focused)
{
	enum style s = focused ? STYLE_TITLE : STYLE_BORDER;
	int x2 = r.x + r.w - 1, y2 = r.y + r.h - 1, room = r.w - 6;

	if (r.w < 2 || r.h < 2)
		return;
	for (int x = r.x + 1; x < x2; x++) {
		cells_char(g, x, r.y, s, 0x2500);
		cells_char(g, x, y2, s, 0x2500);
	}
	for (int y = r.y + 1; y < y2; y++) {
		cells_char(g, r.x, y, s, 0x2502);
		cells_char(g, x2, y, s, 0x2502);
		for (int x = r.x + 1; x < x2; x++)
			cells_char(g, x, y, STYLE_TEXT, ' ');
	}
	cells_char(g, r.x, r.y, s, 0x250c);
	cells_char(g, x2, r.y, s, 0x2510);
	cells_char(g, r.x, y2, s, 0x2514);
	cells_char(g, x2, y2, s, 0x2518);
	if (title && *title && room > 0) {
		int used = cells_printf(g, r.x + 2, r.y, room, STYLE_TITLE, " %s ", title);

		if (cells_width(title) + 2 > room)
			cells_char(g, r.x + 1 + used, r.y, STYLE_TITLE, 0x2026);
		room -= used + 1;
	}
	if (right && *right && cells_width(right) + 2 <= room)
		cells_printf(g, x2 - cells_width(right) - 3, r.y, cells_width(right) + 2, STYLE_DIM, " %s ", right);
}

void cells_dump(const struct cells *g, struct buf *to)
{
	for (int y = 0; y < g->h; y++) {
		for (int x = 0; x < g->w; x++) {
			char bytes[4];

			if (g->at[y * g->w + x].c)
				buf_add(to, bytes, utf8_put(bytes, g->at[y * g->w + x].c));
		}
		buf_char(to, '\n');
	}
}
