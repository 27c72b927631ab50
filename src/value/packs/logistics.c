/* Parcels, containers, ships and ports. Carrier, number, weight and size of a shipment agree in a record. */
#include "base/mathx.h"
#include "value/check.h"
#include "value/modify.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

enum carrier { CARRIER_UPS, CARRIER_FEDEX, CARRIER_USPS, CARRIER_DHL, CARRIER_S10, CARRIERS };
enum { SHIPMENT_NUMBER = 0x6e756d00, SHIPMENT_WEIGHT = 0x77656900 };

static const char *const carriers[] = { "any", "ups", "fedex", "usps", "dhl", "s10", NULL };
static const char *const weight_units[] = { "kg", "lb", NULL };
static const char *const size_units[] = { "cm", "in", NULL };
static const char *const dists[] = { "lognormal", "uniform", NULL };
static const char *const editions[] = { "2010", "2020", NULL };
static const char *const hs_lengths[] = { "4", "6", "8", "10", NULL };

struct parcel_opts {
	int carrier, unit, dist, edition, digits;
	double min, max;
	int64_t decimals;
	char *owner, *prefix, *country;
};

/* ---- shipment ---- */

static enum carrier carrier_of(const struct call *c, const struct row *r)
{
	static const uint8_t shares[16] = { 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4 };
	int fixed = ((const struct parcel_opts *)c->opts)->carrier;
	struct draws d = draws_of(r, c->group_salt);

	return fixed ? (enum carrier)(fixed - 1) : (enum carrier)shares[draws_next(&d) >> 60];
}

struct post {
	char country[3];
	const char *name;
};

static const struct post posts[8] = {
	{ "GB", "Royal Mail" }, { "DE", "Deutsche Post" }, { "FR", "La Poste" }, { "CN", "China Post" }, { "CA", "Canada Post" },
	{ "AU", "Australia Post" }, { "NL", "PostNL" }, { "SE", "PostNord" },
};

static const struct post *post_of(const struct call *c, const struct row *r)
{
	struct draws d = draws_of(r, c->group_salt);

	return &posts[draws_next(&d) >> 32 & 7];
}

#define PARCEL_CARRIER(f) P_CHOICE(struct parcel_opts, carrier, carriers, 0, .flags = (f), .help = "Whose number it is.")
static const struct param number_params[] = { PARCEL_CARRIER(0), P_END };
static const struct param hidden_params[] = { PARCEL_CARRIER(PARAM_INSIDE), P_END };

static char *number_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";

	*d = draws_of(r, c->group_salt ^ SHIPMENT_NUMBER);
	switch (carrier_of(c, r)) {
	case CARRIER_UPS:
		to = put_literal(to, "1Z");
		put_of(to, d, 6, alphabet, 33);
		/* 01 next day, 02 second day, 03 ground, 12 third day. */
		memcpy(to + 6, &"01020312"[2 * draws_below(d, 4)], 2);
		put_drawn(to + 8, d, 7);
		to[15] = check_ups(to);
		return to + 16;
	case CARRIER_FEDEX:
		put_drawn(to, d, 11);
		to[11] = check_fedex(to);
		return to + 12;
	case CARRIER_USPS:
		memcpy(to, "94001", 5);
		put_drawn(to + 5, d, 16);
		to[21] = check_ean(to, 21);
		return to + 22;
	case CARRIER_DHL:
		put_drawn(to, d, 9);
		to[9] = check_mod7(to, 9);
		return to + 10;
	default:
		*to++ = "RCEL"[draws_below(d, 4)];
		put_of(to, d, 1, "ABCDEFGHJKLMNPQRSTUVWXYZ", 24);
		put_drawn(to + 1, d, 8);
		to[9] = check_s10(to + 1);
		return put_bytes(to + 10, post_of(c, r)->country, 2);
	}
}

static char *carrier_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *name;

	(void)d;
	switch (carrier_of(c, r)) {
	case CARRIER_UPS: return put_literal(to, "UPS");
	case CARRIER_FEDEX: return put_literal(to, "FedEx");
	case CARRIER_USPS: return put_literal(to, "USPS");
	case CARRIER_DHL: return put_literal(to, "DHL");
	default: name = post_of(c, r)->name;
	}
	return put_text(to, name);
}

