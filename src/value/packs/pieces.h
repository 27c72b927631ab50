/*
 * What several packs share: many small picks from one draw, rows of a table chosen by kind and weight, relative instants, and the
 * parts of web and log values.
 */
#ifndef VALUE_PACKS_PIECES_H
#define VALUE_PACKS_PIECES_H

#include "value/provider.h"

/* Uniform in 0 .. n-1 from the high end of `bits`; what is left goes on. Good while the product of all n stays below 2^48. */
static inline uint32_t take(uint64_t *bits, uint32_t n)
{
	unsigned __int128 m = (unsigned __int128)*bits * n;

	*bits = (uint64_t)m;
	return (uint32_t)(m >> 64);
}

/* The same for 2^n, n from 1. Compilers make a slow instruction of the product. */
static inline uint32_t take_bits(uint64_t *bits, unsigned n)
{
	uint32_t taken = (uint32_t)(*bits >> (64 - n));

	*bits <<= n;
	return taken;
}

/* The rows of a table that are of one kind. */
struct subset {
	const struct table *t;
	uint32_t *rows, n;
	struct alias alias;             /* n = 0: all weigh the same */
};

/* Rows whose cell `column` holds the word `kind` (words are separated by blanks); "any" is all rows. */
int subset_init(struct subset *s, const char *locale, const char *table, unsigned column, const char *kind, bool weighted, struct err *e);
void subset_free(struct subset *s);
static inline uint32_t subset_pick(const struct subset *s, uint64_t draw)
{
	return s->rows[s->alias.n ? alias_pick(&s->alias, draw) : (uint32_t)((unsigned __int128)draw * s->n >> 64)];
}
static inline char *subset_put(const struct subset *s, uint64_t draw, unsigned column, char *to)
{
	return put_padded(to, table_cell(s->t, subset_pick(s, draw), column));
}
size_t subset_longest(const struct subset *s, unsigned column);

/* Providers whose made is one subset and nothing else. */
void subset_release(struct call *c);
size_t subset_room(const struct call *c);
char *subset_text(const struct call *c, const struct row *r, struct draws *d, char *to);
uint64_t subset_pool(const struct call *c);     /* and rows() of what is drawn for its group: */
uint32_t subset_of_group(const struct call *c, const struct row *r);
char *subset_nth(const struct call *c, uint64_t i, char *to);

/* The pool of what does not repeat by itself. It shows all 64 bits of one draw, which are others in every row of a run; or so many of
 * several that nobody will see it happen. */
uint64_t pool_endless(const struct call *c);

extern const char hex_pairs[513];       /* "000102...ff" */
/* Lower-case hex digits of the low bits of v, first the highest. */
static inline char *put_hex(char *to, uint64_t v, unsigned digits)
{
	unsigned i = digits;

	for (; i > 1; v >>= 8) {
		i -= 2;
		memcpy(to + i, hex_pairs + 2 * (v & 255), 2);
	}
	if (i)
		*to = hex_pairs[2 * (v & 15) + 1];
	return to + digits;
}
static inline char *put_hex_bytes(char *to, const uint8_t *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to = put_bytes(to, hex_pairs + 2 * at[i], 2);
	return to;
}
/* RFC 4648; `url`: with - and _, and without = at the end. */
char *put_base64(char *to, const void *from, size_t n, bool url);
/* The number that a lower-case hex digit stands for. */
static inline unsigned hex_value(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}
/* 32 hex digits, with dashes after the 8th, 12th, 16th and 20th. uuid_version() sets the six bits that say which kind it is. */
char *put_uuid(char *to, uint64_t high, uint64_t low, bool upper, bool dashes);
static inline void uuid_version(uint64_t *high, uint64_t *low, unsigned version)
{
	*high = (*high & UINT64_C(0xffffffffffff0fff)) | version << 12;
	*low = (*low & UINT64_C(0x3fffffffffffffff)) | UINT64_C(0x8000000000000000);
}
/* JSON: a cell as a text; `{"name":` or `,"name":`; the two together. Cells and names hold nothing that needs an escape. */
static inline char *put_quoted(char *to, struct cell c)
{
	*to++ = '"';
	to = put_cell(to, c);
	*to++ = '"';
	return to;
}
static inline char *put_key(char *to, char before, const char *name)
{
	*to++ = before;
	*to++ = '"';
	to = put_text(to, name);
	*to++ = '"';
	*to++ = ':';
	return to;
}
static inline char *put_member(char *to, char before, const char *name, struct cell value)
{
	return put_quoted(put_key(to, before, name), value);
}

