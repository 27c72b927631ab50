/* Strings: letters, alphabets, patterns. */
#include "value/packs/distinct.h"
#include "value/packs/packs.h"
#include "value/packs/pieces.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define SYMBOLS "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

/* What a call draws from. */
struct charset {
	char at[256];
	uint32_t n;
	int64_t length, least;          /* of the text; least 0: always so long */
};

static const char *const cases[] = { "lower", "upper", "mixed", NULL };

#define P_CASE(S, d) \
	{ .name = "case", .type = PARAM_CHOICE, .offset = PARAM_AT(S, letter_case, int), .choices = cases, .def = (d), \
	  .help = "Letters in lower case, upper case or both." }

static void add(struct charset *s, const char *text)
{
	for (; *text && s->n < sizeof s->at; text++)
		s->at[s->n++] = *text;
}

static size_t charset_room(const struct call *c)
{
	return (size_t)((const struct charset *)c->made)->length;
}

static char *charset_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct charset *s = c->made;

	(void)r;
	return put_from(to, s->at, s->n, s->least ? draws_between(d, s->least, s->length) : s->length, d);
}

static uint64_t charset_pool(const struct call *c)
{
	const struct charset *s = c->made;

	/* Of texts of different lengths none is the i-th. */
	return s->least ? 0 : distinct_pool(s->at, s->n, s->length);
}

static char *charset_nth(const struct call *c, uint64_t i, char *to)
{
	const struct charset *s = c->made;

	return distinct_put(i, s->at, s->n, s->length, to);
}

/* ---- letters, alphanumeric ---- */

struct letters_opts {
	int64_t length, min, max;
	int letter_case;
	bool vowels;
	char *exclude;
};

static const struct param letters_params[] = {
	P_INT(struct letters_opts, length, 1, 4096, 8, .flags = PARAM_VARIES, .help = "How many letters."),
	P_CASE(struct letters_opts, 0),
	P_BOOL(struct letters_opts, vowels, false, .help = "Whether only vowels are drawn."),
	P_END
};
static const struct param alphanumeric_params[] = {
	P_INT(struct letters_opts, length, 1, 4096, 12, .flags = PARAM_VARIES, .help = "How many characters."),
	P_CASE(struct letters_opts, 2),
	P_TEXT(struct letters_opts, exclude, "", .help = "Characters that are left out."),
	P_INT(struct letters_opts, min, 0, 4096, 0, .flags = PARAM_VARIES, .help = "Least characters, where max is given."),
	P_INT(struct letters_opts, max, 0, 4096, 0, .flags = PARAM_VARIES, .help = "Most characters; then their number is drawn, and length says nothing."),
	P_END
};

static int letters_prepare(struct call *c, struct err *e)
{
	const struct letters_opts *o = c->opts;
	struct charset *s = c->made;

	(void)e;
	s->length = o->length;
	if (o->letter_case != 1)
		add(s, o->vowels ? "aeiou" : LOWER);
	if (o->letter_case != 0)
		add(s, o->vowels ? "AEIOU" : UPPER);
	return 0;
}

static int alphanumeric_prepare(struct call *c, struct err *e)
{
	const struct letters_opts *o = c->opts;
	struct charset *s = c->made;
	uint32_t kept = 0;

	letters_prepare(c, e);
	if (o->max) {
		s->length = o->max;
		s->least = o->min ? o->min : 1;
	}
	add(s, DIGITS);
	for (uint32_t i = 0; i < s->n; i++)
		if (!strchr(o->exclude, s->at[i]))
			s->at[kept++] = s->at[i];
	s->n = kept;
	return kept ? 0 : err_set(e, ERR_INPUT, "exclude: no character is left");
}

/* ---- lexify, numerify, bothify ---- */

struct wild_opts {
	char *text;
	bool hex;
};

static const struct param lexify_params[] = {
	P_TEXT(struct wild_opts, text, "????", .flags = PARAM_VARIES, .help = "Pattern: ? becomes a letter, \\ escapes."),
	P_END
};
static const struct param numerify_params[] = {
	P_TEXT(struct wild_opts, text, "###", .flags = PARAM_VARIES, .help = "Pattern: # 0 to 9, % 1 to 9, ! a digit or nothing, \\ escapes."),
	P_END
};
static const struct param bothify_params[] = {
	P_TEXT(struct wild_opts, text, "## ??", .flags = PARAM_VARIES, .help = "Pattern: # % ! as in numerify, ? a letter, \\ escapes."),
	P_BOOL(struct wild_opts, hex, false, .help = "Whether ^ is a hex digit."),
	P_END
};

