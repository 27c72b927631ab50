/* Data that must agree with the world and with itself: states, postcodes, coordinates, clocks, references; and records that use it. */
#include "tests/value_maker.h"

#include "value/packs/flight.h"
#include "value/packs/zone.h"

enum { RECORDS = 5000 };

/* First three digits of the postcodes, and a box around the state: south, north, west, east. */
static const struct { const char *state, *zips; double south, north, west, east; } states[] = {
	{ "AL", "350-369", 30.1, 35.1, -88.6, -84.8 }, { "AK", "995-999", 51, 72, -180, -129 }, { "AZ", "850-865", 31.3, 37.1, -114.9, -109 },
	{ "AR", "716-729", 33, 36.6, -94.7, -89.6 }, { "CA", "900-961", 32.5, 42.1, -124.5, -114.1 }, { "CO", "800-816", 36.9, 41.1, -109.1, -102 },
	{ "CT", "060-069", 40.9, 42.1, -73.8, -71.7 }, { "DE", "197-199", 38.4, 39.9, -75.8, -75 }, { "DC", "200-205", 38.7, 39.1, -77.2, -76.9 },
	{ "FL", "320-349", 24.4, 31.1, -87.7, -79.9 }, { "GA", "300-319 398-399", 30.3, 35.1, -85.7, -80.8 }, { "HI", "967-968", 18.8, 22.3, -160.3, -154.7 },
	{ "ID", "832-838", 41.9, 49.1, -117.3, -111 }, { "IL", "600-629", 36.9, 42.6, -91.6, -87.4 }, { "IN", "460-479", 37.7, 41.8, -88.2, -84.7 },
	{ "IA", "500-528", 40.3, 43.6, -96.7, -90.1 }, { "KS", "660-679", 36.9, 40.1, -102.1, -94.5 }, { "KY", "400-427", 36.4, 39.2, -89.6, -81.9 },
	{ "LA", "700-714", 28.9, 33.1, -94.1, -88.7 }, { "ME", "039-049", 43, 47.5, -71.2, -66.9 }, { "MD", "206-219", 37.8, 39.8, -79.5, -75 },
	{ "MA", "010-027 055-055", 41.2, 42.9, -73.6, -69.9 }, { "MI", "480-499", 41.6, 48.4, -90.5, -82.3 }, { "MN", "550-567", 43.4, 49.5, -97.3, -89.4 },
	{ "MS", "386-397", 30.1, 35.1, -91.7, -88 }, { "MO", "630-658", 35.9, 40.7, -95.8, -89 }, { "MT", "590-599", 44.3, 49.1, -116.1, -104 },
	{ "NE", "680-693", 39.9, 43.1, -104.1, -95.2 }, { "NV", "889-898", 34.9, 42.1, -120.1, -114 }, { "NH", "030-038", 42.6, 45.4, -72.6, -70.6 },
	{ "NJ", "070-089", 38.8, 41.4, -75.6, -73.8 }, { "NM", "870-884", 31.3, 37.1, -109.1, -103 }, { "NY", "100-149 005-005 063-063", 40.4, 45.1, -79.8, -71.8 },
	{ "NC", "270-289", 33.8, 36.6, -84.4, -75.4 }, { "ND", "580-588", 45.9, 49.1, -104.1, -96.5 }, { "OH", "430-459", 38.3, 42.4, -84.9, -80.5 },
	{ "OK", "730-749", 33.6, 37.1, -103.1, -94.4 }, { "OR", "970-979", 41.9, 46.3, -124.6, -116.4 }, { "PA", "150-196", 39.7, 42.6, -80.6, -74.6 },
	{ "RI", "028-029", 41.1, 42.1, -71.9, -71.1 }, { "SC", "290-299", 32, 35.3, -83.4, -78.5 }, { "SD", "570-577", 42.4, 46, -104.1, -96.4 },
	{ "TN", "370-385", 34.9, 36.7, -90.4, -81.6 }, { "TX", "750-799 885-885", 25.8, 36.6, -106.7, -93.5 }, { "UT", "840-847", 36.9, 42.1, -114.1, -109 },
	{ "VT", "050-059", 42.7, 45.1, -73.5, -71.4 }, { "VA", "201-201 220-246", 36.5, 39.5, -83.7, -75.2 }, { "WA", "980-994", 45.5, 49.1, -124.9, -116.9 },
	{ "WV", "247-268", 37.1, 40.7, -82.7, -77.7 }, { "WI", "530-549", 42.4, 47.2, -92.9, -86.2 }, { "WY", "820-831", 40.9, 45.1, -111.1, -104 },
};

