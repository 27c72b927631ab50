/* The command line. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

static const struct subcommand *const table[] = { &subcommand_console, &subcommand_run, &subcommand_check, &subcommand_generate, &subcommand_list,
						  &subcommand_schema, &subcommand_completion, &subcommand_help, &subcommand_version, NULL };

const struct subcommand *const *cli_table(void)
{
	return table;
}

int cli_refuse(const char *format, ...)
{
	char text[1000];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	err_clean(text);
	fprintf(stderr, "fluxdeck: %s\n", text);
	return EXIT_REFUSED;
}

const char *cli_value(struct cli_args *a, const char *name)
{
	const char *value = NULL;

	for (unsigned i = 0; i < a->given_n; i++)
		if (a->given[i].row && strcmp(a->given[i].row->name, name) == 0)
			value = a->given[i].value ? a->given[i].value : "";
	return value;
}

void cli_print_help(const struct subcommand *c)
{
	printf("usage: fluxdeck %s %s\n\n%s.\n", c->name, c->args, c->summary);
	if (c->options && c->options->name)
		printf("\noptions:\n");
	for (const struct cli_option *o = c->options; o && o->name; o++) {
		char left[60];

		snprintf(left, sizeof left, "--%s%s%s", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
		printf("  %-26s %s\n", left, o->help);
	}
}

static const struct cli_option *find_option(const struct subcommand *c, const char *name, size_t n)
{
	for (const struct cli_option *o = c->options; o && o->name; o++)
		if (strlen(o->name) == n && strncmp(o->name, name, n) == 0)
			return o;
	return NULL;
}

/* `--name=value`, `--name value`, `--switch`, `--` ends. Names are never abbreviated: a later option would break them. An option of
 * no table takes a value, as every parameter does. Not getopt_long: it must know all names before, and these depend on the scenario. */
static int parse(const struct subcommand *c, int argc, char **argv, struct cli_args *a)
{
	bool ended = false;

	a->given = calloc((size_t)argc + 1, sizeof *a->given);
	a->rest = calloc((size_t)argc + 1, sizeof *a->rest);
	if (!a->given || !a->rest)
		return cli_refuse("out of memory");
	for (int i = 0; i < argc; i++) {
		const char *word = argv[i], *eq;
		struct cli_given *g = &a->given[a->given_n];
		size_t n;

		if (ended || word[0] != '-' || word[1] == '\0') {
			a->rest[a->rest_n++] = word;
			continue;
		}
		if (strcmp(word, "--") == 0) {
			ended = true;
			continue;
		}
		if (strcmp(word, "-h") == 0)
			word = "--help";
		if (word[1] != '-')
			return cli_refuse("unknown option '%.60s'; options begin with two dashes", word);
		eq = strchr(word, '=');
		n = eq ? (size_t)(eq - word) - 2 : strlen(word) - 2;
		g->row = find_option(c, word + 2, n);
		g->name = strndup(word + 2, n);
		if (!g->name)
			return cli_refuse("out of memory");
		if (strcmp(g->name, "help") == 0) {
			cli_print_help(c);
			exit(EXIT_DONE);
		}
		a->given_n++;
		if (g->row && !g->row->arg) {
			if (eq)
				return cli_refuse("--%s takes no value", g->name);
			continue;
		}
		if (eq)
			g->value = eq + 1;
		else if (i + 1 < argc)
			g->value = argv[++i];
		else
			return cli_refuse("--%s needs a value", g->name);
	}
	return 0;
}

static int keep_words(unsigned n, char **argv, struct cli_args *a)
{
	a->rest = calloc((size_t)n + 1, sizeof *a->rest);
	if (!a->rest)
		return cli_refuse("out of memory");
	for (unsigned i = 0; i < n; i++)
		a->rest[a->rest_n++] = argv[i];
	return 0;
}

static void free_args(struct cli_args *a)
{
	for (unsigned i = 0; a->given && i < a->given_n; i++)
		free((void *)(uintptr_t)a->given[i].name);
	free(a->given);
	free(a->rest);
}

const struct subcommand *cli_choose(const char *const *words, unsigned n, unsigned *skip)
{
	*skip = 0;
	if (!n)
		return &subcommand_console;
	*skip = 1;
	if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0)
		return &subcommand_help;
	if (strcmp(words[0], "--version") == 0 || strcmp(words[0], "-V") == 0)
		return &subcommand_version;
	if (words[0][0] == '-') {
		*skip = 0;
		/* FluxFakr has no subcommands: `fluxdeck --module stock ...` is a run. Everything else without one is the console. */
		for (unsigned i = 0; i < n; i++)
			if (strncmp(words[i], "--module", 8) == 0 && (words[i][8] == '\0' || words[i][8] == '='))
				return &subcommand_run;
		return &subcommand_console;
	}
	for (unsigned i = 0; table[i]; i++)
		if (strcmp(table[i]->name, words[0]) == 0)
			return table[i];
	return NULL;
}

int cli_main(const struct catalogue *cat, int argc, char **argv)
{
	unsigned words = argc > 1 ? (unsigned)argc - 1 : 0, skip;
	const struct subcommand *c = cli_choose((const char *const *)argv + 1, words, &skip);
	struct cli_args args = { 0 };
	int status;

	if (!c) {
		struct suggest s;
		char hint[80];

		suggest_init(&s, argv[1]);
		for (unsigned i = 0; table[i]; i++)
			suggest_try(&s, table[i]->name);
		return cli_refuse("unknown command '%.60s'%s (fluxdeck help lists them)", argv[1], suggest_text(&s, hint, sizeof hint));
	}
	status = c->raw ? keep_words(words - skip, argv + 1 + skip, &args) : parse(c, (int)(words - skip), argv + 1 + skip, &args);
	if (status == 0)
		status = c->run(cat, &args);
	free_args(&args);
	if (fflush(stdout) != 0 && status == 0)
		status = EXIT_FAILED;
	return status;
}
