/* What every screen has: header, tabs, message, hints, frames of panes, graphs. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/bind.h"
#include "ui/draw.h"
#include "ui/rows.h"

enum { WIDE_HEADER = 118 };      /* columns from which simulated time and bytes are shown, too */

static void put_badge(struct ui *u, struct rect r, int *right, const char *text)
{
	int w = cells_width(text) + 2;

	if (*right - w < r.x + 8)
		return;
	*right -= w;
	cells_printf(&u->cells, *right, r.y, w, STYLE_BADGE, " %s ", text);
	*right -= 1;
}

static void put_badges(struct ui *u, struct rect r, int *right)
{
	const struct view *v = u->view;
	char text[60], clock[NUM_TEXT];

	if (v->errors > u->errors_read) {
		snprintf(text, sizeof text, "E%llu", (unsigned long long)(v->errors - u->errors_read));
		put_badge(u, r, right, text);
	}
	if (v->locked)
		put_badge(u, r, right, "LOCKED");
	if (v->held) {
		num_clock(clock, v->wall_ns - u->held_ns);
		snprintf(text, sizeof text, "HELD %s", clock + 3);
		put_badge(u, r, right, text);
	}
	if (u->frozen) {
		num_clock(clock, u->view->wall_ns - u->frozen_ns);
		snprintf(text, sizeof text, "FROZEN %s", clock + 3);
		put_badge(u, r, right, text);
	}
}

static const char *run_word(const struct view *v, enum style *s, uint32_t *sign)
{
	bool all = v->module_n > 0;

	for (unsigned i = 0; i < v->module_n; i++)
		all &= v->modules[i].state == VIEW_FINISHED || v->modules[i].state == VIEW_FAILED;
	*s = STYLE_GOOD;
	*sign = 0x25b6;
	if (v->stopping) {
		*s = STYLE_WARN;
		*sign = 0x25a0;
		return "STOP";
	}
	if (v->held) {
		*s = STYLE_WARN;
		*sign = 0x2016;
		return "HELD";
	}
	if (all || v->drained) {
		*sign = 0x2713;
		return "DONE";
	}
	return v->draining ? "DRAIN" : "RUN";
}

void draw_header(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct cells *g = &u->cells;
	char rate[NUM_TEXT], target[NUM_TEXT], clock[NUM_TEXT], bytes[NUM_TEXT], lag[NUM_TEXT], when[NUM_TEXT], speed[NUM_TEXT];
	int x = r.x, right = r.x + r.w;
	enum style s;
	uint32_t sign;
	const char *word = run_word(v, &s, &sign);
	bool limited = strcmp(v->limit, "none") != 0 && strcmp(v->limit, "held") != 0;

	num_human(rate, v->actual);
	num_human(target, v->target);
	num_clock(clock, v->run_ns);
	num_human_bytes(bytes, v->bytes_rate);
	num_human_ns(lag, v->lag_ns);
	num_put_instant(when, v->sim_ns, 0);
	num_human(speed, v->speed);
	if (r.w < 60) {
		cells_char(g, x, r.y, s, sign);
		x += 2;
		if (r.w >= 36)
			x += cells_printf(g, x, r.y, right - x, STYLE_HEADER, "%s  ", clock);
		x += cells_printf(g, x, r.y, right - x, STYLE_HEADER, "%s/%s", rate, target);
		cells_printf(g, x, r.y, right - x, v->dropped ? STYLE_BAD : STYLE_TEXT, " drop %llu", (unsigned long long)v->dropped);
		return;
	}
	put_badges(u, r, &right);
	x += cells_printf(g, x, r.y, right - x, STYLE_HEADER, " %s", v->scenario);
	x += cells_printf(g, x, r.y, right - x, STYLE_DIM, "  seed %llu  ", (unsigned long long)v->seed);
	cells_char(g, x, r.y, s, sign);
	x += 1 + cells_printf(g, x + 1, r.y, right - x - 1, s, " %s ", word);
	x += cells_printf(g, x, r.y, right - x, STYLE_HEADER, "%s", clock);
	if (r.w >= WIDE_HEADER)
		x += cells_printf(g, x, r.y, right - x, STYLE_DIM, "  simulated %.8s", when + 11);
	x += cells_printf(g, x, r.y, right - x, STYLE_DIM, v->max ? " ×max" : " ×%s", speed);
	x += cells_printf(g, x, r.y, right - x, limited ? STYLE_WARN : STYLE_HEADER, "  out %s/s", rate);
	x += cells_printf(g, x, r.y, right - x, STYLE_DIM, " of %s", isinf(v->target) ? "max" : target);
	if (r.w >= WIDE_HEADER)
		x += cells_printf(g, x, r.y, right - x, STYLE_DIM, "  %s/s", bytes);
	x += cells_printf(g, x, r.y, right - x, v->dropped ? STYLE_BAD : STYLE_DIM, "  drop %llu", (unsigned long long)v->dropped);
	if (limited)
		x += cells_printf(g, x, r.y, right - x, STYLE_WARN, "  ! %s", v->limit);
	if (!limited || r.w >= WIDE_HEADER)
		x += cells_width(lag) + 6 <= right - x ? cells_printf(g, x, r.y, right - x, STYLE_DIM, "  lag %s", lag) : 0;
	if (r.w >= WIDE_HEADER && !limited && right - x >= 12)
		cells_printf(g, x, r.y, right - x, STYLE_DIM, "  limit none");
}


