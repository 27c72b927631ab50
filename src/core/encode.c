/* Compiled writers: an event to one line of JSON, CSV or text. */
#include <math.h>

#include "base/digits.h"
#include "base/json.h"
#include "base/num.h"
#include "core/encode_inside.h"

const char *const encoding_names[] = { "ndjson", "csv", "text", NULL };
const char *const envelope_names[] = { "fluxdeck", "cloudevents", "none", NULL };
const char *const moments_names[] = { "rfc3339", "ms", "us", "ns", "plain", NULL };

/* ---- writing ---- */

/* Copies whole pieces of 16 bytes, which is a move or two instead of a call: prefixes are padded by their arena, and the room that
 * encoder_put() reserves has slack. */
static inline void put_prefix(char *to, const char *prefix, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += 16)
		memcpy(to + i, prefix + i, 16);
}

/* Day and second; the nanoseconds that are left go to *fraction. */
static char *put_second(struct encoder *en, char *to, int64_t ns, char between, unsigned *fraction)
{
	int64_t day = ns / 86400000000000, rest = ns - day * 86400000000000;
	unsigned s;

	if (rest < 0) {
		rest += 86400000000000;
		day--;
	}
	if (day != en->day) {
		char full[NUM_TEXT];

		num_put_instant(full, day * 86400000000000, 0);
		memcpy(en->date_text, full, 11);
		en->day = day;
	}
	s = (unsigned)(rest / 1000000000);
	*fraction = (unsigned)(rest - (int64_t)s * 1000000000);
	memcpy(to, en->date_text, 10);
	to[10] = between;
	to = digits_pair(to + 11, s / 3600);
	*to++ = ':';
	to = digits_pair(to, s / 60 % 60);
	*to++ = ':';
	return digits_pair(to, s % 60);
}

/* RFC 3339 with as many decimals as needed: 3, 6 or 9, and always at least 3. */
static char *put_rfc3339(struct encoder *en, char *to, int64_t ns)
{
	unsigned fraction;

	to = put_second(en, to, ns, 'T', &fraction);
	*to++ = '.';
	to = digits_put(to, fraction / 1000000, 3);
	if (fraction % 1000000)
		to = digits_put(to, fraction / 1000 % 1000, 3);
	if (fraction % 1000)
		to = digits_put(to, fraction % 1000, 3);
	*to++ = 'Z';
	return to;
}

/* What Python's str(datetime) writes: microseconds, or nothing where they are zero; UTC without saying so. */
static char *put_plain(struct encoder *en, char *to, int64_t ns)
{
	unsigned fraction;

	to = put_second(en, to, ns, ' ', &fraction);
	if (fraction < 1000)
		return to;
	*to++ = '.';
	return digits_put(to, fraction / 1000, 6);
}

static char *put_instant(struct encoder *en, char *to, int64_t ns, bool quoted)
{
	static const int64_t unit[] = { [MOMENTS_MS] = 1000000, [MOMENTS_US] = 1000, [MOMENTS_NS] = 1 };
	bool text = en->form.moments == MOMENTS_RFC3339 || en->form.moments == MOMENTS_PLAIN;

	if (!text)
		return digits_int(to, ns / unit[en->form.moments]);
	if (quoted)
		*to++ = '"';
	to = en->form.moments == MOMENTS_RFC3339 ? put_rfc3339(en, to, ns) : put_plain(en, to, ns);
	if (quoted)
		*to++ = '"';
	return to;
}

/* A line of CSV with one column, and nothing in it, is no empty line: readers pass over those. */
static char *put_nothing(const struct encoder *en, char *to)
{
	if (en->writer_n > 1)
		return to;
	memcpy(to, "\"\"", 2);
	return to + 2;
}

