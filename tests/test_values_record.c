/* Values of one record beside each other: points and cities, firms and domains, amounts and currencies, plates and cities, cards and persons. */
#include "tests/value_maker.h"

enum { RECORDS = 5000 };

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

/* The cell of a table's row that has the text, in a column before it. */
static double number_of(const struct table *t, const char *text, unsigned column)
{
	uint32_t row = table_row(t, 0, text);

	assert_int_not_equal(row, UINT32_MAX);
	return real(t, row, column);
}

static void a_point_is_near_its_city(void **state)
{
	static const char *const locales[] = { "en_US", "de_DE", "fr_FR", "es_ES", "ja_JP", "en_GB" };
	char lines[4][80], city[200], point[200], part[200], north[100];

	(void)state;
	for (size_t l = 0; l < COUNT_OF(locales); l++) {
		const struct table *cities = table_find(locales[l], "city");
		struct call *all, *calls[4];

		snprintf(lines[0], sizeof lines[0], "coordinate format=text locale=%s", locales[l]);
		snprintf(lines[1], sizeof lines[1], "city locale=%s", locales[l]);
		snprintf(lines[2], sizeof lines[2], "latitude locale=%s", locales[l]);
		snprintf(lines[3], sizeof lines[3], "longitude locale=%s", locales[l]);
		maker_record((const char *const[]){ lines[0], lines[1], lines[2], lines[3] }, 4, 0, &all);
		calls[0] = all, calls[1] = calls[0]->next, calls[2] = calls[1]->next, calls[3] = calls[2]->next;
		for (unsigned i = 0; i < RECORDS; i++) {
			double y, x, near = 1e9;

			maker_text(calls[0], i, point);
			maker_text(calls[1], i, city);
			snprintf(part, sizeof part, "%s,", maker_text(calls[2], i, north));
			assert_memory_equal(point, part, strlen(part));
			assert_string_equal(point + strlen(part), maker_text(calls[3], i, north));
			/* Several towns may have the name. */
			for (uint32_t k = 0; k < cities->rows; k++)
				if (cell_is(table_cell(cities, k, 0), city)) {
					y = (strtod(point, NULL) - real(cities, k, 5)) * 111.2;
					x = (strtod(strchr(point, ',') + 1, NULL) - real(cities, k, 6)) * 111.2;
					near = y * y + x * x < near ? y * y + x * x : near;
				}
			if (near > 50.0 * 50.0)
				fail_msg("%s: %s is not in %s", locales[l], point, city);
		}
		maker_free_all(all);
	}
}

static void a_firm_has_one_domain(void **state)
{
	struct call *all, *more;
	char domain[300], url[300], word[300];

	(void)state;
	/* By itself below example.com, beside the domain there, whichever stands first. */
	for (unsigned order = 0; order < 2; order++) {
		maker_record(order ? (const char *const[]){ "url", "domain_name", "domain_word", "company" } :
		       (const char *const[]){ "domain_name", "company", "url", "domain_word" }, 4, 0, &all);
		struct call *c = order ? all->next : all, *u = order ? all : all->next->next, *w = order ? all->next->next : all->next->next->next;

		more = NULL;
		for (unsigned i = 0; i < 500; i++) {
			const char *host = strchr(maker_text(u, i, url), '.');

			assert_non_null(host);
			maker_text(c, i, domain);
			assert_memory_equal(host + 1, domain, strlen(domain));
			assert_int_equal(host[1 + strlen(domain)], '/');
			maker_text(w, i, word);
			assert_memory_equal(domain, word, strlen(word));
		}
		maker_free_all(all);
	}
	maker_record((const char *const[]){ "url", "domain_name safe=true" }, 2, 0, &more);
	for (unsigned i = 0; i < 500; i++) {
		maker_text(more->next, i, domain);
		assert_non_null(strstr(domain, ".example."));
		assert_non_null(strstr(maker_text(more, i, url), domain));
	}
	maker_free_all(more);
}

static void amounts_are_of_the_currency(void **state)
{
	const struct table *t = table_find("any", "currency");
	struct call *all;
	char code[80], amount[80];
	unsigned whole = 0;

	(void)state;
	maker_record((const char *const[]){ "amount min=0.5 max=900", "currency_code weight=uniform" }, 2, 0, &all);
	for (unsigned i = 0; i < RECORDS; i++) {
		bool none = number_of(t, maker_text(all->next, i, code), 4) == 0;
		double v = strtod(maker_text(all, i, amount), NULL);

		assert_true(v >= 0.5 && v <= 900);
		if (none)
			assert_non_null(strstr(amount, ".00"));
		whole += none;
	}
	assert_true(whole > 100);
	maker_free_all(all);
}

