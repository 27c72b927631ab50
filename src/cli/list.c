/* fluxdeck list: what there is, with parameters; the same rows as help text, JSON, mdoc for the manual, and JSON Schema. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/session.h"
#include "cli/shipped.h"
#include "core/rows.h"
#include "entity/commands.h"
#include "ui/line.h"
#include "ui/ui.h"
#include "value/expr.h"
#include "value/modify.h"

static const struct cli_option list_options[] = {
	{ "json", NULL, "as JSON" },
	{ "mdoc", NULL, "as mdoc, for the manual" },
	{ "category", "CATEGORY", "of values: only those of this category" },
	{ "help", NULL, "this text" },
	{ .name = NULL },
};

enum listing { LISTING_TEXT, LISTING_JSON, LISTING_MDOC };

static void one(const char *name, const char *summary, const char *absent, const struct param *rows, enum listing style, struct buf *b)
{
	switch (style) {
	case LISTING_TEXT:
		buf_printf(b, "%s: %s%s%s\n", name, summary, absent ? "; " : "", absent ? absent : "");
		param_usage(rows, b);
		break;
	case LISTING_MDOC:
		buf_printf(b, ".Ss %s\n%c%s.\n", name, summary[0] - 'a' + 'A', summary + 1);
		param_mdoc(rows, b);
		break;
	case LISTING_JSON:
		buf_printf(b, "%s{\"name\":", b->n > 1 ? "," : "");
		json_cstr(b, name);
		buf_text(b, ",\"summary\":");
		json_cstr(b, summary);
		buf_text(b, ",\"absent\":");
		json_cstr(b, absent);
		buf_text(b, ",\"parameters\":{");
		param_schema(rows, b);
		buf_text(b, "}}");
		break;
	}
}

static void list_generators(const struct catalogue *cat, enum listing style, struct buf *b)
{
	if (style != LISTING_JSON)
		one("module", "what every module has", NULL, module_common_rows, style, b);
	for (size_t i = 0; cat->generators[i]; i++)
		one(cat->generators[i]->name, cat->generators[i]->summary, cat->generators[i]->absent, cat->generators[i]->params, style, b);
}

static void list_outputs(const struct catalogue *cat, enum listing style, struct buf *b)
{
	if (style != LISTING_JSON)
		one("output", "what every output has", NULL, output_common_rows, style, b);
	for (size_t i = 0; cat->outputs[i]; i++)
		one(cat->outputs[i]->name, cat->outputs[i]->summary, cat->outputs[i]->absent, cat->outputs[i]->params, style, b);
}

static void list_scenarios(enum listing style, struct buf *b)
{
	for (const struct shipped *s = shipped_scenarios; s->name; s++) {
		if (style == LISTING_JSON) {
			buf_printf(b, "%s{\"name\":", b->n > 1 ? "," : "");
			json_cstr(b, s->name);
			buf_text(b, ",\"summary\":");
			json_cstr(b, s->summary);
			buf_char(b, '}');
		} else {
			buf_printf(b, "%-20s %s\n", s->name, s->summary);
		}
	}
}

static void list_commands(enum listing style, struct buf *b)
{
	static const struct command *const tables[] = { core_commands, session_commands, entity_commands, ui_commands, line_commands };

	for (size_t t = 0; t < COUNT_OF(tables); t++)
		for (const struct command *c = tables[t]; c->name; c++) {
			if (style == LISTING_MDOC) {
				buf_printf(b, ".It Ic %s%s%s\n", c->name, *c->args ? " Ar " : "", c->args);
				mdoc_sentences(c->help, b);
			} else if (style == LISTING_TEXT) {
				buf_printf(b, "%-10s %-16s %s\n", c->name, c->args, c->help);
			} else {
				buf_printf(b, "%s{\"name\":", b->n > 1 ? "," : "");
				json_cstr(b, c->name);
				buf_text(b, ",\"arguments\":");
				json_cstr(b, c->args);
				buf_text(b, ",\"help\":");
				json_cstr(b, c->help);
				buf_char(b, '}');
			}
		}
}

static void put_value_row(const struct provider *p, enum listing style, struct buf *b)
{
	if (style == LISTING_JSON) {
		buf_printf(b, "%s{\"name\":", b->n > 1 ? "," : "");
		json_cstr(b, p->name);
		buf_text(b, ",\"category\":");
		json_cstr(b, p->category);
		buf_text(b, ",\"group\":");
		json_cstr(b, p->group);
		buf_text(b, ",\"help\":");
		json_cstr(b, p->help);
		buf_text(b, ",\"example\":");
		json_cstr(b, p->example);
		buf_text(b, ",\"aliases\":");
		json_cstr(b, p->aliases ? p->aliases : "");
		buf_text(b, ",\"parameters\":{");
		if (p->params)
			param_schema(p->params, b);
		buf_text(b, "}}");
	} else if (style == LISTING_MDOC) {
		buf_printf(b, ".It Ic %s\n", p->name);
		mdoc_sentences(p->help, b);
		buf_text(b, "Like\n.Bd -literal -compact\n");
		mdoc_sentences(p->example, b);
		buf_text(b, ".Ed\n");
		param_each(q, p->params) {
			if (q->flags & PARAM_INSIDE)
				continue;
			param_mdoc(p->params, b);
			break;
		}
	} else {
		buf_printf(b, "%-24s %-20s %s Like %s\n", p->name, p->category, p->help, p->example);
	}
}

static void list_modifiers(enum listing style, struct buf *b)
{
	if (style == LISTING_MDOC)
		param_mdoc(modifier_rows, b);
	else
		one("modifiers", "what every value takes", NULL, modifier_rows, style, b);
}

static void put_use(const char *use, const char *help, enum listing style, struct buf *b)
{
	if (style == LISTING_MDOC) {
		buf_printf(b, ".It Ic %s\n", use);
		mdoc_sentences(help, b);
	} else if (style == LISTING_TEXT) {
		buf_printf(b, "%-34s %s\n", use, help);
	} else {
		buf_printf(b, "%s{\"use\":", b->n > 1 ? "," : "");
		json_cstr(b, use);
		buf_text(b, ",\"help\":");
		json_cstr(b, help);
		buf_char(b, '}');
	}
}

/* And the values that are written like them. */
static void list_functions(enum listing style, struct buf *b)
{
	const char *use, *help;

	for (unsigned i = 0; (help = expr_function_help(i, &use)); i++)
		put_use(use, help, style, b);
	provider_each(p)
		if (p->use)
			put_use(p->use, p->help, style, b);
}

