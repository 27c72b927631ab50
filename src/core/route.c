/* From an event to the blocks of its outputs: encoders, places and keys, prepared once per (module, output, event type). */
#include <stdio.h>
#include <stdlib.h>

#include "base/suggest.h"
#include "base/words.h"
#include "core/inside.h"

enum { PLACE_TEXT_MOST = 4096 };

void routes_free(const struct slot *s, struct routes *rs)
{
	for (unsigned r = 0; r < rs->n; r++) {
		for (unsigned t = 0; rs->at[r].cargo && t < s->type_n; t++) {
			const struct cargo *c = &rs->at[r].cargo[t];

			encoder_free(c->encoder);
			if (c->place_program)
				c->place_program->free(c->place_program);
			if (c->key_program)
				c->key_program->free(c->key_program);
			free(c->place_text);
		}
		free(rs->at[r].cargo);
	}
	free(rs->at);
	*rs = (struct routes){ 0 };
}

/* A CSV file has one header. */
static int check_header(const struct slot *s, const struct outlet *o, const struct cargo *c, unsigned type, struct err *e)
{
	struct buf mine;
	bool same;

	if (o->pub.form.encoding != ENCODE_CSV)
		return 0;
	buf_init(&mine, 65536);
	encoder_header(c->encoder, &mine);
	same = strcmp(o->headers[c->place], mine.data) == 0;
	buf_free(&mine);
	if (same)
		return 0;
	return err_set(e, ERR_INPUT, "output '%s': events of '%s' (module '%s') have other columns than what "
		       "already goes to the same CSV; use ${event.type} in its path, or one output for each",
		       o->pub.name, s->types[type]->name, s->pub.name);
}

/* ---- what the output's rows say ---- */

static const char *row_text(const struct outlet *o, const char *row)
{
	const struct param *p = row ? param_find(o->pub.class->params, row) : NULL;

	return p ? *(char **)(void *)((char *)o->opts + p->offset) : "";
}

static bool is_key(const struct word_pair *p, const char *name)
{
	return strlen(name) == p->key_n && memcmp(p->key, name, p->key_n) == 0;
}

static bool wanted(const struct outlet *o, const char *type)
{
	const char *at = o->common.only;
	char name[200];

	if (!*at)
		return true;
	while (words_next(&at, name, sizeof name))
		if (strcmp(name, type) == 0)
			return true;
	return false;
}

int route_check_rows(const struct outlet *o, struct err *e)
{
	const struct output_class *class = o->pub.class;
	const char *one = class->place_row, *many = class->places_row;

	if (!many || !*row_text(o, many) || strcmp(row_text(o, one), param_find(class->params, one)->text) == 0)
		return 0;
	return err_set(e, ERR_INPUT, "%s: %s is given, too, and they exclude each other", many, one);
}

/* By the names in its row, so that it also holds for what is not routed yet. */
static bool goes_to(const struct slot *s, const struct outlet *o)
{
	const char *at = s->common.outputs;
	char name[80];

	if (!*at)
		return true;
	while (words_next(&at, name, sizeof name))
		if (strcmp(name, o->pub.name) == 0)
			return true;
	return false;
}

static int check_type(const struct outlet *o, const char *row, const char *name, bool anywhere, struct err *e)
{
	struct suggest g;
	char hint[80];

	suggest_init(&g, name);
	for (unsigned i = 0; i < o->en->slot_n; i++) {
		const struct slot *s = o->en->slots[i];

		for (unsigned t = 0; s->presence.present && (anywhere || goes_to(s, o)) && t < s->type_n; t++) {
			if (strcmp(s->types[t]->name, name) == 0)
				return 0;
			suggest_try(&g, s->types[t]->name);
		}
	}
	return err_set(e, ERR_INPUT, "%s: no module %smakes an event '%.60s'%s", row, anywhere ? "" : "that goes there ", name,
		       suggest_text(&g, hint, sizeof hint));
}

int route_check_types(const struct outlet *o, struct err *e)
{
	const char *only = o->common.only, *places = row_text(o, o->pub.class->places_row);
	bool anywhere = true;
	struct word_pair p;
	char name[200];

	for (unsigned i = 0; i < o->en->slot_n; i++)
		anywhere &= !(o->en->slots[i]->presence.present && goes_to(o->en->slots[i], o));
	while (words_next(&only, name, sizeof name))
		if (check_type(o, "only", name, anywhere, e) < 0)
			return -1;
	while (words_next_pair(&places, &p)) {
		snprintf(name, sizeof name, "%.*s", (int)(p.key_n < sizeof name ? p.key_n : sizeof name - 1), p.key);
		if (!is_key(&p, "default") && check_type(o, o->pub.class->places_row, name, anywhere, e) < 0)
			return -1;
	}
	return 0;
}

