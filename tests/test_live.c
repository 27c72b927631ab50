/* Adding, removing and routing while the run goes on, and what looks at it: nothing is lost, and the others do not notice. */
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "core/inside.h"

#define SECOND INT64_C(1000000000)

/* ---- as the command `add` does it ---- */

static int give_values(struct fake *f, const char *name, const char *values, struct err *e)
{
	while (*values) {
		char path[200], value[400];
		size_t n = strcspn(values, ";"), eq = strcspn(values, "=");

		snprintf(path, sizeof path, "%s.%.*s", name, (int)eq, values);
		snprintf(value, sizeof value, "%.*s", (int)(n - eq - 1), values + eq + 1);
		if (control_set(&f->control, path, value, BY_COMMAND, e) < 0)
			return -1;
		values += n + (values[n] == ';');
	}
	return 0;
}

static int present(struct fake *f, const char *name, bool there, struct err *e)
{
	char path[100];

	snprintf(path, sizeof path, "%s.present", name);
	return control_set(&f->control, path, there ? "true" : "false", BY_COMMAND, e);
}

/* A module of a generator, or (NULL) an output of a class. */
static int add(struct fake *f, const char *name, const char *generator, const struct output_class *class, const char *values, struct err *e)
{
	const struct generator_class *g = generator ? catalogue_generator(&fake_catalogue, generator, e) : NULL;

	if (!g && !class)
		return -1;
	if ((g ? engine_add_module(f->engine, name, g, e) : engine_add_output(f->engine, name, class, e)) < 0)
		return -1;
	if (give_values(f, name, values, e) == 0 && engine_join(f->engine, name, e) == 0)
		return present(f, name, true, e);
	engine_drop(f->engine, name);
	return -1;
}

static void must(int result, const struct err *e)
{
	if (result < 0)
		fail_msg("%s", e->text);
}

static void undo(struct fake *f)
{
	struct buf said;
	struct err e;

	buf_init(&said, 1000);
	must(control_undo(&f->control, BY_KEY, &said, &e), &e);
	buf_free(&said);
}

/* ---- what an output got ---- */

/* Its lines that contain a text. */
static unsigned lines_with(const struct buf *b, const char *text, struct buf *to)
{
	unsigned n = 0;

	for (const char *s = b->data, *end = s + b->n; s && s < end;) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t len = stop ? (size_t)(stop - s) + 1 : (size_t)(end - s);

		if (memmem(s, len, text, strlen(text))) {
			n++;
			if (to)
				buf_add(to, s, len);
		}
		s += len;
	}
	return n;
}

static uint64_t hash_with(const struct buf *b, const char *text)
{
	struct buf only;
	uint64_t hash;

	buf_init(&only, (size_t)1 << 28);
	lines_with(b, text, &only);
	hash = digest_bytes(only.data, only.n, 0);
	buf_free(&only);
	return hash;
}

/* The ids, twelve characters each, of the lines with a text. */
static void ids_with(const struct buf *b, const char *text, struct buf *ids)
{
	struct buf only;

	buf_init(&only, (size_t)1 << 28);
	lines_with(b, text, &only);
	for (const char *s = only.data; (s = strstr(s, "\"sys__eid\":\"")); s += 12)
		buf_add(ids, s + 12, 12);
	buf_free(&only);
}

static int by_id(const void *a, const void *b)
{
	return memcmp(a, b, 12);
}

static void check_ids_are_unique(const struct buf *b)
{
	struct buf ids;

	buf_init(&ids, 1 << 24);
	ids_with(b, "", &ids);
	qsort(ids.data, ids.n / 12, 12, by_id);
	for (size_t i = 12; i < ids.n; i += 12)
		assert_int_not_equal(memcmp(ids.data + i - 12, ids.data + i, 12), 0);
	buf_free(&ids);
}

static void check_event_time_order(const struct buf *b)
{
	int64_t before = 0;

	for (const char *s = b->data; s && (s = strstr(s, "\"sys__ets\":")); s++) {
		int64_t at = strtoll(s + 11, NULL, 10);

		assert_true(at >= before);
		before = at;
	}
}

static void begin(struct fake *f)
{
	fake_begin(f);
	f->set.speed = 1;
	fake_output(f, "a", &fake_output_a, "linger=0s");
}

/* ---- modules ---- */

