/* The one way in: finding, checking, logging and applying a change. Undo and redo are in history.c. */
#include "core/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mathx.h"
#include "base/num.h"
#include "base/suggest.h"
#include "core/history.h"

const char *const origin_names[] = { "flag", "file", "key", "mouse", "command", "http", "replay", "engine", NULL };

enum { VALUE_MOST = 70000 };    /* bytes of a value as text: the longest text a row takes, and some */
enum { MERGE_NS = 900000000 };  /* nudges of one knob that follow each other faster are one group */

void control_init(struct control *c)
{
	*c = (struct control){ 0 };
	list_init(&c->owners);
	list_init(&c->watches);
	list_init(&c->ramps);
}

static size_t row_count(const struct param *rows)
{
	size_t n = 0;

	param_each(p, rows)
		n++;
	return n;
}

static void knobs_free(struct knobs *k)
{
	size_t n = row_count(k->rows);

	for (size_t i = 0; k->home && i < n; i++)
		free(k->home[i]);
	free(k->home);
	free(k->prefix);
	free(k);
}

void control_free(struct control *c)
{
	list_each(l, &c->ramps)
		free(container_of(l, struct ramp, link));
	list_each(l, &c->owners)
		knobs_free(container_of(l, struct knobs, link));
	for (uint64_t i = 0; i < c->n; i++) {
		free(c->log[i].path);
		free(c->log[i].was);
		free(c->log[i].now);
		free(c->log[i].text);
	}
	free(c->log);
	free(c->redo);
	control_init(c);
}

struct knobs *control_lend(struct control *c, const char *prefix, const struct param *rows, void *opts,
			   const struct knob_hooks *hooks, void *of, struct err *e)
{
	struct knobs *k = calloc(1, sizeof *k);

	if (k) {
		*k = (struct knobs){ .rows = rows, .opts = opts, .of = of, .hooks = hooks };
		k->prefix = malloc(strlen(prefix) + 1);
		k->home = calloc(row_count(rows) + 1, sizeof *k->home);
	}
	if (!k || !k->prefix || !k->home) {
		if (k)
			knobs_free(k);
		err_memory(e);
		return NULL;
	}
	memcpy(k->prefix, prefix, strlen(prefix) + 1);
	list_add(&c->owners, &k->link);
	return k;
}

/* What a later one of the same name does is its own. */
static void forget_changes(struct control *c, const char *prefix)
{
	size_t n = strlen(prefix);

	for (uint64_t i = 0; i < c->n; i++)
		if (strncmp(c->log[i].path, prefix, n) == 0 && c->log[i].path[n] == '.')
			c->log[i].gone = true;
}

void control_reclaim(struct control *c, void *of)
{
	bool first = true;

	list_each(l, &c->ramps) {
		struct ramp *r = container_of(l, struct ramp, link);

		if (r->knobs->of == of) {
			list_take(l);
			free(r);
		}
	}
	list_each(l, &c->owners) {
		struct knobs *k = container_of(l, struct knobs, link);

		if (k->of == of) {
			if (first)
				forget_changes(c, k->prefix);
			first = false;
			list_take(l);
			knobs_free(k);
		}
	}
}

void control_reclaim_table(struct knobs *k)
{
	list_take(&k->link);
	knobs_free(k);
}

/* The value as text that reads back; malloc'ed, NULL without memory. */
char *control_value_text(const struct knobs *k, const struct param *p)
{
	struct buf b;
	char *copy = NULL;

	buf_init(&b, VALUE_MOST);
	param_text(p, k->opts, &b);
	if (buf_ok(&b) && (copy = malloc(b.n + 1)))
		memcpy(copy, b.data, b.n + 1);
	buf_free(&b);
	return copy;
}

static void seal(struct knobs *k)
{
	size_t i = 0;

	param_each(p, k->rows) {
		free(k->home[i]);
		k->home[i++] = control_value_text(k, p);
	}
	k->sealed = true;
}

