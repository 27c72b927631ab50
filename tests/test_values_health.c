/* Health and aviation: codes by their rules, written apart from the generator; records that agree with themselves. */
#include "tests/fake.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "value/packs/flight.h"
#include "value/provider.h"

enum { CODES = 100000, RECORDS = 10000 };
static const int64_t NOW = 1704067200000000000;

static struct call *begin(const char *name, const char *parameter, const char *value)
{
	char preset[80];
	struct err e;
	const struct provider *p = provider_find(name, preset, sizeof preset, &e);
	struct call *c = p ? call_new(p, "en_US", &e) : NULL;

	if (!c || (parameter && call_set(c, parameter, value, &e) < 0) || call_begin(c, name, "", &e) < 0)
		fail_msg("%s: %s", name, e.text);
	return c;
}

static const char *make(const struct call *c, uint64_t number)
{
	static char text[4][4096];
	static unsigned turn;
	struct row r = { .key = row_key(1, number), .number = number, .seed = 1, .now_ns = NOW };
	char *to = text[turn = (turn + 1) % 4];

	*call_text(c, &r, to) = '\0';
	return to;
}

/* ---- the rules ---- */

static bool luhn(const char *digits)
{
	int sum = 0;
	size_t n = strlen(digits);

	for (size_t i = 0; i < n; i++) {
		int v = digits[n - 1 - i] - '0';

		if (i & 1)
			v = v * 2 / 10 + v * 2 % 10;
		sum += v;
	}
	return sum % 10 == 0;
}

static bool npi_valid(const char *s)
{
	char all[32];

	if (strlen(s) != 10 || (*s != '1' && *s != '2'))
		return false;
	snprintf(all, sizeof all, "80840%s", s);
	return luhn(all);
}

static bool ticket_valid(const char *s)
{
	int left = 0;

	if (strlen(s) != 16 || s[3] != '-' || s[14] != '-')
		return false;
	for (int i = 0; i < 14; i++)
		if (i != 3)
			left = (left * 10 + (s[i] - '0')) % 7;
	return left == s[15] - '0';
}

static bool mod11_valid(const char *s)
{
	int sum = 0, weight = 1;

	for (size_t i = strlen(s); i-- > 0 && ((s[i] >= '0' && s[i] <= '9') || s[i] == 'X'); weight = weight == 7 ? 2 : weight + 1)
		sum += weight * (s[i] == 'X' ? 10 : s[i] - '0');
	return sum % 11 == 0;
}

static bool matches(const char *pattern, const char *text)
{
	static regex_t compiled;
	static const char *of;

	if (of != pattern) {
		if (of)
			regfree(&compiled);
		assert_int_equal(regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB), 0);
		of = pattern;
	}
	return regexec(&compiled, text, 0, NULL, 0) == 0;
}

static const char metar_grammar[] = "^[A-Z]{4} [0-3][0-9][0-2][0-9][0-5][0-9]Z (VRB|[0-3][0-9]0)[0-9]{2}(G[0-9]{2})?KT "
	"(CAVOK|([0-9]{4}|[1-9]SM|10SM|[13]/[24]SM)( [-+]?(TSRA|RASN|RA|SN|FZFG|FG))?( NSC| CLR|( (FEW|SCT|BKN|OVC)[0-9]{3}(CB)?){1,3})) "
	"M?[0-9]{2}/M?[0-9]{2} (Q[01][0-9]{3}|A[23][0-9]{3})$";

static int degrees(const char *s)
{
	return *s == 'M' ? -atoi(s + 1) : atoi(s);
}

static bool metar_valid(const char *s)
{
	const char *slash = strrchr(s, '/'), *from = slash;

	if (!matches(metar_grammar, s))
		return false;
	while (from[-1] != ' ')
		from--;
	return degrees(slash + 1) <= degrees(from);
}

/* ---- vectors ---- */

