/* Combinators: values made of others, and of files of a user. Expressions compile them; here are their names and parameters. */
#include "value/expr_combine.h"
#include "value/packs/packs.h"

struct combined {
	char *elements, *weights, *of, *format_text, *path, *table, *key, *column, *weight, *by, *event, *row, *field, *text, *fields, *separator, *root, *record;
	int64_t start, step, min, max, count, rows, indent, batch;
	double null_rate, p;
	int on_exhausted, mode, format, dialect, type, quote;
	bool distinct, header;
};

/* A text whose content is an expression, or a list of some. */
#define P_VALUE(m, h) P_TEXT(struct combined, m, "", .flags = PARAM_PROGRAM | PARAM_NEEDED, .help = h)
#define P_WORD(m, h) P_TEXT(struct combined, m, "", .help = h)
#define P_NEEDED(m, h) P_TEXT(struct combined, m, "", .flags = PARAM_NEEDED, .help = h)
#define P_ELEMENTS P_TEXT(struct combined, elements, "", .flags = PARAM_LIST | PARAM_NEEDED, .help = "What is chosen from, like web,mobile.")
#define P_FIELDS P_TEXT(struct combined, fields, "", .flags = PARAM_LIST | PARAM_PROGRAM | PARAM_NEEDED, .help = "Its fields, like id=uuid4, email, "\
	"total=decimal(1, 500); a value's name is its own, and a field knows those before it.")
#define P_ROWS(d) P_INT(struct combined, rows, 1, 100000, d, .help = "How many records.")
#define P_INDENT P_INT(struct combined, indent, 0, 8, 0, .help = "Blanks by which each level is further in; 0: all on one line.")
#define WHOLE 9e15

static const char *const exhausted[] = { "error", "suffix", "wrap", NULL };
static const char *const modes[] = { "random", "sequential", "weighted", NULL };
static const char *const dialects[] = { "flux", "braces", NULL };
static const char *const types[] = { "object", "array", "lines", NULL };
static const char *const quotes[] = { "minimal", "all", "none", NULL };
static const char *const databases[] = { "ansi", "postgres", "mysql", "sqlite", NULL };
static const char *const formats[] = { "json", "postgres", NULL };

static const struct param pick_rows[] = {
	P_ELEMENTS,
	P_TEXT(struct combined, weights, "", .flags = PARAM_LIST | PARAM_PROGRAM, .help = "A number for each; alike when empty."),
	P_END
};
static const struct param cycle_rows[] = { P_ELEMENTS, P_END };
static const struct param pick_many_rows[] = {
	P_ELEMENTS,
	P_INT(struct combined, count, 0, 65536, 2, .help = "How many; all where there are fewer."),
	P_BOOL(struct combined, distinct, true, .help = "None twice."),
	P_END
};
static const struct param maybe_rows[] = {
	P_VALUE(of, "The value, like email."),
	P_SHARE(struct combined, null_rate, 0, 1, 0.1, .help = "Share of rows that are null instead."),
	P_SHARE(struct combined, p, 0, 1, 0.9, .help = "Share of rows that have the value, instead of null_rate."),
	P_END
};
static const struct param sequence_rows[] = {
	P_INT(struct combined, start, -WHOLE, WHOLE, 1, .help = "The number of row 0."),
	P_INT(struct combined, step, -WHOLE, WHOLE, 1, .help = "How much more the next row has."),
	{ .name = "format", .type = PARAM_TEXT, .offset = PARAM_AT(struct combined, format_text, char *), .text = "",
	  .help = "What stands around the number, and its digits, like INV-%06d; the number alone when empty." },
	P_END
};
static const struct param unique_rows[] = {
	P_VALUE(of, "The value, like random_int(1, 9999)."),
	P_CHOICE(struct combined, on_exhausted, exhausted, 0, .help = "What follows when all were given: error ends the run, suffix puts -2, -3 ... "
		"behind the values, wrap begins again."),
	P_END
};
static const struct param array_rows[] = {
	P_VALUE(of, "Each element, drawn anew, like random_int(1, 6)."),
	P_INT(struct combined, min, 0, 10000, 1, .help = "How many at least."),
	P_INT(struct combined, max, 0, 10000, 5, .help = "How many at most; min where that is more."),
	P_CHOICE(struct combined, format, formats, 0, .help = "How the list is written: [1,2] or {1,2}."),
	P_END
};
static const struct param from_file_rows[] = {
	P_NEEDED(path, "The file, beside the scenario or below the current folder: .csv or .tsv with names of columns in its first line, or one value a line."),
	P_WORD(column, "Name of a column; the first when empty."),
	P_CHOICE(struct combined, mode, modes, 0, .help = "Any row, one after the other, or by the weights of a column."),
	P_WORD(weight, "Name of the column that has the weights."),
	P_END
};
static const struct param lookup_rows[] = {
	P_NEEDED(table, "The file, as from_file takes it."),
	P_VALUE(key, "What is looked up, like pick([EUR, USD])."),
	P_WORD(column, "Name of the column that is given; the second when empty."),
	P_WORD(by, "Name of the column that has the keys; the first when empty."),
	P_END
};
static const struct param empirical_rows[] = {
	P_NEEDED(path, "The file, as from_file takes it."),
	P_WORD(column, "Name of a column of numbers; the first when empty."),
	P_END
};
static const struct param ref_rows[] = {
	P_NEEDED(event, "Name of the event."),
	P_VALUE(row, "Number of its row, from 0, like random_int(0, 99)."),
	P_NEEDED(field, "Name of its field."),
	P_END
};

