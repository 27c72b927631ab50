/* What the files of the expression compiler share. */
#ifndef VALUE_EXPR_INSIDE_H
#define VALUE_EXPR_INSIDE_H

#include "value/expr_tree.h"
#include "value/modify.h"

struct op {
	/* Does its work and says which is next. */
	const struct op *(*run)(struct expr_run *x, const struct op *o);
	uint32_t to, a, b, c;           /* registers, or whatever the operation needs */
	const void *at;                 /* a constant, a call, a table */
	int32_t jump;                   /* relative */
};

struct owned {
	struct owned *next;
	void *at;
	void (*free)(void *at);
};

struct expr {
	struct op *ops;
	uint32_t n, room, registers;
	struct owned *owned;            /* calls and tables that live as long as the program */
	struct call *calls;             /* of the record, for those of one group */
	struct file_table *tables;      /* read so far; owned */
	uint64_t rows;                  /* how many can be made before something unique is used up */
	struct arena arena;             /* trees and constants */
	const char *varies;             /* see expr_varies() */
};

/* The value of a part while it is compiled. */
struct part {
	uint32_t reg;
	enum type type;
	bool nullable;
	uint8_t scale;
};

struct compiler {
	struct expr *x;
	const struct expr_scope *scope;
	unsigned ordinal;               /* of the call within the field */
	bool as_text;                   /* the part that comes next is made a text whatever it is */
	const struct provider *is;      /* the combinator that is compiled, and what its name says of its parameters */
	const char *preset;
	struct modifiers *mods;         /* of that, or NULL */
	enum exhausted on_exhausted;    /* what unique() says of the call within */
	unsigned depth;                 /* of values within values of the scenario */
	unsigned in_array;              /* how many array() stand around it */
	struct err *e;
};

int expr_fail(struct compiler *c, const struct tree *t, const char *format, ...) ATTR_PRINTF(3, 4);
uint32_t expr_register(struct compiler *c);
struct op *expr_emit(struct compiler *c, const struct op *(*run)(struct expr_run *x, const struct op *o));      /* NULL: no memory */
/* The program frees it at its end; NULL frees it at once, without memory. */
int expr_own(struct compiler *c, void *at, void (*free)(void *at));
int expr_part(struct compiler *c, const struct tree *t, struct part *to);
/* One operation on the part, whose value it is from now on. */
int expr_convert(struct compiler *c, struct part *p, const struct op *(*run)(struct expr_run *x, const struct op *o), enum type type);
int expr_as_real(struct compiler *c, struct part *p);
int expr_as_span(struct compiler *c, struct part *p);            /* a real number of seconds */
int expr_as_text(struct compiler *c, struct part *p);
/* Moves b into the register of a, with one type for both: int and real become real, int and decimal decimal. */
int expr_unify(struct compiler *c, const struct tree *at, struct part *a, struct part *b);
int expr_move(struct compiler *c, const struct part *from, uint32_t to);
/* The stream of this call: the field's path and how many calls stand before it. */
void expr_path(struct compiler *c, const char *name, char *to, size_t room);

/* expr_operators.c: whatever is neither a literal, a name, a call nor a list; as_text: a text is wanted of it. */
int expr_operator(struct compiler *c, const struct tree *t, bool as_text, struct part *to);
/* A field, a parameter or a context name: what a bare word means before it is a constant. */
bool expr_is_name(struct compiler *c, const char *name);
int expr_unknown_name(struct compiler *c, const struct tree *t);
/* expr_run.c: a text with ${...}; `line`: always text. */
int expr_pieces(struct compiler *c, const char *text, bool line, struct part *to);
/* expr_call.c: a value of the scenario's own; 1: there is none of this name. */
int expr_own_value(struct compiler *c, const struct tree *t, struct part *to);
/* expr_call.c: calls of providers, and modifiers of whatever is called. */
int expr_provider(struct compiler *c, const struct tree *t, struct part *to);
/* Splits a call into itself without modifiers, in *plain, and the modifiers, in *mods (NULL: none); `own`: its own parameters, or NULL. */
int expr_split(struct compiler *c, const struct tree *t, const struct provider *own, struct tree *plain, struct modifiers **mods);
/* Before and behind the operations that make the value: skips them in rows that are null, changes the text. */
int expr_gate(struct compiler *c, const struct modifiers *m, uint32_t *gate);
int expr_dress(struct compiler *c, const struct tree *t, const struct modifiers *m, uint32_t gate, struct part *to);

/* expr_functions.c: round, left, date_format, ...; 1: there is no such function. */
int expr_function(struct compiler *c, const struct tree *t, struct part *to);
/* Has a call of a function as many arguments as it takes, without names? */
int expr_check_call(struct compiler *c, const struct tree *t);
int expr_round(struct compiler *c, struct part *p, unsigned decimals);
int expr_format(struct compiler *c, const struct tree *t, struct part *args, unsigned n, struct part *to);      /* expr_format.c */
bool expr_has_function(const char *name);
const char *expr_function_name(unsigned i);     /* one by one, for "did you mean"; NULL at the end */
/* expr_combine.c: pick, maybe, array, sequence, ...; `preset` is what the name says of its parameters. */
int expr_combinator(struct compiler *c, const struct tree *t, const struct provider *is, const char *preset, struct part *to);
void expr_range(struct expr_run *x, const struct op *from, const struct op *to);

#endif
