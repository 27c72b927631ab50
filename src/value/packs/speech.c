/* Sentences and titles. */
#include "value/packs/speech.h"

#include <stdlib.h>

#include "value/packs/pieces.h"

/*
 * What a sentence of so many words may be made of: t a noun with its article, a an adjective with its article, n a noun, j an
 * adjective, v a verb with an object behind it, i one without, p a preposition, d an adverb, & "and".
 */
enum { FORM_LINKED = 8 };
static const struct { uint8_t n; char is[FORM_EACH][FORM_ROOM]; } forms[FORM_MOST + 1] = {
	[1] = { 1, { "n" } },
	[2] = { 1, { "jn" } },
	[3] = { 1, { "ti" } },
	[4] = { 2, { "ani", "tid" } },
	[5] = { 2, { "tvt", "anid" } },
	[6] = { 4, { "tvan", "anvt", "tvtd", "tipt" } },
	[7] = { 6, { "anvan", "tvand", "anvtd", "anipt", "tipan", "ti&ti" } },
	[8] = { 6, { "tvtpt", "anvand", "anipan", "tipand", "ani&ti", "aniptd" } },
	[9] = { 7, { "anvtpt", "tvanpt", "tvtpan", "tvt&ti", "tiptpt", "tvtptd", "ti&tvt" } },
	[10] = { 7, { "anvanpt", "anvtpan", "tvanpan", "anvt&ti", "aniptpt", "anvtptd", "tvanptd" } },
	[11] = { 7, { "anvanpan", "tvtptpt", "anvan&ti", "anvanptd", "tvt&tvt", "aniptpan", "anipt&ti" } },
	[12] = { 7, { "anvtptpt", "tvanptpt", "tvtptpan", "tvtpt&ti", "anvanpand", "tvt&tvan", "anvt&tvt" } },
};

static void add(struct speech *s, struct word_kind *k, const char *article, struct cell word)
{
	size_t start = s->texts.n;

	buf_text(&s->texts, article);
	buf_add(&s->texts, word.at, word.n);
	buf_char(&s->texts, ' ');
	k->at[k->n++] = (uint32_t)(start << 8 | (s->texts.n - start));
	if (s->texts.n - start > s->longest)
		s->longest = (uint32_t)(s->texts.n - start);
}

/* The texts of a kind: the words alone, or each with "the" and with "a" or "an". */
static int add_kind(struct speech *s, char letter, const struct subset *of, unsigned column, struct err *e)
{
	bool articles = letter == 't' || letter == 'a';
	struct word_kind *k = &s->kinds[letter & 31];

	k->at = malloc((2 * of->n + 1) * sizeof *k->at);
	if (!k->at)
		return err_memory(e);
	for (uint32_t i = 0; i < of->n; i++) {
		struct cell word = table_cell(of->t, of->rows[i], column);

		add(s, k, articles ? "the " : "", word);
		if (articles)
			add(s, k, memchr("aeiou", word.at[0], 5) ? "an " : "a ", word);
	}
	return 0;
}

