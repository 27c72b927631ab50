/* From an event to the blocks of its outputs: encoders, places and keys, prepared once per (module, output, event type). */
#include <stdlib.h>

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

/* The text of one of the output's rows, for the events of one type; an empty one has no program. */
static int compile_row(struct slot *s, const struct outlet *o, unsigned type, const char *row, struct program **to, struct err *e)
{
	const struct param *p = row ? param_find(o->pub.class->params, row) : NULL;
	const char *text = p ? *(char **)(void *)((char *)o->opts + p->offset) : "";
	const struct program_site site = { .schema = s->types[type], .module = s->pub.name, .output = o->pub.name, .setting = row,
					   .seed = s->pub.seed, .start_ns = s->pub.start_ns };

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

	c->place = PLACE_PER_EVENT;
	if (compile_row(s, o, type, o->pub.class->place_row, &c->place_program, e) < 0 ||
	    compile_row(s, o, type, o->pub.class->key_row, &c->key_program, e) < 0)
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
		for (unsigned t = 0; t < s->type_n; t++) {
			struct cargo *c = &route->cargo[t];

			c->copy_of = (uint16_t)r;
			for (unsigned q = 0; q < r && c->copy_of == r; q++)
				if (encoder_serves(rs->at[q].cargo[t].encoder, s->types[t], route->to->pub.form))
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
		if (!o->common.on)
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
