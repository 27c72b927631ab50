/* The person of a record: sex, names and birth from the group's draws, so that every field agrees without a cache. */
#include "value/packs/person.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "value/moments.h"
#include "value/packs/people.h"

const char *const sex_names[] = { "any", "male", "female", NULL };

static const struct { const char *country, *locale; } countries[] = {
	{ "US", "en_US" }, { "DE", "de_DE" }, { "FR", "fr_FR" }, { "ES", "es_ES" }, { "JP", "ja_JP" }, { "GB", "en_GB" },
};

const char *locale_of(const char *country, const char *locale)
{
	if (!*country || strcmp(country, "locale") == 0)
		return locale;
	for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
		if (strcmp(countries[i].country, country) == 0)
			return countries[i].locale;
	return NULL;
}

struct cell format_cell(const struct table *format, const char *key)
{
	uint32_t row = table_row(format, 0, key);

	return row == UINT32_MAX ? (struct cell){ "", 0 } : table_cell(format, row, 1);
}

const char *format_text(const struct table *format, const char *key)
{
	struct cell c = format_cell(format, key);
	/* Cells stand without separators: a copy that ends in NUL, kept like the tables are. */
	char *copy = c.n ? calloc(1, c.n + 1) : NULL;

	return copy ? memcpy(copy, c.at, c.n) : "";
}

/* Our own tables have no name that is too long, and none is empty. */
static struct name *spell(const struct table *t, enum spelling spelling)
{
	struct name *names = calloc(t->rows + 1, sizeof *names);

	for (uint32_t i = 0; names && i < t->rows; i++) {
		struct cell c = table_cell(t, i, spelling);

		assert(c.n && c.n <= sizeof names[i].text);
		names[i].text[15] = (char)c.n;
		memcpy(names[i].text, c.at, c.n);
	}
	return names;
}

enum { LOWER = 0x20 };           /* the bit that makes an ASCII letter lower case */

static bool differ_in_case(const struct table *t)
{
	for (uint32_t i = 0; i < t->rows; i++) {
		struct cell written = table_cell(t, i, WRITTEN), folded = table_cell(t, i, FOLDED);

		if (written.n != folded.n)
			return false;
		for (uint32_t k = 0; k < written.n; k++)
			if ((written.at[k] | LOWER) != folded.at[k])
				return false;
	}
	return true;
}

/* How a table of names is drawn from. */
static int bind_names(struct names_of *of, const struct alias **pick, const struct table *t)
{
	*pick = table_alias(t);
	of->rows[WRITTEN] = spell(t, WRITTEN);
	if (differ_in_case(t)) {
		of->rows[FOLDED] = of->rows[WRITTEN];
		of->lower |= LOWER;
	} else {
		of->rows[FOLDED] = spell(t, FOLDED);
	}
	return *pick && of->rows[WRITTEN] && of->rows[FOLDED] ? odds_init(&of->odds, *pick) : -1;
}

static void let_go(struct names_of *of)
{
	odds_free(&of->odds);
	if (of->rows[FOLDED] != of->rows[WRITTEN])
		free(of->rows[FOLDED]);
	free(of->rows[WRITTEN]);
}

static int bind(void *made, const char *locale)
{
	struct people *p = made;

	p->first[0] = table_find(locale, "first_name_f");
	p->first[1] = table_find(locale, "first_name_m");
	p->last = table_find(locale, "last_name");
	p->prefix = table_find(locale, "name_prefix");
	p->suffix = table_find(locale, "name_suffix");
	p->format = table_find(locale, "format");
	p->pick_suffix = table_alias(p->suffix);
	p->order = format_text(p->format, "order");
	p->order_last = format_text(p->format, "order_last");
	p->date = format_text(p->format, "date");
	p->two_names = strstr(p->order, "%2") != NULL;
	if (p->pick_suffix && bind_names(&p->firsts[0], &p->pick_first[0], p->first[0]) == 0 &&
	    bind_names(&p->firsts[1], &p->pick_first[1], p->first[1]) == 0 && bind_names(&p->lasts, &p->pick_last, p->last) == 0)
		return 0;
	let_go(&p->firsts[0]);
	let_go(&p->firsts[1]);
	let_go(&p->lasts);
	return -1;
}

