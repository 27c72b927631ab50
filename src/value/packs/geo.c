/* Addresses and the fields of a place. */
#include "value/packs/packs.h"
#include "value/packs/person.h"
#include "value/packs/pieces.h"

#include <string.h>

#include "base/mathx.h"
#include "base/num.h"

static const char *const as_city[] = { "name", "prefix", "suffix", NULL };
static const char *const state_sets[] = { "states", "with_territories", "military", NULL };
static const char *const line_styles[] = { "line", "multiline", "object", NULL };
static const char *const kinds[] = { "street", "apo", "dpo", "ship", NULL };
static const char *const point_forms[] = { "geojson", "wkt", "latlon", NULL };
static const char *const pair_forms[] = { "array", "text", NULL };

struct geo_opts {
	char *country, *state, *near;
	bool weighted, plus4;
	double unit_rate, min, max, radius_km;
	int as, set, style, kind, format;
	int64_t decimals, precision;
	bool on_land, abbreviated, here;
};
struct geo_made {
	const struct atlas *of;
	const struct table *t;
	uint32_t first, n;              /* rows of a state's postcodes or cities */
	double lat, lon;
	bool bounded;
};

#define COUNTRY_ROW P_TEXT(struct geo_opts, country, "locale", .help = "Country of the place, as two letters; 'locale' is the locale's.")
#define DECIMALS_ROW P_INT(struct geo_opts, decimals, 0, 15, 6, .help = "Digits behind the point.")
static const struct param street_params[] = {
	P_SHARE(struct geo_opts, unit_rate, 0, 1, 0.2, .help = "How often an apartment follows."), P_END
};
static const struct param city_params[] = {
	COUNTRY_ROW, P_BOOL(struct geo_opts, weighted, true, .help = "By size; otherwise all alike, and then apart from the record's place."),
	P_CHOICE(struct geo_opts, as, as_city, 0, .help = "The name, or a word that towns begin or end with."), P_END
};
static const struct param country_params[] = { COUNTRY_ROW, P_END };
static const struct param abbr_params[] = {
	P_CHOICE(struct geo_opts, set, state_sets, 0, .help = "The place's state, any with the territories, or a military one."), P_END
};
static const struct param postcode_params[] = {
	P_TEXT(struct geo_opts, state, "", .help = "One of this state, by its abbreviation; then apart from the record's place."),
	P_BOOL(struct geo_opts, plus4, false, .help = "With four more digits."), COUNTRY_ROW, P_END
};
static const struct param address_params[] = {
	P_CHOICE(struct geo_opts, style, line_styles, 0, .help = "On one line, on several, or as an object."),
	P_CHOICE(struct geo_opts, kind, kinds, 0, .help = "A street, or a military post office."), P_END
};
static const struct param latitude_params[] = {
	P_REAL(struct geo_opts, min, -90, 90, -90, .help = "Southern end; without bounds it is the place's."),
	P_REAL(struct geo_opts, max, -90, 90, 90, .help = "Northern end."), DECIMALS_ROW, P_END
};
static const struct param longitude_params[] = {
	P_REAL(struct geo_opts, min, -180, 180, -180, .help = "Western end; without bounds it is the place's."),
	P_REAL(struct geo_opts, max, -180, 180, 180, .help = "Eastern end."), DECIMALS_ROW, P_END
};
static const struct param coordinate_params[] = {
	P_TEXT(struct geo_opts, near, "", .help = "Around this point, as 'lat,lon'; otherwise the record's place, or where it has none anywhere, uniform by area."),
	P_REAL(struct geo_opts, radius_km, 0, 20037, 10, .unit = "km", .help = "How far from it at most."),
	P_BOOL(struct geo_opts, on_land, false, .help = "In or near a city of the locale, which is land."), DECIMALS_ROW,
	P_CHOICE(struct geo_opts, format, pair_forms, 0, .help = "As a JSON array, or as text with a comma."),
	P_BOOL(struct geo_opts, here, false, .flags = PARAM_INSIDE, .help = "Of the record's place."), P_END
};
struct number_opts {
	char *country;
	int64_t min, max;
};
static const struct param number_params[] = {
	P_INT(struct number_opts, min, 1, 99999, 1, .help = "Smallest."), P_INT(struct number_opts, max, 1, 99999, 9999, .help = "Largest."), P_END
};
static const struct param suffix_params[] = { P_BOOL(struct geo_opts, abbreviated, false, .help = "As the post writes it."), P_END };
static const struct param county_params[] = {
	P_TEXT(struct geo_opts, state, "any", .help = "One of this state, by its abbreviation; then apart from the record's place."), P_END
};
static const struct param point_params[] = { P_CHOICE(struct geo_opts, format, point_forms, 0, .help = "How it is written."), P_END };
static const struct param hash_params[] = { P_INT(struct geo_opts, precision, 1, 12, 9, .help = "How many characters."), P_END };

