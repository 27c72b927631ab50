/* Filters, order and search over the entities of a class, a piece at a time. */
#include "entity/look.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "entity/condition.h"

enum { CLOCK_EVERY = 256 };     /* rows between two looks at the clock */

struct look *look_new(struct store *s, const struct world *w)
{
	struct look *l = calloc(1, sizeof *l);

	if (!l)
		return NULL;
	l->store = s;
	l->world = w;
	l->sort = -1;
	return l;
}

void look_free(struct look *l)
{
	if (!l)
		return;
	if (l->store->eye == &l->eye)
		l->store->eye = NULL;
	eye_free(&l->eye);
	condition_free(l->condition);
	free(l->heap);
	free(l->best);
	free(l);
}

/* ---- what is looked for ---- */

static bool is_name(const struct look *l, const char *word)
{
	static const char *const words[] = { "true", "false", "null", "now", "available", "not" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	for (unsigned i = 0; i < l->world->param_n; i++)
		if (strcmp(word, l->world->params[i].name) == 0)
			return true;
	return class_field(l->class, word) >= 0;
}

/* Behind = a bare word that names nothing is a text: status = active. Returns what is left. */
static const char *put_bare_text(const struct look *l, const char *s, struct buf *to)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	const char *start = s + strspn(s, " "), *end = start + strcspn(start, " &|()=<>!'\".,+*/");
	char word[80];

	snprintf(word, sizeof word, "%.*s", (int)(end - start), start);
	if (!*word || !strchr(letters, *word) || strchr("(.", end[strspn(end, " ")] ? end[strspn(end, " ")] : ' ') || is_name(l, word))
		return s;
	buf_printf(to, "'%s'", word);
	return end;
}

/* As people type it: `=`, `&` and `|` mean ==, and, or; not within quotes. */
static void as_condition(const struct look *l, const char *text, struct buf *to)
{
	char quote = 0;

	for (const char *s = text; *s;) {
		char c = *s++;

		if (quote ? c == quote : c == '\'' || c == '"')
			quote = quote ? 0 : c;
		if (quote || !strchr("=&|", c)) {
			buf_char(to, c);
		} else if (c == '=') {
			buf_text(to, *s == '=' || (s - text > 1 && strchr("=!<>", s[-2])) ? "=" : "==");
			if (*s != '=')
				s = put_bare_text(l, s, to);
		} else {
			buf_text(to, c == '&' ? " and " : " or ");
			s += *s == c;
		}
	}
}

/* A condition, or words. What has an operator must be a condition; a word may be one, too, like a field that is true or false. */
static void take_filter(struct look *l, const char *text)
{
	struct condition *c = NULL;
	struct buf b;
	struct err e;

	text += strspn(text, " ");
	buf_init(&b, 4 * ENTITY_FILTER);
	as_condition(l, text, &b);
	l->wrong[0] = '\0';
	if (*text && *text != '!' && *text != '~')
		c = condition_new(b.data, l->class, l->world, &e);
	if (*text && !c && strpbrk(text, "=<>&|("))
		snprintf(l->wrong, sizeof l->wrong, "%.230s", e.text);
	else if (!c && class_field(l->class, text) >= 0)
		snprintf(l->wrong, sizeof l->wrong, "%.100s needs a comparison, like %.100s > 3 or = 'x'", text, text);
	condition_free(l->condition);
	l->condition = c;
	l->inverted = *text == '!';
	text += l->inverted;
	text += strspn(text, " ");
	l->fuzzy = *text == '~';
	snprintf(l->words, sizeof l->words, "%s", c || *l->wrong ? "" : text + l->fuzzy);
	buf_free(&b);
}

static void begin_round(struct look *l)
{
	l->at = l->heap_n = 0;
	l->matches = 0;
}

static void begin(struct look *l)
{
	begin_round(l);
	l->best_n = 0;
	l->total = 0;
	l->whole = false;
}

static const struct class *class_named(const struct look *l, const char *name)
{
	for (unsigned i = 0; i < l->store->class_n; i++)
		if (!*name || strcmp(l->store->classes[i].def->name, name) == 0)
			return &l->store->classes[i];
	return NULL;
}

/* Room for the rows up to the end of the page, and more for going on. */
static bool make_room(struct look *l, uint64_t need)
{
	uint32_t most = l->most ? l->most : 256;
	struct look_row *heap, *best;

	while (most < need && most < LOOK_MOST)
		most *= 2;
	most = most < LOOK_MOST ? most : LOOK_MOST;
	if (most == l->most)
		return true;
	heap = realloc(l->heap, most * sizeof *heap);
	if (heap)
		l->heap = heap;
	best = realloc(l->best, most * sizeof *best);
	if (best)
		l->best = best;
	if (!heap || !best)
		return false;
	l->most = most;
	begin_round(l);         /* what was put in order stays until there is more */
	return true;
}

