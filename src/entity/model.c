/* Looking things up in what was declared. */
#include "entity/model.h"

#include <string.h>

#include "base/suggest.h"

#define FIND(what, many, n) \
	struct suggest s; \
	char hint[80]; \
	suggest_init(&s, name); \
	for (unsigned i = 0; i < (n); i++) { \
		if (strcmp((many)[i].name, name) == 0) \
			return &(many)[i]; \
		suggest_try(&s, (many)[i].name); \
	} \
	err_set(e, ERR_INPUT, "there is no " what " '%.60s'%s", name, suggest_text(&s, hint, sizeof hint)); \
	return NULL

const struct class_def *model_class(const struct model *m, const char *name, struct err *e)
{
	FIND("entity", m->classes, m->class_n);
}

const struct flow_def *model_flow(const struct model *m, const char *name, struct err *e)
{
	FIND("flow", m->flows, m->flow_n);
}
