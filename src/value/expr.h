/*
 * Expressions: what stands in ${...}, in conditions, and in the fields of events.
 *
 *   expression := choice
 *   choice     := default [ "?" choice ":" choice ]
 *   default    := or { "??" or }                                       the first that is not null
 *   or         := and { "or" and }         and := not { "and" not }         not := "not" not | relation
 *   relation   := sum [ (== != < <= > >=) sum | "in" list | "between" sum "and" sum | "matches" text ]
 *   sum        := product { (+ -) product }     product := unary { (* / %) unary }     unary := "-" unary | primary
 *   primary    := literal | name | call | list | "(" expression ")"
 *   literal    := 1 2.5 200k 30% 4bps 10s 1m30s 64KiB 'text' "text" true false null
 *   call       := name "(" [ [ name "=" ] expression { "," [ name "=" ] expression } ] ")"        those with a name stand last
 *
 * A bare name is an earlier field, a parameter, a context name (now, start, seq, module, event.type, ...) or a value provider, in
 * that order; a value of the scenario's own stands before providers, and env.NAME is what the environment says, a text or null. With
 * parentheses it is a function, a value or a provider. Bare words in a list are texts, but for those in parentheses.
 *
 * Types are known when compiled: bool, int, real, decimal, text, instant, span, json; each may be null. Arithmetic mixes int and
 * real, decimals are exact (value/expr_decimal.h), whole numbers wrap; instants and spans add up; `+` joins texts. A distribution that
 * is told durations gives a duration: lognormal(15s, 0.5).
 * Comparing with null is false, but for == null and != null. Dividing by zero and what has no value give null. Modifiers go with every
 * provider and combinator (value/modify.h). Compiled, an expression is a flat list of operations on registers: running it cannot fail,
 * and texts are taken from the arena of the event.
 *
 * Where a text is wanted (a line, or text with ${...} in it), the sides of ?? and ?: may be of different types: ${price ?? 'none'}.
 *
 * Random values draw from the stream of (row, path of the field, ordinal of the call in it).
 */
#ifndef VALUE_EXPR_H
#define VALUE_EXPR_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "value/provider.h"

enum type { TYPE_NULL, TYPE_BOOL, TYPE_INT, TYPE_REAL, TYPE_DECIMAL, TYPE_TEXT, TYPE_INSTANT, TYPE_SPAN, TYPE_JSON };
extern const char *const type_names[];

enum { EXPR_DEPTH = 64, EXPR_OPERATORS = 2000, EXPR_BYTES = 65536, EXPR_REGISTERS = 4096 };

/* What a register holds; the type is the program's. */
struct held {
	union value v;
	bool null;
};

/* A run: one per record. */
struct expr_run {
	struct row row;
	struct arena *arena;
	struct held *registers;
	const struct event *event;              /* for names that are fields of a finished event, else NULL */
	const char *module, *event_type;
	struct text key;                        /* n = 0: null */
	int64_t start_ns;
	const void *context;                    /* for the names of a scope: whatever its load() wants to know of this run */
	bool spoilt;                            /* there was no memory for a text: what was made is not to be used */
	const struct modifiers *spent;          /* what is unique and was used up before this row; else NULL */
};

struct expr;
struct op;

/* A name that a scope knows: in a register, or behind a function. */
struct expr_name {
	enum type type;
	bool nullable;
	uint8_t scale;                          /* of a decimal */
	unsigned reg;                           /* where it is, when load is NULL */
	void (*load)(struct expr_run *x, const void *at, struct held *to);
	const void *at;
};

/* What env.NAME gives: NULL when it is not set. `allowed` false: the scenario does not list it. */
struct expr_env {
	const char *(*get)(void *arg, const char *name, bool *allowed);
	void *arg;
};

/* A field of another event, for rows of it by number: a program of its own. */
struct expr_other {
	const struct expr *program;
	struct held *registers;
	struct expr_name value;
	const char *event;
};

/* What a scenario has under a name of its own: an expression, put where the name stands, or a file. */
struct expr_value {
	const char *text;
	bool expression;                        /* the text is one; else it may have ${...} */
	const char *file;                       /* a table for lookup(), and nothing else */
};

