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
	char candidate[80], best[80], hint[120];
	struct suggest s;

	if (row != UINT32_MAX)
		return row;
	suggest_init(&s, text);
	for (uint32_t i = 0; i < t->rows; i++) {
		struct cell c = table_cell(t, i, column);

		snprintf(candidate, sizeof candidate, "%.*s", (int)c.n, c.at);
		suggest_try(&s, candidate);
		/* Candidates are borrowed: the best one moves to where it stays. */
		if (s.best == candidate)
			s.best = memcpy(best, candidate, sizeof best);
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

int text_choice_init(struct text_choice *c, const struct alias *weights, const char *texts, const struct cell *cells)
{
	*c = (struct text_choice){ .n = weights->n, .of = malloc((weights->n + 1) * sizeof *c->of), .texts = texts };
	if (!c->of)
		return -1;
	for (uint32_t i = 0; i < c->n; i++) {
		const struct cell pair[] = { cells[i], cells[weights->at[i].other] };

		c->of[i].share = weights->at[i].threshold >> 8;
		for (int k = 0; k < 2; k++) {
			size_t start = (size_t)(pair[k].at - texts);

			if (start >> 24 || pair[k].n > 255) {
				text_choice_free(c);
				return -1;
			}
			c->of[i].at[k] = (uint32_t)start << 8 | pair[k].n;
		}
	}
	return 0;
}

void text_choice_free(struct text_choice *c)
{
	free(c->of);
	*c = (struct text_choice){ 0 };
}

const struct text_choice *table_choice(const struct table *t, unsigned column)
{
	static struct chosen {
		const struct table *of;
		unsigned column;
		struct text_choice choice;
		struct chosen *next;
	} *all;
	const struct alias *weights = table_alias(t);
	struct cell *cells;
	struct chosen *k;

	for (k = all; k; k = k->next)
		if (k->of == t && k->column == column)
			return &k->choice;
	k = calloc(1, sizeof *k);
	cells = malloc((t->rows + 1) * sizeof *cells);
	for (uint32_t i = 0; cells && i < t->rows; i++)
		cells[i] = table_cell(t, i, column);
	if (!k || !weights || !cells || text_choice_init(&k->choice, weights, t->blob, cells) < 0) {
		free(k);
		free(cells);
		return NULL;
	}
	free(cells);
	k->of = t;
	k->column = column;
	k->next = all;
	all = k;
	return &k->choice;
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
