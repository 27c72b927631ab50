/* Text: words by part of speech. */
#include "base/utf8.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

/* ---- word ---- */

static const char *const parts[] = { "any", "noun", "verb", "adjective", "adverb", "preposition", "pronoun", "conjunction", "interjection", NULL };

struct word_opts {
	int pos, tense;
	char *kind;
	int64_t min_length, max_length;
};

static const struct param word_params[] = {
	P_CHOICE(struct word_opts, pos, parts, 0, .help = "Part of speech."),
	P_INT(struct word_opts, min_length, 1, 64, 1, .help = "Fewest letters."),
	P_INT(struct word_opts, max_length, 1, 64, 64, .help = "Most letters."),
	P_END
};

/* Words of a part of speech. */
static int part_bind(struct call *c, int pos, struct err *e)
{
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

static int word_prepare(struct call *c, struct err *e)
{
	const struct word_opts *o = c->opts;
	struct subset *s = c->made;
	uint32_t kept = 0;

	if (part_bind(c, o->pos, e) < 0)
		return -1;
	for (uint32_t i = 0; i < s->n; i++) {
		struct cell w = table_cell(s->t, s->rows[i], 0);
		int64_t n = (int64_t)utf8_length(w.at, w.n);

		if (n >= o->min_length && n <= o->max_length)
			s->rows[kept++] = s->rows[i];
	}
	s->n = kept;
	return kept ? 0 : err_set(e, ERR_INPUT, "min_length: no word has that length");
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

#define SUBSET .made_size = sizeof(struct subset), .release = subset_release, .opts_size = sizeof(struct word_opts), .out = KIND_TEXT, .plain = true, .category = "Text"

const struct provider pack_words[] = {
	{ ROW_NAME("word"), .aliases = "word.sample", .help = "A word.", .example = "river", .params = word_params, .prepare = word_prepare,
	  .text = subset_text, SUBSET },
	{ ROW_NAME("words"), .aliases = "word.words lorem.words get_words_list", .category = "Text", .help = "Words separated by blanks.",
	  .example = "river stone bright", .out = KIND_TEXT, .params = words_params, .opts_size = sizeof(struct words_opts),
	  .made_size = sizeof(struct pick), .prepare = words_prepare, .max_len = words_room, .text = words_text },
	{ ROW_NAME("noun"), .aliases = "word.noun hacker.noun nounabstract(kind=abstract) nouncollectiveanimal(kind=collective_animal) "
	  "nouncollectivepeople(kind=collective_people) nouncollectivething(kind=collective_thing) nouncommon(kind=common) nounconcrete(kind=concrete) "
	  "nouncountable(kind=countable) noundeterminer(kind=determiner) nounproper(kind=proper) noununcountable(kind=uncountable)",
	  .help = "A noun.", .example = "river", .params = noun_params, .prepare = kind_prepare, .text = subset_text, SUBSET },
	{ ROW_NAME("verb"), .aliases = "word.verb hacker.verb verbaction(kind=action) verbhelping(kind=helping) verbintransitive(kind=intransitive) "
	  "verblinking(kind=linking) verbtransitive(kind=transitive)", .help = "A verb.", .example = "carry", .params = verb_params,
	  .prepare = kind_prepare, .text = verb_text, SUBSET },
	{ ROW_NAME("adjective"), .aliases = "word.adjective hacker.adjective adjectivedemonstrative(kind=demonstrative) adjectivedescriptive(kind=descriptive) "
	  "adjectiveindefinite(kind=indefinite) adjectiveinterrogative(kind=interrogative) adjectivepossessive(kind=possessive) "
	  "adjectiveproper(kind=proper) adjectivequantitative(kind=quantitative)", .help = "An adjective.", .example = "bright",
	  .params = adjective_params, .prepare = kind_prepare, .text = subset_text, SUBSET },
	{ .name = NULL },
};
