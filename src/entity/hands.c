/* Edit, release, retire, clone; and what takes them back. */
#include "entity/hands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "entity/literal.h"
#include "entity/plan.h"

enum { LINE_MOST = 1 << 16, WORD_MOST = STATE_MOST + 8, SUGGEST_MOST = 2000 };

/* What a line is about. */
struct hand {
	struct store *store;
	struct class *class;
	struct word words[WORD_MOST];
	unsigned n;
	uint32_t id;
	int64_t now_ns;
	struct buf *back;
};

/* ---- finding ---- */

uint32_t hands_find(const struct class *c, const char *key)
{
	struct setting s;

	if (!c->slot_n || literal_read(&c->fields[FIELD_KEY], key, true, &s, NULL) < 0)
		return NOBODY;
	return class_find(c, s.v);
}

static int unknown_key(const struct class *c, const char *key, struct err *e)
{
	struct suggest g;
	struct buf b;
	char hint[100];

	suggest_init(&g, key);
	buf_init(&b, 8192);
	for (uint32_t id = 0; id < c->ids && id < SUGGEST_MOST; id++) {
		if (entity_at(c, id)->holder == HELD_DEAD)
			continue;
		buf_clear(&b);
		entity_text(c, entity_at(c, id), FIELD_KEY, &b);
		suggest_try(&g, b.data);
	}
	err_set(e, ERR_INPUT, "there is no %s '%.80s'%s", c->def->name, key, suggest_text(&g, hint, sizeof hint));
	buf_free(&b);
	return -1;
}

static int unknown_field(const struct class *c, const char *name, struct err *e)
{
	if (strcmp(c->fields[FIELD_KEY].name, name) == 0)
		return err_set(e, ERR_INPUT, "%s.%s is the key, which stays; clone makes another one", c->def->name, name);
	return class_no_field(c, name, e);
}

/* ---- what takes back ---- */

static void say_about(const struct hand *h, const char *verb, uint32_t id)
{
	struct buf key;

	buf_init(&key, 2 * TEXT_KEPT);
	entity_text(h->class, entity_at(h->class, id), FIELD_KEY, &key);
	buf_printf(h->back, "%s %s ", verb, h->class->def->name);
	literal_word(key.data, key.n, h->back);
	buf_free(&key);
}

static void say_field(const struct hand *h, unsigned field)
{
	buf_printf(h->back, " %s=", h->class->fields[field].name);
	literal_write(h->class, entity_at(h->class, h->id), field, h->back);
}

/* ---- verbs ---- */

/* The fields that words from `first` on set. */
static int read_settings(const struct hand *h, unsigned first, struct setting *s, unsigned *n, struct err *e)
{
	const struct class *c = h->class;

	for (unsigned i = first; i < h->n; i++) {
		const struct word *w = &h->words[i];
		int field = class_field(c, w->text);

		if (!w->value)
			return err_set(e, ERR_INPUT, "'%.60s' is not like FIELD=VALUE", w->text);
		if (field <= 0)
			return unknown_field(c, w->text, e);
		for (unsigned k = 0; k < *n; k++)
			if (s[k].field == (unsigned)field)
				return err_set(e, ERR_INPUT, "'%.60s' is there twice", w->text);
		s[*n].field = (unsigned)field;
		if (literal_read(&c->fields[field], w->value, w->quoted, &s[*n], e) < 0)
			return -1;
		++*n;
	}
	return 0;
}

static int edit(struct hand *h, struct err *e)
{
	const struct cause why = { .at_ns = h->now_ns, .flow = CAUSE_HAND };
	struct setting s[WORD_MOST];
	unsigned n = 0;

	if (read_settings(h, 3, s, &n, e) < 0)
		return -1;
	if (!n)
		return err_set(e, ERR_INPUT, "edit what? %s has fields like %s: edit %s %.60s %s=VALUE", h->class->def->name,
			       h->class->field_n > 1 ? h->class->fields[1].name : "none", h->words[1].text, h->words[2].text,
			       h->class->field_n > 1 ? h->class->fields[1].name : "FIELD");
	say_about(h, "edit", h->id);
	for (unsigned i = 0; i < n; i++)
		say_field(h, s[i].field);
	return class_change(h->class, h->id, s, n, &why, e);
}

