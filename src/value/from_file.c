/* Tables of a user. */
#include "value/from_file.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/num.h"
#include "base/suggest.h"

/* ---- which file ---- */

/* No way up, and none from the root. */
static int check_name(const char *name, struct err *e)
{
	if (!*name)
		return err_set(e, ERR_INPUT, "a file needs a name");
	if (*name == '/')
		return err_set(e, ERR_INPUT, "'%.200s' does not begin in the scenario's folder; give a path from there", name);
	for (const char *s = name; *s; s += strcspn(s, "/"), s += *s == '/')
		if (strcspn(s, "/") == 2 && s[0] == '.' && s[1] == '.')
			return err_set(e, ERR_INPUT, "'%.200s' leads out of the scenario's folder", name);
	return 0;
}

/* The same of where links lead to. */
static int check_links(const char *folder, const char *path, const char *name, struct err *e)
{
	char *root = realpath(folder, NULL), *real = realpath(path, NULL);
	size_t n = root ? strlen(root) : 0;
	struct stat st;
	int result = 0;

	if (!root || !real)
		result = err_set(e, ERR_INPUT, "cannot read '%.200s': %s", name, strerror(errno));
	else if (strncmp(root, real, n) != 0 || (n > 1 && real[n] != '/'))
		result = err_set(e, ERR_INPUT, "'%.200s' leads out of the scenario's folder", name);
	else if (stat(real, &st) < 0 || !S_ISREG(st.st_mode))   /* a pipe would be read for ever */
		result = err_set(e, ERR_INPUT, "'%.200s' is no file", name);
	free(root);
	free(real);
	return result;
}

static bool ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), k = strlen(end);

	return n > k && strcmp(name + n - k, end) == 0;
}

struct file_table *file_table_read(const char *folder, const char *name, struct err *e)
{
	bool columns = ends_in(name, ".csv") || ends_in(name, ".tsv");
	struct file_table *t;
	char path[PATH_MAX];
	int result;

	if (!folder)
		folder = "";
	if (snprintf(path, sizeof path, "%s%s", folder, name) >= (int)sizeof path) {
		err_set(e, ERR_INPUT, "a path has at most %d bytes", PATH_MAX);
		return NULL;
	}
	if (check_name(name, e) < 0 || check_links(*folder ? folder : ".", path, name, e) < 0)
		return NULL;
	t = calloc(1, sizeof *t);
	if (!t) {
		err_memory(e);
		return NULL;
	}
	t->name = name;
	t->first = columns;
	result = columns ? csv_read(&t->csv, path, e) : csv_read_lines(&t->csv, path, e);
	if (result < 0) {
		free(t);
		return NULL;
	}
	if (t->csv.n > t->first)
		return t;
	err_set(e, ERR_INPUT, "'%.200s' has no values%s", name, columns ? " below the names of its columns" : "");
	file_table_free(t);
	return NULL;
}

void file_table_free(void *table)
{
	struct file_table *t = table;

	if (t)
		csv_free(&t->csv);
	free(t);
}

size_t file_table_line(const struct file_table *t, size_t value)
{
	return t->first + value + 1;
}

/* ---- columns ---- */

int file_table_find(const struct file_table *t, const char *column, size_t *to, struct err *e)
{
	struct suggest s;
	char hint[80];

	*to = 0;
	if (!column)
		return 0;
	if (!t->first)
		return err_set(e, ERR_INPUT, "'%.100s' has no columns; those of .csv and .tsv files have names", t->name);
	suggest_init(&s, column);
	for (size_t i = 0; i < t->csv.columns; i++) {
		if (strcmp(t->csv.rows[0][i], column) == 0) {
			*to = i;
			return 0;
		}
		suggest_try(&s, t->csv.rows[0][i]);
	}
	return err_set(e, ERR_INPUT, "'%.100s' has no column '%.60s'%s", t->name, column, suggest_text(&s, hint, sizeof hint));
}

/* Digits behind the point of what is written as a number and would be written so again; -1: it is none, -2: only a real. */
static int shape(const char *s)
{
	size_t digits, whole = strspn(s += *s == '-', "0123456789"), after;
	double ignored;

	if (whole && s[0] == '0' && whole > 1)
		return -1;
	if (whole && !s[whole])
		return whole <= 18 ? 0 : -2;
	after = s[whole] == '.' ? strspn(s + whole + 1, "0123456789") : 0;
	digits = whole + after;
	if (whole && after && !s[whole + 1 + after])
		return digits <= 18 && after <= 9 ? (int)after : -2;
	return strspn(s, "0123456789.eE+-") == strlen(s) && isdigit((unsigned char)*s) && num_real(s, &ignored, NULL) == 0 ? -2 : -1;
}

/* What all cells have in common. */
static void infer(const struct file_table *t, size_t column, struct file_column *to)
{
	int common = -3;

	for (size_t i = 0; i < to->n; i++) {
		const char *cell = t->csv.rows[t->first + i][column];
		int one = *cell ? shape(cell) : common;

		to->nullable |= !*cell;
		if (common == -3 || one == -1)
			common = one;
		else if (one != common)
			common = -2;
		if (common == -1)
			break;
	}
	to->type = common == -1 || common == -3 ? TYPE_TEXT : common == -2 ? TYPE_REAL : common ? TYPE_DECIMAL : TYPE_INT;
	to->scale = to->type == TYPE_DECIMAL ? (uint8_t)common : 0;
}

static struct held cell_value(const struct file_column *c, const char *cell)
{
	struct held h = { .null = !*cell };

	if (h.null)
		return h;
	if (c->type == TYPE_TEXT) {
		h.v.t = (struct text){ cell, (uint32_t)strlen(cell) };
	} else if (c->type == TYPE_REAL) {
		num_real(cell, &h.v.r, NULL);
	} else {
		for (const char *s = cell; *s; s++)
			if (isdigit((unsigned char)*s))
				h.v.i = h.v.i * 10 + (*s - '0');
		h.v.i = *cell == '-' ? -h.v.i : h.v.i;
	}
	return h;
}

int file_table_column(struct file_table *t, size_t column, struct file_column *to, struct err *e)
{
	struct held *values;

	*to = (struct file_column){ .n = t->csv.n - t->first };
	infer(t, column, to);
	values = arena_take(&t->csv.arena, to->n * sizeof *values);
	if (!values)
		return err_memory(e);
	for (size_t i = 0; i < to->n; i++) {
		const char *cell = t->csv.rows[t->first + i][column];

		values[i] = cell_value(to, cell);
		to->nullable |= values[i].null;
	}
	to->values = values;
	return 0;
}

int file_table_weights(const struct file_table *t, size_t column, double **to, struct err *e)
{
	size_t n = t->csv.n - t->first;
	double sum = 0;

	*to = malloc(n * sizeof **to);
	if (!*to)
		return err_memory(e);
	for (size_t i = 0; i < n; i++) {
		const char *cell = t->csv.rows[t->first + i][column];

		if (num_real(cell, &(*to)[i], NULL) < 0 || !((*to)[i] >= 0 && (*to)[i] < 1e15)) {
			free(*to);
			return err_set(e, ERR_INPUT, "%.100s:%zu: '%.40s' is no weight: a number from 0", t->name, file_table_line(t, i), cell);
		}
		sum += (*to)[i];
	}
	if (sum > 0)
		return 0;
	free(*to);
	return err_set(e, ERR_INPUT, "'%.100s': weights cannot all be 0", t->name);
}
