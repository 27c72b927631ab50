/* Outputs: where events go, whether they got there, and how long it took. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

static void output_row(struct ui *u, struct rect r, const struct view_output *o, bool here)
{
	struct cells *g = &u->cells;
	char rate[NUM_TEXT], bytes[NUM_TEXT], p50[NUM_TEXT], p99[NUM_TEXT], text[80];
	enum style s, plain = o->state == VIEW_OFF ? STYLE_DIM : STYLE_TEXT;
	uint32_t sign = widget_state(o->state, false, &s);
	bool marked = rows_marked(&u->lists[LIST_OUTPUTS], o->name);
	int x = r.x + 3, name = r.w < 26 ? r.w - 13 : 11, left = r.w - 3 - name - 1 - 9, target, meter;

	num_human(rate, o->rate);
	num_human_bytes(bytes, o->bytes_rate);
	num_human_ns(p50, o->service.p50);
	num_human_ns(p99, o->service.p99);
	cells_char(g, r.x, r.y, STYLE_KEY, here ? '>' : marked ? '+' : ' ');
	cells_char(g, r.x + 1, r.y, s, sign);
	cells_text(g, x, r.y, name, here ? STYLE_TITLE : marked ? STYLE_MARK : plain, o->name);
	x += name + 1;
	meter = left >= 16 ? 10 : 0;
	left -= meter ? 16 : 0;
	target = left >= 40 ? left - 32 : left >= 14 && left < 32 ? left - 2 : 0;
	if (left >= 40)
		left = 32;
	else
		left -= target;
	if (target) {
		cells_text(g, x, r.y, target - 1, STYLE_DIM, o->target);
		x += target;
	}
	snprintf(text, sizeof text, "%s/s", rate);
	cells_right(g, x, r.y, 8, plain, text);
	x += 9;
	if (meter) {
		widget_meter(g, x + 1, r.y, meter, o->queue_share > 0.8 ? STYLE_WARN : STYLE_GRAPH, o->queue_share);
		cells_printf(g, x + meter + 1, r.y, 5, o->queue_share > 0.8 ? STYLE_WARN : STYLE_DIM, "%3.0f%%", o->queue_share * 100);
		x += meter + 6;
	}
	if (left >= 32) {
		snprintf(text, sizeof text, "%s/s", bytes);
		cells_right(g, x, r.y, 10, plain, text);
		snprintf(text, sizeof text, "%s/%s", p50, p99);
		cells_right(g, x + 10, r.y, 15, plain, o->service.n ? text : "–");
		num_human(text, (double)(o->failed + o->dropped));
		cells_right(g, x + 25, r.y, 6, o->failed + o->dropped ? STYLE_BAD : STYLE_DIM, text);
	}
}

static void draw_table(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct ui_list *l = &u->lists[LIST_OUTPUTS];
	char title[200], hidden[40];
	struct rect in;
	unsigned first, on = 0;
	int head = u->layout.boxed, rows;

	for (unsigned i = 0; i < v->output_n; i++)
		on += v->outputs[i].state == VIEW_ON;
	snprintf(title, sizeof title, "outputs %u (%u on)%s%.60s  sort: %s%s", v->output_n, on, *l->filter.text ? "  filter: " : "", l->filter.text,
		 rows_columns(LIST_OUTPUTS)[l->sort], l->reverse ? " reversed" : "");
	rows = r.h - (u->layout.boxed ? 3 : 0);
	snprintf(hidden, sizeof hidden, "%u hidden", l->hidden + (rows >= 0 && l->n > (unsigned)rows ? l->n - (unsigned)rows : 0));
	in = draw_pane(u, PANE_MAIN, r, title, strcmp(hidden, "0 hidden") ? hidden : "A adds  Del removes");
	rows = in.h - head;
	if (head)
		cells_text(&u->cells, in.x + 3, in.y, in.w - 3, STYLE_DIM, in.w >= 95 ? "output      target" : "output");
	if (head && in.w >= 70)
		cells_right(&u->cells, in.x + in.w - 40, in.y, 40, STYLE_DIM, "queue     bytes/s   put p50/p99  lost");
	first = rows_window(l, rows);
	for (unsigned i = first; i < l->n && (int)(i - first) < rows; i++) {
		struct rect row = { in.x, in.y + head + (int)(i - first), in.w, 1 };
		char arg[40];

		snprintf(arg, sizeof arg, "%d %u", LIST_OUTPUTS, i);
		ui_spot(u, row, act_focus_row, arg)->row = true;
		output_row(u, row, &v->outputs[l->order[i]], i == l->at);
	}
	if (!l->n && rows > 0)
		cells_text(&u->cells, in.x + 3, in.y + head, in.w - 3, STYLE_DIM, l->hidden ? "no output passes the filter" : "no output; A adds one");
}

/* How long until the queue is full, by its slope over the last ten seconds; NAN: it is not filling. */
static double seconds_to_full(const struct view_output *o)
{
	double now = series_about(&o->fill, 0), before = series_about(&o->fill, 10), slope;

	if (isnan(now) || isnan(before))
		return NAN;
	slope = (now - before) / 10;
	return slope > 0.001 ? (1 - now) / slope : NAN;
}

