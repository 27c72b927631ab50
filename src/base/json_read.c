/* JSON documents as nodes: cJSON says what is meant, and the text is walked beside it for the places. */
#include "base/json_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/map.h"
#include "base/utf8.h"

struct reader {
	const char *at;                 /* where the walk is; the text ends in a NUL */
	const char *marked;             /* up to where lines and columns were counted */
	unsigned line, column, depth, n;
	struct arena *arena;
	struct report *report;
};

/* Places are asked for in the order of the text. */
static void mark(struct reader *rd, const char *at)
{
	for (; rd->marked < at; rd->marked++) {
		if (*rd->marked == '\n') {
			rd->line++;
			rd->column = 1;
		} else if (((unsigned char)*rd->marked & 0xc0) != 0x80) {
			rd->column++;
		}
	}
}

static struct node *refuse(struct reader *rd, const char *at, const char *text)
{
	mark(rd, at);
	report_add_at(rd->report, rd->line, rd->column, text);
	return NULL;
}

static void skip_blanks(struct reader *rd)
{
	while (*rd->at && (unsigned char)*rd->at <= ' ')
		rd->at++;
}

/* Behind the closing quote of the text that begins here. */
static bool skip_text(struct reader *rd)
{
	for (rd->at++; *rd->at != '"'; rd->at++) {
		if ((unsigned char)*rd->at < ' ')
			return refuse(rd, rd->at, "a control character within a text: write \\n, \\t or \\u001f") != NULL;
		if (strncmp(rd->at, "\\u0000", 6) == 0)
			return refuse(rd, rd->at, "\\u0000 cannot stand in a text") != NULL;
		rd->at += *rd->at == '\\';
	}
	rd->at++;
	return true;
}

/* A number as JSON has it, and one that a double holds. */
static bool good_number(const char *s, size_t n, double v)
{
	const char *end = s + n;

	s += *s == '-';
	if (*s == '0' && s + 1 < end && s[1] >= '0' && s[1] <= '9')
		return false;
	s += strspn(s, "0123456789");
	return (*s != '.' || (s[1] >= '0' && s[1] <= '9')) && isfinite(v);
}

static struct node *scalar(struct reader *rd, struct node *n, const cJSON *item)
{
	const char *from = rd->at;

	if (cJSON_IsString(item)) {
		if (!skip_text(rd))
			return NULL;
		n->raw = from + 1;
		n->text = arena_text(rd->arena, item->valuestring);
		return n->text ? n : refuse(rd, from, "out of memory");
	}
	n->plain = true;
	rd->at += strspn(from, "-+.0123456789eEtrufalsn");
	n->text = arena_copy(rd->arena, from, (size_t)(rd->at - from));
	if (!n->text)
		return refuse(rd, from, "out of memory");
	if (cJSON_IsNumber(item) && !good_number(n->text, strlen(n->text), item->valuedouble))
		return refuse(rd, from, "this is no number of JSON, or too large a one");
	return n;
}

static struct node *walk(struct reader *rd, const cJSON *item);

static struct node *key(struct reader *rd, const char *name)
{
	struct node *k = arena_take(rd->arena, sizeof *k);
	const char *from;

	skip_blanks(rd);
	from = rd->at;
	mark(rd, from);
	if (!k || !(k->text = arena_text(rd->arena, name)))
		return refuse(rd, from, "out of memory");
	k->line = rd->line;
	k->column = rd->column;
	if (!skip_text(rd))
		return NULL;
	skip_blanks(rd);
	rd->at++;                       /* the colon */
	return k;
}

