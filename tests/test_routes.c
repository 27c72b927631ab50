/* Which events go to an output, and where they go there. */
#include "tests/fake.h"

#include <stdio.h>
#include <string.h>

#include "core/inside.h"

/* How many lines begin so. */
static unsigned begin_with(const struct fake_sink *s, const char *text)
{
	unsigned n = 0;

	for (const char *at = s->got.data; at && *at; at = strchr(at, '\n') + 1)
		n += strncmp(at, text, strlen(text)) == 0;
	return n;
}

/* Ten arrivals of a trade and a quote each, into `a` and `b`. */
static void begin(struct fake *f, const char *values)
{
	fake_begin(f);
	f->set.for_ns = 1000000000;
	fake_output(f, "a", &fake_output_a, "linger=0s;format=text");
	fake_output(f, "b", &fake_output_b, "linger=0s;format=text");
	fake_module(f, "ticks", "market", "rate=10;symbols=ACME,BOLT;kinds=trade,quote");
	fake_set(f, "a", values);
}

static void an_output_takes_only_what_it_wants(void **state)
{
	struct fake f;

	(void)state;
	begin(&f, "only=quote");
	fake_open(&f);
	fake_finish(&f);
	assert_int_equal(fake_lines(&fake_a), 10);
	assert_non_null(strstr(fake_a.got.data, " quote "));
	assert_null(strstr(fake_a.got.data, " trade "));
	assert_int_equal(fake_lines(&fake_b), 20);
	assert_int_equal(f.engine->outlets[0]->offered, 10);
	fake_end(&f);
	begin(&f, "only=quote, trade");
	fake_open(&f);
	fake_finish(&f);
	assert_int_equal(fake_lines(&fake_a), 20);
	fake_end(&f);
}

/* Nobody waits for an output that does not want what is made. */
static void who_makes_nothing_for_an_output_does_not_wait_for_it(void **state)
{
	struct fake f;
	const struct view *v;
	uint64_t stood;

	(void)state;
	begin(&f, "only=custom;queue=65536;batch_bytes=1024");
	f.set.speed = 1;
	f.set.for_ns = 0;
	fake_module(&f, "sales", "custom", "rate=2000;outputs=a");
	fake_open(&f);
	fake_a.mood = FAKE_FULL;
	fake_pass(&f, 3000000000);
	stood = f.engine->slots[0]->made;
	assert_true(stood < 30);                                /* with its lane, in which somebody waits */
	fake_press(&f, "sales.on", "false");
	fake_pass(&f, 3000000000);
	assert_in_range(f.engine->slots[0]->made, stood + 58, stood + 62);
	v = view_make(f.engine, "x", NULL);
	assert_string_equal(v->outputs[0].seen, "sales");
	view_drop(v);
	fake_end(&f);
}

static void each_type_has_its_place(void **state)
{
	struct fake f;

	(void)state;
	begin(&f, "places=trade=deals-${symbol}\ndefault=rest");
	fake_open(&f);
	fake_finish(&f);
	assert_int_equal(fake_lines(&fake_a), 20);
	assert_int_equal(begin_with(&fake_a, "deals-ACME ") + begin_with(&fake_a, "deals-BOLT "), 10);
	assert_true(begin_with(&fake_a, "deals-ACME ") > 0 && begin_with(&fake_a, "deals-BOLT ") > 0);
	assert_int_equal(begin_with(&fake_a, "rest "), 10);
	fake_end(&f);
	/* The type's own before the default, wherever it stands; what is left out needs no place. */
	begin(&f, "places=default=rest\ntrade=deals\nquote=rest");
	fake_open(&f);
	fake_finish(&f);
	assert_int_equal(begin_with(&fake_a, "deals "), 10);
	assert_int_equal(begin_with(&fake_a, "rest "), 10);
	fake_end(&f);
	begin(&f, "places=trade=deals;only=trade");
	fake_open(&f);
	fake_finish(&f);
	assert_int_equal(begin_with(&fake_a, "deals "), 10);
	assert_int_equal(fake_lines(&fake_a), 10);
	fake_end(&f);
}

