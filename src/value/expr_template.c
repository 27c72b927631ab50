/* The combinator template: a text with values in it, in the words of expressions or in those of other tools. */
#include <ctype.h>
#include <string.h>

#include "base/num.h"
#include "value/expr_combine.h"

enum { DIALECT_FLUX, DIALECT_BRACES };

/* Where an argument ends: at a comma or the end, outside of brackets. */
static size_t argument(const char *s, size_t n)
{
	int depth = 0;

	for (size_t i = 0; i < n; i++) {
		depth += (s[i] == '[') - (s[i] == ']');
		if (s[i] == ',' && depth <= 0)
			return i;
	}
	return n;
}

/* min=1 or 1, as an expression has it: numbers, truths and lists as they are, the rest in quotes. */
static void put_argument(struct buf *to, const char *s, size_t n)
{
	size_t name = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	char text[64];
	double ignored;

	if (name && name < n && s[name] == '=') {
		buf_add(to, s, name + 1);
		s += name + 1;
		n -= name + 1;
	}
	memcpy(text, s, n < sizeof text ? n : 0);
	text[n < sizeof text ? n : 0] = '\0';
	if ((n && n < sizeof text && num_real(text, &ignored, NULL) == 0) || strcmp(text, "true") == 0 || strcmp(text, "false") == 0 || *s == '[') {
		buf_add(to, s, n);
		return;
	}
	buf_char(to, '\'');
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\'' || s[i] == '\\')
			buf_char(to, '\\');
		buf_char(to, s[i]);
	}
	buf_char(to, '\'');
}

/* first_name, random_int:1,10, random_int(1, 10): what stands between braces. */
static void put_inner(struct buf *to, const char *s, size_t n)
{
	const char *colon, *call = memchr(s, '(', n);
	size_t name;

	while (n && isspace((unsigned char)*s)) {
		s++;
		n--;
	}
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	colon = call ? NULL : memchr(s, ':', n);
	name = colon ? (size_t)(colon - s) : n;
	buf_text(to, "${");
	buf_add(to, s, name);
	/* A name with a dot needs its parentheses. */
	if (colon || (!call && memchr(s, '.', n)))
		buf_char(to, '(');
	for (size_t at = name + 1; colon && at < n;) {
		size_t k = argument(s + at, n - at);

		put_argument(to, s + at, k);
		at += k + 1;
		if (at < n)
			buf_text(to, ", ");
	}
	buf_text(to, colon || (!call && memchr(s, '.', n)) ? ")}" : "}");
}

/* {first_name}, {{person.firstName}}, {random_int:1,10} and \{ as ${...}. Refuses a brace without its end. */
static int from_braces(const char *text, struct buf *to, struct err *e)
{
	for (const char *s = text; *s;) {
		bool two = s[0] == '{' && s[1] == '{';
		const char *end;

		if (s[0] == '\\' && (s[1] == '{' || s[1] == '}')) {
			buf_char(to, s[1]);
			s += 2;
			continue;
		}
		if (*s != '{') {
			/* A dollar by itself, so that it does not make one expression of what follows. */
			buf_text(to, s[0] == '$' ? "${'$'}" : "");
			buf_add(to, s, *s != '$');
			s++;
			continue;
		}
		s += 1 + two;
		end = strstr(s, two ? "}}" : "}");
		if (!end || end == s)
			return err_set(e, ERR_INPUT, "column %u: %s; a brace by itself is written \\{", (unsigned)(s - text) - two,
				       end ? "nothing stands between these braces" : "a brace that opens here is not closed");
		put_inner(to, s, (size_t)(end - s));
		s = end + 1 + two;
	}
	return buf_ok(to) ? 0 : err_set(e, ERR_INPUT, "a text has at most %d bytes", EXPR_BYTES);
}

int expr_template(struct compiler *c, const struct tree *t, struct part *to)
{
	struct err *outer = c->e, e;
	const char *text;
	struct given g;
	struct buf b;
	unsigned dialect;
	int result = 0;

	if (expr_arguments(c, t, &g) < 0 || expr_word(c, g.at[0], "text", &text) < 0 || expr_choice(c, &g, 1, &dialect) < 0)
		return -1;
	buf_init(&b, EXPR_BYTES);
	if (dialect == DIALECT_BRACES) {
		result = from_braces(text, &b, &e);
		text = arena_copy(&c->x->arena, b.data, b.n);
	}
	buf_free(&b);
	if (!text)
		return err_memory(c->e);
	/* Its columns are those of its own text. */
	c->e = &e;
	if (result == 0)
		result = expr_pieces(c, text, true, to);
	c->e = outer;
	if (result == 0)
		return 0;
	if (dialect == DIALECT_BRACES && strstr(e.text, ": ") && strncmp(e.text, "column", 6) == 0 && !strstr(e.text, "\\{"))
		return expr_fail(c, g.at[0], "%s", strstr(e.text, ": ") + 2);
	return expr_fail(c, g.at[0], "%s", e.text);
}
