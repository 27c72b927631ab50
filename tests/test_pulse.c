/* When frames are drawn: terminals that answer, do not, stall, and sit at the end of slow and long roads. */
#include "tests/fake.h"

#include "ui/pulse.h"

static const int64_t ms = 1000000, s = 1000000000;

/* A terminal behind a road: bytes pass one after the other and arrive after the latency; the answer comes at once back. */
struct road {
	double bytes_per_s;
	int64_t latency_ns;
	struct { int64_t drawn_ns, back_ns; } frames[64];
	unsigned first, n;
	int64_t free_ns;
	/* What was seen. */
	int64_t oldest_ns;
	unsigned seen, most_on_way;
};

static void put(struct road *r, size_t bytes, int64_t now)
{
	unsigned at = (r->first + r->n++) % 64;

	assert_in_range(r->n, 1, 64);
	r->free_ns = (r->free_ns > now ? r->free_ns : now) + (int64_t)((double)bytes / r->bytes_per_s * 1e9);
	r->frames[at].drawn_ns = now;
	r->frames[at].back_ns = r->free_ns + r->latency_ns;
}

/* So long, a frame of so many bytes is wanted at each beat of the rate, and at the next moment when there was no room. */
static void play(struct pulse *pl, struct road *r, size_t bytes, int64_t *now, int64_t span)
{
	int64_t beat = *now;
	bool wanted = false;

	r->oldest_ns = 0;
	r->seen = r->most_on_way = 0;
	for (int64_t end = *now + span; *now < end; *now += ms) {
		while (r->n && r->frames[r->first].back_ns <= *now) {
			int64_t age = *now - r->frames[r->first].drawn_ns;

			r->oldest_ns = age > r->oldest_ns ? age : r->oldest_ns;
			r->first = (r->first + 1) % 64;
			r->n--;
			r->seen++;
			pulse_answered(pl, *now);
		}
		if (*now >= beat) {
			wanted = true;
			beat += s / pulse_rate(pl);
		}
		if (wanted && pulse_may(pl, *now)) {
			wanted = false;
			pulse_sent(pl, bytes, false, *now);
			put(r, bytes, *now);
		}
		r->most_on_way = r->n > r->most_on_way ? r->n : r->most_on_way;
	}
}

static void meet(struct pulse *pl, struct road *r, int64_t now)
{
	pulse_begin(pl, now);
	put(r, 4, now);
}

/* A frame at this instant, answered after so long. */
static void frame(struct pulse *pl, int64_t *now, int64_t trip)
{
	assert_true(pulse_may(pl, *now));
	pulse_sent(pl, 1024, false, *now);
	*now += trip;
	pulse_answered(pl, *now);
}

/* Known to answer a question within 5 ms, and a frame within `trip`. */
static void known(struct pulse *pl, int wanted, int64_t *now, int64_t trip)
{
	pulse_init(pl, wanted, wanted);
	pulse_begin(pl, *now);
	*now += 5 * ms;
	pulse_answered(pl, *now);
	frame(pl, now, trip);
	assert_int_equal(pl->state, PULSE_ANSWERS);
	assert_int_equal(pl->best_ns, 5 * ms);
}

static void a_terminal_that_never_answers_gets_every_frame_after_a_second(void **state)
{
	struct pulse pl;

	(void)state;
	pulse_init(&pl, 10, 10);
	pulse_begin(&pl, 100 * s);
	for (unsigned i = 1; i < PULSE_WINDOW; i++) {
		assert_true(pulse_may(&pl, 100 * s + 10 * ms));
		assert_true(pulse_asks(&pl));
		pulse_sent(&pl, 1024, false, 100 * s + 10 * ms);
	}
	assert_false(pulse_may(&pl, 100 * s + 20 * ms));
	assert_false(pulse_may(&pl, 101 * s - ms));
	for (int64_t now = 101 * s; now < 103 * s; now += 100 * ms) {
		assert_true(pulse_may(&pl, now));
		assert_false(pulse_asks(&pl));
		pulse_sent(&pl, 1024, false, now);
	}
	assert_int_equal(pl.state, PULSE_SILENT);
	assert_int_equal(pulse_rate(&pl), 10);
	assert_int_equal(pulse_open(&pl), 0);
	assert_int_equal(pl.drawn, 23);
}

