/* What `fluxdeck generate` makes, written one after the other. */
#include "cli/produce.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/json.h"
#include "cli/cli.h"
#include "core/encode.h"
#include "value/modify.h"

enum { CHUNK = 1 << 16 };

struct event_kind {
	struct record *record;
	struct encoder *encoder;        /* NULL: it is one text */
	struct schema schema;
};

/* Where values come from. */
struct source {
	const struct generate *g;
	/* Appends the value of a row, as the format has it but for what stands between two. -1: failed, and said why. */
	int (*put)(struct source *s, uint64_t row, struct buf *out);
	char *text;                     /* room for the value of the call */
	struct event_kind *kinds;
	unsigned kind_n;
	struct alias alias;
	union value values[SCHEMA_LEAVES];
	struct arena arena;
};

/* ---- one value ---- */

static void put_csv(struct buf *to, const char *text, size_t n)
{
	/* An empty line is none to readers of CSV, and here is one column. */
	if (n && !csv_needs_quotes(text, n, ','))
		buf_add(to, text, n);
	else
		csv_put_quoted(to, text, n);
}

/* Text of a kind; NULL is null, which is empty in text and CSV. */
static void put_value(const struct source *s, enum kind kind, const char *text, size_t n, struct buf *out)
{
	bool json = s->g->format == FORMAT_JSON || s->g->format == FORMAT_NDJSON;

	if (!text && json)
		buf_text(out, "null");
	else if (json && (kind == KIND_TEXT || kind == KIND_INSTANT))
		json_text(out, text, n);
	else if (s->g->format == FORMAT_CSV)
		put_csv(out, text ? text : "", n);
	else if (text)
		buf_add(out, text, n);
}

static int64_t now_of(const struct generate *g, uint64_t row)
{
	return g->now_ns + (int64_t)row * g->step_ns;
}

static int put_call(struct source *s, uint64_t row, struct buf *out)
{
	const struct generate *g = s->g;
	struct row r = { .key = row_key(g->seed, row), .number = row, .seed = g->seed, .now_ns = now_of(g, row) };
	const struct call *c = g->calls[locales_pick(&g->locales, &r)];

	if (c->wall)
		r.now_ns = clock_epoch_ns();
	if (call_is_null(c, &r))
		put_value(s, KIND_TEXT, NULL, 0, out);
	else
		put_value(s, call_kind(c), s->text, (size_t)(call_text(c, &r, s->text) - s->text), out);
	return 0;
}

/* ---- events ---- */

static int put_event(struct source *s, uint64_t row, struct buf *out)
{
	const struct generate *g = s->g;
	struct draws d = { row_key(g->seed, row) ^ UINT64_C(0x6576656e74) };
	const struct event_kind *k = &s->kinds[s->kind_n > 1 ? alias_pick(&s->alias, draws_next(&d)) : 0];
	struct event ev = { .schema = &k->schema, .values = s->values, .time_ns = now_of(g, row), .arena = &s->arena };
	struct err e;

	if (record_fill(k->record, &ev, g->seed, row, "generate", g->now_ns, &e) < 0)
		return cli_refuse("%s", e.text), -1;
	if (k->encoder) {
		encoder_put(k->encoder, &ev, out);
		out->n -= buf_ok(out);  /* its line end is the format's business */
	} else {
		put_value(s, KIND_TEXT, event_null(&ev, 0) ? NULL : ev.values[0].t.at, ev.values[0].t.n, out);
	}
	arena_reset(&s->arena);
	return 0;
}

/* The only field, as the value of a call would be. */
static int put_bare(struct source *s, uint64_t row, struct buf *out)
{
	const struct generate *g = s->g;
	struct record_run of = { .key = row_key(g->seed, row), .seed = g->seed, .number = row, .now_ns = now_of(g, row), .start_ns = g->now_ns,
				 .module = "generate", .arena = &s->arena };
	struct expr_run run = { .arena = &s->arena };
	const struct held *h;
	struct text text;
	struct err e;
	enum type type;
	uint8_t scale;

	if (record_compute(s->kinds->record, &of, &e) < 0)
		return cli_refuse("%s: %s", g->events_from, e.text), -1;
	h = record_value(s->kinds->record, 0, &type, &scale);
	text = expr_text(&run, type, scale, h);
	put_value(s, record_schema(s->kinds->record)->leaves[0].kind, h->null ? NULL : text.at, text.n, out);
	arena_reset(&s->arena);
	return 0;
}

static int open_event(struct source *s, const struct event_def *def, struct event_kind *k, struct err *e)
{
	static const enum encoding encodings[] = { ENCODE_TEXT, ENCODE_NDJSON, ENCODE_CSV, ENCODE_NDJSON, ENCODE_NDJSON };
	struct form form = { .encoding = encodings[s->g->format], .envelope = ENVELOPE_NONE };

	k->record = record_new(def, &s->g->world, "generate", NULL, e);
	if (!k->record)
		return -1;
	if (s->g->row + s->g->n > record_rows(k->record))
		return err_set(e, ERR_INPUT, "something unique in it has %llu different values, and row %llu is asked for",
			       (unsigned long long)record_rows(k->record), (unsigned long long)(s->g->row + s->g->n - 1));
	k->schema = *record_schema(k->record);
	k->schema.bare = true;          /* nothing but the fields, in any form */
	if (k->schema.raw || s->g->bare)
		return 0;
	k->encoder = encoder_new(&k->schema, form, "generate", e);
	if (k->encoder)
		record_write_straight(k->record, k->encoder);
	return k->encoder ? 0 : -1;
}

