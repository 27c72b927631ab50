/* Line mode: bytes in, lines out, with a fake engine. */
#include "tests/fake.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "ui/line.h"

/* Two lines on one engine whose clock only the test moves: until then every event number is 0. */
struct desk {
	struct fake f;
	struct line mine, other;
};

static const struct command *const tables[] = { core_commands, NULL };

static void desk_begin(struct desk *d)
{
	struct deck deck;

	fake_begin(&d->f);
	d->f.set.speed = 1;
	fake_output(&d->f, "a", &fake_output_a, "");
	fake_module(&d->f, "ticks", "market", "rate=1000");
	fake_open(&d->f);
	deck = (struct deck){ .engine = d->f.engine, .control = &d->f.control, .scenario = "fake", .by = BY_KEY, .tables = tables };
	line_init(&d->mine, &deck);
	line_init(&d->other, &deck);
}

static void desk_end(struct desk *d)
{
	line_free(&d->mine);
	line_free(&d->other);
	fake_end(&d->f);
}

static void feed(struct line *l, const char *text)
{
	line_feed(l, text, strlen(text));
}

/* What was said since the last time is exactly this. */
#define says(l, text) \
	do { \
		assert_string_equal((l)->out.data, text); \
		buf_clear(&(l)->out); \
	} while (0)

static void an_answer_is_a_line_with_the_event_number(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	feed(&d.mine, "set ticks.rate 60\n");
	says(&d.mine, "ok  0  ticks.rate = 60 /s\n");
	fake_pass(&d.f, 1000000000);
	feed(&d.mine, "set ticks.rate 70\nmark here\n");
	says(&d.mine, "ok  60  ticks.rate = 70 /s\nok  60  mark here\n");
	feed(&d.mine, "watch ticks.on\n");
	says(&d.mine, "ok  60  watching ticks.on every 5s\n");
	desk_end(&d);
}

static void a_refusal_says_why_and_changes_nothing(void **state)
{
	struct desk d;
	uint64_t n;

	(void)state;
	desk_begin(&d);
	n = d.f.control.n;
	feed(&d.mine, "set ticks.rat 60\nset\nste\n");
	says(&d.mine, "error  unknown parameter 'rat' of 'ticks'; did you mean 'rate'?\n"
		      "error  set PATH VALUE: Gives a parameter a value, with its unit.\n"
		      "error  unknown command 'ste'; did you mean 'set' or 'step'?\n");
	assert_int_equal(d.f.control.n, n);
	says(&d.other, "");
	desk_end(&d);
}

static void lines_may_come_in_any_pieces(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	for (const char *s = "\n  # nothing\n#\nset ticks.rate 60\r\n\r\nse"; *s; s++)
		line_feed(&d.mine, s, 1);
	says(&d.mine, "ok  0  ticks.rate = 60 /s\n");
	feed(&d.mine, "t ticks.rate 70");
	says(&d.mine, "");
	line_finish(&d.mine);
	says(&d.mine, "ok  0  ticks.rate = 70 /s\n");
	line_finish(&d.mine);
	says(&d.mine, "");
	desk_end(&d);
}

static void a_line_that_is_too_long_is_refused_once_and_skipped(void **state)
{
	struct desk d;
	char long_line[COMMAND_LINE * 3];

	(void)state;
	desk_begin(&d);
	memset(long_line, 'x', sizeof long_line);
	line_feed(&d.mine, long_line, sizeof long_line);
	says(&d.mine, "error  a command has at most 4095 bytes\n");
	feed(&d.mine, "\nset ticks.rate 60\n");
	says(&d.mine, "ok  0  ticks.rate = 60 /s\n");
	/* The longest that is none. */
	memset(long_line, ' ', COMMAND_LINE - 1);
	memcpy(long_line, "show ticks.rat", 14);
	long_line[COMMAND_LINE - 1] = '\n';
	line_feed(&d.mine, long_line, COMMAND_LINE);
	says(&d.mine, "error  unknown parameter 'rat' of 'ticks'; did you mean 'rate'?\n");
	desk_end(&d);
}

static void a_nul_byte_does_not_cut_a_command_short(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	line_feed(&d.mine, "set ticks.rate 60\0 00\n", 22);
	says(&d.mine, "error  a line with a NUL byte is no command\n");
	says(&d.other, "");
	desk_end(&d);
}

