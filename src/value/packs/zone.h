/* Clocks: what a zone is ahead of UTC at an instant, by the rule that holds now in tzdata. Nothing of the machine is read. */
#ifndef VALUE_PACKS_ZONE_H
#define VALUE_PACKS_ZONE_H

#include "value/table.h"

/* The week-th such weekday (0 Sunday) of a month, 5 the last, and seconds after its midnight by the clock until then. */
struct turn {
	uint8_t month, week, weekday;
	int32_t second;
};

struct zone {
	int32_t usual, summer;          /* seconds east of UTC */
	bool turns;                     /* there is summer time */
	struct turn on, off;
};

/* "UTC", "Z", "+02:00", or a name of the IANA database; refuses with the parameter's name. */
int zone_read(struct zone *z, const char *parameter, const char *text, struct err *e);
void zone_of_row(struct zone *z, const struct table *zones, uint32_t row);      /* of any/zone.tsv */
int32_t zone_seconds(const struct zone *z, int64_t ns);                 /* east of UTC at the instant */
char *zone_put(char *to, int32_t seconds, bool colon);                  /* "+02:00" or "+0200" */

#endif
