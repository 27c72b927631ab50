/* What the console asks for of entities, and where its cursor is among them. */
#include "ui/entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "ui/ui.h"

enum { STILL_NS = 2000000000 };

bool entities_screen(const struct ui *u)
{
	return u->screen == SCREEN_ENTITIES || u->screen == SCREEN_ENTITY;
}

/* ---- asking ---- */

const struct view_entity_ask *entities_ask(struct ui *u, bool all)
{
	struct ui_entities *en = &u->ents;

	if (!all && !entities_screen(u))
		return NULL;
	en->ask.rows = all ? ENTITY_PAGE : (unsigned)u->cells.h + 2;
	en->ask.offset = en->first;
	en->ask.still = u->view && en->moved_ns && u->view->wall_ns - en->moved_ns < STILL_NS;
	return &en->ask;
}

static const struct view_entities *shown(const struct ui *u)
{
	const struct view *v = ui_shown(u);

	return v && v->entities.module ? &v->entities : NULL;
}

const struct view_class *entities_class(const struct ui *u)
{
	const struct view_entities *v = shown(u);

	return v && v->class >= 0 ? &v->classes[v->class] : NULL;
}

static const struct view_entity *row_at(const struct view_entities *v, uint64_t place)
{
	return v && place >= v->offset && place - v->offset < v->page_n ? &v->page[place - v->offset] : NULL;
}

static const struct view_inspected *one_of(const struct ui *u, const struct view_entities *v)
{
	return v && v->one.row.key && strcmp(v->one.row.key, u->ents.ask.key) == 0 && strcmp(v->one.row.class, u->ents.ask.class) == 0 ? &v->one : NULL;
}

bool entities_gone(const struct ui *u)
{
	const struct view_inspected *one = one_of(u, shown(u));

	return one && !one->row.there;
}

const struct view_inspected *entities_one(const struct ui *u)
{
	const struct view_inspected *last = u->ents.last ? one_of(u, &u->ents.last->entities) : NULL;

	return entities_gone(u) && last ? last : one_of(u, shown(u));
}

const struct view_entity *entities_row(const struct ui *u)
{
	const struct view_inspected *one = entities_one(u);
	const struct view_entity *row = row_at(shown(u), u->ents.at);

	if (one)
		return &one->row;
	return row && row->there ? row : NULL;
}

unsigned entities_fields(const struct ui *u, unsigned *to, unsigned room)
{
	const struct view_class *c = entities_class(u);
	const struct view_inspected *one = entities_one(u);
	unsigned n = 0;

	for (unsigned i = 0; c && i < c->field_n && n < room; i++)
		if (!u->ents.changed_only || (one && one->fields && one->fields[i].cause))
			to[n++] = i;
	return n;
}

bool entities_pinned(const struct ui *u, const char *class, const char *key)
{
	for (unsigned i = 0; i < u->ents.ask.pin_n; i++)
		if (strcmp(u->ents.ask.pins[i].class, class) == 0 && strcmp(u->ents.ask.pins[i].key, key) == 0)
			return true;
	return false;
}

/* ---- cursor and window ---- */

static void show_cursor(struct ui_entities *en, uint64_t reach)
{
	unsigned rows = en->rows ? en->rows : 1;

	if (en->at >= reach)
		en->at = reach ? reach - 1 : 0;
	if (en->at < en->first)
		en->first = en->at;
	if (en->at >= en->first + rows)
		en->first = en->at - rows + 1;
	if (reach <= rows)
		en->first = 0;
	else if (en->first + rows > reach)
		en->first = reach - rows;
}

static void put_cursor(struct ui *u, const char *key)
{
	struct ui_entities *en = &u->ents;

	if (strcmp(en->ask.key, key) == 0)
		return;
	snprintf(en->ask.key, sizeof en->ask.key, "%s", key);
	en->version = en->event = en->link = 0;
}

