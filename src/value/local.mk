# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/text.c %D%/text.h %D%/draws.h %D%/moments.c %D%/moments.h %D%/provider.c %D%/provider.h %D%/table.c %D%/table.h \
	%D%/packs/packs.h %D%/packs/table.c \
	%D%/packs/numbers.c \
	%D%/check.c %D%/check.h %D%/hashes.c %D%/hashes.h %D%/packs/pick.c %D%/packs/pick.h %D%/packs/security.h \
	%D%/packs/card.c %D%/packs/bank.c %D%/packs/coins.c %D%/packs/money.c %D%/packs/payment.c %D%/packs/security.c %D%/packs/market.c %D%/packs/orders.c %D%/packs/product.c %D%/packs/vat.c %D%/packs/vehicle.c %D%/packs/logistics.c