static const char *copy(struct cell c, char *to, size_t room)
{
	snprintf(to, room, "%.*s", (int)c.n, c.at);
	return to;
}

static double real(const struct table *t, uint32_t row, unsigned column)
{
	char text[40];

	return strtod(copy(table_cell(t, row, column), text, sizeof text), NULL);
}

static size_t state_of(const char *name)
{
	size_t i = 0;

	while (i < sizeof states / sizeof *states && strcmp(states[i].state, name) != 0)
		i++;
	if (i == sizeof states / sizeof *states)
		fail_msg("there is no state %s", name);
	return i;
}

static bool zip_fits(size_t state, const char *zip)
{
	for (const char *s = states[state].zips; *s; s += 7 + (s[7] == ' '))
		if (memcmp(zip, s, 3) >= 0 && memcmp(zip, s + 4, 3) <= 0)
			return true;
	return false;
}

/* Centres of postcodes may lie a little across the border. */
static bool inside(size_t state, double lat, double lon, double slack)
{
	return lat > states[state].south - slack && lat < states[state].north + slack && lon > states[state].west - slack && lon < states[state].east + slack;
}

static void american_cities_lie_in_their_states(void **state)
{
	const struct table *cities = table_find("en_US", "city"), *zips = table_find("en_US", "postcode");
	unsigned seen = 0;

	(void)state;
	for (uint32_t i = 0; i < cities->rows; i++) {
		char abbr[8], codes[40], name[80], zip[16];
		size_t s = state_of(copy(table_cell(cities, i, 1), abbr, sizeof abbr));
		uint32_t first;
		char *colon;

		copy(table_cell(cities, i, 0), name, sizeof name);
		copy(table_cell(cities, i, 7), codes, sizeof codes);
		if (!inside(s, real(cities, i, 5), real(cities, i, 6), 0))
			fail_msg("%s is not in %s", name, abbr);
		colon = strchr(codes, ':');
		assert_non_null(colon);
		*colon = '\0';
		first = table_row(zips, 0, codes);
		assert_int_not_equal(first, UINT32_MAX);
		for (uint32_t k = first; k < first + strtoul(colon + 1, NULL, 10); k++, seen++)
			if (!zip_fits(s, copy(table_cell(zips, k, 0), zip, sizeof zip)) || !inside(s, real(zips, k, 1), real(zips, k, 2), 0.1))
				fail_msg("%s, %s has the postcode %s", name, abbr, zip);
	}
	assert_int_equal(seen, zips->rows);
}

static void other_cities_lie_in_their_countries(void **state)
{
	static const struct { const char *locale; double south, north, west, east; } boxes[] = { { "de_DE", 47.2, 55.1, 5.8, 15.1 }, { "en_GB", 49.8, 60.9, -8.7, 1.8 },
		{ "fr_FR", 41.3, 51.1, -5.2, 9.6 }, { "es_ES", 27.6, 43.9, -18.2, 4.4 }, { "ja_JP", 24, 45.6, 122.9, 145.9 } };

	(void)state;
	for (size_t k = 0; k < sizeof boxes / sizeof *boxes; k++) {
		const struct table *t = table_find(boxes[k].locale, "city");

		assert_string_equal(t->locale, boxes[k].locale);
		for (uint32_t i = 0; i < t->rows; i++) {
			double lat = real(t, i, 5), lon = real(t, i, 6);

			if (!(lat > boxes[k].south && lat < boxes[k].north && lon > boxes[k].west && lon < boxes[k].east))
				fail_msg("%s: %.*s lies at %g, %g", boxes[k].locale, (int)table_cell(t, i, 0).n, table_cell(t, i, 0).at, lat, lon);
		}
	}
}

/* ---- references ---- */

static void resolves(const char *table, unsigned column, const char *separators, const char *to, unsigned key)
{
	const struct table *t = table_find("en_US", table), *other = table_find("en_US", to);

	assert_non_null(t);
	assert_non_null(other);
	for (uint32_t i = 0; i < t->rows; i++) {
		char list[400], *save = NULL;

		copy(table_cell(t, i, column), list, sizeof list);
		for (char *s = strtok_r(list, separators, &save); s; s = strtok_r(NULL, separators, &save))
			if (table_row(other, key, s) == UINT32_MAX)
				fail_msg("%s: row %u: '%s' is not in %s", table, i, s, to);
	}
}

