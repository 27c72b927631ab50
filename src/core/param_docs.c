/* What is generated from parameter rows: help, manual, JSON Schema, and the check of the rows themselves. */
#include "core/param.h"

#include <string.h>

#include "base/json.h"
#include "base/num.h"
#include "base/suggest.h"

static const char *type_word(const struct param *p)
{
	static const char *const words[] = {
		[PARAM_BOOL] = "BOOL", [PARAM_INT] = "INT", [PARAM_REAL] = "REAL", [PARAM_SHARE] = "SHARE",
		[PARAM_SPAN] = "SPAN", [PARAM_SIZE] = "SIZE", [PARAM_CHOICE] = "CHOICE", [PARAM_TEXT] = "TEXT",
		[PARAM_SECRET] = "SECRET", [PARAM_PAIRS] = "KEY=VALUE", [PARAM_DRAW] = "DRAW", [PARAM_ACTION] = "ARGUMENT",
	};

	return p->flags & PARAM_LIST ? "LIST" : words[p->type];
}

/* "0.01 to 1000000", "gbm, ou", or nothing. */
static void range(const struct param *p, struct buf *to)
{
	char lo[NUM_TEXT * 2], hi[NUM_TEXT * 2];

	if (p->type == PARAM_CHOICE) {
		for (int i = 0; p->choices[i]; i++)
			buf_printf(to, "%s%s", i ? ", " : "", p->choices[i]);
	} else if (param_is_number(p) || p->type == PARAM_DRAW) {
		param_show_number(p, p->min, lo, sizeof lo);
		param_show_number(p, p->max, hi, sizeof hi);
		buf_printf(to, "%s to %s", lo, hi);
	}
}

static void shown_default(const struct param *p, struct buf *to)
{
	size_t before = to->n;

	if (p->flags & PARAM_NEEDED)
		return;
	param_default_text(p, to);
	if (to->n == before)
		buf_text(to, "empty");
}

void param_usage(const struct param *rows, struct buf *to)
{
	param_each(p, rows) {
		size_t start = to->n;

		if (p->flags & PARAM_INSIDE)
			continue;
		buf_printf(to, "  %s %s", p->name, type_word(p));
		while (buf_ok(to) && to->n < start + 30)
			buf_char(to, ' ');
		buf_printf(to, " %s", p->help);
		if (p->type != PARAM_ACTION) {
			buf_text(to, " (");
			range(p, to);
			buf_text(to, to->data[to->n - 1] == '(' ? "" : "; ");
			buf_text(to, p->flags & PARAM_NEEDED ? "needed" : "default ");
			shown_default(p, to);
			buf_text(to, p->flags & PARAM_LIVE ? "; live)" : p->flags & PARAM_VARIES ? "; or an expression)" : ")");
		}
		buf_char(to, '\n');
	}
}

void mdoc_sentences(const char *text, struct buf *to)
{
	for (const char *s = text; *s; s++) {
		if ((s == text || s[-1] == '\n') && (*s == '.' || *s == '\''))
			buf_text(to, "\\&");
		if (*s == '\\') {
			buf_text(to, "\\e");
		} else if (s[0] == '.' && s[1] == ' ' && s[2] >= 'A' && s[2] <= 'Z') {
			buf_text(to, ".\n");
			s++;
		} else {
			buf_char(to, *s);
		}
	}
	buf_char(to, '\n');
}

void param_mdoc(const struct param *rows, struct buf *to)
{
	const struct param *first = rows;

	while (first->type != PARAM_END && first->flags & PARAM_INSIDE)
		first++;
	if (first->type == PARAM_END) {
		buf_text(to, "It has no parameters of its own.\n");
		return;
	}
	buf_text(to, ".Bl -tag -width Ds -compact\n");
	param_each(p, first) {
		if (p->flags & PARAM_INSIDE)
			continue;
		buf_printf(to, ".It Cm %s Ar %s\n", p->name, type_word(p));
		mdoc_sentences(p->help, to);
		if (p->type == PARAM_ACTION)
			continue;
		if (p->type == PARAM_CHOICE || param_is_number(p) || p->type == PARAM_DRAW) {
			buf_text(to, p->type == PARAM_CHOICE ? "One of " : "From ");
			range(p, to);
			buf_text(to, ".\n");
		}
		buf_text(to, p->flags & PARAM_NEEDED ? "Needed" : "Default: ");
		shown_default(p, to);
		buf_text(to, p->flags & PARAM_LIVE ? "; live.\n" : p->flags & PARAM_VARIES ? "; or an expression.\n" : ".\n");
	}
	buf_text(to, ".El\n");
}

