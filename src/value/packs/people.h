/* The tables of a person, for the files that make one field of it. */
#ifndef VALUE_PACKS_PEOPLE_H
#define VALUE_PACKS_PEOPLE_H

#include "value/packs/person.h"

struct people {
	struct kept kept;
	const struct table *first[2], *last, *prefix, *suffix, *format;         /* first: of women, of men */
	const struct alias *pick_first[2], *pick_last, *pick_suffix;
	const char *order, *order_last, *date;
	bool two_names;
};

uint32_t person_first_row(const struct people *of, const struct row *r, uint64_t salt, bool male, bool weighted);
uint32_t person_last_row(const struct people *of, const struct row *r, uint64_t salt, bool weighted);
/* First and last name as their tables' columns have them: 0 as it is written, 1 as lower-case letters for addresses. */
void person_names(const struct people *of, const struct row *r, uint64_t salt, enum sex sex, unsigned column, struct cell *first, struct cell *last);
struct cell person_middle(const struct people *of, const struct row *r, uint64_t salt, bool male);
struct cell person_second(const struct people *of, const struct row *r, uint64_t salt);
/* In the order of the locale, as name() gives it; at most as long as the longest of each and 16 bytes. */
char *person_put_name(const struct people *of, const struct person *p, char *to);
int64_t person_born(const struct row *r, uint64_t draw, int age);

#endif
