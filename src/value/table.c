/* Tables of data, and choices by weight. */
#include "value/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

const struct table *table_find(const char *locale, const char *name)
{
	const char *const order[] = { locale, "en_US", "any" };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		for (const struct table *const *t = value_tables; *t; t++)
			if (strcmp((*t)->name, name) == 0 && strcmp((*t)->locale, order[i]) == 0)
				return *t;
	return NULL;
}

int64_t cell_int(struct cell c)
{
	bool minus = c.n && *c.at == '-';
	int64_t v = 0;

	for (uint32_t i = minus; i < c.n; i++)
		v = v * 10 + (c.at[i] - '0');
	return minus ? -v : v;
}

uint32_t table_row(const struct table *t, unsigned column, const char *text)
{
	for (uint32_t i = 0; i < t->rows; i++)
		if (cell_is(table_cell(t, i, column), text))
			return i;
	return UINT32_MAX;
}

uint32_t table_named(const struct table *t, unsigned column, const char *name, const char *what, const char *text, struct err *e)
{
	uint32_t row = table_row(t, column, text);
	char candidate[80], hint[120];
	struct suggest s;

	if (row != UINT32_MAX)
		return row;
	suggest_init(&s, text);
	for (uint32_t i = 0; i < t->rows; i++) {
		struct cell c = table_cell(t, i, column);

		snprintf(candidate, sizeof candidate, "%.*s", (int)c.n, c.at);
		suggest_try(&s, candidate);
	}
	err_set(e, ERR_INPUT, "%s: there is no %s '%.40s'%s", name, what, text, suggest_text(&s, hint, sizeof hint));
	return UINT32_MAX;
}

uint32_t table_range(const struct table *t, unsigned column, const char *text, uint32_t *first)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->rows; i++) {
		if (!cell_is(table_cell(t, i, column), text))
			continue;
		if (n++ == 0)
			*first = i;
	}
	return n;
}

int alias_init(struct alias *a, const double *weights, uint32_t n)
{
	double sum = 0, *share = malloc((n ? n : 1) * sizeof *share);
	uint32_t *small = malloc((n ? n : 1) * sizeof *small), *large = malloc((n ? n : 1) * sizeof *large), smalls = 0, larges = 0;

	*a = (struct alias){ .n = n, .at = malloc((n ? n : 1) * sizeof *a->at) };
	for (uint32_t i = 0; i < n; i++)
		sum += weights[i];
	if (!share || !small || !large || !a->at || !(sum > 0)) {
		alias_free(a);
		free(share);
		free(small);
		free(large);
		return -1;
	}
	for (uint32_t i = 0; i < n; i++) {
		share[i] = weights[i] / sum * n;
		*(share[i] < 1 ? &small[smalls++] : &large[larges++]) = i;
	}
	while (smalls && larges) {
		uint32_t s = small[--smalls], l = large[larges - 1];

		a->at[s].threshold = (uint32_t)(share[s] * 4294967295.0);
		a->at[s].other = l;
		share[l] -= 1 - share[s];
		if (share[l] < 1) {
			larges--;
			small[smalls++] = l;
		}
	}
	/* What is left is full, but for rounding. */
	for (; larges; larges--) {
		a->at[large[larges - 1]].threshold = UINT32_MAX;
		a->at[large[larges - 1]].other = large[larges - 1];
	}
	for (; smalls; smalls--) {
		a->at[small[smalls - 1]].threshold = UINT32_MAX;
		a->at[small[smalls - 1]].other = small[smalls - 1];
	}
	free(share);
	free(small);
	free(large);
	return 0;
}

void alias_free(struct alias *a)
{
	free(a->at);
	*a = (struct alias){ 0 };
}

const struct alias *table_alias(const struct table *t)
{
	static struct weighed {
		const struct table *of;
		struct alias alias;
		struct weighed *next;
	} *all;
	struct weighed *k;
	double *weights;

	for (k = all; k; k = k->next)
		if (k->of == t)
			return &k->alias;
	k = calloc(1, sizeof *k);
	weights = malloc((t->rows ? t->rows : 1) * sizeof *weights);
	for (uint32_t i = 0; weights && i < t->rows; i++)
		weights[i] = t->weights ? t->weights[i] : 1;
	if (!k || !weights || alias_init(&k->alias, weights, t->rows) < 0) {
		free(k);
		free(weights);
		return NULL;
	}
	free(weights);
	k->of = t;
	k->next = all;
	all = k;
	return &k->alias;
}

int odds_init(struct odds *c, const struct alias *weights)
{
	*c = (struct odds){ .n = weights->n };
	if (weights->n > UINT16_MAX + 1)
		return -1;
	c->of = malloc((weights->n + 1) * sizeof *c->of);
	for (uint32_t i = 0; c->of && i < c->n; i++) {
		uint32_t share = weights->at[i].threshold >> 16;

		/* What is rare is not left out. */
		c->of[i].share = (uint16_t)(share || !weights->at[i].threshold ? share : 1);
		c->of[i].other = (uint16_t)weights->at[i].other;
	}
	return c->of ? 0 : -1;
}

void odds_free(struct odds *c)
{
	free(c->of);
	*c = (struct odds){ 0 };
}

struct snippet *snippets_new(size_t count)
{
	struct snippet *new = aligned_alloc(64, (count + 1) / 2 * 2 * sizeof *new);

	if (new)
		memset(new, 0, count * sizeof *new);
	return new;
}

bool snippet_set(struct snippet *p, const char *before, struct cell text, const char *behind)
{
	size_t first = strlen(before), last = strlen(behind), n = first + text.n + last;

	if (n > sizeof p->text)
		return false;
	*p = (struct snippet){ .n = (uint8_t)n };
	memcpy(p->text, before, first);
	memcpy(p->text + first, text.at, text.n);
	memcpy(p->text + first + text.n, behind, last);
	return true;
}

const void *table_kept(struct kept **all, const char *locale, size_t size, int (*bind)(void *made, const char *locale), struct err *e)
{
	struct kept *k;
	size_t n = strlen(locale) + 1;

	for (k = *all; k; k = k->next)
		if (strcmp(k->locale, locale) == 0)
			return k;
	k = calloc(1, size + n);        /* the name behind it */
	if (!k || bind(k, locale) < 0) {
		free(k);
		err_memory(e);
		return NULL;
	}
	k->locale = memcpy((char *)k + size, locale, n);
	k->next = *all;
	*all = k;
	return k;
}