void control_seal(struct control *c)
{
	list_each(l, &c->owners)
		seal(container_of(l, struct knobs, link));
	c->sealed = true;
}

void control_seal_owner(struct control *c, const void *of)
{
	list_each(l, &c->owners)
		if (container_of(l, struct knobs, link)->of == of)
			seal(container_of(l, struct knobs, link));
}

void control_hide_owner(struct control *c, const void *of, bool hidden)
{
	list_each(l, &c->owners)
		if (container_of(l, struct knobs, link)->of == of)
			container_of(l, struct knobs, link)->hidden = hidden;
}

static const char *home_of(const struct knobs *k, const struct param *p)
{
	return k->home[p - k->rows];
}

bool control_is_home(const struct knobs *k, const struct param *p)
{
	const char *home = home_of(k, p);
	char *now = home ? control_value_text(k, p) : NULL;
	bool same = !now || strcmp(now, home) == 0;

	free(now);
	return same;
}

/* Nearest path, among the prefixes when the prefix is wrong, else among the rows behind it. */
static int unknown_path(const struct control *c, const char *path, size_t prefix_n, struct err *e)
{
	struct suggest s;
	char hint[120], wrong[160];
	bool known = false;

	for (struct list *l = c->owners.next; l != &c->owners; l = l->next) {
		const struct knobs *k = container_of(l, struct knobs, link);

		known |= strlen(k->prefix) == prefix_n && strncmp(k->prefix, path, prefix_n) == 0;
	}
	if (!known) {
		snprintf(wrong, sizeof wrong, "%.*s", (int)prefix_n, path);
		suggest_init(&s, wrong);
		for (struct list *l = c->owners.next; l != &c->owners; l = l->next)
			suggest_try(&s, container_of(l, struct knobs, link)->prefix);
		return err_set(e, ERR_INPUT, "there is no module or output '%s'%s", wrong,
			       suggest_text(&s, hint, sizeof hint));
	}
	snprintf(wrong, sizeof wrong, "%s", path[prefix_n] ? path + prefix_n + 1 : "");
	suggest_init(&s, wrong);
	for (struct list *l = c->owners.next; l != &c->owners; l = l->next) {
		const struct knobs *k = container_of(l, struct knobs, link);

		if (strlen(k->prefix) == prefix_n && strncmp(k->prefix, path, prefix_n) == 0)
			param_each(p, k->rows)
				suggest_try(&s, p->name);
	}
	if (!*wrong)
		return err_set(e, ERR_INPUT, "'%s' names no parameter (like %s.rate)", path, path);
	return err_set(e, ERR_INPUT, "unknown parameter '%s' of '%.*s'%s", wrong, (int)prefix_n, path,
		       suggest_text(&s, hint, sizeof hint));
}

const struct param *control_find(struct control *c, const char *path, struct knobs **knobs, struct err *e)
{
	size_t prefix_n = strcspn(path, ".");

	list_each(l, &c->owners) {
		struct knobs *k = container_of(l, struct knobs, link);
		const struct param *p;

		if (strlen(k->prefix) != prefix_n || strncmp(k->prefix, path, prefix_n) != 0 || path[prefix_n] != '.')
			continue;
		p = param_find(k->rows, path + prefix_n + 1);
		if (p && (!k->hidden || p->flags & PARAM_INSIDE)) {
			if (knobs)
				*knobs = k;
			return p;
		}
	}
	unknown_path(c, path, prefix_n, e);
	return NULL;
}

