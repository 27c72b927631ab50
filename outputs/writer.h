/*
 * Writing blocks with a worker thread: what stdout and file share.
 *
 * The owner's write() runs on the thread and writes records from..n of a block; it returns how many are written whole, and sets
 * `e` when that is not all of them. After a failure every block that is under way comes back to the engine, in order.
 */
#ifndef OUTPUTS_WRITER_H
#define OUTPUTS_WRITER_H

#include "core/output.h"
#include "io/worker.h"

struct writer {
	struct output *output;
	struct worker *worker;
	uint32_t (*write)(struct writer *w, const struct block *k, uint32_t from, struct err *e);
	void (*unpack)(struct writer *w, void *luggage);        /* on the thread, before write(), even after a failure */
	void (*finish)(struct writer *w, struct err *e);        /* on the thread, once, at the end */
	struct err err;                 /* of the failure under way; the thread writes it, the loop reads it when all are back */
	bool broken;                    /* thread: after a failure nothing is written until all blocks are back */
	unsigned under_way;
	uint64_t taken;                 /* blocks ever */
	bool closing;
	struct job last;
};

int writer_open(struct writer *w, struct output *o, struct err *e);
/* `luggage` is for unpack(): what the thread must know before it writes this block. NULL: nothing. After OUTPUT_FULL it is still the
 * caller's. */
enum output_put writer_put(struct writer *w, struct block *k, void *luggage);
void writer_close(struct writer *w, bool abandon);

/* Writes all bytes to a descriptor that may block; returns how many were written, and says why when not all. */
size_t writer_write(const struct writer *w, int fd, const char *bytes, size_t n, struct err *e);

#endif
