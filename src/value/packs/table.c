/* The packs of this build. */
#include "value/packs/packs.h"

const struct provider *const provider_packs[] = { pack_numbers, pack_card, pack_bank, pack_coins, pack_money, pack_payment, pack_security, pack_market, pack_orders, pack_product, pack_vat, pack_vehicle, pack_logistics, NULL };
