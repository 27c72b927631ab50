/*
 * Entities: the things that live across events. Of each class a table of rows: key, typed state, who holds it, when it was made.
 *
 * A row is found by its key, by its number (`id`, dense, used again after retirement; `generation` tells the lives apart), or by a
 * list of those that match a condition (see struct matching): drawing one of such a list takes the same time whatever the number of
 * entities, and each change of state moves the entity between lists. All is on the loop thread and depends on nothing but the calls.
 *
 * Cost: 32 bytes a row, 8 for each field, 4 for each selection of its class and 4 more where it is in the list; texts in steps of 8
 * bytes; 16 for the key.
 */
#ifndef ENTITY_STORE_H
#define ENTITY_STORE_H

#include "entity/history.h"
#include "entity/model.h"
#include "entity/text.h"

#define NOBODY UINT32_MAX               /* no entity */

enum { LIST_MOST = 128 };               /* of a class */
enum { SEGMENT = 1024 };                /* rows that are taken at once */
enum { HELD_BY_NONE = 0, HELD_DEAD = UINT32_MAX, FIELD_KEY = 0, BAR_MOST = 12 };

struct entity {
	uint64_t nulls;                 /* a bit for each field */
	int64_t created_ns;
	uint32_t holder;                /* the number of a run + 1, or HELD_* */
	uint32_t generation, change;    /* change: its newest in the history + 1, or 0 */
	uint32_t hash;                  /* of the key */
	union content cells[];          /* FIELD_KEY, then the state; behind them its places in the lists, see entity_places() */
};

struct state_field {
	const char *name;
	enum type type;                 /* TYPE_NULL: it never gets a value */
	uint8_t scale;
	const struct state_def *def;    /* NULL: the key */
	int from;                       /* of the event's fields, or -1 */
	bool joined;                    /* see struct join */
};

struct condition;

/* Those that match, in no order: a draw is one look. */
struct matching {
	struct condition *condition;    /* NULL: any */
	bool available;                 /* and nobody holds them */
	uint64_t print;                 /* of the knobs that the condition compares with, when it does */
	unsigned number;                /* of the class's lists */
	uint32_t *members, n, room;
	struct flips *flips;            /* when entities begin or cease to match by the clock; or NULL */
};

/* Those that have the same value of a field, as a chain. */
struct join {
	unsigned field;
	uint32_t *heads, head_n;        /* by hash; a power of two */
	uint32_t *next, *before, room;
};

struct bar {
	char text[32];
	uint64_t n;
};

struct class {
	struct store *store;
	const struct class_def *def;
	unsigned number;                /* in the model */
	struct state_field fields[STATE_MOST + 1];
	unsigned field_n;
	size_t row;                     /* bytes */
	unsigned list_most;             /* lists that a row has a place for */
	char **segments;                /* of 1024 rows */
	uint32_t segment_n;
	uint32_t *lives;                /* of each segment: entities in it */
	uint32_t ids;                   /* given so far */
	uint32_t *spare, spare_n, spare_room;   /* ids that are free again */
	struct key_slot { uint32_t id, hash; } *slots;  /* of keys: id + 1, 0 = empty; with the hash no row is touched in passing */
	uint32_t slot_n;                /* a power of two */
	struct matching *lists[LIST_MOST];
	unsigned list_n;
	struct join *joins[8];
	unsigned join_n;
	struct { uint32_t *ids, *generations, from, n, room; } ages;    /* by age, when `keep` is set */
	int bar;                        /* the field whose values are counted, or -1 */
	struct bar bars[BAR_MOST + 1];  /* the last: all others */
	unsigned bar_n;
	uint64_t live, busy, created, retired, lost;
	uint64_t next_initial;          /* of the initial population */
	bool populated;                 /* a module makes it */
};

struct store {
	const struct model *model;
	struct class *classes;
	unsigned class_n;
	struct texts texts;
	struct history history;
	struct lasting **buried;           /* texts that a step took out of a state and may still be read */
	unsigned buried_n, buried_room;
	struct flow_run **runs;         /* by number: of all modules; NULL: its module is gone */
	uint32_t holders, run_room;     /* holders: numbers given to runs */
	struct eye *eye;                /* entity/eye.h; NULL: nobody looks at a single entity */
	const struct world *world;
	int64_t now_ns;                 /* of the last call that had one */
};