static void references_resolve(void **state)
{
	(void)state;
	resolves("icd10", 1, "|", "icd10_family", 0);
	resolves("icd10_family", 6, ",", "drug", 1);
	resolves("allergy", 1, ",", "drug", 1);
	resolves("device_type", 2, ",", "sensor_type", 0);
	resolves("airport", 4, "|", "country", 0);
	resolves("airline", 4, "|", "country", 0);
	resolves("airline", 4, "|", "aircraft_mark", 0);
	resolves("isin_country", 0, "|", "country", 0);
	resolves("plate", 0, "|", "country", 0);
	resolves("plate", 1, "|", "state", 0);
	resolves("driver_license", 0, "|", "state", 0);
	resolves("zone_link", 1, "|", "zone", 0);
	resolves("product_noun", 2, "|", "product_material", 1);
	resolves("fx_pair", 0, "/", "currency", 0);
	resolves("card_test", 1, "|", "card_test", 1);
}

static void no_row_stands_twice(void **state)
{
	static const char *const codes[] = { "icd10", "drug", "currency", "iban", "mid", "hs_code", "mcc", "port", "airport", "airline", "aircraft", "exchange", "ticker",
		"zone_link", "oui", "http_status", "locale_code", "tld", "chemical_element", "sensor_type", "device_type", "cloud_region" };

	(void)state;
	for (const struct table *const *t = value_tables; *t; t++)
		for (uint32_t i = 0; i < (*t)->rows && (*t)->rows < 6000; i++)
			for (uint32_t k = 0; k < i; k++) {
				const uint32_t *a = &(*t)->offsets[i * (*t)->columns], *b = &(*t)->offsets[k * (*t)->columns];
				uint32_t n = a[(*t)->columns] - a[0];

				if (n == b[(*t)->columns] - b[0] && memcmp((*t)->blob + a[0], (*t)->blob + b[0], n) == 0 && cell_same(table_cell(*t, i, 0), table_cell(*t, k, 0)))
					fail_msg("%s/%s: %.*s stands twice", (*t)->locale, (*t)->name, (int)n, (*t)->blob + a[0]);
			}
	for (size_t c = 0; c < sizeof codes / sizeof *codes; c++) {
		const struct table *t = table_find("en_US", codes[c]);

		for (uint32_t i = 0; i < t->rows; i++) {
			char text[200];

			if (table_row(t, 0, copy(table_cell(t, i, 0), text, sizeof text)) != i)
				fail_msg("%s: %s stands twice", codes[c], text);
		}
	}
}

/* ---- clocks ---- */

/* Flights have rules of their own by the letter of the port: the same clocks as those of the names, each six hours of 2024. */
static void ports_have_the_clock_of_their_zone(void **state)
{
	const struct table *ports = table_find("any", "airport");
	const int64_t first = 1704067200, hour = 3600;

	(void)state;
	for (uint32_t i = 0; i < ports->rows; i++) {
		int64_t east = cell_int(table_cell(ports, i, AIRPORT_EAST));
		char zone[64], rule = *table_cell(ports, i, AIRPORT_RULE).at;
		struct zone z;
		struct err e;

		if (zone_read(&z, "tz", copy(table_cell(ports, i, AIRPORT_ZONE), zone, sizeof zone), &e) < 0)
			fail_msg("port %u: %s", i, e.text);
		for (int64_t at = first; at < first + 366 * 24 * hour; at += 6 * hour)
			if (zone_minutes(east, rule, at * 1000000000) * 60 != zone_seconds(&z, at * 1000000000))
				fail_msg("port %u: %s at %lld: %lld and %d seconds", i, zone, (long long)at,
					(long long)zone_minutes(east, rule, at * 1000000000) * 60, (int)zone_seconds(&z, at * 1000000000));
	}
}

static int32_t clock_of(const char *zone, const char *instant)
{
	struct zone z;
	struct err e;
	int64_t ns;

	if (zone_read(&z, "tz", zone, &e) < 0)
		fail_msg("%s: %s", zone, e.text);
	assert_int_equal(parse_instant(instant, 0, &ns, &e), 0);
	return zone_seconds(&z, ns) / 60;
}

