/* The packs of this build. */
#include "value/packs/packs.h"

const struct provider *const provider_packs[] = {
	pack_numbers, pack_names, pack_body, pack_geo, pack_world, pack_firms, pack_accounts, pack_papers, NULL
};
