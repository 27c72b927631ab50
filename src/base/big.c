/* Memory in huge pages. */
#include "base/big.h"

#include <stdint.h>
#include <sys/mman.h>

static size_t whole(size_t n)
{
	return (n + BIG_PAGE - 1) & ~(size_t)(BIG_PAGE - 1);
}

void *big_take(size_t n)
{
	size_t size = whole(n), before;
	char *at = mmap(NULL, size + BIG_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		return NULL;
	/* What lies before the first and behind the last huge page goes back. */
	before = whole((uintptr_t)at) - (uintptr_t)at;
	if (before)
		munmap(at, before);
	if (BIG_PAGE - before)
		munmap(at + before + size, BIG_PAGE - before);
	big_advise(at + before, size);
	return at + before;
}

void big_drop(void *at, size_t n)
{
	if (at)
		munmap(at, whole(n));
}

void big_advise(void *at, size_t n)
{
#ifdef MADV_HUGEPAGE
	uintptr_t from = whole((uintptr_t)at), to = ((uintptr_t)at + n) & ~(uintptr_t)(BIG_PAGE - 1);

	/* Without huge pages it is as it was. */
	if (at && from < to)
		(void)madvise((char *)at + (from - (uintptr_t)at), to - from, MADV_HUGEPAGE);
#else
	(void)at;
	(void)n;
#endif
}
