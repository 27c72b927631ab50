/* What keys do to one entity. Every change is a line of the command language. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "ui/entities.h"
#include "ui/ui.h"

/* A word for a line: in quotes if it must be. Quotes of both kinds within one word are joined of pieces. */
static void put_word(struct buf *to, const char *text)
{
	if (*text && !strpbrk(text, " \t'\"")) {
		buf_text(to, text);
		return;
	}
	if (!*text)
		buf_text(to, "''");
	while (*text) {
		char quote = *text == '\'' ? '"' : '\'';
		size_t n = strcspn(text, quote == '"' ? "\"" : "'");

		buf_printf(to, "%c%.*s%c", quote, (int)n, text, quote);
		text += n;
	}
}

static const struct view_entity *present(struct ui *u)
{
	const struct view_entity *row = entities_row(u);

	if (row && row->there && !entities_gone(u))
		return row;
	ui_say(u, STYLE_WARN, row ? "%s is not there any more" : "there is no entity here", row ? row->key : "");
	return NULL;
}

/* "entity edit user u-1 " and what follows. */
static void line_of(const struct view_entity *row, const char *verb, struct buf *to)
{
	buf_printf(to, "entity %s ", verb);
	put_word(to, row->class);
	buf_char(to, ' ');
	put_word(to, row->key);
}

static void run_verb(struct ui *u, const char *verb)
{
	const struct view_entity *row = present(u);
	struct buf b;

	if (!row)
		return;
	buf_init(&b, COMMAND_LINE - 1);
	line_of(row, verb, &b);
	ui_command(u, "%s", b.data);
	buf_free(&b);
}

void act_entity_release(struct ui *u, const char *arg)
{
	(void)arg;
	run_verb(u, "release");
}

void act_entity_retire(struct ui *u, const char *arg)
{
	const struct view_entity *row = present(u);
	struct buf b;

	(void)arg;
	if (!row)
		return;
	buf_init(&b, sizeof u->ask_line - 1);
	line_of(row, "retire", &b);
	if (buf_ok(&b))
		ui_ask(u, b.data, row->holder ? "retire it, held by %.40s?" : "retire it? u brings it back", row->holder);
	else
		ui_say(u, STYLE_WARN, "the key is too long to be asked for; type: entity retire");
	buf_free(&b);
}

static void clone_typed(struct ui *u, const char *text)
{
	const struct view_entity *row = present(u);
	struct buf b;

	if (!row)
		return;
	buf_init(&b, COMMAND_LINE - 1);
	line_of(row, "clone", &b);
	if (*text) {
		buf_char(&b, ' ');
		put_word(&b, text);
	}
	ui_command(u, "%s", b.data);
	buf_free(&b);
}

void act_entity_clone(struct ui *u, const char *arg)
{
	const struct view_entity *row = present(u);
	struct ui_prompt *p;

	(void)arg;
	if (!row)
		return;
	p = ui_prompt(u, clone_typed, "", "clone %.80s as: ", row->key);
	snprintf(p->hint, sizeof p->hint, "the new key; nothing means that one is made");
}

/* ---- editing ---- */

