/*
 * Tables of data: what data/<locale>/<name>.tsv became when it was compiled in. A row has one or more cells of UTF-8 text and a
 * weight. Picks by weight take one draw and constant time (Walker's alias method, Vose 1991).
 */
#ifndef VALUE_TABLE_H
#define VALUE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/err.h"
#include "value/draws.h"

struct table {
	const char *locale, *name;      /* "en_US" or "any"; file name without .tsv */
	const char *blob;               /* all cells one after the other, without separators */
	const uint32_t *offsets;        /* rows * columns + 1 of them */
	const uint32_t *weights;        /* per row, or NULL: all equal */
	uint32_t rows;
	uint16_t columns, longest;      /* longest: bytes of the longest first cell */
};

struct cell {
	const char *at;
	uint32_t n;
};

extern const struct table *const value_tables[];        /* NULL-terminated; made by data/mktab.awk */

/* A table of a locale, or of what stands in for it: en_US, then "any". NULL when there is none. */
const struct table *table_find(const char *locale, const char *name);

static inline struct cell table_cell(const struct table *t, uint32_t row, unsigned column)
{
	const uint32_t *o = &t->offsets[row * t->columns + column];

	return (struct cell){ t->blob + o[0], o[1] - o[0] };
}

static inline bool cell_same(struct cell a, struct cell b)
{
	return a.n == b.n && memcmp(a.at, b.at, a.n) == 0;
}
static inline bool cell_is(struct cell c, const char *text)
{
	return cell_same(c, (struct cell){ text, (uint32_t)strlen(text) });
}
/* The whole number of a cell of our own data, "-12"; 0 of an empty one. Other characters are not looked for. */
int64_t cell_int(struct cell c);

/* The row whose cell equals the text; UINT32_MAX when there is none. Looks at every row: for set-up, not for the hot path. */
uint32_t table_row(const struct table *t, unsigned column, const char *text);
/* The same, and where there is none a refusal with the nearest: "currency: there is no currency 'EURO'; did you mean 'EUR'?" of the
 * parameter `name` and `what` the rows are. */
uint32_t table_named(const struct table *t, unsigned column, const char *name, const char *what, const char *text, struct err *e);
/* The range of rows whose cell equals the text, in a table that is sorted by that column. */
uint32_t table_range(const struct table *t, unsigned column, const char *text, uint32_t *first);

/* A choice by weight, made once. */
struct alias {
	uint32_t n;
	struct { uint32_t threshold, other; } *at;      /* malloc'ed by alias_init(), freed by alias_free() */
};

int alias_init(struct alias *a, const double *weights, uint32_t n);     /* -1: no memory, or weights that are all zero */
void alias_free(struct alias *a);

static inline uint32_t alias_pick(const struct alias *a, uint64_t draw)
{
	uint32_t i = (uint32_t)((draw >> 32) * a->n >> 32), other = a->at[i].other;

	/* Without a branch: the other one when the low half is at or above the threshold. */
	return i ^ ((i ^ other) & -(uint32_t)((uint32_t)draw >= a->at[i].threshold));
}

/* A choice by weight of up to 65,536 rows, in four bytes a row, so that it stays near. The weights are kept to 2^-16 of the mean one. */
struct odds {
	uint32_t n;
	struct { uint16_t share, other; } *of;  /* malloc'ed by odds_init(), freed by odds_free() */
};

int odds_init(struct odds *c, const struct alias *weights);  /* -1: no memory, or too many */
void odds_free(struct odds *c);

/* From the high end of `bits`: 16 bits beside those of n; what is left goes on. */
static inline uint32_t odds_take(const struct odds *c, uint64_t *bits)
{
	unsigned __int128 m = (unsigned __int128)*bits * c->n;
	uint32_t i = (uint32_t)(m >> 64), other = c->of[i].other;
	uint64_t rest = (uint64_t)m;

	*bits = rest << 16;
	return (uint32_t)(rest >> 48) < c->of[i].share ? i : other;
}

/* A text of a size that is copied whole, so that neither its bytes nor their number have to be looked up elsewhere: nobody can foresee
 * them, and they must not need a branch. */
struct snippet {
	char text[31];
	uint8_t n;
};

/* `count` of them, so that each lies in one line of the cache; freed by free(). NULL: no memory. */
struct snippet *snippets_new(size_t count);
/* The text with `before` in front and `behind` at the end; false: it is too long. */
bool snippet_set(struct snippet *p, const char *before, struct cell text, const char *behind);

/* 32 bytes behind `to` may be spoilt. */
static inline char *snippet_put(const struct snippet *p, char *to)
{
	memcpy(to, p->text, 16);
	memcpy(to + 16, p->text + 16, sizeof *p - 16);
	return to + p->n;
}

/* The alias of a table, made at first use and kept until the program ends; NULL without memory. Loop thread, or before threads. */
const struct alias *table_alias(const struct table *t);

/* What is made of the tables of a locale at first use and kept until the program ends: `size` bytes that begin with a struct kept,
 * filled by bind(), which gives back what it took when it fails. NULL and an error without memory. Same thread as above. */
struct kept {
	const char *locale;
	struct kept *next;
};
const void *table_kept(struct kept **all, const char *locale, size_t size, int (*bind)(void *made, const char *locale), struct err *e);

static inline uint32_t table_pick(const struct table *t, const struct alias *weighted, struct draws *d)
{
	return weighted ? alias_pick(weighted, draws_next(d)) : (uint32_t)draws_below(d, t->rows);
}

#endif
