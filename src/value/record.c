/* Events as a user describes them. */
#include "value/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "base/words.h"
#include "core/encode.h"
#include "value/modify.h"

/* A field that is nothing but one value. */
struct lone {
	const struct row *row;                  /* of its record */
	const struct call *call;                /* NULL: it is more, or somebody reads it */
	uint64_t salt;                          /* of its call */
	char *(*text)(const struct call *c, const struct row *r, struct draws *d, char *to);    /* how it is put, as in a provider */
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
	struct seed_key seed_key;
	bool straight;                          /* makers of the encoder do it all, and record_fill() has nothing to fill */
	struct expr_name key;
	bool has_key;
	unsigned n;
	struct expr *expr;
	struct held *registers;
	const struct world *world;
	const struct event_def *def;
	const char *module;
	const struct record_scope *scope;       /* while it is compiled; or NULL */
	struct record_faults *faults;           /* the same */
	bool leans;                             /* what is compiled now, on a name that is wrong */
	/* Records that ref() makes rows of: one field each. */
	struct record *others, *next;
	const struct record *within;            /* whose ref() this is of, or NULL */
	const char *only;                       /* and of which field */
	unsigned wanted;                        /* its leaf */
	bool deaf;                              /* what is compiled now is not run: ref() within it is not followed */
};

/* ---- names: earlier fields, then parameters ---- */

static bool find_param(void *arg, const char *name, struct expr_name *to)
{
	return world_param_name(((const struct record *)arg)->world, name, to);
}

/* A field that is wrong. */
static const struct expr_name hollow = { .type = TYPE_NULL, .nullable = true, .reg = UINT32_MAX };

static bool find(void *arg, const char *name, struct expr_name *to)
{
	struct record *r = arg;
	bool known;

	for (unsigned i = r->n; i-- > 0;)
		if (strcmp(r->leaves[i].name, name) == 0) {
			r->lone[i].call = NULL;
			*to = r->values[i];
			r->leans |= to->reg == hollow.reg;
			return true;
		}
	known = (r->scope && r->scope->find(r->scope->arg, name, to)) || find_param(arg, name, to);
	if (r->faults)
		r->leans |= (r->faults->lost_last && strncmp(name, "last.", 5) == 0) || (r->faults->blurred && known && to->type == TYPE_NULL);
	return known;
}