/* ---- prepare ---- */

static int bind(struct call *c, const char *country, struct err *e)
{
	struct geo_made *made = c->made;
	const char *locale;

	country = country ? country : "";       /* rows that lack the parameter */
	locale = locale_of(country, c->locale);
	if (!locale)
		return err_set(e, ERR_INPUT, "country: no places of '%.20s' are known; there are US, DE, FR, ES, JP and GB", country);
	made->of = atlas_of(locale, e);
	return made->of ? 0 : -1;
}

static int here_prepare(struct call *c, struct err *e)
{
	return bind(c, NULL, e);
}

static int geo_prepare(struct call *c, struct err *e)
{
	return bind(c, ((const struct geo_opts *)c->opts)->country, e);
}

static int address_prepare(struct call *c, struct err *e)
{
	const struct geo_opts *o = c->opts;

	if (o->style == 2 && !o->kind)
		c->kind = KIND_JSON;
	return geo_prepare(c, e);
}

static int point_prepare(struct call *c, struct err *e)
{
	if (((const struct geo_opts *)c->opts)->format == 1)
		c->kind = KIND_TEXT;
	return geo_prepare(c, e);
}

/* Rows whose cell equals the state: they stand together. */
static int in_state(struct call *c, const char *state, struct err *e)
{
	struct geo_made *made = c->made;

	made->n = 0;
	if (!*state || strcmp(state, "any") == 0)
		return 0;
	made->n = table_range(atlas_cities(made->of), 1, state, &made->first);
	return made->n || table_named(atlas_cities(made->of), 1, "state", "state", state, e) != UINT32_MAX ? 0 : -1;
}

static int state_prepare(struct call *c, struct err *e)
{
	const struct geo_opts *o = c->opts;

	return bind(c, o->country, e) < 0 ? -1 : in_state(c, o->state, e);
}

static int bounds_prepare(struct call *c, struct err *e)
{
	const struct geo_opts *o = c->opts;
	struct geo_made *made = c->made;
	double most = strcmp(c->is->name, "latitude") == 0 ? 90 : 180;

	made->bounded = o->min > -most || o->max < most;
	return bind(c, NULL, e);
}

static int coordinate_prepare(struct call *c, struct err *e)
{
	const struct geo_opts *o = c->opts;
	struct geo_made *made = c->made;

	if (o->format == 1)
		c->kind = KIND_TEXT;
	if (bind(c, NULL, e) < 0)
		return -1;
	made->bounded = *o->near;
	return made->bounded ? point_parse("near", o->near, &made->lat, &made->lon, e) : 0;
}

int point_parse(const char *name, const char *text, double *lat, double *lon, struct err *e)
{
	const char *comma = strchr(text, ',');
	char first[40] = "";

	if (comma && comma - text < 39)
		memcpy(first, text, (size_t)(comma - text));
	if (!comma || num_real(first, lat, e) < 0 || num_real(comma + 1 + strspn(comma + 1, " "), lon, e) < 0 ||
	    !(*lat >= -90 && *lat <= 90 && *lon >= -180 && *lon <= 180))
		return err_set(e, ERR_INPUT, "%s: '%.40s' is no point; it looks like '38.58,-121.49'", name, text);
	return 0;
}

/* ---- fields ---- */

