/* Aviation: airlines, airports, aircraft, flights and what is on the board. */
#include "value/packs/packs.h"

#include <string.h>

#include "base/num.h"
#include "value/packs/flight.h"
#include "value/packs/pieces.h"

static const char *const sizes[] = { "any", "large", "medium", "small", NULL };
static const char *const type_names[] = { "icao", "iata", "category", NULL };
static const char *const layouts[] = { "regional", "narrowbody", "widebody", NULL };

#define AIRLINE_PARAM(d) P_TEXT(struct flight_opts, airline, d, .help = "Code or name of the airline; any or empty: any.")
#define COUNTRY_PARAM P_TEXT(struct flight_opts, country, "any", .help = "Two letters of a country, any or locale.")

static const struct param airline_params[] = {
	P_BOOL(struct flight_opts, weighted, false, .help = "Large airlines more often."), AIRLINE_INSIDE, P_END
};
static const struct param code_params[] = { AIRLINE_PARAM(""), P_END };
static const struct param airport_params[] = {
	COUNTRY_PARAM, P_CHOICE(struct flight_opts, size, sizes, 0, .help = "How large the airport is."), AIRLINE_INSIDE, P_END
};
static const struct param country_params[] = { COUNTRY_PARAM, AIRLINE_INSIDE, P_END };
static const struct param number_params[] = {
	AIRLINE_PARAM("any"), P_TEXT(struct flight_opts, digits, "1..4", .help = "How many digits, within 1..4."),
	P_BOOL(struct flight_opts, leading_zeros, false, .help = "Fill with zeros up to the most digits."), P_END
};
static const struct param type_params[] = {
	P_CHOICE(struct flight_opts, as, type_names, 0, .help = "Designator of ICAO, code of IATA, or category."), AIRLINE_INSIDE, P_END
};
static const struct param seat_params[] = {
	P_CHOICE(struct flight_opts, layout, layouts, 1, .help = "The layout that has the seat; the aircraft of the flight has it too."), AIRLINE_INSIDE, P_END
};
static const struct param status_params[] = {
	P_BOOL(struct flight_opts, weighted, true, .help = "Cancelled and diverted as seldom as they are."), AIRLINE_INSIDE, P_END
};
static const struct param city_params[] = {
	P_TEXT(struct flight_opts, iata, "", .help = "Code of the airport; empty: where the flight starts."), AIRLINE_INSIDE, P_END
};
static const struct param only_airline_params[] = { AIRLINE_PARAM("any"), P_END };
static const struct param cabin_params[] = {
	P_BOOL(struct flight_opts, weighted, true, .help = "By the number of seats, which agrees with the seat; false: all cabins of the aircraft alike."), AIRLINE_INSIDE, P_END
};
static const struct param delay_params[] = {
	P_SHARE(struct flight_opts, p_delay, 0, 1, 0.22, .help = "Share of flights that are late."),
	P_REAL(struct flight_opts, mean, 1, 600, 35, .unit = "min", .help = "Mean delay of those that are."), AIRLINE_INSIDE, P_END
};
static const struct param hidden_params[] = { AIRLINE_INSIDE, P_END };

/* ---- airlines and airports ---- */

static char *airline_cell(const struct call *c, const struct row *r, unsigned column, char *to)
{
	return put_cell(to, table_cell(FLIGHT(c)->airlines, flight_airline(c, r), column));
}

static char *airline_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return airline_cell(c, r, AIRLINE_NAME, to);
}

static char *airline_iata_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return airline_cell(c, r, AIRLINE_IATA, to);
}

static char *airline_icao_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return airline_cell(c, r, AIRLINE_ICAO, to);
}

static char *airport_cell(const struct call *c, const struct row *r, unsigned column, char *to)
{
	const struct flights *f = FLIGHT(c);

	return put_cell(to, table_cell(f->airports, f->only_port != UINT32_MAX ? f->only_port : flight_leg(c, r).from, column));
}

static char *airport_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return airport_cell(c, r, AIRPORT_NAME, to);
}

static char *airport_iata_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return airport_cell(c, r, AIRPORT_IATA, to);
}

static char *airport_icao_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return airport_cell(c, r, AIRPORT_ICAO, to);
}

static char *airport_city_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return airport_cell(c, r, AIRPORT_CITY, to);
}

/* ---- numbers and aircraft ---- */

static char *flight_number_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return flight_put_number(c, r, to);
}

static char *callsign_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return flight_put_callsign(c, r, to);
}

static char *craft_cell(const struct call *c, const struct row *r, unsigned column, char *to)
{
	struct leg leg = flight_leg(c, r);

	return put_cell(to, table_cell(FLIGHT(c)->aircraft, flight_craft(c, r, leg.km), column));
}

static char *aircraft_type_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const unsigned columns[] = { AIRCRAFT_ICAO, AIRCRAFT_IATA, AIRCRAFT_CATEGORY };

	(void)d;
	return craft_cell(c, r, columns[((const struct flight_opts *)c->opts)->as], to);
}

static char *aircraft_model_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return craft_cell(c, r, AIRCRAFT_MODEL, to);
}

static char *registration_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return flight_put_mark(c, r, to);
}

static char *icao24_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_hex(to, flight_address(c, r), 6);
}

/* ---- on the board ---- */

static char *gate_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return flight_put_gate(c, r, to);
}

static char *terminal_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return flight_put_terminal(c, r, to);
}

static char *baggage_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct draws own = draws_of(r, c->group_salt ^ 0x62616773);

	(void)d;
	*to++ = (char)('A' + draws_below(&own, 8));
	return to;
}