struct expr_scope {
	/* false: there is no such name. */
	bool (*find)(void *arg, const char *name, struct expr_name *to);
	/* The names there are, one by one, for "did you mean"; NULL at the end. Optional. */
	const char *(*list)(void *arg, unsigned i);
	void *arg;
	/* Whose names these are, "event 'tick'", when bare names are nothing but its fields; NULL: they may be providers, too. */
	const char *owner;
	/* Optional: what stands under a name, and the names that such expressions know. */
	bool (*value)(void *arg, const char *name, struct expr_value *to);
	bool (*find_global)(void *arg, const char *name, struct expr_name *to);
	const char *path, *group_path;          /* of the field, for random streams */
	const char *locale;
	const struct expr_env *env;             /* NULL: env.NAME is a name like others */
	const char *folder;                     /* what files are beside, with its slash; NULL: the current one */
	/* For ref(); optional. What it gives must live as long as the program. */
	int (*refer)(void *arg, const char *event, const char *field, struct expr_other *to, struct err *e);
};

/* Several expressions that share registers: the fields of one event. */
struct expr *expr_new(struct err *e);
void expr_free(struct expr *x);
/* Compiles one; its result will be in *result. An error's text begins with "column N: ". */
int expr_compile(struct expr *x, const char *text, const struct expr_scope *scope, struct expr_name *result, struct err *e);
/* A text with ${...} in it: exactly one ${...} keeps its type, anything else is joined as text. */
int expr_compile_text(struct expr *x, const char *text, const struct expr_scope *scope, struct expr_name *result, struct err *e);
/* The same, and always text. */
int expr_compile_line(struct expr *x, const char *text, const struct expr_scope *scope, struct expr_name *result, struct err *e);
/* A word of the language: a function, a context name, and, null ... */
bool expr_is_word(const char *name);
/* Functions one by one, for lists and the manual: how each is written and what it does; NULL past the last. */
const char *expr_function_help(unsigned i, const char **use);
/* Where the next ${ of a text stands, or NULL; $${ is none. And where the } of an expression stands that begins here, or NULL. */
const char *expr_next(const char *text);
const char *expr_closing(const char *expression);
/* Why there is none, for that which begins at `open`, its "${"; *at: the place of the fault. */
const char *expr_unclosed(const char *open, const char **at);
extern const char expr_open_quote[];
/* Behind what stands at s within an expression: a text in quotes, or one character. */
const char *expr_past(const char *s);
/* Characters outside of ${...}: $${ is written ${. */
void expr_plain(struct buf *to, const char *s, size_t n);
/* Is the text without ${? Then it stands for itself. */
bool expr_is_literal(const char *text);
/* Where the next expression will begin; and, when all that was compiled from there on is one call, that call, or NULL. */
unsigned expr_size(const struct expr *x);
const struct call *expr_lone_call(const struct expr *x, unsigned from, const struct expr_name *result);
/* A lone call is not made any more by expr_run(); places behind it move down by one. */
void expr_cut(struct expr *x, unsigned from);
/* All from there on is not run. */
void expr_forget(struct expr *x, unsigned from);
unsigned expr_registers(const struct expr *x);
/* The first name in it that may give something else for each row (now, seq, event.key, a random value), or NULL. What a scope's own
 * names do is the scope's to know. */
const char *expr_varies(const struct expr *x);
bool expr_is_number(enum type t);
static inline bool expr_is_text(enum type t)
{
	return t == TYPE_TEXT || t == TYPE_JSON;
}
/* The type of what a field of that kind holds. */
enum type expr_type(enum kind k);
/* Rows from 0 that can be made before something unique is used up; UINT64_MAX: all. */
uint64_t expr_rows(const struct expr *x);
/* Runs what was compiled; the registers are expr_registers() many. */
void expr_run(const struct expr *x, struct expr_run *run);
/* A held value as text, as encoders write it; from the run's arena. */
struct text expr_text(struct expr_run *x, enum type type, uint8_t scale, const struct held *h);

#endif
