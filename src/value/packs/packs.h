/* The packs of providers: one file per category or two, each with a table that ends in a row without a name. */
#ifndef VALUE_PACKS_PACKS_H
#define VALUE_PACKS_PACKS_H

#include "value/provider.h"

extern const struct provider pack_combinators[];
extern const struct provider pack_numbers[];
extern const struct provider pack_figures[];
extern const struct provider pack_continuous[];
extern const struct provider pack_gammas[];
extern const struct provider pack_counts[];
extern const struct provider pack_walks[];
extern const struct provider pack_ids[];
extern const struct provider pack_strings[];
extern const struct provider pack_regex[];
extern const struct provider pack_times[];
extern const struct provider pack_calendar[];
extern const struct provider pack_words[];
extern const struct provider pack_speech[];
extern const struct provider pack_lorem[];
extern const struct provider pack_colors[];
extern const struct provider pack_names[];
extern const struct provider pack_body[];
extern const struct provider pack_papers[];
extern const struct provider pack_accounts[];
extern const struct provider pack_geo[];
extern const struct provider pack_world[];
extern const struct provider pack_zones[];
extern const struct provider pack_firms[];
extern const struct provider pack_network[];
extern const struct provider pack_internet[];
extern const struct provider pack_agents[];
extern const struct provider pack_files[];
extern const struct provider pack_logs[];
extern const struct provider pack_developer[];
extern const struct provider pack_git[];
extern const struct provider pack_card[];
extern const struct provider pack_bank[];
extern const struct provider pack_coins[];
extern const struct provider pack_money[];
extern const struct provider pack_payment[];
extern const struct provider pack_security[];
extern const struct provider pack_market[];
extern const struct provider pack_orders[];
extern const struct provider pack_product[];
extern const struct provider pack_vat[];
extern const struct provider pack_vehicle[];
extern const struct provider pack_logistics[];
extern const struct provider pack_health[];
extern const struct provider pack_vitals[];
extern const struct provider pack_records[];
extern const struct provider pack_aviation[];
extern const struct provider pack_flights[];
extern const struct provider pack_airfield[];
extern const struct provider pack_sensors[];
extern const struct provider pack_track[];
extern const struct provider pack_devices[];
extern const struct provider pack_education[];
extern const struct provider pack_nature[];
extern const struct provider pack_geometry[];
extern const struct provider pack_database[];
extern const struct provider pack_columns[];

#endif
