/*
 * The command line: one table of subcommands; their options drive parsing, --help and completion.
 *
 * Options that belong to parameters (--rate, --volatility, --topic, --ticks.rate) are not in these tables: they are found in the
 * parameter rows of the modules and outputs of the run, see setup.h.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "core/catalogue.h"

struct cli_option {
	const char *name, *arg, *help;  /* arg NULL: a switch; its words are those of completion.c: FILE, GENERATOR, on|off */
};

/* One option as typed, in order. `row` is NULL for a --name that no table knows: a parameter, perhaps. */
struct cli_given {
	const struct cli_option *row;
	const char *name, *value;
	bool used;
};

struct cli_args {
	struct cli_given *given;
	unsigned given_n;
	const char **rest;              /* words that are no options */
	unsigned rest_n;
};

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_REFUSED = 2 };

struct subcommand {
	const char *name, *args, *summary;
	const struct cli_option *options;       /* ends with a row without a name */
	int (*run)(const struct catalogue *cat, struct cli_args *args);
	bool raw;               /* its words are not taken apart: all are in `rest` */
};

extern const struct subcommand subcommand_run, subcommand_console, subcommand_check, subcommand_generate, subcommand_list, subcommand_schema,
	subcommand_completion, subcommand_help, subcommand_version;

int cli_main(const struct catalogue *cat, int argc, char **argv);

/* The subcommand that the words (n of them, behind the program's name) mean, with how many of them name it; NULL: there is none. */
const struct subcommand *cli_choose(const char *const *words, unsigned n, unsigned *skip);
/* The last value given, or NULL; "" for a switch. */
const char *cli_value(struct cli_args *a, const char *name);
/* Prints "fluxdeck: ..." on stderr and returns EXIT_REFUSED. */
int cli_refuse(const char *format, ...) ATTR_PRINTF(1, 2);
void cli_print_help(const struct subcommand *c);
const struct subcommand *const *cli_table(void);
/* The table of keys of the console, as text or mdoc. */
void console_list_keys(bool mdoc, struct buf *to);

#endif
