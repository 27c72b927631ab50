/* The engine with fake outputs: accounts, room, lanes, lateness, retries, ramps, and the same bytes whatever happens. */
#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "core/inside.h"

static uint64_t hash_of(const struct buf *b)
{
	return digest_bytes(b->data, b->n, 0);
}

static void a_run_stops_at_exactly_its_events(void **state)
{
	struct fake f;

	(void)state;
	fake_begin(&f);
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "ticks", "market", "rate=1000");
	fake_module(&f, "sales", "supermarket", "rate=100");
	f.set.events = 1234;
	fake_open(&f);
	assert_true(fake_turn(&f, 1000).done);
	engine_stop(f.engine);
	fake_turn(&f, 10);
	assert_int_equal(fake_lines(&fake_a), 1234);
	fake_end(&f);
}

static void a_full_output_holds_its_lane_and_no_other(void **state)
{
	struct fake f;
	uint64_t stood;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "queue=65536;batch_bytes=1024");
	fake_output(&f, "b", &fake_output_b, "");
	fake_module(&f, "one", "custom", "rate=10000;outputs=a");
	fake_module(&f, "two", "custom", "rate=1000;outputs=b");
	fake_open(&f);
	fake_a.mood = FAKE_FULL;
	fake_pass(&f, 2000000000);
	stood = f.engine->slots[0]->made;
	assert_in_range(stood, 300, 1100);                      /* what 64 KiB hold */
	fake_pass(&f, 1000000000);
	assert_int_equal(f.engine->slots[0]->made, stood);      /* nothing is made that cannot be taken */
	assert_int_equal(f.engine->slots[1]->made, 3000);
	assert_int_equal(f.engine->outlets[0]->dropped, 0);
	fake_check_accounts(&f);
	fake_a.mood = FAKE_TAKES;
	output_ready(fake_a.output);
	fake_pass(&f, 1000000000);
	/* stretch: simulated time goes on from where it stood, without a burst */
	assert_in_range(f.engine->slots[0]->made, stood + 9900, stood + 10100);
	fake_end(&f);
}

static uint64_t made_after_a_stall(const char *lateness, uint64_t *missed)
{
	struct fake f;
	uint64_t made;

	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "queue=65536;batch_bytes=1024;linger=0s");
	fake_module(&f, "one", "custom", "rate=1000;catch_up=100");
	fake_set(&f, "one", lateness);
	fake_open(&f);
	fake_pass(&f, 1000000000);
	fake_a.mood = FAKE_FULL;
	fake_pass(&f, 3000000000);
	fake_a.mood = FAKE_TAKES;
	output_ready(fake_a.output);
	fake_pass(&f, 1000000000);
	made = f.engine->slots[0]->made;
	*missed = f.engine->slots[0]->missed;
	fake_end(&f);
	return made;
}

static void lateness_says_what_follows_a_stall(void **state)
{
	uint64_t missed, made;

	(void)state;
	assert_in_range(made_after_a_stall("lateness=catch_up", &missed), 4990, 5001);
	made = made_after_a_stall("lateness=skip", &missed);
	assert_in_range(made + missed, 4990, 5001);
	assert_in_range(missed, 1000, 3000);
	made = made_after_a_stall("lateness=stretch", &missed);
	assert_int_equal(missed, 0);
	assert_in_range(made, 2000, 3100);
}

static void dropping_is_a_policy_and_is_counted(void **state)
{
	struct fake f;
	const struct outlet *o;

	(void)state;
	fake_begin(&f);
	f.set.for_ns = 10000000000;
	fake_output(&f, "a", &fake_output_a, "queue=65536;batch_bytes=1024;when_full=drop");
	fake_module(&f, "one", "custom", "rate=1000");
	fake_open(&f);
	fake_a.mood = FAKE_FULL;
	fake_turn(&f, 10000);
	o = f.engine->outlets[0];
	assert_int_equal(o->offered, 10000);
	assert_true(o->dropped > 8000);
	fake_end(&f);
}

static void a_broken_output_is_tried_again_and_loses_nothing(void **state)
{
	struct fake f;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "linger=0s");
	fake_module(&f, "one", "custom", "rate=100");
	fake_open(&f);
	fake_a.mood = FAKE_BROKEN;
	fake_pass(&f, 3000000000);
	assert_int_equal(f.engine->outlets[0]->state, OUTLET_BROKEN);
	assert_in_range(fake_a.puts, 3, 8);                     /* 100 ms, 200, 400, 800, ... apart */
	fake_a.mood = FAKE_TAKES;
	fake_pass(&f, 6000000000);
	assert_int_equal(f.engine->outlets[0]->failed, 0);
	assert_int_equal(fake_lines(&fake_a), f.engine->slots[0]->made);
	fake_end(&f);
}