static void json_bounds(const struct param *p, struct buf *to)
{
	buf_text(to, "\"minimum\":");
	json_real(to, p->min);
	buf_text(to, ",\"maximum\":");
	json_real(to, p->max);
	buf_char(to, ',');
}

static void json_default(const struct param *p, struct buf *to)
{
	struct buf text;

	buf_text(to, "\"default\":");
	buf_init(&text, 4096);
	param_default_text(p, &text);
	if (p->type == PARAM_BOOL)
		buf_text(to, text.data);
	else if (p->type == PARAM_INT || p->type == PARAM_REAL)
		json_real(to, p->def);
	else
		json_cstr(to, text.n ? text.data : "");
	buf_free(&text);
	buf_char(to, ',');
}

void param_schema(const struct param *rows, struct buf *to)
{
	bool first = true;

	param_each(p, rows) {
		if (p->type == PARAM_ACTION || p->flags & PARAM_INSIDE)
			continue;
		if (!first)
			buf_char(to, ',');
		first = false;
		json_cstr(to, p->name);
		buf_text(to, ":{");
		if (p->type == PARAM_CHOICE) {
			/* A scenario may write {shape: sine, period: 60s}, which is pace and pace_period. */
			bool map = strcmp(p->name, "pace") == 0;

			buf_text(to, map ? "\"anyOf\":[{\"type\":\"object\"},{\"enum\":[" : "\"enum\":[");
			for (int i = 0; p->choices[i]; i++) {
				buf_text(to, i ? "," : "");
				json_cstr(to, p->choices[i]);
			}
			buf_text(to, map ? "]}]," : "],");
		} else if (p->type == PARAM_BOOL) {
			buf_text(to, "\"type\":[\"boolean\",\"string\"],");
		} else if (p->type == PARAM_PAIRS) {
			buf_text(to, p->flags & PARAM_LIST ? "\"type\":[\"object\",\"array\"]," : "\"type\":\"object\",");
		} else if (p->flags & PARAM_LIST) {
			buf_text(to, "\"type\":[\"array\",\"string\",\"number\"],");
		} else if (p->type == PARAM_INT || p->type == PARAM_REAL) {
			buf_text(to, "\"type\":[\"number\",\"string\"],");
			json_bounds(p, to);
		} else {
			buf_text(to, "\"type\":[\"string\",\"number\"],");
			if (p->type == PARAM_SHARE)
				json_bounds(p, to);
		}
		if (p->flags & PARAM_NEEDED)
			buf_text(to, "\"needed\":true,");
		else if (p->type != PARAM_PAIRS)
			json_default(p, to);
		buf_text(to, "\"description\":");
		json_cstr(to, p->help);
		buf_char(to, '}');
	}
}

void param_lint(const struct param *rows, struct buf *to)
{
	param_each(p, rows) {
		size_t n = p->help ? strlen(p->help) : 0;
		struct buf text;
		struct err e;

		if (n == 0 || p->help[n - 1] != '.')
			buf_printf(to, "%s: help is not a sentence\n", p->name);
		if (strspn(p->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(p->name))
			buf_printf(to, "%s: name is not snake_case\n", p->name);
		for (const struct param *q = rows; q < p; q++)
			if (suggest_same(q->name, p->name))
				buf_printf(to, "%s: twice\n", p->name);
		buf_init(&text, 4096);
		param_default_text(p, &text);
		if (param_check(p, text.data, &e) < 0)
			buf_printf(to, "%s: default: %s\n", p->name, e.text);
		buf_free(&text);
	}
}