static void draw_accounts(struct ui *u, struct rect r, const struct view_output *o)
{
	char offered[NUM_TEXT], delivered[NUM_TEXT], flight[NUM_TEXT], title[120], lag[NUM_TEXT], p99[NUM_TEXT];
	struct rect in;
	int y;

	snprintf(title, sizeof title, "%.60s  %s", o->name, o->kind);
	in = draw_pane(u, PANE_EFFECT, r, title, "");
	y = in.y;
	num_group(offered, o->offered);
	num_group(delivered, o->delivered);
	num_group(flight, o->in_flight);
	num_human_ns(lag, o->lag.p99);
	num_human_ns(p99, o->response.p99);
#define LINE(style, ...) do { if (y < in.y + in.h) cells_printf(&u->cells, in.x + 1, y++, in.w - 1, style, __VA_ARGS__); } while (0)
	if (*o->why)
		LINE(STYLE_BAD, "%s", o->why);
	if (*o->target)
		LINE(STYLE_DIM, "%s", o->target);
	LINE(STYLE_TEXT, "offered   %s", offered);
	LINE(STYLE_TEXT, "delivered %s", delivered);
	LINE(o->failed + o->dropped ? STYLE_BAD : STYLE_TEXT, "failed    %llu  dropped %llu", (unsigned long long)o->failed, (unsigned long long)o->dropped);
	LINE(STYLE_TEXT, "in flight %s  retried %llu", flight, (unsigned long long)o->retried);
	if (isfinite(seconds_to_full(o)))
		LINE(STYLE_WARN, "queue full in %.0f s at this rate; then: %s", seconds_to_full(o), o->when_full);
	else
		LINE(STYLE_DIM, "queue %.0f %%  when full: %s (D)", o->queue_share * 100, o->when_full);
	LINE(STYLE_DIM, "late p99 %s  response p99 %s", lag, p99);
	LINE(STYLE_DIM, "events of %s", *o->seen ? o->seen : "no module");
	if (o->hashed)
		LINE(STYLE_DIM, "xxh64 %016llx", (unsigned long long)o->hash);
#undef LINE
}

static void draw_queue(struct ui *u, struct rect r, const struct view_output *o)
{
	const struct view *v = ui_shown(u);
	char prefix[80], title[100], now[NUM_TEXT];
	struct graph gr = { .actual = o->queued, .changes = v->changes, .change_n = v->change_n, .prefix = prefix };

	snprintf(prefix, sizeof prefix, "%.70s.", o->name);
	num_human(now, (double)o->in_flight);
	snprintf(title, sizeof title, "%.40s queue %s events", o->name, now);
	draw_graph(u, PANE_GRAPH, r, title, &gr, 2);
}

