/* Taking along: screens, lines and rows as files, or to the clipboard. */
#include <stdio.h>

#include "ui/actions.h"
#include "ui/rows.h"

static void save(struct ui *u, const char *what, const struct buf *b)
{
	char name[200] = "";

	if (!u->host.save)
		ui_say(u, STYLE_WARN, "files cannot be written here");
	else if (u->host.save(u->host.arg, what, b, name, sizeof name))
		ui_say(u, STYLE_GOOD, "%s saved as %s", what, name);
	else
		ui_say(u, STYLE_BAD, "%s", name);
}

void act_save_screen(struct ui *u, const char *arg)
{
	struct buf b;

	(void)arg;
	buf_init(&b, 4 << 20);
	cells_dump(&u->cells, &b);
	save(u, "screen", &b);
	buf_free(&b);
}

/* All rows of the list as they are shown. */
void act_write(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);
	struct buf b;

	(void)arg;
	if (id != LIST_TAIL && id != LIST_LOG && id != LIST_JOURNAL)
		return;
	buf_init(&b, 64 << 20);
	for (unsigned i = 0; i < u->lists[id].n; i++) {
		rows_text(u, id, u->lists[id].order[i], &b);
		buf_char(&b, '\n');
	}
	save(u, id == LIST_TAIL ? "tail" : id == LIST_LOG ? "log" : "journal", &b);
	buf_free(&b);
}

void take_copy(struct ui *u, const struct buf *b)
{
	if (!b->n)
		ui_say(u, STYLE_WARN, "there is nothing to copy here");
	else if (u->host.copy && u->host.copy(u->host.arg, b->data, b->n))
		ui_say(u, STYLE_GOOD, "copied %zu bytes: %.60s", b->n, b->data);
	else
		save(u, "copy", b);
}

void act_yank(struct ui *u, const char *arg)
{
	enum ui_list_id id = ui_list_of(u);
	const struct view_knob *k = NULL;
	struct buf b;
	char path[160];

	(void)arg;
	buf_init(&b, 1 << 20);
	if (id < LIST_N && u->lists[id].n)
		rows_text(u, id, u->lists[id].order[u->lists[id].at], &b);
	else if (id == LIST_N && ui_target(u, path, sizeof path, &k) && k)
		buf_printf(&b, "set %s %s", path, k->text);
	take_copy(u, &b);
	buf_free(&b);
}
