/* What many providers share: a row of a table, most often the one that has the provider's name; digits and letters by the dozen; amounts. */
#ifndef VALUE_PACKS_PICK_H
#define VALUE_PACKS_PICK_H

#include "value/packs/packs.h"

struct pick {
	const struct table *table;
	const struct alias *weights;    /* NULL: all equal */
};

struct pick_opts {
	bool weighted;
};

extern const struct param pick_params[];                /* weighted=true */

static inline char *pick_put(const struct pick *p, struct draws *d, unsigned column, char *to)
{
	return put_padded(to, table_cell(p->table, table_pick(p->table, p->weights, d), column));
}
int pick_bind(struct pick *p, const char *locale, const char *table, bool weighted, struct err *e);
/* prepare, max_len and text of providers whose `made` is a struct pick and whose options are none or a struct pick_opts. */
int pick_prepare(struct call *c, struct err *e);
size_t pick_room(const struct call *c);
char *pick_text(const struct call *c, const struct row *r, struct draws *d, char *to);
uint64_t pick_pool(const struct call *c);
char *pick_nth(const struct call *c, uint64_t i, char *to);

#define PICKED(n) ROW_NAME(n), .out = KIND_TEXT, .made_size = sizeof(struct pick), .prepare = pick_prepare, .max_len = pick_room, .text = pick_text, \
	.pool = pick_pool, .nth_text = pick_nth
#define PICK_WEIGHTED .params = pick_params, .opts_size = sizeof(struct pick_opts)

/* n decimal digits from one draw, n up to 19. */
static inline char *put_drawn(char *to, struct draws *d, unsigned n)
{
	uint64_t span = 1;

	for (unsigned i = 0; i < n; i++)
		span *= 10;
	return put_digits(to, draws_below(d, span), n);
}

/* n characters of an alphabet, eight from each draw. */
char *put_of(char *to, struct draws *d, unsigned n, const char *alphabet, unsigned letters);

/* units of 10^-scale, as encoders write decimals. */
char *put_decimal(char *to, int64_t units, unsigned scale);
int64_t scaled(double v, unsigned decimals);            /* to units of 10^-decimals, half away from zero */

/* A word like "any", which stands for `meant`, or a whole number between two bounds. */
int parse_or(const char *word, int64_t meant, const char *text, const char *name, int64_t low, int64_t high, int64_t *to, struct err *e);

/* A positive amount between low and high: middle at 62 % of the logarithms, six decades are ten deviations. */
double draw_lognormal(struct draws *d, double low, double high);
double draw_pareto(struct draws *d, double low, double high);

#endif
