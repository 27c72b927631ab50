/* The tables of a person, for the files that make one field of it. */
#ifndef VALUE_PACKS_PEOPLE_H
#define VALUE_PACKS_PEOPLE_H

#include "value/packs/person.h"

enum spelling { WRITTEN, FOLDED };      /* column of the tables of names; folded: lower-case letters, for addresses */

struct people {
	struct kept kept;
	const struct table *first[2], *last, *prefix, *suffix, *format;         /* first: of women, of men */
	const struct alias *pick_first[2], *pick_last, *pick_suffix;
	struct text_choice choose_first[2][2], choose_last[2];                       /* the same by spelling, and sex */
	const char *order, *order_last, *date;
	bool two_names;
};

/* Which draw of the group says what; the order is part of the bytes. DRAW_NAMES: the sex from the highest bit, then the last name, then
 * the first. */
enum { DRAW_NAMES, DRAW_MIDDLE = 3, DRAW_BIRTH, DRAW_SECOND };

static inline bool male_of(uint64_t draw, enum sex sex)
{
	return sex == SEX_ANY ? draw >> 63 : sex == SEX_MALE;
}

/* First and last name, for those who need no more of the person. */
struct names {
	struct cell first, last;
};
static inline struct names person_names(const struct people *of, const struct row *r, uint64_t salt, enum sex sex, enum spelling spelling)
{
	uint64_t bits = draw_at(r, salt, DRAW_NAMES);
	bool male = male_of(bits, sex);
	struct names names;

	bits <<= 1;
	names.last = text_choice_take(&of->choose_last[spelling], &bits);
	names.first = text_choice_take(&of->choose_first[spelling][male], &bits);
	return names;
}
uint32_t person_first_row(const struct people *of, const struct row *r, uint64_t salt, bool male, bool weighted);
uint32_t person_last_row(const struct people *of, const struct row *r, uint64_t salt, bool weighted);
struct cell person_middle(const struct people *of, const struct row *r, uint64_t salt, bool male);
struct cell person_second(const struct people *of, const struct row *r, uint64_t salt);
/* In the order of the locale, as name() gives it; at most as long as the longest of each and 16 bytes. */
char *person_put_name(const struct people *of, const struct person *p, char *to);
int64_t person_born(const struct row *r, uint64_t draw, int age);

#endif
