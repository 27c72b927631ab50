/* Date and time. Relative instants count from the row's now; formats are ISO 8601, Unix time or strftime in UTC. */
#include "value/packs/packs.h"

#include <stdlib.h>

#include "base/num.h"
#include "value/moments.h"
#include "value/packs/pieces.h"
#include "value/packs/zone.h"

enum { FORMAT_ROOM = 512 };
static const int64_t second_ns = 1000000000, day_ns = 86400 * INT64_C(1000000000);
static const char *const precisions[] = { "s", "ms", "us", "ns", NULL };

/* How an instant is written. */
struct layout {
	enum { ISO, UNIX, STRFTIME } kind;
	int64_t unit;                   /* of UNIX, and what instants are whole multiples of */
	unsigned decimals;
	const char *format;
	struct zone zone;
	bool utc;
	bool usual;                     /* ISO, in milliseconds and UTC */
};

static int layout_parse(struct layout *l, const char *format, const char *tz, int precision, struct err *e)
{
	static const int64_t units[] = { 1000000000, 1000000, 1000, 1 };
	static const struct { const char *name; int precision; } unix_names[] = { { "unix", 0 }, { "unix_ms", 1 }, { "unix_us", 2 }, { "unix_ns", 3 } };

	*l = (struct layout){ .kind = ISO, .unit = units[precision], .decimals = (unsigned)precision * 3, .format = format, .utc = strcmp(tz, "UTC") == 0 || strcmp(tz, "Z") == 0 };
	if (strcmp(format, "sql") == 0)
		l->format = format = "%Y-%m-%d %H:%M:%S";
	if (strcmp(format, "iso8601") == 0 || strcmp(format, "rfc3339") == 0) {
		l->usual = l->utc && l->decimals == 3;
		return zone_read(&l->zone, "tz", tz, e);
	}
	for (int i = 0; i < 4; i++)
		if (strcmp(format, unix_names[i].name) == 0) {
			*l = (struct layout){ .kind = UNIX, .unit = units[i] };
			return 0;
		}
	if (!strchr(format, '%') || strlen(format) > 64)
		return err_set(e, ERR_INPUT, "format: '%.40s' is none of iso8601, sql, unix, unix_ms, unix_us, unix_ns, and no strftime text of at most 64 bytes",
			       format);
	l->kind = STRFTIME;
	return zone_read(&l->zone, "tz", tz, e);
}

static int64_t floor_to(int64_t ns, int64_t unit)
{
	int64_t rest = ns % unit;

	return ns - (rest < 0 ? rest + unit : rest);
}

/* In units, of which there are four: dividing by a constant is several times faster. */
static int64_t in_units(int64_t ns, int64_t unit)
{
	return unit == 1000000 ? ns / 1000000 : unit == 1000000000 ? ns / 1000000000 : unit == 1000 ? ns / 1000 : ns;
}

static char *put_layout(char *to, const struct layout *l, int64_t ns)
{
	int32_t east;
	int64_t local;

	if (LIKELY(l->kind == ISO && l->utc))
		return put_instant(to, ns, l->decimals);
	east = l->utc ? 0 : zone_seconds(&l->zone, ns);
	if (l->kind == UNIX)
		return put_int(to, in_units(floor_to(ns > INT64_MIN + l->unit ? ns : ns + l->unit, l->unit), l->unit));
	if (__builtin_add_overflow(ns, east * second_ns, &local))
		local = ns;
	if (l->kind == STRFTIME)
		return put_time_at(to, FORMAT_ROOM, l->format, local, east);
	return zone_put(put_instant(to, local, l->decimals) - 1, east, true);
}

/* Between what two instants, in units; kept for other rows of the same now. A call is used by one thread. */
struct window {
	struct when start, end;
	int64_t now_ns, low;
	uint64_t span;                  /* 0: not known yet */
};

static void window_move(struct window *w, int64_t now_ns, int64_t unit)
{
	int64_t a = when_ns(&w->start, now_ns), b = when_ns(&w->end, now_ns);

	w->now_ns = now_ns;
	w->low = in_units(a < b ? a : b, unit);
	w->span = (uint64_t)in_units(a < b ? b : a, unit) - (uint64_t)w->low + 1;
}

