/* Settings of modules and outputs that hold ${...}. */
#include "value/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/expr_inside.h"
#include "value/record.h"

/* ---- reading ---- */

struct reader {
	const char *text, *at;          /* the whole; up to where it is taken over */
	const struct world *world;
	bool programs;
	struct buf plain, *to;          /* characters that stand for themselves, without $${ */
	struct buf kept;                /* an expression with its env names as literals */
	const char *bare;               /* its first name that is not env's */
	struct arena *arena;            /* of what is run */
};

/* The plain characters so far. In a text that is compiled afterwards, whatever looks like the begin of an expression is doubled. */
static void put_plain(struct reader *r, bool expression_follows)
{
	const struct buf *b = &r->plain;

	r->to->spoilt |= !buf_ok(b);
	for (size_t i = 0; i < b->n; i++) {
		bool last = i + 1 == b->n;

		if (r->programs && b->data[i] == '$' && !last && b->data[i + 1] == '{')
			buf_char(r->to, '$');
		if (b->data[i] == '$' && last && expression_follows)
			buf_text(r->to, "${'$'}");
		else
			buf_char(r->to, b->data[i]);
	}
	buf_clear(&r->plain);
}

/* A name env.NAME is a literal in the text that is kept, too. */
static void keep_value(void *arg, const struct tree *name, const char *value)
{
	struct reader *r = arg;
	const char *at = r->text + name->column - 1;

	buf_add(&r->kept, r->at, (size_t)(at - r->at));
	r->at = at + name->v.t.n;
	if (value)
		tree_quote(&r->kept, value);
	else
		buf_text(&r->kept, "null");
}

static const char *no_env(void *arg, const char *name, bool *allowed)
{
	(void)arg;
	(void)name;
	*allowed = false;
	return NULL;
}

static bool find_nothing(void *arg, const char *name, struct expr_name *to)
{
	struct reader *r = arg;

	(void)to;
	if (!r->bare)
		r->bare = name;
	return false;
}

/* Runs an expression of which everything is known. */
static int put_value(struct reader *r, const struct expr *x, const struct part *p, unsigned column, struct err *e)
{
	struct expr_run run = { .arena = r->arena, .registers = calloc(x->registers + 1, sizeof *run.registers) };
	const struct held *h = run.registers ? &run.registers[p->reg] : NULL;
	struct text t;
	int result = -1;

	if (h) {
		expr_run(x, &run);
		t = expr_text(&run, p->type, p->scale, h);
		if (h->null)
			err_set(e, ERR_INPUT, "column %u: this is null; give another value with ??", column);
		else
			result = 0;
	}
	if (result == 0)
		buf_add(&r->plain, t.at, t.n);
	if (!h || run.spoilt)
		result = err_memory(e);
	free(run.registers);
	return result;
}

static int read_expression(struct reader *r, struct expr *x, const char *open, const char *close, struct err *e)
{
	static const struct expr_env none = { .get = no_env };
	const struct expr_scope scope = { .find = find_nothing, .arg = r, .owner = "a setting", .folder = r->world->folder };
	struct compiler c = { .x = x, .scope = &scope, .as_text = true, .e = e };
	unsigned column = (unsigned)(open - r->text) + 3;
	struct tree *t = tree_parse(open + 2, (size_t)(close - open - 2), column, &x->arena, e);
	struct part p;
	int result;

	buf_clear(&r->kept);
	r->at = open;
	r->bare = NULL;
	if (!t || tree_env(t, r->world->env ? r->world->env : &none, keep_value, r, e) < 0)
		return -1;
	buf_add(&r->kept, r->at, (size_t)(close - r->at) + 1);
	result = expr_part(&c, t, &p);
	if (!r->bare)
		r->bare = result < 0 ? NULL : expr_varies(x);
	if (!r->bare)
		return result < 0 ? -1 : put_value(r, x, &p, column, e);
	if (!r->programs)
		return err_set(e, ERR_INPUT, "column %u: '%s' is only known per event, and this setting takes none of that", column, r->bare);
	put_plain(r, true);
	r->to->spoilt |= !buf_ok(&r->kept);
	buf_add(r->to, r->kept.data, r->kept.n);
	return 0;
}

static int read_pieces(struct reader *r, struct err *e)
{
	const char *s = r->text;

	while (*s) {
		const char *open = expr_next(s), *close;
		struct expr *x;
		int result;

		expr_plain(&r->plain, s, open ? (size_t)(open - s) : strlen(s));
		if (!open)
			break;
		close = expr_closing(open + 2);
		if (!close) {
			const char *at, *why = expr_unclosed(open, &at);

			return err_set(e, ERR_INPUT, "column %u: %s", (unsigned)(at - r->text) + 1, why);
		}
		x = expr_new(e);
		result = x ? read_expression(r, x, open, close, e) : -1;
		expr_free(x);
		if (result < 0)
			return -1;
		s = close + 1;
	}
	put_plain(r, false);
	return buf_ok(r->to) ? 0 : err_set(e, ERR_INPUT, "the text is too long");
}

