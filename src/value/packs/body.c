/* Sex, age, birth, size and work of the person. */
#include "value/packs/people.h"
#include "value/packs/pick.h"

#include <string.h>

#include "base/num.h"
#include "value/moments.h"

/* ---- sex, gender ---- */

struct sex_opts {
	int style, set, sex;
};
static const char *const sex_styles[] = { "word", "letter", "iso5218", NULL };
static const char *const gender_sets[] = { "binary", "extended", NULL };
static const struct param sex_params[] = {
	P_CHOICE(struct sex_opts, style, sex_styles, 0, .help = "Written as a word, F and M, or 2 and 1."),
	P_SEX_INSIDE(struct sex_opts),
	P_END
};
static const struct param gender_params[] = {
	P_CHOICE(struct sex_opts, set, gender_sets, 0, .help = "Two, or more of them; two in a hundred are then another."),
	P_SEX_INSIDE(struct sex_opts),
	P_END
};

static char *sex_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	bool male = person_male(r, c->group_salt, (enum sex)((const struct sex_opts *)c->opts)->sex);

	(void)d;
	switch (((const struct sex_opts *)c->opts)->style) {
	case 0: return male ? put_literal(to, "male") : put_literal(to, "female");
	case 1: return put_bytes(to, male ? "M" : "F", 1);
	default: return put_bytes(to, male ? "1" : "2", 1);
	}
}

static char *gender_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const more[] = { "Non-binary", "Agender", "Genderfluid", "Other" };
	uint64_t draw;

	if (((const struct sex_opts *)c->opts)->set == 1) {
		draw = draws_below(d, 200);
		if (draw < 4)
			return put_text(to, more[draw]);
	}
	return person_male(r, c->group_salt, (enum sex)((const struct sex_opts *)c->opts)->sex) ? put_literal(to, "Male") : put_literal(to, "Female");
}

/* ---- age, date_of_birth ---- */

struct age_opts {
	int64_t min, max, min_age, max_age;
	int dist;
	char *format;
};
struct age_made {
	struct alias by_age;
	int64_t low, high;
	const char *format;
};
static const char *const age_dists[] = { "uniform", "census", NULL };
/* What the other one was told, where this was told nothing: the numbers beyond all ages are none. */
#define TOLD(low, high) P_INT(struct age_opts, low, -1, 130, -1, .flags = PARAM_INSIDE, .help = "Youngest of the record's person."), \
	P_INT(struct age_opts, high, 0, 131, 131, .flags = PARAM_INSIDE, .help = "Oldest of the record's person.")
#define AGE_DIST(f) P_CHOICE(struct age_opts, dist, age_dists, 0, .flags = (f), .help = "All ages alike, or as many as in the United States.")
/* The bounds stand first: see bound(). */
static const struct param age_params[] = {
	P_INT(struct age_opts, min, 0, 130, 18, .unit = "years", .help = "Youngest."),
	P_INT(struct age_opts, max, 0, 130, 90, .unit = "years", .help = "Oldest."),
	AGE_DIST(0), TOLD(min_age, max_age), P_END
};
static const struct param birth_params[] = {
	P_INT(struct age_opts, min_age, 0, 130, 18, .unit = "years", .help = "Youngest."),
	P_INT(struct age_opts, max_age, 0, 130, 90, .unit = "years", .help = "Oldest."),
	P_TEXT(struct age_opts, format, "%Y-%m-%d", .help = "How it is written, as strftime does; 'locale' is the locale's way."),
	AGE_DIST(PARAM_INSIDE), TOLD(min, max), P_END
};

/* Millions of people in the United States of each age, by fives from 0 to 100: the shape of 2020, rounded. */
static const double by_fives[] = { 19.0, 20.0, 21.4, 21.5, 21.7, 23.0, 22.6, 22.0, 20.6, 20.0, 20.6, 21.4, 20.9, 17.8, 14.3, 9.6, 6.2, 3.7, 1.8, 0.6, 0.1,
	0.01, 0.001, 0.001, 0.001, 0.001, 0.001 };

static int bound(struct call *c, int64_t min, int64_t max, int64_t told_min, int64_t told_max, struct err *e)
{
	struct age_made *made = c->made;
	bool own = (c->given | c->steered) & 3;
	double weights[131];

	made->low = own || told_min < 0 ? min : told_min;
	made->high = own || told_max > 130 ? max : told_max;
	/* One is told after the other. */
	if (made->high < made->low)
		made->high = made->low;
	for (int64_t a = made->low; a <= made->high; a++)
		weights[a - made->low] = by_fives[a / 5];
	return ((const struct age_opts *)c->opts)->dist && alias_init(&made->by_age, weights, (uint32_t)(made->high - made->low + 1)) < 0 ? err_memory(e) : 0;
}

