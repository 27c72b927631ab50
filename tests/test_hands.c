/* What hands do beside turning a knob: undo from an entry, presets, A/B, ramps; the sample; a tuned scenario. */
#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"
#include "core/preset.h"
#include "generators/table.h"
#include "scenario/export.h"

#define SECOND INT64_C(1000000000)

static double number(struct fake *f, const char *path)
{
	struct knobs *k;
	const struct param *p = control_find(&f->control, path, &k, NULL);

	assert_non_null(p);
	return param_number(p, k->opts);
}

/* ---- undo ---- */

static void undo_from_an_entry_takes_back_all_that_follows(void **state)
{
	struct fake f;
	struct buf said;
	struct err e;

	(void)state;
	fake_two(&f);
	buf_init(&said, 1000);
	assert_int_equal(control_undo_from(&f.control, 1, BY_KEY, &said, &e), -1);
	fake_press(&f, "one.rate", "20");                      /* entry 1 */
	fake_press(&f, "one.rate", "30");
	fake_press(&f, "two.value", "7");
	control_group_begin(&f.control);
	fake_press(&f, "one.mute", "true");
	fake_press(&f, "two.mute", "true");
	control_group_end(&f.control);
	assert_int_equal(control_undo_from(&f.control, 0, BY_KEY, &said, &e), -1);
	assert_string_equal(e.text, "the journal has entries 1 to 5, not 0");
	assert_int_equal(control_undo_from(&f.control, 6, BY_KEY, &said, &e), -1);
	assert_int_equal(control_undo_from(&f.control, 2, BY_KEY, &said, &e), 0);
	assert_string_equal(said.data, "undo from entry 2: 3 changes, 4 values");
	assert_true(number(&f, "one.rate") == 20 && number(&f, "two.value") == 42);
	assert_true(number(&f, "one.mute") == 0 && number(&f, "two.mute") == 0);
	/* What takes back cannot be taken back; redo goes forward again, change by change. */
	assert_int_equal(control_undo_from(&f.control, 2, BY_KEY, &said, &e), -1);
	assert_string_equal(e.text, "nothing from entry 2 on can be undone");
	for (int i = 0; i < 3; i++)
		assert_int_equal(control_redo(&f.control, BY_KEY, &said, &e), 0);
	assert_true(number(&f, "one.rate") == 30 && number(&f, "two.value") == 7 && number(&f, "two.mute") == 1);
	assert_int_equal(control_redo(&f.control, BY_KEY, &said, &e), -1);
	/* From the second half of a group on all of it goes. */
	assert_int_equal(control_undo_from(&f.control, f.control.n, BY_KEY, &said, &e), 0);
	assert_true(number(&f, "one.mute") == 0 && number(&f, "two.mute") == 0 && number(&f, "two.value") == 7);
	buf_free(&said);
	fake_end(&f);
}

static int add_custom(struct fake *f, const char *name, const char *value, struct err *e)
{
	char path[80];

	if (engine_add_module(f->engine, name, &generator_custom, e) < 0)
		return -1;
	snprintf(path, sizeof path, "%s.value", name);
	if (control_set(&f->control, path, value, BY_KEY, e) < 0 || engine_join(f->engine, name, e) < 0) {
		engine_drop(f->engine, name);
		return -1;
	}
	snprintf(path, sizeof path, "%s.present", name);
	return control_set(&f->control, path, "true", BY_KEY, e);
}

static void what_is_forgotten_is_no_longer_undone(void **state)
{
	struct fake f;
	struct buf said;
	struct err e;

	(void)state;
	fake_two(&f);
	buf_init(&said, 1000);
	fake_press(&f, "one.rate", "50");
	fake_press(&f, "two.value", "7");
	fake_press(&f, "two.present", "false");
	/* The old one is gone, and the new one is refused: undo goes on with what came before. */
	assert_int_equal(add_custom(&f, "two", "much", &e), -1);
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), 0);
	assert_true(number(&f, "one.rate") == 100);
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), -1);
	assert_string_equal(e.text, "nothing to undo");
	/* A later one of the name has a history of its own. */
	assert_int_equal(add_custom(&f, "two", "9", &e), 0);
	fake_press(&f, "two.value", "10");
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), 0);
	assert_true(number(&f, "two.value") == 9);
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), 0);
	assert_null(engine_module(f.engine, "two"));
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), -1);
	buf_free(&said);
	fake_end(&f);
}