/* Free text: JSON escapes; CSV quotes when it must (RFC 4180); logfmt quotes when there is a blank, '=' or a quote. */
static char *put_text(const struct encoder *en, char *to, struct text t)
{
	bool quoted = en->form.encoding == ENCODE_NDJSON;
	struct buf b;

	if (en->form.encoding == ENCODE_NDJSON) {
		if (json_plain(t.at, t.n) < t.n)
			goto careful;
		*to++ = '"';
		memcpy(to, t.at, t.n);
		to += t.n;
		*to++ = '"';
		return to;
	}
	for (uint32_t i = 0; i < t.n && !quoted; i++)
		quoted = t.at[i] == '"' || t.at[i] == '\n' || t.at[i] == '\r' ||
			 (en->form.encoding == ENCODE_CSV ? t.at[i] == ',' : t.at[i] == ' ' || t.at[i] == '=');
	if (!t.n && en->form.encoding == ENCODE_CSV)
		return put_nothing(en, to);
	if (!quoted && t.n) {
		memcpy(to, t.at, t.n);
		return to + t.n;
	}
	if (en->form.encoding == ENCODE_CSV) {
		*to++ = '"';
		for (uint32_t i = 0; i < t.n; i++) {
			if (t.at[i] == '"')
				*to++ = '"';
			*to++ = t.at[i];
		}
		*to++ = '"';
		return to;
	}
careful:
	/* Rare: hands the text to the general writer. It cannot need more than the six bytes a byte that were reserved. */
	buf_init(&b, (size_t)t.n * 6 + 3);
	json_text(&b, t.at, t.n);
	memcpy(to, b.data, b.n);
	to += b.n;
	buf_free(&b);
	return to;
}

void event_id_text(uint64_t id, char to[EVENT_ID_TEXT])
{
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

	for (int i = EVENT_ID_TEXT - 1; i >= 0; i--, id >>= 5)
		to[i] = digits[id & 31];
}

static char *put_id(const struct encoder *en, char *to, uint64_t id)
{
	bool quoted = en->form.encoding == ENCODE_NDJSON;

	if (quoted)
		*to++ = '"';
	event_id_text(id, to);
	to += EVENT_ID_TEXT;
	if (quoted)
		*to++ = '"';
	return to;
}

/* The blank in a plain instant; the one that a line of text begins with stands as it is. */
static bool blank_needs_quotes(const struct encoder *en)
{
	return en->form.encoding == ENCODE_TEXT && en->form.moments == MOMENTS_PLAIN;
}

static char *put_null(const struct encoder *en, char *to)
{
	if (en->form.encoding == ENCODE_CSV)
		return put_nothing(en, to);
	memcpy(to, "null", 4);
	return to + 4;
}

static char *put_leaf(struct encoder *en, char *to, const struct writer *w, const union value *v)
{
	switch ((enum kind)w->kind) {
	case KIND_INT: return digits_int(to, v->i);
	case KIND_DECIMAL: return digits_decimal(to, v->i, w->scale);
	case KIND_TEXT: return put_text(en, to, v->t);
	case KIND_JSON:
		if (en->form.encoding != ENCODE_NDJSON)
			return put_text(en, to, v->t);
		memcpy(to, v->t.at, v->t.n);
		return to + v->t.n;
	case KIND_INSTANT: return put_instant(en, to, v->i, en->form.encoding == ENCODE_NDJSON || blank_needs_quotes(en));
	case KIND_BOOL:
		memcpy(to, v->b ? "true" : "false", 5);
		return to + (v->b ? 4 : 5);
	case KIND_REAL: break;
	}
	if (isfinite(v->r))
		return to + num_put_real(to, v->r);
	return put_null(en, to);
}

static inline char *put_one(const struct maker *m, char *to)
{
	return m->put(&(struct making){ .at = m->at }, 1, to);
}

/* Made where it will stand. What needs quotes or escapes is moved to the end of the room that encoder_make() took for it, six times
 * its bytes, and written from there: what is written never overtakes what is still to be read. */
