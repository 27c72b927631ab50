/* Combinators over files: from_file, lookup, empirical; and over rows of other events: ref. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/num.h"
#include "value/expr_combine.h"
#include "value/expr_ops.h"
#include "value/from_file.h"

#define R(n) (&x->registers[n])

static void free_plain(void *at)
{
	free(at);
}

/* The file of an argument, read once for all that ask for it. */
static struct file_table *table(struct compiler *c, const struct tree *t)
{
	struct expr_value v = { 0 };
	const char *name;
	struct file_table *f;
	struct err e;

	if (expr_word(c, t, "the file", &name) < 0)
		return NULL;
	/* Or the scenario's own name of it. */
	if (c->scope->value && c->scope->value(c->scope->arg, name, &v) && v.file)
		name = v.file;
	for (f = c->x->tables; f; f = f->next)
		if (strcmp(f->name, name) == 0)
			return f;
	f = file_table_read(c->scope->folder, name, &e);
	if (!f) {
		expr_fail(c, t, "%s", e.text);
		return NULL;
	}
	if (expr_own(c, f, file_table_free) < 0)
		return NULL;
	f->next = c->x->tables;
	c->x->tables = f;
	return f;
}

static int find_column(struct compiler *c, const struct file_table *f, const struct tree *t, size_t otherwise, size_t *to)
{
	const char *name;
	struct err e;

	*to = otherwise;
	if (!t)
		return 0;
	if (expr_word(c, t, "a column", &name) < 0)
		return -1;
	return file_table_find(f, name, to, &e) < 0 ? expr_fail(c, t, "%s", e.text) : 0;
}

static int read_column(struct compiler *c, const struct tree *t, struct file_table *f, size_t column, struct file_column *to)
{
	return file_table_column(f, column, to, c->e) < 0 ? expr_fail(c, t, "out of memory") : 0;
}

/* ---- from_file ---- */

static int weigh(struct compiler *c, const struct file_table *f, const struct tree *t, struct source *s)
{
	size_t column;
	double *weights;
	struct err e;
	int result;

	if (find_column(c, f, t, 0, &column) < 0)
		return -1;
	if (file_table_weights(f, column, &weights, &e) < 0)
		return expr_fail(c, t, "%s", e.text);
	result = alias_init(&s->alias, weights, s->n) < 0 ? err_memory(c->e) : 0;
	free(weights);
	return result;
}

enum mode { MODE_RANDOM, MODE_SEQUENTIAL, MODE_WEIGHTED };

static int mode_of(struct compiler *c, const struct given *g, unsigned *mode)
{
	if (expr_choice(c, g, 2, mode) < 0)
		return -1;
	if (*mode == MODE_SEQUENTIAL && g->at[3])
		return expr_fail(c, g->at[2], "mode=sequential takes no weight");
	return *mode != MODE_WEIGHTED || g->at[3] ? 0 : expr_fail(c, g->at[2], "mode=weighted needs weight=, the name of a column");
}

int expr_from_file(struct compiler *c, const struct tree *t, struct part *to)
{
	struct file_column values;
	struct file_table *f;
	struct given g;
	struct source *s;
	size_t column;
	unsigned mode;

	if (expr_arguments(c, t, &g) < 0 || mode_of(c, &g, &mode) < 0)
		return -1;
	f = table(c, g.at[0]);
	s = f ? expr_source(c, "from_file") : NULL;
	if (!s || find_column(c, f, g.at[1], 0, &column) < 0 || read_column(c, t, f, column, &values) < 0)
		return -1;
	s->n = (uint32_t)values.n;
	s->elements = values.values;
	if (g.at[3] && weigh(c, f, g.at[3], s) < 0)
		return -1;
	if (values.nullable && c->mods && c->mods->unique)
		return expr_fail(c, t, "unique: a cell is empty");
	*to = (struct part){ .type = values.type, .nullable = values.nullable, .scale = values.scale };
	return expr_pick_element(c, t, s, mode == MODE_SEQUENTIAL, to);
}

