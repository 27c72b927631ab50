/* The packs of this build. */
#include "value/packs/packs.h"

const struct provider *const provider_packs[] = {
	pack_numbers, pack_figures, pack_continuous, pack_gammas, pack_counts, pack_walks,
	pack_sensors, pack_devices, pack_education, pack_nature, pack_geometry, pack_database, NULL
};