/* In units. */
static inline int64_t window_draw(struct window *w, int64_t now_ns, int64_t unit, struct draws *d)
{
	if (UNLIKELY(now_ns != w->now_ns || !w->span))
		window_move(w, now_ns, unit);
	return (int64_t)((uint64_t)w->low + (w->span ? draws_below(d, w->span) : draws_next(d)));
}

/* ---- now ---- */

struct time_opts {
	char *start, *end, *format, *tz, *within;
	int precision, clock;
};
struct time_made {
	struct window window;
	struct layout layout;
};

#define P_START(d) P_TEXT(struct time_opts, start, d, .flags = PARAM_VARIES, .help = "First instant: ISO 8601, now, today, or relative like -30y.")
#define P_CENTURY(d) P_TEXT(struct time_opts, start, d, .flags = PARAM_VARIES, .help = "First instant: ISO 8601, now, today, relative like -30y, or the current century, decade, year, month.")
#define P_UNTIL(d) P_TEXT(struct time_opts, end, d, .flags = PARAM_VARIES, .help = "Last instant, written like the first.")
#define P_FORMAT P_TEXT(struct time_opts, format, "iso8601", .help = "One of iso8601, sql, unix, unix_ms, unix_us, unix_ns, or a strftime text.")
#define P_ZONE P_TEXT(struct time_opts, tz, "UTC", .help = "UTC, an offset like +02:00 or a zone like Europe/Berlin.")
#define P_PRECISION P_CHOICE(struct time_opts, precision, precisions, 1, .help = "Finest part that is written.")

static const struct param now_params[] = { P_FORMAT, P_CLOCK(struct time_opts), P_END };
static const struct param date_time_params[] = { P_CENTURY("-30y"), P_UNTIL("now"), P_FORMAT, P_ZONE, P_PRECISION, P_END };
static const struct param between_params[] = {
	P_TEXT(struct time_opts, start, "-30d", .flags = PARAM_VARIES | PARAM_NEEDED, .help = "First instant: ISO 8601, now, today, or relative like -30y."),
	P_TEXT(struct time_opts, end, "now", .flags = PARAM_VARIES | PARAM_NEEDED, .help = "Last instant, written like the first."), P_FORMAT, P_END
};
static const struct param iso_params[] = { P_START("-30y"), P_UNTIL("now"), P_PRECISION, P_ZONE, P_END };
static const struct param date_params[] = {
	P_CENTURY("-30y"), P_UNTIL("today"),
	P_TEXT(struct time_opts, format, "%Y-%m-%d", .help = "A strftime text, or one of iso8601, sql, unix, unix_ms, unix_us, unix_ns."),
	P_END
};
static const struct param within_params[] = {
	P_TEXT(struct time_opts, within, "30d", .flags = PARAM_VARIES, .help = "How far from now at most, like 30d, 12h or 1y."), P_FORMAT, P_END
};

static size_t format_room(const struct call *c)
{
	return ((const struct time_made *)c->made)->layout.kind == STRFTIME ? FORMAT_ROOM : VALUE_TEXT;
}

/* Rows that lack a parameter leave its text NULL and its precision 0. */
static int time_prepare(struct call *c, struct err *e)
{
	const struct time_opts *o = c->opts;
	struct time_made *m = c->made;
	bool precise = param_find(c->is->params, "precision") != NULL;

	if (layout_parse(&m->layout, o->format ? o->format : "iso8601", o->tz ? o->tz : "UTC", precise ? o->precision : 1, e) < 0)
		return -1;
	if (!o->start)
		return 0;
	if (when_parse("start", o->start, &m->window.start, e) < 0 || when_parse("end", o->end, &m->window.end, e) < 0)
		return -1;
	return when_ordered(&m->window.start, &m->window.end, e);
}

static char *now_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_layout(to, &((const struct time_made *)c->made)->layout, r->now_ns);
}

static char *date_time_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct time_made *m = c->made;
	int64_t drawn = window_draw(&m->window, r->now_ns, m->layout.unit, d);

	return LIKELY(m->layout.usual) ? to + num_put_instant_ms(to, drawn) : put_layout(to, &m->layout, drawn * m->layout.unit);
}