/* Where the events of a type go, and the row that says so: of its own, by default, or where all go. */
static int find_place(const struct outlet *o, const char *type, const char **row, char **text, struct err *e)
{
	const struct output_class *class = o->pub.class;
	const char *at = row_text(o, class->places_row);
	struct word_pair p, found = { .value = row_text(o, class->place_row) };
	bool any = !*at;

	*row = *at ? class->places_row : class->place_row;
	found.value_n = strlen(found.value);
	while (words_next_pair(&at, &p))
		if (is_key(&p, type) || (!any && is_key(&p, "default"))) {
			found = p;
			any = true;
			if (is_key(&p, type))
				break;
		}
	if (!any)
		return err_set(e, ERR_INPUT, "output '%s', %s: event '%s' has no %s; add it to %s, give a default, or leave it out with only",
			       o->pub.name, *row, type, class->place_row, *row);
	*text = strndup(found.value, found.value_n);
	return *text ? 0 : err_memory(e);
}

void output_places(const struct output *pub, struct buf *to)
{
	const struct outlet *o = container_of(pub, struct outlet, pub);
	const char *many = row_text(o, pub->class->places_row), *at = many, *back;
	struct word_pair p, before;

	if (!*many)
		buf_text(to, row_text(o, pub->class->place_row));
	while (words_next_pair(&at, &p)) {
		for (back = many; words_next_pair(&back, &before) && before.key != p.key;)
			if (before.value_n == p.value_n && memcmp(before.value, p.value, p.value_n) == 0)
				break;
		if (before.key == p.key)
			buf_printf(to, "%s%.*s", p.key == many ? "" : ", ", (int)p.value_n, p.value);
	}
}

bool output_place_is_fixed(const struct output *pub, const char *place)
{
	const struct outlet *o = container_of(pub, struct outlet, pub);
	const char *at = row_text(o, pub->class->places_row);
	struct word_pair p;

	if (strchr(place, '$'))
		return false;
	if (!*at)
		return strcmp(row_text(o, pub->class->place_row), place) == 0;
	while (words_next_pair(&at, &p))
		if (p.value_n == strlen(place) && memcmp(p.value, place, p.value_n) == 0)
			return true;
	return false;
}

/* ---- routes ---- */

/* The text of a row, for the events of one type; an empty one has no program. */
static int compile_row(struct slot *s, const struct outlet *o, unsigned type, const char *row, const char *text, struct program **to, struct err *e)
{
	const struct program_site site = { .schema = s->types[type], .module = s->pub.name, .output = o->pub.name, .setting = row,
					   .seed = s->pub.seed, .start_ns = s->pub.start_ns, .world = s->pub.world };

	if (!*text)
		return 0;
	*to = s->en->cat->compile(text, &site, e);
	return *to ? 0 : err_wrap(e, "output '%s', %s '%.80s'", o->pub.name, row, text);
}

static int prepare_place(struct slot *s, struct route *r, unsigned type, struct err *e)
{
	struct outlet *o = r->to;
	struct cargo *c = &r->cargo[type];
	const struct event none = { .schema = s->types[type], .arena = &s->arena };
	struct text place = { "", 0 };

	const char *key = o->pub.class->key_row, *row;

	c->place = PLACE_PER_EVENT;
	if (find_place(o, s->types[type]->name, &row, &c->place_text, e) < 0 ||
	    compile_row(s, o, type, row, c->place_text, &c->place_program, e) < 0 ||
	    compile_row(s, o, type, key, row_text(o, key), &c->key_program, e) < 0)
		return -1;
	if (c->place_program && c->place_program->per_event)
		return 0;
	if (c->place_program && !c->place_program->make(c->place_program, &none, &place))
		return err_memory(e);
	c->place = outlet_place(o, place.at, place.n, c->encoder);
	return c->place == UINT32_MAX - 1 ? err_memory(e) : check_header(s, o, c, type, e);
}

