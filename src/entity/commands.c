/* The commands of entities; what they change goes through the action of a module of flows. */
#include "entity/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "core/view.h"
#include "entity/literal.h"

enum { LIST_ROWS = 20 };

/* ---- acting ---- */

/* The first module that has entities: all that have some share them. */
static const char *module_of(const struct deck *d, struct err *e)
{
	const char *name;

	for (unsigned i = 0; (name = engine_module_name(d->engine, i)); i++)
		if (param_find(engine_module(d->engine, name)->class->params, "entity"))
			return name;
	err_set(e, ERR_INPUT, "there are no entities: no module runs flows");
	return NULL;
}

/* The quotes went when the line was split: where they are needed they come back. */
static void put_word(struct buf *to, const char *word, bool pair)
{
	const char *equals = pair ? strchr(word, '=') : NULL;

	if (to->n)
		buf_char(to, ' ');
	if (equals)
		buf_add(to, word, (size_t)(equals + 1 - word));
	word = equals ? equals + 1 : word;
	literal_word(word, strlen(word), to);
}

static int act(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	const char *module = module_of(d, e);
	char path[100];
	struct buf line;
	int result;

	if (!module)
		return -1;
	buf_init(&line, COMMAND_LINE * 2);
	for (unsigned i = 0; i < n; i++)
		put_word(&line, w[i], i > 2 && strcmp(w[0], "clone") != 0);
	snprintf(path, sizeof path, "%.64s.entity", module);
	result = control_set(d->control, path, line.data, d->by, e);
	if (result == 0)
		buf_printf(said, "%s %s", path, line.data);
	buf_free(&line);
	return result;
}

/* ---- looking ---- */

static const struct view *look(struct deck *d, const struct view_entity_ask *ask, struct err *e)
{
	const struct view_want want = { .entities = ask };
	const struct view *v = view_make(d->engine, d->scenario, &want);

	if (!v)
		err_memory(e);
	else if (!v->entities.module) {
		view_drop(v);
		v = NULL;
		err_set(e, ERR_INPUT, "there are no entities: no module runs flows");
	}
	return v;
}

static const struct view_class *class_of(const struct view *v, const char *name, struct err *e)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, name);
	for (unsigned i = 0; i < v->entities.class_n; i++) {
		if (strcmp(v->entities.classes[i].name, name) == 0)
			return &v->entities.classes[i];
		suggest_try(&s, v->entities.classes[i].name);
	}
	err_set(e, ERR_INPUT, "there is no entity '%.60s'%s", name, suggest_text(&s, hint, sizeof hint));
	return NULL;
}

static void say_class(const struct view_class *c, struct buf *to)
{
	char bytes[NUM_TEXT];

	num_human_bytes(bytes, (double)c->bytes);
	buf_printf(to, "%s%s  %llu total  %llu available  %llu busy  created %llu  retired %llu  launches lost %llu  %s", to->n ? "\n" : "", c->name,
		   (unsigned long long)c->live, (unsigned long long)(c->live - c->busy), (unsigned long long)c->busy, (unsigned long long)c->created,
		   (unsigned long long)c->retired, (unsigned long long)c->lost, bytes);
	for (unsigned i = 0; i < c->bar_n; i++)
		buf_printf(to, "%s%s %llu", i ? ", " : *c->bar ? "  by " : "", i ? c->bars[i].text : c->bar, (unsigned long long)c->bars[i].n);
}

static int cmd_entities(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct view_entity_ask ask = { .rows = n ? LIST_ROWS : 0 };
	const struct view_class *c = NULL;
	const struct view *v;
	size_t at = 0;

	snprintf(ask.class, sizeof ask.class, "%s", n ? w[0] : "");
	for (unsigned i = 1; i < n && at < sizeof ask.filter; i++)
		at += (size_t)snprintf(ask.filter + at, sizeof ask.filter - at, "%s%s", i > 1 ? " " : "", w[i]);
	v = look(d, &ask, e);
	if (!v)
		return -1;
	if (n)
		c = class_of(v, w[0], e);
	for (unsigned i = 0; !n && i < v->entities.class_n; i++)
		say_class(&v->entities.classes[i], said);
	if (c && *v->entities.filter_wrong)
		err_set(e, ERR_INPUT, "%s", v->entities.filter_wrong);
	for (unsigned i = 0; c && !*v->entities.filter_wrong && i < v->entities.page_n; i++) {
		buf_text(said, said->n ? "\n" : "");
		view_entity_json(c, &v->entities.page[i], said);
	}
	if (c && !*v->entities.filter_wrong && !v->entities.page_n)
		buf_text(said, "none");
	n = (n && !c) || *v->entities.filter_wrong ? 1 : 0;
	view_drop(v);
	return n ? -1 : 0;
}

static void say_one(const struct view_class *c, const struct view_inspected *one, struct buf *to)
{
	char when[NUM_TEXT];

	view_entity_json(c, &one->row, to);
	num_put_instant(when, one->row.created_ns, 3);
	buf_printf(to, "\nmade %s", when);
	if (one->row.holder)
		buf_printf(to, "  held by %s", one->row.holder);
	if (one->session)
		buf_printf(to, " session %s, %s", one->session, one->doing);
	for (unsigned i = 0; i < one->version_n; i++) {
		const struct view_version *v = &one->versions[i];

		num_put_instant(when, v->at_ns, 3);
		buf_printf(to, "\n%s  %s ", when, v->cause);
		for (unsigned k = 0; k < v->n; k++)
			buf_printf(to, " %s %s → %s", c->fields[v->fields[k].field].name, v->fields[k].was ? v->fields[k].was : "null",
				   v->fields[k].now ? v->fields[k].now : "null");
	}
}

static int show_one(struct deck *d, const char *class, const char *key, struct buf *said, struct err *e)
{
	struct view_entity_ask ask = { .rows = 0 };
	const struct view *v;
	const struct view_class *c;
	int result = -1;

	snprintf(ask.class, sizeof ask.class, "%s", class);
	snprintf(ask.key, sizeof ask.key, "%s", key);
	v = look(d, &ask, e);
	c = v ? class_of(v, class, e) : NULL;
	if (c && !v->entities.one.row.there) {
		err_set(e, ERR_INPUT, "there is no %s '%.80s'", class, key);
	} else if (c) {
		say_one(c, &v->entities.one, said);
		result = 0;
	}
	view_drop(v);
	return result;
}

static int cmd_entity(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	if (strcmp(w[0], "show") != 0)
		return act(d, n, w, said, e);
	return n == 3 ? show_one(d, w[1], w[2], said, e) : err_set(e, ERR_INPUT, "entity show CLASS KEY");
}

const struct command entity_commands[] = {
	{ "entity", "edit|release|retire|clone|show CLASS KEY [FIELD=VALUE...]",
	  "Edits fields of an entity, takes it from the flow that holds it, ends it, copies it (clone CLASS KEY [NEW]), or says how it is.", COMMAND_LOOK, 1,
	  COMMAND_WORDS, cmd_entity },
	{ "entities", "[CLASS [FILTER]]", "Counts the entities of each class, or lists some of one: entities user orders > 3.", COMMAND_LOOK, 0, COMMAND_WORDS,
	  cmd_entities },
	{ .name = NULL },
};
