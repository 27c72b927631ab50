/*
 * A look at one number of what a module makes now: its latest values, and its mean and spread over time. One lens; it is aimed at
 * a field of an event type. With `relative` the value is the logarithm of what it is to the last one of the same key: the return
 * of a price.
 */
#ifndef CORE_LENS_H
#define CORE_LENS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/schema.h"
#include "core/series.h"

struct slot;

enum { LENS_ROOM = 5000, LENS_KEYS = 256 };

struct lens {
	const struct slot *slot;        /* NULL: aimed at nothing */
	const struct schema *schema;
	unsigned leaf;
	bool relative;
	char knob[65];                  /* for whose effect it was aimed; "" for a field by name */
	uint64_t n;                     /* values ever; value i is ring[i % LENS_ROOM] */
	double ring[LENS_ROOM];
	struct { uint64_t key; double last; } last[LENS_KEYS];
	double sum, squares;            /* since the last sample */
	uint32_t count;
	struct series mean, spread;     /* of each sample's values; the one before when there were none */
};

/* Aims at what shows the effect of a knob (NULL knob: the module's main field), or at the next field. Aimed anew it begins empty. */
void lens_aim(struct lens *l, const struct slot *s, const char *knob);
void lens_next(struct lens *l);
void lens_take(struct lens *l, const struct event *ev);
void lens_sample(struct lens *l);

#endif
