/* Comma lists and lists of pairs. */
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

bool words_next_pair(const char **at, struct word_pair *to)
{
	size_t n = strcspn(*at, "\n"), key = strcspn(*at, "=\n");

	if (!n)
		return false;
	*to = (struct word_pair){ .key = *at, .key_n = key, .value = *at + key + (key < n), .value_n = n - key - (key < n) };
	*at += n + ((*at)[n] == '\n');
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
