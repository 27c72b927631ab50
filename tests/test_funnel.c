/* Flows for the eye: where an event comes from, and how far launches come. */
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"
#include "core/view.h"
#include "generators/table.h"
#include "scenario/load.h"
#include "value/setting.h"

#define SECOND INT64_C(1000000000)

static const struct output_class *const classes[] = { &fake_output_a, NULL };
static const struct catalogue catalogue = { .generators = generator_table, .outputs = classes, .compile = setting_compile };

struct shop {
	struct fake f;
	struct scenario sc;
};

static const char written[] =
	"scenario: shop\nseed: 7\nclock: {start: 2024-01-01T00:00:00Z}\nparams: {price: {default: 5, min: 1, max: 90}}\n"
	"outputs:\n  a: {type: fake_a, linger: 0s}\n"
	"modules:\n  shop: {generator: flows, flows: [buy, join], rate: 20}\n  notes: {generator: template, emit: {note: 3}, rate: 5}\n"
	"  ticks: {generator: market, rate: 5}\n"
	"events:\n  joined: {key: \"${id}\", fields: {id: \"${shortuuid(8)}\"}}\n"
	"  bought: {key: \"${user.id}\", fields: {id: \"${user.id}\", total: \"${round(price, 2)}\", kind: new}}\n"
	"  thanked: {key: \"${user.id}\", fields: {id: \"${user.id}\"}}\n"
	"  note: {key: \"${text}\", fields: {text: \"${round(price, 0)}\"}}\n"
	"entities:\n  user: {key: id, created_by: joined, initial: 3, state: {orders: 0}}\n"
	"flows:\n  join: {weight: 0, steps: [{emit: joined, create: {guest: user}}]}\n"
	"  buy:\n    select: {user: orders < 50}\n    steps:\n"
	"      - {emit: bought, with: {kind: \"${user.orders > 0 ? 'old' : 'new'}\"}, add: {user.orders: 1}}\n"
	"      - {wait: 100ms, drop: 25%}\n"
	"      - {call: thank}\n"
	"      - branch: {60%: [{borrow: {other: {entity: user, where: orders > 1000}}, else: continue}], 40%: [stop]}\n"
	"      - if: user.orders > 2\n        then: [{repeat: 2, do: [{emit: thanked}]}]\n"
	"  thank: {weight: 0, select: {user: orders > 0}, steps: [{emit: thanked}]}\n";

static void open_text(struct shop *d, const char *text)
{
	fake_scenario(&d->f, &d->sc, &catalogue, text);
	engine_look_at_events(d->f.engine, 1);
}

static void open_shop(struct shop *d)
{
	open_text(d, written);
}

static void close_shop(struct shop *d)
{
	fake_end(&d->f);
	scenario_free(&d->sc);
}

static const struct view *look(struct shop *d)
{
	static const struct view_want want = { .tail = TAIL_ROOM };
	const struct view *v = view_make(d->f.engine, "shop", &want);

	assert_non_null(v);
	return v;
}

/* The newest event of that kind (whose explanation has the text, if one is given). */
static const struct view_event *newest(const struct view *v, const char *type, const char *with)
{
	for (unsigned i = v->tail_n; i-- > 0;)
		if (strcmp(v->tail[i].type, type) == 0 && (!with || strstr(v->tail[i].why, with)))
			return &v->tail[i];
	fail_msg("no event %s", type);
	return NULL;
}

static void explained(const struct view *v, const struct view_event *ev, const char *line)
{
	struct buf b;

	buf_init(&b, 10000);
	view_explain(v, ev, &b);
	if (!strstr(b.data, line))
		fail_msg("no '%s' in:\n%s", line, b.data);
	buf_free(&b);
}

static void an_event_of_a_flow_says_its_step_and_who_it_is_about(void **state)
{
	const struct view_event *ev;
	const struct view *v;
	struct shop d;
	char line[200];

	(void)state;
	open_shop(&d);
	fake_pass(&d.f, SECOND);
	v = look(&d);
	ev = newest(v, "bought", NULL);
	explained(v, ev, "module\tshop  generator flows\n");
	explained(v, ev, "flow\tbuy, step 1: emit bought, add user.orders\n");
	snprintf(line, sizeof line, "has\tuser %s held\n", ev->key);
	explained(v, ev, line);
	explained(v, ev, "made by\tevents.bought, with other kind\n");
	explained(v, ev, "stream\tseed 7, 'shop', 'buy', row ");
	explained(v, ev, ", since 00:00:0");
	explained(v, ev, "outputs\ta\n");
	ev = newest(v, "thanked", "called");
	explained(v, ev, "flow\tbuy, called thank, step 1: emit thanked\n");
	ev = newest(v, "joined", NULL);
	explained(v, ev, "flow\tnone: initial population of user, number 3\n");
	explained(v, ev, "stream\tseed 7, 'initial', 'user', row 2\n");
	view_drop(v);
	close_shop(&d);
}

