/* One entity whole: its state, what changed it, who holds it, what it belongs to, and the events that were made with it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ui/draw.h"

enum { FIELD_MOST = 64 };

void draw_span(char *to, size_t room, int64_t ns)
{
	double s = (double)ns / 1e9;
	char text[NUM_TEXT];

	if (s < 60) {
		num_human_ns(text, (double)ns);
		snprintf(to, room, "%s", text);
	} else if (s < 3600) {
		snprintf(to, room, "%.0f m", floor(s / 60));
	} else if (s < 86400) {
		snprintf(to, room, "%.1f h", s / 3600);
	} else {
		snprintf(to, room, "%.0f d", floor(s / 86400));
	}
}

const char *draw_value(const struct ui *u, const struct view_field *f, const char *value, char *to, size_t room)
{
	char today[NUM_TEXT];
	double v;

	if (!value || (strcmp(f->type, "instant") != 0 && strcmp(f->type, "real") != 0))
		return value;
	if (*f->type == 'r') {
		if (num_real(value, &v, NULL) < 0)
			return value;
		snprintf(to, room, "%.10g", v);
		return to;
	}
	num_put_instant(today, ui_shown(u)->sim_ns, 0);
	if (strlen(value) < 20 || strncmp(value, today, 10) != 0)
		return value;
	snprintf(to, room, "%.*s", (int)strcspn(value + 11, "Z"), value + 11);
	return to;
}

static const char *or_null(const char *value)
{
	return value ? value : "null";
}

/* ---- state ---- */

/* +2 or -0.5 behind a number that changed. */
static void difference(const struct view_inspected *one, unsigned field, char *to, size_t room)
{
	double was, now;
	char text[NUM_TEXT];

	to[0] = '\0';
	for (unsigned i = 0; i < one->version_n; i++)
		for (unsigned k = 0; k < one->versions[i].n; k++) {
			const struct view_version_field *f = &one->versions[i].fields[k];

			if (f->field != field)
				continue;
			if (f->was && f->now && num_real(f->was, &was, NULL) == 0 && num_real(f->now, &now, NULL) == 0) {
				num_human(text, fabs(now - was));
				snprintf(to, room, "%s%s ", now > was ? "▲ +" : "▼ -", text);
			}
			return;
		}
}

/* How and when a field came to be what it is. */
static void origin_text(const struct ui *u, const struct view_class *c, unsigned field, int w, char *to, size_t room)
{
	const struct view *v = ui_shown(u);
	const struct view_inspected *one = entities_one(u);
	const struct view_field_state *f = one && one->fields ? &one->fields[field] : NULL;
	char ago[NUM_TEXT], by[80];

	to[0] = '\0';
	if (field == 0 || !f)
		return;
	if (!f->cause) {
		snprintf(to, room, "%s", one->version_most ? "" : "no history");
		return;
	}
	draw_span(ago, sizeof ago, v->sim_ns - f->at_ns);
	by[0] = '\0';
	if (c->fields[field].number)
		difference(one, field, by, sizeof by);
	if (w >= 24)
		snprintf(to, room, "%s%s ago  %.60s", by, ago, f->by_hand ? "override" : f->cause);
	else
		snprintf(to, room, f->by_hand ? "override %s" : "%s ago", ago);
}

static void state_row(struct ui *u, struct rect r, const struct view_class *c, const struct view_entity *row, unsigned field, int name_w, bool here)
{
	const struct view_inspected *one = entities_one(u);
	const struct view_entity *other = ui_shown(u)->entities.other.row.there ? &ui_shown(u)->entities.other.row : NULL;
	bool by_hand = one && one->fields && one->fields[field].by_hand, compared = other && *u->ents.ask.other;
	char text[200], shown[100], theirs_shown[100];
	const char *value = draw_value(u, &c->fields[field], row->values[field], shown, sizeof shown);
	int x = r.x + 1 + name_w + 1, end = r.x + r.w, w = compared ? (end - x) / 2 - 1 : r.w >= 40 ? (end - x) / 2 : end - x;

	cells_char(&u->cells, r.x, r.y, STYLE_KEY, here ? '>' : ' ');
	cells_text(&u->cells, r.x + 1, r.y, name_w, here ? STYLE_TITLE : STYLE_DIM, c->fields[field].name);
	cells_text(&u->cells, x, r.y, w, by_hand ? STYLE_MARK : value ? here ? STYLE_INPUT : STYLE_VALUE : STYLE_DIM, or_null(value));
	if (compared) {
		const char *theirs = draw_value(u, &c->fields[field], other->values[field], theirs_shown, sizeof theirs_shown);
		bool same = strcmp(or_null(row->values[field]), or_null(other->values[field])) == 0;

		cells_char(&u->cells, x + w, r.y, same ? STYLE_DIM : STYLE_WARN, same ? '=' : '!');
		cells_text(&u->cells, x + w + 2, r.y, end - x - w - 2, same ? STYLE_DIM : STYLE_WARN, or_null(theirs));
		return;
	}
	origin_text(u, c, field, end - x - w, text, sizeof text);
	if (end - x - w >= 8)
		cells_text(&u->cells, x + w + 1, r.y, end - x - w - 1, by_hand ? STYLE_MARK : STYLE_DIM, text);
}