static char *date_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct time_made *m = c->made;
	int64_t low = floor_to(when_ns(&m->window.start, r->now_ns) / second_ns, 86400) / 86400;
	int64_t high = floor_to(when_ns(&m->window.end, r->now_ns) / second_ns, 86400) / 86400, day;
	struct civil v;

	day = low < high ? draws_between(d, low, high) : draws_between(d, high, low);
	if (m->layout.kind != STRFTIME || strcmp(m->layout.format, "%Y-%m-%d") != 0)
		return put_layout(to, &m->layout, day * day_ns);
	v = civil_of_days(day);
	to = put_digits(to, (uint64_t)v.year, 4);
	*to++ = '-';
	to = put_digits(to, v.month, 2);
	*to++ = '-';
	return put_digits(to, v.day, 2);
}

/* ---- past_date, future_date ---- */

static int within_prepare(struct call *c, struct err *e)
{
	const struct time_opts *o = c->opts;
	struct time_made *m = c->made;

	if (time_prepare(c, e) < 0 || when_parse("within", o->within, &m->window.start, e) < 0)
		return -1;
	if ((m->window.start.kind != WHEN_SHIFT && m->window.start.kind != WHEN_MONTHS) || m->window.start.n <= 0)
		return err_set(e, ERR_INPUT, "within: a time like 30d, 12h or 1y is needed");
	return 0;
}

static char *past_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct time_made *m = c->made;
	struct when back = { .kind = m->window.start.kind, .n = -m->window.start.n };

	return put_layout(to, &m->layout, draws_between(d, when_ns(&back, r->now_ns), r->now_ns - 1));
}

static char *future_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct time_made *m = c->made;
	int64_t until = when_ns(&m->window.start, r->now_ns), unit = m->layout.unit;

	/* What is cut off when it is written must not bring it back to now. */
	return put_layout(to, &m->layout, draws_between(d, r->now_ns + 1, until) / unit * unit + unit);
}

/* ---- time ---- */

static const struct param clock_params[] = {
	P_TEXT(struct time_opts, start, "00:00:00", .flags = PARAM_VARIES, .help = "Earliest time of day."),
	P_TEXT(struct time_opts, end, "23:59:59", .flags = PARAM_VARIES, .help = "Latest time of day."),
	P_TEXT(struct time_opts, format, "%H:%M:%S", .help = "A strftime text."),
	P_END
};

/* "09:00" or "09:00:30" as seconds of the day. */
static int parse_clock(const char *name, const char *text, int64_t *seconds, struct err *e)
{
	unsigned part[3] = { 0, 0, 0 }, n = 0;
	const char *s = text;

	do {
		if (strspn(s, "0123456789") != 2)
			break;
		part[n++] = (unsigned)(s[0] - '0') * 10 + (unsigned)(s[1] - '0');
		s += 2;
	} while (n < 3 && *s == ':' && *s++);
	if (*s || n < 2 || part[0] > 23 || part[1] > 59 || part[2] > 59)
		return err_set(e, ERR_INPUT, "%s: '%.40s' is no time of day like 09:00 or 09:00:30", name, text);
	*seconds = part[0] * 3600 + part[1] * 60 + part[2];
	return 0;
}

static int clock_prepare(struct call *c, struct err *e)
{
	const struct time_opts *o = c->opts;
	struct time_made *m = c->made;

	if (layout_parse(&m->layout, o->format, "UTC", 0, e) < 0 || parse_clock("start", o->start, &m->window.start.n, e) < 0 ||
	    parse_clock("end", o->end, &m->window.end.n, e) < 0)
		return -1;
	return m->window.start.n > m->window.end.n ? err_set(e, ERR_INPUT, "start: it is after end") : 0;
}

static char *clock_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct time_made *m = c->made;
	int64_t s = draws_between(d, m->window.start.n, m->window.end.n);

	(void)r;
	if (m->layout.kind != STRFTIME || strcmp(m->layout.format, "%H:%M:%S") != 0)
		return put_layout(to, &m->layout, s * second_ns);
	to = put_digits(to, (uint64_t)s / 3600, 2);
	*to++ = ':';
	to = put_digits(to, (uint64_t)s / 60 % 60, 2);
	*to++ = ':';
	return put_digits(to, (uint64_t)s % 60, 2);
}

/* ---- unix_time ---- */

struct unix_opts {
	char *start, *end;
	int unit;
};

