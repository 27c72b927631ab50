/* Bytes of a terminal to keys. */
#include "ui/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"

/* What decoding the front of the pending bytes gave. */
enum step { STEP_MORE, STEP_SKIP, STEP_KEY };

static enum step plain(const struct keys *k, size_t *used, struct key *out)
{
	uint32_t c;

	*used = 1;
	switch (k->bytes[0]) {
	case '\r': *out = (struct key){ .code = KEY_CODE_ENTER }; return STEP_KEY;
	case '\t': *out = (struct key){ .code = KEY_CODE_TAB }; return STEP_KEY;
	case 0x7f:
	case 0x08: *out = (struct key){ .code = KEY_CODE_BACKSPACE }; return STEP_KEY;
	default: break;
	}
	if (k->bytes[0] < 0x20) {
		*out = (struct key){ .code = KEY_CODE_CTRL, .ch = k->bytes[0] ? k->bytes[0] + (k->bytes[0] < 27 ? 'a' - 1u : '@') : ' ' };
		return STEP_KEY;
	}
	*used = utf8_next((const char *)k->bytes, k->n, &c);
	if (!*used) {
		/* The front of a character whose rest has not come, or no UTF-8 at all. */
		size_t need = k->bytes[0] >= 0xf0 ? 4 : k->bytes[0] >= 0xe0 ? 3 : k->bytes[0] >= 0xc2 ? 2 : 1;

		*used = 1;
		return k->n < need ? STEP_MORE : STEP_SKIP;
	}
	*out = (struct key){ .code = k->pasting ? KEY_CODE_PASTE : KEY_CODE_CHAR, .ch = c };
	return STEP_KEY;
}

static enum step letter(char final, struct key *out)
{
	static const struct { char final; enum key_code code; } keys[] = {
		{ 'A', KEY_CODE_UP }, { 'B', KEY_CODE_DOWN }, { 'C', KEY_CODE_RIGHT }, { 'D', KEY_CODE_LEFT }, { 'H', KEY_CODE_HOME },
		{ 'F', KEY_CODE_END }, { 'Z', KEY_CODE_BACKTAB }, { 'M', KEY_CODE_ENTER }, { 'I', KEY_CODE_FOCUS }, { 'O', KEY_CODE_FOCUS },
	};

	if (final >= 'P' && final <= 'S') {
		*out = (struct key){ .code = KEY_CODE_F, .ch = (uint32_t)(final - 'P' + 1) };
		return STEP_KEY;
	}
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (keys[i].final == final) {
			*out = (struct key){ .code = keys[i].code, .down = final == 'I' };
			return STEP_KEY;
		}
	return STEP_SKIP;
}

/* CSI number ~ */
static enum step tilde(struct keys *k, int number, struct key *out)
{
	static const uint8_t codes[] = { [1] = KEY_CODE_HOME, [2] = KEY_CODE_INSERT, [3] = KEY_CODE_DELETE, [4] = KEY_CODE_END,
					 [5] = KEY_CODE_PGUP, [6] = KEY_CODE_PGDN, [7] = KEY_CODE_HOME, [8] = KEY_CODE_END };

	if (number == 200) {
		k->pasting = true;
		return STEP_SKIP;
	}
	if (number >= 11 && number <= 24) {
		/* 11..15 are F1..F5, 17..21 F6..F10, 23..24 F11..F12 */
		*out = (struct key){ .code = KEY_CODE_F, .ch = (uint32_t)(number - 10 - (number > 16) - (number > 22)) };
		return STEP_KEY;
	}
	if (number < 1 || number >= (int)COUNT_OF(codes))
		return STEP_SKIP;
	*out = (struct key){ .code = (enum key_code)codes[number] };
	return STEP_KEY;
}

/* ESC [ ... final. *used is set when the sequence is complete. */
static enum step csi(struct keys *k, size_t *used, struct key *out)
{
	size_t at = 2;
	int numbers[4] = { 0 }, n = 0;
	char mark = 0;