/* Below the fields, where there is room: since when it is there, and who has it. */
static void draw_life(struct ui *u, struct rect r, const struct view_entity *row)
{
	const struct view *v = ui_shown(u);
	const struct view_inspected *one = entities_one(u);
	char age[NUM_TEXT];

	if (r.h > 0) {
		draw_span(age, sizeof age, v->sim_ns - row->created_ns);
		cells_printf(&u->cells, r.x + 1, r.y, r.w - 1, STYLE_DIM, "age %s", age);
	}
	if (r.h > 1 && row->holder)
		cells_printf(&u->cells, r.x + 1, r.y + 1, r.w - 1, STYLE_GOOD, "● held by %s%s%s", row->holder, one && one->doing ? ", " : "",
			     one && one->doing ? one->doing : "");
	else if (r.h > 1)
		cells_text(&u->cells, r.x + 1, r.y + 1, r.w - 1, STYLE_DIM, "available");
}

void draw_state(struct ui *u, enum pane pane, struct rect r)
{
	const struct view_class *c = entities_class(u);
	const struct view_entity *row = entities_row(u);
	unsigned fields[FIELD_MOST], n = entities_fields(u, fields, FIELD_MOST), first, rows;
	char title[200];
	struct rect in;
	int name_w = 3;

	if (*u->ents.ask.other && ui_shown(u)->entities.other.row.key)
		snprintf(title, sizeof title, "%.60s against %.60s", row ? row->key : "–", u->ents.ask.other);
	else
		snprintf(title, sizeof title, "%.40s %.100s%s", c ? c->name : "state", row ? row->key : "", u->frozen || !row ? "" : entities_gone(u) ? "  retired: as it was last" : "  live");
	in = draw_pane(u, pane, r, title, u->ents.changed_only ? "c all fields" : "c changed only");
	if (!row || !c || in.h < 1)
		return;
	if (!row->there || !row->values) {
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_WARN, "it is not there");
		return;
	}
	for (unsigned i = 0; i < n; i++) {
		int w = cells_width(c->fields[fields[i]].name);

		name_w = w > name_w ? w : name_w;
	}
	name_w = name_w > in.w / 3 ? in.w / 3 : name_w;
	rows = (unsigned)in.h;
	first = u->ents.field >= rows ? u->ents.field - rows + 1 : 0;
	for (unsigned i = first; i < n && i - first < rows; i++) {
		struct rect line = { in.x, in.y + (int)(i - first), in.w, 1 };
		char arg[20];

		snprintf(arg, sizeof arg, "%u", i);
		ui_spot(u, line, act_entity_field, arg)->row = true;
		state_row(u, line, c, row, fields[i], name_w, i == u->ents.field && ui_pane(u) == pane);
	}
	if (!n)
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_DIM, "nothing of it was changed");
	if (rows > n + 2 && u->screen == SCREEN_ENTITIES)
		draw_life(u, (struct rect){ in.x, in.y + (int)n + 1, in.w, in.h - (int)n - 1 }, row);
}

/* ---- versions ---- */

void draw_versions(struct ui *u, enum pane pane, struct rect r)
{
	const struct view_class *c = entities_class(u);
	const struct view_inspected *one = entities_one(u);
	char title[80], when[NUM_TEXT], event[NUM_TEXT];
	struct rect in;

	snprintf(title, sizeof title, one && !one->row.there ? "history" : "history  %u version%s", one ? one->version_n : 0, one && one->version_n == 1 ? "" : "s");
	in = draw_pane(u, pane, r, title, one && one->version_n > 1 ? "newest first" : "");
	if (!one || !c || !one->row.there || in.h < 1)
		return;
	if (!one->version_n)
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_DIM, one->version_most ? "as it was made" : "no `history:` of its class");
	for (unsigned i = u->ents.version; i < one->version_n && (int)(i - u->ents.version) < in.h; i++) {
		const struct view_version *v = &one->versions[i];
		int x = in.x + 1, y = in.y + (int)(i - u->ents.version), end = in.x + in.w;

		num_put_instant(when, v->at_ns, 3);
		num_group(event, v->event);
		x += cells_printf(&u->cells, x, y, end - x, STYLE_DIM, in.w >= 60 ? "%.12s " : "%.8s ", when + 11);
		x += cells_printf(&u->cells, x, y, end - x, v->by_hand ? STYLE_MARK : STYLE_TITLE, in.w >= 60 ? "%-14.30s " : "%.12s ", v->cause);
		if (in.w >= 60)
			x += cells_printf(&u->cells, x, y, end - x, STYLE_DIM, v->event ? "#%-7s " : "         ", event);
		for (unsigned k = 0; k < v->n && x < end; k++) {
			const struct view_field *f = &c->fields[v->fields[k].field];
			char was[100], now[100];

			x += cells_printf(&u->cells, x, y, end - x, STYLE_DIM, "%s ", f->name);
			x += cells_printf(&u->cells, x, y, end - x, STYLE_TEXT, "%s→%s  ", or_null(draw_value(u, f, v->fields[k].was, was, sizeof was)),
					  or_null(draw_value(u, f, v->fields[k].now, now, sizeof now)));
		}
	}
}

