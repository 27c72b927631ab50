/* Entities looked into and changed by hand: on a store of its own, without flows. */
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entity/hands.h"
#include "entity/literal.h"
#include "entity/look.h"
#include "entity/plan.h"

enum { NAME = 1, PLAN, ORDERS, BALANCE, ACTIVE, SEEN };

struct town {
	struct state_def states[6];
	struct class_def class;
	struct select_def selects[2];   /* a flow that asks for two lists */
	struct flow_def flow;
	struct model model;
	struct world world;
	struct class *users;
	struct look *look;
	struct view_entity_ask ask;
	const struct view_entities *seen;       /* of the latest look() */
	struct view view;
};

static uint32_t add(struct town *t, unsigned i)
{
	char key[20], name[20];
	struct setting s[7] = { { .field = FIELD_KEY }, { .field = NAME }, { .field = PLAN }, { .field = ORDERS, .v.i = i % 10 }, { .field = BALANCE, .v.i = 100 * i },
				{ .field = ACTIVE, .v.b = i % 2 }, { .field = SEEN, .null = true } };
	uint32_t id;
	struct err e;

	s[0].v.t = (struct text){ key, (uint32_t)snprintf(key, sizeof key, "u-%u", i) };
	s[1].v.t = (struct text){ name, (uint32_t)snprintf(name, sizeof name, "Name %u", i) };
	s[2].v.t = i % 3 ? (struct text){ "free", 4 } : (struct text){ "pro", 3 };
	id = class_create(t->users, s, 7, HELD_BY_NONE, 5, &e);
	assert_true(id != NOBODY);
	return id;
}

static void begin(struct town *t, unsigned n)
{
	static const char *const names[] = { "name", "plan", "orders", "balance", "active", "seen" };
	static const enum type types[] = { TYPE_TEXT, TYPE_TEXT, TYPE_TEXT, TYPE_INT, TYPE_DECIMAL, TYPE_BOOL, TYPE_INSTANT };
	struct err e;

	*t = (struct town){ .class = { .name = "user", .key = "user_id", .n = 6, .history = 10, .bar = "plan" }, .model = { .class_n = 1 } };
	for (unsigned i = 0; i < 6; i++)
		t->states[i] = (struct state_def){ .name = names[i] };
	t->class.states = t->states;
	t->selects[0].class = t->selects[1].class = &t->class;
	t->flow = (struct flow_def){ .name = "buy", .selects = t->selects, .select_n = 2 };
	t->model.flows = &t->flow;
	t->model.flow_n = 1;
	t->model.classes = &t->class;
	t->model.store = store_new(&t->model, &e);
	assert_non_null(t->model.store);
	t->users = &t->model.store->classes[0];
	for (unsigned i = 0; i < 7; i++)
		t->users->fields[i].type = types[i];
	t->users->fields[BALANCE].scale = 2;
	class_lay_out(t->users);
	for (unsigned i = 0; i < n; i++)
		add(t, i);
	t->look = look_new(t->model.store, &t->world);
	assert_non_null(t->look);
	arena_init(&t->view.arena);
}

static void end(struct town *t)
{
	arena_free(&t->view.arena);
	look_free(t->look);
	store_free(t->model.store);
}

static void act(struct town *t, const char *line, struct buf *back)
{
	char copy[1000];
	struct err e;

	snprintf(copy, sizeof copy, "%s", line);        /* it may be what stands in `back` */
	buf_clear(back);
	if (hands_act(t->model.store, copy, 7, back, &e) < 0)
		fail_msg("%s", e.text);
}

static void refuses(struct town *t, const char *line, const char *why)
{
	struct buf back;
	struct err e;

	buf_init(&back, 1000);
	assert_int_equal(hands_act(t->model.store, line, 7, &back, &e), -1);
	assert_string_equal(e.text, why);
	buf_free(&back);
}

static void look(struct town *t)
{
	const struct view_want want = { .entities = &t->ask };

	arena_free(&t->view.arena);
	t->view = (struct view){ 0 };
	arena_init(&t->view.arena);
	assert_true(look_is_wanted(&want, &t->view));
	look_show(t->look, "shop", &want, &t->view);
	assert_false(look_is_wanted(&want, &t->view));
	t->seen = &t->view.entities;
}

/* Keys of the page, with blanks between. */
static const char *keys(const struct town *t)
{
	static char text[2000];
	size_t n = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < t->seen->page_n; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", i ? " " : "", t->seen->page[i].key);
	return text;
}

