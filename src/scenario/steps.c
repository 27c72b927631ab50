/* Steps of flows: what a map says, and which of its keys go together. */
#include "scenario/steps.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "entity/plan.h"

bool good_name(const char *name)
{
	return *name && strlen(name) <= 60 && !isdigit((unsigned char)*name) &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(name);
}

static void *take(struct reading *rd, const struct node *at, size_t n)
{
	void *p = arena_take(rd->d.arena, n);

	if (!p)
		report_add(rd->d.report, at, "out of memory");
	return p;
}

/* ---- selections ---- */

static void read_order(struct reading *rd, const struct node *n, struct select_def *s)
{
	struct suggest g;
	char hint[80];
	bool found = false;

	if (n->kind != NODE_SCALAR) {
		report_add(rd->d.report, n, "order must be a field, or -field for the largest first");
		return;
	}
	s->descending = *n->text == '-';
	s->order = n->text + s->descending;
	suggest_init(&g, s->order);
	for (unsigned i = 0; i < s->class->n; i++) {
		found |= strcmp(s->class->states[i].name, s->order) == 0;
		suggest_try(&g, s->class->states[i].name);
	}
	if (!found && strcmp(s->class->key, s->order) != 0)
		report_add(rd->d.report, n, "a %s has no field '%.60s' to order by%s", s->class->name, s->order, suggest_text(&g, hint, sizeof hint));
}

static const struct node *text_of(const struct node *map, const char *key, struct reading *rd)
{
	const struct node *n = node_get(map, key);

	if (n && n->kind != NODE_SCALAR)
		report_add(rd->d.report, n, "%s must be a text", key);
	return n && n->kind == NODE_SCALAR ? n : NULL;
}

static void read_where(struct reading *rd, const struct node *n, struct select_def *s)
{
	if (expr_next(n->text))
		report_add(rd->d.report, n, "a condition is written without ${...}");
	s->where = n->text;
	s->where_place = described_place(rd->d.arena, n);
}

static void read_selected(struct reading *rd, const struct node *n, bool map, struct select_def *s)
{
	static const char *const known[] = { "entity", "where", "lock", "order", NULL };
	const struct node *name = map ? n->key : n, *class = name, *where, *lock, *order;
	struct err e;

	s->name = name->text;
	s->place = described_place(rd->d.arena, n);
	if (map && n->kind == NODE_MAP) {
		node_each(k, n)
			described_key(rd->d.report, k, known, "a selection");
		class = text_of(n, "entity", rd) ? node_get(n, "entity") : name;
	}
	if (!good_name(s->name) || strcmp(s->name, "last") == 0)
		report_add(rd->d.report, name, "'%.60s' is no name for an entity", s->name);
	s->class = model_class(rd->model, class->text, &e);
	if (!s->class) {
		if (map && n->kind == NODE_SCALAR && model_class(rd->model, n->text, NULL))
			report_add(rd->d.report, class, "there is no entity '%.60s'; one of another name is {%.60s: {entity: %s}}", s->name, s->name, n->text);
		else
			report_add(rd->d.report, class, "%s", e.text);
		return;
	}
	if (!map || (n->kind == NODE_SCALAR && !*n->text))
		return;
	if (n->kind == NODE_SCALAR && strcmp(n->text, "null") != 0)
		read_where(rd, n, s);
	if (n->kind != NODE_MAP)
		return;
	if ((where = text_of(n, "where", rd)))
		read_where(rd, where, s);
	if ((lock = text_of(n, "lock", rd))) {
		if (strcmp(lock->text, "true") != 0 && strcmp(lock->text, "false") != 0)
			report_add(rd->d.report, lock, "lock must be true or false");
		s->lock = *lock->text == 't';
	}
	if ((order = node_get(n, "order")))
		read_order(rd, order, s);
}

