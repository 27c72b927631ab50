/*
 * A provider: a function that makes one value, as one row of a table. `fluxdeck generate`, expressions, the manual and shell
 * completion are readings of these rows.
 *
 * Parameters are rows of the common parameter table (core/param.h). prepare() checks what the rows cannot, once, and binds tables.
 * Afterwards making a value cannot fail, allocates nothing, reads no clock and keeps nothing: it depends on the call, the row and
 * the draws alone. A text provider writes at most room or max_len() bytes, and may spoil 16 behind them; others give a number.
 *
 * Providers of one group (person, place, flight, ...) draw what they share from draws_of(row, call->group_salt), so that all
 * fields of a record are about the same person, in any order, without a cache. What is their own they draw from `d`.
 */
#ifndef VALUE_PROVIDER_H
#define VALUE_PROVIDER_H

#include "base/digits.h"
#include "base/num.h"
#include "core/param.h"
#include "core/schema.h"
#include "value/draws.h"
#include "value/table.h"

struct call;
struct modifiers;
struct compiler;
struct tree;
struct part;

#define POOL_ENDLESS UINT64_MAX         /* of pool(): values that do not repeat by themselves */

struct provider {
	const char *name;               /* snake_case */
	const char *aliases;            /* separated by blanks; `name_male(sex=male)` presets parameters; NULL: none */
	const char *category, *group;   /* group NULL: none */
	bool places;                    /* it is the record's place, currency or firm: countries, amounts, URLs beside it are of it, see call_join() */
	const char *help, *example;     /* one sentence with a full stop; one value that it could give */
	enum kind out;                  /* KIND_TEXT, KIND_INT, KIND_REAL, KIND_DECIMAL, KIND_BOOL, KIND_INSTANT, KIND_JSON; see call.kind */
	const struct param *params;     /* positional order */
	size_t opts_size, made_size;    /* the caller allocates both, zeroed */
	bool plain;                     /* text without quotes, backslashes or control characters, as long as no text parameter is set */
	/* Checks and binds; refuses with a reason that begins with the parameter's name. NULL: nothing to do. That min is not above
	 * max, min_age not above max_age and so on is known already, where both are numbers. */
	int (*prepare)(struct call *c, struct err *e);
	void (*release)(struct call *c);                        /* frees what prepare() took; NULL: nothing */
	size_t room;                                            /* of text and JSON, bytes at most; 0: 64 */
	size_t (*max_len)(const struct call *c);                /* the same where it depends on the call; NULL: `room` */
	/* A combinator is made of other values: it has this instead of text() and value(), is compiled as part of an expression
	 * (value/expr_combine.h), and `use` is how it is written there. NULL: it is a value by itself. */
	int (*combine)(struct compiler *c, const struct tree *t, struct part *to);
	const char *use;
	/* Exactly one of the two. text() returns the end; value() sets the member that belongs to `out`. */
	char *(*text)(const struct call *c, const struct row *r, struct draws *d, char *to);
	void (*value)(const struct call *c, const struct row *r, struct draws *d, union value *to);
	/* Beside value() of KIND_INT and KIND_DECIMAL: its digits, for lines of which many are made. Optional. */
	char *(*digits)(const struct call *c, const struct row *r, struct draws *d, char *to);
	/* For unique: how many different values a prepared call has (0: unknown), and the i-th of them. Optional; one of the two. */
	uint64_t (*pool)(const struct call *c);
	char *(*nth_text)(const struct call *c, uint64_t i, char *to);
	void (*nth)(const struct call *c, uint64_t i, union value *to);
	/* Of a text of a group that shows one row of a table: how many rows that has. What is unique among the members of a record, with a
	 * pool() of as many, says for all of them which it is, and needs no nth: see call->leader and modify_row(). Optional. */
	uint64_t (*rows)(const struct call *c);
};