static void further_lines_are_indented_and_control_characters_are_not_echoed(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	feed(&d.mine, "commands\n");
	assert_memory_equal(d.mine.out.data, "ok  0  watch ", 13);
	assert_non_null(strstr(d.mine.out.data, "\n  quiet on|off: "));
	assert_null(strstr(d.mine.out.data, "\nquiet"));
	buf_clear(&d.mine.out);
	feed(&d.mine, "mark a\033[2Jb\n\033[2J\n");
	says(&d.mine, "ok  0  mark a?[2Jb\nerror  unknown command '?[2J'\n");
	says(&d.other, "change  0  mark a?[2Jb (command)\n");
	desk_end(&d);
}

static void changes_of_others_are_told_and_our_own_are_not(void **state)
{
	struct desk d;
	struct err e;

	(void)state;
	desk_begin(&d);
	feed(&d.mine, "set ticks.rate 60\n");
	says(&d.mine, "ok  0  ticks.rate = 60 /s\n");
	says(&d.other, "change  0  ticks.rate 1000 → 60 (command)\n");
	feed(&d.other, "undo\n");
	says(&d.mine, "change  0  undo ticks.rate 60 → 1000 (command)\n");
	buf_clear(&d.other.out);
	assert_int_equal(control_set(&d.f.control, "ticks.on", "false", BY_KEY, &e), 0);
	says(&d.mine, "change  0  ticks.on true → false (key)\n");
	says(&d.other, "change  0  ticks.on true → false (key)\n");
	feed(&d.mine, "quiet on\n");
	buf_clear(&d.mine.out);
	feed(&d.other, "start ticks\n");
	says(&d.mine, "");
	feed(&d.mine, "quiet maybe\nquiet off\n");
	says(&d.mine, "error  quiet is on or off, not 'maybe'\nok  0  changes of others are told\n");
	feed(&d.other, "stop ticks\n");
	says(&d.mine, "change  0  ticks.on true → false (command)\n");
	desk_end(&d);
}

static void a_line_that_is_gone_is_told_nothing(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	line_free(&d.other);
	feed(&d.mine, "set ticks.rate 60\n");
	says(&d.mine, "ok  0  ticks.rate = 60 /s\n");
	assert_ptr_equal(d.f.control.watches.next, &d.mine.watch.link);
	assert_ptr_equal(d.f.control.watches.prev, &d.mine.watch.link);
	line_init(&d.other, &d.mine.deck);
	desk_end(&d);
}

static void what_is_watched_is_said_when_it_is_due(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	assert_int_equal(line_due(&d.mine), INT64_MAX);
	feed(&d.mine, "watch ticks.on 1s\n");
	says(&d.mine, "ok  0  watching ticks.on every 1s\n");
	assert_true(line_due(&d.mine) <= 5000000000);
	line_tick(&d.mine, 5000000000);
	says(&d.mine, "ticks.on  true\n");
	assert_int_equal(line_due(&d.mine), 6000000000);
	line_tick(&d.mine, 5999999999);
	says(&d.mine, "");
	/* In step, though somebody came late; and after a long silence it is said once. */
	line_tick(&d.mine, 6100000000);
	says(&d.mine, "ticks.on  true\n");
	assert_int_equal(line_due(&d.mine), 7000000000);
	line_tick(&d.mine, 99000000000);
	says(&d.mine, "ticks.on  true\n");
	assert_int_equal(line_due(&d.mine), 100000000000);
	/* Again with another span: still one watch. */
	feed(&d.mine, "watch ticks.on 250ms\nwatch ticks.on\n");
	says(&d.mine, "ok  0  watching ticks.on every 250ms\nok  0  watching ticks.on every 5s\n");
	assert_int_equal(d.mine.watch_n, 1);
	feed(&d.mine, "unwatch ticks.rate\nunwatch ticks.on\n");
	says(&d.mine, "error  'ticks.rate' is not watched\nok  0  not watching ticks.on any more\n");
	assert_int_equal(line_due(&d.mine), INT64_MAX);
	desk_end(&d);
}

static void watching_refuses_what_is_not_there(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	feed(&d.mine, "watch ticks.rat\nwatch ticks.rate 5\nwatch ticks.rate 10ms\nwatch ticks.rate 2d\n");
	says(&d.mine, "error  unknown parameter 'rat' of 'ticks'; did you mean 'rate'?\n"
		      "error  '5' is not a duration (like 250ms, 10s, 1m30s, 2h, 30d)\n"
		      "error  watch takes a span of 250ms to 24h, not 10ms\n"
		      "error  watch takes a span of 250ms to 24h, not 2d\n");
	assert_int_equal(d.mine.watch_n, 0);
	desk_end(&d);
}

