/* Events as a user describes them. */
#include "value/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "core/encode.h"
#include "value/modify.h"

/* A field that is nothing but one value. */
struct lone {
	struct record *record;
	const struct call *call;                /* NULL: it is more, or somebody reads it */
	unsigned from;                          /* where it stands in the program */
};

struct record {
	struct schema schema;
	struct leaf *leaves;
	struct expr_name *values;               /* of each leaf */
	struct lone *lone;                      /* of each leaf */
	uint16_t *filled;                       /* the leaves that record_fill() fills */
	unsigned filled_n;
	struct row row;                         /* the one that is being made */
	struct expr_name key;
	bool has_key;
	unsigned n;
	struct expr *expr;
	struct held *registers;
	const struct world *world;
	const struct event_def *def;
};

const struct event_def *world_event(const struct world *w, const char *name, struct err *e)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, name);
	for (unsigned i = 0; w && i < w->event_n; i++) {
		if (strcmp(w->events[i].name, name) == 0)
			return &w->events[i];
		suggest_try(&s, w->events[i].name);
	}
	err_set(e, ERR_INPUT, "there is no event '%.60s'%s", name, suggest_text(&s, hint, sizeof hint));
	return NULL;
}

/* ---- names: earlier fields, then parameters ---- */

static void load_param(struct expr_run *x, const void *at, struct held *to)
{
	(void)x;
	to->v.r = *(const double *)at;
}

static bool find(void *arg, const char *name, struct expr_name *to)
{
	struct record *r = arg;

	for (unsigned i = r->n; i-- > 0;)
		if (strcmp(r->leaves[i].name, name) == 0) {
			r->lone[i].call = NULL;
			*to = r->values[i];
			return true;
		}
	for (unsigned i = 0; i < r->world->param_n; i++)
		if (strcmp(r->world->params[i].name, name) == 0) {
			*to = (struct expr_name){ .type = TYPE_REAL, .load = load_param, .at = r->world->params[i].value };
			return true;
		}
	return false;
}

static const char *list(void *arg, unsigned i)
{
	const struct record *r = arg;

	return i < r->n ? r->leaves[i].name : i - r->n < r->world->param_n ? r->world->params[i - r->n].name : NULL;
}

/* ---- compiling ---- */

static const struct { enum kind kind; } kinds[] = {
	[TYPE_NULL] = { KIND_TEXT }, [TYPE_BOOL] = { KIND_BOOL }, [TYPE_INT] = { KIND_INT }, [TYPE_REAL] = { KIND_REAL },
	[TYPE_DECIMAL] = { KIND_DECIMAL }, [TYPE_TEXT] = { KIND_TEXT }, [TYPE_INSTANT] = { KIND_INSTANT }, [TYPE_SPAN] = { KIND_TEXT },
	[TYPE_JSON] = { KIND_JSON },
};

/* A literal as an expression, when it means a number, a truth or nothing. */
static bool typed_literal(const char *text)
{
	int64_t i;
	double d;

	return strcmp(text, "true") == 0 || strcmp(text, "false") == 0 || strcmp(text, "null") == 0 || num_int(text, &i, NULL) == 0 ||
	       (num_real(text, &d, NULL) == 0 && strspn(text, "0123456789.eE+-") == strlen(text));
}

static int compile(struct record *r, const char *module, const struct field_def *f, const char *name, struct expr_name *to, struct err *e)
{
	char path[400], group[200];
	struct expr_scope scope = { .find = find, .list = list, .arg = r, .path = path, .group_path = group, .locale = r->world->locale,
				    .env = r->world->env };

	snprintf(path, sizeof path, "%.100s.%.100s.%.160s", module, r->def->name, name);
	snprintf(group, sizeof group, "%.90s.%.90s", module, r->def->name);
	if (f->expression || (f->plain && expr_is_literal(f->text) && typed_literal(f->text)))
		return expr_compile(r->expr, f->text, &scope, to, e);
	/* A line is text, also where it is one expression. */
	return (r->def->raw ? expr_compile_line : expr_compile_text)(r->expr, f->text, &scope, to, e);
}

static int add(struct record *r, const char *module, const struct field_def *f, struct err *e)
{
	struct expr_name value;
	unsigned from;

	for (unsigned i = 0; i < r->n; i++)
		if (strcmp(r->leaves[i].name, f->name) == 0)
			return err_set(e, ERR_INPUT, "field '%.60s' is there twice", f->name);
	from = expr_size(r->expr);
	if (compile(r, module, f, f->name, &value, e) < 0)
		return -1;
	r->lone[r->n] = (struct lone){ .record = r, .call = expr_lone_call(r->expr, from, &value), .from = from };
	r->leaves[r->n] = (struct leaf){ .name = f->name, .kind = kinds[value.type].kind, .scale = value.scale, .nullable = value.nullable };
	r->filled[r->filled_n++] = (uint16_t)r->n;
	r->values[r->n++] = value;
	return 0;
}