/* What is asked for by name is told whole: what else it is called, and its parameters. */
static void put_value_whole(const struct provider *p, struct buf *b)
{
	if (p->aliases)
		buf_printf(b, "  also called %s\n", p->aliases);
	if (p->params)
		param_usage(p->params, b);
}

/* Every word of the query is letters of name, aliases or help. */
static bool is_asked_for(const struct provider *p, const struct cli_args *a)
{
	for (unsigned i = 1; i < a->rest_n; i++) {
		const char *word = a->rest[i];

		if (!text_contains(p->name, word) && !text_contains(p->help, word) && !(p->aliases && text_contains(p->aliases, word)) &&
		    !text_fuzzy(p->name, word))
			return false;
	}
	return true;
}

/* By category, in the order in which the packs have them. */
static int list_values(struct cli_args *a, enum listing style, struct buf *b)
{
	const char *category = cli_value(a, "category"), *last = "";
	char preset[256];
	const struct provider *meant = a->rest_n == 2 && style == LISTING_TEXT ? provider_find(a->rest[1], preset, sizeof preset, NULL) : NULL;
	unsigned n = 0;

	provider_each(p) {
		if (category && !text_contains(p->category, category))
			continue;
		if (p != meant && !is_asked_for(p, a))
			continue;
		if (style == LISTING_MDOC && strcmp(last, p->category) != 0)
			buf_printf(b, "%s.Ss %s\n.Bl -tag -width Ds\n", *last ? ".El\n" : "", p->category);
		last = p->category;
		put_value_row(p, style, b);
		if (p == meant)
			put_value_whole(p, b);
		n++;
	}
	if (style == LISTING_MDOC && *last)
		buf_text(b, ".El\n");
	return n ? 0 : cli_refuse("no value is like that (fluxdeck list values shows all)");
}

static int refuse_unknown(const struct cli_args *a)
{
	for (unsigned i = 0; i < a->given_n; i++)
		if (!a->given[i].row)
			return cli_refuse("unknown option '--%.60s'", a->given[i].name);
	return 0;
}

