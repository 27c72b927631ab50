/* fluxdeck help and fluxdeck version. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct cli_option options[] = { { "help", NULL, "this text" }, { .name = NULL } };

static int help(const struct catalogue *cat, struct cli_args *a)
{
	(void)cat;
	if (a->rest_n) {
		for (const struct subcommand *const *c = cli_table(); *c; c++)
			if (strcmp((*c)->name, a->rest[0]) == 0) {
				cli_print_help(*c);
				return EXIT_DONE;
			}
		return cli_refuse("unknown command '%.60s'", a->rest[0]);
	}
	printf("fluxdeck: a control deck for synthetic data streams\n\n"
	       "usage: fluxdeck [COMMAND] [ARGUMENTS]\n\nWithout a command it opens the console on the built-in demo.\n\ncommands:\n");
	for (const struct subcommand *const *c = cli_table(); *c; c++)
		printf("  %-10s %-40s %s\n", (*c)->name, (*c)->args, (*c)->summary);
	printf("\nEvery parameter of the run is an option, too: --rate 500, --ticks.volatility 0.4, --topic ticks\n"
	       "(fluxdeck list generators, fluxdeck list outputs). fluxdeck help COMMAND says more; so does fluxdeck(1).\n");
	return EXIT_DONE;
}

static int version(const struct catalogue *cat, struct cli_args *a)
{
	(void)a;
	printf("fluxdeck %s\n", PACKAGE_VERSION);
	for (size_t i = 0; cat->outputs[i]; i++)
		printf("output %s: %s\n", cat->outputs[i]->name, cat->outputs[i]->absent ? cat->outputs[i]->absent : "yes");
	printf("compression:%s%s%s\n",
#ifdef HAVE_ZLIB
	       " gzip",
#else
	       "",
#endif
#ifdef HAVE_ZSTD
	       " zstd",
#else
	       "",
#endif
#ifdef HAVE_LZ4
	       " lz4"
#else
	       ""
#endif
	);
	return EXIT_DONE;
}

const struct subcommand subcommand_help = { "help", "[COMMAND]", "Says what there is", options, help, false };
const struct subcommand subcommand_version = { "version", "", "Says which version this is, and what it was built with", options, version, false };
