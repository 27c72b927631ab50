/* Fills the catalogue of tables and hands over to the command line. The only file that names every table. */
#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

#include "cli/cli.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "value/setting.h"

int main(int argc, char **argv)
{
	static const struct catalogue cat = { .generators = generator_table, .outputs = output_table, .compile = setting_compile };

	/* A closed standard descriptor would become a file of ours, and take what is meant for the user. */
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
			return EXIT_FAILED;
	/* Character types only: numbers are read and written the same everywhere. */
	setlocale(LC_CTYPE, "");
	return cli_main(&cat, argc, argv);
}
