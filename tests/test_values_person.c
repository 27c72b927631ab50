/* People, places, phones and firms: validators written from the rules, coherence of the groups, and the tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "value/packs/person.h"

enum { CODES = 100000, RECORDS = 10000 };

static const int64_t now = 1704067200000000000;         /* 2024-01-01 */

static struct call *begin(const char *name, const char *locale, const char *parameter, const char *value)
{
	char preset[200];
	struct err e = { 0 };
	const struct provider *p = provider_find(name, preset, sizeof preset, &e);
	struct call *c = p ? call_new(p, locale, &e) : NULL;

	if (!c || (parameter && call_set(c, parameter, value, &e) < 0) || call_begin(c, name, "", &e) < 0)
		fail_msg("%s: %s", name, e.text);
	return c;
}

static char *make(const struct call *c, uint64_t number, char *to)
{
	struct row r = { .key = row_key(1, number), .number = number, .seed = 1, .now_ns = now };

	*call_text(c, &r, to) = '\0';
	return to;
}

/* ---- validators ---- */

static bool luhn(const char *s)
{
	int sum = 0, twice = 0;

	for (size_t i = strlen(s); i-- > 0; twice = !twice) {
		int v = (s[i] - '0') * (twice ? 2 : 1);

		sum += v / 10 + v % 10;
	}
	return sum % 10 == 0;
}

static bool imei(const char *s)
{
	return strlen(s) == 15 && strspn(s, "0123456789") == 15 && luhn(s);
}

static bool ssn(const char *s)
{
	int area, group, serial;

	return strlen(s) == 11 && sscanf(s, "%3d-%2d-%4d", &area, &group, &serial) == 3 && area > 0 && area < 900 && area != 666 && group && serial;
}

static bool french(const char *s)
{
	return strlen(s) == 15 && (strtoll(s, NULL, 10) / 100 + strtoll(s, NULL, 10) % 100) % 97 == 0;
}

