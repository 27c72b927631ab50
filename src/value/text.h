/*
 * Texts with ${...}: the expressions that name a place, a key or a setting.
 *
 *   text     := { characters | "${" expression "}" | "$${" }           "$${" writes "${"
 *   expression := operand { "??" operand }                             the first that is not null
 *   operand  := name | 'text' | number arithmetic with + - * / ( )
 *   name     := event.type | event.key | module | env.NAME | field     (fields may be dotted)
 *
 * env.NAME is read when the scenario loads, and only if the scenario lists NAME under `env:`. Everything is checked when it is
 * compiled; running a program cannot fail.
 */
#ifndef VALUE_TEXT_H
#define VALUE_TEXT_H

#include "core/program.h"

/* What env.NAME gives: NULL when it is not set. `allowed` false: the scenario does not list it. */
struct text_env {
	const char *(*get)(void *arg, const char *name, bool *allowed);
	void *arg;
};

/* Resolves everything that is known when loading: env names, literals, arithmetic. What needs an event is kept as it is, when
 * `programs` says that the setting takes it, and refused otherwise. Errors say the column (from 1) in `text`. */
int text_fold(const char *text, const struct text_env *env, bool programs, struct buf *to, struct err *e);

/* Compiles a folded text. */
struct program *text_compile(const char *text, struct err *e);

#endif
