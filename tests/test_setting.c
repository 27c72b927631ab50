/* Settings with ${...}: what is known when they are read, and what they make of events. */
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/record.h"
#include "value/setting.h"

/* ---- reading ---- */

static const char *env_of(void *arg, const char *name, bool *allowed)
{
	(void)arg;
	*allowed = strcmp(name, "SECRET") != 0;
	return strcmp(name, "PORT") == 0 ? "9092" : strcmp(name, "ODD") == 0 ? "a'b\\c${x}$" : NULL;
}

static bool read_setting(const char *text, bool programs, struct buf *to, struct err *e)
{
	static const struct expr_env env = { .get = env_of };
	static const struct world w = { .env = &env };

	buf_init(to, 70000);
	return setting_read(text, &w, programs, to, e) == 0;
}

static void reads(const char *text, bool programs, const char *want)
{
	struct err e = { 0 };
	struct buf b;

	if (!read_setting(text, programs, &b, &e) || strcmp(b.data, want) != 0)
		fail_msg("%s is read as %s, not %s", text, e.code ? e.text : b.data, want);
	buf_free(&b);
}

static void refuses(const char *text, bool programs, const char *want)
{
	struct err e = { 0 };
	struct buf b;

	if (read_setting(text, programs, &b, &e) || strcmp(e.text, want) != 0)
		fail_msg("%s: %s, not %s", text, e.code ? e.text : b.data, want);
	buf_free(&b);
}

static void what_is_known_is_read_once(void **state)
{
	(void)state;
	reads("", false, "");
	reads("plain $x {y}", false, "plain $x {y}");
	reads("${1 + 2 * (3 - 4) / 5}", false, "0.6");
	reads("${200k} ${30%} ${2.50}", false, "200000 0.3 2.5");
	reads("${env.PORT}", false, "9092");
	reads("${env.PORT ?? 'x'}", false, "9092");
	reads("${env.PORT ?? 9093}", false, "9092");
	reads("${env.NONE ?? 9093}", false, "9093");
	reads("${env.NONE ?? null ?? 'x'}", false, "x");
	reads("host:${env.PORT}/${upper('a')}", false, "host:9092/A");
	reads("${env.PORT == '9092' ? 1 : 'no'}", false, "1");
	reads("${'}'}", false, "}");
	reads("$${a}$$${b}", false, "${a}$${b}");
	reads("${env.ODD}", false, "a'b\\c${x}$");
}

static void what_an_event_knows_is_kept(void **state)
{
	(void)state;
	reads("a-${event.type}", true, "a-${event.type}");
	reads("${1 + 1}-${ region }", true, "2-${ region }");
	reads("${region ?? env.PORT}", true, "${region ?? '9092'}");
	reads("${env.NONE ?? region}", true, "${null ?? region}");
	reads("${pick([a, b])}${now}", true, "${pick([a, b])}${now}");
	/* What comes from outside is text, and never an expression. */
	reads("${env.ODD}", true, "a'b\\c$${x}$");
	reads("${env.ODD}{y}", true, "a'b\\c$${x}$${y}");
	reads("${env.ODD}${region}", true, "a'b\\c$${x}${'$'}${region}");
	reads("${region == env.ODD}", true, "${region == 'a\\'b\\\\c${x}$'}");
	reads("$${a}", true, "$${a}");
}

static void what_cannot_be_is_refused(void **state)
{
	(void)state;
	refuses("x-${a", true, "column 3: '}' is missing");
	refuses("x-${1/0}", true, "column 5: this is null; give another value with ??");
	refuses("${env.NONE}", false, "column 3: this is null; give another value with ??");
	refuses("ab${env.SECRET}", false, "column 5: the scenario may not read the environment name 'SECRET'; list it under env: [SECRET]");
	refuses("${a ?? env.SECRET}", true, "column 8: the scenario may not read the environment name 'SECRET'; list it under env: [SECRET]");
	refuses("x${symbol}", false, "column 4: 'symbol' is only known per event, and this setting takes none of that");
	refuses("${now}", false, "column 3: 'now' is only known per event, and this setting takes none of that");
	refuses("${random_int(1, 2)}", false, "column 3: 'random_int' is only known per event, and this setting takes none of that");
	refuses("${pick([a, b])}", false, "column 3: 'pick' is only known per event, and this setting takes none of that");
	refuses("${'a' * 2}", true, "column 7: text * int means nothing");
	refuses("${lower(}", true, "column 9: something is missing here");
	refuses("${randm_int(1, 2)}", true, "column 3: unknown name 'randm_int'; did you mean 'random_int'?");
	refuses("${1 2}", false, "column 5: '2' does not belong here");
}