static int age_prepare(struct call *c, struct err *e)
{
	const struct age_opts *o = c->opts;

	return bound(c, o->min, o->max, o->min_age, o->max_age, e);
}

static void age_release(struct call *c)
{
	alias_free(&((struct age_made *)c->made)->by_age);
}

static int64_t age_of(const struct call *c, const struct row *r)
{
	const struct age_made *made = c->made;
	uint64_t draw = draw_at(r, c->group_salt, DRAW_BIRTH);

	return made->low + (((const struct age_opts *)c->opts)->dist ? alias_pick(&made->by_age, draw) : draw_part(draw, (uint32_t)(made->high - made->low + 1)));
}

static void age_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)d;
	to->i = age_of(c, r);
}

static int birth_prepare(struct call *c, struct err *e)
{
	const struct age_opts *o = c->opts;
	struct age_made *made = c->made;
	const struct people *of = people_of(c->locale, e);

	if (!of)
		return -1;
	made->format = strcmp(o->format, "locale") == 0 ? of->date : o->format;
	if (strcmp(made->format, "%Y-%m-%d") == 0)
		made->format = NULL;
	return bound(c, o->min_age, o->max_age, o->min, o->max, e);
}

static char *birth_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct age_made *made = c->made;
	int age = (int)age_of(c, r);
	int64_t days = person_birth(r, c->group_salt, age, age, &age);

	(void)d;
	return made->format ? put_time(to, 256, made->format, days * INT64_C(86400000000000)) : put_date(to, days);
}

/* ---- height, weight ---- */

struct size_opts {
	int sex;
	char *mean, *sd;
	int64_t min, max;
};
struct heavy_opts {
	int sex;
	char *mean, *sd;
	double min, max;
};
struct size_made {
	double mean[2], sd[2];          /* of women, of men */
	bool mean_set;
};
static const struct param height_params[] = {
	P_CHOICE(struct size_opts, sex, sex_names, 0, .help = "Whose."),
	P_TEXT(struct size_opts, mean, "auto", .help = "Mean in cm; auto: 162 of women, 175.5 of men."),
	P_TEXT(struct size_opts, sd, "auto", .help = "Standard deviation in cm; auto: 6.8 of women, 7.4 of men."),
	P_INT(struct size_opts, min, 30, 300, 120, .unit = "cm", .help = "Smallest."),
	P_INT(struct size_opts, max, 30, 300, 220, .unit = "cm", .help = "Largest."),
	P_END
};
static const struct param weight_params[] = {
	P_CHOICE(struct heavy_opts, sex, sex_names, 0, .help = "Whose."),
	P_TEXT(struct heavy_opts, mean, "auto", .help = "Mean in kg; auto: a body mass index of 26 at the person's height."),
	P_TEXT(struct heavy_opts, sd, "auto", .help = "Standard deviation in kg; auto: a sixth of the mean."),
	P_REAL(struct heavy_opts, min, 1, 500, 35, .unit = "kg", .help = "Lightest."),
	P_REAL(struct heavy_opts, max, 1, 500, 200, .unit = "kg", .help = "Heaviest."),
	P_END
};

static int read_real(const char *name, const char *text, double women, double men, double to[2], struct err *e)
{
	if (strcmp(text, "auto") == 0) {
		to[0] = women;
		to[1] = men;
		return 0;
	}
	if (num_real(text, &to[0], e) < 0 || !(to[0] >= 0 && to[0] <= 1000))
		return err_set(e, ERR_INPUT, "%s: '%.40s' is neither auto nor a number from 0 to 1000", name, text);
	to[1] = to[0];
	return 0;
}

static int height_prepare(struct call *c, struct err *e)
{
	const struct size_opts *o = c->opts;
	struct size_made *made = c->made;

	return read_real("mean", o->mean, 162, 175.5, made->mean, e) < 0 || read_real("sd", o->sd, 6.8, 7.4, made->sd, e) < 0 ? -1 : 0;
}

static int weight_prepare(struct call *c, struct err *e)
{
	const struct heavy_opts *o = c->opts;
	struct size_made *made = c->made;

	made->mean_set = strcmp(o->mean, "auto") != 0;
	return read_real("mean", o->mean, 0, 0, made->mean, e) < 0 || read_real("sd", o->sd, -1, -1, made->sd, e) < 0 ? -1 : 0;
}

/* The normal share of a draw: the sum of twelve uniform ones, 16 bits each, from three words; within 6 deviations. */
static double normal_of(uint64_t draw)
{
	double sum = 0;

	for (int i = 0; i < 3; i++, draw = draw_more(draw))
		for (int k = 0; k < 64; k += 16)
			sum += (double)((draw >> k & 0xffff) * 2 + 1) / 131072;
	return sum - 6;
}

