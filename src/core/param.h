/*
 * The parameter row: one declaration that drives the flag, the YAML key, the fader, the command, the manual and the refusal.
 *
 * A module or output declares a struct of options and a table of rows that ends in P_END. Row macros check the member's type
 * when compiling and set type, range and default; a row adds only what its macro does not set (.unit, .step, .flags, .help).
 * Names are equal with '-', '_' and '.', so that `pace.period` of a scenario is the row `pace_period`.
 *
 * Text options are owned by the options struct: param_set() frees the old text, param_free() the last one.
 */
#ifndef CORE_PARAM_H
#define CORE_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum param_type {
	PARAM_END,
	PARAM_BOOL,     /* bool: true, false, on, off */
	PARAM_INT,      /* int64_t */
	PARAM_REAL,     /* double */
	PARAM_SHARE,    /* double, shown in percent or, with unit "bps", in basis points */
	PARAM_SPAN,     /* int64_t nanoseconds */
	PARAM_SIZE,     /* int64_t bytes */
	PARAM_CHOICE,   /* int: index into choices */
	PARAM_TEXT,     /* char *, never NULL once initialized */
	PARAM_SECRET,   /* char *; shown and exported as dots */
	PARAM_PAIRS,    /* char *: key=value pairs separated by newlines; keys that name a password are shown as dots */
	PARAM_DRAW,     /* struct draw: a number, or `uniform(low, high)` */
	PARAM_ACTION,   /* has no value: its text is the argument of something done once */
};

enum param_flag {
	PARAM_LIVE = 1,         /* may change while running */
	PARAM_LOG = 2,          /* fader on a logarithmic scale; a minimum of 0 is the left end */
	PARAM_LIST = 4,         /* text that is a comma list; YAML may write a sequence */
	PARAM_PROGRAM = 8,      /* text that may hold ${...} per event; it is compiled by whoever owns the row */
	PARAM_RATE = 16,        /* held below the scenario's limits.rate */
	PARAM_PART = 64,        /* a piece of a PARAM_PAIRS row, which is written and read in its place */
	PARAM_INSIDE = 32,      /* the program's own: neither a flag nor a YAML key, and in no manual */
	PARAM_VARIES = 64,      /* of a value: an expression may give another one for each row; prepare() then takes no memory */
	PARAM_NEEDED = 128,     /* without it there is nothing: it has no default */
};

struct draw {
	double low, high;       /* uniform between them; equal = the number itself */
};

struct param {
	const char *name;
	enum param_type type;
	unsigned flags;
	size_t offset;
	double min, max, def;
	double step;            /* one nudge; 0 = derived from the range */
	const char *unit;
	const char *const *choices;     /* NULL-terminated */
	const char *text;               /* default of the text types and of draws */
	const char *help;               /* one sentence with a full stop */
};