static void take_over(struct look *l, const struct view_entity_ask *ask)
{
	const struct class *c = class_named(l, ask->class);
	bool other = c != l->class, filter = other || strcmp(ask->filter, l->ask.filter) != 0;
	int sort;

	if (!c)
		return;
	if (other) {
		condition_free(l->condition);
		l->condition = NULL;
		l->words[0] = '\0';
	}
	l->class = c;
	if (filter)
		take_filter(l, ask->filter);
	sort = *ask->sort ? class_field(c, ask->sort) : -1;
	if (other || filter || sort != l->sort || ask->reverse != l->ask.reverse)
		begin(l);
	l->sort = sort;
	l->ask = *ask;
}

bool look_is_ordered(const struct look *l)
{
	return l->class && (l->condition || *l->words || l->sort >= 0 || l->ask.reverse);
}

/* ---- rows ---- */

static bool contains(const char *text, size_t n, const char *words)
{
	size_t m = strlen(words);

	for (size_t i = 0; i + m <= n; i++)
		if (strncasecmp(text + i, words, m) == 0)
			return true;
	return false;
}

static bool has_letters(const char *text, size_t n, const char *letters)
{
	for (size_t i = 0; i < n && *letters; i++)
		letters += tolower((unsigned char)text[i]) == tolower((unsigned char)*letters);
	return !*letters;
}

static bool has_words(const struct look *l, const struct entity *en, struct buf *b)
{
	for (unsigned f = 0; f < l->class->field_n; f++) {
		enum type t = l->class->fields[f].type;
		struct held h;

		entity_load(l->class, en, f, &h);
		if (h.null)
			continue;
		if (expr_is_text(t)) {
			if (l->fuzzy ? has_letters(h.v.t.at, h.v.t.n, l->words) : contains(h.v.t.at, h.v.t.n, l->words))
				return true;
			continue;
		}
		buf_clear(b);
		entity_text(l->class, en, f, b);
		if (contains(b->data, b->n, l->words))
			return true;
	}
	return false;
}

static bool passes(const struct look *l, const struct entity *en, int64_t now_ns, struct buf *b)
{
	const struct sight sight = { .class = l->class, .self = en };

	if (l->condition)
		return condition_holds(l->condition, &sight, now_ns);
	return !*l->words || has_words(l, en, b) != l->inverted;
}

static struct look_row row_of(const struct look *l, uint32_t id)
{
	const struct entity *en = entity_at(l->class, id);
	struct look_row row = { .id = id, .generation = en->generation };
	struct held h;
	enum type t;

	if (l->sort < 0)
		return row;
	t = l->class->fields[l->sort].type;
	entity_load(l->class, en, (unsigned)l->sort, &h);
	row.null = h.null;
	if (expr_is_text(t))
		memcpy(row.by.text, h.v.t.at, h.v.t.n < sizeof row.by.text ? h.v.t.n : sizeof row.by.text);
	else if (t == TYPE_REAL)
		row.by.r = h.v.r;
	else
		row.by.i = t == TYPE_BOOL ? h.v.b : h.v.i;
	return row;
}

/* Does a stand before b? Numbers: the largest first, as one wants them; no value is last. */
static bool before(const struct look *l, const struct look_row *a, const struct look_row *b)
{
	enum type t = l->sort < 0 ? TYPE_NULL : l->class->fields[l->sort].type;
	int order = 0;

	if (a->null != b->null)
		return b->null;
	if (expr_is_text(t))
		order = memcmp(a->by.text, b->by.text, sizeof a->by.text);
	else if (t == TYPE_REAL)
		order = (b->by.r > a->by.r) - (b->by.r < a->by.r);
	else if (t != TYPE_NULL)
		order = (b->by.i > a->by.i) - (b->by.i < a->by.i);
	if (order == 0)
		order = (a->id > b->id) - (a->id < b->id);
	return l->ask.reverse ? order > 0 : order < 0;
}

static void sink(const struct look *l, struct look_row *heap, uint32_t n, uint32_t i)
{
	struct look_row row = heap[i];

	for (uint32_t k; (k = 2 * i + 1) < n; i = k) {
		if (k + 1 < n && before(l, &heap[k], &heap[k + 1]))
			k++;
		if (!before(l, &row, &heap[k]))
			break;
		heap[i] = heap[k];
	}
	heap[i] = row;
}

static void offer(struct look *l, const struct look_row *row)
{
	uint32_t i;

	l->matches++;
	if (l->heap_n == l->most) {
		if (!before(l, row, &l->heap[0]))
			return;
		l->heap[0] = *row;
		sink(l, l->heap, l->heap_n, 0);
		return;
	}
	for (i = l->heap_n++; i && before(l, &l->heap[(i - 1) / 2], row); i = (i - 1) / 2)
		l->heap[i] = l->heap[(i - 1) / 2];
	l->heap[i] = *row;
}

