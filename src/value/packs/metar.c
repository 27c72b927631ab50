/* METAR reports, and small codes of aviation: record locators, squawks, runways, flight levels. */
#include "value/packs/packs.h"

#include <string.h>

#include "value/packs/flight.h"

static const int64_t MINUTE_NS = 60000000000;

/* ---- metar ---- */

enum severity { CALM, NORMAL, SEVERE };
struct metar_opts {
	char *station;
	int severity;
};

struct metar_made {
	const struct table *airports;
	uint32_t only;
};

static const char *const severities[] = { "calm", "normal", "severe", NULL };
static const struct param metar_params[] = {
	P_TEXT(struct metar_opts, station, "any", .help = "ICAO or IATA code of an airport; any."),
	P_CHOICE(struct metar_opts, severity, severities, 1, .help = "How bad the weather is."), P_END
};

struct weather {
	unsigned wind, gust, from, visibility;  /* knots, knots or 0, degrees, metres */
	bool variable;
	const char *present;                    /* "" for none */
	int temperature, dew, pressure;         /* degrees Celsius, hPa */
	unsigned layers, base[3], oktas[3];     /* hundreds of feet; 1..4: FEW SCT BKN OVC */
	bool storm;
};

static int metar_prepare(struct call *c, struct err *e)
{
	const struct metar_opts *o = c->opts;
	struct metar_made *m = c->made;

	m->only = UINT32_MAX;
	m->airports = table_find("any", "airport");
	if (!m->airports)
		return err_set(e, ERR_INPUT, "the tables of aviation are not in this build");
	if (!*o->station || strcmp(o->station, "any") == 0)
		return 0;
	m->only = table_row(m->airports, AIRPORT_ICAO, o->station);
	if (m->only == UINT32_MAX)
		m->only = table_named(m->airports, AIRPORT_IATA, "station", "airport", o->station, e);
	return m->only != UINT32_MAX ? 0 : -1;
}

/* Colder towards the poles; what falls, and how far one sees, follows from temperature and luck. */
static struct weather make_weather(enum severity how, int latitude, struct draws *d)
{
	static const unsigned winds[] = { 5, 16, 26 }, see[] = { 9999, 6000, 1500 };
	struct weather w = { .pressure = (how == SEVERE ? 985 : how == CALM ? 1012 : 1002) + (int)draws_below(d, 24), .present = "" };
	bool wet = draws_below(d, 100) < (how == CALM ? 0 : how == NORMAL ? 18 : 85), fog = !wet && how != CALM && draws_below(d, 100) < 4;

	latitude = latitude < 0 ? -latitude : latitude;
	w.temperature = 30 - latitude / 200 + (int)draws_below(d, 19) - 11;
	w.dew = w.temperature - (int)(fog ? draws_below(d, 2) : wet ? draws_below(d, 4) : 2 + draws_below(d, 12));
	w.wind = (unsigned)draws_below(d, winds[how] + 1) + (how == SEVERE ? 14 : 0);
	w.from = 10 + 10 * (unsigned)draws_below(d, 36);
	w.variable = w.wind && w.wind < 4 && draws_below(d, 2);
	if (how == SEVERE || (w.wind > 12 && draws_below(d, 3) == 0))
		w.gust = w.wind + 10 + (unsigned)draws_below(d, how == SEVERE ? 18 : 7);
	if (fog)
		w.wind = w.gust = 0;
	w.storm = wet && w.temperature > 8 && draws_below(d, 100) < (how == SEVERE ? 60 : 10);
	w.visibility = fog ? 100 * (1 + (unsigned)draws_below(d, 9)) : wet ? see[how] - (how == SEVERE ? 100 * (unsigned)draws_below(d, 13) : 1000 * (unsigned)draws_below(d, 4)) : 9999;
	if (fog)
		w.present = w.temperature < 0 ? "FZFG" : "FG";
	else if (w.storm)
		w.present = how == SEVERE ? "+TSRA" : "TSRA";
	else if (wet)
		w.present = w.temperature <= 0 ? how == SEVERE ? "+SN" : "-SN" : w.temperature < 3 ? how == SEVERE ? "RASN" : "-RASN" : how == SEVERE ? "+RA" : "-RA";
	w.layers = fog ? 1 : how == CALM ? (unsigned)draws_below(d, 2) : wet ? 1 + (unsigned)draws_below(d, 3) : (unsigned)draws_below(d, 3);
	for (unsigned i = 0, base = fog ? 1 : wet ? 8 : how == CALM ? 60 : 20, oktas = 1; i < w.layers; i++) {
		base += (unsigned)draws_below(d, fog ? 2 : 30) + (i ? 10 : 0);
		oktas += (unsigned)draws_below(d, how == CALM ? 1 : 2) + (fog || (wet && i + 1 == w.layers && oktas < 3));
		w.base[i] = base;
		w.oktas[i] = oktas < 4 ? oktas : 4;
	}
	return w;
}