	if (k->n > 2 && k->bytes[2] == '[') {           /* the Linux console: ESC [ [ A is F1 */
		if (k->n < 4)
			return STEP_MORE;
		*used = 4;
		if (k->bytes[3] < 'A' || k->bytes[3] > 'E')
			return STEP_SKIP;
		*out = (struct key){ .code = KEY_CODE_F, .ch = (uint32_t)(k->bytes[3] - 'A' + 1) };
		return STEP_KEY;
	}
	if (at < k->n && strchr("<=>?", k->bytes[at]) && k->bytes[at])
		mark = (char)k->bytes[at++];
	for (; at < k->n && (k->bytes[at] < 0x40 || k->bytes[at] > 0x7e); at++) {
		if (k->bytes[at] >= '0' && k->bytes[at] <= '9') {
			if (n < 4 && numbers[n] < 100000)
				numbers[n] = numbers[n] * 10 + k->bytes[at] - '0';
		} else if (k->bytes[at] == ';') {
			n++;
		} else if (k->bytes[at] < 0x20) {       /* another key begins: this sequence was broken off */
			*used = at;
			return STEP_SKIP;
		}
	}
	if (at == k->n)
		return STEP_MORE;
	*used = at + 1;
	if (mark == '<' && (k->bytes[at] == 'M' || k->bytes[at] == 'm')) {
		*out = (struct key){ .code = KEY_CODE_MOUSE, .button = numbers[0], .x = numbers[1] - 1, .y = numbers[2] - 1,
				     .down = k->bytes[at] == 'M' };
		return STEP_KEY;
	}
	if (mark)
		return STEP_SKIP;
	if (k->bytes[at] == 'n') {
		*out = (struct key){ .code = KEY_CODE_REPLY, .ch = (uint32_t)numbers[0] };
		return STEP_KEY;
	}
	return k->bytes[at] == '~' ? tilde(k, numbers[0], out) : letter((char)k->bytes[at], out);
}

/* Pasted text is text: no byte of it is a key. Line ends and tabs become blanks, other control characters nothing. */
static enum step pasted(struct keys *k, size_t *used, struct key *out)
{
	static const char end[] = "\033[201~";
	size_t same = 0;
	unsigned char c = k->bytes[0];

	while (same < k->n && same < sizeof end - 1 && k->bytes[same] == (unsigned char)end[same])
		same++;
	*used = 1;
	if (same == sizeof end - 1) {
		k->pasting = false;
		*used = same;
		return STEP_SKIP;
	}
	if (c == 0x1b && same == k->n)
		return STEP_MORE;
	if (c == '\r' || c == '\n' || c == '\t') {
		*out = (struct key){ .code = KEY_CODE_PASTE, .ch = ' ' };
		return STEP_KEY;
	}
	return c < 0x20 || c == 0x7f ? STEP_SKIP : plain(k, used, out);
}

static enum step decode(struct keys *k, size_t *used, struct key *out)
{
	struct keys rest;
	enum step s;

	if (k->pasting)
		return pasted(k, used, out);
	if (k->bytes[0] != 0x1b)
		return plain(k, used, out);
	if (k->n == 1)
		return STEP_MORE;
	if (k->bytes[1] == '[')
		return csi(k, used, out);
	if (k->bytes[1] == 'O') {
		if (k->n < 3)
			return STEP_MORE;
		*used = 3;
		return letter((char)k->bytes[2], out);
	}
	if (k->bytes[1] == 0x1b) {
		*used = 1;
		*out = (struct key){ .code = KEY_CODE_ESC };
		return STEP_KEY;
	}
	/* Alt and a key. */
	rest = *k;
	memmove(rest.bytes, rest.bytes + 1, --rest.n);
	s = plain(&rest, used, out);
	*used += 1;
	out->alt = true;
	return s;
}

static void drop(struct keys *k, size_t n)
{
	memmove(k->bytes, k->bytes + n, k->n - n);
	k->n -= n;
}

