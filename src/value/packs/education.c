/* Education: schools, courses, grades. A course agrees with its code and its subject. */
#include "value/packs/pick.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "value/packs/bounded.h"
#include "value/packs/pieces.h"

enum { COURSE_TEXT = 128 };
enum scale { SCALE_LETTER, SCALE_PERCENT, SCALE_GPA4, SCALE_DE, SCALE_FR20 };
enum { LEVEL_ANY, LEVEL_PRIMARY, LEVEL_MIDDLE, LEVEL_HIGH };

struct education_opts {
	char *pattern;
	int level, scale;
	double mean, sd, max;
	int64_t decimals;
};

struct education_made {
	const struct table *names, *forms, *majors;
	const struct alias *by_form;
	struct alias of_level;          /* forms of the level, where one is asked for */
	bool owned;                     /* of_level is ours */
	struct bounded_normal normal;
	struct bounds bounds;
	bool named;                     /* the pattern has room for the subject's letters */
};

static const char *const levels[] = { "any", "primary", "middle", "high", NULL };
static const char *const scales[] = { "letter", "percent", "gpa4", "de", "fr20", NULL };

static const struct param school_params[] = {
	P_CHOICE(struct education_opts, level, levels, LEVEL_ANY, .help = "Kind of school."), P_END
};
static const struct param course_params[] = {
	P_TEXT(struct education_opts, pattern, "\?\?\?-###", .help = "The first three ? are the subject, the first # its level; # a digit, ? a letter."),
	P_END
};
static const struct param grade_params[] = {
	P_CHOICE(struct education_opts, scale, scales, SCALE_LETTER, .help = "How grades are written."), P_END
};
static const struct param gpa_params[] = {
	P_REAL(struct education_opts, mean, -1e3, 1e3, 3.1, .help = "Mean."),
	P_REAL(struct education_opts, sd, 0, 1e3, 0.5, .help = "Standard deviation."),
	P_REAL(struct education_opts, max, 0, 1e3, 4, .help = "Largest value."),
	P_INT(struct education_opts, decimals, 0, 4, 2, .help = "Digits after the point."),
	P_END
};
static const struct param student_params[] = { P_PATTERN("S########"), P_END };

/* ---- university, school, degree ---- */

static int bind(const struct call *c, struct err *e, const char *name, const struct table **to)
{
	*to = table_find(c->locale, name);
	return *to ? 0 : err_set(e, ERR_FATAL, "the table %s is missing", name);
}

static int university_prepare(struct call *c, struct err *e)
{
	struct education_made *m = c->made;

	if (bind(c, e, "school_name", &m->names) < 0 || bind(c, e, "university_form", &m->forms) < 0)
		return -1;
	m->by_form = table_alias(m->forms);
	return m->by_form ? 0 : err_memory(e);
}

static int school_prepare(struct call *c, struct err *e)
{
	struct education_made *m = c->made;
	int level = ((const struct education_opts *)c->opts)->level;
	double weights[256];

	if (bind(c, e, "school_name", &m->names) < 0 || bind(c, e, "school_form", &m->forms) < 0)
		return -1;
	for (uint32_t i = 0; i < m->forms->rows && i < 256; i++) {
		weights[i] = level == LEVEL_ANY || cell_is(table_cell(m->forms, i, 1), levels[level]) ? m->forms->weights[i] : 0;
	}
	if (alias_init(&m->of_level, weights, m->forms->rows < 256 ? m->forms->rows : 256) < 0)
		return err_memory(e);
	m->by_form = &m->of_level;
	m->owned = true;
	return 0;
}

static void school_release(struct call *c)
{
	struct education_made *m = c->made;

	if (m->owned)
		alias_free(&m->of_level);
}

/* The form with the name in the place of '%'. */
static char *put_form(char *to, struct cell form, struct cell name)
{
	for (uint32_t i = 0; i < form.n; i++) {
		if (form.at[i] == '%')
			to = put_cell(to, name);
		else
			*to++ = form.at[i];
	}
	return to;
}

static size_t school_room(const struct call *c)
{
	const struct education_made *m = c->made;

	return (size_t)m->names->longest + m->forms->longest;
}

static char *school_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct education_made *m = c->made;
	uint32_t name = table_pick(m->names, NULL, d);

	(void)r;
	return put_form(to, table_cell(m->forms, alias_pick(m->by_form, draws_next(d)), 0), table_cell(m->names, name, 0));
}

/* ---- courses ---- */

struct course {
	uint32_t major, form;
	uint64_t rest;          /* draws of the digits behind the first */
};

static struct course course_of(const struct call *c, const struct row *r)
{
	const struct education_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt);
	struct course v;

	v.major = table_pick(m->majors, NULL, &d);
	v.form = table_pick(m->forms, NULL, &d);
	v.rest = d.state;
	return v;
}

static int course_prepare(struct call *c, struct err *e)
{
	struct education_made *m = c->made;
	const char *pattern = ((const struct education_opts *)c->opts)->pattern;

	if (bind(c, e, "major", &m->majors) < 0 || bind(c, e, "course_form", &m->forms) < 0)
		return -1;
	if (text_fits("pattern", pattern, PATTERN_MOST, e) < 0)
		return -1;
	m->named = pattern && strstr(pattern, "\?\?\?");
	return 0;
}

