/* A flight: who flies, from where to where, on what, when. */
#include "value/packs/flight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mathx.h"
#include "base/num.h"

static const double EARTH_KM = 6371.0088;
static const int64_t MINUTE_NS = 60000000000;

/* Upper ends of the buckets of distance: who reaches the end of a bucket flies in it. */
static const double reaches[FLIGHT_REACHES] = { 300, 600, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 11000, 12000,
						13000, 14500, FLIGHT_MOST_KM };
const char *const flight_statuses[] = { "Scheduled", "Boarding", "Departed", "Arrived", "Delayed", "Cancelled", "Diverted" };

/* ---- setting up ---- */

static int64_t whole(const struct table *t, uint32_t row, unsigned column)
{
	return cell_int(table_cell(t, row, column));
}

static uint16_t country_key(struct cell c)
{
	return (uint16_t)((unsigned char)c.at[0] << 8 | (unsigned char)c.at[1]);
}

static void read_ports(struct flights *f)
{
	for (uint32_t i = 0; i < f->airports->rows; i++) {
		double lat = (double)whole(f->airports, i, AIRPORT_LAT) / 100 * MATHX_PI / 180, lon = (double)whole(f->airports, i, AIRPORT_LON) / 100 * MATHX_PI / 180;

		f->port[i] = (struct port){ .x = mathx_cos(lat) * mathx_cos(lon), .y = mathx_cos(lat) * mathx_sin(lon), .z = mathx_sin(lat),
			.east = (int16_t)whole(f->airports, i, AIRPORT_EAST), .rule = *table_cell(f->airports, i, AIRPORT_RULE).at,
			.size = *table_cell(f->airports, i, AIRPORT_SIZE).at, .country = country_key(table_cell(f->airports, i, AIRPORT_COUNTRY)) };
	}
}

static void read_aircraft(struct flights *f)
{
	for (uint32_t i = 0; i < f->aircraft->rows; i++)
		f->craft[i] = (struct craft){ .range = (double)whole(f->aircraft, i, 5), .speed = (double)whole(f->aircraft, i, 6),
			.rows = (uint16_t)whole(f->aircraft, i, 7), .letters = (uint8_t)table_cell(f->aircraft, i, 8).n,
			.ceiling = (uint16_t)whole(f->aircraft, i, 9), .category = *table_cell(f->aircraft, i, AIRCRAFT_CATEGORY).at };
}

/* Airports by country, then where each airline is at home. */
static void read_homes(struct flights *f)
{
	uint32_t n = 0, ports = f->airports->rows;

	for (uint32_t i = 0; i < f->airlines->rows; i++) {
		uint16_t country = country_key(table_cell(f->airlines, i, AIRLINE_COUNTRY));
		char name[3] = { (char)(country >> 8), (char)country, '\0' };

		f->airline[i].mark = table_row(f->marks, MARK_COUNTRY, name);
		f->airline[i].home = UINT32_MAX;
		for (uint32_t k = 0; k < i; k++)
			if (country_key(table_cell(f->airlines, k, AIRLINE_COUNTRY)) == country) {
				f->airline[i] = f->airline[k];
				break;
			}
		if (f->airline[i].home != UINT32_MAX)
			continue;
		f->airline[i].home = n;
		for (uint32_t k = 0; k < ports; k++)
			if (f->port[k].country == country) {
				f->by_country[n] = k;
				f->country_sum[n + 1] = f->country_sum[n] + f->airports->weights[k];
				n++;
			}
		f->airline[i].home_n = n - f->airline[i].home;
	}
}

static double cosine_of(const struct port *a, const struct port *b)
{
	return a->x * b->x + a->y * b->y + a->z * b->z;
}

static bool in_bounds(const struct flights *f, uint32_t a, uint32_t b)
{
	double k = cosine_of(&f->port[a], &f->port[b]);

	return a != b && k <= f->near && k >= f->far;
}

static int bind_bounds(struct flights *f, const struct flight_opts *o, struct err *e)
{
	double min = o->max_km ? (double)o->min_km : 150, max = o->max_km ? (double)o->max_km : 15000;
	bool any = false;

	f->near = mathx_cos(min / EARTH_KM);
	f->far = mathx_cos((max < FLIGHT_MOST_KM - 1 ? max : FLIGHT_MOST_KM - 1) / EARTH_KM);
	for (uint32_t i = 0; i < f->airports->rows; i++)
		for (uint32_t k = 0; k < f->airports->rows && !f->port[i].reachable; k++)
			f->port[i].reachable = in_bounds(f, i, k);
	for (uint32_t i = 0; i < f->airports->rows; i++)
		any |= f->port[i].reachable;
	return any ? 0 : err_set(e, ERR_INPUT, "min_km: no flight is between %g and %g km long; the longest is about %d", min, max, FLIGHT_MOST_KM);
}