struct select_def *steps_selection(struct reading *rd, const struct node *n, bool lock, unsigned *count)
{
	unsigned room = n->kind == NODE_SCALAR ? 1 : n->n;
	struct select_def *s = take(rd, n, (room + 1) * sizeof *s);

	*count = 0;
	if (!s)
		return NULL;
	if (!room || room > VARIABLE_MOST) {
		report_add(rd->d.report, n, "a selection has 1 to %d entities", VARIABLE_MOST);
		return s;
	}
	for (unsigned i = 0; i < room; i++)
		s[i].lock = lock;
	if (n->kind == NODE_SCALAR) {
		read_selected(rd, n, false, &s[(*count)++]);
		return s;
	}
	node_each(in, n) {
		if (n->kind == NODE_LIST && in->kind != NODE_SCALAR)
			report_add(rd->d.report, in, "a list of entities has names only; with conditions it is a map");
		else
			read_selected(rd, in, n->kind == NODE_MAP, &s[(*count)++]);
	}
	return s;
}

/* ---- events and changes ---- */

static void read_with(struct reading *rd, const struct node *map, struct step_def *s)
{
	if (map->kind != NODE_MAP || !s->event) {
		report_add(rd->d.report, map, "with: is a map of fields of the event");
		return;
	}
	s->with = take(rd, map, (map->n + 1) * sizeof *s->with);
	if (!s->with)
		return;
	node_each(n, map) {
		struct suggest g;
		char hint[80];
		bool found = false;

		suggest_init(&g, n->key->text);
		for (unsigned i = 0; i < s->event->n; i++) {
			found |= strcmp(s->event->fields[i].name, n->key->text) == 0;
			suggest_try(&g, s->event->fields[i].name);
		}
		if (!found)
			report_add(rd->d.report, n->key, "event '%s' has no field '%.60s'%s", s->event->name, n->key->text, suggest_text(&g, hint, sizeof hint));
		else
			described_value(&rd->d, n, &s->with[s->with_n++]);
	}
}

static void read_changes(struct reading *rd, const struct node *map, bool add, struct step_def *s)
{
	struct change_def *all;

	if (map->kind != NODE_MAP || !map->n) {
		report_add(rd->d.report, map, "%s: is a map like {user.orders: 1}", add ? "add" : "set");
		return;
	}
	all = take(rd, map, (s->change_n + map->n + 1) * sizeof *all);
	if (!all)
		return;
	if (s->change_n)
		memcpy(all, s->changes, s->change_n * sizeof *all);
	s->changes = all;
	node_each(n, map) {
		struct change_def *c = &all[s->change_n];
		const char *dot = strchr(n->key->text, '.');

		if (!dot || dot == n->key->text || !dot[1]) {
			report_add(rd->d.report, n->key, "'%.60s' names no field of an entity, like user.orders", n->key->text);
			continue;
		}
		*c = (struct change_def){ .field = dot + 1, .add = add, .place = described_place(rd->d.arena, n),
					  .key_place = described_place(rd->d.arena, n->key) };
		c->variable = arena_copy(rd->d.arena, n->key->text, (size_t)(dot - n->key->text));
		described_value(&rd->d, n, &c->value);
		s->change_n += c->variable != NULL;
	}
}

/* create: user, or {buyer: user} */
static void read_create(struct reading *rd, const struct node *n, struct step_def *s)
{
	const struct node *class = n->kind == NODE_MAP && n->n == 1 ? n->first : n;
	struct err e;

	if (class->kind != NODE_SCALAR) {
		report_add(rd->d.report, n, "create: is an entity, or {NAME: ENTITY}");
		return;
	}
	s->create = n->kind == NODE_MAP ? class->key->text : class->text;
	if (!good_name(s->create) || strcmp(s->create, "last") == 0)
		report_add(rd->d.report, n->kind == NODE_MAP ? class->key : class, "'%.60s' is no name for an entity", s->create);
	s->created = model_class(rd->model, class->text, &e);
	if (!s->created)
		report_add(rd->d.report, class, "%s", e.text);
	else if (s->created->event != s->event)
		report_add(rd->d.report, n, "a %s is created by the event '%s', and this step %s%s", s->created->name, s->created->created_by,
			   s->event ? "emits " : "emits none", s->event ? s->event->name : "");
}