static void an_added_module_has_ids_and_a_stream_of_its_own(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	begin(&f);
	fake_module(&f, "one", "market", "rate=100;symbols=ACME");
	fake_open(&f);
	fake_pass(&f, SECOND);
	must(add(&f, "two", "market", NULL, "rate=50;symbols=BOLT", &e), &e);
	must(add(&f, "three", "market", NULL, "rate=50;symbols=BOLT", &e), &e);
	fake_pass(&f, 2 * SECOND);
	assert_in_range(f.engine->slots[1]->made, 99, 101);
	assert_int_equal(f.engine->slots[0]->made, 300);
	assert_int_equal(lines_with(&fake_a.got, "BOLT", NULL), f.engine->slots[1]->made + f.engine->slots[2]->made);
	/* The same settings, and other numbers: the stream is keyed by the name. */
	assert_true(f.engine->slots[1]->pub.seed == f.engine->slots[2]->pub.seed);
	assert_int_not_equal(f.engine->slots[1]->id_key, f.engine->slots[2]->id_key);
	check_ids_are_unique(&fake_a.got);
	check_event_time_order(&fake_a.got);
	fake_end(&f);
}

enum { ALONE, BESIDE, SHARED };

static uint64_t bytes_of_one(int how)
{
	struct fake f;
	struct err e;
	uint64_t hash;

	begin(&f);
	fake_output(&f, "b", &fake_output_b, "");
	fake_module(&f, "one", "market", "rate=300;symbols=ACME;model=realistic;pace=poisson;outputs=a");
	fake_open(&f);
	fake_pass(&f, SECOND);
	if (how != ALONE)
		must(add(&f, "two", "market", NULL, how == SHARED ? "rate=70;symbols=BOLT;outputs=a,b" : "rate=70;symbols=BOLT;outputs=b", &e), &e);
	fake_pass(&f, SECOND);
	if (how != ALONE)
		must(present(&f, "two", false, &e), &e);
	fake_pass(&f, SECOND);
	assert_in_range(lines_with(&fake_a.got, "ACME", NULL), 700, 1100);
	assert_true(how == ALONE || lines_with(&fake_b.got, "BOLT", NULL) >= 69);
	hash = hash_with(&fake_a.got, "ACME");
	fake_end(&f);
	return hash;
}

static void the_others_do_not_notice_what_comes_and_goes(void **state)
{
	uint64_t alone = bytes_of_one(ALONE);

	(void)state;
	assert_int_equal(bytes_of_one(BESIDE), alone);
	assert_int_equal(bytes_of_one(SHARED), alone);
}

static void ids_of_a_run(bool interrupted, struct buf *ids)
{
	struct fake f;
	struct err e;
	uint64_t made;

	begin(&f);
	fake_module(&f, "one", "market", "rate=100;symbols=ACME");
	fake_open(&f);
	fake_pass(&f, SECOND);
	fake_press(&f, "one.rate", "200");
	fake_pass(&f, SECOND);
	if (interrupted) {
		made = f.engine->slots[0]->made;
		must(present(&f, "one", false, &e), &e);
		assert_null(engine_module(f.engine, "one"));
		assert_null(engine_module_name(f.engine, 0));
		assert_int_equal(control_set(&f.control, "one.rate", "5", BY_KEY, &e), -1);
		fake_pass(&f, SECOND);
		assert_int_equal(f.engine->slots[0]->made, made);
		undo(&f);
		assert_true(f.engine->slots[0]->common.rate == 200);
	}
	fake_pass(&f, SECOND);
	assert_in_range(f.engine->slots[0]->made, 499, 501);
	check_event_time_order(&fake_a.got);
	ids_with(&fake_a.got, "ACME", ids);
	fake_end(&f);
}

static void removed_and_brought_back_a_module_goes_on_where_it_was(void **state)
{
	struct buf whole, cut;

	(void)state;
	buf_init(&whole, 1 << 20);
	buf_init(&cut, 1 << 20);
	ids_of_a_run(false, &whole);
	ids_of_a_run(true, &cut);
	/* Ids are made of the number of the event: no number twice, none left out. */
	assert_in_range(cut.n / 12, 499, 501);
	assert_memory_equal(whole.data, cut.data, whole.n < cut.n ? whole.n : cut.n);
	buf_free(&whole);
	buf_free(&cut);
}