static void ask(struct town *t, const char *filter, const char *sort, bool reverse, unsigned rows)
{
	snprintf(t->ask.filter, sizeof t->ask.filter, "%s", filter);
	snprintf(t->ask.sort, sizeof t->ask.sort, "%s", sort);
	t->ask.reverse = reverse;
	t->ask.rows = rows;
	t->ask.offset = 0;
	look(t);
}

/* ---- by hand ---- */

static void an_edit_is_one_version_and_is_taken_back(void **state)
{
	struct town t;
	struct buf back, again;
	const struct entity *en;

	(void)state;
	begin(&t, 4);
	buf_init(&back, 10000);
	buf_init(&again, 10000);
	act(&t, "edit user u-1 orders=7 name=\"O'Neil \\\"x\\\"\\n\" balance=-12.5 seen=2024-01-02T03:04:05.000000006Z active=false", &back);
	assert_string_equal(back.data, "edit user u-1 orders=1 name=\"Name 1\" balance=1.00 seen=null active=true");
	snprintf(t.ask.key, sizeof t.ask.key, "u-1");
	look(&t);
	assert_string_equal(t.seen->one.row.values[NAME], "O'Neil \"x\"\n");
	assert_string_equal(t.seen->one.row.values[BALANCE], "-12.50");
	assert_int_equal(t.seen->one.version_n, 1);
	assert_int_equal(t.seen->one.versions[0].n, 5);
	assert_true(t.seen->one.fields[ORDERS].by_hand && !t.seen->one.fields[PLAN].cause);
	/* What takes that back gives the same line again, to the last digit. */
	act(&t, back.data, &again);
	assert_non_null(strstr(again.data, "seen=2024-01-02T03:04:05.000000006Z"));
	act(&t, again.data, &back);
	en = entity_at(t.users, hands_find(t.users, "u-1"));
	assert_int_equal(en->cells[SEEN].i % 1000000000, 6);
	assert_int_equal(en->cells[BALANCE].i, -1250);
	buf_free(&back);
	buf_free(&again);
	end(&t);
}

static void what_is_retired_comes_back_while_its_key_is_free(void **state)
{
	struct town t;
	struct buf back, other;

	(void)state;
	begin(&t, 3);
	buf_init(&back, 10000);
	buf_init(&other, 10000);
	act(&t, "edit user u-2 orders=99", &other);
	act(&t, "retire user u-2", &back);
	assert_int_equal(t.users->live, 2);
	refuses(&t, "edit user u-2 orders=1", "there is no user 'u-2'; did you mean 'u-0' or 'u-1'?");
	act(&t, back.data, &other);
	assert_string_equal(other.data, "retire user u-2");
	assert_int_equal(entity_at(t.users, hands_find(t.users, "u-2"))->cells[ORDERS].i, 99);
	assert_int_equal(entity_at(t.users, hands_find(t.users, "u-2"))->created_ns, 5);
	refuses(&t, back.data, "there is already a user 'u-2'");
	buf_free(&back);
	buf_free(&other);
	end(&t);
}

static void a_clone_gets_the_first_key_that_is_free(void **state)
{
	struct town t;
	struct buf back;

	(void)state;
	begin(&t, 2);
	buf_init(&back, 10000);
	act(&t, "clone user u-1", &back);
	assert_string_equal(back.data, "retire user u-1-2");
	act(&t, "clone user u-1", &back);
	assert_string_equal(back.data, "retire user u-1-3");
	act(&t, "clone user u-1 \"a b\"", &back);
	assert_string_equal(back.data, "retire user \"a b\"");
	assert_int_equal(t.users->live, 5);
	assert_int_equal(entity_at(t.users, hands_find(t.users, "a b"))->cells[ORDERS].i, 1);
	refuses(&t, "clone user u-1 u-0", "there is already a user 'u-0'");
	act(&t, back.data, &back);
	assert_int_equal(t.users->live, 4);
	buf_free(&back);
	end(&t);
}

