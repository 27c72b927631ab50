/* Nodes and reports. */
#include "base/node.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void report_init(struct report *r, const char *file)
{
	*r = (struct report){ .file = file };
	arena_init(&r->arena);
}

void report_free(struct report *r)
{
	arena_free(&r->arena);
}

void report_add_at(struct report *r, unsigned line, unsigned column, const char *text)
{
	struct complaint *c = r->n < REPORT_MOST ? arena_take(&r->arena, sizeof *c) : NULL;

	r->n++;
	if (!c)
		return;
	*c = (struct complaint){ .line = line, .column = column, .text = arena_text(&r->arena, text) };
	if (c->text)
		err_clean((char *)(uintptr_t)c->text);
	if (r->last)
		r->last->next = c;
	else
		r->first = c;
	r->last = c;
}

void report_add(struct report *r, const struct node *at, const char *format, ...)
{
	char text[600];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	report_add_at(r, at ? at->line : 1, at ? at->column : 1, text);
}

int report_err(const struct report *r, struct err *e)
{
	const struct complaint *first = r->first;
	char more[40] = "", place[40] = "";

	for (const struct complaint *c = r->first; c; c = c->next)
		if (c->line < first->line || (c->line == first->line && c->column < first->column))
			first = c;
	if (!first)
		return err_memory(e);
	if (r->n > 1)
		snprintf(more, sizeof more, "; and %u more", r->n - 1);
	if (first->line)
		snprintf(place, sizeof place, ":%u:%u: ", first->line, first->column);
	return err_set(e, ERR_INPUT, "%.150s%s%.260s%s", first->line ? r->file : "", place, first->text, more);
}

void node_append(struct node *parent, struct node *n)
{
	if (parent->last)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
	parent->n++;
}

const struct node *node_get(const struct node *map, const char *key)
{
	if (map && map->kind == NODE_MAP)
		node_each(n, map)
			if (strcmp(n->key->text, key) == 0)
				return n;
	return NULL;
}