/* Everything that can be wrong with a change, before anything is touched. */
int control_check(struct control *c, struct knobs *k, const struct param *p, const char *text, struct err *e)
{
	double v;

	if (c->locked)
		return err_set(e, ERR_INPUT, "locked; `unlock` allows changes again");
	if (k->sealed && !(p->flags & PARAM_LIVE))
		return err_set(e, ERR_INPUT, "%s.%s cannot change while running; set it in the scenario", k->prefix, p->name);
	if (param_check(p, text, e) < 0)
		return -1;
	if (p->flags & PARAM_RATE && c->rate_limit > 0 && num_real(text, &v, NULL) == 0 && v > c->rate_limit) {
		char limit[NUM_TEXT];

		num_put_real(limit, c->rate_limit);
		return err_set(e, ERR_INPUT, "%s %s is over limits.rate, which is %s", p->name, text, limit);
	}
	return k->hooks && k->hooks->check ? k->hooks->check(k->of, p, text, e) : 0;
}

static char *described(const struct change *ch)
{
	struct buf b;
	char *copy;

	buf_init(&b, 3 * VALUE_MOST);
	control_describe(ch, &b);
	copy = buf_ok(&b) ? strndup(b.data, b.n) : NULL;
	buf_free(&b);
	return copy;
}

int control_append(struct control *c, struct change ch, const char *path, const char *was, const char *now, struct err *e)
{
	if (c->n == c->room) {
		uint64_t room = c->room ? c->room * 2 : 64;
		struct change *log = realloc(c->log, room * sizeof *log);

		if (!log)
			return err_memory(e);
		c->log = log;
		c->room = room;
	}
	ch.path = strndup(path, VALUE_MOST);
	ch.was = strndup(was, VALUE_MOST);
	ch.now = strndup(now, VALUE_MOST);
	ch.text = ch.path && ch.was && ch.now ? described(&ch) : NULL;
	if (!ch.text) {
		free(ch.path);
		free(ch.was);
		free(ch.now);
		return err_memory(e);
	}
	ch.number = c->n + 1;
	ch.wall_ns = clock_wall_ns();
	ch.group = c->group_depth ? c->group : ++c->groups;
	c->log[c->n++] = ch;
	list_each(l, &c->watches) {
		struct watch *w = container_of(l, struct watch, link);

		w->told(w, &c->log[c->n - 1]);
	}
	return 0;
}

/* A nudge right after a nudge of the same knob belongs to the same group: one held key, one undo. */
static void merge_nudge(struct control *c, const struct knobs *k, const struct param *p, enum origin by)
{
	const struct change *last = c->n ? &c->log[c->n - 1] : NULL;
	size_t n = strlen(k->prefix);

	if (c->group_depth || !last || last->kind != CHANGE_SET || last->by != by || last->undoes || last->undone ||
	    clock_wall_ns() - last->wall_ns > MERGE_NS || strncmp(last->path, k->prefix, n) != 0 || last->path[n] != '.' ||
	    strcmp(last->path + n + 1, p->name) != 0)
		return;
	c->log[c->n - 1].group = last->group;
	c->group = last->group;
	c->group_depth = 1;
}

/* Something is done; its entry has the argument that takes it back, if there is one. No entry, nothing done. */
static int apply_action(struct control *c, struct knobs *k, const struct param *p, const char *path, const char *text, struct change ch, struct err *e)
{
	struct buf back, unused;
	int result;

	if (!k->hooks || !k->hooks->act)
		return err_set(e, ERR_INPUT, "%s cannot be done here", path);
	buf_init(&back, VALUE_MOST);
	buf_init(&unused, VALUE_MOST);
	ch.kind = CHANGE_ACTION;
	result = k->hooks->act(k->of, p, text, &back, e);
	if (result == 0 && k->sealed) {
		if (!ch.undoes)
			history_forget_redo(c);
		result = control_append(c, ch, path, buf_ok(&back) ? back.data : "", text, e);
		if (result < 0 && back.n)
			k->hooks->act(k->of, p, back.data, &unused, NULL);
	}
	buf_free(&back);
	buf_free(&unused);
	return result;
}

