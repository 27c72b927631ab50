# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/text.c %D%/text.h %D%/draws.h %D%/moments.c %D%/moments.h %D%/provider.c %D%/provider.h %D%/table.c %D%/table.h \
	%D%/packs/packs.h %D%/packs/table.c \
	%D%/packs/numbers.c \
	%D%/packs/pieces.c %D%/packs/pieces.h %D%/packs/regex.h %D%/packs/agents.h \
	%D%/packs/ids.c %D%/packs/strings.c %D%/packs/regex.c %D%/packs/network.c %D%/packs/internet.c %D%/packs/agents.c %D%/packs/times.c %D%/packs/calendar.c \
	%D%/packs/words.c %D%/packs/lorem.c %D%/packs/colors.c %D%/packs/files.c %D%/packs/logs.c %D%/packs/developer.c %D%/packs/git.c
