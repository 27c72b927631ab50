/* Lists: filter, order, cursor. */
#include "ui/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/num.h"

enum { STILL_NS = 2000000000 };

const char *const *rows_columns(enum ui_list_id id)
{
	static const char *const modules[] = { "place", "name", "target", "actual", "made", "state", NULL };
	static const char *const outputs[] = { "place", "name", "rate", "queue", "errors", "state", NULL };

	static const char *const flows[] = { "place", "name", "weight", "launched", "active", "dropped", "lost", NULL };

	return id == LIST_MODULES ? modules : id == LIST_OUTPUTS ? outputs : id == LIST_FLOWS ? flows : NULL;
}

const struct view *rows_view(const struct ui *u, enum ui_list_id id)
{
	return u->paused && !u->frozen && (id == LIST_TAIL || id == LIST_LOG) ? u->paused : ui_shown(u);
}

static unsigned row_count(const struct view *v, enum ui_list_id id)
{
	switch (id) {
	case LIST_MODULES: return v->module_n;
	case LIST_OUTPUTS: return v->output_n;
	case LIST_TAIL: return v->tail_n;
	case LIST_LOG: return v->line_n;
	case LIST_JOURNAL: return v->change_n;
	case LIST_PRESETS: return v->preset_n;
	case LIST_FLOWS: return v->flow_n;
	default: return 0;
	}
}

const char *rows_name(const struct ui *u, enum ui_list_id id, unsigned row)
{
	const struct view *v = rows_view(u, id);

	if (!v || row >= row_count(v, id))
		return "";
	return id == LIST_MODULES ? v->modules[row].name : id == LIST_OUTPUTS ? v->outputs[row].name :
	       id == LIST_PRESETS ? v->presets[row].name : id == LIST_FLOWS ? v->flows[row].name : "";
}

static uint64_t row_number(const struct view *v, enum ui_list_id id, unsigned row)
{
	return id == LIST_TAIL ? v->tail[row].number : id == LIST_JOURNAL ? v->changes[row].number : 0;
}

bool rows_marked(const struct ui_list *l, const char *name)
{
	for (unsigned i = 0; i < l->mark_n; i++)
		if (strcmp(l->marks[i], name) == 0)
			return true;
	return false;
}

/* ---- text and fields of a row ---- */

static void put_flow(const struct view_flow *f, struct buf *to)
{
	buf_printf(to, "%s weight %g launched %llu = completed %llu + dropped %llu + stopped %llu + failed %llu + active %llu; launches lost %llu%s%s", f->name,
		   f->weight, (unsigned long long)f->launched, (unsigned long long)f->completed, (unsigned long long)f->dropped,
		   (unsigned long long)f->stopped, (unsigned long long)f->failed, (unsigned long long)f->active, (unsigned long long)f->lost,
		   *f->why ? "; last failed: " : "", f->why);
}

static void put_row(const struct view *v, enum ui_list_id id, unsigned i, struct buf *to)
{
	char when[NUM_TEXT];

	switch (id) {
	case LIST_MODULES:
		buf_printf(to, "%s %s target %g actual %g made %llu to %s%s%s", v->modules[i].name, v->modules[i].generator, v->modules[i].target,
			   v->modules[i].actual, (unsigned long long)v->modules[i].made, v->modules[i].outputs, *v->modules[i].why ? " " : "",
			   v->modules[i].why);
		break;
	case LIST_OUTPUTS:
		buf_printf(to, "%s %s %s offered %llu delivered %llu failed %llu dropped %llu in flight %llu%s%s", v->outputs[i].name,
			   v->outputs[i].kind, v->outputs[i].target, (unsigned long long)v->outputs[i].offered,
			   (unsigned long long)v->outputs[i].delivered, (unsigned long long)v->outputs[i].failed,
			   (unsigned long long)v->outputs[i].dropped, (unsigned long long)v->outputs[i].in_flight, *v->outputs[i].why ? " " : "",
			   v->outputs[i].why);
		break;
	case LIST_TAIL: buf_text(to, v->tail[i].text); break;
	case LIST_LOG:
		num_put_instant(when, v->lines[i].epoch_ns, 3);
		buf_printf(to, "%s %c %s %s", when, log_letters[v->lines[i].level], v->lines[i].area, v->lines[i].text);
		break;
	case LIST_JOURNAL:
		buf_printf(to, "%llu event %llu %s %s", (unsigned long long)v->changes[i].number, (unsigned long long)v->changes[i].event,
			   origin_names[v->changes[i].by], v->changes[i].text);
		break;
	case LIST_PRESETS: buf_printf(to, "%s\n%s", v->presets[i].name, v->presets[i].text); break;
	case LIST_FLOWS: put_flow(&v->flows[i], to); break;
	default: break;
	}
}