static const char *list(void *arg, unsigned i)
{
	const struct record *r = arg;
	const struct world *w = r->world;

	if (i < r->n)
		return r->leaves[i].name;
	i -= r->n;
	if (i < w->param_n)
		return w->params[i].name;
	i -= w->param_n;
	if (i < w->value_n)
		return w->values[i].name;
	return r->scope ? r->scope->list(r->scope->arg, i - w->value_n) : NULL;
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

static bool is_expression(const struct field_def *f)
{
	return f->expression || (f->plain && expr_is_literal(f->text) && typed_literal(f->text));
}

static bool find_value(void *arg, const char *name, struct expr_value *to)
{
	const struct world *w = ((const struct record *)arg)->world;

	for (unsigned i = 0; i < w->value_n; i++)
		if (strcmp(w->values[i].name, name) == 0) {
			const struct world_value *v = &w->values[i];

			*to = (struct expr_value){ .text = v->def.text, .expression = !v->file && is_expression(&v->def), .file = v->file };
			return true;
		}
	return false;
}

static int refer(void *arg, const char *event, const char *field, struct expr_other *to, struct err *e);

static int compile(struct record *r, const struct field_def *f, const char *name, struct expr_name *to, struct err *e)
{
	char path[400], group[200];
	struct expr_scope scope = { .find = find, .list = list, .arg = r, .path = path, .group_path = group, .locale = r->world->locale,
				    .env = r->world->env, .folder = r->world->folder, .refer = refer, .value = find_value, .find_global = find_param };

	snprintf(path, sizeof path, "%.100s.%.100s.%.160s", r->module, r->def->name, name);
	snprintf(group, sizeof group, "%.90s.%.90s", r->module, r->def->name);
	if (is_expression(f))
		return expr_compile(r->expr, f->text, &scope, to, e);
	/* A line is text, also where it is one expression. */
	return (r->def->raw ? expr_compile_line : expr_compile_text)(r->expr, f->text, &scope, to, e);
}

static int add(struct record *r, const struct field_def *f, struct err *e)
{
	struct expr_name value;
	unsigned from;

	for (unsigned i = 0; i < r->n; i++)
		if (strcmp(r->leaves[i].name, f->name) == 0)
			return err_set(e, ERR_INPUT, "field '%.60s' is there twice", f->name);
	from = expr_size(r->expr);
	if (compile(r, f, f->name, &value, e) < 0)
		return -1;
	r->lone[r->n] = (struct lone){ .row = &r->row, .call = expr_lone_call(r->expr, from, &value), .from = from };
	r->leaves[r->n] = (struct leaf){ .name = f->name, .kind = kinds[value.type].kind, .scale = value.scale, .nullable = value.nullable };
	r->filled[r->filled_n++] = (uint16_t)r->n;
	r->values[r->n++] = value;
	return 0;
}

static struct record *begin(const struct event_def *def, const struct world *w, const char *module, struct err *e)
{
	static const struct world nothing;
	struct record *r = calloc(1, sizeof *r);

	if (r && (r->leaves = calloc(def->n + 1, sizeof *r->leaves)) && (r->values = calloc(def->n + 1, sizeof *r->values)) &&
	    (r->lone = calloc(def->n + 1, sizeof *r->lone)) && (r->filled = calloc(def->n + 1, sizeof *r->filled)) && (r->expr = expr_new(e))) {
		r->world = w ? w : &nothing;
		r->def = def;
		r->module = module;
		return r;
	}
	record_free(r);
	err_memory(e);
	return NULL;
}

static int finish(struct record *r, struct err *e)
{
	r->registers = calloc(expr_registers(r->expr) + 1, sizeof *r->registers);
	r->schema = (struct schema){ .name = r->def->name, .leaves = r->leaves, .leaf_n = (uint16_t)r->n, .raw = r->def->raw, .bare = r->def->raw };
	return r->registers ? 0 : err_memory(e);
}

/* Is it enough? Else it is told, and what stands behind it is looked at. */
static bool ends(struct record *r, const void *at, const void **place, const struct err *e)
{
	*place = at;
	if (!r->faults || e->code != ERR_INPUT)
		return true;
	r->faults->n++;
	if (!r->leans)
		r->faults->tell(r->faults->arg, at, e);
	return r->leans = false;
}

static int add_all(struct record *r, struct record_extra *extras, unsigned n, const void **place, struct err *e)
{
	const struct event_def *def = r->def;
	unsigned before = r->faults ? r->faults->n : 0;

	for (unsigned i = 0; i < def->n; i++, r->leans = false) {
		if (add(r, &def->fields[i], e) < 0) {
			if (ends(r, def->fields[i].place, place, e))
				return -1;
			r->leaves[r->n++].name = def->fields[i].name;
			r->leans = true;
		}
		if (r->leans)
			r->values[r->n - 1] = hollow;
	}
	if (def->key && compile(r, &(struct field_def){ .text = def->key }, "#key", &r->key, e) < 0 && ends(r, def->key_place, place, e))
		return -1;
	r->has_key = def->key != NULL;
	for (unsigned i = 0; i < n; i++)
		if (compile(r, &extras[i].def, extras[i].def.name, &extras[i].value, e) < 0 && ends(r, extras[i].def.place, place, e))
			return -1;
	return r->faults && r->faults->n > before ? -1 : 0;
}

struct record *record_new_in(const struct event_def *def, const struct world *w, const char *module, const struct record_scope *scope,
			     struct record_extra *extras, unsigned n, const void **failed, struct err *e)
{
	struct record *r = begin(def, w, module, e);
	const void *place = NULL;
	int result = -1;

	if (r) {
		r->scope = scope;
		r->faults = scope ? scope->faults : NULL;
		result = add_all(r, extras, n, &place, e);
		r->scope = NULL;
		r->faults = NULL;
	}
	if (result == 0)
		result = finish(r, e);
	if (failed)
		*failed = place;
	if (result == 0)
		return r;
	record_free(r);
	return NULL;
}

struct record *record_new(const struct event_def *def, const struct world *w, const char *module, const void **failed, struct err *e)
{
	return record_new_in(def, w, module, NULL, NULL, 0, failed, e);
}

int record_try(const struct event_def *def, const struct world *w, const char *module, struct record_faults *faults, struct err *e)
{
	struct record *r = begin(def, w, module, e);
	const void *place;
	int result = -1;

	if (r) {
		r->faults = faults;
		result = add_all(r, NULL, 0, &place, e);
	}
	record_free(r);
	return result;
}

/* ---- rows of other events ---- */

enum { REFER_MOST = 8 };

/* Which fields the last of them may need. */
static void mark_needed(const struct event_def *def, unsigned field, bool *needed)
{
	needed[field] = true;
	for (unsigned i = field + 1; i-- > 0;)
		for (unsigned k = 0; needed[i] && k < i; k++)
			needed[k] |= words_within(def->fields[i].text, def->fields[k].name);
}

/* Made for what its values say about the others of the record (see call_join()), and not run. */
static void add_silent(struct record *r, const struct field_def *f)
{
	unsigned from = expr_size(r->expr);
	struct expr_name ignored;
	struct err e;

	r->deaf = true;
	if (f->name)
		add(r, f, &e);
	else
		compile(r, f, "#key", &ignored, &e);
	r->deaf = false;
	expr_forget(r->expr, from);
}

/* The field, and what it may need of those before it. */
static int add_needed(struct record *r, unsigned field, struct err *e)
{
	bool *needed = calloc(r->def->n + 1, sizeof *needed);
	int result = needed ? 0 : err_memory(e);

	if (needed)
		mark_needed(r->def, field, needed);
	for (unsigned i = 0; i < r->def->n && result == 0; i++) {
		if (!needed[i]) {
			add_silent(r, &r->def->fields[i]);
			continue;
		}
		result = add(r, &r->def->fields[i], e);
		if (i == field)
			r->wanted = r->n - 1;
	}
	if (result == 0 && r->def->key)
		add_silent(r, &(struct field_def){ .text = r->def->key });
	free(needed);
	return result;
}

/* What the wanted field of a row is at an instant, as text. */
static struct text at_instant(const struct record *r, uint64_t number, int64_t ns, struct arena *arena)
{
	struct expr_run run = { .row = { .key = row_key(1, number), .number = number, .seed = 1, .now_ns = ns }, .arena = arena,
				.registers = r->registers, .module = r->module, .event_type = r->def->name };
	const struct expr_name *value = &r->values[r->wanted];

	expr_run(r->expr, &run);
	return expr_text(&run, value->type, value->scale, &r->registers[value->reg]);
}

/* Row j was made at an instant that nobody keeps: what counts from now cannot be made again. Some rows at two instants show it. */
static bool counts_from_now(const struct record *r)
{
	const int64_t day = INT64_C(86400000000000);
	struct arena arena;
	bool differs = false;

	arena_init(&arena);
	for (uint64_t i = 0; i < 8 && !differs; i++) {
		struct text a = at_instant(r, i, 19723 * day, &arena), b = at_instant(r, i, 24321 * day + 12345678901, &arena);

		differs = a.n != b.n || memcmp(a.at, b.at, a.n) != 0;
	}
	arena_free(&arena);
	return differs;
}

static int index_of(const struct event_def *def, const char *field, unsigned *to, struct err *e)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, field);
	for (*to = 0; *to < def->n; ++*to) {
		if (strcmp(def->fields[*to].name, field) == 0)
			return 0;
		suggest_try(&s, def->fields[*to].name);
	}
	return err_set(e, ERR_INPUT, "event '%.60s' has no field '%.60s'%s", def->name, field, suggest_text(&s, hint, sizeof hint));
}

