/*
 * JSON templates: events that a user describes in a file.
 *
 * A template is either the fields of one event, which is named like the file, or {"events": {NAME: {"fields": {...}}}} as a scenario
 * has them.
 */
#ifndef VALUE_TEMPLATE_H
#define VALUE_TEMPLATE_H

#include "value/described.h"

/* `path` names the template in the report's complaints, too. -1: refused, and the report says why. */
int template_file(const struct describer *d, const char *path, struct described *to);
/* The same with the text of the file. */
int template_text(const struct describer *d, const char *text, size_t n, const char *path, struct described *to);

#endif
