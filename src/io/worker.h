/*
 * One thread with a queue of jobs, for work that blocks: writing files, compressing, databases.
 *
 * A job is embedded in whatever it is about. work() runs on the thread, then done() on the loop thread, in order. The thread never
 * sees options: give it a copy when it starts, and changes as jobs.
 */
#ifndef IO_WORKER_H
#define IO_WORKER_H

#include "io/loop.h"

struct worker;

struct job {
	struct post post;
	struct worker *worker;
	void (*work)(struct job *j);
	void (*done)(struct job *j);
	bool always;            /* even after worker_abandon(): it frees what the thread owns */
};

struct worker *worker_new(struct loop *l, struct err *e);
void worker_give(struct worker *w, struct job *j);
/* True on the thread once worker_abandon() was called: a blocking call that was interrupted (EINTR) must not be repeated. */
bool worker_abandoned(const struct worker *w);
/* Interrupts whatever the thread waits for, until it ends; jobs not yet begun are done() without work(). Then worker_free(). */
void worker_abandon(struct worker *w);
/* Waits for the thread, which must have nothing left to do but what was given. NULL is allowed. */
void worker_free(struct worker *w);

#endif
