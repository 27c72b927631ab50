/* Combinators over fields: object, json, csv, sql, xml. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/expr_combine.h"
#include "value/expr_ops.h"
#include "value/write_rows.h"

#define R(n) (&x->registers[n])
enum { FIELDS_MOST = 1024, ROWS_TEXT = 64 << 20 };

struct fields {
	struct row_form form;
	struct part *parts;             /* of each field */
	uint32_t body;                  /* operations of one row */
};

/* ---- names: earlier fields, then those around ---- */

struct inner {
	const struct expr_scope *outer;
	struct fields *of;
};

static bool find(void *arg, const char *name, struct expr_name *to)
{
	const struct inner *in = arg;

	for (unsigned i = in->of->form.n; i-- > 0;)
		if (strcmp(in->of->form.names[i], name) == 0) {
			const struct part *p = &in->of->parts[i];

			*to = (struct expr_name){ .type = p->type, .nullable = p->nullable, .scale = p->scale, .reg = p->reg };
			return true;
		}
	return in->outer->find && in->outer->find(in->outer->arg, name, to);
}

static const char *list(void *arg, unsigned i)
{
	const struct inner *in = arg;

	if (i < in->of->form.n)
		return in->of->form.names[i];
	return in->outer->list ? in->outer->list(in->outer->arg, i - in->of->form.n) : NULL;
}

static bool find_value(void *arg, const char *name, struct expr_value *to)
{
	const struct expr_scope *outer = ((const struct inner *)arg)->outer;

	return outer->value && outer->value(outer->arg, name, to);
}

static bool find_global(void *arg, const char *name, struct expr_name *to)
{
	const struct expr_scope *outer = ((const struct inner *)arg)->outer;

	return outer->find_global && outer->find_global(outer->arg, name, to);
}

static int refer(void *arg, const char *event, const char *field, struct expr_other *to, struct err *e)
{
	const struct expr_scope *outer = ((const struct inner *)arg)->outer;

	return outer->refer(outer->arg, event, field, to, e);
}

/* ---- compiling ---- */

/* What it is called: as it says, or like the value that it is. */
static int name_field(struct compiler *c, const struct tree *t, struct fields *f, const char **to)
{
	*to = t->label ? t->label : t->kind == TREE_NAME || t->kind == TREE_CALL ? t->v.t.at : NULL;
	if (!*to || isdigit((unsigned char)**to) || strchr(*to, '.'))
		return expr_fail(c, t, "a field needs a name, like total=price * 2");
	for (unsigned i = 0; i < f->form.n; i++)
		if (strcmp(f->form.names[i], *to) == 0)
			return expr_fail(c, t, "field '%.60s' is there twice", *to);
	return 0;
}

/* Each draws from a stream of its own name, so that one more leaves the others as they were. */
static int compile_fields(struct compiler *c, const struct tree *t, const char *path, struct fields *f)
{
	const struct expr_scope *outer = c->scope;
	struct inner in = { outer, f };
	struct expr_scope scope = *outer;
	unsigned ordinal = c->ordinal;
	char field[300];
	int result = 0;

	scope.find = find;
	scope.list = list;
	scope.arg = &in;
	scope.value = find_value;
	scope.find_global = find_global;
	scope.refer = outer->refer ? refer : NULL;
	scope.path = field;
	c->scope = &scope;
	for (const struct tree *a = t->first; a && result == 0; a = a->next) {
		struct tree one = *a;
		const char *name;

		result = name_field(c, a, f, &name);
		if (result < 0)
			break;
		snprintf(field, sizeof field, "%.200s.%.80s", path, name);
		c->ordinal = 0;
		one.label = NULL;
		result = expr_part(c, &one, &f->parts[f->form.n]);
		f->form.names[f->form.n++] = name;
	}
	c->scope = outer;
	c->ordinal = ordinal;
	return result;
}

static const struct op *run_fields(struct expr_run *x, const struct op *o)
{
	const struct fields *f = o->at;
	struct row outer = x->row;
	struct field_cell *cells = arena_take(x->arena, f->form.n * sizeof *cells);
	struct held *to = R(o->to);
	struct buf b;
	char *copy;

	buf_init(&b, ROWS_TEXT);
	for (uint64_t i = 0; cells && i < f->form.rows && buf_ok(&b); i++) {
		/* Several rows are rows of their own; one is the row in which it stands. */
		if (f->form.rows > 1) {
			x->row.key = rng_mix(outer.key + UINT64_C(0x9e3779b97f4a7c15) * (i + 1));
			x->row.number = outer.number * f->form.rows + i;
		}
		expr_range(x, o + 1, o + 1 + f->body);
		for (unsigned k = 0; k < f->form.n; k++) {
			const struct held *h = R(f->parts[k].reg);

			cells[k] = (struct field_cell){ f->parts[k].type, h->null, { "", 0 } };
			if (!h->null)
				cells[k].text = expr_text(x, f->parts[k].type, f->parts[k].scale, h);
		}
		f->form.put(&f->form, cells, i, &b);
	}
	x->row = outer;
	copy = cells && buf_ok(&b) ? expr_room(x, b.n + 1) : NULL;
	x->spoilt |= !copy;
	to->null = !copy;
	if (copy)
		to->v.t = (struct text){ memcpy(copy, b.data, b.n), (uint32_t)b.n };
	buf_free(&b);
	return o + 1 + f->body;
}

static void free_fields(void *at)
{
	struct fields *f = at;

	free(f->parts);
	free(f->form.names);
	free(f);
}

static struct fields *fields_new(struct compiler *c, const struct given *g, unsigned at)
{
	const struct tree *t = g->at[at];
	struct fields *f = calloc(1, sizeof *f);

