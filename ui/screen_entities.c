/* Entities: how many there are of each class and in which states, and one class as a table. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"

enum { COLUMN_MOST = 62, COLUMN_WIDE = 24, PINS_LEAST = 6 };   /* PINS_LEAST: rows of a table that has pinned ones above it */

/* ---- classes ---- */

/* free ████████ 70 %  plus ███ 25 % */
static void draw_bars(struct ui *u, struct rect r, const struct view_class *c)
{
	int x = r.x, end = r.x + r.w, room = r.w >= 60 ? 20 : 10;

	for (unsigned i = 0; i < c->bar_n && c->live; i++) {
		double share = (double)c->bars[i].n / (double)c->live;
		int w = (int)(share * room + 0.5), need = cells_width(c->bars[i].text) + w + 7;

		if (x + need > end) {
			if (x + 4 <= end)
				cells_printf(&u->cells, x, r.y, end - x, STYLE_DIM, "+%u", c->bar_n - i);
			break;
		}
		x += cells_text(&u->cells, x, r.y, end - x, STYLE_TEXT, c->bars[i].text) + 1;
		for (int k = 0; k < w; k++)
			cells_char(&u->cells, x++, r.y, STYLE_GRAPH, 0x2588);
		x += cells_printf(&u->cells, x, r.y, end - x, STYLE_DIM, w ? " %.0f%%" : "%.0f%%", share * 100) + 2;
	}
}

static void class_row(struct ui *u, struct rect r, const struct view_class *c, bool here)
{
	struct cells *g = &u->cells;
	char live[NUM_TEXT], busy[NUM_TEXT], created[NUM_TEXT], retired[NUM_TEXT], lost[NUM_TEXT], bytes[NUM_TEXT], text[100];
	int x = r.x, end = r.x + r.w;

	num_human(live, (double)c->live);
	num_human(busy, (double)c->busy);
	num_human(created, (double)c->created);
	num_human(retired, (double)c->retired);
	num_human(lost, (double)c->lost);
	num_human_bytes(bytes, (double)c->bytes);
	cells_char(g, x, r.y, STYLE_KEY, here ? '>' : ' ');
	cells_text(g, x + 2, r.y, 13, here ? STYLE_TITLE : STYLE_TEXT, c->name);
	x += 15;
	cells_right(g, x, r.y, 6, STYLE_VALUE, live);
	x += 7;
	snprintf(text, sizeof text, "%s busy", busy);
	cells_right(g, x, r.y, 11, c->busy ? STYLE_TEXT : STYLE_DIM, text);
	x += 12;
	if (r.w >= 100) {
		snprintf(text, sizeof text, "+%s -%s", created, retired);
		cells_right(g, x, r.y, 14, STYLE_DIM, text);
		cells_right(g, x + 14, r.y, 9, STYLE_DIM, bytes);
		x += 24;
	}
	if (end - x >= 10) {
		snprintf(text, sizeof text, "lost %s", lost);
		cells_right(g, x, r.y, 10, c->lost ? STYLE_WARN : STYLE_DIM, text);
		x += 12;
	}
	draw_bars(u, (struct rect){ x, r.y, end - x, 1 }, c);
}

static void draw_classes(struct ui *u, struct rect r)
{
	const struct view_entities *v = &ui_shown(u)->entities;
	char title[120], bytes[NUM_TEXT];
	uint64_t live = 0, busy = 0;
	struct rect in;
	unsigned first;

	for (unsigned i = 0; i < v->class_n; i++) {
		live += v->classes[i].live;
		busy += v->classes[i].busy;
	}
	num_human_bytes(bytes, (double)v->bytes);
	snprintf(title, sizeof title, "classes %u  %llu entities  %llu available  %llu busy", v->class_n, (unsigned long long)live,
		 (unsigned long long)(live - busy), (unsigned long long)busy);
	in = draw_pane(u, PANE_CLASSES, r, title, bytes);
	first = v->class >= in.h && in.h > 0 ? (unsigned)(v->class - in.h + 1) : 0;
	for (unsigned i = first; i < v->class_n && (int)(i - first) < in.h; i++) {
		struct rect row = { in.x, in.y + (int)(i - first), in.w, 1 };

		ui_spot(u, row, act_entity_pick, v->classes[i].name);
		class_row(u, row, &v->classes[i], (int)i == v->class);
	}
}

/* ---- the table ---- */

struct column {
	unsigned field;
	int w;
	bool right;
};

