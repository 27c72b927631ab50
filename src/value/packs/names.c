/* Names and what belongs to them: titles, initials, suffixes. */
#include "value/packs/packs.h"
#include "value/packs/people.h"
#include "value/packs/pieces.h"

#include <string.h>

static const char *const orders[] = { "locale", "first_last", "last_first", NULL };

struct name_opts {
	int sex, order;
	double prefix_rate, suffix_rate;
	bool weighted, initial;
};

struct name_made {
	const struct people *of;
	struct step form[STEP_MOST];
	bool titled, suffixed, behind;  /* behind: titles follow the name, and nothing else does then */
	bool plain;                     /* first and last name, and nothing else */
};

#define SEX_ROW P_CHOICE(struct name_opts, sex, sex_names, 0, .help = "Whose name.")
static const struct param name_params[] = {
	SEX_ROW,
	P_SHARE(struct name_opts, prefix_rate, 0, 1, 0, .help = "How often a title stands before it."),
	P_SHARE(struct name_opts, suffix_rate, 0, 1, 0, .help = "How often a suffix stands behind it."),
	P_CHOICE(struct name_opts, order, orders, 0, .help = "Which of the names comes first."),
	P_END
};
static const struct param part_params[] = {
	SEX_ROW,
	P_BOOL(struct name_opts, weighted, true, .help = "By frequency; otherwise all alike, and then apart from the record's other fields."),
	P_END
};
static const struct param middle_params[] = {
	SEX_ROW,
	P_BOOL(struct name_opts, initial, false, .help = "The first letter with a full stop."),
	P_END
};
static const struct param sex_params[] = { SEX_ROW, P_END };

static int name_prepare(struct call *c, struct err *e)
{
	const struct name_opts *o = c->opts;
	struct name_made *made = c->made;
	const char *form;

	made->of = people_of(c->locale, e);
	if (!made->of)
		return -1;
	form = o->order == 0 ? made->of->order : o->order == 2 ? made->of->order_last : made->of->two_names ? "%f %l %2" : "%f %l";
	layout_steps(made->form, (struct cell){ form, (uint32_t)strlen(form) });
	made->titled = o->prefix_rate > 0;
	made->suffixed = o->suffix_rate > 0;
	made->behind = cell_is(format_cell(made->of->format, "title"), "behind");
	made->plain = !made->titled && !made->suffixed && strcmp(form, "%f %l") == 0;
	return 0;
}

static size_t name_room(const struct call *c)
{
	const struct people *of = ((const struct name_made *)c->made)->of;
	size_t first = of->first[0]->longest > of->first[1]->longest ? of->first[0]->longest : of->first[1]->longest;

	return first + 2 * of->last->longest + of->prefix->longest + of->suffix->longest + 32;
}

/* The title of a sex and age: the weights of the rows that fit, from one draw. */
static struct cell title(const struct people *of, bool male, int age, uint64_t draw)
{
	const struct table *t = of->prefix;
	uint32_t sum = 0, at;

	for (int pass = 0; ; pass++) {
		at = pass ? draw_part(draw, sum) : 0;
		for (uint32_t i = 0; i < t->rows; i++) {
			if ((table_cell(t, i, 1).at[0] == 'm') != male || age < cell_int(table_cell(t, i, 2)))
				continue;
			if (!pass)
				sum += t->weights[i];
			else if (at < t->weights[i])
				return table_cell(t, i, 0);
			else
				at -= t->weights[i];
		}
	}
}

static struct cell person_title(const struct people *of, const struct row *r, uint64_t salt, bool male)
{
	int age;

	person_birth(r, salt, 18, 90, &age);
	return title(of, male, age, draw_at(r, salt, 6));
}

/* Another until it fits the sex; every locale has some for both. */
static struct cell person_suffix(const struct people *of, const struct row *r, uint64_t salt, bool male)
{
	uint64_t draw = draw_at(r, salt, 7);
	uint32_t row = alias_pick(of->pick_suffix, draw);

	for (int i = 0; i < 500; i++) {
		struct cell sex = table_cell(of->suffix, row, 1);

		if (memchr(sex.at, male ? 'm' : 'f', sex.n))
			break;
		draw = draw_more(draw);
		row = alias_pick(of->pick_suffix, draw);
	}
	return table_cell(of->suffix, row, 0);
}

/* Titles and suffixes are rare. */
static char *put_title(const struct call *c, const struct row *r, char *to)
{
	bool male = person_male(r, c->group_salt, (enum sex)((const struct name_opts *)c->opts)->sex);

	return put_cell(to, person_title(((const struct name_made *)c->made)->of, r, c->group_salt, male));
}

static char *put_suffix(const struct call *c, const struct row *r, char *to)
{
	bool male = person_male(r, c->group_salt, (enum sex)((const struct name_opts *)c->opts)->sex);

	return put_cell(to, person_suffix(((const struct name_made *)c->made)->of, r, c->group_salt, male));
}

static inline char *put_first(const struct names *names, char *to)
{
	return name_put(&names->firsts->rows[WRITTEN][names->first], to);
}

static inline char *put_last(const struct names *names, char *to)
{
	return name_put(&names->lasts->rows[WRITTEN][names->last], to);
}

