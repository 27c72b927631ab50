/*
 * `values:` of a scenario: values of its own, which expressions use by name like the others.
 *
 *   values:
 *     tier: ${pick([gold, silver, bronze], weights=[1, 3, 6])}     an expression or a text with some
 *     channel: [web, app, "${first_name}"]                         one of a list, alike
 *     article: {file: articles.csv, column: code, weight: stock}   a value of a column, by the weights of another
 *     rates: {file: rates.csv}                                     a table: lookup(rates, key)
 *
 * They see parameters and each other, not the fields of the events that use them, and what they draw is their own in each use.
 */
#ifndef SCENARIO_VALUES_H
#define SCENARIO_VALUES_H

#include "scenario/load.h"

void values_read(struct scenario *sc, struct report *r, const struct node *root);

#endif