static int list(const struct catalogue *cat, struct cli_args *a)
{
	enum listing style = cli_value(a, "json") ? LISTING_JSON : cli_value(a, "mdoc") ? LISTING_MDOC : LISTING_TEXT;
	const char *what = a->rest_n ? a->rest[0] : "";
	struct buf b;
	int status = EXIT_DONE;

	if (refuse_unknown(a))
		return EXIT_REFUSED;
	if (strcmp(what, "values") != 0 && (a->rest_n > 1 || cli_value(a, "category")))
		return cli_refuse("only values are searched: fluxdeck list values %.60s", a->rest_n > 1 ? a->rest[1] : "--category CATEGORY");
	buf_init(&b, 1 << 22);
	if (style == LISTING_JSON)
		buf_char(&b, '[');
	if (strcmp(what, "generators") == 0)
		list_generators(cat, style, &b);
	else if (strcmp(what, "outputs") == 0)
		list_outputs(cat, style, &b);
	else if (strcmp(what, "scenarios") == 0)
		list_scenarios(style, &b);
	else if (strcmp(what, "values") == 0)
		status = list_values(a, style, &b);
	else if (strcmp(what, "functions") == 0)
		list_functions(style, &b);
	else if (strcmp(what, "modifiers") == 0)
		list_modifiers(style, &b);
	else if (strcmp(what, "commands") == 0)
		list_commands(style, &b);
	else if (strcmp(what, "clock") == 0)
		one("clock", "simulated time", NULL, clock_rows, style, &b);
	else if (strcmp(what, "keys") == 0)
		console_list_keys(style == LISTING_MDOC, &b);
	else
		return cli_refuse("what should be listed? generators, outputs, values, modifiers, functions, scenarios, commands, clock or keys");
	if (style == LISTING_JSON)
		buf_text(&b, "]\n");
	if (status == 0)
		fwrite(b.data, 1, b.n, stdout);
	buf_free(&b);
	return status;
}

const struct subcommand subcommand_list = { "list", "generators|outputs|values [QUERY]|modifiers|functions|scenarios|commands|clock|keys", "Lists what there is, with parameters", list_options, list, false };

/* ---- the scenario's JSON Schema ---- */

static void schema_of_kinds(struct buf *b, const char *key, const char *name, const struct param *common, const struct param *rows)
{
	buf_printf(b, "{\"properties\":{\"%s\":{\"const\":", key);
	json_cstr(b, name);
	buf_text(b, "},");
	param_schema(common, b);
	size_t before = b->n;
	buf_char(b, ',');
	param_schema(rows, b);
	if (b->n == before + 1)
		b->n--;
	buf_printf(b, "},\"required\":[\"%s\"]}", key);
}

/* A map of names that are the scenario's, and a map of those keys alone. */
#define ANY_OF(what) "{\"type\":\"object\",\"additionalProperties\":" what "}"
#define ONLY(more) "{\"type\":\"object\",\"additionalProperties\":false," more "}"
#define TEXT "{\"type\":\"string\"}"
#define TRUTH "{\"type\":\"boolean\"}"
#define NUMBER "{\"type\":[\"number\",\"string\"]}"
#define COUNTED "{\"type\":[\"integer\",\"string\"]}"
#define SEE(name) "{\"$ref\":\"#/$defs/" name "\"}"

static const char entities_and_flows[] =
	"\"entities\":" ANY_OF(ONLY("\"required\":[\"key\",\"created_by\"],\"properties\":{\"key\":" TEXT ",\"created_by\":" TEXT ",\"initial\":" COUNTED
		",\"announce\":" TRUTH ",\"keep\":" COUNTED ",\"history\":" COUNTED ",\"bar\":" TEXT ",\"state\":" ANY_OF("{\"anyOf\":[{\"not\":{\"type\":\"object\"}},"
		ONLY("\"properties\":{\"from\":" TEXT ",\"default\":{},\"type\":{\"enum\":[\"text\",\"int\",\"real\",\"bool\",\"instant\",\"duration\"]}}") "]}") "}")) ","
	"\"flows\":" ANY_OF(ONLY("\"required\":[\"steps\"],\"properties\":{\"weight\":" NUMBER ",\"select\":" SEE("choice") ",\"steps\":" SEE("steps") "}")) ",";

/* What flows are made of. */
static const char definitions[] =
	"\"$defs\":{\"choice\":{\"anyOf\":[" TEXT ",{\"type\":\"array\",\"items\":" TEXT "}," ANY_OF("{\"anyOf\":[{\"type\":[\"string\",\"boolean\",\"null\"]},"
		ONLY("\"properties\":{\"entity\":" TEXT ",\"where\":{\"type\":[\"string\",\"boolean\"]},\"lock\":" TRUTH ",\"order\":" TEXT "}") "]}") "]},"
	"\"steps\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"const\":\"stop\"}," ONLY("\"minProperties\":1,\"properties\":{"
		"\"emit\":" TEXT ",\"with\":{\"type\":\"object\"},\"create\":{\"anyOf\":[" TEXT "," ANY_OF(TEXT) "]},\"set\":{\"type\":\"object\"},"
		"\"add\":{\"type\":\"object\"},\"wait\":" NUMBER ",\"drop\":" NUMBER ",\"select\":" SEE("choice") ",\"borrow\":" SEE("choice") ","
		"\"branch\":" ANY_OF(SEE("steps")) ",\"if\":{\"type\":[\"string\",\"boolean\"]},\"then\":" SEE("steps") ","
		"\"else\":{\"anyOf\":[{\"enum\":[\"stop\",\"continue\"]}," SEE("steps") "]},"
		"\"repeat\":" NUMBER ",\"do\":" SEE("steps") ",\"call\":" TEXT ",\"retire\":" TEXT ",\"stop\":{\"const\":true}}") "]}}},";