static char *put_made(const struct encoder *en, char *to, const struct maker *m)
{
	bool json = en->form.encoding == ENCODE_NDJSON;
	char *start = to + json, *end;
	struct text t;

	end = put_one(m, start);
	t.n = (uint32_t)(end - start);
	if (LIKELY(json && json_plain(start, t.n) == t.n)) {
		*to = *end = '"';
		return end + 1;
	}
	t.at = to + (size_t)m->room * 6 - t.n;
	memmove(to + (size_t)m->room * 6 - t.n, start, t.n);
	return put_text(en, to, t);
}

static size_t text_room(const struct encoder *en, const struct event *ev)
{
	size_t n = en->fixed + 16 + (en->schema->sessions ? (size_t)ev->session.n * 6 : 0) + (en->schema->flows ? (size_t)ev->flow.n * 6 : 0);

	for (unsigned i = 0; i < en->text_n; i++)
		if (!event_null(ev, en->texts[i]))
			n += (size_t)ev->values[en->texts[i]].t.n * 6;  /* \u0000 */
	return n;
}

/* A line is a line: what would end it early becomes a blank. */
static void put_raw(const struct event *ev, struct buf *b)
{
	struct text t = event_null(ev, 0) ? (struct text){ "", 0 } : ev->values[0].t;
	char *to = buf_reserve(b, (size_t)t.n + 1);

	if (!to)
		return;
	memcpy(to, t.at, t.n);
	for (uint32_t i = 0; i < t.n; i++)
		if (to[i] == '\n' || to[i] == '\r')
			to[i] = ' ';
	to[t.n] = '\n';
	b->n += t.n + 1;
}

static void put_parts(struct encoder *en, const struct event *ev, struct buf *b)
{
	const struct writer *w;
	char *to, *start;

	if (UNLIKELY(en->schema->raw)) {
		put_raw(ev, b);
		return;
	}
	to = start = buf_reserve(b, text_room(en, ev));
	if (!to)
		return;
	w = en->writers;
	for (const struct writer *end = w + en->writer_n; w < end; w++) {
		if (LIKELY(w->run)) {
			to = w->maker.put(&en->makings[w - en->writers], w->run, to);
			w += w->run - 1;
			continue;
		}
		put_prefix(to, w->prefix, w->prefix_n);
		to += w->prefix_n;
		if (w->bare) {
			to = put_one(&w->maker, to);
			continue;
		}
		switch ((enum source)w->source) {
		case FROM_ID: to = put_id(en, to, ev->id); continue;
		case FROM_TIME_MS: to = digits_int(to, ev->time_ns / 1000000); continue;
		case FROM_TIME: to = put_instant(en, to, ev->time_ns, en->form.encoding == ENCODE_NDJSON); continue;
		case FROM_MAKER: to = put_made(en, to, &w->maker); continue;
		case FROM_SESSION: to = ev->session.n ? put_text(en, to, ev->session) : put_null(en, to); continue;
		case FROM_FLOW: to = ev->flow.n ? put_text(en, to, ev->flow) : put_null(en, to); continue;
		case FROM_LEAF: break;
		}
		to = event_null(ev, w->leaf) ? put_null(en, to) : put_leaf(en, to, w, &ev->values[w->leaf]);
	}
	put_prefix(to, en->suffix, en->suffix_n);
	to += en->suffix_n;
	*to = '\0';
	b->n += (size_t)(to - start);
}

void encoder_put(struct encoder *en, const struct event *ev, struct buf *b)
{
	char *start, *to;

	if (!en->whole) {
		put_parts(en, ev, b);
		return;
	}
	start = buf_reserve(b, en->fixed + 16);
	if (!start)
		return;
	to = en->writers->maker.put(en->makings, en->writer_n, start);
	memcpy(to, en->suffix, 16);
	to[en->suffix_n] = '\0';
	b->n += (size_t)(to - start) + en->suffix_n;
}

void encoder_header(const struct encoder *en, struct buf *b)
{
	buf_add(b, en->header.data, en->header.n);
}

bool encoder_serves(const struct encoder *en, const struct schema *s, struct form f)
{
	return en->schema == s && en->form.encoding == f.encoding && en->form.envelope == f.envelope &&
	       en->form.moments == f.moments;
}