static const struct flow_run *holder_of(const struct store *s, const struct entity *en)
{
	return en->holder && en->holder <= s->holders ? s->runs[en->holder - 1] : NULL;
}

static int release(struct hand *h, struct err *e)
{
	const struct flow_run *run = holder_of(h->store, entity_at(h->class, h->id));

	if (entity_at(h->class, h->id)->holder == HELD_BY_NONE)
		return err_set(e, ERR_INPUT, "nobody holds %s '%.80s'", h->class->def->name, h->words[2].text);
	say_about(h, "hold", h->id);
	buf_printf(h->back, " %s", run ? run->session : "-");
	class_release(h->class, h->id);
	return 0;
}

/* The run goes on holding what was taken from it, if both are still there and nobody else has it. */
static int hold(struct hand *h, struct err *e)
{
	if (h->n != 4)
		return err_set(e, ERR_INPUT, "hold CLASS KEY SESSION");
	if (entity_at(h->class, h->id)->holder != HELD_BY_NONE)
		return err_set(e, ERR_INPUT, "%s '%.80s' is held by another flow now", h->class->def->name, h->words[2].text);
	for (uint32_t i = 0; i < h->store->holders; i++) {
		const struct flow_run *run = h->store->runs[i];

		if (!run || !run->active || strcmp(run->session, h->words[3].text) != 0)
			continue;
		for (unsigned v = 0; v < run->plan->variable_n; v++)
			if (run->held >> v & 1 && run->plan->variables[v].class == h->class && run->variables[v].id == h->id &&
			    entity_is(h->class, h->id, run->variables[v].generation)) {
				say_about(h, "release", h->id);
				class_hold(h->class, h->id, run->number + 1);
				return 0;
			}
	}
	return err_set(e, ERR_INPUT, "the flow that held %s '%.80s' has ended", h->class->def->name, h->words[2].text);
}

static int retire(struct hand *h, struct err *e)
{
	char when[NUM_TEXT];

	(void)e;
	num_put_instant(when, entity_at(h->class, h->id)->created_ns, 9);
	say_about(h, "make", h->id);
	buf_printf(h->back, " %s", when);
	for (unsigned f = 1; f < h->class->field_n; f++)
		say_field(h, f);
	class_retire(h->class, h->id);
	return 0;
}

static int make(struct hand *h, struct err *e)
{
	struct setting s[WORD_MOST] = { { .field = FIELD_KEY } };
	unsigned n = 1;
	int64_t created_ns;
	uint32_t id;

	if (h->n < 4 || num_instant(h->words[3].text, &created_ns, e) < 0)
		return h->n < 4 ? err_set(e, ERR_INPUT, "make CLASS KEY CREATED FIELD=VALUE...") : -1;
	if (literal_read(&h->class->fields[FIELD_KEY], h->words[2].text, true, &s[0], e) < 0 || read_settings(h, 4, s, &n, e) < 0)
		return -1;
	id = class_create(h->class, s, n, HELD_BY_NONE, h->now_ns, e);
	if (id == NOBODY)
		return -1;
	entity_at(h->class, id)->created_ns = created_ns;
	say_about(h, "retire", id);
	return 0;
}

