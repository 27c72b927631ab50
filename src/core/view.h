/*
 * The one way out: a snapshot of everything that a face may show. Console, line mode, progress, summary and tests read this and
 * nothing else. A view never changes and holds no pointer into the model; freezing the screen is keeping an old view.
 *
 * Rates are per second of wall time. Instants are Unix nanoseconds (simulated: sim_ns; of the machine: epoch_ns).
 */
#ifndef CORE_VIEW_H
#define CORE_VIEW_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "core/preset.h"
#include "core/series.h"
#include "core/view_entities.h"
#include "core/view_flows.h"

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
	bool foresees;                  /* what comes next can be shown */
	bool describes;                 /* its events are the scenario's: `params:` count */
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
	const char *why;                /* what its generator says of it: lines "what<tab>which"; "": nothing */
	uint64_t seed, changes;         /* of its module; entries of the control log before it */
};

enum { LENS_BINS = 96, LENS_QUANTILES = 5, LENS_TOP = 40 };
extern const unsigned char view_quantiles[LENS_QUANTILES];     /* in percent: 1 25 50 75 99 */

/* Values of one number: how many, of them how many null, and of the others what they are like. */
struct view_measure {
	uint64_t n, nulls;
	double mean, sd, min, max, skew, kurtosis, quantiles[LENS_QUANTILES];
	uint32_t bins[LENS_BINS];
};

/* One value of a text and its share, 0..1. */
struct view_word {
	const char *text;               /* NULL: null */
	double made, promised;
};

/* What a knob does: one field of the module's events, of the latest few thousand; and beside it what the field's expression promises
 * under the present parameters. */
struct view_lens {
	const char *module, *field;     /* "" when it is aimed at nothing */
	const char *thought;            /* "" or the value that is only thought of, under which it promises */
	bool relative;                  /* how the number moves, instead of the number */
	bool in_words;                  /* the most frequent values, not numbers */
	struct view_measure made, promised;     /* promised.n 0: nobody can say */
	double low, high;               /* of the bins of both */
	bool log;                       /* each bin is a factor, not a distance */
	const char *watched;            /* in words: whose share mean_trace shows; "" none */
	const struct view_word *words;  /* most frequent first */
	unsigned word_n, different;     /* different: values among those made */
	struct view_series mean_trace, spread_trace;
};

/* What would come next. */
struct view_preview {
	const char *module;             /* "" when none was asked for */
	const char *why;                /* why there is none, or the value is not one; else "" */
	const char *thought;            /* "" or "knob = value" that is only thought of */
	const char *const *lines;       /* records as JSON */
	unsigned n;
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
	bool held, max, stopping, locked;
	bool draining, drained;         /* the end has come, and what was under way goes on; or has come to its own end */
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
	struct view_preview preview;
	const struct view_flow *flows;          /* of the modules whose flows were asked for */
	unsigned flow_n;
	struct view_entities entities;          /* if they were asked for */
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
	const char *preview_of;         /* name of a module whose next records are wanted, or NULL */
	unsigned preview_n;
	const char *knob, *text;        /* path and typed text of a knob that preview and promise shall see, or NULL */
	const struct presets *presets;
	const char *flows_of, *flow;    /* name of a module with flows, VIEW_ALL_KNOBS, or NULL; of the flow whose steps are wanted, NULL: of all */
	const struct view_entity_ask *entities; /* what of them, or NULL */
};

/* NULL `want`: nothing more. NULL without memory. The caller drops it. */
const struct view *view_make(struct engine *en, const char *scenario, const struct view_want *want);
const struct view *view_keep(const struct view *v);
void view_drop(const struct view *v);           /* NULL is allowed */
/* Where an event of the tail comes from, as lines "what<tab>which": module, step, random stream, definition, the last change before it. */
void view_explain(const struct view *v, const struct view_event *ev, struct buf *to);

#endif
