/* Help: the table of keys itself, searchable; Enter runs what it lists. */
#include <stdio.h>
#include <string.h>

#include "ui/bind.h"
#include "ui/ui.h"

static bool matches(const struct ui *u, const struct bind *b)
{
	return b->help && (strstr(b->help, u->help_filter) || strstr(b->keys, u->help_filter));
}

static void key_names(const struct bind *b, char *to, size_t room)
{
	size_t n = 0;

	for (const char *s = b->keys; *s && n + 1 < room; s++)
		if (*s != ' ' || (s[1] != ' ' && s[1]))
			to[n++] = *s;
	to[n] = '\0';
}

static void row(struct ui *u, int x, int y, int w, const struct bind *b, bool focused)
{
	bool here = b->where & 1u << u->before_help;
	char keys[60];

	key_names(b, keys, sizeof keys);
	cells_char(&u->cells, x, y, STYLE_KEY, focused ? '>' : ' ');
	cells_text(&u->cells, x + 1, y, 8, here ? STYLE_KEY : STYLE_DIM, keys);
	cells_text(&u->cells, x + 10, y, w - 10, focused ? STYLE_INPUT : here ? STYLE_TEXT : STYLE_DIM, b->help);
}

void screen_help(struct ui *u, const struct layout *l)
{
	static const char *const groups[] = { "MOVE", "RUN", "VALUE", "LOOK", "GLOBAL" };
	struct rect r = l->panes[PANE_MAIN], in = l->boxed ? cells_inside(r) : r;
	int columns = in.w >= 132 ? 3 : in.w >= 74 ? 2 : 1, w = in.w / columns, column = 0, y;
	unsigned n = 0, first = 0;
	int rows = in.h - 2;

	if (l->boxed)
		cells_box(&u->cells, r, "help — type to filter, Enter runs", "from the live table of keys", true);
	cells_printf(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_INPUT, "filter: %s▏", u->help_filter);
	/* One column scrolls with the chosen row; more columns hold everything. */
	if (columns == 1 && rows > 0 && u->help_row + 5 > (unsigned)rows)
		first = u->help_row + 5 - (unsigned)rows;
	y = in.y + 2;
	for (size_t gi = 0; gi < COUNT_OF(groups); gi++) {
		bool titled = false;

		for (const struct bind *b = bind_table; b->keys; b++) {
			unsigned index = 0;

			if (!matches(u, b) || !b->group || strcmp(b->group, groups[gi]) != 0)
				continue;
			/* The number of a row is its place in the table, as for Enter. */
			for (const struct bind *q = bind_table; q < b; q++)
				index += matches(u, q);
			if (n++ < first)
				continue;
			if (y >= in.y + in.h && column + 1 < columns) {
				column++;
				y = in.y + 2;
				titled = false;
			}
			if (!titled && y < in.y + in.h) {
				cells_text(&u->cells, in.x + column * w + 1, y++, w - 1, STYLE_TITLE, groups[gi]);
				titled = true;
			}
			if (y < in.y + in.h)
				row(u, in.x + column * w, y++, w, b, index == u->help_row);
		}
	}
	if (!n)
		cells_text(&u->cells, in.x + 1, in.y + 2, in.w - 1, STYLE_WARN, "no key matches");
}
