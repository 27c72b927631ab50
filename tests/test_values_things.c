/* Figures, devices, education, nature, column types: each value by a rule written here, and records that agree with themselves. */
#include "tests/value_maker.h"

#include <ctype.h>
#include <math.h>

#include "base/utf8.h"

enum { N = 100000, RECORDS = 10000, HOUR = 3600 };
#define SECOND INT64_C(1000000000)

/* ---- figures ---- */

static void checksums_are_the_published_ones(void **state)
{
	static const char *const known[][2] = {
		{ "checksum algo=md5 input=abc", "900150983cd24fb0d6963f7d28e17f72" },
		{ "checksum algo=md5 input=12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a" },
		{ "checksum algo=sha1 input=abc", "a9993e364706816aba3e25717850c26c9cd0d89d" },
		{ "checksum input=abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "checksum input=abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		  "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
		{ "checksum algo=crc32 input=123456789", "cbf43926" },
	};
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct call *c = maker(known[i][0]);

		assert_string_equal(maker_text(c, i, text), known[i][1]);
		call_free(c);
	}
}

static bool only(const char *text, const char *prefix, size_t n, const char *digits)
{
	size_t skip = strlen(prefix);

	return strncmp(text, prefix, skip) == 0 && strlen(text) == skip + n && strspn(text + skip, digits) == n;
}

static bool base64_of(const char *text, size_t bytes)
{
	size_t n = strlen(text), body = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

	return n == (bytes + 2) / 3 * 4 && body == n - (3 - bytes % 3) % 3 && strspn(text + body, "=") == n - body;
}

static void figures_keep_their_form(void **state)
{
	static char text[300];
	struct call *hex = maker("hex length=33 prefix=0x"), *upper = maker("hex upper=true"), *binary = maker("binary_digits length=70 prefix=0b");
	struct call *even = maker("bytes length=48"), *odd = maker("bytes length=49"), *bytea = maker("bytes length=20 encoding=hex");
	struct call *exact = maker("decimal min=-0.5 max=12.25 decimals=3");
	int64_t least = INT64_MAX, most = INT64_MIN;

	(void)state;
	for (unsigned i = 0; i < N; i++) {
		struct row r = maker_row(i);
		union value v;

		assert_true(only(maker_text(hex, i, text), "0x", 33, "0123456789abcdef"));
		assert_true(only(maker_text(upper, i, text), "", 8, "0123456789ABCDEF"));
		assert_true(only(maker_text(binary, i, text), "0b", 70, "01"));
		assert_true(base64_of(maker_text(even, i, text), 48));
		assert_true(base64_of(maker_text(odd, i, text), 49));
		assert_true(only(maker_text(bytea, i, text), "", 40, "0123456789abcdef"));
		call_value(exact, &r, &v);
		least = v.i < least ? v.i : least;
		most = v.i > most ? v.i : most;
	}
	assert_int_equal(least, -500);
	assert_int_equal(most, 12250);
	assert_int_equal(exact->scale, 3);
	assert_false(base64_of("QUJD=", 3));
	for (struct call *const *c = (struct call *const[]){ hex, upper, binary, even, odd, bytea, exact, NULL }; *c; c++)
		call_free(*c);
}

/* ---- devices ---- */

/* Each device once or more: what it is does not change, and the topic and the reading are about it. */
static void a_device_is_the_same_everywhere(void **state)
{
	static const char *const lines[] = { "device_id", "device_type", "serial_number", "sensor_type", "device_model", "firmware_version", "mqtt_topic",
					     "reading" };
	const struct table *types = table_find("any", "device_type");
	struct call *c[8];
	char text[8][300], want[300];

	(void)state;
	for (int i = 0; i < 8; i++)
		c[i] = maker(lines[i]);
	for (unsigned n = 0; n < RECORDS; n++) {
		const char *list;
		uint32_t type;
		struct cell cell;

		for (int i = 7; i >= 0; i--)
			maker_text(c[i], n, text[i]);
		snprintf(want, sizeof want, "/%.60s/%.60s/%.60s", text[1], text[0], text[3]);
		assert_string_equal(strchr(text[6], '/'), want);
		snprintf(want, sizeof want, "{\"device\":\"%.60s\",\"sensor\":\"%.60s\",\"value\":", text[0], text[3]);
		assert_memory_equal(text[7], want, strlen(want));
		type = table_row(types, 0, text[1]);
		assert_true(type != UINT32_MAX);
		cell = table_cell(types, type, 1);
		assert_true(cell.n == 3 && strncmp(text[4], cell.at, 3) == 0);
		cell = table_cell(types, type, 2);
		snprintf(want, sizeof want, ",%.*s,", (int)cell.n, cell.at);
		snprintf(text[6], sizeof text[6], ",%.60s,", text[3]);
		list = strstr(want, text[6]);
		assert_non_null(list);
		/* The serial number ends in the device's number. */
		assert_string_equal(text[2] + strlen(text[2]) - 6, text[0] + 4);
	}
	for (int i = 0; i < 8; i++)
		call_free(c[i]);
}

