scenario_files = %D%/bank.yaml %D%/clickstream.yaml %D%/demo.yaml %D%/device-owner.yaml %D%/devices.yaml %D%/ecommerce.yaml \
	%D%/exchange.yaml %D%/fleet.yaml %D%/fulfilment.yaml %D%/game.yaml %D%/gaming.yaml %D%/guided-shop.yaml %D%/iot.yaml %D%/lending.yaml \
	%D%/long-wait.yaml %D%/loyalty.yaml %D%/market.yaml %D%/marketing-funnel.yaml %D%/onboarding.yaml %D%/orders.yaml %D%/pageviews.yaml \
	%D%/payments.yaml %D%/purchase-funnel.yaml %D%/quickstart.yaml %D%/ratings.yaml %D%/saas.yaml %D%/sensor-alerts.yaml %D%/shop.yaml \
	%D%/supermarket.yaml %D%/syslog.yaml %D%/trading.yaml %D%/user-events.yaml %D%/user-purchase.yaml %D%/weblog-common.yaml \
	%D%/weblog.yaml
EXTRA_DIST += $(scenario_files) %D%/mkshipped.awk
# Made in the build folder: users need awk, which every system has.
nodist_libfluxdeck_a_SOURCES += %D%/shipped.c
CLEANFILES += %D%/shipped.c
%D%/shipped.c: $(scenario_files) %D%/mkshipped.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && LC_ALL=C $(AWK) -v array=shipped_scenarios -f %D%/mkshipped.awk $(scenario_files) \
	  > $(abs_top_builddir)/$@.t && mv $(abs_top_builddir)/$@.t $(abs_top_builddir)/$@
