/*
 * `events:` and `params:` of a scenario, and JSON template files.
 *
 *   params: {mean: {default: 50, min: 0, max: 500, unit: EUR, scale: log, help: "What an order is worth."}}
 *   events:
 *     order:
 *       key: ${user}
 *       fields:
 *         user: ${shortuuid(8)}
 *         total: ${round(lognormal(mean, 0.4), 2)}
 *         items: [{sku: "${sku}", n: "${random_int(1, 3)}"}]
 *     access: {line: '${ipv4} - - [${date_format(now, "%d/%b/%Y:%H:%M:%S %z")}] ...'}
 *
 * `line` instead of `fields` makes the event that text, without quotes and names. Maps nest; lists become JSON. Every event is
 * compiled once while loading, so that what is wrong is said with its place.
 */
#ifndef SCENARIO_EVENTS_H
#define SCENARIO_EVENTS_H

#include "scenario/load.h"

void events_read(struct scenario *sc, struct engine *en, struct report *r, const struct node *root);
void events_free(struct scenario *sc);

#endif
