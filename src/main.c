/* Fills the catalogue of tables and hands over to the command line. The only file that names every table. */
#include <locale.h>

#include "cli/cli.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "value/text.h"

int main(int argc, char **argv)
{
	static const struct catalogue cat = { .generators = generator_table, .outputs = output_table, .compile = text_compile };

	/* Character types only: numbers are read and written the same everywhere. */
	setlocale(LC_CTYPE, "");
	return cli_main(&cat, argc, argv);
}