/* ---- events ---- */

static const struct leaf leaves[] = {
	{ .name = "symbol", .kind = KIND_TEXT }, { .name = "price", .kind = KIND_DECIMAL, .scale = 2 }, { .name = "size", .kind = KIND_INT },
	{ .name = "up", .kind = KIND_BOOL }, { .name = "change", .kind = KIND_REAL }, { .name = "at", .kind = KIND_INSTANT },
	{ .name = "note", .kind = KIND_TEXT, .nullable = true }, { .name = "left", .kind = KIND_INT, .nullable = true },
	{ .name = "more", .kind = KIND_JSON }, { .name = "buyer.id", .kind = KIND_TEXT },
};
static const struct schema schema = SCHEMA("tick", leaves);
static const double limit = 2.5;
static struct world_param params[] = { { "limit", &limit } };
static struct world world = { .params = params, .param_n = 1, .locale = "de_DE" };
static const struct program_site site = { .schema = &schema, .module = "ticks", .output = "bus", .setting = "key", .seed = 7,
					  .start_ns = 1704099600000000000, .world = &world };

#define LITERAL(s) { .t = { s, sizeof s - 1 } }

/* What the text makes of the event with the number; `per_event` is whether it must be made for each. */
static bool makes(const char *text, uint64_t number, char *to, size_t room, bool *per_event)
{
	union value values[] = { LITERAL("STK1"), { .i = 12350 }, { .i = 7 }, { .b = true }, { .r = -0.5 }, { .i = 1704099600000000000 },
				 LITERAL("no"), { .i = 3 }, LITERAL("{\"a\":1}"), LITERAL("b-9") };
	struct arena arena;
	struct event ev = { .schema = &schema, .values = values, .key = { "STK1", 4 }, .number = number, .time_ns = 1704099600500000000, .arena = &arena };
	struct err e = { 0 };
	struct program *p = setting_compile(text, &site, &e);
	struct text made;

	if (!p) {
		snprintf(to, room, "%.*s", (int)room - 1, e.text);
		return false;
	}
	arena_init(&arena);
	event_set_null(&ev, 6);
	event_set_null(&ev, 7);
	assert_true(p->make(p, &ev, &made));
	snprintf(to, room, "%.*s", (int)made.n, made.at);
	/* A text that is nothing but a text field is that field. */
	if (strcmp(text, "${symbol}") == 0)
		assert_ptr_equal(made.at, values[0].t.at);
	if (strcmp(text, "${symbol}") == 0 || strcmp(text, "${note}") == 0)
		assert_null(arena.first);
	*per_event = p->per_event;
	p->free(p);
	arena_free(&arena);
	return true;
}

static void gives(const char *text, bool per_event, const char *want)
{
	char got[400];
	bool each = !per_event;
	bool ok = makes(text, 5, got, sizeof got, &each);

	if (!ok || strcmp(got, want) != 0 || each != per_event)
		fail_msg("%s makes %s (%s), not %s", text, got, each ? "for each event" : "once", want);
}

static void is_refused(const char *text, const char *want)
{
	char got[400];
	bool each;

	if (makes(text, 1, got, sizeof got, &each) || strcmp(got, want) != 0)
		fail_msg("%s: %s, not %s", text, got, want);
}

static void fields_become_text(void **state)
{
	(void)state;
	gives("${symbol}", true, "STK1");
	gives("${price} ${size} ${up} ${change} ${at}", true, "123.50 7 true -0.5 2024-01-01T09:00:00.000Z");
	gives("${more}", true, "{\"a\":1}");
	gives("${buyer.id}", true, "b-9");
	gives("${event.key}/${event.type}/${module}", true, "STK1/tick/ticks");
	/* Null is nothing, but for ??. */
	gives("${note}", true, "");
	gives("<${note}${left}>", true, "<>");
	gives("${note ?? 'none'}", true, "none");
	gives("${left ?? 'none'}", true, "none");
	gives("${price ?? 'none'}", true, "123.50");
	gives("${note ?? left ?? 'none'}", true, "none");
	gives("${left ?? note ?? size}", true, "7");
}

