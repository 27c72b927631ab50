/* A run on the loop. */
#include "cli/session.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/num.h"
#include "cli/socket.h"
#include "entity/commands.h"

enum { TWICE_NS = 250000000, ASLEEP_NS = 1000000000 };
enum { BUDGET_NS = 2000000 };   /* of a turn: what outputs have finished comes back between two, while it is still in the cache */

static void turn(void *arg);

static void on_idle(uv_idle_t *h)
{
	turn(h->data);
}

static void keep_going(struct session *s, bool again)
{
	if (again && !s->idling)
		uv_idle_start(&s->idle, on_idle);
	else if (!again && s->idling)
		uv_idle_stop(&s->idle);
	s->idling = again;
}

static void close_handles(struct session *s)
{
	for (size_t i = 0; i < COUNT_OF(s->signals); i++)
		uv_close((uv_handle_t *)&s->signals[i], NULL);
	uv_close((uv_handle_t *)&s->idle, NULL);
	uv_close((uv_handle_t *)&s->tick, NULL);
	socket_close(s->socket);
}

static void end(struct session *s)
{
	s->phase = SESSION_ENDED;
	s->ended_ns = clock_wall_ns();
	keep_going(s, false);
	loop_stop(s->setup->loop);
}

static void abandon(struct session *s)
{
	s->abandoned = true;
	s->phase = SESSION_CLOSING;
	engine_close(s->setup->engine, true);
}

/* The steps of the orderly stop, as far as they go now. */
static void wind_down(struct session *s)
{
	struct engine *en = s->setup->engine;
	int64_t now = clock_wall_ns();

	if (s->phase == SESSION_DRAINING && engine_unsettled(en) == 0) {
		s->phase = SESSION_CLOSING;
		engine_close(en, false);
	}
	if (s->phase != SESSION_ENDED && now >= s->deadline_ns && !s->abandoned)
		abandon(s);
	if (s->phase == SESSION_CLOSING && engine_closed(en))
		end(s);
}

/* Something runs four times a second at least. Longer without means that the program was stopped, or the machine slept. */
static void look_at_clock(struct session *s)
{
	int64_t now = clock_wall_ns();

	if (s->seen_ns && now - s->seen_ns > ASLEEP_NS)
		session_continued(s);
	s->seen_ns = now;
}

static void turn(void *arg)
{
	struct session *s = arg;
	struct engine_turn t;

	if (s->phase == SESSION_ENDED || s->driven)
		return;
	look_at_clock(s);
	s->turning = true;
	t = engine_run(s->setup->engine, s->budget_ns);
	s->turning = false;
	s->turned_ns = clock_wall_ns();
	if (s->phase == SESSION_RUNNING && t.done && !s->endless)
		session_stop(s);
	if (s->phase != SESSION_RUNNING)
		wind_down(s);
	if (s->phase == SESSION_ENDED)
		return;
	keep_going(s, t.again || (s->phase == SESSION_DRAINING && !s->drained_once));
	s->drained_once = s->phase == SESSION_DRAINING;
	if (!t.again)
		loop_wake_at(s->setup->loop, t.wake_ns);
	if (s->on_turn)
		s->on_turn(s);
}

/* An output has room or a knob was turned. Not at once: the caller may be in the middle of something. */
static void ready(void *arg)
{
	struct session *s = arg;

	/* What settles within a turn is seen by that turn. */
	if (s->phase != SESSION_ENDED && !s->turning)
		loop_wake_at(s->setup->loop, clock_wall_ns());
}

void session_kick(struct session *s)
{
	ready(s);
}

static void on_tick(uv_timer_t *h)
{
	struct session *s = h->data;

	if (s->driven)
		return;
	look_at_clock(s);
	engine_sample(s->setup->engine);
	if (s->socket)
		socket_tick(s->socket);
	if (s->on_tick)
		s->on_tick(s);
	if (s->phase != SESSION_RUNNING)
		turn(s);
}

static void on_signal(uv_signal_t *h, int number)
{
	struct session *s = h->data;

	/* The terminal went away: however often that is said, it is one reason to stop, and no hurry. */
	if (number == SIGHUP) {
		if (!s->detach)
			session_stop(s);
		return;
	}
	/* `timeout` and some shells signal a process and then its group: that is one request. */
	if (s->signalled_ns && clock_wall_ns() - s->signalled_ns < TWICE_NS)
		return;
	if (s->phase != SESSION_RUNNING && s->signalled_ns) {
		/* The second one: at once, with the terminal as it was. */
		if (s->at_once)
			s->at_once(s);
		socket_close(s->socket);
		fputs("fluxdeck: ended at once; what was not sent yet is lost\n", stderr);
		_exit(EXIT_FAILED);
	}
	s->signalled_ns = clock_wall_ns();
	session_stop(s);
}