static int field_named(const struct view_class *c, const char *name)
{
	for (unsigned i = 0; c && i < c->field_n; i++)
		if (strcmp(c->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

static void put_edit(const struct view_entity *row, const char *field, const char *value, struct buf *to)
{
	struct buf pair;

	buf_init(&pair, COMMAND_LINE);
	buf_printf(&pair, "%s=%s", field, value);
	line_of(row, "edit", to);
	buf_char(to, ' ');
	put_word(to, pair.data);
	buf_free(&pair);
}

static void prompt_value(struct ui *u, const char *field, const char *text, const char *hint);

/* What is refused can be typed anew, with the reason beside it. */
static void value_typed(struct ui *u, const char *text)
{
	const struct view_entity *row = present(u);
	char field[80], why[300], typed[UI_LINE];
	struct buf b;

	if (!row)
		return;
	snprintf(field, sizeof field, "%.79s", u->prompt.knob);
	snprintf(typed, sizeof typed, "%s", text);
	buf_init(&b, COMMAND_LINE - 1);
	put_edit(row, field, text, &b);
	ui_command(u, "%s", b.data);
	if (u->message_style == STYLE_BAD && *u->message) {
		snprintf(why, sizeof why, "%.290s", u->message);
		prompt_value(u, field, typed, why);
	}
	buf_free(&b);
}

static void prompt_value(struct ui *u, const char *field, const char *text, const char *hint)
{
	const struct view_entity *row = present(u);
	struct ui_prompt *p;

	if (!row)
		return;
	p = ui_prompt(u, value_typed, text, "%.60s %.60s = ", row->key, field);
	snprintf(p->knob, sizeof p->knob, "%s", field);
	snprintf(p->hint, sizeof p->hint, "%.290s", hint);
}

int entities_edit(struct ui *u, const char *field, struct err *e)
{
	const struct view_class *c = entities_class(u);
	const struct view_entity *row = entities_row(u);
	int i = field_named(c, field);
	char hint[300];
	struct suggest s;
	char near[80];

	if (!row || !row->there || !c)
		return err_set(e, ERR_INPUT, "there is no entity under the cursor");
	suggest_init(&s, field);
	for (unsigned k = 1; k < c->field_n; k++)
		suggest_try(&s, c->fields[k].name);
	if (i < 0)
		return err_set(e, ERR_INPUT, "a %s has no field '%.60s'%s", c->name, field, suggest_text(&s, near, sizeof near));
	if (i == 0)
		return err_set(e, ERR_INPUT, "%s is the key, which stays; C clones", field);
	snprintf(hint, sizeof hint, "%s, or null; now %.100s", c->fields[i].type, row->values[i] ? row->values[i] : "null");
	prompt_value(u, field, row->values[i] ? row->values[i] : "", hint);
	return 0;
}

static void add_value(struct ui *u, const struct view_entity *row, const char *field, const char *value)
{
	struct buf b;

	buf_init(&b, sizeof u->menu.items[0].line - 1);
	put_edit(row, field, value, &b);
	if (buf_ok(&b))
		menu_add(u, b.data, "%s", value);
	buf_free(&b);
}

/* The values that were seen of a state; of a truth both. */
static void menu_of_values(struct ui *u, const struct view_class *c, const struct view_entity *row, unsigned field)
{
	const char *name = c->fields[field].name;
	char line[120], title[60];

	snprintf(title, sizeof title, "%.20s %.30s", row->key, name);
	menu_begin(u, title);
	if (strcmp(c->fields[field].type, "bool") == 0) {
		add_value(u, row, name, "true");
		add_value(u, row, name, "false");
	}
	for (unsigned i = 0; strcmp(c->fields[field].type, "bool") != 0 && i < c->bar_n; i++)
		if (strcmp(c->bars[i].text, "others") != 0)
			add_value(u, row, name, c->bars[i].text);
	for (unsigned i = 0; i < u->menu.n; i++)
		if (row->values[field] && strcmp(u->menu.items[i].text, row->values[field]) == 0)
			u->menu.at = i;
	snprintf(line, sizeof line, "edit \"%.80s\"", name);
	menu_add(u, line, "another value ...");
	menu_open(u, -1, -1);
}

static void edit_field(struct ui *u, const struct view_class *c, const struct view_entity *row, unsigned field)
{
	struct err e;

	if (field && (strcmp(c->fields[field].type, "bool") == 0 || strcmp(c->fields[field].name, c->bar) == 0))
		menu_of_values(u, c, row, field);
	else if (entities_edit(u, c->fields[field].name, &e) < 0)
		ui_say(u, STYLE_WARN, "%s", e.text);
}

void act_entity_edit(struct ui *u, const char *arg)
{
	const struct view_class *c = entities_class(u);
	const struct view_entity *row = present(u);
	bool in_state = ui_pane(u) == (u->screen == SCREEN_ENTITY ? PANE_MAIN : PANE_SIDE);
	unsigned fields[64], n = entities_fields(u, fields, COUNT_OF(fields));
	char line[120];

	(void)arg;
	if (!row || !c)
		return;
	if (in_state && u->ents.field < n) {
		edit_field(u, c, row, fields[u->ents.field]);
		return;
	}
	menu_begin(u, row->key);
	for (unsigned i = 1; i < c->field_n; i++) {
		snprintf(line, sizeof line, "edit \"%.80s\"", c->fields[i].name);
		menu_add(u, line, "%s = %.40s", c->fields[i].name, row->values[i] ? row->values[i] : "null");
	}
	menu_open(u, -1, -1);
}

/* ---- looking ---- */

void act_entity_changed(struct ui *u, const char *arg)
{
	(void)arg;
	u->ents.changed_only = !u->ents.changed_only;
	u->ents.field = 0;
	ui_say(u, STYLE_TEXT, u->ents.changed_only ? "only fields that were changed" : "all fields");
}

void act_entity_pin(struct ui *u, const char *arg)
{
	struct view_entity_ask *ask = &u->ents.ask;
	const struct view_entity *row = entities_row(u);

	(void)arg;
	if (!row)
		return;
	for (unsigned i = 0; i < ask->pin_n; i++)
		if (strcmp(ask->pins[i].class, row->class) == 0 && strcmp(ask->pins[i].key, row->key) == 0) {
			memmove(&ask->pins[i], &ask->pins[i + 1], (--ask->pin_n - i) * sizeof *ask->pins);
			ui_say(u, STYLE_TEXT, "%.100s is not pinned any more", row->key);
			return;
		}
	if (ask->pin_n == ENTITY_PINS || strlen(row->key) >= ENTITY_KEY) {
		ui_say(u, STYLE_WARN, "at most %d can be pinned; * takes one off", ENTITY_PINS);
		return;
	}
	snprintf(ask->pins[ask->pin_n].class, sizeof ask->pins[0].class, "%.71s", row->class);
	snprintf(ask->pins[ask->pin_n++].key, sizeof ask->pins[0].key, "%s", row->key);
	ui_say(u, STYLE_TEXT, "%.100s is pinned: it stays above the list", row->key);
}

void act_entity_compare(struct ui *u, const char *arg)
{
	struct view_entity_ask *ask = &u->ents.ask;
	const struct view_entity *row = entities_row(u);

	(void)arg;
	if (*ask->other) {
		ask->other[0] = '\0';
		ui_say(u, STYLE_TEXT, "nothing is compared any more");
	} else if (row && strlen(row->key) < ENTITY_KEY) {
		snprintf(ask->other, sizeof ask->other, "%s", row->key);
		ui_say(u, STYLE_TEXT, "whatever the cursor is on is compared with %.100s; d ends that", row->key);
	}
}

void act_entity_yank(struct ui *u, const char *arg)
{
	const struct view_class *c = entities_class(u);
	const struct view_entity *row = entities_row(u);
	struct buf b;

	(void)arg;
	buf_init(&b, 1 << 20);
	if (row && c)
		view_entity_json(c, row, &b);
	take_copy(u, &b);
	buf_free(&b);
}

void entities_menu(struct ui *u, int x, int y)
{
	static const char *const verbs[] = { "release", "retire", "clone" };
	const struct view_entity *row = entities_row(u);
	const struct view_class *c = entities_class(u);
	char line[100];

	if (!row || !row->there || !c)
		return;
	menu_begin(u, row->key);
	for (unsigned i = 1; i < c->field_n && i < 12; i++) {
		snprintf(line, sizeof line, "edit \"%.80s\"", c->fields[i].name);
		menu_add(u, line, "edit %s", c->fields[i].name);
	}
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		struct buf b;

		buf_init(&b, sizeof u->menu.items[0].line - 1);
		line_of(row, verbs[i], &b);
		if (buf_ok(&b))
			menu_add(u, b.data, "%s", verbs[i]);
		buf_free(&b);
	}
	menu_open(u, x, y);
}
