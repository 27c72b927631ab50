/* What many providers share. */
#include "value/packs/pick.h"

#include "base/mathx.h"
#include "base/num.h"

const struct param pick_params[] = {
	P_BOOL(struct pick_opts, weighted, true, .help = "Whether common ones come more often."),
	P_END
};

int pick_bind(struct pick *p, const char *locale, const char *table, bool weighted, struct err *e)
{
	p->table = table_find(locale, table);
	if (!p->table)
		return err_set(e, ERR_INPUT, "locale: this build has no table '%s'", table);
	if (weighted && p->table->weights) {
		p->weights = table_alias(p->table);
		if (!p->weights)
			return err_memory(e);
	}
	return 0;
}

int pick_prepare(struct call *c, struct err *e)
{
	bool weighted = !c->is->opts_size || ((const struct pick_opts *)c->opts)->weighted;

	return pick_bind(c->made, c->locale, c->is->name, weighted, e);
}

size_t pick_room(const struct call *c)
{
	return ((const struct pick *)c->made)->table->longest;
}

char *pick_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return pick_put(c->made, d, 0, to);
}

uint64_t pick_pool(const struct call *c)
{
	return ((const struct pick *)c->made)->table->rows;
}

char *pick_nth(const struct call *c, uint64_t i, char *to)
{
	return put_cell(to, table_cell(((const struct pick *)c->made)->table, (uint32_t)i, 0));
}

char *put_of(char *to, struct draws *d, unsigned n, const char *alphabet, unsigned letters)
{
	uint64_t draw = 0;

	for (unsigned i = 0; i < n; i++) {
		unsigned __int128 m;

		if (i % 8 == 0)
			draw = draws_next(d);
		m = (unsigned __int128)draw * letters;
		*to++ = alphabet[(uint64_t)(m >> 64)];
		draw = (uint64_t)m;
	}
	return to;
}

char *put_decimal(char *to, int64_t units, unsigned scale)
{
	return to + num_put_decimal(to, units, scale);
}

int64_t scaled(double v, unsigned decimals)
{
	double units = v * (double)schema_power10(decimals);

	return units < 0 ? -(int64_t)(0.5 - units) : (int64_t)(units + 0.5);
}

int parse_or(const char *word, int64_t meant, const char *text, const char *name, int64_t low, int64_t high, int64_t *to, struct err *e)
{
	struct err why;

	*to = meant;
	if (strcmp(text, word) == 0)
		return 0;
	if (num_int(text, to, &why) < 0 || *to < low || *to > high)
		return err_set(e, ERR_INPUT, "%s: '%.40s' is neither %s nor a whole number of %lld to %lld", name, text, word, (long long)low,
			       (long long)high);
	return 0;
}

double draw_lognormal(struct draws *d, double low, double high)
{
	struct rng g = draws_rng(d);
	double floor_ = low > high * 1e-6 ? low : high * 1e-6, from, span, v;

	if (!(high > low) || !(high > 0))
		return low;
	from = mathx_log(floor_);
	span = mathx_log(high) - from;
	for (int i = 0; i < 8; i++) {
		v = mathx_exp(from + span * (0.62 + 0.1 * rng_normal(&g)));
		if (v >= low && v <= high)
			return v;
	}
	return low + (high - low) * rng_unit(&g);
}

double draw_pareto(struct draws *d, double low, double high)
{
	double least = low > high * 1e-4 ? low : high * 1e-4, tail, v;

	if (!(high > low) || !(high > 0))
		return low;
	/* 1.16: four fifths of the sum come from a fifth. */
	tail = 1 - mathx_pow(least / high, 1.16);
	v = least / mathx_pow(1 - draws_unit(d) * tail, 1 / 1.16);
	return v > high ? high : v < low ? low : v;
}