void session_stop(struct session *s)
{
	if (s->phase != SESSION_RUNNING)
		return;
	s->phase = SESSION_DRAINING;
	s->deadline_ns = clock_wall_ns() + s->flush_limit_ns;
	engine_stop(s->setup->engine);
	ready(s);
}

void session_hurry(struct session *s)
{
	if (s->phase != SESSION_RUNNING)
		s->deadline_ns = clock_wall_ns();
	session_stop(s);
}

void session_continued(struct session *s)
{
	int64_t now = clock_wall_ns(), gap = s->seen_ns ? now - s->seen_ns : 0;

	/* Shorter gaps are turns that took long; the model stretches over those by itself. */
	if (gap > 300000000)
		engine_was_suspended(s->setup->engine, gap);
	s->turned_ns = s->seen_ns = now;
	ready(s);
}

/* One output was refused: those that were already open are closed, with nothing written. */
static void unopen(struct setup *setup)
{
	engine_close(setup->engine, true);
	for (int i = 0; i < 2000 && !engine_closed(setup->engine); i++) {
		loop_turn(setup->loop);
		uv_sleep(1);
	}
	loop_turn(setup->loop);
}

int session_open(struct session *s, struct setup *setup, struct cli_args *a)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	static const struct command *const tables[] = { session_commands, entity_commands, core_commands, NULL };
	const char *limit = cli_value(a, "flush-limit"), *log_file = cli_value(a, "log"), *path = cli_value(a, "socket");
	uv_loop_t *uv = loop_uv(setup->loop);
	struct err e;

	s->setup = setup;
	s->budget_ns = BUDGET_NS;
	s->flush_limit_ns = 5000000000;
	s->deck = (struct deck){ .engine = setup->engine, .control = &setup->control, .scenario = setup->scenario.name, .by = BY_COMMAND,
				 .tables = s->deck.tables ? s->deck.tables : tables, .cat = setup->cat, .presets = &setup->presets, .face = s };

	if (limit && num_span(limit, &s->flush_limit_ns, &e) < 0)
		return cli_refuse("--flush-limit: %s", e.text);
	if (s->flush_limit_ns < 0)
		return cli_refuse("--flush-limit must not be negative");
	if (log_file) {
		log_of_program()->to = fopen(log_file, "a");
		if (!log_of_program()->to)
			return cli_refuse("--log: cannot write '%s': %s", log_file, strerror(errno));
	}
	/* Before anything is opened: whoever cannot be steered as asked should not begin. */
	if (path && !(s->socket = socket_new(setup->loop, path, &e)))
		return cli_refuse("--socket: %s", e.text);
	signal(SIGPIPE, SIG_IGN);       /* a reader that goes away is a state of an output */
	if (engine_open(setup->engine, &e) < 0) {
		socket_close(s->socket);
		unopen(setup);
		socket_closed(s->socket);
		return cli_refuse("%s", e.text);
	}
	s->began_ns = s->turned_ns = clock_wall_ns();
	for (size_t i = 0; i < COUNT_OF(s->signals); i++) {
		uv_signal_init(uv, &s->signals[i]);
		s->signals[i].data = s;
		uv_signal_start(&s->signals[i], on_signal, numbers[i]);
	}
	uv_idle_init(uv, &s->idle);
	uv_timer_init(uv, &s->tick);
	s->idle.data = s->tick.data = s;
	uv_timer_start(&s->tick, on_tick, 250, 250);
	engine_on_ready(setup->engine, ready, s);
	loop_on_wake(setup->loop, turn, s);
	if (s->socket)
		socket_serve(s->socket, &s->deck);
	ready(s);
	return 0;
}

int session_eval(struct session *s, struct cli_args *a)
{
	for (unsigned i = 0; i < a->given_n; i++) {
		struct buf said;
		struct err e;
		int result;

		if (!a->given[i].row || strcmp(a->given[i].row->name, "eval") != 0)
			continue;
		buf_init(&said, 1 << 20);
		result = command_run(&s->deck, a->given[i].value, &said, &e);
		if (result == 0 && said.n)
			fprintf(stderr, "%s\n", said.data);
		buf_free(&said);
		if (result < 0) {
			session_stop(s);
			return cli_refuse("--eval '%s': %s", a->given[i].value, e.text);
		}
	}
	return 0;
}

void session_run(struct session *s)
{
	loop_run(s->setup->loop);
	close_handles(s);
	loop_turn(s->setup->loop);
	socket_closed(s->socket);
	if (log_of_program()->to && log_of_program()->to != stderr)
		fclose(log_of_program()->to);
	log_of_program()->to = NULL;
}