static void read_event(struct reading *rd, const struct node *map, struct step_def *s)
{
	const struct node *emit = node_get(map, "emit"), *n;
	struct err e;

	if (emit && (emit->kind != NODE_SCALAR || !(s->event = world_event(rd->d.world, emit->text, &e)))) {
		report_add(rd->d.report, emit, "%s", emit->kind == NODE_SCALAR ? e.text : "emit: is the name of an event");
		return;
	}
	if ((n = node_get(map, "with")))
		read_with(rd, n, s);
	if ((n = node_get(map, "create")))
		read_create(rd, n, s);
	if ((n = node_get(map, "set")))
		read_changes(rd, n, false, s);
	if ((n = node_get(map, "add")))
		read_changes(rd, n, true, s);
}

/* ---- the other kinds ---- */

static bool read_share(const char *text, double *to)
{
	struct err e;

	return num_real(text, to, &e) == 0 && *to >= 0 && *to <= 1;
}

static void read_wait(struct reading *rd, const struct node *map, struct step_def *s)
{
	const struct node *wait = node_get(map, "wait"), *drop = node_get(map, "drop");
	int64_t span = 0;
	struct err e;

	s->value = (struct field_def){ .name = "wait", .text = "0s", .expression = true, .place = s->place };
	if (wait && wait->kind == NODE_SCALAR && expr_is_literal(wait->text)) {
		if (num_span(wait->text, &span, &e) < 0)
			report_add(rd->d.report, wait, "wait: %s", e.text);
		else if (span < 0)
			report_add(rd->d.report, wait, "wait: a duration from 0, not %s", wait->text);
		s->value.text = wait->text;
		s->value.place = described_place(rd->d.arena, wait);
	} else if (wait) {
		described_value(&rd->d, wait, &s->value);
	}
	if (drop && (drop->kind != NODE_SCALAR || !read_share(drop->text, &s->drop)))
		report_add(rd->d.report, drop, "drop must be 0%% to 100%%");
}

static void read_select(struct reading *rd, const struct node *map, struct step_def *s)
{
	const struct node *borrow = node_get(map, "borrow"), *other = node_get(map, "else");

	s->selects = steps_selection(rd, borrow ? borrow : node_get(map, "select"), !borrow, &s->select_n);
	if (!other || (other->kind == NODE_SCALAR && strcmp(other->text, "stop") == 0))
		return;
	if (other->kind == NODE_SCALAR && strcmp(other->text, "continue") == 0) {
		s->else_goes_on = true;
		return;
	}
	if (other->kind != NODE_LIST) {
		report_add(rd->d.report, other, "else: is stop, continue, or a list of steps");
		return;
	}
	s->arms = take(rd, other, sizeof *s->arms);
	if (s->arms && (s->arms[0].steps = steps_read(rd, other, &s->arms[0].n)))
		s->arm_n = 1;
}

static double read_share_of(struct reading *rd, const struct node *n, struct arm_def *a)
{
	if (!read_share(n->key->text, &a->share) || !strchr(n->key->text, '%'))
		report_add(rd->d.report, n->key, "'%.40s' is no percentage, like 70%%", n->key->text);
	if (n->kind == NODE_LIST)
		a->steps = steps_read(rd, n, &a->n);
	else
		report_add(rd->d.report, n, "a branch is a list of steps; [] does nothing");
	return a->share;
}

