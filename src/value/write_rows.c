/* Records as one text. */
#include "value/write_rows.h"

#include "base/csv.h"
#include "base/json.h"

/* A new line that far in; nothing without indent. */
static void line(const struct row_form *f, unsigned level, struct buf *to)
{
	if (!f->indent)
		return;
	buf_char(to, '\n');
	for (uint64_t i = 0; i < level * f->indent; i++)
		buf_char(to, ' ');
}

static bool is_words(enum type type)
{
	return type == TYPE_TEXT || type == TYPE_INSTANT || type == TYPE_SPAN;
}

/* ---- JSON ---- */

static void put_object(const struct row_form *f, const struct field_cell *cells, unsigned level, struct buf *to)
{
	buf_char(to, '{');
	for (unsigned k = 0; k < f->n; k++) {
		if (k)
			buf_char(to, ',');
		line(f, level + 1, to);
		json_cstr(to, f->names[k]);
		buf_text(to, f->indent ? ": " : ":");
		if (cells[k].null)
			buf_text(to, "null");
		else if (is_words(cells[k].type))
			json_text(to, cells[k].text.at, cells[k].text.n);
		else
			buf_add(to, cells[k].text.at, cells[k].text.n);
	}
	line(f, level, to);
	buf_char(to, '}');
}

void rows_put_json(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to)
{
	if (f->type == JSON_LINES && i)
		buf_char(to, '\n');
	if (f->type != JSON_ARRAY) {
		put_object(f, cells, 0, to);
		return;
	}
	buf_char(to, i ? ',' : '[');
	line(f, 1, to);
	put_object(f, cells, 1, to);
	if (i + 1 < f->rows)
		return;
	line(f, 0, to);
	buf_char(to, ']');
}

/* ---- CSV ---- */

static void put_cell_csv(const struct row_form *f, struct text t, struct buf *to)
{
	if (f->quote == QUOTE_NONE || (f->quote == QUOTE_MINIMAL && !csv_needs_quotes(t.at, t.n, f->separator)))
		buf_add(to, t.at, t.n);
	else
		csv_put_quoted(to, t.at, t.n);
}

void rows_put_csv(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to)
{
	for (unsigned k = 0; !i && f->header && k < f->n; k++) {
		if (k)
			buf_char(to, f->separator);
		put_cell_csv(f, (struct text){ f->names[k], (uint32_t)strlen(f->names[k]) }, to);
	}
	if (i || f->header)
		buf_char(to, '\n');
	for (unsigned k = 0; k < f->n; k++) {
		if (k)
			buf_char(to, f->separator);
		if (!cells[k].null)
			put_cell_csv(f, cells[k].text, to);
	}
}

/* ---- SQL ---- */

static void put_name(const struct row_form *f, const char *name, struct buf *to)
{
	char quote = f->dialect == SQL_MYSQL ? '`' : '"';

	buf_char(to, quote);
	for (; *name; name++) {
		if (*name == quote)
			buf_char(to, quote);
		buf_char(to, *name);
	}
	buf_char(to, quote);
}

/* shop.orders are two names. */
static void put_table(const struct row_form *f, struct buf *to)
{
	for (const char *s = f->table; *s;) {
		size_t n = strcspn(s, ".");
		char part[130];

		n = n < sizeof part - 1 ? n : sizeof part - 1;
		memcpy(part, s, n);
		part[n] = '\0';
		put_name(f, part, to);
		s += n;
		if (*s == '.') {
			buf_char(to, '.');
			s++;
		}
	}
}

static void put_text_sql(const struct row_form *f, struct text t, struct buf *to)
{
	buf_char(to, '\'');
	for (uint32_t i = 0; i < t.n; i++) {
		if (t.at[i] == '\'')
			buf_char(to, '\'');
		/* Only there a backslash is more than itself. */
		if (t.at[i] == '\\' && f->dialect == SQL_MYSQL)
			buf_char(to, '\\');
		buf_char(to, t.at[i]);
	}
	buf_char(to, '\'');
}

/* 2024-01-01T09:00:00.000Z, in the words of the dialect; without a zone it is UTC. */
static void put_instant_sql(const struct row_form *f, struct text t, struct buf *to)
{
	bool zone = f->dialect == SQL_POSTGRES;

	buf_printf(to, "%s'%.10s %.*s'", f->dialect == SQL_ANSI ? "TIMESTAMP " : "", t.at, (int)t.n - 11 - !zone, t.at + 11);
}

void rows_put_sql(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to)
{
	bool first = i % f->batch == 0, last = (i + 1) % f->batch == 0 || i + 1 == f->rows;

	if (first) {
		buf_text(to, i ? "\nINSERT INTO " : "INSERT INTO ");
		put_table(f, to);
		for (unsigned k = 0; k < f->n; k++) {
			buf_text(to, k ? ", " : " (");
			put_name(f, f->names[k], to);
		}
		buf_text(to, ") VALUES");
	}
	for (unsigned k = 0; k < f->n; k++) {
		const struct field_cell *c = &cells[k];

		buf_text(to, k ? ", " : first ? " (" : ", (");
		if (c->null)
			buf_text(to, "NULL");
		else if (c->type == TYPE_INSTANT)
			put_instant_sql(f, c->text, to);
		else if (c->type == TYPE_BOOL)
			buf_text(to, f->dialect == SQL_SQLITE ? *c->text.at == 't' ? "1" : "0" : *c->text.at == 't' ? "TRUE" : "FALSE");
		else if (is_words(c->type) || c->type == TYPE_JSON)
			put_text_sql(f, c->text, to);
		else
			buf_add(to, c->text.at, c->text.n);
	}
	buf_text(to, last ? ");" : ")");
}

/* ---- XML ---- */

static void put_text_xml(struct text t, struct buf *to)
{
	for (uint32_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.at[i];

		if (c == '&')
			buf_text(to, "&amp;");
		else if (c == '<')
			buf_text(to, "&lt;");
		else if (c == '>')
			buf_text(to, "&gt;");
		else if (c == '\r')
			buf_text(to, "&#13;");
		else if (c < ' ' && c != '\n' && c != '\t')
			buf_text(to, "\xef\xbf\xbd");   /* XML has no way to write it */
		else
			buf_char(to, t.at[i]);
	}
}

void rows_put_xml(const struct row_form *f, const struct field_cell *cells, uint64_t i, struct buf *to)
{
	if (!i)
		buf_printf(to, "<%s>", f->root);
	line(f, 1, to);
	buf_printf(to, "<%s>", f->record);
	for (unsigned k = 0; k < f->n; k++) {
		line(f, 2, to);
		if (cells[k].null) {
			buf_printf(to, "<%s/>", f->names[k]);
			continue;
		}
		buf_printf(to, "<%s>", f->names[k]);
		put_text_xml(cells[k].text, to);
		buf_printf(to, "</%s>", f->names[k]);
	}
	line(f, 1, to);
	buf_printf(to, "</%s>", f->record);
	if (i + 1 < f->rows)
		return;
	line(f, 0, to);
	buf_printf(to, "</%s>", f->root);
}
