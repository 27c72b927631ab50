/* CSV. */
#include "base/csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

/* What is read, and what ends a field. */
struct reader {
	struct csv *c;
	const char *name, *ends;
	bool quotes;
	size_t fields;
	struct err *e;
};

/* One field at *s; leaves *s behind it and says whether the row goes on. */
static char *field(struct reader *r, const char **s)
{
	const char *path = r->name;
	size_t line = r->c->n + 1;
	struct err *e = r->e;
	struct buf b;
	char *copy;

	buf_init(&b, CSV_BYTES);
	if (r->quotes && **s == '"') {
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
		if (**s && !strchr(r->ends, **s)) {
			err_set(e, ERR_INPUT, "%s:%zu: text after a closing quote", path, line);
			buf_free(&b);
			return NULL;
		}
	} else {
		size_t n = strcspn(*s, r->ends);

		buf_add(&b, *s, n);
		*s += n;
	}
	copy = buf_ok(&b) ? arena_copy(&r->c->arena, b.data, b.n) : NULL;
	if (!copy)
		err_memory(e);
	buf_free(&b);
	return copy;
}

/* One row at *s, into `fields`. */
static int row(struct reader *r, const char **s, char **fields, size_t *n)
{
	*n = 0;
	do {
		if (*n == CSV_COLUMNS)
			return err_set(r->e, ERR_INPUT, "%s:%zu: more than %d columns", r->name, r->c->n + 1, CSV_COLUMNS);
		if (r->fields++ == CSV_FIELDS)
			return err_set(r->e, ERR_INPUT, "%s:%zu: more than %d fields", r->name, r->c->n + 1, CSV_FIELDS);
		*s += *n > 0;
		fields[*n] = field(r, s);
		if (!fields[(*n)++])
			return -1;
	} while (**s && **s != '\r' && **s != '\n');
	*s += **s == '\r';
	*s += **s == '\n';
	return 0;
}

static int parse(struct reader *r, const char *s)
{
	struct csv *c = r->c;
	size_t room = 0;

	while (*s) {
		char *fields[CSV_COLUMNS], **kept;
		size_t n;

		if (row(r, &s, fields, &n) < 0)
			return -1;
		if (c->n && n != c->columns)
			return err_set(r->e, ERR_INPUT, "%s:%zu: %zu columns, where the first line has %zu", r->name, c->n + 1, n, c->columns);
		c->columns = n;
		if (c->n == room) {
			char ***rows = realloc(c->rows, (room = room ? room * 2 : 64) * sizeof *rows);

			if (!rows)
				return err_memory(r->e);
			c->rows = rows;
		}
		kept = arena_take(&c->arena, n * sizeof *kept);
		if (!kept)
			return err_memory(r->e);
		memcpy(kept, fields, n * sizeof *kept);
		c->rows[c->n++] = kept;
	}
	return 0;
}

int csv_parse(struct csv *c, const char *bytes, size_t n, const char *name, enum csv_form form, struct err *e)
{
	static const char *const ends[] = { ",\r\n", "\t\r\n", "\r\n" };
	struct reader r = { .c = c, .name = name, .ends = ends[form], .quotes = form != CSV_LINES, .e = e };
	struct buf b;
	int result;

	*c = (struct csv){ 0 };
	arena_init(&c->arena);
	/* What some editors put before everything else. */
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		n -= 3;
	}
	buf_init(&b, CSV_BYTES);
	buf_add(&b, bytes, n);
	if (!buf_ok(&b))
		result = err_set(e, ERR_INPUT, "'%s' is larger than %d MiB", name, CSV_BYTES / 1048576);
	else if (utf8_check(b.data, b.n) != b.n)
		result = err_set(e, ERR_INPUT, "'%s' is not valid UTF-8", name);
	else if (strlen(b.data) != b.n)
		result = err_set(e, ERR_INPUT, "'%s' contains a NUL byte", name);
	else
		result = parse(&r, b.data);
	buf_free(&b);
	if (result < 0)
		csv_free(c);
	return result;
}

static int read_file(struct csv *c, const char *path, enum csv_form form, struct err *e)
{
	struct buf b;
	int result;

	*c = (struct csv){ 0 };
	buf_init(&b, CSV_BYTES);
	result = file_read(path, &b, e);
	if (result == 0)
		result = csv_parse(c, b.data, b.n, path, form, e);
	buf_free(&b);
	return result;
}

int csv_read(struct csv *c, const char *path, struct err *e)
{
	size_t n = strlen(path);

	return read_file(c, path, n > 4 && strcmp(path + n - 4, ".tsv") == 0 ? CSV_TABS : CSV_COMMAS, e);
}

int csv_read_lines(struct csv *c, const char *path, struct err *e)
{
	return read_file(c, path, CSV_LINES, e);
}

void csv_free(struct csv *c)
{
	arena_free(&c->arena);
	free(c->rows);
	*c = (struct csv){ 0 };
}

bool csv_needs_quotes(const char *text, size_t n, char separator)
{
	return n && (memchr(text, separator, n) || memchr(text, '"', n) || memchr(text, '\n', n) || memchr(text, '\r', n));
}

void csv_put_quoted(struct buf *to, const char *text, size_t n)
{
	buf_char(to, '"');
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '"')
			buf_char(to, '"');
		buf_char(to, text[i]);
	}
	buf_char(to, '"');
}