static void other_generators_say_what_is_true_of_them(void **state)
{
	const struct view_event *ev;
	const struct view *v;
	struct shop d;

	(void)state;
	open_shop(&d);
	fake_pass(&d.f, SECOND);
	v = look(&d);
	ev = newest(v, "note", NULL);
	explained(v, ev, "made by\tnote, weight 3\n");
	assert_int_equal(ev->of_module, 5);
	explained(v, ev, "stream\tseed 7, 'notes', 'note', row 4\n");
	explained(v, newest(v, "tick", NULL), "stream\tkeyed by seed 7 and 'ticks'\n");
	view_drop(v);
	close_shop(&d);
}

static void the_change_before_an_event_is_named(void **state)
{
	const struct view_event *before, *after;
	const struct view *v;
	struct shop d;
	uint64_t number;

	(void)state;
	open_shop(&d);
	fake_pass(&d.f, SECOND);
	number = d.f.engine->made;
	fake_press(&d.f, "shop.flows.join", "1");
	fake_press(&d.f, "params.price", "7");
	fake_press(&d.f, "ticks.volatility", "0.9");
	fake_pass(&d.f, SECOND);
	v = look(&d);
	after = newest(v, "bought", NULL);
	explained(v, after, "setting\tparams.price 5 → 7 (key), entry 2 of the journal, before event ");
	explained(v, after, "before\tshop.flows.join = 1\n");
	explained(v, newest(v, "tick", NULL), "setting\tticks.volatility 0.35 → 0.9 (key), entry 3 ");
	for (before = after; before->number > number || strcmp(before->module, "shop") != 0; before--)
		assert_ptr_not_equal(before, v->tail);
	explained(v, before, "setting\tas the scenario says\n");
	view_drop(v);
	close_shop(&d);
}

/* ---- the funnel ---- */

static const struct view_flow *flow_of(const struct view *v, const char *name)
{
	for (unsigned i = 0; i < v->flow_n; i++)
		if (strcmp(v->flows[i].name, name) == 0)
			return &v->flows[i];
	fail_msg("no flow %s", name);
	return NULL;
}

static const struct view *look_at_flows(struct shop *d, const char *module, const char *flow)
{
	const struct view_want want = { .flows_of = module, .flow = flow };
	const struct view *v = view_make(d->f.engine, "shop", &want);

	assert_non_null(v);
	return v;
}

static void steps_are_shown_in_order_with_their_faders(void **state)
{
	static const struct { unsigned number, depth; const char *text, *fader; } rows[] = {
		{ 1, 0, "emit bought, add user.orders", NULL }, { 2, 0, "wait 100ms", "drops.buy.2" }, { 3, 0, "call thank", NULL },
		{ 4, 0, "branch", NULL }, { 0, 1, "60%", NULL }, { 5, 2, "borrow other (user) where orders > 1000", NULL }, { 0, 1, "40%", NULL },
		{ 6, 2, "stop", NULL }, { 7, 0, "if user.orders > 2", NULL }, { 0, 1, "then", NULL }, { 8, 2, "repeat 2", NULL }, { 9, 3, "emit thanked", NULL },
	};
	const struct view_flow *f;
	const struct view *v;
	struct shop d;

	(void)state;
	open_shop(&d);
	v = look_at_flows(&d, "shop", "buy");
	assert_int_equal(v->flow_n, 2);
	assert_null(flow_of(v, "join")->steps);
	f = flow_of(v, "buy");
	assert_string_equal(f->fader, "flows.buy");
	assert_true(f->weight == 1 && f->share == 1 && flow_of(v, "join")->weight == 0);
	assert_int_equal(f->step_n, COUNT_OF(rows));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_string_equal(f->steps[i].text, rows[i].text);
		assert_int_equal(f->steps[i].number, rows[i].number);
		assert_int_equal(f->steps[i].depth, rows[i].depth);
		assert_string_equal(f->steps[i].fader ? f->steps[i].fader : "", rows[i].fader ? rows[i].fader : "");
	}
	view_drop(v);
	v = look_at_flows(&d, "ticks", NULL);
	assert_int_equal(v->flow_n, 0);
	view_drop(v);
	close_shop(&d);
}