void draw_tabs(struct ui *u, struct rect r)
{
	static const struct { enum screen screen; const char *name; } tabs[] = {
		{ SCREEN_DESK, "1 Desk" }, { SCREEN_MODULE, "2 Module" }, { SCREEN_ENTITIES, "3 Entities" }, { SCREEN_OUTPUTS, "4 Outputs" }, { SCREEN_TAIL, "5 Tail" },
		{ SCREEN_LOG, "6 Log" }, { SCREEN_JOURNAL, "7 Journal" }, { SCREEN_HELP, "? Help" },
	};
	int x = r.x + 1;

	/* Flows has no number: its tab takes the place of the last while it is looked at. */
	for (size_t i = 0; i < COUNT_OF(tabs) - (u->screen == SCREEN_FLOWS); i++) {
		bool here = tabs[i].screen == u->screen || (tabs[i].screen == SCREEN_ENTITIES && u->screen == SCREEN_ENTITY);
		int w = cells_printf(&u->cells, x, r.y, r.w - x, here ? STYLE_TITLE : STYLE_DIM, here ? "[%s]" : " %s ", tabs[i].name);

		ui_spot(u, (struct rect){ x, r.y, w, 1 }, tabs[i].screen == SCREEN_HELP ? act_help : act_screen, screen_names[tabs[i].screen]);
		x += w;
	}
	if (u->screen == SCREEN_FLOWS)
		cells_text(&u->cells, x, r.y, r.w - x, STYLE_TITLE, "[Flows]");
}

/* ---- what is typed, said and asked ---- */

static void draw_prompt(struct ui *u, struct rect r)
{
	int x = r.x + 1, end = r.x + r.w, w;
	const char *from = u->line;

	x += cells_text(&u->cells, x, r.y, end - x, STYLE_TITLE, u->mode == UI_PALETTE ? ": " : u->prompt.label);
	/* A long line shows the part around the cursor. */
	while (cells_width(from) > end - x - 2 && from < u->line + u->line_at)
		from++;
	while (((unsigned char)*from & 0xc0) == 0x80)
		from++;
	w = cells_text(&u->cells, x, r.y, end - x - 1, STYLE_INPUT, from);
	{
		char before[UI_LINE];

		snprintf(before, sizeof before, "%.*s", (int)(u->line + u->line_at - from), from);
		cells_char(&u->cells, x + cells_width(before), r.y, u->line_at < u->line_n ? STYLE_FOCUS : STYLE_INPUT,
			   u->line_at < u->line_n ? (unsigned char)u->line[u->line_at] < 0x80 ? (uint32_t)u->line[u->line_at] : 0x258f : 0x258f);
	}
	x += w + 1;
	if (u->mode == UI_PROMPT && *u->prompt.hint)
		cells_printf(&u->cells, x + 1, r.y, end - x - 1, STYLE_DIM, " %s", u->prompt.hint);
}

