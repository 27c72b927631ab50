/*
 * Bytes of a terminal to keys: a pure, incremental decoder. It accepts CSI and SS3 forms, the Linux console's function keys, SGR
 * mouse, bracketed paste, focus reports and status replies, and never waits: a lone Esc is pending until keys_flush(), which a
 * timer calls after 25 ms.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_code {
	KEY_CODE_CHAR = 1,              /* ch is the character; control characters come as KEY_CODE_CTRL */
	KEY_CODE_CTRL,                  /* ch is the letter: 'c' for ^C */
	KEY_CODE_ENTER, KEY_CODE_TAB, KEY_CODE_BACKTAB, KEY_CODE_BACKSPACE, KEY_CODE_ESC, KEY_CODE_UP, KEY_CODE_DOWN, KEY_CODE_LEFT,
	KEY_CODE_RIGHT, KEY_CODE_HOME, KEY_CODE_END, KEY_CODE_PGUP, KEY_CODE_PGDN, KEY_CODE_INSERT, KEY_CODE_DELETE,
	KEY_CODE_F,                     /* ch is its number */
	KEY_CODE_PASTE,                 /* ch is a character of pasted text */
	KEY_CODE_MOUSE,                 /* button, x, y from 0; down */
	KEY_CODE_FOCUS, KEY_CODE_REPLY, /* reply to CSI 5 n */
};

struct key {
	enum key_code code;
	uint32_t ch;
	bool alt, down;
	int button, x, y;
};

struct keys {
	unsigned char bytes[64];        /* of an unfinished sequence */
	size_t n;
	bool pasting;
};

enum { KEYS_ROOM = 128 };

/* Decodes as far as possible into out[0..room); returns how many keys. Bytes that did not fit the room are not lost: the rest is
 * taken by calling again with n = 0. Longer input than 64 bytes of one sequence is dropped. */
size_t keys_feed(struct keys *k, const void *bytes, size_t n, size_t *used, struct key *out, size_t room);
/* The pending bytes mean themselves: a lone Esc is the Esc key. */
size_t keys_flush(struct keys *k, struct key *out, size_t room);
bool keys_pending(const struct keys *k);

/* "Space", "^P", "Left", "F1", "Bksp", "x": to a key and back. */
bool key_parse(const char *name, struct key *k);
void key_name(const struct key *k, char to[16]);
bool key_same(const struct key *a, const struct key *b);

#endif
