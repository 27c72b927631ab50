/* Words: comma lists, as in `outputs: [a, b]`, which arrive as "a,b", and names within texts. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Copies the next word at *at into `to` (cut to the room) and moves on; false at the end. Blanks and empty words are passed over. */
bool words_next(const char **at, char *to, size_t room);

/* Does the word stand in the text, with no letter, digit or _ on either side? */
bool words_within(const char *text, const char *word);

#endif