/* A run as a flow would have it: it waits, and has one variable. */
static void who_is_held_is_edited_released_and_held_again(void **state)
{
	struct flow_def def = { .name = "buy" };
	struct flow_op op = { .kind = OP_WAIT, .step = 2 };
	struct plan plan = { .def = &def, .ops = &op, .op_n = 1, .variable_n = 1 };
	struct ref variables[1];
	struct flow_run run = { .plan = &plan, .session = "abc", .active = true, .waits = true, .held = 1, .pc = 1, .launch = 4, .wakes_ns = 90,
				.variables = variables };
	struct town t;
	struct buf back, again;
	uint32_t id;

	(void)state;
	begin(&t, 2);
	buf_init(&back, 10000);
	buf_init(&again, 10000);
	id = hands_find(t.users, "u-1");
	plan.variables[0].class = t.users;
	variables[0] = (struct ref){ id, entity_at(t.users, id)->generation };
	assert_int_equal(store_enroll(t.model.store, &run, &run.number, NULL), 0);
	class_hold(t.users, id, run.number + 1);
	act(&t, "edit user u-1 orders=8", &back);
	assert_int_equal(entity_at(t.users, id)->holder, run.number + 1);
	snprintf(t.ask.key, sizeof t.ask.key, "u-1");
	look(&t);
	assert_string_equal(t.seen->one.row.holder, "buy");
	assert_string_equal(t.seen->one.session, "abc");
	assert_string_equal(t.seen->one.doing, "waits at step 2");
	assert_true(t.seen->one.launch == 5 && t.seen->one.until_ns == 90 && t.seen->classes[0].busy == 1);
	act(&t, "release user u-1", &back);
	assert_string_equal(back.data, "hold user u-1 abc");
	assert_int_equal(t.users->busy, 0);
	refuses(&t, "release user u-1", "nobody holds user 'u-1'");
	act(&t, back.data, &again);
	assert_int_equal(entity_at(t.users, id)->holder, run.number + 1);
	refuses(&t, back.data, "user 'u-1' is held by another flow now");
	act(&t, again.data, &back);
	run.active = false;
	refuses(&t, back.data, "the flow that held user 'u-1' has ended");
	buf_free(&back);
	buf_free(&again);
	end(&t);
}

static void hands_say_what_is_wrong_and_change_nothing(void **state)
{
	static const struct { const char *line, *why; } cases[] = {
		{ "", "entity edit, release, retire or clone, not ''" },
		{ "edti user u-1 orders=1", "entity edit, release, retire or clone, not 'edti'; did you mean 'edit'?" },
		{ "edit", "edit which one? edit CLASS KEY" },
		{ "edit usr u-1 orders=1", "there is no entity 'usr'; did you mean 'user'?" },
		{ "edit user u-7 orders=1", "there is no user 'u-7'; did you mean 'u-0' or 'u-1'?" },
		{ "edit user u-1", "edit what? user has fields like name: edit user u-1 name=VALUE" },
		{ "edit user u-1 orders", "'orders' is not like FIELD=VALUE" },
		{ "edit user u-1 order=1", "a user has no field 'order'; did you mean 'orders'?" },
		{ "edit user u-1 user_id=u-9", "user.user_id is the key, which stays; clone makes another one" },
		{ "edit user u-1 orders=1 orders=2", "'orders' is there twice" },
		{ "edit user u-1 orders=1.5", "orders must be a whole number or null, not '1.5'" },
		{ "edit user u-1 balance=1.005", "balance must be a number with at most 2 decimals, or null, not '1.005'" },
		{ "edit user u-1 balance=1e5", "balance must be a number with at most 2 decimals, or null, not '1e5'" },
		{ "edit user u-1 active=yes", "active must be true or false or null, not 'yes'" },
		{ "edit user u-1 active=\"null\"", "active must be true or false or null, not 'null'" },
		{ "edit user u-1 seen=monday", "seen must be a moment like 2024-01-01T09:00:00Z or null, not 'monday'" },
		{ "edit user u-1 name=\"x", "a quote \" does not end" },
		{ "edit user u-1 name=\"\\q\"", "a \\ in quotes is followed by one of \"\\/bfnrt or by u and four digits" },
		{ "edit user u-1 name=\"\\ud800\"", "a \\ in quotes is followed by one of \"\\/bfnrt or by u and four digits" },
		{ "make user u-9", "make CLASS KEY CREATED FIELD=VALUE..." },
		{ "hold user u-1", "hold CLASS KEY SESSION" },
	};
	struct town t;

	(void)state;
	begin(&t, 2);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		refuses(&t, cases[i].line, cases[i].why);
	assert_true(t.users->live == 2 && t.model.store->history.n == 0);
	end(&t);
}