/* What `TZ=zone date` of a machine with tzdata 2025b says, in minutes. */
static void zones_tell_the_clocks(void **state)
{
	const struct table *zones = table_find("any", "zone");
	struct zone z;

	(void)state;
	assert_int_equal(clock_of("UTC", "2024-07-01T00:00:00Z"), 0);
	assert_int_equal(clock_of("+05:45", "2024-07-01T00:00:00Z"), 345);
	assert_int_equal(clock_of("Europe/Berlin", "2024-03-31T00:59:59Z"), 60);
	assert_int_equal(clock_of("Europe/Berlin", "2024-03-31T01:00:00Z"), 120);
	assert_int_equal(clock_of("Europe/Berlin", "2024-10-27T00:59:59Z"), 120);
	assert_int_equal(clock_of("Europe/Berlin", "2024-10-27T01:00:00Z"), 60);
	assert_int_equal(clock_of("Europe/Oslo", "2024-07-01T00:00:00Z"), 120);
	assert_int_equal(clock_of("Europe/Dublin", "2024-01-15T12:00:00Z"), 0);
	assert_int_equal(clock_of("Europe/Dublin", "2024-07-15T12:00:00Z"), 60);
	assert_int_equal(clock_of("America/New_York", "2024-03-10T06:59:59Z"), -300);
	assert_int_equal(clock_of("America/New_York", "2024-03-10T07:00:00Z"), -240);
	assert_int_equal(clock_of("America/New_York", "2024-11-03T05:59:59Z"), -240);
	assert_int_equal(clock_of("America/New_York", "2024-11-03T06:00:00Z"), -300);
	assert_int_equal(clock_of("America/St_Johns", "2024-07-15T12:00:00Z"), -150);
	assert_int_equal(clock_of("Australia/Sydney", "2024-01-15T12:00:00Z"), 660);
	assert_int_equal(clock_of("Australia/Sydney", "2024-07-15T12:00:00Z"), 600);
	assert_int_equal(clock_of("America/Santiago", "2024-01-15T12:00:00Z"), -180);
	assert_int_equal(clock_of("Asia/Kathmandu", "2024-01-15T12:00:00Z"), 345);
	assert_int_equal(clock_of("Asia/Calcutta", "2024-01-15T12:00:00Z"), 330);
	for (uint32_t i = 0; i < zones->rows; i++) {
		zone_of_row(&z, zones, i);
		if (z.usual < -12 * 3600 || z.usual > 14 * 3600 || z.usual % 900 || (z.turns && (z.on.month < 1 || z.on.month > 12 || z.off.week < 1 || z.off.week > 5)))
			fail_msg("%.*s: %d", (int)table_cell(zones, i, 0).n, table_cell(zones, i, 0).at, z.usual);
	}
}

/* ---- records ---- */

static void what_follows_the_record_agrees(void **state)
{
	struct call *city = maker("city"), *abbr = maker("state_abbr"), *hospital = maker("hospital_name"), *plate = maker("license_plate");
	struct call *company = maker("company"), *shop = maker("merchant_name"), *name = maker("name"), *patient = maker("patient");
	struct call *vitals = maker("vitals"), *whole = maker("vehicle as=object"), *vin = maker("vin"), *year = maker("vehicle_year");
	struct call *offset = maker("utc_offset"), *lon = maker("longitude");
	const struct table *plates = table_find("any", "plate");
	char a[4096], b[4096], c[4200];

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		size_t n = strlen(maker_text(city, i, a));
		struct cell form;

		assert_memory_equal(maker_text(hospital, i, b), a, n);
		maker_text(abbr, i, a);
		form = table_cell(plates, table_row(plates, 1, a), 2);
		assert_int_equal(strlen(maker_text(plate, i, b)), form.n);
		for (uint32_t k = 0; k < form.n; k++)
			if (form.at[k] == '#' ? b[k] < '0' || b[k] > '9' : form.at[k] == '?' ? b[k] < 'A' || b[k] > 'Z' : b[k] != form.at[k])
				fail_msg("%s in %s, which has %.*s", b, a, (int)form.n, form.at);
		n = strcspn(maker_text(company, i, a), " -,");
		assert_memory_equal(maker_text(shop, i, b), a, n);
		snprintf(c, sizeof c, "{\"name\":\"%s\",", maker_text(name, i, a));
		assert_memory_equal(maker_text(patient, i, b), c, strlen(c));
		assert_non_null(strstr(b, maker_text(vitals, i, a)));
		maker_text(whole, i, b);
		snprintf(c, sizeof c, "\"vin\":\"%s\"", maker_text(vin, i, a));
		assert_non_null(strstr(b, c));
		snprintf(c, sizeof c, "\"year\":%s,", maker_text(year, i, a));
		assert_non_null(strstr(b, c));
		/* Clocks follow the sun, give or take what law does to them. */
		maker_text(offset, i, a);
		assert_true(maker_real(lon, i) / 15 - strtod(a, NULL) < 2 && maker_real(lon, i) / 15 - strtod(a, NULL) > -2);
	}
	call_free(city), call_free(abbr), call_free(hospital), call_free(plate), call_free(company), call_free(shop), call_free(name), call_free(patient);
	call_free(vitals), call_free(whole), call_free(vin), call_free(year), call_free(offset), call_free(lon);
}

