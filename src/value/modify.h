/*
 * Modifiers: what may be said of every value, whatever makes it.
 *
 *   email(null_rate=5%)   first_name(case=upper)   random_int(1, 9999, unique=true)   sku(prefix='X-', max_length=20)
 *
 * A row is null, or not, by a draw of its own, so that nulls change no other value. Then the value is made, put into its case,
 * prefix and suffix are put around it, and the whole is cut to max_length. A value that is no text becomes one with a prefix or suffix.
 *
 * Unique takes no memory: where the different values can be counted, row i has number permute(i) of them (base/permute.h), so any row
 * can be made alone and no two are alike until all were there. Weights do not matter then.
 *
 * A parameter of the value's own with the name of a modifier is that parameter, and the value has no such modifier.
 */
#ifndef VALUE_MODIFY_H
#define VALUE_MODIFY_H

#include "base/permute.h"
#include "value/provider.h"

enum exhausted { EXHAUSTED_ERROR, EXHAUSTED_SUFFIX, EXHAUSTED_WRAP };

struct modifiers {
	double null_rate;
	bool unique;
	char *locale, *group, *prefix, *suffix;
	int letter_case;
	int64_t max_length;             /* characters; 0: any */
	/* What was made of them. */
	enum exhausted on_exhausted;
	uint64_t null_salt, unique_salt;
	uint64_t pool;                  /* how many different values there are, when unique counts them; else 0 */
	size_t prefix_n, suffix_n;
	char *owner;                    /* the path of the field */
};

extern const struct param modifier_rows[];

struct modifiers *modifiers_new(struct err *e);
void modifiers_free(void *m);
/* Salts of a value of this path. */
int modifiers_begin(struct modifiers *m, const char *path, struct err *e);
/* Does it change texts? Then what was no text becomes one. */
bool modify_dresses(const struct modifiers *m);
/* Refuses what cannot be done to values of this kind. */
int modify_fits(const struct modifiers *m, enum kind kind, struct err *e);
/* Takes `pool` different values as what is to be unique; those of at most 65536 are made with put() and compared, as texts. */
int modify_count(struct modifiers *m, uint64_t pool, size_t room, char *(*put)(const void *of, uint64_t i, char *to), const void *of,
		 struct err *e);
/* The same of a call that is prepared. */
int modify_count_call(struct call *c, struct err *e);
/* Calls of one value in several locales, each counted by itself, of which every row takes one: can two rows be alike? */
int modify_count_mix(struct call *const *calls, unsigned n, struct err *e);
/* Why a run ends where all values were given. */
int modify_spent(const struct modifiers *m, struct err *e);

/* Bytes that a text of n may become. */
size_t modify_room(const struct modifiers *m, size_t n);
/* The text as it is shown, in a place of its own; `number` is the row's, for on_exhausted=suffix. Returns the end. */
char *modify_put(const struct modifiers *m, const char *text, size_t n, uint64_t number, char *to);

static inline bool modify_null(const struct modifiers *m, const struct row *r)
{
	struct draws d = draws_of(r, m->null_salt);

	return m->null_rate > 0 && draws_unit(&d) < m->null_rate;
}

/* All different values were given in the rows before. */
static inline bool modify_exhausted(const struct modifiers *m, const struct row *r)
{
	return m->pool && m->on_exhausted == EXHAUSTED_ERROR && r->number >= m->pool;
}

/* Which of the pool's values the row has; another order in each round. */
static inline uint64_t modify_nth(const struct modifiers *m, const struct row *r)
{
	return permute(rng_mix(m->unique_salt ^ r->seed) + r->number / m->pool, m->pool, r->number % m->pool);
}

/* Which row of its group's table a call with a leader shows. */
static inline uint32_t modify_row(const struct call *c, const struct row *r)
{
	return (uint32_t)modify_nth(c->leader, r);
}

#endif
