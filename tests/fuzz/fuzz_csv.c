/* Files from outside: refused with a reason, or read into columns. */
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"
#include "value/from_file.h"

static void columns(struct file_table *t)
{
	struct file_column column;
	double *weights;
	struct err e;

	for (size_t i = 0; t->csv.n > t->first && i < t->csv.columns; i++) {
		file_table_column(t, i, &column, &e);
		if (file_table_weights(t, i, &weights, &e) == 0)
			free(weights);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	for (int form = CSV_COMMAS; form <= CSV_LINES; form++) {
		struct file_table t = { .name = "fuzz", .first = form != CSV_LINES };
		struct err e;

		if (csv_parse(&t.csv, (const char *)bytes, n, "fuzz", (enum csv_form)form, &e) < 0)
			continue;
		columns(&t);
		csv_free(&t.csv);
	}
	return 0;
}
