/* Styles. */
#include "ui/theme.h"

const char *const theme_names[] = { "calm", "vivid", "safe", NULL };

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

struct look theme_look(enum style s, unsigned theme)
{
	struct look l = looks[s];

	if (theme == 1 && s == STYLE_GRAPH)
		l.colour256 = 46;
	if (theme == 1 && s == STYLE_GOOD)
		l.colour256 = 82;
	if (theme == 2 && s == STYLE_GOOD) {            /* blue and orange instead of green and red */
		l.colour256 = 75;
		l.colour8 = 4;
	}
	if (theme == 2 && s == STYLE_BAD) {
		l.colour256 = 208;
		l.colour8 = 3;
	}
	return l;
}
