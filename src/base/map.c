/* Hash map from text to pointer. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

void map_init(struct map *m)
{
	*m = (struct map){ 0 };
}

void map_free(struct map *m)
{
	for (uint32_t i = 0; i < m->n; i++)
		free(m->entries[i].key);
	free(m->entries);
	free(m->slots);
	map_init(m);
}

/* The slot that holds the key, or the empty one where it belongs. */
static uint32_t *slot_of(const struct map *m, const char *key, size_t n)
{
	uint32_t at = (uint32_t)digest_bytes(key, n, 0);

	for (;; at++) {
		uint32_t *slot = &m->slots[at & (m->slot_n - 1)];
		const char *have = *slot ? m->entries[*slot - 1].key : NULL;

		if (!have || (strncmp(have, key, n) == 0 && have[n] == '\0'))
			return slot;
	}
}

void *map_get(const struct map *m, const char *key, size_t n)
{
	uint32_t *slot = m->slot_n ? slot_of(m, key, n) : NULL;

	return slot && *slot ? m->entries[*slot - 1].value : NULL;
}

/* Doubles both arrays; on failure the map stays as it was. */
static int grow(struct map *m)
{
	uint32_t room = m->room ? m->room * 2 : 8;
	struct map_entry *entries = realloc(m->entries, room * sizeof *entries);
	uint32_t *slots;

	if (!entries)
		return -1;
	m->entries = entries;
	slots = calloc((size_t)room * 2, sizeof *slots);
	if (!slots)
		return -1;
	free(m->slots);
	m->slots = slots;
	m->slot_n = room * 2;
	m->room = room;
	for (uint32_t i = 0; i < m->n; i++)
		*slot_of(m, m->entries[i].key, strlen(m->entries[i].key)) = i + 1;
	return 0;
}

int map_put(struct map *m, const char *key, size_t n, void *value)
{
	uint32_t *slot;
	char *copy;

	if (m->n == m->room && grow(m) < 0)
		return -1;
	slot = slot_of(m, key, n);
	if (*slot) {
		m->entries[*slot - 1].value = value;
		return 0;
	}
	copy = malloc(n + 1);
	if (!copy)
		return -1;
	memcpy(copy, key, n);
	copy[n] = '\0';
	m->entries[m->n] = (struct map_entry){ .key = copy, .value = value };
	*slot = ++m->n;
	return 0;
}
