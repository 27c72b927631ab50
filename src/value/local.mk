# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/text.c %D%/text.h %D%/draws.h %D%/moments.c %D%/moments.h %D%/provider.c %D%/provider.h %D%/table.c %D%/table.h \
	%D%/packs/packs.h %D%/packs/table.c \
	%D%/packs/numbers.c %D%/hashes.c %D%/hashes.h %D%/packs/bounded.c %D%/packs/bounded.h %D%/packs/noise.c %D%/packs/noise.h \
	%D%/packs/figures.c %D%/packs/continuous.c %D%/packs/gammas.c %D%/packs/counts.c %D%/packs/walks.c \
	%D%/packs/sensors.c %D%/packs/devices.c %D%/packs/education.c %D%/packs/nature.c %D%/packs/geometry.c %D%/packs/database.c