static void a_device_that_comes_again_has_not_changed(void **state)
{
	struct call *id = maker("device_id pattern=##"), *type = maker("device_type"), *full = maker("device_id"), *serial = maker("serial_number");
	static char seen[20000][2][64];
	char text[300];
	unsigned again = 0, used = 0;

	(void)state;
	for (unsigned n = 0; n < 6000; n++) {
		unsigned i = 0;

		maker_text(full, n, text);
		while (i < used && strncmp(seen[i][0], text, 10) != 0)
			i++;
		snprintf(seen[used][0], 64, "%.60s", text);
		snprintf(seen[used][1], 64, "%.10s %.30s", text, maker_text(type, n, (char[64]){ 0 }));
		snprintf(seen[used][1] + strlen(seen[used][1]), 64 - strlen(seen[used][1]), "%s", maker_text(serial, n, (char[64]){ 0 }));
		if (i < used) {
			assert_string_equal(seen[i][1], seen[used][1]);
			again++;
		} else {
			used++;
		}
		assert_true(only(maker_text(id, n, text), "", 2, "0123456789"));
	}
	assert_true(again > 5);
	call_free(id);
	call_free(type);
	call_free(full);
	call_free(serial);
}

static void sensors_move_smoothly_and_keep_their_bounds(void **state)
{
	static const struct { const char *line; double low, high, jump; } known[] = {
		{ "temperature", 0, 45, 0.6 }, { "temperature unit=F", 32, 113, 1.1 }, { "temperature unit=K decimals=9", 273, 318, 0.6 },
		{ "humidity sd=40", 0, 100, 8 }, { "humidity min=30 max=60", 30, 60, 2 }, { "pressure_hpa", 970, 1060, 0.6 }, { "battery_level", 0, 100, 100 },
		{ "rssi_dbm", -110, -30, 60 }, { "co2_ppm", 400, 1500, 45 }, { "light_lux", 0, 20000, 2000 }, { "light_lux dist=normal", 0, 900, 120 },
		{ "voltage", 218, 242, 3.5 }, { "current_a", 0, 13, 1.7 }, { "power_w", 0, 1300, 170 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct call *c = maker(known[i].line);
		double last = maker_at(c, MAKER_NOW - 30 * SECOND);

		for (unsigned k = 0; k < 30000; k++) {
			double x = maker_at(c, MAKER_NOW + (int64_t)k * 30 * SECOND);

			if (!(x >= known[i].low && x <= known[i].high && fabs(x - last) <= known[i].jump))
				fail_msg("%s: %g after %g", known[i].line, x, last);
			last = x;
		}
		call_free(c);
	}
}

static void the_afternoon_is_warm_and_the_noise_has_its_deviation(void **state)
{
	struct call *c = maker("temperature mean=10 sd=2 daily_amplitude=5"), *still = maker("temperature mean=10 sd=2 daily_amplitude=0");
	double by_hour[24] = { 0 }, sum = 0, squares = 0;
	unsigned days = 2000;

	(void)state;
	for (unsigned i = 0; i < days * 24; i++) {
		double x = maker_at(still, MAKER_NOW + (int64_t)i * HOUR * SECOND) - 10;

		by_hour[i % 24] += maker_at(c, MAKER_NOW + (int64_t)i * HOUR * SECOND) / days;
		sum += x / (days * 24);
		squares += x * x / (days * 24);
	}
	assert_true(fabs(by_hour[15] - 15) < 0.3 && fabs(by_hour[3] - 5) < 0.3 && fabs(by_hour[9] - 10) < 0.3);
	assert_true(fabs(sum) < 0.2 && fabs(sqrt(squares) - 2) < 0.1);
	call_free(c);
	call_free(still);
}

static void faults_come_at_their_rate(void **state)
{
	struct call *c = maker("temperature sd=0 daily_amplitude=0 fault_rate=10%");
	unsigned spikes = 0;

	(void)state;
	for (unsigned n = 0; n < N; n++)
		spikes += fabs(maker_real(c, n) - 21) > 5;
	assert_true(fabs(spikes - 0.05 * N) < 4 * sqrt(0.05 * N));      /* the other half is stuck at 21 */
	call_free(c);
}

static void a_battery_drains_and_a_meter_never_falls(void **state)
{
	struct call *battery = maker("battery_level drain_per_hour=2"), *meter = maker("energy_kwh start=100 rate=0.5");
	double last = 101, kwh = 100, empty = 0;
	unsigned charged = 0;

	(void)state;
	assert_true(maker_at(meter, MAKER_NOW) == 100);
	for (unsigned i = 0; i < 24 * 60; i++) {
		int64_t ns = MAKER_NOW + (int64_t)i * HOUR * SECOND;
		double level = maker_at(battery, ns), now = maker_at(meter, ns);

		if (level > last)
			charged++;
		else
			assert_true(last > 100 || fabs(last - level - 2) < 0.02 || level == 0);
		empty += level == 0;
		assert_true(level >= 0 && level <= 100 && now >= kwh);
		last = level;
		kwh = now;
	}
	assert_int_equal(charged, 27);          /* 1,440 hours, 52.5 a charge */
	assert_true(empty > 27);
	assert_true(fabs(kwh - 100 - 0.5 * (24 * 60 - 1)) < 2);
	call_free(battery);
	call_free(meter);
}

/* ---- education, nature ---- */

static void a_course_agrees_with_its_subject(void **state)
{
	struct call *major = maker("major"), *code = maker("course_code"), *name = maker("course_name"), *own = maker("course_code pattern=#\\#??");
	const struct table *majors = table_find("en_US", "major"), *forms = table_find("en_US", "course_form");
	char a[100], b[100], c[100], want[200];

	(void)state;
	for (unsigned n = 0; n < RECORDS; n++) {
		bool found = false;
		uint32_t row;

		maker_text(code, n, b);
		maker_text(name, n, c);
		row = table_row(majors, 0, maker_text(major, n, a));
		assert_true(strlen(b) == 7 && b[3] == '-' && isdigit((unsigned char)b[4]) && isdigit((unsigned char)b[5]) && isdigit((unsigned char)b[6]));
		assert_memory_equal(b, table_cell(majors, row, 1).at, 3);
		for (uint32_t i = 0; i < forms->rows && !found; i++) {
			struct cell form = table_cell(forms, i, 0);
			const char *place = memchr(form.at, '%', form.n);

			snprintf(want, sizeof want, "%.*s%s%.*s", (int)(place - form.at), form.at, a, (int)(form.at + form.n - place - 1), place + 1);
			found = strcmp(want, c) == 0 && b[4] == *table_cell(forms, i, 1).at;
		}
		assert_true(found);
		maker_text(own, n, a);
		assert_true(strlen(a) == 4 && a[0] == b[4] && a[1] == '#' && isupper((unsigned char)a[2]) && isupper((unsigned char)a[3]));
	}
	call_free(major);
	call_free(code);
	call_free(name);
	call_free(own);
}

static void schools_and_grades_are_what_was_asked_for(void **state)
{
	struct call *high = maker("school level=high"), *letter = maker("grade"), *percent = maker("grade scale=percent"), *de = maker("grade scale=de");
	struct call *gpa = maker("gpa mean=3.9"), *gpa4 = maker("grade scale=gpa4"), *fr = maker("grade scale=fr20");
	char text[200];

	(void)state;
	for (unsigned n = 0; n < RECORDS; n++) {
		double points, german;
		int p = (int)strtol(maker_text(percent, n, text), NULL, 10);

		maker_text(high, n, text);
		assert_true((strstr(text, "High") && !strstr(text, "Junior")) || strstr(text, "Preparatory"));
		assert_true(p >= 0 && p <= 100);
		/* The scales are readings of one draw. */
		maker_text(letter, n, text);
		assert_true((*text == 'A') == (p >= 90) && (*text == 'F') == (p < 60) && (strcmp(text, "B") == 0) == (p >= 83 && p < 87));
		points = strtod(maker_text(gpa4, n, text), NULL);
		assert_true(points >= 0 && points <= 4 && (points == 0) == (p < 60) && (points == 4) == (p >= 93));
		german = strtod(maker_text(de, n, text), NULL);
		assert_true(german >= 1 && german <= 5 && (german == 5) == (p < 50) && (german == 1) == (p >= 95));
		assert_int_equal(strtol(maker_text(fr, n, text), NULL, 10), p / 5);
		assert_true(maker_real(gpa, n) >= 0 && maker_real(gpa, n) <= 4);
	}
	for (struct call *const *c = (struct call *const[]){ high, letter, percent, de, gpa, gpa4, fr, NULL }; *c; c++)
		call_free(*c);
}

static void kinds_come_from_their_rows(void **state)
{
	static const char *const lines[][2] = { { "animal kind=fish", "fish" }, { "animal kind=bird", "bird" }, { "animal kind=insect", "insect" },
						{ "animal kind=pet", "pet" }, { "animal kind=farm", "farm" }, { "animal kind=wild", "wild" } };
	const struct table *t = table_find("en_US", "animal");
	char text[100];

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct call *c = maker(lines[i][0]);

		for (unsigned n = 0; n < 1000; n++) {
			bool found = false;

			maker_text(c, n, text);
			for (uint32_t k = 0; k < t->rows && !found; k++) {
				struct cell name = table_cell(t, k, 0), kind = table_cell(t, k, 1);

				found = name.n == strlen(text) && memcmp(name.at, text, name.n) == 0 && kind.n == strlen(lines[i][1]) &&
					memcmp(kind.at, lines[i][1], kind.n) == 0;
			}
			assert_true(found);
		}
		call_free(c);
	}
}