static void the_rules_take_good_vectors_and_refuse_changed_ones(void **state)
{
	char text[40];

	(void)state;
	assert_true(npi_valid("1234567893"));
	assert_true(ticket_valid("001-1300696719-4"));
	for (int i = 0; i < 10; i++)
		for (char d = '0'; d <= '9'; d++) {
			snprintf(text, sizeof text, "1234567893");
			if (text[i] == d)
				continue;
			text[i] = d;
			assert_false(npi_valid(text));
		}
	for (int i = 0; i < 16; i++) {
		snprintf(text, sizeof text, "001-1300696719-4");
		if (text[i] == '-')
			continue;
		text[i] = (char)('0' + (text[i] - '0' + 1) % 10);
		assert_false(ticket_valid(text));
	}
	assert_true(metar_valid("ENGM 010920Z 20008KT 9999 FEW030 04/M01 Q1013"));
	assert_false(metar_valid("ENGM 010920Z 20008KT 9999 FEW030 M04/M01 Q1013"));
	assert_false(metar_valid("ENGM 010920Z 20008KT 9999 FEW03 04/M01 Q1013"));
}

/* Marks in the order of the register, one by one: each has the address after the last one's. */
static uint32_t walk(char *mark, size_t digits, uint32_t next)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
	size_t n = 1 + digits;

	if (digits) {
		assert_int_equal(nnumber_address(mark, n), next++);
		for (int i = 0; i < 24 && digits < 5; i++) {
			mark[n] = letters[i];
			assert_int_equal(nnumber_address(mark, n + 1), next++);
			for (int k = 0; k < 24 && digits < 4; k++) {
				mark[n + 1] = letters[k];
				assert_int_equal(nnumber_address(mark, n + 2), next++);
			}
		}
	}
	for (char d = digits ? '0' : '1'; d <= '9' && digits < 5; d++) {
		mark[n] = d;
		next = walk(mark, digits + 1, next);
	}
	return next;
}

static void every_american_mark_has_its_address(void **state)
{
	char mark[8] = "N";

	(void)state;
	assert_int_equal(nnumber_address("N1", 2), 0xa00001);
	assert_int_equal(nnumber_address("N12345", 6), 0xa061d9);
	assert_int_equal(nnumber_address("N99999", 6), 0xadf7c7);
	assert_int_equal(nnumber_address("N0", 2), 0);
	assert_int_equal(nnumber_address("N1I", 3), 0);
	assert_int_equal(walk(mark, 0, 0xa00001), 0xadf7c8);
}

static void every_code_is(const char *name, const char *parameter, const char *value, bool (*valid)(const char *))
{
	struct call *c = begin(name, parameter, value);

	for (unsigned i = 0; i < CODES; i++) {
		const char *text = make(c, i);

		if (!valid(text))
			fail_msg("%s: %s", name, text);
	}
	call_free(c);
}

static bool luhn_tail(const char *s)
{
	return luhn(s + 3);
}

static bool ndc_valid(const char *s)
{
	return matches("^[0-9]{5}-[0-9]{4}-[0-9]{2}$", s);
}

static bool squawk_valid(const char *s)
{
	return matches("^[0-7]{4}$", s) && strcmp(s, "7500") && strcmp(s, "7600") && strcmp(s, "7700");
}

static bool pressure_valid(const char *s)
{
	return matches("^[0-9]{2,3}/[0-9]{2,3}$", s) && atoi(s) > atoi(strchr(s, '/') + 1);
}

static bool locator_valid(const char *s)
{
	return matches("^[A-HJ-NP-Z2-9]{6}$", s);
}

static bool runway_valid(const char *s)
{
	return matches("^(0[1-9]|[12][0-9]|3[0-6])[LCR]?$", s);
}

static void codes_follow_their_rules(void **state)
{
	(void)state;
	every_code_is("npi", NULL, NULL, npi_valid);
	every_code_is("npi", "type", "2", npi_valid);
	every_code_is("mrn", "check", "mod10", luhn_tail);
	every_code_is("mrn", "check", "mod11", mod11_valid);
	every_code_is("ticket_number", NULL, NULL, ticket_valid);
	every_code_is("ndc_code", NULL, NULL, ndc_valid);
	every_code_is("squawk", "emergency_rate", "0", squawk_valid);
	every_code_is("blood_pressure", NULL, NULL, pressure_valid);
	every_code_is("record_locator", NULL, NULL, locator_valid);
	every_code_is("runway", NULL, NULL, runway_valid);
	every_code_is("metar", NULL, NULL, metar_valid);
	every_code_is("metar", "severity", "severe", metar_valid);
	every_code_is("metar", "severity", "calm", metar_valid);
}

/* ---- flights ---- */

static double number_in(const cJSON *o, const char *name)
{
	return cJSON_GetObjectItem(o, name)->valuedouble;
}

