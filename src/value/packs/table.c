/* The packs of this build. */
#include "value/packs/packs.h"

const struct provider *const provider_packs[] = {
	pack_numbers,
	pack_aviation, pack_flights, pack_airfield, pack_health, pack_vitals, pack_records,
	NULL,
};
