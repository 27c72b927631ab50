/* Styles for 256, 16, 8 colours and none; glyphs of graphs. Meaning is never by colour alone. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "ui/cells.h"

enum glyphs { GLYPHS_BRAILLE, GLYPHS_BLOCKS, GLYPHS_ASCII, GLYPHS_NUMBERS, GLYPHS_N };

enum { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

struct look {
	int colour256, colour8;         /* -1: the terminal's own */
	unsigned flags, mono;           /* LOOK_*, with colours and without */
};

struct look theme_look(enum style s, unsigned theme);
enum theme { THEME_CALM, THEME_VIVID, THEME_SAFE, THEME_LIGHT, THEME_MONO, THEME_N };
extern const char *const theme_names[];         /* safe: for red-green blindness; light: for light backgrounds; NULL-terminated */

#endif