static void plates_are_of_the_city(void **state)
{
	static const char *const locales[] = { "de_DE", "ja_JP" };
	char line[2][60], city[200], plate[200], sign[40], last[40] = "";
	struct call *all, *british = maker("license_plate country=GB");

	(void)state;
	for (size_t l = 0; l < 2; l++) {
		const struct table *signs = table_find(locales[l], "plate_sign"), *cities = table_find(locales[l], "city");
		unsigned changed = 0;

		for (uint32_t i = 0; i < cities->rows; i++)
			assert_int_not_equal(table_row(signs, 0, copy(table_cell(cities, i, 0), city, sizeof city)), UINT32_MAX);
		snprintf(line[0], sizeof line[0], "license_plate locale=%s", locales[l]);
		snprintf(line[1], sizeof line[1], "city locale=%s", locales[l]);
		maker_record((const char *const[]){ line[0], line[1] }, 2, 0, &all);
		for (unsigned i = 0; i < 1000; i++) {
			uint32_t row = table_row(signs, 0, maker_text(all->next, i, city));

			copy(table_cell(signs, row, 1), sign, sizeof sign);
			maker_text(all, i, plate);
			assert_memory_equal(plate, sign, strlen(sign));
			assert_true(strchr("- ", plate[strlen(sign)]) != NULL);
			changed += strcmp(sign, last) != 0;
			snprintf(last, sizeof last, "%s", sign);
		}
		assert_true(changed > 500);
		maker_free_all(all);
	}
	/* In 2024 the newest plates were of September 2023. */
	for (unsigned i = 0; i < 1000; i++) {
		int half;

		assert_int_equal(sscanf(maker_text(british, i, plate), "%*2[A-Z]%d %*3[A-Z]", &half), 1);
		assert_true((half >= 2 && half <= 23) || (half >= 51 && half <= 73));
	}
	call_free(british);
}

/* The older, the farther; the highest reading is neared, not stuck at. */
static void odometers_spread(void **state)
{
	struct call *c = maker("odometer_km"), *year = maker("vehicle_year");
	double sum[2] = { 0, 0 };
	unsigned n[2] = { 0, 0 }, at[30] = { 0 };

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		double km = maker_real(c, i);
		bool old = maker_real(year, i) < 2010;

		assert_true(km >= 0 && km < 300000);
		sum[old] += km;
		n[old]++;
		at[(unsigned)(km / 10000)]++;
	}
	assert_true(sum[1] / n[1] > 2 * sum[0] / n[0]);
	for (unsigned i = 0; i < COUNT_OF(at); i++)
		assert_true(at[i] < RECORDS / 10);
	call_free(c), call_free(year);
}

static void cards_are_the_persons(void **state)
{
	struct call *all;
	char name[200], card[600], want[230];

	(void)state;
	maker_record((const char *const[]){ "credit_card", "name sex=male", "sex" }, 3, 0, &all);
	for (unsigned i = 0; i < 500; i++) {
		snprintf(want, sizeof want, "{\"holder\":\"%s\",", maker_text(all->next, i, name));
		assert_memory_equal(maker_text(all, i, card), want, strlen(want));
		assert_string_equal(maker_text(all->next->next, i, name), "male");
	}
	maker_free_all(all);
}

/* Shortened, an address is one still: a name, one @, and the domain whole; with the row's number whole behind the name. */
static void short_addresses_are_addresses(void **state)
{
	char line[100], text[1000];

	(void)state;
	for (unsigned most = 13; most < 40; most++) {
		struct call *c, *tagged = NULL;

		snprintf(line, sizeof line, "email max_length=%u", most);
		c = maker(line);
		snprintf(line, sizeof line, "email max_length=%u unique_tag=always", most);
		if (most > 31)
			tagged = maker(line);
		for (unsigned i = 0; i < 300; i++) {
			const char *at = strchr(maker_text(c, i, text), '@');

			assert_true(at && at > text && at[-1] != '.' && strlen(text) <= most && strncmp(at, "@example.", 9) == 0 && strlen(at) == 12);
			if (!tagged)
				continue;
			at = strchr(maker_text(tagged, 1000000000 + i, text), '@');
			snprintf(line, sizeof line, "%u", 1000000000 + i);
			assert_true(at && at - text > 10 && strlen(text) <= most && memcmp(at - 10, line, 10) == 0 && strlen(at) == 12);
		}
		call_free(c);
		call_free(tagged);
	}
}

static void american_tables_are_american(void **state)
{
	static const char *const british[] = { "luminium", "ewellery", "ubergine", "ourgette", "colour", "favour", "honour", "arbour", "ehaviour", "centre",
		"theatre", "porridge", "beetroot", "trousers", "lorry", "lorries", "petrol", "whilst", "crisps", "catalogue", "licence", "tumour",
		"diarrhoea", "anaem", "paediatr", "omelette", "Lasagne" };
	static const char *const names[] = { "last_name", "city", "first_name_f", "first_name_m", "street_base" };
	char text[400];

	(void)state;
	for (const struct table *const *t = value_tables; *t; t++) {
		bool own = strcmp((*t)->locale, "en_US") == 0;

		for (size_t i = 0; i < COUNT_OF(names); i++)
			own &= strcmp((*t)->name, names[i]) != 0;
		for (uint32_t row = 0; own && row < (*t)->rows; row++)
			for (unsigned column = 0; column < (*t)->columns; column++)
				for (size_t i = 0; i < COUNT_OF(british); i++)
					if (strstr(copy(table_cell(*t, row, column), text, sizeof text), british[i]) && strcmp(text, "petroleum") != 0)
						fail_msg("%s: %s", (*t)->name, text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_point_is_near_its_city),
		cmocka_unit_test(a_firm_has_one_domain),
		cmocka_unit_test(amounts_are_of_the_currency),
		cmocka_unit_test(plates_are_of_the_city),
		cmocka_unit_test(odometers_spread),
		cmocka_unit_test(cards_are_the_persons),
		cmocka_unit_test(short_addresses_are_addresses),
		cmocka_unit_test(american_tables_are_american),
	};

	return cmocka_run_group_tests_name("values of a record", tests, NULL, NULL);
}
