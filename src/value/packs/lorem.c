/* Text in pseudo-Latin. */
#include "value/packs/packs.h"
#include "value/packs/pieces.h"

struct lorem_opts {
	char *words, *sentences, *separator;
	int64_t paragraphs, min_length, max_length, max_chars;
};
struct lorem_made {
	struct subset words;
	int64_t low, high, from, to;    /* words of a sentence, sentences of a paragraph */
	char separator[64];
	size_t separator_n;
};

static const struct param sentence_params[] = {
	P_TEXT(struct lorem_opts, words, "4..10", .help = "How many words, like 4..10 or 8; 1 to 200."),
	P_END
};
static const struct param paragraph_params[] = {
	P_INT(struct lorem_opts, paragraphs, 1, 100, 1, .help = "How many paragraphs."),
	P_TEXT(struct lorem_opts, sentences, "3..6", .help = "How many sentences each has, like 3..6 or 4; 1 to 100."),
	P_TEXT(struct lorem_opts, words, "4..10", .help = "How many words each sentence has, like 4..10 or 8; 1 to 200."),
	P_TEXT(struct lorem_opts, separator, "\\n", .help = "Text between paragraphs, at most 64 bytes; \\n is a new line."),
	P_END
};
static const struct param word_params[] = {
	P_INT(struct lorem_opts, min_length, 1, 20, 1, .help = "Fewest letters."),
	P_INT(struct lorem_opts, max_length, 1, 20, 20, .help = "Most letters."),
	P_END
};
static const struct param text_params[] = {
	P_INT(struct lorem_opts, max_chars, 5, 1048576, 200, .help = "Most characters."),
	P_INT(struct lorem_opts, min_length, 0, 1048576, 0, .help = "Fewest characters; the last word is cut where it must be."),
	P_END
};

static int lorem_prepare(struct call *c, struct err *e)
{
	const struct lorem_opts *o = c->opts;
	struct lorem_made *m = c->made;

	*m = (struct lorem_made){ .from = 1, .to = 1 };
	if (range_parse("words", o->words ? o->words : "4..10", 1, 200, &m->low, &m->high, e) < 0 ||
	    (o->sentences && range_parse("sentences", o->sentences, 1, 100, &m->from, &m->to, e) < 0))
		return -1;
	if (text_fits("separator", o->separator, 64, e) < 0)
		return -1;
	for (const char *s = o->separator; s && *s; s++) {
		bool line = s[0] == '\\' && s[1] == 'n';

		m->separator[m->separator_n++] = line ? '\n' : *s;
		s += line;
	}
	return subset_init(&m->words, c->locale, "lorem", 0, "any", false, e);
}

static int text_prepare(struct call *c, struct err *e)
{
	const struct lorem_opts *o = c->opts;

	return o->min_length > o->max_chars ? err_set(e, ERR_INPUT, "min_length: %lld is above max_chars, which is %lld", (long long)o->min_length,
						      (long long)o->max_chars) : lorem_prepare(c, e);
}

static int word_prepare(struct call *c, struct err *e)
{
	const struct lorem_opts *o = c->opts;
	struct lorem_made *m = c->made;
	uint32_t kept = 0;

	if (subset_init(&m->words, c->locale, "lorem", 0, "any", false, e) < 0)
		return -1;
	for (uint32_t i = 0; i < m->words.n; i++) {
		uint32_t n = table_cell(m->words.t, m->words.rows[i], 0).n;

		if (n >= o->min_length && n <= o->max_length)
			m->words.rows[kept++] = m->words.rows[i];
	}
	m->words.n = kept;
	return kept ? 0 : err_set(e, ERR_INPUT, "min_length: no word has that length");
}

static void lorem_release(struct call *c)
{
	subset_free(&((struct lorem_made *)c->made)->words);
}

static size_t sentence_bytes(const struct lorem_made *m)
{
	return (size_t)m->high * (m->words.t->longest + 1u) + 2;
}

static size_t lorem_room(const struct call *c)
{
	const struct lorem_opts *o = c->opts;
	const struct lorem_made *m = c->made;

	if (o->max_chars)
		return (size_t)o->max_chars;
	return (size_t)(o->paragraphs ? o->paragraphs : 1) * ((size_t)m->to * sentence_bytes(m) + 64) + 16;
}

