/* Files that are compiled in. */
#include "cli/shipped.h"

#include <stddef.h>
#include <string.h>

const struct shipped *shipped_find(const struct shipped *all, const char *name)
{
	for (; all->name; all++)
		if (strcmp(all->name, name) == 0)
			return all;
	return NULL;
}
