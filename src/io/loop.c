/* The loop. */
#include "io/loop.h"

#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum { SOONEST_NS = 250000 };   /* closer wake-ups cost more than they bring: a system call is 0.3 us, a turn some 2 us */

struct loop {
	uv_loop_t uv;
	uv_async_t async;
	uv_mutex_t lock;
	struct list posts;
	int timer_fd;
	uv_poll_t timer;
	int64_t armed_ns;
	void (*due)(void *arg);
	void *due_arg;
};

static void on_async(uv_async_t *h)
{
	struct loop *l = container_of(h, struct loop, async);
	struct list todo;

	uv_mutex_lock(&l->lock);
	list_move_all(&l->posts, &todo);
	uv_mutex_unlock(&l->lock);
	for (struct list *at = list_shift(&todo); at; at = list_shift(&todo)) {
		struct post *p = container_of(at, struct post, link);

		p->run(p);
	}
}

void loop_post(struct loop *l, struct post *p)
{
	uv_mutex_lock(&l->lock);
	list_add(&l->posts, &p->link);
	uv_mutex_unlock(&l->lock);
	/* Calls are merged by libuv: the list is the truth, this is only the wake-up. */
	uv_async_send(&l->async);
}

static void on_timer(uv_poll_t *h, int status, int events)
{
	struct loop *l = container_of(h, struct loop, timer);
	uint64_t expired;

	(void)status;
	(void)events;
	if (read(l->timer_fd, &expired, sizeof expired) < 0)
		return;
	l->armed_ns = INT64_MAX;
	if (l->due)
		l->due(l->due_arg);
}

struct loop *loop_new(struct err *e)
{
	struct loop *l = calloc(1, sizeof *l);

	if (!l) {
		err_memory(e);
		return NULL;
	}
	list_init(&l->posts);
	l->armed_ns = INT64_MAX;
	l->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (l->timer_fd < 0 || uv_loop_init(&l->uv) < 0) {
		err_set(e, ERR_IO, "cannot make an event loop");
		free(l);
		return NULL;
	}
	uv_mutex_init(&l->lock);
	uv_async_init(&l->uv, &l->async, on_async);
	uv_poll_init(&l->uv, &l->timer, l->timer_fd);
	uv_poll_start(&l->timer, UV_READABLE, on_timer);
	return l;
}

static void name_handle(uv_handle_t *h, void *arg)
{
	(void)arg;
	log_error("loop", "a %s handle was left open", uv_handle_type_name(h->type));
}

bool loop_free(struct loop *l)
{
	bool clean;

	if (!l)
		return true;
	uv_close((uv_handle_t *)&l->async, NULL);
	uv_close((uv_handle_t *)&l->timer, NULL);
	/* Close callbacks need turns of the loop; handles of others would keep it for ever. */
	for (int i = 0; i < 100 && uv_run(&l->uv, UV_RUN_NOWAIT); i++)
		;
	clean = uv_loop_close(&l->uv) == 0;
	if (!clean)
		uv_walk(&l->uv, name_handle, NULL);
	close(l->timer_fd);
	uv_mutex_destroy(&l->lock);
	if (clean)
		free(l);        /* otherwise a handle still points into it */
	return clean;
}

uv_loop_t *loop_uv(struct loop *l)
{
	return &l->uv;
}

void loop_on_wake(struct loop *l, void (*due)(void *arg), void *arg)
{
	l->due = due;
	l->due_arg = arg;
}

void loop_wake_at(struct loop *l, int64_t wall_ns)
{
	struct itimerspec at = { 0 };

	if (wall_ns != INT64_MAX) {
		int64_t soonest = clock_wall_ns() + SOONEST_NS;

		if (wall_ns < soonest)
			wall_ns = soonest;
		at.it_value.tv_sec = wall_ns / 1000000000;
		at.it_value.tv_nsec = wall_ns % 1000000000;
	}
	if (wall_ns == l->armed_ns)
		return;
	l->armed_ns = wall_ns;
	timerfd_settime(l->timer_fd, TFD_TIMER_ABSTIME, &at, NULL);
}

void loop_run(struct loop *l)
{
	uv_run(&l->uv, UV_RUN_DEFAULT);
}

void loop_stop(struct loop *l)
{
	uv_stop(&l->uv);
}

void loop_turn(struct loop *l)
{
	uv_run(&l->uv, UV_RUN_NOWAIT);
}
