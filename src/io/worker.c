/* One thread with a queue of jobs. */
#include "io/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

struct worker {
	struct loop *loop;
	uv_thread_t thread;
	uv_mutex_t lock;
	uv_cond_t more;
	struct list jobs;
	bool closing, ended;
	atomic_bool abandoned;
};

static void done_on_loop(struct post *p)
{
	struct job *j = container_of(p, struct job, post);

	j->done(j);
}

static void serve(void *arg)
{
	struct worker *w = arg;

	for (;;) {
		struct list *l;

		uv_mutex_lock(&w->lock);
		while (list_empty(&w->jobs) && !w->closing)
			uv_cond_wait(&w->more, &w->lock);
		l = list_shift(&w->jobs);
		if (!l)
			w->ended = true;
		uv_mutex_unlock(&w->lock);
		if (!l)
			return;
		struct job *j = container_of(l, struct job, post.link);

		if (j->always || !atomic_load(&w->abandoned))
			j->work(j);
		loop_post(w->loop, &j->post);
	}
}

static void interrupt(int signal_number)
{
	(void)signal_number;
}

struct worker *worker_new(struct loop *l, struct err *e)
{
	struct worker *w = calloc(1, sizeof *w);
	/* Without SA_RESTART: a blocked write returns EINTR, which is all that this signal is for. */
	struct sigaction quiet = { .sa_handler = interrupt };

	if (!w) {
		err_memory(e);
		return NULL;
	}
	sigaction(SIGUSR2, &quiet, NULL);
	w->loop = l;
	list_init(&w->jobs);
	uv_mutex_init(&w->lock);
	uv_cond_init(&w->more);
	if (uv_thread_create(&w->thread, serve, w) == 0)
		return w;
	uv_mutex_destroy(&w->lock);
	uv_cond_destroy(&w->more);
	free(w);
	err_set(e, ERR_IO, "cannot start a thread");
	return NULL;
}

void worker_give(struct worker *w, struct job *j)
{
	j->worker = w;
	j->post.run = done_on_loop;
	uv_mutex_lock(&w->lock);
	list_add(&w->jobs, &j->post.link);
	uv_cond_signal(&w->more);
	uv_mutex_unlock(&w->lock);
}

bool worker_abandoned(const struct worker *w)
{
	return atomic_load(&w->abandoned);
}

static bool has_ended(struct worker *w)
{
	bool ended;

	uv_mutex_lock(&w->lock);
	w->closing = true;
	ended = w->ended;
	uv_cond_signal(&w->more);
	uv_mutex_unlock(&w->lock);
	return ended;
}

void worker_abandon(struct worker *w)
{
	atomic_store(&w->abandoned, true);
	/* A signal that comes between the thread's check and its write is lost, so it is sent until the thread has ended. */
	for (int tries = 0; !has_ended(w) && tries < 1000; tries++) {
		pthread_kill(w->thread, SIGUSR2);
		uv_sleep(2);
	}
}

void worker_free(struct worker *w)
{
	if (!w)
		return;
	has_ended(w);
	uv_thread_join(&w->thread);
	uv_mutex_destroy(&w->lock);
	uv_cond_destroy(&w->more);
	free(w);
}
