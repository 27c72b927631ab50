/* Text: words by part of speech, and sentences made of them. */
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

/* ---- word ---- */

static const char *const parts[] = { "any", "noun", "verb", "adjective", "adverb", "preposition", "pronoun", "conjunction", "interjection", NULL };

struct word_opts {
	int pos, tense;
	char *kind;
};

static const struct param word_params[] = {
	P_CHOICE(struct word_opts, pos, parts, 0, .help = "Part of speech."),
	P_END
};

static int word_prepare(struct call *c, struct err *e)
{
	int pos = ((const struct word_opts *)c->opts)->pos;

	if (pos == 0)
		return subset_init(c->made, c->locale, "word", 0, "any", false, e);
	if (pos == 1)
		return subset_init(c->made, c->locale, "noun", 1, "common", false, e);
	if (pos == 2)
		return subset_init(c->made, c->locale, "verb", 4, "any", false, e);
	if (pos == 3)
		return subset_init(c->made, c->locale, "adjective", 1, "descriptive", false, e);
	return subset_init(c->made, c->locale, "other_word", 1, parts[pos], false, e);
}

static const struct param noun_params[] = {
	P_TEXT(struct word_opts, kind, "any", .help = "any, abstract, common, concrete, countable, uncountable, proper, determiner, collective_animal, "
	       "collective_people or collective_thing."),
	P_END
};
static const struct param adjective_params[] = {
	P_TEXT(struct word_opts, kind, "any", .help = "any, descriptive, demonstrative, indefinite, interrogative, possessive, proper or quantitative."),
	P_END
};
static const char *const tenses[] = { "base", "past", "ing", "third", NULL };
static const struct param verb_params[] = {
	P_TEXT(struct word_opts, kind, "any", .help = "any, action, helping, intransitive, linking or transitive."),
	P_CHOICE(struct word_opts, tense, tenses, 0, .help = "Form of the verb."),
	P_END
};

static int kind_prepare(struct call *c, struct err *e)
{
	const char *kind = ((const struct word_opts *)c->opts)->kind;
	unsigned column = strcmp(c->is->name, "verb") == 0 ? 4 : 1;

	/* Determiners are no nouns; they come only when asked for. */
	if (strcmp(kind, "any") == 0 && strcmp(c->is->name, "noun") == 0)
		kind = "common";
	return subset_init(c->made, c->locale, c->is->name, column, kind, false, e) < 0 ? err_wrap(e, "kind") : 0;
}

static char *verb_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return subset_put(c->made, draws_next(d), (unsigned)((const struct word_opts *)c->opts)->tense, to);
}

/* ---- words ---- */

struct words_opts {
	int64_t count;
	bool distinct;
};

static const struct param words_params[] = {
	P_INT(struct words_opts, count, 1, 1000, 3, .help = "How many words."),
	P_BOOL(struct words_opts, distinct, false, .help = "Whether no word comes twice."),
	P_END
};

static int words_prepare(struct call *c, struct err *e)
{
	const struct words_opts *o = c->opts;
	struct pick *p = c->made;

	if (pick_bind(p, c->locale, "word", false, e) < 0)
		return -1;
	return o->distinct && o->count > p->table->rows ? err_set(e, ERR_INPUT, "count: there are only %u words", p->table->rows) : 0;
}

static size_t words_room(const struct call *c)
{
	return (size_t)((const struct words_opts *)c->opts)->count * (((const struct pick *)c->made)->table->longest + 1u);
}

static char *words_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct words_opts *o = c->opts;
	const struct table *t = ((const struct pick *)c->made)->table;
	uint32_t stride = (uint32_t)(t->rows / (uint32_t)o->count), at = (uint32_t)draws_below(d, t->rows);

	(void)r;
	for (int64_t i = 0; i < o->count; i++) {
		/* Distinct ones come from parts of the table that follow each other round from a start of the row's own. */
		uint32_t from = o->distinct ? (at + (uint32_t)i * stride) % t->rows : 0;
		uint32_t pick = (from + (uint32_t)draws_below(d, o->distinct ? stride : t->rows)) % t->rows;

		if (i)
			*to++ = ' ';
		to = put_cell(to, table_cell(t, pick, 0));
	}
	return to;
}

/* ---- sentences ---- */

