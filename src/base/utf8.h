/* UTF-8: checking, stepping, and the width of text in terminal columns. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one character of s[0..n) into *c and returns its length in bytes, or 0 when the bytes are not valid UTF-8
 * (overlong forms, surrogates and values over U+10FFFF included) or n is 0. */
size_t utf8_next(const char *s, size_t n, uint32_t *c);
size_t utf8_length(const char *s, size_t n);     /* characters of valid UTF-8 */
size_t utf8_put(char *to, uint32_t c);          /* writes 1 to 4 bytes and returns how many */

/* The capital, or the small letter, of a Latin, Greek or Cyrillic letter that has one of as many bytes; else the character itself. */
uint32_t utf8_case(uint32_t c, bool capital);

/* The offset of the first invalid byte, or n. */
size_t utf8_check(const char *s, size_t n);

/* Columns that a terminal gives a character, by the same table that curses uses; control and zero-width characters, which a
 * screen must not contain, count as 1 because they are drawn as a replacement (see utf8_visible()). */
int utf8_width(uint32_t c);
uint32_t utf8_visible(uint32_t c);              /* the character itself, or U+FFFD */

#endif
