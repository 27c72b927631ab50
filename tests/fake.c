/* Fakes shared by the tests. */
#include "tests/fake.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"
#include "generators/table.h"
#include "scenario/load.h"
#include "value/setting.h"

struct fake_sink fake_a, fake_b;

struct fake_opts {
	char *place, *places;
};

static const struct param params[] = {
	P_TEXT(struct fake_opts, place, "", .flags = PARAM_PROGRAM, .help = "Stands before each event."),
	P_PAIRS(struct fake_opts, places, .flags = PARAM_PROGRAM, .help = "The same for each event type."),
	P_END
};

static struct fake_sink *sink_of(const struct output *o)
{
	return o->class == &fake_output_a ? &fake_a : &fake_b;
}

static int open_fake(struct output *o, struct err *e)
{
	(void)e;
	sink_of(o)->output = o;
	sink_of(o)->opened++;
	return 0;
}

static enum output_put put(struct output *o, struct block *k, struct err *e)
{
	struct fake_sink *s = sink_of(o);

	s->puts++;
	if (s->mood == FAKE_FULL)
		return OUTPUT_FULL;
	if (s->mood == FAKE_BROKEN || s->mood == FAKE_FATAL) {
		err_set(e, s->mood == FAKE_FATAL ? ERR_FATAL : ERR_IO, "the fake is broken");
		return OUTPUT_BROKEN;
	}
	if (s->mood == FAKE_HOLDS && s->held_n == COUNT_OF(s->held))
		return OUTPUT_FULL;
	for (uint32_t i = k->taken; i < k->n; i++) {
		const char *place = output_place(o, k->records[i].place);

		buf_printf(&s->got, "%s%s", place, *place ? " " : "");
		buf_add(&s->got, k->bytes.data + k->records[i].at, k->records[i].n);
	}
	k->taken = k->n;
	if (s->mood == FAKE_HOLDS)
		s->held[s->held_n++] = k;
	else
		output_settled(o, k, k->n - k->settled, 0);
	return OUTPUT_TAKEN;
}

static void close_fake(struct output *o, bool abandon)
{
	if (abandon || !sink_of(o)->closes_late)
		output_closed(o);
}

uint64_t fake_lines(const struct fake_sink *s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->got.n; i++)
		n += s->got.data[i] == '\n';
	return n;
}

void fake_close(struct fake_sink *s)
{
	output_closed(s->output);
}

const struct output_class fake_output_a = { .name = "fake_a", .summary = "keeps", .params = params, .opts_size = sizeof(struct fake_opts),
					    .place_row = "place", .places_row = "places", .open = open_fake, .put = put, .close = close_fake };
const struct output_class fake_output_b = { .name = "fake_b", .summary = "keeps", .params = params, .opts_size = sizeof(struct fake_opts),
					    .place_row = "place", .places_row = "places", .open = open_fake, .put = put, .close = close_fake };

/* ---- a generator that goes on after its arrivals ---- */

struct walk_opts {
	int64_t steps, wait;
};

static const struct param walk_params[] = {
	P_INT(struct walk_opts, steps, 0, 1000, 2, .flags = PARAM_LIVE, .help = "How many events come after the one of an arrival."),
	P_SPAN(struct walk_opts, wait, 1, 3600e9, 1e9, .flags = PARAM_LIVE, .help = "Time between them."),
	P_END
};

static const struct leaf walk_leaves[] = { { .name = "walker", .kind = KIND_INT }, { .name = "step", .kind = KIND_INT } };
static const struct schema walk_schema = { .name = "walk", .leaves = walk_leaves, .leaf_n = COUNT_OF(walk_leaves), .sessions = true };

enum { WALK_STEPS = 1024 };     /* a walker and its step in one number */

static int walk_start(struct module *m, struct err *e)
{
	return module_declare(m, &walk_schema, e) < 0 ? -1 : 0;
}

static int walk_on(struct module *m, uintptr_t at, struct err *e)
{
	const struct walk_opts *opt = m->opts;
	struct event *ev = module_event(m, 0, e);

	event_set_int(ev, 0, (int64_t)(at / WALK_STEPS));
	event_set_int(ev, 1, (int64_t)(at % WALK_STEPS));
	if (at / WALK_STEPS > 1)
		ev->session = (struct text){ "later", 5 };
	if (at % WALK_STEPS == 0)
		ev->id = at / WALK_STEPS;
	if (module_emit(m, ev, e) < 0)
		return -1;
	return (int64_t)(at % WALK_STEPS) < opt->steps ? module_wake_at(m, m->now_ns + opt->wait, (void *)(at + 1), e) : 0;
}

static int walk_make(struct module *m, struct err *e)
{
	uint64_t *walkers = m->state, at = ++*walkers * WALK_STEPS;

	return m->class->early ? module_wake_at(m, m->now_ns + m->lead_ns, (void *)at, e) : walk_on(m, at, e);
}

static int walk_wake(struct module *m, void *what, struct err *e)
{
	return walk_on(m, (uintptr_t)what, e);
}

static const struct generator_class fake_walk = {
	.name = "walk", .summary = "goes on", .params = walk_params, .opts_size = sizeof(struct walk_opts), .state_size = sizeof(uint64_t),
	.start = walk_start, .make = walk_make, .wake = walk_wake,
};