static struct place here(const struct call *c, const struct row *r)
{
	return place_make(((const struct geo_made *)c->made)->of, r, c->group_salt);
}

#define FIELD(name, expression) \
	static char *name(const struct call *c, const struct row *r, struct draws *d, char *to) \
	{ \
		struct place p = here(c, r); \
		(void)d; \
		return expression; \
	}
FIELD(state_text, put_cell(to, p.state))

static char *line_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return place_line(((const struct geo_made *)c->made)->of, r, c->group_salt, ((const struct geo_opts *)c->opts)->unit_rate, to);
}

static char *street_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return place_street(((const struct geo_made *)c->made)->of, r, c->group_salt, to);
}

static char *unit_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return place_unit(((const struct geo_made *)c->made)->of, r, c->group_salt, to);
}

static char *number_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct number_opts *o = c->opts;

	if (o->min == 1 && o->max == 9999)
		return put_int(to, place_number(((const struct geo_made *)c->made)->of, r, c->group_salt));
	return put_int(to, draws_between(d, o->min, o->max));
}

static char *city_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const heads[] = { "North", "South", "East", "West", "New", "Lake", "Port", "Fort", "Mount", "Saint", "San", "Santa" };
	static const char *const tails[] = { "ville", "ton", "burg", "field", "town", "ford", "port", "land", "mouth", "view", "wood", "haven" };
	const struct geo_opts *o = c->opts;
	const struct geo_made *made = c->made;
	const struct table *t = atlas_cities(made->of);

	if (o->as) {
		const char *word = (o->as == 1 ? heads : tails)[draws_below(d, 12)];

		return put_text(to, word);
	}
	return put_cell(to, o->weighted ? place_city(made->of, r, c->group_salt) : table_cell(t, (uint32_t)draws_below(d, t->rows), 0));
}

static char *abbr_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char territories[] = "ASGUMPPRVI", military[] = "AAAEAP";
	int set = ((const struct geo_opts *)c->opts)->set;

	if (set == 2)
		return put_bytes(to, military + 2 * draws_below(d, 3), 2);
	/* One in seventy lives in a territory. */
	if (set == 1 && draws_below(d, 70) == 0)
		return put_bytes(to, territories + 2 * draws_below(d, 5), 2);
	return put_cell(to, here(c, r).state_abbr);
}

static char *postcode_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct geo_opts *o = c->opts;
	const struct geo_made *made = c->made;
	struct place p;

	if (made->n)
		p = place_in(made->of, made->first + (uint32_t)draws_below(d, made->n), r, c->group_salt);
	else
		p = here(c, r);
	to = place_postcode(&p, to);
	if (o->plus4 && atlas_is_us(made->of)) {
		*to++ = '-';
		to = put_digits(to, 1 + draws_below(d, 9999), 4);
	}
	return to;
}

static char *county_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct geo_made *made = c->made;
	struct cell county;

	if (made->n)
		return put_cell(to, table_cell(atlas_cities(made->of), made->first + (uint32_t)draws_below(d, made->n), 2));
	county = here(c, r).county;
	return put_cell(to, county.n ? county : here(c, r).state);
}

static char *suffix_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct table *t = atlas_table(((const struct geo_made *)c->made)->of, "street_suffix");
	char street[STREET_ROOM];
	size_t n = (size_t)(place_street(((const struct geo_made *)c->made)->of, r, c->group_salt, street) - street);

	(void)d;
	/* The one that the street has: at its end, or at its beginning. */
	for (uint32_t i = 0; i < t->rows; i++) {
		struct cell s = table_cell(t, i, 0);

		if (n >= s.n && (memcmp(street + n - s.n, s.at, s.n) == 0 || (memcmp(street, s.at, s.n) == 0 && street[s.n] == ' ')))
			return put_cell(to, table_cell(t, i, ((const struct geo_opts *)c->opts)->abbreviated));
	}
	return to;
}