size_t keys_feed(struct keys *k, const void *bytes, size_t n, size_t *used, struct key *out, size_t room)
{
	const unsigned char *b = bytes;
	size_t keys = 0, at = 0;

	for (;;) {
		size_t took = 0;
		enum step s;

		while (at < n && k->n < sizeof k->bytes)
			k->bytes[k->n++] = b[at++];
		if (!k->n || keys == room)
			break;
		s = decode(k, &took, &out[keys]);
		if (s == STEP_MORE) {
			if (k->n < sizeof k->bytes)
				break;
			took = k->n;    /* no sequence is that long */
			s = STEP_SKIP;
		}
		drop(k, took);
		keys += s == STEP_KEY;
	}
	*used = at;
	return keys;
}

size_t keys_flush(struct keys *k, struct key *out, size_t room)
{
	size_t n = 0, used;

	if (k->pasting)
		return 0;       /* the rest of the paste is on its way */
	if (k->n && room) {
		/* A sequence that was broken off on a slow line is no row of keys. */
		bool sequence = k->n > 1 && k->bytes[0] == 0x1b && (k->bytes[1] == '[' || k->bytes[1] == 'O');

		if (k->bytes[0] == 0x1b && !sequence)
			out[n++] = (struct key){ .code = KEY_CODE_ESC };
		drop(k, sequence ? k->n : 1);
	}
	return n + keys_feed(k, NULL, 0, &used, out + n, room - n);
}

bool keys_pending(const struct keys *k)
{
	return k->n > 0;
}

static const struct { const char *name; enum key_code code; uint32_t ch; } names[] = {
	{ "Space", KEY_CODE_CHAR, ' ' }, { "Enter", KEY_CODE_ENTER, 0 }, { "Tab", KEY_CODE_TAB, 0 }, { "S-Tab", KEY_CODE_BACKTAB, 0 },
	{ "Bksp", KEY_CODE_BACKSPACE, 0 }, { "Esc", KEY_CODE_ESC, 0 }, { "Up", KEY_CODE_UP, 0 }, { "Down", KEY_CODE_DOWN, 0 },
	{ "Left", KEY_CODE_LEFT, 0 }, { "Right", KEY_CODE_RIGHT, 0 }, { "Home", KEY_CODE_HOME, 0 }, { "End", KEY_CODE_END, 0 },
	{ "PgUp", KEY_CODE_PGUP, 0 }, { "PgDn", KEY_CODE_PGDN, 0 }, { "Ins", KEY_CODE_INSERT, 0 }, { "Del", KEY_CODE_DELETE, 0 },
};

bool key_parse(const char *name, struct key *k)
{
	size_t n = strlen(name);
	uint32_t c;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(names[i].name, name) == 0) {
			*k = (struct key){ .code = names[i].code, .ch = names[i].ch };
			return true;
		}
	if (name[0] == '^' && n == 2) {
		*k = (struct key){ .code = KEY_CODE_CTRL, .ch = (uint32_t)(name[1] | 0x20) };
		return true;
	}
	if (name[0] == 'F' && n > 1 && n < 4 && strspn(name + 1, "0123456789") == n - 1) {
		*k = (struct key){ .code = KEY_CODE_F, .ch = (uint32_t)strtoul(name + 1, NULL, 10) };
		return true;
	}
	if (!n || utf8_next(name, n, &c) != n)
		return false;
	*k = (struct key){ .code = KEY_CODE_CHAR, .ch = c };
	return true;
}

void key_name(const struct key *k, char to[16])
{
	to[0] = '\0';
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (names[i].code == k->code && names[i].ch == k->ch) {
			snprintf(to, 16, "%s", names[i].name);
			return;
		}
	if (k->code == KEY_CODE_CTRL)
		snprintf(to, 16, "^%c", (char)(k->ch >= 'a' && k->ch <= 'z' ? k->ch - 32 : k->ch));
	else if (k->code == KEY_CODE_F)
		snprintf(to, 16, "F%u", k->ch);
	else if (k->code == KEY_CODE_CHAR)
		to[utf8_put(to, k->ch)] = '\0';
}

bool key_same(const struct key *a, const struct key *b)
{
	return a->code == b->code && a->ch == b->ch && a->alt == b->alt;
}
