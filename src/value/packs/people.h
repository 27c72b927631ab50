/* The tables of a person, for the files that make one field of it. */
#ifndef VALUE_PACKS_PEOPLE_H
#define VALUE_PACKS_PEOPLE_H

#include "value/packs/person.h"
#include "value/packs/pick.h"

enum spelling { WRITTEN, FOLDED };      /* column of the tables of names; folded: lower-case letters, for addresses */

/* A name of at most 16 bytes, which is copied whole: fewer of them have their number in the last byte. So small that those of a whole
 * country stay near. */
struct name {
	char text[16];
};
typedef uint8_t name_bytes __attribute__((vector_size(16)));
static inline unsigned name_length(const struct name *n)
{
	uint8_t last = (uint8_t)n->text[15];

	return last < 16 ? last : 16;
}
static inline char *name_put(const struct name *n, char *to)
{
	memcpy(to, n->text, 16);
	return to + name_length(n);
}

struct people {
	struct kept kept;
	const struct table *first[2], *last, *prefix, *suffix, *format;         /* first: of women, of men */
	const struct alias *pick_first[2], *pick_last, *pick_suffix;
	struct names_of {
		struct odds odds;               /* the same as the alias */
		struct name *rows[2];           /* by spelling; where one letter case is all that differs they are the same, and */
		name_bytes lower;               /* the bits that make letters lower case; or 0 */
	} firsts[2], lasts;
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

/* The same folded. */
static inline char *name_put_folded(const struct names_of *of, uint32_t row, char *to)
{
	const struct name *n = &of->rows[FOLDED][row];
	name_bytes bytes;

	memcpy(&bytes, n->text, 16);
	bytes |= of->lower;
	memcpy(to, &bytes, 16);
	return to + name_length(n);
}

/* First and last name, for those who need no more of the person: of which table, and the rows. */
struct names {
	const struct names_of *firsts, *lasts;
	uint32_t first, last;
};
static inline struct names person_names(const struct people *of, const struct row *r, uint64_t salt, enum sex sex)
{
	uint64_t bits = draw_at(r, salt, DRAW_NAMES);
	struct names names = { .firsts = &of->firsts[male_of(bits, sex)], .lasts = &of->lasts };

	bits <<= 1;
	names.last = odds_take(&names.lasts->odds, &bits);
	names.first = odds_take(&names.firsts->odds, &bits);
	return names;
}
uint32_t person_first_row(const struct people *of, const struct row *r, uint64_t salt, bool male, bool weighted);
uint32_t person_last_row(const struct people *of, const struct row *r, uint64_t salt, bool weighted);
struct cell person_middle(const struct people *of, const struct row *r, uint64_t salt, bool male);
struct cell person_second(const struct people *of, const struct row *r, uint64_t salt);
/* In the order of the locale, as name() gives it; at most as long as the longest of each and 16 bytes. */
char *person_put_name(const struct people *of, const struct person *p, char *to);
int64_t person_born(const struct row *r, uint64_t draw, int age);

/* A title at work; levels.table is NULL where titles stand alone. */
struct jobs {
	struct pick titles, levels;
};
int jobs_bind(struct jobs *j, const char *locale, struct err *e);
char *job_put(const struct jobs *j, struct draws *d, char *to);

#endif
