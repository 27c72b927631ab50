/* The output that writes to standard output: events and nothing else. A reader that goes away ends it quietly. */
#include <unistd.h>

#include "outputs/table.h"
#include "outputs/writer.h"

static const struct param params[] = { P_END };

struct state {
	struct writer writer;
	bool begun;             /* the header was written */
};

static uint32_t write_block(struct writer *w, const struct block *k, uint32_t from, struct err *e)
{
	struct state *st = container_of(w, struct state, writer);
	const struct record *r = &k->records[from];
	size_t start = r->at, n = k->bytes.n - start, got;
	uint32_t whole = 0;

	if (!st->begun) {
		struct buf header;

		buf_init(&header, 65536);
		output_header(w->output, r->place, &header);
		got = writer_write(w, STDOUT_FILENO, header.data, header.n, e);
		st->begun = got == header.n;
		buf_free(&header);
		if (!st->begun)
			return 0;
	}
	got = writer_write(w, STDOUT_FILENO, k->bytes.data + start, n, e);
	if (got == n)
		return k->n - from;
	while (from + whole < k->n && k->records[from + whole].at + k->records[from + whole].n <= start + got)
		whole++;
	return whole;
}

static int open_stdout(struct output *o, struct err *e)
{
	struct state *st = o->state;

	st->writer.write = write_block;
	return writer_open(&st->writer, o, e);
}

static enum output_put put(struct output *o, struct block *k, struct err *e)
{
	struct state *st = o->state;

	(void)e;
	return writer_put(&st->writer, k, NULL);
}

static void close_stdout(struct output *o, bool abandon)
{
	struct state *st = o->state;

	writer_close(&st->writer, abandon);
}

const struct output_class output_stdout = {
	.name = "stdout", .summary = "standard output, one event a line", .params = params, .state_size = sizeof(struct state),
	.open = open_stdout, .put = put, .close = close_stdout,
};