static int open_events(struct source *s, struct err *e)
{
	const struct described *d = &s->g->events;
	double *weights = calloc(d->n + 1, sizeof *weights);
	int result = 0;

	s->kinds = calloc(d->n + 1, sizeof *s->kinds);
	if (!s->kinds || !weights)
		result = err_memory(e);
	for (unsigned i = 0; i < d->n && result == 0; i++) {
		weights[i] = d->events[i].weight;
		s->kind_n++;
		result = open_event(s, &d->events[i], &s->kinds[i], e);
	}
	if (result == 0 && alias_init(&s->alias, weights, d->n) < 0)
		result = err_set(e, ERR_INPUT, "the weights cannot all be 0");
	free(weights);
	return result;
}

/* ---- all ---- */

static int write_all(int fd, struct buf *b)
{
	if (!buf_ok(b))
		return cli_refuse("out of memory"), -1;
	for (size_t at = 0; at < b->n;) {
		ssize_t n = write(fd, b->data + at, b->n - at);

		if (n < 0 && errno == EPIPE)
			return 1;               /* `| head` has seen enough */
		if (n < 0 && errno != EINTR)
			return cli_refuse("cannot write: %s", strerror(errno)), -1;
		at += n > 0 ? (size_t)n : 0;
	}
	buf_clear(b);
	return 0;
}

static int write_rows(struct source *s, int fd)
{
	const struct generate *g = s->g;
	struct buf out, one;            /* one: a value that is indented */
	int status = 0;

	buf_init(&out, (size_t)1 << 30);
	buf_init(&one, (size_t)1 << 30);
	if (g->format == FORMAT_JSON)
		buf_char(&out, '[');
	if (g->format == FORMAT_CSV && g->call)
		buf_printf(&out, "%s\n", g->call->is->name);
	else if (g->format == FORMAT_CSV && g->bare)
		buf_printf(&out, "%s\n", g->events_from);
	else if (g->format == FORMAT_CSV && s->kinds->encoder)
		encoder_header(s->kinds->encoder, &out);
	for (uint64_t i = 0; i < g->n && status == 0; i++) {
		if (i && g->format == FORMAT_JSON)
			buf_char(&out, ',');
		if (g->pretty) {
			buf_clear(&one);
			buf_text(&out, "\n  ");
			status = s->put(s, g->row + i, &one);
			json_indented(&out, one.data, one.n, 1);
		} else {
			status = s->put(s, g->row + i, &out);
		}
		if (g->format != FORMAT_JSON && !(g->call && g->call->raw))
			buf_char(&out, '\n');
		if (status == 0 && out.n >= CHUNK)
			status = write_all(fd, &out);
	}
	if (g->format == FORMAT_JSON)
		buf_text(&out, g->pretty ? "\n]\n" : "]\n");
	if (status == 0)
		status = write_all(fd, &out);
	buf_free(&one);
	buf_free(&out);
	return status < 0 ? EXIT_FAILED : EXIT_DONE;
}

int produce(const struct generate *g, int fd)
{
	const struct modifiers *m = g->call ? g->call->mods : NULL;
	struct source s = { .g = g, .put = g->call ? put_call : g->bare ? put_bare : put_event };
	size_t room = 1;
	struct err e;
	int status;

	if (m && m->unique && g->locales.n > 1 && modify_count_mix(g->calls, g->locales.n, &e) < 0)
		return cli_refuse("%s: %s", g->call->is->name, e.text);
	for (unsigned i = 0; m && i < g->locales.n; i++)
		if (g->calls[i]->mods->pool && g->row + g->n > g->calls[i]->mods->pool)
			return cli_refuse("%s: unique: it has %llu different values, and row %llu is asked for", g->call->is->name,
					  (unsigned long long)g->calls[i]->mods->pool, (unsigned long long)(g->row + g->n - 1));
	arena_init(&s.arena);
	for (unsigned i = 0; g->call && i < g->locales.n; i++)
		room = call_room(g->calls[i]) > room ? call_room(g->calls[i]) : room;
	if (g->call && !(s.text = malloc(room)))
		status = cli_refuse("out of memory");
	else if (!g->call && open_events(&s, &e) < 0)
		status = cli_refuse("%s: %s", g->events_from, e.text);
	else
		status = write_rows(&s, fd);
	for (unsigned i = 0; i < s.kind_n; i++) {
		encoder_free(s.kinds[i].encoder);
		record_free(s.kinds[i].record);
	}
	alias_free(&s.alias);
	arena_free(&s.arena);
	free(s.kinds);
	free(s.text);
	return status;
}
