/* What the files of combinators share. */
#ifndef VALUE_EXPR_COMBINE_H
#define VALUE_EXPR_COMBINE_H

#include "value/expr_inside.h"

/* The arguments of a combinator by position or name. */
struct given {
	const struct tree *at[8];
};

/* A combinator's own draw. */
struct source {
	uint64_t salt;
	double p;
	struct alias alias;
	uint32_t n;
	int64_t start, step;
	const struct held *elements;
	enum type type;                 /* of the elements */
	uint8_t scale;
	const struct modifiers *mods;   /* when each is to come once; else NULL */
};

/* By position or by the names of the rows of the combinator that is compiled; those that are needed are there. */
int expr_arguments(struct compiler *c, const struct tree *t, struct given *to);
/* A constant number; `other` when it is not given. */
int expr_number(struct compiler *c, const struct tree *t, double low, double high, double other, double *to);
/* The i-th argument by its row: a constant number, true or false, one of the choices. What is not given is the row's default. */
int expr_bounded(struct compiler *c, const struct given *g, unsigned i, double *to);
int expr_flag(struct compiler *c, const struct given *g, unsigned i, bool *to);
int expr_choice(struct compiler *c, const struct given *g, unsigned i, unsigned *to);
/* A constant text or bare word; *to NULL when it is not given. */
int expr_word(struct compiler *c, const struct tree *t, const char *what, const char **to);
uint64_t expr_salt(struct compiler *c, const char *name);
struct source *expr_source(struct compiler *c, const char *name);       /* the program's; NULL without memory */
/* A list of constants of one type; bare words are texts. */
bool expr_all_constant(const struct tree *list);
int expr_pick_constants(struct compiler *c, const struct tree *list, struct source *s, bool cycle, struct part *to);

/* One of s->elements; *to says of which type they are. */
int expr_pick_element(struct compiler *c, const struct tree *t, struct source *s, bool cycle, struct part *to);

/* The rows of these are in packs/combinators.c. */
int expr_pick(struct compiler *c, const struct tree *t, struct part *to);
int expr_cycle(struct compiler *c, const struct tree *t, struct part *to);
int expr_maybe(struct compiler *c, const struct tree *t, struct part *to);
int expr_sequence(struct compiler *c, const struct tree *t, struct part *to);
int expr_unique(struct compiler *c, const struct tree *t, struct part *to);
int expr_array(struct compiler *c, const struct tree *t, struct part *to);
int expr_pick_many(struct compiler *c, const struct tree *t, struct part *to);
int expr_from_file(struct compiler *c, const struct tree *t, struct part *to);
int expr_lookup(struct compiler *c, const struct tree *t, struct part *to);
int expr_empirical(struct compiler *c, const struct tree *t, struct part *to);
int expr_ref(struct compiler *c, const struct tree *t, struct part *to);
int expr_template(struct compiler *c, const struct tree *t, struct part *to);
int expr_object(struct compiler *c, const struct tree *t, struct part *to);
int expr_json(struct compiler *c, const struct tree *t, struct part *to);
int expr_csv(struct compiler *c, const struct tree *t, struct part *to);
int expr_sql(struct compiler *c, const struct tree *t, struct part *to);
int expr_xml(struct compiler *c, const struct tree *t, struct part *to);

#endif
