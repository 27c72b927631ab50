/* The command language: finding and running a row. The rows of core are in command_rows.c. */
#include "core/command.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"

int command_split(char *line, char **words, unsigned room, struct err *e)
{
	unsigned n = 0;

	for (char *s = line; *s;) {
		char *to, quote;

		s += strspn(s, " \t");
		if (!*s)
			break;
		if (n == room)
			return err_set(e, ERR_INPUT, "more than %u words", room);
		words[n++] = to = s;
		for (quote = 0; *s && (quote || (*s != ' ' && *s != '\t')); s++) {
			if (quote ? *s == quote : *s == '"' || *s == '\'')
				quote = quote ? 0 : *s;
			else
				*to++ = *s;
		}
		if (quote)
			return err_set(e, ERR_INPUT, "a quote %c does not end", quote);
		s += *s != '\0';
		*to = '\0';
	}
	return (int)n;
}

const struct command *command_find(const struct deck *d, const char *name)
{
	for (const struct command *const *t = d->tables; *t; t++)
		for (const struct command *c = *t; c->name; c++)
			if (strcmp(c->name, name) == 0)
				return c;
	return NULL;
}

/* The module that has such an action: the focused one, or the only one. */
static const char *module_with_action(const struct deck *d, const char *action, struct err *e)
{
	const char *found = NULL;

	list_each(l, &d->control->owners) {
		const struct knobs *k = container_of(l, struct knobs, link);
		const struct param *p = param_find(k->rows, action);

		if (!p || p->type != PARAM_ACTION)
			continue;
		if (d->focus && strcmp(k->prefix, d->focus) == 0)
			return k->prefix;
		if (found) {
			err_set(e, ERR_INPUT, "several modules know '%s'; say which: set %s.%s ...", action, found, action);
			return NULL;
		}
		found = k->prefix;
	}
	if (!found)
		e->code = ERR_NONE;
	return found;
}

static int run_action(struct deck *d, unsigned n, char **words, struct buf *said, struct err *e)
{
	const char *module;
	struct buf argument;
	struct suggest s;
	char path[200], hint[80];
	int result;

	e->code = ERR_NONE;
	module = module_with_action(d, words[0], e);
	if (!module && e->code)
		return -1;
	if (!module) {
		suggest_init(&s, words[0]);
		for (const struct command *const *t = d->tables; *t; t++)
			for (const struct command *c = *t; c->name; c++)
				suggest_try(&s, c->name);
		return err_set(e, ERR_INPUT, "unknown command '%.60s'%s", words[0], suggest_text(&s, hint, sizeof hint));
	}
	snprintf(path, sizeof path, "%.64s.%.100s", module, words[0]);
	buf_init(&argument, COMMAND_LINE);
	for (unsigned i = 1; i < n; i++)
		buf_printf(&argument, "%s%s", i > 1 ? " " : "", words[i]);
	result = control_set(d->control, path, argument.data, d->by, e);
	if (result == 0)
		buf_printf(said, "%s %s", path, argument.data);
	buf_free(&argument);
	return result;
}

int command_run(struct deck *d, const char *line, struct buf *said, struct err *e)
{
	char copy[COMMAND_LINE], *words[COMMAND_WORDS];
	const struct command *c;
	int n;

	if (strlen(line) >= sizeof copy)
		return err_set(e, ERR_INPUT, "a command has at most %d bytes", COMMAND_LINE - 1);
	memcpy(copy, line, strlen(line) + 1);
	n = command_split(copy, words, COMMAND_WORDS, e);
	if (n <= 0)
		return n;
	c = command_find(d, words[0]);
	if (!c)
		return run_action(d, (unsigned)n, words, said, e);
	if ((unsigned)n - 1 < c->least || (unsigned)n - 1 > c->most)
		return err_set(e, ERR_INPUT, "%s %s: %s", c->name, c->args, c->help);
	if (c->class != COMMAND_LOOK && d->control->locked && strcmp(c->name, "unlock") != 0)
		return err_set(e, ERR_INPUT, "locked; `unlock` allows changes again");
	return c->run(d, (unsigned)n - 1, words + 1, said, e);
}

bool command_is_there(const struct deck *d, const char *name)
{
	list_each(l, &d->control->owners) {
		const struct knobs *k = container_of(l, struct knobs, link);

		if (!k->hidden && strcmp(k->prefix, name) == 0)
			return true;
	}
	return false;
}

