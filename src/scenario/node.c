/* YAML to nodes. The only file that includes libyaml. */
#include "scenario/node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/map.h"
#include "base/utf8.h"

struct builder {
	yaml_parser_t parser;
	struct arena *arena;
	struct report *report;
	struct map anchors;
	unsigned n, depth;
	bool key;               /* what is built is a key */
};

static struct node *refuse(struct builder *b, yaml_mark_t mark, const char *text)
{
	report_add_at(b->report, (unsigned)mark.line + 1, (unsigned)mark.column + 1, text);
	return NULL;
}

/* The parser's own refusals; a reader error has an offset and no mark, so the line is counted. */
static void parser_failed(struct builder *b, const char *text, size_t n)
{
	const yaml_parser_t *p = &b->parser;
	char what[300];
	unsigned line = (unsigned)p->problem_mark.line + 1, column = (unsigned)p->problem_mark.column + 1;

	if (p->error == YAML_READER_ERROR) {
		size_t end = p->problem_offset < n ? p->problem_offset : n;

		line = column = 1;
		for (size_t i = 0; i < end; i++) {
			column++;
			if (text[i] == '\n') {
				line++;
				column = 1;
			}
		}
	}
	snprintf(what, sizeof what, "%s%s%s", p->problem ? p->problem : "out of memory", p->context ? " " : "", p->context ? p->context : "");
	report_add_at(b->report, line, column, what);
}

static struct node *make(struct builder *b, enum node_kind kind, const yaml_event_t *ev)
{
	struct node *n;

	if (++b->n > NODE_MOST)
		return refuse(b, ev->start_mark, "the file has too many nodes");
	n = arena_take(b->arena, sizeof *n);
	if (!n)
		return refuse(b, ev->start_mark, "out of memory");
	*n = (struct node){ .kind = kind, .line = (unsigned)ev->start_mark.line + 1, .column = (unsigned)ev->start_mark.column + 1 };
	return n;
}

/* Plain words that YAML 1.1 readers turn into something else than what stands there. A letter as a key is a name:
 * n of a pace, x and y of a place. */
static const char *misleading(const char *s, bool key)
{
	static const char *const words[] = { "yes", "no", "Yes", "No", "YES", "NO", "y", "n", "Y", "N", "On", "Off", "ON", "OFF", "True", "False",
					     "TRUE", "FALSE" };
	size_t digits = strspn(s, "0123456789");

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(s, words[i]) == 0 && !(key && !s[1]))
			return "write true or false, or put quotes around the text";
	if (digits > 1 && s[0] == '0' && s[digits] == '\0')
		return "a number does not begin with 0; put quotes around the text";
	if (digits && strchr(s, '_') && strspn(s, "0123456789_") == strlen(s))
		return "a number has no '_'";
	return NULL;
}

static struct node *make_scalar(struct builder *b, const yaml_event_t *ev)
{
	struct node *n = make(b, NODE_SCALAR, ev);
	const char *text = (const char *)ev->data.scalar.value;
	const char *hint;
	char what[200];

	if (!n)
		return NULL;
	if (strlen(text) != ev->data.scalar.length)
		return refuse(b, ev->start_mark, "a text contains a NUL character");
	n->plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	n->text = arena_copy(b->arena, text, ev->data.scalar.length);
	hint = n->plain && n->text ? misleading(n->text, b->key) : NULL;
	if (hint) {
		snprintf(what, sizeof what, "'%.40s' means different things to different readers: %s", n->text, hint);
		return refuse(b, ev->start_mark, what);
	}
	return n->text ? n : refuse(b, ev->start_mark, "out of memory");
}

static bool next(struct builder *b, yaml_event_t *ev, const char *text, size_t n)
{
	if (yaml_parser_parse(&b->parser, ev))
		return true;
	parser_failed(b, text, n);
	return false;
}

static bool add_anchor(struct builder *b, const yaml_char_t *anchor, struct node *n)
{
	return !anchor || map_put(&b->anchors, (const char *)anchor, strlen((const char *)anchor), n) == 0;
}

static struct node *build(struct builder *b, yaml_event_t *ev, const char *text, size_t n);