void rows_text(const struct ui *u, enum ui_list_id id, unsigned i, struct buf *to)
{
	const struct view *v = rows_view(u, id);

	if (v && i < row_count(v, id))
		put_row(v, id, i, to);
}

struct row_of {
	const struct view *v;
	enum ui_list_id id;
	unsigned i;
	cJSON *json;            /* of an event, parsed when a field of it is asked for */
	bool parsed;
};

static const char *module_field(const struct view_module *m, const char *name, char *to, unsigned room)
{
	if (strcmp(name, "name") == 0 || strcmp(name, "module") == 0)
		return m->name;
	if (strcmp(name, "generator") == 0)
		return m->generator;
	if (strcmp(name, "on") == 0)
		return m->on ? "true" : "false";
	snprintf(to, room, "%.10g", strcmp(name, "target") == 0 || strcmp(name, "rate") == 0 ? m->target : strcmp(name, "actual") == 0 ? m->actual :
		 strcmp(name, "made") == 0 ? (double)m->made : strcmp(name, "volatility") == 0 ? m->volatility : NAN);
	return strcmp(to, "nan") ? to : NULL;
}

static const char *output_field(const struct view_output *o, const char *name, char *to, unsigned room)
{
	if (strcmp(name, "name") == 0 || strcmp(name, "output") == 0)
		return o->name;
	if (strcmp(name, "kind") == 0 || strcmp(name, "type") == 0)
		return o->kind;
	snprintf(to, room, "%.10g", strcmp(name, "rate") == 0 ? o->rate : strcmp(name, "failed") == 0 ? (double)o->failed :
		 strcmp(name, "dropped") == 0 ? (double)o->dropped : strcmp(name, "queue") == 0 ? o->queue_share : NAN);
	return strcmp(to, "nan") ? to : NULL;
}

static const char *flow_field(const struct view_flow *f, const char *name, char *to, unsigned room)
{
	if (strcmp(name, "name") == 0 || strcmp(name, "flow") == 0)
		return f->name;
	snprintf(to, room, "%.10g", strcmp(name, "weight") == 0 ? f->weight : strcmp(name, "launched") == 0 ? (double)f->launched :
		 strcmp(name, "active") == 0 ? (double)f->active : strcmp(name, "dropped") == 0 ? (double)f->dropped :
		 strcmp(name, "failed") == 0 ? (double)f->failed : strcmp(name, "lost") == 0 ? (double)f->lost : NAN);
	return strcmp(to, "nan") ? to : NULL;
}

/* A field of the event itself; dots go into nested objects. */
static const char *event_field(struct row_of *r, const struct view_event *ev, const char *name, char *to, unsigned room)
{
	const cJSON *at;
	char part[48];

	if (strcmp(name, "module") == 0)
		return ev->module;
	if (strcmp(name, "type") == 0 || strcmp(name, "event_type") == 0)
		return ev->type;
	if (strcmp(name, "key") == 0)
		return ev->key;
	if (strcmp(name, "bytes") == 0) {
		snprintf(to, room, "%u", ev->whole);
		return to;
	}
	if (!r->parsed)
		r->json = cJSON_Parse(ev->text);
	r->parsed = true;
	at = r->json;
	while (at && *name) {
		size_t n = strcspn(name, ".");

		snprintf(part, sizeof part, "%.*s", (int)n, name);
		at = cJSON_GetObjectItemCaseSensitive(at, part);
		name += n + (name[n] == '.');
	}
	if (cJSON_IsString(at))
		return at->valuestring;
	if (cJSON_IsBool(at))
		return cJSON_IsTrue(at) ? "true" : "false";
	if (!cJSON_IsNumber(at))
		return NULL;
	snprintf(to, room, "%.17g", at->valuedouble);
	return to;
}

