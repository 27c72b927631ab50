/* Flows: the weights by which they are launched, and how far their launches come. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/actions.h"
#include "ui/draw.h"
#include "ui/rows.h"

/* ---- counting from an instant ---- */

static uint64_t minus(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static const struct view_flow *same_flow(const struct view *v, const struct view_flow *f)
{
	for (unsigned i = 0; v && i < v->flow_n; i++)
		if (strcmp(v->flows[i].module, f->module) == 0 && strcmp(v->flows[i].name, f->name) == 0)
			return &v->flows[i];
	return NULL;
}

/* Its accounts from the instant on that is counted from. What is under way is what it is. */
static struct view_flow from_then(const struct ui *u, const struct view_flow *f)
{
	const struct view_flow *then = same_flow(u->since, f);
	struct view_flow now = *f;

	if (!then)
		return now;
	now.launched = minus(now.launched, then->launched);
	now.entered = minus(now.entered, then->entered);
	now.completed = minus(now.completed, then->completed);
	now.dropped = minus(now.dropped, then->dropped);
	now.stopped = minus(now.stopped, then->stopped);
	now.failed = minus(now.failed, then->failed);
	now.lost = minus(now.lost, then->lost);
	return now;
}

/* The same for its steps, which are copied. */
static void steps_from_then(const struct ui *u, struct view_flow *f, struct arena *a)
{
	const struct view_flow *then = same_flow(u->since, f);
	struct view_step *steps = then && then->step_n == f->step_n ? arena_take(a, (f->step_n + 1) * sizeof *steps) : NULL;

	if (!steps)
		return;
	memcpy(steps, f->steps, f->step_n * sizeof *steps);
	for (unsigned i = 0; i < f->step_n; i++) {
		steps[i].reached = minus(steps[i].reached, then->steps[i].reached);
		steps[i].passed = minus(steps[i].passed, then->steps[i].passed);
		steps[i].dropped = minus(steps[i].dropped, then->steps[i].dropped);
		steps[i].lost = minus(steps[i].lost, then->steps[i].lost);
	}
	f->steps = steps;
}

static const char *since_text(const struct ui *u, char *to, size_t room)
{
	char when[NUM_TEXT];

	*to = '\0';
	if (u->since) {
		num_put_instant(when, u->since->sim_ns, 0);
		snprintf(to, room, " since %.8s", when + 11);
	}
	return to;
}

/* A knob that is turned late would hardly show in what was counted from the start. */
void act_since(struct ui *u, const char *arg)
{
	const struct view_want want = { .flows_of = VIEW_ALL_KNOBS };
	char text[40];

	(void)arg;
	if (u->since) {
		view_drop(u->since);
		u->since = NULL;
		ui_say(u, STYLE_TEXT, "counted from the start");
		return;
	}
	u->since = view_make(u->deck->engine, u->deck->scenario, &want);
	ui_say(u, STYLE_TEXT, "counted%s; again: from the start", since_text(u, text, sizeof text));
}

/* ---- the list ---- */

enum { WEIGHT = 7, FADER_MOST = 40, TEXT_MOST = 62 };

/* What a row says of its flow, from left to right; each needs a list of some width. */
static const struct { const char *head; int w, from; } figures[] = {
	{ "share", 6, 72 }, { "launched", 9, 0 }, { "/s", 7, 86 }, { "active", 7, 50 }, { "done", 7, 30 }, { "dropped", 8, 50 }, { "stopped", 8, 108 },
	{ "failed", 7, 108 }, { "lost", 6, 72 },
};

enum { SHARE, LAUNCHED, RATE, ACTIVE, DONE, DROPPED, STOPPED, FAILED, LOST, FIGURES };

static void put_count(char *to, uint64_t n)
{
	num_human(to, (double)n);
}

static enum style put_figure(const struct view_flow *f, int i, char *to, size_t room)
{
	const uint64_t counts[FIGURES] = { [LAUNCHED] = f->launched, [ACTIVE] = f->active, [DONE] = f->completed, [DROPPED] = f->dropped,
					   [STOPPED] = f->stopped, [FAILED] = f->failed, [LOST] = f->lost };

	if (i == SHARE)
		snprintf(to, room, "%.0f%%", f->share * 100);
	else
		num_human(to, i == RATE ? f->rate : (double)counts[i]);
	return i == FAILED && f->failed ? STYLE_BAD : i == LOST && f->lost ? STYLE_WARN : STYLE_TEXT;
}

/* From the right; returns where they begin. Without a flow, their heads. */
static int put_figures(struct ui *u, struct rect r, const struct view_flow *f)
{
	int x = r.x + r.w;

	for (int i = FIGURES; i-- > 0;) {
		char text[NUM_TEXT];
		enum style s = STYLE_DIM;

		if (r.w < figures[i].from)
			continue;
		if (f)
			s = put_figure(f, i, text, sizeof text);
		x -= figures[i].w;
		cells_right(&u->cells, x, r.y, figures[i].w, s, f ? text : figures[i].head);
	}
	return x;
}

static int name_width(struct rect r, int figures_x)
{
	return r.w < 40 ? figures_x - r.x - 2 : r.w < 86 ? 12 : 18;
}

static const struct view_knob *weight_of(struct ui *u, const struct view_flow *f)
{
	const struct view_module *m = ui_module(u);

	return m ? ui_knob_named(m->knobs, m->knob_n, f->fader) : NULL;
}

static void flow_row(struct ui *u, struct rect r, const struct view_flow *f, bool here)
{
	const struct view_knob *k = weight_of(u, f);
	int x = put_figures(u, r, f), name = name_width(r, x), from = r.x + 3 + name, w = x - WEIGHT - from;
	enum style s = here ? STYLE_TITLE : f->weight > 0 ? STYLE_TEXT : STYLE_DIM;

	cells_char(&u->cells, r.x, r.y, STYLE_KEY, here ? '>' : ' ');
	cells_char(&u->cells, r.x + 1, r.y, STYLE_BAD, f->failed ? '!' : ' ');
	cells_text(&u->cells, r.x + 2, r.y, name, s, f->name);
	if (!k || w < 0)
		return;
	cells_right(&u->cells, x - WEIGHT, r.y, WEIGHT, here ? STYLE_INPUT : STYLE_VALUE, k->shown);
	if (k->changed)
		cells_char(&u->cells, from - 1, r.y, STYLE_MARK, '*');
	if (w >= 6) {
		struct fader look = widget_fader_of(k, here && ui_pane(u) == PANE_MAIN);

		w = w > FADER_MOST ? FADER_MOST : w;
		widget_fader(&u->cells, from, r.y, w, &look);
		ui_spot(u, (struct rect){ from, r.y, w, 1 }, act_focus_pane, k->path)->fader = true;
	}
}

static void draw_heads(struct ui *u, struct rect r)
{
	int x = put_figures(u, r, NULL);

	cells_text(&u->cells, r.x + 2, r.y, name_width(r, x), STYLE_DIM, "flow");
	cells_right(&u->cells, x - WEIGHT, r.y, WEIGHT, STYLE_DIM, "weight");
}

static void draw_list(struct ui *u, struct rect r)
{
	const struct view *v = ui_shown(u);
	struct ui_list *l = &u->lists[LIST_FLOWS];
	const struct view_module *m = ui_module(u);
	char title[200], hidden[40];
	int head = u->layout.boxed;
	struct rect in;
	unsigned first;

	snprintf(title, sizeof title, "flows of %.60s  %u%s%.60s", m ? m->name : "?", l->n, *l->filter.text ? "  filter: " : "", l->filter.text);
	snprintf(hidden, sizeof hidden, "%u hidden", l->hidden + (l->n + 3 > (unsigned)r.h ? l->n + 3 - (unsigned)r.h : 0));
	in = draw_pane(u, PANE_MAIN, r, title, strcmp(hidden, "0 hidden") ? hidden : "Enter steps");
	if (head)
		draw_heads(u, in);
	first = rows_window(l, in.h - head);
	for (unsigned i = first; i < l->n && (int)(i - first) < in.h - head; i++) {
		struct rect row = { in.x, in.y + head + (int)(i - first), in.w, 1 };
		char arg[40];

		snprintf(arg, sizeof arg, "%d %u", LIST_FLOWS, i);
		struct view_flow f = from_then(u, &v->flows[l->order[i]]);

		ui_spot(u, row, act_focus_row, arg)->row = true;
		flow_row(u, row, &f, i == l->at);
	}
	if (!l->n && in.h > head)
		cells_text(&u->cells, in.x + 2, in.y + head, in.w - 2, STYLE_DIM, v->flow_n ? "no flow passes the filter" : "no module has flows");
}

/* ---- the funnel ---- */

/* Columns of a row of the funnel, from the left; 0: no room. */
struct columns {
	int text, fader, bar, count, share, loss, here;
};

static struct columns columns_of(int w)
{
	struct columns c = { .share = w >= 16 ? 5 : 0, .count = w >= 30 ? 7 : 0 };

	c.loss = w >= 60 ? 11 : 0;
	c.here = w >= 96 ? 8 : 0;
	c.bar = w >= 60 ? w / 4 : 0;
	c.text = w - 4 - c.share - c.count - c.loss - c.here - c.bar - (c.bar ? 1 : 0);
	if (c.text > TEXT_MOST) {
		c.bar += c.text - TEXT_MOST;
		c.text = TEXT_MOST;
	}
	c.fader = c.text >= 50 ? 26 : c.text >= 30 ? 16 : c.text >= 14 ? 5 : 0;
	return c;
}

static double part_of(uint64_t n, uint64_t of)
{
	return of ? (double)n / (double)of : 0;
}

static void put_percent(struct ui *u, int x, int y, int w, enum style s, double share)
{
	char text[20];

	snprintf(text, sizeof text, share > 0 && share < 0.0095 ? "%.1f%%" : "%.0f%%", share * 100);
	cells_right(&u->cells, x, y, w, s, text);
}

/* What drops out at a wait: the knob's value and, where there is room, its fader. */
static void put_drop(struct ui *u, int x, int y, int w, const struct view_knob *k, bool here)
{
	cells_right(&u->cells, x, y, 5, here ? STYLE_INPUT : STYLE_VALUE, k->shown);
	if (k->changed && w > 5)
		cells_char(&u->cells, x + 5, y, STYLE_MARK, '*');
	if (w >= 14) {
		struct fader f = widget_fader_of(k, here);

		widget_fader(&u->cells, x + 6, y, w - 7, &f);
		ui_spot(u, (struct rect){ x + 6, y, w - 7, 1 }, act_focus_pane, k->path)->fader = true;
	}
}

/* Of the arms of a branch: what took it, of all that came there. */
static double arm_share(const struct view_flow *f, unsigned i)
{
	for (unsigned k = i; k-- > 0;)
		if (f->steps[k].depth < f->steps[i].depth)
			return part_of(f->steps[i].reached, f->steps[k].reached);
	return 0;
}

static void put_loss(struct ui *u, int x, int y, int w, const struct view_step *s)
{
	char n[NUM_TEXT], text[60];

	if (s->dropped) {
		put_count(n, s->dropped);
		snprintf(text, sizeof text, "-%s %3.0f%%", n, 100 * part_of(s->dropped, s->passed));
		cells_right(&u->cells, x, y, w, STYLE_WARN, text);
	} else if (s->lost) {
		put_count(n, s->lost);
		snprintf(text, sizeof text, "none %s", n);
		cells_right(&u->cells, x, y, w, s->goes_on ? STYLE_DIM : STYLE_BAD, text);
	}
}

static void put_cut(struct ui *u, int x, int y, int w, enum style s, const char *text)
{
	int used = cells_text(&u->cells, x, y, w, s, text);

	if (used < cells_width(text) && w > 1)
		cells_char(&u->cells, x + used - 1, y, s, 0x2026);
}

static void put_text(struct ui *u, int x, int y, const struct columns *c, const struct view_flow *f, unsigned i, bool here)
{
	static const enum style styles[] = { [VIEW_STEP_EVENT] = STYLE_HEADER, [VIEW_STEP_CHANGE] = STYLE_TEXT, [VIEW_STEP_CHOICE] = STYLE_VALUE,
		[VIEW_STEP_WAIT] = STYLE_TEXT, [VIEW_STEP_FORK] = STYLE_TEXT, [VIEW_STEP_ARM] = STYLE_MARK, [VIEW_STEP_CALL] = STYLE_VALUE,
		[VIEW_STEP_END] = STYLE_DIM };
	const struct view_step *s = &f->steps[i];
	const struct view_module *m = ui_module(u);
	const struct view_knob *k = s->fader && m ? ui_knob_named(m->knobs, m->knob_n, s->fader) : NULL;
	int indent = (int)s->depth * 2, w = c->text - (k ? c->fader : 0);

	indent = indent > c->text / 3 ? c->text / 3 : indent;
	if (s->kind == VIEW_STEP_ARM && s->share >= 0 && s->reached)
		cells_printf(&u->cells, x + indent, y, w - indent, styles[s->kind], "%s  is %.0f%%", s->text, 100 * arm_share(f, i));
	else
		put_cut(u, x + indent, y, w - indent - (k ? 1 : 0), here ? STYLE_TITLE : styles[s->kind], s->text);
	if (k && c->fader)
		put_drop(u, x + w, y, c->fader, k, here);
}

/* As high as r: bars fill it, the words stand in its first line. */
static void step_row(struct ui *u, struct rect r, const struct view_flow *f, unsigned i, uint64_t base, bool here)
{
	struct columns c = columns_of(r.w);
	const struct view_step *s = &f->steps[i];
	bool ends = s->kind == VIEW_STEP_END, arm = s->kind == VIEW_STEP_ARM;
	uint64_t stayed = minus(s->reached, s->dropped + (s->goes_on ? 0 : s->lost));
	enum style plain = !s->reached || arm ? STYLE_DIM : STYLE_TEXT;
	int x = r.x + 4;
	char n[NUM_TEXT];

	cells_char(&u->cells, r.x, r.y, STYLE_KEY, here ? '>' : ' ');
	if (s->number)
		cells_printf(&u->cells, r.x + 1, r.y, 2, STYLE_DIM, "%2u", s->number);
	put_text(u, x, r.y, &c, f, i, here);
	x += c.text;
	for (int y = 0; y < r.h && c.bar; y++)
		widget_funnel(&u->cells, x + 1, r.y + y, c.bar, arm || ends ? STYLE_BORDER : STYLE_GRAPH, part_of(stayed, base),
			      part_of(s->reached, base));
	x += c.bar + (c.bar ? 1 : 0);
	put_count(n, s->reached);
	cells_right(&u->cells, x, r.y, c.count, plain, n);
	x += c.count;
	if (c.share && base)
		put_percent(u, x, r.y, c.share, plain, part_of(s->reached, base));
	x += c.share;
	if (c.loss)
		put_loss(u, x, r.y, c.loss, s);
	x += c.loss;
	if (c.here && s->waiting) {
		put_count(n, s->waiting);
		cells_right(&u->cells, x, r.y, c.here, STYLE_VALUE, n);
	}
}

/* Behind the last step: who came through. */
static void end_row(struct ui *u, struct rect r, const struct view_flow *f)
{
	struct columns c = columns_of(r.w);
	int x = r.x + 4 + c.text;
	char n[NUM_TEXT];

	cells_char(&u->cells, r.x + 2, r.y, STYLE_GOOD, 0x2713);
	cells_text(&u->cells, r.x + 4, r.y, c.text, STYLE_GOOD, f->stopped ? "completed, or stopped" : "completed");
	for (int y = 0; y < r.h && c.bar; y++)
		widget_funnel(&u->cells, x + 1, r.y + y, c.bar, STYLE_GOOD, part_of(f->completed, f->launched),
			      part_of(f->completed + f->stopped, f->launched));
	x += c.bar + (c.bar ? 1 : 0);
	put_count(n, f->completed);
	cells_right(&u->cells, x, r.y, c.count, STYLE_GOOD, n);
	if (c.share && f->launched)
		put_percent(u, x + c.count, r.y, c.share, STYLE_GOOD, part_of(f->completed, f->launched));
}

static void funnel_heads(struct ui *u, struct rect in)
{
	struct columns c = columns_of(in.w);
	int x = in.x + 4 + c.text + c.bar + (c.bar ? 1 : 0);

	cells_text(&u->cells, in.x + 4, in.y, c.text, STYLE_DIM, "step");
	cells_right(&u->cells, x, in.y, c.count, STYLE_DIM, "came");
	cells_right(&u->cells, x += c.count, in.y, c.share, STYLE_DIM, "%");
	cells_right(&u->cells, x += c.share, in.y, c.loss, STYLE_DIM, "left here");
	cells_right(&u->cells, x + c.loss, in.y, c.here, STYLE_DIM, "wait");
}

/* The steps that fit, with the cursor among them; where there is room to spare they are higher, and the end stands behind the last. */
static void funnel_rows(struct ui *u, struct rect in, const struct view_flow *f)
{
	uint64_t base = f->entered > f->launched ? f->entered : f->launched;
	unsigned rows = in.h > 0 ? (unsigned)in.h : 0, at = ui_step_at(u, f), high = rows / (f->step_n + 1);

	high = high < 1 ? 1 : high > 3 ? 3 : high;
	if (at < u->step_first)
		u->step_first = at;
	if (at >= u->step_first + rows)
		u->step_first = at - rows + 1;
	if (f->step_n <= rows)
		u->step_first = 0;
	for (unsigned i = u->step_first; i <= f->step_n && i - u->step_first < rows; i++) {
		struct rect row = { in.x, in.y + (int)((i - u->step_first) * high), in.w, (int)high };
		char number[12];

		if (i == f->step_n) {
			end_row(u, row, f);
			break;
		}
		snprintf(number, sizeof number, "%u", i);
		ui_spot(u, row, act_focus_knob, number)->row = true;
		step_row(u, row, f, i, base, i == at && ui_pane(u) == PANE_SIDE);
	}
}

static void draw_funnel(struct ui *u, struct rect r, const struct view_flow *f)
{
	char title[260], launched[NUM_TEXT], entered[NUM_TEXT], right[40], since[40];
	struct rect in;

	num_group(launched, f->launched);
	num_group(entered, f->entered);
	since_text(u, since, sizeof since);
	if (f->entered > f->launched)
		snprintf(title, sizeof title, "%.60s  %s launched%s, entered %s times", f->name, launched, since, entered);
	else
		snprintf(title, sizeof title, "%.60s  %s launched%s", f->name, launched, since);
	snprintf(right, sizeof right, "%u rows", f->step_n);
	in = draw_pane(u, PANE_SIDE, r, title, r.h > 3 && f->step_n > (unsigned)r.h - 3 ? right : "");
	if (u->layout.boxed && in.h >= 4) {
		funnel_heads(u, in);
		in.y++;
		in.h--;
	}
	funnel_rows(u, in, f);
}

/* ---- accounts ---- */

static void draw_accounts(struct ui *u, struct rect r, const struct view_flow *f)
{
	const struct { const char *name; uint64_t n; enum style s; } rows[] = {
		{ "completed", f->completed, STYLE_GOOD }, { "dropped", f->dropped, STYLE_WARN }, { "stopped", f->stopped, STYLE_TEXT },
		{ "failed", f->failed, STYLE_BAD }, { "active", f->active, STYLE_GRAPH },
	};
	char title[120], rate[NUM_TEXT], n[NUM_TEXT];
	struct rect in;
	int y;

	num_human(rate, f->rate);
	snprintf(title, sizeof title, "%.60s  %s/s launched", f->name, rate);
	in = draw_pane(u, PANE_EFFECT, r, title, "");
	y = in.y;
	for (size_t i = 0; i < COUNT_OF(rows) && y < in.y + in.h; i++, y++) {
		double share = part_of(rows[i].n, f->launched);

		put_count(n, rows[i].n);
		cells_text(&u->cells, in.x + 1, y, 10, STYLE_TEXT, rows[i].name);
		widget_meter(&u->cells, in.x + 12, y, in.w - 26, rows[i].s, share);
		cells_right(&u->cells, in.x + in.w - 13, y, 7, rows[i].n ? rows[i].s : STYLE_DIM, n);
		put_percent(u, in.x + in.w - 6, y, 5, STYLE_DIM, share);
	}
	if (y < in.y + in.h) {
		put_count(n, f->lost);
		cells_printf(&u->cells, in.x + 1, y++, in.w - 1, f->lost ? STYLE_WARN : STYLE_DIM, "launches that found nothing: %s", n);
	}
	if (*f->why && y < in.y + in.h)
		cells_printf(&u->cells, in.x + 1, y, in.w - 1, STYLE_BAD, "last failed: %s", f->why);
}

/* ---- the screen ---- */

/* Under the list: what is focused, in words. */
static void explain(struct ui *u, const struct view_flow *f)
{
	const struct view_step *s = f->step_n ? &f->steps[ui_step_at(u, f)] : NULL;

	if (*u->message && !u->explained)
		return;
	if (ui_pane(u) == PANE_SIDE && s && s->fader)
		ui_say(u, STYLE_DIM, "%s: of %llu that came %llu dropped out here and %llu wait", s->text, (unsigned long long)s->reached,
		       (unsigned long long)s->dropped, (unsigned long long)s->waiting);
	else if (ui_pane(u) == PANE_SIDE && s)
		ui_say(u, STYLE_DIM, "%s", s->text);
	else if (*f->why)
		ui_say(u, STYLE_BAD, "failed %llu times, last: %s", (unsigned long long)f->failed, f->why);
	else
		ui_say(u, STYLE_DIM, "launched %llu = completed %llu + dropped %llu + stopped %llu + failed %llu + active %llu", (unsigned long long)f->launched,
		       (unsigned long long)f->completed, (unsigned long long)f->dropped, (unsigned long long)f->stopped, (unsigned long long)f->failed,
		       (unsigned long long)f->active);
	u->explained = true;
}

void screen_flows(struct ui *u, const struct layout *l)
{
	const struct view_flow *f = ui_flow(u);
	const struct rect *p = l->panes;
	struct view_flow shown;
	struct arena scratch;

	if (p[PANE_MAIN].h)
		draw_list(u, p[PANE_MAIN]);
	if (!f)
		return;
	arena_init(&scratch);
	shown = from_then(u, f);
	steps_from_then(u, &shown, &scratch);
	if (p[PANE_EFFECT].h)
		draw_accounts(u, p[PANE_EFFECT], &shown);
	if (p[PANE_SIDE].h)
		draw_funnel(u, p[PANE_SIDE], &shown);
	arena_free(&scratch);
	explain(u, f);
}
