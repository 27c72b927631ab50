/*
 * Tables of a user: files beside the scenario, read once when expressions are compiled.
 *
 * A file that ends in .csv or .tsv has names of columns in its first line; any other has one value a line. Only regular files in the
 * folder of the scenario, or below it, are read, whatever links say. A column whose cells are all whole numbers, all decimals with as
 * many digits behind the point, or all numbers, has that type; others are texts, so that 007 stays what it is. Empty cells are null.
 */
#ifndef VALUE_FROM_FILE_H
#define VALUE_FROM_FILE_H

#include "base/csv.h"
#include "value/expr.h"

struct file_table {
	struct csv csv;
	const char *name;               /* as the user wrote it, kept by the caller */
	size_t first;                   /* the first row of values */
	struct file_table *next;
};

struct file_column {
	enum type type;                 /* INT, DECIMAL, REAL or TEXT */
	uint8_t scale;
	bool nullable;                  /* a cell is empty */
	size_t n;
	const struct held *values;
};

/* `folder` ends in its slash; NULL is the current one. */
struct file_table *file_table_read(const char *folder, const char *name, struct err *e);
void file_table_free(void *table);
/* By name; NULL is the first. Refuses with the nearest. */
int file_table_find(const struct file_table *t, const char *column, size_t *to, struct err *e);
/* The column's values, in memory of the table. */
int file_table_column(struct file_table *t, size_t column, struct file_column *to, struct err *e);
/* A cell as numbers that weigh: from 0 and not all 0. malloc'ed. */
int file_table_weights(const struct file_table *t, size_t column, double **to, struct err *e);
/* The line of the file that a value stands in, where none of them goes over more than one. */
size_t file_table_line(const struct file_table *t, size_t value);

#endif