static size_t code_room(const struct call *c)
{
	return strlen(((const struct education_opts *)c->opts)->pattern) + 8;
}

static char *major_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_cell(to, table_cell(((const struct education_made *)c->made)->majors, course_of(c, r).major, 0));
}

static char *course_name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct education_made *m = c->made;
	struct course v = course_of(c, r);

	(void)d;
	return put_form(to, table_cell(m->forms, v.form, 0), table_cell(m->majors, v.major, 0));
}

static char *course_code_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct education_made *m = c->made;
	struct course v = course_of(c, r);
	struct draws rest = { v.rest };
	struct cell code = table_cell(m->majors, v.major, 1);
	bool named = m->named, level = true;

	(void)d;
	for (const char *s = ((const struct education_opts *)c->opts)->pattern; *s; s++) {
		if (*s == '\\' && s[1]) {
			*to++ = *++s;
		} else if (named && strncmp(s, "\?\?\?", 3) == 0) {
			to = put_cell(to, code);
			named = false;
			s += 2;
		} else if (*s == '#' && level) {
			to = put_cell(to, table_cell(m->forms, v.form, 1));
			level = false;
		} else if (*s == '#') {
			*to++ = (char)('0' + draws_below(&rest, 10));
		} else if (*s == '?') {
			*to++ = (char)('A' + draws_below(&rest, 26));
		} else {
			*to++ = *s;
		}
	}
	return to;
}

/* ---- grade, gpa, student_id ---- */

static int grade_prepare(struct call *c, struct err *e)
{
	return bounded_normal_init(&((struct education_made *)c->made)->normal, 79, 12, 0, 100, false, e);
}

/* A share of 100 points, read on each scale. */
static char *grade_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const letters[] = { "F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+" };
	static const int8_t from[] = { 0, 60, 63, 67, 70, 73, 77, 80, 83, 87, 90, 93, 97 };
	static const int16_t points[] = { 0, 70, 100, 130, 170, 200, 230, 270, 300, 330, 370, 400, 400 };
	static const int8_t german[] = { 50, 40, 37, 33, 30, 27, 23, 20, 17, 13, 10 };
	int percent = (int)floor(bounded_normal_draw(&((const struct education_made *)c->made)->normal, d) + 0.5), i = 12;

	(void)r;
	while (from[i] > percent)
		i--;
	switch ((enum scale)((const struct education_opts *)c->opts)->scale) {
	case SCALE_PERCENT: return put_int(to, percent);
	case SCALE_GPA4: return to + num_put_decimal(to, points[i] / 10, 1);
	case SCALE_DE: return to + num_put_decimal(to, german[percent < 50 ? 0 : 1 + (percent - 50) / 5 - (percent == 100)], 1);
	case SCALE_FR20: return put_int(to, percent / 5);
	default: return put_text(to, letters[i]);
	}
}

static int gpa_prepare(struct call *c, struct err *e)
{
	const struct education_opts *o = c->opts;
	struct education_made *m = c->made;

	m->bounds = (struct bounds){ .low = 0, .high = o->max, .power = (double)schema_power10((unsigned)o->decimals) };
	return bounded_normal_init(&m->normal, o->mean, o->sd, 0, o->max, false, e);
}

static void gpa_release(struct call *c)
{
	stairs_free(&((struct education_made *)c->made)->normal.stairs);
}

static void gpa_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct education_made *m = c->made;

	(void)r;
	to->r = bounds_keep(&m->bounds, bounded_normal_draw(&m->normal, d));
}

#define ROW(n, group_, kind, prepare_, text_, like) \
	ROW_NAME(n), .category = "Education", .group = (group_), .help = (text_), .example = (like), .out = (kind), \
	.opts_size = sizeof(struct education_opts), .made_size = sizeof(struct education_made), .prepare = prepare_##_prepare

const struct provider pack_education[] = {
	{ ROW("university", NULL, KIND_TEXT, university, "Name of a university that does not exist.", "Alder University"),
	  .max_len = school_room, .text = school_text },
	{ ROW("school", NULL, KIND_TEXT, school, "Name of a school that does not exist.", "Willow Creek High School"), .params = school_params,
	  .release = school_release, .max_len = school_room, .text = school_text },
	{ PICKED("degree"), .category = "Education", .help = "A degree, as often as it is given.", .example = "Bachelor of Science" },
	{ ROW("major", "course", KIND_TEXT, course, "A subject of study.", "Geology"), .text = major_text },
	{ ROW("course_code", "course", KIND_TEXT, course, "Code of a course.", "GEO-214"), .params = course_params, .max_len = code_room,
	  .text = course_code_text },
	{ ROW("course_name", "course", KIND_TEXT, course, "Name of a course.", "Introduction to Geology"), .room = COURSE_TEXT,
	  .text = course_name_text },
	{ ROW("grade", NULL, KIND_TEXT, grade, "A mark.", "B+"), .params = grade_params, .release = gpa_release, .text = grade_text },
	{ ROW("gpa", NULL, KIND_REAL, gpa, "Grade point average, normal within its bounds.", "3.24"), .params = gpa_params,
	  .release = gpa_release, .value = gpa_value },
	{ PATTERNED("student_id"), .category = "Education", .help = "Number of a student.", .example = "S20481733", .params = student_params },
	{ .name = NULL },
};
