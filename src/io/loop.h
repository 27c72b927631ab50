/*
 * The loop: libuv, with what it lacks: a wake-up at an exact instant, and messages from threads.
 *
 * Everything but loop_post() is for the loop thread. A uv handle that somebody else puts on the loop must be closed by them
 * before loop_free().
 */
#ifndef IO_LOOP_H
#define IO_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/err.h"
#include "base/list.h"

struct loop;

/* A message to the loop thread, embedded in whatever it is about. */
struct post {
	struct list link;
	void (*run)(struct post *p);
};

struct loop *loop_new(struct err *e);
/* Closes our own handles; names the ones that others left open on the log and returns false: a bug of theirs. */
bool loop_free(struct loop *l);
uv_loop_t *loop_uv(struct loop *l);

/* Runs p->run(p) soon on the loop thread, in order of posting. Any thread; the only such call. */
void loop_post(struct loop *l, struct post *p);

/* One wake-up: calls due(arg) at that monotonic instant, to some 50 us, but not sooner than 250 us from now. INT64_MAX: not. */
void loop_on_wake(struct loop *l, void (*due)(void *arg), void *arg);
void loop_wake_at(struct loop *l, int64_t wall_ns);

/* Runs callbacks until loop_stop(). */
void loop_run(struct loop *l);
void loop_stop(struct loop *l);
/* One turn without waiting: after uv_close(), before the handle's memory goes away. */
void loop_turn(struct loop *l);

#endif
