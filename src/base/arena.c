/* Memory that goes back all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024 };     /* bytes; a view or a scenario takes a handful of them */

struct arena_block {
	struct arena_block *next;
	size_t room;
	alignas(max_align_t) char data[];
};

void arena_init(struct arena *a)
{
	*a = (struct arena){ 0 };
}

void arena_free(struct arena *a)
{
	struct arena_block *b = a->first, *next;

	for (; b; b = next) {
		next = b->next;
		free(b);
	}
	arena_init(a);
}

void arena_reset(struct arena *a)
{
	a->at = a->first;
	a->used = 0;
}

/* Steps to the next kept block that is large enough, or puts a new one behind the current. */
static struct arena_block *next_block(struct arena *a, size_t n)
{
	struct arena_block *b = a->at ? a->at->next : a->first;

	if (!b || b->room < n) {
		size_t room = n > BLOCK ? n : BLOCK;
		struct arena_block *made = malloc(sizeof *made + room);

		if (!made)
			return NULL;
		made->room = room;
		made->next = b;
		if (a->at)
			a->at->next = made;
		else
			a->first = made;
		b = made;
	}
	a->at = b;
	a->used = 0;
	return b;
}

static size_t in_units(size_t n)
{
	const size_t unit = alignof(max_align_t);

	return (n + unit - 1) / unit * unit;
}

void *arena_room(struct arena *a, size_t n)
{
	if (n > (size_t)-1 - alignof(max_align_t))
		return NULL;
	n = in_units(n);
	if (!a->at || a->at->room - a->used < n)
		if (!next_block(a, n))
			return NULL;
	return a->at->data + a->used;
}

void arena_keep(struct arena *a, size_t n)
{
	a->used += in_units(n);
}

void *arena_take(struct arena *a, size_t n)
{
	void *p = arena_room(a, n);

	if (!p)
		return NULL;
	arena_keep(a, n);
	return memset(p, 0, in_units(n));
}

char *arena_copy(struct arena *a, const char *bytes, size_t n)
{
	char *p = arena_take(a, n + 1);

	if (p && n)
		memcpy(p, bytes, n);
	return p;
}

char *arena_text(struct arena *a, const char *text)
{
	return text ? arena_copy(a, text, strlen(text)) : NULL;
}