static void a_name_is_free_again_after_removal(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	begin(&f);
	fake_output(&f, "b", &fake_output_b, "");
	fake_module(&f, "one", "market", "rate=100;symbols=ACME");
	fake_open(&f);
	fake_pass(&f, SECOND);
	assert_int_equal(add(&f, "one", "custom", NULL, "", &e), -1);
	assert_string_equal(e.text, "there is already a module 'one'");
	assert_int_equal(add(&f, "b", NULL, &fake_output_b, "", &e), -1);
	assert_int_equal(add(&f, "a", "custom", NULL, "", &e), -1);
	must(present(&f, "one", false, &e), &e);
	must(add(&f, "one", "market", NULL, "rate=100;symbols=ACME", &e), &e);
	fake_pass(&f, SECOND);
	assert_int_equal(f.engine->slot_n, 1);
	assert_in_range(lines_with(&fake_a.got, "ACME", NULL), 199, 201);
	check_ids_are_unique(&fake_a.got);              /* of the same name, and yet its own */
	must(present(&f, "b", false, &e), &e);
	fake_pass(&f, SECOND);
	must(add(&f, "b", NULL, &fake_output_b, "", &e), &e);
	fake_end(&f);
}

/* ---- outputs ---- */

static void check_sum(const struct outlet *o)
{
	assert_int_equal(o->offered, o->delivered + o->failed + o->dropped);
}

static void a_removed_output_still_sends_what_it_has(void **state)
{
	static const enum fake_mood moods[] = { FAKE_HOLDS, FAKE_FULL };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(moods); i++) {
		struct fake f;
		const struct outlet *o;
		struct err e;
		uint64_t offered;

		begin(&f);
		fake_output(&f, "b", &fake_output_b, "linger=0s");
		fake_module(&f, "one", "custom", "rate=20");
		fake_open(&f);
		o = f.engine->outlets[1];
		fake_b.mood = moods[i];
		fake_pass(&f, SECOND);
		offered = o->offered;
		assert_int_equal(outlet_in_flight(o), 20);
		must(present(&f, "b", false, &e), &e);
		fake_pass(&f, SECOND);
		assert_int_equal(o->offered, offered);          /* nothing new */
		assert_int_equal(outlet_in_flight(o), 20);
		assert_false(o->ended);
		assert_null(engine_output(f.engine, "b"));
		/* Its name is not free as long as it sends. */
		assert_int_equal(add(&f, "b", NULL, &fake_output_b, "", &e), -1);
		fake_check_accounts(&f);
		fake_b.mood = FAKE_TAKES;
		fake_settle(&fake_b);
		output_ready(fake_b.output);
		fake_pass(&f, SECOND);
		assert_true(o->ended);
		assert_int_equal(o->delivered, 20);
		assert_int_equal(lines_with(&fake_b.got, "custom", NULL), 20);
		check_sum(o);
		assert_int_equal(lines_with(&fake_a.got, "custom", NULL), 60);
		fake_end(&f);
	}
}

static void a_removed_output_that_is_broken_gives_up(void **state)
{
	struct fake f;
	const struct outlet *o;
	struct err e;

	(void)state;
	begin(&f);
	fake_output(&f, "b", &fake_output_b, "linger=0s");
	fake_module(&f, "one", "custom", "rate=20");
	fake_open(&f);
	o = f.engine->outlets[1];
	fake_b.mood = FAKE_BROKEN;
	fake_pass(&f, SECOND);
	assert_int_equal(o->state, OUTLET_BROKEN);
	must(present(&f, "b", false, &e), &e);
	fake_pass(&f, SECOND);
	assert_true(o->ended);
	assert_int_equal(o->dropped, 20);
	check_sum(o);
	/* Back, it is opened anew and gets what comes from now on. */
	fake_b.mood = FAKE_TAKES;
	undo(&f);
	fake_pass(&f, SECOND);
	assert_int_equal(o->state, OUTLET_OK);
	assert_int_equal(lines_with(&fake_b.got, "custom", NULL), 20);
	check_sum(o);
	fake_end(&f);
}