static bool spanish(const char *s)
{
	return strlen(s) == 9 && s[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[strtol(s, NULL, 10) % 23];
}

static bool mod_11_10(const char *s)
{
	int p = 10;

	for (; s[1]; s++) {
		p = (p + *s - '0') % 10;
		p = (p == 0 ? 10 : p) * 2 % 11;
	}
	return (p + *s - '0') % 10 == 1;
}

static bool german(const char *s)
{
	int seen[10] = { 0 }, twos = 0, none = 0;

	for (int i = 0; i < 10; i++)
		seen[s[i] - '0']++;
	for (int i = 0; i < 10; i++) {
		twos += seen[i] == 2 || seen[i] == 3;
		none += seen[i] == 0;
	}
	return strlen(s) == 11 && s[0] != '0' && twos == 1 && none >= 1 && none <= 2 && mod_11_10(s);
}

static bool japanese(const char *s)
{
	static const int weights[] = { 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
	int sum = 0;

	for (int i = 0; i < 11; i++)
		sum += weights[i] * (s[i] - '0');
	return strlen(s) == 12 && s[11] - '0' == (11 - sum % 11) % 11 % 10;
}

static bool brazilian(const char *s)
{
	int n[11], k = 0, a = 0, b = 0;

	for (; *s; s++)
		if (*s >= '0' && *s <= '9' && k < 11)
			n[k++] = *s - '0';
	for (int i = 0; i < 9; i++)
		a += (10 - i) * n[i];
	for (int i = 0; i < 10; i++)
		b += (11 - i) * n[i];
	return k == 11 && a * 10 % 11 % 10 == n[9] && b * 10 % 11 % 10 == n[10];
}

static bool british(const char *s)
{
	return strlen(s) == 9 && !strpbrk((char[]){ s[0], s[1], 0 }, "DFIQUV") && s[1] != 'O' && strspn(s + 2, "0123456789") == 6 && s[8] >= 'A' && s[8] <= 'D';
}

static bool lei(const char *s)
{
	int rest = 0;

	if (strlen(s) != 20)
		return false;
	for (; *s; s++) {
		if (*s >= 'A')
			rest = (rest * 10 + (*s - 55) / 10) % 97;
		rest = (rest * 10 + (*s >= 'A' ? (*s - 55) % 10 : *s - '0')) % 97;
	}
	return rest == 1;
}

static bool vat(const char *s)
{
	if (strncmp(s, "DE", 2) == 0)
		return strlen(s) == 11 && mod_11_10(s + 2);
	return strlen(s) == 13 && strtoll(s + 4, NULL, 10) * 100 % 97 * 1 + 12 >= 0 &&
		(strtoll(s + 4, NULL, 10) * 100 + 12) % 97 == (s[2] - '0') * 10 + s[3] - '0';
}

static bool nanp(const char *s)
{
	return strlen(s) == 12 && s[0] == '+' && s[1] == '1' && s[2] >= '2' && s[5] >= '2' && memcmp(s + 3, "11", 2) != 0 && memcmp(s + 6, "11", 2) != 0 &&
		memcmp(s + 5, "555", 3) != 0;
}

static const struct {
	const char *name, *parameter, *value;
	bool (*valid)(const char *s);
	const char *good;
} codes[] = {
	{ "imei", NULL, NULL, imei, "490154203237518" },
	{ "ssn", NULL, NULL, ssn, NULL },
	{ "national_id", "country", "FR", french, "255081416802538" },
	{ "national_id", "country", "ES", spanish, "12345678Z" },
	{ "national_id", "country", "DE", german, "86095742719" },
	{ "national_id", "country", "JP", japanese, "123456789018" },
	{ "national_id", "country", "BR", brazilian, "529.982.247-25" },
	{ "national_id", "country", "GB", british, NULL },
	{ "lei", NULL, NULL, lei, "5493001KJTIIGC8Y1R12" },
	{ "vat_number", "country", "DE", vat, "DE136695976" },
	{ "vat_number", "country", "FR", vat, NULL },
	{ "phone_e164", NULL, NULL, nanp, NULL },
};

static void validators_take_the_known_and_refuse_a_changed_digit(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		char text[64];

		if (!codes[i].good)
			continue;
		if (!codes[i].valid(codes[i].good))
			fail_msg("%s: %s is refused", codes[i].name, codes[i].good);
		for (size_t k = strncmp(codes[i].good, "DE1", 3) == 0 ? 2 : 0; k < strlen(codes[i].good); k++) {
			snprintf(text, sizeof text, "%s", codes[i].good);
			if (text[k] < '0' || text[k] > '9')
				continue;
			text[k] = (char)('0' + (text[k] - '0' + 1) % 10);
			if (codes[i].valid(text))
				fail_msg("%s: %s is taken", codes[i].name, text);
		}
	}
}

static void codes_are_valid(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		struct call *c = begin(codes[i].name, "en_US", codes[i].parameter, codes[i].value);
		char text[512];

		for (unsigned k = 0; k < CODES; k++)
			if (!codes[i].valid(make(c, k, text)))
				fail_msg("%s %s: row %u is %s", codes[i].name, codes[i].value ? codes[i].value : "", k, text);
		call_free(c);
	}
}

/* ---- coherence ---- */

