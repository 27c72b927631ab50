/* JSON into a buffer. Documents are read by base/json_read; event bytes are written by core/encode. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

/* "text" with quotes and escapes; bytes that are not valid UTF-8 become U+FFFD, so that what leaves is always JSON. */
void json_text(struct buf *b, const char *text, size_t n);
/* How many bytes from the start stand for themselves between the quotes. */
size_t json_plain(const char *text, size_t n);
/* JSON without blanks, indented by two blanks a level; its first line is at no level's beginning, the others at `depth` or deeper. */
void json_indented(struct buf *b, const char *text, size_t n, unsigned depth);
void json_cstr(struct buf *b, const char *text);                /* NULL gives null */
void json_real(struct buf *b, double v);                        /* null when not finite */

#endif
