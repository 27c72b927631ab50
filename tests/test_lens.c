/* The lens: what is made, what is promised, what would come next; and the weights of described events. */
#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/inside.h"
#include "core/preview.h"
#include "generators/table.h"
#include "scenario/export.h"

#define SECOND INT64_C(1000000000)

/* ---- a scenario with described events ---- */

static const struct output_class *const classes[] = { &fake_output_a, NULL };
static const struct catalogue catalogue = { .generators = generator_table, .outputs = classes, .compile = setting_compile };

struct deal {
	struct fake f;
	struct scenario sc;
};

static const char written[] =
	"scenario: deal\nseed: 7\nclock: {start: 2024-01-01T00:00:00Z}\n"
	"params:\n  mean: {default: 50, min: 1, max: 500}\n  lost: 20%\n"
	"outputs:\n  a: {type: fake_a, linger: 0s}\n"
	"modules:\n  shop: {generator: template, emit: {order: 3, note: 1}, rate: 100, pace: poisson}\n"
	"events:\n  order:\n    fields:\n      row: ${seq}\n      at: ${now}\n      total: ${round(mean * lognormal(1, 0.5), 2)}\n"
	"      lost: ${float(0, 1) < lost}\n      late: \"${lost ? null : mean * float(0, 1)}\"\n      size: ${pick([S, M, L], weights=[1, 2, 1])}\n"
	"  note: {fields: {text: \"note of ${first_name}\"}}\n";

static void open_text(struct deal *d, const char *text)
{
	fake_scenario(&d->f, &d->sc, &catalogue, text);
}

static void close_deal(struct deal *d)
{
	fake_end(&d->f);
	scenario_free(&d->sc);
}

static struct view_want with_lens = { .lens = true, .knobs_of = "shop" };

static const struct view *look(struct deal *d, const char *knob)
{
	const struct view *v;

	engine_look_at_field(d->f.engine, "shop", knob);
	v = view_make(d->f.engine, "deal", &with_lens);
	assert_non_null(v);
	return v;
}

/* Distance of two numbers as a share of the second. */
static double off(double a, double b)
{
	return fabs(a - b) / b;
}

/* ---- what is made ---- */

static void the_lens_knows_mean_and_spread(void **state)
{
	static const char *const values[] = { "10", "20", "30", "40" };
	struct view_want want = { .lens = true };
	const struct view *v;
	struct fake f;
	struct err e;

	(void)state;
	fake_two(&f);
	fake_press(&f, "two.on", "false");
	engine_look_at_field(f.engine, "two", "value");
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		fake_press(&f, "two.value", values[i]);
		assert_int_equal(engine_inject(f.engine, "two", &e), 0);
		assert_int_equal(engine_inject(f.engine, "one", &e), 0);        /* another module's events are not looked at */
	}
	engine_sample(f.engine);
	v = view_make(f.engine, "lens", &want);
	assert_non_null(v);
	assert_string_equal(v->lens.module, "two");
	assert_string_equal(v->lens.field, "value");
	assert_int_equal(v->lens.made.n, 4);
	assert_true(v->lens.made.mean == 25 && v->lens.made.min == 10 && v->lens.made.max == 40);
	assert_true(fabs(v->lens.made.sd * v->lens.made.sd - 125) < 1e-9 || fabs(v->lens.made.sd * v->lens.made.sd - 500.0 / 3) < 1e-9);
	assert_true(fabs(series_ago(&f.engine->lens.mean, 0) - 25) < 1e-6);
	assert_true(fabs(series_ago(&f.engine->lens.spread, 0) - sqrt(125)) < 1e-6);
	/* Without a value the trace stays; aimed anew it begins empty. */
	engine_sample(f.engine);
	assert_true(fabs(series_ago(&f.engine->lens.mean, 0) - 25) < 1e-6);
	engine_look_at_field(f.engine, "one", "rate");
	assert_int_equal(f.engine->lens.made.n, 0);
	engine_look_at_field(f.engine, NULL, NULL);
	assert_null(f.engine->lens.slot);
	view_drop(v);
	fake_end(&f);
}

