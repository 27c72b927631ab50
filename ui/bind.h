/* Keys to actions: one table, which is also the help, the hints and the manual. A row for one screen goes before one for everywhere. */
#ifndef UI_BIND_H
#define UI_BIND_H

#include "ui/ui.h"

enum { ON_DESK = 1 << SCREEN_DESK, ON_MODULE = 1 << SCREEN_MODULE, ON_OUTPUTS = 1 << SCREEN_OUTPUTS, ON_TAIL = 1 << SCREEN_TAIL,
	ON_LOG = 1 << SCREEN_LOG, ON_JOURNAL = 1 << SCREEN_JOURNAL, ON_FLOWS = 1 << SCREEN_FLOWS,
	VALUES = ON_DESK | ON_MODULE | ON_OUTPUTS | ON_FLOWS,
	ON_ENTITIES = 1 << SCREEN_ENTITIES, ON_ENTITY = 1 << SCREEN_ENTITY, ENTITIES = ON_ENTITIES | ON_ENTITY,
	EVERYWHERE = VALUES | ON_TAIL | ON_LOG | ON_JOURNAL | ENTITIES };

struct bind {
	const char *keys;               /* names separated by blanks; the first is the one that help and hints show */
	unsigned where;
	void (*act)(struct ui *u, const char *arg);
	const char *arg;
	const char *name;               /* for a file of keys; NULL: cannot be given to another key */
	const char *group, *help;       /* help: what it does, without a full stop; NULL hides a second name */
	const char *hint;               /* on the hint line, in the order of the table; NULL: not there */
};

extern const struct bind bind_table[];          /* ends with a row without keys */
extern const char *const bind_groups[];         /* NULL-terminated, in the order of the help */
extern const char *const screen_names[];        /* desk, module, ...: for commands and for a file of keys */

const struct bind *bind_find(const struct key *k, enum screen where);
const struct ui_rebind *bind_rebound(const struct ui *u, const struct key *k, enum screen where);

#endif