static const struct param template_rows[] = {
	P_NEEDED(text, "The text, like '${first_name} <${email}>'."),
	P_CHOICE(struct combined, dialect, dialects, 0, .help = "How values are written in it: ${name}, or {name}, {{name}} and {name:1,9} as other tools do."),
	P_END
};
static const struct param object_rows[] = { P_FIELDS, P_END };
static const struct param json_rows[] = {
	P_FIELDS,
	P_ROWS(1),
	P_CHOICE(struct combined, type, types, 0, .help = "One object, an array of them, or one a line."),
	P_INDENT,
	P_END
};
static const struct param csv_rows[] = {
	P_FIELDS,
	P_ROWS(100),
	P_TEXT(struct combined, separator, ",", .help = "What stands between two: one character, or tab or pipe."),
	P_BOOL(struct combined, header, true, .help = "The names of the fields in the first line."),
	P_CHOICE(struct combined, quote, quotes, 0, .help = "What stands in quotes: what needs them, all, or nothing."),
	P_END
};
static const struct param sql_rows[] = {
	P_NEEDED(table, "Name of the table, like orders or shop.orders."),
	P_FIELDS,
	P_ROWS(100),
	P_CHOICE(struct combined, dialect, databases, 0, .help = "Whose quotes, truths and instants."),
	P_INT(struct combined, batch, 1, 10000, 100, .help = "Records of one INSERT."),
	P_END
};
static const struct param xml_rows[] = {
	P_FIELDS,
	P_ROWS(1),
	P_TEXT(struct combined, root, "xml", .help = "Name of the element around all."),
	P_TEXT(struct combined, record, "record", .help = "Name of the element of a record."),
	P_INDENT,
	P_END
};

#define COMBINATOR(n, call, params_) ROW_NAME(n), .category = "Combinators", .combine = (call), .params = (params_), \
	.opts_size = sizeof(struct combined)

#define STRUCTURED(n, call, params_) ROW_NAME(n), .category = "Structured output", .combine = (call), .params = (params_), \
	.opts_size = sizeof(struct combined), .out = KIND_TEXT