static void a_person_is_one(void **state)
{
	static const char *const locales[] = { "en_US", "de_DE", "fr_FR", "es_ES", "ja_JP", "en_GB" };

	(void)state;
	for (size_t l = 0; l < 6; l++) {
		struct call *name = begin("name", locales[l], NULL, NULL), *first = begin("first_name", locales[l], NULL, NULL);
		struct call *last = begin("last_name", locales[l], NULL, NULL), *mail = begin("email", locales[l], "style", "first.last");
		struct call *age = begin("age", locales[l], NULL, NULL), *born = begin("date_of_birth", locales[l], NULL, NULL);
		struct call *sex = begin("sex", locales[l], NULL, NULL), *prefix = begin("name_prefix", locales[l], NULL, NULL);
		struct call *suffix = begin("name_suffix", locales[l], NULL, NULL);
		const struct table *suffixes = table_find(locales[l], "name_suffix");
		struct cell sexes;
		char a[512], b[512], n[512];

		for (unsigned i = 0; i < RECORDS; i++) {
			struct row r = { .key = row_key(1, i), .number = i, .seed = 1, .now_ns = now };
			struct err e;
			struct person p = person_make(people_of(locales[l], &e), &r, name->group_salt, SEX_ANY);
			int year, month, day;

			make(name, i, n);
			assert_non_null(strstr(n, make(first, i, a)));
			assert_non_null(strstr(n, make(last, i, b)));
			assert_memory_equal(p.first.at, a, p.first.n);
			snprintf(b, sizeof b, "%.*s.%.*s", (int)p.first_ascii.n, p.first_ascii.at, (int)p.last_ascii.n, p.last_ascii.at);
			if (strncmp(make(mail, i, a), b, strlen(b)) != 0)
				fail_msg("%s is not %s", a, b);
			assert_non_null(strstr(a, "@example."));
			assert_int_equal(sscanf(make(born, i, a), "%d-%d-%d", &year, &month, &day), 3);
			/* Now is the first of January: who was born on another day has not had a birthday this year. */
			assert_int_equal(atol(make(age, i, b)), 2024 - year - !(month == 1 && day == 1));
			assert_int_equal(p.age, atol(b));
			assert_string_equal(make(sex, i, a), p.male ? "male" : "female");
			sexes = table_cell(suffixes, table_row(suffixes, 0, make(suffix, i, b)), 1);
			assert_non_null(memchr(sexes.at, p.male ? 'm' : 'f', sexes.n));
			make(prefix, i, b);
			if (p.male)
				assert_false(strcmp(b, "Ms.") == 0 || strcmp(b, "Frau") == 0 || strcmp(b, "Mme") == 0);
			else
				assert_false(strcmp(b, "Mr.") == 0 || strcmp(b, "Herr") == 0 || strcmp(b, "M.") == 0);
			if (strcmp(b, "Dr.") == 0 && l == 0)
				assert_true(p.age >= 26);
		}

		struct call *const all[] = { name, first, last, mail, age, born, sex, prefix, suffix };

		for (size_t i = 0; i < 9; i++)
			call_free(all[i]);
	}
}

/* Behind a Japanese name stands one thing that honours, in front of it nothing. */
static void titles_stand_where_they_do(void **state)
{
	struct call *c = begin("name", "ja_JP", "prefix_rate", "1"), *plain = begin("name", "ja_JP", NULL, NULL), *title = begin("name_prefix", "ja_JP", NULL, NULL);
	struct call *english = begin("name", "en_US", "prefix_rate", "1"), *name = begin("name", "en_US", NULL, NULL), *dr = begin("name_prefix", "en_US", NULL, NULL);
	char a[512], b[512], n[1100];

	(void)state;
	for (unsigned i = 0; i < 500; i++) {
		snprintf(n, sizeof n, "%s %s", make(plain, i, a), make(title, i, b));
		assert_string_equal(make(c, i, a), n);
		snprintf(n, sizeof n, "%s %s", make(dr, i, a), make(name, i, b));
		assert_string_equal(make(english, i, a), n);
	}
	call_free(c), call_free(plain), call_free(title), call_free(english), call_free(name), call_free(dr);
}

static void a_place_is_one(void **state)
{
	struct call *city = begin("city", "en_US", NULL, NULL), *zip = begin("postcode", "en_US", NULL, NULL), *line = begin("street_address", "en_US", "unit_rate", "1");
	struct call *number = begin("building_number", "en_US", NULL, NULL), *unit = begin("secondary_address", "en_US", NULL, NULL);
	struct call *address = begin("address", "en_US", NULL, NULL), *phone = begin("phone_e164", "en_US", NULL, NULL), *lat = begin("latitude", "en_US", NULL, NULL);
	struct call *street = begin("street_name", "en_US", NULL, NULL), *abbr = begin("state_abbr", "en_US", NULL, NULL);
	const struct table *cities = table_find("en_US", "city");
	char a[512], b[512], whole[512];

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		struct row r = { .key = row_key(1, i), .number = i, .seed = 1, .now_ns = now };
		struct err e;
		struct place p = place_make(atlas_of("en_US", &e), &r, city->group_salt);
		char text[64];
		double y, x;

		make(address, i, whole);
		assert_non_null(strstr(whole, make(city, i, a)));
		assert_non_null(strstr(whole, make(zip, i, b)));
		assert_non_null(strstr(whole, make(street, i, a)));
		assert_non_null(strstr(whole, make(abbr, i, a)));
		make(line, i, a);
		make(number, i, b);
		assert_memory_equal(a, b, strlen(b));
		assert_string_equal(a + strlen(a) - strlen(make(unit, i, b)), b);
		assert_memory_equal(make(phone, i, a) + 2, p.area.at, 3);
		snprintf(text, sizeof text, "%.*s", (int)table_cell(cities, p.city_row, 5).n, table_cell(cities, p.city_row, 5).at);
		y = p.lat - atof(text);
		snprintf(text, sizeof text, "%.*s", (int)table_cell(cities, p.city_row, 6).n, table_cell(cities, p.city_row, 6).at);
		x = p.lon - atof(text);
		if (y * y + x * x > 0.45 * 0.45)
			fail_msg("%s: far from its city", whole);
		y = atof(make(lat, i, b)) - p.lat;
		assert_true(y * y < 1e-11);
	}
	call_free(city), call_free(zip), call_free(line), call_free(number), call_free(unit), call_free(address), call_free(phone), call_free(lat);
	call_free(street), call_free(abbr);
}

