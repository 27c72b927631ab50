/* Text: sentences, paragraphs and titles from the words of a locale. */
#include "value/packs/pick.h"

#include <stdlib.h>
#include <string.h>

#include "value/packs/pieces.h"

/* So many from the first on: snippets, or forms. */
struct range {
	uint32_t first, n;
};

/* Forms of sentences of so many words: as many of each, so that one pick gives words and form. */
enum { FORM_MOST = 12, FORM_EACH = 7, FORM_PARTS = 4 };

/* What sentences of a locale are made of, bound once, each with what stands around it: "the river ", "an old bridge ", "across the
 * village ". A sentence is then at most four picks, and a copy for each. */
struct speech {
	struct kept kept;
	struct range forms[(FORM_MOST + 1) * FORM_EACH][FORM_PARTS];
	struct range nouns, adjectives;
	struct snippet *snippets;       /* the first is empty: sentences of fewer parts end in it */
	uint32_t snippets_n, room;      /* room: how many there is memory for */
};

enum about { ABOUT_PLAIN, ABOUT_HIPSTER };

/*
 * What a sentence of so many words may be made of: t a noun with its article, a an adjective with its article, n a noun, j an
 * adjective, v a verb with an object behind it, i one without, p a preposition, d an adverb, & "and". What stands together is one
 * piece; where that is several words, PHRASES of all that they could be are bound.
 */
enum { FORM_LINKED = 8, PHRASES = 512, KINDS_MOST = 32 };
static const char *const grammar[FORM_MOST + 1][FORM_EACH] = {
	[1] = { "n" },
	[2] = { "j n" },
	[3] = { "t i" },
	[4] = { "an i", "t i d" },
	[5] = { "t vt", "an i d" },
	[6] = { "t van", "an vt", "t vt d", "t i pt" },
	[7] = { "an van", "t van d", "an vt d", "an i pt", "t i pan", "t i &ti" },
	[8] = { "t vt pt", "an van d", "an i pan", "t i pan d", "an i &ti", "an i pt d" },
	[9] = { "an vt pt", "t van pt", "t vt pan", "t vt &ti", "t i pt pt", "t vt pt d", "t i &t vt" },
	[10] = { "an van pt", "an vt pan", "t van pan", "an vt &ti", "an i pt pt", "an vt pt d", "t van pt d" },
	[11] = { "an van pan", "t vt pt pt", "an van &ti", "an van pt d", "t vt &t vt", "an i pt pan", "an i pt &ti" },
	[12] = { "an vt pt pt", "t van pt pt", "t vt pt pan", "t vt pt &ti", "an van pan d", "t vt &t van", "an vt &t vt" },
};

/* ---- binding ---- */

struct binding {
	struct speech *s;
	struct range words[32];        /* of the letters of forms, by their low five bits */
	struct { const char *at; size_t n; struct range are; } kinds[KINDS_MOST];
	unsigned kinds_n;
};

static int make_room(struct speech *s, uint32_t room)
{
	struct snippet *more;

	if (room <= s->room)
		return 0;
	more = snippets_new(room);
	if (!more)
		return -1;
	if (s->snippets_n)
		memcpy(more, s->snippets, s->snippets_n * sizeof *more);
	free(s->snippets);
	s->snippets = more;
	s->room = room;
	return 0;
}

/* Those that are too long are left out. */
static void add_word(struct speech *s, struct range *to, const char *article, struct cell word)
{
	if (!snippet_set(&s->snippets[s->snippets_n], article, word, " "))
		return;
	s->snippets_n++;
	to->n++;
}

/* The pieces of one word: the words alone, or each with "the" and with "a" or "an". */
static int add_words(struct binding *b, char letter, const struct subset *of, unsigned column)
{
	bool articles = letter == 't' || letter == 'a';
	struct range *to = &b->words[letter & 31];
	struct speech *s = b->s;

	if (make_room(s, s->snippets_n + 2 * of->n) < 0)
		return -1;
	*to = (struct range){ s->snippets_n, 0 };
	for (uint32_t i = 0; i < of->n; i++) {
		struct cell word = table_cell(of->t, of->rows[i], column);

		add_word(s, to, articles ? "the " : "", word);
		if (articles)
			add_word(s, to, memchr("aeiou", word.at[0], 5) ? "an " : "a ", word);
	}
	return 0;
}

