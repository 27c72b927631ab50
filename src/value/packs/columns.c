/* Values that fit a column: whole and decimal numbers of SQL types. */
#include "value/packs/packs.h"

#include "base/num.h"
#include "value/packs/pieces.h"

/* ---- sql_int ---- */

struct int_opts {
	int of;
	bool is_unsigned;
	char *min, *max;
};
struct bounds_made {
	int64_t low, high;
};

static const char *const int_types[] = { "tinyint", "smallint", "mediumint", "int", "bigint", NULL };

static const struct param int_params[] = {
	P_CHOICE(struct int_opts, of, int_types, 3, .help = "Type of the column, which says the bounds."),
	{ .name = "unsigned", .type = PARAM_BOOL, .offset = PARAM_AT(struct int_opts, is_unsigned, bool), .max = 1,
	  .help = "Whether the column takes no sign; of bigint the lower half is drawn then." },
	P_TEXT(struct int_opts, min, "", .help = "Smallest value; that of the type when empty."),
	P_TEXT(struct int_opts, max, "", .help = "Largest value; that of the type when empty."),
	P_END
};

/* A bound of the caller's, which must be one of the type's values. */
static int int_bound(const char *name, const char *text, const char *type, const struct bounds_made *all, int64_t *to, struct err *e)
{
	if (!*text)
		return 0;
	if (num_int(text, to, e) < 0)
		return err_wrap(e, "%s", name);
	return *to < all->low || *to > all->high ?
	       err_set(e, ERR_INPUT, "%s: %.40s is outside %lld to %lld, which %s takes", name, text, (long long)all->low, (long long)all->high, type) : 0;
}

static int int_prepare(struct call *c, struct err *e)
{
	static const unsigned bits[] = { 8, 16, 24, 32, 64 };
	const struct int_opts *o = c->opts;
	struct bounds_made *m = c->made, all;

	/* 64 bits without a sign are more than values of ours have. */
	all.high = INT64_MAX >> (64 - bits[o->of]);
	all.low = o->is_unsigned ? 0 : -all.high - 1;
	if (o->is_unsigned && bits[o->of] < 64)
		all.high = 2 * all.high + 1;
	*m = all;
	if (int_bound("min", o->min, int_types[o->of], &all, &m->low, e) < 0 || int_bound("max", o->max, int_types[o->of], &all, &m->high, e) < 0)
		return -1;
	return m->low > m->high ? err_set(e, ERR_INPUT, "min: %lld is above max, which is %lld", (long long)m->low, (long long)m->high) : 0;
}

/* Of decimals, too: they are whole numbers of their last digit. */
static void between_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct bounds_made *m = c->made;

	(void)r;
	to->i = draws_between(d, m->low, m->high);
}

static uint64_t between_pool(const struct call *c)
{
	const struct bounds_made *m = c->made;
	uint64_t span = (uint64_t)m->high - (uint64_t)m->low;

	return span < POOL_ENDLESS - 1 ? span + 1 : POOL_ENDLESS - 1;
}

static void between_nth(const struct call *c, uint64_t i, union value *to)
{
	to->i = (int64_t)((uint64_t)((const struct bounds_made *)c->made)->low + i);
}

/* ---- sql_decimal ---- */

struct decimal_opts {
	int64_t precision, scale;
	char *min, *max;
};

static const struct param decimal_params[] = {
	P_INT(struct decimal_opts, precision, 1, 18, 10, .help = "How many digits the column has, as in DECIMAL(precision, scale)."),
	P_INT(struct decimal_opts, scale, 0, 18, 2, .help = "How many of them stand behind the point."),
	P_TEXT(struct decimal_opts, min, "0", .help = "Smallest value, exact."),
	P_TEXT(struct decimal_opts, max, "", .help = "Largest value, exact; the largest of the column when empty."),
	P_END
};

static int decimal_bound(const struct decimal_opts *o, const char *name, const char *text, int64_t *to, struct err *e)
{
	int64_t most = (int64_t)schema_power10((unsigned)o->precision) - 1;

	if (decimal_read(name, text, (unsigned)o->scale, to, e) < 0)
		return -1;
	return *to < -most || *to > most ? err_set(e, ERR_INPUT, "%s: %.40s does not fit DECIMAL(%lld, %lld)", name, text, (long long)o->precision,
						   (long long)o->scale) : 0;
}

static int decimal_prepare(struct call *c, struct err *e)
{
	const struct decimal_opts *o = c->opts;
	struct bounds_made *m = c->made;

	if (o->scale > o->precision)
		return err_set(e, ERR_INPUT, "scale: %lld is above precision, which is %lld", (long long)o->scale, (long long)o->precision);
	c->scale = (uint8_t)o->scale;
	m->high = (int64_t)schema_power10((unsigned)o->precision) - 1;
	if (decimal_bound(o, "min", o->min, &m->low, e) < 0 || (*o->max && decimal_bound(o, "max", o->max, &m->high, e) < 0))
		return -1;
	return m->low > m->high ? err_set(e, ERR_INPUT, "min: %.40s is above max, which is %.40s", o->min, *o->max ? o->max : "what fits") : 0;
}

#define ROW(n, alias, o, kind, text_, like) \
	ROW_NAME(n), .aliases = (alias), .category = "Database values", .help = (text_), .example = (like), .out = (kind), .params = o##_params, \
	.opts_size = sizeof(struct o##_opts)
#define BETWEEN .made_size = sizeof(struct bounds_made), .value = between_value, .pool = between_pool, .nth = between_nth

const struct provider pack_columns[] = {
	{ ROW("sql_int", "mysql_tinyint(of=tinyint) mysql_smallint(of=smallint) mysql_mediumint(of=mediumint) mysql_bigint(of=bigint)", int, KIND_INT,
	      "A whole number that fits a column, over its whole range.", "-481720394"), .prepare = int_prepare, BETWEEN },
	{ ROW("sql_decimal", "mysql_decimal mysql_numeric", decimal, KIND_DECIMAL, "An exact decimal number that fits a column.", "48172039.42"),
	  .prepare = decimal_prepare, BETWEEN },
	{ .name = NULL },
};