/* ---- lookup ---- */

struct lookup {
	struct map rows;                /* key to number of the row + 1 */
	struct file_column values;
};

static void free_lookup(void *at)
{
	struct lookup *l = at;

	map_free(&l->rows);
	free(l);
}

static const struct op *run_lookup(struct expr_run *x, const struct op *o)
{
	const struct lookup *l = o->at;
	const struct held *key = R(o->a);
	uintptr_t row = key->null ? 0 : (uintptr_t)map_get(&l->rows, key->v.t.at, key->v.t.n);

	if (row)
		*R(o->to) = l->values.values[row - 1];
	else
		R(o->to)->null = true;
	return o + 1;
}

static int index_rows(struct compiler *c, const struct tree *t, const struct file_table *f, size_t column, struct lookup *l)
{
	for (size_t i = f->first; i < f->csv.n; i++) {
		const char *key = f->csv.rows[i][column];
		uintptr_t before = (uintptr_t)map_get(&l->rows, key, strlen(key));

		if (before)
			return expr_fail(c, t, "%.100s: the key '%.40s' is in lines %zu and %zu", f->name, key, file_table_line(f, before - 1), i + 1);
		if (*key && map_put(&l->rows, key, strlen(key), (void *)(uintptr_t)(i - f->first + 1)) < 0)
			return err_memory(c->e);
	}
	return 0;
}

/* Numbers are looked for as texts, which finds nothing where no key is a number. */
static int check_key(struct compiler *c, const struct tree *t, const struct file_table *f, size_t by, const struct part *key)
{
	double ignored;

	if (!expr_is_number(key->type) || f->first >= f->csv.n)
		return 0;
	for (size_t i = f->first; i < f->csv.n; i++)
		if (num_real(f->csv.rows[i][by], &ignored, NULL) == 0)
			return 0;
	return expr_fail(c, t, "the keys of '%.100s' are texts like '%.40s', and %s is none of them", f->name, f->csv.rows[f->first][by],
			 type_names[key->type]);
}

int expr_lookup(struct compiler *c, const struct tree *t, struct part *to)
{
	struct lookup *l = calloc(1, sizeof *l);
	struct file_table *f;
	struct given g;
	struct part key;
	struct op *o;
	size_t column, by;

	if (expr_own(c, l, free_lookup) < 0 || expr_arguments(c, t, &g) < 0)
		return -1;
	map_init(&l->rows);
	f = table(c, g.at[0]);
	if (!f || find_column(c, f, g.at[3], 0, &by) < 0)
		return -1;
	if (!g.at[2] && f->csv.columns < 2)
		return expr_fail(c, g.at[0], "'%.100s' has one column, and nothing to look up beside it", f->name);
	if (find_column(c, f, g.at[2], by ? 0 : 1, &column) < 0 || index_rows(c, g.at[0], f, by, l) < 0 ||
	    read_column(c, t, f, column, &l->values) < 0 || expr_part(c, g.at[1], &key) < 0)
		return -1;
	if (check_key(c, g.at[1], f, by, &key) < 0)
		return -1;
	/* As text the key of a null would be empty, which no row has. */
	if (expr_as_text(c, &key) < 0)
		return -1;
	o = expr_emit(c, run_lookup);
	if (!o)
		return -1;
	o->at = l;
	o->a = key.reg;
	*to = (struct part){ expr_register(c), l->values.type, true, l->values.scale };
	o->to = to->reg;
	return 0;
}

/* ---- empirical ---- */

struct sample {
	uint64_t salt;
	size_t n;
	double *sorted;
};

static void free_sample(void *at)
{
	struct sample *s = at;

	free(s->sorted);
	free(s);
}

/* By inversion: a place between the least and the greatest, on the line between its two neighbours. */
static const struct op *run_empirical(struct expr_run *x, const struct op *o)
{
	const struct sample *s = o->at;
	struct draws d = draws_of(&x->row, s->salt);
	double place = draws_unit(&d) * (double)(s->n - 1), part;
	size_t i = (size_t)place;

	part = place - (double)i;
	R(o->to)->null = false;
	R(o->to)->v.r = s->n > 1 ? s->sorted[i] * (1 - part) + s->sorted[i + 1] * part : s->sorted[0];
	return o + 1;
}