/* The same every time; one that is too long gives way to another. */
static struct snippet phrase(const struct binding *b, const char *letters, size_t n, uint32_t number)
{
	struct draws d = { rng_mix(number) ^ (uint64_t)(unsigned char)*letters << 32 ^ n << 40 };
	struct snippet made;
	size_t length;

	do {
		made = (struct snippet){ .n = 0 };
		length = 0;
		for (size_t i = 0; i < n && length < sizeof made.text; i++) {
			const struct range *words = &b->words[letters[i] & 31];
			const struct snippet *p = &b->s->snippets[words->first + draws_below(&d, words->n)];

			if (length + p->n < sizeof made.text)
				memcpy(made.text + length, p->text, p->n);
			length += p->n;
		}
	} while (length >= sizeof made.text);
	made.n = (uint8_t)length;
	return made;
}

/* What stands at a place of a form. -1: no memory. */
static int bind_part(struct binding *b, const char *letters, size_t n, struct range *to)
{
	struct speech *s = b->s;

	if (n == 1) {
		*to = b->words[*letters & 31];
		return 0;
	}
	for (unsigned i = 0; i < b->kinds_n; i++)
		if (b->kinds[i].n == n && memcmp(b->kinds[i].at, letters, n) == 0) {
			*to = b->kinds[i].are;
			return 0;
		}
	if (make_room(s, s->snippets_n + PHRASES) < 0)
		return -1;
	*to = (struct range){ s->snippets_n, PHRASES };
	for (uint32_t i = 0; i < PHRASES; i++)
		s->snippets[to->first + i] = phrase(b, letters, n, i);
	s->snippets_n += PHRASES;
	b->kinds[b->kinds_n].at = letters;
	b->kinds[b->kinds_n].n = n;
	b->kinds[b->kinds_n++].are = *to;
	return 0;
}

static int bind_form(struct binding *b, const char *form, struct range to[FORM_PARTS])
{
	for (unsigned i = 0; i < FORM_PARTS; i++) {
		size_t n = strcspn(form, " ");

		if (!n)
			to[i] = (struct range){ 0, 1 };
		else if (bind_part(b, form, n, &to[i]) < 0)
			return -1;
		form += n + (form[n] == ' ');
	}
	return 0;
}

static int bind_forms(struct binding *b)
{
	for (int words = 1; words <= FORM_MOST; words++) {
		int n = 0;

		while (n < FORM_EACH && grammar[words][n])
			n++;
		for (int i = 0; i < FORM_EACH; i++)
			if (bind_form(b, grammar[words][i % n], b->s->forms[words * FORM_EACH + i]) < 0)
				return -1;
	}
	b->s->nouns = b->words['n' & 31];
	b->s->adjectives = b->words['j' & 31];
	return 0;
}

static int bind(void *made, const char *locale, enum about about)
{
	static const uint32_t ends[] = { 0, 3 };
	static const struct table linking = { .blob = "and", .offsets = ends, .rows = 1, .columns = 1 };
	const struct subset and = { .t = &linking, .rows = &(uint32_t){ 0 }, .n = 1 };
	bool hipster = about == ABOUT_HIPSTER;
	const struct { const char *letters, *table; unsigned column; const char *kind; unsigned word; } sources[] = {
		{ "tn", hipster ? "hipster_noun" : "noun", 1, hipster ? "any" : "countable", 0 },
		{ "aj", hipster ? "hipster_adjective" : "adjective", 1, hipster ? "any" : "descriptive", 0 },
		{ "v", "verb", 4, "transitive", 1 },
		{ "i", "verb", 4, "intransitive", 1 },
		{ "p", "sentence_preposition", 0, "any", 0 },
		{ "d", "sentence_adverb", 0, "any", 0 },
	};
	struct binding b = { .s = made };
	struct err e = { 0 };
	int status = make_room(b.s, 1);

	if (status == 0)
		b.s->snippets[b.s->snippets_n++] = (struct snippet){ .n = 0 };
	for (size_t i = 0; i < COUNT_OF(sources) && status == 0; i++) {
		struct subset of;

		status = subset_init(&of, locale, sources[i].table, sources[i].column, sources[i].kind, false, &e);
		for (const char *letter = sources[i].letters; status == 0 && *letter; letter++)
			status = add_words(&b, *letter, &of, sources[i].word);
		subset_free(&of);
	}
	if (status == 0 && add_words(&b, '&', &and, 0) == 0 && bind_forms(&b) == 0)
		return 0;
	free(b.s->snippets);
	return -1;
}