void draw_message(struct ui *u, struct rect r)
{
	if (u->mode == UI_PROMPT || (u->mode == UI_PALETTE && !u->layout.boxed))
		draw_prompt(u, r);
	else if (u->mode == UI_QUESTION)
		cells_printf(&u->cells, r.x + 1, r.y, r.w - 1, STYLE_WARN, *u->ask_line ? "%s   y: %s   n: no" : "%s", u->ask, u->ask_line);
	else if (*u->message)
		cells_text(&u->cells, r.x + 1, r.y, r.w - 1, u->message_style, u->message);
}

static void draw_pairs(struct ui *u, struct rect r, const char *pairs)
{
	int x = r.x;

	/* "Key does;Key does": keys stand out. */
	while (*pairs && x < r.x + r.w) {
		size_t key = strcspn(pairs, " "), all = strcspn(pairs, ";");

		x += cells_printf(&u->cells, x, r.y, r.x + r.w - x, STYLE_KEY, "%.*s", (int)key, pairs);
		x += cells_printf(&u->cells, x, r.y, r.x + r.w - x, STYLE_DIM, "%.*s  ", (int)(all - key), pairs + key);
		pairs += all;
		pairs += *pairs == ';';
	}
}

/* The rows of the table that have a hint for this screen, as many as fit; each is a button. */
static void draw_bindings(struct ui *u, struct rect r)
{
	int x = r.x, end = r.x + r.w;

	for (const struct bind *b = bind_table; b->keys; b++) {
		size_t n = strcspn(b->keys, " ");
		/* Letters and words need a blank before what they do; `?help` does not. */
		bool blank = n > 1 || isalnum((unsigned char)b->keys[0]), value = strncmp(b->keys, "Right", 5) == 0;
		const char *says = value && u->screen != SCREEN_DESK ? "nudge" : b->hint;
		int w;

		if (!b->hint || !(b->where & 1u << u->screen))
			continue;
		/* The value keys come as a pair: Right is the one in the table. */
		w = value ? 2 + (int)strlen(says) : (int)(n + blank + strlen(says));
		if (x + w > end)
			continue;
		ui_spot(u, (struct rect){ x, r.y, w, 1 }, b->act, b->arg);
		x += value ? cells_text(&u->cells, x, r.y, end - x, STYLE_KEY, "←→") :
			     cells_printf(&u->cells, x, r.y, end - x, STYLE_KEY, "%.*s", (int)n, b->keys);
		x += cells_printf(&u->cells, x, r.y, end - x, STYLE_DIM, blank && !value ? " %s  " : "%s  ", says);
	}
}

void draw_hints(struct ui *u, struct rect r)
{
	if (u->mode == UI_QUESTION)
		draw_pairs(u, r, *u->ask_line ? "y yes;n no;Esc no" : u->host.detach ? "y quit;n go on;d detach" : "y quit;n go on");
	else if (u->mode == UI_PALETTE)
		draw_pairs(u, r, "Enter run;Tab complete;Esc cancel;Up history;^R search history");
	else if (u->mode == UI_PROMPT)
		draw_pairs(u, r, "Enter take;Esc cancel;^U empty");
	else if (u->mode == UI_MENU)
		draw_pairs(u, r, "Enter choose;Up/Down move;Esc close");
	else if (u->screen == SCREEN_HELP)
		draw_pairs(u, r, "Esc close;Up/Down choose;Enter run;letters filter");
	else if (u->screen == SCREEN_FORM)
		draw_pairs(u, r, "Up/Down row;Left/Right turn;Enter type;Bksp default;Esc leave");
	else
		draw_bindings(u, r);
}

/* ---- a presentation ---- */

