/* Values of a scenario's own. */
#include "scenario/values.h"

#include <string.h>

#include "value/described.h"
#include "value/from_file.h"

enum { VALUE_MOST = 200 };

static bool ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), k = strlen(end);

	return n > k && strcmp(name + n - k, end) == 0;
}

static void check_name(struct scenario *sc, struct report *r, const struct node *key)
{
	const char *name = key->text;

	if (!*name || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(name) || (*name >= '0' && *name <= '9'))
		report_add(r, key, "'%.60s' is no name: small letters, digits and _", name);
	else if (expr_is_word(name))
		report_add(r, key, "'%.60s' is a word of expressions already", name);
	else if (provider_named(name))
		report_add(r, key, "there is a value '%.60s' already (fluxdeck list values)", name);
	for (unsigned i = 0; i < sc->world.param_n; i++)
		if (strcmp(sc->world.params[i].name, name) == 0)
			report_add(r, key, "'%.60s' is a parameter already", name);
}

/* What is put together from nodes, as one expression. */
static const char *keep(struct scenario *sc, struct report *r, const struct node *at, struct buf *text)
{
	const char *copy = buf_ok(text) ? arena_copy(&sc->arena, text->data, text->n) : NULL;

	if (!copy)
		report_add(r, at, "this is too much for one value");
	buf_free(text);
	return copy ? copy : "null";
}

static void put_argument(struct report *r, struct buf *to, const struct node *n, const char *name)
{
	if (strpbrk(n->text, "'\\"))
		report_add(r, n, "neither ' nor \\ can stand in a name");
	if (name)
		buf_printf(to, ", %s=", name);
	buf_printf(to, "'%s'", n->text);
}

/* {file: a.csv, column: x, weight: y}: a value, or without a column a table. */
static void read_file(struct scenario *sc, struct report *r, const struct node *n, struct world_value *v)
{
	static const char *const known[] = { "file", "column", "weight", "mode", NULL };
	const struct node *file = node_get(n, "file");
	struct file_table *table;
	bool whole = true, columns;
	struct buf b;
	struct err e;

	node_each(k, n) {
		whole &= described_key(r, k, known, "a value") && k->kind == NODE_SCALAR;
		if (k->kind != NODE_SCALAR)
			report_add(r, k, "'%.60s' must be one text", k->key->text);
	}
	if (!file)
		report_add(r, n, "a value is an expression, a list, or a map with `file:`");
	if (!file || !whole)
		return;
	columns = ends_in(file->text, ".csv") || ends_in(file->text, ".tsv");
	if (columns && n->n == 1) {
		v->file = file->text;
		table = file_table_read(sc->world.folder, file->text, &e);
		if (!table)
			report_add(r, file, "%s", e.text);
		file_table_free(table);
		return;
	}
	buf_init(&b, EXPR_BYTES);
	buf_text(&b, "from_file(");
	put_argument(r, &b, file, NULL);
	for (unsigned i = 1; known[i]; i++)
		if (node_get(n, known[i]))
			put_argument(r, &b, node_get(n, known[i]), known[i]);
	buf_char(&b, ')');
	v->def.text = keep(sc, r, n, &b);
	v->def.place = described_place(&sc->arena, n);
}

static void read_value(struct scenario *sc, struct report *r, const struct node *n, struct world_value *v)
{
	const struct describer d = { .arena = &sc->arena, .world = &sc->world, .report = r };

	*v = (struct world_value){ .name = n->key->text, .def = { .name = n->key->text, .text = "null", .expression = true } };
	check_name(sc, r, n->key);
	if (n->kind == NODE_MAP)
		read_file(sc, r, n, v);
	else
		described_value(&d, n, &v->def);
}

void values_read(struct scenario *sc, struct report *r, const struct node *root)
{
	const struct describer d = { .arena = &sc->arena, .world = &sc->world, .report = r };
	const struct node *map = node_get(root, "values");
	unsigned i = 0, before = r->n;
	bool read;

	if (!map)
		return;
	if (map->kind != NODE_MAP || map->n > VALUE_MOST) {
		report_add(r, map, "values must be a map of at most %d names", VALUE_MOST);
		return;
	}
	sc->values = map;
	sc->world.values = arena_take(&sc->arena, (map->n + 1) * sizeof *sc->world.values);
	if (!sc->world.values)
		return;
	node_each(n, map)
		read_value(sc, r, n, &sc->world.values[i++]);
	sc->world.value_n = i;
	read = r->n == before;
	for (unsigned k = 0; k < i && read; k++)
		if (!sc->world.values[k].file)
			described_try(&d, &sc->world.values[k].def);
}
