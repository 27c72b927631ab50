/* Vehicles: make, model, type, fuel, VIN, year and odometer agree in a record. */
#include <math.h>

#include "value/check.h"
#include "value/moments.h"
#include "value/packs/person.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

enum { MAKE, MODEL, TYPE, FUELS, WMI };

struct vehicle_opts {
	char *make, *wmi, *year, *max, *state, *country;
	int64_t min, km_min, km_max;
	int as;
};

struct vehicle_made {
	struct alias cars;
	const struct table *table;
	int64_t year, max;              /* 0: any; the present one */
	const struct atlas *at;         /* whose states the plates are of; NULL: any */
	struct {
		const struct atlas *at;
		const struct table *signs;
	} signed_by[2];                 /* plates that begin with a sign of the city: German and Japanese ones */
};

static void vehicle_release(struct call *c)
{
	alias_free(&((struct vehicle_made *)c->made)->cars);
}

static int vehicle_prepare(struct call *c, struct err *e)
{
	const struct vehicle_opts *o = c->opts;
	struct vehicle_made *m = c->made;
	double weights[256];

	if (o->as)
		c->kind = KIND_JSON;
	m->table = table_find("any", "vehicle");
	if (!m->table || m->table->rows > 256)
		return err_set(e, ERR_INPUT, "locale: this build has no table 'vehicle'");
	for (uint32_t i = 0; i < m->table->rows; i++) {
		bool wanted = strcmp(o->make, "any") == 0 || cell_is(table_cell(m->table, i, MAKE), o->make);

		weights[i] = wanted ? m->table->weights[i] : 0;
	}
	if (alias_init(&m->cars, weights, m->table->rows) < 0)
		return table_named(m->table, MAKE, "make", "make", o->make, e) == UINT32_MAX ? -1 : err_memory(e);
	if (strcmp(o->wmi, "any") != 0 && (strlen(o->wmi) != 3 || strspn(o->wmi, "0123456789ABCDEFGHJKLMNPRSTUVWXYZ") != 3))
		return err_set(e, ERR_INPUT, "wmi: '%.20s' is neither any nor three letters and digits without I, O and Q", o->wmi);
	if (parse_or("any", 0, o->year, "year", 1980, 2039, &m->year, e) < 0 || parse_or("now", 0, o->max, "max", 1980, 2039, &m->max, e) < 0)
		return -1;
	return m->max && m->max < o->min ? err_set(e, ERR_INPUT, "max: %lld is below min, which is %lld", (long long)m->max, (long long)o->min) : 0;
}

struct vehicle {
	uint32_t row;
	int64_t year, age;              /* age in years at now */
	uint64_t rest;
};

static void vehicle_of(const struct call *c, const struct row *r, struct vehicle *to)
{
	const struct vehicle_opts *o = c->opts;
	const struct vehicle_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt);
	int64_t now = civil_of_days(r->now_ns / 86400000000000).year, last;

	to->row = alias_pick(&m->cars, draws_next(&d));
	last = m->max ? m->max : now > 2039 ? 2039 : now;
	to->year = draws_between(&d, o->min, last > o->min ? last : o->min);
	to->year = m->year ? m->year : to->year;
	to->age = now > to->year ? now - to->year : 0;
	to->rest = draws_next(&d);
}

static char *put_column(const struct call *c, const struct row *r, unsigned column, char *to)
{
	struct vehicle v;

	vehicle_of(c, r, &v);
	return put_cell(to, table_cell(((const struct vehicle_made *)c->made)->table, v.row, column));
}

static char *make_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_column(c, r, MAKE, to);
}

static char *model_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_column(c, r, MODEL, to);
}

static char *type_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_column(c, r, TYPE, to);
}