static const char *const styles[] = { "plain", "hipster", "emoji", NULL };
enum { PLAIN, HIPSTER, EMOJI };

struct sentence_opts {
	char *words, *sentences;
	int style;
};
struct sentence_made {
	int64_t low, high, from, to;    /* words of a sentence, sentences of a paragraph */
	struct subset nouns, adjectives, transitive, intransitive;
	const struct table *adverbs, *prepositions, *emoji;
	uint32_t longest;
};

static const struct param sentence_params[] = {
	P_TEXT(struct sentence_opts, words, "6..12", .help = "How many words, like 6..12 or 8; 1 to 200."),
	P_CHOICE(struct sentence_opts, style, styles, 0, .help = "What it is about."),
	P_END
};
static const struct param paragraph_params[] = {
	P_TEXT(struct sentence_opts, sentences, "3..6", .help = "How many sentences, like 3..6 or 4; 1 to 100."),
	P_CHOICE(struct sentence_opts, style, styles, 0, .help = "What it is about."),
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
	bool hipster = o->style == HIPSTER;

	if (subset_init(&m->nouns, c->locale, hipster ? "hipster_noun" : "noun", 1, hipster ? "any" : "countable", false, e) < 0 ||
	    subset_init(&m->adjectives, c->locale, hipster ? "hipster_adjective" : "adjective", 1, hipster ? "any" : "descriptive", false, e) < 0 ||
	    subset_init(&m->transitive, c->locale, "verb", 4, "transitive", false, e) < 0 ||
	    subset_init(&m->intransitive, c->locale, "verb", 4, "intransitive", false, e) < 0)
		return -1;
	m->adverbs = table_find(c->locale, "sentence_adverb");
	m->prepositions = table_find(c->locale, "sentence_preposition");
	m->emoji = table_find(c->locale, "emoji");
	if (!m->adverbs || !m->prepositions || !m->emoji)
		return err_set(e, ERR_INPUT, "its words are not part of this build");
	m->longest = 16;        /* above every verb, adverb and preposition; checked by a test */
	if (subset_longest(&m->nouns, 0) > m->longest || subset_longest(&m->adjectives, 0) > m->longest)
		m->longest = 32;
	return 0;
}

static int sentence_prepare(struct call *c, struct err *e)
{
	struct sentence_made *m = c->made;

	m->from = m->to = 1;
	return range_parse("words", ((const struct sentence_opts *)c->opts)->words, 1, 200, &m->low, &m->high, e) < 0 ? -1 : speech_prepare(c, e);
}

static int paragraph_prepare(struct call *c, struct err *e)
{
	struct sentence_made *m = c->made;

	m->low = 6;
	m->high = 12;
	return range_parse("sentences", ((const struct sentence_opts *)c->opts)->sentences, 1, 100, &m->from, &m->to, e) < 0 ? -1 : speech_prepare(c, e);
}

static int title_prepare(struct call *c, struct err *e)
{
	struct sentence_made *m = c->made;

	m->from = m->to = 1;
	return range_parse("words", ((const struct sentence_opts *)c->opts)->words, 1, 32, &m->low, &m->high, e) < 0 ? -1 : speech_prepare(c, e);
}

static void sentence_release(struct call *c)
{
	struct sentence_made *m = c->made;

	subset_free(&m->nouns);
	subset_free(&m->adjectives);
	subset_free(&m->transitive);
	subset_free(&m->intransitive);
}

static size_t sentence_room(const struct call *c)
{
	const struct sentence_made *m = c->made;

	/* 16 bytes more, for copies of whole 16 bytes. */
	return (size_t)m->to * ((size_t)m->high * (m->longest + 2) + 40) + 16;
}

static struct cell cell_of(const struct subset *s, uint64_t *bits, unsigned column)
{
	return table_cell(s->t, s->rows[take(bits, s->n)], column);
}