/* ---- weight and size ---- */

static const struct param weight_params[] = {
	P_CHOICE(struct parcel_opts, unit, weight_units, 0, .help = "Kilograms or pounds."),
	P_REAL(struct parcel_opts, min, 0.000001, 100000, 0.1, .help = "Smallest weight, in the unit."),
	P_REAL(struct parcel_opts, max, 0.000001, 100000, 70, .help = "Largest weight, in the unit."),
	P_CHOICE(struct parcel_opts, dist, dists, 0, .help = "Light ones more often, or all alike."),
	P_INT(struct parcel_opts, decimals, 0, 6, 2, .help = "How many decimals."),
	P_END
};

static double weight_of(const struct call *c, const struct row *r, double min, double max, int dist)
{
	struct draws d = draws_of(r, c->group_salt ^ SHIPMENT_WEIGHT);

	return dist ? min + (max - min) * draws_unit(&d) : draw_lognormal(&d, min, max);
}

static void weight_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct parcel_opts *o = c->opts;
	unsigned places = (unsigned)o->decimals;

	(void)d;
	to->r = (double)scaled(weight_of(c, r, o->min, o->max, o->dist), places) / (double)schema_power10(places);
	to->r = to->r < o->min ? o->min : to->r > o->max ? o->max : to->r;
}

static const struct param size_params[] = {
	P_CHOICE(struct parcel_opts, unit, size_units, 0, .help = "Centimetres or inches."),
	P_END
};

/* As heavy as package_weight says with its defaults, at 150 to 500 g a litre; sides as 5 to 4 to 3, more or less. */
static char *size_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	bool inches = ((const struct parcel_opts *)c->opts)->unit;
	double kg = weight_of(c, r, 0.1, 70, 0), litres, side, one, two;

	*d = draws_of(r, c->group_salt ^ (SHIPMENT_WEIGHT + 1));
	litres = kg / (0.15 + 0.35 * draws_unit(d));
	side = mathx_pow(litres * 1000, 1.0 / 3) / (inches ? 2.54 : 1);
	one = 0.8 + 0.3 * draws_unit(d);
	two = 0.8 + 0.3 * draws_unit(d);
	to = put_literal(to, "{\"length\":");
	to = put_decimal(to, scaled(side / one / two, 1), 1);
	to = put_literal(to, ",\"width\":");
	to = put_decimal(to, scaled(side * one, 1), 1);
	to = put_literal(to, ",\"height\":");
	to = put_decimal(to, scaled(side * two, 1), 1);
	return inches ? put_literal(to, ",\"unit\":\"in\"}") : put_literal(to, ",\"unit\":\"cm\"}");
}

/* ---- containers, pallets, ships ---- */

static const struct param container_params[] = {
	P_TEXT(struct parcel_opts, owner, "any", .help = "Owner's three letters, or any."),
	P_END
};

static int container_prepare(struct call *c, struct err *e)
{
	const char *owner = ((const struct parcel_opts *)c->opts)->owner;

	return strcmp(owner, "any") == 0 || (strlen(owner) == 3 && strspn(owner, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3) ? 0 :
		err_set(e, ERR_INPUT, "owner: '%.20s' is neither any nor three capital letters", owner);
}

static char *container_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *owner = ((const struct parcel_opts *)c->opts)->owner;
	unsigned sum = 10;

	(void)r;
	if (strcmp(owner, "any") == 0)
		put_of(to, d, 3, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26);
	else
		memcpy(to, owner, 3);
	to[3] = 'U';
	/* Serials that leave 10 are not used. The last digit weighs 2^9: another one cannot leave 10 as well. */
	for (int i = 0; i < 16 && sum == 10; i++) {
		put_drawn(to + 4, d, 6);
		sum = check_container(to);
	}
	if (sum == 10) {
		to[9] = to[9] == '9' ? '8' : (char)(to[9] + 1);
		sum = check_container(to);
	}
	to[10] = (char)('0' + sum);
	return to + 11;
}

