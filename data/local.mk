# Data as tables: one .tsv per table and locale, made into one C file in the build folder.
data_files = \
	%D%/any/placeholder.tsv \
	%D%/any/app_part.tsv \
	%D%/any/branch_kind.tsv \
	%D%/any/branch_topic.tsv \
	%D%/any/cloud_region.tsv \
	%D%/any/commit_object.tsv \
	%D%/any/commit_scope.tsv \
	%D%/any/commit_verb.tsv \
	%D%/any/css_color.tsv \
	%D%/any/directory.tsv \
	%D%/any/directory_top.tsv \
	%D%/any/dns_record_type.tsv \
	%D%/any/emoji.tsv \
	%D%/any/environment.tsv \
	%D%/any/error_message.tsv \
	%D%/any/host_role.tsv \
	%D%/any/http_method.tsv \
	%D%/any/http_status.tsv \
	%D%/any/http_version.tsv \
	%D%/any/k8s_namespace.tsv \
	%D%/any/log_level.tsv \
	%D%/any/log_message.tsv \
	%D%/any/lorem.tsv \
	%D%/any/mime.tsv \
	%D%/any/os_name.tsv \
	%D%/any/oui.tsv \
	%D%/any/page_word.tsv \
	%D%/any/path_word.tsv \
	%D%/any/process_name.tsv \
	%D%/any/protocol.tsv \
	%D%/any/service.tsv \
	%D%/any/service_kind.tsv \
	%D%/any/tld.tsv \
	%D%/any/tls_version.tsv \
	%D%/de_DE/month.tsv \
	%D%/de_DE/weekday.tsv \
	%D%/en_US/adjective.tsv \
	%D%/en_US/hipster_adjective.tsv \
	%D%/en_US/hipster_noun.tsv \
	%D%/en_US/month.tsv \
	%D%/en_US/noun.tsv \
	%D%/en_US/other_word.tsv \
	%D%/en_US/sentence_adverb.tsv \
	%D%/en_US/sentence_preposition.tsv \
	%D%/en_US/verb.tsv \
	%D%/en_US/weekday.tsv \
	%D%/en_US/word.tsv \
	%D%/es_ES/month.tsv \
	%D%/es_ES/weekday.tsv \
	%D%/fr_FR/month.tsv \
	%D%/fr_FR/weekday.tsv \
	%D%/it_IT/month.tsv \
	%D%/it_IT/weekday.tsv \
	%D%/ja_JP/month.tsv \
	%D%/ja_JP/weekday.tsv \
	%D%/nl_NL/month.tsv \
	%D%/nl_NL/weekday.tsv \
	%D%/pl_PL/month.tsv \
	%D%/pl_PL/weekday.tsv \
	%D%/pt_BR/month.tsv \
	%D%/pt_BR/weekday.tsv \
	%D%/sv_SE/month.tsv \
	%D%/sv_SE/weekday.tsv
EXTRA_DIST += $(data_files) %D%/mktab.awk %D%/SOURCES.md %D%/gen
nodist_libfluxdeck_a_SOURCES += %D%/tables.c
CLEANFILES += %D%/tables.c
%D%/tables.c: $(data_files) %D%/mktab.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && LC_ALL=C $(AWK) -f %D%/mktab.awk $(data_files) \
	  > $(abs_top_builddir)/$@.t && mv $(abs_top_builddir)/$@.t $(abs_top_builddir)/$@