/* One letter for each fuel that the model is sold with. */
static char *put_fuel(const struct call *c, const struct vehicle *v, char *to)
{
	struct cell fuels = table_cell(((const struct vehicle_made *)c->made)->table, v->row, FUELS);

	switch (fuels.at[(v->rest & 0xffff) * fuels.n >> 16]) {
	case 'd': return put_literal(to, "diesel");
	case 'h': return put_literal(to, "hybrid");
	case 'e': return put_literal(to, "electric");
	default: return strcmp(c->locale, "en_US") == 0 ? put_literal(to, "gasoline") : put_literal(to, "petrol");
	}
}

static char *fuel_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct vehicle v;

	(void)d;
	vehicle_of(c, r, &v);
	return put_fuel(c, &v, to);
}

static void year_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	struct vehicle v;

	(void)d;
	vehicle_of(c, r, &v);
	to->i = v.year;
}

static void odometer_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct vehicle_opts *o = c->opts;
	double span = (double)(o->km_max - o->km_min);
	struct vehicle v;
	int64_t km;

	(void)d;
	vehicle_of(c, r, &v);
	/* 6,000 to 24,000 a year, and some months of the present one; the older it is, the less it is used, so that it nears the highest
	 * reading and does not stay at it. */
	km = (v.age * 365 + (int64_t)(v.rest >> 32 & 255)) * (16 + (int64_t)(v.rest >> 16 & 0xffff) * 50 / 65536) + (int64_t)(v.rest >> 40) % 1000;
	to->i = o->km_min + (int64_t)(span > 0 ? (double)km * span / sqrt((double)km * (double)km + span * span) : 0);
}

/* ---- vin ---- */

static char *vin_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char letters[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ", years[] = "ABCDEFGHJKLMNPRSTVWXY123456789";
	const struct vehicle_opts *o = c->opts;
	struct vehicle v;

	vehicle_of(c, r, &v);
	*d = draws_of(r, c->group_salt ^ 0x76696e);
	if (strcmp(o->wmi, "any") == 0)
		memcpy(to, table_cell(((const struct vehicle_made *)c->made)->table, v.row, WMI).at, 3);
	else
		memcpy(to, o->wmi, 3);
	put_of(to + 3, d, 3, letters, 33);
	/* A letter at place 7 says that the year is 2010 or later. */
	put_of(to + 6, d, 1, v.year >= 2010 ? letters + 10 : letters, v.year >= 2010 ? 23 : 10);
	put_of(to + 7, d, 1, letters, 33);
	to[8] = '0';
	to[9] = years[(v.year - 1980) % 30];
	put_of(to + 10, d, 1, letters, 33);
	put_drawn(to + 11, d, 6);
	to[8] = check_vin(to);
	return to + 17;
}

/* ---- vehicle ---- */

static const char *const vehicle_as[] = { "text", "object", NULL };

static char *vehicle_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct table *t = ((const struct vehicle_made *)c->made)->table;
	struct vehicle v;

	if (((const struct vehicle_opts *)c->opts)->as) {
		vehicle_of(c, r, &v);
		to = put_member(to, '{', "make", table_cell(t, v.row, MAKE));
		to = put_member(to, ',', "model", table_cell(t, v.row, MODEL));
		to = put_member(to, ',', "type", table_cell(t, v.row, TYPE));
		to = put_literal(put_fuel(c, &v, put_literal(to, ",\"fuel\":\"")), "\"");
		to = put_int(put_key(to, ',', "year"), v.year);
		return put_literal(vin_text(c, r, d, put_literal(to, ",\"vin\":\"")), "\"}");
	}
	to = make_text(c, r, d, to);
	*to++ = ' ';
	return model_text(c, r, d, to);
}

/* ---- license_plate ---- */

static int bind_signs(struct vehicle_made *m, const char *country, struct err *e)
{
	static const char *const locales[] = { "de_DE", "ja_JP" };

	for (size_t i = 0; i < COUNT_OF(locales); i++) {
		if (strcmp(country, "any") != 0 && strcmp(country, locales[i] + 3) != 0)
			continue;
		m->signed_by[i].at = atlas_of(locales[i], e);
		m->signed_by[i].signs = table_find(locales[i], "plate_sign");
		if (!m->signed_by[i].at || !m->signed_by[i].signs)
			return m->signed_by[i].at ? err_set(e, ERR_INPUT, "locale: this build has no table 'plate_sign'") : -1;
	}
	return 0;
}

