/* What each kind of step of a flow does: who is launched when, who is held how long, how often ways are gone, what changes. */
#include "tests/town.h"

/* Users have a number, an amount and a word; `did` says who, what and how much. */
#define TOWN_AT(speed, clock, module, users, flows) \
	"scenario: town\nseed: 3\nclock: {start: 2024-01-01T00:00:00Z, speed: " speed ", " clock "}\noutputs: {a: {type: fake_a}}\n" \
	"modules:\n  town: {generator: flows, " module "}\n" \
	"events:\n  made: {fields: {id: \"${seq}\", word: \"${pick([x, y])}\"}}\n  did: {fields: {who: 0, what: '', x: 0, flow: \"${flow}\"}}\n" \
	"  other: {fields: {who: 0, v: \"${random_int(1, 100)}\"}}\n" \
	"entities:\n  user:\n    key: id\n    created_by: made\n    announce: false\n    initial: " users "\n" \
	"    state: {n: 0, r: 0.0, word: {from: word}, boss: {type: int}, amount: \"${decimal(1, 1)}\", at: {type: instant}}\n" \
	"  order: {key: who, created_by: other, state: {v: {from: v}, user: {from: who}, open: true}}\n" \
	"flows:\n" flows

#define TOWN(clock, module, users, flows) TOWN_AT("max", clock, module, users, flows)
#define DID "emit: did, with: {who: \"${user.id}\"}"

static unsigned count(const struct lines *l, const char *what)
{
	unsigned n = 0;

	for (unsigned i = 0; i < l->n; i++)
		n += line_is(&l->at[i], "what", what);
	return n;
}

/* ---- launches ---- */

