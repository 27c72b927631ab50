/* The packs of providers: one file per category or two, each with a table that ends in a row without a name. */
#ifndef VALUE_PACKS_PACKS_H
#define VALUE_PACKS_PACKS_H

#include "value/provider.h"

extern const struct provider pack_numbers[];
extern const struct provider pack_card[], pack_bank[], pack_coins[], pack_money[], pack_payment[], pack_security[], pack_market[], pack_orders[], pack_product[], pack_vat[], pack_vehicle[], pack_logistics[];

#endif
