libfluxdeck_a_SOURCES += %D%/actions.c %D%/actions.h %D%/bind.c %D%/bind.h %D%/cells.c %D%/cells.h %D%/commands.c %D%/curses.c \
	%D%/curses.h %D%/draw.c %D%/draw.h %D%/draw_lens.c %D%/draw_lists.c %D%/entities.c %D%/entities.h %D%/entities_act.c %D%/screen_entities.c %D%/screen_entity.c %D%/filter.c %D%/filter.h %D%/form.c %D%/input.c %D%/keys.c %D%/keys.h \
	%D%/layout.c %D%/layout.h %D%/line.c %D%/line.h %D%/look.c %D%/menu.c %D%/mouse.c %D%/pulse.c %D%/pulse.h %D%/rows.c \
	%D%/rows.h %D%/screen_desk.c %D%/screen_flows.c %D%/screen_help.c %D%/screen_journal.c %D%/screen_log.c %D%/screen_module.c \
	%D%/screen_outputs.c %D%/screen_palette.c %D%/screen_tail.c %D%/take.c %D%/term.c %D%/term.h %D%/theme.c %D%/theme.h \
	%D%/ui.c %D%/ui.h %D%/widget.c %D%/widget.h
