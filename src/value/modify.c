/* Modifiers: nulls, cases, what stands around a value, and values that do not repeat. */
#include "value/modify.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/utf8.h"
#include "value/locale.h"

enum letter_case { CASE_NONE, CASE_LOWER, CASE_UPPER, CASE_TITLE, CASE_SNAKE, CASE_KEBAB, CASE_CAMEL };
enum { AROUND_MOST = 4096, COMPARED = 65536, ROUND_TEXT = 24 };
#define POOL_MOST (UINT64_C(1) << 62)

static const char *const cases[] = { "none", "lower", "upper", "title", "snake", "kebab", "camel", NULL };

const struct param modifier_rows[] = {
	P_SHARE(struct modifiers, null_rate, 0, 1, 0, .help = "Share of rows that are null instead."),
	P_BOOL(struct modifiers, unique, false, .help = "No value twice; taken where the different values can be counted."),
	P_TEXT(struct modifiers, locale, "", .help = "Locale of this value, or a mix like en_US=0.7,de_DE=0.3; that of the scenario when empty."),
	P_TEXT(struct modifiers, group, "", .help = "Name of a second person, place or card in the same record."),
	P_TEXT(struct modifiers, prefix, "", .help = "Text before the value."),
	P_TEXT(struct modifiers, suffix, "", .help = "Text behind the value."),
	{ .name = "case", .type = PARAM_CHOICE, .offset = PARAM_AT(struct modifiers, letter_case, int), .choices = cases,
	  .help = "How the letters of a text are written." },
	P_INT(struct modifiers, max_length, 0, 65536, 0, .unit = "characters", .help = "Where a text is cut; 0: not at all."),
	P_END
};

struct modifiers *modifiers_new(struct err *e)
{
	struct modifiers *m = calloc(1, sizeof *m);

	if (!m || param_init(modifier_rows, m, e) < 0) {
		free(m);
		err_memory(e);
		return NULL;
	}
	return m;
}

void modifiers_free(void *at)
{
	struct modifiers *m = at;

	if (!m)
		return;
	param_free(modifier_rows, m);
	free(m->owner);
	free(m);
}

int modifiers_begin(struct modifiers *m, const char *path, struct err *e)
{
	size_t n = strlen(path);

	m->prefix_n = strlen(m->prefix);
	m->suffix_n = strlen(m->suffix);
	if (m->prefix_n > AROUND_MOST || m->suffix_n > AROUND_MOST)
		return err_set(e, ERR_INPUT, "%s: it has more than %d bytes", m->prefix_n > AROUND_MOST ? "prefix" : "suffix", AROUND_MOST);
	/* A mix was taken apart by whoever makes the call. */
	if (*m->locale && locales_check(m->locale, e) < 0)
		return -1;
	if (locales_mixed(m->locale))
		return err_set(e, ERR_INPUT, "locale: here it is one");
	free(m->owner);
	m->owner = strndup(path, n);
	if (!m->owner)
		return err_memory(e);
	m->null_salt = digest_bytes("#null", 5, digest_bytes(path, n, 0x6e756c6c));
	m->unique_salt = digest_bytes("#unique", 7, digest_bytes(path, n, 0x756e697175));
	return 0;
}

bool modify_dresses(const struct modifiers *m)
{
	return m->letter_case != CASE_NONE || m->max_length || m->prefix_n || m->suffix_n || m->on_exhausted == EXHAUSTED_SUFFIX;
}

int modify_fits(const struct modifiers *m, enum kind kind, struct err *e)
{
	bool text = kind == KIND_TEXT || m->prefix_n || m->suffix_n;

	if (m->letter_case != CASE_NONE && kind != KIND_TEXT)
		return err_set(e, ERR_INPUT, "case: only a text has letters");
	return m->max_length && !text ? err_set(e, ERR_INPUT, "max_length: only a text is cut") : 0;
}

/* ---- unique ---- */

/* A value as it is shown, by its 64-bit hash: alike by chance is one in 10^9 for 65536. Of one pool size, one number has one row. */
struct shown {
	uint64_t key, pool, nth;
};

static int compare_shown(const void *a, const void *b)
{
	uint64_t x = ((const struct shown *)a)->key, y = ((const struct shown *)b)->key;

	return x < y ? -1 : x > y;
}

