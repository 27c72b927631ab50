/* Texts of state, from pages and lists of free blocks. */
#include "entity/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/big.h"

enum {
	SMALL = 256 * 1024,             /* a page, as long as there are few */
	FEW = 4 << 20,
	LARGE = 2 * BIG_PAGE,
};

struct text_page {
	struct text_page *next;
	size_t size;                    /* with this head */
	_Alignas(16) char bytes[];
};

void texts_free(struct texts *t)
{
	for (struct text_page *p = t->pages, *next; p; p = next) {
		next = p->next;
		if (p->size == SMALL)
			free(p);
		else
			big_drop(p, p->size);
	}
	*t = (struct texts){ 0 };
}

static size_t class_of(size_t n)
{
	return (sizeof(struct lasting) + n + TEXT_STEP - 1) / TEXT_STEP;
}

static bool add_page(struct texts *t)
{
	size_t size = t->bytes < FEW ? SMALL : LARGE;
	struct text_page *p = size == SMALL ? malloc(size) : big_take(size);

	if (!p)
		return false;
	p->next = t->pages;
	p->size = size;
	t->pages = p;
	t->used = 0;
	t->bytes += size;
	return true;
}

static void *from_page(struct texts *t, size_t size)
{
	if ((!t->pages || t->pages->size - sizeof *t->pages - t->used < size) && !add_page(t))
		return NULL;
	t->used += size;
	return t->pages->bytes + t->used - size;
}

struct text texts_cut(struct text t)
{
	if (t.n <= TEXT_KEPT)
		return t;
	for (t.n = TEXT_KEPT; t.n && ((unsigned char)t.at[t.n] & 0xc0) == 0x80;)
		t.n--;
	return t;
}

struct lasting *texts_keep(struct texts *t, const char *at, size_t n)
{
	struct lasting *k;
	size_t class;

	n = texts_cut((struct text){ at, (uint32_t)n }).n;
	if (!n)
		return NULL;
	class = class_of(n);
	k = t->free[class];
	if (k)
		memcpy(&t->free[class], (char *)k, sizeof t->free[class]);
	else if (!(k = from_page(t, class * TEXT_STEP)))
		return NULL;
	k->n = (uint16_t)n;
	memcpy(k->bytes, at, n);
	return k;
}

void texts_drop(struct texts *t, struct lasting *k)
{
	size_t class;

	if (!k)
		return;
	class = class_of(k->n);
	memcpy((char *)k, &t->free[class], sizeof t->free[class]);
	t->free[class] = k;
}