static const char *text_in(const cJSON *o, const char *name)
{
	return cJSON_GetObjectItem(o, name)->valuestring;
}

static int64_t second_in(const cJSON *o, const char *name)
{
	struct tm t = { 0 };

	assert_non_null(strptime(text_in(o, name), "%Y-%m-%dT%H:%M:%S", &t));
	return timegm(&t);
}

static double cell_number(const struct table *t, uint32_t row, unsigned column)
{
	struct cell c = table_cell(t, row, column);
	char text[20];

	snprintf(text, sizeof text, "%.*s", (int)c.n, c.at);
	return strtod(text, NULL);
}

static double great_circle(const struct table *t, uint32_t a, uint32_t b)
{
	double k = M_PI / 18000, la = cell_number(t, a, 6) * k, lb = cell_number(t, b, 6) * k, dl = (cell_number(t, a, 7) - cell_number(t, b, 7)) * k;
	double h = pow(sin((la - lb) / 2), 2) + cos(la) * cos(lb) * pow(sin(dl / 2), 2);

	return 2 * 6371.0088 * asin(sqrt(h));
}

static void check_flight(const cJSON *o, const struct table *ports, const struct table *crafts)
{
	uint32_t a = table_row(ports, 0, text_in(o, "origin")), b = table_row(ports, 0, text_in(o, "destination")), craft;
	double km = number_in(o, "distance_km");
	int64_t departure = second_in(o, "departure"), arrival = second_in(o, "arrival"), now = NOW / 1000000000;
	const char *status = text_in(o, "status");

	assert_true(a != UINT32_MAX && b != UINT32_MAX && a != b);
	assert_true(fabs(great_circle(ports, a, b) - km) < 1 && km >= 149.5);
	craft = table_row(crafts, 0, text_in(o, "aircraft_type"));
	assert_true(cell_number(crafts, craft, 5) >= km);
	if (*table_cell(crafts, craft, 3).at == 'r')
		assert_true(km <= 1500);
	assert_true(fabs(km / cell_number(crafts, craft, 6) * 60 + 30 - number_in(o, "block_minutes")) < 1);
	assert_int_equal(arrival - departure, 60 * (number_in(o, "block_minutes") + number_in(o, "enroute_delay_minutes")));
	assert_int_equal(departure - second_in(o, "scheduled_departure"), 60 * number_in(o, "delay_minutes"));
	if (strcmp(status, "Cancelled") == 0)
		return;
	if (now < departure - 2400)
		assert_string_equal(status, number_in(o, "delay_minutes") >= 15 ? "Delayed" : "Scheduled");
	else if (now < departure)
		assert_string_equal(status, "Boarding");
	else if (strcmp(status, "Diverted") != 0)
		assert_string_equal(status, now < arrival ? "Departed" : "Arrived");
}

static void flights_agree_with_themselves(void **state)
{
	static const char *const singles[][2] = { { "airline", "airline" }, { "airline_iata", "airline_iata" }, { "airline_icao", "airline_icao" },
		{ "flight_number", "flight_number" }, { "airport_iata", "origin" }, { "airport_city", "origin_city" }, { "aircraft_type", "aircraft_type" },
		{ "aircraft_model", "aircraft_model" }, { "aircraft_registration", "registration" }, { "icao24", "icao24" }, { "callsign", "callsign" },
		{ "flight_status", "status" }, { "terminal", "terminal" }, { "gate", "gate" } };
	const struct table *ports = table_find("any", "airport"), *crafts = table_find("any", "aircraft"), *lines = table_find("any", "airline");
	const struct table *marks = table_find("any", "aircraft_mark");
	struct call *whole = begin("flight", "fields", "all"), *single[14], *ticket = begin("ticket_number", NULL, NULL), *level = begin("flight_level", NULL, NULL);

	(void)state;
	for (int k = 0; k < 14; k++)
		single[k] = begin(singles[k][0], NULL, NULL);
	for (unsigned i = 0; i < RECORDS; i++) {
		cJSON *o = cJSON_Parse(make(whole, i));
		struct cell prefix, country, first, size;
		uint32_t line, mark, from, to;
		char name[3] = "", text[20];
		unsigned long start, address;
		int fl = atoi(make(level, i) + 2);
		double east;

		assert_non_null(o);
		check_flight(o, ports, crafts);
		for (int k = 0; k < 14; k++)
			assert_string_equal(make(single[k], i), text_in(o, singles[k][1]));
		line = table_row(lines, 0, text_in(o, "airline_iata"));
		prefix = table_cell(lines, line, 5);
		assert_memory_equal(make(ticket, i), prefix.n ? prefix.at : "169", 3);
		assert_memory_equal(text_in(o, "flight_number"), text_in(o, "airline_iata"), 2);
		assert_memory_equal(text_in(o, "callsign"), text_in(o, "airline_icao"), 3);
		country = table_cell(lines, line, 4);
		memcpy(name, country.at, 2);
		mark = table_row(marks, 0, name);
		first = table_cell(marks, mark, 1);
		size = table_cell(marks, mark, 2);
		snprintf(text, sizeof text, "%.*s", (int)first.n, first.at);
		start = strtoul(text, NULL, 16);
		snprintf(text, sizeof text, "%.*s", (int)size.n, size.at);
		address = strtoul(text_in(o, "icao24"), NULL, 16);
		assert_true(address >= start && address < start + strtoul(text, NULL, 10));
		from = table_row(ports, 0, text_in(o, "origin"));
		to = table_row(ports, 0, text_in(o, "destination"));
		east = remainder(cell_number(ports, to, 7) - cell_number(ports, from, 7), 36000);
		if (east != 0 && fabs(east) < 17999)
			assert_int_equal(fl / 10 % 2, east > 0);
		cJSON_Delete(o);
	}
	for (int k = 0; k < 14; k++)
		call_free(single[k]);
	call_free(whole);
	call_free(ticket);
	call_free(level);
}

