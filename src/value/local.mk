# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/text.c %D%/text.h %D%/draws.h %D%/moments.c %D%/moments.h %D%/provider.c %D%/provider.h %D%/table.c %D%/table.h \
	%D%/packs/packs.h %D%/packs/table.c \
	%D%/packs/numbers.c %D%/packs/people.c %D%/packs/person.h %D%/packs/people.h %D%/packs/names.c %D%/packs/body.c \
	%D%/packs/places.c %D%/packs/geo.c %D%/packs/world.c %D%/packs/firms.c %D%/packs/accounts.c %D%/packs/papers.c
