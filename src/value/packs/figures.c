/* Numbers in other clothes: real, exact, percent, single digits, hexadecimal and binary texts, bytes, checksums. */
#include "value/packs/packs.h"

#include <math.h>

#include "base/num.h"
#include "value/hashes.h"
#include "value/packs/bounded.h"
#include "value/packs/distinct.h"
#include "value/packs/pieces.h"

/* ---- float, percent ---- */

struct float_opts {
	double min, max;
	char *decimals, *step;
	bool positive;
};

struct float_made {
	struct bounds bounds;
	double step;                    /* 0: none */
	uint64_t steps;
};

static const struct param float_params[] = {
	P_REAL(struct float_opts, min, -1e300, 1e300, 0, .flags = PARAM_VARIES, .help = "Smallest value."),
	P_REAL(struct float_opts, max, -1e300, 1e300, 1, .flags = PARAM_VARIES, .help = "Largest value."),
	P_DECIMALS(struct float_opts),
	P_TEXT(struct float_opts, step, "", .help = "Distance between two possible values, from min; any when empty."),
	P_BOOL(struct float_opts, positive, false, .help = "A min of 0 or less becomes 0.001."),
	P_END
};

static const struct param percent_params[] = {
	P_TEXT(struct float_opts, decimals, "1", .help = "Digits after the point, 0 to 15."),
	P_REAL(struct float_opts, min, -1e300, 1e300, 0, .flags = PARAM_VARIES, .help = "Smallest value."),
	P_REAL(struct float_opts, max, -1e300, 1e300, 100, .flags = PARAM_VARIES, .help = "Largest value."),
	P_END
};

static int float_prepare(struct call *c, struct err *e)
{
	struct float_opts *o = c->opts;
	struct float_made *m = c->made;
	double low = o->positive && o->min <= 0 ? 0.001 : o->min, steps;

	if (bounds_between(&m->bounds, low, o->max, o->decimals, e) < 0)
		return -1;
	if (!o->step || !*o->step)
		return 0;
	if (bounds_real("step", o->step, &m->step, e) < 0)
		return -1;
	if (!(m->step > 0))
		return err_set(e, ERR_INPUT, "step: must be above 0, not %s", o->step);
	/* A step that goes into the range but for the last digit reaches max. */
	steps = floor((m->bounds.high - m->bounds.low) / m->step * (1 + 1e-12));
	if (!(steps < 0x1p53))
		return err_set(e, ERR_INPUT, "step: %s is too small for the range", o->step);
	m->steps = (uint64_t)steps;
	return 0;
}

static void float_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct float_made *m = c->made;
	double u;

	(void)r;
	if (m->step > 0) {
		to->r = bounds_keep(&m->bounds, m->bounds.low + (double)draws_below(d, m->steps + 1) * m->step);
		return;
	}
	u = draws_unit(d);
	to->r = bounds_keep(&m->bounds, m->bounds.low * (1 - u) + m->bounds.high * u);
}

static uint64_t float_pool(const struct call *c)
{
	const struct float_made *m = c->made;
	double n = floor((m->bounds.high - m->bounds.low) * m->bounds.power + 0.5);

	/* Steps that rounding could bring together are not counted. */
	if (m->step > 0)
		return m->bounds.power > 0 && m->step * m->bounds.power < 1 ? 0 : m->steps + 1;
	return m->bounds.power > 0 && n < 0x1p53 ? (uint64_t)n + 1 : 0;
}

static void float_nth(const struct call *c, uint64_t i, union value *to)
{
	const struct float_made *m = c->made;

	to->r = bounds_keep(&m->bounds, m->step > 0 ? m->bounds.low + (double)i * m->step :
			    (floor(m->bounds.low * m->bounds.power + 0.5) + (double)i) / m->bounds.power);
}

/* ---- decimal ---- */

struct decimal_opts {
	char *min, *max;
	int64_t decimals;
};

struct decimal_made {
	int64_t low, high;
};

static const struct param decimal_params[] = {
	P_TEXT(struct decimal_opts, min, "0.00", .flags = PARAM_VARIES, .help = "Smallest value, exact."),
	P_TEXT(struct decimal_opts, max, "1000.00", .flags = PARAM_VARIES, .help = "Largest value, exact."),
	P_INT(struct decimal_opts, decimals, 0, 18, 2, .help = "Digits after the point."),
	P_END
};

