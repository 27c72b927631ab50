# Data as tables: one .tsv per table and locale, made into one C file in the build folder.
data_files = \
	%D%/any/card_test.tsv \
	%D%/any/cryptocurrency.tsv \
	%D%/any/currency.tsv \
	%D%/any/exchange.tsv \
	%D%/any/fx_pair.tsv \
	%D%/any/hs_code.tsv \
	%D%/any/iban.tsv \
	%D%/any/isin_country.tsv \
	%D%/any/mid.tsv \
	%D%/any/placeholder.tsv \
	%D%/any/plate.tsv \
	%D%/any/port.tsv \
	%D%/any/ticker.tsv \
	%D%/any/vehicle.tsv \
	%D%/en_US/account_type.tsv \
	%D%/en_US/bank_form.tsv \
	%D%/en_US/bank_word.tsv \
	%D%/en_US/coupon_word.tsv \
	%D%/en_US/mcc.tsv \
	%D%/en_US/merchant_trade.tsv \
	%D%/en_US/merchant_word.tsv \
	%D%/en_US/order_status.tsv \
	%D%/en_US/order_type.tsv \
	%D%/en_US/payment_method.tsv \
	%D%/en_US/payment_status.tsv \
	%D%/en_US/product_adjective.tsv \
	%D%/en_US/product_material.tsv \
	%D%/en_US/product_noun.tsv \
	%D%/en_US/product_sentence.tsv \
	%D%/en_US/shipment_status.tsv \
	%D%/en_US/shipping_method.tsv \
	%D%/en_US/transaction_text.tsv \
	%D%/en_US/transaction_type.tsv
EXTRA_DIST += $(data_files) %D%/mktab.awk %D%/SOURCES.md
nodist_libfluxdeck_a_SOURCES += %D%/tables.c
CLEANFILES += %D%/tables.c
%D%/tables.c: $(data_files) %D%/mktab.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && LC_ALL=C $(AWK) -f %D%/mktab.awk $(data_files) \
	  > $(abs_top_builddir)/$@.t && mv $(abs_top_builddir)/$@.t $(abs_top_builddir)/$@
