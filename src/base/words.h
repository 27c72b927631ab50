/* Words: comma lists, as in `outputs: [a, b]`, which arrive as "a,b", and names within texts. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Copies the next word at *at into `to` (cut to the room) and moves on; false at the end. Blanks and empty words are passed over. */
bool words_next(const char **at, char *to, size_t room);

/* Lines of key=value, as pairs are kept: a key has no '=', a value no line end. Neither is terminated. */
struct word_pair {
	const char *key, *value;
	size_t key_n, value_n;
};

/* The next pair at *at; moves on, false at the end. */
bool words_next_pair(const char **at, struct word_pair *to);

/* Does the word stand in the text, with no letter, digit or _ on either side? */
bool words_within(const char *text, const char *word);

#endif