static int bind_reach(struct flights *f)
{
	double weights[512];

	for (int k = 0; k < FLIGHT_REACHES; k++) {
		for (uint32_t i = 0; i < f->aircraft->rows && i < 512; i++) {
			const struct craft *a = &f->craft[i];
			bool able = a->range >= reaches[k] && (a->category != 'r' || reaches[k] <= 1500);

			/* Wide bodies seldom hop, propellers seldom go far. */
			weights[i] = !able ? 0 : (double)f->aircraft->weights[i] * (a->category == 'w' && reaches[k] <= 1500 ? 0.03 : 1) *
				(a->speed < 600 && reaches[k] > 600 ? 0.1 : 1);
		}
		if (alias_init(&f->reach[k], weights, f->aircraft->rows) < 0)
			return -1;
	}
	return 0;
}

static int country_of(const struct call *c, const char *text, char name[3], struct err *e)
{
	size_t n = strlen(c->locale);

	if (strcmp(text, "locale") == 0)
		text = n > 2 ? c->locale + n - 2 : "US";
	if (strlen(text) != 2)
		return err_set(e, ERR_INPUT, "country: takes two letters, any or locale, not '%.40s'", text);
	memcpy(name, text, 2);
	for (int i = 0; i < 2; i++)
		name[i] = (char)(name[i] >= 'a' && name[i] <= 'z' ? name[i] - 32 : name[i]);
	name[2] = '\0';
	return 0;
}

static int bind_country(struct call *c, struct flights *f, const struct flight_opts *o, struct err *e)
{
	bool any = !o->country || !*o->country || strcmp(o->country, "any") == 0;
	char name[3] = "", sizes[] = " lms", size = sizes[o->size];

	if (!any && country_of(c, o->country, name, e) < 0)
		return -1;
	if (any && size == ' ')
		return 0;
	if (!any)
		f->only_mark = table_row(f->marks, MARK_COUNTRY, name);
	for (uint32_t i = 0; i < f->airports->rows; i++) {
		struct cell at = table_cell(f->airports, i, AIRPORT_COUNTRY);

		if (!f->port[i].reachable || (!any && memcmp(at.at, name, 2) != 0) || (size != ' ' && f->port[i].size != size))
			continue;
		f->from[f->from_n] = i;
		f->from_sum[f->from_n + 1] = f->from_sum[f->from_n] + f->airports->weights[i];
		f->from_n++;
	}
	if (strcmp(c->is->name, "aircraft_registration") == 0 || strcmp(c->is->name, "icao24") == 0)
		return any || f->only_mark != UINT32_MAX ? 0 : err_set(e, ERR_INPUT, "country: no marks of aircraft are known for %s", name);
	return f->from_n ? 0 : err_set(e, ERR_INPUT, "country: no such airport is known in %s", any ? "any country" : name);
}

static int bind_airline(struct flights *f, const struct flight_opts *o, struct err *e)
{
	static const unsigned columns[] = { AIRLINE_IATA, AIRLINE_ICAO };

	if (!o->airline || !*o->airline || strcmp(o->airline, "any") == 0)
		return 0;
	for (int i = 0; i < 2 && f->only_airline == UINT32_MAX; i++)
		f->only_airline = table_row(f->airlines, columns[i], o->airline);
	if (f->only_airline == UINT32_MAX)
		f->only_airline = table_named(f->airlines, AIRLINE_NAME, "airline", "airline", o->airline, e);
	return f->only_airline != UINT32_MAX ? 0 : -1;
}

