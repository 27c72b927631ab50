/* What the files of the generator of described events share. */
#ifndef GENERATORS_TEMPLATE_H
#define GENERATORS_TEMPLATE_H

#include "core/module.h"
#include "value/record.h"
#include "value/table.h"

enum { TEMPLATE_TYPES = 64, TEMPLATE_KNOB = 60 };

/* Which event comes, by weight. */
struct template_mix {
	double weights[TEMPLATE_TYPES];
	struct alias alias;
	unsigned n;
	bool silent;                    /* all weights are 0: nothing comes */
};

struct template_state {
	struct arena arena;             /* of the events of a file */
	const struct event_def *defs[TEMPLATE_TYPES];
	struct record *records[TEMPLATE_TYPES];
	int handles[TEMPLATE_TYPES];
	uint64_t made[TEMPLATE_TYPES];
	struct template_mix mix;
	struct field_def line;
	struct event_def own;
	struct world world;                             /* the scenario's, or an empty one; with the events of a file instead of its own */
	struct param knobs[TEMPLATE_TYPES + 1];         /* emit.NAME, each a weight of the mix */
	char names[TEMPLATE_TYPES][TEMPLATE_KNOB];
};

/* After the weights were set. Without memory what was goes on. */
void template_mix_set(struct template_mix *mix);
/* The number of the next event, or -1; draws only where there is a choice. */
int template_mix_pick(const struct template_mix *mix, struct rng *rng);

extern const struct sketch_class template_sketch;

#endif
