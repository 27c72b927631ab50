/* Fields in a line. */
#include "value/field_list.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The comma that ends a field, or the end of the text. */
static const char *field_end(const char *s)
{
	int depth = 0;

	for (; *s && (*s != ',' || depth > 0); s = expr_past(s)) {
		if (strchr("([{", *s))
			depth++;
		else if (strchr(")]}", *s))
			depth--;
	}
	return s;
}

int field_list(const char *text, const struct world *w, struct arena *a, struct event_def *to, struct err *e)
{
	const void *failed;
	struct record *rec;

	*to = (struct event_def){ .name = "fields", .weight = 1, .fields = arena_take(a, FIELD_MOST * sizeof *to->fields) };
	if (!to->fields)
		return err_memory(e);
	for (const char *s = text; *s || s == text;) {
		const char *end = field_end(s), *from = s + strspn(s, " \t\n"), *expression = from;
		size_t name = strspn(from, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
		const char *next = from + name + strspn(from + name, " \t\n");
		unsigned column = (unsigned)(from - text) + 1;

		if (to->n == FIELD_MOST)
			return err_set(e, ERR_INPUT, "column %u: more than %d fields", column, FIELD_MOST);
		if (from >= end)
			return err_set(e, ERR_INPUT, "column %u: a field is missing", column);
		if (*next == '=' && next[1] != '=')
			expression = next + 1 + strspn(next + 1, " \t\n");
		else if (next != end && *next != '(')
			name = 0;
		if (!name || isdigit((unsigned char)*from))
			return err_set(e, ERR_INPUT, "column %u: '%.*s' needs a name, like total=price * 2", column, (int)(end - from < 60 ? end - from : 60), from);
		if (strncmp(expression, "${", 2) == 0)
			return err_set(e, ERR_INPUT, "column %u: what stands here is an expression, without ${...}", (unsigned)(expression - text) + 1);
		if (expression >= end)
			return err_set(e, ERR_INPUT, "column %u: '%.*s' has no value", column, (int)(name < 60 ? name : 60), from);
		to->fields[to->n++] = (struct field_def){ .name = arena_copy(a, from, name), .text = arena_copy(a, expression, (size_t)(end - expression)),
							  .expression = true, .place = expression };
		if (!to->fields[to->n - 1].name || !to->fields[to->n - 1].text)
			return err_memory(e);
		s = *end ? end + 1 : end;
		if (*end && !*s)
			return err_set(e, ERR_INPUT, "column %u: a field is missing", (unsigned)(s - text) + 1);
	}
	rec = record_new(to, w, "try", &failed, e);
	if (!rec && failed) {
		unsigned column = 1;
		char rest[400];
		const char *colon = strstr(e->text, ": ");

		snprintf(rest, sizeof rest, "%.390s", sscanf(e->text, "column %u: ", &column) == 1 && colon ? colon + 2 : e->text);
		err_set(e, ERR_INPUT, "column %u: %s", (unsigned)((const char *)failed - text) + column, rest);
	}
	record_free(rec);
	return rec ? 0 : -1;
}
