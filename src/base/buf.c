/* Growing bytes with a ceiling. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static char nothing[1];         /* what data points at before the first add; never written */

void buf_init(struct buf *b, size_t ceiling)
{
	*b = (struct buf){ .data = nothing, .ceiling = ceiling };
}

void buf_free(struct buf *b)
{
	if (b->data != nothing)
		free(b->data);
	buf_init(b, b->ceiling);
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->spoilt = false;
	if (b->data != nothing)
		b->data[0] = '\0';
}

bool buf_ok(const struct buf *b)
{
	return !b->spoilt;
}

char *buf_grow(struct buf *b, size_t more)
{
	size_t want = b->n + more + 1, room = b->room ? b->room : 256;
	char *data;

	if (b->spoilt)
		return NULL;
	if (more > b->ceiling || b->n + more > b->ceiling) {
		b->spoilt = true;
		return NULL;
	}
	if (want <= b->room)
		return b->data + b->n;
	while (room < want)
		room *= 2;
	/* Never beyond the ceiling: buf_reserve() looks only at what there is. */
	if (room > b->ceiling + 1)
		room = b->ceiling + 1;
	data = realloc(b->data == nothing ? NULL : b->data, room);
	if (!data) {
		b->spoilt = true;
		return NULL;
	}
	b->data = data;
	b->room = room;
	b->data[b->n] = '\0';
	return b->data + b->n;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
	char *to = buf_reserve(b, n);

	if (!to)
		return;
	if (n)
		memcpy(to, bytes, n);
	to[n] = '\0';
	b->n += n;
}

void buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list ap, again;
	char *to;
	int n;

	va_start(ap, format);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	to = n < 0 ? NULL : buf_reserve(b, (size_t)n);
	if (to) {
		vsnprintf(to, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	} else {
		b->spoilt = true;
	}
	va_end(again);
}
