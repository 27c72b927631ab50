/* Nearest names, for "did you mean". */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { SUGGEST_EQUALS = 3 };

/* Feed candidates one by one; best is NULL while none is near enough to be meant. The candidate that is best is borrowed; for the text it
 * is copied. */
struct suggest {
	const char *wrong, *best;
	char equals[SUGGEST_EQUALS][80];        /* the first that are as near, best among them */
	unsigned n;
	size_t distance;
};

void suggest_init(struct suggest *s, const char *wrong);
void suggest_try(struct suggest *s, const char *candidate);
/* "; did you mean 'x', 'y' or 'z'?", as many as the buffer holds, or "", ready to be appended to a message. The text lives in the caller's buffer. */
const char *suggest_text(const struct suggest *s, char *to, size_t room);

/* Equal names, where '-', '_' and '.' are the same character. */
bool suggest_same(const char *a, const char *b);

#endif