/* What a search found is where the cursor goes. */
static void take_answer(struct ui *u, const struct view_entities *v)
{
	struct ui_entities *en = &u->ents;

	if (!en->awaits || v->asked != en->ask.asked || v->searching)
		return;
	en->awaits = false;
	if (v->found) {
		en->at = v->found_place;
		en->leaving = true;
		if (u->mode == UI_PROMPT)
			u->prompt.hint[0] = '\0';
	} else if (u->mode == UI_PROMPT) {
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "not found");
	} else {
		ui_say(u, STYLE_WARN, "'%.100s' is not found", en->ask.find);
	}
}

bool entities_settle(struct ui *u)
{
	struct ui_entities *en = &u->ents;
	const struct view_entities *v = shown(u);
	const struct view_class *c = entities_class(u);
	const struct view_entity *row;
	uint64_t first = en->first;
	char key[ENTITY_KEY];

	if (!v || !c || u->frozen || !entities_screen(u))
		return false;
	snprintf(en->ask.class, sizeof en->ask.class, "%s", c->name);
	snprintf(key, sizeof key, "%s", en->ask.key);
	take_answer(u, v);
	/* The entity goes where the order puts it, once there is an order; who retired while it stood open stays in sight. */
	if (v->looked < 1 && u->screen == SCREEN_ENTITIES)
		en->leaving = true;
	if (*key && !en->leaving && v->one_place != UINT64_MAX)
		en->at = v->one_place;
	show_cursor(en, v->reach);
	if (v->one.row.there) {
		view_drop(en->last);
		en->last = view_keep(u->view);
	}
	row = row_at(v, en->at);
	if ((en->leaving || !*key || (v->one_place == UINT64_MAX && u->screen == SCREEN_ENTITIES)) && row) {
		put_cursor(u, row->key);
		en->leaving = false;
	}
	if (!v->reach && u->screen == SCREEN_ENTITIES)
		put_cursor(u, "");
	return strcmp(key, en->ask.key) != 0 || en->leaving || (first != en->first && en->first != v->offset);
}

static unsigned held_within(unsigned at, int by, unsigned n)
{
	int to = (int)at + by;

	return to < 0 || !n ? 0 : (unsigned)to < n ? (unsigned)to : n - 1;
}

/* Which list has the focus: by screen and pane. */
enum part { PART_CLASSES, PART_TABLE, PART_STATE, PART_VERSIONS, PART_EVENTS, PART_LINKS };

static enum part part_of(const struct ui *u)
{
	enum pane p = ui_pane(u);

	if (u->screen == SCREEN_ENTITIES)
		return p == PANE_CLASSES ? PART_CLASSES : p == PANE_SIDE ? PART_STATE : p == PANE_EFFECT ? PART_VERSIONS : PART_TABLE;
	return p == PANE_SIDE ? PART_VERSIONS : p == PANE_EFFECT ? PART_EVENTS : p == PANE_SPREAD ? PART_LINKS : PART_STATE;
}

static void move_row(struct ui *u, int by)
{
	struct ui_entities *en = &u->ents;
	const struct view_entities *v = shown(u);
	const struct view_entity *row;

	if (!v || !v->reach)
		return;
	en->at = by < 0 && (uint64_t)-(int64_t)by > en->at ? 0 : en->at + (uint64_t)(int64_t)by;
	if (by >= 100000 || en->at >= v->reach)
		en->at = v->reach - 1;
	if (by <= -100000)
		en->at = 0;
	row = row_at(v, en->at);
	en->leaving = !row || !row->there;
	if (row && row->there)
		put_cursor(u, row->key);
	show_cursor(en, v->reach);
	en->moved_ns = u->view ? u->view->wall_ns : 0;
}

void entities_move(struct ui *u, int by)
{
	struct ui_entities *en = &u->ents;
	const struct view_inspected *one = entities_one(u);
	unsigned fields[64];

	switch (part_of(u)) {
	case PART_CLASSES: act_entity_class(u, by < 0 ? "-1" : "1"); break;
	case PART_STATE: en->field = held_within(en->field, by, entities_fields(u, fields, COUNT_OF(fields))); break;
	case PART_VERSIONS: en->version = held_within(en->version, by, one ? one->version_n : 0); break;
	case PART_EVENTS: en->event = held_within(en->event, -by, one ? one->event_n : 0); break;
	case PART_LINKS: en->link = held_within(en->link, by, one ? one->link_n : 0); break;
	case PART_TABLE: move_row(u, by); break;
	}
}