static char *military(const struct call *c, struct draws *d, int kind, char *to)
{
	static const char *const states[] = { "AA", "AE", "AP" }, *const zips[] = { "340", "09", "96" };
	static const char *const ships[] = { "USS Horizon", "USS Meridian", "USS Resolute", "USCGC Beacon", "USS Northwind" };
	unsigned at = (unsigned)draws_below(d, 3);
	const char *ship = ships[draws_below(d, 5)];
	const char *between = ((const struct geo_opts *)c->opts)->style ? "\n" : ", ";

	if (kind == 3)
		to = put_text(to, ship);
	else {
		to = kind == 1 ? put_literal(to, "PSC ") : put_literal(to, "Unit ");
		to = put_digits(to, 1000 + draws_below(d, 9000), 4);
		to = put_literal(to, " Box ");
		to = put_digits(to, 1000 + draws_below(d, 9000), 4);
	}
	to = put_text(to, between);
	to = kind == 2 ? put_literal(to, "DPO ") : kind == 3 ? put_literal(to, "FPO ") : put_literal(to, "APO ");
	to = put_bytes(to, states[at], 2);
	*to++ = ' ';
	to = put_text(to, zips[at]);
	return put_digits(to, draws_below(d, at ? 1000 : 100), at ? 3 : 2);
}

static char *address_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct geo_opts *o = c->opts;
	const struct atlas *of = ((const struct geo_made *)c->made)->of;
	struct place p;
	char text[STREET_ROOM];
	struct cell cell = { text, 0 };

	if (o->kind)
		return military(c, d, o->kind, to);
	if (o->style < 2)
		return place_address(of, r, c->group_salt, o->style ? "\n" : ", ", to);
	p = here(c, r);
	to = put_literal(to, "{\"street\":\"");
	to = place_line(of, r, c->group_salt, 0.2, to);
	*to++ = '"';
	to = put_member(to, ',', "city", p.city);
	to = put_member(to, ',', "state", p.state);
	cell.n = (uint32_t)(place_postcode(&p, text) - text);
	to = put_member(to, ',', "postcode", cell);
	to = put_member(to, ',', "country", p.country);
	*to++ = '}';
	return to;
}

/* ---- points ---- */

static double rounded(double v, int64_t decimals)
{
	double unit = 1;

	for (int64_t i = 0; i < decimals && i < 9; i++)
		unit *= 10;
	return (double)(int64_t)(v * unit + (v < 0 ? -0.5 : 0.5)) / unit;
}

static void axis_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct geo_opts *o = c->opts;
	struct place p;

	if (((const struct geo_made *)c->made)->bounded) {
		to->r = rounded(o->min + (o->max - o->min) * draws_unit(d), o->decimals);
		to->r = to->r < o->min ? o->min : to->r > o->max ? o->max : to->r;
		return;
	}
	p = here(c, r);
	to->r = rounded(strcmp(c->is->name, "latitude") == 0 ? p.lat : p.lon, o->decimals);
}

/* The inverse sine in degrees of -1..1: halving the interval, since only sums and products are the same everywhere. */
static double arcsin_degrees(double s)
{
	double low = -MATHX_PI / 2, high = MATHX_PI / 2;

	for (int i = 0; i < 50; i++) {
		double middle = (low + high) / 2;

		*(mathx_sin(middle) < s ? &low : &high) = middle;
	}
	return (low + high) / 2 * 180 / MATHX_PI;
}

static void find_point(const struct call *c, const struct row *r, struct draws *d, double *lat, double *lon)
{
	const struct geo_opts *o = c->opts;
	const struct geo_made *made = c->made;
	double y, x;
	struct place p;

	if ((o->on_land || o->here) && !made->bounded) {
		p = here(c, r);
		*lat = p.lat;
		*lon = p.lon;
		return;
	}
	if (!made->bounded) {
		*lat = arcsin_degrees(2 * draws_unit(d) - 1);
		*lon = draws_unit(d) * 360 - 180;
		return;
	}
	/* Uniform on the disc: in the square until inside, sixteen times at most. 111.2 km a degree. */
	for (int i = 0; i < 16; i++) {
		y = 2 * draws_unit(d) - 1;
		x = 2 * draws_unit(d) - 1;
		if (x * x + y * y <= 1)
			break;
		x = y = 0;
	}
	*lat = made->lat + y * o->radius_km / 111.2;
	*lat = *lat > 90 ? 90 : *lat < -90 ? -90 : *lat;
	y = mathx_cos(*lat * MATHX_PI / 180);
	*lon = made->lon + x * o->radius_km / 111.2 / (y < 0.01 ? 0.01 : y);
	while (*lon > 180)
		*lon -= 360;
	while (*lon < -180)
		*lon += 360;
}

