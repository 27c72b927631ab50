/* Parts of dates: years, months, weekdays, hours; and durations. */
#include "value/packs/pick.h"

#include "value/moments.h"

/* ---- year, month, day ---- */

struct year_opts {
	int64_t min;
	char *max;
};
struct year_made {
	int64_t max;            /* 0: the year of now */
};

static const struct param year_params[] = {
	P_INT(struct year_opts, min, 1, 9999, 1970, .help = "First year."),
	P_TEXT(struct year_opts, max, "now", .help = "Last year, or now."),
	P_END
};

static int year_prepare(struct call *c, struct err *e)
{
	const struct year_opts *o = c->opts;
	struct year_made *m = c->made;

	if (parse_or("now", 0, o->max, "max", 1, 9999, &m->max, e) < 0)
		return -1;
	return m->max && m->max < o->min ? err_set(e, ERR_INPUT, "min: %lld is above max, which is %lld", (long long)o->min, (long long)m->max) : 0;
}

static void year_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	int64_t min = ((const struct year_opts *)c->opts)->min, max = ((const struct year_made *)c->made)->max;

	if (!max)
		max = civil_of_days(r->now_ns / 86400 / 1000000000 - (r->now_ns < 0)).year;
	to->i = min <= max ? draws_between(d, min, max) : min;
}

static void month_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)c;
	(void)r;
	to->i = draws_between(d, 1, 12);
}

static void day_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)c;
	(void)r;
	to->i = draws_between(d, 1, 31);
}

struct name_opts {
	bool abbreviated;
};

static const struct param name_params[] = {
	P_BOOL(struct name_opts, abbreviated, false, .help = "Whether the short form is given."),
	P_END
};

static int name_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, c->locale, strcmp(c->is->name, "weekday") == 0 ? "weekday" : "month", false, e);
}

static char *name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return pick_put(c->made, d, ((const struct name_opts *)c->opts)->abbreviated, to);
}

static char *name_nth(const struct call *c, uint64_t i, char *to)
{
	return put_cell(to, table_cell(((const struct pick *)c->made)->table, (uint32_t)i, ((const struct name_opts *)c->opts)->abbreviated));
}

/* ---- hour ---- */

static const char *const hour_profiles[] = { "uniform", "business", "web", NULL };

struct hour_opts {
	int profile;
};

static const struct param hour_params[] = {
	P_CHOICE(struct hour_opts, profile, hour_profiles, 0, .help = "Which hours are frequent."),
	P_END
};

static int hour_prepare(struct call *c, struct err *e)
{
	/* Shares of a day's load: offices; visitors of web pages, who sleep at four and are most in the evening. */
	static const double weights[3][24] = {
		{ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
		{ 0, 0, 0, 0, 0, 0, 1, 4, 10, 14, 15, 14, 9, 12, 14, 14, 12, 7, 3, 1, 0, 0, 0, 0 },
		{ 20, 13, 9, 7, 6, 7, 11, 19, 30, 38, 43, 46, 47, 47, 47, 47, 47, 48, 50, 54, 57, 55, 44, 31 },
	};

	return alias_init(c->made, weights[((const struct hour_opts *)c->opts)->profile], 24) < 0 ? err_memory(e) : 0;
}

static void hour_release(struct call *c)
{
	alias_free(c->made);
}

static void hour_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)r;
	to->i = alias_pick(c->made, draws_next(d));
}

/* ---- duration ---- */

static const char *const duration_formats[] = { "iso8601", "seconds", "hms", "go", "postgres", NULL };
enum { DURATION_ISO, DURATION_SECONDS, DURATION_HMS, DURATION_GO, DURATION_POSTGRES };

struct duration_opts {
	int64_t min, max;
	int format;
};

static const struct param duration_params[] = {
	P_SPAN(struct duration_opts, min, 0, 3.2e17, 1e9, .flags = PARAM_VARIES, .help = "Shortest, in whole seconds."),
	P_SPAN(struct duration_opts, max, 0, 3.2e17, 86400e9, .flags = PARAM_VARIES, .help = "Longest."),
	P_CHOICE(struct duration_opts, format, duration_formats, 0, .help = "How it is written."),
	P_END
};

