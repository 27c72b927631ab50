# Data as tables: one .tsv per table and locale, made into one C file in the build folder.
data_files = \
	%D%/any/placeholder.tsv
EXTRA_DIST += $(data_files) %D%/mktab.awk %D%/SOURCES.md
nodist_libfluxdeck_a_SOURCES += %D%/tables.c
CLEANFILES += %D%/tables.c
%D%/tables.c: $(data_files) %D%/mktab.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && LC_ALL=C $(AWK) -f %D%/mktab.awk $(data_files) \
	  > $(abs_top_builddir)/$@.t && mv $(abs_top_builddir)/$@.t $(abs_top_builddir)/$@