/* The returns by hand: from the lines that went out, each symbol for itself. */
static void the_lens_takes_returns_of_each_key(void **state)
{
	double last[2] = { 0, 0 }, sum = 0, squares = 0;
	struct fake f;
	unsigned n = 0;

	(void)state;
	fake_two(&f);
	fake_press(&f, "one.rate", "500");
	engine_look_at_field(f.engine, "one", "volatility");
	assert_true(f.engine->lens.relative);
	fake_pass(&f, SECOND);
	for (const char *s = fake_a.got.data; (s = strstr(s, "\"symbol\":\"")); s++) {
		unsigned which = s[10] == 'B';
		double price = strtod(strstr(s, "\"price\":") + 8, NULL);

		if (last[which] > 0) {
			double r = log(price / last[which]);

			assert_true(n < LENS_ROOM && fabs(f.engine->lens.made.numbers[n] - r) < 1e-12);
			sum += r;
			squares += r * r;
			n++;
		}
		last[which] = price;
	}
	assert_in_range(n, 480, 500);
	assert_int_equal(f.engine->lens.made.n, n);
	engine_sample(f.engine);
	assert_true(fabs(series_ago(&f.engine->lens.mean, 0) - sum / n) < 1e-9);
	assert_true(fabs(series_ago(&f.engine->lens.spread, 0) - sqrt(squares / n - sum / n * sum / n)) < 1e-9);
	engine_look_at_field(f.engine, "one", "+");
	assert_true(!f.engine->lens.relative && f.engine->lens.made.n == 0);
	fake_end(&f);
}

/* ---- what is promised ---- */

static void what_is_made_is_what_is_promised(void **state)
{
	const struct view *v;
	struct deal d;

	(void)state;
	open_text(&d, written);
	view_drop(look(&d, "mean"));
	fake_pass(&d.f, 60 * SECOND);
	v = look(&d, "mean");
	assert_string_equal(v->lens.field, "order.total");
	assert_true(v->lens.made.n > 4000 && v->lens.promised.n == PROMISE_ROWS);
	for (unsigned i = 0; i < LENS_QUANTILES; i++)
		assert_true(off(v->lens.made.quantiles[i], v->lens.promised.quantiles[i]) < 0.1);       /* five deviations of the outer ones */
	view_drop(v);
	/* A turn is promised at once; made is what follows, and at first what was. */
	fake_press(&d.f, "params.mean", "200");
	v = look(&d, "mean");
	assert_true(v->lens.made.n == LENS_LEAST && v->lens.promised.n == PROMISE_ROWS);
	assert_true(off(v->lens.promised.quantiles[2], 4 * v->lens.made.quantiles[2]) < 0.1);
	view_drop(v);
	fake_pass(&d.f, 20 * SECOND);
	v = look(&d, "mean");
	assert_in_range(v->lens.made.n, 1300, 1700);
	assert_true(off(v->lens.made.quantiles[2], v->lens.promised.quantiles[2]) < 0.1);
	view_drop(v);
	close_deal(&d);
}

static void a_thought_is_promised_and_changes_nothing(void **state)
{
	struct view_want want = { .lens = true, .knob = "params.mean", .text = "500" };
	const struct view *v;
	double now;
	struct deal d;

	(void)state;
	open_text(&d, written);
	v = look(&d, "mean");
	now = v->lens.promised.quantiles[2];
	view_drop(v);
	v = view_make(d.f.engine, "deal", &want);
	assert_string_equal(v->lens.thought, "500");
	assert_true(off(v->lens.promised.quantiles[2], 10 * now) < 1e-3);      /* the same draws */
	view_drop(v);
	want.text = "+10%";
	v = view_make(d.f.engine, "deal", &want);
	assert_string_equal(v->lens.thought, "55");
	view_drop(v);
	want.text = "999";                                                      /* no value: the present one */
	v = view_make(d.f.engine, "deal", &want);
	assert_string_equal(v->lens.thought, "");
	assert_true(fabs(v->lens.promised.quantiles[2] - now) < 1e-12 && d.f.control.n == 0);
	view_drop(v);
	close_deal(&d);
}

