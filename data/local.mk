# Data as tables: one .tsv per table and locale, made into one C file in the build folder.
data_files = \
	%D%/any/placeholder.tsv \
	%D%/any/sensor_type.tsv %D%/any/device_type.tsv %D%/any/device_status.tsv %D%/any/device_site.tsv %D%/en_US/degree.tsv \
	%D%/en_US/major.tsv %D%/en_US/course_form.tsv %D%/en_US/school_name.tsv %D%/en_US/university_form.tsv %D%/en_US/school_form.tsv \
	%D%/en_US/dish.tsv %D%/en_US/ingredient.tsv %D%/en_US/food_adjective.tsv %D%/en_US/fruit.tsv %D%/en_US/vegetable.tsv \
	%D%/en_US/animal.tsv %D%/en_US/dog_breed.tsv %D%/en_US/cat_breed.tsv %D%/en_US/pet_name.tsv %D%/en_US/chemical_element.tsv \
	%D%/en_US/gamer_first.tsv %D%/en_US/gamer_second.tsv %D%/en_US/vector_word.tsv
EXTRA_DIST += $(data_files) %D%/mktab.awk %D%/SOURCES.md
nodist_libfluxdeck_a_SOURCES += %D%/tables.c
CLEANFILES += %D%/tables.c
%D%/tables.c: $(data_files) %D%/mktab.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && LC_ALL=C $(AWK) -f %D%/mktab.awk $(data_files) \
	  > $(abs_top_builddir)/$@.t && mv $(abs_top_builddir)/$@.t $(abs_top_builddir)/$@
