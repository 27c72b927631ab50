/*
 * Settings of modules and outputs that hold ${...}: the expressions of value/expr.h.
 *
 * A setting is read once, when a scenario, a flag or a command gives it. What is known then becomes text: env.NAME (only names that the
 * scenario lists under `env:`), literals, functions of those. What only an event knows stays as it is where the setting takes it, and is
 * compiled for the events of each module when they are routed.
 *
 * There bare names are fields of the event, then parameters of the scenario, or event.type, event.key, module, now, start and seq, which is the number of the event in its
 * module, from 0. Values of providers are called, with parentheses: pick([a, b]), city(). They draw from the stream of (seed, module,
 * event type, output, setting) in the row of the event, so that the same event has the same key wherever and whenever it is made.
 */
#ifndef VALUE_SETTING_H
#define VALUE_SETTING_H

#include "core/program.h"
#include "value/expr.h"

struct world;

/* Resolves what is known now, with the environment and the files of `w` (value/record.h); NULL: none, and those of the current folder.
 * `programs`: the setting takes what only an event knows, and $${ stays doubled for whoever compiles it. Errors begin with "column N: ",
 * from 1, in `text`. */
int setting_read(const char *text, const struct world *w, bool programs, struct buf *to, struct err *e);

/* Compiles what setting_read() left: a program_compiler. */
struct program *setting_compile(const char *text, const struct program_site *site, struct err *e);

#endif
