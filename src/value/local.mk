# Expressions, providers and their data. Adding a pack: its file here, its table in packs/packs.h and packs/table.c.
libfluxdeck_a_SOURCES += %D%/text.c %D%/text.h %D%/draws.h %D%/expr.c %D%/expr.h %D%/expr_combine.c %D%/expr_functions.c %D%/expr_inside.h %D%/expr_ops.c \
	%D%/expr_ops.h %D%/expr_parse.c %D%/expr_run.c %D%/expr_tree.h %D%/moments.c %D%/moments.h %D%/record.c %D%/record.h %D%/provider.c %D%/provider.h %D%/table.c %D%/table.h \
	%D%/packs/packs.h %D%/packs/table.c \
	%D%/packs/numbers.c
