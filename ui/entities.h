/*
 * The entities as the console asks for them and walks over them. What is seen is a page of one class around the cursor; the entity under
 * it is asked for whole. The cursor stays with its entity, wherever the stream puts that.
 */
#ifndef UI_ENTITIES_H
#define UI_ENTITIES_H

#include "core/view.h"

struct ui;

struct ui_entities {
	struct view_entity_ask ask;     /* its key is that of the row under the cursor; what else is asked for stands in it */
	uint64_t at, first;             /* place of the cursor; of the first row drawn */
	unsigned rows;                  /* lines of the table when it was drawn last */
	unsigned field, version, event, link;   /* cursor, or first line, in those panes; events count from the newest */
	bool changed_only, awaits;      /* awaits: the answer to a search */
	bool leaving;                   /* the row under the cursor is not wanted any more: whatever comes to its place is */
	int64_t moved_ns;
	char was_key[ENTITY_KEY];       /* where a search began */
	const struct view *last;        /* the latest in which the inspected one was there: what is gone stays in sight, or NULL */
};

/* Before a view is made: what it shall have. NULL: nothing of entities. */
const struct view_entity_ask *entities_ask(struct ui *u, bool all);
/* After: cursor and window go along. true: another view is needed for them. */
bool entities_settle(struct ui *u);

const struct view_class *entities_class(const struct ui *u);           /* the one that is shown, or NULL */
const struct view_entity *entities_row(const struct ui *u);            /* under the cursor, or NULL */
/* The same whole; NULL while only its row is known. When it is gone, as it was last. */
const struct view_inspected *entities_one(const struct ui *u);
bool entities_gone(const struct ui *u);
/* Which of the fields are shown as its state, in order; returns how many. */
unsigned entities_fields(const struct ui *u, unsigned *to, unsigned room);
bool entities_pinned(const struct ui *u, const char *class, const char *key);
bool entities_screen(const struct ui *u);              /* one of the two */

/* For commands. */
int entities_filter(struct ui *u, const char *text, struct err *e);
int entities_sort(struct ui *u, const char *column, struct err *e);
/* Asks for a new value of a field of the entity under the cursor. */
int entities_edit(struct ui *u, const char *field, struct err *e);
/* Shows one: of another class perhaps. */
int entities_open(struct ui *u, const char *class, const char *key, struct err *e);

/* What keys do. */
void entities_move(struct ui *u, int by);
void entities_menu(struct ui *u, int x, int y);
void act_entity_class(struct ui *u, const char *arg);
void act_entity_clone(struct ui *u, const char *arg);
void act_entity_compare(struct ui *u, const char *arg);
void act_entity_changed(struct ui *u, const char *arg);
void act_entity_edit(struct ui *u, const char *arg);
void act_entity_filter(struct ui *u, const char *arg);
void act_entity_next(struct ui *u, const char *arg);
void act_entity_open(struct ui *u, const char *arg);
void act_entity_pin(struct ui *u, const char *arg);
void act_entity_release(struct ui *u, const char *arg);
void act_entity_retire(struct ui *u, const char *arg);
void act_entity_reverse(struct ui *u, const char *arg);
void act_entity_search(struct ui *u, const char *arg);
void act_entity_search_next(struct ui *u, const char *arg);
void act_entity_sort(struct ui *u, const char *arg);
void act_entity_yank(struct ui *u, const char *arg);
/* Of the mouse: a place in the class; a class; a line of the state; a link. */
void act_entity_row(struct ui *u, const char *arg);
void act_entity_pick(struct ui *u, const char *arg);
void act_entity_field(struct ui *u, const char *arg);
void act_entity_link(struct ui *u, const char *arg);

#endif
