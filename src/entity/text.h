/*
 * Texts that come and go for days: blocks by length, from pages, with a list of free ones for each length. Nothing is given back
 * before the end, and what was freed is used again, so the memory stays flat.
 */
#ifndef ENTITY_TEXT_H
#define ENTITY_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "core/schema.h"

enum { TEXT_STEP = 8, TEXT_KEPT = 4096 };       /* granularity; longest text of a state: longer ones are cut between characters */

struct lasting {
	uint16_t n;
	char bytes[];
};

struct texts {
	struct text_page *pages;
	size_t used;                    /* of the newest page */
	void *free[TEXT_KEPT / TEXT_STEP + 2];
	size_t bytes;                   /* of all pages */
};

void texts_free(struct texts *t);
/* As much of it as is kept: whole characters. */
struct text texts_cut(struct text t);
/* NULL: no memory, or an empty text. */
struct lasting *texts_keep(struct texts *t, const char *at, size_t n);
void texts_drop(struct texts *t, struct lasting *k);       /* NULL is fine */

static inline struct text lasting_text(const struct lasting *k)
{
	return k ? (struct text){ k->bytes, k->n } : (struct text){ "", 0 };
}

#endif
