#!/bin/sh
# Looking closely: tail, log, journal; A/B and presets; marks, sorting, zoom; looks, the mouse, keys of one's own, presenting.
# shellcheck source=tests/journeys/lib.sh
. "$(dirname "$0")/lib.sh"

demo '  spare: {generator: custom, rate: 5, value: "7", "on": false}'
settings=config/fluxdeck/console.yaml

start() {
	open "$size"
	text '"$FLUXDECK" console demo.yaml; echo "status $?"'
	keys Enter
	holds "$size: the desk opens${1:+, $1}" has '^.>▶ ticks'
}
end() {
	keys Q
	holds "$size: the run ends${1:+, $1}" has '^status 0$'
}

written() { set -- ./fluxdeck-"$1"-*; [ -s "$1" ]; }
# above A B: the row with A stands above the row with B.
above() {
	look
	a=$(grep -n -e "$1" screen | head -n 1 | cut -d: -f1)
	b=$(grep -n -e "$2" screen | head -n 1 | cut -d: -f1)
	[ -n "$a" ] && [ -n "$b" ] && [ "$a" -lt "$b" ]
}
# The screen stands: two looks half a second apart are alike in rows 3 to 12.
stands() {
	look
	sed -n 3,12p screen >was
	sleep 0.5
	look
	sed -n 3,12p screen | cmp -s - was
}

tail_and_log() {
	keys 5
	holds "$size: events pass by" both 'tail  filter: none' 'sales  *TXN'
	keys '\'
	holds "$size: a filter is asked for" message 'filter: ▏ *text, !not this'
	text ACME
	holds "$size: it works while one types" neither 'tail  filter: ACME' 'BOLT\|TXN'
	keys C-u
	text 'module == sales'
	keys Enter
	holds "$size: an expression, too" neither 'filter: module == sales ' 'ticks  *[AB]'
	keys '\'
	await message 'filter: module'
	keys C-u Enter
	holds "$size: without one everything passes" both 'filter: none' 'ticks  *[AB]'
	keys Space
	holds "$size: Space pauses" has 'PAUSED ─'
	holds "$size: what is paused stands" stands
	keys Up Up Up
	holds "$size: the cursor moves up" has '^│>'
	keys y
	holds "$size: y says what it copied" message 'copied [0-9]* bytes: '
	holds "$size: the terminal has it" copied '"sys__\|"symbol"\|"transaction_id"'
	keys w
	holds "$size: w writes the lines" message 'tail saved as fluxdeck-tail-'
	holds "$size: into a file" written tail
	keys Space
	holds "$size: Space follows again" has 'FOLLOW ─'

	palette 'set ticks.rate 999G'
	await message 'rate must be'
	keys 1
	await has '^.>▶ ticks'
	keys l
	await message 'ticks.rate = 224'
	keys u
	await message 'undo ticks.rate'
	keys 6
	holds "$size: the log has what was done and what was refused" both 'I control .*ticks.rate 200 → 224' 'W console .*rate must be'
	keys v v v
	holds "$size: v turns the level to what is worse" neither 'level W+.*' 'I control'
	keys v
	await has 'level I+'
	keys o
	holds "$size: o shows one area" neither 'area console' 'I control'
	keys o o
	holds "$size: after the last area all again" both 'area all' 'I control'
	keys /
	await message 'search: '
	text '224 → 200'
	holds "$size: a search finds while one types" has '^.*│\(>\).*224 → 200\|>.*224 → 200'
	keys Enter F
	holds "$size: F follows the end again" has 'FOLLOW ─'
}

journal() {
	keys 1
	await has '^.>▶ ticks'
	keys l Down l Up
	await has '▶ sales .* 33\.7 '
	keys J
	holds "$size: the journal has the newest first" above 'key  *sales.rate 30 → 33.7' 'key  *ticks.rate 200 → 224'
	keys Down u
	holds "$size: undo from an entry asks, and shows the command" message 'take back every change from here on?.*y: undo [0-9]'
	keys y
	holds "$size: it takes them back" message 'undo from entry [0-9]*: 2 '
	holds "$size: nothing is different from the scenario" shows "nothing: every value is the scenario's"
	keys 1
	holds "$size: the values are as before" both 'ticks .* 200 ' 'sales .* 30\.0 '
	keys J
	await has 'journal'
	keys Down Enter
	holds "$size: Enter freezes the graphs at the entry" both 'FROZEN' 'the graphs stand at: '
	holds "$size: they say how long ago that was" has ' s ago: [0-9]'
	keys f
	holds "$size: f follows again" hides FROZEN
}

