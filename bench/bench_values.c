/*
 * The record of ten fields as one JSON object a line, into a buffer in memory, its bytes folded into a checksum; then each of its
 * values alone. The same in JavaScript is bench/fakerjs; bench/bench_faker.py runs both and prints the ratio.
 *
 *   bench_values            figures for people
 *   bench_values --seconds S   runs the record for S seconds of processor time and prints one line of JSON
 */
#include <string.h>
#include <time.h>

#include "bench/bench.h"
#include "core/encode.h"
#include "value/record.h"

enum { ROWS = 1000000, BUFFER = 262144 };

static struct field_def fields[] = {
	{ .name = "id", .text = "uuid4", .expression = true },
	{ .name = "name", .text = "name", .expression = true },
	{ .name = "email", .text = "email", .expression = true },
	{ .name = "quantity", .text = "random_int(0, 9999)", .expression = true },
	{ .name = "amount", .text = "decimal(0, 1000)", .expression = true },
	{ .name = "address", .text = "street_address", .expression = true },
	{ .name = "note", .text = "sentence", .expression = true },
	{ .name = "card", .text = "credit_card_number", .expression = true },
	{ .name = "ip", .text = "ipv4", .expression = true },
	{ .name = "at", .text = "iso8601", .expression = true },
};

static void refuse(const struct err *e)
{
	fprintf(stderr, "bench_values: %s\n", e->text);
	exit(2);
}

struct bench {
	struct record *record;
	struct encoder *encoder;
	struct event ev;
	union value values[COUNT_OF(fields)];
	struct arena arena;
	struct buf out;
	uint64_t row, bytes, fold;
};

static void open_maker(struct bench *m, struct field_def *f, unsigned n)
{
	static struct event_def def;
	struct err e = { 0 };

	*m = (struct bench){ .row = 0 };
	def = (struct event_def){ .name = "record", .fields = f, .n = n };
	m->record = record_new(&def, NULL, "bench", NULL, &e);
	if (!m->record)
		refuse(&e);
	m->encoder = encoder_new(record_schema(m->record), (struct form){ ENCODE_NDJSON, ENVELOPE_NONE, MOMENTS_RFC3339 }, "bench", &e);
	if (!m->encoder)
		refuse(&e);
	record_write_straight(m->record, m->encoder);
	arena_init(&m->arena);
	buf_init(&m->out, (size_t)1 << 24);
	m->ev = (struct event){ .schema = record_schema(m->record), .values = m->values, .arena = &m->arena, .time_ns = 1704067200000000000 };
}

static inline uint64_t word(const char *at)
{
	uint64_t w;

	memcpy(&w, at, sizeof w);
	return w;
}

/* So that no byte can be left out. */
static uint64_t fold(const char *data, size_t n)
{
	uint64_t a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;

	for (const char *end = data + n; data + 64 <= end; data += 64) {
		a += word(data);
		b += word(data + 8);
		c += word(data + 16);
		d += word(data + 24);
		e += word(data + 32);
		f += word(data + 40);
		g += word(data + 48);
		h += word(data + 56);
	}
	return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
}

static void make(struct bench *m, unsigned rows)
{
	struct err e = { 0 };

	for (unsigned i = 0; i < rows; i++) {
		record_fill(m->record, &m->ev, 1, m->row++, "bench", 0, &e);
		encoder_put(m->encoder, &m->ev, &m->out);
		arena_reset(&m->arena);
		if (m->out.n >= BUFFER - 4096) {
			m->bytes += m->out.n;
			m->fold += fold(m->out.data, m->out.n);
			buf_clear(&m->out);
		}
	}
}

static void close_maker(struct bench *m)
{
	encoder_free(m->encoder);
	record_free(m->record);
	arena_free(&m->arena);
	buf_free(&m->out);
}

static double cpu_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double ns_each(struct field_def *f, unsigned n, double *bytes)
{
	double runs[BENCH_RUNS];
	struct bench m;

	open_maker(&m, f, n);
	make(&m, ROWS / 10);
	for (int i = 0; i < BENCH_RUNS; i++) {
		double start = cpu_now();

		make(&m, ROWS);
		runs[i] = (cpu_now() - start) / ROWS * 1e9;
	}
	*bytes = (double)m.bytes / (double)m.row;
	close_maker(&m);
	return bench_median(runs, BENCH_RUNS);
}

static int timed(double seconds)
{
	struct bench m;
	double start;
	uint64_t first;

	open_maker(&m, fields, COUNT_OF(fields));
	make(&m, ROWS);
	first = m.row;
	m.bytes = 0;
	start = cpu_now();
	while (cpu_now() - start < seconds)
		make(&m, 20000);
	printf("{\"ns\":%.2f,\"bytes\":%.1f,\"fold\":\"%016llx\"}\n", (cpu_now() - start) / (double)(m.row - first) * 1e9,
	       (double)m.bytes / (double)(m.row - first), (unsigned long long)m.fold);
	close_maker(&m);
	return 0;
}

int main(int argc, char **argv)
{
	double bytes, ns;

	if (argc == 3 && strcmp(argv[1], "--seconds") == 0)
		return timed(atof(argv[2]));
	ns = ns_each(fields, COUNT_OF(fields), &bytes);
	bench_line("record of 10 fields, JSON in memory", 1e9 / ns, 8e6, 1);
	printf("%44s %8.0f bytes, %.2f GB/s\n", "", bytes, bytes / ns);
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		ns = ns_each(&fields[i], 1, &bytes);
		printf("  %-42s %8.1f ns %6.0f bytes\n", fields[i].text, ns, bytes);
	}
	return 0;
}
