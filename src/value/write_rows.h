/* Records as one text: JSON, CSV, SQL, XML. What combinators over fields write, row by row. */
#ifndef VALUE_WRITE_ROWS_H
#define VALUE_WRITE_ROWS_H

#include "base/buf.h"
#include "value/expr.h"

enum json_type { JSON_OBJECT, JSON_ARRAY, JSON_LINES };
enum quote { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONE };
enum dialect { SQL_ANSI, SQL_POSTGRES, SQL_MYSQL, SQL_SQLITE };

/* What a field of a row has. */
struct field_cell {
	enum type type;
	bool null;
	struct text text;               /* as encoders write it */
};

struct row_form {
	/* Row i, with what stands before the first and behind the last. */
	void (*put)(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to);
	const char **names;             /* of the fields */
	unsigned n;
	uint64_t rows;
	unsigned type, quote, dialect;  /* of the enums above */
	uint64_t indent;
	uint64_t batch;                 /* rows of one INSERT */
	bool header;
	char separator;
	const char *table, *root, *record;
};

void rows_put_json(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to);
void rows_put_csv(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to);
void rows_put_sql(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to);
void rows_put_xml(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to);

#endif