/* A module goes away while it is watched. */
static void what_is_gone_is_not_watched_any_longer(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	feed(&d.mine, "watch ticks.on\nwatch status\n");
	buf_clear(&d.mine.out);
	strcpy(d.mine.watches[0].what, "tocks.on");
	line_tick(&d.mine, 1000000000);
	assert_memory_equal(d.mine.out.data, "error  there is no module or output 'tocks'; did you mean 'ticks'?\nstatus  run ", 78);
	assert_int_equal(d.mine.watch_n, 1);
	feed(&d.mine, "unwatch\n");
	assert_int_equal(d.mine.watch_n, 0);
	desk_end(&d);
}

static void a_rate_is_said_with_what_limits_it(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	for (int i = 0; i < 8; i++) {
		fake_pass(&d.f, 250000000);
		engine_sample(d.f.engine);
	}
	feed(&d.mine, "watch ticks.rate\n");
	buf_clear(&d.mine.out);
	line_tick(&d.mine, 10000000000);
	says(&d.mine, "ticks.rate  target 1000/s  actual 1000/s\n");
	feed(&d.other, "hold\n");
	buf_clear(&d.mine.out);
	for (int i = 0; i < 8; i++) {
		fake_pass(&d.f, 250000000);
		engine_sample(d.f.engine);
	}
	line_tick(&d.mine, 15000000000);
	says(&d.mine, "ticks.rate  target 1000/s  actual 0/s  limited by held\n");
	desk_end(&d);
}

static void warnings_and_errors_are_told_as_they_come(void **state)
{
	struct desk d;

	(void)state;
	log_warn("test", "before anybody listened");
	desk_begin(&d);
	line_tick(&d.mine, 1);
	says(&d.mine, "");
	log_error("test", "one");
	log_info("test", "two");
	log_warn("test", "three");
	assert_int_equal(line_due(&d.mine), INT64_MIN);
	line_tick(&d.mine, 2);
	says(&d.mine, "log  E test  one\nlog  W test  three\n");
	assert_int_equal(line_due(&d.mine), INT64_MAX);
	for (int i = 0; i < LOG_RING + 10; i++)
		log_warn("test", "%d", i);
	line_tick(&d.mine, 3);
	assert_memory_equal(d.mine.out.data, "log  W test  10\n", 16);
	buf_clear(&d.mine.out);
	desk_end(&d);
}

static void bye_is_the_last_line(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	feed(&d.mine, "watch ticks.on\nbye\nset ticks.rate 60\n");
	says(&d.mine, "ok  0  watching ticks.on every 5s\nbye  0  as you wish\n");
	assert_true(d.mine.ended);
	feed(&d.other, "set ticks.rate 70\n");
	line_tick(&d.mine, 10000000000);
	line_bye(&d.mine, "again");
	says(&d.mine, "");
	assert_int_equal(line_due(&d.mine), INT64_MAX);
	buf_clear(&d.other.out);
	line_bye(&d.other, "the run has ended");
	says(&d.other, "bye  0  the run has ended\n");
	assert_true(d.other.ended);
	desk_end(&d);
}

static void who_does_not_read_is_seen(void **state)
{
	struct desk d;
	struct buf taken;

	(void)state;
	desk_begin(&d);
	buf_init(&taken, LINE_UNREAD);
	for (int i = 0; i < 1000; i++)
		feed(&d.mine, "commands\n");
	assert_false(buf_ok(&d.mine.out));
	line_take(&d.mine, &taken);
	assert_true(buf_ok(&d.mine.out));
	feed(&d.mine, "mark x\n");
	says(&d.mine, "ok  0  mark x\n");
	buf_free(&taken);
	desk_end(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_a_line_with_the_event_number),
		cmocka_unit_test(a_refusal_says_why_and_changes_nothing),
		cmocka_unit_test(lines_may_come_in_any_pieces),
		cmocka_unit_test(a_line_that_is_too_long_is_refused_once_and_skipped),
		cmocka_unit_test(a_nul_byte_does_not_cut_a_command_short),
		cmocka_unit_test(further_lines_are_indented_and_control_characters_are_not_echoed),
		cmocka_unit_test(changes_of_others_are_told_and_our_own_are_not),
		cmocka_unit_test(a_line_that_is_gone_is_told_nothing),
		cmocka_unit_test(what_is_watched_is_said_when_it_is_due),
		cmocka_unit_test(watching_refuses_what_is_not_there),
		cmocka_unit_test(what_is_gone_is_not_watched_any_longer),
		cmocka_unit_test(a_rate_is_said_with_what_limits_it),
		cmocka_unit_test(warnings_and_errors_are_told_as_they_come),
		cmocka_unit_test(bye_is_the_last_line),
		cmocka_unit_test(who_does_not_read_is_seen),
	};

	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
