/*
 * Events as a user describes them: names and expressions, compiled to a schema and a program that fills it.
 *
 * A definition is what a scenario or a template file says; it belongs to whoever read it. A record is a definition compiled for one
 * module: its random streams are keyed by (module, event, field), so that adding a field leaves the others as they were. Fields see
 * those before them by name; dots in a name nest.
 */
#ifndef VALUE_RECORD_H
#define VALUE_RECORD_H

#include "value/expr.h"

struct field_def {
	const char *name;               /* "total", "customer.email" */
	const char *text;               /* with ${...}; or the expression itself, when `expression` */
	bool expression;
	bool plain;                     /* a literal that is a number, true, false or null means that, not a text */
	const void *place;              /* of the reader, for its complaints */
};

enum { FIELD_MOST = 200 };                /* of an event */

struct event_def {
	const char *name;
	const char *key;                /* text with ${...}, or NULL */
	const void *key_place;
	struct field_def *fields;
	unsigned n;
	double weight;                  /* how often among the others */
	bool raw;                       /* the event is the text of its only field, without quotes, names or envelope */
};

/* A number that expressions know by name, and a hand can turn. */
struct world_param {
	const char *name;
	const double *value;
};

/* A value of the scenario's own: an expression that fields use by name, or the name of a file (value/from_file.h) for lookup(). */
struct world_value {
	const char *name;
	struct field_def def;
	const char *file;               /* then it has no text */
};

struct world {
	struct event_def *events;
	unsigned event_n;
	struct world_param *params;
	unsigned param_n;
	struct world_value *values;
	unsigned value_n;
	const char *locale;
	const char *folder;             /* what files of modules and expressions are relative to, with its slash; NULL: the current one */
	const struct expr_env *env;     /* what env.NAME gives in them */
	struct model *model;                    /* entities and flows (entity/model.h), or NULL */
};

const struct event_def *world_event(const struct world *w, const char *name, struct err *e);
/* What a parameter's name means in an expression; false: there is none. NULL `w`: nor is there one. */
bool world_param_name(const struct world *w, const char *name, struct expr_name *to);

/* Who is told of all that is wrong with a record, not only of the first of it. What stands on a name that is wrong itself is passed over. */
struct record_faults {
	void (*tell)(void *arg, const void *place, const struct err *e);        /* as `failed` of record_new() */
	void *arg;
	bool blurred, lost_last;        /* names of the scope without a type, and last.NAME, may be so because of another fault */
	unsigned n;
};

/* Names that a record knows beside its own fields and before parameters. They are loaded, with the context of the run. */
struct record_scope {
	bool (*find)(void *arg, const char *name, struct expr_name *to);
	const char *(*list)(void *arg, unsigned i);     /* as in expr_scope */
	void *arg;
	struct record_faults *faults;   /* NULL: the first is enough */
};

/* What is computed behind the fields and is none of them: it sees them by name. */
struct record_extra {
	struct field_def def;           /* its name keys its random stream */
	struct expr_name value;         /* of record_new_in(): type and register */
};

struct record;
struct encoder;

/* `failed`: where it went wrong, the place of the field or key; may be NULL. */
struct record *record_new(const struct event_def *def, const struct world *w, const char *module, const void **failed, struct err *e);
/* The same among more names, with extras. The scope is not needed afterwards. */
struct record *record_new_in(const struct event_def *def, const struct world *w, const char *module, const struct record_scope *scope,
			     struct record_extra *extras, unsigned n, const void **failed, struct err *e);
/* Compiled for nothing but its faults. -1 and none of them: no memory. */
int record_try(const struct event_def *def, const struct world *w, const char *module, struct record_faults *faults, struct err *e);
void record_free(struct record *r);
const struct schema *record_schema(const struct record *r);
/* For a record of which nothing but lines is wanted: fields that are one value, and that no other reads, are from now on made by the
 * encoder where they stand, and record_fill() leaves them out. */
void record_write_straight(struct record *r, struct encoder *en);
/* Rows from 0 that can be filled before something unique is used up; UINT64_MAX: all. */
uint64_t record_rows(const struct record *r);
/* Fills an event of the schema: row `number` of `seed`, at ev->time_ns. -1: no memory, or no such row, because something unique is used up. */
int record_fill(struct record *r, struct event *ev, uint64_t seed, uint64_t number, const char *module, int64_t start_ns, struct err *e);
/* What one run of a record depends on. */
struct record_run {
	uint64_t key;                   /* of its draws; see row_key() */
	uint64_t seed, number;          /* number: from 0 without gaps, for what is unique or counts */
	int64_t now_ns, start_ns;
	const char *module;
	const void *context;            /* of the scope's names */
	struct arena *arena;            /* of the texts that are made */
};
/* Computes fields and extras; they are read with record_value() and record_extra_value() until the next run. */
int record_compute(struct record *r, const struct record_run *run, struct err *e);
/* Afterwards: the fields and the key, as an event that lives in the same arena. */
int record_event(struct record *r, const struct record_run *run, struct event *ev, struct err *e);
/* A field, by its number in the schema; an extra. */
const struct held *record_value(const struct record *r, unsigned leaf, enum type *type, uint8_t *scale);
const struct held *record_extra_value(const struct record *r, const struct record_extra *x);
/* The same with draws that no row of a run has: what such a row may look like, not what it is. */
int record_fill_aside(struct record *r, struct event *ev, uint64_t seed, uint64_t number, const char *module, int64_t start_ns, struct err *e);

#endif