int speech_init(struct speech *s, const char *locale, bool hipster, struct err *e)
{
	static const uint32_t ends[] = { 0, 3 };
	static const struct table linking = { .blob = "and", .offsets = ends, .rows = 1, .columns = 1 };
	const struct subset and = { .t = &linking, .rows = &(uint32_t){ 0 }, .n = 1 };
	const struct { const char *letters, *table; unsigned column; const char *kind; unsigned word; } sources[] = {
		{ "tn", hipster ? "hipster_noun" : "noun", 1, hipster ? "any" : "countable", 0 },
		{ "aj", hipster ? "hipster_adjective" : "adjective", 1, hipster ? "any" : "descriptive", 0 },
		{ "v", "verb", 4, "transitive", 1 },
		{ "i", "verb", 4, "intransitive", 1 },
		{ "p", "sentence_preposition", 0, "any", 0 },
		{ "d", "sentence_adverb", 0, "any", 0 },
	};

	for (int words = 1; words <= FORM_MOST; words++)
		for (int i = 0; i < FORM_EACH; i++)
			memcpy(s->forms[words * FORM_EACH + i], forms[words].is[i % forms[words].n], FORM_ROOM);
	buf_init(&s->texts, 1 << 20);
	for (size_t i = 0; i < COUNT_OF(sources); i++) {
		struct subset of;
		int status = subset_init(&of, locale, sources[i].table, sources[i].column, sources[i].kind, false, e);

		for (const char *letter = sources[i].letters; status == 0 && *letter; letter++)
			status = add_kind(s, *letter, &of, sources[i].word, e);
		subset_free(&of);
		if (status < 0)
			return -1;
	}
	if (add_kind(s, '&', &and, 0, e) < 0)
		return -1;
	buf_add(&s->texts, "                ", 16);     /* put_padded() */
	return buf_ok(&s->texts) ? 0 : err_memory(e);
}

void speech_free(struct speech *s)
{
	for (size_t i = 0; i < COUNT_OF(s->kinds); i++)
		free(s->kinds[i].at);
	buf_free(&s->texts);
}

size_t speech_room(const struct speech *s, int64_t words)
{
	return (size_t)words * s->longest;
}

/* One of a kind, with the blank behind it. */
static inline struct cell one_of(const struct speech *s, char letter, uint64_t *bits)
{
	const struct word_kind *k = &s->kinds[letter & 31];
	uint32_t at = k->at[take(bits, k->n)];

	return (struct cell){ s->texts.data + (at >> 8), at & 255 };
}

/* The same with a capital. The letter is not read where it was only just written, which would have to be waited for. */
static inline char *put_capital(const struct speech *s, char letter, uint64_t *bits, char *to)
{
	struct cell c = one_of(s, letter, bits);
	char *end = put_padded(to, c);

	*to = (char)(*c.at & ~32);
	return end;
}

/* A kind has fewer than 2^9.5 texts: the bits that chose the form have four picks left, another draw five. */
static ATTR_INLINE char *put_form(const struct speech *s, const char *form, uint64_t bits, bool capital, struct draws *d, char *to)
{
	const char *fifth = form + 4;

	if (capital)
		to = put_capital(s, *form++, &bits, to);
	for (; *form; form++) {
		if (form == fifth)
			bits = draws_next(d);
		to = put_padded(to, one_of(s, *form, &bits));
	}
	return to;
}

char *put_sentence(const struct speech *s, int64_t low, int64_t high, struct draws *d, char *to)
{
	uint64_t bits = draws_next(d), none = 0;
	uint32_t form = (uint32_t)low * FORM_EACH + take(&bits, (uint32_t)(high - low + 1) * FORM_EACH);
	bool capital = true;

	for (; UNLIKELY(form >= (FORM_MOST + 1) * FORM_EACH); form -= (FORM_LINKED + 1) * FORM_EACH) {
		to = put_form(s, s->forms[FORM_LINKED * FORM_EACH + form % FORM_EACH], bits, capital, d, to);
		to = put_padded(to, one_of(s, '&', &none));
		bits = draws_next(d);
		capital = false;
	}
	to = put_form(s, s->forms[form], bits, capital, d, to);
	to[-1] = '.';
	return to;
}

/* One to three words, then "of the Noun" as often as it takes. */
char *put_title(const struct speech *s, int64_t words, struct draws *d, char *to)
{
	int64_t head = 1 + (words - 1) % 3;
	uint64_t bits = draws_next(d);

	if (head == 3)
		to = put_literal(to, "The ");
	if (head >= 2)
		to = put_capital(s, 'j', &bits, to);
	to = put_capital(s, 'n', &bits, to);
	for (words -= head; words > 0; words -= 3) {
		bits = draws_next(d);
		to = put_literal(to, "of the ");
		to = put_capital(s, 'n', &bits, to);
	}
	return to - 1;
}
