/* Comma lists. */
#include "base/words.h"

#include <string.h>

bool words_next(const char **at, char *to, size_t room)
{
	size_t n;

	*at += strspn(*at, ", ");
	n = strcspn(*at, ", ");
	if (!n)
		return false;
	memcpy(to, *at, n < room ? n : room - 1);
	to[n < room ? n : room - 1] = '\0';
	*at += n;
	return true;
}
