/*
 * The generator interface: a kind of source, and a running module of it.
 *
 * A generator does not pace, stamp, number, queue, route, encode or write: make() is a function of options, state, random stream
 * and simulated instant. It declares its schemas in start() and fills events of them. One arrival may emit several events or none.
 * What happens later in simulated time is asked for with module_wake_at(), never done ahead. All calls come on the loop thread.
 * A run that drains goes on as long as something wakes up: a generator that wakes at regular instants stops doing so at end_ns.
 *
 * The sample of the whole interface is generators/custom.c.
 */
#ifndef CORE_MODULE_H
#define CORE_MODULE_H

#include "base/buf.h"
#include "base/rng.h"
#include "core/param.h"
#include "core/schema.h"

struct module;
struct view;
struct view_want;

/* Where the eye sees what a knob does: a numeric field, or (relative) how it moves from event to event of one key. */
struct effect {
	const char *param;                      /* NULL: of every knob that has no row of its own */
	const char *field;                      /* NULL ends the table */
	bool relative;
};

/*
 * A second hand of a generator, for the eye only: with programs, numbers and random streams of its own, so that whatever it does the
 * module goes on as if it was not there. What next() and row() give is good until the next call.
 */
struct sketch_class {
	void *(*begin)(const struct module *m, struct err *e);
	void (*end)(void *sketch);
	/* Takes over what the module's next events depend on: parameters, counts, random stream. */
	void (*follow)(void *sketch, const struct module *m);
	/* Another number instead, until it follows again; false: no event depends on a knob of that name. */
	bool (*turn)(void *sketch, const char *knob, double v);
	/* The event that the module would make at that instant, and so on; NULL: none (`*type` < 0), or no memory. */
	const struct event *(*next)(void *sketch, int64_t at_ns, int *type);
	/* Row i of those that no run makes, of an event type in the order of declaration; NULL without memory. */
	const struct event *(*row)(void *sketch, unsigned type, uint64_t i);
	double (*share)(const void *sketch, unsigned type);             /* of all events, 0..1 */
	uint64_t (*print)(const void *sketch);                          /* differs when what is promised differs */
};

struct generator_class {
	const char *name, *summary;
	const char *absent;                     /* why this build lacks it, or NULL */
	const struct param *params;
	const struct effect *effects;           /* optional; without, the first number of an event is shown */
	bool early;                             /* with pace per_step it gets the arrivals of a step at its start, each with its lead_ns */
	bool together;                          /* modules of such kinds share what the scenario describes, and so their clock */
	bool describes;                         /* it makes events that the scenario describes: `params:` are knobs of it, too */
	/* Where nothing in `effects` says it: a field that the knob moves, of a schema that was declared, or NULL. */
	const struct leaf *(*shows)(const struct module *m, const char *knob);
	const struct sketch_class *sketch;      /* optional */
	/* Live numbers that only options and the world tell, like the weight of each event: lends them with module_lend(). Comes when it is
	 * added and after each change of an option before start(), each time anew. Optional. */
	void (*parts)(struct module *m);
	size_t opts_size, state_size;           /* the engine allocates both, zeroed */
	int (*start)(struct module *m, struct err *e);
	int (*make)(struct module *m, struct err *e);                   /* the only must: an arrival is due */
	int (*wake)(struct module *m, void *what, struct err *e);       /* needed after module_wake_at() */
	void (*near)(const struct module *m, const void *what);         /* it wakes next: what it needs may be fetched; optional */
	void (*changed)(struct module *m, const struct param *p);       /* after a live change */
	/* Something is to be done once (a PARAM_ACTION row): refuses with a reason, or does it. What argument takes it back goes into `back`;
	 * nothing: no undo can. Needed with such rows. */
	int (*act)(struct module *m, const struct param *p, const char *argument, struct buf *back, struct err *e);
	/* Where the event that is being emitted comes from, for the eye: lines "what<tab>which". A line `stream` says which draws it took.
	 * Comes in module_emit(), for a few events only. Optional. */
	void (*explain)(const struct module *m, const struct event *ev, struct buf *to);
	void (*dump)(const struct module *m, struct buf *b);            /* the state as CSV: header, then rows */
	uint64_t (*entities)(const struct module *m);                   /* how many things live in it; optional */
	/* Adds to a view (core/view.h) what it wants of things that only this kind of module knows. It changes nothing that events depend on,
	 * and takes at most a millisecond. Optional. */
	void (*show)(const struct module *m, const struct view_want *want, struct view *v);
	void (*stop)(struct module *m);                                 /* frees what parts(), start() and make() took */
};

struct module {
	const struct generator_class *class;
	const char *name;                       /* "ticks" in ticks.volatility */
	const void *opts;                       /* read only here; control writes it */
	void *state;
	uint64_t seed;                          /* of the module; key further streams with rng_key(seed, name, ...) */
	struct rng rng;                         /* keyed by (seed, module name) */
	int64_t now_ns;                         /* the simulated instant of this call */
	int64_t start_ns;                       /* of the run */
	int64_t end_ns;                         /* no arrival comes after it, INT64_MAX: endless; a wake-up behind it only finishes what is under way */
	int64_t lead_ns;                        /* of an arrival that comes early: how long after now_ns what it starts is to happen; else 0 */
	const void *world;                      /* what the scenario describes beside modules (value/record.h), or NULL; known in parts(), too */
};

/* Declares an event type; the schema must live until stop(). Only in start(). Returns its handle, or -1. */
int module_declare(struct module *m, const struct schema *s, struct err *e);
/* Only in parts(). Rows that are pieces of a pairs option, `whole`, of at most two: `emit.view` is the number behind view= in `emit`, which follows it.
 * Rows and values (offsets count from them) stay the module's. No rows: there are none (any more). */
void module_lend(struct module *m, const char *whole, const struct param *rows, void *values);
/* A fresh event of a declared type, stamped; NULL when there is no memory. One at a time. */
struct event *module_event(struct module *m, int handle, struct err *e);
/* Hands it to the outputs, with the id that it was given, or one that no other event of a module has. The event and its texts are gone
 * afterwards. */
int module_emit(struct module *m, struct event *ev, struct err *e);
/* Asks for wake(what) at a simulated instant that is not in the past. */
int module_wake_at(struct module *m, int64_t when_ns, void *what, struct err *e);

#endif