/* ---- presets, A/B ---- */

static void a_preset_and_a_swap_are_one_change_each(void **state)
{
	struct fake f;
	struct presets all;
	struct buf text, said;
	struct err e;

	(void)state;
	fake_two(&f);
	presets_init(&all);
	buf_init(&text, PRESET_TEXT);
	buf_init(&said, 1000);
	fake_press(&f, "one.rate", "70");
	fake_press(&f, "one.volatility", "0.9");
	assert_int_equal(preset_capture(&f.control, "one", &text, &e), 0);
	assert_null(strstr(text.data, "outputs="));
	assert_null(strstr(text.data, "\non="));
	assert_int_equal(preset_keep(&all, "market", "wild", text.data, &e), 0);
	assert_int_equal(preset_keep(&all, "market", "no name", text.data, &e), -1);
	assert_non_null(preset_find(&all, "market", "wild"));
	assert_null(preset_find(&all, "custom", "wild"));
	fake_press(&f, "one.rate", "200");
	fake_press(&f, "one.volatility", "0.1");
	assert_int_equal(preset_apply(&f.control, "one", preset_find(&all, "market", "wild")->text, BY_KEY, &e), 2);
	assert_true(number(&f, "one.rate") == 70 && number(&f, "one.volatility") == 0.9);
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), 0);
	assert_true(number(&f, "one.rate") == 200 && number(&f, "one.volatility") == 0.1);
	/* One bad value, and nothing is set. */
	assert_int_equal(preset_apply(&f.control, "one", "rate=5\nvolatility=much\n", BY_KEY, &e), -1);
	assert_int_equal(preset_apply(&f.control, "one", "rate=5\noutputs=a\n", BY_KEY, &e), -1);
	assert_int_equal(preset_apply(&f.control, "one", "rate\n", BY_KEY, &e), -1);
	assert_true(number(&f, "one.rate") == 200);
	/* At first B is the scenario's setting. */
	assert_int_equal(preset_swap(&all, &f.control, "one", BY_KEY, &said, &e), 0);
	assert_true(number(&f, "one.rate") == 100 && number(&f, "one.volatility") == 0.35);
	assert_true(preset_hands(&all, "one")->on_b);
	fake_press(&f, "one.rate", "5");
	assert_int_equal(preset_swap(&all, &f.control, "one", BY_KEY, &said, &e), 0);
	assert_true(number(&f, "one.rate") == 200 && number(&f, "one.volatility") == 0.1);
	assert_int_equal(control_undo(&f.control, BY_KEY, &said, &e), 0);
	assert_true(number(&f, "one.rate") == 5 && number(&f, "one.volatility") == 0.35);
	buf_free(&text);
	buf_free(&said);
	presets_free(&all);
	fake_end(&f);
}

/* ---- ramps ---- */

static void check_ramp(enum ramp_shape shape, double quarter, double half)
{
	struct fake f;
	struct err e;

	fake_two(&f);
	fake_press(&f, "one.drift", "0");
	assert_int_equal(control_ramp(&f.control, "one.drift", "4", 4 * SECOND, shape, BY_KEY, &e), 0);
	fake_turn(&f, 100);
	assert_true(number(&f, "one.drift") == 0);
	fake_pass(&f, SECOND);
	assert_true(fabs(number(&f, "one.drift") - quarter) < 1e-4);
	fake_pass(&f, SECOND);
	assert_true(fabs(number(&f, "one.drift") - half) < 1e-4);
	fake_pass(&f, 2 * SECOND);
	assert_true(number(&f, "one.drift") == 4);
	assert_true(list_empty(&f.control.ramps));
	fake_end(&f);
}

