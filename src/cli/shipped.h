/* The scenarios that are compiled in, from scenarios/. */
#ifndef CLI_SHIPPED_H
#define CLI_SHIPPED_H

struct shipped {
	const char *name, *summary, *text;
};

extern const struct shipped shipped_scenarios[];        /* ends with a row without a name */

const struct shipped *shipped_find(const char *name);   /* NULL when there is none */

#endif
