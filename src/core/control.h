/*
 * The one way in. Nothing changes a running system except an entry appended to the log of changes here: path, old and new value,
 * origin, and the place where it applies. Undo, redo, journal and "show me the command" are readings of that log.
 *
 * Whoever owns parameters lends control its rows, its options and a prefix; control alone writes the options. Before
 * control_seal() values are set by the scenario and by flags and make the home position of each knob; after it only rows that
 * are live may change, and each change is an entry.
 */
#ifndef CORE_CONTROL_H
#define CORE_CONTROL_H

#include "base/list.h"
#include "core/param.h"

enum origin { BY_FLAG, BY_FILE, BY_KEY, BY_MOUSE, BY_COMMAND, BY_HTTP, BY_REPLAY, BY_ENGINE };
extern const char *const origin_names[];

enum change_kind { CHANGE_SET, CHANGE_RAMP, CHANGE_ACTION, CHANGE_NOTE };

/* How a ramp goes: evenly, slowly at first, slowly at last, both. */
enum ramp_shape { RAMP_LINEAR, RAMP_IN, RAMP_OUT, RAMP_IN_OUT };
extern const char *const ramp_shape_names[];

/* Where in the run a change applies: exact, since between two steps of a lane nothing else runs. */
struct place {
	int64_t sim_ns;
	uint64_t event, step;
};

struct change {
	uint64_t number, group;         /* from 1; one undo takes back a group */
	uint64_t undoes;                /* the group that this one takes back, or 0 */
	bool undone;
	bool gone;                      /* its module or output is forgotten: nothing is left to take back */
	enum change_kind kind;
	enum origin by;
	struct place place;
	int64_t wall_ns, over_ns;       /* over_ns: length of a ramp */
	enum ramp_shape shape;
	char *path, *was, *now;         /* values as text; of an action `now` is the argument, `was` the one that takes it back or "" */
	char *text;                     /* what control_describe() says, made once */
};

/* What the owner of knobs does; `of` is the owner. All optional but place. */
struct knob_hooks {
	int (*check)(void *of, const struct param *p, const char *text, struct err *e);        /* refuses beyond the row */
	/* PARAM_ACTION rows; `back` gets the argument that takes it back, or nothing. */
	int (*act)(void *of, const struct param *p, const char *argument, struct buf *back, struct err *e);
	void (*changed)(void *of, const struct param *p);                                      /* the option was written */
	struct place (*place)(void *of);
	/* Calls control_ramp_step(ramp) at that simulated instant. Absent: these knobs cannot be ramped. */
	int (*at)(void *of, int64_t sim_ns, void *ramp, struct err *e);
};

struct knobs {
	struct list link;
	char *prefix;
	const struct param *rows;
	void *opts, *of;
	const struct knob_hooks *hooks;
	char **home;            /* per row: the value when sealed */
	bool sealed;            /* only live rows may change, and each change is an entry */
	bool hidden;            /* the owner was removed: only its PARAM_INSIDE rows are found */
};

struct watch {
	struct list link;
	void (*told)(struct watch *w, const struct change *ch);
};

struct ramp {
	struct list link;
	struct knobs *knobs;
	const struct param *param;
	double from, to;
	int64_t start_ns, over_ns;
	enum ramp_shape shape;
};

struct control {
	struct list owners, watches, ramps;
	struct change *log;
	uint64_t n, room;
	uint64_t group, group_depth, groups;
	bool sealed, locked;
	double rate_limit;      /* limits.rate; 0 = none */
	uint64_t *redo;         /* groups that were undone, newest last */
	size_t redo_n, redo_room;
};

void control_init(struct control *c);
void control_free(struct control *c);
/* Rows and opts stay the owner's; several tables may share a prefix and are searched in order. */
struct knobs *control_lend(struct control *c, const char *prefix, const struct param *rows, void *opts,
			   const struct knob_hooks *hooks, void *of, struct err *e);
void control_reclaim(struct control *c, void *of);
/* The same for one table of an owner, before control_seal(): nothing was changed by it yet. */
void control_reclaim_table(struct knobs *k);
void control_seal(struct control *c);
/* The same for one owner that came later; and what was removed is not found any more, until it comes back. */
void control_seal_owner(struct control *c, const void *of);
void control_hide_owner(struct control *c, const void *of, bool hidden);

/* The knob at a path like ticks.volatility; refuses an unknown one with the nearest. */
const struct param *control_find(struct control *c, const char *path, struct knobs **knobs, struct err *e);

int control_set(struct control *c, const char *path, const char *text, enum origin by, struct err *e);
/* A number relative to the present: +10%, -5, *2, /2. */
int control_adjust(struct control *c, const char *path, const char *text, enum origin by, struct err *e);
/* Is a typed text meant so? A sign can be the value's own where values below 0 are allowed. */
bool control_is_relative(const struct param *p, const char *text);
/* The number that such a text, relative or not, would make of a knob; refuses as those do, and changes nothing. */
int control_would_be(struct control *c, const char *path, const char *text, double *v, struct err *e);
int control_nudge(struct control *c, const char *path, double steps, enum origin by, struct err *e);
int control_ramp(struct control *c, const char *path, const char *to, int64_t over_ns, enum ramp_shape shape, enum origin by, struct err *e);
/* A value as part of one movement of the hand: what follows closely is one group. */
int control_drag(struct control *c, const char *path, const char *text, enum origin by, struct err *e);
int control_default(struct control *c, const char *path, enum origin by, struct err *e);
/* An entry that changes nothing: what the engine decided, a mark. */
int control_note(struct control *c, const char *path, const char *text, struct place place, enum origin by);

/* Between begin and end (they nest) all entries are one group. */
void control_group_begin(struct control *c);
void control_group_end(struct control *c);
/* Both put into `said` what they did. */
int control_undo(struct control *c, enum origin by, struct buf *said, struct err *e);
int control_redo(struct control *c, enum origin by, struct buf *said, struct err *e);
/* Takes back every change from entry `number` on, as one group. */
int control_undo_from(struct control *c, uint64_t number, enum origin by, struct buf *said, struct err *e);

/* w->told() hears of every change, at once, until control_unwatch(). */
void control_watch(struct control *c, struct watch *w);
void control_unwatch(struct watch *w);
/* A step of a ramp: writes the value for this instant; returns the next instant, or INT64_MAX when it is done (ramp is gone). */
int64_t control_ramp_step(struct control *c, struct ramp *r, int64_t sim_ns);
const struct ramp *control_ramp_of(const struct control *c, const struct knobs *k, const struct param *p);
/* "volatility 0.20 -> 0.35 on ticks (key)" */
void control_describe(const struct change *ch, struct buf *to);
bool control_is_home(const struct knobs *k, const struct param *p);

#endif
