/* fluxdeck check: everything that is wrong with a scenario, with line and column. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/setup.h"

static const struct cli_option options[] = { { "help", NULL, "this text" }, { .name = NULL } };

static int check_one(const struct catalogue *cat, const char *path)
{
	struct setup s = { .cat = cat };
	struct err e;
	const char *text;
	size_t n;
	int status = EXIT_DONE;

	control_init(&s.control);
	scenario_init(&s.scenario);
	report_init(&s.report, path);
	s.engine = engine_new(cat, &s.control, NULL, &e);
	text = s.engine ? setup_read(&s, path, &n, &e) : NULL;
	if (!text) {
		status = cli_refuse("%s", e.text);
	} else {
		/* What only the whole shows is looked at even when a value was refused: one run should tell everything. */
		scenario_load(&s.scenario, text, n, s.engine, &s.control, cat, &s.report);
		if (s.report.n == 0)
			scenario_prepare(&s.scenario, s.engine, &s.report);
		if (setup_print_report(&s.report))
			status = EXIT_REFUSED;
		else
			printf("%s: ok\n", path);
	}
	setup_free(&s);
	return status;
}

static int run(const struct catalogue *cat, struct cli_args *a)
{
	int status = EXIT_DONE;

	for (unsigned i = 0; i < a->given_n; i++)
		if (!a->given[i].row)
			return cli_refuse("unknown option '--%.60s'", a->given[i].name);
	if (!a->rest_n)
		return cli_refuse("what should be checked? fluxdeck check SCENARIO...");
	for (unsigned i = 0; i < a->rest_n; i++) {
		int one = check_one(cat, a->rest[i]);

		status = one ? one : status;
	}
	return status;
}

const struct subcommand subcommand_check = { "check", "SCENARIO...", "Checks scenarios, and says everything that is wrong with them", options, run, false };