static int plate_prepare(struct call *c, struct err *e)
{
	const struct vehicle_opts *o = c->opts;
	const struct table *t = table_find("any", "plate");
	struct vehicle_made *m = c->made;
	const char *country = strcmp(o->country, "locale") ? o->country : strlen(c->locale) >= 5 ? c->locale + 3 : "US";
	double weights[256];

	if (!t || t->rows > 256)
		return err_set(e, ERR_INPUT, "locale: this build has no table 'plate'");
	m->table = t;
	if (strcmp(country, "US") == 0 && strcmp(o->state, "any") == 0 && (m->at = atlas_of("en_US", e)) == NULL)
		return -1;
	if (bind_signs(m, country, e) < 0)
		return -1;
	for (uint32_t i = 0; i < t->rows; i++) {
		bool wanted = strcmp(country, "any") == 0 || cell_is(table_cell(t, i, 0), country);

		wanted = wanted && (strcmp(o->state, "any") == 0 || cell_is(table_cell(t, i, 1), o->state));
		weights[i] = wanted ? t->weights[i] : 0;
	}
	if (alias_init(&m->cars, weights, t->rows) < 0)
		return err_set(e, ERR_INPUT, "%s: no plates of '%.20s'%s are known", strcmp(o->state, "any") == 0 ? "country" : "state",
			       strcmp(o->state, "any") == 0 ? country : o->state, strcmp(o->state, "any") == 0 ? "" : " in that country");
	return 0;
}

/* The row of a state; the other where it has none. */
static uint32_t plate_of(const struct table *t, struct cell state, uint32_t other)
{
	for (uint32_t i = 0; i < t->rows; i++)
		if (cell_same(table_cell(t, i, 1), state))
			return i;
	return other;
}

static char *put_sign(const struct call *c, const struct row *r, bool japanese, char *to)
{
	const struct vehicle_made *m = c->made;
	const struct table *t = m->signed_by[japanese].signs;
	struct cell city = place_city(m->signed_by[japanese].at, r, c->group_salt);
	uint32_t row = 0;

	while (row + 1 < t->rows && !cell_same(table_cell(t, row, 0), city))
		row++;
	return put_cell(to, table_cell(t, row, 1));
}

/* The half year in which a British car was new: 51 is from September 2001, 02 from March 2002, 52 from September 2002. */
static char *put_half_year(char *to, int64_t now_ns, struct draws *d)
{
	struct civil now = civil_of_days(now_ns / 86400000000000);
	int64_t halves = (now.year - 2002) * 2 + (now.month >= 3) + (now.month >= 9) + 1, half;

	half = (int64_t)draws_below(d, (uint64_t)(halves < 1 ? 1 : halves > 96 ? 96 : halves));
	return put_digits(to, (uint64_t)(half % 2 ? half / 2 + 2 : half / 2 + 51), 2);
}

/* What a letter of a pattern becomes; letters that look like others do not stand on plates. */
static char *put_sort(const struct call *c, const struct row *r, char sort, bool japanese, struct draws *d, char *to)
{
	static const char kana[] = "さすせそたちつてとなにぬねのはひふほまみむめもやゆらりるろ";

	switch (sort) {
	case '@': return put_sign(c, r, japanese, to);
	case '~': return put_half_year(to, r->now_ns, d);
	case '&': return put_bytes(to, kana + 3 * draws_below(d, sizeof kana / 3), 3);
	case '#': *to = (char)('0' + draws_below(d, 10)); break;
	case '9': *to = (char)('1' + draws_below(d, 9)); break;
	case '?': *to = "ABCDEFGHJKLMNPRSTUVWXYZ"[draws_below(d, 23)]; break;
	case '*': *to = "BCDFGHJKLMNPRSTVWXYZ"[draws_below(d, 20)]; break;
	default: *to = sort; break;
	}
	return to + 1;
}