static void a_first_answer_after_seconds_turns_the_method_on(void **state)
{
	struct pulse pl;

	(void)state;
	pulse_init(&pl, 10, 10);
	pulse_begin(&pl, 0);
	pulse_sent(&pl, 4096, true, 0);
	assert_true(pulse_may(&pl, 2 * s));
	assert_false(pulse_asks(&pl));
	pulse_sent(&pl, 1024, false, 2 * s);
	pulse_answered(&pl, 3 * s);             /* to the bare question */
	assert_true(pulse_asks(&pl));
	assert_false(pulse_may(&pl, 3 * s + ms));
	pulse_answered(&pl, 3 * s + 10 * ms);   /* to the frame */
	assert_int_equal(pl.state, PULSE_ANSWERS);
	assert_true(pulse_may(&pl, 3 * s + 11 * ms));
	assert_int_equal(pulse_rate(&pl), 10);  /* how old they were says nothing about now */
	assert_int_equal(pl.last_ns, 0);
}

static void a_quick_terminal_gets_all_frames(void **state)
{
	struct road r = { .bytes_per_s = 1e9, .latency_ns = ms };
	struct pulse pl;
	int64_t now = s;

	(void)state;
	pulse_init(&pl, 30, 30);
	meet(&pl, &r, now);
	play(&pl, &r, 1024, &now, 10 * s);
	assert_in_range(r.seen, 298, 302);
	assert_int_equal(pulse_rate(&pl), 30);
	assert_in_range(r.oldest_ns, 1, 3 * ms);
}

