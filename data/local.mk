# Data as tables: one .tsv per table and locale, made into one C file in the build folder.
data_files = \
	%D%/any/placeholder.tsv \
	%D%/any/aircraft.tsv %D%/any/aircraft_mark.tsv %D%/any/airline.tsv %D%/any/airport.tsv \
	%D%/en_US/allergy.tsv %D%/en_US/drug.tsv %D%/en_US/encounter_type.tsv %D%/en_US/icd10.tsv %D%/en_US/icd10_family.tsv \
	%D%/en_US/lab_test.tsv %D%/en_US/medical_procedure.tsv %D%/en_US/medical_specialty.tsv
EXTRA_DIST += $(data_files) %D%/mktab.awk %D%/SOURCES.md %D%/gen/airports.awk %D%/gen/airports.txt
nodist_libfluxdeck_a_SOURCES += %D%/tables.c
CLEANFILES += %D%/tables.c
%D%/tables.c: $(data_files) %D%/mktab.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && LC_ALL=C $(AWK) -f %D%/mktab.awk $(data_files) \
	  > $(abs_top_builddir)/$@.t && mv $(abs_top_builddir)/$@.t $(abs_top_builddir)/$@