static char *plate_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct vehicle_made *m = c->made;
	struct cell pattern;

	uint32_t row;

	*d = draws_of(r, c->group_salt ^ 0x706c617465);
	row = alias_pick(&m->cars, draws_next(d));
	if (m->at)
		row = plate_of(m->table, place_make(m->at, r, c->group_salt).state_abbr, row);
	pattern = table_cell(m->table, row, 2);
	for (uint32_t i = 0; i < pattern.n; i++)
		to = put_sort(c, r, pattern.at[i], table_cell(m->table, row, 0).at[0] == 'J', d, to);
	return to;
}

/* ---- dtc_code ---- */

static char *dtc_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t draw = draws_next(d);

	(void)c;
	(void)r;
	/* Three of four are about the power train; SAE's own codes have 0 behind the letter, makers' have 1. */
	*to++ = draw & 12 ? 'P' : "BCUP"[draw & 3];
	*to++ = (draw >> 4 & 7) ? '0' : '1';
	*to++ = (char)('0' + (draw >> 8) % 9);
	return put_digits(to, 1 + (draw >> 16) % 99, 2);
}

#define VEHICLE_MAKE(f) P_TEXT(struct vehicle_opts, make, "any", .flags = (f), .help = "Only of this make.")
#define VEHICLE_WMI(f) P_TEXT(struct vehicle_opts, wmi, "any", .flags = (f), .help = "First three characters, or any: those of the record's make.")
#define VEHICLE_YEAR(f) P_TEXT(struct vehicle_opts, year, "any", .flags = (f), .help = "Model year, 1980 to 2039, or any.")
#define VEHICLE_MIN(f) P_INT(struct vehicle_opts, min, 1980, 2039, 1995, .flags = (f), .help = "Earliest year.")
#define VEHICLE_MAX(f) P_TEXT(struct vehicle_opts, max, "now", .flags = (f), .help = "Latest year, or now.")

static const struct param hidden_params[] = { VEHICLE_MAKE(PARAM_INSIDE), VEHICLE_WMI(PARAM_INSIDE), VEHICLE_YEAR(PARAM_INSIDE),
	VEHICLE_MIN(PARAM_INSIDE), VEHICLE_MAX(PARAM_INSIDE), P_END };
static const struct param vehicle_params[] = {
	P_CHOICE(struct vehicle_opts, as, vehicle_as, 0, .help = "Text, or make, model, type, fuel, year and VIN as an object."),
	VEHICLE_MAKE(PARAM_INSIDE), VEHICLE_WMI(PARAM_INSIDE), VEHICLE_YEAR(PARAM_INSIDE), VEHICLE_MIN(PARAM_INSIDE), VEHICLE_MAX(PARAM_INSIDE), P_END };
static const struct param model_params[] = { VEHICLE_MAKE(0), VEHICLE_WMI(PARAM_INSIDE), VEHICLE_YEAR(PARAM_INSIDE), VEHICLE_MIN(PARAM_INSIDE),
	VEHICLE_MAX(PARAM_INSIDE), P_END };
static const struct param vin_params[] = { VEHICLE_WMI(0), VEHICLE_YEAR(0), VEHICLE_MAKE(PARAM_INSIDE), VEHICLE_MIN(PARAM_INSIDE),
	VEHICLE_MAX(PARAM_INSIDE), P_END };
static const struct param year_params[] = { VEHICLE_MIN(0), VEHICLE_MAX(0), VEHICLE_MAKE(PARAM_INSIDE), VEHICLE_WMI(PARAM_INSIDE),
	VEHICLE_YEAR(PARAM_INSIDE), P_END };
static const struct param plate_params[] = {
	P_TEXT(struct vehicle_opts, country, "locale", .help = "ISO code of the country, locale or any."),
	P_TEXT(struct vehicle_opts, state, "any", .help = "Abbreviation of the state; any: that of the place."),
	P_END
};