struct record *record_new(const struct event_def *def, const struct world *w, const char *module, const void **failed, struct err *e)
{
	static const struct world nothing;
	struct record *r = calloc(1, sizeof *r);

	if (failed)
		*failed = NULL;
	if (!r || !(r->leaves = calloc(def->n + 1, sizeof *r->leaves)) || !(r->values = calloc(def->n + 1, sizeof *r->values)) ||
	    !(r->lone = calloc(def->n + 1, sizeof *r->lone)) || !(r->filled = calloc(def->n + 1, sizeof *r->filled)) ||
	    !(r->expr = expr_new(e)))
		goto memory;
	r->world = w ? w : &nothing;
	r->def = def;
	for (unsigned i = 0; i < def->n; i++)
		if (add(r, module, &def->fields[i], e) < 0) {
			if (failed)
				*failed = def->fields[i].place;
			record_free(r);
			return NULL;
		}
	if (def->key) {
		const struct field_def key = { .text = def->key };

		if (compile(r, module, &key, "#key", &r->key, e) < 0) {
			if (failed)
				*failed = def->key_place;
			record_free(r);
			return NULL;
		}
		r->has_key = true;
	}
	r->registers = calloc(expr_registers(r->expr) + 1, sizeof *r->registers);
	if (!r->registers)
		goto memory;
	r->schema = (struct schema){ .name = def->name, .leaves = r->leaves, .leaf_n = (uint16_t)def->n, .raw = def->raw, .bare = def->raw };
	return r;
memory:
	record_free(r);
	err_memory(e);
	return NULL;
}

void record_free(struct record *r)
{
	if (!r)
		return;
	expr_free(r->expr);
	free(r->leaves);
	free(r->values);
	free(r->lone);
	free(r->filled);
	free(r->registers);
	free(r);
}

const struct schema *record_schema(const struct record *r)
{
	return &r->schema;
}

static char *put_lone(const struct maker *m, char *to)
{
	const struct lone *l = m->at;

	return call_text(l->call, &l->record->row, to);
}

/* The same without a look at what kind it is. */
static char *put_lone_text(const struct maker *m, char *to)
{
	const struct lone *l = m->at;
	struct draws d = draws_of(&l->record->row, l->call->salt);

	return l->call->is->text(l->call, &l->record->row, &d, to);
}

void record_write_straight(struct record *r, struct encoder *en)
{
	for (unsigned i = r->n; i-- > 0;) {
		const struct lone *l = &r->lone[i];

		/* How an instant is written is the encoder's business. */
		if (!l->call || r->leaves[i].kind == KIND_INSTANT || r->leaves[i].kind == KIND_REAL || r->schema.raw)
			continue;
		encoder_make(en, i, (struct maker){ .put = l->call->is->text && !l->call->mods ? put_lone_text : put_lone, .at = l,
						    .room = (uint32_t)call_room(l->call), .text = r->leaves[i].kind == KIND_TEXT,
						    .plain = call_plain(l->call) });
		expr_cut(r->expr, l->from);
		memmove(r->filled + i, r->filled + i + 1, (--r->filled_n - i) * sizeof *r->filled);
	}
}

uint64_t record_rows(const struct record *r)
{
	return expr_rows(r->expr);
}

static int fill(struct record *r, struct event *ev, const struct row *row, const char *module, int64_t start_ns, struct err *e)
{
	struct expr_run run = { .row = *row, .arena = ev->arena, .registers = r->registers, .module = module, .event_type = r->def->name,
				.start_ns = start_ns };

	r->row = run.row;
	if (LIKELY(expr_size(r->expr)))
		expr_run(r->expr, &run);
	if (UNLIKELY(run.spent))
		return modify_spent(run.spent, e);
	for (unsigned k = 0; k < r->filled_n; k++) {
		unsigned i = r->filled[k];
		const struct held *h = &r->registers[r->values[i].reg];

		if (h->null)
			event_set_null(ev, i);
		else if (r->values[i].type == TYPE_SPAN)
			ev->values[i].t = expr_text(&run, TYPE_SPAN, 0, h);
		else
			ev->values[i] = h->v;
	}
	if (r->has_key)
		ev->key = expr_text(&run, r->key.type, r->key.scale, &r->registers[r->key.reg]);
	return run.spoilt ? err_memory(e) : 0;
}

int record_fill(struct record *r, struct event *ev, uint64_t seed, uint64_t number, const char *module, int64_t start_ns, struct err *e)
{
	const struct row row = { .key = row_key(seed, number), .number = number, .seed = seed, .now_ns = ev->time_ns };

	return fill(r, ev, &row, module, start_ns, e);
}

int record_fill_aside(struct record *r, struct event *ev, uint64_t seed, uint64_t number, const char *module, int64_t start_ns, struct err *e)
{
	const struct row row = { .key = row_key(rng_key(seed, "aside", module, 0), number), .number = number, .seed = seed, .now_ns = ev->time_ns };

	return fill(r, ev, &row, module, start_ns, e);
}
