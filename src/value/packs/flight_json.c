/* Flights as objects: route, flight, and the position of an aircraft on its way. */
#include "value/packs/packs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mathx.h"
#include "base/num.h"
#include "value/packs/flight.h"
#include "value/packs/pieces.h"

enum { OBJECT_ROOM = 2048 };

static const char *const flight_fields[] = { "flight_number", "callsign", "airline", "airline_iata", "airline_icao", "origin", "origin_city", "destination",
	"destination_city", "distance_km", "aircraft_type", "aircraft_model", "registration", "icao24", "scheduled_departure", "departure", "arrival",
	"departure_local", "arrival_local", "block_minutes", "delay_minutes", "enroute_delay_minutes", "status", "terminal", "gate", NULL };

static const struct param route_params[] = {
	P_INT(struct flight_opts, min_km, 0, 20037, 150, .unit = "km", .help = "Least great-circle distance."),
	P_INT(struct flight_opts, max_km, 0, 20037, 15000, .unit = "km", .help = "Greatest great-circle distance; no aircraft flies more than 16,000 km."),
	AIRLINE_INSIDE, P_END
};
static const struct param flight_params[] = {
	P_TEXT(struct flight_opts, fields, "default", .flags = PARAM_LIST, .help = "Names of fields, or default, or all."), AIRLINE_INSIDE, P_END
};

static char *put_real1(char *to, double v)
{
	return to + num_put_decimal(to, (int64_t)(v * 10 + (v < 0 ? -0.5 : 0.5)), 1);
}

/* ---- route ---- */

static char *route_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct flights *f = FLIGHT(c);
	struct leg leg = flight_leg(c, r);
	struct timing t = flight_timing(c, r, &leg);

	(void)d;
	to = put_member(to, '{', "origin", table_cell(f->airports, leg.from, AIRPORT_IATA));
	to = put_member(to, ',', "destination", table_cell(f->airports, leg.to, AIRPORT_IATA));
	to = put_literal(to, ",\"distance_km\":");
	to = put_int(to, (int64_t)(leg.km + 0.5));
	to = put_literal(to, ",\"block_minutes\":");
	to = put_int(to, t.block);
	*to++ = '}';
	return to;
}

/* ---- flight ---- */

static int flight_object_prepare(struct call *c, struct err *e)
{
	struct flights *f = c->made;
	struct fields fields;

	/* By default number, airline, route, type, mark, times, delay, status, gate. */
	if (fields_read(&fields, ((const struct flight_opts *)c->opts)->fields, flight_fields, UINT64_C(0x159d6a5), e) < 0)
		return -1;
	if (flight_prepare(c, e) < 0)
		return -1;
	f->fields = fields.set;
	return 0;
}

static char *put_there(char *to, const struct flights *f, uint32_t port, int64_t ns)
{
	*to++ = '"';
	to = zone_put_local(to, ns, zone_minutes(f->port[port].east, f->port[port].rule, ns));
	*to++ = '"';
	return to;
}

static char *put_utc(char *to, int64_t ns)
{
	*to++ = '"';
	to = put_instant(to, ns, 0);
	*to++ = '"';
	return to;
}

static char *put_row(char *to, const struct table *t, uint32_t row, unsigned column)
{
	return put_quoted(to, table_cell(t, row, column));
}

/* One that is a text of a provider: quoted. */
static char *put_made(const struct call *c, const struct row *r, char *(*put)(const struct call *, const struct row *, char *), char *to)
{
	*to++ = '"';
	to = put(c, r, to);
	*to++ = '"';
	return to;
}

static char *put_address(const struct call *c, const struct row *r, char *to)
{
	return put_hex(to, flight_address(c, r), 6);
}

