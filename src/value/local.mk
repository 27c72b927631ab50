# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/text.c %D%/text.h %D%/draws.h %D%/moments.c %D%/moments.h %D%/provider.c %D%/provider.h %D%/table.c %D%/table.h \
	%D%/packs/packs.h %D%/packs/table.c \
	%D%/packs/numbers.c
