/* Clocks by POSIX rules: "CET-1CEST,M3.5.0,M10.5.0/3". */
#include "value/packs/zone.h"

#include "value/moments.h"
#include "value/packs/packs.h"
#include "value/packs/person.h"

enum { HOUR = 3600, DAY = 86400 };

/* ---- rules; those of our own table are right ---- */

/* "-4:30" or "50" as seconds. */
static int32_t read_clock(const char **s)
{
	int32_t sign = **s == '-' ? -1 : 1, part = HOUR, v = 0;

	*s += **s == '-' || **s == '+';
	for (; part; part /= 60) {
		int32_t n = 0;

		for (; **s >= '0' && **s <= '9'; ++*s)
			n = n * 10 + (**s - '0');
		v += n * part;
		if (**s != ':')
			break;
		++*s;
	}
	return sign * v;
}

/* Letters, or anything in <>. */
static void skip_name(const char **s)
{
	if (**s == '<')
		*s += strcspn(*s, ">") + 1;
	else
		while ((**s | 32) >= 'a' && (**s | 32) <= 'z')
			++*s;
}

/* ",M3.5.0/2" */
static struct turn read_turn(const char **s)
{
	struct turn t = { .second = 2 * HOUR };

	*s += 2;
	t.month = (uint8_t)(**s - '0');
	if ((*s)[1] != '.')
		t.month = (uint8_t)(t.month * 10 + *++*s - '0');
	t.week = (uint8_t)((*s)[2] - '0');
	t.weekday = (uint8_t)((*s)[4] - '0');
	*s += 5;
	if (**s == '/') {
		++*s;
		t.second = read_clock(s);
	}
	return t;
}

void zone_of_row(struct zone *z, const struct table *zones, uint32_t row)
{
	struct cell rule = table_cell(zones, row, 2);
	char text[64] = "";
	const char *s = text;

	memcpy(text, rule.at, rule.n < sizeof text ? rule.n : sizeof text - 1);
	*z = (struct zone){ 0 };
	skip_name(&s);
	z->usual = -read_clock(&s);             /* POSIX counts to the west */
	z->summer = z->usual + HOUR;
	if (!*s)
		return;
	z->turns = true;
	skip_name(&s);
	if (*s != ',')
		z->summer = -read_clock(&s);
	z->on = read_turn(&s);
	z->off = read_turn(&s);
}

static int read_offset(struct zone *z, const char *parameter, const char *text, struct err *e)
{
	int32_t h, m;

	if (strlen(text) != 6 || text[3] != ':' || strspn(text + 1, "0123456789") != 2 || strspn(text + 4, "0123456789") != 2)
		return err_set(e, ERR_INPUT, "%s: '%.40s' is neither UTC, an offset like +02:00 nor a zone like Europe/Berlin", parameter, text);
	h = (text[1] - '0') * 10 + text[2] - '0';
	m = (text[4] - '0') * 10 + text[5] - '0';
	if (h * 60 + m > 14 * 60 || m > 59)
		return err_set(e, ERR_INPUT, "%s: an offset is at most 14 hours", parameter);
	*z = (struct zone){ .usual = (text[0] == '-' ? -1 : 1) * (h * 60 + m) * 60 };
	return 0;
}

int zone_read(struct zone *z, const char *parameter, const char *text, struct err *e)
{
	const struct table *zones = table_find("any", "zone"), *links = table_find("any", "zone_link");
	uint32_t link = table_row(links, 0, text), row = table_row(zones, 0, text);

	*z = (struct zone){ 0 };
	if (strcmp(text, "UTC") == 0 || strcmp(text, "Z") == 0)
		return 0;
	if (text[0] == '+' || text[0] == '-' || !strchr(text, '/'))
		return read_offset(z, parameter, text, e);
	for (uint32_t i = 0; link != UINT32_MAX && i < zones->rows; i++)
		if (cell_same(table_cell(zones, i, 0), table_cell(links, link, 1)))
			row = i;
	if (row == UINT32_MAX)
		row = table_named(zones, 0, parameter, "zone", text, e);
	if (row == UINT32_MAX)
		return -1;
	zone_of_row(z, zones, row);
	return 0;
}

static int64_t turn_second(int64_t year, const struct turn *t)
{
	int64_t first = days_of_civil(year, t->month, 1), next = t->month < 12 ? days_of_civil(year, t->month + 1u, 1) : days_of_civil(year + 1, 1, 1);
	int64_t day = first + ((t->weekday - (first + 4) % 7) % 7 + 7) % 7 + 7 * (t->week - 1);

	return (day < next ? day : day - 7) * DAY + t->second;
}

int32_t zone_seconds(const struct zone *z, int64_t ns)
{
	int64_t at = ns / 1000000000 - (ns % 1000000000 < 0), local = at + z->usual, on, off, year;

	if (!z->turns)
		return z->usual;
	year = civil_of_days(local / DAY - (local % DAY < 0)).year;
	on = turn_second(year, &z->on) - z->usual;
	off = turn_second(year, &z->off) - z->summer;
	return (on < off ? at >= on && at < off : at >= on || at < off) ? z->summer : z->usual;
}

char *zone_put(char *to, int32_t seconds, bool colon)
{
	uint32_t minutes = (uint32_t)(seconds < 0 ? -seconds : seconds) / 60;

	*to++ = seconds < 0 ? '-' : '+';
	to = put_digits(to, minutes / 60, 2);
	if (colon)
		*to++ = ':';
	return put_digits(to, minutes % 60, 2);
}

/* ---- utc_offset ---- */

static const char *const formats[] = { "hhmm", "hours", "minutes", NULL };
enum { FORMAT_HHMM, FORMAT_HOURS };

struct offset_opts {
	int format;
};
struct offset_made {
	const struct atlas *of;
	const struct table *zones;
};

static const struct param offset_params[] = {
	P_CHOICE(struct offset_opts, format, formats, FORMAT_HHMM, .help = "Like +05:30, in hours like 5.5, or in minutes like 330."), P_END
};

static int offset_prepare(struct call *c, struct err *e)
{
	struct offset_made *m = c->made;

	m->zones = table_find("any", "zone");
	m->of = atlas_of(c->locale, e);
	return m->of ? 0 : -1;
}

static char *offset_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const parts[] = { "", ".25", ".5", ".75" };
	const struct offset_made *m = c->made;
	struct zone z;
	int32_t seconds;

	(void)d;
	zone_of_row(&z, m->zones, place_zone(m->of, r, c->group_salt));
	seconds = zone_seconds(&z, r->now_ns);
	switch (((const struct offset_opts *)c->opts)->format) {
	case FORMAT_HHMM: return zone_put(to, seconds, true);
	case FORMAT_HOURS:
		if (seconds < 0)
			*to++ = '-';
		seconds = seconds < 0 ? -seconds : seconds;
		return put_text(put_int(to, seconds / HOUR), parts[seconds % HOUR / 900]);
	default: return put_int(to, seconds / 60);
	}
}

const struct provider pack_zones[] = {
	{ ROW_NAME("utc_offset"), .aliases = "timezoneoffset(format=hours)", .category = "Address and geography", .group = "place",
	  .places = true, .help = "How far the clocks of the place are ahead of UTC now.", .example = "+01:00", .out = KIND_TEXT, .params = offset_params,
	  .opts_size = sizeof(struct offset_opts), .made_size = sizeof(struct offset_made), .prepare = offset_prepare, .text = offset_text },
	{ .name = NULL },
};
