/* Nearest names, for "did you mean". */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

/* Feed candidates one by one; best is NULL while none is near enough to be meant. Candidates are borrowed. */
struct suggest {
	const char *wrong, *best;
	size_t distance;
};

void suggest_init(struct suggest *s, const char *wrong);
void suggest_try(struct suggest *s, const char *candidate);
/* "; did you mean 'x'?" or "", ready to be appended to a message. The text lives in the caller's buffer. */
const char *suggest_text(const struct suggest *s, char *to, size_t room);

/* Equal names, where '-', '_' and '.' are the same character. */
bool suggest_same(const char *a, const char *b);

#endif
