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
char *regex_put(const struct regex *x, struct draws *d, char *to);

#endif
