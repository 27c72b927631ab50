/*
 * Values of state as people type them and as the log of changes keeps them: FIELD=VALUE, where a value is bare or a JSON text in quotes.
 * What is written reads back as the same value, to the last digit.
 */
#ifndef ENTITY_LITERAL_H
#define ENTITY_LITERAL_H

#include "entity/store.h"

/* A word of a line: what stood in quotes may hold blanks, and is never null. */
struct word {
	char *text;                     /* up to `=` in a word like it, when `value` is there */
	char *value;                    /* behind the first bare `=`, or NULL */
	bool quoted;                    /* of the value, or of the text where there is none */
};

/* Cuts a line in place; -1: a text in quotes that does not end, or too many. */
int words_cut(char *line, struct word *to, unsigned room, struct err *e);
/* As the field wants it; texts stay where they are. Refuses with what would be right. */
int literal_read(const struct state_field *f, const char *text, bool quoted, struct setting *to, struct err *e);
void literal_write(const struct class *c, const struct entity *en, unsigned field, struct buf *to);
/* A word that is read as this text: in quotes if it must be. */
void literal_word(const char *text, size_t n, struct buf *to);

#endif