void ui_note_key(struct ui *u, const struct key *k)
{
	char name[16];
	size_t n = strlen(u->keys_shown), add;

	key_name(k, name);
	add = strlen(name);
	if (!add)
		return;
	if (n + add + 2 >= sizeof u->keys_shown) {
		memmove(u->keys_shown, u->keys_shown + n / 2, n - n / 2 + 1);
		n -= n / 2;
	}
	snprintf(u->keys_shown + n, sizeof u->keys_shown - n, "%s%s", n ? " " : "", name);
}

void draw_presentation(struct ui *u)
{
	const struct view *v = ui_shown(u);
	struct rect g = u->layout.panes[PANE_GRAPH];
	char rate[NUM_TEXT];
	int w = cells_width(u->keys_shown);

	num_human(rate, v->actual);
	if (u->screen == SCREEN_DESK && g.h >= 7 && g.w >= 40 && !u->cells.ascii)
		widget_big(&u->cells, g.x + 9, g.y + 1, g.w - 10, STYLE_HEADER, rate);
	if (w && u->cells.h > 2)
		cells_printf(&u->cells, u->cells.w - w - 3, u->cells.h - 2, w + 2, STYLE_BADGE, " %s ", u->keys_shown);
}

/* ---- panes ---- */

struct rect draw_pane(struct ui *u, enum pane pane, struct rect r, const char *title, const char *right)
{
	if (!u->layout.boxed)
		return r;
	cells_box(&u->cells, r, title, right, ui_pane(u) == pane);
	return cells_inside(r);
}

/* Grows at once; shrinks only when the smaller scale has been enough for ten seconds. */
static double sticky_top(struct ui *u, unsigned which, double want, int64_t now)
{
	if (want >= u->top[which] || !(u->top[which] > 0) || now - u->top_ns[which] > 10000000000) {
		u->top[which] = want;
		u->top_ns[which] = now;
	}
	return u->top[which];
}

void draw_graph(struct ui *u, enum pane pane, struct rect r, const char *title, struct graph *gr, unsigned which)
{
	const struct view *v = ui_shown(u);
	char right[60], top[NUM_TEXT];

	gr->seconds = u->seconds;
	gr->glyphs = u->glyphs;
	gr->log = u->scale == SCALE_LOG;
	gr->now_ns = v->wall_ns;
	gr->cursor_ago = u->frozen && u->cursor_ns ? (double)(v->wall_ns - u->cursor_ns) / 1e9 : -1;
	if (!(gr->top > 0))
		gr->top = graph_top(&gr->actual, &gr->target, u->seconds);
	if (u->scale == SCALE_STICKY && !u->frozen && !(gr->bottom < 0))
		gr->top = sticky_top(u, which, gr->top, v->wall_ns);
	num_human(top, gr->top);
	snprintf(right, sizeof right, r.w >= 60 ? "%s %s  %d s" : "%.0s%.0s%d s", scale_names[u->scale], top, u->seconds);
	r = draw_pane(u, pane, r, title, right);
	widget_graph(&u->cells, r, gr);
	if (u->layout.boxed && u->glyphs != GLYPHS_NUMBERS && r.w >= 24) {
		cells_printf(&u->cells, r.x + 6, r.y + r.h, 8, STYLE_DIM, " -%d s ", u->seconds);
		if (r.w >= 60)
			cells_printf(&u->cells, r.x + 3 + r.w / 2, r.y + r.h, 8, STYLE_DIM, " -%d s ", u->seconds / 2);
		cells_right(&u->cells, r.x + r.w - 8, r.y + r.h, 7, STYLE_DIM, " now ");
	}
	if (gr->cursor_ago >= 0) {
		char actual[NUM_TEXT], target[NUM_TEXT];

		num_human(actual, series_about(&gr->actual, gr->cursor_ago));
		num_human(target, series_about(&gr->target, gr->cursor_ago));
		cells_printf(&u->cells, r.x + 7, r.y, r.w - 7, STYLE_MARK, " %.0f s ago: %s of %s ", gr->cursor_ago, actual, target);
	}
}