/* What stands between brackets, up to the closing one. */
static bool inside(struct reader *rd, struct node *n, const cJSON *item, struct map *keys)
{
	const cJSON *child;

	rd->at++;
	cJSON_ArrayForEach(child, item) {
		struct node *k = keys ? key(rd, child->string) : NULL, *made;

		if (keys && !k)
			return false;
		if (k && map_get(keys, k->text, strlen(k->text))) {
			char text[120];

			snprintf(text, sizeof text, "key '%.60s' stands here twice", k->text);
			report_add_at(rd->report, k->line, k->column, text);
			return false;
		}
		if (k && map_put(keys, k->text, strlen(k->text), k) < 0)
			return refuse(rd, rd->at, "out of memory") != NULL;
		made = walk(rd, child);
		if (!made)
			return false;
		made->key = k;
		node_append(n, made);
		skip_blanks(rd);
		rd->at += *rd->at == ',';
	}
	skip_blanks(rd);
	rd->at++;
	return true;
}

static struct node *walk(struct reader *rd, const cJSON *item)
{
	struct node *n = rd->n++ < JSON_NODES ? arena_take(rd->arena, sizeof *n) : NULL;
	struct map keys;
	bool good;

	skip_blanks(rd);
	mark(rd, rd->at);
	if (!n)
		return refuse(rd, rd->at, "this is too much for a document of this kind");
	n->line = rd->line;
	n->column = rd->column;
	if (!cJSON_IsArray(item) && !cJSON_IsObject(item))
		return scalar(rd, n, item);
	n->kind = cJSON_IsArray(item) ? NODE_LIST : NODE_MAP;
	if (rd->depth == NODE_DEPTH)
		return refuse(rd, rd->at, "nested more than 64 levels deep");
	rd->depth++;
	map_init(&keys);
	good = inside(rd, n, item, n->kind == NODE_MAP ? &keys : NULL);
	map_free(&keys);
	rd->depth--;
	return good ? n : NULL;
}

struct node *json_nodes(const char *text, size_t n, struct arena *a, struct report *r)
{
	struct reader rd = { .line = 1, .column = 1, .arena = a, .report = r };
	struct node *root = NULL;
	const char *end = NULL;
	size_t good = utf8_check(text, n), mistake;
	cJSON *json;

	rd.at = rd.marked = arena_copy(a, text, n);
	if (!rd.at)
		return refuse(&rd, rd.at, "out of memory");
	if (n > JSON_BYTES)
		return refuse(&rd, rd.at, "the file is larger than 1 MiB");
	if (good < n)
		return refuse(&rd, rd.at + good, "invalid UTF-8");
	/* A NUL would end the walk before cJSON's. */
	if (strlen(rd.at) < n)
		return refuse(&rd, rd.at + strlen(rd.at), "control characters are not allowed");
	/* As cJSON does. */
	if (strncmp(rd.at, "\xef\xbb\xbf", 3) == 0)
		rd.at = rd.marked = rd.at + 3;
	json = cJSON_ParseWithLengthOpts(rd.at, strlen(rd.at), &end, false);
	mistake = json || !end ? 0 : (size_t)(end - rd.at);
	if (json && (root = walk(&rd, json))) {
		skip_blanks(&rd);
		if (*rd.at)
			root = refuse(&rd, rd.at, "something stands behind the end of the JSON");
	} else if (!json) {
		refuse(&rd, rd.at + mistake, rd.at[mistake] ? "this is not JSON: something else should stand here" : "the JSON ends too early");
	}
	cJSON_Delete(json);
	return root;
}

unsigned json_raw_column(const char *raw, size_t at)
{
	unsigned column = 0;

	while (at > 0 && *raw && *raw != '"') {
		size_t length = 1, makes = 1;

		if (*raw == '\\' && raw[1] == 'u') {
			unsigned c = 0;

			sscanf(raw + 2, "%4x", &c);
			length = (c & 0xfc00) == 0xd800 ? 12 : 6;
			makes = length == 12 ? 4 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
			column += (unsigned)length;
		} else {
			length = *raw == '\\' && raw[1] ? 2 : 1;
			column += length == 2 ? 2 : ((unsigned char)*raw & 0xc0) != 0x80;
		}
		raw += length;
		at -= makes < at ? makes : at;
	}
	return column;
}
