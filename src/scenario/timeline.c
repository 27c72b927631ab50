/* The `timeline:` of a scenario: read, and written from the log of changes. */
#include "scenario/timeline.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/num.h"
#include "base/suggest.h"
#include "core/timed.h"

static const char *const known[] = { "at", "set", "to", "over", "ease", "start", "stop", "mute", "unmute", "solo", "unsolo", "mark", NULL };

static const char *text_of(struct report *r, const struct node *n)
{
	if (n->kind == NODE_SCALAR && *n->text)
		return n->text;
	report_add(r, n, "'%.40s' must be one value", n->key ? n->key->text : "?");
	return NULL;
}

static struct timed *append(struct scenario *sc, struct report *r, const struct node *at, int64_t after_ns)
{
	struct timed *one = arena_take(&sc->arena, sizeof *one);
	struct timed_link *link = arena_take(&sc->arena, sizeof *link);

	if (!one || !link) {
		report_add(r, at, "out of memory");
		return NULL;
	}
	link->timed = one;
	one->after_ns = after_ns;
	one->path = one->to = "";
	*(sc->timeline_last ? &sc->timeline_last->next : &sc->timeline) = link;
	sc->timeline_last = link;
	return one;
}

static const char *path_of(struct scenario *sc, const char *name, const char *row)
{
	char path[200];

	snprintf(path, sizeof path, "%.100s.%.60s", name, row);
	return arena_copy(&sc->arena, path, strlen(path));
}

/* `start: shop` and its like: one bool of a module or output, or of a list of them. */
static void read_switch(struct scenario *sc, struct control *c, struct report *r, const struct node *n, int64_t after_ns)
{
	static const struct { const char *word, *row, *to; } words[] = {
		{ "start", "on", "true" }, { "stop", "on", "false" }, { "mute", "mute", "true" }, { "unmute", "mute", "false" },
		{ "solo", "solo", "true" }, { "unsolo", "solo", "false" },
	};
	const struct node *first = n->kind == NODE_LIST ? n->first : n;

	for (const struct node *one = first; one; one = n->kind == NODE_LIST ? one->next : NULL) {
		const char *name = text_of(r, one);
		struct timed *t = name ? append(sc, r, one, after_ns) : NULL;
		struct err e;

		for (size_t i = 0; t && i < COUNT_OF(words); i++)
			if (strcmp(words[i].word, n->key->text) == 0) {
				t->path = path_of(sc, name, words[i].row);
				t->to = words[i].to;
				if (!t->path || !control_find(c, t->path, NULL, &e))
					report_add(r, one, "%s", t->path ? e.text : "out of memory");
			}
	}
}

static void read_set(struct scenario *sc, struct control *c, struct report *r, const struct node *map, int64_t after_ns)
{
	const struct node *set = node_get(map, "set"), *to = node_get(map, "to"), *over = node_get(map, "over"), *ease = node_get(map, "ease");
	const char *path = text_of(r, set), *value = to ? text_of(r, to) : NULL, *span = over ? text_of(r, over) : NULL;
	struct timed *t = path ? append(sc, r, set, after_ns) : NULL;
	const struct param *p;
	struct err e;
	int shape = 0;

	if (!t)
		return;
	if (!to)
		report_add(r, set, "`set` needs `to`: what value");
	t->path = path;
	t->to = value ? value : "";
	p = control_find(c, path, NULL, &e);
	if (!p || p->flags & PARAM_INSIDE)
		report_add(r, set, "%s", p ? "this cannot be set" : e.text);
	else if (!(p->flags & PARAM_LIVE))
		report_add(r, set, "%s cannot change while running; set it in the module", path);
	else if (value && p->type != PARAM_ACTION && param_check(p, value, &e) < 0)
		report_add(r, to, "%s", e.text);
	if (span && num_span(span, &t->over_ns, &e) < 0)
		report_add(r, over, "over: %s", e.text);
	if (p && t->over_ns > 0 && !param_is_number(p))
		report_add(r, over, "%s is no number and cannot be ramped", path);
	while (ease && ramp_shape_names[shape] && strcmp(ramp_shape_names[shape], ease->text ? ease->text : "") != 0)
		shape++;
	if (!ramp_shape_names[shape])
		report_add(r, ease, "ease is linear, in, out or in-out");
	else
		t->shape = (enum ramp_shape)shape;
}

