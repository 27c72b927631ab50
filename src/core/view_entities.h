/*
 * What a view shows of entities: their classes, a page of one class, one entity whole, another beside it, those that are pinned. Core
 * knows no entities: a generator that has some fills this in its show(). Texts are the view's own; NULL where there is no value.
 */
#ifndef CORE_VIEW_ENTITIES_H
#define CORE_VIEW_ENTITIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ENTITY_KEY = 256, ENTITY_FILTER = 128, ENTITY_PINS = 8, ENTITY_PAGE = 1000 };

struct view_field {
	const char *name, *type;        /* of the state; the key is the first */
	bool number;                    /* larger ones first when it is sorted by */
	bool bare;                      /* stands in JSON without quotes */
};

struct view_bar {
	const char *text;
	uint64_t n;
};

struct view_class {
	const char *name;
	uint64_t live, busy, created, retired, lost, keep;      /* lost: launches that found none; keep 0: all stay */
	size_t bytes;                   /* of memory, without texts */
	const char *bar;                /* the field whose values are counted; "": none */
	const struct view_bar *bars;    /* the most frequent first */
	unsigned bar_n;
	const struct view_field *fields;
	unsigned field_n;
};

/* A row. */
struct view_entity {
	const char *class, *key;
	const char *const *values;      /* of the class's fields */
	bool there;                     /* false: it was retired, or never was */
	const char *holder;             /* the flow that holds it; NULL: nobody does */
	uint64_t place;                 /* in the page's order, from 0; of rows of the page */
	int64_t created_ns;
};

/* What is known of a field's last change. */
struct view_field_state {
	const char *cause;              /* NULL: none is remembered */
	int64_t at_ns;
	bool by_hand;                   /* and nothing has changed it since */
};

struct view_version_field {
	unsigned field;
	const char *was, *now;
};

/* What one step, or a hand, changed at once. */
struct view_version {
	int64_t at_ns;
	uint64_t event;                 /* of its module; 0: it made none */
	const char *cause;              /* "checkout 3", or "by hand" */
	bool by_hand;
	const struct view_version_field *fields;
	unsigned n;
};

/* An event that a flow made while it had the entity, since it is looked at. */
struct view_entity_event {
	int64_t sim_ns;
	uint64_t number;                /* of its module */
	const char *type, *cause, *text;
};

struct view_link {
	const char *class, *key, *field;
	bool outward;                   /* a field of this entity names the other one; else the other's field names this one */
};

/* One entity whole. */
struct view_inspected {
	struct view_entity row;
	const struct view_field_state *fields;
	const struct view_version *versions;    /* newest first */
	unsigned version_n, version_most;       /* most: that the class keeps */
	const struct view_entity_event *events; /* oldest first */
	unsigned event_n;
	const struct view_link *links;
	unsigned link_n;
	bool more_links;
	/* Of the flow that holds it. */
	const char *session, *doing;            /* doing: "step 3" */
	uint64_t launch;
	int64_t since_ns, until_ns;             /* until: it waits; 0: it does not */
};

struct view_entities {
	const struct view_class *classes;
	unsigned class_n;
	const char *module;             /* whose `entity` changes them; NULL: there are none */
	size_t bytes;                   /* of all, with texts and history */
	int class;                      /* of the page, or -1 */
	const char *filter_wrong;       /* why the filter is none, and all pass; "" when it is one */
	uint64_t total;                 /* rows that the page is of: all of the class, or those that match */
	uint64_t offset, reach;         /* place of the first row of the page; rows beyond `reach` are not in order */
	double looked;                  /* 0..1: how much of the class was looked at; 1: the order and total are whole */
	const struct view_entity *page;
	unsigned page_n;
	unsigned asked;                 /* of the search that this is about */
	bool searching, found;
	uint64_t found_place;
	const struct view_entity *pins;
	unsigned pin_n;
	struct view_inspected one, other;       /* row.class NULL: none was asked for */
	uint64_t one_place;             /* in the page's order; UINT64_MAX: unknown */
};

/* What is wanted of them. */
struct view_entity_ask {
	char class[72], filter[ENTITY_FILTER], sort[72];        /* class "": the first; sort "": in order of their numbers */
	bool reverse, still;            /* still: the order stands for now */
	uint64_t offset;
	unsigned rows;
	char find[ENTITY_KEY];          /* a piece of a key */
	unsigned asked;                 /* another number: another search */
	bool back;
	uint64_t from;                  /* place where it begins */
	char key[ENTITY_KEY], other[ENTITY_KEY];        /* inspected, compared; "": none */
	struct { char class[72], key[ENTITY_KEY]; } pins[ENTITY_PINS];
	unsigned pin_n;
};

struct buf;

/* {"user_id":"u-1","orders":3} */
void view_entity_json(const struct view_class *c, const struct view_entity *row, struct buf *to);

#endif