/* Brought back while it is closing: what comes meanwhile waits until it has closed and is open again. */
static void an_output_comes_back_while_it_is_closing(void **state)
{
	struct fake f;
	const struct outlet *o;
	struct err e;

	(void)state;
	begin(&f);
	fake_output(&f, "b", &fake_output_b, "linger=0s");
	fake_module(&f, "one", "custom", "rate=20");
	fake_open(&f);
	o = f.engine->outlets[1];
	fake_b.closes_late = true;
	fake_pass(&f, SECOND);
	must(present(&f, "b", false, &e), &e);
	fake_pass(&f, SECOND);
	assert_int_equal(o->state, OUTLET_CLOSING);
	undo(&f);
	fake_pass(&f, SECOND);
	assert_int_equal(o->state, OUTLET_CLOSING);
	assert_int_equal(outlet_in_flight(o), 20);
	assert_int_equal(lines_with(&fake_b.got, "custom", NULL), 20);
	fake_close(&fake_b);
	fake_pass(&f, SECOND);
	assert_int_equal(fake_b.opened, 2);
	assert_int_equal(o->state, OUTLET_OK);
	assert_int_equal(lines_with(&fake_b.got, "custom", NULL), 60);
	check_sum(o);
	/* And once more, but nobody wants it any longer before it has closed: what waited is dropped, and counted. */
	must(present(&f, "b", false, &e), &e);
	fake_pass(&f, SECOND);
	undo(&f);
	fake_pass(&f, SECOND);
	must(present(&f, "b", false, &e), &e);
	fake_pass(&f, SECOND);
	fake_close(&fake_b);
	fake_pass(&f, SECOND);
	assert_true(o->ended);
	assert_int_equal(fake_b.opened, 2);
	assert_int_equal(o->dropped, 20);
	check_sum(o);
	fake_check_accounts(&f);
	fake_end(&f);
}

static void an_added_output_gets_what_names_no_output(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	begin(&f);
	fake_module(&f, "one", "market", "rate=100;symbols=ACME");
	fake_module(&f, "two", "market", "rate=100;symbols=BOLT;outputs=a");
	fake_open(&f);
	fake_pass(&f, SECOND);
	must(add(&f, "b", NULL, &fake_output_b, "linger=0s", &e), &e);
	fake_pass(&f, SECOND);
	assert_int_equal(lines_with(&fake_b.got, "ACME", NULL), 100);
	assert_int_equal(lines_with(&fake_b.got, "BOLT", NULL), 0);
	assert_int_equal(lines_with(&fake_a.got, "", NULL), 400);
	undo(&f);
	fake_pass(&f, SECOND);
	assert_int_equal(lines_with(&fake_b.got, "", NULL), 100);
	assert_int_equal(lines_with(&fake_a.got, "", NULL), 600);
	assert_true(f.engine->outlets[1]->ended);
	fake_end(&f);
}

/* ---- routes ---- */

static void a_route_that_is_changed_moves_the_stream(void **state)
{
	struct fake f;
	struct err e;

	(void)state;
	begin(&f);
	fake_output(&f, "b", &fake_output_b, "linger=0s");
	fake_module(&f, "one", "market", "rate=100;symbols=ACME;outputs=a");
	fake_open(&f);
	fake_pass(&f, SECOND);
	fake_press(&f, "one.outputs", "b");
	fake_pass(&f, SECOND);
	assert_int_equal(lines_with(&fake_a.got, "", NULL), 100);
	assert_int_equal(lines_with(&fake_b.got, "", NULL), 100);
	fake_press(&f, "one.outputs", "a, b");
	fake_pass(&f, SECOND);
	assert_int_equal(lines_with(&fake_a.got, "", NULL), 200);
	assert_int_equal(control_set(&f.control, "one.outputs", "c", BY_KEY, &e), -1);
	assert_int_equal(control_set(&f.control, "one.outputs", "a, a", BY_KEY, &e), -1);
	undo(&f);
	undo(&f);
	fake_pass(&f, SECOND);
	assert_int_equal(lines_with(&fake_a.got, "", NULL), 300);
	assert_int_equal(lines_with(&fake_b.got, "", NULL), 200);
	assert_int_equal(f.engine->slots[0]->made, 400);
	fake_end(&f);
}

static void lanes_that_come_to_share_an_output_are_one(void **state)
{
	struct fake f;

	(void)state;
	fake_begin(&f);
	f.set.speed = 1;
	fake_output(&f, "a", &fake_output_a, "linger=0s;queue=65536;batch_bytes=1024");
	fake_output(&f, "b", &fake_output_b, "linger=0s");
	fake_module(&f, "one", "market", "rate=1000;symbols=ACME;outputs=a");
	fake_module(&f, "two", "market", "rate=100;symbols=BOLT;outputs=b");
	fake_open(&f);
	assert_int_equal(f.engine->lane_n, 2);
	/* One lane stands for a second: it is behind when they are joined. */
	fake_a.mood = FAKE_FULL;
	fake_pass(&f, 2 * SECOND);
	fake_a.mood = FAKE_TAKES;
	fake_press(&f, "two.outputs", "a, b");
	assert_int_equal(f.engine->lane_n, 1);
	output_ready(fake_a.output);
	/* The one that is less behind waits until the other has come as far. */
	fake_pass(&f, SECOND);
	assert_int_equal(lines_with(&fake_a.got, "BOLT", NULL), 0);
	fake_pass(&f, 2 * SECOND);
	assert_true(lines_with(&fake_a.got, "BOLT", NULL) > 50);
	assert_true(lines_with(&fake_a.got, "ACME", NULL) > 2500);
	fake_press(&f, "two.outputs", "b");
	fake_pass(&f, SECOND);
	check_event_time_order(&fake_a.got);
	check_event_time_order(&fake_b.got);
	assert_int_equal(lines_with(&fake_b.got, "BOLT", NULL), f.engine->slots[1]->made);
	fake_end(&f);
}