/* The bounds of an odometer are not those of the year, which have the same names. */
static const struct param odometer_params[] = {
	{ .name = "min", .type = PARAM_INT, .offset = PARAM_AT(struct vehicle_opts, km_min, int64_t), .max = 1e7, .unit = "km", .help = "Lowest reading." },
	{ .name = "max", .type = PARAM_INT, .offset = PARAM_AT(struct vehicle_opts, km_max, int64_t), .max = 1e7, .def = 300000, .unit = "km",
	  .help = "Highest reading." },
	VEHICLE_MAKE(PARAM_INSIDE), VEHICLE_WMI(PARAM_INSIDE), VEHICLE_YEAR(PARAM_INSIDE),
	{ .name = "year_min", .type = PARAM_INT, .flags = PARAM_INSIDE, .offset = PARAM_AT(struct vehicle_opts, min, int64_t), .min = 1980, .max = 2039,
	  .def = 1995, .help = "Earliest year." },
	{ .name = "year_max", .type = PARAM_TEXT, .flags = PARAM_INSIDE, .offset = PARAM_AT(struct vehicle_opts, max, char *), .text = "now",
	  .help = "Latest year, or now." },
	P_END
};

#define VEHICLE_ROW(n) ROW_NAME(n), .category = "Vehicle", .group = "vehicle", .opts_size = sizeof(struct vehicle_opts), \
	.made_size = sizeof(struct vehicle_made), .prepare = vehicle_prepare, .release = vehicle_release

const struct provider pack_vehicle[] = {
	{ VEHICLE_ROW("vehicle_make"), .aliases = "carmaker vehicle.manufacturer", .help = "Who made a vehicle.", .example = "Volvo", .out = KIND_TEXT,
	  .params = hidden_params, .text = make_text },
	{ VEHICLE_ROW("vehicle_model"), .aliases = "carmodel vehicle.model", .help = "The model of a vehicle, of the record's make.", .example = "XC60",
	  .out = KIND_TEXT, .params = model_params, .text = model_text },
	{ VEHICLE_ROW("vin"), .aliases = "vehicle.vin", .help = "A vehicle identification number with check digit.", .example = "1M8GDM9AXKP042788",
	  .out = KIND_TEXT, .params = vin_params, .text = vin_text },
	{ ROW_NAME("license_plate"), .aliases = "vehicle.vrm", .category = "Vehicle", .group = "place", .help = "What a number plate says.",
	  .example = "8XKQ482", .out = KIND_TEXT, .params = plate_params, .opts_size = sizeof(struct vehicle_opts),
	  .made_size = sizeof(struct vehicle_made), .prepare = plate_prepare, .release = vehicle_release, .text = plate_text },
	{ VEHICLE_ROW("vehicle"), .aliases = "car vehicle.vehicle", .help = "Make and model of a vehicle, or all of it as an object.", .example = "Volvo XC60", .out = KIND_TEXT,
	  .params = vehicle_params, .room = 200, .text = vehicle_text },
	{ VEHICLE_ROW("vehicle_type"), .aliases = "cartype vehicle.type", .help = "The body of a vehicle.", .example = "SUV", .out = KIND_TEXT,
	  .params = hidden_params, .text = type_text },
	{ VEHICLE_ROW("fuel_type"), .aliases = "carfueltype vehicle.fuel", .help = "What a vehicle runs on.", .example = "diesel", .out = KIND_TEXT,
	  .params = hidden_params, .text = fuel_text },
	{ VEHICLE_ROW("vehicle_year"), .help = "The model year, equal to that of the VIN.", .example = "2019", .out = KIND_INT, .params = year_params,
	  .value = year_value },
	{ VEHICLE_ROW("odometer_km"), .help = "How far a vehicle has gone; it grows with age.", .example = "84210", .out = KIND_INT,
	  .params = odometer_params, .value = odometer_value },
	{ ROW_NAME("dtc_code"), .category = "Vehicle", .help = "A trouble code of a vehicle's electronics.", .example = "P0301", .out = KIND_TEXT,
	  .text = dtc_text },
	{ .name = NULL },
};
