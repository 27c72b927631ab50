/*
 * Memory that goes back all at once. Takes are zeroed and aligned for any type. arena_reset() keeps the blocks for the
 * next use; arena_free() gives everything back. Takes return NULL when there is no memory.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *first, *at;
	size_t used;            /* of `at` */
};

void arena_init(struct arena *a);
void arena_free(struct arena *a);
void arena_reset(struct arena *a);
void *arena_take(struct arena *a, size_t n);
/* At least n bytes, not zeroed, for something whose length is not known yet; arena_keep() takes the first n of them. Nothing else may
 * be taken in between. */
void *arena_room(struct arena *a, size_t n);
void arena_keep(struct arena *a, size_t n);
/* A NUL-terminated copy; it may be read in pieces of 16 bytes, what is behind it is zeroes. */
char *arena_copy(struct arena *a, const char *bytes, size_t n);
char *arena_text(struct arena *a, const char *text);                    /* NULL stays NULL */

#endif
