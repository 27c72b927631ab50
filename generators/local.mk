libfluxdeck_a_SOURCES += %D%/table.c %D%/table.h %D%/custom.c %D%/flows.c %D%/flows.h %D%/flows_funnel.c %D%/market.c %D%/market.h %D%/market_events.c %D%/market_hands.c \
	%D%/market_model.c %D%/supermarket.c %D%/supermarket.h %D%/supermarket_catalogue.c %D%/supermarket_towns.c %D%/template.c %D%/template.h %D%/template_sketch.c