static char *put_wind(const struct weather *w, char *to)
{
	if (!w->wind)
		return put_literal(to, "00000KT");
	to = w->variable ? put_literal(to, "VRB") : put_digits(to, w->from, 3);
	to = put_digits(to, w->wind, 2);
	if (w->gust) {
		*to++ = 'G';
		to = put_digits(to, w->gust, 2);
	}
	return put_literal(to, "KT");
}

/* Statute miles in North America. */
static char *put_visibility(const struct weather *w, bool miles, char *to)
{
	unsigned quarters = w->visibility * 4 / 1609;

	if (!miles)
		return put_digits(to, w->visibility < 5000 ? w->visibility / 100 * 100 : w->visibility < 9000 ? w->visibility / 1000 * 1000 : 9999, 4);
	if (w->visibility >= 9999)
		return put_literal(to, "10SM");
	if (quarters >= 4)
		return put_literal(put_digits(to, quarters / 4, 1), "SM");
	return quarters == 3 ? put_literal(to, "3/4SM") : quarters == 2 ? put_literal(to, "1/2SM") : put_literal(to, "1/4SM");
}

static char *put_degrees(char *to, int v)
{
	if (v < 0)
		*to++ = 'M';
	return put_digits(to, (uint64_t)(v < 0 ? -v : v), 2);
}

static char *put_clouds(const struct weather *w, bool america, char *to)
{
	static const char kinds[] = "FEWSCTBKNOVC";

	if (!w->layers)
		return america ? put_literal(to, " CLR") : put_literal(to, " NSC");
	for (unsigned i = 0; i < w->layers; i++) {
		*to++ = ' ';
		to = put_bytes(to, kinds + 3 * (w->oktas[i] - 1), 3);
		to = put_digits(to, w->base[i], 3);
		if (w->storm && i == 0)
			to = put_literal(to, "CB");
	}
	return to;
}

static char *metar_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct metar_made *m = c->made;
	uint32_t station = m->only != UINT32_MAX ? m->only : (uint32_t)draws_below(d, m->airports->rows);
	struct cell country = table_cell(m->airports, station, AIRPORT_COUNTRY);
	bool america = memcmp(country.at, "US", 2) == 0 || memcmp(country.at, "CA", 2) == 0;
	struct weather w = make_weather((enum severity)((const struct metar_opts *)c->opts)->severity, (int)cell_int(table_cell(m->airports, station, AIRPORT_LAT)), d);
	int64_t slot = 30 * MINUTE_NS, at = (r->now_ns - 20 * MINUTE_NS) / slot * slot + 20 * MINUTE_NS;
	bool fine = !america && w.visibility >= 9999 && !*w.present && (!w.layers || w.base[0] >= 50);
	size_t n = strlen(w.present);

	to = put_cell(to, table_cell(m->airports, station, AIRPORT_ICAO));
	*to++ = ' ';
	to += put_time(to, 16, "%d%H%MZ", at) - to;
	*to++ = ' ';
	to = put_wind(&w, to);
	*to++ = ' ';
	if (fine) {
		to = put_literal(to, "CAVOK");
	} else {
		to = put_visibility(&w, america, to);
		if (n) {
			*to++ = ' ';
			to = put_bytes(to, w.present, n);
		}
		to = put_clouds(&w, america, to);
	}
	*to++ = ' ';
	to = put_degrees(to, w.temperature);
	*to++ = '/';
	to = put_degrees(to, w.dew);
	*to++ = ' ';
	*to++ = america ? 'A' : 'Q';
	return put_digits(to, america ? (uint64_t)(w.pressure * 2.953 + 0.5) : (uint64_t)w.pressure, 4);
}

/* ---- record_locator ---- */

struct locator_opts {
	bool digits, ambiguous;
};

static const struct param locator_params[] = {
	P_BOOL(struct locator_opts, digits, true, .help = "Whether digits occur."),
	P_BOOL(struct locator_opts, ambiguous, false, .help = "Whether I, O, 0 and 1 occur."), P_END
};

static char *locator_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char clear[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	const struct locator_opts *o = c->opts;
	const char *from = o->ambiguous ? all : clear;
	uint64_t n = o->ambiguous ? o->digits ? 36 : 26 : o->digits ? 32 : 24, pick;

	(void)r;
	/* One draw for six: 36^6 is far below 2^64. */
	pick = draws_below(d, n * n * n * n * n * n);
	for (unsigned i = 0; i < 6; i++, pick /= n)
		*to++ = from[pick % n];
	return to;
}

/* ---- squawk ---- */

struct squawk_opts {
	double emergency_rate;
};

static const struct param squawk_params[] = {
	P_SHARE(struct squawk_opts, emergency_rate, 0, 1, 0.001, .help = "Share of 7500, 7600 and 7700."), P_END
};