static void every_launch_is_somewhere(void **state)
{
	const struct view_flow *f;
	const struct view_step *s;
	const struct view *v;
	struct shop d;

	(void)state;
	open_shop(&d);
	for (int i = 0; i < 20; i++) {
		fake_pass(&d.f, SECOND / 3);
		v = look_at_flows(&d, VIEW_ALL_KNOBS, NULL);
		f = flow_of(v, "buy");
		s = f->steps;
		assert_int_equal(f->launched, f->completed + f->dropped + f->stopped + f->failed + f->active);
		assert_true(f->launched == f->entered && s[0].reached == f->launched && s[1].reached == f->launched);
		assert_true(s[1].waiting == f->active && s[1].dropped == f->dropped);
		/* Who did not drop out called, and came to the branch and into one of its arms. */
		assert_true(s[2].reached == f->launched - f->active - f->dropped && s[3].reached == s[2].reached);
		assert_true(s[4].reached + s[6].reached == s[3].reached && s[6].reached == f->stopped && s[7].reached == f->stopped);
		assert_true(s[5].reached == s[4].reached && s[5].lost == s[5].reached && s[5].goes_on);
		assert_true(s[8].reached == f->completed && s[11].reached == 2 * s[10].reached);
		view_drop(v);
	}
	v = look_at_flows(&d, "shop", NULL);
	f = flow_of(v, "buy");
	assert_in_range(f->launched, 60, 140);
	assert_in_range((uint64_t)(1000 * f->rate), 10000, 25000);
	assert_true(f->lost + f->launched == d.f.engine->slots[0]->arrivals);
	view_drop(v);
	close_shop(&d);
}

static void a_selection_without_a_match_is_counted_once(void **state)
{
	static const char alone[] =
		"scenario: alone\nseed: 7\nclock: {start: 2024-01-01T00:00:00Z}\noutputs: {a: {type: fake_a, linger: 0s}}\n"
		"modules: {shop: {generator: flows, rate: 10}}\nevents: {made: {fields: {id: \"${shortuuid(8)}\"}}, seen: {fields: {n: 1}}}\n"
		"entities: {thing: {key: id, created_by: made, initial: 2, state: {n: 0}}}\n"
		"flows:\n  look:\n    steps: [emit: seen, {select: {thing: n > 5}, else: [{emit: seen}]}, {emit: seen}]\n"
		"  again: {weight: 0, steps: [{wait: 1s}, {call: again}]}\n";
	const struct view_flow *f;
	const struct view *v;
	struct shop d;

	(void)state;
	open_text(&d, alone);
	fake_pass(&d.f, SECOND);
	v = look_at_flows(&d, "shop", NULL);
	f = flow_of(v, "look");
	assert_int_equal(f->step_n, 5);
	assert_true(f->launched >= 9 && f->launched == f->stopped && f->completed == 0);
	assert_true(f->steps[1].reached == f->launched && f->steps[1].lost == f->launched);
	assert_string_equal(f->steps[2].text, "else");
	assert_true(f->steps[2].reached == f->launched && f->steps[3].reached == f->launched && f->steps[4].reached == 0);
	view_drop(v);
	fake_press(&d.f, "shop.flows.again", "1");
	fake_press(&d.f, "shop.flows.look", "0");
	fake_pass(&d.f, 5 * SECOND);
	v = look_at_flows(&d, "shop", NULL);
	f = flow_of(v, "again");
	/* A call that leads back counts, and so does the first step anew. */
	assert_true(f->active == f->launched && f->entered > 2 * f->launched && f->entered == f->launched + f->steps[1].reached);
	view_drop(v);
	close_shop(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_of_a_flow_says_its_step_and_who_it_is_about),
		cmocka_unit_test(other_generators_say_what_is_true_of_them),
		cmocka_unit_test(the_change_before_an_event_is_named),
		cmocka_unit_test(steps_are_shown_in_order_with_their_faders),
		cmocka_unit_test(every_launch_is_somewhere),
		cmocka_unit_test(a_selection_without_a_match_is_counted_once),
	};

	return cmocka_run_group_tests_name("funnel", tests, NULL, NULL);
}