int decimal_read(const char *name, const char *text, unsigned scale, int64_t *to, struct err *e)
{
	const char *s = text + (*text == '-');
	__int128 v = 0;
	unsigned digits = 0, after = 0;
	bool point = false;

	for (; (*s >= '0' && *s <= '9') || (*s == '.' && !point); s++) {
		if (*s == '.') {
			point = true;
			continue;
		}
		digits++;
		after += point;
		if (after > scale && *s != '0')
			return err_set(e, ERR_INPUT, "%s: '%.40s' has more than %u decimals", name, text, scale);
		if (after <= scale)
			v = v * 10 + (*s - '0');
		if (v > INT64_MAX)
			return err_set(e, ERR_INPUT, "%s: '%.40s' is too large", name, text);
	}
	if (*s || !digits)
		return err_set(e, ERR_INPUT, "%s: '%.40s' is not a decimal number", name, text);
	for (; after < scale && v <= INT64_MAX; after++)
		v *= 10;
	if (v > INT64_MAX)
		return err_set(e, ERR_INPUT, "%s: '%.40s' with %u decimals has more than 18 digits", name, text, scale);
	*to = (int64_t)(*text == '-' ? -v : v);
	return 0;
}

/* A bound; one that an expression gave is rounded, wherever it has more decimals. */
static int decimal_bound(const struct call *c, const char *name, const char *text, int64_t *to, struct err *e)
{
	double d, power = (double)schema_power10(c->scale);

	if (decimal_read(name, text, c->scale, to, e) == 0)
		return 0;
	if (!c->varies || num_real(text, &d, NULL) < 0 || !(fabs(d) * power < 9e18))
		return -1;
	*to = (int64_t)floor(d * power + 0.5);
	return 0;
}

static int decimal_prepare(struct call *c, struct err *e)
{
	const struct decimal_opts *o = c->opts;
	struct decimal_made *m = c->made;

	c->scale = (uint8_t)o->decimals;
	if (decimal_bound(c, "min", o->min, &m->low, e) < 0 || decimal_bound(c, "max", o->max, &m->high, e) < 0)
		return -1;
	return m->low > m->high ? err_set(e, ERR_INPUT, "min: %.40s is above max, which is %.40s", o->min, o->max) : 0;
}

static void decimal_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct decimal_made *m = c->made;

	(void)r;
	to->i = draws_between(d, m->low, m->high);
}

static char *decimal_digits(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct decimal_made *m = c->made;

	(void)r;
	return digits_decimal(to, draws_between(d, m->low, m->high), c->scale);
}

static uint64_t decimal_pool(const struct call *c)
{
	const struct decimal_made *m = c->made;
	uint64_t span = (uint64_t)m->high - (uint64_t)m->low;

	return span < POOL_ENDLESS - 1 ? span + 1 : span - 1;
}

static void decimal_nth(const struct call *c, uint64_t i, union value *to)
{
	to->i = (int64_t)((uint64_t)((const struct decimal_made *)c->made)->low + i);
}

/* ---- digit ---- */

struct digit_opts {
	int64_t min, max;
};

static const struct param digit_params[] = {
	P_INT(struct digit_opts, min, 0, 9, 0, .flags = PARAM_VARIES, .help = "Smallest digit."),
	P_INT(struct digit_opts, max, 0, 9, 9, .flags = PARAM_VARIES, .help = "Largest digit."),
	P_END
};

static void digit_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct digit_opts *o = c->opts;

	(void)r;
	to->i = draws_between(d, o->min, o->max);
}

static uint64_t digit_pool(const struct call *c)
{
	const struct digit_opts *o = c->opts;

	return (uint64_t)(o->max - o->min) + 1;
}

static void digit_nth(const struct call *c, uint64_t i, union value *to)
{
	to->i = ((const struct digit_opts *)c->opts)->min + (int64_t)i;
}

/* ---- hex, binary_digits ---- */

struct hex_opts {
	int64_t length;
	char *prefix;
	bool upper;
};

static const struct param hex_params[] = {
	P_INT(struct hex_opts, length, 1, 4096, 8, .flags = PARAM_VARIES, .help = "How many digits."),
	P_TEXT(struct hex_opts, prefix, "", .help = "Text before the digits, like 0x."),
	P_BOOL(struct hex_opts, upper, false, .help = "Whether A to F are upper case."),
	P_END
};

static const struct param binary_params[] = {
	P_INT(struct hex_opts, length, 1, 4096, 8, .flags = PARAM_VARIES, .help = "How many digits."),
	P_TEXT(struct hex_opts, prefix, "", .help = "Text before the digits, like 0b."),
	P_END
};

static int hex_prepare(struct call *c, struct err *e)
{
	const struct hex_opts *o = c->opts;

	*(size_t *)c->made = strlen(o->prefix);
	return text_fits("prefix", o->prefix, PATTERN_MOST, e);
}

