/*
 * Flows over entities of eight state fields to the null output: events per second of processor time, and memory, at a thousand to a
 * million entities. One user in ten is in a flow at any time, whatever their number, so that what differs is how far apart they lie.
 */
#include <string.h>
#include <time.h>

#include "bench/bench.h"
#include "core/inside.h"
#include "entity/flow.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "scenario/load.h"

enum { EVENTS = 1000000 };

static const char text[] =
	"scenario: bench\nseed: 1\nclock: {start: 2024-01-01T00:00:00Z, speed: max}\noutputs: {out: {type: \"null\"}}\n"
	"modules: {shop: {generator: flows, rate: %u, outputs: [out]}}\n"
	"events:\n"
	"  account_created:\n    key: ${user_id}\n"
	"    fields: {user_id: \"${shortuuid(8)}\", email: \"${email}\", plan: \"${pick([free, pro])}\", created_at: \"${now}\"}\n"
	"  viewed:\n    key: ${user_id}\n    fields: {user_id: \"${user.user_id}\", session: \"${session}\", item: \"${random_int(1, 1000)}\", "
	"price: \"${float(1, 100, decimals=2)}\"}\n"
	"  checkout_started:\n    key: ${user_id}\n    fields: {user_id: \"${user.user_id}\", items: \"${random_int(1, 3)}\", "
	"total: \"${round(items * 12.5, 2)}\"}\n"
	"  order_completed: {fields: {user_id: \"${user.user_id}\", total: \"${last.total}\"}}\n"
	"entities:\n  user:\n    key: user_id\n    created_by: account_created\n    initial: %u\n    keep: %u\n    announce: false\n"
	"    state: {email: {from: email}, plan: {from: plan}, orders: 0, spent: 0.0, cart: null, views: 0, last: {type: instant}, status: idle}\n"
	"flows:\n  register: {weight: 1, steps: [{emit: account_created, create: user}]}\n"
	"  browse:\n    weight: 6\n    select: {user: {where: \"status == 'idle'\"}}\n    steps:\n"
	"      - {emit: viewed, add: {user.views: 1}, set: {user.cart: \"${item}\", user.last: \"${now}\"}}\n"
	"      - {wait: 1s, drop: 30%%}\n      - {emit: viewed, add: {user.views: 1}}\n"
	"  checkout:\n    weight: 4\n    select: {user: {where: \"cart != null and orders < 1000000\"}}\n    steps:\n      - emit: checkout_started\n"
	"      - {wait: \"${lognormal(2s, 0.5)}\", drop: 30%%}\n"
	"      - {emit: order_completed, add: {user.orders: 1, user.spent: \"${total}\"}, set: {user.cart: null}}\n";

static double cpu_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void refuse(const char *why)
{
	fprintf(stderr, "bench_flows: %s\n", why);
	exit(2);
}

static void make(struct engine *en, uint64_t events)
{
	for (uint64_t end = en->made + events; en->made < end;)
		if (engine_run(en, 1000000).done)
			refuse("the run has ended");
}

/* Events per second; `bytes`: of the store for each entity. */
static double by_flows(unsigned entities, double *bytes)
{
	static const struct catalogue cat = { .generators = generator_table, .outputs = output_table, .compile = setting_compile };
	char all[sizeof text + 100];
	double runs[BENCH_RUNS];
	struct scenario sc;
	struct control c;
	struct report r;
	struct engine *en;
	const struct flows *f;
	struct err e;

	snprintf(all, sizeof all, text, entities / 10, entities, entities);
	control_init(&c);
	scenario_init(&sc);
	report_init(&r, "bench.yaml");
	en = engine_new(&cat, &c, NULL, &e);
	if (!en || scenario_load(&sc, all, strlen(all), en, &c, &cat, &r) < 0 || scenario_prepare(&sc, en, &r) < 0)
		refuse(r.first ? r.first->text : "no memory");
	if (engine_open(en, &e) < 0)
		refuse(e.text);
	/* The population is there, and flows are under way. */
	make(en, 3 * (uint64_t)entities / 10 + EVENTS / 10);
	for (int i = 0; i < BENCH_RUNS; i++) {
		uint64_t from = en->made;
		double start = cpu_now();

		make(en, EVENTS);
		runs[i] = (double)(en->made - from) / (cpu_now() - start);
	}
	f = en->slots[0]->pub.state;
	*bytes = (double)(store_bytes(f->plans.store) - (f->plans.store->history.ring ? HISTORY_ROOM * sizeof(struct past) : 0)) / entities;
	engine_free(en);
	report_free(&r);
	scenario_free(&sc);
	control_free(&c);
	return bench_median(runs, BENCH_RUNS);
}

int main(void)
{
	static const unsigned sizes[] = { 1000, 10000, 100000, 1000000 };
	double rate[4], bytes;
	char what[60];

	for (size_t i = 0; i < 4; i++) {
		rate[i] = by_flows(sizes[i], &bytes);
		snprintf(what, sizeof what, "flows, ndjson, null, %u entities", sizes[i]);
		bench_line(what, rate[i], sizes[i] > 10000 ? 5e5 : 1e6, 1);
		printf("%44s %8.0f bytes an entity, without the %.0f MB of history\n", "", bytes, HISTORY_ROOM * (double)sizeof(struct past) / 1e6);
	}
	printf("%-44s %8.2f times (to stay below: 3)\n", "an event at 1,000,000 beside 1,000 entities", rate[0] / rate[3]);
	return 0;
}