static int schema(const struct catalogue *cat, struct cli_args *a)
{
	struct buf b;

	if (refuse_unknown(a))
		return EXIT_REFUSED;
	buf_init(&b, 1 << 22);
	buf_text(&b, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"fluxdeck scenario\",\"type\":\"object\",");
	buf_text(&b, definitions);
	buf_text(&b, "\"additionalProperties\":false,\"properties\":{\"scenario\":{\"type\":\"string\"},\"seed\":{\"type\":\"integer\",\"minimum\":0},"
		     "\"locale\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\"}}]},"
		     "\"env\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
		     "\"clock\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"start\":{\"type\":\"string\"},"
		     "\"speed\":{\"type\":[\"number\",\"string\"]},\"stop_after\":{\"type\":\"string\"},"
		     "\"drain\":{\"type\":\"boolean\"},\"events\":{\"type\":[\"integer\",\"string\"]},"
		     "\"held\":{\"type\":\"boolean\"}}},"
		     "\"limits\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"rate\":{\"type\":[\"number\",\"string\"]},"
		     "\"bytes\":{\"type\":[\"number\",\"string\"]},\"hosts\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}},"
		     "\"outputs\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"object\",\"anyOf\":[");
	for (size_t i = 0; cat->outputs[i]; i++) {
		buf_text(&b, i ? "," : "");
		schema_of_kinds(&b, "type", cat->outputs[i]->name, output_common_rows, cat->outputs[i]->params);
	}
	buf_text(&b, "]}},\"modules\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"object\",\"anyOf\":[");
	for (size_t i = 0; cat->generators[i]; i++) {
		buf_text(&b, i ? "," : "");
		schema_of_kinds(&b, "generator", cat->generators[i]->name, module_common_rows, cat->generators[i]->params);
	}
	buf_text(&b, "]}},");
	buf_text(&b, entities_and_flows);
	buf_text(&b, "\"params\":{\"type\":\"object\",\"additionalProperties\":{\"anyOf\":[{\"type\":[\"number\",\"string\"]},{\"type\":\"object\",\"required\":[\"default\"],"
		     "\"additionalProperties\":false,\"properties\":{\"default\":{},\"min\":{},\"max\":{},\"step\":{},\"unit\":{\"type\":\"string\"},"
		     "\"scale\":{\"enum\":[\"linear\",\"log\"]},\"help\":{\"type\":\"string\"}}}]}},"
		     "\"values\":{\"type\":\"object\",\"additionalProperties\":{\"anyOf\":[{\"type\":[\"string\",\"number\",\"boolean\",\"null\",\"array\"]},"
		     "{\"type\":\"object\",\"required\":[\"file\"],\"additionalProperties\":false,\"properties\":{\"file\":{\"type\":\"string\"},"
		     "\"column\":{\"type\":\"string\"},\"weight\":{\"type\":\"string\"},\"mode\":{\"enum\":[\"random\",\"sequential\",\"weighted\"]}}}]}},"
		     "\"events\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"object\",\"additionalProperties\":false,"
		     "\"properties\":{\"key\":{\"type\":\"string\"},\"weight\":{\"type\":[\"number\",\"string\"]},\"fields\":{\"type\":\"object\"},\"line\":{\"type\":\"string\"}}}},"
		     "\"timeline\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"at\"],\"additionalProperties\":false,"
		     "\"properties\":{\"at\":{\"type\":\"string\"},\"set\":{\"type\":\"string\"},\"to\":{},\"over\":{\"type\":\"string\"},"
		     "\"ease\":{\"enum\":[\"linear\",\"in\",\"out\",\"in-out\"]},\"mark\":{\"type\":\"string\"}");
	for (size_t i = 0; i < 6; i++) {
		static const char *const switches[] = { "start", "stop", "mute", "unmute", "solo", "unsolo" };

		buf_printf(&b, ",\"%s\":{\"type\":[\"string\",\"array\"]}", switches[i]);
	}
	buf_text(&b, "}}}},\"required\":[\"modules\"]}\n");
	fwrite(b.data, 1, b.n, stdout);
	buf_free(&b);
	return EXIT_DONE;
}

static const struct cli_option schema_options[] = { { "help", NULL, "this text" }, { .name = NULL } };
const struct subcommand subcommand_schema = { "schema", "", "Prints the JSON Schema of scenario files, for editors", schema_options, schema, false };