static char *status_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct leg leg = flight_leg(c, r);

	(void)d;
	return put_text(to, flight_statuses[flight_timing(c, r, &leg).status]);
}

static void delay_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	struct leg leg = flight_leg(c, r);

	(void)d;
	to->i = flight_timing(c, r, &leg).delay;
}

static char *seat_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return flight_put_seat(c, r, to);
}

static char *cabin_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct leg leg = flight_leg(c, r);

	(void)d;
	return put_text(to, flight_cabins[flight_cabin(c, r, &FLIGHT(c)->craft[flight_craft(c, r, leg.km)])]);
}

/* Airlines without an accounting prefix sell through Hahn Air, whose tickets begin with 169. */
static char *ticket_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct cell prefix = table_cell(FLIGHT(c)->airlines, flight_airline(c, r), AIRLINE_TICKET);
	struct draws own = FLIGHT_STREAM(c, r, DRAW_TICKET);
	uint64_t serial = 1000000000 + draws_below(&own, UINT64_C(9000000000)), head = 0;

	(void)d;
	if (!prefix.n)
		prefix = (struct cell){ "169", 3 };
	for (uint32_t i = 0; i < 3; i++)
		head = head * 10 + (uint64_t)(prefix.at[i] - '0');
	to = put_cell(to, prefix);
	*to++ = '-';
	to = put_digits(to, serial, 10);
	*to++ = '-';
	return put_digits(to, (head * UINT64_C(10000000000) + serial) % 7, 1);
}

#define FLIGHT_ROW(n, p, h, x) ROW_NAME(n), .category = "Aviation", .group = "flight", .help = h, .example = x, .out = KIND_TEXT, .params = p, \
	.opts_size = sizeof(struct flight_opts), .made_size = sizeof(struct flights), .prepare = flight_prepare, .release = flight_release

const struct provider pack_aviation[] = {
	{ FLIGHT_ROW("airline", airline_params, "Name of an airline.", "Lufthansa"), .aliases = "airline.airline", .text = airline_text },
	{ FLIGHT_ROW("airline_iata", code_params, "Code of an airline, two characters.", "LH"), .text = airline_iata_text },
	{ FLIGHT_ROW("airline_icao", code_params, "Code of an airline, three letters.", "DLH"), .text = airline_icao_text },
	{ FLIGHT_ROW("airport", airport_params, "Name of the airport where the flight starts.", "Oslo Gardermoen"),
	  .aliases = "airlineairport airline.airport airport_name", .text = airport_text },
	{ FLIGHT_ROW("airport_iata", country_params, "Code of an airport, three letters.", "OSL"), .aliases = "airlineairportiata airport_code",
	  .text = airport_iata_text },
	{ FLIGHT_ROW("airport_icao", country_params, "Code of an airport, four letters.", "ENGM"), .text = airport_icao_text },
	{ FLIGHT_ROW("flight_number", number_params, "Code of the airline and number of the flight.", "LH1832"),
	  .aliases = "airlineflightnumber airline.flightNumber", .text = flight_number_text },
	{ FLIGHT_ROW("aircraft_type", type_params, "A type of aircraft that can fly the route.", "A320"),
	  .aliases = "airlineaircrafttype(as=category) airline.aircraftType(as=category)", .text = aircraft_type_text },
	{ FLIGHT_ROW("aircraft_model", hidden_params, "Maker and model of the aircraft.", "Airbus A320-200"), .aliases = "airlineairplane airline.airplane",
	  .text = aircraft_model_text },
	{ FLIGHT_ROW("aircraft_registration", country_params, "Mark of an aircraft of the airline's country.", "D-AIBC"), .text = registration_text },
	{ FLIGHT_ROW("seat", seat_params, "Row and letter of a seat on board.", "14C"), .aliases = "airlineseat airline.seat seat_number",
	  .text = seat_text },
	{ FLIGHT_ROW("gate", hidden_params, "Gate of departure.", "B22"), .aliases = "gate_number", .text = gate_text },
	{ FLIGHT_ROW("flight_status", status_params, "Where the flight stands now: Scheduled, Boarding, Departed, Arrived, Delayed, Cancelled or Diverted.",
		     "Boarding"), .text = status_text },
	{ FLIGHT_ROW("airport_city", city_params, "City of an airport.", "Oslo"), .text = airport_city_text },
	{ FLIGHT_ROW("callsign", only_airline_params, "What the flight is called on the radio, in writing.", "DLH83K"), .text = callsign_text },
	{ FLIGHT_ROW("icao24", country_params, "The 24-bit address of the aircraft, in its state's block.", "3c6444"), .text = icao24_text },
	{ FLIGHT_ROW("cabin_class", cabin_params, "Cabin of the seat.", "economy"), .text = cabin_text },
	{ FLIGHT_ROW("terminal", hidden_params, "Terminal of departure, the one of the gate.", "2"), .text = terminal_text },
	{ ROW_NAME("delay_minutes"), .category = "Aviation", .group = "flight", .help = "How late the flight leaves.", .example = "0", .out = KIND_INT,
	  .params = delay_params, .opts_size = sizeof(struct flight_opts), .made_size = sizeof(struct flights), .prepare = flight_prepare,
	  .release = flight_release, .value = delay_value },
	{ FLIGHT_ROW("ticket_number", only_airline_params, "Number of a ticket: prefix of the airline (169 where it has none), serial, check digit mod 7.",
		     "220-2345678901-4"), .text = ticket_text },
	{ FLIGHT_ROW("baggage_claim", hidden_params, "Belt where the bags of the flight arrive.", "B"), .text = baggage_text },
	{ .name = NULL },
};
