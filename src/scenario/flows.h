/* `entities:` and `flows:` of a scenario. */
#ifndef SCENARIO_FLOWS_H
#define SCENARIO_FLOWS_H

#include "scenario/load.h"

/* Does a flow make events of that name, or an initial population? Then they are tried there, where all names are known. */
bool flows_make(const struct node *root, const char *event);
/* After the events; what is wrong is reported. */
void flows_read(struct scenario *sc, struct report *r, const struct node *root);
void flows_free(struct scenario *sc);

#endif
