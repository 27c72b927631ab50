/* The packs of providers: one file per category or two, each with a table that ends in a row without a name. */
#ifndef VALUE_PACKS_PACKS_H
#define VALUE_PACKS_PACKS_H

#include "value/provider.h"

extern const struct provider pack_numbers[];
extern const struct provider pack_ids[];
extern const struct provider pack_strings[];
extern const struct provider pack_regex[];
extern const struct provider pack_network[];
extern const struct provider pack_internet[];
extern const struct provider pack_agents[];
extern const struct provider pack_times[];
extern const struct provider pack_calendar[];
extern const struct provider pack_words[];
extern const struct provider pack_lorem[];
extern const struct provider pack_colors[];
extern const struct provider pack_files[];
extern const struct provider pack_logs[];
extern const struct provider pack_developer[];
extern const struct provider pack_git[];

#endif