/* Which members an object has: a bit for each, and all of them in the order asked for. */
struct fields {
	uint64_t set;
	uint8_t at[64];
	unsigned n;
};
/* Names with commas of a list that ends in NULL; "default", the bits of `usual`; "all". */
int fields_read(struct fields *f, const char *text, const char *const *names, uint64_t usual, struct err *e);

/* Drawn bytes, eight from each draw. */
void draw_bytes(struct draws *d, uint8_t *to, size_t n);
extern const char crockford[33], base58[59];    /* alphabets without what looks alike */
/* n characters of an alphabet of at most 256. */
char *put_from(char *to, const char *alphabet, uint32_t size, int64_t n, struct draws *d);

/* "-12.5" in units of 10^-scale, exactly; `name` begins the refusal. */
int decimal_read(const char *name, const char *text, unsigned scale, int64_t *to, struct err *e);

/* Providers whose option is a pattern of put_pattern() and nothing else. */
enum { PATTERN_MOST = 4096 };
struct pattern_opts {
	char *pattern;
};
int pattern_prepare(struct call *c, struct err *e);
size_t pattern_room(const struct call *c);
char *pattern_text(const struct call *c, const struct row *r, struct draws *d, char *to);
uint64_t pattern_pool(const struct call *c);
char *pattern_nth(const struct call *c, uint64_t i, char *to);
#define PATTERNED(n) ROW_NAME(n), .out = KIND_TEXT, .opts_size = sizeof(struct pattern_opts), .prepare = pattern_prepare, .max_len = pattern_room, \
	.text = pattern_text, .pool = pattern_pool, .nth_text = pattern_nth
#define P_PATTERN(d) P_TEXT(struct pattern_opts, pattern, d, .help = "# is a digit, ? a letter, \\ takes the next as it is.")

/* Which clock `now` is of: the row's, or the machine's, see call.takes_wall. */
extern const char *const clock_names[];
#define P_CLOCK(S) P_CHOICE(S, clock, clock_names, 0, .help = "Simulated time, or that of the machine, which no seed brings back.")

/* An instant as it is written: absolute, or counted from now. */
struct when {
	enum { WHEN_AT, WHEN_SHIFT, WHEN_MONTHS, WHEN_TODAY, WHEN_MONTH, WHEN_YEAR, WHEN_DECADE, WHEN_CENTURY } kind;
	int64_t n;
	int64_t day, day_ns;            /* when_ns() of the start of a day, kept for the next row of it; a call is used by one thread */
};

/* `name` is the parameter's. Beside what parse_instant() takes: century, decade, year, month, which are their beginnings. */
int when_parse(const char *name, const char *text, struct when *w, struct err *e);
int64_t when_ns(struct when *w, int64_t now_ns);
/* Refuses a first instant that is after the last, where that can be known without now. */
int when_ordered(const struct when *first, const struct when *last, struct err *e);

static inline char *put_word(char *to, const struct table *t, uint64_t *bits)
{
	return put_padded(to, table_cell(t, take(bits, t->rows), 0));
}

/* A layout such as "%l, %f" as steps: a literal each, and the letter of what follows it; the last has NUL instead. */
enum { STEP_MOST = 8 };
struct step {
	char literal[16];       /* may be copied whole */
	uint8_t n;
	char what;
};
/* Layouts are our own data and known to fit. */
void layout_steps(struct step steps[STEP_MOST], struct cell layout);

/* Any public IPv4 address. */
char *put_public_ipv4(char *to, struct draws *d);
/* 'MAJOR.MINOR.PATCH'. */
char *put_version(char *to, uint64_t *bits);
/* "6..12" of a parameter, held within least..most. */
int range_parse(const char *name, const char *text, int64_t least, int64_t most, int64_t *low, int64_t *high, struct err *e);

#endif
