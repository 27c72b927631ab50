/* Reading CSV (RFC 4180): quoted fields, doubled quotes, CRLF or LF. For small files that a user names: a catalogue, a table. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct csv {
	struct arena arena;
	char ***rows;           /* rows[r][c]; every row has `columns` fields */
	size_t n, columns;
};

enum { CSV_BYTES = 64 * 1024 * 1024 };

/* Reads a whole file. The error names file and line. csv_free() is needed after success only. */
int csv_read(struct csv *c, const char *path, struct err *e);
void csv_free(struct csv *c);

#endif
