/*
 * Out of memory, everywhere: a scenario is loaded, prepared, opened, run, steered, looked at and thrown away with each allocation in
 * turn failing. It must end in an error or in a smaller picture, never in a crash or a leak (the sanitizers see those).
 */
#include "tests/fake.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "scenario/load.h"
#include "ui/line.h"
#include "ui/ui.h"
#include "value/template.h"

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *s);
char *__real_strndup(const char *s, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t n);

static long left = -1;          /* allocations until one fails; below 0: none does */
static bool failed;
static uint64_t made;           /* events of the run before */

static bool fails(void)
{
	if (left < 0 || left-- > 0)
		return false;
	failed = true;
	left = -1;
	return true;
}

void *__wrap_malloc(size_t n)
{
	return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
	return fails() ? NULL : __real_realloc(p, n);
}

char *__wrap_strdup(const char *s)
{
	return fails() ? NULL : __real_strdup(s);
}

char *__wrap_strndup(const char *s, size_t n)
{
	return fails() ? NULL : __real_strndup(s, n);
}

static const char market[] =
	"scenario: oom\nseed: 1\nclock: {start: 2024-01-01T00:00:00Z, stop_after: 2s}\nenv: [HOME]\n"
	"outputs:\n  a: {type: \"null\", format: csv, envelope: none}\n  b: {type: \"null\"}\n"
	"modules:\n  ticks: {generator: market, rate: 500, symbols: [ACME, BOLT], pace: {shape: sine, period: 1s}, outputs: [a, b]}\n"
	"  sales: {generator: supermarket, rate: 20, outputs: [b]}\n";

/* Every kind of step, lists that the clock and knobs move, chains, an order of age, history, texts. */
static const char town[] =
	"scenario: oom\nseed: 1\nclock: {start: 2024-01-01T00:00:00Z, stop_after: 2s}\nparams: {least: {default: 1, min: 0, max: 9}}\n"
	"outputs:\n  b: {type: \"null\"}\nmodules:\n  town: {generator: flows, rate: 60, flows: {come: 2, shop: 5}, drops: {shop.5: 20%}, outputs: [b]}\n"
	"events:\n  made: {fields: {id: \"${uuid4}\", name: \"${name}\"}}\n  did: {fields: {who: '', x: \"${random_int(1, 9)}\"}}\n"
	"entities:\n  user: {key: id, created_by: made, initial: 5, keep: 9, state: {n: 0, name: {from: name}, at: {type: instant}}}\n"
	"  order: {key: id, created_by: made, state: {user: {type: text}, open: true}}\n"
	"flows:\n  come: {steps: [{emit: made, create: user}, {branch: {60%: [{wait: 100ms}, {retire: user}], 40%: []}}]}\n"
	"  shop:\n    select: {user: {where: \"n < 9 and (at == null or n > 0)\"}}\n    steps: [{emit: did, with: {who: \"${user.id}\"}, add: {user.n: 1}, "
	"set: {user.name: \"${user.name + 'z'}\", user.at: \"${now}\"}}, {select: {late: {entity: user, where: at < now - 200ms}}, else: continue}, "
	"{repeat: 2, do: [{emit: made, create: order, set: {order.user: \"${user.id}\"}}]}, {wait: \"${lognormal(50ms, 0.5)}\", drop: 20%}, "
	"{select: {order: {where: \"user == user.id and open\", lock: false}}, else: [{stop: true}]}, {if: \"order.open and last.name != null\", then: "
	"[{set: {order.open: false}}]}, {borrow: {any: {entity: user, where: n >= least, order: -n}}, else: continue}, {call: more}]\n"
	"  more: {weight: 0, steps: [{emit: did, with: {who: \"${last.id}\"}}, {wait: 20ms}]}\n";

static const char *text;        /* the one that is walked through */

static void steer(struct engine *en, struct control *c)
{
	static const struct command *const tables[] = { core_commands, NULL };
	static const char *const lines[] = { "set ticks.rate 700", "ramp ticks.volatility 0.8 1s", "solo sales", "undo", "redo", "shock ACME -5%",
					     "mark here", "hold", "step", "resume", "commands" };
	struct deck d = { .engine = en, .control = c, .scenario = "oom", .by = BY_COMMAND, .tables = tables };
	struct buf said;
	struct err e;

	buf_init(&said, 1 << 20);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		buf_clear(&said);
		command_run(&d, lines[i], &said, &e);
		engine_run(en, 1000000);
	}
	engine_dump(en, "ticks", &said, &e);
	buf_free(&said);
}