static void a_firm_has_its_domain(void **state)
{
	struct call *name = begin("company", "en_US", NULL, NULL), *word = begin("domain_word", "en_US", NULL, NULL), *domain = begin("domain_name", "en_US", NULL, NULL);
	struct call *mail = begin("email", "en_US", "kind", "company");
	char n[512], w[512], d[512];

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		make(name, i, n);
		make(word, i, w);
		assert_memory_equal(make(domain, i, d), w, strlen(w));
		assert_int_equal(w[0], n[0] | 32);
		assert_memory_equal(strchr(make(mail, i, d), '@') + 1, w, strlen(w));
	}
	call_free(name), call_free(word), call_free(domain), call_free(mail);
}

/* ---- tables ---- */

static void tables_are_sound(void **state)
{
	(void)state;
	for (const struct table *const *t = value_tables; *t; t++)
		for (uint32_t i = 0; i < (*t)->rows; i++)
			for (unsigned k = 0; k < (*t)->columns; k++) {
				struct cell c = table_cell(*t, i, k);

				if (utf8_check(c.at, c.n) != c.n)
					fail_msg("%s/%s: row %u", (*t)->locale, (*t)->name, i);
				for (uint32_t at = 0; at < c.n; at++)
					if ((unsigned char)c.at[at] < 32)
						fail_msg("%s/%s: row %u holds a control character", (*t)->locale, (*t)->name, i);
			}
}

static void keys_stand_once_and_resolve(void **state)
{
	static const char *const once[] = { "postcode", "first_name_m", "first_name_f", "last_name", "state", "country", "zone", "subdivision", "driver_license" };
	const struct table *zones = table_find("any", "zone");

	(void)state;
	for (const struct table *const *t = value_tables; *t; t++) {
		for (size_t k = 0; k < sizeof once / sizeof *once; k++)
			for (uint32_t i = 0; strcmp(once[k], (*t)->name) == 0 && i < (*t)->rows; i++) {
				char text[80];
				struct cell c = table_cell(*t, i, 0);

				snprintf(text, sizeof text, "%.*s", (int)c.n, c.at);
				if (table_row(*t, 0, text) != i)
					fail_msg("%s/%s: %s stands twice", (*t)->locale, (*t)->name, text);
			}
		for (uint32_t i = 0; strcmp((*t)->name, "city") == 0 && i < (*t)->rows; i++) {
			char state_[16], zone[64];
			struct cell c = table_cell(*t, i, 1), z = table_cell(*t, i, 4);

			snprintf(state_, sizeof state_, "%.*s", (int)c.n, c.at);
			snprintf(zone, sizeof zone, "%.*s", (int)z.n, z.at);
			if (table_row(table_find((*t)->locale, "state"), 0, state_) == UINT32_MAX || table_row(zones, 0, zone) == UINT32_MAX)
				fail_msg("%s: city %u: state %s, zone %s", (*t)->locale, i, state_, zone);
		}
		if (strcmp((*t)->name, "country_name") == 0)
			assert_int_equal((*t)->rows, table_find("any", "country")->rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(validators_take_the_known_and_refuse_a_changed_digit), cmocka_unit_test(codes_are_valid), cmocka_unit_test(a_person_is_one),
		cmocka_unit_test(titles_stand_where_they_do),
		cmocka_unit_test(a_place_is_one), cmocka_unit_test(a_firm_has_its_domain), cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(keys_stand_once_and_resolve),
	};

	return cmocka_run_group_tests_name("values_person", tests, NULL, NULL);
}
