/* core: rows, pace, control. */
#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/pace.h"
#include "core/rows.h"
#include "generators/table.h"
#include "outputs/table.h"

/* ---- rows ---- */

static void every_row_of_every_table_is_sound(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	param_lint(module_common_rows, &b);
	param_lint(output_common_rows, &b);
	param_lint(clock_rows, &b);
	for (size_t i = 0; generator_table[i]; i++)
		param_lint(generator_table[i]->params, &b);
	for (size_t i = 0; output_table[i]; i++)
		param_lint(output_table[i]->params, &b);
	assert_string_equal(b.data, "");
	buf_free(&b);
}

struct opts {
	double volume;
	int64_t wait;
	int mode;
	bool on;
	char *name;
};

static const char *const modes[] = { "calm", "wild", NULL };
static const struct param rows[] = {
	P_REAL(struct opts, volume, 0, 2, 0.2, .flags = PARAM_LIVE, .step = 0.01, .help = "Loudness."),
	P_SPAN(struct opts, wait, 1e6, 10e9, 1e9, .flags = PARAM_LIVE | PARAM_LOG, .help = "Pause."),
	P_CHOICE(struct opts, mode, modes, 0, .flags = PARAM_LIVE, .help = "Mood."),
	P_BOOL(struct opts, on, true, .flags = PARAM_LIVE, .help = "Whether."),
	P_TEXT(struct opts, name, "x", .help = "Name."),
	P_END
};

static void a_refused_value_changes_nothing_and_says_why(void **state)
{
	struct opts o = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(param_init(rows, &o, &e), 0);
	assert_int_equal(param_set(&rows[0], &o, "3", &e), -1);
	assert_string_equal(e.text, "volume must be 0 to 2, not 3");
	assert_true(o.volume == 0.2);
	assert_int_equal(param_set(&rows[2], &o, "wold", &e), -1);
	assert_string_equal(e.text, "mode must be one of calm, wild, not 'wold'; did you mean 'wild'?");
	assert_int_equal(param_set(&rows[1], &o, "1h", &e), -1);
	assert_string_equal(e.text, "wait must be 1ms to 10s, not 1h");
	assert_int_equal(param_set(&rows[4], &o, "a\nb", &e), -1);
	param_free(rows, &o);
}

static void faders_end_at_their_ends(void **state)
{
	(void)state;
	assert_true(param_nudged(&rows[0], 0.2, 1) == 0.21);
	assert_true(param_nudged(&rows[0], 2, 1) == 2);
	assert_true(param_nudged(&rows[0], 0, -10) == 0);
	assert_true(param_nudged(&rows[0], 0.2, 10) > 0.29 && param_nudged(&rows[0], 0.2, 10) < 0.31);
	assert_true(param_nudged(&rows[1], 1e9, 1) > 1.1e9 && param_nudged(&rows[1], 1e9, 1) < 1.15e9);
	assert_true(param_nudged(&rows[1], 10e9, 5) == 10e9);
	for (int i = 0; i <= 20; i++) {
		double p = i / 20.0;

		assert_true(fabs(param_position(&rows[0], param_at(&rows[0], p)) - p) < 0.01);
		assert_true(fabs(param_position(&rows[1], param_at(&rows[1], p)) - p) < 0.02);
	}
}

/* ---- pace ---- */

static const struct pace_settings plain = { .rate = 100, .shape = PACE_CONSTANT, .period = 10000000000, .lasts = 2000000000, .depth = 0.5,
					    .times = 5, .to = 300, .over = 10000000000, .steps = "10,20,40", .end = INT64_MAX };

static unsigned arrivals(struct pace_settings s, double seconds)
{
	struct pace p;
	unsigned n = 0;

	pace_start(&p, &s, 0, 42);
	for (; pace_due(&p) <= (int64_t)(seconds * 1e9); n++)
		pace_take(&p);
	return n;
}

static unsigned shaped(enum pace_shape shape, double seconds)
{
	struct pace_settings s = plain;

	s.shape = (int)shape;
	return arrivals(s, seconds);
}

