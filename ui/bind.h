/* Keys to actions: one table, which is also the help and the hints. A row for one screen goes before one for everywhere. */
#ifndef UI_BIND_H
#define UI_BIND_H

#include "ui/ui.h"

enum { ON_DESK = 1 << SCREEN_DESK, ON_MODULE = 1 << SCREEN_MODULE, ON_LOG = 1 << SCREEN_LOG, ON_HELP = 1 << SCREEN_HELP,
	EVERYWHERE = ON_DESK | ON_MODULE | ON_LOG };

struct bind {
	const char *keys;               /* names separated by blanks; the first is the one that help and hints show */
	unsigned where;
	void (*act)(struct ui *u, const char *arg);
	const char *arg;
	const char *group, *help;       /* help: what it does, without a full stop; NULL hides a second name */
	const char *hint;               /* on the hint line, in the order of the table; NULL: not there */
};

extern const struct bind bind_table[];          /* ends with a row without keys */

const struct bind *bind_find(const struct key *k, enum screen where);

#endif
