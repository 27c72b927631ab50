/* Comma lists, as in `outputs: [a, b]`, which arrive as "a,b". */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Copies the next word at *at into `to` (cut to the room) and moves on; false at the end. Blanks and empty words are passed over. */
bool words_next(const char **at, char *to, size_t room);

#endif