static void every_shape_has_its_area(void **state)
{
	(void)state;
	assert_int_equal(shaped(PACE_CONSTANT, 10), 1000);
	assert_in_range(shaped(PACE_POISSON, 1000), 99000, 101000);
	assert_in_range(shaped(PACE_RAMP, 10), 1999, 2000);              /* 100 to 300 over 10 s */
	assert_in_range(shaped(PACE_RAMP, 20), 4999, 5000);
	assert_in_range(shaped(PACE_STEPS, 30), 699, 700);               /* 10, 20 and 40 for 10 s each */
	assert_in_range(shaped(PACE_SINE, 20), 1999, 2000);
	assert_in_range(shaped(PACE_SQUARE, 5), 749, 750);
	assert_in_range(shaped(PACE_SQUARE, 10), 999, 1000);
	assert_in_range(shaped(PACE_SAWTOOTH, 10), 999, 1000);
	assert_in_range(shaped(PACE_BURST, 10), 1799, 1800);             /* 2 s of 500, 8 s of 100 */
	assert_in_range(shaped(PACE_GAP, 10), 799, 800);
	assert_in_range(shaped(PACE_SPIKE, 10), 1399, 1400);             /* a triangle from 100 to 500 in 2 s */
	assert_int_equal(shaped(PACE_UNLIMITED, 0.01), 10000);
}

static void rates_from_a_fifth_to_a_million_are_exact(void **state)
{
	static const double rates[] = { 0.2, 0.5, 1, 3, 1000, 100000, 1000000 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rates); i++) {
		struct pace_settings s = plain;

		s.rate = rates[i];
		assert_true(fabs(arrivals(s, 10) - rates[i] * 10) <= 1);
	}
}

static void a_change_of_rate_keeps_the_phase_of_the_gap(void **state)
{
	struct pace_settings s = plain;
	struct pace p;

	(void)state;
	s.rate = 1;
	pace_start(&p, &s, 0, 1);
	s.rate = 2;
	pace_change(&p, &s, 500000000);                 /* half of the gap has passed; the other half takes a quarter second */
	assert_in_range(pace_due(&p), 749999999, 750000001);
	pace_take(&p);
	assert_in_range(pace_due(&p), 1249999999, 1250000001);
}

static void skipping_counts_what_was_left_out(void **state)
{
	struct pace p;

	(void)state;
	pace_start(&p, &plain, 0, 1);
	assert_int_equal(pace_skip(&p, 1000000000), 99);
	assert_in_range(pace_due(&p), 999999999, 1000000001);
}

/* Arrivals in [from, from + length), which come in order. */
static unsigned within(struct pace *p, int64_t from, int64_t length)
{
	unsigned n = 0;

	for (int64_t before = 0; pace_due(p) < from + length; n++) {
		assert_true(pace_due(p) >= from && pace_due(p) >= before);
		before = pace_due(p);
		pace_take(p);
	}
	return n;
}

static void every_step_has_its_arrivals(void **state)
{
	struct pace_settings s = plain;
	struct pace p;

	(void)state;
	s.shape = PACE_PER_STEP;
	s.step = 1000000000;
	s.n = 7;
	s.start = 500;
	s.end = 500 + 60 * s.step;
	pace_start(&p, &s, 500, 42);
	assert_true(pace_rate(&p, 500) == 7);
	for (int64_t k = 0; k < 60; k++)
		assert_int_equal(within(&p, 500 + k * s.step, s.step), 7);
	assert_true(pace_due(&p) == PACE_NEVER);
	/* One that comes later keeps to the steps of the run. */
	pace_start(&p, &s, 500 + 10 * s.step + 1, 42);
	assert_int_equal(within(&p, 500 + 11 * s.step, s.step), 7);
	pace_start(&p, &s, 500 + 10 * s.step, 42);
	assert_int_equal(within(&p, 500 + 10 * s.step, s.step), 7);
	/* A step that is not whole at the end begins before it, and is made. */
	s.end = 500 + 10 * s.step + 1;
	pace_start(&p, &s, 500, 42);
	assert_int_equal(within(&p, 500, 100 * s.step), 77);
}

static void arrivals_stand_uniformly_in_their_step(void **state)
{
	enum { STEPS = 20000, N = 5, BINS = 50 };
	unsigned bins[BINS] = { 0 };
	struct pace_settings s = plain;
	struct pace p;
	double chi = 0, mean = 0;

	(void)state;
	s.shape = PACE_PER_STEP;
	s.step = 1000;
	s.n = N;
	pace_start(&p, &s, 0, 7);
	for (unsigned i = 0; i < STEPS * N; i++, pace_take(&p)) {
		bins[pace_due(&p) % s.step * BINS / s.step]++;
		if (i % N == 0)
			mean += (double)(pace_due(&p) % s.step) / STEPS;
	}
	for (unsigned i = 0; i < BINS; i++)
		chi += pow(bins[i] - (double)STEPS * N / BINS, 2) / ((double)STEPS * N / BINS);
	assert_true(chi < 86);                                  /* 49 degrees of freedom: 0.1 % */
	assert_true(fabs(mean - 1000.0 / (N + 1)) < 4);         /* the least of five; its deviation is 1 */
}