static int wild_prepare(struct call *c, struct err *e)
{
	return text_fits("text", ((const struct wild_opts *)c->opts)->text, PATTERN_MOST, e);
}

static size_t wild_room(const struct call *c)
{
	return strlen(((const struct wild_opts *)c->opts)->text) + 1;
}

static char *put_wild(char *to, const char *s, bool letters, bool digits, bool hex, struct draws *d)
{
	uint64_t bits = 0;

	/* Four picks of at most 64 from one draw. */
	for (unsigned picks = 0; *s; s++) {
		if (*s == '\\' && s[1]) {
			*to++ = *++s;
			continue;
		}
		if (picks++ % 4 == 0)
			bits = draws_next(d);
		if (*s == '?' && letters)
			*to++ = (LOWER UPPER)[take(&bits, 52)];
		else if (*s == '#' && digits)
			*to++ = (char)('0' + take(&bits, 10));
		else if (*s == '%' && digits)
			*to++ = (char)('1' + take(&bits, 9));
		else if (*s == '^' && hex)
			*to++ = "0123456789abcdef"[take(&bits, 16)];
		else if (*s != '!' || !digits)
			*to++ = *s;
		else if (take(&bits, 2))
			*to++ = (char)('0' + take(&bits, 10));
	}
	return to;
}

static char *put_distinct(struct distinct *n, const char *s, bool letters, bool digits, bool hex, char *to)
{
	for (; *s; s++) {
		if (*s == '\\' && s[1])
			*to++ = *++s;
		else if (*s == '?' && letters)
			*to++ = (LOWER UPPER)[distinct_take(n, 52)];
		else if (*s == '#' && digits)
			*to++ = (char)('0' + distinct_take(n, 10));
		else if (*s == '%' && digits)
			*to++ = (char)('1' + distinct_take(n, 9));
		else if (*s == '^' && hex)
			*to++ = "0123456789abcdef"[distinct_take(n, 16)];
		else if (*s != '!' || !digits)
			*to++ = *s;
		else
			/* A digit or nothing: eleven ways. */
			for (uint32_t v = distinct_take(n, 11); v < 10; v = 10)
				*to++ = (char)('0' + v);
	}
	return to;
}

/* Which marks a pattern's provider knows. */
static char *wild_nth(const struct call *c, uint64_t i, char *to)
{
	const struct wild_opts *o = c->opts;
	struct distinct n = distinct_of(i);

	return put_distinct(&n, o->text, c->is->name[0] != 'n', c->is->name[0] != 'l', c->is->name[0] == 'b' && o->hex, to);
}

static uint64_t wild_pool(const struct call *c)
{
	const struct wild_opts *o = c->opts;
	struct distinct n = distinct_of(0);
	char text[PATTERN_MOST + 1];
	unsigned maybe = 0;

	for (const char *s = o->text; *s; s++) {
		if (*s == '\\' && s[1])
			s++;
		else
			maybe += *s == '!' && c->is->name[0] != 'l';
	}
	put_distinct(&n, o->text, c->is->name[0] != 'n', c->is->name[0] != 'l', c->is->name[0] == 'b' && o->hex, text);
	/* Of two digits that may be missing nobody could say which one is. */
	return maybe < 2 ? n.pool : 0;
}

static char *lexify_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_wild(to, ((const struct wild_opts *)c->opts)->text, true, false, false, d);
}

static char *numerify_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_wild(to, ((const struct wild_opts *)c->opts)->text, false, true, false, d);
}

static char *bothify_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct wild_opts *o = c->opts;

	(void)r;
	return put_wild(to, o->text, true, true, o->hex, d);
}

/* ---- string ---- */

struct string_opts {
	int64_t length;
	char *charset;
};