static ATTR_COLD char *put_form(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct name_made *made = c->made;
	const struct name_opts *o = c->opts;
	struct names names = person_names(made->of, r, c->group_salt, (enum sex)o->sex);
	bool titled = made->titled && draws_unit(d) < o->prefix_rate, suffixed = made->suffixed && draws_unit(d) < o->suffix_rate;

	if (titled && !made->behind) {
		to = put_title(c, r, to);
		*to++ = ' ';
	}
	for (const struct step *s = made->form; s->what; s++) {
		to = put_padded(to, (struct cell){ s->literal, s->n });
		if (s->what == '2')
			to = put_padded(to, person_second(made->of, r, c->group_salt));
		else
			to = s->what == 'f' ? put_first(&names, to) : put_last(&names, to);
	}
	if (titled && made->behind) {
		*to++ = ' ';
		return put_title(c, r, to);
	}
	if (!suffixed)
		return to;
	*to++ = ' ';
	return put_suffix(c, r, to);
}

static char *name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct name_made *made = c->made;
	struct names names;

	if (UNLIKELY(!made->plain))
		return put_form(c, r, d, to);
	names = person_names(made->of, r, c->group_salt, (enum sex)((const struct name_opts *)c->opts)->sex);
	to = put_first(&names, to);
	*to++ = ' ';
	return put_last(&names, to);
}

static char *first_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct name_opts *o = c->opts;
	const struct people *of = ((const struct name_made *)c->made)->of;
	bool male = person_male(r, c->group_salt, (enum sex)o->sex);

	(void)d;
	return put_padded(to, table_cell(of->first[male], person_first_row(of, r, c->group_salt, male, o->weighted), 0));
}

static char *last_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct name_opts *o = c->opts;
	const struct people *of = ((const struct name_made *)c->made)->of;

	(void)d;
	return put_padded(to, table_cell(of->last, person_last_row(of, r, c->group_salt, o->weighted), 0));
}

/* The first character of UTF-8. */
static struct cell initial(struct cell name)
{
	uint32_t n = 1;

	while (n < name.n && ((unsigned char)name.at[n] & 0xc0) == 0x80)
		n++;
	return (struct cell){ name.at, n < name.n ? n : name.n };
}

static char *middle_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct name_opts *o = c->opts;
	const struct people *of = ((const struct name_made *)c->made)->of;
	struct cell name = person_middle(of, r, c->group_salt, person_male(r, c->group_salt, (enum sex)o->sex));

	(void)d;
	if (!o->initial)
		return put_cell(to, name);
	to = put_cell(to, initial(name));
	*to++ = '.';
	return to;
}

static char *prefix_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_title(c, r, to);
}

static char *suffix_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_suffix(c, r, to);
}

/* ---- initials ---- */

struct initials_opts {
	int64_t count;
	int sex;
};

static const struct param initials_params[] = {
	P_INT(struct initials_opts, count, 1, 5, 2, .help = "How many: first and last name, then middle names."),
	P_SEX_INSIDE(struct initials_opts),
	P_END
};

static int initials_prepare(struct call *c, struct err *e)
{
	struct name_made *made = c->made;

	made->of = people_of(c->locale, e);
	return made->of ? 0 : -1;
}

static char *initials_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int64_t count = ((const struct initials_opts *)c->opts)->count;
	const struct people *of = ((const struct name_made *)c->made)->of;
	struct person p = person_make(of, r, c->group_salt, (enum sex)((const struct initials_opts *)c->opts)->sex);

	to = put_cell(to, initial(p.first));
	if (count > 2)
		to = put_cell(to, initial(p.middle));
	for (; count > 3; count--)
		to = put_cell(to, initial(table_cell(of->first[p.male], alias_pick(of->pick_first[p.male], draws_next(d)), 0)));
	return count > 1 ? put_cell(to, initial(p.last)) : to;
}

#define NAME(n) ROW_NAME(n), .category = "Person", .group = "person", .out = KIND_TEXT, .plain = true, .made_size = sizeof(struct name_made), .max_len = name_room
#define NAMED(n) NAME(n), .opts_size = sizeof(struct name_opts), .prepare = name_prepare
const struct provider pack_names[] = {
	{ NAMED("name"), .aliases = "person.fullName name_male(sex=male) name_female(sex=female) name_nonbinary", .help = "A full name.",
	  .example = "Maria Lopez", .params = name_params, .text = name_text },
	{ NAMED("first_name"), .aliases = "person.firstName first_name_male(sex=male) first_name_female(sex=female) first_name_nonbinary",
	  .help = "A given name by frequency.", .example = "Isabella", .params = part_params, .text = first_text },
	{ NAMED("last_name"), .aliases = "person.lastName last_name_male(sex=male) last_name_female(sex=female) last_name_nonbinary",
	  .help = "A family name by frequency.", .example = "McDonald", .params = part_params, .text = last_text },
	{ NAMED("middle_name"), .aliases = "person.middleName", .help = "A second given name.", .example = "Anne", .params = middle_params, .text = middle_text },
	{ NAMED("name_prefix"), .aliases = "prefix person.prefix prefix_male(sex=male) prefix_female(sex=female) prefix_nonbinary",
	  .help = "A title that agrees with sex and age.", .example = "Ms.", .params = sex_params, .text = prefix_text },
	{ NAMED("name_suffix"), .aliases = "suffix person.suffix suffix_male(sex=male) suffix_female(sex=female) suffix_nonbinary", .help = "What stands behind a name; it agrees with sex.",
	  .example = "Jr.", .params = sex_params, .text = suffix_text },
	{ NAME("initials"), .opts_size = sizeof(struct initials_opts), .prepare = initials_prepare, .help = "The first letters of the person's names.",
	  .example = "ML", .params = initials_params, .text = initials_text },
	{ .name = NULL },
};