static const char *field(const void *row, const char *name, char *to, unsigned room)
{
	struct row_of *r = (struct row_of *)(uintptr_t)row;

	switch (r->id) {
	case LIST_MODULES: return module_field(&r->v->modules[r->i], name, to, room);
	case LIST_OUTPUTS: return output_field(&r->v->outputs[r->i], name, to, room);
	case LIST_FLOWS: return flow_field(&r->v->flows[r->i], name, to, room);
	case LIST_TAIL: return event_field(r, &r->v->tail[r->i], name, to, room);
	case LIST_LOG: return strcmp(name, "area") == 0 ? r->v->lines[r->i].area : strcmp(name, "text") == 0 ? r->v->lines[r->i].text : NULL;
	case LIST_JOURNAL: return strcmp(name, "path") == 0 ? r->v->changes[r->i].path : strcmp(name, "origin") == 0 ?
				  origin_names[r->v->changes[r->i].by] : NULL;
	default: return NULL;
	}
}

static bool sieve(const struct ui *u, const struct view *v, enum ui_list_id id, unsigned i)
{
	struct row_of r = { .v = v, .id = id, .i = i };
	struct buf text;
	bool yes;

	if (id == LIST_LOG && (v->lines[i].level > u->log_level || (*u->log_area && strcmp(u->log_area, v->lines[i].area) != 0)))
		return false;
	/* Of one drag or one held key the newest entry stands for all. */
	if (id == LIST_JOURNAL && i && v->changes[i - 1].group == v->changes[i].group)
		return false;
	if (!*u->lists[id].filter.text)
		return true;
	buf_init(&text, 65536);
	put_row(v, id, i, &text);
	yes = filter_matches(&u->lists[id].filter, &r, text.data, field);
	cJSON_Delete(r.json);
	buf_free(&text);
	return yes;
}

/* The events of the tail come again in every frame; each is looked at once. */
static bool passes(struct ui *u, const struct view *v, enum ui_list_id id, unsigned i)
{
	const char *text = u->lists[id].filter.text;
	uint64_t number = id == LIST_TAIL ? v->tail[i].number : 0;
	size_t at = number % COUNT_OF(u->sieved);

	if (id != LIST_TAIL || !*text)
		return sieve(u, v, id, i);
	if (strcmp(u->sieved_by, text) != 0) {
		memset(u->sieved, 0, sizeof u->sieved);
		snprintf(u->sieved_by, sizeof u->sieved_by, "%s", text);
	}
	if (u->sieved[at].number != number) {
		u->sieved[at].passes = sieve(u, v, id, i);
		u->sieved[at].number = number;
	}
	return u->sieved[at].passes;
}

/* Flows are shown of one module at a time. */
static bool belongs(const struct ui *u, const struct view *v, enum ui_list_id id, unsigned i)
{
	return id != LIST_FLOWS || strcmp(v->flows[i].module, u->lists[LIST_MODULES].focus) == 0;
}

/* ---- order ---- */

static double sort_value(const struct view *v, enum ui_list_id id, int column, unsigned row)
{
	if (id == LIST_MODULES) {
		const struct view_module *m = &v->modules[row];

		return column == 2 ? m->target : column == 3 ? m->actual : column == 4 ? (double)m->made : (double)m->state;
	}
	if (id == LIST_FLOWS) {
		const struct view_flow *f = &v->flows[row];

		return column == 2 ? f->weight : (double)(column == 3 ? f->launched : column == 4 ? f->active : column == 5 ? f->dropped : f->lost);
	}
	return column == 2 ? v->outputs[row].rate : column == 3 ? v->outputs[row].queue_share :
	       column == 4 ? (double)(v->outputs[row].failed + v->outputs[row].dropped) : (double)v->outputs[row].state;
}

static bool before(const struct ui *u, const struct view *v, enum ui_list_id id, unsigned a, unsigned b)
{
	const struct ui_list *l = &u->lists[id];
	double p, q;
	int order;

	if (l->sort == 1) {
		order = strcmp(rows_name(u, id, a), rows_name(u, id, b));
	} else {
		/* Numbers: the largest first, as one wants them. */
		p = sort_value(v, id, l->sort, a);
		q = sort_value(v, id, l->sort, b);
		order = p > q ? -1 : p < q;
	}
	if (l->reverse)
		order = -order;
	return order < 0 || (order == 0 && a < b);
}

