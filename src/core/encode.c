/* Compiled writers: an event to one line of JSON, CSV or text. */
#include "core/encode.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/num.h"
#include "base/utf8.h"

const char *const encoding_names[] = { "ndjson", "csv", "text", NULL };
const char *const envelope_names[] = { "fluxdeck", "cloudevents", "none", NULL };
const char *const moments_names[] = { "rfc3339", "ms", "us", "ns", "plain", NULL };

/* What a writer prints: a leaf of the event, or something of the event itself. */
enum source { FROM_LEAF, FROM_ID, FROM_TIME_MS, FROM_TIME };

struct writer {
	const char *prefix;     /* copied as it is: ,"price": */
	uint32_t prefix_n;
	uint16_t leaf;
	uint8_t source, kind, scale;
};

struct encoder {
	const struct schema *schema;
	struct form form;
	struct writer *writers;
	unsigned writer_n;
	const char *suffix;     /* closing braces and the newline */
	uint32_t suffix_n;
	uint16_t *texts;        /* which leaves are free text */
	unsigned text_n;
	size_t fixed;           /* bytes that everything but free text needs at most */
	int64_t day;            /* day of date_text, so that the date is formatted once a day */
	char date_text[12];
	struct arena arena;
	struct buf header;
};

enum { LONGEST_FIXED = 48 };    /* bytes of the longest number, instant or id with quotes */

/* ---- writing ---- */

static const char digit_pairs[] =
	"00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
	"4950515253545556575859606162636465666768697071727374757677787980818283848586878889909192939495969798"
	"99";

/* Writes u with at least `least` digits, from behind straight into its place; returns the end. */
static inline char *put_digits(char *to, uint64_t u, unsigned least)
{
	static const uint64_t powers[] = { 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };
	unsigned n = 1;
	char *end, *p;

	while (n < 10 && u >= powers[n - 1])
		n++;
	for (uint64_t rest = n == 10 ? u / 10000000000u : 0; rest; rest /= 10)
		n++;
	end = p = to + (n < least ? least : n);
	while (u >= 100) {
		p -= 2;
		memcpy(p, digit_pairs + u % 100 * 2, 2);
		u /= 100;
	}
	if (u >= 10) {
		p -= 2;
		memcpy(p, digit_pairs + u * 2, 2);
	} else {
		*--p = (char)('0' + u);
	}
	while (p > to)
		*--p = '0';
	return end;
}

/* Copies whole pieces of 16 bytes, which is a move or two instead of a call: prefixes are padded by their arena, and the room that
 * encoder_put() reserves has slack. */
static inline void put_prefix(char *to, const char *prefix, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += 16)
		memcpy(to + i, prefix + i, 16);
}

static char *put_int(char *to, int64_t v)
{
	if (v < 0)
		*to++ = '-';
	return put_digits(to, v < 0 ? -(uint64_t)v : (uint64_t)v, 1);
}

static char *put_decimal(char *to, int64_t v, unsigned scale)
{
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v, power;

	if (v < 0)
		*to++ = '-';
	if (scale == 2) {       /* money: by far the most frequent, and a constant divides faster */
		to = put_digits(to, u / 100, 1);
		*to++ = '.';
		memcpy(to, digit_pairs + u % 100 * 2, 2);
		return to + 2;
	}
	power = (uint64_t)schema_power10(scale);
	to = put_digits(to, u / power, 1);
	if (scale) {
		*to++ = '.';
		to = put_digits(to, u % power, scale);
	}
	return to;
}

static char *put_pair(char *to, unsigned v)
{
	memcpy(to, digit_pairs + (size_t)v * 2, 2);
	return to + 2;
}