static void shapes_of_ramps_begin_and_end_where_they_should(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	check_ramp(RAMP_LINEAR, 1, 2);
	check_ramp(RAMP_IN, 0.25, 1);
	check_ramp(RAMP_OUT, 1.75, 3);
	check_ramp(RAMP_IN_OUT, 0.625, 2);
	/* On a logarithmic knob equal times are equal factors. */
	fake_two(&f);
	assert_int_equal(control_ramp(&f.control, "two.rate", "1000", 2 * SECOND, RAMP_LINEAR, BY_KEY, &e), 0);
	fake_pass(&f, SECOND);
	assert_true(fabs(number(&f, "two.rate") - 100) < 0.01);
	assert_int_equal(control_ramp(&f.control, "two.on", "false", SECOND, RAMP_LINEAR, BY_KEY, &e), -1);
	assert_int_equal(control_ramp(&f.control, "one.symbols", "X", SECOND, RAMP_LINEAR, BY_KEY, &e), -1);
	assert_int_equal(control_ramp(&f.control, "a.ceiling", "5", SECOND, RAMP_LINEAR, BY_KEY, &e), -1);
	/* A set in between ends it. */
	fake_press(&f, "two.rate", "33");
	fake_pass(&f, 2 * SECOND);
	assert_true(number(&f, "two.rate") == 33);
	fake_end(&f);
}

/* ---- the sample of the stream ---- */

static unsigned sample(uint64_t every, int64_t step, uint64_t *numbers)
{
	struct fake f;
	unsigned n;

	fake_two(&f);
	fake_press(&f, "one.rate", "1000");
	engine_look_at_events(f.engine, every);
	for (int64_t t = 0; t < 2 * SECOND; t += step) {
		f.wall_ns += step - 1000000;
		fake_pass(&f, 1000000);
	}
	n = (unsigned)f.engine->tail.n;
	assert_true(n <= TAIL_ROOM);
	for (unsigned i = 0; i < n; i++) {
		const struct tail_event *ev = &f.engine->tail.ring[i];

		numbers[i] = ev->number;
		assert_true(i == 0 || numbers[i] > numbers[i - 1]);
		assert_int_equal(ev->n, strlen(ev->text));
		assert_string_equal(ev->outputs, "a");
	}
	fake_end(&f);
	return n;
}

static void the_sample_is_one_in_n_by_number(void **state)
{
	static uint64_t first[TAIL_ROOM], second[TAIL_ROOM];
	unsigned n = sample(10, 1000000, first);

	(void)state;
	assert_in_range(n, 190, 212);
	assert_int_equal(sample(10, 50000000, second), n);
	assert_memory_equal(first, second, n * sizeof *first);
	assert_int_equal(sample(0, 1000000, first), 0);
	assert_in_range(sample(100, 1000000, first), 17, 24);
}

static void the_sample_follows_the_rate(void **state)
{
	struct tail t;

	(void)state;
	tail_init(&t);
	tail_adapt(&t, 1e6);
	assert_int_equal(t.every, 0);           /* off is off */
	tail_set(&t, LOOK_AUTO);
	tail_adapt(&t, 30);
	assert_int_equal(t.every, 1);
	tail_adapt(&t, 4000);
	assert_int_equal(t.every, 100);
	tail_adapt(&t, 3000);
	assert_int_equal(t.every, 100);         /* not to and fro */
	tail_adapt(&t, 1500);
	assert_int_equal(t.every, 50);
	tail_set(&t, 7);
	tail_adapt(&t, 1e6);
	assert_int_equal(t.every, 7);
	tail_free(&t);
}

/* ---- a tuned scenario as text ---- */

struct secret_opts {
	char *password, *note;
	double level;
};

static const struct param secret_params[] = {
	P_SECRET(struct secret_opts, password, .help = "Secret."),
	P_TEXT(struct secret_opts, note, "", .flags = PARAM_LIVE, .help = "Text."),
	P_REAL(struct secret_opts, level, 0, 10, 1, .flags = PARAM_LIVE, .help = "Number."),
	P_END
};

static struct output_class safe;
static const struct output_class *const classes[] = { &fake_output_a, &safe, NULL };
static const struct catalogue catalogue = { .generators = generator_table, .outputs = classes, .compile = setting_compile };

struct tuned {
	struct control c;
	struct scenario sc;
	struct engine *en;
};

static void tuned_load(struct tuned *t, const char *text)
{
	struct report r;
	struct err e;

	control_init(&t->c);
	scenario_init(&t->sc);
	report_init(&r, "tuned.yaml");
	t->en = engine_new(&catalogue, &t->c, NULL, &e);
	assert_non_null(t->en);
	if (scenario_load(&t->sc, text, strlen(text), t->en, &t->c, &catalogue, &r) < 0)
		fail_msg("%u:%u: %s\n%s", r.first->line, r.first->column, r.first->text, text);
	assert_int_equal(scenario_prepare(&t->sc, t->en, &r), 0);
	assert_int_equal(engine_open(t->en, &e), 0);
	report_free(&r);
}

