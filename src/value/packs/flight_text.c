/* What is written of a flight: its number, callsign, mark, address, gate, terminal and seat. */
#include "value/packs/flight.h"
#include "value/packs/pieces.h"

#include <string.h>

static const char letters24[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";     /* of marks and callsigns: neither I nor O */
const char *const flight_cabins[] = { "first", "business", "premium economy", "economy" };

/* ---- number and callsign ---- */

static uint64_t number_of(const struct call *c, const struct row *r, unsigned *width)
{
	const struct flights *f = FLIGHT(c);
	struct draws d = FLIGHT_STREAM(c, r, DRAW_NUMBER);
	uint64_t low = 1;

	*width = (unsigned)draws_between(&d, f->digits_low, f->digits_high);
	for (unsigned i = 1; i < *width; i++)
		low *= 10;
	return low + draws_below(&d, low * 9);
}

char *flight_put_number(const struct call *c, const struct row *r, char *to)
{
	const struct flights *f = FLIGHT(c);
	const struct flight_opts *o = c->opts;
	unsigned width;
	uint64_t number = number_of(c, r, &width);

	to = put_cell(to, table_cell(f->airlines, flight_airline(c, r), AIRLINE_IATA));
	return put_digits(to, number, o->leading_zeros ? (unsigned)f->digits_high : width);
}

/* The flight number, or two digits of their own and a letter or two: "DLH83K". */
char *flight_put_callsign(const struct call *c, const struct row *r, char *to)
{
	struct draws d = draws_of(r, c->group_salt ^ 0x63616c6c);
	unsigned width;
	uint64_t number = number_of(c, r, &width), how = draws_next(&d);

	to = put_cell(to, table_cell(FLIGHT(c)->airlines, flight_airline(c, r), AIRLINE_ICAO));
	if (how >> 62 < 2)
		return put_digits(to, number, width);
	to = put_digits(to, 1 + (how & 0xffff) % 99, (how & 0xffff) % 99 < 9 ? 1 : 2);
	*to++ = letters24[(how >> 16 & 0xffff) % 24];
	if (how >> 62 == 3)
		*to++ = letters24[(how >> 32 & 0xffff) % 24];
	return to;
}

/* ---- mark and address ---- */

static uint32_t mark_row(const struct call *c, const struct row *r)
{
	const struct flights *f = FLIGHT(c);

	return f->only_mark != UINT32_MAX ? f->only_mark : f->airline[flight_airline(c, r)].mark;
}

/* N1 .. N99999, N1A .. N9999Z, N1AA .. N999ZZ; airlines mostly have three digits and two letters. */
static char *put_nnumber(char *to, struct draws *d)
{
	uint64_t how = draws_below(d, 10);

	*to++ = 'N';
	if (how == 0)
		return put_digits(to, 10000 + draws_below(d, 90000), 5);
	to = put_digits(to, how == 1 ? 1000 + draws_below(d, 9000) : 100 + draws_below(d, 900), how == 1 ? 4 : 3);
	*to++ = letters24[draws_below(d, 24)];
	if (how > 1)
		*to++ = letters24[draws_below(d, 24)];
	return to;
}

char *flight_put_mark(const struct call *c, const struct row *r, char *to)
{
	struct draws d = FLIGHT_STREAM(c, r, DRAW_MARK);
	struct cell pattern = table_cell(FLIGHT(c)->marks, mark_row(c, r), MARK_PATTERN);

	if (pattern.n == 1)
		return put_nnumber(to, &d);
	for (uint32_t i = 0; i < pattern.n; i++) {
		uint64_t pick = draws_next(&d) >> 32;

		switch (pattern.at[i]) {
		case '?': *to++ = (char)('A' + pick % 26); break;
		case '#': *to++ = (char)('0' + pick % 10); break;
		case '+': *to++ = (char)('1' + pick % 9); break;
		case '*': *to++ = (char)('A' + pick % 26); break;
		default: *to++ = pattern.at[i];
		}
	}
	return to;
}

static int letter24(char c)
{
	const char *at = c ? strchr(letters24, c) : NULL;

	return at ? (int)(at - letters24) : -1;
}

/* After each prefix of digits come its marks without, with one and with two letters, then those with one digit more. */
uint32_t nnumber_address(const char *mark, size_t n)
{
	static const uint32_t under[] = { 101711, 10111, 951, 35, 1 };  /* marks that begin with one to five digits */
	uint32_t address = 0xa00001;
	size_t i = 1, digits = 0;

	if (n < 2 || n > 6 || mark[0] != 'N' || mark[1] < '1')
		return 0;
	for (; i < n && mark[i] >= '0' && mark[i] <= '9'; i++, digits++) {
		if (digits == 5)
			return 0;
		address += (uint32_t)(mark[i] - (digits ? '0' : '1')) * under[digits];
		/* Past the shorter mark itself and its letters: 601 of them, or 25 where only one letter fits. */
		if (digits)
			address += digits < 4 ? 601 : 25;
	}
	if (!digits || n - i > 2 || n - i + digits > 5)
		return 0;
	if (i < n) {
		int first = letter24(mark[i]), second = i + 1 < n ? letter24(mark[i + 1]) : -1;

		if (first < 0 || (i + 1 < n && second < 0))
			return 0;
		address += digits < 4 ? (uint32_t)(1 + first * 25 + 1 + second) : (uint32_t)(1 + first);
	}
	return address;
}

uint32_t flight_address(const struct call *c, const struct row *r)
{
	const struct flights *f = FLIGHT(c);
	uint32_t m = mark_row(c, r), first = 0;
	struct cell start = table_cell(f->marks, m, MARK_FIRST);
	struct draws d = FLIGHT_STREAM(c, r, DRAW_MARK);
	char mark[16];

	if (table_cell(f->marks, m, MARK_PATTERN).n == 1)
		return nnumber_address(mark, (size_t)(flight_put_mark(c, r, mark) - mark));
	for (uint32_t i = 0; i < start.n; i++)
		first = first << 4 | hex_value(start.at[i]);
	return first + (uint32_t)draws_below(&d, (uint64_t)cell_int(table_cell(f->marks, m, MARK_SIZE)));
}

/* ---- at the airport and on board ---- */

char *flight_put_gate(const struct call *c, const struct row *r, char *to)
{
	struct draws d = FLIGHT_STREAM(c, r, DRAW_GATE);
	uint64_t pick = draws_next(&d);
	unsigned number = (unsigned)(1 + (pick & 0xffff) % 48);

	*to++ = (char)('A' + (pick >> 32) % 6);
	return put_digits(to, number, number < 10 ? 1 : 2);
}

/* Gates A to F lie in terminals 1 to 3. */
char *flight_put_terminal(const struct call *c, const struct row *r, char *to)
{
	char gate[8];

	flight_put_gate(c, r, gate);
	*to++ = (char)('1' + (gate[0] - 'A') / 2);
	return to;
}

struct cabin_rows {
	uint16_t first, last;           /* last 0: the last row there is */
};

/* Small aircraft have one cabin. */
static struct cabin_rows rows_of(char category, enum flight_cabin cabin)
{
	static const struct cabin_rows wide[] = { { 1, 2 }, { 3, 8 }, { 9, 12 }, { 13, 0 } }, narrow[] = { { 0, 0 }, { 1, 3 }, { 0, 0 }, { 4, 0 } };

	return category == 'w' ? wide[cabin] : category == 'n' ? narrow[cabin] : (struct cabin_rows){ cabin == CABIN_ECONOMY, 0 };
}

enum flight_cabin flight_cabin(const struct call *c, const struct row *r, const struct craft *a)
{
	struct draws d = FLIGHT_STREAM(c, r, DRAW_SEAT);
	uint64_t luck = draws_below(&d, 100);

	if (FLIGHT(c)->even_cabin) {
		if (a->category == 'r')
			return CABIN_ECONOMY;
		return a->category == 'w' ? (enum flight_cabin)(luck / 25) : luck < 50 ? CABIN_BUSINESS : CABIN_ECONOMY;
	}
	if (a->category == 'w')
		return luck < 2 ? CABIN_FIRST : luck < 16 ? CABIN_BUSINESS : luck < 28 ? CABIN_PREMIUM : CABIN_ECONOMY;
	return a->category == 'n' && luck < 8 ? CABIN_BUSINESS : CABIN_ECONOMY;
}

/* A seat that both the layout asked for and the aircraft have. */
char *flight_put_seat(const struct call *c, const struct row *r, char *to)
{
	static const struct { uint16_t rows; const char *letters; } layouts[] = { { 18, "ACDF" }, { 33, "ABCDEF" }, { 52, "ABCDEFGHJK" } };
	const struct flights *f = FLIGHT(c);
	int layout = ((const struct flight_opts *)c->opts)->layout;
	struct leg leg = flight_leg(c, r);
	uint32_t craft = flight_craft(c, r, leg.km);
	const struct craft *a = &f->craft[craft];
	struct draws d = draws_of(r, c->group_salt ^ 0x73656174);
	struct cabin_rows rows = rows_of(a->category, flight_cabin(c, r, a));
	uint16_t most = a->rows < layouts[layout].rows ? a->rows : layouts[layout].rows, last = rows.last && rows.last < most ? rows.last : most, row;
	struct cell there = table_cell(f->aircraft, craft, 8);
	char both[12];
	unsigned n = 0;

	for (const char *s = layouts[layout].letters; *s; s++)
		if (memchr(there.at, *s, there.n))
			both[n++] = *s;
	row = (uint16_t)(rows.first + draws_below(&d, (uint64_t)(last - rows.first + 1)));
	to = put_digits(to, row, row < 10 ? 1 : 2);
	*to++ = both[draws_below(&d, n)];
	return to;
}