static void nulls_and_words_have_shares(void **state)
{
	const struct view *v;
	struct deal d;

	(void)state;
	open_text(&d, written);
	view_drop(look(&d, "mean"));
	for (int i = 0; i < 2; i++)
		engine_look_at_field(d.f.engine, "shop", "+");
	fake_pass(&d.f, 30 * SECOND);
	v = view_make(d.f.engine, "deal", &with_lens);
	assert_string_equal(v->lens.field, "order.late");
	assert_true(fabs((double)v->lens.made.nulls / (double)v->lens.made.n - 0.2) < 0.05);
	assert_true(fabs((double)v->lens.promised.nulls / PROMISE_ROWS - 0.2) < 0.05);
	view_drop(v);
	engine_look_at_field(d.f.engine, "shop", "+");
	fake_pass(&d.f, 30 * SECOND);
	v = view_make(d.f.engine, "deal", &with_lens);
	assert_string_equal(v->lens.field, "order.size");
	assert_true(v->lens.in_words && v->lens.word_n == 3 && v->lens.different == 3);
	assert_string_equal(v->lens.words[0].text, "M");
	assert_true(fabs(v->lens.words[0].made - 0.5) < 0.06 && fabs(v->lens.words[0].promised - 0.5) < 0.06);
	view_drop(v);
	/* Round and round: the other event's field, the types themselves, and back. */
	engine_look_at_field(d.f.engine, "shop", "+");
	v = view_make(d.f.engine, "deal", &with_lens);
	assert_string_equal(v->lens.field, "note.text");
	view_drop(v);
	engine_look_at_field(d.f.engine, "shop", "+");
	v = view_make(d.f.engine, "deal", &with_lens);
	assert_string_equal(v->lens.field, "event");
	view_drop(v);
	engine_look_at_field(d.f.engine, "shop", "-");
	v = view_make(d.f.engine, "deal", &with_lens);
	assert_string_equal(v->lens.field, "note.text");
	view_drop(v);
	close_deal(&d);
}

/* However little time there is, it gets there, to the same end. */
static void a_promise_comes_in_slices(void **state)
{
	struct lens *l;
	struct deal d;
	double *whole = malloc(PROMISE_ROWS * sizeof *whole);
	uint64_t before = 0;

	(void)state;
	assert_non_null(whole);
	open_text(&d, written);
	view_drop(look(&d, "mean"));
	l = &d.f.engine->lens;
	assert_int_equal(l->promised.n, PROMISE_ROWS);
	memcpy(whole, l->promised.numbers, PROMISE_ROWS * sizeof *whole);
	lens_promise(l, "mean", 51, 0, 0);
	assert_in_range(l->promised.n, 1, 100);
	lens_promise(l, NULL, 0, 0, 0);
	for (unsigned turns = 0; l->promised.n < PROMISE_ROWS && turns < PROMISE_ROWS; turns++) {
		assert_in_range(l->promised.n - before, 1, 100);
		before = l->promised.n;
		lens_promise(l, NULL, 0, 0, 0);
	}
	assert_memory_equal(whole, l->promised.numbers, PROMISE_ROWS * sizeof *whole);
	free(whole);
	close_deal(&d);
}

/* ---- what would come next ---- */

static char *made(void)
{
	char *copy = malloc(fake_a.got.n + 1);

	assert_non_null(copy);
	return memcpy(copy, fake_a.got.data, fake_a.got.n + 1);
}

static void the_eye_leaves_the_stream_alone(void **state)
{
	struct view_want want = { .lens = true, .preview_of = "shop", .preview_n = 5, .knob = "params.lost", .text = "70%" };
	char *without = NULL, *with = NULL;
	struct deal d;

	(void)state;
	for (int eye = 0; eye < 2; eye++) {
		open_text(&d, written);
		for (int i = 0; i < 100; i++) {
			if (eye) {
				engine_look_at_field(d.f.engine, "shop", i % 10 ? "+" : i % 20 ? "lost" : "emit.note");
				view_drop(view_make(d.f.engine, "deal", &want));
			}
			fake_pass(&d.f, SECOND / 10);
		}
		*(eye ? &with : &without) = made();
		close_deal(&d);
	}
	assert_true(strlen(without) > 50000);
	assert_string_equal(without, with);
	free(without);
	free(with);
}