static void giving_up_fails_what_waits_and_the_others_go_on(void **state)
{
	struct fake f;
	const struct outlet *o;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "linger=0s;retry=1s");
	fake_output(&f, "b", &fake_output_b, "linger=0s");
	fake_module(&f, "one", "custom", "rate=100");
	fake_open(&f);
	fake_a.mood = FAKE_BROKEN;
	fake_pass(&f, 5000000000);
	o = f.engine->outlets[0];
	assert_int_equal(o->state, OUTLET_FAILED);
	assert_int_equal(o->failed, o->offered);
	assert_int_equal(fake_lines(&fake_b), 500);
	assert_true(engine_failed(f.engine));
	fake_end(&f);
}

static void blocks_that_come_back_come_again_in_order(void **state)
{
	struct fake f;
	struct err e = { .code = ERR_IO, .text = "lost the connection" };

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "linger=0s;batch_bytes=1024");
	fake_module(&f, "one", "market", "rate=100");
	fake_open(&f);
	fake_a.mood = FAKE_HOLDS;
	fake_pass(&f, 100000000);
	assert_true(fake_a.held_n >= 3);
	/* The first was half delivered; all come back. */
	output_settled(fake_a.output, fake_a.held[0], 1, 0);
	buf_clear(&fake_a.got);
	for (unsigned i = fake_a.held[0]->n == 1 ? 1 : 0; i < fake_a.held_n; i++)
		output_returned(fake_a.output, fake_a.held[i], &e);
	fake_a.held_n = 0;
	fake_check_accounts(&f);
	fake_a.mood = FAKE_TAKES;
	fake_pass(&f, 1000000000);
	assert_int_equal(f.engine->outlets[0]->delivered, f.engine->outlets[0]->offered);
	assert_int_equal(fake_lines(&fake_a), f.engine->outlets[0]->offered - 1);
	assert_true(f.engine->outlets[0]->retried > 0);
	fake_end(&f);
}

/* One scenario, run in many ways: the bytes of the output are a function of scenario, seed and control log only. */
static uint64_t bytes_of(uint64_t seed, double speed, bool stalls, const char *linger)
{
	struct fake f;
	uint64_t hash;

	fake_begin(&f);
	f.set.seed = seed;
	f.set.speed = speed;
	f.set.for_ns = 3000000000;
	fake_output(&f, "a", &fake_output_a, "queue=65536");
	fake_set(&f, "a", linger);
	fake_module(&f, "ticks", "market", "rate=500;model=realistic;correlation=0.5;pace=poisson");
	fake_module(&f, "sales", "supermarket", "rate=70;pace=sine;pace_period=1s");
	fake_open(&f);
	for (int i = 0; i < 12000 && !fake_turn(&f, 100).done; i++) {
		if (stalls)
			fake_a.mood = i % 700 < 300 ? FAKE_FULL : FAKE_TAKES;
		if (stalls && fake_a.mood == FAKE_TAKES)
			output_ready(fake_a.output);
		fake_pass(&f, 1000000);
	}
	fake_a.mood = FAKE_TAKES;
	output_ready(fake_a.output);
	engine_stop(f.engine);
	fake_turn(&f, 100);
	assert_int_equal(engine_unsettled(f.engine), 0);
	hash = hash_of(&fake_a.got);
	fake_end(&f);
	return hash;
}

static void the_same_seed_gives_the_same_bytes_in_every_way(void **state)
{
	uint64_t first = bytes_of(42, INFINITY, false, "linger=0s");

	(void)state;
	assert_int_equal(bytes_of(42, INFINITY, false, "linger=1s"), first);
	assert_int_equal(bytes_of(42, 1, false, "linger=5ms"), first);
	assert_int_equal(bytes_of(42, 60, false, "linger=0s"), first);
	assert_int_equal(bytes_of(42, 1, true, "linger=0s"), first);
	assert_int_not_equal(bytes_of(43, INFINITY, false, "linger=0s"), first);
}