/* A provider with its parameters. */
struct call {
	const struct provider *is;
	void *opts, *made;
	const char *locale;             /* "en_US" */
	uint64_t salt, group_salt, groups_key;
	uint8_t scale;                  /* decimals of a KIND_DECIMAL, set by prepare() */
	enum kind kind;                 /* as `out`; prepare() makes JSON of a text and text of JSON, where a parameter says how it is written */
	bool worded;                    /* a text parameter was set */
	uint64_t given, steered;        /* which parameters were set, by hand and by others of the record: a bit for each row */
	struct call *next;              /* of the same record */
	bool dresses;                   /* modifiers change its texts */
	bool takes_wall;                /* said before call_begin(): nobody will ask for the same again, and clock=wall may be given */
	bool takes_bytes;               /* the same: what is no text may come, and goes out as it is... */
	bool raw;                       /* ...which prepare() says */
	bool wall;                      /* clock=wall was given: the row's now is to be the machine's */
	bool varies;                    /* some of its parameters do: prepare() runs again, and must take no memory */
	struct modifiers *mods;         /* value/modify.h; NULL: none were given */
	const struct modifiers *leader; /* those of the unique one that says which row of its group's table it is; NULL: that is drawn */
};

enum { VALUE_TEXT = 64, VALUE_SLACK = 16 };     /* bytes of those that say nothing else; what may be spoilt behind them */

extern const struct provider *const provider_packs[];   /* NULL-terminated: arrays that end with a row without a name */
#define provider_each(p) \
	for (const struct provider *const *pack_ = provider_packs; *pack_; pack_++) \
		for (const struct provider *p = *pack_; p->name; p++)

/*
 * By canonical name, alias or any spelling of them (first_name, firstName, First-Name); by the end of a faker-js name (fullName of
 * person.fullName) that is nothing else; or with the prefix of a library, whose meaning and defaults it has then: g: js: py: mc:
 * df:, with a dot in expressions. `preset`: what an alias sets, as "sex=male,style=x", or "". Refuses an unknown name with the nearest.
 */
const struct provider *provider_find(const char *name, char *preset, size_t room, struct err *e);
/* The row of a parameter, by any of its names; NULL: there is none. */
const struct param *provider_param(const struct provider *p, const char *name);
/* By canonical name or alias alone: who names something of his own may take the other names. */
const struct provider *provider_named(const char *name);
/* What the name of a library's value means, without presets: pick of g.randomint. false: it has no prefix. */
bool library_name(const char *name, char *to, size_t room);
/* A call with defaults; then values by name, then call_begin(). The path names the field: it makes the salt. */
struct call *call_new(const struct provider *p, const char *locale, struct err *e);
int call_set(struct call *c, const char *parameter, const char *text, struct err *e);
/* The row of a parameter or modifier, whichever the name means; NULL: there is none. */
const struct param *call_param(const struct call *c, const char *name);
/* Is it a name of other tools for a probability, which counts hundredths there? Numbers are taken so; an expression is not. */
bool call_in_hundredths(const struct call *c, const char *name);
/* What a preset says, one parameter after the other; a value may be a list in brackets. Presets are our own, and known to fit. */
struct presetting {
	char name[80], value[200];
};
bool preset_next(const char **preset, struct presetting *to);
int call_preset(struct call *c, const char *preset, struct err *e);    /* what an alias sets, as provider_find() gives it */
/* Refuses where a parameter that is needed was not given; call_begin() does the same. */
int call_complete(const struct call *c, struct err *e);
int call_begin(struct call *c, const char *path, const char *group_path, struct err *e);
/* The parameter will get another value for each row: others of the record neither give it one nor take it from there. */
void call_vary(struct call *c, const struct param *p);
/* prepare() again, for what its options are now. -1: they do not go together, and there is no value. */
int call_prepare(struct call *c, struct err *e);
/*
 * Adds a call that has begun to those of its record. What one of a group was told about all of it (sex, country, state, issuer,
 * airline, provider, category, os, and what others have inside) holds for those that were told nothing else, before and behind it:
 * first_name(sex=male) makes the e-mail a man's. Of two that differ the first holds; where it does not fit another, that one stays as it is. The first that
 * is unique in a group leads it; refuses where another leaves what is unique fewer values.
 */