/* The common end of every change of a value: write, log, tell the owner. */
static int apply(struct control *c, struct knobs *k, const struct param *p, const char *text, struct change ch, struct err *e)
{
	char path[256], *was;
	int result;

	snprintf(path, sizeof path, "%s.%s", k->prefix, p->name);
	if (k->hooks && k->hooks->place)
		ch.place = k->hooks->place(k->of);
	if (p->type == PARAM_ACTION)
		return apply_action(c, k, p, path, text, ch, e);
	was = control_value_text(k, p);
	if (!was)
		return err_memory(e);
	result = param_set(p, k->opts, text, e);
	if (result == 0)
		history_cancel_ramp(c, k, p);
	if (result == 0 && k->sealed) {
		char *now = control_value_text(k, p);
		bool hidden = p->type == PARAM_SECRET;

		if (!ch.undoes)
			history_forget_redo(c);
		result = control_append(c, ch, path, hidden ? "••••" : was, hidden ? "••••" : now ? now : text, e);
		free(now);
		if (result < 0)
			param_set(p, k->opts, was, NULL);       /* no entry, no change */
	}
	if (result == 0 && k->hooks && k->hooks->changed)
		k->hooks->changed(k->of, p);
	free(was);
	return result;
}

int control_apply(struct control *c, const char *path, const char *text, struct change ch, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(c, path, &k, e);

	if (!p || control_check(c, k, p, text, e) < 0)
		return -1;
	return apply(c, k, p, text, ch, e);
}

int control_set(struct control *c, const char *path, const char *text, enum origin by, struct err *e)
{
	return control_apply(c, path, text, (struct change){ .kind = CHANGE_SET, .by = by }, e);
}

static int set_number(struct control *c, struct knobs *k, const struct param *p, double v, enum origin by, struct err *e)
{
	struct buf text;
	int result;

	buf_init(&text, 200);
	param_number_text(p, v < p->min ? p->min : v > p->max ? p->max : v, &text);
	result = control_check(c, k, p, text.data, e);
	if (result == 0)
		result = apply(c, k, p, text.data, (struct change){ .kind = CHANGE_SET, .by = by }, e);
	buf_free(&text);
	return result;
}

/* What a text relative to the present means: +10%, -5, *2, /2. */
static int adjusted(const struct knobs *k, const struct param *p, const char *path, const char *text, double *to, struct err *e)
{
	double v, by_much;
	bool minus = text[0] == '-', share = text[0] && text[strlen(text) - 1] == '%';

	if (!param_is_number(p))
		return err_set(e, ERR_INPUT, "%s is not a number", path);
	v = param_number(p, k->opts);
	if ((text[0] == '*' || text[0] == '/') && num_real(text + 1, &by_much, e) == 0 && by_much > 0) {
		*to = text[0] == '*' ? v * by_much : v / by_much;
		return 0;
	}
	if (text[0] != '+' && !minus)
		return err_set(e, ERR_INPUT, "'%.40s' is no relative value (like +10%%, -5, *2, /2)", text);
	if (share && p->type != PARAM_SHARE) {
		if (num_real(text + 1, &by_much, e) < 0)
			return -1;
		*to = v * (minus ? 1 - by_much : 1 + by_much);
		return 0;
	}
	if (p->type == PARAM_SPAN || p->type == PARAM_SIZE) {
		int64_t n;

		if ((p->type == PARAM_SPAN ? num_span(text + 1, &n, e) : num_size(text + 1, &n, e)) < 0)
			return -1;
		by_much = (double)n;
	} else if (num_real(text + 1, &by_much, e) < 0) {
		return -1;
	}
	*to = minus ? v - by_much : v + by_much;
	return 0;
}

int control_adjust(struct control *c, const char *path, const char *text, enum origin by, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(c, path, &k, e);
	double v;

	if (!p || adjusted(k, p, path, text, &v, e) < 0)
		return -1;
	return set_number(c, k, p, v, by, e);
}

bool control_is_relative(const struct param *p, const char *text)
{
	return text[0] == '+' || text[0] == '*' || text[0] == '/' || (text[0] == '-' && !(p->min < 0));
}