void act_entity_next(struct ui *u, const char *arg)
{
	move_row(u, (int)strtol(arg, NULL, 10));
}

void act_entity_row(struct ui *u, const char *arg)
{
	uint64_t place = strtoull(arg, NULL, 10);

	move_row(u, (int)((int64_t)place - (int64_t)u->ents.at));
}

void act_entity_field(struct ui *u, const char *arg)
{
	u->ents.field = (unsigned)strtoul(arg, NULL, 10);
}

/* ---- classes ---- */

static void go_to_class(struct ui *u, const char *name)
{
	struct ui_entities *en = &u->ents;

	if (strcmp(en->ask.class, name) == 0)
		return;
	snprintf(en->ask.class, sizeof en->ask.class, "%s", name);
	en->ask.filter[0] = en->ask.sort[0] = en->ask.key[0] = en->ask.other[0] = '\0';
	en->ask.reverse = false;
	en->at = en->first = 0;
	en->field = en->version = en->event = en->link = 0;
	en->leaving = true;
}

void act_entity_class(struct ui *u, const char *arg)
{
	const struct view_entities *v = shown(u);

	if (u->frozen)
		ui_say(u, STYLE_WARN, "the view is frozen; f follows again");
	else if (v && v->class >= 0 && u->screen == SCREEN_ENTITIES)
		go_to_class(u, v->classes[((unsigned)v->class + (arg[0] == '-' ? v->class_n - 1 : 1)) % v->class_n].name);
}

void act_entity_pick(struct ui *u, const char *arg)
{
	if (!u->frozen)
		go_to_class(u, arg);
}

/* With the cursor on its state. */
static void show_one(struct ui *u)
{
	u->screen = SCREEN_ENTITY;
	u->focus[SCREEN_ENTITY] = PANE_MAIN;
	u->zoom = false;
}

int entities_open(struct ui *u, const char *class, const char *key, struct err *e)
{
	const struct view_entities *v = shown(u);
	bool known = false;
	struct suggest s;
	char hint[80];

	suggest_init(&s, class);
	for (unsigned i = 0; v && i < v->class_n; i++) {
		known |= strcmp(v->classes[i].name, class) == 0;
		suggest_try(&s, v->classes[i].name);
	}
	if (v && !known)
		return err_set(e, ERR_INPUT, "there is no entity '%.60s'%s", class, suggest_text(&s, hint, sizeof hint));
	go_to_class(u, class);
	put_cursor(u, key);
	u->ents.leaving = false;
	show_one(u);
	return 0;
}

void act_entity_link(struct ui *u, const char *arg)
{
	const struct view_inspected *one = entities_one(u);
	unsigned i = (unsigned)strtoul(arg, NULL, 10);

	u->ents.link = i;
	if (one && i < one->link_n)
		entities_open(u, one->links[i].class, one->links[i].key, NULL);
}

void act_entity_open(struct ui *u, const char *arg)
{
	enum part part = part_of(u);
	char number[20];

	(void)arg;
	if (part == PART_LINKS) {
		snprintf(number, sizeof number, "%u", u->ents.link);
		act_entity_link(u, number);
	} else if (part == PART_STATE) {
		act_entity_edit(u, NULL);
	} else if (part == PART_CLASSES) {
		u->focus[SCREEN_ENTITIES] = PANE_MAIN;
	} else if (u->screen == SCREEN_ENTITIES && entities_row(u)) {
		show_one(u);
	}
}

/* ---- filter, order, search ---- */

int entities_filter(struct ui *u, const char *text, struct err *e)
{
	if (strlen(text) >= ENTITY_FILTER)
		return err_set(e, ERR_INPUT, "a filter has at most %d bytes", ENTITY_FILTER - 1);
	snprintf(u->ents.ask.filter, sizeof u->ents.ask.filter, "%s", text);
	u->ents.moved_ns = 0;
	return 0;
}

static void filter_typed(struct ui *u)
{
	struct err e;

	if (entities_filter(u, u->line, &e) < 0)
		snprintf(u->prompt.hint, sizeof u->prompt.hint, "%.250s", e.text);
}