static const struct generator_class fake_early = {
	.name = "early", .summary = "goes on", .params = walk_params, .opts_size = sizeof(struct walk_opts), .state_size = sizeof(uint64_t),
	.start = walk_start, .make = walk_make, .wake = walk_wake, .early = true,
};

static const struct generator_class *const generators[] = { &generator_market, &generator_supermarket, &generator_template, &generator_custom,
							     &fake_walk, &fake_early, NULL };
static const struct output_class *const outputs[] = { &fake_output_a, &fake_output_b, NULL };
const struct catalogue fake_catalogue = { .generators = generators, .outputs = outputs, .compile = setting_compile };

void fake_begin(struct fake *f)
{
	struct err e;

	*f = (struct fake){ .wall_ns = 1000000000 };
	clock_pretend(f->wall_ns);
	memset(&fake_a, 0, sizeof fake_a);
	memset(&fake_b, 0, sizeof fake_b);
	buf_init(&fake_a.got, (size_t)1 << 31);
	buf_init(&fake_b.got, (size_t)1 << 31);
	control_init(&f->control);
	f->engine = engine_new(&fake_catalogue, &f->control, NULL, &e);
	assert_non_null(f->engine);
	f->set = (struct engine_settings){ .seed = 1, .start_ns = 1704067200000000000, .speed = INFINITY };
}

void fake_scenario(struct fake *f, struct scenario *sc, const struct catalogue *cat, const char *text)
{
	struct report r;
	struct err e;

	fake_begin(f);
	engine_free(f->engine);
	control_free(&f->control);
	control_init(&f->control);
	scenario_init(sc);
	report_init(&r, "scenario.yaml");
	f->engine = engine_new(cat, &f->control, NULL, &e);
	assert_non_null(f->engine);
	if (scenario_load(sc, text, strlen(text), f->engine, &f->control, cat, &r) < 0 || scenario_prepare(sc, f->engine, &r) < 0)
		fail_msg("%u:%u: %s\n%s", r.first->line, r.first->column, r.first->text, text);
	assert_int_equal(engine_open(f->engine, &e), 0);
	report_free(&r);
}

void fake_set(struct fake *f, const char *owner, const char *values)
{
	while (*values) {
		char path[200], value[400];
		size_t n = strcspn(values, ";"), eq = strcspn(values, "=");
		struct err e;

		snprintf(path, sizeof path, "%s.%.*s", owner, (int)eq, values);
		snprintf(value, sizeof value, "%.*s", (int)(n - eq - 1), values + eq + 1);
		if (control_set(&f->control, path, value, BY_FILE, &e) < 0)
			fail_msg("%s", e.text);
		values += n;
		values += *values == ';';
	}
}

void fake_module(struct fake *f, const char *name, const char *generator, const char *values)
{
	struct err e;

	if (engine_add_module(f->engine, name, catalogue_generator(&fake_catalogue, generator, &e), &e) < 0)
		fail_msg("%s", e.text);
	fake_set(f, name, values);
}

void fake_output(struct fake *f, const char *name, const struct output_class *class, const char *values)
{
	struct err e;

	if (engine_add_output(f->engine, name, class, &e) < 0)
		fail_msg("%s", e.text);
	fake_set(f, name, values);
}

void fake_open(struct fake *f)
{
	struct err e = { 0 };

	engine_configure(f->engine, &f->set);
	if (engine_prepare(f->engine, NULL, NULL, &e) < 0 || engine_open(f->engine, &e) < 0)
		fail_msg("%s", e.text);
}

void fake_press(struct fake *f, const char *path, const char *value)
{
	struct err e;

	if (control_set(&f->control, path, value, BY_KEY, &e) < 0)
		fail_msg("%s", e.text);
}

void fake_two(struct fake *f)
{
	fake_begin(f);
	f->set.speed = 1;
	fake_output(f, "a", &fake_output_a, "linger=0s");
	fake_module(f, "one", "market", "rate=100;symbols=ACME,BOLT");
	fake_module(f, "two", "custom", "rate=10");
	fake_open(f);
}

struct engine_turn fake_turn(struct fake *f, unsigned turns)
{
	struct engine_turn t = { .again = true };

	while (turns-- && !t.done && (t.again || t.wake_ns <= f->wall_ns))
		t = engine_run(f->engine, 1000000);
	return t;
}

void fake_finish(struct fake *f)
{
	while (!fake_turn(f, 1).done)
		;
	engine_stop(f->engine);
	fake_turn(f, 10);
}

void fake_pass(struct fake *f, int64_t ns)
{
	for (int64_t end = f->wall_ns + ns; f->wall_ns < end;) {
		f->wall_ns += 1000000;
		clock_pretend(f->wall_ns);
		fake_turn(f, 1000);
	}
}

void fake_settle(struct fake_sink *s)
{
	unsigned n = s->held_n;

	s->held_n = 0;
	for (unsigned i = 0; i < n; i++)
		output_settled(s->output, s->held[i], s->held[i]->n - s->held[i]->settled, 0);
}

void fake_check_accounts(struct fake *f)
{
	for (unsigned i = 0; i < f->engine->outlet_n; i++) {
		const struct outlet *o = f->engine->outlets[i];

		assert_int_equal(outlet_in_flight(o), outlet_counted_in_flight(o));
	}
}

void fake_end(struct fake *f)
{
	fake_check_accounts(f);
	engine_free(f->engine);
	control_free(&f->control);
	buf_free(&fake_a.got);
	buf_free(&fake_b.got);
	clock_pretend(-1);
}
