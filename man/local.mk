# Hand-written mdoc; the lines @GENERATORS@, @OUTPUTS@, @VALUES@ and their like are replaced by what the program says of itself.
EXTRA_DIST += %D%/fluxdeck.1.in %D%/fluxdeck.5.in %D%/fluxdeck-modules.7.in %D%/fluxdeck-screens.7.in %D%/fluxdeck-values.7.in %D%/fill.awk
if !CROSS
nodist_man_MANS = %D%/fluxdeck.1 %D%/fluxdeck.5 %D%/fluxdeck-modules.7 %D%/fluxdeck-screens.7 %D%/fluxdeck-values.7
CLEANFILES += $(nodist_man_MANS)
%D%/fluxdeck.1: %D%/fluxdeck.1.in %D%/fill.awk fluxdeck$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(AWK) -v program=./fluxdeck$(EXEEXT) -f $(srcdir)/%D%/fill.awk $(srcdir)/$@.in > $@.t && mv $@.t $@
%D%/fluxdeck.5: %D%/fluxdeck.5.in %D%/fill.awk fluxdeck$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(AWK) -v program=./fluxdeck$(EXEEXT) -f $(srcdir)/%D%/fill.awk $(srcdir)/$@.in > $@.t && mv $@.t $@
%D%/fluxdeck-modules.7: %D%/fluxdeck-modules.7.in %D%/fill.awk fluxdeck$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(AWK) -v program=./fluxdeck$(EXEEXT) -f $(srcdir)/%D%/fill.awk $(srcdir)/$@.in > $@.t && mv $@.t $@
%D%/fluxdeck-values.7: %D%/fluxdeck-values.7.in %D%/fill.awk fluxdeck$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(AWK) -v program=./fluxdeck$(EXEEXT) -f $(srcdir)/%D%/fill.awk $(srcdir)/$@.in > $@.t && mv $@.t $@
%D%/fluxdeck-screens.7: %D%/fluxdeck-screens.7.in %D%/fill.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && LC_ALL=C $(AWK) -v screens=$(srcdir)/tests/screens -f $(srcdir)/%D%/fill.awk $(srcdir)/$@.in > $@.t && mv $@.t $@
endif
