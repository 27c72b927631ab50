/* Food, animals, science, games: picks from tables. */
#include "value/packs/pick.h"

#include <stdlib.h>

#include "value/packs/pieces.h"

enum { FIRST, SECOND, THIRD };
enum { MEAL_ANY, DISH_MEAL = SECOND, DISH_DESCRIPTION = THIRD, ANIMAL_KIND = SECOND };
enum { ELEMENT_NAME, ELEMENT_SYMBOL, ELEMENT_NUMBER, ELEMENT_OBJECT };

struct nature_opts {
	int meal, kind, as;
	int64_t count, sides;
};

struct nature_made {
	const struct table *table, *second;
	uint32_t first, n;              /* the rows to pick from */
	unsigned column;
};

static const char *const meals[] = { "any", "breakfast", "lunch", "dinner", NULL };
static const char *const kinds[] = { "any", "wild", "farm", "pet", "bird", "fish", "insect", NULL };
static const char *const dish_parts[] = { "name", "description", NULL };
static const char *const ingredient_parts[] = { "name", "adjective", NULL };
static const char *const element_parts[] = { "name", "symbol", "number", "object", NULL };

static const struct param dish_params[] = {
	P_CHOICE(struct nature_opts, meal, meals, MEAL_ANY, .help = "Time of day."),
	P_CHOICE(struct nature_opts, as, dish_parts, 0, .help = "Its name, or what it is."),
	P_END
};
static const struct param ingredient_params[] = {
	P_CHOICE(struct nature_opts, as, ingredient_parts, 0, .help = "An ingredient, or a word for how food is."), P_END
};
static const struct param animal_params[] = { P_CHOICE(struct nature_opts, kind, kinds, 0, .help = "Kind of animal."), P_END };
static const struct param element_params[] = {
	P_CHOICE(struct nature_opts, as, element_parts, ELEMENT_NAME, .help = "Which part, or all as an object."), P_END
};
static const struct param dice_params[] = {
	P_INT(struct nature_opts, count, 1, 1000, 1, .help = "How many dice; more than one make an array."),
	P_INT(struct nature_opts, sides, 2, 1000, 6, .help = "Sides of each."),
	P_END
};

/* The rows whose cell equals the text, which stand together; all without a text. */
static int bind(struct call *c, const char *name, unsigned column, const char *text, struct err *e)
{
	struct nature_made *m = c->made;

	m->table = table_find(c->locale, name);
	if (!m->table)
		return err_set(e, ERR_FATAL, "the table %s is missing", name);
	m->n = m->table->rows;
	if (text)
		m->n = table_range(m->table, column, text, &m->first);
	return m->n ? 0 : err_set(e, ERR_FATAL, "the table %s has no '%s'", name, text ? text : "");
}

static int dish_prepare(struct call *c, struct err *e)
{
	const struct nature_opts *o = c->opts;

	((struct nature_made *)c->made)->column = o->as ? DISH_DESCRIPTION : FIRST;
	return bind(c, "dish", DISH_MEAL, o->meal ? meals[o->meal] : NULL, e);
}

static int ingredient_prepare(struct call *c, struct err *e)
{
	return bind(c, ((const struct nature_opts *)c->opts)->as ? "food_adjective" : "ingredient", 0, NULL, e);
}

static int animal_prepare(struct call *c, struct err *e)
{
	int kind = ((const struct nature_opts *)c->opts)->kind;

	return bind(c, "animal", ANIMAL_KIND, kind ? kinds[kind] : NULL, e);
}

static int element_prepare(struct call *c, struct err *e)
{
	if (((const struct nature_opts *)c->opts)->as == ELEMENT_OBJECT)
		c->kind = KIND_JSON;
	return bind(c, "chemical_element", 0, NULL, e);
}

static size_t rows_room(const struct call *c)
{
	const struct nature_made *m = c->made;
	size_t most = 0;

	for (uint32_t i = 0; i < m->table->rows; i++) {
		size_t n = table_cell(m->table, i, m->column).n;

		most = n > most ? n : most;
	}
	return most;
}

static char *rows_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct nature_made *m = c->made;

	(void)r;
	return put_cell(to, table_cell(m->table, m->first + (uint32_t)draws_below(d, m->n), m->column));
}

