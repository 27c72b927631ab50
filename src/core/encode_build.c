/* Encoders: a schema and a form to a list of writers. */
#include <stdlib.h>

#include "base/json.h"
#include "core/encode_inside.h"

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
	en->writers[en->writer_n] = (struct writer){
		.source = (uint8_t)source, .leaf = (uint16_t)at, .kind = leaf ? (uint8_t)leaf->kind : 0, .scale = leaf ? leaf->scale : 0,
		.prefix = copy, .prefix_n = (uint32_t)b->piece.n,
	};
	en->writer_n++;
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

/* To which session the event belongs, and which flow made it, where the schema has such. */
static int session(struct build *b, const char *name, const char *flow, struct err *e)
{
	if (b->en->schema->sessions) {
		name_of(b, name);
		if (add_writer(b, FROM_SESSION, NULL, 0, e) < 0)
			return -1;
	}
	if (!b->en->schema->flows)
		return 0;
	name_of(b, flow);
	return add_writer(b, FROM_FLOW, NULL, 0, e);
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
		if (add_writer(b, FROM_TIME_MS, NULL, 0, e) < 0 || session(b, "sys__sid", "sys__flow", e) < 0)
			return -1;
	} else if (kind == ENVELOPE_CLOUDEVENTS) {
		strncat(source, module, sizeof source - 10);
		constant(b, "specversion", "1.0");
		name_of(b, "id");
		if (add_writer(b, FROM_ID, NULL, 0, e) < 0)
			return -1;
		constant(b, "source", source);
		constant(b, "type", en->schema->name);
		name_of(b, "time");
		if (add_writer(b, FROM_TIME, NULL, 0, e) < 0 || session(b, "sessionid", "flow", e) < 0)
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
		if (session(b, "sid", "flow", e) < 0)
			return -1;
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
	if (en->form.encoding != ENCODE_TEXT && en->form.envelope == ENVELOPE_FLUXDECK && !s->bare)
		constant(b, "event_type", s->name);
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
	en->makings = calloc(s->leaf_n + 4u, sizeof *en->makings);
	en->texts = calloc(s->leaf_n + 1u, sizeof *en->texts);
	for (uint16_t i = 0; en->texts && i < s->leaf_n; i++)
		if (s->leaves[i].kind == KIND_TEXT || s->leaves[i].kind == KIND_JSON)
			en->texts[en->text_n++] = i;
	buf_init(&b.piece, 65536);
	result = en->writers && en->makings && en->texts ? compile(&b, module, e) : err_memory(e);
	buf_free(&b.piece);
	if (result == 0)
		return en;
	encoder_free(en);
	return NULL;
}

/* A quote more at the end of what stands before a value, or at the start of what stands behind it. */
static char *with_quote(struct encoder *en, const char *text, uint32_t n, bool behind)
{
	char *copy = arena_copy(&en->arena, text, n + 1);

	if (!copy)
		return NULL;
	memcpy(copy + !behind, text, n);
	copy[behind ? n : 0] = '"';
	return copy;
}

/* Text that needs no look: its quotes become part of the texts around it. Without memory it is quoted each time. */
static bool quote_once(struct encoder *en, struct writer *w)
{
	bool last = w + 1 == en->writers + en->writer_n;
	char *before = with_quote(en, w->prefix, w->prefix_n, true);
	char *behind = last ? with_quote(en, en->suffix, en->suffix_n, false) : with_quote(en, w[1].prefix, w[1].prefix_n, false);

	if (!before || !behind)
		return false;
	w->prefix = before;
	w->prefix_n++;
	if (last) {
		en->suffix = behind;
		en->suffix_n++;
	} else {
		w[1].prefix = behind;
		w[1].prefix_n++;
	}
	return true;
}

/* Which writers their maker puts at once. */
static void find_runs(struct encoder *en)
{
	for (unsigned i = en->writer_n, run = 0; i-- > 0;) {
		struct writer *w = &en->writers[i];
		struct making *m = &en->makings[i];

		if (run && w->maker.put != w[1].maker.put)
			run = 0;
		run = w->bare && w->prefix_n <= sizeof m->before ? run + 1 : 0;
		w->run = (uint16_t)run;
		if (!run)
			continue;
		*m = (struct making){ .before_n = w->prefix_n, .at = w->maker.at };
		memcpy(m->before, w->prefix, w->prefix_n);
	}
	en->whole = en->writers->run == en->writer_n && en->suffix_n <= 16 && !en->schema->raw;
}

void encoder_make(struct encoder *en, unsigned leaf, struct maker m)
{
	for (unsigned i = 0; i < en->writer_n; i++) {
		struct writer *w = &en->writers[i];

		if (w->source != FROM_LEAF || w->leaf != leaf)
			continue;
		w->source = FROM_MAKER;
		w->maker = m;
		/* JSON is as good as text where the line is not JSON. */
		w->bare = !m.text && (en->form.encoding == ENCODE_NDJSON || w->kind != KIND_JSON);
		w->bare = w->bare || (en->form.encoding == ENCODE_NDJSON && m.plain && quote_once(en, w));
		en->fixed += (size_t)m.room * 6 + 2;
	}
	find_runs(en);
	for (unsigned i = 0; i < en->text_n; i++)
		if (en->texts[i] == leaf) {
			en->texts[i] = en->texts[--en->text_n];
			break;
		}
}

void encoder_free(struct encoder *en)
{
	if (!en)
		return;
	arena_free(&en->arena);
	buf_free(&en->header);
	free(en->writers);
	free(en->makings);
	free(en->texts);
	free(en);
}