/* ---- a field over time ---- */

/* The field under the cursor if it is a number, else the first that changed. */
static int traced(const struct ui *u, const struct view_class *c, const struct view_inspected *one)
{
	unsigned fields[FIELD_MOST], n = entities_fields(u, fields, FIELD_MOST);

	if (u->ents.field < n && c->fields[fields[u->ents.field]].number)
		return (int)fields[u->ents.field];
	for (unsigned f = 1; one->fields && f < c->field_n; f++)
		if (c->fields[f].number && one->fields[f].cause)
			return (int)f;
	return -1;
}

/* What the field was over the latest seconds of the simulated time, from its versions. */
static unsigned trace(const struct ui *u, const struct view_inspected *one, unsigned field, float *to, unsigned room)
{
	const struct view *v = ui_shown(u);
	unsigned n = (unsigned)(u->seconds * (INT64_C(1000000000) / SERIES_STEP_NS)), version = 0;
	double value = NAN;

	n = n < room ? n : room;
	if (one->row.values[field])
		num_real(one->row.values[field], &value, NULL);
	for (unsigned i = n; i-- > 0;) {
		int64_t at = v->sim_ns - (int64_t)(n - 1 - i) * SERIES_STEP_NS;

		for (; version < one->version_n && one->versions[version].at_ns > at; version++)
			for (unsigned k = 0; k < one->versions[version].n; k++)
				if (one->versions[version].fields[k].field == field && one->versions[version].fields[k].was)
					num_real(one->versions[version].fields[k].was, &value, NULL);
		to[i] = (float)(at < one->row.created_ns || isnan(value) ? 0 : value);
	}
	return n;
}

static void draw_trace(struct ui *u, struct rect r)
{
	const struct view_class *c = entities_class(u);
	const struct view_inspected *one = entities_one(u);
	int field = c && one && one->row.there ? traced(u, c, one) : -1;
	struct graph gr = { .prefix = "", .cursor_ago = -1 };
	float samples[SERIES_ROOM];
	char title[160];

	if (field < 0) {
		struct rect in = draw_pane(u, PANE_GRAPH, r, "over time", "");

		if (one && one->row.there)
			cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_DIM, "no number of it has changed yet");
		return;
	}
	gr.actual = (struct view_series){ samples, trace(u, one, (unsigned)field, samples, SERIES_ROOM) };
	for (unsigned i = 0; i < gr.actual.n; i++)
		gr.bottom = samples[i] < (float)gr.bottom ? (double)samples[i] : gr.bottom;
	gr.top = graph_top(&gr.actual, &gr.target, u->seconds);
	snprintf(title, sizeof title, "%.40s  from its versions, simulated time", c->fields[field].name);
	u->top[3] = 0;
	draw_graph(u, PANE_GRAPH, r, title, &gr, 3);
}

/* ---- events ---- */

static void draw_events(struct ui *u, struct rect r)
{
	const struct view_inspected *one = entities_one(u);
	struct rect in = draw_pane(u, PANE_EFFECT, r, "its events  since it is looked at", u->ents.event ? "" : "follow ▼");
	unsigned n = one ? one->event_n : 0, last = n > u->ents.event ? n - u->ents.event : 0, first;
	char when[NUM_TEXT];

	if (in.h < 1)
		return;
	first = last > (unsigned)in.h ? last - (unsigned)in.h : 0;
	for (unsigned i = first; i < last; i++) {
		const struct view_entity_event *ev = &one->events[i];
		int x = in.x + 1, y = in.y + (int)(i - first), end = in.x + in.w;

		num_put_instant(when, ev->sim_ns, 3);
		x += cells_printf(&u->cells, x, y, end - x, STYLE_DIM, in.w >= 60 ? "%.12s " : "%.8s ", when + 11);
		x += cells_printf(&u->cells, x, y, end - x, STYLE_TITLE, "%s ", ev->type);
		if (in.w >= 80)
			x += cells_printf(&u->cells, x, y, end - x, STYLE_DIM, "%s ", ev->cause);
		cells_text(&u->cells, x, y, end - x, STYLE_TEXT, ev->text);
	}
	if (!n && one && one->row.there)
		cells_text(&u->cells, in.x + 1, in.y, in.w - 1, STYLE_DIM, one->row.holder && !entities_gone(u) ? "none yet; the flow that holds it goes on soon" : "none yet");
}

