/*
 * The command language: one row per command, run the same by keys, the palette, line mode, --eval, scripts and tests.
 *
 * A line is words separated by blanks; quotes keep blanks together. A path without a dot belongs to the focused module, and so does one like emit.view. A first
 * word that is no command but an action of the focused module (or of the only module that has one) is done: `shock ACME -5%`.
 */
#ifndef CORE_COMMAND_H
#define CORE_COMMAND_H

#include "core/engine.h"
#include "core/preset.h"

enum command_class { COMMAND_LOOK, COMMAND_CHANGE, COMMAND_RISK };

struct deck {
	struct engine *engine;
	struct control *control;
	const char *scenario;           /* its name, for views */
	enum origin by;
	const char *focus;              /* module that a path without a dot is about, or NULL */
	const struct command *const *tables;    /* NULL-terminated list of tables; earlier ones go first */
	const struct catalogue *cat;
	struct presets *presets;
	void *face, *screen;            /* of whoever owns further tables: the session, the console */
};

struct command {
	const char *name, *args, *help;         /* args for people: "PATH VALUE"; help: one sentence */
	enum command_class class;
	unsigned least, most;                   /* words behind the name */
	int (*run)(struct deck *d, unsigned n, char **words, struct buf *said, struct err *e);
};

enum { COMMAND_WORDS = 32, COMMAND_LINE = 4096 };

extern const struct command core_commands[];    /* ends with a row without a name */

/* Is there a module or output of that name, now? */
bool command_is_there(const struct deck *d, const char *name);
/* Runs one line. What it has to say goes into `said` (one line or several, no newline at the end). */
int command_run(struct deck *d, const char *line, struct buf *said, struct err *e);
const struct command *command_find(const struct deck *d, const char *name);
/* Splits a line in place; returns the number of words, or -1 for an open quote or too many words. */
int command_split(char *line, char **words, unsigned room, struct err *e);
/* Completions of the last word of a line, one a line: commands, paths, values of choices. */
void command_complete(const struct deck *d, const char *line, struct buf *to);

#endif
