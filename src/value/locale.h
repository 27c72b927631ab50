/*
 * Locales, or a mix of them: "de_DE", "en_US=0.7,de_DE=0.3", "en_US,fr_FR" (alike). Of a mix every record draws one, from a stream
 * of its own, so that all values of a record are of the same locale.
 */
#ifndef VALUE_LOCALE_H
#define VALUE_LOCALE_H

#include "base/err.h"
#include "value/table.h"

enum { LOCALES_MOST = 16 };

struct locales {
	const char *names[LOCALES_MOST];        /* of the tables: they last */
	unsigned n;
	struct alias pick;
	uint64_t salt;
};

/* `group_path` is the record's. Refuses names that have no data, with a suggestion. */
int locales_read(struct locales *l, const char *text, const char *group_path, struct err *e);
void locales_free(struct locales *l);
int locales_check(const char *text, struct err *e);             /* the same refusals, and nothing kept */
/* Is there more than one? */
bool locales_mixed(const char *text);

static inline unsigned locales_pick(const struct locales *l, const struct row *r)
{
	struct draws d = draws_of(r, l->salt);

	return l->n > 1 ? alias_pick(&l->pick, draws_next(&d)) : 0;
}

#endif
