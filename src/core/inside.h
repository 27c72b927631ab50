/* The engine's own structures. Only core's engine files (engine, lane, outlet, route, slot, view) include this. */
#ifndef CORE_INSIDE_H
#define CORE_INSIDE_H

#include "base/digest.h"
#include "base/hist.h"
#include "base/map.h"
#include "core/engine.h"
#include "core/lens.h"
#include "core/pace.h"
#include "core/queue.h"
#include "core/rows.h"
#include "core/series.h"
#include "core/tail.h"

enum { MODULE_MOST = 500, OUTPUT_MOST = 100, TYPE_MOST = 64, PARTS_MOST = 2 };

/* The rows that every module and every output has. */
struct module_common {
	bool on, mute, solo;
	double rate;
	int pace;
	int64_t pace_period, pace_lasts, pace_over, pace_step, pace_n;
	double pace_depth, pace_times, pace_to;
	char *pace_steps;
	int lateness;
	double catch_up;
	int64_t events, seed;
	char *outputs;
};

struct output_common {
	bool on, hash;
	double ceiling;
	int when_full;
	int64_t batch_bytes, linger, queue, retry, backoff, backoff_max;
	int format, envelope, moments;
	char *only;
};

/* Of modules and outputs: what is removed at the console keeps its place, its state and its accounts, so that undo brings it back. */
struct presence {
	bool present;
};

extern const struct param presence_rows[];

enum lateness { LATE_STRETCH, LATE_CATCH_UP, LATE_SKIP };
enum when_full { FULL_WAIT, FULL_DROP };

enum slot_state { SLOT_OFF, SLOT_ON, SLOT_FINISHED, SLOT_FAILED };

/* What a route needs for one event type: everything that can be known before the first event. */
struct cargo {
	struct encoder *encoder;
	struct program *place_program, *key_program;    /* of the output's rows, or NULL */
	uint32_t place;                 /* PLACE_PER_EVENT: compute it each time */
	uint16_t copy_of;               /* earlier route with the same form, or its own number */
	bool left_out;                  /* the output does not want this type; nothing else is set then */
	char *place_text;               /* what place_program was made of */
};

enum { PLACE_PER_EVENT = UINT32_MAX };

struct route {
	struct outlet *to;
	struct cargo *cargo;            /* one per declared type */
	const char *made;               /* of the current event: the bytes, for routes that copy them */
	uint32_t made_n;
	bool idle;                      /* the output wants no event of the module */
};

struct routes {
	struct route *at;
	unsigned n;
};

struct slot {
	struct module pub;
	struct engine *en;
	struct module_common common;
	struct presence presence;
	uint64_t generation;            /* how many modules had the name before */
	bool started;                   /* start() was called: stop() must be */
	bool declared;                  /* and went well: all its event types are known */
	void *opts;
	struct parts { struct knobs *lent; const struct param *whole; } parts[PARTS_MOST];      /* of its options, see module_lend() */
	struct lane *lane;
	uint32_t rank;
	enum slot_state state;
	struct err why;
	struct pace pace;
	const struct schema *types[TYPE_MOST];
	struct event *events[TYPE_MOST];
	unsigned type_n;
	struct arena arena;
	struct routes routes;
	struct encoder *tail_encoders[TYPE_MOST];       /* made when the first event of a type is looked at */
	uint64_t id_key;                /* of the permutation that makes event ids */
	uint64_t made, arrivals, muted, missed, bytes;
	struct series rate, target;
	uint64_t sampled;
	int64_t sampled_ns;
};

enum lane_end { LANE_IDLE, LANE_FULL, LANE_BUDGET, LANE_DONE };

struct lane {
	struct engine *en;
	struct queue queue;
	int64_t now_ns;                 /* instant of the last item taken */
	int64_t behind_ns;              /* how far its clock is behind the simulated clock */
	int64_t owed_ns;                /* of that, what catch_up gives back */
	int64_t caught_ns;              /* simulated clock at the last giving back */
	uint64_t steps;
	enum lane_end end;
	struct outlet *waits;           /* for whom it stands, or NULL */
	bool stood, unlimited, late;
	bool taking;                    /* inside an item: the present is the item's instant */
	enum lateness lateness;
};

enum outlet_state { OUTLET_CLOSED, OUTLET_OK, OUTLET_BROKEN, OUTLET_FAILED, OUTLET_GONE, OUTLET_CLOSING };

struct outlet {
	struct output pub;
	struct engine *en;
	struct output_common common;
	struct presence presence;
	void *opts;
	enum outlet_state state;
	bool opened, class_full, ended, troubled;
	bool comes_back;                /* wanted again while it was closing */
	struct err why;
	int64_t since_ns, retry_ns;     /* broken since; next try */
	uint32_t tries;
	struct block *open;             /* being filled */
	struct list waiting, with_output, pool;
	uint32_t block_n;
	int64_t queued_bytes, pool_room;        /* in closed blocks; memory that the pool keeps */
	uint64_t block_number;
	struct map places;
	char **headers;                 /* per place: what a CSV file begins with, or NULL */
	uint32_t header_room;
	double tokens;                  /* of the ceiling */
	int64_t tokens_ns;
	uint64_t offered, sent, delivered, failed, dropped, retried, bytes;
	struct hist lag, service, response;
	struct digest *digest;
	struct series rate, queued, fill;       /* fill: share of the queue, 0..1 */
	uint64_t sampled, sampled_bytes;
	double bytes_rate;
};

struct clock_opts {
	bool held, max;
	double speed;
};

