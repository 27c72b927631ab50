/* The tree of an expression, between its parser and its compiler. */
#ifndef VALUE_EXPR_TREE_H
#define VALUE_EXPR_TREE_H

#include "value/expr.h"

enum tree_kind {
	TREE_NULL, TREE_BOOL, TREE_INT, TREE_REAL, TREE_TEXT, TREE_SPAN,        /* literals */
	TREE_NAME, TREE_CALL, TREE_LIST,
	TREE_NOT, TREE_MINUS, TREE_ADD, TREE_SUB, TREE_MUL, TREE_DIV, TREE_MOD,
	TREE_EQ, TREE_NE, TREE_LT, TREE_LE, TREE_GT, TREE_GE, TREE_IN, TREE_BETWEEN, TREE_MATCHES,
	TREE_AND, TREE_OR, TREE_DEFAULT, TREE_CHOICE,
};

struct tree {
	enum tree_kind kind;
	unsigned column;                /* from 1 */
	union value v;                  /* of a literal; a name's or call's name is v.t */
	const char *label;              /* of a named argument, else NULL */
	struct tree *first, *last, *next;       /* children; next sibling */
	unsigned n;
	bool grouped;                   /* it stood in parentheses: a name there is no bare word */
};

/* A bare word: where a text can stand, it is one. */
static inline bool tree_is_word(const struct tree *t)
{
	return t->kind == TREE_NAME && !t->grouped;
}

/* All of the text is one expression. Trees and their texts live in the arena. `column` is that of the first byte. */
struct tree *tree_parse(const char *text, size_t n, unsigned column, struct arena *a, struct err *e);
/* A constant as the text that a parameter row reads: literals, lists (a,b), bare words. false: it is none. */
bool tree_constant(const struct tree *t, struct buf *to);
/* The other way: a text as a literal. */
void tree_quote(struct buf *to, const char *s);

/* Makes literals of the names env.NAME: texts, or null. `tell` is called before each, in the order of the text; it may be NULL. */
int tree_env(struct tree *t, const struct expr_env *env, void (*tell)(void *arg, const struct tree *name, const char *value), void *arg,
	     struct err *e);

#endif
