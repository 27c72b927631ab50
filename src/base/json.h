/* JSON into a buffer, and documents that people write as nodes. Event bytes are written by core/encode. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"
#include "base/node.h"

/* "text" with quotes and escapes; bytes that are not valid UTF-8 become U+FFFD, so that what leaves is always JSON. */
void json_text(struct buf *b, const char *text, size_t n);
/* How many bytes from the start stand for themselves between the quotes. */
size_t json_plain(const char *text, size_t n);
void json_cstr(struct buf *b, const char *text);                /* NULL gives null */
void json_real(struct buf *b, double v);                        /* null when not finite */

enum { JSON_BYTES = 1 << 20, JSON_NODES = 50000 };              /* most of a document */

/* Reads a document through cJSON, with what that lacks: places, limits, and refusals of keys that are there twice, of control
 * characters, and of numbers that JSON has not. Nodes and a copy of the text live in the arena. NULL: refused, as the report says. */
struct node *json_nodes(const char *text, size_t n, struct arena *a, struct report *r);
/* Where the byte `at` of a scalar's text stands in its `raw`, in characters. */
unsigned json_raw_column(const char *raw, size_t at);

#endif