static int show_all(const struct modifiers *m, size_t room, char *(*put)(const void *of, uint64_t i, char *to), const void *of, struct shown *to,
		    struct err *e)
{
	char *raw = malloc(room + 64), *text = malloc(modify_room(m, room) + 64);
	bool fits = raw && text;

	for (uint64_t i = 0; fits && i < m->pool; i++) {
		char *end = modify_put(m, raw, (size_t)(put(of, i, raw) - raw), 0, text);

		to[i] = (struct shown){ digest_bytes(text, (size_t)(end - text), 0), m->pool, i };
	}
	free(text);
	free(raw);
	return fits ? 0 : err_memory(e);
}

/* How many of them stand in other rows, too. */
static uint64_t count_alike(struct shown *all, size_t n)
{
	uint64_t alike = 0;

	qsort(all, n, sizeof *all, compare_shown);
	for (size_t i = 1; i < n; i++)
		alike += all[i].key == all[i - 1].key && (all[i].nth != all[i - 1].nth || all[i].pool != all[i - 1].pool);
	return alike;
}

static int compare_all(const struct modifiers *m, size_t room, char *(*put)(const void *of, uint64_t i, char *to), const void *of, struct err *e)
{
	struct shown *all = malloc(m->pool * sizeof *all);
	int result = all ? show_all(m, room, put, of, all, e) : err_memory(e);
	uint64_t twice = result == 0 ? count_alike(all, m->pool) : 0;

	free(all);
	if (twice)
		result = err_set(e, ERR_INPUT, "unique: %llu of its %llu values %s another", (unsigned long long)twice, (unsigned long long)m->pool,
				 twice == 1 ? "is like" : "are like");
	return result;
}

int modify_count(struct modifiers *m, uint64_t pool, size_t room, char *(*put)(const void *of, uint64_t i, char *to), const void *of, struct err *e)
{
	/* A character has at most four bytes. */
	bool alters = m->letter_case != CASE_NONE || (m->max_length && (uint64_t)m->max_length < room + m->prefix_n + m->suffix_n);

	m->pool = pool < POOL_MOST ? pool : POOL_MOST;
	if (m->pool > COMPARED)
		return alters ? err_set(e, ERR_INPUT, "unique: %s could make two of its values alike", m->letter_case ? "case" : "max_length") : 0;
	return compare_all(m, room, put, of, e);
}

static char *put_nth(const void *of, uint64_t i, char *to)
{
	const struct call *c = of;
	union value v;

	/* Row i has one of them, and each of them one row. */
	if (c->leader) {
		const struct row r = { .number = i };
		struct draws d = draws_of(&r, c->salt);

		return c->is->text(c, &r, &d, to);
	}
	if (c->is->nth_text)
		return c->is->nth_text(c, i, to);
	c->is->nth(c, i, &v);
	return call_put(c, &v, to);
}

/* Why it cannot be, and what can. */
static int refuse_count(const struct call *c, struct err *e)
{
	const char *group = c->is->group && strcmp(c->is->group, "state") != 0 ? c->is->group : NULL;
	char what[80], instead[200] = "give the record another field that does not, such as ${uuid4}";

	snprintf(what, sizeof what, group ? "the record's %s" : "its values", group);
	if (c->is->out == KIND_TEXT)
		snprintf(instead, sizeof instead, "'${%s} ${seq}' does not, nor do email and uuid4, nor digits, regex, pick and their like with unique=true",
			 c->is->name);
	else if (c->is->out != KIND_JSON && c->is->out != KIND_INSTANT)
		snprintf(instead, sizeof instead, "sequence() does not, nor do random_int and decimal with unique=true");
	return err_set(e, ERR_INPUT, "unique: %s may come again; %s", what, instead);
}

int modify_count_call(struct call *c, struct err *e)
{
	struct modifiers *m = c->mods;
	uint64_t pool = c->is->pool ? c->is->pool(c) : 0;
	bool alters = m->letter_case != CASE_NONE || m->max_length;

	if (!pool)
		return refuse_count(c, e);
	if (pool == POOL_ENDLESS)
		return alters ? err_set(e, ERR_INPUT, "unique: %s could make two of its values alike", m->letter_case ? "case" : "max_length") : 0;
	return modify_count(m, pool, call_room_plain(c), put_nth, c, e);
}