/* The key, then as many fields as there is room for; those that the order or filter is about stand first. */
static unsigned columns(const struct ui *u, const struct view_class *c, int room, struct column *to)
{
	const struct view_entities *v = &ui_shown(u)->entities;
	unsigned n = 0;

	for (int pass = 0; pass < 3; pass++)
		for (unsigned f = 0; f < c->field_n && n < COLUMN_MOST; f++) {
			bool sorted = strcmp(c->fields[f].name, u->ents.ask.sort) == 0, bar = strcmp(c->fields[f].name, c->bar) == 0;
			int w = cells_width(c->fields[f].name) + sorted;

			if (pass != (f == 0 ? 0 : sorted || bar ? 1 : 2))
				continue;
			for (unsigned i = 0; i < v->page_n; i++) {
				char shown[100];
				const char *value = v->page[i].values ? draw_value(u, &c->fields[f], v->page[i].values[f], shown, sizeof shown) : NULL;
				int width = value ? cells_width(value) : 1;

				w = width > w ? width : w;
			}
			w = w > COLUMN_WIDE ? COLUMN_WIDE : w;
			if (n && w + 2 > room)
				continue;
			to[n++] = (struct column){ f, w < room ? w : room, c->fields[f].number };
			room -= w + 2;
		}
	return n;
}

static void draw_heads(struct ui *u, struct rect r, const struct view_class *c, const struct column *col, unsigned n)
{
	int x = r.x;

	for (unsigned i = 0; i < n; i++) {
		const char *name = c->fields[col[i].field].name;
		bool sorted = strcmp(name, u->ents.ask.sort) == 0;
		char line[100], text[100];

		snprintf(text, sizeof text, "%s%.80s", sorted ? u->ents.ask.reverse ? "▲" : "▼" : "", name);
		snprintf(line, sizeof line, "sort \"%.80s\"", name);
		ui_spot(u, (struct rect){ x, r.y, col[i].w, 1 }, act_line, line);
		if (col[i].right)
			cells_right(&u->cells, x, r.y, col[i].w, sorted ? STYLE_TITLE : STYLE_DIM, text);
		else
			cells_text(&u->cells, x, r.y, col[i].w, sorted ? STYLE_TITLE : STYLE_DIM, text);
		x += col[i].w + 2;
	}
}

static void entity_row(struct ui *u, struct rect r, const struct view_class *c, const struct view_entity *row, const struct column *col, unsigned n, bool here)
{
	struct cells *g = &u->cells;
	bool pinned = entities_pinned(u, row->class, row->key);
	enum style plain = here ? STYLE_INPUT : STYLE_TEXT;
	int x = r.x + 3;

	cells_char(g, r.x, r.y, STYLE_KEY, here ? '>' : ' ');
	if (!row->there) {
		cells_printf(g, x, r.y, r.w - 3, STYLE_DIM, "%s retired", row->key);
		return;
	}
	cells_char(g, r.x + 1, r.y, row->holder ? STYLE_GOOD : STYLE_MARK, row->holder ? 0x25cf : pinned ? '*' : ' ');
	for (unsigned i = 0; i < n; i++) {
		char shown[100];
		const char *value = draw_value(u, &c->fields[col[i].field], row->values[col[i].field], shown, sizeof shown);
		enum style s = !value ? STYLE_DIM : i == 0 ? here ? STYLE_TITLE : pinned ? STYLE_MARK : STYLE_VALUE : plain;

		if (col[i].right)
			cells_right(g, x, r.y, col[i].w, s, value ? value : "–");
		else
			cells_text(g, x, r.y, col[i].w, s, value ? value : "–");
		x += col[i].w + 2;
	}
}

/* Of any class: * user u-1  orders 3  spent 12.5 */
static void pin_row(struct ui *u, struct rect r, const struct view_entity *row)
{
	const struct view_entities *v = &ui_shown(u)->entities;
	const struct view_class *c = NULL;
	char shown[100];
	const char *value;
	int x = r.x + 3, end = r.x + r.w;

	for (unsigned i = 0; i < v->class_n; i++)
		if (strcmp(v->classes[i].name, row->class) == 0)
			c = &v->classes[i];
	cells_char(&u->cells, r.x, r.y, STYLE_MARK, '*');
	cells_char(&u->cells, r.x + 1, r.y, STYLE_GOOD, row->holder ? 0x25cf : ' ');
	x += cells_printf(&u->cells, x, r.y, end - x, STYLE_DIM, "%s ", row->class);
	x += cells_printf(&u->cells, x, r.y, end - x, STYLE_MARK, "%s  ", row->key);
	if (!row->there)
		cells_text(&u->cells, x, r.y, end - x, STYLE_WARN, "retired");
	for (unsigned f = 1; row->there && c && f < c->field_n && x < end; f++) {
		x += cells_printf(&u->cells, x, r.y, end - x, STYLE_DIM, "%s ", c->fields[f].name);
		value = draw_value(u, &c->fields[f], row->values[f], shown, sizeof shown);
		x += cells_printf(&u->cells, x, r.y, end - x, STYLE_TEXT, "%s  ", value ? value : "–");
	}
}

