/* The packs of this build, in the order in which lists have them. */
#include "value/packs/packs.h"

const struct provider *const provider_packs[] = {
	pack_numbers, pack_figures, pack_continuous, pack_gammas, pack_counts, pack_walks, pack_ids, pack_strings, pack_regex,
	pack_times, pack_calendar, pack_words, pack_speech, pack_lorem, pack_colors, pack_names, pack_body, pack_papers, pack_accounts,
	pack_geo, pack_world, pack_zones, pack_firms, pack_network, pack_internet, pack_agents, pack_files, pack_logs, pack_developer,
	pack_git, pack_card, pack_bank, pack_coins, pack_money, pack_payment, pack_security, pack_market, pack_orders,
	pack_product, pack_vat, pack_vehicle, pack_track, pack_logistics, pack_health, pack_vitals, pack_records, pack_aviation,
	pack_flights, pack_airfield, pack_sensors, pack_devices, pack_education, pack_nature, pack_geometry, pack_database,
	pack_combinators,
	pack_columns,
	NULL
};