static void early_arrivals_stand_at_the_start_and_lead(void **state)
{
	struct pace_settings s = plain;
	struct pace p;
	double sum = 0, square = 0;

	(void)state;
	s.shape = PACE_PER_STEP;
	s.step = 1000000;
	s.n = 4;
	s.early = true;
	pace_start(&p, &s, 0, 7);
	for (unsigned i = 0; i < 40000; i++, pace_take(&p)) {
		assert_int_equal(pace_due(&p), i / 4 * s.step);
		assert_in_range(p.lead, 0, s.step - 1);
		sum += (double)p.lead / 1e6;
		square += (double)p.lead / 1e6 * (double)p.lead / 1e6;
	}
	assert_true(fabs(sum / 40000 - 0.5) < 0.006 && fabs(square / 40000 - 1 / 3.0) < 0.006);
	s.shape = PACE_CONSTANT;
	pace_change(&p, &s, pace_due(&p));
	assert_int_equal(p.lead, 0);
}

static void a_step_that_has_begun_stays_as_it_is(void **state)
{
	struct pace_settings s = plain;
	struct pace p, other;

	(void)state;
	s.shape = PACE_PER_STEP;
	s.step = 1000;
	s.n = 10;
	pace_start(&p, &s, 0, 7);
	other = p;
	pace_take(&p);
	s.n = 3;
	s.step = 500;
	pace_change(&p, &s, 400);
	assert_true(pace_rate(&p, 400) == 3 / 500e-9);
	assert_int_equal(within(&p, 0, 1000), 9);
	assert_int_equal(within(&p, 1000, 500), 3);
	/* All of it are taken, the next one has not begun: it is of the new kind, and counted from where that one ends. */
	s.n = 2;
	s.step = 2000;
	pace_change(&p, &s, 1499);
	assert_int_equal(within(&p, 1500, 2000), 2);
	/* Off and on within a step: the next one is the first. */
	pace_take(&p);
	pace_restart(&p, 3600);
	assert_int_equal(within(&p, 5500, 2000), 2);
	pace_restart(&p, 20000);
	assert_int_equal(within(&p, 21500, 2000), 2);
	/* What changes nothing draws nothing. */
	s = plain;
	s.shape = PACE_PER_STEP;
	s.step = 1000;
	s.n = 10;
	s.rate = 5;
	p = other;
	pace_change(&p, &s, 0);
	assert_int_equal(pace_due(&p), pace_due(&other));
	/* From another shape and back. */
	s.shape = PACE_CONSTANT;
	s.rate = 1e6;
	pace_change(&p, &s, 1500);
	assert_int_equal(pace_due(&p), 2500);
	s.shape = PACE_PER_STEP;
	pace_change(&p, &s, 1700);
	assert_int_equal(within(&p, 2000, 1000), 10);
}

/* ---- control ---- */

static struct place nowhere(void *of)
{
	(void)of;
	return (struct place){ .sim_ns = 5 };
}

static const struct knob_hooks hooks = { .place = nowhere };

static void begin(struct control *c, struct opts *o)
{
	struct err e;

	clock_pretend(1000000000);
	*o = (struct opts){ 0 };
	control_init(c);
	assert_int_equal(param_init(rows, o, &e), 0);
	assert_non_null(control_lend(c, "m", rows, o, &hooks, o, &e));
	control_seal(c);
}

static void end(struct control *c, struct opts *o)
{
	control_free(c);
	param_free(rows, o);
	clock_pretend(-1);
}

static void paths_are_found_or_refused_with_the_nearest(void **state)
{
	struct control c;
	struct opts o;
	struct err e;

	(void)state;
	begin(&c, &o);
	assert_int_equal(control_set(&c, "m.volum", "1", BY_KEY, &e), -1);
	assert_string_equal(e.text, "unknown parameter 'volum' of 'm'; did you mean 'volume'?");
	assert_int_equal(control_set(&c, "n.volume", "1", BY_KEY, &e), -1);
	assert_string_equal(e.text, "there is no module or output 'n'");
	assert_int_equal(control_set(&c, "m.name", "y", BY_KEY, &e), -1);
	assert_string_equal(e.text, "m.name cannot change while running; set it in the scenario");
	assert_int_equal(c.n, 0);
	end(&c, &o);
}