static double height_of(const struct row *r, uint64_t salt, bool male, const double mean[2], const double sd[2])
{
	return mean[male] + sd[male] * normal_of(draw_at(r, salt, 8));
}

static void height_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct size_opts *o = c->opts;
	const struct size_made *made = c->made;
	double cm = height_of(r, c->group_salt, person_male(r, c->group_salt, (enum sex)o->sex), made->mean, made->sd);

	(void)d;
	to->i = cm < (double)o->min ? o->min : cm > (double)o->max ? o->max : (int64_t)(cm + 0.5);
	if (to->i > o->max)
		to->i = o->max;
}

static void weight_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	static const double mean[] = { 162, 175.5 }, sd[] = { 6.8, 7.4 };
	const struct heavy_opts *o = c->opts;
	const struct size_made *made = c->made;
	bool male = person_male(r, c->group_salt, (enum sex)o->sex);
	double m = height_of(r, c->group_salt, male, mean, sd) / 100, kg = made->mean_set ? made->mean[0] : 26 * m * m;

	(void)d;
	kg += (made->sd[0] < 0 ? kg / 6 : made->sd[0]) * normal_of(draw_at(r, c->group_salt, 9));
	kg = (double)(int64_t)(kg * 10 + 0.5) / 10;
	to->r = kg < o->min ? o->min : kg > o->max ? o->max : kg;
}

/* ---- job_title ---- */

int jobs_bind(struct jobs *j, const char *locale, struct err *e)
{
	if (pick_bind(&j->titles, locale, "job_title", true, e) < 0)
		return -1;
	/* Levels are English; titles of other locales stand alone. */
	return strcmp(j->titles.table->locale, "en_US") == 0 ? pick_bind(&j->levels, "en_US", "job_level", true, e) : 0;
}

char *job_put(const struct jobs *j, struct draws *d, char *to)
{
	char *start = to;

	if (j->levels.table)
		to = pick_put(&j->levels, d, 0, to);
	if (to != start)
		*to++ = ' ';
	return pick_put(&j->titles, d, 0, to);
}

static int job_prepare(struct call *c, struct err *e)
{
	return jobs_bind(c->made, c->locale, e);
}

static size_t job_room(const struct call *c)
{
	const struct jobs *j = c->made;

	return j->titles.table->longest + (j->levels.table ? j->levels.table->longest + 1u : 0);
}

static char *job_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return job_put(c->made, d, to);
}

#define PERSON(n) ROW_NAME(n), .category = "Person", .group = "person"
const struct provider pack_body[] = {
	{ PERSON("sex"), .aliases = "person.sex person.sexType", .help = "The person's sex.", .example = "female", .out = KIND_TEXT, .params = sex_params,
	  .opts_size = sizeof(struct sex_opts), .text = sex_text },
	{ PERSON("gender"), .aliases = "person.gender passport_gender", .help = "A gender that agrees with sex.", .example = "Female", .out = KIND_TEXT,
	  .params = gender_params, .opts_size = sizeof(struct sex_opts), .text = gender_text },
	{ PERSON("age"), .help = "Completed years.", .example = "37", .out = KIND_INT, .params = age_params, .opts_size = sizeof(struct age_opts),
	  .made_size = sizeof(struct age_made), .prepare = age_prepare, .release = age_release, .value = age_value },
	{ PERSON("date_of_birth"), .aliases = "date.birthdate passport_dob", .help = "A day of birth that agrees with age.", .example = "1987-03-14",
	  .out = KIND_TEXT, .params = birth_params, .opts_size = sizeof(struct age_opts), .made_size = sizeof(struct age_made),
	  .prepare = birth_prepare, .release = age_release, .room = 256, .text = birth_text },
	{ PERSON("height_cm"), .help = "Height in centimetres, normal by sex.", .example = "172", .out = KIND_INT, .params = height_params,
	  .opts_size = sizeof(struct size_opts), .made_size = sizeof(struct size_made), .prepare = height_prepare, .value = height_value },
	{ PERSON("weight_kg"), .help = "Weight in kilograms that follows height.", .example = "71.4", .out = KIND_REAL, .params = weight_params,
	  .opts_size = sizeof(struct heavy_opts), .made_size = sizeof(struct size_made), .prepare = weight_prepare, .value = weight_value },
	{ PICKED("marital_status"), .category = "Person", .help = "A marital status by its share of adults.", .example = "married" },
	{ ROW_NAME("job_title"), .aliases = "job person.jobTitle job_male job_female", .category = "Person", .help = "A title at work.",
	  .example = "Senior Data Engineer", .out = KIND_TEXT, .made_size = sizeof(struct jobs), .prepare = job_prepare, .max_len = job_room,
	  .text = job_text },
	{ .name = NULL },
};