static char *put_field(const struct call *c, const struct row *r, const struct leg *leg, const struct timing *t, unsigned field, char *to)
{
	const struct flights *f = FLIGHT(c);

	switch (field) {
	case 0: return put_made(c, r, flight_put_number, to);
	case 1: return put_made(c, r, flight_put_callsign, to);
	case 2: return put_row(to, f->airlines, leg->airline, AIRLINE_NAME);
	case 3: return put_row(to, f->airlines, leg->airline, AIRLINE_IATA);
	case 4: return put_row(to, f->airlines, leg->airline, AIRLINE_ICAO);
	case 5: return put_row(to, f->airports, leg->from, AIRPORT_IATA);
	case 6: return put_row(to, f->airports, leg->from, AIRPORT_CITY);
	case 7: return put_row(to, f->airports, leg->to, AIRPORT_IATA);
	case 8: return put_row(to, f->airports, leg->to, AIRPORT_CITY);
	case 9: return put_int(to, (int64_t)(leg->km + 0.5));
	case 10: return put_row(to, f->aircraft, t->craft, AIRCRAFT_ICAO);
	case 11: return put_row(to, f->aircraft, t->craft, AIRCRAFT_MODEL);
	case 12: return put_made(c, r, flight_put_mark, to);
	case 13: return put_made(c, r, put_address, to);
	case 14: return put_utc(to, t->planned);
	case 15: return put_utc(to, t->departure);
	case 16: return put_utc(to, t->arrival);
	case 17: return put_there(to, f, leg->from, t->departure);
	case 18: return put_there(to, f, leg->to, t->arrival);
	case 19: return put_int(to, t->block);
	case 20: return put_int(to, t->delay);
	case 21: return put_int(to, t->enroute_delay);
	case 22: return put_quoted(to, (struct cell){ flight_statuses[t->status], (uint32_t)strlen(flight_statuses[t->status]) });
	case 23: return put_made(c, r, flight_put_terminal, to);
	default: return put_made(c, r, flight_put_gate, to);
	}
}

static char *flight_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct leg leg = flight_leg(c, r);
	struct timing t = flight_timing(c, r, &leg);
	char before = '{';

	(void)d;
	for (unsigned i = 0; flight_fields[i]; i++) {
		if (!(FLIGHT(c)->fields >> i & 1))
			continue;
		to = put_key(to, before, flight_fields[i]);
		before = ',';
		to = put_field(c, r, &leg, &t, i, to);
	}
	*to++ = '}';
	return to;
}

/* ---- adsb_position ---- */

struct adsb_opts {
	struct flight_opts flight;
	char *aircraft;
};

static const struct param adsb_params[] = {
	P_TEXT(struct adsb_opts, aircraft, "", .help = "Name or 24-bit address of one aircraft, which moves with time; empty: any of 1,000."), P_END
};

/* Where an aircraft is on the way: one round trip after the other, an hour on the ground between; a function of seed, aircraft and time. */
struct fix {
	double x, y, z, north, east;    /* position; the parts of its heading */
	double km, gone, speed;
};

static bool is_address(const char *name)
{
	return strlen(name) == 6 && strspn(name, "0123456789abcdef") == 6;
}

/* An address is flown by an airline of the state in whose block it lies, if there is one. */
static int adsb_prepare(struct call *c, struct err *e)
{
	struct flights *f = c->made;
	const char *name = ((const struct adsb_opts *)c->opts)->aircraft;
	uint64_t address, turn;
	uint32_t able = 0;

	if (flight_prepare(c, e) < 0)
		return -1;
	if (!is_address(name))
		return 0;
	address = strtoul(name, NULL, 16);
	turn = digest_bytes(name, 6, 1);
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t i = 0, n = 0; i < f->airlines->rows; i++) {
			struct cell first = table_cell(f->marks, f->airline[i].mark, MARK_FIRST);
			uint64_t start = strtoul((const char[]){ first.at[0], first.at[1], first.at[2], first.at[3], first.at[4], first.at[5], '\0' }, NULL, 16);
			uint64_t size = (uint64_t)cell_int(table_cell(f->marks, f->airline[i].mark, MARK_SIZE));

			if (address < start || address >= start + size)
				continue;
			if (pass && n++ == turn % able)
				f->only_airline = i;
			able += !pass;
		}
	return 0;
}

static void locate(const struct flights *f, const struct leg *leg, double gone, bool back, struct fix *at)
{
	const struct port *a = &f->port[back ? leg->to : leg->from], *b = &f->port[back ? leg->from : leg->to];
	double whole = leg->km / 6371.0088, angle = gone / 6371.0088, s = mathx_sin(whole), p = mathx_sin(whole - angle) / s, q = mathx_sin(angle) / s;
	double level, tx, ty, tz;

	at->x = p * a->x + q * b->x;
	at->y = p * a->y + q * b->y;
	at->z = p * a->z + q * b->z;
	/* Tangent: towards b, at right angles to the position. */
	p = at->x * b->x + at->y * b->y + at->z * b->z;
	tx = b->x - p * at->x;
	ty = b->y - p * at->y;
	tz = b->z - p * at->z;
	level = sqrt(at->x * at->x + at->y * at->y);
	at->east = level > 0 ? (ty * at->x - tx * at->y) / level : 0;
	at->north = level > 0 ? tz * level - (tx * at->x + ty * at->y) * at->z / level : 0;
	if (at->east == 0 && at->north == 0)    /* over the destination: no heading is left */
		at->north = 1;
}

