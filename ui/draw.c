/* What every screen has: header, tabs, message, hints; and the lists that two screens share. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/bind.h"
#include "ui/ui.h"
#include "ui/widget.h"

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
	if (all) {
		*sign = 0x2713;
		return "DONE";
	}
	return "RUN";
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
		cells_printf(g, x, r.y, right - x, STYLE_DIM, "  lag %s", lag);
}

void draw_tabs(struct ui *u, struct rect r)
{
	static const struct { enum screen screen; const char *name; } tabs[] = {
		{ SCREEN_DESK, "1 Desk" }, { SCREEN_MODULE, "2 Module" }, { SCREEN_LOG, "6 Log" }, { SCREEN_HELP, "? Help" },
	};
	int x = r.x + 1;

	for (size_t i = 0; i < COUNT_OF(tabs); i++) {
		bool here = tabs[i].screen == u->screen;

		x += cells_printf(&u->cells, x, r.y, r.w - x, here ? STYLE_TITLE : STYLE_DIM, here ? "[%s]" : " %s ", tabs[i].name) + 1;
	}
}

static void draw_prompt(struct ui *u, struct rect r)
{
	const struct view_module *m = ui_module(u);
	const struct view_knob *k = u->screen == SCREEN_MODULE ? ui_knob(u) : NULL;
	const char *name = k ? k->name : "rate";
	int x = r.x + 1;
	char shown[120] = "";

	if (k)
		snprintf(shown, sizeof shown, "  now %s", k->shown);
	switch (u->mode) {
	case UI_VALUE: x += cells_printf(&u->cells, x, r.y, r.w - x, STYLE_TITLE, "%s.%s = ", m ? m->name : "", name); break;
	case UI_RAMP: x += cells_printf(&u->cells, x, r.y, r.w - x, STYLE_TITLE, "ramp %s.%s to, over: ", m ? m->name : "", name); break;
	case UI_FILE: x += cells_printf(&u->cells, x, r.y, r.w - x, STYLE_TITLE, "write the state of %s to: ", m ? m->name : ""); break;
	default: x += cells_printf(&u->cells, x, r.y, r.w - x, STYLE_TITLE, ": "); break;
	}
	x += cells_text(&u->cells, x, r.y, r.w - x, STYLE_INPUT, u->line);
	cells_char(&u->cells, x++, r.y, STYLE_INPUT, 0x258f);
	if (u->mode == UI_VALUE && k && k->is_number) {
		char lo[NUM_TEXT * 2], hi[NUM_TEXT * 2];

		param_show_number(k->row, k->row->min, lo, sizeof lo);
		param_show_number(k->row, k->row->max, hi, sizeof hi);
		cells_printf(&u->cells, x + 1, r.y, r.w - x - 1, STYLE_DIM, " %s to %s%s, or +10%%", lo, hi, shown);
	} else if (u->mode == UI_RAMP) {
		cells_printf(&u->cells, x + 1, r.y, r.w - x - 1, STYLE_DIM, " like 0.8 10s%s", shown);
	}
}

void draw_message(struct ui *u, struct rect r)
{
	if (u->mode == UI_VALUE || u->mode == UI_RAMP || u->mode == UI_FILE || (u->mode == UI_PALETTE && (r.w < 60 || u->cells.h < 16)))
		draw_prompt(u, r);
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

void draw_hints(struct ui *u, struct rect r)
{
	int x = r.x;

	if (u->mode == UI_QUIT)
		draw_pairs(u, r, "y quit;n go on");
	else if (u->mode == UI_PALETTE)
		draw_pairs(u, r, "Enter run;Tab complete;Esc cancel;Up history");
	else if (u->mode != UI_PLAIN)
		draw_pairs(u, r, "Enter take;Esc cancel;^U empty");
	else if (u->screen == SCREEN_HELP)
		draw_pairs(u, r, "Esc close;Up/Down choose;Enter run;letters filter");
	else
		for (const struct bind *b = bind_table; b->keys; b++) {
			size_t n = strcspn(b->keys, " ");
			int w;

			if (!b->hint || !(b->where & 1u << u->screen))
				continue;
			/* Letters and words need a blank before what they do; `?help` does not. */
			bool blank = n > 1 || isalnum((unsigned char)b->keys[0]);

			w = (int)(n + blank + strlen(b->hint));
			if (x + w > r.x + r.w)
				continue;
			/* The value keys come as a pair: Right is the one in the table. */
			if (strncmp(b->keys, "Right", 5) == 0) {
				x += cells_text(&u->cells, x, r.y, r.x + r.w - x, STYLE_KEY, "←→");
				x += cells_printf(&u->cells, x, r.y, r.x + r.w - x, STYLE_DIM, "%s  ", u->screen == SCREEN_MODULE ? "nudge" : b->hint);
				continue;
			}
			x += cells_printf(&u->cells, x, r.y, r.x + r.w - x, STYLE_KEY, "%.*s", (int)n, b->keys);
			x += cells_printf(&u->cells, x, r.y, r.x + r.w - x, STYLE_DIM, blank ? " %s  " : "%s  ", b->hint);
		}
}