static void check_refusal(const char *values, const char *says)
{
	struct fake f;
	struct err e = { 0 };

	begin(&f, values);
	engine_configure(f.engine, &f.set);
	assert_int_equal(engine_prepare(f.engine, NULL, NULL, &e), -1);
	assert_string_equal(e.text, says);
	fake_end(&f);
}

static void what_has_no_place_is_refused_before_the_run(void **state)
{
	(void)state;
	check_refusal("places=trade=deals",
		      "output 'a', places: event 'quote' has no place; add it to places, give a default, or leave it out with only");
	check_refusal("places=trade=deals\ndefault=x\nqoute=y",
		      "places: no module that goes there makes an event 'qoute'; did you mean 'quote'?");
	check_refusal("only=qoute", "only: no module that goes there makes an event 'qoute'; did you mean 'quote'?");
	check_refusal("place=x;places=default=y", "places: place is given, too, and they exclude each other");
	check_refusal("places=default=${symbl}", "output 'a', places '${symbl}': column 3: event 'trade' has no field 'symbl'; did you mean 'symbol'?");
}

/* The output is there to be switched on: what it names is made by a module that goes elsewhere. */
static void an_output_without_modules_may_name_all_types(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	begin(&f, "places=trade=deals\nquote=quotes");
	fake_set(&f, "ticks", "outputs=b");
	fake_open(&f);
	fake_finish(&f);
	assert_int_equal(fake_lines(&fake_a), 0);
	fake_end(&f);
	begin(&f, "only=tade");
	fake_set(&f, "ticks", "outputs=b");
	engine_configure(f.engine, &f.set);
	assert_int_equal(engine_prepare(f.engine, NULL, NULL, &e), -1);
	assert_string_equal(e.text, "only: no module makes an event 'tade'; did you mean 'trade'?");
	fake_end(&f);
}

static void what_comes_later_is_checked_the_same_way(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	begin(&f, "places=trade=deals\nquote=quotes");
	f.set.speed = 1;
	f.set.for_ns = 0;
	fake_open(&f);
	fake_pass(&f, 1000000000);
	fake_module(&f, "new", "custom", "rate=10");
	assert_int_equal(engine_join(f.engine, "new", &e), -1);
	assert_string_equal(e.text, "output 'a', places: event 'custom' has no place; add it to places, give a default, or leave it out with only");
	engine_drop(f.engine, "new");
	fake_module(&f, "new", "custom", "rate=10;outputs=b");
	assert_int_equal(engine_join(f.engine, "new", &e), 0);
	fake_press(&f, "new.present", "true");
	/* And so is a route. */
	assert_int_equal(control_set(&f.control, "new.outputs", "a", BY_KEY, &e), -1);
	assert_non_null(strstr(e.text, "event 'custom' has no place"));
	fake_output(&f, "c", &fake_output_b, "only=qoute");
	assert_int_equal(engine_join(f.engine, "c", &e), -1);
	assert_string_equal(e.text, "only: no module that goes there makes an event 'qoute'; did you mean 'quote'?");
	engine_drop(f.engine, "c");
	fake_pass(&f, 1000000000);
	assert_int_equal(begin_with(&fake_a, "deals "), 20);
	fake_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_output_takes_only_what_it_wants),
		cmocka_unit_test(who_makes_nothing_for_an_output_does_not_wait_for_it),
		cmocka_unit_test(each_type_has_its_place),
		cmocka_unit_test(what_has_no_place_is_refused_before_the_run),
		cmocka_unit_test(an_output_without_modules_may_name_all_types),
		cmocka_unit_test(what_comes_later_is_checked_the_same_way),
	};

	return cmocka_run_group_tests_name("routes", tests, NULL, NULL);
}
