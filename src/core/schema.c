/* Schemas and the record while it is filled. */
#include "core/schema.h"

int event_set_text(struct event *ev, unsigned leaf, const char *text, size_t n, struct err *e)
{
	const char *copy = arena_copy(ev->arena, text, n);

	if (!copy)
		return err_memory(e);
	event_set_lasting(ev, leaf, copy, n);
	return 0;
}