int session_status(const struct session *s)
{
	return engine_failed(s->setup->engine) || engine_unsettled(s->setup->engine) ? EXIT_FAILED : EXIT_DONE;
}

/* ---- the account at the end ---- */

static void print_output(const struct view_output *o, bool max)
{
	char rate[NUM_TEXT], p50[NUM_TEXT], p99[NUM_TEXT];

	num_human_bytes(rate, (double)o->bytes);
	fprintf(stderr, "  %-16s offered %llu = delivered %llu + failed %llu + dropped %llu + lost at exit %llu  (%s)", o->name,
		(unsigned long long)o->offered, (unsigned long long)o->delivered, (unsigned long long)o->failed,
		(unsigned long long)o->dropped, (unsigned long long)o->in_flight, rate);
	if (o->retried)
		fprintf(stderr, "  retried %llu", (unsigned long long)o->retried);
	if (o->hashed)
		fprintf(stderr, "  xxh64 %016llx", (unsigned long long)o->hash);
	fputc('\n', stderr);
	if (!max && o->delivered) {
		num_human_ns(p50, o->lag.p50);
		num_human_ns(p99, o->lag.p99);
		fprintf(stderr, "  %-16s lag p50 %s p99 %s", "", p50, p99);
		num_human_ns(p50, o->service.p50);
		num_human_ns(p99, o->service.p99);
		fprintf(stderr, "  service p50 %s p99 %s", p50, p99);
		num_human_ns(p50, o->response.p50);
		num_human_ns(p99, o->response.p99);
		fprintf(stderr, "  response p50 %s p99 %s\n", p50, p99);
	}
	if (*o->why)
		fprintf(stderr, "  %-16s %s\n", "", o->why);
}

/* What became of the launches of a module of flows, all flows together; and why the first that failed did. */
static void print_flows(const struct view *v, const char *module)
{
	struct view_flow all = { 0 };
	const char *why = "";

	for (unsigned i = 0; i < v->flow_n; i++) {
		const struct view_flow *f = &v->flows[i];

		if (strcmp(f->module, module) != 0)
			continue;
		all.module = module;
		all.launched += f->launched;
		all.completed += f->completed;
		all.dropped += f->dropped;
		all.stopped += f->stopped;
		all.failed += f->failed;
		all.active += f->active;
		all.lost += f->lost;
		why = *why ? why : f->why;
	}
	if (!all.module)
		return;
	fprintf(stderr, "  %-16s launched %llu = completed %llu + dropped %llu + stopped %llu + failed %llu + active %llu; lost %llu\n", "",
		(unsigned long long)all.launched, (unsigned long long)all.completed, (unsigned long long)all.dropped, (unsigned long long)all.stopped,
		(unsigned long long)all.failed, (unsigned long long)all.active, (unsigned long long)all.lost);
	if (*why)
		fprintf(stderr, "  %-16s %s\n", "", why);
}

void session_summary(const struct session *s)
{
	const struct view_want want = { .flows_of = VIEW_ALL_KNOBS, .flow = "" };
	const struct view *v = view_make(s->setup->engine, s->setup->scenario.name, &want);
	double seconds = (double)(s->ended_ns - s->began_ns) / 1e9;
	char rate[NUM_TEXT], start[NUM_TEXT], clock[NUM_TEXT];

	if (!v)
		return;
	num_human(rate, seconds > 0 ? (double)v->made / seconds : 0);
	num_put_instant(start, v->start_ns, 3);
	num_clock(clock, v->run_ns);
	fprintf(stderr, "%s: %llu events in %.2f s (%s/s), simulated %s from %s", v->scenario, (unsigned long long)v->made, seconds, rate,
		clock, start);
	if (v->run_ns > v->for_ns && v->for_ns) {
		num_clock(clock, v->run_ns - v->for_ns);
		fprintf(stderr, ", of it %s to drain", clock);
	}
	fputc('\n', stderr);
	for (unsigned i = 0; i < v->module_n + v->module_gone_n; i++) {
		const struct view_module *m = &v->modules[i];

		fprintf(stderr, "  %-16s made %llu", m->name, (unsigned long long)m->made);
		if (m->missed)
			fprintf(stderr, "  skipped %llu", (unsigned long long)m->missed);
		if (m->muted)
			fprintf(stderr, "  muted %llu", (unsigned long long)m->muted);
		fprintf(stderr, "%s%s\n", *m->why ? "  failed: " : "", m->why);
		print_flows(v, m->name);
	}
	for (unsigned i = 0; i < v->output_n + v->output_gone_n; i++)
		print_output(&v->outputs[i], v->max);
	fprintf(stderr, "  to repeat: --seed %llu --start %s\n", (unsigned long long)v->seed, start);
	view_drop(v);
}