static void talk(struct engine *en, struct control *c)
{
	static const struct command *const tables[] = { core_commands, NULL };
	static const char lines[] = "watch ticks.rate\nwatch status\nset ticks.rate 300\nundo\nnonsense\ncommands\n";
	struct deck d = { .engine = en, .control = c, .scenario = "oom", .by = BY_COMMAND, .tables = tables };
	struct line speaks, listens;

	line_init(&speaks, &d);
	line_init(&listens, &d);
	line_feed(&speaks, lines, sizeof lines - 1);
	line_tick(&speaks, 1000000000);
	line_bye(&listens, "the end");
	line_free(&listens);
	line_free(&speaks);
}

static void look(struct engine *en, struct control *c)
{
	static const struct command *const tables[] = { core_commands, NULL };
	struct deck d = { .engine = en, .control = c, .scenario = "oom", .by = BY_KEY, .tables = tables };
	struct ui u;
	struct key down = { .code = KEY_CODE_DOWN }, enter = { .code = KEY_CODE_ENTER };

	if (ui_init(&u, &d, 80, 24) == 0) {
		ui_draw(&u);
		ui_key(&u, &down);
		ui_key(&u, &enter);
		ui_draw(&u);
	}
	ui_free(&u);
}

static void one_run(void)
{
	static const struct output_class *const outputs[] = { &output_null, NULL };
	static const struct catalogue cat = { .generators = generator_table, .outputs = outputs, .compile = setting_compile };
	struct control c;
	struct scenario sc;
	struct report r;
	struct err e;
	struct engine *en;

	clock_pretend(1000000000);
	control_init(&c);
	scenario_init(&sc);
	report_init(&r, "oom.yaml");
	en = engine_new(&cat, &c, NULL, &e);
	if (en && scenario_load(&sc, text, strlen(text), en, &c, &cat, &r) == 0) {
		if (scenario_prepare(&sc, en, &r) == 0 && engine_open(en, &e) == 0) {
			engine_sample(en);
			for (int64_t t = 1; t < 20; t++) {
				clock_pretend(1000000000 + t * 50000000);
				engine_run(en, 1000000);
			}
			steer(en, &c);
			talk(en, &c);
			look(en, &c);
			made = en->made;
			engine_stop(en);
			engine_run(en, 1000000);
		}
	}
	engine_free(en);
	report_free(&r);
	scenario_free(&sc);
	control_free(&c);
	clock_pretend(-1);
}

static void walk(const char *scenario)
{
	long n = 0;

	text = scenario;
	do {
		failed = false;
		left = n++;
		one_run();
	} while (failed);
	left = -1;
	assert_true(made > 50);         /* the last run had all its memory */
	print_message("# %ld allocations failed, one after the other\n", n - 1);
	assert_true(n > 500);
}

static void no_allocation_is_needed_for_safety(void **state)
{
	(void)state;
	walk(market);
}

static void nor_with_entities_and_flows(void **state)
{
	(void)state;
	walk(town);
}

/* Refused, or whole. */
static void a_template_is_never_read_in_part(void **state)
{
	static const char json[] = "{\"events\":{\"a\":{\"key\":\"${x}\",\"fields\":{\"x\":\"${seq}\",\"m\":{\"y\":[1,\"a ${seq}\"]}}},\"b\":{\"line\":\"b\"}}}";
	struct world w = { .locale = "en_US" };
	long n = 0;

	(void)state;
	do {
		struct arena arena;
		struct report r;
		struct describer d = { .arena = &arena, .world = &w, .report = &r };
		struct described found;

		arena_init(&arena);
		report_init(&r, "oom.json");
		failed = false;
		left = n++;
		if (template_text(&d, json, sizeof json - 1, "oom.json", &found) == 0) {
			left = -1;
			assert_int_equal(found.n, 2);
			assert_int_equal(found.events[0].n, 2);
			assert_string_equal(found.events[0].key, "${x}");
			assert_string_equal(found.events[0].fields[1].name, "m.y");
			assert_string_equal(found.events[0].fields[1].text, "json_list(1, concat('a ', (seq)))");
			assert_int_equal(found.events[1].n, 1);
		}
		left = -1;
		report_free(&r);
		arena_free(&arena);
	} while (failed);
	assert_true(n > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_allocation_is_needed_for_safety), cmocka_unit_test(nor_with_entities_and_flows),
					cmocka_unit_test(a_template_is_never_read_in_part) };

	return cmocka_run_group_tests_name("oom", tests, NULL, NULL);
}
