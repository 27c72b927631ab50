/* Writing blocks with a worker thread. */
#include "outputs/writer.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { UNDER_WAY_MOST = 16 };   /* blocks with the thread: it never waits for the loop, which looks every 2 ms */

struct write_job {
	struct job job;
	struct writer *writer;
	struct block *block;
	void *luggage;
	uint32_t done;
	bool failed;
};

_Static_assert(sizeof(struct write_job) <= sizeof(((struct block *)0)->mine), "a job fits into its block");

static void work(struct job *j)
{
	struct write_job *wj = container_of(j, struct write_job, job);
	struct writer *w = wj->writer;

	wj->failed = true;
	if (wj->luggage)
		w->unpack(w, wj->luggage);
	if (w->broken || worker_abandoned(w->worker))
		return;
	wj->done = w->write(w, wj->block, wj->block->settled, &w->err);
	wj->failed = wj->done < wj->block->n - wj->block->settled;
	w->broken = wj->failed;
}

static void done(struct job *j)
{
	struct write_job *wj = container_of(j, struct write_job, job);
	struct writer *w = wj->writer;
	struct block *k = wj->block;
	uint32_t n = wj->done;
	bool failed = wj->failed;

	w->under_way--;
	if (worker_abandoned(w->worker)) {
		/* The end: what the thread did not write is lost, and said so. */
		output_settled(w->output, k, n, k->n - k->settled - n);
		return;
	}
	if (!failed) {
		output_settled(w->output, k, n, 0);
		if (w->under_way == UNDER_WAY_MOST - 1)
			output_ready(w->output);
		return;
	}
	if (n)
		output_settled(w->output, k, n, 0);
	output_returned(w->output, k, &w->err);
	if (w->under_way == 0) {
		w->err = (struct err){ 0 };
		w->broken = false;      /* the thread has nothing of ours: it cannot be reading this */
		output_ready(w->output);
	}
}

int writer_open(struct writer *w, struct output *o, struct err *e)
{
	w->output = o;
	if (!w->worker)
		w->worker = worker_new(o->loop, e);
	return w->worker ? 0 : -1;
}

enum output_put writer_put(struct writer *w, struct block *k, void *luggage)
{
	struct write_job *wj = (struct write_job *)(void *)k->mine;

	if (w->under_way == UNDER_WAY_MOST || w->closing)
		return OUTPUT_FULL;
	w->under_way++;
	w->taken++;
	k->taken = k->n;
	*wj = (struct write_job){ .job = { .work = work, .done = done, .always = true }, .writer = w, .block = k, .luggage = luggage };
	worker_give(w->worker, &wj->job);
	return OUTPUT_TAKEN;
}

static void last_work(struct job *j)
{
	struct writer *w = container_of(j, struct writer, last);

	if (w->finish)
		w->finish(w, &w->err);
}

static void last_done(struct job *j)
{
	struct writer *w = container_of(j, struct writer, last);

	worker_free(w->worker);
	w->worker = NULL;
	if (w->err.code && !w->broken)
		output_spoilt(w->output, &w->err);
	output_closed(w->output);
}

void writer_close(struct writer *w, bool abandon)
{
	if (!w->closing) {
		w->closing = true;
		w->last = (struct job){ .work = last_work, .done = last_done, .always = true };
		worker_give(w->worker, &w->last);
	}
	if (abandon && w->worker)
		worker_abandon(w->worker);
}

size_t writer_write(const struct writer *w, int fd, const char *bytes, size_t n, struct err *e)
{
	size_t at = 0;

	while (at < n) {
		ssize_t got = write(fd, bytes + at, n - at);

		if (got >= 0) {
			at += (size_t)got;
			continue;
		}
		if (errno == EINTR && !worker_abandoned(w->worker))
			continue;
		if (errno == EAGAIN) {
			/* Somebody made the descriptor non-blocking; it is not ours to change back. */
			struct pollfd p = { .fd = fd, .events = POLLOUT };

			if (!worker_abandoned(w->worker)) {
				poll(&p, 1, 100);
				continue;
			}
		}
		if (errno == EPIPE)
			err_set(e, ERR_GONE, "the reader went away");
		else
			err_set(e, errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? ERR_FATAL : ERR_IO, "%s",
				strerror(errno));
		return at;
	}
	return n;
}
