/* The rows that every module, every output and the clock have, for help, manual and schema. */
#ifndef CORE_ROWS_H
#define CORE_ROWS_H

#include "core/param.h"

extern const struct param module_common_rows[], output_common_rows[], clock_rows[];

#endif
