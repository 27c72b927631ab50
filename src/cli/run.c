/* fluxdeck run: a scenario without a screen. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "cli/session.h"

static const struct cli_option options[] = {
	SETUP_OPTIONS,
	{ "dump", "FILE|-", "write the state of the modules as CSV at the end" },
	{ "no-dump", NULL, "with --module: no state at the end" },
	{ "quiet", NULL, "no summary and no progress" },
	{ "help", NULL, "this text" },
	{ .name = NULL },
};

/* Whatever could go on for ever as fast as it can is refused: nobody at a terminal would notice. */
static bool unbounded(const struct setup *s)
{
	const struct engine_settings *set = engine_settings(s->engine);
	const struct control *c = &s->control;

	if (set->for_ns || set->events)
		return false;
	if (isinf(set->speed))
		return true;
	for (const struct list *l = c->owners.next; l != &c->owners; l = l->next) {
		const struct knobs *k = container_of(l, struct knobs, link);
		const struct param *pace = param_find(k->rows, "pace"), *events = param_find(k->rows, "events");

		if (pace && events && !strcmp(pace->choices[(int)param_number(pace, k->opts)], "unlimited") && param_number(events, k->opts) < 1)
			return true;
	}
	return false;
}

/* ---- progress ---- */

static void progress(struct session *s)
{
	const struct view *v = view_make(s->setup->engine, s->setup->scenario.name, NULL);
	char rate[NUM_TEXT], target[NUM_TEXT], clock[NUM_TEXT], left[NUM_TEXT] = "", bar[32] = "";
	double share = 0;

	if (!v)
		return;
	if (v->for_ns)
		share = v->run_ns < v->for_ns ? (double)v->run_ns / (double)v->for_ns : 1;
	if (v->events && (double)v->made / (double)v->events > share)
		share = (double)v->made / (double)v->events;
	if (v->for_ns || v->events) {
		double wall = (double)(v->wall_ns - s->began_ns);
		unsigned full = (unsigned)(share * 20);

		memset(bar, '.', 20);
		memset(bar, '#', full < 20 ? full : 20);
		/* How long what is under way still takes, nobody knows. */
		if (share > 0.001 && !v->draining && !v->drained)
			num_clock(left, (int64_t)(wall / share - wall) + 999999999);
	}
	num_human(rate, v->actual);
	num_human(target, v->target);
	num_clock(clock, v->run_ns);
	fprintf(stderr, "\r\033[K%s%s%s%s  %s/s of %s  made %llu  drop %llu%s%s%s%s%s", *bar ? "[" : "", bar, *bar ? "] " : "", clock, rate, target,
		(unsigned long long)v->made, (unsigned long long)v->dropped, v->draining ? "  drains" : "", *left ? "  left " : "", left,
		strcmp(v->limit, "none") ? "  limit " : "", strcmp(v->limit, "none") ? v->limit : "");
	view_drop(v);
}

/* ---- the state at the end ---- */

static int dump_states(struct setup *s, FILE *f, const char *to)
{
	bool std = f == stderr;
	const char *name;
	int status = 0;

	if (s->fluxfakr && std)
		fputs("Generator Internal State Dump\n", f);
	for (unsigned i = 0; (name = engine_module_name(s->engine, i)); i++) {
		struct buf b;
		struct err e;

		buf_init(&b, (size_t)1 << 30);
		if (engine_dump(s->engine, name, &b, &e) == 0 && fwrite(b.data, 1, b.n, f) != b.n)
			status = EXIT_FAILED;
		buf_free(&b);
	}
	if (!std && fclose(f) != 0)
		status = EXIT_FAILED;
	if (status)
		fprintf(stderr, "fluxdeck: --dump: cannot write '%s'\n", to);
	return status;
}

static int run_session(struct setup *setup, struct cli_args *a)
{
	struct session s = { 0 };
	bool quiet = cli_value(a, "quiet") != NULL, shows = !quiet && isatty(STDERR_FILENO);
	const char *dump = cli_value(a, "dump");
	FILE *state = NULL;
	int status;

	if (!dump && setup->fluxfakr && !cli_value(a, "no-dump"))
		dump = "-";
	/* Before the run: nobody wants to hear after an hour that the state cannot be written. */
	if (dump && !(state = strcmp(dump, "-") == 0 ? stderr : fopen(dump, "w")))
		return cli_refuse("--dump: cannot write '%s': %s", dump, strerror(errno));
	status = session_open(&s, setup, a);
	if (status) {
		if (state && state != stderr)
			fclose(state);
		return status;
	}
	status = session_eval(&s, a);
	if (shows)
		s.on_tick = progress;
	session_run(&s);
	if (shows)
		fputs("\r\033[K", stderr);
	if (state && dump_states(setup, state, dump))
		status = EXIT_FAILED;
	if (!quiet)
		session_summary(&s);
	return status ? status : session_status(&s);
}

static int run(const struct catalogue *cat, struct cli_args *a)
{
	struct setup setup;
	int status;

	/* Before anything runs: words go to stderr as they are said. */
	log_of_program()->to = stderr;
	log_of_program()->most = LOG_LEVEL_INFO;
	status = setup_prepare(&setup, cat, a, false);
	if (status == 0 && unbounded(&setup))
		status = cli_refuse("as fast as possible and without an end: give --for or --events");
	if (status == 0)
		status = run_session(&setup, a);
	setup_free(&setup);
	return status;
}

const struct subcommand subcommand_run = {
	"run", "[SCENARIO] [--PARAMETER VALUE]...", "Runs a scenario, or one generator, without a screen", options, run, false,
};