static int bind_rest(const struct call *c, struct flights *f, const struct flight_opts *o, struct err *e)
{
	struct err inner;

	f->big_airlines = o->weighted && strcmp(c->is->name, "airline") == 0;
	f->even_status = !o->weighted && strcmp(c->is->name, "flight_status") == 0;
	f->even_cabin = !o->weighted && strcmp(c->is->name, "cabin_class") == 0;
	f->p_delay = 0.22;
	f->mean_delay = 35;
	f->digits_low = 1;
	f->digits_high = 4;
	if (o->mean > 0) {
		f->p_delay = o->p_delay;
		f->mean_delay = o->mean;
	}
	if (o->digits && (parse_range(o->digits, &f->digits_low, &f->digits_high, &inner) < 0 || f->digits_low < 1 || f->digits_high > 4))
		return err_set(e, ERR_INPUT, "digits: takes a range within 1..4, not '%.40s'", o->digits);
	if (o->iata && *o->iata) {
		f->only_port = table_named(f->airports, AIRPORT_IATA, "iata", "airport", o->iata, e);
		if (f->only_port == UINT32_MAX)
			return -1;
	}
	return 0;
}

int flight_prepare(struct call *c, struct err *e)
{
	struct flights *f = c->made;
	const struct flight_opts *o = c->opts;
	uint32_t ports;

	f->only_airline = f->only_mark = f->only_port = UINT32_MAX;
	f->airports = table_find("any", "airport");
	f->airlines = table_find("any", "airline");
	f->aircraft = table_find("any", "aircraft");
	f->marks = table_find("any", "aircraft_mark");
	if (!f->airports || !f->airlines || !f->aircraft || !f->marks)
		return err_set(e, ERR_INPUT, "the tables of aviation are not in this build");
	ports = f->airports->rows;
	f->by_size = table_alias(f->airports);
	f->by_fleet = table_alias(f->airlines);
	f->port = calloc(ports, sizeof *f->port);
	f->craft = calloc(f->aircraft->rows, sizeof *f->craft);
	f->airline = calloc(f->airlines->rows, sizeof *f->airline);
	f->by_country = calloc(4 * (ports + 1), sizeof *f->by_country);
	if (!f->by_size || !f->by_fleet || !f->port || !f->craft || !f->airline || !f->by_country)
		goto memory;
	f->country_sum = f->by_country + ports + 1;
	f->from = f->country_sum + ports + 1;
	f->from_sum = f->from + ports + 1;
	read_ports(f);
	read_aircraft(f);
	read_homes(f);
	if (bind_reach(f) < 0)
		goto memory;
	if (bind_bounds(f, o, e) == 0 && bind_country(c, f, o, e) == 0 && bind_airline(f, o, e) == 0 && bind_rest(c, f, o, e) == 0)
		return 0;
	flight_release(c);
	return -1;
memory:
	flight_release(c);
	return err_memory(e);
}

void flight_release(struct call *c)
{
	struct flights *f = c->made;

	free(f->port);
	free(f->craft);
	free(f->airline);
	free(f->by_country);
	for (int k = 0; k < FLIGHT_REACHES; k++)
		alias_free(&f->reach[k]);
	*f = (struct flights){ 0 };
}

/* ---- aspects ---- */

uint32_t flight_airline(const struct call *c, const struct row *r)
{
	const struct flights *f = FLIGHT(c);
	struct draws d = FLIGHT_STREAM(c, r, DRAW_AIRLINE);

	if (f->only_airline != UINT32_MAX)
		return f->only_airline;
	return table_pick(f->airlines, f->big_airlines ? f->by_fleet : NULL, &d);
}

/* One of the n entries from `first` on, by weight; sums run on from one entry to the next. */
static uint32_t pick_summed(const uint32_t *list, const uint32_t *sum, uint32_t first, uint32_t n, struct draws *d)
{
	uint32_t low = first, high = first + n, at = sum[first] + (uint32_t)draws_below(d, sum[first + n] - sum[first]);

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		*(sum[middle] <= at ? &low : &high) = middle;
	}
	return list[low];
}

/* The other end: half of the time in the same country, seldom across the world. */
static uint32_t other_end(const struct flights *f, uint32_t near, const struct airline_fact *home, struct draws *d)
{
	uint32_t n = f->airports->rows, start;
	double close = mathx_cos(4000 / EARTH_KM);

	if (home->home_n > 3 && draws_below(d, 2)) {
		uint32_t x = pick_summed(f->by_country, f->country_sum, home->home, home->home_n, d);

		if (in_bounds(f, near, x))
			return x;
	}
	for (int i = 0; i < 8; i++) {
		uint32_t x = alias_pick(f->by_size, draws_next(d));

		if (in_bounds(f, near, x) && (i > 3 || cosine_of(&f->port[near], &f->port[x]) > close))
			return x;
	}
	start = (uint32_t)draws_below(d, n);
	for (uint32_t i = 0; i < n; i++)
		if (in_bounds(f, near, (start + i) % n))
			return (start + i) % n;
	return near;
}

