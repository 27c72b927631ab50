/* The outputs of this build. Each is one file here, one row in table.c and one test. */
#ifndef OUTPUTS_TABLE_H
#define OUTPUTS_TABLE_H

#include "core/output.h"

extern const struct output_class *const output_table[];         /* NULL-terminated, in the order of the manual */

extern const struct output_class output_null, output_stdout, output_file, output_kafka;

#endif