static const struct param string_params[] = {
	P_INT(struct string_opts, length, 0, 65536, 10, .flags = PARAM_VARIES, .help = "How many characters."),
	P_TEXT(struct string_opts, charset, "printable", .help = "A name (printable, alpha, digit, symbol, hex, base64url) or the ASCII characters themselves."),
	P_END
};

static int string_prepare(struct call *c, struct err *e)
{
	static const struct { const char *name, *at; } known[] = {
		{ "printable", LOWER UPPER DIGITS SYMBOLS " " }, { "alpha", LOWER UPPER }, { "digit", DIGITS }, { "symbol", SYMBOLS },
		{ "hex", "0123456789abcdef" }, { "base64url", UPPER LOWER DIGITS "-_" },
	};
	const char *text = ((const struct string_opts *)c->opts)->charset;
	struct charset *s = c->made;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i].name, text) == 0)
			text = known[i].at;
	if (!*text || strlen(text) > 256)
		return err_set(e, ERR_INPUT, "charset: 1 to 256 characters are needed");
	for (const char *at = text; *at; at++)
		if (*at < 0x20 || *at > 0x7e)
			return err_set(e, ERR_INPUT, "charset: only printable ASCII characters are taken");
	add(s, text);
	s->length = ((const struct string_opts *)c->opts)->length;
	return 0;
}

const struct provider pack_strings[] = {
	{ ROW_NAME("letters"), .aliases = "lettern string.alpha letter(length=1) char(length=1) vowel(length=1,vowels=true) random_letter(length=1,case=mixed) "
	  "random_letters(length=16,case=mixed) random_lowercase_letter(length=1) random_uppercase_letter(length=1,case=upper)",
	  .category = "Strings", .help = "A text of letters.", .example = "qxvbnmza", .out = KIND_TEXT, .params = letters_params,
	  .opts_size = sizeof(struct letters_opts), .made_size = sizeof(struct charset), .prepare = letters_prepare, .max_len = charset_room,
	  .text = charset_text, .pool = charset_pool, .nth_text = charset_nth },
	{ ROW_NAME("alphanumeric"), .aliases = "string.alphanumeric pystr", .category = "Strings", .help = "A text of letters and digits.",
	  .example = "f92Xc91fQ0aB", .out = KIND_TEXT, .params = alphanumeric_params, .opts_size = sizeof(struct letters_opts),
	  .made_size = sizeof(struct charset), .prepare = alphanumeric_prepare, .max_len = charset_room, .text = charset_text,
	  .pool = charset_pool, .nth_text = charset_nth },
	{ ROW_NAME("lexify"), .category = "Strings", .help = "A pattern whose ? become letters.", .example = "kQzp", .out = KIND_TEXT,
	  .params = lexify_params, .opts_size = sizeof(struct wild_opts), .prepare = wild_prepare, .max_len = wild_room, .text = lexify_text,
	  .pool = wild_pool, .nth_text = wild_nth },
	{ ROW_NAME("numerify"), .aliases = "helpers.replaceCreditCardSymbols", .category = "Strings", .help = "A pattern whose # become digits.",
	  .example = "481", .out = KIND_TEXT, .params = numerify_params, .opts_size = sizeof(struct wild_opts), .prepare = wild_prepare,
	  .max_len = wild_room, .text = numerify_text, .pool = wild_pool, .nth_text = wild_nth },
	{ ROW_NAME("bothify"), .aliases = "helpers.replaceSymbols pystr_format hexify(text=^^^^,hex=true)", .category = "Strings",
	  .help = "A pattern whose # become digits and whose ? become letters.", .example = "48 kQ", .out = KIND_TEXT, .params = bothify_params,
	  .opts_size = sizeof(struct wild_opts), .prepare = wild_prepare, .max_len = wild_room, .text = bothify_text,
	  .pool = wild_pool, .nth_text = wild_nth },
	{ ROW_NAME("string"), .aliases = "string.sample string.fromCharacters string.symbol(charset=symbol)", .category = "Strings",
	  .help = "Characters of a set.", .example = "k7#Rw 2x!Q", .out = KIND_TEXT, .params = string_params, .opts_size = sizeof(struct string_opts),
	  .made_size = sizeof(struct charset), .prepare = string_prepare, .max_len = charset_room, .text = charset_text,
	  .pool = charset_pool, .nth_text = charset_nth },
	{ .name = NULL },
};