static void lists_of_flows_follow_a_hand(void **state)
{
	struct town t;
	struct buf back;
	struct matching *m, *free_ones;
	struct err e;
	uint32_t id;

	(void)state;
	begin(&t, 10);
	m = class_matching(t.users, condition_new("orders > 50", t.users, &t.world, &e), false, &e);
	assert_non_null(m);
	buf_init(&back, 10000);
	assert_int_equal(matching_n(t.users, m, 7), 0);
	act(&t, "edit user u-3 orders=51", &back);
	assert_int_equal(matching_n(t.users, m, 7), 1);
	act(&t, "clone user u-3", &back);
	assert_int_equal(matching_n(t.users, m, 7), 2);
	act(&t, "retire user u-3", &back);
	assert_int_equal(matching_n(t.users, m, 7), 1);
	act(&t, back.data, &back);
	assert_int_equal(matching_n(t.users, m, 7), 2);
	/* Who is held is edited, too, and counts as edited when it is free again. */
	free_ones = class_matching(t.users, condition_new("plan == 'gold'", t.users, &t.world, &e), true, &e);
	assert_non_null(free_ones);
	id = hands_find(t.users, "u-5");
	class_hold(t.users, id, 1);
	act(&t, "edit user u-5 plan=gold", &back);
	assert_int_equal(matching_n(t.users, free_ones, 7), 0);
	act(&t, "release user u-5", &back);
	assert_int_equal(matching_n(t.users, free_ones, 7), 1);
	act(&t, "edit user u-5 plan=free", &back);
	assert_int_equal(matching_n(t.users, free_ones, 7), 0);
	buf_free(&back);
	end(&t);
}

/* ---- looking ---- */

static void a_page_is_read_where_it_is(void **state)
{
	struct town t;
	struct buf back;

	(void)state;
	begin(&t, 3000);
	buf_init(&back, 10000);
	t.ask.rows = 3;
	look(&t);
	assert_string_equal(keys(&t), "u-0 u-1 u-2");
	assert_int_equal(t.seen->total, 3000);
	/* Over the holes of those that are gone. */
	act(&t, "retire user u-1", &back);
	act(&t, "retire user u-1500", &back);
	t.ask.offset = 1498;
	snprintf(t.ask.key, sizeof t.ask.key, "u-1502");
	look(&t);
	assert_string_equal(keys(&t), "u-1499 u-1501 u-1502");
	assert_int_equal(t.seen->one_place, 1500);
	t.ask.offset = 5000;
	look(&t);
	assert_string_equal(keys(&t), "u-2997 u-2998 u-2999");
	buf_free(&back);
	end(&t);
}

static void filters_are_conditions_or_words_as_people_type_them(void **state)
{
	static const struct { const char *filter; unsigned n; } cases[] = {
		{ "orders > 7", 20 }, { "orders >= 8 and active", 10 }, { "orders = 8", 10 }, { "plan = pro & orders == 3", 4 }, { "plan=pro|orders=3", 40 },
		{ "plan = 'pro' && not active", 17 }, { "active", 50 }, { "available", 100 }, { "orders != 3", 90 }, { "name 7", 11 }, { "!name 7", 89 },
		{ "~nm77", 1 }, { "seen = null", 100 }, { "balance > 98.5", 1 }, { "nobody", 0 }, { "  ", 100 },
	};
	struct town t;

	(void)state;
	begin(&t, 100);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		ask(&t, cases[i].filter, "", false, 5);
		if (*t.seen->filter_wrong || t.seen->total != cases[i].n)
			fail_msg("'%s': %llu %s", cases[i].filter, (unsigned long long)t.seen->total, t.seen->filter_wrong);
	}
	ask(&t, "ordres > 3", "", false, 5);
	assert_string_equal(t.seen->filter_wrong, "column 1: unknown name 'ordres'; did you mean 'orders'?");
	assert_int_equal(t.seen->total, 100);
	ask(&t, "orders", "", false, 5);
	assert_string_equal(t.seen->filter_wrong, "orders needs a comparison, like orders > 3 or = 'x'");
	end(&t);
}

static void rows_are_put_in_order_and_found(void **state)
{
	struct town t;

	(void)state;
	begin(&t, 40);
	ask(&t, "", "orders", false, 3);
	assert_string_equal(keys(&t), "u-9 u-19 u-29");
	ask(&t, "", "orders", true, 3);
	assert_string_equal(keys(&t), "u-30 u-20 u-10");
	ask(&t, "orders < 9", "name", false, 4);
	assert_string_equal(keys(&t), "u-0 u-1 u-10 u-11");
	assert_int_equal(t.seen->total, 36);
	/* A search goes round, in the order that is shown. */
	snprintf(t.ask.find, sizeof t.ask.find, "u-3");
	t.ask.asked = 1;
	t.ask.from = 0;
	look(&t);
	assert_true(t.seen->found && !t.seen->searching);
	t.ask.offset = t.seen->found_place;
	t.ask.rows = 1;
	look(&t);
	assert_string_equal(keys(&t), "u-3");
	t.ask.asked = 2;
	t.ask.back = true;
	t.ask.from = t.ask.offset;
	look(&t);
	t.ask.offset = t.seen->found_place;
	look(&t);
	assert_string_equal(keys(&t), "u-38");
	snprintf(t.ask.find, sizeof t.ask.find, "nowhere");
	t.ask.asked = 3;
	look(&t);
	assert_true(!t.seen->found && !t.seen->searching);
	end(&t);
}

