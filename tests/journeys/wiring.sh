#!/bin/sh
# Outputs and modules come and go while the run goes on; what was tuned is kept as a scenario that runs as it was left.
# shellcheck source=tests/journeys/lib.sh
. "$(dirname "$0")/lib.sh"

cat >demo.yaml <<'END'
scenario: demo
seed: 7
outputs:
  disk: {type: file, path: out.jsonl}
modules:
  ticks: {generator: market, rate: 200, symbols: [ACME, BOLT], outputs: [disk]}
  sales: {generator: supermarket, rate: 30, outputs: [disk]}
END

filled() { [ -s "$1" ]; }
# grows FILE: it has more than when this was asked first.
grows() {
	size_now=$(wc -c <"$1" 2>/dev/null || echo 0)
	: "${size_was:=$size_now}"
	[ "$size_now" -gt "$size_was" ]
}
only_of() { ! grep -q "$2" "$1" && grep -q "$3" "$1"; }

journey() {
	size=$1
	rm -rf ./*.jsonl ./*.csv shelf tuned.yaml
	: >shelf
	open "$size"
	text '"$FLUXDECK" console demo.yaml; echo "status $?"'
	keys Enter
	holds "$size: the desk opens" has '^.>▶ ticks'

	# An output from the form.
	keys 4
	holds "$size: the screen of outputs has the one of the scenario" has '^.>▶ disk '
	keys A
	holds "$size: A opens the form" shows '‹ stdout ›'
	keys Right
	holds "$size: an arrow turns to the next type" shows '‹ file ›'
	keys Down Enter
	holds "$size: Enter types the name" message 'name: file▏'
	keys C-u
	text side
	keys Enter
	holds "$size: the name is taken" has '^.> *name  *side '
	keys Down Enter
	holds "$size: the path is asked for" message 'path: ▏'
	text side.jsonl
	keys Enter End
	holds "$size: the last row adds" has '^.> *\[ add \]'
	keys Enter
	holds "$size: the output is there and has the cursor" has '^.>▶ side '
	holds "$size: what was done stands below" message 'output side added'

	# A module is sent there.
	keys 1
	await has '^.>▶ ticks'
	keys Down o
	holds "$size: o says where the module goes, and where it could" message 'send sales to: disk▏ *outputs: disk side'
	keys C-u
	text side
	keys Enter
	holds "$size: the module goes there" message 'sales goes to side'
	holds "$size: the file fills" filled side.jsonl
	holds "$size: with events of this module alone" only_of side.jsonl '"symbol"' transaction_id
	keys o
	await message 'send sales to'
	keys C-u
	text nowhere
	keys Enter
	holds "$size: an output that is not there is refused" message "there is no output 'nowhere'"

	# Another from the palette; it cannot write.
	palette 'add output third file path=shelf/third.jsonl'
	holds "$size: the palette adds as well" message 'output third added'
	palette 'route sales side third'
	holds "$size: two outputs for one module" message 'sales goes to side, *third'
	keys 4
	await has 'side '
	keys End
	holds "$size: the broken one is marked" has '^.>x third '
	holds "$size: it says why" shows "cannot write 'shelf/third.jsonl'"
	holds "$size: the header counts the error" row 1 ' E1$'
	keys 6
	holds "$size: the log has the reason in full" has "E third .*cannot write 'shelf/third.jsonl'"
	holds "$size: what was read is not counted any more" hides ' E1$'
	size_was=
	holds "$size: the others go on" grows side.jsonl
	keys 4
	await has '>x third '
	rm shelf
	mkdir shelf
	keys R
	holds "$size: R tries again, and it works" has '^.>▶ third '
	holds "$size: now its file fills" filled shelf/third.jsonl

	# Removed and brought back.
	keys DC
	holds "$size: Del asks, with the command it would run" message 'remove third? undo brings it back .*y: remove third'
	keys y
	holds "$size: the output is gone" hides '^..[▶x!■] third '
	keys u
	holds "$size: undo brings it back" has '^..▶ third '
	size_was=
	holds "$size: and its file grows on" grows shelf/third.jsonl
	keys 1
	await has '▶ sales'
	keys Home DC
	holds "$size: the same with a module" message 'remove ticks? undo brings it back'
	keys y
	holds "$size: the module is gone" hides '^..[▶x!■‖] ticks '
	keys u
	holds "$size: undo brings it back, too" has '^..▶ ticks .* 200 '

	# What was tuned is kept.
	palette 'set ticks.rate 120'
	await has '▶ ticks .* 120 '
	palette 'set ticks.volatility 0.6'
	await message 'ticks.volatility = 0.6'
	keys E
	holds "$size: E proposes a name" message 'write the tuned scenario to tuned.yaml▏'
	keys Enter
	holds "$size: it says what it wrote" message 'written to tuned.yaml'
	keys Q
	holds "$size: Q ends at once, with a summary" has '^demo: [0-9]* events in '
	holds "$size: events that failed are told by the status" has '^status 1$'
	holds "$size: the tuned scenario is well" [ "$(timeout 20 "$FLUXDECK" check tuned.yaml 2>&1)" = 'tuned.yaml: ok' ]
	rm -f side.jsonl
	timeout -k 1 20 "$FLUXDECK" run tuned.yaml --for 1s >said 2>&1 </dev/null
	status=$?
	holds "$size: it runs" [ $status -eq 0 ]
	holds "$size: at the rate that was left" grep -q '^  ticks  *made 120$' said
	holds "$size: with the value that was left" grep -q 'volatility: 0.6' tuned.yaml
	holds "$size: to the outputs that were added" [ "$(wc -l <side.jsonl)" = 30 ]
}

journey 80x24
journey 140x40
finish