static void what_needs_no_event_is_made_once(void **state)
{
	(void)state;
	gives("fluxdeck", false, "fluxdeck");
	gives("$${a}-${'b'}", false, "${a}-b");
	gives("shop-${event.type}", false, "shop-tick");
	gives("${upper(module)}-${left(event.type, 2)}", false, "TICKS-ti");
	gives("${date_format(start, '%Y-%m-%d')}", false, "2024-01-01");
	gives("${event.type == 'tick' ? 'a' : 'b'}", false, "a");
	gives("${seq}", true, "4");
	gives("${now}", true, "2024-01-01T09:00:00.500Z");
	gives("${event.type}${event.key}", true, "tickSTK1");
}

static void functions_and_operators_are_there(void **state)
{
	(void)state;
	gives("orders-${lower(symbol)}", true, "orders-stk1");
	gives("${hash(symbol) % 8 >= 0 ? 'in' : 'out'}", true, "in");
	gives("${size * 2 + 1}", true, "15");
	gives("${price > 100 and up ? 'big' : size}", true, "big");
	gives("${symbol in [STK1, STK2]}", true, "true");
	gives("${symbol matches '^S.*1$' ? 1 : 2}", true, "1");
	gives("out/${date_format(now, '%H/%M')}", true, "out/09/00");
}

static void random_values_belong_to_the_event(void **state)
{
	char a[100], b[100];
	bool each;
	int other = 0;

	(void)state;
	for (uint64_t i = 1; i < 200; i++) {
		assert_true(makes("${symbol}-${random_int(0, 7)}", i, a, sizeof a, &each) && each);
		assert_true(makes("${symbol}-${random_int(0, 7)}", i, b, sizeof b, &each));
		assert_string_equal(a, b);
		assert_in_range(a[5], '0', '7');
		assert_true(makes("${symbol}-${random_int(0, 7)}", i + 1, b, sizeof b, &each));
		other += strcmp(a, b) != 0;
	}
	assert_in_range(other, 150, 190);
}

static void params_and_the_locale_are_known(void **state)
{
	char german[80], japanese[80];
	bool each;

	(void)state;
	gives("t-${limit}", true, "t-2.5");
	gives("${size > limit ? 'large' : 'small'}", true, "large");
	assert_true(makes("${city()}", 5, german, sizeof german, &each));
	world.locale = "ja_JP";
	assert_true(makes("${city()}", 5, japanese, sizeof japanese, &each));
	world.locale = "de_DE";
	assert_true((unsigned char)japanese[0] >= 0xe3 && (unsigned char)german[0] < 0xe3);
}

static void names_that_are_not_there_are_refused(void **state)
{
	char text[9000] = "${";

	(void)state;
	is_refused("${symbl}", "column 3: event 'tick' has no field 'symbl'; did you mean 'symbol'?");
	is_refused("x-${event.typ}", "column 5: event 'tick' has no field 'event.typ'; did you mean 'event.type'?");
	is_refused("${symbol ?? nothing}", "column 13: event 'tick' has no field 'nothing'");
	/* A name that means a random value elsewhere is no field by accident. */
	is_refused("${city}", "column 3: event 'tick' has no field 'city'; a random value is written city()");
	is_refused("${symbol * 2}", "column 10: text * int means nothing");
	for (int i = 0; i < 2001; i++)
		strcat(text, "1+");
	strcat(text, "1}");
	is_refused(text, "column 4004: more than 2000 operators in one expression");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_known_is_read_once),
		cmocka_unit_test(what_an_event_knows_is_kept),
		cmocka_unit_test(what_cannot_be_is_refused),
		cmocka_unit_test(fields_become_text),
		cmocka_unit_test(what_needs_no_event_is_made_once),
		cmocka_unit_test(functions_and_operators_are_there),
		cmocka_unit_test(random_values_belong_to_the_event),
		cmocka_unit_test(params_and_the_locale_are_known),
		cmocka_unit_test(names_that_are_not_there_are_refused),
	};

	return cmocka_run_group_tests_name("setting", tests, NULL, NULL);
}