static char *put_real(char *to, double v)
{
	return to + num_put_real(to, v);
}

static char *coordinate_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct geo_opts *o = c->opts;
	double lat, lon;

	find_point(c, r, d, &lat, &lon);
	if (o->format == 0)
		*to++ = '[';
	to = put_real(to, rounded(lat, o->decimals));
	*to++ = ',';
	to = put_real(to, rounded(lon, o->decimals));
	if (o->format == 0)
		*to++ = ']';
	return to;
}

static char *point_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int format = ((const struct geo_opts *)c->opts)->format;
	struct place p = here(c, r);
	double lat = rounded(p.lat, 6), lon = rounded(p.lon, 6);

	(void)d;
	to = format == 0 ? put_literal(to, "{\"type\":\"Point\",\"coordinates\":[") : format == 1 ? put_literal(to, "POINT(") : put_literal(to, "{\"lat\":");
	to = put_real(to, format == 2 ? lat : lon);
	to = format == 0 ? put_literal(to, ",") : format == 1 ? put_literal(to, " ") : put_literal(to, ",\"lon\":");
	to = put_real(to, format == 2 ? lon : lat);
	return format == 0 ? put_literal(to, "]}") : format == 1 ? put_literal(to, ")") : put_literal(to, "}");
}

static char *geohash_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char digits[] = "0123456789bcdefghjkmnpqrstuvwxyz";
	struct place p = here(c, r);
	double low[2] = { -180, -90 }, high[2] = { 180, 90 }, at[2] = { p.lon, p.lat };
	int64_t bits = ((const struct geo_opts *)c->opts)->precision * 5;
	unsigned digit = 0;

	(void)d;
	for (int64_t i = 0; i < bits; i++) {
		double middle = (low[i & 1] + high[i & 1]) / 2;
		bool upper = at[i & 1] >= middle;

		*(upper ? &low[i & 1] : &high[i & 1]) = middle;
		digit = digit << 1 | upper;
		if (i % 5 == 4) {
			*to++ = digits[digit & 31];
			digit = 0;
		}
	}
	return to;
}

static char *place_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct atlas *of = ((const struct geo_made *)c->made)->of;
	struct place p = here(c, r);
	char text[PHONE_ROOM];
	struct cell cell = { text, 0 };

	(void)d;
	to = put_member(to, '{', "city", p.city);
	to = put_member(to, ',', "state", p.state);
	cell.n = (uint32_t)(place_postcode(&p, text) - text);
	to = put_member(to, ',', "postcode", cell);
	to = put_member(to, ',', "country", p.country);
	to = put_literal(to, ",\"lat\":");
	to = put_real(to, rounded(p.lat, 6));
	to = put_literal(to, ",\"lon\":");
	to = put_real(to, rounded(p.lon, 6));
	to = put_member(to, ',', "time_zone", p.zone);
	/* Up to the blank: what is behind it is the pattern of the rest. */
	cell = p.area;
	if (!atlas_is_us(of))
		for (cell.n = 0; cell.n < p.area.n && p.area.at[cell.n] >= '0' && p.area.at[cell.n] <= '9'; cell.n++)
			;
	to = put_member(to, ',', "area_code", cell);
	*to++ = '}';
	return to;
}

#define PLACE(n) ROW_NAME(n), .category = "Address and geography", .group = "place", .places = true, .opts_size = sizeof(struct geo_opts), \
	.made_size = sizeof(struct geo_made), .room = STREET_ROOM
