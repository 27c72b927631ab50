/* The one source of wall time. Nothing that reaches an event may come from here. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_wall_ns(void);            /* monotonic; only differences mean anything */
int64_t clock_epoch_ns(void);           /* Unix time; for `start: now` and log lines */

/* From now on both clocks stand at this instant and move only by further calls; a negative instant ends that. For tests and
 * for screens drawn without a terminal. */
void clock_pretend(int64_t ns);

#endif
