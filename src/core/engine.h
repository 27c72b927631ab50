/*
 * The engine: modules, outputs, their lanes and counters, and simulated time.
 *
 * Set up: engine_new(), engine_add_output(), engine_add_module(), values through control, engine_prepare() (every refusal
 * happens here), engine_open(), then engine_run() again and again as it asks. Modules that share an output form a lane; whatever
 * stands, stands as a lane, so that an output's events are in event-time order whoever stalled. Loop thread only.
 */
#ifndef CORE_ENGINE_H
#define CORE_ENGINE_H

#include "core/catalogue.h"
#include "core/control.h"
#include "core/simclock.h"

struct engine;
struct slot;            /* a module and what the engine knows of it */
struct outlet;          /* an output and its blocks and accounts */

struct engine_settings {
	const void *world;              /* for modules, see module.h */
	uint64_t seed;
	int64_t start_ns;               /* simulated start, Unix time */
	int64_t for_ns;                 /* 0 = endless */
	bool drain;                     /* from then on no arrivals, but what is under way goes on to its end */
	uint64_t events;                /* 0 = endless */
	double speed;                   /* INFINITY = max */
	double rate_limit, bytes_limit; /* of the whole run, per wall second; 0 = none */
	bool hash;                      /* every output keeps a running hash */
	bool one_lane;                  /* all modules share one lane, so that `events` is exact and repeatable */
};

struct engine *engine_new(const struct catalogue *cat, struct control *c, struct loop *loop, struct err *e);
void engine_free(struct engine *en);
void engine_configure(struct engine *en, const struct engine_settings *s);
const struct engine_settings *engine_settings(const struct engine *en);

int engine_add_output(struct engine *en, const char *name, const struct output_class *class, struct err *e);
int engine_add_module(struct engine *en, const char *name, const struct generator_class *class, struct err *e);
/* Knobs of all modules that describe events (class->describes), beside their own; rows and values stay the caller's. These modules are in
 * one lane, so that a change comes at the same event for all of them. Once. */
int engine_share(struct engine *en, const char *prefix, const struct param *rows, void *values, struct err *e);
/* What modules are told as their world; before they are added. */
void engine_describe(struct engine *en, const void *world);
const struct module *engine_module(const struct engine *en, const char *name);  /* NULL when there is none */
const struct output *engine_output(const struct engine *en, const char *name);

/* Routes, lanes, programs, generators' start(). Refuses what makes no sense; nothing was opened. Every refusal is told to
 * complain(), where one is given, with the module or output it is about; `e` keeps the first. */
int engine_prepare(struct engine *en, void (*complain)(void *arg, const char *name, const struct err *e), void *arg,
		   struct err *e);
/* While running: a module or output that was added and given its values joins, unseen; control then makes it present. What was
 * refused is taken away again by engine_drop(). */
int engine_join(struct engine *en, const char *name, struct err *e);
void engine_drop(struct engine *en, const char *name);
/* Opens the outputs and starts the clock. An output that cannot open is broken and tried again, unless it fails for good. */
int engine_open(struct engine *en, struct err *e);

struct engine_turn {
	bool again;                     /* the budget was used up: call again soon */
	bool done;                      /* every module has finished, or nothing can take its events any more */
	int64_t wake_ns;                /* wall instant of the next thing to do; INT64_MAX = only when something happens */
};

struct engine_turn engine_run(struct engine *en, int64_t budget_ns);
/* Called by the engine whenever an output has settled or is ready: the session should run it soon. */
void engine_on_ready(struct engine *en, void (*ready)(void *arg), void *arg);

/* The orderly stop: no more events; what is queued is still sent. Then every output is closed. */
void engine_stop(struct engine *en);
void engine_close(struct engine *en, bool abandon);
bool engine_closed(const struct engine *en);            /* every output has said output_closed() */
bool engine_failed(const struct engine *en);            /* a module or output failed, or events were lost against the policy */
uint64_t engine_unsettled(const struct engine *en);     /* events that are neither delivered nor given up */

/* One arrival of the earliest module while held; one arrival of a module now. */
int engine_step(struct engine *en, struct err *e);
int engine_inject(struct engine *en, const char *module, struct err *e);
/* The state of a module as CSV. */
int engine_dump(const struct engine *en, const char *module, struct buf *to, struct err *e);
const char *engine_module_name(const struct engine *en, unsigned i);    /* NULL past the last */
const char *engine_output_name(const struct engine *en, unsigned i);
/* What the eye wants, which changes nothing in the stream: one event in n for the view (0 none, LOOK_AUTO about 40 a second), and
 * the field that shows a knob's effect (NULL module: none; NULL knob: the main field; "+" the next field, "-" the one before). true: it was aimed anew. */
#define LOOK_AUTO UINT64_MAX
void engine_look_at_events(struct engine *en, uint64_t every);
bool engine_look_at_field(struct engine *en, const char *module, const char *knob);
/* A broken or failed output is tried again at once. */
int engine_retry(struct engine *en, const char *output, struct err *e);
/* The program was stopped for that long: simulated time goes on from where it was. */
void engine_was_suspended(struct engine *en, int64_t wall_ns);
/* Takes a sample of every counter; call it every SERIES_STEP_NS. */
void engine_sample(struct engine *en);

#endif
