#!/bin/sh
# The first hour with the console: what runs, one rate up, a ramp, undo, solo, a refusal, help, freeze and hold, the end.
# shellcheck source=tests/journeys/lib.sh
. "$(dirname "$0")/lib.sh"

demo '  spare: {generator: custom, rate: 5, value: "7", "on": false}'

# What Help finds for "freez", with the cursor on it.
found_freeze() { has '^.> *f Z  *freeze the view' && has 'filter: freez'; }
runs_on() { has '▶ RUN' && hides 'HELD' && hides 'FROZEN'; }
# Events come while nothing on the screen moves.
grows() {
	was=$(wc -c <out.jsonl)
	await grown
}
grown() { [ "$(wc -c <out.jsonl)" -gt "$was" ]; }
# As long as ten looks at the file are alike.
settled() {
	was=$last
	last=$(wc -l <out.jsonl)
	[ "$last" = "$was" ] && still=$((still + 1)) || still=0
	[ $still -ge 10 ]
}
stands() { [ "$(wc -l <out.jsonl)" = "$1" ]; }
whole_lines() {
	[ "$(tail -c 1 out.jsonl | wc -l)" = 1 ] || return 1
	[ "$(grep -c '^{".*}$' out.jsonl)" = "$(wc -l <out.jsonl)" ] || return 1
	command -v python3 >/dev/null || return 0
	python3 -c 'import json, sys
for line in open("out.jsonl"): json.loads(line)'
}

journey() {
	size=$1
	rm -f out.jsonl before after
	open "$size"
	text 'stty -g >before; "$FLUXDECK" console demo.yaml; echo "status $?"; stty -g >after'
	keys Enter
	holds "$size: the desk opens" row 1 'demo  *seed 7  *▶ RUN'
	holds "$size: the cursor is on the first module, which runs" has '^.>▶ ticks .* 200 '
	holds "$size: the second runs" has '^. ▶ sales .* 30\.0 '
	holds "$size: the third is off" has '^. ■ spare '
	holds "$size: the header counts what comes out" row 1 'out [0-9.]*/s of 230'
	holds "$size: the hints begin with help" bottom '^?help '

	keys l l
	holds "$size: two steps up are said" has 'ticks.rate = 251 /s'
	holds "$size: the target follows" has '^.>▶ ticks .* 251 '
	keys =
	holds "$size: = says what is possible" message 'ticks.rate = .*now 251'
	text 2k
	keys Enter
	holds "$size: a typed value with its unit is the target" has '^.>▶ ticks .* 2\.00k '
	holds "$size: the module gets there" has '^.>▶ ticks .* 2\.00k  *\(1\.9[0-9]\|2\.0[0-9]\)k '
	holds "$size: the graph has grown with it" has '^│ *3\.00k┤'
	holds "$size: the change is marked on its axis" has '└─.*▲'

	keys Enter
	holds "$size: Enter opens the module" has '▶ ticks  market  made'
	holds "$size: its rate is marked as changed" has '^.>rate  *2000 /s .*\*│'
	keys Down
	holds "$size: the next parameter says what it is" shows 'Volatility per square root of a year'
	keys t
	holds "$size: t asks for value and time" message 'ticks.volatility = .*now 0\.35 /√yr; value, time, shape'
	text '0.8 2s'
	keys Enter
	holds "$size: the ramp begins" shows 'ticks.volatility goes to 0.8 over 2s'
	holds "$size: its way is dotted" has '^.>volatility .*◉·'
	holds "$size: it ends where it should" has '^.>volatility  *0\.8 /√yr.*━◉'
	keys u
	holds "$size: u takes it back" shows 'undo ticks.volatility 0.8 → 0.35'
	holds "$size: the knob is where it was" has '^.>volatility  *0\.35 /√yr'
	keys Escape
	holds "$size: Esc leads back to the desk" has '^.>▶ ticks .* 2\.00k '

	keys S
	holds "$size: solo mutes the others" has '^. ‖ sales'
	keys S
	holds "$size: S again gives them back" has '^. ▶ sales'
	keys Down Down Space
	holds "$size: Space starts what is off" has '^.>▶ spare .* 5\.00 '
	keys Up Up

	palette 'set ticks.volatility 9'
	holds "$size: a refused command says why" message 'volatility must be 0 /√yr to 5 /√yr, not 9'
	keys 6
	holds "$size: the refusal is in the log" has 'W console .*volatility must be 0 /√yr to 5'
	keys 1
	await has '^.>▶ ticks'
	keys '?'
	holds "$size: ? lists the keys" has 'filter: ▏'
	text freez
	holds "$size: help finds while one types" found_freeze
	keys Enter
	holds "$size: Enter in help runs what it lists" row 1 'FROZEN 00:0'
	holds "$size: the stream goes on behind a frozen view" grows
	keys f
	holds "$size: f follows again" runs_on

	keys P
	holds "$size: P holds the clock" row 1 '‖ HELD'
	# What was on its way when the clock stopped arrives first.
	last=-1
	still=0
	await settled
	keys .
	holds "$size: . says so" message 'one arrival'
	holds "$size: . makes one event" stands $((last + 1))
	keys P
	holds "$size: P lets it go on" runs_on
	holds "$size: and events come" grows

	keys q
	holds "$size: q asks" message 'quit? y: stop the run'
	keys Enter n
	holds "$size: n goes on" runs_on
	keys q y
	holds "$size: y ends the run" has '^status 0$'
	holds "$size: the summary stands on the terminal" has '^demo: [0-9]* events in '
	holds "$size: it has each module" has '^  ticks  *made [0-9]'
	holds "$size: and the account of the output" has '^  disk  *offered \([0-9]*\) = delivered \1 + failed 0 + dropped 0'
	holds "$size: the modes of the terminal are as before" cmp -s before after
	holds "$size: the file is whole lines of JSON" whole_lines
	holds "$size: as many as were delivered" [ "$(sed -n 's/^  disk  *offered.*= delivered \([0-9]*\) .*/\1/p' screen)" = "$(wc -l <out.jsonl)" ]
	holds "$size: nothing was written beside it" [ ! -e config ]
}

journey 80x24
journey 140x40
finish
