LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_EXTENSIONS = .sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; LC_ALL=C.UTF-8; export LC_ALL; \
	FLUXDECK='$(abs_top_builddir)/fluxdeck$(EXEEXT)'; export FLUXDECK; builddir='$(abs_top_builddir)'; export builddir; \
	srcdir='$(abs_top_srcdir)'; export srcdir;
EXTRA_DIST += %D%/expr_maker.h %D%/fake.h %D%/makes.h %D%/shop.h %D%/town.h %D%/value_maker.h

if HAVE_CMOCKA
unit = %D%/test_base %D%/test_core %D%/test_encode %D%/test_engine %D%/test_ends %D%/test_routes %D%/test_market %D%/test_supermarket %D%/test_line %D%/test_ui %D%/test_pulse %D%/test_expr %D%/test_setting \
	%D%/test_tables %D%/test_unique %D%/test_live %D%/test_hands %D%/test_lists %D%/test_entities %D%/test_lens %D%/test_funnel %D%/test_values %D%/test_values_dist %D%/test_values_things \
	%D%/test_values_columns %D%/test_names \
	%D%/test_values_net %D%/test_values_forms %D%/test_values_person %D%/test_values_health %D%/test_values_money \
	%D%/test_values_refusals %D%/test_values_places %D%/test_values_record %D%/test_entity %D%/test_entity_life %D%/test_flows %D%/test_flows_steps %D%/test_flows_refusals %D%/test_oom
check_LIBRARIES = %D%/libfake.a
%C%_libfake_a_SOURCES = %D%/fake.c
check_PROGRAMS += $(unit)
TESTS += $(unit)
unit_libs = %D%/libfake.a $(LDADD) $(CMOCKA_LIBS)
%C%_test_base_LDADD = $(unit_libs)
%C%_test_core_LDADD = $(unit_libs)
%C%_test_engine_LDADD = $(unit_libs)
%C%_test_encode_LDADD = $(unit_libs)
%C%_test_routes_LDADD = $(unit_libs)
%C%_test_ends_LDADD = $(unit_libs)
%C%_test_market_LDADD = $(unit_libs)
%C%_test_supermarket_LDADD = $(unit_libs)
%C%_test_line_LDADD = $(unit_libs)
%C%_test_ui_LDADD = $(unit_libs)
%C%_test_pulse_LDADD = $(unit_libs)
%C%_test_live_LDADD = $(unit_libs)
%C%_test_hands_LDADD = $(unit_libs)
%C%_test_lists_LDADD = $(unit_libs)
%C%_test_entities_LDADD = $(unit_libs)
%C%_test_lens_LDADD = $(unit_libs) -lm
%C%_test_entity_LDADD = $(unit_libs)
%C%_test_entity_life_LDADD = $(unit_libs)
%C%_test_funnel_LDADD = $(unit_libs)
%C%_test_flows_LDADD = $(unit_libs)
%C%_test_flows_refusals_LDADD = $(unit_libs)
%C%_test_flows_steps_LDADD = $(unit_libs) -lm
%C%_test_oom_LDADD = $(unit_libs)
%C%_test_values_LDADD = $(unit_libs)
%C%_test_expr_LDADD = $(unit_libs)
%C%_test_names_LDADD = $(unit_libs)
%C%_test_setting_LDADD = $(unit_libs)
%C%_test_tables_LDADD = $(unit_libs)
%C%_test_unique_LDADD = $(unit_libs)
%C%_test_values_dist_LDADD = $(unit_libs) -lm
%C%_test_values_columns_LDADD = $(unit_libs)
%C%_test_values_things_LDADD = $(unit_libs) -lm
%C%_test_values_net_LDADD = $(unit_libs)
%C%_test_values_forms_LDADD = $(unit_libs)
%C%_test_values_person_LDADD = $(unit_libs)
%C%_test_values_health_LDADD = $(unit_libs) -lm
%C%_test_values_places_LDADD = $(unit_libs)
%C%_test_values_record_LDADD = $(unit_libs)
%C%_test_values_refusals_LDADD = $(unit_libs)
%C%_test_values_money_SOURCES = %D%/test_values_money.c %D%/validators.c %D%/validators.h
%C%_test_values_money_LDADD = $(unit_libs)
%C%_test_oom_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup,--wrap=strndup
endif

if HAVE_VTERM
check_PROGRAMS += %D%/pty_test
TESTS += %D%/pty_test
%C%_pty_test_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
%C%_pty_test_LDADD = $(VTERM_LIBS) -lutil
endif

# Each has the console in a terminal of its own, so scripts/check.sh runs them one after the other.
journeys = %D%/journeys/first.sh %D%/journeys/wiring.sh %D%/journeys/looking.sh %D%/journeys/ground.sh %D%/journeys/tuning.sh %D%/journeys/flows.sh %D%/journeys/entities.sh
scripts = %D%/cli.sh %D%/completion.sh %D%/mockcraft.sh %D%/line.sh %D%/screens.sh %D%/keys.sh %D%/runs.sh %D%/scenarios.sh %D%/template.sh %D%/combinators.sh %D%/entities.sh %D%/kafka.sh %D%/style.sh \
	$(journeys)
TESTS += $(scripts)
EXTRA_DIST += $(scripts) %D%/journeys/lib.sh %D%/flows_check.py %D%/flows_known.py %D%/flows_own.py %D%/flows_truth.py \
	%D%/servers.sh %D%/tap.sh %D%/screens %D%/values %D%/fuzz/corpus

# Each fuzz target is replayed over its corpus by make check; --enable-fuzz makes libFuzzer programs of the same sources.
replays = %D%/fuzz/replay_yaml %D%/fuzz/replay_keys %D%/fuzz/replay_command %D%/fuzz/replay_line \
	%D%/fuzz/replay_filter %D%/fuzz/replay_expr %D%/fuzz/replay_template %D%/fuzz/replay_csv
check_PROGRAMS += $(replays)
TESTS += $(replays)
%C%_fuzz_replay_yaml_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz.h %D%/fuzz/fuzz_yaml.c
%C%_fuzz_replay_keys_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz_keys.c
%C%_fuzz_replay_command_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz_command.c
%C%_fuzz_replay_line_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz_line.c
%C%_fuzz_replay_filter_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz_filter.c
%C%_fuzz_replay_expr_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz_expr.c
%C%_fuzz_replay_template_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz_template.c
%C%_fuzz_replay_csv_SOURCES = %D%/fuzz/replay.c %D%/fuzz/fuzz_csv.c
if FUZZ
noinst_PROGRAMS += %D%/fuzz/fuzz_yaml %D%/fuzz/fuzz_keys %D%/fuzz/fuzz_command %D%/fuzz/fuzz_line %D%/fuzz/fuzz_filter %D%/fuzz/fuzz_expr \
	%D%/fuzz/fuzz_template %D%/fuzz/fuzz_csv
%C%_fuzz_fuzz_yaml_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fuzz_keys_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fuzz_command_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fuzz_line_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fuzz_filter_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fuzz_expr_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fuzz_template_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fuzz_csv_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
endif

list-tests:
	@echo $(TESTS)
.PHONY: list-tests