/* KEY-2, KEY-3 ...; of numbers the next, the one after it, the fourth, the eighth ...: the first that is free. */
static int make_key(const struct hand *h, struct buf *text, struct setting *to, struct err *e)
{
	const struct state_field *f = &h->class->fields[FIELD_KEY];
	struct held was;

	entity_load(h->class, entity_at(h->class, h->id), FIELD_KEY, &was);
	for (unsigned i = 0; i < 60; i++) {
		buf_clear(text);
		if (expr_is_text(f->type)) {
			buf_printf(text, "%.*s-%u", (int)(was.v.t.n < TEXT_KEPT - 8 ? was.v.t.n : TEXT_KEPT - 8), was.v.t.at, i + 2);
			to->v.t = (struct text){ text->data, (uint32_t)text->n };
		} else {
			to->v.i = (int64_t)((uint64_t)was.v.i + (UINT64_C(1) << i));
		}
		if (class_find(h->class, to->v) == NOBODY)
			return 0;
	}
	return err_set(e, ERR_INPUT, "the first keys behind '%.60s' are taken; name one", h->words[2].text);
}

static int clone(struct hand *h, struct err *e)
{
	struct setting s[STATE_MOST + 1] = { { .field = FIELD_KEY } };
	struct class *c = h->class;
	struct buf key;
	uint32_t id = NOBODY;
	int result;

	buf_init(&key, 2 * TEXT_KEPT);
	result = h->n > 4 ? err_set(e, ERR_INPUT, "clone CLASS KEY [NEW]: a new key is one word, in quotes if it has blanks") :
		 h->n == 4 ? literal_read(&c->fields[FIELD_KEY], h->words[3].text, true, &s[0], e) : make_key(h, &key, &s[0], e);
	for (unsigned f = 1; f < c->field_n; f++) {
		struct held v;

		entity_load(c, entity_at(c, h->id), f, &v);
		s[f] = (struct setting){ .field = f, .v = v.v, .null = v.null };
	}
	if (result == 0)
		id = class_create(c, s, c->field_n, HELD_BY_NONE, h->now_ns, e);
	if (id != NOBODY)
		say_about(h, "retire", id);
	buf_free(&key);
	return id == NOBODY ? -1 : 0;
}

/* ---- the line ---- */

struct verb {
	const char *name;
	int (*act)(struct hand *h, struct err *e);
	bool present;                   /* of an entity that is there */
};

static int act(struct hand *h, struct err *e)
{
	static const struct verb verbs[] = { { "edit", edit, true }, { "release", release, true }, { "retire", retire, true }, { "clone", clone, true },
					     { "make", make, false }, { "hold", hold, true } };
	const struct class_def *def;
	const struct verb *v = verbs;
	struct suggest g;
	char hint[80];

	suggest_init(&g, h->n ? h->words[0].text : "");
	while (h->n && v < verbs + COUNT_OF(verbs) && strcmp(v->name, h->words[0].text) != 0)
		suggest_try(&g, v++->name);
	if (!h->n || v == verbs + COUNT_OF(verbs))
		return err_set(e, ERR_INPUT, "entity edit, release, retire or clone, not '%.40s'%s", h->n ? h->words[0].text : "",
			       suggest_text(&g, hint, sizeof hint));
	if (h->n < 3)
		return err_set(e, ERR_INPUT, "%s which one? %s CLASS KEY", v->name, v->name);
	def = model_class(h->store->model, h->words[1].text, e);
	if (!def)
		return -1;
	h->class = store_class(h->store, def);
	h->store->now_ns = h->now_ns;
	h->id = hands_find(h->class, h->words[2].text);
	if (v->present && h->id == NOBODY)
		return unknown_key(h->class, h->words[2].text, e);
	return v->act(h, e);
}

int hands_act(struct store *s, const char *line, int64_t now_ns, struct buf *back, struct err *e)
{
	struct hand h = { .store = s, .now_ns = now_ns, .back = back };
	char *copy = strlen(line) < LINE_MOST ? strdup(line) : NULL;
	int n, result = -1;

	if (!copy)
		return strlen(line) < LINE_MOST ? err_memory(e) : err_set(e, ERR_INPUT, "a line has at most %d bytes", LINE_MOST - 1);
	n = words_cut(copy, h.words, WORD_MOST, e);
	h.n = n < 0 ? 0 : (unsigned)n;
	if (n >= 0)
		result = act(&h, e);
	if (result == 0)
		store_step_done(s);
	free(copy);
	return result;
}