/* The value of the first line beside the second, in both orders, is that of the third alone; NULL: another than its own alone. */
static void what_one_is_told_holds_for_all(void **state)
{
	static const struct { const char *of, *told, *same; } cases[] = {
		{ "first_name", "email", "first_name" },
		{ "first_name", "sex", "first_name" },
		{ "first_name", "name sex=female", "first_name sex=female" },
		{ "name_prefix", "first_name sex=male", "name_prefix sex=male" },
		{ "first_name sex=female", "first_name sex=male", "first_name sex=female" },
		{ "phone_number", "city country=DE", "phone_number country=DE" },
		{ "credit_card_cvv", "credit_card_number issuer=amex", "credit_card_cvv issuer=amex" },
		{ "card_bin", "credit_card_number issuer=amex", "card_bin issuer=amex" },
		{ "airline_icao", "flight_number airline=LH", "airline_icao airline=LH" },
		{ "vin", "vehicle_model make=Volvo", NULL },
		{ "country", "city", "country of=locale" },
		{ "country_code variant=alpha3", "postcode", "country_code variant=alpha3 of=locale" },
		{ "country of=world", "city", "country of=world" },
		{ "country weight=gdp", "city", "country weight=gdp" },
		{ "country", "phone_number", "country" },
		{ "time_zone country=NO", "city", "time_zone country=NO" },
		{ "odometer_km", "vehicle_year min=2010", NULL },
		{ "date_of_birth", "age min=30 max=40", "date_of_birth min_age=30 max_age=40" },
		{ "age", "date_of_birth min_age=95 max_age=99", "age min=95 max=99" },
		{ "age", "date_of_birth min_age=60", "age min=60" },
		{ "age min=20", "date_of_birth min_age=60", "age min=20" },
		{ "date_of_birth", "age dist=census", NULL },
		{ "port_name", "unlocode country=DE", NULL },
		{ "hex_color", "color_name set=basic", NULL },
		{ "rgb_color", "color_name set=basic", NULL },
		{ "mime_type", "file_name category=image", "mime_type category=image" },
		{ "file_name category=text", "mime_type category=image", "file_name category=text" },
		{ "file_path", "file_name words=1", NULL },
		{ "mime_type", "file_name extension=csv", NULL },
		{ "file_path", "directory_path os=windows", "file_path os=windows" },
		{ "cloud_instance_id", "cloud_region provider=gcp", "cloud_instance_id provider=gcp" },
		{ "cloud_region", "cloud_instance_id provider=azure", "cloud_region provider=azure" },
		{ "city", "time_zone country=NO", "city" },
		{ "coordinate", "city", "coordinate on_land=true" },
		{ "coordinate near=52.5,13.4", "city", "coordinate near=52.5,13.4" },
		{ "flight_level", "flight_number airline=LH", NULL },
		{ "name_suffix", "first_name sex=female", "name_suffix sex=female" },
		{ "currency_symbol", "amount currency=JPY", "currency_symbol code=JPY" },
	};
	char a[200], b[200];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct call *want = maker(cases[i].same ? cases[i].same : cases[i].of), *all;

		for (unsigned order = 0; order < 2; order++) {
			struct call *c = maker_record(order ? (const char *const[]){ cases[i].told, cases[i].of } : (const char *const[]){ cases[i].of, cases[i].told }, 2, order, &all);
			unsigned differ = 0;

			for (unsigned k = 0; k < 200; k++)
				differ += strcmp(maker_text(c, k, a), maker_text(want, k, b)) != 0;
			/* What has no parameter of its own for it is another value than alone. */
			if (cases[i].same ? differ : !differ)
				fail_msg("%s beside %s, order %u: %s instead of %s", cases[i].of, cases[i].told, order, a, b);
			maker_free_all(all);
		}
		call_free(want);
	}
}

