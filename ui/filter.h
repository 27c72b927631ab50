/*
 * Filters of lists: what is typed behind `\`.
 *
 *   filter     := condition { ("and" | "or") condition } | [ "!" ] [ "~" ] words
 *   condition  := [ "not" ] name ("==" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "~") value
 *   value      := number | word | 'text'
 *
 * Words match the row's text, without case; `~` before them matches their letters in order (fuzzy), `!` inverts. With an operator
 * it is an expression over fields: `amount < 0 and module == 'payments'`; `and` binds tighter than `or`. A field that a row does
 * not have makes its condition false.
 */
#ifndef UI_FILTER_H
#define UI_FILTER_H

#include <stdbool.h>

#include "base/err.h"

enum { FILTER_TEXT = 128, FILTER_TERMS = 8 };

struct filter {
	char text[FILTER_TEXT];                 /* as typed; "" lets everything through */
	bool inverted, fuzzy;
	struct filter_term {
		char name[48], value[64];
		int op;
		bool is_number, not, or_before;
		double number;
	} terms[FILTER_TERMS];
	unsigned term_n;                        /* 0: words */
};

/* The value of a field as text; NULL when the row has none. `room` is for the caller's scratch. */
typedef const char *filter_field(const void *row, const char *name, char *scratch, unsigned room);

/* Refuses with what is wrong; the filter is then as before. */
int filter_set(struct filter *f, const char *text, struct err *e);
bool filter_matches(const struct filter *f, const void *row, const char *row_text, filter_field *field);
bool text_contains(const char *text, const char *words);       /* without case */
bool text_fuzzy(const char *text, const char *letters);

#endif