static size_t hex_room(const struct call *c)
{
	return (size_t)((const struct hex_opts *)c->opts)->length + *(const size_t *)c->made;
}

static char *put_places(const struct call *c, struct draws *d, char *to, unsigned bits, const char *digits)
{
	const struct hex_opts *o = c->opts;
	uint64_t u = 0;

	to = put_bytes(to, o->prefix, *(const size_t *)c->made);
	for (int64_t i = 0; i < o->length; i++, u >>= bits) {
		if (i % (64 / bits) == 0)
			u = draws_next(d);
		*to++ = digits[u & ((1u << bits) - 1)];
	}
	return to;
}

static char *hex_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_places(c, d, to, 4, ((const struct hex_opts *)c->opts)->upper ? "0123456789ABCDEF" : "0123456789abcdef");
}

static char *binary_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_places(c, d, to, 1, "01");
}

static uint64_t hex_pool(const struct call *c)
{
	return distinct_pool("0123456789abcdef", 16, ((const struct hex_opts *)c->opts)->length);
}

static uint64_t binary_pool(const struct call *c)
{
	return distinct_pool("01", 2, ((const struct hex_opts *)c->opts)->length);
}

static char *hex_nth(const struct call *c, uint64_t i, char *to)
{
	const struct hex_opts *o = c->opts;

	to = put_bytes(to, o->prefix, *(const size_t *)c->made);
	return distinct_put(i, o->upper ? "0123456789ABCDEF" : "0123456789abcdef", 16, o->length, to);
}

static char *binary_nth(const struct call *c, uint64_t i, char *to)
{
	const struct hex_opts *o = c->opts;

	to = put_bytes(to, o->prefix, *(const size_t *)c->made);
	return distinct_put(i, "01", 2, o->length, to);
}

/* ---- bytes ---- */

enum encoding { ENCODING_BASE64, ENCODING_HEX, ENCODING_RAW };

struct bytes_opts {
	int64_t length, max_length;
	int encoding;
};

static const char *const encodings[] = { "base64", "hex", "raw", NULL };

static const struct param bytes_params[] = {
	P_INT(struct bytes_opts, length, 0, 16777216, 16, .flags = PARAM_VARIES, .help = "How many bytes; the fewest, where max_length is given."),
	P_CHOICE(struct bytes_opts, encoding, encodings, ENCODING_BASE64, .help = "How they are written; raw: as they are, which no record can hold."),
	P_INT(struct bytes_opts, max_length, 0, 16777216, 0, .unit = "bytes", .help = "Most bytes, where their number is drawn; 0: it is length."),
	P_END
};

static int bytes_prepare(struct call *c, struct err *e)
{
	const struct bytes_opts *o = c->opts;

	c->raw = o->encoding == ENCODING_RAW;
	if (c->raw && (!c->takes_bytes || c->dresses))
		return err_set(e, ERR_INPUT, "encoding: raw bytes are no text; generate writes them without --format, and nothing around them");
	return o->max_length && o->max_length < o->length ?
	       err_set(e, ERR_INPUT, "max_length: %lld is below length, which is %lld", (long long)o->max_length, (long long)o->length) : 0;
}

static size_t bytes_room(const struct call *c)
{
	const struct bytes_opts *o = c->opts;
	size_t most = (size_t)(o->max_length ? o->max_length : o->length);

	return o->encoding == ENCODING_RAW ? most : o->encoding == ENCODING_HEX ? 2 * most : (most + 2) / 3 * 4;
}

static char *bytes_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct bytes_opts *o = c->opts;
	uint8_t part[48];               /* a multiple of 3, so that parts join in base64, and of 8 */

	(void)r;
	for (size_t left = (size_t)(o->max_length ? draws_between(d, o->length, o->max_length) : o->length); left;) {
		size_t n = left < sizeof part ? left : sizeof part;

		draw_bytes(d, part, n);
		left -= n;
		if (o->encoding == ENCODING_RAW) {
			to = put_bytes(to, (const char *)part, n);
			continue;
		}
		to = o->encoding == ENCODING_HEX ? put_hex_bytes(to, part, n) : put_base64(to, part, n, false);
	}
	return to;
}

/* ---- checksum ---- */

enum algo { ALGO_MD5, ALGO_SHA1, ALGO_SHA256, ALGO_CRC32 };

struct checksum_opts {
	int algo;
	char *input;
};

static const char *const algos[] = { "md5", "sha1", "sha256", "crc32", NULL };

