/* The packs of this build. */
#include "value/packs/packs.h"

const struct provider *const provider_packs[] = { pack_numbers, NULL };