static void tuned_end(struct tuned *t, struct buf *to)
{
	scenario_export(&t->sc, t->en, &t->c, false, to);
	engine_free(t->en);
	scenario_free(&t->sc);
	control_free(&t->c);
}

static void tune(struct tuned *t, const char *path, const char *value)
{
	struct err e;

	if (control_set(&t->c, path, value, BY_KEY, &e) < 0)
		fail_msg("%s", e.text);
}

static const char written[] =
	"scenario: tuned\nseed: 7\nenv: [FLUX_NOTE, FLUX_PASSWORD]\nclock: {start: 2024-01-01T00:00:00Z, speed: 2.5, stop_after: 1m, drain: true}\nlimits: {rate: 5000}\n"
	"outputs:\n  safe: {type: safe, password: \"${env.FLUX_PASSWORD}\", note: \"x ${env.FLUX_NOTE}\"}\n  bare: {type: safe, password: hunter2}\n"
	"  a: {type: fake_a, queue: 1MiB}\n  old: {type: fake_a}\n"
	"modules:\n  ticks: {generator: market, rate: 500, symbols: [ACME, BOLT], pace: {shape: sine, period: 10s}, outputs: [a, old]}\n"
	"  sales: {generator: supermarket, rate: 40, \"on\": false}\n  gone: {generator: custom}\n  lost: {generator: custom, outputs: [old]}\n";

/* Remarks are for who reads it: on secrets, on what has no output any more. */
static void drop_remarks(char *text)
{
	char *at;

	while ((at = strstr(text, "    # "))) {
		char *end = strchr(at, '\n') + 1;

		memmove(at, end, strlen(end) + 1);
	}
}

static void an_export_reads_back_to_the_same_values(void **state)
{
	struct buf first, second;
	struct tuned t;

	(void)state;
	setenv("FLUX_NOTE", "of the house", 1);
	setenv("FLUX_PASSWORD", "swordfish", 1);
	safe = fake_output_a;
	safe.name = "safe";
	safe.params = secret_params;
	safe.opts_size = sizeof(struct secret_opts);
	buf_init(&first, 1 << 20);
	buf_init(&second, 1 << 20);
	clock_pretend(SECOND);
	tuned_load(&t, written);
	tune(&t, "ticks.rate", "1234.5");
	tune(&t, "ticks.volatility", "0.123456789");
	tune(&t, "ticks.pace_steps", "100, 200");
	tune(&t, "ticks.pace", "steps");
	tune(&t, "bare.note", "yes: \"no\", #1 \\ ${x} $${y}");
	tune(&t, "bare.level", "0.1");
	tune(&t, "sales.on", "true");
	tune(&t, "gone.present", "false");
	tune(&t, "old.present", "false");
	tune(&t, "clock.held", "true");
	tuned_end(&t, &first);
	assert_non_null(strstr(first.data, "password: \"${env.FLUX_PASSWORD}\""));
	assert_non_null(strstr(first.data, "note: \"x ${env.FLUX_NOTE}\""));
	assert_non_null(strstr(first.data, "# password is not written down"));
	assert_null(strstr(first.data, "hunter2"));
	assert_null(strstr(first.data, "swordfish"));
	assert_null(strstr(first.data, "of the house"));
	assert_null(strstr(first.data, "gone"));
	tuned_load(&t, first.data);
	assert_string_equal(((struct secret_opts *)t.en->outlets[1]->opts)->note, "yes: \"no\", #1 \\ ${x} $${y}");
	assert_true(t.en->slots[0]->routes.n == 1 && t.en->slots[2]->common.mute);
	assert_true(t.sc.set.speed == 2.5 && t.sc.set.seed == 7 && t.sc.set.rate_limit == 5000 && t.sc.set.for_ns == 60 * SECOND && t.sc.set.drain);
	tuned_end(&t, &second);
	drop_remarks(first.data);
	assert_string_equal(first.data, second.data);
	buf_free(&first);
	buf_free(&second);
	clock_pretend(-1);
}

