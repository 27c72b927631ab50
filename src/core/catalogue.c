/* Finding a generator or an output by name. */
#include "core/catalogue.h"

#include <string.h>

#include "base/suggest.h"

static int unknown(const char *what, const struct suggest *s, struct err *e)
{
	char hint[80];

	return err_set(e, ERR_INPUT, "unknown %s '%.60s'%s", what, s->wrong, suggest_text(s, hint, sizeof hint));
}

const struct generator_class *catalogue_generator(const struct catalogue *cat, const char *name, struct err *e)
{
	struct suggest s;

	suggest_init(&s, name);
	for (size_t i = 0; cat->generators[i]; i++) {
		const struct generator_class *g = cat->generators[i];

		suggest_try(&s, g->name);
		if (strcmp(g->name, name) != 0)
			continue;
		if (!g->absent)
			return g;
		err_set(e, ERR_INPUT, "generator '%s' is not in this program: %s", name, g->absent);
		return NULL;
	}
	unknown("generator", &s, e);
	return NULL;
}

const struct output_class *catalogue_output(const struct catalogue *cat, const char *name, struct err *e)
{
	struct suggest s;

	suggest_init(&s, name);
	for (size_t i = 0; cat->outputs[i]; i++) {
		const struct output_class *o = cat->outputs[i];

		suggest_try(&s, o->name);
		if (strcmp(o->name, name) != 0)
			continue;
		if (!o->absent)
			return o;
		err_set(e, ERR_INPUT, "output '%s' is not in this program: %s", name, o->absent);
		return NULL;
	}
	unknown("output", &s, e);
	return NULL;
}
