/* The packs of providers: one file per category or two, each with a table that ends in a row without a name. */
#ifndef VALUE_PACKS_PACKS_H
#define VALUE_PACKS_PACKS_H

#include "value/provider.h"

extern const struct provider pack_numbers[], pack_aviation[], pack_flights[], pack_airfield[], pack_health[], pack_vitals[], pack_records[];

#endif