static void one_entity_is_launched_every_eleven_steps(void **state)
{
	static const char *const texts[] = {
		TOWN("stop_after: 60s, drain: true", "pace: {shape: per_step, step: 1s, n: 1}", "1", "  f: {select: user, steps: [{" DID "}, {wait: 10s}]}\n"),
		TOWN("stop_after: 60s, drain: true", "pace: {shape: per_step, step: 1s, n: 1}", "1",
		     "  f: {select: user, steps: [{" DID "}, {wait: 10s, drop: 100%}]}\n"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct town t;
		struct lines l;

		town_run(&t, texts[i]);
		l = town_lines(&t);
		assert_int_equal(l.n, 6);
		for (unsigned k = 0; k < l.n; k++)
			assert_int_equal((l.at[k].ms - TOWN_START) / 1000, 11 * k);
		assert_int_equal(town_plan(&t, "f")->launched, 6);
		assert_int_equal(town_plan(&t, "f")->lost, 54);
		assert_int_equal(town_class(&t, "user")->lost, 54);
		assert_int_equal(i ? town_plan(&t, "f")->dropped : town_plan(&t, "f")->completed, 6);
		free(l.at);
		town_close(&t);
	}
}

/* Five users, held 15 s from a start within a step: four rounds of five in 60 steps. */
static void launches_without_an_entity_are_lost(void **state)
{
	struct town t;
	struct lines l;

	(void)state;
	town_run(&t, TOWN("stop_after: 1m, drain: true", "pace: {shape: per_step, step: 1s, n: 2}", "5",
			  "  f: {select: user, steps: [{wait: 15s}, {" DID "}]}\n"));
	l = town_lines(&t);
	assert_int_equal(l.n, 20);
	assert_int_equal(town_flows(&t)->lost, 100);
	free(l.at);
	town_close(&t);
}

static void weights_are_shares_and_zero_is_never(void **state)
{
	static const double weights[] = { 1, 2, 5.5, 0 };
	struct town t;
	double chi = 0;

	(void)state;
	town_run(&t, TOWN("stop_after: 10000s, drain: true", "rate: 1", "0",
			  "  f0: {steps: [{emit: did}]}\n  f1: {weight: 2, steps: [{emit: did}]}\n  f2: {weight: 5.5, steps: [{emit: did}]}\n"
			  "  f3: {weight: 0, steps: [{emit: did}]}\n"));
	for (unsigned i = 0; i < 3; i++) {
		double want = 10000 * weights[i] / 8.5, off;
		char name[4] = { 'f', (char)('0' + i), '\0' };

		off = (double)town_plan(&t, name)->launched - want;
		chi += off * off / want;
	}
	assert_true(chi < 13.8);        /* 2 degrees, 0.1 % */
	assert_int_equal(town_plan(&t, "f3")->launched, 0);
	town_close(&t);
}

static void a_ceiling_of_flows_under_way_holds(void **state)
{
	struct town t;
	uint64_t most = 0;

	(void)state;
	town_open(&t, TOWN_AT("1", "stop_after: 100s, drain: true", "rate: 10, max_active: 7", "0", "  f: {steps: [{emit: did}, {wait: 10s}]}\n"));
	while (!fake_turn(&t.f, 1000).done) {
		most = town_flows(&t)->active > most ? town_flows(&t)->active : most;
		t.f.wall_ns += 50000000;
		clock_pretend(t.f.wall_ns);
	}
	assert_int_equal(most, 7);
	/* Seven, and seven again each time that they have ended. */
	assert_in_range(town_plan(&t, "f")->launched, 63, 70);
	assert_int_equal(town_flows(&t)->lost_full, town_flows(&t)->lost);
	assert_int_equal(town_flows(&t)->lost + town_plan(&t, "f")->launched, 1000);
	engine_stop(t.f.engine);
	fake_turn(&t.f, 10);
	town_close(&t);
}

/* ---- time ---- */

static void a_long_wait_is_exact(void **state)
{
	struct town t;
	struct lines l;
	unsigned pairs = 0;

	(void)state;
	town_run(&t, TOWN("stop_after: 100s, drain: true", "rate: 1, pace: poisson", "0",
			  "  f: {steps: [{emit: did, with: {what: from}}, {wait: 3600000ms}, {emit: did, with: {what: to}}]}\n"));
	l = town_lines(&t);
	for (unsigned i = 0; i < l.n; i++)
		for (unsigned k = i + 1; k < l.n; k++)
			if (strcmp(line_field(&l.at[i], "sys__sid"), line_field(&l.at[k], "sys__sid")) == 0) {
				assert_int_equal(l.at[k].ms - l.at[i].ms, 3600000);
				pairs++;
			}
	assert_int_equal(pairs, l.n / 2);
	assert_in_range(pairs, 60, 140);
	free(l.at);
	town_close(&t);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void random_waits_have_their_distribution(void **state)
{
	static double waits[5000];
	struct town t;
	struct lines l;
	double worst = 0;

	(void)state;
	/* One flow at a time: the second event of each follows its first. */
	town_run(&t, TOWN("stop_after: 5000000s, drain: true", "rate: 0.001", "0",
			  "  f: {steps: [{emit: did}, {wait: \"${lognormal(15s, 0.5)}\"}, {emit: did}]}\n"));
	l = town_lines(&t);
	assert_int_equal(l.n, 2 * COUNT_OF(waits));
	for (unsigned i = 0; i < COUNT_OF(waits); i++)
		waits[i] = (double)(l.at[2 * i + 1].ms - l.at[2 * i].ms) / 1000;
	qsort(waits, COUNT_OF(waits), sizeof *waits, by_size);
	for (unsigned i = 0; i < COUNT_OF(waits); i++) {
		double cdf = 0.5 * erfc(-log(waits[i] / 15) / 0.5 / sqrt(2));

		worst = fmax(worst, fabs(cdf - (i + 0.5) / (double)COUNT_OF(waits)));
	}
	if (worst > 1.95 / sqrt((double)COUNT_OF(waits)))       /* 0.1 % */
		fail_msg("Kolmogorov-Smirnov distance %g", worst);
	free(l.at);
	town_close(&t);
}

static void drops_are_their_share(void **state)
{
	static const struct { const char *text; unsigned least, most; } rows[] = {
		{ TOWN("stop_after: 10000s, drain: true", "rate: 1", "0", "  f: {steps: [{wait: 1s, drop: 0%}, {emit: did}]}\n"), 0, 0 },
		{ TOWN("stop_after: 10000s, drain: true", "rate: 1", "0", "  f: {steps: [{wait: 1s, drop: 100%}, {emit: did}]}\n"), 10000, 10000 },
		{ TOWN("stop_after: 10000s, drain: true", "rate: 1", "0", "  f: {steps: [{wait: 1s, drop: 30%}, {emit: did}]}\n"), 2850, 3150 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct town t;

		town_run(&t, rows[i].text);
		assert_in_range(town_plan(&t, "f")->dropped, rows[i].least, rows[i].most);
		assert_int_equal(town_plan(&t, "f")->counts[0].dropped, town_plan(&t, "f")->dropped);
		assert_int_equal(town_plan(&t, "f")->completed, 10000 - town_plan(&t, "f")->dropped);
		assert_int_equal(fake_lines(&fake_a), 10000 - town_plan(&t, "f")->dropped);
		town_close(&t);
	}
}

static void the_end_cuts_or_drains(void **state)
{
	static const char *const texts[] = {
		TOWN("stop_after: 10s", "rate: 1", "3", "  f: {select: user, steps: [{" DID "}, {wait: 4s}, {" DID "}]}\n"),
		TOWN("stop_after: 10s, drain: true", "rate: 1", "3", "  f: {select: user, steps: [{" DID "}, {wait: 4s}, {" DID "}]}\n"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct town t;
		struct lines l;

		town_run(&t, texts[i]);
		l = town_lines(&t);
		assert_int_equal(l.at[l.n - 1].ms > TOWN_START + 10000, i);
		assert_int_equal(town_class(&t, "user")->busy == 0, i);
		assert_int_equal(town_plan(&t, "f")->active == 0, i);
		town_check(&t);
		free(l.at);
		town_close(&t);
	}
}

/* ---- entities ---- */

static void two_of_one_class_are_two_and_both_are_released(void **state)
{
	struct town t;
	struct lines l;

	(void)state;
	town_run(&t, TOWN("stop_after: 2000s, drain: true", "rate: 1", "2",
			  "  f: {select: {buyer: {entity: user}, seller: {entity: user}}, steps: [{emit: did, with: {who: \"${buyer.id}\", x: \"${seller.id}\"}}, "
			  "{wait: 1900ms, drop: 50%}]}\n"));
	l = town_lines(&t);
	assert_int_equal(l.n, 1000);
	for (unsigned i = 0; i < l.n; i++)
		assert_int_equal(line_int(&l.at[i], "who") + line_int(&l.at[i], "x"), 1);
	assert_int_equal(town_class(&t, "user")->busy, 0);
	assert_int_equal(town_class(&t, "user")->lost, 1000);
	free(l.at);
	town_close(&t);
}

static void what_a_flow_creates_it_holds_to_its_end(void **state)
{
	struct town t;
	struct lines l;
	int64_t born[400] = { 0 };
	unsigned used = 0;

	(void)state;
	town_run(&t, TOWN("stop_after: 300s, drain: true", "rate: 2", "0",
			  "  come: {steps: [{emit: made, create: user}, {wait: 20s}, {set: {user.n: 1}}]}\n"
			  "  use: {weight: 4, select: user, steps: [{" DID "}, {retire: user}]}\n"));
	l = town_lines(&t);
	for (unsigned i = 0; i < l.n; i++) {
		if (line_is(&l.at[i], "event_type", "made")) {
			born[line_int(&l.at[i], "id")] = l.at[i].ms;
			continue;
		}
		assert_true(born[line_int(&l.at[i], "who")] && l.at[i].ms - born[line_int(&l.at[i], "who")] >= 20000);
		born[line_int(&l.at[i], "who")] = INT64_MAX / 2;         /* retired: never again */
		used++;
	}
	assert_true(used > 40);
	assert_int_equal(town_class(&t, "user")->retired, used);
	free(l.at);
	town_close(&t);
}

static void a_borrowed_one_is_free_or_busy_and_stays_so(void **state)
{
	struct town t;
	struct lines l;

	(void)state;
	town_run(&t, TOWN("stop_after: 100s, drain: true", "rate: 1", "1",
			  "  hold: {weight: 1, select: user, steps: [{emit: did, with: {what: hold}}, {wait: 90s}]}\n"
			  "  look: {weight: 9, steps: [{borrow: user}, {emit: did, with: {what: look}, add: {user.n: 1}}, {wait: 5s}]}\n"
			  "  free: {weight: 9, steps: [{select: {user: {where: available, lock: false}}}, {emit: did, with: {what: free}}]}\n"));
	l = town_lines(&t);
	assert_true(count(&l, "look") > 20);
	assert_true(count(&l, "free") > 0);
	for (unsigned i = 1; i < l.n; i++)
		assert_true(!line_is(&l.at[i], "what", "free") || !count(&(struct lines){ l.at, i }, "hold"));
	assert_int_equal(town_class(&t, "user")->busy, 0);
	assert_int_equal(entity_at(town_class(&t, "user"), 0)->cells[1].i, count(&l, "look"));
	free(l.at);
	town_close(&t);
}

/* A name that is given again lets the one before go, unless it is the same. */
static void a_name_holds_one_at_a_time(void **state)
{
	struct town t;

	(void)state;
	town_run(&t, TOWN("stop_after: 500s, drain: true", "rate: 1", "2",
			  "  f: {select: user, steps: [{borrow: user}, {" DID "}, {wait: 1s}, {repeat: 3, do: [{select: user, else: continue}, {wait: 100ms}]}]}\n"));
	assert_int_equal(town_plan(&t, "f")->launched, 500);
	assert_int_equal(town_class(&t, "user")->busy, 0);
	town_close(&t);
}

static void orders_of_one_user_are_found(void **state)
{
	struct town t;
	struct lines l;

	(void)state;
	town_run(&t, TOWN("stop_after: 200s, drain: true", "rate: 2", "20",
			  "  buy: {select: {user: {where: \"n == 0\"}}, steps: [{emit: other, with: {who: \"${user.id}\"}, create: order, set: {user.n: 1}}]}\n"
			  "  pay: {weight: 3, select: {user: {where: \"n == 1\"}}, steps: [{select: {order: {where: \"user == user.id and open\"}}}, "
			  "{emit: did, with: {who: \"${user.id}\", x: \"${order.who}\"}, set: {order.open: false}}]}\n"));
	l = town_lines(&t);
	assert_int_equal(lines_of(&l, "other"), 20);
	assert_int_equal(lines_of(&l, "did"), 20);
	for (unsigned i = 0; i < l.n; i++)
		assert_true(line_is(&l.at[i], "event_type", "other") || line_int(&l.at[i], "who") == line_int(&l.at[i], "x"));
	free(l.at);
	town_close(&t);
}

/* ---- ways ---- */

static void branches_are_their_shares(void **state)
{
	struct town t;
	struct lines l;

	(void)state;
	town_run(&t, TOWN("stop_after: 10000s, drain: true", "rate: 1", "0",
			  "  f: {steps: [{branch: {70%: [{emit: did, with: {what: often}}], 29.5%: [{emit: did, with: {what: seldom}}, {stop: true}], 0.5%: []}}, "
			  "{emit: did, with: {what: after}}]}\n"));
	l = town_lines(&t);
	assert_in_range(count(&l, "often"), 6850, 7150);
	assert_in_range(count(&l, "seldom"), 2800, 3100);
	assert_int_equal(count(&l, "after"), 10000 - count(&l, "seldom"));
	assert_int_equal(town_plan(&t, "f")->stopped, count(&l, "seldom"));
	assert_int_equal(town_plan(&t, "f")->completed, count(&l, "after"));
	free(l.at);
	town_close(&t);
}

/* What the events say they are, in order. */
static void says(const char *text, const char *want)
{
	struct town t;
	struct lines l;
	char got[2000] = "";

	town_run(&t, text);
	l = town_lines(&t);
	for (unsigned i = 0; i < l.n; i++)
		snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " " : "", line_field(&l.at[i], "what"));
	town_check(&t);
	if (strcmp(got, want) != 0)
		fail_msg("%s\n%s\nnot %s", text, got, want);
	free(l.at);
	town_close(&t);
}

#define ONCE(users, flows) TOWN("stop_after: 1s, drain: true", "rate: 1, events: 1000", users, flows)
#define SAY(what) "{emit: did, with: {what: " what "}}"

static void calls_come_back_and_go_on(void **state)
{
	(void)state;
	says(ONCE("1", "  f: {steps: [" SAY("a") ", {call: g}, " SAY("b") ", {call: g}, " SAY("c") "]}\n"
		  "  g: {weight: 0, steps: [" SAY("g") ", {wait: 1s}, {call: h}, " SAY("i") "]}\n  h: {weight: 0, steps: [" SAY("h") "]}\n"),
	     "a g h i b g h i c");
	/* As the last step it is a way on; `stop` in it ends the whole flow. */
	says(ONCE("1", "  f: {steps: [{if: \"true\", then: [" SAY("a") ", {call: g}]}]}\n  g: {weight: 0, steps: [" SAY("g") "]}\n"), "a g");
	says(ONCE("1", "  f: {steps: [{call: g}, " SAY("never") "]}\n  g: {weight: 0, steps: [" SAY("g") ", {if: \"true\", then: [{stop: true}]}]}\n"), "g");
	/* What the called one selects it takes over where the caller has it. */
	says(ONCE("1", "  f: {select: user, steps: [{call: g}, " SAY("b") "]}\n  g: {weight: 0, select: user, steps: [" SAY("g") "]}\n"), "g b");
	says(ONCE("0", "  f: {steps: [{call: g}, " SAY("never") "]}\n  g: {weight: 0, select: user, steps: [" SAY("g") "]}\n"), "");
}

static void a_call_may_lead_back_when_time_passes(void **state)
{
	struct town t;
	struct lines l;

	(void)state;
	town_run(&t, TOWN("stop_after: 95s", "rate: 1, max_active: 1", "1",
			  "  f: {select: user, steps: [{" DID ", add: {user.n: 1}}, {wait: 10s}, {call: g}]}\n  g: {weight: 0, steps: [" SAY("g") ", {call: f}]}\n"));
	l = town_lines(&t);
	assert_int_equal(l.n, 10 + 9);
	assert_int_equal(town_plan(&t, "f")->launched, 1);
	assert_int_equal(entity_at(town_class(&t, "user"), 0)->cells[1].i, 10);
	free(l.at);
	town_close(&t);
}

/* Where it does not, the flow ends as failed, with the reason; it does not stand for ever. */
static void a_wait_of_nothing_in_a_circle_ends_the_flow(void **state)
{
	struct town t;

	(void)state;
	town_open(&t, TOWN("stop_after: 3s", "rate: 1", "1", "  f: {select: user, steps: [{" DID "}, {wait: \"${1s * user.n}\"}, {call: f}]}\n"));
	for (unsigned i = 0; i < 200000 && !engine_run(t.f.engine, 1000000).done; i++)
		;
	assert_true(engine_run(t.f.engine, 1000000).done);
	assert_int_equal(town_plan(&t, "f")->failed, 3);
	assert_non_null(strstr(town_plan(&t, "f")->why.text, "without time passing"));
	assert_int_equal(town_class(&t, "user")->busy, 0);
	engine_stop(t.f.engine);
	fake_turn(&t.f, 10);
	town_close(&t);
}

static void repetitions_and_conditions(void **state)
{
	(void)state;
	says(ONCE("1", "  f: {select: user, steps: [{repeat: 3, do: [" SAY("a") ", {repeat: 2, do: [" SAY("b") "]}]}, {repeat: 0, do: [" SAY("never") "]}, "
		  "{repeat: \"${user.n - 5}\", do: [" SAY("never") "]}, {add: {user.n: 2}}, {repeat: \"${user.n}\", do: [{add: {user.n: 1}}, " SAY("c") "]}]}\n"),
	     "a b b a b b a b b c c");
	says(ONCE("1", "  f: {select: user, steps: [{if: \"user.n > 0\", then: [" SAY("never") "]}, {if: \"user.n == 0\", then: [" SAY("a") "], else: ["
		  SAY("never") "]}, {if: \"user.boss > 0\", then: [" SAY("never") "], else: [" SAY("b") "]}]}\n"), "a b");
}

static void nobody_to_select_has_three_ways(void **state)
{
	(void)state;
	says(ONCE("0", "  f: {steps: [" SAY("a") ", {select: user}, " SAY("never") "]}\n"), "a");
	says(ONCE("0", "  f: {steps: [" SAY("a") ", {select: user, else: stop}, " SAY("never") "]}\n"), "a");
	says(ONCE("0", "  f: {steps: [" SAY("a") ", {select: user, else: continue}, " SAY("b") ", {if: \"user.id == null\", then: [" SAY("c") "]}]}\n"), "a b c");
	says(ONCE("0", "  f: {steps: [{select: user, else: [" SAY("b") ", {wait: 1s}, " SAY("c") "]}, " SAY("never") "]}\n"), "b c");
	says(ONCE("0", "  f: {steps: [{select: user, else: [" SAY("b") ", {call: g}]}, " SAY("never") "]}\n  g: {weight: 0, steps: [" SAY("g") "]}\n"), "b g");
	says(ONCE("1", "  f: {steps: [{select: user, else: [" SAY("never") "]}, " SAY("a") "]}\n"), "a");
}

static void a_step_that_selects_nobody_is_counted(void **state)
{
	struct town t;

	(void)state;
	town_run(&t, TOWN("stop_after: 100s, drain: true", "rate: 1", "3", "  f: {steps: [{select: user}, {wait: 10s}, {" DID "}]}\n"));
	assert_int_equal(town_plan(&t, "f")->launched, 100);
	assert_int_equal(town_plan(&t, "f")->stopped, town_plan(&t, "f")->counts[0].lost);
	assert_int_equal(town_class(&t, "user")->lost, town_plan(&t, "f")->stopped);
	assert_in_range(town_plan(&t, "f")->completed, 27, 33);
	assert_int_equal(town_plan(&t, "f")->completed + town_plan(&t, "f")->stopped, 100);
	town_close(&t);
}

/* A retired one is no more, for whoever knew it. */
static void retirement_is_the_end(void **state)
{
	struct town t;

	(void)state;
	says(ONCE("1", "  f: {select: user, steps: [{borrow: {also: {entity: user}}}, {retire: user}, {if: \"also.id == null\", then: [" SAY("a") "]}, "
		  "{set: {also.n: 1}}, {select: user, else: [" SAY("b") "]}]}\n"), "a b");
	town_run(&t, TOWN("stop_after: 10s, drain: true", "rate: 1", "4", "  f: {select: user, steps: [" SAY("gone") ", {retire: user}]}\n"));
	assert_int_equal(town_class(&t, "user")->live, 0);
	assert_int_equal(town_class(&t, "user")->retired, 4);
	assert_int_equal(town_plan(&t, "f")->lost, 6);
	town_close(&t);
}

/* ---- changes ---- */

static void numbers_add_up_in_their_types(void **state)
{
	struct town t;
	struct held h;
	const struct class *c;

	(void)state;
	town_run(&t, TOWN("stop_after: 8s, drain: true", "rate: 1", "1",
			  "  f: {select: user, steps: [{emit: other, with: {who: \"${user.id}\"}, add: {user.n: -2, user.r: 0.125, user.boss: 3, user.amount: 1.25}, "
			  "set: {user.word: \"${user.word + 'z'}\", user.at: \"${now}\"}}, " SAY("done") "]}\n"));
	c = town_class(&t, "user");
	entity_load(c, entity_at(c, 0), 1, &h);
	assert_int_equal(h.v.i, -16);
	entity_load(c, entity_at(c, 0), 2, &h);
	assert_true(h.v.r == 1);
	entity_load(c, entity_at(c, 0), 3, &h);
	assert_int_equal(h.v.t.n, 9);
	entity_load(c, entity_at(c, 0), 4, &h);
	assert_int_equal(h.v.i, 24);    /* it began with none */
	entity_load(c, entity_at(c, 0), 5, &h);
	assert_int_equal(h.v.i, 1100);  /* 1.00 and eight times 1.25 */
	town_close(&t);
}

/* Whatever is set and added of whomever: one version of each entity for a step. */
static void a_step_is_one_version_of_each_entity(void **state)
{
	struct town t;
	unsigned versions = 0;
	uint32_t number;

	(void)state;
	town_run(&t, ONCE("2", "  f: {select: {user: {}, other: {entity: user}}, steps: [{emit: did, with: {who: \"${user.id}\"}, set: {user.at: \"${now}\", "
			  "other.at: \"${now}\", user.word: w}, add: {other.n: 1, user.n: 1, user.r: 1}}]}\n"));
	for (uint32_t id = 0; id < 2; id++) {
		const struct store *s = town_flows(&t)->plans.store;

		number = entity_at(&s->classes[0], id)->change;
		for (const struct past *p; (p = history_at(&s->history, number, 0, id)); number = p->before)
			versions += p->last;
	}
	assert_int_equal(versions, 2);
	town_close(&t);
}

static void changes_see_the_event_and_what_was_before(void **state)
{
	struct town t;
	struct lines l;
	int64_t sum = 0;

	(void)state;
	town_run(&t, TOWN("stop_after: 100s, drain: true", "rate: 1", "1",
			  "  f: {select: user, steps: [{emit: other, with: {who: \"${user.n}\"}, add: {user.n: \"${v}\"}, set: {user.boss: \"${user.n}\"}}, "
			  "{emit: did, with: {who: \"${user.n}\", x: \"${last.v + 0}\"}}]}\n"));
	l = town_lines(&t);
	for (unsigned i = 0; i < l.n; i += 2) {
		assert_int_equal(line_int(&l.at[i], "who"), sum);
		assert_int_equal(line_int(&l.at[i + 1], "x"), line_int(&l.at[i], "v"));
		sum += line_int(&l.at[i], "v");
		assert_int_equal(line_int(&l.at[i + 1], "who"), sum);
	}
	free(l.at);
	town_close(&t);
}

/* A key that is taken ends the flow; it is counted with the reason, and what it held is free. */
static void a_twin_fails_its_flow_and_nothing_else(void **state)
{
	struct town t;

	(void)state;
	town_run(&t, TOWN("stop_after: 10s, drain: true", "rate: 1", "1",
			  "  f: {select: user, steps: [{emit: other, with: {who: 5}, create: order}, {" DID "}]}\n"));
	assert_int_equal(town_plan(&t, "f")->completed, 1);
	assert_int_equal(town_plan(&t, "f")->failed, 9);
	assert_string_equal(town_plan(&t, "f")->why.text, "step 1: there is already a order '5'");
	assert_int_equal(fake_lines(&fake_a), 2);
	assert_int_equal(town_class(&t, "user")->busy, 0);
	town_close(&t);
}

/* A knob moves what a condition finds, at once. */
static void a_knob_in_a_condition_is_heard(void **state)
{
	struct town t;
	struct lines l;

	(void)state;
	town_open(&t, "scenario: town\nclock: {start: 2024-01-01T00:00:00Z, speed: max, stop_after: 100s}\noutputs: {a: {type: fake_a}}\n"
		  "params: {least: {default: 10, min: 0, max: 20}}\nmodules: {town: {generator: flows, rate: 1}}\n"
		  "events: {made: {fields: {id: \"${seq}\"}}, did: {fields: {x: \"${user.id}\"}}}\n"
		  "entities: {user: {key: id, created_by: made, initial: 5, announce: false}}\n"
		  "flows: {f: {select: {user: {where: id >= least}}, steps: [{emit: did}]}}\n"
		  "timeline: [{at: 50s, set: params.least, to: 4}]\n");
	fake_finish(&t.f);
	l = town_lines(&t);
	assert_in_range(l.n, 49, 51);
	for (unsigned i = 0; i < l.n; i++)
		assert_int_equal(line_int(&l.at[i], "x"), 4);
	free(l.at);
	town_close(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_entity_is_launched_every_eleven_steps),
		cmocka_unit_test(launches_without_an_entity_are_lost),
		cmocka_unit_test(weights_are_shares_and_zero_is_never),
		cmocka_unit_test(a_ceiling_of_flows_under_way_holds),
		cmocka_unit_test(a_long_wait_is_exact),
		cmocka_unit_test(random_waits_have_their_distribution),
		cmocka_unit_test(drops_are_their_share),
		cmocka_unit_test(the_end_cuts_or_drains),
		cmocka_unit_test(two_of_one_class_are_two_and_both_are_released),
		cmocka_unit_test(what_a_flow_creates_it_holds_to_its_end),
		cmocka_unit_test(a_borrowed_one_is_free_or_busy_and_stays_so),
		cmocka_unit_test(a_name_holds_one_at_a_time),
		cmocka_unit_test(orders_of_one_user_are_found),
		cmocka_unit_test(branches_are_their_shares),
		cmocka_unit_test(calls_come_back_and_go_on),
		cmocka_unit_test(a_call_may_lead_back_when_time_passes),
		cmocka_unit_test(a_wait_of_nothing_in_a_circle_ends_the_flow),
		cmocka_unit_test(repetitions_and_conditions),
		cmocka_unit_test(nobody_to_select_has_three_ways),
		cmocka_unit_test(a_step_that_selects_nobody_is_counted),
		cmocka_unit_test(retirement_is_the_end),
		cmocka_unit_test(numbers_add_up_in_their_types),
		cmocka_unit_test(a_step_is_one_version_of_each_entity),
		cmocka_unit_test(changes_see_the_event_and_what_was_before),
		cmocka_unit_test(a_twin_fails_its_flow_and_nothing_else),
		cmocka_unit_test(a_knob_in_a_condition_is_heard),
	};

	return cmocka_run_group_tests_name("steps of flows", tests, NULL, NULL);
}
