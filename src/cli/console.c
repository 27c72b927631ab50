/* fluxdeck console */
#include "cli/cli.h"
static int run(const struct catalogue *cat, struct cli_args *a) { (void)cat; (void)a; return 2; }
const struct subcommand subcommand_console = { "console", "", "", NULL, run };