static const char walks[] =
	"scenario: walks\nseed: 7\nclock: {start: 2024-01-01T00:00:00Z, stop_after: 1m, drain: true}\noutputs:\n  a: {type: fake_a}\n"
	"modules:\n  shop: {generator: flows, flows: [join, buy], pace: {shape: per_step, step: 2s, n: 3}, outputs: [a]}\n"
	"  all: {generator: flows, max_active: 50, outputs: [a]}\n"
	"events:\n  joined: {key: \"${id}\", fields: {id: \"${shortuuid(8)}\", mail: \"${email}\"}}\n"
	"  bought: {key: \"${user.id}\", fields: {id: \"${user.id}\", total: \"${round(uniform(1, 9), 2)}\", code: \"007\"}}\n"
	"entities:\n  user:\n    key: id\n    created_by: joined\n    initial: 9\n    announce: false\n    keep: 100\n    history: 5\n    bar: tier\n"
	"    state: {mail: {from: mail}, tier: 'new', code: \"007\", orders: 0, seen: {default: null, type: instant}}\n"
	"flows:\n  join: {weight: 2, steps: [{emit: joined, create: user}]}\n"
	"  buy:\n    select: {user: {where: \"orders < 50 and tier != 'gone'\", order: -orders}}\n    steps:\n"
	"      - emit: bought\n        with: {total: \"${round(2 * user.orders, 2)}\"}\n        add: {user.orders: 1}\n"
	"      - {wait: 5s, drop: 30%}\n      - branch: {75%: [{set: {user.tier: good}}, {wait: \"${exponential(4s)}\", drop: 5%}], 25%: [stop]}\n"
	"      - if: user.orders > 2\n        then: [{repeat: 2, do: [{emit: bought}]}]\n        else: [{call: join}]\n"
	"      - {borrow: {other: {entity: user, where: available}}, else: continue}\n      - retire: user\n";

static void an_export_has_entities_and_flows_with_their_faders(void **state)
{
	struct buf first, second;
	struct tuned t;

	(void)state;
	buf_init(&first, 1 << 20);
	buf_init(&second, 1 << 20);
	clock_pretend(SECOND);
	tuned_load(&t, walks);
	tuned_end(&t, &first);
	assert_non_null(strstr(first.data, "    flows: [\"join\", \"buy\"]\n"));
	assert_non_null(strstr(first.data, "    pace: per_step\n    pace_step: 2s\n    pace_n: 3\n"));
	assert_null(strstr(first.data, "drops:"));
	tuned_load(&t, first.data);
	tune(&t, "shop.flows.buy", "3.5");
	tune(&t, "shop.drops.buy.2", "62.5%");
	tune(&t, "all.flows.join", "0");
	buf_clear(&first);
	tuned_end(&t, &first);
	assert_non_null(strstr(first.data, "    flows: {\"join\": \"2\", \"buy\": \"3.5\"}\n    drops: {\"buy.2\": \"62.5%\", \"buy.5\": \"5%\"}\n"));
	assert_non_null(strstr(first.data, "    flows: {\"join\": \"0\", \"buy\": \"1\"}\n    max_active: 50\n"));
	assert_non_null(strstr(first.data, "\n  drain: true\n"));
	assert_non_null(strstr(first.data, "\nentities:\n  \"user\":\n    \"key\": \"id\"\n"));
	assert_non_null(strstr(first.data, "      \"code\": \"007\"\n      \"orders\": 0\n"));
	assert_non_null(strstr(first.data, "\nflows:\n  \"join\":\n    \"weight\": 2\n"));
	tuned_load(&t, first.data);
	assert_true(t.en->slots[0]->common.pace_step == 2 * SECOND && t.en->slots[0]->common.pace_n == 3);
	tuned_end(&t, &second);
	assert_string_equal(first.data, second.data);
	buf_free(&first);
	buf_free(&second);
	clock_pretend(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(undo_from_an_entry_takes_back_all_that_follows),
		cmocka_unit_test(what_is_forgotten_is_no_longer_undone),
		cmocka_unit_test(a_preset_and_a_swap_are_one_change_each),
		cmocka_unit_test(shapes_of_ramps_begin_and_end_where_they_should),
		cmocka_unit_test(the_sample_is_one_in_n_by_number),
		cmocka_unit_test(the_sample_follows_the_rate),
		cmocka_unit_test(an_export_reads_back_to_the_same_values),
		cmocka_unit_test(an_export_has_entities_and_flows_with_their_faders),
	};

	return cmocka_run_group_tests_name("hands", tests, NULL, NULL);
}