/* The records that were shown, and those that came: what stands between { and } without the envelope. */
static void check_come(const char *shown, const char *come, unsigned n)
{
	unsigned seen = 0;

	for (const char *s = shown, *c = come; *s && *c; seen++) {
		size_t length = strcspn(s, "\n") - 1, line = strcspn(c, "\n");
		char one[400], other[400];

		assert_true(length < sizeof one && line < sizeof other);
		snprintf(one, sizeof one, "%.*s", (int)length - 1, s + 1);
		snprintf(other, sizeof other, "%.*s", (int)line, c);
		if (!strstr(other, one))
			fail_msg("%s did not come, but %s", one, other);
		s += length + 1 + (s[length + 1] == '\n');
		c += line + (c[line] == '\n');
	}
	assert_int_equal(seen, n);
}

static void a_preview_is_what_comes(void **state)
{
	struct preview_turn turns[] = { { "mean", "200" }, { "emit.note", "9" }, { "rate", "50" } };
	struct buf shown;
	struct deal d;
	struct err e;

	(void)state;
	buf_init(&shown, 100000);
	for (unsigned turn_n = 0; turn_n < 4; turn_n++) {
		size_t from;

		open_text(&d, written);
		fake_pass(&d.f, SECOND);
		buf_clear(&shown);
		if (engine_preview(d.f.engine, "shop", turns, turn_n, 20, &shown, &e) < 0)
			fail_msg("%s", e.text);
		from = fake_a.got.n;
		if (turn_n > 0)
			fake_press(&d.f, "params.mean", "200");
		if (turn_n > 1)
			fake_press(&d.f, "shop.emit.note", "9");
		if (turn_n > 2)
			fake_press(&d.f, "shop.rate", "50");
		fake_pass(&d.f, SECOND);
		check_come(shown.data, fake_a.got.data + from, 20);
		close_deal(&d);
	}
	buf_free(&shown);
}

static void refused(struct deal *d, const char *module, const char *knob, const char *text, const char *why)
{
	struct preview_turn turn = { knob, text };
	struct buf b;
	struct err e;

	buf_init(&b, 10000);
	assert_int_equal(engine_preview(d->f.engine, module, &turn, knob != NULL, 3, &b, &e), -1);
	if (!strstr(e.text, why))
		fail_msg("'%s' does not say '%s'", e.text, why);
	buf_free(&b);
}

static void what_cannot_be_seen_is_refused(void **state)
{
	struct deal d;
	struct fake f;
	struct preview_turn turn = { "volatility", "1" };
	struct buf b;
	struct err e;

	(void)state;
	open_text(&d, written);
	refused(&d, "shop", "mean", "5000", "mean must be 1 to 500, not 5000");
	refused(&d, "shop", "maen", "5", "unknown parameter 'maen' of 'shop'");
	refused(&d, "shop", "emit.note", "31", "emit.note must be 0 to 30");
	refused(&d, "shop", "pace_depth", "50%", "no event of 'shop' depends on shop.pace_depth");
	refused(&d, "shop", "outputs", "a", "shop.outputs is not a number");
	refused(&d, "shoop", NULL, NULL, "did you mean 'shop'");
	assert_int_equal(d.f.control.n, 0);
	close_deal(&d);
	fake_two(&f);
	buf_init(&b, 10000);
	assert_int_equal(engine_preview(f.engine, "one", &turn, 1, 3, &b, &e), -1);
	assert_non_null(strstr(e.text, "generator 'market' cannot preview"));
	buf_free(&b);
	fake_end(&f);
}

/* ---- weights ---- */

