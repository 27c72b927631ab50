/* The supermarket: catalogue and price rule, unique ids, baskets, exact totals. */
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/inside.h"
#include "generators/supermarket.h"

static void every_price_follows_from_the_rule(void **state)
{
	(void)state;
	assert_int_equal(supermarket_catalogue_n, 80);
	for (size_t i = 0; i < supermarket_catalogue_n; i++) {
		const struct product *p = &supermarket_catalogue[i];

		assert_int_equal(product_price_cents(p->category, p->name), p->cents);
	}
	assert_int_equal(nearest_price_cents(5.302), 549);
	assert_int_equal(nearest_price_cents(7.75), 799);
	assert_int_equal(nearest_price_cents(7.05), 749);
	assert_in_range(product_price_cents("Toys", "Robot"), 100, 2099);
}

static const char *field(const char *line, const char *key, char *to, size_t room)
{
	char quoted[60];
	const char *s;
	size_t n;

	snprintf(quoted, sizeof quoted, "\"%s\":", key);
	s = strstr(line, quoted);
	assert_non_null(s);
	s += strlen(quoted);
	s += *s == '"';
	n = strcspn(s, "\",}");
	snprintf(to, room, "%.*s", (int)n, s);
	return to;
}

static void lines_make_baskets_and_totals_are_exact(void **state)
{
	struct fake f;
	char id[40], before[40] = "", town[60], first_town[60] = "", price[20], quantity[20], total[20], age[20], first_age[20] = "";
	unsigned in_basket = 0, baskets = 0;

	(void)state;
	fake_begin(&f);
	f.set.events = 20000;
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "sales", "supermarket", "rate=100");
	fake_open(&f);
	fake_finish(&f);
	for (char *s = fake_a.got.data; *s; s = strchr(s, '\n') + 1) {
		int cents, want;

		*strchr(s, '\n') = '\0';
		field(s, "transaction_id", id, sizeof id);
		field(s, "town", town, sizeof town);
		field(s, "age", age, sizeof age);
		if (strcmp(id, before) != 0) {
			/* 5 to 15 lines, one store, one customer. */
			assert_true(!*before || (in_basket >= 5 && in_basket <= 15));
			in_basket = 0;
			baskets++;
			snprintf(before, sizeof before, "%s", id);
			snprintf(first_town, sizeof first_town, "%s", town);
			snprintf(first_age, sizeof first_age, "%s", age);
		}
		in_basket++;
		assert_string_equal(town, first_town);
		assert_string_equal(age, first_age);
		field(s, "unit_price", price, sizeof price);
		field(s, "quantity", quantity, sizeof quantity);
		field(s, "total_price", total, sizeof total);
		cents = (int)strtol(price, NULL, 10) * 100 + (int)strtol(strchr(price, '.') + 1, NULL, 10);
		want = cents * (int)strtol(quantity, NULL, 10);
		assert_int_equal((int)strtol(total, NULL, 10) * 100 + (int)strtol(strchr(total, '.') + 1, NULL, 10), want);
		assert_in_range(strtol(age, NULL, 10), 18, 79);
		s[strlen(s)] = '\n';
	}
	assert_in_range(baskets, 1900, 2100);
	fake_end(&f);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void ids_never_repeat_even_when_their_digits_are_used_up(void **state)
{
	enum { N = 30000 };             /* basket ids have four digits: 10,000, then five, ... */
	struct fake f;
	char **ids = calloc(N, sizeof *ids);
	size_t n = 0;

	(void)state;
	fake_begin(&f);
	f.set.events = N;
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "sales", "supermarket", "rate=100;lines_min=1;lines_max=1");
	fake_open(&f);
	fake_finish(&f);
	for (char *s = strstr(fake_a.got.data, "BASKET-"); s && n < N; s = strstr(s + 1, "BASKET-")) {
		ids[n++] = s;
		s[strcspn(s, "\"")] = '\0';
		s += strlen(s);
	}
	assert_int_equal(n, N);
	qsort(ids, n, sizeof *ids, compare);
	for (size_t i = 1; i < n; i++)
		assert_string_not_equal(ids[i], ids[i - 1]);
	free(ids);
	fake_end(&f);
}

static void an_own_catalogue_replaces_the_built_in(void **state)
{
	char path[] = "/tmp/fluxdeck-cat-XXXXXX", values[100];
	FILE *out = fdopen(mkstemp(path), "w");
	struct fake f;

	(void)state;
	fputs("category,subcategory,product,price\nToys,Cars,Racer,12.50\nToys,Cars,Truck,\n", out);
	fclose(out);
	snprintf(values, sizeof values, "rate=100;catalogue=%s", path);
	fake_begin(&f);
	f.set.events = 100;
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "sales", "supermarket", values);
	fake_open(&f);
	fake_turn(&f, 100);
	engine_stop(f.engine);
	fake_turn(&f, 10);
	assert_non_null(strstr(fake_a.got.data, "\"product_name\":\"Racer\",\"category\":\"Toys\",\"subcategory\":\"Cars\",\"unit_price\":12.50"));
	assert_null(strstr(fake_a.got.data, "Shampoo"));
	fake_end(&f);
	remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_price_follows_from_the_rule),
		cmocka_unit_test(lines_make_baskets_and_totals_are_exact),
		cmocka_unit_test(ids_never_repeat_even_when_their_digits_are_used_up),
		cmocka_unit_test(an_own_catalogue_replaces_the_built_in),
	};

	return cmocka_run_group_tests_name("supermarket", tests, NULL, NULL);
}
