/* Numbers: whole, real, exact, booleans, digits. */
#include "value/packs/distinct.h"
#include "value/packs/packs.h"

/* ---- random_int ---- */

struct int_opts {
	int64_t min, max, step;
	bool positive;
};

static const struct param int_params[] = {
	P_INT(struct int_opts, min, -0x1p63, 0x1p63, 0, .flags = PARAM_VARIES, .help = "Smallest value."),
	P_INT(struct int_opts, max, -0x1p63, 0x1p63, 9999, .flags = PARAM_VARIES, .help = "Largest value."),
	P_INT(struct int_opts, step, 1, 9e18, 1, .flags = PARAM_VARIES, .help = "Distance between two possible values."),
	P_BOOL(struct int_opts, positive, false, .help = "A min of 0 or less becomes 1."),
	P_END
};

static int int_prepare(struct call *c, struct err *e)
{
	struct int_opts *o = c->opts;

	if (!o->positive || o->min > 0)
		return 0;
	o->min = 1;
	return o->max < 1 ? err_set(e, ERR_INPUT, "positive: no value up to %lld is", (long long)o->max) : 0;
}

static inline int64_t draw_int(const struct int_opts *o, struct draws *d)
{
	if (LIKELY(o->step == 1))
		return draws_between(d, o->min, o->max);
	return (int64_t)((uint64_t)o->min + (uint64_t)o->step * draws_below(d, ((uint64_t)o->max - (uint64_t)o->min) / (uint64_t)o->step + 1));
}

static void int_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)r;
	to->i = draw_int(c->opts, d);
}

static char *int_digits(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return digits_int(to, draw_int(c->opts, d));
}

static uint64_t int_pool(const struct call *c)
{
	const struct int_opts *o = c->opts;
	uint64_t steps = ((uint64_t)o->max - (uint64_t)o->min) / (uint64_t)o->step;

	return steps < POOL_ENDLESS - 1 ? steps + 1 : steps - 1;
}

static void int_nth(const struct call *c, uint64_t i, union value *to)
{
	const struct int_opts *o = c->opts;

	to->i = (int64_t)((uint64_t)o->min + (uint64_t)o->step * i);
}

/* ---- boolean ---- */

struct boolean_opts {
	double p;
};

static const struct param boolean_params[] = {
	P_SHARE(struct boolean_opts, p, 0, 1, 0.5, .flags = PARAM_VARIES, .help = "Probability of true."),
	P_END
};

static void boolean_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)r;
	to->b = draws_unit(d) < ((const struct boolean_opts *)c->opts)->p;
}

static uint64_t boolean_pool(const struct call *c)
{
	double p = ((const struct boolean_opts *)c->opts)->p;

	return 1 + (p > 0 && p < 1);
}

static void boolean_nth(const struct call *c, uint64_t i, union value *to)
{
	to->b = i || ((const struct boolean_opts *)c->opts)->p >= 1;
}

/* ---- digits ---- */

struct digits_opts {
	int64_t length;
	bool leading_zeros;
};

static const struct param digits_params[] = {
	P_INT(struct digits_opts, length, 1, 4096, 8, .flags = PARAM_VARIES, .help = "How many digits."),
	P_BOOL(struct digits_opts, leading_zeros, true, .help = "Whether the first may be 0."),
	P_END
};

static size_t digits_room(const struct call *c)
{
	return (size_t)((const struct digits_opts *)c->opts)->length;
}

static char *digits_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct digits_opts *o = c->opts;

	(void)r;
	for (int64_t i = 0; i < o->length; i++)
		*to++ = (char)(i || o->leading_zeros ? '0' + draws_below(d, 10) : '1' + draws_below(d, 9));
	return to;
}

static uint64_t digits_pool(const struct call *c)
{
	const struct digits_opts *o = c->opts;
	struct distinct d = distinct_of(0);

	for (int64_t i = 0; i < o->length; i++)
		distinct_take(&d, i || o->leading_zeros ? 10 : 9);
	return d.pool;
}

static char *digits_nth(const struct call *c, uint64_t n, char *to)
{
	const struct digits_opts *o = c->opts;
	struct distinct d = distinct_of(n);

	for (int64_t i = 0; i < o->length; i++)
		*to++ = (char)(i || o->leading_zeros ? '0' + distinct_take(&d, 10) : '1' + distinct_take(&d, 9));
	return to;
}

const struct provider pack_numbers[] = {
	{ ROW_NAME("random_int"), .aliases = "number number.int number.bigInt int intn intrange uint uintn uintrange pyint random_number "
	  "int8(min=-128,max=127) int16(min=-32768,max=32767) int32(min=-2147483648,max=2147483647) "
	  "int64(min=-9223372036854775808,max=9223372036854775807) uint8(max=255) uint16(max=65535) uint32(max=4294967295) "
	  "uint64(max=9223372036854775807) sqlite_boolean(max=1)",
	  .category = "Numbers", .help = "A whole number, uniform between two bounds.", .example = "4817", .out = KIND_INT, .params = int_params,
	  .opts_size = sizeof(struct int_opts), .prepare = int_prepare, .value = int_value, .digits = int_digits, .pool = int_pool, .nth = int_nth },
	{ ROW_NAME("boolean"), .aliases = "chance bernoulli bool pybool datatype.boolean null_boolean(null_rate=0.33) null(null_rate=1)", .category = "Numbers",
	  .help = "True with a probability.", .example = "true", .out = KIND_BOOL, .params = boolean_params, .opts_size = sizeof(struct boolean_opts),
	  .value = boolean_value, .pool = boolean_pool, .nth = boolean_nth },
	{ ROW_NAME("digits"), .aliases = "digitn string.numeric", .category = "Numbers", .help = "A text of digits.", .example = "04817233",
	  .out = KIND_TEXT, .params = digits_params, .opts_size = sizeof(struct digits_opts), .max_len = digits_room, .text = digits_text,
	  .pool = digits_pool, .nth_text = digits_nth },
	{ .name = NULL },
};