/* What a field is set to; the text is copied. */
struct setting {
	unsigned field;
	union value v;
	bool null;
};

struct flow_run;
struct eye;

struct store *store_new(const struct model *m, struct err *e);
void store_free(struct store *s);
struct class *store_class(struct store *s, const struct class_def *def);
/* When all types are known: before the first entity. */
void class_lay_out(struct class *c);
int class_field(const struct class *c, const char *name);              /* -1: there is none */
int class_no_field(const struct class *c, const char *name, struct err *e);     /* says so, with the nearest of the state; -1 */

static inline struct entity *entity_at(const struct class *c, uint32_t id)
{
	return (struct entity *)(void *)(c->segments[id >> 10] + (id & 1023) * c->row);
}
/* It will be looked at. */
static inline void entity_fetch(const struct class *c, uint32_t id)
{
	const char *row = (const char *)entity_at(c, id);

	for (size_t i = 0; i < c->row; i += 64)
		__builtin_prefetch(row + i);
}

/* In its place in a list of available ones: it matches, and is no member as long as somebody holds it. */
#define PLACE_HELD UINT32_C(0x80000000)

/* Where it stands among the members of each list, + 1; 0: it is none of them. */
static inline uint32_t *entity_places(const struct class *c, struct entity *en)
{
	return (uint32_t *)(en->cells + c->field_n);
}
static inline bool entity_matches(const struct class *c, const struct matching *m, uint32_t id)
{
	uint32_t place = entity_places(c, entity_at(c, id))[m->number];

	return place && place != PLACE_HELD;
}
static inline bool entity_is(const struct class *c, uint32_t id, uint32_t generation)
{
	return id < c->ids && entity_at(c, id)->generation == generation && entity_at(c, id)->holder != HELD_DEAD;
}
void entity_load(const struct class *c, const struct entity *en, unsigned field, struct held *to);
void entity_text(const struct class *c, const struct entity *en, unsigned field, struct buf *to);       /* as people read it; null: "null" */

uint32_t class_find(const struct class *c, union value key);           /* NOBODY: there is none */
/* One more, held by `holder`. The first setting is the key; fields without one have no value. NOBODY: the key is taken, or no memory. */
uint32_t class_create(struct class *c, const struct setting *s, unsigned n, uint32_t holder, int64_t now_ns, struct err *e);
/* One version of its history, whatever the number of fields. */
int class_change(struct class *c, uint32_t id, const struct setting *s, unsigned n, const struct cause *why, struct err *e);
void class_hold(struct class *c, uint32_t id, uint32_t holder);
void class_release(struct class *c, uint32_t id);
void class_retire(struct class *c, uint32_t id);                       /* released, if it was held */
/* Until here texts that were taken out of states can be read. */
void store_step_done(struct store *s);
void store_bury(struct store *s, struct lasting *k);                     /* NULL is fine */
size_t store_bytes(const struct store *s);                              /* of memory */
size_t class_bytes(const struct class *c);                              /* without texts and history */
/* A number for a run, under which it is found; -1: no memory. */
int store_enroll(struct store *s, struct flow_run *run, uint32_t *number, struct err *e);
/* The entity at a place among those that live, in the order of their numbers; NOBODY beyond the last. And back. */
uint32_t class_at(const struct class *c, uint64_t place);
uint64_t class_place(const struct class *c, uint32_t id);

/* The list of those, made when it is asked for the first time; the condition is taken over, also on failure. */
struct matching *class_matching(struct class *c, struct condition *cond, bool available, struct err *e);
uint32_t matching_n(struct class *c, struct matching *m, int64_t now_ns);       /* at that instant */
/* The chains of a field, made when they are asked for; NULL: no memory. */
struct join *class_join(struct class *c, unsigned field, struct err *e);
uint32_t join_first(const struct class *c, const struct join *j, union value v);        /* of those that may have the value; then next[] - 1 */

#endif
