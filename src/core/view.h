/*
 * The one way out: a snapshot of everything that a face may show. Console, line mode, progress, summary and tests read this and
 * nothing else. A view never changes and holds no pointer into the model; freezing the screen is keeping an old view.
 *
 * Rates are per second of wall time. Instants are Unix nanoseconds (simulated: sim_ns; of the machine: epoch_ns).
 */
#ifndef CORE_VIEW_H
#define CORE_VIEW_H

#include "base/arena.h"
#include "base/log.h"
#include "core/preset.h"
#include "core/series.h"

struct engine;

enum view_state { VIEW_OFF, VIEW_ON, VIEW_MUTED, VIEW_FINISHED, VIEW_FAILED, VIEW_BROKEN, VIEW_WAITING };

struct view_series {
	const float *at;        /* oldest first */
	unsigned n;             /* one every SERIES_STEP_NS, the latest now */
};

struct view_knob {
	const char *name, *path, *text, *shown, *home, *unit, *help;    /* path: as commands name it, ticks.rate */
	const struct param *row;        /* static data */
	double number, home_number;
	bool live, changed, is_number;
	bool ramping;
	double ramp_to;
	double limit;                   /* what limits.rate allows at most; infinite: the range alone */
	int64_t ramp_left_ns;
};

struct view_module {
	const char *name, *generator, *why;
	enum view_state state;
	bool on, mute, solo;
	double target, actual;          /* target is infinite for an unlimited module */
	uint64_t made, arrivals, muted, missed, entities;
	double volatility;              /* the knob of that name, or nan */
	double rate_position;           /* of the rate's fader, 0..1 */
	struct view_series rate, goal;
	const struct view_knob *knobs;  /* of the module that was asked for, else NULL */
	unsigned knob_n;
	const char *outputs;            /* names of where its events go */
	char hand;                      /* 'A' or 'B' */
};

enum { VIEW_BINS = 36 };                /* of a histogram of latencies: four per decade, from 1 us to 1000 s */

struct view_latency {
	uint64_t n;
	double p50, p90, p99, max;      /* ns */
	uint64_t bins[VIEW_BINS];
};

struct view_output {
	const char *name, *kind, *target, *why;
	enum view_state state;
	double rate, bytes_rate;
	uint64_t offered, sent, delivered, failed, dropped, retried, in_flight, bytes;
	double queue_share;             /* of the bytes that it may hold */
	struct view_latency lag, service, response;     /* made late; from put to settled; from event time to settled */
	bool hashed;
	uint64_t hash;
	const char *when_full;
	double ceiling;                 /* 0: none */
	const char *seen;               /* names of the modules whose events it gets */
	const struct view_knob *knobs;  /* if it was asked for */
	unsigned knob_n;
	struct view_series history, queued, fill;
};

struct view_event {
	uint64_t number, of_module;
	int64_t sim_ns, wall_ns;
	const char *module, *type, *key, *text, *outputs;
	uint32_t n, whole;              /* bytes of text; bytes of the event */
};

enum { LENS_BINS = 96 };

/* What a knob does: one number of the module's events, of the latest few thousand. */
struct view_lens {
	const char *module, *field;     /* "" when it is aimed at nothing */
	bool relative;                  /* how the number moves, instead of the number */
	uint64_t n;                     /* values looked at */
	double mean, sd, min, max, skew, kurtosis, p50, p99;
	double low, high;               /* of the bins */
	uint32_t bins[LENS_BINS], most;
	struct view_series mean_trace, spread_trace;
};

struct view_preset {
	const char *name, *text;        /* text: key=value lines */
};

struct view_change {
	uint64_t number, group, event, undoes;
	int64_t sim_ns, wall_ns;
	bool undone;
	enum change_kind kind;
	enum origin by;
	const char *path, *was, *now, *text;
	int direction;                  /* 1 a value went up, -1 down, 0 something else */
};

struct view {
	unsigned references;
	struct arena arena;
	const char *scenario;
	uint64_t seed;
	bool held, max, done, stopping, locked;
	double speed;
	int64_t start_ns, sim_ns, run_ns, wall_ns;      /* run_ns: simulated time since the start */
	int64_t for_ns;
	uint64_t events, made, bytes;
	double target, actual, bytes_rate;
	uint64_t offered, delivered, failed, dropped, in_flight;
	double lag_ns;                  /* simulated present against what has been made */
	const char *limit;              /* what keeps the rate below its target: none, schedule, generator, queue X, output X, ceiling, held */
	uint64_t errors;                /* error lines ever */
	const struct view_module *modules;
	unsigned module_n, on_n;
	const struct view_output *outputs;
	unsigned output_n;
	unsigned module_gone_n, output_gone_n;  /* removed ones stand behind the last; their accounts count */
	const struct view_event *tail;          /* oldest first, if asked for */
	unsigned tail_n;
	uint64_t tail_every;                    /* one event in so many was looked at */
	struct view_lens lens;
	const struct view_preset *presets;      /* of the generator of the module whose knobs were asked for */
	unsigned preset_n;
	const struct view_change *changes;      /* newest first, the latest 256 */
	unsigned change_n;
	uint64_t change_total;
	const struct log_line *lines;           /* oldest first, the latest LOG_RING */
	unsigned line_n;
	struct view_series rate, goal;
};

#define VIEW_ALL_KNOBS "*"

/* What a view is made with beyond what is always in it. */
struct view_want {
	const char *knobs_of;           /* name of a module or output, VIEW_ALL_KNOBS, or NULL */
	unsigned tail;                  /* how many of the latest sampled events */
	bool lens;
	const struct presets *presets;
};

/* NULL `want`: nothing more. NULL without memory. The caller drops it. */
const struct view *view_make(struct engine *en, const char *scenario, const struct view_want *want);
const struct view *view_keep(const struct view *v);
void view_drop(const struct view *v);           /* NULL is allowed */

#endif