static struct record *other_record(struct record *r, const struct event_def *def, const char *field, struct err *e)
{
	struct record *o;
	unsigned i, depth = 0;
	int result;

	for (const struct record *up = r; up; up = up->within, depth++)
		if (depth == REFER_MOST || (up->only && up->def == def && strcmp(up->only, field) == 0)) {
			err_set(e, ERR_INPUT, "field '%.60s' of '%.60s' leads back to itself", field, def->name);
			return NULL;
		}
	if (index_of(def, field, &i, e) < 0)
		return NULL;
	o = begin(def, r->world, r->module, e);
	if (!o)
		return NULL;
	o->within = r;
	o->only = def->fields[i].name;
	result = add_needed(o, i, e);
	if (result < 0)
		err_wrap(e, "field '%.60s' of '%.60s'", field, def->name);
	if (result == 0)
		result = finish(o, e);
	if (result == 0 && counts_from_now(o))
		result = err_set(e, ERR_INPUT, "field '%.60s' of '%.60s' counts from the instant of its row, which nobody keeps", field, def->name);
	if (result == 0)
		return o;
	record_free(o);
	return NULL;
}

static int refer(void *arg, const char *event, const char *field, struct expr_other *to, struct err *e)
{
	struct record *r = arg, *o = r->others;
	const struct event_def *def;

	if (r->scope)
		return err_set(e, ERR_INPUT, "rows have numbers where a module `template` makes them, not in a flow; select an entity instead");
	def = r->deaf ? NULL : world_event(r->world, event, e);
	if (!def)
		return -1;
	while (o && (o->def != def || strcmp(o->only, field) != 0))
		o = o->next;
	if (!o) {
		o = other_record(r, def, field, e);
		if (!o)
			return -1;
		o->next = r->others;
		r->others = o;
	}
	*to = (struct expr_other){ .program = o->expr, .registers = o->registers, .value = o->values[o->wanted], .event = def->name };
	return 0;
}

