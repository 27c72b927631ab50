/*
 * Hash map from text to pointer, open addressing, that walks in order of insertion. Keys are copied. Nothing can be removed:
 * names in this program live as long as their map.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map_entry {
	char *key;
	void *value;
};

struct map {
	struct map_entry *entries;      /* in order of insertion */
	uint32_t n, room, *slots;       /* slots: number of the entry + 1, 0 = empty; a power of two of them */
	uint32_t slot_n;
};

void map_init(struct map *m);
void map_free(struct map *m);           /* the values are the caller's */
void *map_get(const struct map *m, const char *key, size_t n);
/* Adds or replaces; -1 when there is no memory. */
int map_put(struct map *m, const char *key, size_t n, void *value);

#endif
