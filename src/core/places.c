/* Places of an output: the topics, tables and files that its records go to, each with a number. */
#include <stdlib.h>

#include "core/inside.h"

/* The header line of a CSV place, kept with the place: encoders come and go with routes. "" for other forms. */
static char *header_text(const struct encoder *en)
{
	struct buf b;
	char *copy;

	buf_init(&b, 65536);
	encoder_header(en, &b);
	copy = buf_ok(&b) ? strndup(b.data, b.n) : NULL;
	buf_free(&b);
	return copy;
}

uint32_t outlet_place(struct outlet *o, const char *text, size_t n, const struct encoder *header)
{
	char *begins;
	uintptr_t known = (uintptr_t)map_get(&o->places, text, n);

	if (known)
		return (uint32_t)known - 1;
	if (o->places.n >= o->header_room) {
		uint32_t room = o->header_room ? o->header_room * 2 : 8;
		char **headers = realloc(o->headers, room * sizeof *headers);

		if (!headers)
			return UINT32_MAX - 1;
		o->headers = headers;
		o->header_room = room;
	}
	begins = header_text(header);
	if (!begins || map_put(&o->places, text, n, (void *)(uintptr_t)(o->places.n + 1)) < 0) {
		free(begins);
		return UINT32_MAX - 1;
	}
	o->headers[o->places.n - 1] = begins;
	return o->places.n - 1;
}

const char *output_place(const struct output *pub, uint32_t place)
{
	const struct map *places = &container_of(pub, struct outlet, pub)->places;

	return place < places->n ? places->entries[place].key : "";
}

void output_header(const struct output *pub, uint32_t place, struct buf *to)
{
	const struct outlet *o = container_of(pub, struct outlet, pub);

	if (place < o->places.n)
		buf_text(to, o->headers[place]);
}
