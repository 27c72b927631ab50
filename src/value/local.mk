# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/text.c %D%/text.h %D%/draws.h %D%/moments.c %D%/moments.h %D%/provider.c %D%/provider.h %D%/table.c %D%/table.h \
	%D%/packs/packs.h %D%/packs/table.c \
	%D%/packs/numbers.c \
	%D%/packs/aviation.c %D%/packs/fields.h %D%/packs/flight.c %D%/packs/flight.h %D%/packs/flight_json.c %D%/packs/flight_text.c \
	%D%/packs/flight_zone.c %D%/packs/metar.c %D%/packs/clinic.c %D%/packs/clinic.h %D%/packs/health.c %D%/packs/vitals.c %D%/packs/records.c