/* {70%: [...], 30%: [...]}; or a list of such maps, where two shares are alike. */
static void read_branch(struct reading *rd, const struct node *map, struct step_def *s)
{
	const struct node *arms = node_get(map, "branch");
	double sum = 0;
	size_t before = rd->d.report->n;

	if (arms->kind == NODE_SCALAR || arms->n < 2 || arms->n > ARM_MOST) {
		report_add(rd->d.report, arms, "branch: is a map of 2 to %d percentages and lists of steps, like {70%%: [...], 30%%: [...]}", ARM_MOST);
		return;
	}
	s->arms = take(rd, arms, arms->n * sizeof *s->arms);
	if (!s->arms)
		return;
	node_each(n, arms) {
		if (arms->kind == NODE_LIST && (n->kind != NODE_MAP || n->n != 1)) {
			report_add(rd->d.report, n, "an element of branch: is a map of one percentage, like {50%%: [...]}");
			continue;
		}
		sum += read_share_of(rd, arms->kind == NODE_LIST ? n->first : n, &s->arms[s->arm_n]);
		s->arm_n++;
	}
	if (rd->d.report->n == before && (sum < 0.999999 || sum > 1.000001))
		report_add(rd->d.report, arms, "the percentages of a branch add up to 100%%, not %g%%", sum * 100);
}

static void read_arm(struct reading *rd, const struct node *map, const char *key, struct arm_def *to, bool must)
{
	const struct node *n = node_get(map, key);

	if (n && n->kind == NODE_LIST)
		to->steps = steps_read(rd, n, &to->n);
	else if (n || must)
		report_add(rd->d.report, n ? n : map, "%s: %s a list of steps", key, n ? "is" : "is missing,");
}

static void read_if(struct reading *rd, const struct node *map, struct step_def *s)
{
	const struct node *n = node_get(map, "if");

	if (n->kind != NODE_SCALAR || expr_next(n->text)) {
		report_add(rd->d.report, n, "if: is a condition, without ${...}");
		return;
	}
	s->value = (struct field_def){ .name = "if", .text = n->text, .expression = true, .place = described_place(rd->d.arena, n) };
	s->arms = take(rd, map, 2 * sizeof *s->arms);
	if (!s->arms)
		return;
	s->arm_n = 2;
	read_arm(rd, map, "then", &s->arms[0], true);
	read_arm(rd, map, "else", &s->arms[1], false);
}

static void read_repeat(struct reading *rd, const struct node *map, struct step_def *s)
{
	const struct node *n = node_get(map, "repeat");
	int64_t times;

	if (n->kind == NODE_SCALAR && num_int(n->text, &times, NULL) == 0 && times < 0)
		report_add(rd->d.report, n, "repeat: a whole number from 0, not %s", n->text);
	described_value(&rd->d, n, &s->value);
	s->arms = take(rd, map, sizeof *s->arms);
	if (!s->arms)
		return;
	s->arm_n = 1;
	read_arm(rd, map, "do", &s->arms[0], true);
}

static void read_name(struct reading *rd, const struct node *map, const char *key, struct step_def *s)
{
	const struct node *n = node_get(map, key);

	s->name = n->kind == NODE_SCALAR ? n->text : "";
	if (n->kind != NODE_SCALAR)
		report_add(rd->d.report, n, "%s: is a name", key);
}

static void read_stop(struct reading *rd, const struct node *map)
{
	const struct node *n = node_get(map, "stop");

	if (n->kind != NODE_SCALAR || strcmp(n->text, "true") != 0)
		report_add(rd->d.report, n, "a flow ends with `stop: true`");
}

/* ---- steps ---- */