void draw_log(struct ui *u, struct rect r, unsigned up, unsigned level)
{
	static const enum style styles[] = { STYLE_BAD, STYLE_WARN, STYLE_TEXT, STYLE_DIM };
	const struct view *v = ui_shown(u);
	int y = r.y + r.h - 1;
	unsigned skip = up;

	for (unsigned i = v->line_n; i-- > 0 && y >= r.y;) {
		const struct log_line *l = &v->lines[i];
		char when[NUM_TEXT];
		int x = r.x;

		if ((unsigned)l->level > level)
			continue;
		if (skip) {
			skip--;
			continue;
		}
		num_put_instant(when, l->epoch_ns, 3);
		x += cells_printf(&u->cells, x, y, r.w, STYLE_DIM, " %.8s ", when + 11);
		x += cells_printf(&u->cells, x, y, r.x + r.w - x, styles[l->level], "%c ", log_letters[l->level]);
		x += cells_printf(&u->cells, x, y, r.x + r.w - x, STYLE_VALUE, "%-10.10s ", l->area);
		x += cells_text(&u->cells, x, y, r.x + r.w - x, styles[l->level], l->text);
		if (l->times > 1)
			cells_printf(&u->cells, x, y, r.x + r.w - x, STYLE_DIM, "  ×%u", l->times);
		y--;
	}
}

void draw_changes(struct ui *u, struct rect r, const char *prefix, bool one_line)
{
	const struct view *v = ui_shown(u);
	size_t n = strlen(prefix);
	int x = r.x + 1, y = r.y;

	if (one_line)
		x += cells_text(&u->cells, x, y, r.w - x, STYLE_DIM, v->change_n ? "changes:" : "changes: none yet");
	for (unsigned i = 0; i < v->change_n && y < r.y + r.h; i++) {
		const struct view_change *ch = &v->changes[i];
		uint32_t mark = ch->direction > 0 ? 0x25b2 : ch->direction < 0 ? 0x25bc : 0x25c6;
		char count[NUM_TEXT], when[NUM_TEXT];

		if (strncmp(ch->path, prefix, n) != 0 || (n && ch->path[n] != '.'))
			continue;
		if (one_line) {
			int w = cells_width(ch->text) + 4;

			if (x + w > r.x + r.w)
				break;
			cells_char(&u->cells, x + 1, y, STYLE_MARK, mark);
			cells_text(&u->cells, x + 3, y, w, ch->undone ? STYLE_DIM : STYLE_TEXT, ch->text);
			x += w;
			continue;
		}
		num_group(count, ch->event);
		num_put_instant(when, ch->sim_ns, 0);
		x = r.x;
		cells_char(&u->cells, x, y, STYLE_MARK, ch->undone || ch->undoes ? '~' : mark);
		if (r.w >= 50) {
			cells_right(&u->cells, x + 1, y, 12, STYLE_DIM, count);
			x += 13;
		}
		x += cells_printf(&u->cells, x + 2, y, r.w, STYLE_DIM, r.w >= 50 ? "%.8s %-7s " : "%.8s ", when + 11, origin_names[ch->by]);
		cells_text(&u->cells, x + 2, y, r.x + r.w - x - 2, ch->undone ? STYLE_DIM : STYLE_TEXT,
			   n && strncmp(ch->text, prefix, n) == 0 ? ch->text + n + 1 : ch->text);
		y++;
	}
}