int modify_count_mix(struct call *const *calls, unsigned n, struct err *e)
{
	uint64_t sum = 0, alike;
	struct shown *all;
	int result = 0;

	for (unsigned i = 0; i < n; i++) {
		/* What has no end has the row's number in it, or is drawn. Only words of tables differ between locales, and no table is that long. */
		if (!calls[i]->mods->pool || calls[i]->mods->pool > COMPARED)
			return 0;
		sum += calls[i]->mods->pool;
	}
	all = malloc(sum * sizeof *all);
	if (!all)
		return err_memory(e);
	sum = 0;
	for (unsigned i = 0; i < n && result == 0; i++) {
		result = show_all(calls[i]->mods, call_room_plain(calls[i]), put_nth, calls[i], all + sum, e);
		sum += calls[i]->mods->pool;
	}
	alike = result == 0 ? count_alike(all, sum) : 0;
	free(all);
	return alike ? err_set(e, ERR_INPUT, "unique: %llu of its values could come in several locales; give it one, as in locale=%s",
			       (unsigned long long)alike, calls[0]->locale) : result;
}

int modify_spent(const struct modifiers *m, struct err *e)
{
	return err_set(e, ERR_INPUT, "%.*s: all its %llu different values were given; unique has no other", (int)strcspn(m->owner, "#"), m->owner,
		       (unsigned long long)m->pool);
}

/* ---- texts ---- */

size_t modify_room(const struct modifiers *m, size_t n)
{
	/* Each letter may begin a word, and get a mark before it. */
	return m->prefix_n + 2 * n + m->suffix_n + ROUND_TEXT;
}

static uint32_t next(const char *s, size_t n, size_t *length)
{
	uint32_t c;

	*length = utf8_next(s, n, &c);
	if (*length)
		return c;
	*length = 1;
	return '?';
}

static bool in_word(uint32_t c)
{
	return c >= 0x80 || isalnum((int)c);
}

static char *put_letters(const char *s, size_t n, enum letter_case how, char *to)
{
	bool inside = false;

	for (size_t i = 0, length; i < n; i += length) {
		uint32_t c = next(s + i, n - i, &length);

		to += utf8_put(to, utf8_case(c, how == CASE_UPPER || (how == CASE_TITLE && !inside)));
		/* It's, not It'S. */
		inside = in_word(c) || (inside && c == '\'');
	}
	return to;
}

/* Words are letters and digits; a capital behind a small letter begins one. */
static char *put_words(const char *s, size_t n, enum letter_case how, char *to)
{
	bool gap = false, small = false, any = false;

	for (size_t i = 0, length; i < n; i += length) {
		uint32_t c = next(s + i, n - i, &length);
		bool capital = utf8_case(c, false) != c, begins;

		if (!in_word(c)) {
			gap = true;
			continue;
		}
		begins = any && (gap || (small && capital));
		if (begins && how != CASE_CAMEL)
			*to++ = how == CASE_SNAKE ? '_' : '-';
		to += utf8_put(to, utf8_case(c, begins && how == CASE_CAMEL));
		small = !capital;
		gap = false;
		any = true;
	}
	return to;
}

/* The end of the first `most` characters. */
static char *cut(char *from, char *end, int64_t most)
{
	for (char *s = from; s < end; s++)
		if (((unsigned char)*s & 0xc0) != 0x80 && most-- == 0)
			return s;
	return end;
}

char *modify_put(const struct modifiers *m, const char *text, size_t n, uint64_t number, char *to)
{
	char *start = to;

	to = put_bytes(to, m->prefix, m->prefix_n);
	if (m->letter_case == CASE_NONE)
		to = put_bytes(to, text, n);
	else if (m->letter_case <= CASE_TITLE)
		to = put_letters(text, n, (enum letter_case)m->letter_case, to);
	else
		to = put_words(text, n, (enum letter_case)m->letter_case, to);
	if (m->on_exhausted == EXHAUSTED_SUFFIX && m->pool && number >= m->pool) {
		*to++ = '-';
		to = put_int(to, (int64_t)(number / m->pool) + 1);
	}
	to = put_bytes(to, m->suffix, m->suffix_n);
	return m->max_length ? cut(start, to, m->max_length) : to;
}
