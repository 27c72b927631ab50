/* Nearest names. */
#include "base/suggest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 40 };          /* longer names are not compared: nobody mistypes them */

static char plain(char c)
{
	return c == '-' || c == '.' ? '_' : (char)tolower((unsigned char)c);
}

/* Optimal string alignment: insert, delete, replace, swap of neighbours. */
static size_t distance(const char *a, const char *b)
{
	size_t an = strlen(a), bn = strlen(b), d[LONGEST + 1][LONGEST + 1];

	if (an > LONGEST || bn > LONGEST)
		return LONGEST;
	for (size_t i = 0; i <= an; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= bn; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= an; i++)
		for (size_t j = 1; j <= bn; j++) {
			size_t cost = plain(a[i - 1]) != plain(b[j - 1]), best = d[i - 1][j - 1] + cost;

			if (d[i - 1][j] + 1 < best)
				best = d[i - 1][j] + 1;
			if (d[i][j - 1] + 1 < best)
				best = d[i][j - 1] + 1;
			if (i > 1 && j > 1 && plain(a[i - 1]) == plain(b[j - 2]) && plain(a[i - 2]) == plain(b[j - 1]) &&
			    d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	return d[an][bn];
}

void suggest_init(struct suggest *s, const char *wrong)
{
	/* One slip for short names, two or three for long ones; anything farther is another word. */
	size_t n = strlen(wrong), most = n < 3 ? 1 : n < 8 ? 2 : 3;

	*s = (struct suggest){ .wrong = wrong, .distance = most + 1 };
}

void suggest_try(struct suggest *s, const char *candidate)
{
	size_t d = distance(s->wrong, candidate), n = strlen(s->wrong);

	/* The beginning of a longer name is meant, too: `instr` for `instruments`. */
	if (n >= 3 && strncmp(s->wrong, candidate, n) == 0)
		d = 1;
	if (d < s->distance && d < strlen(candidate)) {
		s->distance = d;
		s->best = candidate;
	}
}

const char *suggest_text(const struct suggest *s, char *to, size_t room)
{
	if (s->best)
		snprintf(to, room, "; did you mean '%s'?", s->best);
	else
		to[0] = '\0';
	return to;
}

bool suggest_same(const char *a, const char *b)
{
	for (; *a && (*a == *b || (plain(*a) == '_' && plain(*b) == '_')); a++, b++)
		;
	return *a == *b;
}