#define TEXT(n, f) PLACE(n), .out = KIND_TEXT, .plain = true, .prepare = geo_prepare, .text = f
const struct provider pack_geo[] = {
	{ TEXT("street_address", line_text), .aliases = "street location.streetAddress", .help = "A house in a street.", .example = "1847 Maple Avenue Apt 12",
	  .params = street_params },
	{ TEXT("street_name", street_text), .aliases = "location.street", .help = "A street.", .example = "Maple Avenue" },
	{ TEXT("city", city_text), .aliases = "location.city city_prefix(as=prefix) city_suffix(as=suffix)", .help = "A real city by size.",
	  .example = "Sacramento", .params = city_params },
	{ TEXT("state", state_text), .aliases = "location.state administrative_unit", .help = "The state of the place.", .example = "California",
	  .params = country_params },
	{ TEXT("state_abbr", abbr_text), .aliases = "stateabr military_state(set=military)", .help = "The state of the place, abbreviated.",
	  .example = "CA", .params = abbr_params },
	{ PLACE("postcode"), .out = KIND_TEXT, .prepare = state_prepare, .text = postcode_text, .aliases = "zip zipcode postalcode location.zipCode postcode_in_state zipcode_in_state "
	  "postalcode_in_state zipcode_plus4(plus4=true) postalcode_plus4(plus4=true)", .help = "A postcode of the place.", .example = "95814",
	  .params = postcode_params },
	{ PLACE("address"), .out = KIND_TEXT, .prepare = address_prepare, .text = address_text, .aliases = "location.postalAddress military_apo(kind=apo) military_dpo(kind=dpo) military_ship(kind=ship)",
	  .help = "A whole address in the locale's order.", .example = "1847 Maple Avenue, Sacramento, CA 95814", .params = address_params },
	{ PLACE("latitude"), .out = KIND_REAL, .prepare = bounds_prepare, .value = axis_value, .aliases = "latituderange location.latitude",
	  .help = "Degrees north.", .example = "38.581572", .params = latitude_params },
	{ PLACE("longitude"), .out = KIND_REAL, .prepare = bounds_prepare, .value = axis_value, .aliases = "longituderange location.longitude",
	  .help = "Degrees east.", .example = "-121.4944", .params = longitude_params },
	{ ROW_NAME("coordinate"), .category = "Address and geography", .group = "place", .opts_size = sizeof(struct geo_opts),
	  .made_size = sizeof(struct geo_made), .room = STREET_ROOM, .out = KIND_JSON, .prepare = coordinate_prepare, .text = coordinate_text,
	  .aliases = "location.nearbyGPSCoordinate latlng local_latlng location_on_land(on_land=true)", .help = "A point on the globe.",
	  .example = "[38.58,-121.49]", .params = coordinate_params },
	{ PLACE("building_number"), .out = KIND_TEXT, .prepare = here_prepare, .text = number_text, .aliases = "streetnumber location.buildingNumber", .help = "The number in the street address.",
	  .example = "1847", .params = number_params },
	{ TEXT("street_suffix", suffix_text), .help = "The word that makes it a street.", .example = "Avenue", .params = suffix_params },
	{ TEXT("secondary_address", unit_text), .aliases = "unit location.secondaryAddress", .help = "The unit in the street address.",
	  .example = "Apt 12" },
	{ PLACE("county"), .out = KIND_TEXT, .prepare = state_prepare, .text = county_text, .aliases = "location.county", .help = "The county of the place.",
	  .example = "Yolo County", .params = county_params },
	{ PLACE("geo_point"), .out = KIND_JSON, .prepare = point_prepare, .text = point_text, .help = "The place's point.",
	  .example = "{\"type\":\"Point\",\"coordinates\":[-121.4944,38.581572]}", .params = point_params },
	{ TEXT("geohash", geohash_text), .help = "The place's point as a geohash.", .example = "9qce7s2vu", .params = hash_params },
	{ PLACE("place"), .out = KIND_JSON, .prepare = geo_prepare, .text = place_text, .help = "A place as an object.",
	  .example = "{\"city\":\"Sacramento\",\"state\":\"California\"}", .params = country_params },
	{ .name = NULL },
};