#define PARAM_AT(S, m, C) _Generic(((S *)0)->m, C: offsetof(S, m))
#define P_BOOL(S, m, d, ...) \
	{ .name = #m, .type = PARAM_BOOL, .offset = PARAM_AT(S, m, bool), .max = 1, .def = (d), __VA_ARGS__ }
#define P_NUMBER(S, m, C, T, lo, hi, d, ...) \
	{ .name = #m, .type = (T), .offset = PARAM_AT(S, m, C), .min = (lo), .max = (hi), .def = (d), __VA_ARGS__ }
#define P_INT(S, m, lo, hi, d, ...) P_NUMBER(S, m, int64_t, PARAM_INT, lo, hi, d, __VA_ARGS__)
#define P_REAL(S, m, lo, hi, d, ...) P_NUMBER(S, m, double, PARAM_REAL, lo, hi, d, __VA_ARGS__)
#define P_SHARE(S, m, lo, hi, d, ...) P_NUMBER(S, m, double, PARAM_SHARE, lo, hi, d, __VA_ARGS__)
#define P_SPAN(S, m, lo, hi, d, ...) P_NUMBER(S, m, int64_t, PARAM_SPAN, lo, hi, d, __VA_ARGS__)
#define P_SIZE(S, m, lo, hi, d, ...) P_NUMBER(S, m, int64_t, PARAM_SIZE, lo, hi, d, __VA_ARGS__)
#define P_CHOICE(S, m, list, d, ...) \
	{ .name = #m, .type = PARAM_CHOICE, .offset = PARAM_AT(S, m, int), .choices = (list), .def = (d), __VA_ARGS__ }
#define P_TEXT_TYPE(S, m, T, d, ...) \
	{ .name = #m, .type = (T), .offset = PARAM_AT(S, m, char *), .text = (d), __VA_ARGS__ }
#define P_TEXT(S, m, d, ...) P_TEXT_TYPE(S, m, PARAM_TEXT, d, __VA_ARGS__)
#define P_SECRET(S, m, ...) P_TEXT_TYPE(S, m, PARAM_SECRET, "", __VA_ARGS__)
#define P_PAIRS(S, m, ...) P_TEXT_TYPE(S, m, PARAM_PAIRS, "", __VA_ARGS__)
#define P_DRAW(S, m, lo, hi, d, ...) \
	{ .name = #m, .type = PARAM_DRAW, .offset = PARAM_AT(S, m, struct draw), .min = (lo), .max = (hi), .text = (d), \
	  __VA_ARGS__ }
#define P_ACTION(n, ...) { .name = (n), .type = PARAM_ACTION, .flags = PARAM_LIVE, __VA_ARGS__ }
#define P_END { .type = PARAM_END }

#define param_each(p, rows) for (const struct param *p = (rows); p && p->type != PARAM_END; p++)

const struct param *param_find(const struct param *rows, const char *name);     /* NULL when there is none */
bool param_is_number(const struct param *p);                                    /* can be shown as a fader */
bool param_is_text(const struct param *p);

/* Sets all members to their defaults. On failure (memory) nothing needs to be freed. */
int param_init(const struct param *rows, void *opts, struct err *e);
void param_free(const struct param *rows, void *opts);

/* Reads the text by the row's type and range; writes only when all is well. The error names the row and the range. */
int param_set(const struct param *p, void *opts, const char *text, struct err *e);
/* The same refusal without writing. */
int param_check(const struct param *p, const char *text, struct err *e);

/* The value as text that param_set() reads back; a secret gives what was set. Actions give "". */
void param_text(const struct param *p, const void *opts, struct buf *to);
/* For people: dots for secrets, with the unit. */
void param_show(const struct param *p, const void *opts, struct buf *to);
void param_show_number(const struct param *p, double v, char *to, size_t room);
void param_default_text(const struct param *p, struct buf *to);

/* The numeric types as a double (a span in ns, a choice as its index), and back as text that param_set() reads. */
double param_number(const struct param *p, const void *opts);
void param_number_text(const struct param *p, double v, struct buf *to);
/* Where a value stands on a fader, 0..1, and what stands there. */
double param_position(const struct param *p, double v);
double param_at(const struct param *p, double position);
/* What people would write for v: five significant digits, whole numbers where only those are taken. */
double param_round(const struct param *p, double v);
/* The value n steps away (fractions of a step allowed), rounded to what people write, ends at min and max. */
double param_nudged(const struct param *p, double v, double n);

/* "  --name VALUE   help (range, default)" lines; "name TYPE ..." rows of mdoc; JSON Schema properties; all from the rows. */
void param_usage(const struct param *rows, struct buf *to);
void param_mdoc(const struct param *rows, struct buf *to);
/* Sentences as mdoc has them: each on a line of its own, nothing of them a request. */
void mdoc_sentences(const char *text, struct buf *to);
void param_schema(const struct param *rows, struct buf *to);
/* Names of faulty rows, one a line: no help sentence, default out of range, double names. Empty when all is well. */
void param_lint(const struct param *rows, struct buf *to);

#endif
