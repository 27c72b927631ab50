/* The packs of this build. */
#include "value/packs/packs.h"

const struct provider *const provider_packs[] = {
	pack_numbers,
	pack_ids,
	pack_strings,
	pack_regex,
	pack_network,
	pack_internet,
	pack_agents,
	pack_times,
	pack_calendar,
	pack_words,
	pack_lorem,
	pack_colors,
	pack_files,
	pack_logs,
	pack_developer,
	pack_git,
	NULL,
};