static const struct param unix_params[] = {
	P_TEXT(struct unix_opts, start, "-30y", .flags = PARAM_VARIES, .help = "First instant: ISO 8601, now, today, or relative like -30y."),
	P_TEXT(struct unix_opts, end, "now", .flags = PARAM_VARIES, .help = "Last instant, written like the first."),
	P_CHOICE(struct unix_opts, unit, precisions, 0, .help = "What is counted."),
	P_END
};

static int unix_prepare(struct call *c, struct err *e)
{
	const struct unix_opts *o = c->opts;
	struct time_made *m = c->made;

	if (when_parse("start", o->start, &m->window.start, e) < 0 || when_parse("end", o->end, &m->window.end, e) < 0)
		return -1;
	return when_ordered(&m->window.start, &m->window.end, e);
}

static void unix_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	static const int64_t units[] = { 1000000000, 1000000, 1000, 1 };
	int64_t unit = units[((const struct unix_opts *)c->opts)->unit];
	struct time_made *m = c->made;

	to->i = window_draw(&m->window, r->now_ns, unit, d);
}

/* ---- date_series ---- */

struct series_opts {
	char *start;
	int64_t step;
	double jitter;
};

static const struct param series_params[] = {
	P_TEXT(struct series_opts, start, "today", .flags = PARAM_VARIES | PARAM_NEEDED, .help = "First instant: ISO 8601, now, today, or relative like -30d."),
	P_SPAN(struct series_opts, step, 1, 3.2e17, 1e9, .help = "Time from one to the next."),
	P_SHARE(struct series_opts, jitter, 0, 1, 0, .help = "How much of a step an instant may be late."),
	P_END
};

static int series_prepare(struct call *c, struct err *e)
{
	return when_parse("start", ((const struct series_opts *)c->opts)->start, &((struct time_made *)c->made)->window.start, e);
}

static void series_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct series_opts *o = c->opts;
	int64_t way;

	to->i = when_ns(&((struct time_made *)c->made)->window.start, r->now_ns);
	if (__builtin_mul_overflow((int64_t)(r->number & INT64_MAX), o->step, &way) || __builtin_add_overflow(to->i, way, &to->i))
		to->i = INT64_MAX;
	way = (int64_t)(draws_unit(d) * o->jitter * (double)o->step);
	if (__builtin_add_overflow(to->i, way, &to->i))
		to->i = INT64_MAX;
}

/* ---- business_time ---- */

struct business_opts {
	char *start, *end, *open, *close;
};
struct business_made {
	struct when start, end;
	int64_t open, close;
};

static const struct param business_params[] = {
	P_TEXT(struct business_opts, start, "-30d", .flags = PARAM_VARIES, .help = "First instant: ISO 8601, now, today, or relative like -30d."),
	P_TEXT(struct business_opts, end, "now", .flags = PARAM_VARIES, .help = "Last instant, written like the first."),
	P_TEXT(struct business_opts, open, "09:00", .help = "When the day begins."),
	P_TEXT(struct business_opts, close, "17:00", .help = "When the day ends."),
	P_END
};

static int business_prepare(struct call *c, struct err *e)
{
	const struct business_opts *o = c->opts;
	struct business_made *m = c->made;

	if (when_parse("start", o->start, &m->start, e) < 0 || when_parse("end", o->end, &m->end, e) < 0 ||
	    when_ordered(&m->start, &m->end, e) < 0 || parse_clock("open", o->open, &m->open, e) < 0 || parse_clock("close", o->close, &m->close, e) < 0)
		return -1;
	return m->open >= m->close ? err_set(e, ERR_INPUT, "open: it is not before close") : 0;
}

/* Days from Monday 1970-01-05 count working days exactly: five a week. */
static int64_t working_days(int64_t day)
{
	int64_t d = day - 4, week = d / 7 - (d % 7 < 0), in = d - week * 7;

	return week * 5 + (in < 5 ? in : 5);
}

static void business_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	struct business_made *m = c->made;
	int64_t a = when_ns(&m->start, r->now_ns) / second_ns, b = when_ns(&m->end, r->now_ns) / second_ns;
	int64_t low = a < b ? a : b, high = a < b ? b : a, first, last, pick, day, week;

	/* Days that lie wholly inside; where there is none, the days that hold the ends and those around them. */
	first = working_days(floor_to(low - m->open + 86399, 86400) / 86400);
	last = working_days(floor_to(high - m->close, 86400) / 86400 + 1);
	pick = first < last ? draws_between(d, first, last - 1) : last - 1;
	week = pick / 5 - (pick % 5 < 0);
	day = 4 + week * 7 + (pick - week * 5);
	to->i = (day * 86400 + draws_between(d, m->open, m->close - 1)) * second_ns;
}