static void a_record_is_of_one_person_and_place(void **state)
{
	static const char *const lines[] = { "email style=first.last", "sex", "person", "patient", "display_name", "first_name sex=male", "time_zone", "utc_offset",
		"subdivision_code", "state_abbr" };
	struct call *all, *c, *calls[10];
	char text[10][4096], want[200];
	struct err e;

	(void)state;
	all = NULL;
	for (size_t i = 0; i < 10; i++) {
		calls[i] = maker(lines[i]);
		assert_int_equal(call_join(&all, calls[i], &e), 0);
	}
	c = maker("first_name sex=male");
	for (unsigned k = 0; k < 1000; k++) {
		struct zone z;

		for (size_t i = 0; i < 10; i++)
			maker_text(calls[i], k, text[i]);
		assert_string_equal(text[1], "male");
		assert_string_equal(text[5], maker_text(c, k, want));
		assert_int_equal(text[0][0], want[0] | 32);
		assert_non_null(strstr(text[2], want));
		assert_non_null(strstr(text[3], want));
		assert_memory_equal(text[4], want, strlen(want));
		assert_int_equal(zone_read(&z, "zone", text[6], &e), 0);
		*zone_put(want, zone_seconds(&z, MAKER_NOW), true) = '\0';
		assert_string_equal(text[7], want);
		snprintf(want, sizeof want, "US-%.2s", text[9]);
		assert_string_equal(text[8], want);
	}
	call_free(c);
	maker_free_all(all);
}

/* ---- paths ---- */

static double part_of(const char *json, const char *name)
{
	const char *at = strstr(json, name);

	assert_non_null(at);
	return strtod(at + strlen(name) + 2, NULL);
}

static void tracks_move_as_fast_as_they_say(void **state)
{
	struct call *c = maker("gps_track start=52.52,13.4 speed_kmh=50 step=1s");
	char text[200];
	double lat = 0, lon = 0, sum = 0;

	(void)state;
	for (unsigned i = 0; i < 36000; i++) {
		maker_text(c, i, text);
		double y = part_of(text, "lat"), x = part_of(text, "lon"), speed = part_of(text, "speed");
		double dx = (x - lon) * 111.2 * 0.6085, dy = (y - lat) * 111.2, gone = dx * dx + dy * dy;

		assert_true(y > 52 && y < 53 && x > 12.4 && x < 14.4);
		/* Within a leg the way of a second is the speed; the last decimals are 0.1 m. */
		if (i % 60 > 1)
			assert_true(gone < (speed / 3600 + 3e-4) * (speed / 3600 + 3e-4) && gone > (speed / 3600 - 3e-4) * (speed / 3600 - 3e-4) * (speed > 2));
		lat = y;
		lon = x;
		sum += speed;
	}
	assert_true(sum / 36000 > 44 && sum / 36000 < 56);
	call_free(c);
}

/* One curve a field, one a name, one a device: neighbours of the same device are alike, two devices are not. */
static void each_device_has_its_own_curve(void **state)
{
	struct call *c = maker("temperature of=device fault_rate=0"), *id = maker("device_id"), *one = maker("temperature key=a"), *two = maker("temperature key=b");
	char a[40], b[40];
	unsigned apart = 0;

	(void)state;
	for (unsigned i = 1; i < 1000; i++) {
		assert_string_not_equal(maker_text(id, i, a), maker_text(id, i - 1, b));
		apart += maker_real(c, i) - maker_real(c, i - 1) > 1 || maker_real(c, i - 1) - maker_real(c, i) > 1;
		assert_true(maker_real(one, i) - maker_real(one, 0) < 0.7 && maker_real(one, 0) - maker_real(one, i) < 0.7);
	}
	assert_true(apart > 600);
	assert_true(maker_real(one, 1) - maker_real(two, 1) > 0.5 || maker_real(two, 1) - maker_real(one, 1) > 0.5);
	call_free(c), call_free(id), call_free(one), call_free(two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(american_cities_lie_in_their_states),
		cmocka_unit_test(other_cities_lie_in_their_countries),
		cmocka_unit_test(references_resolve),
		cmocka_unit_test(no_row_stands_twice),
		cmocka_unit_test(ports_have_the_clock_of_their_zone),
		cmocka_unit_test(zones_tell_the_clocks),
		cmocka_unit_test(what_follows_the_record_agrees),
		cmocka_unit_test(what_one_is_told_holds_for_all),
		cmocka_unit_test(a_record_is_of_one_person_and_place),
		cmocka_unit_test(tracks_move_as_fast_as_they_say),
		cmocka_unit_test(each_device_has_its_own_curve),
	};

	return cmocka_run_group_tests_name("places and data", tests, NULL, NULL);
}
