/* Styles. */
#include "ui/theme.h"

#include <stddef.h>

const char *const theme_names[] = { "calm", "vivid", "safe", "light", "mono", NULL };

/* calm: few colours for long looking. The others change only what carries meaning. */
static const struct look looks[STYLE_N] = {
	[STYLE_TEXT] = { -1, -1, 0, 0 },
	[STYLE_DIM] = { 245, -1, 0, 0 },
	[STYLE_BORDER] = { 240, 4, 0, 0 },
	[STYLE_TITLE] = { 117, 6, LOOK_BOLD, LOOK_BOLD },
	[STYLE_HEADER] = { 254, 7, LOOK_BOLD, LOOK_BOLD },
	[STYLE_FOCUS] = { 231, 7, LOOK_BOLD | LOOK_REVERSE, LOOK_REVERSE },
	[STYLE_GOOD] = { 114, 2, 0, 0 },
	[STYLE_WARN] = { 221, 3, LOOK_BOLD, LOOK_BOLD },
	[STYLE_BAD] = { 203, 1, LOOK_BOLD, LOOK_BOLD | LOOK_UNDERLINE },
	[STYLE_VALUE] = { 159, 6, 0, 0 },
	[STYLE_GRAPH] = { 74, 6, 0, 0 },
	[STYLE_TARGET] = { 180, 3, 0, 0 },
	[STYLE_MARK] = { 213, 5, LOOK_BOLD, LOOK_BOLD },
	[STYLE_KEY] = { 117, 6, LOOK_BOLD, LOOK_BOLD },
	[STYLE_BADGE] = { 221, 3, LOOK_BOLD | LOOK_REVERSE, LOOK_REVERSE },
	[STYLE_INPUT] = { 231, 7, LOOK_BOLD, LOOK_BOLD },
};

/* What a theme changes of calm. */
struct change_of {
	enum theme theme;
	enum style style;
	int colour256, colour8;
};

static const struct change_of changes[] = {
	{ THEME_VIVID, STYLE_GRAPH, 46, 2 }, { THEME_VIVID, STYLE_GOOD, 82, 2 }, { THEME_VIVID, STYLE_VALUE, 51, 6 },
	{ THEME_VIVID, STYLE_TARGET, 226, 3 }, { THEME_VIVID, STYLE_MARK, 201, 5 }, { THEME_VIVID, STYLE_BAD, 196, 1 },
	/* Blue and orange instead of green and red. */
	{ THEME_SAFE, STYLE_GOOD, 75, 4 }, { THEME_SAFE, STYLE_BAD, 208, 3 }, { THEME_SAFE, STYLE_WARN, 229, 7 },
	{ THEME_LIGHT, STYLE_DIM, 243, -1 }, { THEME_LIGHT, STYLE_BORDER, 250, 4 }, { THEME_LIGHT, STYLE_TITLE, 25, 4 },
	{ THEME_LIGHT, STYLE_HEADER, 232, 0 }, { THEME_LIGHT, STYLE_FOCUS, 232, 0 }, { THEME_LIGHT, STYLE_GOOD, 28, 2 },
	{ THEME_LIGHT, STYLE_WARN, 130, 3 }, { THEME_LIGHT, STYLE_BAD, 160, 1 }, { THEME_LIGHT, STYLE_VALUE, 24, 4 },
	{ THEME_LIGHT, STYLE_GRAPH, 31, 4 }, { THEME_LIGHT, STYLE_TARGET, 130, 3 }, { THEME_LIGHT, STYLE_MARK, 127, 5 },
	{ THEME_LIGHT, STYLE_KEY, 25, 4 }, { THEME_LIGHT, STYLE_BADGE, 130, 3 }, { THEME_LIGHT, STYLE_INPUT, 232, 0 },
};

struct look theme_look(enum style s, unsigned theme)
{
	struct look l = looks[s];

	if (theme == THEME_MONO)
		return (struct look){ -1, -1, l.mono, l.mono };
	for (size_t i = 0; i < COUNT_OF(changes); i++)
		if (changes[i].theme == (enum theme)theme && changes[i].style == s) {
			l.colour256 = changes[i].colour256;
			l.colour8 = changes[i].colour8;
		}
	return l;
}
