/* Comma lists. */
#include "base/words.h"

#include <ctype.h>
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

bool words_within(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at++)
		if ((at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '_')) && !(isalnum((unsigned char)at[n]) || at[n] == '_'))
			return true;
	return false;
}