int control_would_be(struct control *c, const char *path, const char *text, double *v, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(c, path, &k, e);
	void *scratch;
	int result;

	if (!p)
		return -1;
	if (!param_is_number(p))
		return err_set(e, ERR_INPUT, "%s is not a number", path);
	if (control_is_relative(p, text)) {
		result = adjusted(k, p, path, text, v, e);
		*v = result < 0 || *v < p->min ? p->min : *v > p->max ? p->max : *v;
		return result;
	}
	scratch = calloc(1, p->offset + 16);
	if (!scratch)
		return err_memory(e);
	result = param_set(p, scratch, text, e);
	*v = param_number(p, scratch);
	free(scratch);
	return result;
}

int control_nudge(struct control *c, const char *path, double steps, enum origin by, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(c, path, &k, e);
	uint64_t depth = c->group_depth;
	int result;

	if (!p)
		return -1;
	if (p->type == PARAM_BOOL)
		return set_number(c, k, p, steps > 0, by, e);
	if (p->type == PARAM_CHOICE) {
		int n = 0, to;

		while (p->choices[n])
			n++;
		to = (int)param_number(p, k->opts) + (steps > 0 ? 1 : -1);
		return control_set(c, path, p->choices[(to + n) % n], by, e);
	}
	if (!param_is_number(p))
		return err_set(e, ERR_INPUT, "%s has no steps; type a value", path);
	merge_nudge(c, k, p, by);
	result = set_number(c, k, p, param_nudged(p, param_number(p, k->opts), steps), by, e);
	c->group_depth = depth;
	return result;
}

int control_drag(struct control *c, const char *path, const char *text, enum origin by, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(c, path, &k, e);
	uint64_t depth = c->group_depth;
	int result;

	if (!p)
		return -1;
	merge_nudge(c, k, p, by);
	result = control_set(c, path, text, by, e);
	c->group_depth = depth;
	return result;
}

int control_default(struct control *c, const char *path, enum origin by, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(c, path, &k, e);
	const char *home = p ? home_of(k, p) : NULL;

	if (!p)
		return -1;
	if (!home || p->type == PARAM_ACTION)
		return err_set(e, ERR_INPUT, "%s has no default", path);
	return control_set(c, path, home, by, e);
}

int control_note(struct control *c, const char *path, const char *text, struct place place, enum origin by)
{
	return control_append(c, (struct change){ .kind = CHANGE_NOTE, .by = by, .place = place }, path, "", text, NULL);
}

void control_group_begin(struct control *c)
{
	if (c->group_depth++ == 0)
		c->group = ++c->groups;
}

void control_group_end(struct control *c)
{
	c->group_depth--;
}

void control_watch(struct control *c, struct watch *w)
{
	list_add(&c->watches, &w->link);
}

void control_unwatch(struct watch *w)
{
	list_take(&w->link);
}

void control_describe(const struct change *ch, struct buf *to)
{
	char span[NUM_TEXT];

	if (ch->undoes)
		buf_text(to, "undo ");
	switch (ch->kind) {
	case CHANGE_SET:
		if (strlen(ch->path) > 8 && strcmp(ch->path + strlen(ch->path) - 8, ".present") == 0) {
			buf_printf(to, "%.*s %s", (int)strlen(ch->path) - 8, ch->path,
				   strcmp(ch->now, "true") != 0 ? "removed" : ch->undoes ? "back" : "added");
			break;
		}
		buf_printf(to, "%s %s → %s", ch->path, *ch->was ? ch->was : "''", *ch->now ? ch->now : "''"); break;
	case CHANGE_RAMP:
		num_put_span(span, ch->over_ns);
		buf_printf(to, "%s ramp %s → %s over %s%s%s", ch->path, ch->was, ch->now, span, ch->shape ? " " : "",
			   ch->shape ? ramp_shape_names[ch->shape] : "");
		break;
	case CHANGE_ACTION:
	case CHANGE_NOTE: buf_printf(to, "%s%s%s", ch->path, *ch->now ? " " : "", ch->now); break;
	}
}
