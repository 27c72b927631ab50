/* Values of column types that nothing else covers: documents, ranges, search vectors, hstore, BSON's own. */
#include "value/packs/packs.h"

#include "base/permute.h"
#include "value/packs/pieces.h"

enum { WORDS = 64, DAY = 86400 };
enum complexity { SIMPLE, COMPLEX, ARRAY };
enum range { RANGE_INT4, RANGE_INT8, RANGE_NUM, RANGE_TS, RANGE_TSTZ, RANGE_DATE };
enum search { SEARCH_VECTOR, SEARCH_QUERY };
enum bson { BSON_REGEX, BSON_JAVASCRIPT, BSON_MINKEY, BSON_MAXKEY };

struct database_opts {
	int complexity, of, kind;
	int64_t words, pairs;
};

static const char *const complexities[] = { "simple", "complex", "array", NULL };
static const char *const ranges[] = { "int4", "int8", "num", "ts", "tstz", "date", NULL };
static const char *const searches[] = { "vector", "query", NULL };
static const char *const bsons[] = { "regex", "javascript", "minkey", "maxkey", NULL };

static const struct param document_params[] = {
	P_CHOICE(struct database_opts, complexity, complexities, SIMPLE, .help = "A flat object, a nested one, or an array."), P_END
};
static const struct param range_params[] = { P_CHOICE(struct database_opts, of, ranges, RANGE_INT4, .help = "Type of the bounds."), P_END };
static const struct param search_params[] = {
	P_CHOICE(struct database_opts, kind, searches, SEARCH_VECTOR, .help = "A document's words with their places, or a search."),
	P_INT(struct database_opts, words, 1, WORDS, 3, .help = "How many words, all different."),
	P_END
};
static const struct param hstore_params[] = { P_INT(struct database_opts, pairs, 0, WORDS, 2, .help = "How many keys, all different."), P_END };
static const struct param bson_params[] = { P_CHOICE(struct database_opts, kind, bsons, BSON_REGEX, .help = "Which type."), P_END };

/* ---- words ---- */

static int words_prepare(struct call *c, struct err *e)
{
	const struct table **t = c->made;

	*t = table_find(c->locale, "vector_word");
	return *t && (*t)->rows >= WORDS ? 0 : err_set(e, ERR_FATAL, "the table vector_word is missing or short");
}

static struct cell word(const struct call *c, struct draws *d)
{
	const struct table *t = *(const struct table *const *)c->made;

	return table_cell(t, (uint32_t)draws_below(d, t->rows), 0);
}

/* Word i of a row's own order: no two are the same. */
static struct cell other_word(const struct call *c, uint64_t order, uint64_t i)
{
	const struct table *t = *(const struct table *const *)c->made;

	return table_cell(t, (uint32_t)permute(order, t->rows, i), 0);
}

/* ---- json_document ---- */

static char *put_simple(char *to, const struct call *c, struct draws *d)
{
	uint64_t u;

	to = put_int(put_literal(to, "{\"id\":"), (int64_t)draws_below(d, 1000000) + 1);
	to = put_quoted(put_literal(to, ",\"name\":"), word(c, d));
	u = draws_next(d);
	to = put_literal(to, ",\"active\":");
	to = u & 1 ? put_literal(to, "true") : put_literal(to, "false");
	return put_literal(put_digits(put_literal(put_int(put_literal(to, ",\"score\":"), (int64_t)(u >> 8 & 63)), "."), (u >> 16 & 7) + 1, 1), "}");
}

static char *put_labels(char *to, const struct call *c, struct draws *d)
{
	uint64_t order = draws_next(d), n = 1 + draws_below(d, 4);

	*to++ = '[';
	for (uint64_t i = 0; i < n; i++) {
		if (i)
			*to++ = ',';
		to = put_quoted(to, other_word(c, order, i));
	}
	return put_literal(to, "]");
}

static char *document_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t n;

	switch ((enum complexity)((const struct database_opts *)c->opts)->complexity) {
	case SIMPLE:
		return put_simple(to, c, d);
	case COMPLEX:
		to = put_simple(put_literal(to, "{\"item\":"), c, d);
		to = put_labels(put_literal(to, ",\"tags\":"), c, d);
		to = put_quoted(put_literal(to, ",\"meta\":{\"source\":"), word(c, d));
		to = put_int(put_literal(to, ",\"version\":"), (int64_t)draws_below(d, 9) + 1);
		to = put_instant(put_literal(to, ",\"at\":\""), r->now_ns - (int64_t)draws_below(d, 365 * DAY) * 1000000000, 0);
		return put_literal(to, "\",\"parent\":null}}");
	default:
		n = 1 + draws_below(d, 4);
		*to++ = '[';
		for (uint64_t i = 0; i < n; i++) {
			if (i)
				*to++ = ',';
			to = put_simple(to, c, d);
		}
		return put_literal(to, "]");
	}
}

/* ---- sql_range ---- */

/* "2024-01-01 10:00:00" of seconds since 1970. */
static char *put_moment(char *to, int64_t seconds, bool day)
{
	char text[64];
	char *end = put_instant(text, seconds * 1000000000, 0);

	to = put_bytes(to, text, 10);
	if (day)
		return to;
	*to++ = ' ';
	return put_bytes(to, text + 11, (size_t)(end - text - 12));      /* without the T and the Z */
}

