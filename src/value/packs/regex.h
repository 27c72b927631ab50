/*
 * Regular expressions backwards: texts that match. Literals, classes, \d \w \s, groups, alternation and ? * + {m,n}; anchors and
 * boundaries are ignored; look-around, back references and Unicode classes are refused with their position.
 */
#ifndef VALUE_PACKS_REGEX_H
#define VALUE_PACKS_REGEX_H

#include "base/err.h"
#include "value/draws.h"

struct regex;

/* Open repeats stop at `max_repeat`. Texts stay under 64 KiB, or the pattern is refused. */
struct regex *regex_compile(const char *pattern, unsigned max_repeat, struct err *e);
void regex_free(struct regex *x);
size_t regex_room(const struct regex *x);
/* How many different texts, where each is made in one way: of sets, fixed repeats and alternatives that begin differently; else 0. */
uint64_t regex_pool(struct regex *x);
char *regex_nth(const struct regex *x, uint64_t i, char *to);   /* i < regex_pool(), which was called */
char *regex_put(const struct regex *x, struct draws *d, char *to);

#endif
