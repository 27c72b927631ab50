/* Counting the different values of texts that are made place by place. */
#include "value/packs/distinct.h"

uint64_t distinct_pool(const char *alphabet, uint32_t size, int64_t n)
{
	struct distinct d = distinct_of(0);

	for (uint32_t i = 1; i < size; i++)
		if (memchr(alphabet, alphabet[i], i))
			return 0;
	while (n-- > 0)
		distinct_take(&d, size);
	return d.pool;
}

char *distinct_put(uint64_t i, const char *alphabet, uint32_t size, int64_t n, char *to)
{
	struct distinct d = distinct_of(i);

	while (n-- > 0)
		*to++ = alphabet[distinct_take(&d, size)];
	return to;
}

uint64_t distinct_pattern_pool(const char *pattern)
{
	struct distinct d = distinct_of(0);

	for (const char *s = pattern; *s; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s == '#' || *s == '?')
			distinct_take(&d, *s == '#' ? 10 : 26);
	}
	return d.pool;
}

static uint64_t taken(void *from, uint64_t n)
{
	return distinct_take(from, (uint32_t)n);
}

char *distinct_pattern_put(uint64_t i, const char *pattern, char *to)
{
	struct distinct d = distinct_of(i);

	return put_pattern_by(to, pattern, taken, &d);
}