static const struct param checksum_params[] = {
	P_CHOICE(struct checksum_opts, algo, algos, ALGO_SHA256, .help = "Algorithm."),
	P_TEXT(struct checksum_opts, input, "", .flags = PARAM_VARIES, .help = "What it is of; random bytes when empty."),
	P_END
};

static char *checksum_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct checksum_opts *o = c->opts;
	const void *input = o->input;
	uint8_t out[32], some[16];
	size_t n = strlen(o->input);

	(void)r;
	if (!n) {
		draw_bytes(d, some, sizeof some);
		input = some;
		n = sizeof some;
	}
	switch ((enum algo)o->algo) {
	case ALGO_MD5:
		hash_md5(input, n, out);
		return put_hex_bytes(to, out, 16);
	case ALGO_SHA1:
		hash_sha1(input, n, out);
		return put_hex_bytes(to, out, 20);
	case ALGO_CRC32:
		return put_hex(to, hash_crc32(input, n), 8);
	default:
		hash_sha256(input, n, out);
		return put_hex_bytes(to, out, 32);
	}
}

#define ROW(n, alias, o, kind, text, like) \
	ROW_NAME(n), .aliases = (alias), .category = "Numbers", .help = (text), .example = (like), .out = (kind), .params = o##_params

const struct provider pack_figures[] = {
	{ ROW("float", "random_float number.float float32 float64 float32range float64range pyfloat sqlite_real(max=1000,decimals=2) "
	     "mysql_double(max=1000000,decimals=6) mysql_real(max=1000000,decimals=6)", float, KIND_REAL,
	      "A real number, all between two bounds alike.", "0.4817"), .opts_size = sizeof(struct float_opts),
	  .made_size = sizeof(struct float_made), .prepare = float_prepare, .value = float_value,
	  .pool = float_pool, .nth = float_nth },
	{ ROW("decimal", "pydecimal sqlite_decimal mongodb_decimal128(max=1000000)", decimal, KIND_DECIMAL,
	      "An exact decimal number, all between two bounds alike.", "481.70"),
	  .opts_size = sizeof(struct decimal_opts), .made_size = sizeof(struct decimal_made), .prepare = decimal_prepare, .value = decimal_value, .digits = decimal_digits,
	  .pool = decimal_pool, .nth = decimal_nth },
	{ ROW("digit", "random_digit random_digit_not_null(min=1) random_digit_above_two(min=2) random_digit_or_empty(null_rate=0.5) "
	      "random_digit_not_null_or_empty(min=1,null_rate=0.5)", digit, KIND_INT, "One digit.", "4"),
	  .opts_size = sizeof(struct digit_opts), .value = digit_value, .pool = digit_pool, .nth = digit_nth },
	{ ROW("hex", "hexuint number.hex string.hexadecimal", hex, KIND_TEXT, "A text of hexadecimal digits.", "4f81c0a2"),
	  .opts_size = sizeof(struct hex_opts), .made_size = sizeof(size_t), .prepare = hex_prepare, .max_len = hex_room, .text = hex_text,
	  .pool = hex_pool, .nth_text = hex_nth },
	{ ROW("binary_digits", "number.binary string.binary bit mysql_bit(length=1)", binary, KIND_TEXT, "A text of zeros and ones.", "01101001"),
	  .opts_size = sizeof(struct hex_opts), .made_size = sizeof(size_t), .prepare = hex_prepare, .max_len = hex_room, .text = binary_text,
	  .pool = binary_pool, .nth_text = binary_nth },
	{ ROW("percent", NULL, percent, KIND_REAL, "A percentage, as a number.", "48.2"), .opts_size = sizeof(struct float_opts),
	  .made_size = sizeof(struct float_made), .prepare = float_prepare, .value = float_value,
	  .pool = float_pool, .nth = float_nth },
	{ ROW("bytes", "binary bytea(encoding=hex) sqlite_blob(encoding=hex) mongodb_binary mysql_binary(length=1) mysql_varbinary(length=1,max_length=255) "
	     "mysql_tinyblob(length=1,max_length=255) mysql_blob(length=1024) mysql_mediumblob(length=4096) mysql_longblob(length=8192)", bytes, KIND_TEXT,
	      "Random bytes, as text.", "SBfCmQ0vG1cZ4o8yq3Yx7w=="),
	  .opts_size = sizeof(struct bytes_opts), .prepare = bytes_prepare, .max_len = bytes_room, .text = bytes_text },
	{ ROW("checksum", "md5(algo=md5) sha1(algo=sha1) sha256(algo=sha256)", checksum, KIND_TEXT, "A checksum in hexadecimal digits.",
	      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), .opts_size = sizeof(struct checksum_opts),
	  .text = checksum_text },
	{ .name = NULL },
};