struct leg flight_leg(const struct call *c, const struct row *r)
{
	const struct flights *f = FLIGHT(c);
	struct leg leg = { .airline = flight_airline(c, r) };
	const struct airline_fact *home = &f->airline[leg.airline];
	struct draws d = FLIGHT_STREAM(c, r, DRAW_ROUTE);
	uint32_t end = pick_summed(f->by_country, f->country_sum, home->home, home->home_n, &d);
	const struct port *a, *b;
	double x, y, z;

	while (!f->port[end].reachable)
		end = (end + 1) % f->airports->rows;
	if (f->from_n) {
		leg.from = pick_summed(f->from, f->from_sum, 0, f->from_n, &d);
		leg.to = in_bounds(f, leg.from, end) ? end : other_end(f, leg.from, home, &d);
	} else {
		bool out = draws_below(&d, 2);

		leg.from = end;
		leg.to = other_end(f, end, home, &d);
		if (!out) {
			end = leg.to;
			leg.to = leg.from;
			leg.from = end;
		}
	}
	a = &f->port[leg.from];
	b = &f->port[leg.to];
	x = a->y * b->z - a->z * b->y;
	y = a->z * b->x - a->x * b->z;
	z = a->x * b->y - a->y * b->x;
	leg.km = EARTH_KM * flight_angle(sqrt(x * x + y * y + z * z), cosine_of(a, b));
	return leg;
}

bool flight_eastbound(const struct flights *f, const struct leg *leg)
{
	return f->port[leg->from].x * f->port[leg->to].y - f->port[leg->from].y * f->port[leg->to].x > 0;
}

uint32_t flight_craft(const struct call *c, const struct row *r, double km)
{
	struct draws d = FLIGHT_STREAM(c, r, DRAW_CRAFT);
	int k = 0;

	while (k < FLIGHT_REACHES - 1 && km >= reaches[k])
		k++;
	return alias_pick(&FLIGHT(c)->reach[k], draws_next(&d));
}

int64_t flight_delay(const struct call *c, const struct row *r)
{
	const struct flights *f = FLIGHT(c);
	struct draws d = FLIGHT_STREAM(c, r, DRAW_DELAY);
	struct rng rng;
	double minutes;

	if (draws_unit(&d) >= f->p_delay)
		return 0;
	rng = draws_rng(&d);
	minutes = 1 + rng_exp(&rng) * (f->mean_delay > 1 ? f->mean_delay - 1 : 0);
	return minutes < 1440 ? (int64_t)minutes : 1440;
}

struct timing flight_timing(const struct call *c, const struct row *r, const struct leg *leg)
{
	const struct flights *f = FLIGHT(c);
	struct draws d = FLIGHT_STREAM(c, r, DRAW_TIME);
	struct timing t = { .craft = flight_craft(c, r, leg->km), .delay = flight_delay(c, r) };
	uint64_t luck = draws_below(&d, f->even_status ? 7 : 1000);
	bool cancelled = luck < (f->even_status ? 1 : 15), diverted = !cancelled && luck < (f->even_status ? 2 : 18);

	t.block = (int64_t)(leg->km / f->craft[t.craft].speed * 60 + 30.5);
	t.enroute_delay = draws_below(&d, 4) ? 0 : (int64_t)draws_below(&d, 16);
	/* Five-minute slots from half a day before to half a day after now. */
	t.planned = (r->now_ns / (5 * MINUTE_NS) + draws_between(&d, -144, 144)) * 5 * MINUTE_NS;
	if (cancelled)
		t.delay = t.enroute_delay = 0;
	t.departure = t.planned + t.delay * MINUTE_NS;
	t.arrival = t.departure + (t.block + t.enroute_delay) * MINUTE_NS;
	if (cancelled)
		t.status = FLIGHT_CANCELLED;
	else if (r->now_ns < t.departure - FLIGHT_BOARDING * MINUTE_NS)
		t.status = t.delay >= FLIGHT_LATE ? FLIGHT_DELAYED : FLIGHT_SCHEDULED;
	else if (r->now_ns < t.departure)
		t.status = FLIGHT_AT_GATE;
	else if (diverted)
		t.status = FLIGHT_DIVERTED;
	else
		t.status = r->now_ns < t.arrival ? FLIGHT_DEPARTED : FLIGHT_ARRIVED;
	return t;
}
