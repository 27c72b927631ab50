/*
 * Sentences and titles from the words of a locale. The words are bound once, each with what stands around it: "the river ",
 * "an old ", so that a sentence is one pick after the other in the order of its form, and a copy for each.
 */
#ifndef VALUE_PACKS_SPEECH_H
#define VALUE_PACKS_SPEECH_H

#include "base/buf.h"
#include "value/provider.h"

struct word_kind {
	uint32_t *at, n;                /* where each text begins in `texts`, times 256, and its bytes */
};

/* Forms of sentences of so many words: as many of each, so that one pick gives words and form. */
enum { FORM_MOST = 12, FORM_EACH = 7, FORM_ROOM = 10 };

struct speech {
	char forms[(FORM_MOST + 1) * FORM_EACH][FORM_ROOM];
	struct word_kind kinds[32];          /* of the letters of forms, by their low five bits */
	struct buf texts;
	uint32_t longest;               /* bytes of the longest text */
};

/* -1: no memory, or the words are not part of this build. What was begun is freed by speech_free(), also then. */
int speech_init(struct speech *s, const char *locale, bool hipster, struct err *e);
void speech_free(struct speech *s);
/* Bytes at most of a sentence or title of so many words. */
size_t speech_room(const struct speech *s, int64_t words);
/* `low` to `high` words, 1 to 200, with a capital and a full stop. */
char *put_sentence(const struct speech *s, int64_t low, int64_t high, struct draws *d, char *to);
/* `words` words without a full stop, and all but "of the" with capitals. */
char *put_title(const struct speech *s, int64_t words, struct draws *d, char *to);

#endif
