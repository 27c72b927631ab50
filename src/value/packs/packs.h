/* The packs of providers: one file per category or two, each with a table that ends in a row without a name. */
#ifndef VALUE_PACKS_PACKS_H
#define VALUE_PACKS_PACKS_H

#include "value/provider.h"

extern const struct provider pack_numbers[];
extern const struct provider pack_names[], pack_body[], pack_geo[], pack_world[], pack_firms[], pack_accounts[], pack_papers[];

#endif
