/* Named settings, and A/B. */
#include "core/preset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

void presets_init(struct presets *p)
{
	list_init(&p->all);
	list_init(&p->hands);
}

static void preset_free(struct preset *one)
{
	if (!one)
		return;
	free(one->generator);
	free(one->name);
	free(one->text);
	free(one);
}

static void ab_free(struct ab *one)
{
	if (!one)
		return;
	free(one->module);
	free(one->other);
	free(one);
}

void presets_free(struct presets *p)
{
	if (!p->all.next)               /* never begun */
		return;
	list_each(l, &p->all)
		preset_free(container_of(l, struct preset, link));
	list_each(l, &p->hands)
		ab_free(container_of(l, struct ab, link));
	presets_init(p);
}

/* What a setting is made of: all that can be turned, but not what the desk decides. */
static bool belongs(const struct param *p)
{
	static const char *const desk[] = { "on", "mute", "solo", "outputs" };

	for (size_t i = 0; i < COUNT_OF(desk); i++)
		if (strcmp(p->name, desk[i]) == 0)
			return false;
	return p->flags & PARAM_LIVE && !(p->flags & PARAM_INSIDE) && p->type != PARAM_ACTION && p->type != PARAM_SECRET && p->type != PARAM_PAIRS;
}

static int capture(struct control *c, const char *module, bool home, struct buf *to, struct err *e)
{
	bool found = false;

	list_each(l, &c->owners) {
		struct knobs *k = container_of(l, struct knobs, link);

		if (k->hidden || strcmp(k->prefix, module) != 0)
			continue;
		found = true;
		param_each(p, k->rows) {
			const char *was = k->home[p - k->rows];

			if (!belongs(p) || (home && !was))
				continue;
			buf_printf(to, "%s=", p->name);
			if (home)
				buf_text(to, was);
			else
				param_text(p, k->opts, to);
			buf_char(to, '\n');
		}
	}
	if (!found)
		return err_set(e, ERR_INPUT, "there is no module '%.60s'", module);
	return buf_ok(to) ? 0 : err_memory(e);
}

int preset_capture(struct control *c, const char *module, struct buf *to, struct err *e)
{
	return capture(c, module, false, to, e);
}

const struct preset *preset_find(const struct presets *p, const char *generator, const char *name)
{
	for (struct list *l = p->all.next; l != &p->all; l = l->next) {
		const struct preset *one = container_of(l, struct preset, link);

		if (strcmp(one->generator, generator) == 0 && strcmp(one->name, name) == 0)
			return one;
	}
	return NULL;
}

int preset_keep(struct presets *p, const char *generator, const char *name, const char *text, struct err *e)
{
	size_t n = strlen(name);
	struct preset *one;
	unsigned kept = 0;

	/* It becomes the name of a file. */
	if (n == 0 || n > 64 || strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != n)
		return err_set(e, ERR_INPUT, "'%.80s' is no name: 1 to 64 letters, digits, '-' and '_'", name);
	list_each(l, &p->all) {
		one = container_of(l, struct preset, link);
		kept++;
		if (strcmp(one->generator, generator) == 0 && strcmp(one->name, name) == 0) {
			list_take(l);
			preset_free(one);
			kept--;
		}
	}
	if (kept >= PRESET_MOST)
		return err_set(e, ERR_INPUT, "more than %d presets", PRESET_MOST);
	one = calloc(1, sizeof *one);
	if (one) {
		one->generator = strdup(generator);
		one->name = strdup(name);
		one->text = strdup(text);
	}
	if (!one || !one->generator || !one->name || !one->text) {
		preset_free(one);
		return err_memory(e);
	}
	list_add(&p->all, &one->link);
	return 0;
}

/* One line of a setting: 1 done, 0 nothing to change, -1 refused. */
static int apply_line(struct control *c, const char *module, const char *line, size_t n, bool check, enum origin by, struct err *e)
{
	size_t name_n = (size_t)((const char *)memchr(line, '=', n) - line);
	char path[200], *value;
	struct knobs *k;
	const struct param *p;
	struct buf now;
	int result;

	snprintf(path, sizeof path, "%.64s.%.*s", module, (int)(name_n < 100 ? name_n : 100), line);
	p = control_find(c, path, &k, e);
	if (!p)
		return -1;
	if (!belongs(p))
		return err_set(e, ERR_INPUT, "%s cannot be part of a preset", path);
	value = strndup(line + name_n + 1, n - name_n - 1);
	if (!value)
		return err_memory(e);
	buf_init(&now, PRESET_TEXT);
	param_text(p, k->opts, &now);
	result = strcmp(now.data, value) == 0 ? 0 : 1;
	if (result && check)
		result = param_check(p, value, e);
	else if (result)
		result = control_set(c, path, value, by, e) < 0 ? -1 : 1;
	buf_free(&now);
	free(value);
	return result;
}

static int apply_all(struct control *c, const char *module, const char *text, bool check, enum origin by, struct err *e)
{
	int changed = 0;

	while (*text) {
		size_t n = strcspn(text, "\n");
		int one;

		if (n && !memchr(text, '=', n))
			return err_set(e, ERR_INPUT, "'%.*s' is no key=value", (int)(n < 60 ? n : 60), text);
		one = n ? apply_line(c, module, text, n, check, by, e) : 0;
		if (one < 0)
			return -1;
		changed += one;
		text += n + (text[n] == '\n');
	}
	return changed;
}

int preset_apply(struct control *c, const char *module, const char *text, enum origin by, struct err *e)
{
	int result;

	if (apply_all(c, module, text, true, by, e) < 0)
		return -1;
	control_group_begin(c);
	result = apply_all(c, module, text, false, by, e);
	control_group_end(c);
	return result;
}

const struct ab *preset_hands(const struct presets *p, const char *module)
{
	for (struct list *l = p->hands.next; l != &p->hands; l = l->next)
		if (strcmp(container_of(l, struct ab, link)->module, module) == 0)
			return container_of(l, struct ab, link);
	return NULL;
}

static struct ab *hands_of(struct presets *p, struct control *c, const char *module, struct err *e)
{
	struct ab *one = (struct ab *)(uintptr_t)preset_hands(p, module);
	struct buf home;

	if (one)
		return one;
	buf_init(&home, PRESET_TEXT);
	if (capture(c, module, true, &home, e) == 0 && (one = calloc(1, sizeof *one))) {
		one->module = strdup(module);
		one->other = strdup(home.data);
		if (!one->module || !one->other) {
			ab_free(one);
			one = NULL;
			err_memory(e);
		} else {
			list_add(&p->hands, &one->link);
		}
	}
	buf_free(&home);
	return one;
}

int preset_swap(struct presets *p, struct control *c, const char *module, enum origin by, struct buf *said, struct err *e)
{
	struct ab *one = hands_of(p, c, module, e);
	struct buf now;
	char *kept;
	int n = -1;

	if (!one)
		return -1;
	buf_init(&now, PRESET_TEXT);
	if (preset_capture(c, module, &now, e) == 0) {
		kept = strdup(now.data);
		n = kept ? preset_apply(c, module, one->other, by, e) : err_memory(e);
		if (n < 0) {
			free(kept);
		} else {
			free(one->other);
			one->other = kept;
			one->on_b = !one->on_b;
			buf_printf(said, "%s plays %c, %d value%s changed", module, one->on_b ? 'B' : 'A', n, n == 1 ? "" : "s");
		}
	}
	buf_free(&now);
	return n < 0 ? -1 : 0;
}