static const struct {
	const char *key;
	enum step_kind kind;
	const char *with[6];            /* keys that may stand beside it, besides those of the same kind */
} kinds[] = {
	{ "emit", STEP_EVENT, { "emit", "with", "create", "set", "add" } }, { "set", STEP_EVENT, { "set", "add" } }, { "add", STEP_EVENT, { "set", "add" } },
	{ "create", STEP_EVENT, { "emit" } }, { "with", STEP_EVENT, { "emit" } },
	{ "wait", STEP_WAIT, { "wait", "drop" } }, { "drop", STEP_WAIT, { "wait", "drop" } }, { "select", STEP_SELECT, { "select", "else" } },
	{ "borrow", STEP_SELECT, { "borrow", "else" } }, { "branch", STEP_BRANCH, { "branch" } }, { "if", STEP_IF, { "if", "then", "else" } },
	{ "repeat", STEP_REPEAT, { "repeat", "do" } }, { "call", STEP_CALL, { "call" } }, { "retire", STEP_RETIRE, { "retire" } },
	{ "stop", STEP_STOP, { "stop" } },
};

/* The row of what the step is; its other keys must go with it. -1: refused. */
static int kind_of(struct reading *rd, const struct node *map)
{
	static const char *const known[] = { "emit", "with", "create", "set", "add", "wait", "drop", "select", "borrow", "else", "branch", "if", "then",
					     "repeat", "do", "call", "retire", "stop", NULL };
	int row = -1;

	node_each(n, map)
		if (!described_key(rd->d.report, n, known, "a step"))
			return -1;
	for (int i = 0; i < (int)COUNT_OF(kinds) && row < 0; i++)
		if (node_get(map, kinds[i].key))
			row = i;
	if (row < 0) {
		report_add(rd->d.report, map, "a step does something: emit, set, add, wait, select, borrow, branch, if, repeat, call, retire or stop");
		return -1;
	}
	node_each(n, map) {
		bool fits = false;

		for (unsigned k = 0; k < COUNT_OF(kinds[row].with) && kinds[row].with[k]; k++)
			fits |= strcmp(kinds[row].with[k], n->key->text) == 0;
		if (!fits && strcmp(n->key->text, kinds[row].key) == 0) {
			report_add(rd->d.report, n->key, "'%s' needs '%s' in the same step", n->key->text, kinds[row].with[0]);
			return -1;
		}
		if (!fits) {
			report_add(rd->d.report, n->key, "'%s' does not go with '%s' in one step", n->key->text, kinds[row].key);
			return -1;
		}
	}
	return row;
}

static void read_step(struct reading *rd, const struct node *n, struct step_def *s)
{
	int row;

	*s = (struct step_def){ .kind = STEP_STOP, .number = ++rd->numbered, .place = described_place(rd->d.arena, n) };
	if (n->kind == NODE_SCALAR && strcmp(n->text, "stop") == 0)
		return;
	if (n->kind != NODE_MAP) {
		report_add(rd->d.report, n, "a step is a map, like {emit: order_placed}");
		return;
	}
	row = kind_of(rd, n);
	if (row < 0)
		return;
	s->kind = kinds[row].kind;
	switch (s->kind) {
	case STEP_EVENT: read_event(rd, n, s); break;
	case STEP_SELECT: read_select(rd, n, s); break;
	case STEP_WAIT: read_wait(rd, n, s); break;
	case STEP_BRANCH: read_branch(rd, n, s); break;
	case STEP_IF: read_if(rd, n, s); break;
	case STEP_REPEAT: read_repeat(rd, n, s); break;
	case STEP_CALL: read_name(rd, n, "call", s); break;
	case STEP_RETIRE: read_name(rd, n, "retire", s); break;
	case STEP_STOP: read_stop(rd, n); break;
	}
}

struct step_def *steps_read(struct reading *rd, const struct node *list, unsigned *n)
{
	struct step_def *s = take(rd, list, (list->n + 1) * sizeof *s);

	*n = 0;
	if (!s)
		return NULL;
	if (rd->depth == STEP_DEPTH || rd->numbered + list->n > STEP_MOST) {
		report_add(rd->d.report, list, "a flow has at most %d steps, and %d lists of them in one another", STEP_MOST, STEP_DEPTH);
		return s;
	}
	rd->depth++;
	node_each(in, list)
		read_step(rd, in, &s[(*n)++]);
	rd->depth--;
	return s;
}
