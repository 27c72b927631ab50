/* Inside the store: lists and chains of entities, kept up as states change. Only files of this folder include it. */
#ifndef ENTITY_MATCHING_H
#define ENTITY_MATCHING_H

#include "entity/store.h"

uint64_t cell_hash(bool text, union value v);

/* After fields have changed (a bit each; all: it is new, or gone). */
void matching_settle(struct class *c, uint32_t id, uint64_t changed);
/* It is held now; nobody holds it now. Whether it matches is remembered in between, and kept up. */
void matching_taken(struct class *c, uint32_t id);
void matching_freed(struct class *c, uint32_t id);
void matching_free(struct matching *m);

bool join_room(struct class *c, uint32_t id);
void join_enter(struct class *c, uint32_t id, uint64_t fields);
void join_leave(struct class *c, uint32_t id, uint64_t fields);
void join_free(struct join *j);

bool ages_add(struct class *c, uint32_t id);

#endif