static void read_one(struct scenario *sc, struct control *c, struct report *r, const struct node *map)
{
	const struct node *at, *what = NULL;
	struct timed *mark;
	int64_t after_ns = 0;
	struct suggest s;
	char hint[80];
	struct err e;

	if (map->kind != NODE_MAP) {
		report_add(r, map, "an entry of the timeline is a map, like {at: 30s, set: ticks.rate, to: 100}");
		return;
	}
	node_each(n, map) {
		unsigned i = 0;

		while (known[i] && strcmp(known[i], n->key->text) != 0)
			i++;
		if (!known[i]) {
			suggest_init(&s, n->key->text);
			for (i = 0; known[i]; i++)
				suggest_try(&s, known[i]);
			report_add(r, n->key, "unknown key '%.40s' in the timeline%s", n->key->text, suggest_text(&s, hint, sizeof hint));
		} else if (i == 1 || i > 4) {
			if (what)
				report_add(r, n->key, "one entry does one thing; '%s' stands here, too", what->key->text);
			what = n;
		}
	}
	at = node_get(map, "at");
	if (!at || at->kind != NODE_SCALAR)
		report_add(r, map, "an entry of the timeline needs `at`: how long after the start");
	else if (num_span(at->text, &after_ns, &e) < 0 || after_ns < 0)
		report_add(r, at, "at: %s", after_ns < 0 ? "not before the start" : e.text);
	if (!what)
		report_add(r, map, "nothing is done here; set, start, stop, mute, solo or mark says what");
	else if (strcmp(what->key->text, "set") == 0)
		read_set(sc, c, r, map, after_ns);
	else if (strcmp(what->key->text, "mark") != 0)
		read_switch(sc, c, r, what, after_ns);
	else if ((mark = append(sc, r, what, after_ns))) {
		mark->mark = true;
		mark->path = "mark";
		mark->to = text_of(r, what);
		mark->to = mark->to ? mark->to : "";
	}
}

void timeline_read(struct scenario *sc, struct control *c, struct report *r, const struct node *list)
{
	if (list->kind != NODE_LIST)
		report_add(r, list, "timeline must be a list of changes");
	else
		node_each(n, list)
			read_one(sc, c, r, n);
}

int timeline_schedule(const struct scenario *sc, struct engine *en, struct err *e)
{
	for (const struct timed_link *l = sc->timeline; l; l = l->next)
		if (engine_schedule(en, l->timed, e) < 0)
			return -1;
	return 0;
}

/* ---- writing ---- */

static bool is_suffix(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n > m && strcmp(path + n - m, end) == 0;
}

static bool left_out(uint64_t group, const uint64_t *out, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (out[i] == group)
			return true;
	return false;
}

static void put_entry(const struct change *ch, int64_t start_ns, struct buf *to)
{
	char span[NUM_TEXT];

	num_put_span(span, ch->place.sim_ns - start_ns);
	buf_printf(to, "  - {at: %s, ", *span ? span : "0s");
	if (ch->kind == CHANGE_NOTE) {
		buf_text(to, "mark: ");
		json_cstr(to, ch->now);
	} else {
		buf_printf(to, "set: %s, to: ", ch->path);
		json_cstr(to, ch->now);
	}
	if (ch->kind == CHANGE_RAMP) {
		num_put_span(span, ch->over_ns);
		buf_printf(to, ", over: %s", span);
		if (ch->shape)
			buf_printf(to, ", ease: %s", ramp_shape_names[ch->shape]);
	}
	buf_text(to, "}\n");
}

int timeline_write(const struct scenario *sc, const struct control *c, int64_t start_ns, int64_t now_ns, const uint64_t *out, unsigned out_n, struct buf *to, struct err *e)
{
	bool any = false;

	for (uint64_t i = 0; i < c->n; i++) {
		const struct change *ch = &c->log[i];
		bool mark = ch->kind == CHANGE_NOTE && strcmp(ch->path, "mark") == 0;

		if (left_out(ch->group, out, out_n) || strncmp(ch->path, "clock.", 6) == 0 || (ch->kind == CHANGE_NOTE && !mark && !is_suffix(ch->path, ".inject")))
			continue;
		if (is_suffix(ch->path, ".present"))
			return err_set(e, ERR_INPUT, "a timeline cannot add or remove (entry %llu: %s); export without it", (unsigned long long)ch->number, ch->path);
		if (is_suffix(ch->path, ".inject"))
			return err_set(e, ERR_INPUT, "a timeline cannot inject (entry %llu); leave that entry out", (unsigned long long)ch->number);
		if (!any)
			buf_text(to, "\ntimeline:\n");
		any = true;
		put_entry(ch, start_ns, to);
	}
	/* What the scenario's own timeline has still to say. */
	for (const struct timed_link *l = sc->timeline; l; l = l->next)
		if (start_ns + l->timed->after_ns > now_ns) {
			const struct timed *t = l->timed;

			buf_text(to, any ? "" : "\ntimeline:\n");
			any = true;
			put_entry(&(struct change){ .kind = t->mark ? CHANGE_NOTE : t->over_ns > 0 ? CHANGE_RAMP : CHANGE_SET, .over_ns = t->over_ns,
				  .shape = t->shape, .place.sim_ns = start_ns + t->after_ns, .path = (char *)(uintptr_t)t->path,
				  .now = (char *)(uintptr_t)t->to }, start_ns, to);
		}
	return 0;
}