#define TIMES .opts_size = sizeof(struct time_opts), .made_size = sizeof(struct time_made), .max_len = format_room, .out = KIND_TEXT, .plain = true, \
	.category = "Date and time"

const struct provider pack_times[] = {
	{ ROW_NAME("now"), .help = "The instant of the row.", .example = "2024-01-01T00:00:00.000Z", .params = now_params, .prepare = time_prepare,
	  .text = now_text, TIMES },
	{ ROW_NAME("date_time"), .aliases = "timestamp date.anytime date_time_ad(start=-200y) date_time_this_century(start=century) date_time_this_decade(start=decade) "
	  "date_time_this_year(start=year) date_time_this_month(start=month) mysql_datetime(start=-5y,end=+1y,format=sql) "
	  "mysql_timestamp(start=-1y,format=sql) sqlite_datetime(format=sql)", .help = "An instant between two.", .example = "2019-03-15T14:32:10.482Z",
	  .params = date_time_params, .prepare = time_prepare, .text = date_time_text, TIMES },
	{ ROW_NAME("date_time_between"), .aliases = "daterange(start=-30d,end=now) date.between date_time_between_dates", .help = "An instant between two that are given.",
	  .example = "2023-12-15T14:32:10.482Z", .params = between_params, .prepare = time_prepare, .text = date_time_text, TIMES },
	{ ROW_NAME("date"), .aliases = "date_object date_between date_between_dates date_this_century(start=century) date_this_decade(start=decade) "
	  "date_this_year(start=year) date_this_month(start=month) sqlite_date", .help = "A day between two.", .example = "2019-11-02", .params = date_params,
	  .prepare = time_prepare, .text = date_text, TIMES },
	{ ROW_NAME("time"), .aliases = "timerange time_object mysql_time sqlite_time", .help = "A time of day.", .example = "14:32:10", .params = clock_params,
	  .prepare = clock_prepare, .text = clock_text, TIMES },
	{ ROW_NAME("past_date"), .aliases = "past_datetime date.past(within=1y) date.recent(within=1d)", .help = "An instant before now.",
	  .example = "2023-12-15T14:32:10.482Z", .params = within_params, .prepare = within_prepare, .text = past_text, TIMES },
	{ ROW_NAME("future_date"), .aliases = "future_datetime date.future(within=1y) date.soon(within=1d)", .help = "An instant after now.",
	  .example = "2024-01-15T14:32:10.482Z", .params = within_params, .prepare = within_prepare, .text = future_text, TIMES },
	{ ROW_NAME("iso8601"), .help = "An instant between two, as ISO 8601.", .example = "2019-03-15T14:32:10.482Z", .params = iso_params,
	  .prepare = time_prepare, .text = date_time_text, TIMES },
	{ ROW_NAME("unix_time"), .aliases = "mongodb_timestamp", .category = "Date and time",
	  .help = "An instant between two, as Unix time.", .example = "1704099600", .out = KIND_INT,
	  .params = unix_params, .opts_size = sizeof(struct unix_opts), .made_size = sizeof(struct time_made), .prepare = unix_prepare,
	  .value = unix_value },
	{ ROW_NAME("date_series"), .aliases = "date.betweens time_series", .category = "Date and time", .help = "Instants one step after the other.",
	  .example = "2024-01-01T00:00:07.000Z", .out = KIND_INSTANT, .params = series_params, .opts_size = sizeof(struct series_opts),
	  .made_size = sizeof(struct time_made), .prepare = series_prepare, .value = series_value },
	{ ROW_NAME("business_time"), .category = "Date and time", .help = "An instant on a weekday, within opening hours.",
	  .example = "2023-12-15T14:32:10.000Z", .out = KIND_INSTANT, .params = business_params, .opts_size = sizeof(struct business_opts),
	  .made_size = sizeof(struct business_made), .prepare = business_prepare, .value = business_value },
	{ .name = NULL },
};
