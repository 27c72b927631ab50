/* Lists of fields, as objects take them: "default", "all" or names with commas. */
#ifndef VALUE_PACKS_FIELDS_H
#define VALUE_PACKS_FIELDS_H

#include <stdint.h>
#include <string.h>

#include "base/err.h"

/* A bit for each name of the list, which ends in NULL. */
static inline int fields_parse(const char *text, const char *const *names, uint64_t usual, uint64_t *to, struct err *e)
{
	*to = 0;
	if (!*text || strcmp(text, "default") == 0 || strcmp(text, "all") == 0) {
		for (unsigned i = 0; names[i]; i++)
			*to |= (*text == 'a' || usual >> i & 1) ? UINT64_C(1) << i : 0;
		return 0;
	}
	while (*text) {
		size_t n;
		unsigned i = 0;

		text += strspn(text, ", ");
		n = strcspn(text, ", ");
		if (!n)
			break;
		while (names[i] && (strlen(names[i]) != n || memcmp(names[i], text, n) != 0))
			i++;
		if (!names[i])
			return err_set(e, ERR_INPUT, "fields: there is no field '%.*s'", (int)(n < 60 ? n : 60), text);
		*to |= UINT64_C(1) << i;
		text += n;
	}
	return *to ? 0 : err_set(e, ERR_INPUT, "fields: names at least one");
}

#endif
