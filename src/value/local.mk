# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/check.c %D%/check.h %D%/combined.c %D%/combined.h %D%/described.c %D%/described.h %D%/draws.h %D%/expr.c %D%/expr.h %D%/expr_call.c \
	%D%/expr_combine.c %D%/expr_combine.h %D%/expr_decimal.c %D%/expr_decimal.h %D%/expr_fields.c %D%/expr_format.c %D%/expr_functions.c %D%/expr_lists.c \
	%D%/expr_inside.h %D%/expr_operators.c %D%/expr_ops.c %D%/expr_ops.h %D%/expr_parse.c %D%/expr_run.c %D%/expr_tables.c %D%/expr_template.c %D%/expr_tree.c %D%/expr_tree.h \
	%D%/expr_vary.c %D%/expr_vary.h \
	%D%/field_list.c %D%/field_list.h %D%/find.c %D%/from_file.c %D%/from_file.h %D%/hashes.c %D%/hashes.h %D%/locale.c %D%/locale.h %D%/modify.c %D%/modify.h \
	%D%/moments.c %D%/moments.h %D%/provider.c %D%/provider.h %D%/record.c %D%/record.h %D%/setting.c \
	%D%/setting.h %D%/table.c %D%/table.h %D%/template.c %D%/template.h %D%/world.c %D%/write_rows.c %D%/write_rows.h
libfluxdeck_a_SOURCES += %D%/packs/accounts.c %D%/packs/agents.c %D%/packs/agents.h %D%/packs/aviation.c %D%/packs/bank.c \
	%D%/packs/body.c %D%/packs/bounded.c %D%/packs/bounded.h %D%/packs/calendar.c %D%/packs/card.c %D%/packs/clinic.c \
	%D%/packs/clinic.h %D%/packs/coins.c %D%/packs/colors.c %D%/packs/columns.c %D%/packs/combinators.c %D%/packs/continuous.c %D%/packs/counts.c %D%/packs/database.c \
	%D%/packs/developer.c %D%/packs/devices.c %D%/packs/distinct.c %D%/packs/distinct.h %D%/packs/education.c %D%/packs/figures.c %D%/packs/files.c \
	%D%/packs/firms.c %D%/packs/flight.c %D%/packs/flight.h %D%/packs/flight_json.c %D%/packs/flight_text.c %D%/packs/flight_zone.c \
	%D%/packs/gammas.c %D%/packs/geo.c %D%/packs/geometry.c %D%/packs/git.c %D%/packs/health.c %D%/packs/ids.c %D%/packs/internet.c \
	%D%/packs/logistics.c %D%/packs/logs.c %D%/packs/lorem.c %D%/packs/market.c %D%/packs/metar.c %D%/packs/money.c %D%/packs/names.c \
	%D%/packs/nature.c %D%/packs/network.c %D%/packs/noise.c %D%/packs/noise.h %D%/packs/numbers.c %D%/packs/orders.c \
	%D%/packs/packs.h %D%/packs/papers.c %D%/packs/payment.c %D%/packs/people.c %D%/packs/people.h %D%/packs/person.h \
	%D%/packs/pick.c %D%/packs/pick.h %D%/packs/pieces.c %D%/packs/pieces.h %D%/packs/places.c %D%/packs/product.c \
	%D%/packs/records.c %D%/packs/regex.c %D%/packs/regex.h %D%/packs/regex_nodes.h %D%/packs/regex_pool.c %D%/packs/security.c %D%/packs/security.h %D%/packs/sensors.c %D%/packs/speech.c \
	%D%/packs/strings.c %D%/packs/table.c %D%/packs/times.c %D%/packs/track.c %D%/packs/vat.c %D%/packs/vehicle.c %D%/packs/vitals.c %D%/packs/walks.c \
	%D%/packs/words.c %D%/packs/world.c %D%/packs/zone.c %D%/packs/zone.h
