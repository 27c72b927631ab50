/*
 * A scenario into an engine: all or nothing.
 *
 * scenario_load() reads the text, checks everything it can, and adds outputs and modules to the engine with their values set. Every
 * refusal goes into the report with line and column; when there is one, the engine must be thrown away. Flags may change values
 * afterwards; then scenario_prepare() configures the engine and checks what only the whole shows, with places again.
 */
#ifndef SCENARIO_LOAD_H
#define SCENARIO_LOAD_H

#include "base/map.h"
#include "core/engine.h"
#include "scenario/node.h"
#include "value/record.h"
#include "value/setting.h"

struct timed_link;

struct scenario {
	struct arena arena;
	const char *name;
	struct map places;              /* "ticks" and "ticks.rate" to the node that set it */
	struct engine_settings set;
	bool has_seed, has_start;
	const struct node *env, *hosts;
	struct expr_env reads;          /* what env.NAME gives: the names under `env:` may be read */
	bool any_module;
	struct timed_link *timeline, *timeline_last;
	struct world world;
	struct param *param_rows;       /* of `params:`, lent to control; values stand in param_values */
	double *param_values;
	const struct node *events, *values, *entities, *flows;  /* as written, or NULL */
};

void scenario_init(struct scenario *sc);        /* it stays where it is */
void scenario_free(struct scenario *sc);

/* The file's text, with limits; "-" is standard input. malloc'ed. */
char *scenario_read_file(const char *path, size_t *n, struct err *e);
int scenario_load(struct scenario *sc, const char *text, size_t n, struct engine *en, struct control *c, const struct catalogue *cat,
		  struct report *r);
int scenario_prepare(struct scenario *sc, struct engine *en, struct report *r);
/* Refuses outputs that would contact a host that limits.hosts does not name. */
void scenario_check_hosts(const struct scenario *sc, const struct engine *en, struct report *r);
/* The same for one that comes later, before it is opened. */
int scenario_check_host(const struct scenario *sc, const char *name, const struct output_class *class, const void *opts, struct err *e);
#endif