struct engine {
	const struct catalogue *cat;
	struct control *control;
	struct loop *loop;
	struct engine_settings set;
	struct simclock clock;
	struct clock_opts clock_opts;
	struct slot *slots[MODULE_MOST];
	struct outlet *outlets[OUTPUT_MOST];
	struct lane *lanes[MODULE_MOST];
	unsigned slot_n, outlet_n, lane_n;
	uint32_t ranks;                 /* given to modules so far */
	const char *shared;             /* prefix of the knobs of engine_share(), or NULL */
	struct map generations;         /* name of a module to how many had it and are forgotten */
	struct tail tail;
	struct lens lens;
	bool any_solo, any_unlimited, stopping, prepared, failed, running;
	uint64_t made, muted;           /* events of the whole run; of them muted */
	double rate_tokens, byte_tokens;
	int64_t tokens_ns;
	int64_t sampled_ns;
	struct series rate, target, bytes;
	uint64_t sampled_made, sampled_bytes, bytes_made;
	uint64_t sampled_limits_made, sampled_limits_bytes;
	void (*ready)(void *arg);
	void *ready_arg;
};

/* The instant after which no arrival comes. */
static inline int64_t engine_end(const struct engine *en)
{
	return en->set.for_ns ? en->set.start_ns + en->set.for_ns : INT64_MAX;
}

struct view;
struct view_want;
struct presets;
struct view_series;

/* view_parts.c */
struct view_series view_series_copy(struct arena *a, const struct series *s);
const char *view_text(struct arena *a, const char *text);      /* a copy that is never NULL: without memory a picture lacks words */
void view_fill_changes(struct view *v, const struct control *c);
void view_fill_log(struct view *v);
void view_fill_tail(struct view *v, const struct tail *t, unsigned most);
/* view_lens.c */
void view_fill_lens(struct view *v, struct engine *en, const struct view_want *want);
void view_fill_preview(struct view *v, struct engine *en, const struct view_want *want);
void view_fill_presets(struct view *v, const struct presets *p, const char *generator);

/* lane.c */
enum lane_end lane_run(struct lane *ln, int64_t wall_ns, int64_t deadline_ns);
int64_t lane_instant(const struct lane *ln, int64_t wall_ns);  /* the lane's simulated present */
int64_t lane_until(const struct lane *ln, int64_t wall_ns);    /* how far it may go */
int lane_schedule(struct slot *s);                              /* its next arrival into the queue */
void lane_unschedule(struct slot *s);

/* parts.c */
void parts_lend(struct slot *s);
bool parts_changed(struct slot *s, const struct param *p);      /* false: it is none of them */
bool parts_are_of(const struct slot *s, const struct param *whole);    /* the option has pieces */
bool parts_have(const struct slot *s, const char *knob);

struct timed;

/* timed.c */
void timed_apply(struct slot *s, const struct timed *t);

/* slot.c */
extern const struct knob_hooks slot_hooks;
/* The module whose lane the shared knobs live in: the first that describes, or NULL. */
struct slot *slot_describing(const struct engine *en);
struct slot *slot_named(const struct engine *en, const char *name, struct err *e);      /* those that were removed are not there */
struct pace_settings slot_pace(const struct slot *s);
void slot_arrive(struct slot *s);
void slot_fail(struct slot *s, const struct err *e);
void slot_free(struct slot *s);

/* route.c */
int routes_prepare(struct slot *s, struct routes *rs, struct err *e);
void routes_free(const struct slot *s, struct routes *rs);
int route_event(struct slot *s, struct event *ev, unsigned type, struct err *e);
int route_check_rows(const struct outlet *o, struct err *e);   /* rows that exclude each other */
/* Does a module make every event that the output's rows name? Modules that go there, or all where none does. */
int route_check_types(const struct outlet *o, struct err *e);

/* outlet.c */
extern const struct knob_hooks outlet_hooks;
bool outlet_room(struct outlet *o, int64_t wall_ns);           /* room for what one arrival makes */
struct block *outlet_block(struct outlet *o);                   /* the open block, or NULL without room or memory */
void outlet_flush(struct outlet *o, int64_t wall_ns, bool all); /* closes what is full or old, puts what waits */
int64_t outlet_wake(const struct outlet *o, int64_t wall_ns);
int outlet_open(struct outlet *o, struct err *e);
/* The same when the run begins or an output comes later: ERR_IO makes it broken, to be tried again; other codes refuse. */
int outlet_begin(struct outlet *o, struct err *e);
void outlet_retire(struct outlet *o);                           /* closes what was removed and has nothing left; opens what came back meanwhile */
double outlet_fill(const struct outlet *o);                     /* how full its queue is, 0..1 */
void outlet_close(struct outlet *o, bool abandon);
uint64_t outlet_in_flight(const struct outlet *o);
uint64_t outlet_counted_in_flight(const struct outlet *o);     /* by looking into every block: for tests */
uint32_t outlet_place(struct outlet *o, const char *text, size_t n, const struct encoder *header);
void outlet_free(struct outlet *o);

extern const struct knob_hooks clock_hooks;

/* assembly.c */
int engine_reroute(struct engine *en, struct err *e);          /* routes and lanes anew, after a change of either */
int routes_check(struct slot *s, const char *names, struct err *e);     /* would a module's list of outputs do? */
int presence_check(struct outlet *o, struct err *e);           /* could every module be routed with it? */
bool engine_is_taking(const struct engine *en);                /* within an event: nothing can be put together anew */
void lane_refresh(struct lane *ln);                             /* what its modules want of it */

/* limits.rate and limits.bytes of the whole run: false = the lane must wait */
bool engine_within_limits(struct engine *en, int64_t wall_ns);
uint64_t engine_id(uint64_t key, uint64_t number);

#endif
