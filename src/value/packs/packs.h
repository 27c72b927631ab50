/* The packs of providers: one file per category or two, each with a table that ends in a row without a name. */
#ifndef VALUE_PACKS_PACKS_H
#define VALUE_PACKS_PACKS_H

#include "value/provider.h"

extern const struct provider pack_numbers[];
extern const struct provider pack_figures[];
extern const struct provider pack_continuous[];
extern const struct provider pack_gammas[];
extern const struct provider pack_counts[];
extern const struct provider pack_walks[];
extern const struct provider pack_sensors[];
extern const struct provider pack_devices[];
extern const struct provider pack_education[];
extern const struct provider pack_nature[];
extern const struct provider pack_geometry[];
extern const struct provider pack_database[];

#endif
