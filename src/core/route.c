/* From an event to the blocks of its outputs: encoders, places and keys, prepared once per (module, output, event type). */
#include <stdlib.h>

#include "core/inside.h"

enum { PLACE_TEXT_MOST = 4096 };

void routes_free(const struct slot *s, struct routes *rs)
{
	for (unsigned r = 0; r < rs->n; r++) {
		for (unsigned t = 0; rs->at[r].cargo && t < s->type_n; t++)
			encoder_free(rs->at[r].cargo[t].encoder);
		free(rs->at[r].cargo);
	}
	free(rs->at);
	*rs = (struct routes){ 0 };
}

/* An event that has a type and nothing else, for programs that need no more. */
static struct event type_only(const struct slot *s, unsigned type)
{
	return (struct event){ .schema = s->types[type] };
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

static int prepare_place(struct slot *s, struct route *r, unsigned type, struct err *e)
{
	struct outlet *o = r->to;
	struct cargo *c = &r->cargo[type];
	struct event ev = type_only(s, type);

	c->place = 0;
	if (!o->place_program) {
		c->place = outlet_place(o, "", 0, c->encoder);
	} else if (o->place_program->fits && o->place_program->fits(o->place_program, s->types[type], e) < 0) {
		return err_wrap(e, "output '%s', %s", o->pub.name, o->pub.class->place_row);
	} else if (o->place_program->needs == PROGRAM_EVENT) {
		c->place = PLACE_PER_EVENT;
	} else {
		buf_clear(&o->scratch);
		o->place_program->put(o->place_program, &ev, s->pub.name, &o->scratch);
		c->place = outlet_place(o, o->scratch.data, o->scratch.n, c->encoder);
	}
	if (c->place == UINT32_MAX - 1)
		return err_memory(e);
	if (c->place != PLACE_PER_EVENT && check_header(s, o, c, type, e) < 0)
		return -1;
	if (o->key_program && o->key_program->fits && o->key_program->fits(o->key_program, s->types[type], e) < 0)
		return err_wrap(e, "output '%s', %s", o->pub.name, o->pub.class->key_row);
	return 0;
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
static uint32_t put_key(struct outlet *o, const struct slot *s, const struct event *ev, struct buf *bytes)
{
	size_t before = bytes->n;

	if (o->key_program)
		o->key_program->put(o->key_program, ev, s->pub.name, bytes);
	else if (ev->key.n)
		buf_add(bytes, ev->key.at, ev->key.n);
	return (uint32_t)(bytes->n - before);
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
		buf_clear(&o->scratch);
		o->place_program->put(o->place_program, ev, s->pub.name, &o->scratch);
		if (!buf_ok(&o->scratch) || o->scratch.n > PLACE_TEXT_MOST)
			return err_set(e, ERR_INPUT, "output '%s': %s is longer than %d bytes", o->pub.name,
				       o->pub.class->place_row, PLACE_TEXT_MOST);
		place = outlet_place(o, o->scratch.data, o->scratch.n, c->encoder);
		if (place == UINT32_MAX - 1)
			return err_memory(e);
	}
	rec = &k->records[k->n];
	*rec = (struct record){ .place = place, .time_ns = ev->time_ns };
	if (o->pub.class->keyed) {
		rec->key_n = put_key(o, s, ev, &k->bytes);
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