/* ---- who has it, what it belongs to ---- */

static int holder_lines(struct ui *u, struct rect in, const struct view_inspected *one)
{
	const struct view *v = ui_shown(u);
	char since[NUM_TEXT], until[NUM_TEXT], age[NUM_TEXT], made[NUM_TEXT], launch[NUM_TEXT];
	int y = in.y;

#define LINE(name, s, ...) do { if (y < in.y + in.h) { cells_text(&u->cells, in.x + 1, y, 9, STYLE_DIM, name); \
	cells_printf(&u->cells, in.x + 10, y++, in.w - 10, s, __VA_ARGS__); } } while (0)
	draw_span(age, sizeof age, v->sim_ns - one->row.created_ns);
	num_put_instant(made, one->row.created_ns, 0);
	LINE("age", STYLE_TEXT, "%s, made %.8s", age, made + 11);
	if (entities_gone(u)) {
		LINE("retired", STYLE_WARN, "u brings it back if a hand did that");
	} else if (!one->row.holder) {
		LINE("held", STYLE_DIM, "by nobody: available");
	} else if (!one->session) {
		LINE("held", STYLE_WARN, "by a flow that is gone; R releases");
	} else {
		draw_span(since, sizeof since, v->sim_ns - one->since_ns);
		draw_span(until, sizeof until, one->until_ns - v->sim_ns);
		num_group(launch, one->launch);
		LINE("held", STYLE_GOOD, "● %s, launch %s", one->row.holder, launch);
		LINE("session", STYLE_TEXT, "%s, for %s", one->session, since);
		LINE("now", STYLE_TEXT, one->until_ns > v->sim_ns ? "%s, for %s" : "%s", one->doing, until);
	}
#undef LINE
	return y;
}

static void draw_links(struct ui *u, struct rect r)
{
	const struct view_inspected *one = entities_one(u);
	struct rect in = draw_pane(u, PANE_SPREAD, r, "life and links", one && one->link_n ? "Enter opens" : "");
	unsigned first, rows;
	int y;

	if (!one || !one->row.there || in.h < 1)
		return;
	y = holder_lines(u, in, one);
	rows = in.y + in.h > y ? (unsigned)(in.y + in.h - y) : 0;
	first = rows && u->ents.link >= rows ? u->ents.link - rows + 1 : 0;
	for (unsigned i = first; i < one->link_n && i - first < rows; i++) {
		const struct view_link *k = &one->links[i];
		struct rect line = { in.x, y + (int)(i - first), in.w, 1 };
		bool here = i == u->ents.link && ui_pane(u) == PANE_SPREAD;
		char arg[20];

		snprintf(arg, sizeof arg, "%u", i);
		ui_spot(u, line, act_entity_link, arg);
		cells_char(&u->cells, line.x, line.y, STYLE_KEY, here ? '>' : ' ');
		cells_text(&u->cells, line.x + 1, line.y, 9, STYLE_DIM, k->class);
		cells_printf(&u->cells, line.x + 10, line.y, line.w - 10, here ? STYLE_TITLE : STYLE_VALUE, k->outward ? "%s  its %s" : "%s  by %s", k->key, k->field);
	}
	if (one->more_links && rows)
		cells_right(&u->cells, in.x, in.y + in.h - 1, in.w, STYLE_DIM, "and more");
}

void screen_entity(struct ui *u, const struct layout *l)
{
	const struct rect *p = l->panes;

	if (p[PANE_MAIN].h)
		draw_state(u, PANE_MAIN, p[PANE_MAIN]);
	if (p[PANE_GRAPH].h)
		draw_trace(u, p[PANE_GRAPH]);
	if (p[PANE_SIDE].h)
		draw_versions(u, PANE_SIDE, p[PANE_SIDE]);
	if (p[PANE_EFFECT].h)
		draw_events(u, p[PANE_EFFECT]);
	if (p[PANE_SPREAD].h)
		draw_links(u, p[PANE_SPREAD]);
}
