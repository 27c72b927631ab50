/*
 * One flight as a function of the row: whatever the providers of the group "flight" show of it.
 *
 * A flight has an airline; one end of the route lies in the airline's country, unless a filter holds the origin. Each aspect has a
 * stream of its own beside the group's salt, so that a provider computes only what it shows. Distances are great circles; the type
 * of aircraft reaches the destination, regional types fly less than 1,500 km. All times are UTC, the delay included in departure.
 */
#ifndef VALUE_PACKS_FLIGHT_H
#define VALUE_PACKS_FLIGHT_H

#include "value/provider.h"

enum { FLIGHT_REACHES = 19, FLIGHT_MOST_KM = 16000, FLIGHT_BOARDING = 40 /* minutes before departure */, FLIGHT_LATE = 15 };
enum { AIRPORT_IATA, AIRPORT_ICAO, AIRPORT_NAME, AIRPORT_CITY, AIRPORT_COUNTRY, AIRPORT_SIZE, AIRPORT_LAT, AIRPORT_LON, AIRPORT_ZONE, AIRPORT_EAST,
	AIRPORT_RULE };
enum { AIRLINE_IATA, AIRLINE_NAME, AIRLINE_ICAO, AIRLINE_TELEPHONY, AIRLINE_COUNTRY, AIRLINE_TICKET };
enum { AIRCRAFT_ICAO, AIRCRAFT_IATA, AIRCRAFT_MODEL, AIRCRAFT_CATEGORY };
enum { MARK_COUNTRY, MARK_FIRST, MARK_SIZE, MARK_PATTERN };
enum flight_status { FLIGHT_SCHEDULED, FLIGHT_AT_GATE, FLIGHT_DEPARTED, FLIGHT_ARRIVED, FLIGHT_DELAYED, FLIGHT_CANCELLED, FLIGHT_DIVERTED,
		     FLIGHT_STATUS_N };
enum flight_cabin { CABIN_FIRST, CABIN_BUSINESS, CABIN_PREMIUM, CABIN_ECONOMY, CABIN_N };

/* Of all providers of the group; those without a row stay 0. */
struct flight_opts {
	char *airline, *country, *iata, *digits, *fields;
	bool weighted, leading_zeros;
	int size, as, layout;
	int64_t min_km, max_km, min, max, step;
	double p_delay, mean;
};

/* Of providers that show another part of the flight. */
#define AIRLINE_INSIDE P_TEXT(struct flight_opts, airline, "any", .flags = PARAM_INSIDE, .help = "Airline of the record's flight.")

struct port {
	double x, y, z;                 /* on the unit sphere */
	int16_t east;                   /* minutes, without summer time */
	char rule, size;
	uint16_t country;
	bool reachable;                 /* some airport lies within the bounds */
};

struct craft {
	double range, speed;
	uint16_t rows, ceiling;
	uint8_t letters;
	char category;                  /* w, n, r */
};

struct airline_fact {
	uint32_t home, home_n;          /* in flights.by_country */
	uint32_t mark;
};

struct flights {
	const struct table *airports, *airlines, *aircraft, *marks;
	const struct alias *by_size, *by_fleet;
	struct port *port;
	struct craft *craft;
	struct airline_fact *airline;
	uint32_t *by_country, *country_sum;     /* airports by country, and running weights */
	uint32_t *from, *from_sum, from_n;      /* the filter of origins; from_n 0: none */
	struct alias reach[FLIGHT_REACHES];
	uint32_t only_airline, only_mark, only_port;    /* UINT32_MAX: any */
	double near, far;               /* cosines of the bounds of distance */
	bool big_airlines, even_status, even_cabin;
	double p_delay, mean_delay;
	int64_t digits_low, digits_high;
	uint64_t fields;                /* of objects: a bit each */
};

struct leg {
	uint32_t airline, from, to;
	double km;
};

struct timing {
	uint32_t craft;
	int64_t block;                  /* minutes */
	int64_t delay, enroute_delay;   /* minutes */
	int64_t planned, departure, arrival;    /* ns */
	enum flight_status status;
};

int flight_prepare(struct call *c, struct err *e);
void flight_release(struct call *c);

uint32_t flight_airline(const struct call *c, const struct row *r);
struct leg flight_leg(const struct call *c, const struct row *r);
uint32_t flight_craft(const struct call *c, const struct row *r, double km);
int64_t flight_delay(const struct call *c, const struct row *r);
struct timing flight_timing(const struct call *c, const struct row *r, const struct leg *leg);
bool flight_eastbound(const struct flights *f, const struct leg *leg);
enum flight_cabin flight_cabin(const struct call *c, const struct row *r, const struct craft *a);

/* "LH1832": the airline's code and the number of the flight. */
char *flight_put_number(const struct call *c, const struct row *r, char *to);
char *flight_put_callsign(const struct call *c, const struct row *r, char *to);
char *flight_put_mark(const struct call *c, const struct row *r, char *to);
uint32_t flight_address(const struct call *c, const struct row *r);     /* 24 bits, in the block of the mark's state */
char *flight_put_gate(const struct call *c, const struct row *r, char *to);
char *flight_put_terminal(const struct call *c, const struct row *r, char *to);
char *flight_put_seat(const struct call *c, const struct row *r, char *to);
extern const char *const flight_statuses[], *const flight_cabins[];

/* The angle in radians whose sine and cosine are these (as atan2), the same on every machine. */
double flight_angle(double sine, double cosine);
/* Minutes east of UTC at an instant; rules are letters of data/any/airport.tsv. */
int64_t zone_minutes(int64_t east, char rule, int64_t ns);
/* "2024-01-01T14:35+01:00" */
char *zone_put_local(char *to, int64_t ns, int64_t minutes);
/* The address of a United States mark N1 .. N99999, with or without one or two letters; 0 when it is none. */
uint32_t nnumber_address(const char *mark, size_t n);

#define FLIGHT(c) ((const struct flights *)(c)->made)
#define FLIGHT_STREAM(c, r, purpose) draws_of(r, rng_mix((c)->group_salt + (purpose)))
enum { DRAW_AIRLINE = 1, DRAW_ROUTE, DRAW_CRAFT, DRAW_NUMBER, DRAW_TIME, DRAW_DELAY, DRAW_MARK, DRAW_GATE, DRAW_SEAT, DRAW_LEVEL, DRAW_TICKET };

#endif
