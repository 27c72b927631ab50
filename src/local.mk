libfluxdeck_a_SOURCES += \
	%D%/base/arena.c %D%/base/arena.h %D%/base/attr.h %D%/base/big.c %D%/base/big.h %D%/base/buf.c %D%/base/buf.h %D%/base/clock.c %D%/base/clock.h \
	%D%/base/csv.c %D%/base/civil.h %D%/base/csv.h %D%/base/digits.h %D%/base/digest.c %D%/base/digest.h %D%/base/err.c %D%/base/err.h %D%/base/file.c %D%/base/file.h %D%/base/hex.h %D%/base/hist.c \
	%D%/base/hist.h %D%/base/json.c %D%/base/json.h %D%/base/json_read.c %D%/base/json_read.h %D%/base/list.h %D%/base/log.c %D%/base/log.h %D%/base/map.c \
	%D%/base/map.h %D%/base/mathx.c %D%/base/mathx.h %D%/base/node.c %D%/base/node.h %D%/base/num.c %D%/base/num.h %D%/base/permute.c %D%/base/permute.h \
	%D%/base/rng.c %D%/base/rng.h %D%/base/suggest.c %D%/base/suggest.h %D%/base/utf8.c %D%/base/utf8.h %D%/base/words.c %D%/base/words.h %D%/base/ziggurat.h \
	%D%/core/assembly.c %D%/core/block.h %D%/core/catalogue.c %D%/core/catalogue.h %D%/core/command.c %D%/core/command.h \
	%D%/core/command_rows.c %D%/core/control.c %D%/core/control.h %D%/core/encode.c %D%/core/encode.h %D%/core/encode_build.c %D%/core/encode_inside.h %D%/core/engine.c \
	%D%/core/engine.h %D%/core/engine_hands.c %D%/core/history.c %D%/core/history.h %D%/core/inside.h %D%/core/lane.c %D%/core/lens.c %D%/core/lens.h \
	%D%/core/module.h %D%/core/outlet.c %D%/core/output.h %D%/core/pace.c %D%/core/pace.h %D%/core/param.c \
	%D%/core/param.h %D%/core/param_docs.c %D%/core/param_scale.c %D%/core/parts.c %D%/core/places.c %D%/core/preset.c %D%/core/preset.h %D%/core/program.h %D%/core/queue.c %D%/core/queue.h \
	%D%/core/ramp.c %D%/core/route.c %D%/core/rows.h %D%/core/schema.c %D%/core/schema.h %D%/core/series.h %D%/core/simclock.c \
	%D%/core/simclock.h %D%/core/slot.c %D%/core/tail.c %D%/core/tail.h %D%/core/timed.c %D%/core/timed.h %D%/core/view.c %D%/core/view.h %D%/core/view_entities.c %D%/core/view_entities.h %D%/core/view_flows.h %D%/core/view_explain.c %D%/core/view_lens.c %D%/core/view_parts.c %D%/core/preview.c %D%/core/preview.h \
	%D%/entity/commands.c %D%/entity/commands.h %D%/entity/eye.c %D%/entity/eye.h %D%/entity/hands.c %D%/entity/hands.h %D%/entity/literal.c %D%/entity/literal.h %D%/entity/look.c %D%/entity/look.h %D%/entity/look_show.c %D%/entity/store_facts.c \
	%D%/entity/condition.c %D%/entity/condition.h %D%/entity/flips.c %D%/entity/flips.h %D%/entity/flow.c %D%/entity/flow.h %D%/entity/flow_act.c \
	%D%/entity/flow_choose.c %D%/entity/flow_inside.h %D%/entity/history.c %D%/entity/history.h %D%/entity/matching.c %D%/entity/matching.h \
	%D%/entity/model.c %D%/entity/model.h %D%/entity/plan.c %D%/entity/plan.h %D%/entity/plan_action.c %D%/entity/plan_choice.c %D%/entity/plan_inside.h \
	%D%/entity/plan_names.c %D%/entity/step_text.c %D%/entity/step_text.h %D%/entity/store.c %D%/entity/store.h %D%/entity/text.c %D%/entity/text.h \
	%D%/scenario/events.c %D%/scenario/events.h %D%/scenario/flows.c %D%/scenario/flows.h %D%/scenario/steps.c %D%/scenario/steps.h %D%/scenario/export.c %D%/scenario/export.h %D%/scenario/load.c %D%/scenario/load.h %D%/scenario/node.c %D%/scenario/node.h %D%/scenario/timeline.c %D%/scenario/timeline.h %D%/scenario/values.c %D%/scenario/values.h \
	%D%/io/loop.c %D%/io/loop.h %D%/io/worker.c %D%/io/worker.h \
	%D%/cli/attach.c %D%/cli/attach.h %D%/cli/check.c %D%/cli/cli.c %D%/cli/cli.h %D%/cli/commands.c %D%/cli/completion.c %D%/cli/console.c \
	%D%/cli/drive.c %D%/cli/drive.h %D%/cli/generate.c %D%/cli/generate_list.c %D%/cli/generate_list.h %D%/cli/face.c %D%/cli/face.h %D%/cli/help.c %D%/cli/line_mode.c %D%/cli/line_mode.h %D%/cli/list.c %D%/cli/presets.c \
	%D%/cli/presets.h %D%/cli/produce.c %D%/cli/produce.h %D%/cli/run.c %D%/cli/session.c %D%/cli/session.h %D%/cli/setup.c %D%/cli/setup.h %D%/cli/shipped.c %D%/cli/shipped.h \
	%D%/cli/socket.c %D%/cli/socket.h
