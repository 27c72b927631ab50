/* The line that is being typed: editing, history, completion. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/ui.h"

static void set_line(struct ui *u, const char *text)
{
	u->line_n = (size_t)snprintf(u->line, sizeof u->line, "%s", text);
	if (u->line_n >= sizeof u->line)
		u->line_n = sizeof u->line - 1;
	u->line_at = u->line_n;
}

void input_open(struct ui *u, enum ui_mode mode, const char *text)
{
	u->mode = mode;
	set_line(u, text);
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

/* ---- editing ---- */

static void insert(struct ui *u, const char *bytes, size_t n)
{
	if (u->line_n + n >= sizeof u->line)
		return;
	memmove(u->line + u->line_at + n, u->line + u->line_at, u->line_n - u->line_at + 1);
	memcpy(u->line + u->line_at, bytes, n);
	u->line_n += n;
	u->line_at += n;
}

static size_t before(const struct ui *u, size_t at)
{
	while (at && ((unsigned char)u->line[--at] & 0xc0) == 0x80)
		;
	return at;
}

static size_t after(const struct ui *u, size_t at)
{
	if (at < u->line_n)
		at++;
	while (at < u->line_n && ((unsigned char)u->line[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static size_t word_before(const struct ui *u, size_t at)
{
	while (at && u->line[at - 1] == ' ')
		at--;
	while (at && u->line[at - 1] != ' ')
		at--;
	return at;
}

static void cut(struct ui *u, size_t from, size_t to)
{
	memmove(u->line + from, u->line + to, u->line_n - to + 1);
	u->line_n -= to - from;
	u->line_at = from;
}

/* ---- history ---- */

static void recall(struct ui *u, int by)
{
	int at = (int)u->history_at + by;

	if (u->mode != UI_PALETTE || at < 0 || at > (int)u->history_n)
		return;
	u->history_at = (unsigned)at;
	set_line(u, (unsigned)at < u->history_n ? u->history[at] : "");
}

/* The latest line before this one that contains what stands there now. */
static void search_back(struct ui *u)
{
	for (unsigned i = u->history_at; u->mode == UI_PALETTE && i-- > 0;)
		if (strstr(u->history[i], u->line) && strcmp(u->history[i], u->line) != 0) {
			u->history_at = i;
			set_line(u, u->history[i]);
			return;
		}
}

/* ---- completion ---- */

/* Behind these a name goes on with a dot and a parameter. */
static bool wants_path(const char *line)
{
	static const char *const words[] = { "set ", "nudge ", "ramp ", "adjust ", "default ", "show ", "watch " };

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
	/* A fuzzy match may be shorter than what was typed: that is kept unless there is only one. */
	if (n && (n == 1 || common >= u->line_n - start) && start + common + 2 < sizeof u->line) {
		memcpy(u->line + start, first, common);
		u->line_n = start + common;
		if (n == 1)
			u->line[u->line_n++] = wants_path(u->line) && !memchr(first, '.', common) ? '.' : ' ';
		u->line[u->line_n] = '\0';
		u->line_at = u->line_n;
	}
	buf_free(&all);
}

static bool control(struct ui *u, uint32_t letter)
{
	switch (letter) {
	case 'a': u->line_at = 0; return true;
	case 'e': u->line_at = u->line_n; return true;
	case 'u': cut(u, 0, u->line_at); return true;
	case 'k': cut(u, u->line_at, u->line_n); return true;
	case 'w': cut(u, word_before(u, u->line_at), u->line_at); return true;
	case 'r': search_back(u); return true;
	default: return false;
	}
}

bool input_key(struct ui *u, const struct key *k)
{
	char bytes[4];

	switch (k->code) {
	case KEY_CODE_CHAR:
	case KEY_CODE_PASTE:
		if (k->ch >= 0x20)
			insert(u, bytes, utf8_put(bytes, k->ch));
		return true;
	case KEY_CODE_BACKSPACE: cut(u, before(u, u->line_at), u->line_at); return true;
	case KEY_CODE_DELETE: cut(u, u->line_at, after(u, u->line_at)); return true;
	case KEY_CODE_LEFT: u->line_at = before(u, u->line_at); return true;
	case KEY_CODE_RIGHT: u->line_at = after(u, u->line_at); return true;
	case KEY_CODE_HOME: u->line_at = 0; return true;
	case KEY_CODE_END: u->line_at = u->line_n; return true;
	case KEY_CODE_UP: recall(u, -1); return true;
	case KEY_CODE_DOWN: recall(u, 1); return true;
	case KEY_CODE_TAB: complete(u); return true;
	case KEY_CODE_CTRL: return control(u, k->ch);
	default: return false;
	}
}