static void sort_rows(struct ui *u, const struct view *v, enum ui_list_id id)
{
	struct ui_list *l = &u->lists[id];

	if (!l->sort) {
		for (unsigned i = 0; l->reverse && i < l->n / 2; i++) {
			unsigned t = l->order[i];

			l->order[i] = l->order[l->n - 1 - i];
			l->order[l->n - 1 - i] = t;
		}
		return;
	}
	for (unsigned i = 1; i < l->n; i++)
		for (unsigned k = i; k && before(u, v, id, l->order[k], l->order[k - 1]); k--) {
			unsigned t = l->order[k];

			l->order[k] = l->order[k - 1];
			l->order[k - 1] = t;
		}
}

/* The cursor goes where its row went; where that is gone it stays in place. */
static void follow(struct ui *u, const struct view *v, enum ui_list_id id)
{
	struct ui_list *l = &u->lists[id];
	bool found = false;

	if (!l->n) {
		l->at = 0;
		return;
	}
	for (unsigned i = 0; i < l->n && !found && !l->follow; i++)
		if (*l->focus ? strcmp(rows_name(u, id, l->order[i]), l->focus) == 0 : l->number && row_number(v, id, l->order[i]) == l->number) {
			l->at = i;
			found = true;
		}
	if (l->follow)
		l->at = id == LIST_JOURNAL ? 0 : l->n - 1;
	if (l->at >= l->n)
		l->at = l->n - 1;
	if (!found) {
		snprintf(l->focus, sizeof l->focus, "%s", rows_name(u, id, l->order[l->at]));
		l->number = row_number(v, id, l->order[l->at]);
	}
}

static bool stands_still(const struct ui *u, const struct view *v, enum ui_list_id id)
{
	const struct ui_list *l = &u->lists[id];

	return l->sort > 1 && l->moved_ns && v->wall_ns - l->moved_ns < STILL_NS && l->n + l->hidden == row_count(v, id);
}

void rows_update(struct ui *u)
{
	for (int id = 0; id < LIST_N; id++) {
		const struct view *v = rows_view(u, (enum ui_list_id)id);
		struct ui_list *l = &u->lists[id];
		unsigned n = v ? row_count(v, (enum ui_list_id)id) : 0;

		if (v && !stands_still(u, v, (enum ui_list_id)id)) {
			l->n = l->hidden = 0;
			for (unsigned i = 0; i < n && l->n < UI_ROWS; i++)
				if (!belongs(u, v, (enum ui_list_id)id, i))
					continue;
				else if (passes(u, v, (enum ui_list_id)id, i))
					l->order[l->n++] = i;
				else
					l->hidden++;
			sort_rows(u, v, (enum ui_list_id)id);
		}
		if (v)
			follow(u, v, (enum ui_list_id)id);
	}
}

void rows_move(struct ui *u, enum ui_list_id id, int by)
{
	struct ui_list *l = &u->lists[id];
	const struct view *v = rows_view(u, id);
	int at = (int)l->at + by;

	if (!l->n || !v)
		return;
	l->at = at < 0 ? 0 : (unsigned)at < l->n ? (unsigned)at : l->n - 1;
	if (id == LIST_FLOWS)
		u->step = u->step_first = 0;
	/* The end of what grows is followed; anywhere else the eye wants to stay. */
	if (id == LIST_TAIL || id == LIST_LOG)
		l->follow = l->at == l->n - 1 && by > 0;
	else
		l->follow = false;
	snprintf(l->focus, sizeof l->focus, "%s", rows_name(u, id, l->order[l->at]));
	l->number = row_number(v, id, l->order[l->at]);
	l->moved_ns = v->wall_ns;
}

bool rows_search(struct ui *u, enum ui_list_id id, int by)
{
	struct ui_list *l = &u->lists[id];

	for (unsigned i = 1; i <= l->n; i++) {
		unsigned at = (l->at + (by > 0 ? i : l->n - i)) % l->n;
		struct buf text;
		bool hit;

		buf_init(&text, 65536);
		rows_text(u, id, l->order[at], &text);
		hit = text_contains(text.data, l->search);
		buf_free(&text);
		if (hit) {
			rows_move(u, id, (int)at - (int)l->at);
			l->follow = false;
			return true;
		}
	}
	return false;
}

unsigned rows_window(struct ui_list *l, int rows)
{
	unsigned n = rows > 0 ? (unsigned)rows : 0;

	if (l->at < l->first)
		l->first = l->at;
	if (n && l->at >= l->first + n)
		l->first = l->at - n + 1;
	if (l->n < n || l->first + n > l->n)
		l->first = l->n > n ? l->n - n : 0;
	return l->first;
}