static void title_of(const struct ui *u, const struct view_class *c, char *title, size_t room, char *right, size_t right_room, unsigned hidden)
{
	const struct view_entities *v = &ui_shown(u)->entities;
	const struct view_entity_ask *ask = &u->ents.ask;
	char total[NUM_TEXT], live[NUM_TEXT];
	size_t n;

	num_group(total, v->total);
	num_group(live, c->live);
	n = (size_t)snprintf(title, room, *ask->filter ? "%.40s %s of %s  filter: %.80s" : "%.40s %s", c->name, total,
			     *ask->filter ? live : "", ask->filter);
	if (*ask->sort || ask->reverse)
		snprintf(title + n, room - n, "  sort: %.40s%s", *ask->sort ? ask->sort : "place", ask->reverse ? " reversed" : "");
	if (v->looked < 1)
		snprintf(right, right_room, "looking %.0f %%", v->looked * 100);
	else if (v->searching)
		snprintf(right, right_room, "searching");
	else if (v->reach < v->total)
		snprintf(right, right_room, "the first %llu in order", (unsigned long long)v->reach);
	else if (hidden)
		snprintf(right, right_room, "%u field%s hidden", hidden, hidden == 1 ? "" : "s");
	else
		snprintf(right, right_room, "e edit  * pin");
}

static void empty_text(struct ui *u, struct rect r, const struct view_class *c)
{
	const struct view_entities *v = &ui_shown(u)->entities;

	cells_text(&u->cells, r.x, r.y, r.w, STYLE_DIM, v->looked < 1 ? "looking ..." : *u->ents.ask.filter && c->live ?
		   "none passes the filter" : "there is none now");
}

static void draw_table(struct ui *u, struct rect r)
{
	const struct view_entities *v = &ui_shown(u)->entities;
	const struct view_class *c = entities_class(u);
	struct column col[COLUMN_MOST];
	char title[240], right[60];
	struct rect in;
	unsigned n, pins;
	int head = u->layout.boxed, y;

	if (!c) {
		in = draw_pane(u, PANE_MAIN, r, "entities", "");
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_DIM, "no module runs flows: a scenario with entities: and flows: has some");
		return;
	}
	n = columns(u, c, r.w - (u->layout.boxed ? 2 : 0) - 3, col);
	title_of(u, c, title, sizeof title, right, sizeof right, c->field_n - n);
	in = draw_pane(u, PANE_MAIN, r, title, right);
	y = in.y;
	pins = in.h - head - (int)v->pin_n >= PINS_LEAST ? v->pin_n : 0;
	for (unsigned i = 0; i < pins; i++)
		pin_row(u, (struct rect){ in.x, y++, in.w, 1 }, &v->pins[i]);
	if (head)
		draw_heads(u, (struct rect){ in.x + 3, y++, in.w - 3, 1 }, c, col, n);
	u->ents.rows = in.y + in.h > y ? (unsigned)(in.y + in.h - y) : 0;
	for (unsigned i = 0; i < v->page_n; i++) {
		const struct view_entity *row = &v->page[i];
		struct rect line = { in.x, y + (int)(int64_t)(row->place - u->ents.first), in.w, 1 };
		char arg[30];

		if (row->place < u->ents.first || row->place >= u->ents.first + u->ents.rows)
			continue;
		snprintf(arg, sizeof arg, "%llu", (unsigned long long)row->place);
		ui_spot(u, line, act_entity_row, arg)->row = true;
		entity_row(u, line, c, row, col, n, row->place == u->ents.at);
	}
	if (!v->page_n && u->ents.rows)
		empty_text(u, (struct rect){ in.x + 3, y, in.w - 3, 1 }, c);
}

/* While a filter is typed, what is wrong with it, or how many pass. */
static void say_beside(struct ui *u)
{
	const struct view_entities *v = &ui_shown(u)->entities;

	if (u->mode != UI_PROMPT || strcmp(u->prompt.label, "filter: ") != 0)
		return;
	if (*v->filter_wrong)
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "%s", v->filter_wrong);
	else if (*u->line)
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "%llu%s", (unsigned long long)v->total, v->looked < 1 ? " so far" : " pass");
	else
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "words, !not these, ~fuzzy, or orders > 3 and plan = pro; also available");
}

void screen_entities(struct ui *u, const struct layout *l)
{
	const struct rect *p = l->panes;

	say_beside(u);
	if (p[PANE_CLASSES].h)
		draw_classes(u, p[PANE_CLASSES]);
	if (p[PANE_MAIN].h)
		draw_table(u, p[PANE_MAIN]);
	if (p[PANE_SIDE].h)
		draw_state(u, PANE_SIDE, p[PANE_SIDE]);
	if (p[PANE_EFFECT].h)
		draw_versions(u, PANE_EFFECT, p[PANE_EFFECT]);
}