static void adding_a_module_leaves_the_others_alone(void **state)
{
	uint64_t hash[2];

	(void)state;
	for (int more = 0; more < 2; more++) {
		struct fake f;

		fake_begin(&f);
		f.set.for_ns = 1000000000;
		fake_output(&f, "a", &fake_output_a, "");
		fake_output(&f, "b", &fake_output_b, "");
		if (more)
			fake_module(&f, "other", "market", "rate=50;outputs=b");
		fake_module(&f, "ticks", "market", "rate=500;outputs=a");
		fake_open(&f);
		fake_turn(&f, 1000);
		engine_stop(f.engine);
		fake_turn(&f, 10);
		hash[more] = hash_of(&fake_a.got);
		fake_end(&f);
	}
	assert_int_equal(hash[0], hash[1]);
}

static void mute_solo_and_stop_do_what_they_say(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "linger=0s");
	fake_module(&f, "one", "custom", "rate=100");
	fake_module(&f, "two", "custom", "rate=100");
	fake_open(&f);
	fake_pass(&f, 1000000000);
	control_set(&f.control, "one.mute", "true", BY_KEY, &e);
	fake_pass(&f, 1000000000);
	assert_int_equal(f.engine->slots[0]->made, 200);        /* it lives on */
	assert_int_equal(fake_lines(&fake_a), 300);
	control_set(&f.control, "one.mute", "false", BY_KEY, &e);
	control_set(&f.control, "one.solo", "true", BY_KEY, &e);
	fake_pass(&f, 1000000000);
	assert_int_equal(fake_lines(&fake_a), 400);
	control_set(&f.control, "one.solo", "false", BY_KEY, &e);
	control_set(&f.control, "two.on", "false", BY_KEY, &e);
	fake_pass(&f, 1000000000);
	assert_int_equal(f.engine->slots[1]->made, 300);
	assert_int_equal(fake_lines(&fake_a), 500);
	control_set(&f.control, "two.on", "true", BY_KEY, &e);
	/* It began behind what was made at that instant, so its hundredth comes as much later. */
	fake_pass(&f, 1000000001);
	assert_int_equal(f.engine->slots[1]->made, 400);
	fake_end(&f);
}

static void a_held_clock_stands_and_steps(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "linger=0s");
	fake_module(&f, "one", "custom", "rate=100");
	fake_open(&f);
	fake_pass(&f, 1000000000);
	assert_int_equal(engine_step(f.engine, &e), -1);        /* not held */
	control_set(&f.control, "clock.held", "true", BY_KEY, &e);
	fake_pass(&f, 5000000000);
	assert_int_equal(f.engine->made, 100);
	assert_int_equal(engine_step(f.engine, &e), 0);
	assert_int_equal(f.engine->made, 101);
	assert_int_equal(engine_inject(f.engine, "one", &e), 0);
	assert_int_equal(f.engine->made, 102);
	control_set(&f.control, "clock.held", "false", BY_KEY, &e);
	fake_pass(&f, 1000000000);
	assert_in_range(f.engine->made, 201, 203);              /* no burst */
	fake_end(&f);
}

static void a_ramp_arrives_in_simulated_time_and_can_be_undone(void **state)
{
	struct fake f;
	struct err e;
	struct buf said;
	double half;

	(void)state;
	fake_begin(&f);
	buf_init(&said, 65536);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "");
	fake_module(&f, "one", "market", "rate=100;volatility=0.2");
	fake_open(&f);
	fake_pass(&f, 100000000);
	assert_int_equal(control_ramp(&f.control, "one.volatility", "0.8", 10000000000, RAMP_LINEAR, BY_KEY, &e), 0);
	fake_pass(&f, 5000000000);
	half = param_number(control_find(&f.control, "one.volatility", NULL, &e), f.engine->slots[0]->opts);
	assert_true(half > 0.47 && half < 0.53);
	fake_pass(&f, 6000000000);
	assert_true(param_number(control_find(&f.control, "one.volatility", NULL, &e), f.engine->slots[0]->opts) == 0.8);
	assert_int_equal(f.control.n, 1);
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), 0);
	assert_true(param_number(control_find(&f.control, "one.volatility", NULL, &e), f.engine->slots[0]->opts) == 0.2);
	/* A set in the middle of a ramp ends it. */
	control_ramp(&f.control, "one.volatility", "0.8", 10000000000, RAMP_LINEAR, BY_KEY, &e);
	fake_pass(&f, 1000000000);
	control_set(&f.control, "one.volatility", "0.3", BY_KEY, &e);
	fake_pass(&f, 1000000000);
	assert_true(param_number(control_find(&f.control, "one.volatility", NULL, &e), f.engine->slots[0]->opts) == 0.3);
	buf_free(&said);
	fake_end(&f);
}

