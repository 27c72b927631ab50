/* Inside scenario/flows: the steps of a flow. */
#ifndef SCENARIO_STEPS_H
#define SCENARIO_STEPS_H

#include "entity/model.h"
#include "value/described.h"

struct reading {
	struct describer d;
	struct model *model;
	unsigned numbered, depth;       /* steps of the flow so far; branches in branches */
};

bool good_name(const char *name);
struct step_def *steps_read(struct reading *rd, const struct node *list, unsigned *n);
/* `select:` of a flow or step: a name, a list of names, or a map of names and conditions. */
struct select_def *steps_selection(struct reading *rd, const struct node *n, bool lock, unsigned *count);

#endif