int setting_read(const char *text, const struct world *w, bool programs, struct buf *to, struct err *e)
{
	struct arena arena;
	static const struct world nothing = { 0 };
	struct reader r = { .text = text, .world = w ? w : &nothing, .programs = programs, .to = to, .arena = &arena };
	int result;

	arena_init(&arena);
	buf_init(&r.plain, to->ceiling);
	buf_init(&r.kept, to->ceiling);
	result = read_pieces(&r, e);
	buf_free(&r.plain);
	buf_free(&r.kept);
	arena_free(&arena);
	return result;
}

/* ---- programs ---- */

enum { NO_LEAF = -1 };

struct compiled {
	struct program program;
	struct program_site site;
	struct expr *expr;
	struct held *registers;
	struct expr_name result;
	int leaf;                       /* a text field that is all of it; or NO_LEAF, also before the end of compiling */
	bool varies;                    /* with the row */
};

static void load_leaf(struct expr_run *x, const void *at, struct held *to)
{
	unsigned i = (unsigned)(uintptr_t)at;

	to->null = event_null(x->event, i);
	to->v = x->event->values[i];
}

static bool find_leaf(void *arg, const char *name, struct expr_name *to)
{
	struct compiled *c = arg;
	const struct schema *s = c->site.schema;

	for (unsigned i = 0; i < s->leaf_n; i++) {
		const struct leaf *l = &s->leaves[i];

		if (strcmp(l->name, name) != 0)
			continue;
		*to = (struct expr_name){ .type = expr_type(l->kind), .nullable = l->nullable, .scale = l->kind == KIND_DECIMAL ? l->scale : 0,
					  .load = load_leaf, .at = (const void *)(uintptr_t)i };
		c->program.per_event = true;
		c->leaf = (int)i;
		return true;
	}
	return false;
}

/* The event's fields, then the scenario's parameters. */
static bool find_name(void *arg, const char *name, struct expr_name *to)
{
	struct compiled *c = arg;

	if (find_leaf(arg, name, to))
		return true;
	if (!world_param_name(c->site.world, name, to))
		return false;
	c->program.per_event = true;
	return true;
}

static const char *list_names(void *arg, unsigned i)
{
	const struct compiled *c = arg;
	const struct world *w = c->site.world;

	if (i < c->site.schema->leaf_n)
		return c->site.schema->leaves[i].name;
	i -= c->site.schema->leaf_n;
	return w && i < w->param_n ? w->params[i].name : NULL;
}

static bool make(struct program *program, const struct event *ev, struct text *to)
{
	struct compiled *c = container_of(program, struct compiled, program);
	struct expr_run run = { .arena = ev->arena, .registers = c->registers, .event = ev, .module = c->site.module,
				.event_type = c->site.schema->name, .key = ev->key, .start_ns = c->site.start_ns };

	if (c->leaf != NO_LEAF) {
		*to = event_null(ev, (unsigned)c->leaf) ? (struct text){ "", 0 } : ev->values[c->leaf].t;
		return true;
	}
	run.row = (struct row){ .number = ev->number - 1, .seed = c->site.seed, .now_ns = ev->time_ns };
	if (c->varies)
		run.row.key = row_key(c->site.seed, run.row.number);
	expr_run(c->expr, &run);
	*to = expr_text(&run, c->result.type, c->result.scale, &c->registers[c->result.reg]);
	return !run.spoilt;
}

static void free_program(struct program *program)
{
	struct compiled *c = container_of(program, struct compiled, program);

	expr_free(c->expr);
	free(c->registers);
	free(c);
}

struct program *setting_compile(const char *text, const struct program_site *site, struct err *e)
{
	char owner[80], path[400];
	struct compiled *c = calloc(1, sizeof *c);
	const struct world *w = site->world;
	const struct expr_scope scope = { .find = find_name, .list = list_names, .arg = c, .owner = owner, .path = path, .group_path = path,
					  .locale = w ? w->locale : NULL, .folder = w ? w->folder : NULL };

	if (!c) {
		err_memory(e);
		return NULL;
	}
	*c = (struct compiled){ .program = { .make = make, .free = free_program }, .site = *site, .leaf = NO_LEAF, .expr = expr_new(e) };
	snprintf(owner, sizeof owner, "event '%.60s'", site->schema->name);
	snprintf(path, sizeof path, "%.100s.%.100s>%.100s.%.60s", site->module, site->schema->name, site->output, site->setting);
	if (!c->expr || expr_compile_line(c->expr, text, &scope, &c->result, e) < 0)
		goto failed;
	c->varies = expr_varies(c->expr) != NULL;
	c->program.per_event |= c->varies;
	/* One operation, and a field was asked for: that is loading it, and it is a text. */
	if (c->expr->n != 1)
		c->leaf = NO_LEAF;
	c->registers = calloc(expr_registers(c->expr) + 1, sizeof *c->registers);
	if (c->registers)
		return &c->program;
	err_memory(e);
failed:
	free_program(&c->program);
	return NULL;
}
