/* What the files of the generator of flows share. */
#ifndef GENERATORS_FLOWS_H
#define GENERATORS_FLOWS_H

#include "base/buf.h"
#include "entity/flow.h"

/* flows_funnel.c */
/* What a view wants of the flows. */
void flows_show(const struct flows *f, const struct view_want *want, struct view *v);
void flows_explain(const struct flows *f, const struct event *ev, struct buf *to);

#endif