static char *put_degrees(char *to, double radians)
{
	double v = radians * 180 / MATHX_PI;

	return to + num_put_decimal(to, (int64_t)(v * 100000 + (v < 0 ? -0.5 : 0.5)), 5);
}

static char *adsb_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct flights *f = FLIGHT(c);
	const char *name = ((const struct adsb_opts *)c->opts)->aircraft;
	uint64_t which = *name ? digest_bytes(name, strlen(name), 0) : draws_below(d, 1000);
	struct row plane = { .key = rng_mix(r->seed ^ rng_mix(which + 1)), .seed = r->seed, .now_ns = r->now_ns };
	struct leg leg = flight_leg(c, &plane);
	const struct craft *craft = &f->craft[flight_craft(c, &plane, leg.km)];
	double air = leg.km / craft->speed * 3600, second, height, climb, heading;
	int64_t round = 2 * ((int64_t)air + 3600), at = (r->now_ns / 1000000000 + (int64_t)(plane.key >> 40)) % round;
	bool back, ground;
	struct fix fix = { 0 };

	at = at < 0 ? at + round : at;
	back = at >= round / 2;
	second = (double)(at - (back ? round / 2 : 0)) + (double)(r->now_ns % 1000000000) * 1e-9;
	ground = second >= air;
	locate(f, &leg, ground ? leg.km : second / air * leg.km, back, &fix);
	/* Climbs 2,000 ft a minute, and descends so, to where short flights turn around. */
	climb = craft->ceiling * 90.0 / 2000 * 60;
	climb = climb < air / 2 ? climb : air / 2;
	height = ground ? 0 : second < climb ? second : air - second < climb ? air - second : climb;
	to = put_literal(to, "{\"icao24\":\"");
	if (is_address(name))
		to = put_bytes(to, name, 6);
	else
		to = put_address(c, &plane, to);
	to = put_literal(to, "\",\"callsign\":\"");
	to = flight_put_callsign(c, &plane, to);
	to = put_literal(to, "\",\"latitude\":");
	to = put_degrees(to, flight_angle(fix.z, sqrt(fix.x * fix.x + fix.y * fix.y)));
	to = put_literal(to, ",\"longitude\":");
	to = put_degrees(to, flight_angle(fix.y, fix.x));
	to = put_literal(to, ",\"altitude_ft\":");
	to = put_int(to, (int64_t)(height * 2000 / 60 / 25) * 25);
	to = put_literal(to, ",\"ground_speed_kt\":");
	to = put_int(to, ground ? 0 : (int64_t)(craft->speed / 1.852 + 0.5));
	to = put_literal(to, ",\"heading\":");
	heading = flight_angle(fix.east, fix.north) * 180 / MATHX_PI;
	heading = heading < 0 ? heading + 360 : heading;
	to = put_real1(to, heading < 359.95 ? heading : 0);
	to = put_literal(to, ",\"on_ground\":");
	to = ground ? put_literal(to, "true") : put_literal(to, "false");
	*to++ = '}';
	return to;
}

#define OBJECT_ROW(n, p, h, x) ROW_NAME(n), .category = "Aviation", .help = h, .example = x, .out = KIND_JSON, .params = p, \
	.made_size = sizeof(struct flights), .release = flight_release, .room = OBJECT_ROOM

const struct provider pack_flights[] = {
	{ OBJECT_ROW("route", route_params, "Origin, destination, distance and block time of the flight.",
		     "{\"origin\":\"OSL\",\"destination\":\"FRA\",\"distance_km\":1106,\"block_minutes\":110}"),
	  .group = "flight", .opts_size = sizeof(struct flight_opts), .prepare = flight_prepare, .text = route_text },
	{ OBJECT_ROW("flight", flight_params, "A flight whose route, aircraft, times and status agree.",
		     "{\"flight_number\":\"LH861\",\"origin\":\"OSL\",\"destination\":\"FRA\",\"aircraft_type\":\"A320\",\"status\":\"Boarding\"}"),
	  .aliases = "flight_info flight_schedule", .group = "flight", .opts_size = sizeof(struct flight_opts), .prepare = flight_object_prepare,
	  .text = flight_text },
	{ OBJECT_ROW("adsb_position", adsb_params, "Where an aircraft on its route is now.",
		     "{\"icao24\":\"3c6444\",\"callsign\":\"DLH83K\",\"latitude\":52.11803,\"longitude\":9.40211}"), .group = "state",
	  .opts_size = sizeof(struct adsb_opts), .prepare = adsb_prepare, .text = adsb_text },
	{ .name = NULL },
};