static int duration_prepare(struct call *c, struct err *e)
{
	const struct duration_opts *o = c->opts;

	return (o->min + 999999999) / 1000000000 > o->max / 1000000000 ? err_set(e, ERR_INPUT, "min: there is no whole second between min and max") : 0;
}

static char *put_part(char *to, int64_t v, char unit)
{
	if (v) {
		to = put_int(to, v);
		*to++ = unit;
	}
	return to;
}

static char *put_hms(char *to, int64_t s, unsigned width)
{
	to = s / 3600 < 100 ? put_digits(to, (uint64_t)s / 3600, width) : put_int(to, s / 3600);
	*to++ = ':';
	to = put_digits(to, (uint64_t)s / 60 % 60, 2);
	*to++ = ':';
	return put_digits(to, (uint64_t)s % 60, 2);
}

static char *duration_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct duration_opts *o = c->opts;
	int64_t s = draws_between(d, (o->min + 999999999) / 1000000000, o->max / 1000000000);

	(void)r;
	switch (o->format) {
	case DURATION_SECONDS: return put_int(to, s);
	case DURATION_HMS: return put_hms(to, s, 2);
	case DURATION_GO:
		to = put_part(to, s / 3600, 'h');
		to = s / 60 ? put_int(to, s / 60 % 60) : to;
		if (s / 60)
			*to++ = 'm';
		to = put_int(to, s % 60);
		*to++ = 's';
		return to;
	case DURATION_POSTGRES:
		if (s >= 86400) {
			to = put_int(to, s / 86400);
			to = s / 86400 == 1 ? put_literal(to, " day ") : put_literal(to, " days ");
		}
		return put_hms(to, s % 86400, 2);
	default: break;
	}
	to = put_literal(to, "P");
	to = put_part(to, s / 86400, 'D');
	s %= 86400;
	if (s || to[-1] == 'P') {
		*to++ = 'T';
		to = put_part(to, s / 3600, 'H');
		to = put_part(to, s / 60 % 60, 'M');
		to = s % 60 || !s ? put_int(to, s % 60) : to;
		if (s % 60 || !s)
			*to++ = 'S';
	}
	return to;
}

#define MOMENT .category = "Date and time"

const struct provider pack_calendar[] = {
	{ ROW_NAME("year"), .aliases = "mysql_year(min=1901,max=2155)", MOMENT, .help = "A year.", .example = "2003", .out = KIND_INT, .params = year_params, .opts_size = sizeof(struct year_opts),
	  .made_size = sizeof(struct year_made), .prepare = year_prepare, .value = year_value },
	{ ROW_NAME("month"), MOMENT, .help = "The number of a month.", .example = "3", .out = KIND_INT, .value = month_value },
	{ ROW_NAME("month_name"), .aliases = "monthstring date.month", MOMENT, .help = "The name of a month, in the locale.", .example = "March",
	  .out = KIND_TEXT, .params = name_params, .opts_size = sizeof(struct name_opts), .made_size = sizeof(struct pick),
	  .prepare = name_prepare, .text = name_text, .pool = pick_pool, .nth_text = name_nth },
	{ ROW_NAME("day_of_month"), .aliases = "day", MOMENT, .help = "The number of a day, 1 to 31.", .example = "14", .out = KIND_INT,
	  .value = day_value },
	{ ROW_NAME("weekday"), .aliases = "date.weekday day_of_week", MOMENT, .help = "The name of a weekday, in the locale.", .example = "Tuesday",
	  .out = KIND_TEXT, .params = name_params, .opts_size = sizeof(struct name_opts), .made_size = sizeof(struct pick),
	  .prepare = name_prepare, .text = name_text, .pool = pick_pool, .nth_text = name_nth },
	{ ROW_NAME("hour"), MOMENT, .help = "An hour, 0 to 23.", .example = "14", .out = KIND_INT, .params = hour_params,
	  .opts_size = sizeof(struct hour_opts), .made_size = sizeof(struct alias), .prepare = hour_prepare, .release = hour_release,
	  .value = hour_value },
	{ ROW_NAME("duration"), .aliases = "time_delta interval(format=postgres)", MOMENT, .help = "A length of time in whole seconds.",
	  .example = "PT2H15M", .out = KIND_TEXT, .params = duration_params, .opts_size = sizeof(struct duration_opts), .prepare = duration_prepare,
	  .text = duration_text },
	{ .name = NULL },
};