int call_join(struct call **all, struct call *c, struct err *e);
/* The salt of another group of the same record: a shipment's receiver is the record's person. */
uint64_t call_group_salt(const struct call *c, const char *group);
void call_free(struct call *c);
enum kind call_kind(const struct call *c);      /* what it gives: with some modifiers a text, whatever the provider makes */
bool call_is_null(const struct call *c, const struct row *r);   /* the row has no value, by null_rate */
size_t call_room(const struct call *c);         /* bytes that call_text() may write, whatever `out` is; with the slack */
bool call_plain(const struct call *c);          /* can its text stand between quotes as it is? */
/* The value as text, numbers in the way encoders write them. Returns the end. */
char *call_text(const struct call *c, const struct row *r, char *to);
void call_value(const struct call *c, const struct row *r, union value *to);    /* where call_kind() is neither text nor JSON */
/* Without what modifiers put around it: room, and a value of the provider as text. */
size_t call_room_plain(const struct call *c);
char *call_put(const struct call *c, const union value *v, char *to);

/* ---- for the files of providers ---- */

#define ROW_NAME(n) .name = (n)
static inline char *put_bytes(char *to, const char *at, size_t n)
{
	return (char *)memcpy(to, at, n) + n;
}
static inline char *put_cell(char *to, struct cell c)
{
	return put_bytes(to, c.at, c.n);
}
/* A cell of a table or a literal with 16 bytes behind it, in whole pieces of 16 bytes: a move or two instead of a call. */
static inline char *put_padded(char *to, struct cell c)
{
	memcpy(to, c.at, 16);
	if (c.n > 16)
		memcpy(to + 16, c.at + 16, c.n - 16);
	return to + c.n;
}
static inline char *put_text(char *to, const char *text)
{
	return put_bytes(to, text, strlen(text));
}
#define put_literal(to, text) put_bytes(to, text, sizeof(text) - 1)
/* Exactly `width` digits of v, with leading zeros. */
static inline char *put_digits(char *to, uint64_t v, unsigned width)
{
	return digits_width(to, v, width);
}
static inline char *put_int(char *to, int64_t v)
{
	return digits_int(to, v);
}
/* '#' a digit, '?' an upper-case letter, '\' escapes; the rest as it is. As long as the pattern at most. */
static inline char *put_pattern_by(char *to, const char *pattern, uint64_t (*below)(void *from, uint64_t n), void *from)
{
	for (const char *s = pattern; *s; s++) {
		if (*s == '#')
			*to++ = (char)('0' + below(from, 10));
		else if (*s == '?')
			*to++ = (char)('A' + below(from, 26));
		else if (*s == '\\' && s[1])
			*to++ = *++s;
		else
			*to++ = *s;
	}
	return to;
}
char *put_pattern(char *to, const char *pattern, struct draws *d);
/* '2024-03-15T14:32:10.482Z' with 0..9 decimals. */
static inline char *put_instant(char *to, int64_t ns, unsigned decimals)
{
	return to + num_put_instant(to, ns, decimals);
}
char *put_date(char *to, int64_t days);         /* since 1970-01-01, as 1987-03-14 */
/* strftime for the C locale, in UTC, bounded by `room`; every conversion of POSIX, and %f for microseconds. */
char *put_time(char *to, size_t room, const char *format, int64_t ns);
/* The same of clocks that are `east` seconds ahead of UTC and show `local_ns`. */
char *put_time_at(char *to, size_t room, const char *format, int64_t local_ns, int32_t east);
/* "now", "today", ISO 8601, or relative: -30y, +2h, 15mo. -1 when it is none of these. */
int parse_instant(const char *text, int64_t now_ns, int64_t *ns, struct err *e);
/* Refuses a text of more than `most` bytes; NULL is short enough. */
int text_fits(const char *name, const char *text, size_t most, struct err *e);
/* "6..12", or one number for both. */
int parse_range(const char *text, int64_t *low, int64_t *high, struct err *e);

#endif