static char *element_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct nature_made *m = c->made;
	uint32_t i = (uint32_t)draws_below(d, m->n);
	int as = ((const struct nature_opts *)c->opts)->as;

	(void)r;
	if (as != ELEMENT_OBJECT)
		return put_cell(to, table_cell(m->table, i, (unsigned)as));
	to = put_member(to, '{', "name", table_cell(m->table, i, ELEMENT_NAME));
	to = put_member(to, ',', "symbol", table_cell(m->table, i, ELEMENT_SYMBOL));
	to = put_cell(put_key(to, ',', "number"), table_cell(m->table, i, ELEMENT_NUMBER));
	return put_literal(to, "}");
}

static int gamertag_prepare(struct call *c, struct err *e)
{
	struct nature_made *m = c->made;

	m->second = table_find(c->locale, "gamer_second");
	return m->second ? bind(c, "gamer_first", 0, NULL, e) : err_set(e, ERR_FATAL, "the table gamer_second is missing");
}

static char *gamertag_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct nature_made *m = c->made;
	uint64_t u = draws_next(d);

	(void)r;
	to = put_cell(to, table_cell(m->table, (uint32_t)((u >> 32) * m->n >> 32), 0));
	to = put_cell(to, table_cell(m->second, table_pick(m->second, NULL, d), 0));
	/* Two names of three end in a number. */
	return (u & 0xffff) % 3 ? put_int(to, (int64_t)((u >> 16 & 0xffff) * 99 >> 16) + 1) : to;
}

static size_t dice_room(const struct call *c)
{
	return (size_t)((const struct nature_opts *)c->opts)->count * 5 + 2;
}

static char *dice_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct nature_opts *o = c->opts;

	(void)r;
	if (o->count == 1)
		return put_int(to, draws_between(d, 1, o->sides));
	for (int64_t i = 0; i < o->count; i++) {
		*to++ = i ? ',' : '[';
		to = put_int(to, draws_between(d, 1, o->sides));
	}
	return put_literal(to, "]");
}

#define ROW(n, alias, area, o, text_, like) \
	ROW_NAME(n), .aliases = (alias), .category = (area), .help = (text_), .example = (like), \
	.opts_size = sizeof(struct nature_opts), .made_size = sizeof(struct nature_made), .prepare = o##_prepare
#define ROWS .out = KIND_TEXT, .max_len = rows_room, .text = rows_text

const struct provider pack_nature[] = {
	{ ROW("dish", "food.dish dinner(meal=dinner) lunch(meal=lunch) breakfast(meal=breakfast) food.description(as=description)", "Food", dish,
	      "Something cooked.", "Mushroom risotto"), .params = dish_params, ROWS },
	{ ROW("ingredient", "food.ingredient food.adjective(as=adjective)", "Food", ingredient, "What food is made of.", "chickpeas"),
	  .params = ingredient_params, ROWS },
	{ PICKED("fruit"), .aliases = "food.fruit", .category = "Food", .help = "A fruit.", .example = "plum" },
	{ PICKED("vegetable"), .aliases = "food.vegetable", .category = "Food", .help = "A vegetable.", .example = "leek" },
	{ ROW("animal", NULL, "Animals", animal, "An animal.", "otter"), .params = animal_params, ROWS },
	{ PICKED("dog_breed"), .aliases = "dog animal.dog", .category = "Animals", .help = "A breed of dogs.", .example = "Whippet" },
	{ PICKED("cat_breed"), .aliases = "cat animal.cat", .category = "Animals", .help = "A breed of cats.", .example = "Siamese" },
	{ PICKED("pet_name"), .aliases = "animal.petName", .category = "Animals", .help = "What pets are called.", .example = "Biscuit" },
	{ ROW_NAME("chemical_element"), .aliases = "science.chemicalElement", .category = "Science", .help = "A chemical element.",
	  .example = "Tungsten", .out = KIND_TEXT, .params = element_params, .opts_size = sizeof(struct nature_opts),
	  .made_size = sizeof(struct nature_made), .prepare = element_prepare, .room = 128, .text = element_text },
	{ ROW("gamertag", NULL, "Games", gamertag, "What players call themselves.", "SilentOtter87"), .out = KIND_TEXT, .text = gamertag_text },
	{ ROW_NAME("dice"), .category = "Games", .help = "Dice, thrown.", .example = "4", .out = KIND_JSON, .params = dice_params,
	  .opts_size = sizeof(struct nature_opts), .max_len = dice_room, .text = dice_text },
	{ .name = NULL },
};
