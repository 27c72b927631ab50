/*
 * Growing bytes with a ceiling.
 *
 * data is never NULL and ends in a NUL that does not count. A failed add (no memory, over the ceiling) spoils the buffer:
 * later adds do nothing and buf_ok() says false, so that a run of adds needs one check at its end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"

struct buf {
	char *data;
	size_t n, room, ceiling;
	bool spoilt;
};

void buf_init(struct buf *b, size_t ceiling);
void buf_free(struct buf *b);
void buf_clear(struct buf *b);                  /* empty and unspoilt; keeps its memory */
bool buf_ok(const struct buf *b);

/* Makes room for `more` bytes at data + n and returns their start, or NULL (spoilt). The writer then adds to n. */
char *buf_grow(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_text(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) ATTR_PRINTF(2, 3);

static inline char *buf_reserve(struct buf *b, size_t more)
{
	if (LIKELY(b->room - b->n > more && !b->spoilt))
		return b->data + b->n;
	return buf_grow(b, more);
}

#endif