/* RFC 3339 with as many decimals as needed: 3, 6 or 9, and always at least 3. */
static char *put_rfc3339(struct encoder *en, char *to, int64_t ns)
{
	int64_t day = ns / 86400000000000, rest = ns - day * 86400000000000;
	unsigned s, fraction;

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
	fraction = (unsigned)(rest - (int64_t)s * 1000000000);
	memcpy(to, en->date_text, 11);
	to = put_pair(to + 11, s / 3600);
	*to++ = ':';
	to = put_pair(to, s / 60 % 60);
	*to++ = ':';
	to = put_pair(to, s % 60);
	*to++ = '.';
	to = put_digits(to, fraction / 1000000, 3);
	if (fraction % 1000000)
		to = put_digits(to, fraction / 1000 % 1000, 3);
	if (fraction % 1000)
		to = put_digits(to, fraction % 1000, 3);
	*to++ = 'Z';
	return to;
}

static char *put_instant(struct encoder *en, char *to, int64_t ns)
{
	static const int64_t unit[] = { [MOMENTS_MS] = 1000000, [MOMENTS_US] = 1000, [MOMENTS_NS] = 1, [MOMENTS_PLAIN] = 1000000000 };

	if (en->form.moments != MOMENTS_RFC3339)
		return put_int(to, ns / unit[en->form.moments]);
	if (en->form.encoding == ENCODE_NDJSON)
		*to++ = '"';
	to = put_rfc3339(en, to, ns);
	if (en->form.encoding == ENCODE_NDJSON)
		*to++ = '"';
	return to;
}

