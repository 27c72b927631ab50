# Each is thin: it asks `fluxdeck completion -- WORD...`, so that it never falls behind the program.
bashcompdir = $(datadir)/bash-completion/completions
zshcompdir = $(datadir)/zsh/site-functions
fishcompdir = $(datadir)/fish/vendor_completions.d
dist_bashcomp_DATA = %D%/fluxdeck
dist_zshcomp_DATA = %D%/_fluxdeck
dist_fishcomp_DATA = %D%/fluxdeck.fish
# The program prints them, too.
completion_files = %D%/fluxdeck %D%/_fluxdeck %D%/fluxdeck.fish
nodist_libfluxdeck_a_SOURCES += %D%/scripts.c
CLEANFILES += %D%/scripts.c
%D%/scripts.c: $(completion_files) scenarios/mkshipped.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && LC_ALL=C $(AWK) -v array=shipped_completions -v names='bash zsh fish' \
	  -f scenarios/mkshipped.awk $(completion_files) > $(abs_top_builddir)/$@.t && mv $(abs_top_builddir)/$@.t $(abs_top_builddir)/$@