static char *put_sentence(char *to, const struct lorem_made *m, struct draws *d)
{
	int64_t n = m->low == m->high ? m->low : draws_between(d, m->low, m->high);
	uint64_t bits = 0;
	char *first = to;

	for (int64_t i = 0; i < n; i++) {
		/* 200^6 is below 2^48. */
		if (i % 6 == 0)
			bits = draws_next(d);
		to = put_padded(to, table_cell(m->words.t, take(&bits, m->words.t->rows), 0));
		*to++ = ' ';
	}
	*first = (char)(*first - 32);
	to[-1] = '.';
	return to;
}

static char *sentence_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_sentence(to, c->made, d);
}

static char *paragraph_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct lorem_opts *o = c->opts;
	const struct lorem_made *m = c->made;

	(void)r;
	for (int64_t i = 0; i < o->paragraphs; i++) {
		int64_t n = draws_between(d, m->from, m->to);

		if (i)
			to = put_bytes(to, m->separator, m->separator_n);
		for (int64_t k = 0; k < n; k++) {
			if (k)
				*to++ = ' ';
			to = put_sentence(to, m, d);
		}
	}
	return to;
}

static char *word_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return subset_put(&((const struct lorem_made *)c->made)->words, draws_next(d), 0, to);
}

/* Whole sentences; the last one ends early where the next word would not fit. */
static char *lorem_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct lorem_made *m = c->made;
	const struct table *t = m->words.t;
	int64_t room = ((const struct lorem_opts *)c->opts)->max_chars, words = 0, want = 0;
	int64_t least = ((const struct lorem_opts *)c->opts)->min_length;
	char *start = to;

	(void)r;
	for (;;) {
		uint64_t bits = draws_next(d);
		struct cell w = table_cell(t, take(&bits, t->rows), 0);

		/* The first word is one that fits into five characters; the next in the table when 64 draws bring none. */
		for (uint32_t i = 0, at = 0; to == start && w.n > 4; i++) {
			bits = i < 64 ? draws_next(d) : bits;
			at = i < 64 ? take(&bits, t->rows) : (at + 1) % t->rows;
			w = table_cell(t, at, 0);
		}
		if (to - start + (words == 0 && to > start) + w.n + 1 > room) {
			int64_t left = room - (to - start) - (words == 0 && to > start) - 1;

			/* What is left holds a piece of it, or the end of the word before is drawn out. */
			for (; left < 1 && to - start < least; *to++ = '.')
				to[-1] = to[-2];
			if (to - start >= least)
				break;
			w.n = (uint32_t)left;
		}
		if (words == 0) {
			want = m->low + take(&bits, (uint32_t)(m->high - m->low + 1));
			if (to > start)
				*to++ = ' ';
			to = put_cell(to, w);
			to[-(int64_t)w.n] = (char)(to[-(int64_t)w.n] - 32);
		} else {
			to[-1] = ' ';
			to = put_cell(to, w);
		}
		*to++ = '.';
		if (++words == want)
			words = 0;
	}
	return to;
}

#define LOREM .opts_size = sizeof(struct lorem_opts), .made_size = sizeof(struct lorem_made), .release = lorem_release, .max_len = lorem_room, \
	.out = KIND_TEXT, .category = "Text"

const struct provider pack_lorem[] = {
	{ ROW_NAME("lorem_sentence"), .aliases = "loremipsumsentence lorem.sentence", .help = "A sentence in pseudo-Latin.",
	  .example = "Dolor sit amet consectetur.", .params = sentence_params, .prepare = lorem_prepare, .text = sentence_text, LOREM },
	{ ROW_NAME("lorem_paragraph"), .aliases = "loremipsumparagraph lorem.paragraph lorem.paragraphs(paragraphs=3) lorem.lines(sentences=1) "
	  "mysql_mediumtext(paragraphs=5) mysql_longtext(paragraphs=10)",
	  .help = "Paragraphs in pseudo-Latin.", .example = "Dolor sit amet consectetur. Magna aliqua enim ad.", .params = paragraph_params,
	  .prepare = lorem_prepare, .text = paragraph_text, LOREM },
	{ ROW_NAME("lorem_word"), .aliases = "loremipsumword lorem.word", .help = "A word in pseudo-Latin.", .example = "dolor", .params = word_params,
	  .prepare = word_prepare, .text = word_text, .opts_size = sizeof(struct lorem_opts), .made_size = sizeof(struct lorem_made),
	  .release = lorem_release, .out = KIND_TEXT, .category = "Text" },
	{ ROW_NAME("lorem_text"), .aliases = "text texts sentences lorem.text lorem.sentences", .help = "Sentences in pseudo-Latin up to a length.",
	  .example = "Dolor sit amet.", .params = text_params, .prepare = text_prepare, .text = lorem_text, LOREM },
	{ .name = NULL },
};