static const struct param sscc_params[] = {
	P_TEXT(struct parcel_opts, prefix, "", .help = "First digits."),
	P_END
};

static int sscc_prepare(struct call *c, struct err *e)
{
	const char *prefix = ((const struct parcel_opts *)c->opts)->prefix;

	return strspn(prefix, "0123456789") == strlen(prefix) && strlen(prefix) <= 17 ? 0 :
		err_set(e, ERR_INPUT, "prefix: '%.40s' is not made of at most 17 digits", prefix);
}

static char *sscc_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *prefix = ((const struct parcel_opts *)c->opts)->prefix;
	size_t n = strlen(prefix);

	(void)r;
	memcpy(to, prefix, n);
	put_drawn(to + n, d, 17 - (unsigned)n);
	to[17] = check_ean(to, 17);
	return to + 18;
}

static char *imo_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)c;
	(void)r;
	/* Ships in service have numbers of 7000000 to 9999999. */
	put_digits(to, (uint64_t)draws_between(d, 700000, 999999), 6);
	to[6] = check_imo(to);
	return to + 7;
}

#define PORT_COUNTRY(f) P_TEXT(struct parcel_opts, country, "any", .flags = (f), .help = "ISO code of the country, or any.")
static const struct param country_params[] = { PORT_COUNTRY(0), P_END };
static const struct param port_params[] = { PORT_COUNTRY(PARAM_INSIDE), P_END };

/* Only rows of the country: a choice by weight of its own. */
struct place_made {
	struct alias rows;
	const struct table *table;
};

static void place_release(struct call *c)
{
	alias_free(&((struct place_made *)c->made)->rows);
}

static int place_prepare(struct call *c, struct err *e)
{
	bool ship = strcmp(c->is->name, "mmsi") == 0;
	const char *country = c->is->params ? ((const struct parcel_opts *)c->opts)->country : "any";
	struct place_made *m = c->made;
	double weights[256];

	m->table = table_find("any", ship ? "mid" : "port");
	if (!m->table || m->table->rows > 256)
		return err_set(e, ERR_INPUT, "locale: this build has no table '%s'", ship ? "mid" : "port");
	for (uint32_t i = 0; i < m->table->rows; i++) {
		struct cell cell = table_cell(m->table, i, ship ? 1 : 0);

		cell.n = 2;
		weights[i] = strcmp(country, "any") == 0 || cell_is(cell, country) ? m->table->weights[i] : 0;
	}
	if (alias_init(&m->rows, weights, m->table->rows) < 0)
		return err_set(e, ERR_INPUT, "country: no %s of '%.20s' is known", ship ? "ship" : "port", country);
	return 0;
}

/* Of one country it is not said how many there are. */
static uint64_t place_rows(const struct call *c)
{
	return strcmp(((const struct parcel_opts *)c->opts)->country, "any") == 0 ? ((const struct place_made *)c->made)->table->rows : 0;
}

static char *place_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct place_made *m = c->made;
	uint32_t row;

	*d = draws_of(r, c->group_salt ^ 0x706f7274);
	row = UNLIKELY(c->leader != NULL) ? modify_row(c, r) : alias_pick(&m->rows, draws_next(d));
	return put_cell(to, table_cell(m->table, row, strcmp(c->is->name, "port_name") == 0));
}

static char *mmsi_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct place_made *m = c->made;

	(void)r;
	to = put_cell(to, table_cell(m->table, alias_pick(&m->rows, draws_next(d)), 0));
	return put_drawn(to, d, 6);
}

/* ---- codes ---- */

static const struct param incoterm_params[] = {
	P_CHOICE(struct parcel_opts, edition, editions, 1, .help = "Year of the rules."),
	P_END
};

static char *incoterm_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	/* DAT of 2010 became DPU in 2020. */
	static const char terms[] = "EXWFCACPTCIPDAPDDPFASFOBCFRCIFDPU";
	uint64_t i = draws_below(d, 11);

	(void)r;
	return i == 10 && !((const struct parcel_opts *)c->opts)->edition ? put_literal(to, "DAT") : put_bytes(to, terms + 3 * i, 3);
}

static const struct param hs_params[] = {
	P_CHOICE(struct parcel_opts, digits, hs_lengths, 1, .help = "How many digits."),
	P_END
};