/* What was kept so far, in order. */
static void publish(struct look *l)
{
	memcpy(l->best, l->heap, l->heap_n * sizeof *l->best);
	l->best_n = l->heap_n;
	for (uint32_t n = l->best_n; n > 1; n--) {
		struct look_row last = l->best[n - 1];

		l->best[n - 1] = l->best[0];
		l->best[0] = last;
		sink(l, l->best, n - 1, 0);
	}
}

/* Goes over a piece of the class; true: it has come round. */
static bool go_over(struct look *l, int64_t now_ns)
{
	int64_t began = clock_wall_ns();
	struct buf b;

	buf_init(&b, 16384);
	for (unsigned n = 0; n < LOOK_ROWS && l->at < l->class->ids; n++) {
		const struct entity *en = entity_at(l->class, l->at);

		if (en->holder != HELD_DEAD && passes(l, en, now_ns, &b)) {
			struct look_row row = row_of(l, l->at);

			offer(l, &row);
		}
		l->at++;
		if (n % CLOCK_EVERY == CLOCK_EVERY - 1 && clock_wall_ns() - began > LOOK_NS)
			break;
	}
	buf_free(&b);
	return l->at >= l->class->ids;
}

static void order(struct look *l, int64_t now_ns)
{
	/* While the eye rests on a row the others stay, too. */
	if (l->whole && l->ask.still)
		return;
	if (go_over(l, now_ns)) {
		publish(l);
		l->total = l->matches;
		l->whole = true;
		begin_round(l);
	} else if (!l->whole) {
		publish(l);
		l->total = l->matches;
	}
}

uint64_t look_total(const struct look *l)
{
	return look_is_ordered(l) ? l->total : l->class->live;
}

uint32_t look_at(const struct look *l, uint64_t place)
{
	if (!look_is_ordered(l))
		return class_at(l->class, place);
	return place < l->best_n && entity_is(l->class, l->best[place].id, l->best[place].generation) ? l->best[place].id : NOBODY;
}

uint64_t look_place(const struct look *l, uint32_t id)
{
	if (id == NOBODY)
		return UINT64_MAX;
	if (!look_is_ordered(l))
		return class_place(l->class, id);
	for (uint32_t i = 0; i < l->best_n; i++)
		if (l->best[i].id == id && entity_is(l->class, id, l->best[i].generation))
			return i;
	return UINT64_MAX;
}

double look_share(const struct look *l)
{
	return !look_is_ordered(l) || l->whole || !l->class->ids ? 1 : (double)l->at / l->class->ids;
}

/* ---- search ---- */

static void begin_search(struct look *l)
{
	uint64_t n = look_is_ordered(l) ? l->best_n : l->class->ids, from = l->ask.from;

	if (!look_is_ordered(l)) {
		from = class_at(l->class, l->ask.from);
		from = from == NOBODY ? 0 : from;
	}
	l->find.asked = l->ask.asked;
	l->find.found = false;
	l->find.going = n > 0 && *l->ask.find;
	l->find.left = (uint32_t)n;
	l->find.id = (uint32_t)(n ? (l->ask.back ? from + n - 1 : from + 1) % n : 0);
}

/* Over numbers, or over the places of those that are in order. */
static void search(struct look *l)
{
	bool ordered = look_is_ordered(l);
	uint32_t n = ordered ? l->best_n : l->class->ids;
	int64_t began = clock_wall_ns();
	struct buf b;

	if (l->find.asked != l->ask.asked)
		begin_search(l);
	buf_init(&b, 16384);
	for (unsigned looked = 0; l->find.going && looked < LOOK_ROWS; looked++) {
		uint32_t at = l->find.id, id = at < n ? ordered ? look_at(l, at) : at : NOBODY;

		if (!l->find.left-- || !n) {
			l->find.going = false;
			break;
		}
		l->find.id = l->ask.back ? (at ? at - 1 : n - 1) : at + 1 < n ? at + 1 : 0;
		if (id == NOBODY || entity_at(l->class, id)->holder == HELD_DEAD)
			continue;
		buf_clear(&b);
		entity_text(l->class, entity_at(l->class, id), FIELD_KEY, &b);
		if (contains(b.data, b.n, l->ask.find)) {
			l->find.found = true;
			l->find.going = false;
			l->find.at = id;
		}
		if (looked % CLOCK_EVERY == CLOCK_EVERY - 1 && clock_wall_ns() - began > LOOK_NS)
			break;
	}
	buf_free(&b);
}

void look_go_on(struct look *l, const struct view_entity_ask *ask, int64_t now_ns)
{
	take_over(l, ask);
	if (!l->class)
		return;
	if (look_is_ordered(l) && make_room(l, ask->offset + ask->rows + 1))
		order(l, now_ns);
	search(l);
}
