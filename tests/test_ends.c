/* How a run ends: what wakes up, draining, and the steps of a pace up to the end. */
#include "tests/fake.h"

#include <math.h>

#include "base/digest.h"
#include "core/inside.h"

/* Ten walkers a second for a second, each of which goes on for three. */
static struct fake *walks(double speed, bool drain, const char *values)
{
	static struct fake f;

	fake_begin(&f);
	f.set.speed = speed;
	f.set.for_ns = 1000000000;
	f.set.drain = drain;
	fake_output(&f, "a", &fake_output_a, "linger=0s;envelope=none");
	fake_module(&f, "walks", "walk", "rate=10;wait=500ms;steps=6");
	fake_set(&f, "walks", values);
	fake_open(&f);
	return &f;
}

static void a_run_that_drains_lets_what_is_under_way_end(void **state)
{
	uint64_t hash;
	struct fake *f = walks(INFINITY, false, "");
	const struct view *v;

	(void)state;
	fake_finish(f);
	/* Nothing after the end: of the walkers at 0.1 to 0.5 s two steps more, of the others one, of the last none. */
	assert_int_equal(fake_lines(&fake_a), 10 + 5 * 1 + 5 * 0 + 1 * 0);
	fake_end(f);
	f = walks(INFINITY, true, "");
	fake_finish(f);
	assert_int_equal(fake_lines(&fake_a), 10 * 7);
	assert_int_equal(f->engine->slots[0]->arrivals, 10);
	v = view_make(f->engine, "x", NULL);
	assert_int_equal(v->run_ns, 4000000000);
	assert_true(v->drained && !v->draining);
	view_drop(v);
	hash = digest_bytes(fake_a.got.data, fake_a.got.n, 0);
	fake_end(f);
	f = walks(1, true, "");
	fake_pass(f, 900000000);
	v = view_make(f->engine, "x", NULL);
	assert_false(v->draining || v->drained);
	view_drop(v);
	fake_pass(f, 1000000000);
	v = view_make(f->engine, "x", NULL);
	assert_true(v->draining && !v->drained);
	assert_int_equal(v->run_ns, 1900000000);
	assert_true(v->target == 0);
	view_drop(v);
	fake_pass(f, 3000000000);
	assert_true(fake_turn(f, 1).done);
	assert_int_equal(digest_bytes(fake_a.got.data, fake_a.got.n, 0), hash);
	fake_end(f);
}

static void draining_ends_by_itself_whatever_else_is_planned(void **state)
{
	struct fake *f = walks(1, true, "");
	struct err e;

	(void)state;
	/* A ramp alone is no reason to go on, and a module that is off has no future. */
	assert_int_equal(control_ramp(&f->control, "walks.wait", "1m", 3600000000000, RAMP_LINEAR, BY_KEY, &e), 0);
	fake_pass(f, 1200000000);
	assert_false(fake_turn(f, 1).done);
	fake_press(f, "walks.on", "false");
	assert_true(fake_turn(f, 1).done);
	fake_press(f, "walks.on", "true");
	assert_false(fake_turn(f, 1).done);
	fake_pass(f, 5000000000);
	assert_true(fake_turn(f, 1).done);
	assert_int_equal(fake_lines(&fake_a), 10 * 7);
	fake_end(f);
	/* `events` ends everything at once. */
	f = walks(INFINITY, true, "events=12");
	fake_finish(f);
	assert_int_equal(fake_lines(&fake_a), 12);
	fake_end(f);
}

static void bars_end_when_the_run_has_drained(void **state)
{
	struct fake f;

	(void)state;
	fake_begin(&f);
	f.set.for_ns = 15000000000;
	f.set.drain = true;
	fake_output(&f, "a", &fake_output_a, "linger=0s");
	fake_module(&f, "ticks", "market", "rate=10;symbols=ACME;kinds=bar;bar=10s");
	fake_open(&f);
	fake_finish(&f);
	assert_int_equal(fake_lines(&fake_a), 2);
	fake_end(&f);
}

/* A pace that ends leaves what wakes up alone, at every speed. */
static void what_wakes_up_is_waited_for(void **state)
{
	struct fake *f = walks(1, false, "pace=steps;pace_steps=10,0;pace_period=100ms");

	(void)state;
	fake_pass(f, 300000000);
	assert_false(fake_turn(f, 1).done);
	fake_pass(f, 800000000);
	assert_true(fake_turn(f, 1).done);
	assert_int_equal(fake_lines(&fake_a), 2);
	fake_end(f);
}

/* Two launches in each second of a minute, decided at its start. */
static struct fake *launches(double speed, const char *generator)
{
	static struct fake f;

	fake_begin(&f);
	f.set.speed = speed;
	f.set.for_ns = 60000000000;
	f.set.drain = true;
	fake_output(&f, "a", &fake_output_a, "linger=0s");
	fake_module(&f, "walks", generator, "pace=per_step;pace_n=2;steps=1;wait=90s");
	fake_open(&f);
	return &f;
}

static void a_step_launches_what_it_says(void **state)
{
	static const char *const generators[] = { "walk", "early" };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct fake *f = launches(INFINITY, generators[i]);
		uint64_t hash;

		fake_finish(f);
		assert_int_equal(f->engine->slots[0]->arrivals, 120);
		assert_int_equal(fake_lines(&fake_a), 240);
		hash = digest_bytes(fake_a.got.data, fake_a.got.n, 0);
		fake_end(f);
		f = launches(1, generators[i]);
		fake_turn(f, 1);
		assert_int_equal(f->engine->slots[0]->arrivals, i ? 2 : 0);
		assert_int_equal(f->engine->made, 0);
		fake_pass(f, 1000000000);
		assert_int_equal(f->engine->made, 2);
		fake_pass(f, 160000000000);
		assert_int_equal(digest_bytes(fake_a.got.data, fake_a.got.n, 0), hash);
		fake_end(f);
	}
}

static void what_is_injected_does_not_wait(void **state)
{
	struct fake *f = launches(1, "early");
	struct err e;

	(void)state;
	fake_turn(f, 1);
	assert_int_equal(f->engine->made, 0);
	assert_int_equal(engine_inject(f->engine, "walks", &e), 0);
	fake_pass(f, 1000000);
	assert_int_equal(f->engine->made, 1);
	fake_end(f);
}

static void a_run_ends_at_its_end_though_nothing_is_due_then(void **state)
{
	struct fake *f = walks(1, false, "rate=0.001");
	struct engine_turn t;

	(void)state;
	t = fake_turn(f, 1);
	assert_false(t.done);
	assert_int_equal(t.wake_ns - f->wall_ns, 1000000000);
	fake_pass(f, 1000000000);
	assert_true(fake_turn(f, 1).done);
	fake_end(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_that_drains_lets_what_is_under_way_end),
		cmocka_unit_test(draining_ends_by_itself_whatever_else_is_planned),
		cmocka_unit_test(bars_end_when_the_run_has_drained),
		cmocka_unit_test(what_wakes_up_is_waited_for),
		cmocka_unit_test(a_run_ends_at_its_end_though_nothing_is_due_then),
		cmocka_unit_test(a_step_launches_what_it_says),
		cmocka_unit_test(what_is_injected_does_not_wait),
	};

	return cmocka_run_group_tests_name("ends", tests, NULL, NULL);
}
