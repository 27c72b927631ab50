/* Reading CSV. */
#include "base/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"

/* One field at *s; leaves *s behind it and says whether the row goes on. */
static char *field(struct arena *a, const char **s, size_t line, const char *path, struct err *e)
{
	struct buf b;
	char *copy;

	buf_init(&b, CSV_BYTES);
	if (**s == '"') {
		for ((*s)++; **s && !((*s)[0] == '"' && (*s)[1] != '"'); (*s)++) {
			*s += **s == '"';
			buf_char(&b, **s);
		}
		if (**s != '"') {
			err_set(e, ERR_INPUT, "%s:%zu: a quoted field does not end", path, line);
			buf_free(&b);
			return NULL;
		}
		(*s)++;
		if (**s && !strchr(",\r\n", **s)) {
			err_set(e, ERR_INPUT, "%s:%zu: text after a closing quote", path, line);
			buf_free(&b);
			return NULL;
		}
	} else {
		size_t n = strcspn(*s, ",\r\n");

		buf_add(&b, *s, n);
		*s += n;
	}
	copy = buf_ok(&b) ? arena_copy(a, b.data, b.n) : NULL;
	if (!copy)
		err_memory(e);
	buf_free(&b);
	return copy;
}

static int parse(struct csv *c, const char *s, const char *path, struct err *e)
{
	size_t room = 0;

	while (*s) {
		char *fields[64], **row;
		size_t n = 0;

		do {
			if (n == COUNT_OF(fields))
				return err_set(e, ERR_INPUT, "%s:%zu: more than %zu columns", path, c->n + 1, COUNT_OF(fields));
			s += n > 0;
			fields[n] = field(&c->arena, &s, c->n + 1, path, e);
			if (!fields[n++])
				return -1;
		} while (*s == ',');
		s += *s == '\r';
		s += *s == '\n';
		if (c->n && n != c->columns)
			return err_set(e, ERR_INPUT, "%s:%zu: %zu columns, where the first line has %zu", path, c->n + 1, n, c->columns);
		c->columns = n;
		if (c->n == room) {
			char ***rows = realloc(c->rows, (room = room ? room * 2 : 64) * sizeof *rows);

			if (!rows)
				return err_memory(e);
			c->rows = rows;
		}
		row = arena_take(&c->arena, n * sizeof *row);
		if (!row)
			return err_memory(e);
		memcpy(row, fields, n * sizeof *row);
		c->rows[c->n++] = row;
	}
	return 0;
}

int csv_read(struct csv *c, const char *path, struct err *e)
{
	struct buf b;
	int result;

	*c = (struct csv){ 0 };
	arena_init(&c->arena);
	buf_init(&b, CSV_BYTES);
	result = file_read(path, &b, e);
	if (result == 0 && utf8_check(b.data, b.n) < b.n)
		result = err_set(e, ERR_INPUT, "'%s' is not valid UTF-8", path);
	if (result == 0 && strlen(b.data) != b.n)
		result = err_set(e, ERR_INPUT, "'%s' contains a NUL byte", path);
	if (result == 0)
		result = parse(c, b.data, path, e);
	buf_free(&b);
	if (result < 0)
		csv_free(c);
	return result;
}

void csv_free(struct csv *c)
{
	arena_free(&c->arena);
	free(c->rows);
	*c = (struct csv){ 0 };
}
