/* The generators of this build. Each is one file here (with helpers beside it), one row in table.c and one test. */
#ifndef GENERATORS_TABLE_H
#define GENERATORS_TABLE_H

#include "core/module.h"

extern const struct generator_class *const generator_table[];   /* NULL-terminated, in the order of the manual */

extern const struct generator_class generator_market, generator_supermarket, generator_template, generator_flows, generator_custom;

#endif
