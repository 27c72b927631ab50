/* Files that are compiled in: the scenarios of scenarios/, the shells' scripts of completions/. */
#ifndef CLI_SHIPPED_H
#define CLI_SHIPPED_H

struct shipped {
	const char *name, *summary, *text;
};

extern const struct shipped shipped_scenarios[], shipped_completions[];         /* each ends with a row without a name */

const struct shipped *shipped_find(const struct shipped *all, const char *name);        /* NULL when there is none */

#endif
