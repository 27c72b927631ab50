/* The line that is being typed: editing, history, completion. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/ui.h"

void input_open(struct ui *u, enum ui_mode mode, const char *text)
{
	u->mode = mode;
	u->line_n = (size_t)snprintf(u->line, sizeof u->line, "%s", text);
	u->history_at = u->history_n;
	u->message[0] = '\0';
}

void input_remember(struct ui *u, const char *line)
{
	char *copy;

	if (!*line || (u->history_n && strcmp(u->history[u->history_n - 1], line) == 0))
		return;
	copy = strdup(line);
	if (!copy)
		return;
	if (u->history_n == UI_HISTORY) {
		free(u->history[0]);
		memmove(u->history, u->history + 1, (UI_HISTORY - 1) * sizeof *u->history);
		u->history_n--;
	}
	u->history[u->history_n++] = copy;
}

static void add(struct ui *u, uint32_t c)
{
	char bytes[4];
	size_t n = utf8_put(bytes, c);

	if (c < 0x20 || u->line_n + n >= sizeof u->line)
		return;
	memcpy(u->line + u->line_n, bytes, n);
	u->line_n += n;
	u->line[u->line_n] = '\0';
}

static void rub_out(struct ui *u)
{
	while (u->line_n && ((unsigned char)u->line[--u->line_n] & 0xc0) == 0x80)
		;
	u->line[u->line_n] = '\0';
}

static void rub_out_word(struct ui *u)
{
	while (u->line_n && u->line[u->line_n - 1] == ' ')
		rub_out(u);
	while (u->line_n && u->line[u->line_n - 1] != ' ')
		rub_out(u);
}

static void recall(struct ui *u, int by)
{
	int at = (int)u->history_at + by;

	if (u->mode != UI_PALETTE || at < 0 || at > (int)u->history_n)
		return;
	u->history_at = (unsigned)at;
	u->line_n = (size_t)snprintf(u->line, sizeof u->line, "%s", (unsigned)at < u->history_n ? u->history[at] : "");
}

/* Behind these a name goes on with a dot and a parameter. */
static bool wants_path(const char *line)
{
	static const char *const words[] = { "set ", "nudge ", "ramp ", "adjust ", "default ", "show " };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strncmp(line, words[i], strlen(words[i])) == 0)
			return strchr(line + strlen(words[i]), ' ') == NULL;
	return false;
}

/* As far as all completions agree; a blank when there is only one. */
static void complete(struct ui *u)
{
	struct buf all;
	const char *first, *space = strrchr(u->line, ' ');
	size_t start = space ? (size_t)(space - u->line) + 1 : 0, common, n = 0;

	if (u->mode != UI_PALETTE)
		return;
	buf_init(&all, 65536);
	command_complete(u->deck, u->line, &all);
	first = all.data;
	common = strcspn(first, "\n");
	for (const char *s = all.data; *s; s += strcspn(s, "\n"), s += *s == '\n', n++) {
		size_t same = 0;

		while (same < common && s[same] == first[same])
			same++;
		common = same;
	}
	if (n && start + common + 2 < sizeof u->line) {
		memcpy(u->line + start, first, common);
		u->line_n = start + common;
		if (n == 1)
			u->line[u->line_n++] = wants_path(u->line) && !memchr(first, '.', common) ? '.' : ' ';
		u->line[u->line_n] = '\0';
	}
	buf_free(&all);
}

bool input_key(struct ui *u, const struct key *k)
{
	switch (k->code) {
	case KEY_CODE_CHAR:
	case KEY_CODE_PASTE: add(u, k->ch); return true;
	case KEY_CODE_BACKSPACE: rub_out(u); return true;
	case KEY_CODE_UP: recall(u, -1); return true;
	case KEY_CODE_DOWN: recall(u, 1); return true;
	case KEY_CODE_TAB: complete(u); return true;
	case KEY_CODE_CTRL:
		if (k->ch == 'u') {
			u->line_n = 0;
			u->line[0] = '\0';
		} else if (k->ch == 'w') {
			rub_out_word(u);
		} else {
			return false;
		}
		return true;
	default: return false;
	}
}