static unsigned times(const char *text, const char *what)
{
	unsigned n = 0;

	while ((text = strstr(text, what))) {
		n++;
		text++;
	}
	return n;
}

static const char *emit_of(struct deal *d)
{
	struct knobs *k;
	const struct param *p = control_find(&d->f.control, "shop.emit", &k, NULL);

	return *(char **)(void *)((char *)k->opts + p->offset);
}

static void a_weight_is_a_fader(void **state)
{
	const struct view *v;
	struct buf said;
	struct deal d;
	struct err e;
	size_t from;

	(void)state;
	buf_init(&said, 1000);
	open_text(&d, written);
	fake_pass(&d.f, 10 * SECOND);
	assert_in_range(times(fake_a.got.data, "note of") * 1000 / times(fake_a.got.data, "\n"), 200, 300);
	fake_press(&d.f, "shop.emit.note", "27");
	assert_string_equal(emit_of(&d), "order=3\nnote=27");
	from = fake_a.got.n;
	fake_pass(&d.f, 10 * SECOND);
	assert_in_range(times(fake_a.got.data + from, "note of") * 1000 / times(fake_a.got.data + from, "\n"), 860, 940);
	v = look(&d, "emit.note");
	assert_string_equal(v->lens.field, "event");
	assert_true(fabs(v->lens.words[1].promised - 0.9) < 1e-9);
	/* The fader stands beside the parameters, and the option that it is a piece of does not say it again. */
	assert_true(v->modules[0].knob_n > 5);
	assert_string_equal(v->modules[0].knobs[3].path, "shop.emit.order");
	assert_string_equal(v->modules[0].knobs[4].path, "shop.emit.note");
	for (unsigned i = 0; i < v->modules[0].knob_n; i++)
		assert_string_not_equal(v->modules[0].knobs[i].name, "emit");
	view_drop(v);
	assert_int_equal(control_undo(&d.f.control, BY_KEY, &said, &e), 0);
	assert_string_equal(said.data, "undo shop.emit.note 27 → 1");
	assert_string_equal(emit_of(&d), "order=3\nnote=1");
	buf_free(&said);
	close_deal(&d);
}

static void without_any_weight_nothing_comes(void **state)
{
	struct deal d;
	size_t from;

	(void)state;
	open_text(&d, written);
	fake_pass(&d.f, SECOND);
	fake_press(&d.f, "shop.emit.order", "0");
	fake_press(&d.f, "shop.emit.note", "0");
	from = fake_a.got.n;
	fake_pass(&d.f, SECOND);
	assert_int_equal(fake_a.got.n, from);
	refused(&d, "shop", NULL, NULL, "'shop' would make nothing");
	fake_press(&d.f, "shop.emit.order", "1");
	fake_pass(&d.f, SECOND);
	assert_int_equal(times(fake_a.got.data + from, "note of"), 0);
	assert_in_range(times(fake_a.got.data + from, "\n"), 70, 130);
	close_deal(&d);
}

