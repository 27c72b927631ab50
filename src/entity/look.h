/*
 * Looking into the store for the eye. Pages only read, and never long: without filter and order a page is read where it is; with them
 * the class is gone over a piece at a time, one piece for each view, and the first rows are kept; then it begins anew, so that what is
 * shown follows the stream. A class of a million goes round in seconds, and the stream does not notice.
 */
#ifndef ENTITY_LOOK_H
#define ENTITY_LOOK_H

#include "core/view.h"
#include "entity/eye.h"

enum {
	LOOK_ROWS = 20000,              /* looked at for one view, */
	LOOK_NS = 1000000,              /* or as many as this takes */
	LOOK_MOST = 10000,              /* rows that are put in order at most */
};

/* A row and what it is ordered by. */
struct look_row {
	uint32_t id, generation;
	bool null;
	union { int64_t i; double r; char text[24]; } by;
};

struct look {
	struct store *store;
	const struct world *world;
	struct eye eye;
	struct view_entity_ask ask;     /* what is being looked for */
	const struct class *class;      /* of the page, or NULL */
	struct condition *condition;    /* of the filter; or */
	char words[ENTITY_FILTER];      /* words that must stand in an entity */
	bool inverted, fuzzy;           /* of words: they do not; their letters in this order */
	char wrong[240];                /* why the filter is none */
	int sort;                       /* a field, or -1: by number */
	struct look_row *heap, *best;   /* of this round: the first ones, the last of them on top; in order, of the round before */
	uint32_t heap_n, best_n, most;  /* most: that are kept */
	uint32_t at;                    /* next to be looked at */
	uint64_t matches, total;        /* of this round so far; of the last whole one */
	bool whole;                     /* there was a whole round */
	struct {                        /* of a search */
		unsigned asked;
		uint32_t id;            /* next, when the order is that of numbers */
		uint32_t left;
		bool going, found;
		uint32_t at;
	} find;
};

struct look *look_new(struct store *s, const struct world *w);         /* NULL: no memory */
void look_free(struct look *l);
/* Takes a wish over, and goes on with what it needs. */
void look_go_on(struct look *l, const struct view_entity_ask *ask, int64_t now_ns);
bool look_is_ordered(const struct look *l);             /* there is a filter or an order */
/* Rows of the page: their number, and the entity at a place in order; NOBODY: it is gone. */
uint64_t look_total(const struct look *l);
uint32_t look_at(const struct look *l, uint64_t place);
uint64_t look_place(const struct look *l, uint32_t id); /* UINT64_MAX: not among the first */
double look_share(const struct look *l);                /* of the class that the order knows, 0..1 */

/* Is somebody looking, and has nobody shown it yet? Then everything that is asked for goes into the view. */
bool look_is_wanted(const struct view_want *want, const struct view *v);
void look_show(struct look *l, const char *module, const struct view_want *want, struct view *v);

#endif