static void undo_of_everything_gives_the_first_state(void **state)
{
	struct control c;
	struct opts o;
	struct err e;
	struct buf said;
	struct rng r;

	(void)state;
	begin(&c, &o);
	buf_init(&said, 1 << 20);
	rng_seed(&r, 3);
	for (int i = 0; i < 200; i++) {
		char value[40];

		clock_pretend(1000000000 + i * (int64_t)2000000000);    /* apart: nudges in a hurry are one group */
		snprintf(value, sizeof value, "%.2f", (double)rng_below(&r, 200) / 100);
		switch (rng_below(&r, 6)) {
		case 0: control_set(&c, "m.volume", value, BY_KEY, &e); break;
		case 1: control_nudge(&c, "m.wait", (double)rng_below(&r, 9) - 4, BY_KEY, &e); break;
		case 2: control_nudge(&c, "m.mode", 1, BY_KEY, &e); break;
		case 3: control_set(&c, "m.on", rng_below(&r, 2) ? "true" : "false", BY_KEY, &e); break;
		case 4: control_undo(&c, BY_KEY, &said, &e); break;
		default: control_redo(&c, BY_KEY, &said, &e); break;
		}
	}
	while (control_undo(&c, BY_KEY, &said, &e) == 0)
		;
	assert_string_equal(e.text, "nothing to undo");
	assert_true(o.volume == 0.2 && o.wait == 1000000000 && o.mode == 0 && o.on);
	buf_free(&said);
	end(&c, &o);
}

static void redo_gives_back_and_a_change_forgets_it(void **state)
{
	struct control c;
	struct opts o;
	struct err e;
	struct buf said;

	(void)state;
	begin(&c, &o);
	buf_init(&said, 1 << 16);
	control_set(&c, "m.volume", "0.5", BY_KEY, &e);
	control_set(&c, "m.volume", "0.7", BY_KEY, &e);
	control_undo(&c, BY_KEY, &said, &e);
	control_undo(&c, BY_KEY, &said, &e);
	assert_true(o.volume == 0.2);
	assert_int_equal(control_redo(&c, BY_KEY, &said, &e), 0);
	assert_true(o.volume == 0.5);
	assert_int_equal(control_redo(&c, BY_KEY, &said, &e), 0);
	assert_true(o.volume == 0.7);
	control_undo(&c, BY_KEY, &said, &e);
	control_set(&c, "m.volume", "1", BY_KEY, &e);
	assert_int_equal(control_redo(&c, BY_KEY, &said, &e), -1);
	buf_free(&said);
	end(&c, &o);
}

static void a_held_key_is_one_undo(void **state)
{
	struct control c;
	struct opts o;
	struct err e;
	struct buf said;

	(void)state;
	begin(&c, &o);
	buf_init(&said, 1 << 16);
	for (int i = 0; i < 10; i++)
		control_nudge(&c, "m.volume", 1, BY_KEY, &e);
	assert_true(fabs(o.volume - 0.3) < 1e-9);
	assert_int_equal(control_undo(&c, BY_KEY, &said, &e), 0);
	assert_true(o.volume == 0.2);
	assert_int_equal(c.n, 20);                      /* nothing is removed: ten entries and ten that take them back */
	buf_free(&said);
	end(&c, &o);
}

static void relative_values_are_understood(void **state)
{
	struct control c;
	struct opts o;
	struct err e;

	(void)state;
	begin(&c, &o);
	control_set(&c, "m.volume", "1", BY_KEY, &e);
	control_adjust(&c, "m.volume", "+10%", BY_KEY, &e);
	assert_true(fabs(o.volume - 1.1) < 1e-12);
	control_adjust(&c, "m.volume", "-0.1", BY_KEY, &e);
	control_adjust(&c, "m.volume", "*2", BY_KEY, &e);
	assert_true(o.volume == 2);
	control_adjust(&c, "m.wait", "+500ms", BY_KEY, &e);
	assert_int_equal(o.wait, 1500000000);
	assert_int_equal(control_adjust(&c, "m.mode", "+1", BY_KEY, &e), -1);
	end(&c, &o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_every_table_is_sound),
		cmocka_unit_test(a_refused_value_changes_nothing_and_says_why),
		cmocka_unit_test(faders_end_at_their_ends),
		cmocka_unit_test(every_shape_has_its_area),
		cmocka_unit_test(rates_from_a_fifth_to_a_million_are_exact),
		cmocka_unit_test(a_change_of_rate_keeps_the_phase_of_the_gap),
		cmocka_unit_test(skipping_counts_what_was_left_out),
		cmocka_unit_test(every_step_has_its_arrivals),
		cmocka_unit_test(arrivals_stand_uniformly_in_their_step),
		cmocka_unit_test(early_arrivals_stand_at_the_start_and_lead),
		cmocka_unit_test(a_step_that_has_begun_stays_as_it_is),
		cmocka_unit_test(paths_are_found_or_refused_with_the_nearest),
		cmocka_unit_test(undo_of_everything_gives_the_first_state),
		cmocka_unit_test(redo_gives_back_and_a_change_forgets_it),
		cmocka_unit_test(a_held_key_is_one_undo),
		cmocka_unit_test(relative_values_are_understood),
	};

	return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