int routes_prepare(struct slot *s, struct routes *rs, struct err *e)
{
	for (unsigned r = 0; r < rs->n; r++) {
		struct route *route = &rs->at[r];

		route->cargo = calloc(s->type_n ? s->type_n : 1, sizeof *route->cargo);
		if (!route->cargo)
			return err_memory(e);
		route->idle = s->type_n > 0;
		for (unsigned t = 0; t < s->type_n; t++) {
			struct cargo *c = &route->cargo[t];

			c->left_out = !wanted(route->to, s->types[t]->name);
			if (c->left_out)
				continue;
			route->idle = false;
			c->copy_of = (uint16_t)r;
			for (unsigned q = 0; q < r && c->copy_of == r; q++)
				if (!rs->at[q].cargo[t].left_out && encoder_serves(rs->at[q].cargo[t].encoder, s->types[t], route->to->pub.form))
					c->copy_of = (uint16_t)q;
			c->encoder = encoder_new(s->types[t], route->to->pub.form, s->pub.name, e);
			if (!c->encoder || prepare_place(s, route, t, e) < 0)
				return -1;
		}
	}
	return 0;
}

/* The key's bytes, right before the payload. */
static uint32_t put_key(const struct cargo *c, const struct event *ev, struct buf *bytes)
{
	struct text key = ev->key;

	if (c->key_program && !c->key_program->make(c->key_program, ev, &key))
		bytes->spoilt = true;
	else if (key.n)
		buf_add(bytes, key.at, key.n);
	return key.n;
}

static int put_record(struct slot *s, struct route *r, const struct event *ev, unsigned type, struct block *k, struct err *e)
{
	struct outlet *o = r->to;
	struct cargo *c = &r->cargo[type];
	struct record *rec;
	size_t before = k->bytes.n, at = before;
	uint32_t place = c->place;

	if (k->n == k->room) {
		uint32_t room = k->room ? k->room * 2 : 1024;
		struct record *records = realloc(k->records, room * sizeof *records);

		if (!records)
			return err_memory(e);
		k->records = records;
		k->room = room;
	}
	if (UNLIKELY(place == PLACE_PER_EVENT)) {
		struct text t;

		if (!c->place_program->make(c->place_program, ev, &t))
			return err_memory(e);
		if (t.n > PLACE_TEXT_MOST)
			return err_set(e, ERR_INPUT, "output '%s': %s is longer than %d bytes", o->pub.name,
				       o->pub.class->place_row, PLACE_TEXT_MOST);
		place = outlet_place(o, t.at, t.n, c->encoder);
		if (place == UINT32_MAX - 1)
			return err_memory(e);
	}
	rec = &k->records[k->n];
	*rec = (struct record){ .place = place, .time_ns = ev->time_ns };
	if (o->pub.class->keyed) {
		rec->key_n = put_key(c, ev, &k->bytes);
		at = k->bytes.n;
	}
	if (c->copy_of < r - s->routes.at && s->routes.at[c->copy_of].made) {
		buf_add(&k->bytes, s->routes.at[c->copy_of].made, s->routes.at[c->copy_of].made_n);
	} else {
		encoder_put(c->encoder, ev, &k->bytes);
	}
	if (!buf_ok(&k->bytes)) {
		k->bytes.n = before;
		k->bytes.spoilt = false;
		return err_set(e, ERR_MEMORY, "output '%s': no memory for an event, or an event of over %zu bytes", o->pub.name,
			       k->bytes.ceiling);
	}
	rec->at = (uint32_t)at;
	rec->n = (uint32_t)(k->bytes.n - at);
	r->made = k->bytes.data + at;
	r->made_n = rec->n;
	k->n++;
	o->bytes += rec->n;
	s->bytes += rec->n;
	s->en->bytes_made += rec->n;
	return 0;
}

int route_event(struct slot *s, struct event *ev, unsigned type, struct err *e)
{
	for (unsigned i = 0; i < s->routes.n; i++) {
		struct route *r = &s->routes.at[i];
		struct outlet *o = r->to;
		struct block *k;

		r->made = NULL;
		if (!o->common.on || r->cargo[type].left_out)
			continue;
		o->offered++;
		if (UNLIKELY(o->state == OUTLET_FAILED)) {
			o->failed++;
			continue;
		}
		k = o->state == OUTLET_GONE ? NULL : outlet_block(o);
		if (!k) {               /* gone, or full with when_full: drop (a module never gets here otherwise) */
			o->dropped++;
			continue;
		}
		if (put_record(s, r, ev, type, k, e) < 0) {
			o->offered--;
			return -1;
		}
		o->tokens -= 1;
	}
	return 0;
}