/* " the noun" (2 words) or " an old noun" (3): the article follows the word after it. At the start of a sentence without the blank. */
static char *put_thing(char *to, const struct sentence_made *m, bool adjective, bool start, uint64_t *bits)
{
	static const struct { char text[16]; unsigned n; } articles[] = { { " a ", 3 }, { " an ", 4 }, { " the ", 5 } };
	const unsigned vowels = 1 << ('a' & 31) | 1 << ('e' & 31) | 1 << ('i' & 31) | 1 << ('o' & 31) | 1 << ('u' & 31);
	struct cell noun = cell_of(&m->nouns, bits, 0), first = adjective ? cell_of(&m->adjectives, bits, 0) : noun;
	unsigned vowel = (unsigned char)first.at[0] >= 'a' ? vowels >> (first.at[0] & 31) & 1 : 0, article = take(bits, 2) ? 2 : vowel;

	memcpy(to, articles[article].text + start, 8);
	to = put_padded(to + articles[article].n - start, first);
	if (adjective) {
		*to++ = ' ';
		to = put_padded(to, noun);
	}
	return to;
}

static char *put_verb(char *to, const struct subset *s, uint64_t *bits)
{
	*to++ = ' ';
	return put_padded(to, cell_of(s, bits, 1));
}

/* What follows the core: places (3 or 4 words), a second clause (4), an adverb at the end (1). `left` is never 2. */
static char *put_rest(char *to, const struct sentence_made *m, int64_t left, struct draws *d)
{
	while (left) {
		uint64_t bits = draws_next(d);
		uint32_t way = take(&bits, 8);

		if (left == 1) {
			*to++ = ' ';
			return put_padded(to, table_cell(m->adverbs, take(&bits, m->adverbs->rows), 0));
		}
		if (way == 0 && left >= 4 && left != 6) {
			to = put_literal(to, " and");
			to = put_thing(to, m, false, false, &bits);
			to = put_verb(to, &m->intransitive, &bits);
			left -= 4;
			continue;
		}
		/* Three would leave two of five, four two of six. */
		way = (left == 5 || (way > 4 && left >= 4)) && left != 6;
		*to++ = ' ';
		to = put_padded(to, table_cell(m->prepositions, take(&bits, m->prepositions->rows), 0));
		to = put_thing(to, m, way, false, &bits);
		left -= 3 + (int64_t)way;
	}
	return to;
}

/* From the first letter to the last. */
static char *put_clause(char *to, const struct sentence_made *m, int64_t n, struct draws *d)
{
	uint64_t bits = draws_next(d);
	int64_t object;

	if (n < 3) {
		to = put_padded(to, cell_of(n == 1 ? &m->nouns : &m->adjectives, &bits, 0));
		if (n == 2) {
			*to++ = ' ';
			to = put_padded(to, cell_of(&m->nouns, &bits, 0));
		}
		return to;
	}
	/* Subject of two or three words, verb, object of none, two or three; what is left must not be two. */
	if (n > 3 && n != 5 && take(&bits, 2)) {
		to = put_thing(to, m, true, true, &bits);
		n -= 4;
	} else {
		to = put_thing(to, m, false, true, &bits);
		n -= 3;
	}
	object = n < 2 ? 0 : n == 2 ? 2 : n == 3 ? 3 : n == 4 ? 0 : 2 + take(&bits, 2);
	if (object && n - object == 2)
		object ^= 1;
	to = put_verb(to, object ? &m->transitive : &m->intransitive, &bits);
	bits = draws_next(d);
	if (object)
		to = put_thing(to, m, object == 3, false, &bits);
	return put_rest(to, m, n - object, d);
}

static char *put_sentence(char *to, const struct sentence_made *m, int style, struct draws *d)
{
	char *first = to;

	to = put_clause(to, m, m->low == m->high ? m->low : draws_between(d, m->low, m->high), d);
	if (*first >= 'a' && *first <= 'z')
		*first = (char)(*first - 32);
	*to++ = '.';
	if (style == EMOJI) {
		uint64_t bits = draws_next(d);

		*to++ = ' ';
		to = put_word(to, m->emoji, &bits);
	}
	return to;
}

static char *sentence_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_sentence(to, c->made, ((const struct sentence_opts *)c->opts)->style, d);
}

static char *paragraph_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct sentence_made *m = c->made;
	int64_t n = draws_between(d, m->from, m->to);

	(void)r;
	for (int64_t i = 0; i < n; i++) {
		if (i)
			*to++ = ' ';
		to = put_sentence(to, m, ((const struct sentence_opts *)c->opts)->style, d);
	}
	return to;
}

static char *put_capital(char *to, struct cell c)
{
	char *first = to;

	to = put_padded(to, c);
	if (*first >= 'a' && *first <= 'z')
		*first = (char)(*first - 32);
	return to;
}