static int bind_plain(void *made, const char *locale)
{
	return bind(made, locale, ABOUT_PLAIN);
}

static int bind_hipster(void *made, const char *locale)
{
	return bind(made, locale, ABOUT_HIPSTER);
}

/* Made at first use and kept; NULL: no memory. */
static const struct speech *speech_of(const char *locale, enum about about, struct err *e)
{
	static struct kept *all[2];

	return table_kept(&all[about], locale, sizeof(struct speech), about == ABOUT_PLAIN ? bind_plain : bind_hipster, e);
}

/* ---- making ---- */

static inline const struct snippet *one_of(const struct speech *s, struct range of, uint64_t *bits)
{
	return &s->snippets[of.first + take(bits, of.n)];
}

/* With a capital. The letter is not read where it was only just written, which would have to be waited for. */
static inline char *put_capital(const struct snippet *p, char *to)
{
	char *end = snippet_put(p, to);

	*to = (char)(p->text[0] & ~32);
	return end;
}

/* All four parts, also those that are empty: to know how many there are would cost more. */
static ATTR_INLINE char *put_form(const struct speech *s, const struct range form[FORM_PARTS], uint64_t bits, bool capital, struct draws *d, char *to)
{
	uint64_t more = draws_next(d);

	if (capital)
		to = put_capital(one_of(s, form[0], &bits), to);
	else
		to = snippet_put(one_of(s, form[0], &bits), to);
	to = snippet_put(one_of(s, form[1], &bits), to);
	to = snippet_put(one_of(s, form[2], &more), to);
	return snippet_put(one_of(s, form[3], &more), to);
}

/* With clauses of so many words before the last one, linked. */
static ATTR_COLD char *put_clauses(const struct speech *s, uint32_t form, uint64_t bits, struct draws *d, char *to)
{
	bool first = true;

	for (; form >= (FORM_MOST + 1) * FORM_EACH; form -= (FORM_LINKED + 1) * FORM_EACH, first = false) {
		to = put_form(s, s->forms[FORM_LINKED * FORM_EACH + form % FORM_EACH], bits, first, d, to);
		to = put_literal(to, "and ");
		bits = draws_next(d);
	}
	return put_form(s, s->forms[form], bits, first, d, to);
}

/* One of the forms, with a capital and a full stop. */
static ATTR_INLINE char *put_sentence(const struct speech *s, struct range forms, struct draws *d, char *to)
{
	uint64_t bits = draws_next(d);
	uint32_t form = forms.first + take(&bits, forms.n);

	if (LIKELY(form < (FORM_MOST + 1) * FORM_EACH))
		to = put_form(s, s->forms[form], bits, true, d, to);
	else
		to = put_clauses(s, form, bits, d, to);
	to[-1] = '.';
	return to;
}

/* One to three words, then "of the Noun" as often as it takes: all but "of the" with capitals. */
static char *put_title(const struct speech *s, int64_t words, struct draws *d, char *to)
{
	int64_t head = 1 + (words - 1) % 3;
	uint64_t bits = draws_next(d);

	if (head == 3)
		to = put_literal(to, "The ");
	if (head >= 2)
		to = put_capital(one_of(s, s->adjectives, &bits), to);
	to = put_capital(one_of(s, s->nouns, &bits), to);
	for (words -= head; words > 0; words -= 3) {
		bits = draws_next(d);
		to = put_literal(to, "of the ");
		to = put_capital(one_of(s, s->nouns, &bits), to);
	}
	return to - 1;
}

/* ---- providers ---- */

static const char *const styles[] = { "plain", "hipster", "emoji", NULL };
enum { PLAIN, HIPSTER, EMOJI };

struct sentence_opts {
	char *words, *sentences;
	int style;
};
struct sentence_made {
	int64_t low, high, from, to;    /* words of a sentence, sentences of a paragraph */
	const struct speech *speech;
	struct range forms;
	const struct table *emoji;
	bool cheerful;                  /* an emoji behind each sentence */
};

static const struct param sentence_params[] = {
	P_TEXT(struct sentence_opts, words, "6..12", .help = "How many words, like 6..12 or 8; 1 to 200."),
	P_CHOICE(struct sentence_opts, style, styles, 0, .help = "What it is about."),
	P_END
};
static const struct param paragraph_params[] = {
	P_TEXT(struct sentence_opts, sentences, "3..6", .help = "How many sentences, like 3..6 or 4; 1 to 100."),
	P_CHOICE(struct sentence_opts, style, styles, 0, .help = "What it is about."),
	P_TEXT(struct sentence_opts, words, "6..12", .help = "How many words each sentence has, like 6..12 or 8; 1 to 200."),
	P_END
};
static const struct param title_params[] = {
	P_TEXT(struct sentence_opts, words, "2..6", .help = "How many words, like 2..6 or 4; 1 to 32."),
	P_END
};