static int hs_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, "any", "hs_code", false, e);
}

/* Six digits are the world's; what follows is each country's own. */
static char *hs_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct table *t = ((const struct pick *)c->made)->table;
	const char *code = table_cell(t, (uint32_t)draws_below(d, t->rows), 0).at;
	int length = ((const struct parcel_opts *)c->opts)->digits;

	(void)r;
	to = put_bytes(to, code, 4);
	if (length > 0) {
		*to++ = '.';
		to = put_bytes(to, code + 4, 2);
	}
	for (int i = 2; i <= length; i++) {
		*to++ = '.';
		to = put_digits(to, draws_below(d, 10) * 10, 2);
	}
	return to;
}

static const struct param warehouse_params[] = { P_PATTERN("WH-?\?-##"), P_END };

#define PARCEL(n) ROW_NAME(n), .category = "Logistics", .opts_size = sizeof(struct parcel_opts)
#define PLACE .made_size = sizeof(struct place_made), .prepare = place_prepare, .release = place_release

const struct provider pack_logistics[] = {
	{ PARCEL("tracking_number"), .group = "shipment", .help = "The number of a parcel, as its carrier has them.", .example = "1Z999AA10123456784",
	  .out = KIND_TEXT, .params = number_params, .text = number_text },
	{ PARCEL("carrier"), .group = "shipment", .help = "Who carries the record's parcel.", .example = "UPS", .out = KIND_TEXT, .params = hidden_params,
	  .text = carrier_text },
	{ PARCEL("container_number"), .help = "The number of a freight container.", .example = "CSQU3054383", .out = KIND_TEXT, .params = container_params,
	  .prepare = container_prepare, .text = container_text },
	{ PICKED("shipment_status"), .category = "Logistics", .group = "shipment", .help = "Where a parcel is.", .example = "in_transit", PICK_WEIGHTED },
	{ PARCEL("package_weight"), .group = "shipment", .help = "What a parcel weighs.", .example = "2.35", .out = KIND_REAL, .params = weight_params,
	  .value = weight_value },
	{ PARCEL("sscc"), .help = "The number of a pallet or parcel on its GS1 label.", .example = "106141412345678908", .out = KIND_TEXT,
	  .params = sscc_params, .prepare = sscc_prepare, .text = sscc_text },
	{ PARCEL("unlocode"), .group = "port", .help = "The code of a port.", .example = "DEHAM", .out = KIND_TEXT, .params = country_params, PLACE,
	  .text = place_text, .rows = place_rows, .pool = place_rows },
	{ PARCEL("port_name"), .group = "port", .help = "A port; that of the record's code.", .example = "Hamburg", .out = KIND_TEXT, PLACE,
	  .params = port_params, .text = place_text, .rows = place_rows, .pool = place_rows },
	{ PARCEL("incoterm"), .help = "A rule of delivery.", .example = "DAP", .out = KIND_TEXT, .params = incoterm_params, .text = incoterm_text },
	{ PARCEL("hs_code"), .help = "A code of the harmonized system of customs.", .example = "8471.30", .out = KIND_TEXT, .params = hs_params,
	  .made_size = sizeof(struct pick), .prepare = hs_prepare, .text = hs_text },
	{ PARCEL("package_dimensions"), .group = "shipment", .help = "Sides of a parcel that fit its weight.",
	  .example = "{\"length\":30.0,\"width\":24.0,\"height\":18.0,\"unit\":\"cm\"}", .out = KIND_JSON, .params = size_params, .room = 120,
	  .text = size_text },
	{ PATTERNED("warehouse_code"), .category = "Logistics", .help = "The code of a warehouse.", .example = "WH-QK-04", .params = warehouse_params },
	{ PARCEL("imo_number"), .help = "The number of a ship's hull.", .example = "9074729", .out = KIND_TEXT, .text = imo_text },
	{ PARCEL("mmsi"), .help = "The number of a ship's radio, with its country's digits.", .example = "211482170", .out = KIND_TEXT,
	  .params = country_params, PLACE, .text = mmsi_text },
	{ .name = NULL },
};
