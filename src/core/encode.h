/*
 * Schema and form, compiled once to a list of writers; then an event to bytes without any decision left.
 *
 * Forms: ndjson (one object a line), csv (RFC 4180; the header is separate, the file that begins with it asks for it; dotted
 * names for nested leaves), text (logfmt: time, type, name=value). Envelopes: fluxdeck (sys__eid, sys__ets before, event_type behind),
 * cloudevents (CloudEvents 1.0, structured mode), none. Where the schema has sessions, an envelope names them as sys__sid, sessionid, in
 * text sid; and where it has flows, those as sys__flow, in the others flow. Each record ends in one newline, which counts in its length.
 */
#ifndef CORE_ENCODE_H
#define CORE_ENCODE_H

#include "base/buf.h"
#include "core/schema.h"

enum encoding { ENCODE_NDJSON, ENCODE_CSV, ENCODE_TEXT };
enum envelope { ENVELOPE_FLUXDECK, ENVELOPE_CLOUDEVENTS, ENVELOPE_NONE };
enum moments { MOMENTS_RFC3339, MOMENTS_MS, MOMENTS_US, MOMENTS_NS, MOMENTS_PLAIN };   /* plain = 2024-01-01 09:00:00.123456 */

extern const char *const encoding_names[], *const envelope_names[], *const moments_names[];

struct form {
	enum encoding encoding;
	enum envelope envelope;
	enum moments moments;
};

struct encoder;

/* A value that is made while the line is written, and the text that stands before it. */
struct making {
	char before[32];                /* copied in whole pieces of 16 bytes */
	uint32_t before_n;
	void *at;                       /* of its maker */
};

/* Makes values while the line is written, instead of reading them from the event: for fields of which nothing but the line is wanted. */
struct maker {
	/* The n values that follow each other, each behind its text; `to` has room for all of it, and 32 bytes more. Values are text or
	 * digits, without quotes. Returns the end. */
	char *(*put)(const struct making *m, unsigned n, char *to);
	void *at;
	uint32_t room;                  /* bytes that a value may take */
	bool text;                      /* free text: quoted and escaped as the form wants it; so is JSON in what is not JSON */
	bool plain;                     /* nothing in it would have to be escaped in JSON */
};

/* The schema must outlive the encoder; the module name is copied. */
struct encoder *encoder_new(const struct schema *s, struct form form, const char *module, struct err *e);
void encoder_free(struct encoder *en);
/* The leaf is made by a maker from now on. */
void encoder_make(struct encoder *en, unsigned leaf, struct maker m);
bool encoder_serves(const struct encoder *en, const struct schema *s, struct form form);
/* Appends one record; a failure spoils the buffer. */
void encoder_put(struct encoder *en, const struct event *ev, struct buf *b);
/* Appends the CSV header line; nothing for other encodings. */
void encoder_header(const struct encoder *en, struct buf *b);

enum { EVENT_ID_TEXT = 12 };
void event_id_text(uint64_t id, char to[EVENT_ID_TEXT]);       /* Crockford's base 32, 60 bits, no NUL */

#endif