/* Against the zone data of the machine, where there is some: every 19 hours of 2024. */
static void local_time_is_that_of_the_zone(void **state)
{
	const struct table *t = table_find("any", "airport");

	(void)state;
	if (access("/usr/share/zoneinfo/Europe/Oslo", R_OK) < 0)
		skip();
	for (uint32_t i = 0; i < t->rows; i++) {
		struct cell zone = table_cell(t, i, AIRPORT_ZONE);
		char name[60];

		snprintf(name, sizeof name, "%.*s", (int)zone.n, zone.at);
		/* Morocco turns its clock for Ramadan, Kazakhstan changed its zone within the year. */
		if (strcmp(name, "Africa/Casablanca") == 0 || strcmp(name, "Asia/Almaty") == 0)
			continue;
		setenv("TZ", name, 1);
		tzset();
		for (int64_t at = 1704067200; at < 1735689600; at += 19 * 3600) {
			struct tm local;
			time_t moment = at;

			localtime_r(&moment, &local);
			if (zone_minutes((int64_t)cell_number(t, i, AIRPORT_EAST), *table_cell(t, i, AIRPORT_RULE).at, at * 1000000000) * 60 != local.tm_gmtoff)
				fail_msg("%s at %lld: not %ld", name, (long long)at, local.tm_gmtoff);
		}
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

/* ---- patients ---- */

static bool cell_has(struct cell c, char separator, struct cell what)
{
	for (uint32_t i = 0; i + what.n <= c.n; i++)
		if (memcmp(c.at + i, what.at, what.n) == 0 && (i == 0 || c.at[i - 1] == separator) && (i + what.n == c.n || c.at[i + what.n] == separator))
			return true;
	return false;
}

static uint32_t family_of(const char *code)
{
	const struct table *codes = table_find("en_US", "icd10"), *families = table_find("en_US", "icd10_family");
	uint32_t row = table_row(codes, 0, code);
	char name[40];

	assert_int_not_equal(row, UINT32_MAX);
	snprintf(name, sizeof name, "%.*s", (int)table_cell(codes, row, 1).n, table_cell(codes, row, 1).at);
	return table_row(families, 0, name);
}

static void medications_treat_and_allergies_exclude(void **state)
{
	const struct table *families = table_find("en_US", "icd10_family"), *drugs = table_find("en_US", "drug"), *allergies = table_find("en_US", "allergy");
	struct call *c = begin("patient", NULL, NULL);
	unsigned treated = 0;

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		cJSON *o = cJSON_Parse(make(c, i)), *item, *allergy;
		double age = number_in(o, "age");
		bool external = false, injured = false;

		cJSON_ArrayForEach(item, cJSON_GetObjectItem(o, "diagnoses")) {
			uint32_t f = family_of(text_in(item, "code"));
			char first = *text_in(item, "code");
			char sex = *table_cell(families, f, 3).at;

			assert_true(sex == '-' || sex == *text_in(o, "sex"));
			assert_true(age >= cell_number(families, f, 4) && age <= cell_number(families, f, 5));
			assert_true(strcmp(text_in(item, "date"), text_in(o, "date_of_birth")) >= 0);
			external |= first >= 'V' && first <= 'Y';
			injured |= first == 'S' || first == 'T';
		}
		/* How it came about stands beside what it is. */
		assert_true(injured || !external);
		cJSON_ArrayForEach(item, cJSON_GetObjectItem(o, "medications")) {
			uint32_t drug = table_row(drugs, 0, text_in(item, "name"));
			struct cell class = table_cell(drugs, drug, 1);

			assert_true(cell_has(table_cell(families, family_of(text_in(item, "for")), 6), ',', class));
			cJSON_ArrayForEach(allergy, cJSON_GetObjectItem(o, "allergies")) {
				struct cell not = table_cell(allergies, table_row(allergies, 0, allergy->valuestring), 1);

				assert_false(not.n == class.n && memcmp(not.at, class.at, class.n) == 0);
			}
			treated++;
		}
		cJSON_Delete(o);
	}
	assert_true(treated > RECORDS / 2);
	call_free(c);
}

static void results_flag_what_they_are(void **state)
{
	struct call *c = begin("lab_result", "abnormal_rate", "0.5");

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		cJSON *o = cJSON_Parse(make(c, i));
		double v = number_in(o, "value"), low, high;

		assert_int_equal(sscanf(text_in(o, "range"), "%lf-%lf", &low, &high), 2);
		assert_string_equal(text_in(o, "flag"), v < low ? "low" : v > high ? "high" : "normal");
		cJSON_Delete(o);
	}
	call_free(c);
}