/* Three histograms on one logarithmic axis: made late, from put to settled, from event time to settled. */
static void draw_latencies(struct ui *u, struct rect r, const struct view_output *o)
{
	const struct { const char *name; const struct view_latency *l; } rows[] = {
		{ "lag", &o->lag }, { "service", &o->service }, { "response", &o->response },
	};
	struct rect in = draw_pane(u, PANE_SPREAD, r, "latency  1 us to 1000 s, log", r.w >= 50 ? "p50 p90 p99 max" : "");
	int each = in.h / 3;

	for (int i = 0; i < 3 && each > 0; i++) {
		struct rect row = { in.x, in.y + i * each, in.w, each };
		const struct view_latency *l = rows[i].l;
		char p50[NUM_TEXT], p90[NUM_TEXT], p99[NUM_TEXT], max[NUM_TEXT];
		uint32_t bins[VIEW_BINS];

		for (int k = 0; k < VIEW_BINS; k++)
			bins[k] = l->n ? (uint32_t)fmin((double)l->bins[k] * 1e6 / (double)l->n, 4e9) : 0;
		num_human_ns(p50, l->p50);
		num_human_ns(p90, l->p90);
		num_human_ns(p99, l->p99);
		num_human_ns(max, (double)l->max);
		cells_text(&u->cells, row.x + 1, row.y, 9, STYLE_TEXT, rows[i].name);
		if (!l->n)
			cells_text(&u->cells, row.x + 10, row.y, row.w - 10, STYLE_DIM, "nothing measured yet");
		else if (each > 1)
			cells_printf(&u->cells, row.x + 10, row.y, row.w - 10, STYLE_VALUE, "%s  %s  %s  %s", p50, p90, p99, max);
		else
			cells_printf(&u->cells, row.x + 10, row.y, row.w - 10, STYLE_VALUE, "%s  p99 %s", p50, p99);
		if (each > 1)
			widget_histogram(&u->cells, (struct rect){ row.x + 1, row.y + 1, row.w - 2, each - 1 }, bins, NULL, VIEW_BINS,
					 u->cells.ascii || u->glyphs == GLYPHS_ASCII);
	}
}

/* What the outputs said: the log, their areas only. */
static void draw_said(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct rect in = draw_pane(u, PANE_LOG, r, "what outputs said", "");
	int y = in.y + in.h - 1;

	for (unsigned i = v->line_n; i-- > 0 && y >= in.y;) {
		const struct log_line *line = &v->lines[i];
		bool of_output = strcmp(line->area, "librdkafka") == 0;
		char when[NUM_TEXT];

		for (unsigned k = 0; k < v->output_n && !of_output; k++)
			of_output = strcmp(v->outputs[k].name, line->area) == 0;
		if (!of_output)
			continue;
		num_put_instant(when, line->epoch_ns, 0);
		cells_printf(&u->cells, in.x + 1, y--, in.w - 1, line->level == LOG_LEVEL_ERROR ? STYLE_BAD : line->level == LOG_LEVEL_WARN ? STYLE_WARN :
			     STYLE_TEXT, "%.8s %s  %s", when + 11, line->area, line->text);
	}
	if (y == in.y + in.h - 1 && in.h > 0)
		cells_text(&u->cells, in.x + 1, y, in.w - 1, STYLE_DIM, "nothing but good news");
}

static void explain(struct ui *u, const struct view_knob *k)
{
	if ((*u->message && !u->explained) || ui_pane(u) != PANE_SIDE)
		return;
	ui_say(u, STYLE_DIM, "%s%s%s%s", k->help, k->live ? "" : " Not live: set it in the scenario.", *k->home ? "  default " : "", k->home);
	u->explained = true;
}

void screen_outputs(struct ui *u, const struct layout *l)
{
	const struct view_output *o = ui_output(u);
	const struct rect *p = l->panes;

	if (p[PANE_MAIN].h)
		draw_table(u, p[PANE_MAIN]);
	if (!o)
		return;
	if (p[PANE_EFFECT].h)
		draw_accounts(u, p[PANE_EFFECT], o);
	if (p[PANE_GRAPH].h)
		draw_queue(u, p[PANE_GRAPH], o);
	if (p[PANE_SPREAD].h)
		draw_latencies(u, p[PANE_SPREAD], o);
	if (p[PANE_LOG].h)
		draw_said(u, p[PANE_LOG]);
	if (p[PANE_SIDE].h)
		draw_knobs(u, draw_pane(u, PANE_SIDE, p[PANE_SIDE], "parameters", "Tab turns"), o->knobs, o->knob_n,
			   ui_pane(u) == PANE_SIDE ? ui_out_knob(u) : NULL, &u->out_knob_first);
	if (ui_out_knob(u))
		explain(u, ui_out_knob(u));
}