/* ---- data ---- */

static void check_table(const struct table *t)
{
	for (uint32_t i = 0; i < t->rows; i++) {
		for (unsigned k = 0; k < t->columns; k++) {
			struct cell c = table_cell(t, i, k);

			if (!c.n || utf8_check(c.at, c.n) != c.n || c.at[0] == ' ' || c.at[c.n - 1] == ' ' || memchr(c.at, '"', c.n) || memchr(c.at, '\\', c.n))
				fail_msg("%s: row %u", t->name, i);
		}
		for (uint32_t k = 0; k < i; k++) {
			struct cell a = table_cell(t, i, 0), b = table_cell(t, k, 0);

			/* An animal may be of two kinds. */
			if (a.n == b.n && memcmp(a.at, b.at, a.n) == 0 && strcmp(t->name, "animal") != 0)
				fail_msg("%s: %.*s stands twice", t->name, (int)a.n, a.at);
		}
		assert_true(!t->weights || t->weights[i] > 0);
	}
}

static void tables_are_whole(void **state)
{
	static const char *const names[] = {
		"sensor_type", "device_type", "device_status", "device_site", "degree", "major", "course_form", "school_name", "university_form", "school_form",
		"dish", "ingredient", "food_adjective", "fruit", "vegetable", "animal", "dog_breed", "cat_breed", "pet_name", "chemical_element", "gamer_first",
		"gamer_second", "vector_word",
	};
	const struct table *elements = table_find("en_US", "chemical_element"), *majors = table_find("en_US", "major"),
			   *forms = table_find("en_US", "course_form");
	char number[8];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct table *t = table_find("en_US", names[i]);

		assert_non_null(t);
		check_table(t);
	}
	assert_int_equal(elements->rows, 118);
	for (uint32_t i = 0; i < 118; i++) {
		struct cell symbol = table_cell(elements, i, 1), at = table_cell(elements, i, 2);

		snprintf(number, sizeof number, "%u", i + 1);
		assert_true(at.n == strlen(number) && memcmp(at.at, number, at.n) == 0 && symbol.n <= 2);
		for (uint32_t k = 0; k < i; k++)
			assert_false(table_cell(elements, k, 1).n == symbol.n && memcmp(table_cell(elements, k, 1).at, symbol.at, symbol.n) == 0);
	}
	for (uint32_t i = 0; i < majors->rows; i++) {
		assert_int_equal(table_cell(majors, i, 1).n, 3);
		for (uint32_t k = 0; k < i; k++)
			assert_memory_not_equal(table_cell(majors, i, 1).at, table_cell(majors, k, 1).at, 3);
	}
	for (uint32_t i = 0; i < forms->rows; i++)
		assert_non_null(memchr(table_cell(forms, i, 0).at, '%', table_cell(forms, i, 0).n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checksums_are_the_published_ones), cmocka_unit_test(figures_keep_their_form),
		cmocka_unit_test(a_device_is_the_same_everywhere), cmocka_unit_test(a_device_that_comes_again_has_not_changed),
		cmocka_unit_test(sensors_move_smoothly_and_keep_their_bounds),
		cmocka_unit_test(the_afternoon_is_warm_and_the_noise_has_its_deviation), cmocka_unit_test(faults_come_at_their_rate),
		cmocka_unit_test(a_battery_drains_and_a_meter_never_falls), cmocka_unit_test(a_course_agrees_with_its_subject),
		cmocka_unit_test(schools_and_grades_are_what_was_asked_for), cmocka_unit_test(kinds_come_from_their_rows),
		cmocka_unit_test(tables_are_whole),
	};

	return cmocka_run_group_tests_name("values things", tests, NULL, NULL);
}
