# make bench prints figures; it judges nothing.
benches = %D%/bench_market %D%/bench_values %D%/bench_flows
EXTRA_PROGRAMS += %D%/bench_market %D%/bench_values %D%/bench_flows
%C%_bench_market_SOURCES = %D%/bench_market.c %D%/bench.h
%C%_bench_values_SOURCES = %D%/bench_values.c %D%/bench.h
%C%_bench_flows_SOURCES = %D%/bench_flows.c %D%/bench.h
EXTRA_DIST += %D%/bench_console.py %D%/bench_faker.py %D%/fakerjs/package.json %D%/fakerjs/package-lock.json %D%/fakerjs/record.mjs
if HAVE_KAFKA
EXTRA_PROGRAMS += %D%/bench_kafka
benches += %D%/bench_kafka
%C%_bench_kafka_SOURCES = %D%/bench_kafka.c
endif
CLEANFILES += $(EXTRA_PROGRAMS)
bench: $(benches) fluxdeck$(EXEEXT)
	@for b in $(benches); do ./$$b || exit 1; done
	@BENCH_VALUES=./%D%/bench_values$(EXEEXT) python3 $(srcdir)/%D%/bench_faker.py
	@FLUXDECK=./fluxdeck$(EXEEXT) python3 $(srcdir)/%D%/bench_console.py
.PHONY: bench