static int compare_reals(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static int take_sample(struct compiler *c, const struct tree *t, const struct file_table *f, const struct file_column *values, struct sample *s)
{
	double power = (double)schema_power10(values->scale);

	if (values->type == TYPE_TEXT)
		return expr_fail(c, t, "empirical needs a column of numbers, and that of '%.100s' has texts", f->name);
	s->sorted = malloc(values->n * sizeof *s->sorted);
	if (!s->sorted)
		return err_memory(c->e);
	for (size_t i = 0; i < values->n; i++)
		if (!values->values[i].null)
			s->sorted[s->n++] = values->type == TYPE_REAL ? values->values[i].v.r : (double)values->values[i].v.i / power;
	qsort(s->sorted, s->n, sizeof *s->sorted, compare_reals);
	return 0;
}

int expr_empirical(struct compiler *c, const struct tree *t, struct part *to)
{
	struct sample *s = calloc(1, sizeof *s);
	struct file_column values;
	struct file_table *f;
	struct given g;
	struct op *o;
	size_t column;

	if (expr_own(c, s, free_sample) < 0 || expr_arguments(c, t, &g) < 0)
		return -1;
	s->salt = expr_salt(c, "empirical");
	f = table(c, g.at[0]);
	if (!f || find_column(c, f, g.at[1], 0, &column) < 0 || read_column(c, t, f, column, &values) < 0 || take_sample(c, t, f, &values, s) < 0)
		return -1;
	o = expr_emit(c, run_empirical);
	if (!o)
		return -1;
	o->at = s;
	*to = (struct part){ expr_register(c), TYPE_REAL, false, 0 };
	o->to = to->reg;
	return 0;
}

/* ---- ref ---- */

/* Row j of the other event is made for its field alone; what it draws is what it drew when it was sent. */
static const struct op *run_ref(struct expr_run *x, const struct op *o)
{
	const struct expr_other *other = o->at;
	const struct held *j = R(o->a);
	struct expr_run run = *x;

	R(o->to)->null = true;
	if (j->null || j->v.i < 0)
		return o + 1;
	run.row = (struct row){ .key = row_key(x->row.seed, (uint64_t)j->v.i), .number = (uint64_t)j->v.i, .seed = x->row.seed, .now_ns = x->start_ns };
	run.registers = other->registers;
	run.event_type = other->event;
	run.key = (struct text){ "", 0 };
	expr_run(other->program, &run);
	x->spent = run.spent;
	x->spoilt |= run.spoilt;
	*R(o->to) = other->registers[other->value.reg];
	return o + 1;
}

int expr_ref(struct compiler *c, const struct tree *t, struct part *to)
{
	struct expr_other *other = calloc(1, sizeof *other);
	const char *event, *field;
	struct given g;
	struct part row;
	struct op *o;
	struct err e;

	if (expr_own(c, other, free_plain) < 0 || expr_arguments(c, t, &g) < 0 || expr_word(c, g.at[0], "the event", &event) < 0 ||
	    expr_word(c, g.at[2], "the field", &field) < 0)
		return -1;
	if (!c->scope->refer)
		return expr_fail(c, t, "ref: there are no events here");
	if (c->scope->refer(c->scope->arg, event, field, other, &e) < 0)
		return expr_fail(c, t, "ref: %s", e.text);
	if (expr_part(c, g.at[1], &row) < 0)
		return -1;
	if (row.type != TYPE_INT)
		return expr_fail(c, g.at[1], "row is the number of a row, not %s", type_names[row.type]);
	o = expr_emit(c, run_ref);
	if (!o)
		return -1;
	o->at = other;
	o->a = row.reg;
	*to = (struct part){ expr_register(c), other->value.type, true, other->value.scale };
	o->to = to->reg;
	return 0;
}