static void ceilings_hold_and_are_named(void **state)
{
	struct fake f;
	const struct view *v;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "ceiling=100;linger=0s");
	fake_module(&f, "one", "custom", "rate=1000");
	fake_open(&f);
	fake_pass(&f, 5000000000);
	assert_in_range(f.engine->made, 490, 520);
	v = view_make(f.engine, "x", NULL);
	assert_string_equal(v->limit, "ceiling a");
	view_drop(v);
	fake_end(&f);
}

static void limits_of_the_run_bound_rate_and_knobs(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	f.set.rate_limit = 500;
	fake_output(&f, "a", &fake_output_a, "linger=0s");
	fake_module(&f, "one", "custom", "rate=400");
	fake_module(&f, "two", "custom", "rate=400");
	fake_open(&f);
	fake_pass(&f, 4000000000);
	assert_in_range(f.engine->made, 1950, 2050);
	assert_int_equal(control_set(&f.control, "one.rate", "600", BY_KEY, &e), -1);
	assert_string_equal(e.text, "rate 600 is over limits.rate, which is 500");
	fake_end(&f);
}

static void event_ids_never_repeat(void **state)
{
	static uint8_t seen[1 << 21];

	(void)state;
	/* A permutation of 60 bits cannot be walked; its low and high bits must spread like one. */
	for (uint64_t i = 1; i <= 1000000; i++) {
		uint64_t id = engine_id(0x1234567890abcdef, i) & ((1 << 24) - 1);

		assert_true(engine_id(0x1234567890abcdef, i) >> 60 == 0);
		seen[id >> 3] |= (uint8_t)(1u << (id & 7));
	}
	uint64_t set = 0;
	for (size_t i = 0; i < sizeof seen; i++)
		set += (uint64_t)__builtin_popcount(seen[i]);
	/* 1e6 balls into 2^24 bins leave 970,750 of them hit. */
	assert_in_range(set, 968000, 974000);
}

static void an_event_may_bring_its_id_and_session(void **state)
{
	struct fake f;
	char id[EVENT_ID_TEXT], lines[600];

	(void)state;
	fake_begin(&f);
	f.set.for_ns = 2000000000;
	fake_output(&f, "a", &fake_output_a, "linger=0s");
	fake_module(&f, "walks", "walk", "rate=1;wait=900ms;steps=1");
	fake_open(&f);
	fake_finish(&f);
	/* What the first event brought does not stay. An instant is rounded down to its nanosecond. */
	event_id_text(engine_id(f.engine->slots[0]->id_key, 2), id);
	snprintf(lines, sizeof lines, "{\"sys__eid\":\"000000000001\",\"sys__ets\":1704067200999,\"sys__sid\":null,"
		 "\"walker\":1,\"step\":0,\"event_type\":\"walk\"}\n{\"sys__eid\":\"%.12s\",\"sys__ets\":1704067201899,\"sys__sid\":null,"
		 "\"walker\":1,\"step\":1,\"event_type\":\"walk\"}\n{\"sys__eid\":\"000000000002\",\"sys__ets\":1704067201999,\"sys__sid\":\"later\","
		 "\"walker\":2,\"step\":0,\"event_type\":\"walk\"}\n", id);
	assert_string_equal(fake_a.got.data, lines);
	fake_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_stops_at_exactly_its_events),
		cmocka_unit_test(a_full_output_holds_its_lane_and_no_other),
		cmocka_unit_test(lateness_says_what_follows_a_stall),
		cmocka_unit_test(dropping_is_a_policy_and_is_counted),
		cmocka_unit_test(a_broken_output_is_tried_again_and_loses_nothing),
		cmocka_unit_test(giving_up_fails_what_waits_and_the_others_go_on),
		cmocka_unit_test(blocks_that_come_back_come_again_in_order),
		cmocka_unit_test(the_same_seed_gives_the_same_bytes_in_every_way),
		cmocka_unit_test(adding_a_module_leaves_the_others_alone),
		cmocka_unit_test(mute_solo_and_stop_do_what_they_say),
		cmocka_unit_test(a_held_clock_stands_and_steps),
		cmocka_unit_test(a_ramp_arrives_in_simulated_time_and_can_be_undone),
		cmocka_unit_test(ceilings_hold_and_are_named),
		cmocka_unit_test(limits_of_the_run_bound_rate_and_knobs),
		cmocka_unit_test(event_ids_never_repeat),
		cmocka_unit_test(an_event_may_bring_its_id_and_session),
	};

	return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