/* One to three words, then " of the Noun" as often as it takes. */
static char *title_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct sentence_made *m = c->made;
	int64_t n = draws_between(d, m->low, m->high), head = 1 + (n - 1) % 3;
	uint64_t bits = draws_next(d);

	(void)r;
	if (head == 3)
		to = put_literal(to, "The ");
	if (head >= 2) {
		to = put_capital(to, cell_of(&m->adjectives, &bits, 0));
		*to++ = ' ';
	}
	to = put_capital(to, cell_of(&m->nouns, &bits, 0));
	for (n -= head; n > 0; n -= 3) {
		bits = draws_next(d);
		to = put_literal(to, " of the ");
		to = put_capital(to, cell_of(&m->nouns, &bits, 0));
	}
	return to;
}

#define SUBSET .made_size = sizeof(struct subset), .release = subset_release, .opts_size = sizeof(struct word_opts), .out = KIND_TEXT, .plain = true, .category = "Text"
#define SPEECH .opts_size = sizeof(struct sentence_opts), .made_size = sizeof(struct sentence_made), .release = sentence_release, \
	.max_len = sentence_room, .out = KIND_TEXT, .plain = true, .category = "Text"

const struct provider pack_words[] = {
	{ ROW_NAME("word"), .aliases = "word.sample", .help = "A word.", .example = "river", .params = word_params, .prepare = word_prepare,
	  .text = subset_text, SUBSET },
	{ ROW_NAME("words"), .aliases = "word.words lorem.words get_words_list", .category = "Text", .help = "Words separated by blanks.",
	  .example = "river stone bright", .out = KIND_TEXT, .params = words_params, .opts_size = sizeof(struct words_opts),
	  .made_size = sizeof(struct pick), .prepare = words_prepare, .max_len = words_room, .text = words_text },
	{ ROW_NAME("sentence"), .aliases = "hipstersentence(style=hipster) emojisentence(style=emoji)", .help = "A sentence whose articles agree with its nouns.",
	  .example = "The quiet farmer carried a lamp across the bridge.", .params = sentence_params, .prepare = sentence_prepare,
	  .text = sentence_text, SPEECH },
	{ ROW_NAME("paragraph"), .aliases = "hipsterparagraph(style=hipster) paragraphs", .help = "Sentences in a row.",
	  .example = "The bird sang softly. A farmer found the key.", .params = paragraph_params, .prepare = paragraph_prepare, .text = paragraph_text, SPEECH },
	{ ROW_NAME("noun"), .aliases = "word.noun nounabstract(kind=abstract) nouncollectiveanimal(kind=collective_animal) "
	  "nouncollectivepeople(kind=collective_people) nouncollectivething(kind=collective_thing) nouncommon(kind=common) nounconcrete(kind=concrete) "
	  "nouncountable(kind=countable) noundeterminer(kind=determiner) nounproper(kind=proper) noununcountable(kind=uncountable)",
	  .help = "A noun.", .example = "river", .params = noun_params, .prepare = kind_prepare, .text = subset_text, SUBSET },
	{ ROW_NAME("verb"), .aliases = "word.verb verbaction(kind=action) verbhelping(kind=helping) verbintransitive(kind=intransitive) "
	  "verblinking(kind=linking) verbtransitive(kind=transitive)", .help = "A verb.", .example = "carry", .params = verb_params,
	  .prepare = kind_prepare, .text = verb_text, SUBSET },
	{ ROW_NAME("adjective"), .aliases = "word.adjective adjectivedemonstrative(kind=demonstrative) adjectivedescriptive(kind=descriptive) "
	  "adjectiveindefinite(kind=indefinite) adjectiveinterrogative(kind=interrogative) adjectivepossessive(kind=possessive) "
	  "adjectiveproper(kind=proper) adjectivequantitative(kind=quantitative)", .help = "An adjective.", .example = "bright",
	  .params = adjective_params, .prepare = kind_prepare, .text = subset_text, SUBSET },
	{ ROW_NAME("title"), .help = "A title, its words with capitals.", .example = "The Bright River", .params = title_params,
	  .prepare = title_prepare, .text = title_text, SPEECH },
	{ .name = NULL },
};