hands() {
	keys l
	await message 'ticks.rate = 224'
	keys b
	holds "$size: b plays the scenario's setting" both 'ticks plays B' '▶ ticks .* 200 '
	keys b
	holds "$size: b again plays what was tuned" both 'ticks plays A' '▶ ticks .* 224 '
	holds "$size: nothing is kept so far" [ ! -e config ]
	keys w
	await message 'save this setting as'
	text calm
	keys Enter
	holds "$size: w keeps a preset" message 'preset calm of market saved'
	holds "$size: in one file" [ "$(find config -type f)" = config/fluxdeck/presets/market/calm.yaml ]
	keys u
	await has '▶ ticks .* 200 '
	end 'with a preset kept'
	start 'a second time'
	keys p
	holds "$size: the next run has the preset" both 'load preset' '> calm'
	keys Enter
	holds "$size: and plays it" has '▶ ticks .* 224 '

	keys v v
	holds "$size: v marks rows" both '+▶ ticks' '+▶ sales'
	holds "$size: the title counts them" has '2 marked'
	keys m
	holds "$size: m mutes all that are marked" both '+‖ ticks' '+‖ sales'
	keys m
	holds "$size: m again gives them back" both '+▶ ticks\|+! ticks' '+▶ sales\|+! sales'
	keys Escape
	holds "$size: Esc clears the marks" hides '[0-9] marked'
	keys s
	holds "$size: s lists the columns" both 'sort by' '> place'
	keys Down Down Enter
	holds "$size: the largest target stands first" above '▶ ticks' '▶ sales'
	keys r
	holds "$size: r turns the order around" above '▶ sales' '▶ ticks'
	keys r s
	await has 'sort by'
	keys Enter Home
	await has '^.>▶ ticks'
	keys z
	holds "$size: z gives the pane the whole screen" neither 'modules 3' 'out ev/s'
	keys z
	holds "$size: z again gives it back" both 'modules 3' 'out ev/s'
}

looks() {
	keys B
	holds "$size: B draws with blocks" neither 'graphs in blocks' '⣿'
	keys B
	holds "$size: with ASCII" neither 'graphs in ascii' '█████'
	keys B
	holds "$size: with numbers" both 'graphs in numbers' '-60s .*now'
	keys B
	holds "$size: and in braille again" both 'graphs in braille' '⣿'
	keys a
	holds "$size: a changes the scale" both 'scale fit' ' fit [0-9]'
	keys a a
	holds "$size: through all of them" both 'scale sticky' ' sticky [0-9]'
	keys '('
	holds "$size: a shorter window" both 'time window 30 s' '30 s ─┐'
	keys ')'
	await has 'time window 60 s'
	keys T
	holds "$size: T changes the theme" message 'theme vivid'
	keys C-g
	holds "$size: ^G saves the screen" message 'screen saved as fluxdeck-screen-'
	holds "$size: as text that can be read" grep -q '▶ ticks' ./fluxdeck-screen-*.txt
}

mouse() {
	place '4 Outputs'
	click "$x" "$y"
	holds "$size: a click on a tab opens its screen" has '\[4 Outputs\]'
	place '1 Desk'
	click "$x" "$y"
	await has '\[1 Desk\]'
	await has '▶ sales'
	place '▶ sales'
	click $((x + 3)) "$y"
	holds "$size: a click on a row puts the cursor there" has '^.>▶ sales'
	place '├─'
	await has '^. ▶ ticks .* 224 '
	place '▶ ticks'
	place_of_fader=$((x + 22))
	report 64 $place_of_fader "$y" M
	holds "$size: the wheel nudges the fader below it" message 'ticks.rate = 2[0-9][0-9] /s'
	holds "$size: once" has '▶ ticks .* 251 '
	click $place_of_fader "$y"
	holds "$size: a click alone does not move it" has '▶ ticks .* 251 '
	report 0 $place_of_fader "$y" M
	report 32 $((place_of_fader - 3)) "$y" M
	report 32 $((place_of_fader - 4)) "$y" M
	report 0 $((place_of_fader - 4)) "$y" m
	holds "$size: dragging does" hides '▶ ticks .* 251 '
	keys u
	holds "$size: one undo takes the whole way back" has '▶ ticks .* 251 '
	report 2 6 "$y" M
	report 2 6 "$y" m
	holds "$size: the right button opens a menu" both '─ ticks ─' '> start'
	keys Down Down Enter
	holds "$size: which does what it says" both 'ticks muted' '‖ ticks'
	keys m
	await has '▶ ticks\|! ticks'
	keys J
	holds "$size: the journal knows what the mouse did" has ' mouse  *ticks'
	keys 1 M
	holds "$size: M gives the mouse back" message "the mouse is the terminal's"
	click 5 3
	keys M
	holds "$size: and takes it again" message "the mouse is the console's"
}

keep_looks() {
	keys Home
	palette save
	holds "$size: save says where" message 'settings saved in '
	holds "$size: the theme is in that file" grep -qx 'theme: vivid' $settings
	end 'with looks kept'
	cat >>$settings <<'END'
keys:
  F6: hold
  "x desk": set ticks.rate 150
  k3: nonsense
END
	start 'with keys of one'"'"'s own'
	keys F6
	holds "$size: a key of one's own does what it should" row 1 'HELD'
	keys F6
	holds "$size: twice" hides HELD
	keys x
	holds "$size: a command on a key" has '▶ ticks .* 150 '
	keys T
	holds "$size: the theme was kept: the next follows" message 'theme safe'
	keys 6
	holds "$size: what is wrong in the file is said with its place" has 'W settings .*console.yaml:[0-9]*:[0-9]*: '
	keys 1
	await has '▶ ticks'

	palette present
	holds "$size: presenting says what it does" message 'presenting: keys are shown'
	keys l
	holds "$size: a key is shown" has ': .*l *\(─*┐\)*'
	palette 'remove ticks'
	holds "$size: what is at risk is locked" message 'not while presenting: remove ticks'
	holds "$size: and did not happen" has '▶ ticks'
	palette present
	holds "$size: present again ends it" message 'not presenting any more'
	palette 'remove ticks'
	holds "$size: then it works" message 'removed ticks'
}

journey() {
	size=$1
	rm -rf config fluxdeck-*
	start
	tail_and_log
	journal
	hands
	looks
	mouse
	keep_looks
	end
}

journey 80x24
journey 140x40
finish