const struct provider pack_combinators[] = {
	{ COMBINATOR("pick", expr_pick, pick_rows), .aliases = "random_element weighted categorical one_of enum mysql_enum randomstring randomuint "
	  "helpers.arrayElement helpers.weightedArrayElement helpers.enumValue helpers.objectKey helpers.objectValue helpers.objectEntry",
	  .out = KIND_TEXT, .use = "pick([a, b, ...], weights=[...])", .help = "One of them, alike or by weights; bare words are texts.",
	  .example = "mobile" },
	{ COMBINATOR("cycle", expr_cycle, cycle_rows), .out = KIND_TEXT, .use = "cycle([a, b, ...])",
	  .help = "One after the other, by the number of the row.", .example = "web" },
	{ COMBINATOR("pick_many", expr_pick_many, pick_many_rows), .aliases = "random_elements random_choices(distinct=false) random_sample "
	  "helpers.arrayElements helpers.uniqueArray", .out = KIND_JSON, .use = "pick_many([a, b, ...], count)", .help = "A list of so many different ones.",
	  .example = "[\"web\",\"mobile\"]" },
	{ COMBINATOR("maybe", expr_maybe, maybe_rows), .aliases = "helpers.maybe", .out = KIND_TEXT, .use = "maybe(value, null_rate)",
	  .help = "The value, or null in that share of the rows.", .example = "maria.lopez@example.com" },
	{ COMBINATOR("sequence", expr_sequence, sequence_rows), .aliases = "serial bigserial sqlite_autoincrement mysql_auto_increment", .out = KIND_INT, .use = "sequence(start, step, format='INV-%06d')",
	  .help = "Counts by the number of the row.", .example = "42" },
	{ COMBINATOR("unique", expr_unique, unique_rows), .out = KIND_TEXT, .use = "unique(value, on_exhausted=error)",
	  .help = "The value, none twice, like its modifier unique.", .example = "4817" },
	{ COMBINATOR("array", expr_array, array_rows), .aliases = "array_of_strings(of=word) sqlite_array(of=word) helpers.multiple pylist pytuple pyset pyiterable randomize_nb_elements "
	  "pg_array(format=postgres,of=word)", .out = KIND_JSON, .use = "array(value, min, max)", .help = "A list of so many values, each drawn anew.", .example = "[4,1,6]" },
	{ COMBINATOR("from_file", expr_from_file, from_file_rows), .out = KIND_TEXT,
	  .use = "from_file('names.csv', column=first, mode=random, weight=n)", .help = "A value of a column of a user's file.", .example = "Maria" },
	{ COMBINATOR("lookup", expr_lookup, lookup_rows), .out = KIND_TEXT, .use = "lookup('rates.csv', key, column=rate, by=code)",
	  .help = "The cell beside the key in a user's file, else null. A number is looked for as it is written: 7 is not 007.", .example = "1.08" },
	{ COMBINATOR("empirical", expr_empirical, empirical_rows), .out = KIND_REAL, .use = "empirical('latencies.csv', column=ms)",
	  .help = "A number distributed as those of a column: its inverse distribution, with lines between the numbers.", .example = "17.25" },
	{ COMBINATOR("ref", expr_ref, ref_rows), .aliases = "foreign", .out = KIND_TEXT, .use = "ref('customer', row, 'email')",
	  .help = "The field of another event's row by its number, as the same module makes it.", .example = "maria.lopez@example.com" },
	{ COMBINATOR("template", expr_template, template_rows), .aliases = "generate(dialect=braces) helpers.fake(dialect=braces) helpers.mustache(dialect=braces)", .out = KIND_TEXT,
	  .use = "template('${first_name} ${last_name}', dialect=flux)", .help = "A text with values in it.", .example = "Maria Lopez" },
	{ COMBINATOR("object", expr_object, object_rows), .aliases = "map embedded_document pydict pyobject pystruct", .out = KIND_JSON,
	  .use = "object([id=uuid4, email, ...])", .help = "Fields as one object.", .example = "{\"sku\":\"QK-4817\",\"quantity\":3}" },
	{ STRUCTURED("json", expr_json, json_rows), .aliases = "json_bytes", .use = "json([id=uuid4, email, ...], rows, type=array)",
	  .help = "Records as a text of JSON.", .example = "{\"sku\":\"QK-4817\",\"quantity\":3}" },
	{ STRUCTURED("csv", expr_csv, csv_rows), .aliases = "dsv psv(separator=pipe) tsv(separator=tab)", .use = "csv([id=uuid4, email, ...], rows, separator=',')",
	  .help = "Records as lines, with what separates their fields.", .example = "sku,quantity" },
	{ STRUCTURED("sql", expr_sql, sql_rows), .use = "sql(orders, [id=uuid4, email, ...], rows, dialect=postgres)", .help = "Records as INSERT statements.",
	  .example = "INSERT INTO \"orders\" (\"sku\", \"quantity\") VALUES ('QK-4817', 3);" },
	{ STRUCTURED("xml", expr_xml, xml_rows), .use = "xml([id=uuid4, email, ...], rows, root=orders, record=order)", .help = "Records as XML.",
	  .example = "<xml><record><sku>QK-4817</sku><quantity>3</quantity></record></xml>" },
	{ .name = NULL },
};