/* The elements up to the end event. */
static bool build_children(struct builder *b, struct node *parent, const char *text, size_t n)
{
	struct map keys;
	bool ok = false;

	map_init(&keys);
	for (;;) {
		yaml_event_t ev;
		struct node *key = NULL, *value;

		if (!next(b, &ev, text, n))
			break;
		if (ev.type == YAML_SEQUENCE_END_EVENT || ev.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&ev);
			ok = true;
			break;
		}
		if (parent->kind == NODE_MAP) {
			b->key = true;
			key = build(b, &ev, text, n);
			b->key = false;
			if (!key)
				break;
			if (key->kind != NODE_SCALAR || strcmp(key->text, "<<") == 0) {
				report_add(b->report, key, key->kind == NODE_SCALAR ? "'<<' is not supported; write the keys" : "a key must be a text");
				break;
			}
			if (map_get(&keys, key->text, strlen(key->text))) {
				const struct node *before = map_get(&keys, key->text, strlen(key->text));

				report_add(b->report, key, "key '%.60s' stands here twice; the first is in line %u", key->text, before->line);
				break;
			}
			if (map_put(&keys, key->text, strlen(key->text), key) < 0 || !next(b, &ev, text, n))
				break;
		}
		value = build(b, &ev, text, n);
		if (!value)
			break;
		value->key = key;
		node_append(parent, value);
	}
	map_free(&keys);
	return ok;
}

static struct node *build_parent(struct builder *b, enum node_kind kind, const yaml_event_t *ev, const char *text, size_t n)
{
	struct node *parent = make(b, kind, ev);

	if (!parent)
		return NULL;
	if (++b->depth > NODE_DEPTH)
		return refuse(b, ev->start_mark, "nested more than 64 levels deep");
	if (!build_children(b, parent, text, n))
		return NULL;
	b->depth--;
	return parent;
}

/* One node from its first event, which is used up. */
static struct node *build(struct builder *b, yaml_event_t *ev, const char *text, size_t n)
{
	struct node *made = NULL;
	const yaml_char_t *anchor = NULL, *tag = NULL;

	switch (ev->type) {
	case YAML_SCALAR_EVENT:
		tag = ev->data.scalar.tag;
		anchor = ev->data.scalar.anchor;
		made = tag ? NULL : make_scalar(b, ev);
		break;
	case YAML_SEQUENCE_START_EVENT:
		tag = ev->data.sequence_start.tag;
		anchor = ev->data.sequence_start.anchor;
		made = tag ? NULL : build_parent(b, NODE_LIST, ev, text, n);
		break;
	case YAML_MAPPING_START_EVENT:
		tag = ev->data.mapping_start.tag;
		anchor = ev->data.mapping_start.anchor;
		made = tag ? NULL : build_parent(b, NODE_MAP, ev, text, n);
		break;
	case YAML_ALIAS_EVENT: {
		struct node *of = map_get(&b->anchors, (const char *)ev->data.alias.anchor, strlen((const char *)ev->data.alias.anchor));

		made = of ? arena_take(b->arena, sizeof *made) : refuse(b, ev->start_mark, "this alias names no anchor before it");
		if (made) {
			*made = *of;
			made->next = NULL;
			made->key = NULL;
		}
		break;
	}
	default:
		refuse(b, ev->start_mark, "a value is missing here");
		break;
	}
	if (tag)
		refuse(b, ev->start_mark, "tags (!name) are not supported");
	if (made && !add_anchor(b, anchor, made))
		made = refuse(b, ev->start_mark, "out of memory");
	yaml_event_delete(ev);
	return made;
}

static struct node *build_document(struct builder *b, const char *text, size_t n)
{
	struct node *root = NULL;
	yaml_event_t ev;
	bool more = false;

	/* stream start, document start, the root, document end, stream end */
	for (int i = 0; i < 2; i++) {
		if (!next(b, &ev, text, n))
			return NULL;
		more = ev.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&ev);
	}
	if (!more) {
		report_add_at(b->report, 1, 1, "the file is empty");
		return NULL;
	}
	if (!next(b, &ev, text, n) || !(root = build(b, &ev, text, n)))
		return NULL;
	for (int i = 0; i < 2; i++) {
		yaml_mark_t mark;

		if (!next(b, &ev, text, n))
			return NULL;
		mark = ev.start_mark;
		more = ev.type == YAML_DOCUMENT_START_EVENT;
		yaml_event_delete(&ev);
		if (more)
			return refuse(b, mark, "a second document begins here; a scenario is one document");
	}
	return root;
}

struct node *node_parse(const char *text, size_t n, struct arena *a, struct report *r)
{
	struct builder b = { .arena = a, .report = r };
	struct node *root = NULL;
	size_t good;

	if (n > NODE_BYTES) {
		report_add_at(r, 1, 1, "the file is larger than 16 MiB");
		return NULL;
	}
	good = utf8_check(text, n);
	if (good < n) {
		unsigned line = 1, column = 1;

		for (size_t i = 0; i < good; i++) {
			column = text[i] == '\n' ? 1 : column + 1;
			line += text[i] == '\n';
		}
		report_add_at(r, line, column, "invalid UTF-8");
		return NULL;
	}
	if (!yaml_parser_initialize(&b.parser)) {
		report_add_at(r, 1, 1, "out of memory");
		return NULL;
	}
	map_init(&b.anchors);
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, n);
	root = build_document(&b, text, n);
	map_free(&b.anchors);
	yaml_parser_delete(&b.parser);
	return root;
}