/* ---- refusals ---- */

/* All that could be refused, each with what it must say. */
static void refuse_all(struct fake *f)
{
	static const struct { const char *name, *generator, *values, *says; } cases[] = {
		{ "new", "nonsense", "", "nonsense" },
		{ "new", "market", "rate=-1", "rate" },
		{ "new", "market", "ratte=1", "unknown parameter 'ratte'" },
		{ "new", "market", "outputs=c", "there is no output 'c'" },
		{ "new", "market", "outputs=a,a", "named twice" },
		{ "new", "custom", "rate=10;outputs=a,csv", "other columns" },
		{ "new", "market", "pace=steps", "steps" },
		{ "clock", "market", "", "the clock's own name" },
		{ "a b", "market", "", "is no name" },
		{ "one", "market", "", "there is already" },
	};
	struct err e;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint64_t entries = f->control.n;
		unsigned slots = f->engine->slot_n, outlets = f->engine->outlet_n;

		assert_int_equal(add(f, cases[i].name, cases[i].generator, NULL, cases[i].values, &e), -1);
		if (!strstr(e.text, cases[i].says))
			fail_msg("'%s' does not say '%s'", e.text, cases[i].says);
		assert_int_equal(f->control.n, entries);
		assert_int_equal(f->engine->slot_n, slots);
		assert_int_equal(f->engine->outlet_n, outlets);
		assert_null(engine_module(f->engine, "new"));
	}
	assert_int_equal(add(f, "out", NULL, &fake_output_a, "queue=1", &e), -1);
	assert_int_equal(add(f, "one", NULL, &fake_output_a, "", &e), -1);
	assert_null(engine_output(f->engine, "out"));
}

static uint64_t bytes_with_refusals(bool refusals)
{
	struct fake f;
	struct err e;
	uint64_t hash;

	begin(&f);
	fake_output(&f, "csv", &fake_output_b, "format=csv;linger=0s");
	fake_module(&f, "one", "market", "rate=100;symbols=ACME;outputs=a");
	fake_module(&f, "two", "market", "rate=100;symbols=BOLT;outputs=csv");
	fake_open(&f);
	fake_pass(&f, SECOND);
	if (refusals)
		refuse_all(&f);
	fake_pass(&f, SECOND);
	must(add(&f, "new", "market", NULL, "rate=50;symbols=CRUX;outputs=a", &e), &e);
	fake_pass(&f, SECOND);
	assert_in_range(lines_with(&fake_a.got, "CRUX", NULL), 49, 51);
	hash = hash_with(&fake_a.got, "") ^ hash_with(&fake_b.got, "");
	fake_end(&f);
	return hash;
}

static void a_refusal_leaves_everything_as_it_was(void **state)
{
	(void)state;
	assert_int_equal(bytes_with_refusals(true), bytes_with_refusals(false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_added_module_has_ids_and_a_stream_of_its_own),
		cmocka_unit_test(the_others_do_not_notice_what_comes_and_goes),
		cmocka_unit_test(removed_and_brought_back_a_module_goes_on_where_it_was),
		cmocka_unit_test(a_name_is_free_again_after_removal),
		cmocka_unit_test(a_removed_output_still_sends_what_it_has),
		cmocka_unit_test(a_removed_output_that_is_broken_gives_up),
		cmocka_unit_test(an_output_comes_back_while_it_is_closing),
		cmocka_unit_test(an_added_output_gets_what_names_no_output),
		cmocka_unit_test(a_route_that_is_changed_moves_the_stream),
		cmocka_unit_test(lanes_that_come_to_share_an_output_are_one),
		cmocka_unit_test(a_refusal_leaves_everything_as_it_was),
	};

	return cmocka_run_group_tests_name("live", tests, NULL, NULL);
}