static char *put_bound(char *to, enum range of, int64_t v)
{
	switch (of) {
	case RANGE_NUM:
		to = put_int(to, v / 100);
		*to++ = '.';
		return put_digits(to, (uint64_t)(v % 100), 2);
	case RANGE_TS:
		return put_literal(put_moment(put_literal(to, "\""), v, false), "\"");
	case RANGE_TSTZ:
		return put_literal(put_moment(put_literal(to, "\""), v, false), "+00\"");
	case RANGE_DATE:
		return put_moment(to, v * DAY, true);
	default:
		return put_int(to, v);
	}
}

static char *range_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	enum range of = (enum range)((const struct database_opts *)c->opts)->of;
	int64_t now = r->now_ns / 1000000000, low, high;

	switch (of) {
	case RANGE_INT8: low = draws_between(d, 0, 1000000000000); break;
	case RANGE_NUM: low = draws_between(d, 0, 100000); break;
	case RANGE_TS:
	case RANGE_TSTZ: low = now - draws_between(d, 0, 365 * DAY); break;
	case RANGE_DATE: low = now / DAY - draws_between(d, 0, 365); break;
	default: low = draws_between(d, 0, 1000); break;
	}
	high = low + draws_between(d, 1, of == RANGE_TS || of == RANGE_TSTZ ? 30 * DAY : of == RANGE_DATE ? 90 : of == RANGE_INT8 ? 1000000000 : 1000);
	to = put_bound(put_literal(to, "["), of, low);
	*to++ = ',';
	to = put_bound(to, of, high);
	*to++ = ')';
	return to;
}

/* ---- text_search, hstore ---- */

static size_t list_room(const struct call *c)
{
	const struct database_opts *o = c->opts;
	const struct table *t = *(const struct table *const *)c->made;

	return (size_t)(o->words + o->pairs) * (2 * (size_t)t->longest + 16) + 8;
}

static char *search_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct database_opts *o = c->opts;
	uint64_t order = draws_next(d), way = draws_next(d);

	(void)r;
	for (int64_t i = 0; i < o->words; i++, way >>= 1) {
		if (i && o->kind == SEARCH_QUERY)
			to = way & 1 ? put_literal(to, " & ") : put_literal(to, " | ");
		else if (i)
			*to++ = ' ';
		*to++ = '\'';
		to = put_cell(to, other_word(c, order, (uint64_t)i));
		*to++ = '\'';
		if (o->kind == SEARCH_VECTOR)
			to = put_int(put_literal(to, ":"), i + 1);
	}
	return to;
}

static char *hstore_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct database_opts *o = c->opts;
	uint64_t order = draws_next(d);

	(void)r;
	for (int64_t i = 0; i < o->pairs; i++) {
		uint64_t u = draws_next(d);

		if (i)
			to = put_literal(to, ", ");
		to = put_literal(put_quoted(to, other_word(c, order, (uint64_t)i)), "=>");
		if (u & 1)
			to = put_quoted(to, word(c, d));
		else
			to = put_literal(put_int(put_literal(to, "\""), (int64_t)(u >> 1) % 1000), "\"");
	}
	return to;
}

/* ---- bson_value ---- */

static char *bson_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct cell w;

	(void)r;
	switch ((enum bson)((const struct database_opts *)c->opts)->kind) {
	case BSON_REGEX:
		w = word(c, d);
		w.n = w.n < 4 ? w.n : 4;
		to = put_cell(put_literal(to, "{\"$regularExpression\":{\"pattern\":\"^"), w);
		return put_literal(to, "\",\"options\":\"i\"}}");
	case BSON_JAVASCRIPT:
		to = put_cell(put_literal(to, "{\"$code\":\"function () { return this."), word(c, d));
		to = put_int(put_literal(to, " > "), (int64_t)draws_below(d, 1000));
		return put_literal(to, "; }\"}");
	case BSON_MINKEY:
		return put_literal(to, "{\"$minKey\":1}");
	default:
		return put_literal(to, "{\"$maxKey\":1}");
	}
}

#define ROW(n, alias, o, kind, text_, like) \
	ROW_NAME(n), .aliases = (alias), .category = "Database values", .help = (text_), .example = (like), .out = (kind), .params = o##_params, \
	.opts_size = sizeof(struct database_opts), .made_size = sizeof(struct table *), .prepare = words_prepare, .text = o##_text

const struct provider pack_database[] = {
	{ ROW("json_document", "jsonb sqlite_json mysql_json", document, KIND_JSON, "A JSON document.",
	      "{\"id\":4817,\"name\":\"river\",\"active\":true,\"score\":4.8}"), .room = 512 },
	{ ROW("sql_range", "int4range(of=int4) int8range(of=int8) numrange(of=num) tsrange(of=ts) tstzrange(of=tstz)", range, KIND_TEXT, "A range of PostgreSQL, low below high.", "[17,48)"), .room = 512 },
	{ ROW("text_search", "tsvector(kind=vector) tsquery(kind=query)", search, KIND_TEXT, "What PostgreSQL's text search takes.",
	      "'river':1 'stone':2"), .max_len = list_room },
	{ ROW("hstore", NULL, hstore, KIND_TEXT, "Keys and values of PostgreSQL's hstore.", "\"a\"=>\"1\", \"b\"=>\"2\""), .max_len = list_room },
	{ ROW("bson_value", "mongodb_regex(kind=regex) mongodb_javascript(kind=javascript) mongodb_minkey(kind=minkey) mongodb_maxkey(kind=maxkey)",
	      bson, KIND_JSON, "A type that only BSON has, as extended JSON.", "{\"$regularExpression\":{\"pattern\":\"^riv\",\"options\":\"i\"}}"),
	  .room = 512 },
	{ .name = NULL },
};
