/*
 * Sentences and titles from the words of a locale. The words are bound once, each with what stands around it: "the river ",
 * "an old ", so that a sentence is one pick after the other in the order of its form, and a copy for each.
 */
#ifndef VALUE_PACKS_SPEECH_H
#define VALUE_PACKS_SPEECH_H

#include "base/buf.h"
#include "value/provider.h"

struct speech {
	struct { uint32_t first, n; } kinds[32];        /* of the letters of forms, by their low five bits: a range of `at` */
	uint32_t *at;                                   /* where a text begins in `texts`, times 256, and its bytes */
	uint32_t n, longest;                            /* bytes of the longest text */
	struct buf texts;
};

/* -1: no memory, or the words are not part of this build. What was begun is freed by speech_free(), also then. */
int speech_init(struct speech *s, const char *locale, bool hipster, struct err *e);
void speech_free(struct speech *s);
/* Bytes at most of a sentence or title of so many words. */
size_t speech_room(const struct speech *s, int64_t words);
/* `words` words, from 1, with a capital and a full stop. */
char *put_sentence(const struct speech *s, int64_t words, struct draws *d, char *to);
/* The same without a full stop, and all words but "of the" with capitals. */
char *put_title(const struct speech *s, int64_t words, struct draws *d, char *to);

#endif
