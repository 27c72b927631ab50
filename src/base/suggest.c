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
	if (d >= strlen(candidate) || d > s->distance || (d == s->distance && !s->best))
		return;
	if (d < s->distance) {
		s->distance = d;
		s->best = candidate;
		s->n = 0;
	}
	for (unsigned i = 0; i < s->n; i++)
		if (strcmp(s->equals[i], candidate) == 0)
			return;
	if (s->n < SUGGEST_EQUALS)
		snprintf(s->equals[s->n++], sizeof *s->equals, "%s", candidate);
}

const char *suggest_text(const struct suggest *s, char *to, size_t room)
{
	static const char begin[] = "; did you mean ", end[] = "?";
	size_t n = s->n ? (size_t)snprintf(to, room, "%s'%s'", begin, s->equals[0]) : 0;
	unsigned fit = 1;

	to[0] = n && n + sizeof end <= room ? to[0] : '\0';
	if (!to[0])
		return to;
	for (size_t need = n; fit < s->n && (need += strlen(s->equals[fit]) + sizeof " or ''") + sizeof end <= room; fit++)
		;
	for (unsigned i = 1; i < fit; i++)
		n += (size_t)snprintf(to + n, room - n, "%s'%s'", i + 1 == fit ? " or " : ", ", s->equals[i]);
	snprintf(to + n, room - n, "%s", end);
	return to;
}

bool suggest_same(const char *a, const char *b)
{
	for (; *a && (*a == *b || (plain(*a) == '_' && plain(*b) == '_')); a++, b++)
		;
	return *a == *b;
}