/* Free text: JSON escapes; CSV quotes when it must (RFC 4180); logfmt quotes when there is a blank, '=' or a quote. */
static char *put_text(const struct encoder *en, char *to, struct text t)
{
	bool quoted = en->form.encoding == ENCODE_NDJSON;
	struct buf b;

	if (en->form.encoding == ENCODE_NDJSON) {
		uint32_t i = 0;

		for (; i < t.n && (unsigned char)t.at[i] >= 0x20 && (unsigned char)t.at[i] < 0x80 && t.at[i] != '"' && t.at[i] != '\\'; i++)
			;
		if (i < t.n)
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
	if (!quoted && (t.n || en->form.encoding == ENCODE_CSV)) {
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

static char *put_leaf(struct encoder *en, char *to, const struct writer *w, const union value *v)
{
	switch ((enum kind)w->kind) {
	case KIND_INT: return put_int(to, v->i);
	case KIND_DECIMAL: return put_decimal(to, v->i, w->scale);
	case KIND_TEXT: return put_text(en, to, v->t);
	case KIND_JSON:
		if (en->form.encoding != ENCODE_NDJSON)
			return put_text(en, to, v->t);
		memcpy(to, v->t.at, v->t.n);
		return to + v->t.n;
	case KIND_INSTANT: return put_instant(en, to, v->i);
	case KIND_BOOL:
		memcpy(to, v->b ? "true" : "false", 5);
		return to + (v->b ? 4 : 5);
	case KIND_REAL: break;
	}
	if (isfinite(v->r))
		return to + num_put_real(to, v->r);
	memcpy(to, "null", 4);
	return en->form.encoding == ENCODE_CSV ? to : to + 4;
}

static size_t text_room(const struct encoder *en, const struct event *ev)
{
	size_t n = en->fixed + 16;

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

void encoder_put(struct encoder *en, const struct event *ev, struct buf *b)
{
	char *to, *start;

	if (UNLIKELY(en->schema->raw)) {
		put_raw(ev, b);
		return;
	}
	to = start = buf_reserve(b, text_room(en, ev));
	if (!to)
		return;
	for (const struct writer *w = en->writers, *end = w + en->writer_n; w < end; w++) {
		put_prefix(to, w->prefix, w->prefix_n);
		to += w->prefix_n;
		switch ((enum source)w->source) {
		case FROM_ID: to = put_id(en, to, ev->id); continue;
		case FROM_TIME_MS: to = put_int(to, ev->time_ns / 1000000); continue;
		case FROM_TIME: to = put_instant(en, to, ev->time_ns); continue;
		case FROM_LEAF: break;
		}
		if (!event_null(ev, w->leaf)) {
			to = put_leaf(en, to, w, &ev->values[w->leaf]);
		} else if (en->form.encoding != ENCODE_CSV) {
			memcpy(to, "null", 4);
			to += 4;
		}
	}
	put_prefix(to, en->suffix, en->suffix_n);
	to += en->suffix_n;
	*to = '\0';
	b->n += (size_t)(to - start);
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

/* ---- compiling ---- */

struct build {
	struct encoder *en;
	struct buf piece;       /* what stands before the next value */
	const char *open;       /* dotted path of the group that is open in JSON */
	size_t open_n;
	bool first;
};

static int add_writer(struct build *b, enum source source, const struct leaf *leaf, unsigned at, struct err *e)
{
	struct encoder *en = b->en;
	char *copy = arena_copy(&en->arena, b->piece.data, b->piece.n);

	if (!copy || !buf_ok(&b->piece))
		return err_memory(e);
	en->writers[en->writer_n++] = (struct writer){
		.prefix = copy, .prefix_n = (uint32_t)b->piece.n, .source = (uint8_t)source, .leaf = (uint16_t)at,
		.kind = leaf ? (uint8_t)leaf->kind : 0, .scale = leaf ? leaf->scale : 0,
	};
	en->fixed += b->piece.n + LONGEST_FIXED;
	buf_clear(&b->piece);
	b->first = false;
	return 0;
}

static size_t common_group(const char *a, size_t an, const char *name)
{
	size_t shared = 0;

	for (size_t i = 0; i < an && name[i] == a[i]; i++)
		if ((i + 1 == an || a[i + 1] == '.') && name[i + 1] == '.')
			shared = i + 1;
	return shared;
}

/* JSON: closes and opens braces until the leaf's group is open, then writes its key. */
static void json_name(struct build *b, const char *name)
{
	size_t shared = common_group(b->open, b->open_n, name), at;
	const char *dot;

	for (size_t i = shared; i < b->open_n; i++)
		if (i == shared || b->open[i] == '.')
			if (!(i == shared && shared && b->open[i] != '.'))
				buf_char(&b->piece, '}');
	if (!b->first)
		buf_char(&b->piece, ',');
	at = shared ? shared + 1 : 0;
	for (; (dot = strchr(name + at, '.')); at = (size_t)(dot - name) + 1) {
		json_text(&b->piece, name + at, (size_t)(dot - name) - at);
		buf_text(&b->piece, ":{");
	}
	json_text(&b->piece, name + at, strlen(name + at));
	buf_char(&b->piece, ':');
	b->open = name;
	b->open_n = at ? at - 1 : 0;
}

static void name_of(struct build *b, const char *name)
{
	struct buf *header = &b->en->header;

	switch (b->en->form.encoding) {
	case ENCODE_NDJSON:
		json_name(b, name);
		break;
	case ENCODE_CSV:
		if (!b->first)
			buf_char(&b->piece, ',');
		buf_printf(header, "%s%s", header->n ? "," : "", name);
		break;
	case ENCODE_TEXT:
		buf_printf(&b->piece, "%s%s=", b->first ? "" : " ", name);
		break;
	}
}

/* A name whose value is the same in every event. */
static void constant(struct build *b, const char *name, const char *text)
{
	name_of(b, name);
	if (b->en->form.encoding == ENCODE_NDJSON)
		json_cstr(&b->piece, text);
	else
		buf_text(&b->piece, text);
	b->first = false;
}

static int envelope(struct build *b, const char *module, struct err *e)
{
	struct encoder *en = b->en;
	enum envelope kind = en->schema->bare ? ENVELOPE_NONE : en->form.envelope;
	char source[160] = "fluxdeck/";

	if (kind == ENVELOPE_FLUXDECK) {
		name_of(b, "sys__eid");
		if (add_writer(b, FROM_ID, NULL, 0, e) < 0)
			return -1;
		name_of(b, "sys__ets");
		if (add_writer(b, FROM_TIME_MS, NULL, 0, e) < 0)
			return -1;
		constant(b, "event_type", en->schema->name);
	} else if (kind == ENVELOPE_CLOUDEVENTS) {
		strncat(source, module, sizeof source - 10);
		constant(b, "specversion", "1.0");
		name_of(b, "id");
		if (add_writer(b, FROM_ID, NULL, 0, e) < 0)
			return -1;
		constant(b, "source", source);
		constant(b, "type", en->schema->name);
		name_of(b, "time");
		if (add_writer(b, FROM_TIME, NULL, 0, e) < 0)
			return -1;
		constant(b, "datacontenttype", "application/json");
	}
	return 0;
}

static int compile(struct build *b, const char *module, struct err *e)
{
	struct encoder *en = b->en;
	const struct schema *s = en->schema;
	const char *at = en->form.envelope == ENVELOPE_CLOUDEVENTS && !s->bare ? "data." : "";

	if (en->form.encoding == ENCODE_NDJSON)
		buf_char(&b->piece, '{');
	if (en->form.encoding == ENCODE_TEXT && !s->bare) {
		if (add_writer(b, FROM_TIME, NULL, 0, e) < 0)
			return -1;
		buf_printf(&b->piece, " %s", s->name);
	} else if (envelope(b, module, e) < 0) {
		return -1;
	}
	for (unsigned i = 0; i < s->leaf_n; i++) {
		size_t n = strlen(at) + strlen(s->leaves[i].name) + 1;
		char *name = arena_take(&en->arena, n);

		if (!name)
			return err_memory(e);
		memcpy(name, at, strlen(at));
		memcpy(name + strlen(at), s->leaves[i].name, n - strlen(at));
		name_of(b, name);
		if (add_writer(b, FROM_LEAF, &s->leaves[i], i, e) < 0)
			return -1;
	}
	if (en->form.encoding == ENCODE_NDJSON) {
		for (size_t i = 0; i < b->open_n; i++)
			if (i == 0 || b->open[i] == '.')
				buf_char(&b->piece, '}');
		buf_char(&b->piece, '}');
	}
	buf_char(&b->piece, '\n');
	if (en->header.n)
		buf_char(&en->header, '\n');
	en->suffix = arena_copy(&en->arena, b->piece.data, b->piece.n);
	en->suffix_n = (uint32_t)b->piece.n;
	en->fixed += b->piece.n;
	return en->suffix && buf_ok(&b->piece) && buf_ok(&en->header) ? 0 : err_memory(e);
}

struct encoder *encoder_new(const struct schema *s, struct form form, const char *module, struct err *e)
{
	struct encoder *en = calloc(1, sizeof *en);
	struct build b = { .en = en, .open = "", .first = true };
	int result;

	if (!en) {
		err_memory(e);
		return NULL;
	}
	en->schema = s;
	en->form = form;
	en->day = INT64_MIN;
	arena_init(&en->arena);
	buf_init(&en->header, 65536);
	en->writers = calloc(s->leaf_n + 4u, sizeof *en->writers);
	en->texts = calloc(s->leaf_n + 1u, sizeof *en->texts);
	for (uint16_t i = 0; en->texts && i < s->leaf_n; i++)
		if (s->leaves[i].kind == KIND_TEXT || s->leaves[i].kind == KIND_JSON)
			en->texts[en->text_n++] = i;
	buf_init(&b.piece, 65536);
	result = en->writers && en->texts ? compile(&b, module, e) : err_memory(e);
	buf_free(&b.piece);
	if (result == 0)
		return en;
	encoder_free(en);
	return NULL;
}

void encoder_free(struct encoder *en)
{
	if (!en)
		return;
	arena_free(&en->arena);
	buf_free(&en->header);
	free(en->writers);
	free(en->texts);
	free(en);
}