	if (expr_own(c, f, free_fields) < 0)
		return NULL;
	f->form.rows = 1;
	if (t->kind != TREE_LIST || !t->n || t->n > FIELDS_MOST) {
		expr_fail(c, t, "fields is a list of 1 to %d, like [id=uuid4, email]", FIELDS_MOST);
		return NULL;
	}
	f->parts = calloc(t->n, sizeof *f->parts);
	f->form.names = calloc(t->n, sizeof *f->form.names);
	if (f->parts && f->form.names)
		return f;
	err_memory(c->e);
	return NULL;
}

static int make_fields(struct compiler *c, const struct tree *t, struct fields *f, enum type type, struct part *to)
{
	uint32_t at = c->x->n;
	uint64_t rows = c->x->rows;
	char path[300];

	c->x->rows = UINT64_MAX;
	/* The same rows in any form. */
	expr_path(c, "fields", path, sizeof path);
	if (!expr_emit(c, run_fields) || compile_fields(c, t, path, f) < 0)
		return -1;
	c->x->rows = c->x->rows == UINT64_MAX || c->x->rows / f->form.rows > rows ? rows : c->x->rows / f->form.rows;
	f->body = c->x->n - at - 1;
	c->x->ops[at].at = f;
	*to = (struct part){ expr_register(c), type, false, 0 };
	c->x->ops[at].to = to->reg;
	return 0;
}

/* The i-th argument as a whole number. */
static int whole(struct compiler *c, const struct given *g, unsigned i, uint64_t *to)
{
	double v;

	if (expr_bounded(c, g, i, &v) < 0)
		return -1;
	*to = (uint64_t)v;
	return (double)*to < v ? expr_fail(c, g->at[i], "%s is a whole number", c->is->params[i].name) : 0;
}

/* ---- one for each form ---- */

int expr_object(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct fields *f;

	if (expr_arguments(c, t, &g) < 0 || !(f = fields_new(c, &g, 0)))
		return -1;
	f->form.put = rows_put_json;
	return make_fields(c, g.at[0], f, TYPE_JSON, to);
}

int expr_json(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct fields *f;

	if (expr_arguments(c, t, &g) < 0 || !(f = fields_new(c, &g, 0)) || whole(c, &g, 1, &f->form.rows) < 0 ||
	    expr_choice(c, &g, 2, &f->form.type) < 0 || whole(c, &g, 3, &f->form.indent) < 0)
		return -1;
	if (f->form.type == JSON_OBJECT && f->form.rows > 1)
		return expr_fail(c, g.at[1], "rows: an object is one; type=array and type=lines take several");
	if (f->form.type == JSON_LINES && f->form.indent)
		return expr_fail(c, g.at[3], "indent: with type=lines each is on one line");
	f->form.put = rows_put_json;
	return make_fields(c, g.at[0], f, TYPE_TEXT, to);
}

static int separator(struct compiler *c, const struct tree *t, struct fields *f)
{
	const char *text;

	f->form.separator = ',';
	if (!t)
		return 0;
	if (expr_word(c, t, "separator", &text) < 0)
		return -1;
	text = strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0 ? "\t" : strcmp(text, "pipe") == 0 ? "|" : text;
	if (strlen(text) != 1 || strchr("\"\r\n", *text) || (*text & 0x80))
		return expr_fail(c, t, "separator is one character, or tab or pipe");
	f->form.separator = *text;
	return 0;
}

int expr_csv(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct fields *f;

	if (expr_arguments(c, t, &g) < 0 || !(f = fields_new(c, &g, 0)) || whole(c, &g, 1, &f->form.rows) < 0 || separator(c, g.at[2], f) < 0 ||
	    expr_flag(c, &g, 3, &f->form.header) < 0 || expr_choice(c, &g, 4, &f->form.quote) < 0)
		return -1;
	f->form.put = rows_put_csv;
	return make_fields(c, g.at[0], f, TYPE_TEXT, to);
}

int expr_sql(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct fields *f;

	if (expr_arguments(c, t, &g) < 0 || !(f = fields_new(c, &g, 1)) || expr_word(c, g.at[0], "table", &f->form.table) < 0 ||
	    whole(c, &g, 2, &f->form.rows) < 0 || expr_choice(c, &g, 3, &f->form.dialect) < 0 || whole(c, &g, 4, &f->form.batch) < 0)
		return -1;
	if (!*f->form.table || strlen(f->form.table) > 128)
		return expr_fail(c, g.at[0], "table is a name of 1 to 128 bytes, like orders or shop.orders");
	f->form.put = rows_put_sql;
	return make_fields(c, g.at[1], f, TYPE_TEXT, to);
}

/* The name of an element. */
static int element(struct compiler *c, const struct given *g, unsigned i, const char **to)
{
	const char *name = c->is->params[i].name;

	if (expr_word(c, g->at[i], name, to) < 0)
		return -1;
	if (!*to)
		*to = c->is->params[i].text;
	if ((isalpha((unsigned char)**to) || **to == '_') && strspn(*to, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == strlen(*to))
		return 0;
	return expr_fail(c, g->at[i], "%s is the name of an element: letters, digits, '_', '-' and '.', a letter first", name);
}

int expr_xml(struct compiler *c, const struct tree *t, struct part *to)
{
	struct given g;
	struct fields *f;

	if (expr_arguments(c, t, &g) < 0 || !(f = fields_new(c, &g, 0)) || whole(c, &g, 1, &f->form.rows) < 0 ||
	    element(c, &g, 2, &f->form.root) < 0 || element(c, &g, 3, &f->form.record) < 0 || whole(c, &g, 4, &f->form.indent) < 0)
		return -1;
	f->form.put = rows_put_xml;
	return make_fields(c, g.at[0], f, TYPE_TEXT, to);
}
