/*
 * CSV (RFC 4180). Reading: quoted fields, doubled quotes, CRLF or LF. For small files that a user names: a catalogue, a table. They are
 * of UTF-8, with limits on bytes, fields and columns.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct csv {
	struct arena arena;
	char ***rows;           /* rows[r][c]; every row has `columns` fields */
	size_t n, columns;
};

enum { CSV_BYTES = 64 * 1024 * 1024, CSV_FIELDS = 4 * 1024 * 1024, CSV_COLUMNS = 64 };
enum csv_form { CSV_COMMAS, CSV_TABS, CSV_LINES };      /* lines: each is one field as it stands */

/* Reads a whole file; one that ends in .tsv has tabs. The error names file and line. csv_free() is needed after success only. */
int csv_read(struct csv *c, const char *path, struct err *e);
int csv_read_lines(struct csv *c, const char *path, struct err *e);
/* The same of bytes; `name` is for errors. */
int csv_parse(struct csv *c, const char *bytes, size_t n, const char *name, enum csv_form form, struct err *e);
void csv_free(struct csv *c);

/* Writing a field. Does it need quotes, where fields are separated so? */
bool csv_needs_quotes(const char *text, size_t n, char separator);
void csv_put_quoted(struct buf *to, const char *text, size_t n);

#endif