static void filter_done(struct ui *u, const char *text)
{
	const struct view_entities *v = shown(u);
	struct err e;

	if (entities_filter(u, text, &e) < 0) {
		ui_say(u, STYLE_BAD, "%s", e.text);
	} else if (v && *v->filter_wrong) {
		ui_say(u, STYLE_BAD, "%s", v->filter_wrong);
		entities_filter(u, u->prompt.was, &e);
	}
}

void act_entity_filter(struct ui *u, const char *arg)
{
	struct ui_prompt *p = ui_prompt(u, filter_done, u->ents.ask.filter, "filter: ");

	(void)arg;
	p->typed = filter_typed;
	snprintf(p->was, sizeof p->was, "%s", u->ents.ask.filter);
}

int entities_sort(struct ui *u, const char *column, struct err *e)
{
	const struct view_class *c = entities_class(u);
	struct suggest s;
	char hint[80];
	bool known = strcmp(column, "place") == 0;

	suggest_init(&s, column);
	for (unsigned i = 0; c && i < c->field_n; i++) {
		known |= strcmp(c->fields[i].name, column) == 0;
		suggest_try(&s, c->fields[i].name);
	}
	if (!known)
		return err_set(e, ERR_INPUT, "there is no column '%.60s'%s", column, suggest_text(&s, hint, sizeof hint));
	/* The same column again: the other way round. */
	u->ents.ask.reverse = strcmp(u->ents.ask.sort, column) == 0 && !u->ents.ask.reverse;
	snprintf(u->ents.ask.sort, sizeof u->ents.ask.sort, "%s", strcmp(column, "place") ? column : "");
	u->ents.at = u->ents.first = 0;
	u->ents.leaving = true;
	u->ents.moved_ns = 0;
	return 0;
}

void act_entity_sort(struct ui *u, const char *arg)
{
	const struct view_class *c = entities_class(u);

	(void)arg;
	menu_begin(u, "sort by");
	menu_add(u, "sort place", "place");
	for (unsigned i = 0; c && i < c->field_n; i++) {
		char line[100];

		snprintf(line, sizeof line, "sort \"%.80s\"", c->fields[i].name);
		menu_add(u, line, "%s", c->fields[i].name);
	}
	menu_open(u, -1, -1);
}

void act_entity_reverse(struct ui *u, const char *arg)
{
	(void)arg;
	u->ents.ask.reverse = !u->ents.ask.reverse;
	u->ents.moved_ns = 0;
}

static void look_for(struct ui *u, bool back)
{
	struct ui_entities *en = &u->ents;

	en->ask.back = back;
	en->ask.from = en->at;
	en->ask.asked++;
	en->awaits = *en->ask.find != '\0';
}

/* Each letter looks anew from where the search began; without one, and after Esc, the cursor is back there. */
static void search_typed(struct ui *u)
{
	struct ui_entities *en = &u->ents;

	snprintf(en->ask.find, sizeof en->ask.find, "%.*s", (int)sizeof en->ask.find - 1, u->line);
	u->prompt.hint[0] = '\0';
	put_cursor(u, en->was_key);
	en->leaving = false;
	if (u->mode != UI_PROMPT) {
		en->awaits = false;
		return;
	}
	en->at = u->prompt.from;
	look_for(u, false);
}

static void search_done(struct ui *u, const char *text)
{
	if (*text && *u->prompt.hint)
		ui_say(u, STYLE_WARN, "'%.100s' is not found", text);
}

void act_entity_search(struct ui *u, const char *arg)
{
	struct ui_prompt *p = ui_prompt(u, search_done, "", "search a key: ");

	(void)arg;
	p->typed = search_typed;
	p->from = (unsigned)u->ents.at;
	snprintf(p->was, sizeof p->was, "%.*s", (int)sizeof p->was - 1, u->ents.ask.find);
	snprintf(u->ents.was_key, sizeof u->ents.was_key, "%s", u->ents.ask.key);
}

void act_entity_search_next(struct ui *u, const char *arg)
{
	if (!*u->ents.ask.find)
		ui_say(u, STYLE_WARN, "nothing was searched for; / does");
	else
		look_for(u, arg[0] == '-');
}