static void code_and_description_belong_together(void **state)
{
	const struct table *codes = table_find("en_US", "icd10"), *families = table_find("en_US", "icd10_family");
	struct call *code = begin("icd10_code", NULL, NULL), *words = begin("icd10_description", NULL, NULL), *symptom = begin("symptom", NULL, NULL);

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		uint32_t row = table_row(codes, 0, make(code, i));
		const char *s = make(symptom, i);
		struct cell c = table_cell(codes, row, 2);

		assert_memory_equal(make(words, i), c.at, c.n);
		assert_true(cell_has(table_cell(families, family_of(make(code, i)), 7), ';', (struct cell){ s, (uint32_t)strlen(s) }));
	}
	call_free(code);
	call_free(words);
	call_free(symptom);
}

static void data_is_clean(void **state)
{
	static const char *const names[] = { "airport", "airline", "aircraft", "aircraft_mark", "icd10", "icd10_family", "lab_test", "allergy", "procedure",
		"medical_specialty", "encounter_type" };

	(void)state;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		const struct table *t = table_find("en_US", names[k]);

		assert_non_null(t);
		assert_int_equal(utf8_check(t->blob, t->offsets[t->rows * t->columns]), t->offsets[t->rows * t->columns]);
		for (uint32_t i = 0; i < t->offsets[t->rows * t->columns]; i++)
			assert_true((unsigned char)t->blob[i] >= ' ' && t->blob[i] != '"' && t->blob[i] != '\\');
		for (uint32_t i = 0; i < t->rows; i++)
			for (uint32_t n = 0; n < i; n++)
				if (table_cell(t, i, 0).n == table_cell(t, n, 0).n && memcmp(table_cell(t, i, 0).at, table_cell(t, n, 0).at, table_cell(t, i, 0).n) == 0)
					fail_msg("%s: %.*s twice", names[k], (int)table_cell(t, i, 0).n, table_cell(t, i, 0).at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rules_take_good_vectors_and_refuse_changed_ones),
		cmocka_unit_test(every_american_mark_has_its_address),
		cmocka_unit_test(codes_follow_their_rules),
		cmocka_unit_test(flights_agree_with_themselves),
		cmocka_unit_test(local_time_is_that_of_the_zone),
		cmocka_unit_test(medications_treat_and_allergies_exclude),
		cmocka_unit_test(results_flag_what_they_are),
		cmocka_unit_test(code_and_description_belong_together),
		cmocka_unit_test(data_is_clean),
	};

	return cmocka_run_group_tests_name("values of health and aviation", tests, NULL, NULL);
}
