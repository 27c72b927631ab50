/* The command palette, over whatever is there: the line, its completions, and what they do. */
#include <stdio.h>
#include <string.h>

#include "ui/draw.h"

enum { ROWS = 8 };

static void describe(struct ui *u, struct rect in, const char *candidate)
{
	const struct command *c = command_find(u->deck, candidate);
	struct knobs *k;
	const struct param *p = strchr(candidate, '.') ? control_find(u->deck->control, candidate, &k, NULL) : NULL;

	if (c)
		cells_printf(&u->cells, in.x + 26, in.y, in.w - 27, STYLE_DIM, "%s  %s", c->args, c->help);
	else if (p)
		cells_printf(&u->cells, in.x + 32, in.y, in.w - 33, STYLE_DIM, "%s", p->help);
}

/* What the first word of the line is for, once it is complete. */
static void usage(struct ui *u, int x, int y, int w)
{
	char word[60];
	const struct command *c;

	snprintf(word, sizeof word, "%.*s", (int)strcspn(u->line, " "), u->line);
	c = command_find(u->deck, word);
	if (c)
		cells_printf(&u->cells, x, y, w, STYLE_VALUE, "%s %s: %s", c->name, c->args, c->help);
}

/* The line with its cursor; a long one shows the part around it. */
static void put_line(struct ui *u, int x, int y, int w)
{
	const char *from = u->line;
	char before[UI_LINE];

	snprintf(before, sizeof before, "%.*s", (int)u->line_at, u->line);
	while (cells_width(before + (from - u->line)) > w - 2)
		from++;
	while (((unsigned char)*from & 0xc0) == 0x80)
		from++;
	cells_text(&u->cells, x, y, w, STYLE_INPUT, from);
	x += cells_width(before + (from - u->line));
	cells_char(&u->cells, x, y, u->line[u->line_at] ? STYLE_FOCUS : STYLE_INPUT,
		   u->line[u->line_at] && (unsigned char)u->line[u->line_at] < 0x80 ? (uint32_t)u->line[u->line_at] : 0x258f);
}

void screen_palette(struct ui *u)
{
	int w = u->cells.w > 100 ? 84 : u->cells.w - 8, h = ROWS + 6;
	struct rect r = { (u->cells.w - w) / 2, u->cells.h / 5, w, h }, in;
	struct buf all;
	int x, y;

	if (r.y + h > u->cells.h)
		r.y = u->cells.h - h;
	in = cells_inside(r);
	cells_box(&u->cells, r, "command", "Tab completes  Up history  ^R search", true);
	x = in.x + 1;
	x += cells_text(&u->cells, x, in.y, in.w, STYLE_TITLE, ": ");
	put_line(u, x, in.y, in.x + in.w - x - 2);
	buf_init(&all, 65536);
	u->deck->focus = *u->lists[LIST_MODULES].focus ? u->lists[LIST_MODULES].focus : NULL;
	command_complete(u->deck, u->line, &all);
	y = in.y + 2;
	for (char *s = all.data; *s && y < in.y + 2 + ROWS;) {
		size_t n = strcspn(s, "\n");
		char candidate[200];

		snprintf(candidate, sizeof candidate, "%.*s", (int)n, s);
		cells_text(&u->cells, in.x + 2, y, 30, STYLE_TEXT, candidate);
		describe(u, (struct rect){ in.x, y, in.w, 1 }, candidate);
		y++;
		s += n;
		s += *s == '\n';
	}
	buf_free(&all);
	if (u->history_n)
		cells_printf(&u->cells, in.x + 2, in.y + in.h - 2, in.w - 3, STYLE_DIM, "last: %s", u->history[u->history_n - 1]);
	usage(u, in.x + 2, in.y + in.h - 1, in.w - 3);
}