static void a_large_class_is_gone_over_in_pieces(void **state)
{
	struct town t;
	unsigned views = 1;

	(void)state;
	begin(&t, 100000);
	ask(&t, "", "balance", false, 2);
	assert_true(t.seen->looked < 1 && t.seen->looked > 0 && t.seen->total <= LOOK_ROWS);
	while (t.seen->looked < 1 && views++ < 10000)
		look(&t);
	assert_true(views >= 100000 / LOOK_ROWS);
	assert_string_equal(keys(&t), "u-99999 u-99998");
	assert_int_equal(t.seen->total, 100000);
	/* It goes round again, so that what is shown follows the stream. */
	add(&t, 200000);
	for (unsigned i = 0; i < 10000 && strcmp(keys(&t), "u-200000 u-99999") != 0; i++)
		look(&t);
	assert_string_equal(keys(&t), "u-200000 u-99999");
	end(&t);
}

static void counts_and_pins_are_in_every_view(void **state)
{
	struct town t;
	struct buf back;

	(void)state;
	begin(&t, 9);
	buf_init(&back, 10000);
	snprintf(t.ask.pins[0].class, sizeof t.ask.pins[0].class, "user");
	snprintf(t.ask.pins[0].key, sizeof t.ask.pins[0].key, "u-4");
	snprintf(t.ask.pins[1].class, sizeof t.ask.pins[1].class, "ghost");
	t.ask.pin_n = 2;
	act(&t, "edit user u-0 plan=free", &back);
	look(&t);
	assert_int_equal(t.seen->classes[0].live, 9);
	assert_string_equal(t.seen->classes[0].bars[0].text, "free");
	assert_int_equal(t.seen->classes[0].bars[0].n, 7);
	assert_string_equal(t.seen->pins[0].values[ORDERS], "4");
	assert_false(t.seen->pins[1].there);
	assert_int_equal(t.look->eye.n, 1);
	act(&t, "retire user u-4", &back);
	look(&t);
	assert_false(t.seen->pins[0].there);
	assert_int_equal(t.look->eye.n, 0);
	buf_free(&back);
	end(&t);
}

/* Any value that is written reads back; any line is read or refused. */
static void nonsense_is_read_or_refused(void **state)
{
	static const char pieces[][24] = { "edit", "user", "u-1", "orders=", "name=", "\"", "\\", "\\u00e9", " ", "=", "null", "1", "-", "x", "clone", "\t", "retire", "make" };
	struct town t;
	struct rng r;

	(void)state;
	begin(&t, 3);
	rng_seed(&r, 1);
	for (unsigned i = 0; i < 20000; i++) {
		char line[400] = "";
		size_t n = 0;
		struct buf back, again;
		struct err e;

		for (uint64_t k = rng_below(&r, 12); k; k--)
			n += (size_t)snprintf(line + n, sizeof line - n, "%s%s", pieces[rng_below(&r, COUNT_OF(pieces))], rng_below(&r, 2) ? " " : "");
		buf_init(&back, 100000);
		buf_init(&again, 100000);
		if (hands_act(t.model.store, line, 7, &back, &e) == 0 && hands_act(t.model.store, back.data, 7, &again, &e) < 0)
			fail_msg("'%s' is taken back by '%s': %s", line, back.data, e.text);
		buf_free(&back);
		buf_free(&again);
	}
	assert_int_equal(t.users->live, 3);
	end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_edit_is_one_version_and_is_taken_back),
		cmocka_unit_test(what_is_retired_comes_back_while_its_key_is_free),
		cmocka_unit_test(a_clone_gets_the_first_key_that_is_free),
		cmocka_unit_test(who_is_held_is_edited_released_and_held_again),
		cmocka_unit_test(hands_say_what_is_wrong_and_change_nothing),
		cmocka_unit_test(lists_of_flows_follow_a_hand),
		cmocka_unit_test(a_page_is_read_where_it_is),
		cmocka_unit_test(filters_are_conditions_or_words_as_people_type_them),
		cmocka_unit_test(rows_are_put_in_order_and_found),
		cmocka_unit_test(a_large_class_is_gone_over_in_pieces),
		cmocka_unit_test(counts_and_pins_are_in_every_view),
		cmocka_unit_test(nonsense_is_read_or_refused),
	};

	return cmocka_run_group_tests_name("entities", tests, NULL, NULL);
}
