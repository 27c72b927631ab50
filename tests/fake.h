/*
 * The engine without a loop, a terminal or a clock: fakes shared by the tests.
 *
 * fake_run() makes an engine with one module and one or two fake outputs that keep what they get. Wall time is pretended and moves
 * only by fake_pass().
 */
#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H

/* cmocka wants these before itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/engine.h"
#include "core/view.h"

struct scenario;

enum fake_mood {
	FAKE_TAKES,             /* and settles at once */
	FAKE_HOLDS,             /* takes, and settles when told */
	FAKE_FULL, FAKE_BROKEN, FAKE_FATAL,
};

/* What the fake outputs do and what they got; index by fake_a, fake_b. */
struct fake_sink {
	enum fake_mood mood;
	struct buf got;         /* payloads in order; before each, where there is one, its place and a blank */
	struct block *held[64];
	unsigned held_n, puts, opened;
	bool closes_late;       /* when told */
	struct output *output;
};

extern struct fake_sink fake_a, fake_b;
extern const struct output_class fake_output_a, fake_output_b;
/* Has a generator of its own, "walk": an arrival makes an event, and then `steps` more come, `wait` apart: {"walker":1,"step":0}.
 * The first event of a walker has its number as id; all walkers but the first have the session "later". The generator "early" is the same,
 * told of its arrivals before the first event. */
extern const struct catalogue fake_catalogue;

struct fake {
	struct control control;
	struct engine *engine;
	struct engine_settings set;
	int64_t wall_ns;
};

/* Start at 2024-01-01T00:00:00Z, seed 1, speed max; the test changes f->set before fake_open(). */
void fake_begin(struct fake *f);
/* The same with a scenario that is loaded, prepared and opened; what is refused fails the test. scenario_free() behind fake_end(). */
void fake_scenario(struct fake *f, struct scenario *sc, const struct catalogue *cat, const char *text);
/* "ticks", "market", "rate=10;model=gbm" */
void fake_module(struct fake *f, const char *name, const char *generator, const char *values);
void fake_output(struct fake *f, const char *name, const struct output_class *class, const char *values);
void fake_set(struct fake *f, const char *owner, const char *values);
void fake_press(struct fake *f, const char *path, const char *value);   /* as a key does; fails the test when refused */
void fake_open(struct fake *f);         /* prepares and opens; fails the test when refused */
/* At speed 1, a market `one` of two symbols and a custom module `two` into the output `a`, open. */
void fake_two(struct fake *f);
/* Turns until nothing is due; at most `turns`. */
struct engine_turn fake_turn(struct fake *f, unsigned turns);
void fake_pass(struct fake *f, int64_t ns);     /* wall time in steps of 1 ms, with turns */
uint64_t fake_lines(const struct fake_sink *s);  /* that it got */
void fake_settle(struct fake_sink *s);          /* what it holds is delivered */
void fake_close(struct fake_sink *s);           /* one that closes late has closed */
void fake_finish(struct fake *f);       /* turns until the run is done, and hands over what is still open */
void fake_end(struct fake *f);
/* offered = delivered + failed + dropped + in flight, the latter counted block by block. */
void fake_check_accounts(struct fake *f);

#endif