static int speech_prepare(struct call *c, struct err *e)
{
	const struct sentence_opts *o = c->opts;
	struct sentence_made *m = c->made;

	m->emoji = table_find(c->locale, "emoji");
	if (!m->emoji)
		return err_set(e, ERR_INPUT, "its words are not part of this build");
	m->forms = (struct range){ (uint32_t)m->low * FORM_EACH, (uint32_t)(m->high - m->low + 1) * FORM_EACH };
	m->cheerful = o->style == EMOJI;
	m->speech = speech_of(c->locale, o->style == HIPSTER ? ABOUT_HIPSTER : ABOUT_PLAIN, e);
	return m->speech ? 0 : -1;
}

static int sentence_prepare(struct call *c, struct err *e)
{
	struct sentence_made *m = c->made;

	m->from = m->to = 1;
	return range_parse("words", ((const struct sentence_opts *)c->opts)->words, 1, 200, &m->low, &m->high, e) < 0 ? -1 : speech_prepare(c, e);
}

static int paragraph_prepare(struct call *c, struct err *e)
{
	const struct sentence_opts *o = c->opts;
	struct sentence_made *m = c->made;

	if (range_parse("sentences", o->sentences, 1, 100, &m->from, &m->to, e) < 0 || range_parse("words", o->words, 1, 200, &m->low, &m->high, e) < 0)
		return -1;
	return speech_prepare(c, e);
}

static int title_prepare(struct call *c, struct err *e)
{
	struct sentence_made *m = c->made;

	m->from = m->to = 1;
	return range_parse("words", ((const struct sentence_opts *)c->opts)->words, 1, 32, &m->low, &m->high, e) < 0 ? -1 : speech_prepare(c, e);
}

static size_t sentence_room(const struct call *c)
{
	const struct sentence_made *m = c->made;

	/* One snippet more than words for what copying it whole spoils. */
	return (size_t)m->to * (((size_t)m->high + 1) * sizeof(struct snippet) + m->emoji->longest + 2);
}

static ATTR_INLINE char *put_styled(char *to, const struct call *c, struct draws *d)
{
	const struct sentence_made *m = c->made;
	uint64_t bits;

	to = put_sentence(m->speech, m->forms, d, to);
	if (LIKELY(!m->cheerful))
		return to;
	bits = draws_next(d);
	*to++ = ' ';
	return put_word(to, m->emoji, &bits);
}

static char *sentence_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_styled(to, c, d);
}

static char *paragraph_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct sentence_made *m = c->made;
	int64_t n = draws_between(d, m->from, m->to);

	(void)r;
	for (int64_t i = 0; i < n; i++) {
		if (i)
			*to++ = ' ';
		to = put_styled(to, c, d);
	}
	return to;
}

static char *title_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct sentence_made *m = c->made;

	(void)r;
	return put_title(m->speech, draws_between(d, m->low, m->high), d, to);
}

#define SPEECH .opts_size = sizeof(struct sentence_opts), .made_size = sizeof(struct sentence_made), \
	.max_len = sentence_room, .out = KIND_TEXT, .plain = true, .category = "Text"

const struct provider pack_speech[] = {
	{ ROW_NAME("sentence"), .aliases = "hipstersentence(style=hipster) emojisentence(style=emoji) mysql_tinytext", .help = "A sentence whose articles agree with its nouns.",
	  .example = "The quiet farmer carried a lamp across the bridge.", .params = sentence_params, .prepare = sentence_prepare,
	  .text = sentence_text, SPEECH },
	{ ROW_NAME("paragraph"), .aliases = "hipsterparagraph(style=hipster) paragraphs", .help = "Sentences in a row.",
	  .example = "The bird sang softly. A farmer found the key.", .params = paragraph_params, .prepare = paragraph_prepare, .text = paragraph_text, SPEECH },
	{ ROW_NAME("title"), .help = "A title, its words with capitals.", .example = "The Bright River", .params = title_params,
	  .prepare = title_prepare, .text = title_text, SPEECH },
	{ .name = NULL },
};