const struct people *people_of(const char *locale, struct err *e)
{
	static struct kept *all;

	return table_kept(&all, locale, sizeof(struct people), bind, e);
}

bool person_male(const struct row *r, uint64_t salt, enum sex sex)
{
	return male_of(draw_at(r, salt, DRAW_NAMES), sex);
}

uint32_t person_first_row(const struct people *of, const struct row *r, uint64_t salt, bool male, bool weighted)
{
	uint64_t bits = draw_at(r, salt, DRAW_NAMES) << 1;

	odds_take(&of->lasts.odds, &bits);
	return weighted ? odds_take(&of->firsts[male].odds, &bits) : draw_part(bits, of->first[male]->rows);
}

uint32_t person_last_row(const struct people *of, const struct row *r, uint64_t salt, bool weighted)
{
	uint64_t bits = draw_at(r, salt, DRAW_NAMES) << 1;

	return weighted ? odds_take(&of->lasts.odds, &bits) : draw_part(bits, of->last->rows);
}

/* Not the first name again. */
struct cell person_middle(const struct people *of, const struct row *r, uint64_t salt, bool male)
{
	uint32_t row = alias_pick(of->pick_first[male], draw_at(r, salt, DRAW_MIDDLE));

	if (row == person_first_row(of, r, salt, male, true))
		row = (row + 1) % of->first[male]->rows;
	return table_cell(of->first[male], row, 0);
}

struct cell person_second(const struct people *of, const struct row *r, uint64_t salt)
{
	return of->two_names ? table_cell(of->last, alias_pick(of->pick_last, draw_at(r, salt, DRAW_SECOND)), 0) : (struct cell){ "", 0 };
}

static int64_t birthday(int64_t year, unsigned month, unsigned day)
{
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days_of_civil(year, month, month == 2 && day == 29 && !leap ? 28 : day);
}

int64_t person_birth(const struct row *r, uint64_t salt, int youngest, int oldest, int *age)
{
	uint64_t draw = draw_at(r, salt, DRAW_BIRTH);

	*age = youngest + (int)draw_part(draw, (uint32_t)(oldest - youngest + 1));
	return person_born(r, draw, *age);
}

/* A day of birth of someone who has completed `age` years at now. */
int64_t person_born(const struct row *r, uint64_t draw, int age)
{
	int64_t day_ns = INT64_C(86400000000000), days = r->now_ns / day_ns - (r->now_ns % day_ns < 0);
	struct civil now = civil_of_days(days);
	int64_t last = birthday(now.year - age, now.month, now.day), before = birthday(now.year - age - 1, now.month, now.day);

	return before + 1 + draw_part(draw_more(draw), (uint32_t)(last - before));
}

struct person person_make(const struct people *of, const struct row *r, uint64_t salt, enum sex sex)
{
	struct person p = { .male = person_male(r, salt, sex) };
	uint32_t first = person_first_row(of, r, salt, p.male, true), last = person_last_row(of, r, salt, true);

	p.first = table_cell(of->first[p.male], first, 0);
	p.first_ascii = table_cell(of->first[p.male], first, 1);
	p.last = table_cell(of->last, last, 0);
	p.last_ascii = table_cell(of->last, last, 1);
	p.middle = person_middle(of, r, salt, p.male);
	p.second = person_second(of, r, salt);
	p.birth_days = person_birth(r, salt, 18, 90, &p.age);
	return p;
}

char *person_put_name(const struct people *of, const struct person *p, char *to)
{
	for (const char *s = of->order; *s; s++) {
		if (*s != '%') {
			*to++ = *s;
			continue;
		}
		s++;
		to = put_cell(to, *s == 'f' ? p->first : *s == 'l' ? p->last : p->second);
	}
	return to;
}
