/* The generators of this build. */
#include "generators/table.h"

const struct generator_class *const generator_table[] = { &generator_market, &generator_supermarket, &generator_template, &generator_flows, &generator_custom, NULL };