static char *squawk_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t v;

	(void)r;
	if (draws_unit(d) < ((const struct squawk_opts *)c->opts)->emergency_rate)
		return put_digits(to, 7500 + 100 * draws_below(d, 3), 4);
	/* 4,096 codes without the three: numbers from the first of them on move up. */
	v = draws_below(d, 4093);
	v += v >= 07500;
	v += v >= 07600;
	v += v >= 07700;
	for (unsigned i = 0; i < 4; i++)
		*to++ = (char)('0' + (v >> (9 - 3 * i) & 7));
	return to;
}

/* ---- runway ---- */

static char *runway_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t side = draws_below(d, 14);

	(void)c, (void)r;
	to = put_digits(to, 1 + draws_below(d, 36), 2);
	if (side < 7)
		*to++ = "LRLRLRC"[side];
	return to;
}

/* ---- flight_level ---- */

static const struct param level_params[] = {
	P_INT(struct flight_opts, min, 0, 600, 50, .unit = "hundred feet", .help = "Lowest level."),
	P_INT(struct flight_opts, max, 0, 600, 430, .unit = "hundred feet", .help = "Highest level."),
	P_INT(struct flight_opts, step, 1, 600, 10, .help = "Distance between levels, a multiple of 10."), AIRLINE_INSIDE, P_END
};

enum { LEVELS_BELOW = 80 };

/* The lowest level of the heading, and how many; odd tens eastbound. Steps of an even number of tens keep the parity of the first. */
static int64_t levels(const struct flight_opts *o, int64_t least, int64_t most, bool east, int64_t *n)
{
	int64_t step = o->step % 20 ? 2 * o->step : o->step, first = (least + 9) / 10 * 10;

	if (first / 10 % 2 != east)
		first += 10;
	*n = most < first ? 0 : (most - first) / step + 1;
	return first;
}

static int level_prepare(struct call *c, struct err *e)
{
	const struct flight_opts *o = c->opts;
	int64_t east, west;

	if (o->step % 10)
		return err_set(e, ERR_INPUT, "step: %lld is no multiple of 10", (long long)o->step);
	levels(o, o->min, o->max, true, &east);
	levels(o, o->min, o->max, false, &west);
	if (!east || !west)
		return err_set(e, ERR_INPUT, "max: between %lld and %lld there is no level for both directions", (long long)o->min, (long long)o->max);
	return flight_prepare(c, e);
}

static char *level_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct flight_opts *o = c->opts;
	const struct flights *f = FLIGHT(c);
	struct leg leg = flight_leg(c, r);
	struct draws own = FLIGHT_STREAM(c, r, DRAW_LEVEL);
	int64_t most = f->craft[flight_craft(c, r, leg.km)].ceiling, top = 60 + (int64_t)(leg.km * 0.4), n, first;
	bool east = flight_eastbound(f, &leg);

	(void)d;
	/* Near the ceiling, or near what a short flight climbs to. */
	most = most < o->max ? most : o->max;
	top = top < most ? top : most;
	first = levels(o, top - LEVELS_BELOW > o->min ? top - LEVELS_BELOW : o->min, top, east, &n);
	if (!n)         /* none there of those that were asked for */
		first = levels(o, o->min, most, east, &n);
	if (!n)         /* all are above the ceiling */
		first = levels(o, o->min, o->max, east, &n);
	to = put_literal(to, "FL");
	return put_digits(to, (uint64_t)(first + (int64_t)draws_below(&own, (uint64_t)n) * (o->step % 20 ? 2 * o->step : o->step)), 3);
}

const struct provider pack_airfield[] = {
	{ ROW_NAME("metar"), .category = "Aviation", .help = "A weather report of an airport, from the last half hour.",
	  .example = "ENGM 010920Z 20008KT 9999 FEW030 04/M01 Q1013", .out = KIND_TEXT, .params = metar_params, .opts_size = sizeof(struct metar_opts),
	  .made_size = sizeof(struct metar_made), .prepare = metar_prepare, .room = 128, .text = metar_text },
	{ ROW_NAME("record_locator"), .aliases = "airlinerecordlocator airline.recordLocator", .category = "Aviation",
	  .help = "Six characters that name a booking.", .example = "K7XQ2M", .out = KIND_TEXT, .params = locator_params,
	  .opts_size = sizeof(struct locator_opts), .text = locator_text },
	{ ROW_NAME("squawk"), .category = "Aviation", .help = "Transponder code, four octal digits.", .example = "2461", .out = KIND_TEXT,
	  .params = squawk_params, .opts_size = sizeof(struct squawk_opts), .text = squawk_text },
	{ ROW_NAME("runway"), .category = "Aviation", .help = "Name of a runway.", .example = "27L", .out = KIND_TEXT, .text = runway_text },
	{ ROW_NAME("flight_level"), .category = "Aviation", .group = "flight", .help = "Cruising level: odd tens eastbound, even tens westbound.",
	  .example = "FL350", .out = KIND_TEXT, .params = level_params, .opts_size = sizeof(struct flight_opts), .made_size = sizeof(struct flights),
	  .prepare = level_prepare, .release = flight_release, .text = level_text },
	{ .name = NULL },
};
