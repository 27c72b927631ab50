/*
 * Entities by hand: what the action `entity` of a module of flows does. Its argument is a line of words as in entity/literal.h:
 *
 *   edit CLASS KEY FIELD=VALUE...    one version of its history, whoever holds it
 *   release CLASS KEY                the flow that holds it goes on without
 *   retire CLASS KEY                 as the step of a flow does
 *   clone CLASS KEY [NEW]            another one with the same state, held by nobody; without a key one is made of the old one
 *
 * and, for undo, make CLASS KEY CREATED FIELD=VALUE... and hold CLASS KEY SESSION. All depends on the store and the line alone, so that
 * a replay does the same.
 */
#ifndef ENTITY_HANDS_H
#define ENTITY_HANDS_H

#include "entity/store.h"

/* Refuses, or does it; `back` gets the line that takes it back. */
int hands_act(struct store *s, const char *line, int64_t now_ns, struct buf *back, struct err *e);
/* The entity that a key means as people write it; NOBODY: there is none. */
uint32_t hands_find(const struct class *c, const char *key);

#endif
