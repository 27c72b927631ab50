/* Menus: a few commands in a box, chosen by arrows, Enter or a click. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ui/ui.h"

void menu_begin(struct ui *u, const char *title)
{
	u->menu.n = u->menu.at = 0;
	snprintf(u->menu.title, sizeof u->menu.title, "%s", title);
}

void menu_add(struct ui *u, const char *line, const char *format, ...)
{
	va_list ap;

	if (u->menu.n == COUNT_OF(u->menu.items))
		return;
	va_start(ap, format);
	vsnprintf(u->menu.items[u->menu.n].text, sizeof u->menu.items[0].text, format, ap);
	va_end(ap);
	snprintf(u->menu.items[u->menu.n++].line, sizeof u->menu.items[0].line, "%s", line);
}

void menu_open(struct ui *u, int x, int y)
{
	if (!u->menu.n)
		return;
	u->menu.x = x;
	u->menu.y = y;
	u->mode = UI_MENU;
}

static void choose(struct ui *u, const char *line)
{
	u->mode = UI_PLAIN;
	ui_command(u, "%s", line);
}

void menu_key(struct ui *u, const struct key *k)
{
	bool up = k->code == KEY_CODE_UP || (k->code == KEY_CODE_CHAR && k->ch == 'k');
	bool down = k->code == KEY_CODE_DOWN || (k->code == KEY_CODE_CHAR && k->ch == 'j');

	if (up)
		u->menu.at = u->menu.at ? u->menu.at - 1 : u->menu.n - 1;
	else if (down)
		u->menu.at = (u->menu.at + 1) % u->menu.n;
	else if (k->code == KEY_CODE_ENTER)
		choose(u, u->menu.items[u->menu.at].line);
	else if (k->code == KEY_CODE_ESC || (k->code == KEY_CODE_CTRL && k->ch == 'c') || (k->code == KEY_CODE_CHAR && k->ch == 'q'))
		u->mode = UI_PLAIN;
}

void screen_menu(struct ui *u)
{
	int w = cells_width(u->menu.title) + 8, h = (int)u->menu.n + 2;
	struct rect r;

	for (unsigned i = 0; i < u->menu.n; i++)
		w = cells_width(u->menu.items[i].text) + 6 > w ? cells_width(u->menu.items[i].text) + 6 : w;
	w = w > u->cells.w ? u->cells.w : w;
	h = h > u->cells.h ? u->cells.h : h;
	r = (struct rect){ u->menu.x < 0 ? (u->cells.w - w) / 2 : u->menu.x, u->menu.y < 0 ? (u->cells.h - h) / 2 : u->menu.y, w, h };
	if (r.x + w > u->cells.w)
		r.x = u->cells.w - w;
	/* The last row says what the keys do. */
	if (r.y + h > u->cells.h - 1)
		r.y = u->cells.h - 1 - h > 0 ? u->cells.h - 1 - h : 0;
	cells_box(&u->cells, r, u->menu.title, "", true);
	u->spot_n = 0;          /* what lies below cannot be clicked now */
	for (unsigned i = 0; i < u->menu.n && (int)i < h - 2; i++) {
		bool here = i == u->menu.at;
		struct rect row = { r.x + 1, r.y + 1 + (int)i, w - 2, 1 };

		cells_fill(&u->cells, row, here ? STYLE_FOCUS : STYLE_TEXT, ' ');
		cells_char(&u->cells, row.x, row.y, here ? STYLE_FOCUS : STYLE_KEY, here ? '>' : ' ');
		cells_text(&u->cells, row.x + 2, row.y, row.w - 2, here ? STYLE_FOCUS : STYLE_TEXT, u->menu.items[i].text);
		ui_spot(u, row, choose, u->menu.items[i].line);
	}
}