static void what_is_seen_over_a_narrow_road_is_hardly_older_than_a_frame(void **state)
{
	static const struct { double bytes_per_s; int64_t oldest_ns; unsigned seen; } cases[] = {
		{ 4000, 300 * 1000000, 36 }, { 20000, 80 * 1000000, 170 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct road r = { .bytes_per_s = cases[i].bytes_per_s, .latency_ns = 2 * ms };
		struct pulse pl;
		int64_t now = s;

		pulse_init(&pl, 30, 30);
		meet(&pl, &r, now);
		play(&pl, &r, 1024, &now, 5 * s);
		play(&pl, &r, 1024, &now, 10 * s);
		assert_in_range(r.oldest_ns, 1, cases[i].oldest_ns);
		assert_in_range(r.seen, cases[i].seen, 200);
	}
}

static void small_frames_between_large_ones_make_those_not_late(void **state)
{
	struct road r = { .bytes_per_s = 20000, .latency_ns = 2 * ms };
	struct pulse pl;
	int64_t now = s;

	(void)state;
	pulse_init(&pl, 10, 10);
	meet(&pl, &r, now);
	for (unsigned i = 0; i < 10; i++) {
		play(&pl, &r, 40, &now, 5 * s);
		assert_in_range(r.seen, 49, 52);
		play(&pl, &r, 4000, &now, s);
		assert_int_equal(pulse_rate(&pl), 10);
	}
}

static void a_road_that_has_become_longer_is_learned(void **state)
{
	struct road r = { .bytes_per_s = 1e6, .latency_ns = 5 * ms };
	struct pulse pl;
	int64_t now = s;

	(void)state;
	pulse_init(&pl, 10, 10);
	meet(&pl, &r, now);
	play(&pl, &r, 40, &now, 5 * s);
	r.latency_ns = 200 * ms;
	play(&pl, &r, 40, &now, 40 * s);
	play(&pl, &r, 40, &now, 10 * s);
	assert_in_range(r.seen, 98, 102);
}

static void a_long_road_holds_more_frames_at_once(void **state)
{
	static const struct { double bytes_per_s; int64_t latency_ns, oldest_ns; int rate; unsigned least, most; } cases[] = {
		{ 1e6, 150 * 1000000, 160 * 1000000, 20, 3, 4 }, { 1e5, 30 * 1000000, 60 * 1000000, 30, 2, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct road r = { .bytes_per_s = cases[i].bytes_per_s, .latency_ns = cases[i].latency_ns };
		struct pulse pl;
		int64_t now = s;

		pulse_init(&pl, cases[i].rate, cases[i].rate);
		meet(&pl, &r, now);
		play(&pl, &r, 1024, &now, 5 * s);
		play(&pl, &r, 1024, &now, 10 * s);
		assert_in_range(r.seen, 10 * cases[i].rate - 8, 10 * cases[i].rate + 4);
		assert_in_range(r.oldest_ns, cases[i].latency_ns, cases[i].oldest_ns);
		assert_in_range(r.most_on_way, cases[i].least, cases[i].most);
	}
}

static void late_answers_halve_the_rate_and_quick_ones_raise_it_in_steps(void **state)
{
	struct pulse pl;
	int64_t now = s;

	(void)state;
	known(&pl, 16, &now, 5 * ms);
	for (int rate = 8; rate >= 1; rate /= 2) {
		frame(&pl, &now, 500 * ms);
		assert_int_equal(pulse_rate(&pl), rate);
	}
	frame(&pl, &now, 500 * ms);
	assert_int_equal(pulse_rate(&pl), 1);
	frame(&pl, &now, 5 * ms);
	assert_int_equal(pulse_rate(&pl), 1);   /* not at once */
	for (int rate = 3; rate < 16; rate += 2) {
		now += 500 * ms;
		frame(&pl, &now, 5 * ms);
		assert_int_equal(pulse_rate(&pl), rate);
	}
	now += 500 * ms;
	frame(&pl, &now, 5 * ms);
	assert_int_equal(pulse_rate(&pl), 16);
	assert_int_equal(pl.last_ns, 5 * ms);
	assert_int_equal(pl.best_ns, 5 * ms);
}

static void frames_of_one_delay_halve_the_rate_once(void **state)
{
	struct road r = { .bytes_per_s = 1e6, .latency_ns = 150 * ms };
	struct pulse pl;
	int64_t now = s;

	(void)state;
	pulse_init(&pl, 20, 20);
	meet(&pl, &r, now);
	play(&pl, &r, 1024, &now, 2 * s);
	assert_in_range(pl.on_way, 2, PULSE_WINDOW - 1);
	assert_true(pulse_may(&pl, now));
	now += 400 * ms;
	assert_false(pulse_may(&pl, now));      /* what is late already does not become earlier by more */
	while (pl.on_way)
		pulse_answered(&pl, now);
	assert_int_equal(pulse_rate(&pl), 10);
}

static void a_large_frame_may_take_longer(void **state)
{
	struct pulse pl;
	int64_t now = s;

	(void)state;
	known(&pl, 10, &now, 25 * ms);          /* 20 ms a KiB */
	pulse_sent(&pl, 16384, true, now);
	now += 325 * ms;
	pulse_answered(&pl, now);
	assert_int_equal(pulse_rate(&pl), 10);
	frame(&pl, &now, 325 * ms);
	assert_int_equal(pulse_rate(&pl), 5);
}

static void a_stalled_terminal_gets_one_frame_a_second_until_it_has_caught_up(void **state)
{
	struct pulse pl;
	int64_t now = s, stalled;

	(void)state;
	known(&pl, 10, &now, 5 * ms);
	pulse_sent(&pl, 1024, false, now);
	stalled = now;
	assert_false(pulse_may(&pl, stalled + 500 * ms));
	assert_false(pulse_may(&pl, stalled + s - ms));
	for (int64_t probe = 1; probe < 60; probe++) {
		assert_true(pulse_may(&pl, stalled + probe * s));
		pulse_sent(&pl, 1024, false, stalled + probe * s);
		assert_false(pulse_may(&pl, stalled + probe * s + 999 * ms));
	}
	assert_int_equal(pl.state, PULSE_STALLED);
	assert_int_equal(pulse_open(&pl), 0);
	now = stalled + 60 * s - ms;
	for (unsigned i = 0; i < 59; i++)
		pulse_answered(&pl, now);
	assert_false(pulse_may(&pl, now));      /* the last of them is still to be seen */
	pulse_answered(&pl, now);
	assert_int_equal(pl.state, PULSE_ANSWERS);
	assert_int_equal(pulse_rate(&pl), 10);
	frame(&pl, &now, 5 * ms);
	assert_int_equal(pl.best_ns, 5 * ms);
	assert_int_equal(pl.last_ns, 5 * ms);
	assert_int_equal(pulse_rate(&pl), 10);
}

static void answers_that_were_lost_are_not_waited_for_twice(void **state)
{
	struct pulse pl;
	int64_t now = s;

	(void)state;
	known(&pl, 10, &now, 5 * ms);
	pulse_sent(&pl, 1024, false, now);
	for (int64_t probe = 1; probe < 4; probe++) {
		assert_true(pulse_may(&pl, now + probe * s));
		pulse_sent(&pl, 1024, false, now + probe * s);
	}
	now += 4 * s;
	pulse_answered(&pl, now);               /* one of four */
	assert_false(pulse_may(&pl, now + 999 * ms));
	now += s;
	frame(&pl, &now, 5 * ms);
	assert_int_equal(pl.state, PULSE_ANSWERS);
	assert_int_equal(pl.last_ns, 5 * ms);
	assert_int_equal(pulse_open(&pl), 0);
}

static void an_answer_to_no_question_is_nothing(void **state)
{
	struct pulse pl, before;
	int64_t now = s;

	(void)state;
	known(&pl, 10, &now, 5 * ms);
	before = pl;
	pulse_answered(&pl, now);
	assert_memory_equal(&pl, &before, sizeof pl);
}

static void ssh_is_slow_until_round_trips_are_known_to_be_short(void **state)
{
	struct pulse pl;
	int64_t now = s;

	(void)state;
	pulse_init(&pl, 10, 4);
	pulse_begin(&pl, now);
	now += 2 * ms;
	pulse_answered(&pl, now);               /* a bare question is not a frame */
	assert_int_equal(pulse_rate(&pl), 4);
	frame(&pl, &now, 60 * ms);
	assert_int_equal(pulse_rate(&pl), 4);
	frame(&pl, &now, 49 * ms);
	assert_int_equal(pulse_rate(&pl), 10);
	pulse_begin(&pl, now);                  /* after ^Z and fg */
	assert_int_equal(pulse_rate(&pl), 10);
}

static void everything_is_painted_once_a_minute(void **state)
{
	struct pulse pl;
	int64_t now = 7 * s;

	(void)state;
	pulse_init(&pl, 10, 10);
	pulse_begin(&pl, now);
	pulse_sent(&pl, 4096, true, now + s);
	pulse_sent(&pl, 20, false, now + 30 * s);
	assert_false(pulse_stale(&pl, now + 61 * s - 1));
	assert_true(pulse_stale(&pl, now + 61 * s));
	pulse_sent(&pl, 4096, true, now + 61 * s);
	assert_false(pulse_stale(&pl, now + 62 * s));
	pulse_skipped(&pl);
	assert_int_equal(pl.drawn, 3);
	assert_int_equal(pl.skipped, 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_that_never_answers_gets_every_frame_after_a_second),
		cmocka_unit_test(a_first_answer_after_seconds_turns_the_method_on),
		cmocka_unit_test(a_quick_terminal_gets_all_frames),
		cmocka_unit_test(what_is_seen_over_a_narrow_road_is_hardly_older_than_a_frame),
		cmocka_unit_test(small_frames_between_large_ones_make_those_not_late),
		cmocka_unit_test(a_road_that_has_become_longer_is_learned),
		cmocka_unit_test(a_long_road_holds_more_frames_at_once),
		cmocka_unit_test(late_answers_halve_the_rate_and_quick_ones_raise_it_in_steps),
		cmocka_unit_test(frames_of_one_delay_halve_the_rate_once),
		cmocka_unit_test(a_large_frame_may_take_longer),
		cmocka_unit_test(a_stalled_terminal_gets_one_frame_a_second_until_it_has_caught_up),
		cmocka_unit_test(answers_that_were_lost_are_not_waited_for_twice),
		cmocka_unit_test(an_answer_to_no_question_is_nothing),
		cmocka_unit_test(ssh_is_slow_until_round_trips_are_known_to_be_short),
		cmocka_unit_test(everything_is_painted_once_a_minute),
	};

	return cmocka_run_group_tests_name("pulse", tests, NULL, NULL);
}
