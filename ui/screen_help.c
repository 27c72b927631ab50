/* Help: the table of keys itself, searchable; Enter runs what it lists. */
#include <stdio.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/bind.h"
#include "ui/draw.h"

static bool matches(const struct ui *u, const struct bind *b)
{
	return b->help && (!*u->help_filter || text_contains(b->help, u->help_filter) || strstr(b->keys, u->help_filter) ||
			   (b->name && text_contains(b->name, u->help_filter)));
}

/* The rows as they are shown, group by group: the nth, or how many there are. */
static unsigned nth_row(const struct ui *u, unsigned n, const struct bind **row)
{
	unsigned count = 0;

	for (const char *const *g = bind_groups; *g; g++)
		for (const struct bind *b = bind_table; b->keys; b++)
			if (matches(u, b) && b->group && strcmp(b->group, *g) == 0 && count++ == n && row)
				*row = b;
	return count;
}

/* Why a row cannot be run from here; NULL: it can. */
static const char *why_not(const struct ui *u, const struct bind *b)
{
	const struct view *v = ui_shown(u);

	if (!(b->where & 1u << u->before))
		return "on another screen";
	if (v && v->locked && b->act != act_help && b->group && (strcmp(b->group, "VALUE") == 0 || strcmp(b->group, "RUN") == 0))
		return "locked";
	if (v && !v->change_n && b->arg && (strcmp(b->arg, "undo") == 0 || strcmp(b->arg, "redo") == 0))
		return "nothing was changed yet";
	if (v && !v->held && b->arg && strcmp(b->arg, "step") == 0)
		return "only while the clock is held";
	if (b->act == act_cursor && !u->frozen)
		return "only while the view is frozen";
	return NULL;
}

static bool rebound(const struct ui *u, const struct bind *b)
{
	for (unsigned i = 0; i < u->rebind_n; i++)
		if (u->rebinds[i].bind == b)
			return true;
	return false;
}

static void key_names(const struct ui *u, const struct bind *b, char *to, size_t room)
{
	size_t n = 0;

	for (const char *s = b->keys; *s && n + 1 < room; s++)
		if (*s != ' ' || (s[1] != ' ' && s[1]))
			to[n++] = *s;
	to[n] = '\0';
	for (unsigned i = 0; i < u->rebind_n; i++)
		if (u->rebinds[i].bind == b && n + 18 < room) {
			char name[16];

			key_name(&u->rebinds[i].key, name);
			n += (size_t)snprintf(to + n, room - n, " %s", name);
		}
}

void help_key(struct ui *u, const struct key *k)
{
	size_t n = strlen(u->help_filter);
	const struct bind *b = NULL;

	switch (k->code) {
	case KEY_CODE_ESC: u->screen = u->before; break;
	case KEY_CODE_UP: u->help_row -= u->help_row > 0; break;
	case KEY_CODE_DOWN: u->help_row += u->help_row + 1 < nth_row(u, 0, NULL); break;
	case KEY_CODE_BACKSPACE:
		u->help_filter[n ? n - 1 : 0] = '\0';
		u->help_row = 0;
		break;
	case KEY_CODE_ENTER:
		nth_row(u, u->help_row, &b);
		u->screen = u->before;
		if (b && !why_not(u, b))
			b->act(u, b->arg);
		else if (b)
			ui_say(u, STYLE_WARN, "'%s' cannot be done here: %s", b->help, why_not(u, b));
		break;
	case KEY_CODE_CTRL:
		if (k->ch == 'c')
			u->screen = u->before;
		break;
	case KEY_CODE_CHAR:
		if (k->ch == '?' && !n) {
			u->screen = u->before;
		} else if (k->ch >= 0x20 && k->ch < 0x7f && n + 1 < sizeof u->help_filter) {
			u->help_filter[n] = (char)k->ch;
			u->help_filter[n + 1] = '\0';
			u->help_row = 0;
		}
		break;
	default: break;
	}
}

static void row(struct ui *u, int x, int y, int w, const struct bind *b, bool focused)
{
	bool here = !why_not(u, b);
	char keys[80];

	key_names(u, b, keys, sizeof keys);
	cells_char(&u->cells, x, y, STYLE_KEY, focused ? '>' : rebound(u, b) ? '*' : ' ');
	cells_text(&u->cells, x + 1, y, 9, here ? STYLE_KEY : STYLE_DIM, keys);
	cells_text(&u->cells, x + 11, y, w - 12, focused ? STYLE_INPUT : here ? STYLE_TEXT : STYLE_DIM, b->help);
}

/* Titles and rows go down column after column; where they do not fit they scroll by whole columns with the chosen row. */
static void draw_rows(struct ui *u, struct rect in, int columns)
{
	int w = in.w / columns, rows = in.h, line = 0, chosen = 0, first;
	unsigned n = 0;

	for (int pass = 0; pass < 2; pass++) {
		first = rows > 0 ? chosen / (rows * columns) * (rows * columns) : 0;
		line = 0;
		n = 0;
		for (const char *const *g = bind_groups; *g; g++) {
			bool titled = false;

			for (const struct bind *b = bind_table; b->keys; b++) {
				if (!matches(u, b) || !b->group || strcmp(b->group, *g) != 0)
					continue;
				for (int what = titled; what < 2; what++, line++) {
					int at = line - first, x = in.x + (rows > 0 ? at / rows : 0) * w, y = in.y + (rows > 0 ? at % rows : 0);

					if (what == 1 && n == u->help_row)
						chosen = line;
					if (pass == 0 || at < 0 || at >= rows * columns)
						continue;
					if (what == 0)
						cells_text(&u->cells, x + 1, y, w - 1, STYLE_TITLE, *g);
					else
						row(u, x, y, w, b, n == u->help_row);
				}
				titled = true;
				n++;
			}
		}
	}
	if (!n)
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_WARN, "no key matches; : and Tab list the commands");
}

void screen_help(struct ui *u, const struct layout *l)
{
	struct rect r = l->panes[PANE_MAIN], in = l->boxed ? cells_inside(r) : r;
	const struct bind *b = NULL;

	if (in.h < 1)
		return;
	if (l->boxed)
		cells_box(&u->cells, r, "help — type to filter, Enter runs", "from the live table of keys", true);
	cells_printf(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_INPUT, "filter: %s▏", u->help_filter);
	draw_rows(u, (struct rect){ in.x, in.y + 1 + (in.h > 20), in.w, in.h - 1 - (in.h > 20) }, in.w >= 132 ? 3 : in.w >= 74 ? 2 : 1);
	nth_row(u, u->help_row, &b);
	if (b && (!*u->message || u->explained)) {
		const char *why = why_not(u, b);

		ui_say(u, STYLE_DIM, "%s%s%s%s   * = changed in your file of keys", b->help, why ? "   not here: " : "", why ? why : "",
		       b->name ? "" : "");
		u->explained = true;
	}
}