/* Letters in their order, without case: what is offered when nothing begins like that. */
static bool fuzzy(const char *text, const char *letters)
{
	for (; *letters && *text; text++)
		if (tolower((unsigned char)*text) == tolower((unsigned char)*letters))
			letters++;
	return !*letters;
}

struct offers {
	struct buf *to;
	const char *part;
	bool fuzzy;
};

static void offer(const struct offers *o, const char *candidate, const char *prefix)
{
	if (o->fuzzy ? fuzzy(candidate, o->part) : strncmp(candidate, o->part, strlen(o->part)) == 0)
		buf_printf(o->to, "%s%s\n", prefix, candidate);
}

static void complete_values(const struct deck *d, const char *path, const struct offers *o)
{
	const struct param *p = control_find(d->control, path, NULL, NULL);

	if (p && p->type == PARAM_CHOICE)
		for (int i = 0; p->choices[i]; i++)
			offer(o, p->choices[i], "");
	else if (p && p->type == PARAM_BOOL) {
		offer(o, "true", "");
		offer(o, "false", "");
	}
}

static void complete_commands(const struct deck *d, const struct offers *o)
{
	for (const struct command *const *t = d->tables; *t; t++)
		for (const struct command *c = *t; c->name; c++)
			offer(o, c->name, "");
	list_each(l, &d->control->owners) {
		const struct knobs *k = container_of(l, struct knobs, link);

		param_each(p, k->rows)
			if (p->type == PARAM_ACTION && !k->hidden)
				offer(o, p->name, "");
	}
}

/* The nth argument as the row describes it: "sticky|fit|log" offers three words; capitals stand for something. */
static void complete_words(const struct command *c, unsigned n, const struct offers *o)
{
	const char *s = c->args;
	char word[40];

	while (n-- && *s)
		s += strcspn(s, " "), s += *s == ' ';
	while (*s && *s != ' ') {
		size_t len;

		s += strspn(s, "[]|");
		len = strcspn(s, "[]| ");
		snprintf(word, sizeof word, "%.*s", (int)len, s);
		if (len && word[0] >= 'a' && word[0] <= 'z')
			offer(o, word, "");
		s += len;
	}
}

static void complete_paths(const struct deck *d, const struct offers *o)
{
	const char *dot = strchr(o->part, '.');
	struct offers row = *o;
	char path[200];

	list_each(l, &d->control->owners) {
		const struct knobs *k = container_of(l, struct knobs, link);
		size_t n = strlen(k->prefix);

		if (k->hidden)
			continue;
		if (!dot) {
			/* Several tables share a prefix; it is offered once. */
			if (l == d->control->owners.next || strcmp(container_of(l->prev, struct knobs, link)->prefix, k->prefix) != 0)
				offer(o, k->prefix, "");
			if (d->focus && strcmp(d->focus, k->prefix) == 0)
				param_each(p, k->rows)
					if (!(p->flags & PARAM_INSIDE))
						offer(o, p->name, "");
			continue;
		}
		if (n != (size_t)(dot - o->part) || strncmp(k->prefix, o->part, n) != 0)
			continue;
		snprintf(path, sizeof path, "%.100s.", k->prefix);
		row.part = dot + 1;
		param_each(p, k->rows)
			if (!(p->flags & PARAM_INSIDE))
				offer(&row, p->name, path);
	}
}

static void complete(const struct deck *d, const char *line, const struct offers *o)
{
	char path[200], name[60];
	const struct command *c;
	unsigned n = 0;

	if (o->part == line) {
		complete_commands(d, o);
		return;
	}
	if (sscanf(line, "set %199s ", path) == 1 && strchr(line + 4, ' ')) {
		complete_values(d, path, o);
		return;
	}
	snprintf(name, sizeof name, "%.*s", (int)strcspn(line, " "), line);
	c = command_find(d, name);
	for (const char *s = line; s < o->part; s++)
		n += *s == ' ';
	if (c)
		complete_words(c, n - 1, o);
	/* Where words are listed, names are not meant. */
	if (!c || strpbrk(c->args, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		complete_paths(d, o);
}

void command_complete(const struct deck *d, const char *line, struct buf *to)
{
	const char *space = strrchr(line, ' ');
	struct offers o = { .to = to, .part = space ? space + 1 : line };

	complete(d, line, &o);
	if (!to->n && strlen(o.part) > 1) {
		o.fuzzy = true;
		complete(d, line, &o);
	}
}