/* The same of a JSON file's, whose other events ref() finds in the lens, too. */
static void a_weight_of_a_file_is_a_fader(void **state)
{
	static const char kinds[] = "{\"events\": {\"order\": {\"weight\": 3, \"fields\": {\"id\": \"${uuid4}\", \"total\": \"${mean * 2}\"}},\n"
				    " \"note\": {\"fields\": {\"text\": \"note of ${ref('order', 0, 'id')}\"}}}}";
	char path[] = "/tmp/fluxdeck-kinds-XXXXXX", scenario[500];
	int fd = mkstemp(path);
	const struct view *v;
	struct buf text;
	struct deal d;
	size_t from;

	(void)state;
	assert_int_equal(write(fd, kinds, sizeof kinds - 1), sizeof kinds - 1);
	close(fd);
	snprintf(scenario, sizeof scenario, "seed: 7\nclock: {start: 2024-01-01}\nparams: {mean: 50}\noutputs: {a: {type: fake_a, linger: 0s}}\n"
		 "modules:\n  shop: {generator: template, file: %s, rate: 100, pace: poisson}\n", path);
	open_text(&d, scenario);
	fake_pass(&d.f, 10 * SECOND);
	assert_in_range(times(fake_a.got.data, "note of") * 1000 / times(fake_a.got.data, "\n"), 200, 300);
	assert_string_equal(emit_of(&d), "");
	refused(&d, "shop", "emit.note", "31", "emit.note must be 0 to 30");
	v = look(&d, "emit.note");
	assert_string_equal(v->modules[0].knobs[2].path, "shop.emit.order");
	assert_string_equal(v->modules[0].knobs[3].path, "shop.emit.note");
	assert_true(fabs(v->lens.words[1].promised - 0.25) < 1e-9);
	view_drop(v);
	fake_press(&d.f, "shop.emit.note", "27");
	assert_string_equal(emit_of(&d), "order=3\nnote=27");
	from = fake_a.got.n;
	fake_pass(&d.f, 10 * SECOND);
	assert_in_range(times(fake_a.got.data + from, "note of") * 1000 / times(fake_a.got.data + from, "\n"), 860, 940);
	v = look(&d, "mean");
	assert_string_equal(v->lens.field, "order.total");
	assert_true(v->lens.promised.n == PROMISE_ROWS && off(v->lens.promised.quantiles[2], 100) < 1e-9);
	view_drop(v);
	/* It is a scenario of its own: the file, and which of its events. */
	buf_init(&text, 100000);
	scenario_export(&d.sc, d.f.engine, &d.f.control, false, &text);
	assert_non_null(strstr(text.data, "    emit: {\"order\": \"3\", \"note\": \"27\"}\n    file: "));
	close_deal(&d);
	open_text(&d, text.data);
	fake_pass(&d.f, 10 * SECOND);
	assert_in_range(times(fake_a.got.data, "note of") * 1000 / times(fake_a.got.data, "\n"), 860, 940);
	buf_free(&text);
	close_deal(&d);
	unlink(path);
}

static void weights_are_ramped_and_exported(void **state)
{
	struct buf text;
	struct deal d;
	struct err e;

	(void)state;
	buf_init(&text, 100000);
	open_text(&d, written);
	fake_pass(&d.f, SECOND);
	assert_int_equal(control_ramp(&d.f.control, "shop.emit.note", "5", 2 * SECOND, RAMP_LINEAR, BY_KEY, &e), 0);
	fake_pass(&d.f, SECOND);
	assert_string_equal(emit_of(&d), "order=3\nnote=3");
	fake_pass(&d.f, 2 * SECOND);
	scenario_export(&d.sc, d.f.engine, &d.f.control, false, &text);
	assert_non_null(strstr(text.data, "    emit: {\"order\": \"3\", \"note\": \"5\"}\n"));
	assert_null(strstr(text.data, "emit.note"));
	buf_clear(&text);
	scenario_export(&d.sc, d.f.engine, &d.f.control, true, &text);
	assert_non_null(strstr(text.data, "    emit: {\"order\": \"3\", \"note\": \"1\"}\n"));
	buf_free(&text);
	close_deal(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lens_knows_mean_and_spread),
		cmocka_unit_test(the_lens_takes_returns_of_each_key),
		cmocka_unit_test(what_is_made_is_what_is_promised),
		cmocka_unit_test(a_thought_is_promised_and_changes_nothing),
		cmocka_unit_test(nulls_and_words_have_shares),
		cmocka_unit_test(a_promise_comes_in_slices),
		cmocka_unit_test(the_eye_leaves_the_stream_alone),
		cmocka_unit_test(a_preview_is_what_comes),
		cmocka_unit_test(what_cannot_be_seen_is_refused),
		cmocka_unit_test(a_weight_is_a_fader), cmocka_unit_test(a_weight_of_a_file_is_a_fader),
		cmocka_unit_test(without_any_weight_nothing_comes),
		cmocka_unit_test(weights_are_ramped_and_exported),
	};

	return cmocka_run_group_tests_name("lens", tests, NULL, NULL);
}
