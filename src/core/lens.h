/*
 * A look at one field of what a module makes now: its latest values and, of a number, mean and spread over time. One lens; it is aimed
 * at a field of an event type, or at the types themselves. With `relative` the value is the logarithm of what it is to the last one of
 * the same key: the return of a price.
 *
 * Beside what is made stands what is promised: values of the same field from rows that no run makes, under the present parameters or
 * under one that is only thought of. They come from the generator's second hand (struct sketch_class), a slice at a time.
 */
#ifndef CORE_LENS_H
#define CORE_LENS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/module.h"
#include "core/series.h"

struct slot;

enum {
	LENS_ROOM = 5000, LENS_WORDS = 2000, LENS_WORD = 32, LENS_KEYS = 256,
	LENS_LEAST = 500,               /* so many of the latest values are looked at, even if older than the latest turn of a knob */
	PROMISE_ROWS = 2000,
};

#define LENS_TYPES UINT32_MAX           /* as a leaf: the event types */

/* Values in the order they came. A null is NAN, or the word LENS_NULL. */
struct lens_ring {
	uint64_t n;                     /* ever; value i is at i % room */
	double numbers[LENS_ROOM];
	char words[LENS_WORDS][LENS_WORD];
};

#define LENS_NULL "\001"

struct lens {
	const struct slot *slot;        /* NULL: aimed at nothing */
	const struct schema *schema;    /* NULL with LENS_TYPES */
	unsigned leaf;
	bool relative, words;
	char knob[65];                  /* for whose effect it was aimed; "" for a field by name */
	struct lens_ring made, promised;
	uint64_t since;                 /* made.n when a knob was turned last */
	struct { uint64_t key; double last; } last[LENS_KEYS];
	char watched[LENS_WORD];        /* the word whose share is the mean; "": none yet */
	double sum, squares;            /* since the last sample */
	uint32_t count;
	struct series mean, spread;     /* of each sample's values; the one before when there were none */
	void *sketch;                   /* of the slot, or NULL */
	uint64_t print;                 /* of what is promised */
	uint64_t promised_goal;         /* of promised.n */
	int64_t promised_ns;            /* wall instant when it was set: some promises change with time */
};

/* Aims at what shows the effect of a knob (NULL knob: the module's main field), or at the next field or the one before. Aimed anew it
 * begins empty. NULL slot: at nothing. */
void lens_aim(struct lens *l, const struct slot *s, const char *knob);
void lens_step(struct lens *l, bool back);
void lens_take(struct lens *l, const struct event *ev);
/* A knob of the module was turned: what was made before says little about what is made now. */
void lens_turned(struct lens *l);
void lens_sample(struct lens *l);
/* How many of the latest values are looked at. */
unsigned lens_made(const struct lens *l);
/* The second hand of the module in focus that follows it, or NULL. */
void *lens_sketch(struct lens *l);
/* Goes on with what is promised, for so long; `knob` (optional) stands at `v` instead. */
void lens_promise(struct lens *l, const char *knob, double v, int64_t wall_ns, int64_t budget_ns);

#endif