void record_free(struct record *r)
{
	if (!r)
		return;
	for (struct record *o = r->others, *next; o; o = next) {
		next = o->next;
		record_free(o);
	}
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

/* ---- lone fields, as the encoder's maker ---- */

static char *text_of_any(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return call_text(c, r, to);
}

/* An encoder has fields of one record only. */
static char *put_lone(const struct making *m, unsigned n, char *to)
{
	const struct row *row = ((const struct lone *)m->at)->row;

	for (const struct making *end = m + n; m < end; m++) {
		const struct lone *l = m->at;
		struct draws d = draws_of(row, l->salt);

		memcpy(to, m->before, 16);
		if (UNLIKELY(m->before_n > 16))
			memcpy(to + 16, m->before + 16, 16);
		to = l->text(l->call, row, &d, to + m->before_n);
	}
	return to;
}

static struct maker lone_maker(struct lone *l, enum kind kind)
{
	l->salt = l->call->salt;
	if (l->call->mods)
		l->text = text_of_any;
	else
		l->text = l->call->is->text ? l->call->is->text : l->call->is->digits ? l->call->is->digits : text_of_any;
	return (struct maker){ .put = put_lone, .at = l, .room = (uint32_t)call_room(l->call), .text = kind == KIND_TEXT, .plain = call_plain(l->call) };
}

void record_write_straight(struct record *r, struct encoder *en)
{
	for (unsigned i = r->n; i-- > 0;) {
		struct lone *l = &r->lone[i];

		/* How an instant is written is the encoder's business. */
		if (!l->call || r->leaves[i].kind == KIND_INSTANT || r->leaves[i].kind == KIND_REAL || r->schema.raw)
			continue;
		encoder_make(en, i, lone_maker(l, r->leaves[i].kind));
		expr_cut(r->expr, l->from);
		memmove(r->filled + i, r->filled + i + 1, (--r->filled_n - i) * sizeof *r->filled);
	}
	r->straight = !expr_size(r->expr) && !r->filled_n && !r->has_key;
}

uint64_t record_rows(const struct record *r)
{
	return expr_rows(r->expr);
}

static int compute(struct record *r, struct expr_run *run, struct err *e)
{
	r->row = run->row;
	if (LIKELY(expr_size(r->expr)))
		expr_run(r->expr, run);
	if (UNLIKELY(run->spent))
		return modify_spent(run->spent, e);
	return run->spoilt ? err_memory(e) : 0;
}

static int take_fields(struct record *r, struct expr_run *run, struct event *ev, struct err *e)
{
	for (unsigned k = 0; k < r->filled_n; k++) {
		unsigned i = r->filled[k];
		const struct held *h = &r->registers[r->values[i].reg];

		if (h->null)
			event_set_null(ev, i);
		else if (r->values[i].type == TYPE_SPAN)
			ev->values[i].t = expr_text(run, TYPE_SPAN, 0, h);
		else
			ev->values[i] = h->v;
	}
	if (r->has_key)
		ev->key = expr_text(run, r->key.type, r->key.scale, &r->registers[r->key.reg]);
	return run->spoilt ? err_memory(e) : 0;
}

/* What the encoder does not make of the row. */
static int fill(struct record *r, struct event *ev, const char *module, int64_t start_ns, struct err *e)
{
	struct expr_run run = { .row = r->row, .arena = ev->arena, .registers = r->registers, .module = module, .event_type = r->def->name,
				.start_ns = start_ns };

	return compute(r, &run, e) < 0 ? -1 : take_fields(r, &run, ev, e);
}

static struct expr_run run_of(const struct record *r, const struct record_run *of)
{
	return (struct expr_run){ .row = { .key = of->key, .number = of->number, .seed = of->seed, .now_ns = of->now_ns },
				  .arena = of->arena, .registers = r->registers, .module = of->module, .event_type = r->def->name,
				  .start_ns = of->start_ns, .context = of->context };
}

int record_compute(struct record *r, const struct record_run *of, struct err *e)
{
	struct expr_run run = run_of(r, of);

	return compute(r, &run, e);
}

int record_event(struct record *r, const struct record_run *of, struct event *ev, struct err *e)
{
	struct expr_run run = run_of(r, of);

	return take_fields(r, &run, ev, e);
}

const struct held *record_value(const struct record *r, unsigned leaf, enum type *type, uint8_t *scale)
{
	*type = r->values[leaf].type;
	*scale = r->values[leaf].scale;
	return &r->registers[r->values[leaf].reg];
}

const struct held *record_extra_value(const struct record *r, const struct record_extra *x)
{
	return &r->registers[x->value.reg];
}

static int fill_row(struct record *r, struct event *ev, uint64_t key_seed, uint64_t seed, uint64_t number, const char *module, int64_t start_ns,
		    struct err *e)
{
	r->row = (struct row){ .key = row_key_of(&r->seed_key, key_seed, number), .number = number, .seed = seed, .now_ns = ev->time_ns };
	return LIKELY(r->straight) ? 0 : fill(r, ev, module, start_ns, e);
}

int record_fill(struct record *r, struct event *ev, uint64_t seed, uint64_t number, const char *module, int64_t start_ns, struct err *e)
{
	return fill_row(r, ev, seed, seed, number, module, start_ns, e);
}

int record_fill_aside(struct record *r, struct event *ev, uint64_t seed, uint64_t number, const char *module, int64_t start_ns, struct err *e)
{
	return fill_row(r, ev, rng_key(seed, "aside", module, 0), seed, number, module, start_ns, e);
}
