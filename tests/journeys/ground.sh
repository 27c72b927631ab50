#!/bin/sh
# The ground the console stands on: sizes that change, job control, terminals of many kinds, no colour, no UTF-8, a socket.
# shellcheck source=tests/journeys/lib.sh
. "$(dirname "$0")/lib.sh"

demo

size() { mux resize-window -t main -x "${1%x*}" -y "${1#*x}"; }
grows() {
	was=$(wc -c <out.jsonl)
	await grown
}
grown() { [ "$(wc -c <out.jsonl)" -gt "$was" ]; }
# The file has not grown while one looks at it for half a second.
rests() {
	was=$(wc -c <out.jsonl)
	sleep 0.5
	[ "$(wc -c <out.jsonl)" = "$was" ]
}
# An escape sequence that gives a colour.
coloured() { grep -aqE "$(printf '\033')"'\[([0-9]+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m' "$1"; }
plain() { [ -s "$1" ] && ! coloured "$1"; }
# No character on the screen is beyond ASCII.
ascii() { shows "$1" && ! LC_ALL=C grep -q "$(printf '[\200-\377]')" screen; }
gone() { look && ! grep -q 'modules 2' screen && grep -q '^[$#] *$' screen; }

# Sizes.
rm -f out.jsonl
open 80x24
text '"$FLUXDECK" console demo.yaml; echo "status $?"'
keys Enter
holds 'the desk opens' has '^.>▶ ticks'
for s in 79x23 120x40 20x5 1x1 200x60 3x2 40x10 1x24 80x1 60x20 2x1 140x40 20x5; do size $s; done
holds 'after a storm of sizes the smallest desk' has '^>▶ ticks  *[0-9.]*$'
holds 'its hints begin with help' bottom '^?help'
size 40x10
holds '40x10: one row for a module' has '^>▶ ticks  *200 '
keys l
holds '40x10: what a key did is said' shows 'ticks.rate = 224 /s'
for s in 1x1 2x2 1x1; do size $s; done
holds '1x1: the stream goes on' grows
keys u
size 140x40
holds '140x40: all panes are back' has '─ tail .*─ log '
holds '140x40: keys that were pressed in the dark have done their work' has '^.>▶ ticks .* 200 '
for i in 1 2 3 4 5 6 7 8 9 10; do
	size $((20 + 11 * i))x$((5 + 3 * i))
	keys l u
done
size 80x24
holds '80x24: the desk as it was' has '^.>▶ ticks .* 200 '
keys 4
await has '\[4 Outputs\]'
size 20x5
await row 1 '^▶ '
size 80x24
holds '80x24: the other screens, too' has '^.>▶ disk '
keys Q
holds 'the run ends' has '^status 0$'

# Job control.
open 80x24
text 'stty -g >before; "$FLUXDECK" console demo.yaml'
keys Enter
await has '^.>▶ ticks'
keys C-z
holds '^Z gives the shell back' gone
text 'stty -g >after'
keys Enter
holds 'with the modes it had' cmp -s before after
holds 'the stream stands' rests
text 'clear; bg'
keys Enter
holds 'bg lets it go on, without a screen' grows
holds 'the shell is usable' gone
text 'echo here I am'
keys Enter
holds 'and nothing is drawn into it' has '^here I am$'
size 100x30
text fg
keys Enter
holds 'fg brings the screen back, at the size of now' has '^.>▶ ticks .* 200 .*│$'
holds 'with all its keys' bottom '^?help'
holds 'the pause is no lateness' row 1 'lag \([0-9.]* [nu]s\|[0-9]\{1,2\}\(\.[0-9]\)* ms\)'
keys l
holds 'they work' has 'ticks.rate = 224 /s'
keys C-z
await gone
text fg
keys Enter
holds 'once more, without bg' has '^.>▶ ticks .* 224 '
keys C-c
holds '^C says that once more quits' has '\^C once more quits'
keys C-c
holds 'and quits' has '^demo: [0-9]* events'
text 'stty -g >after; echo done'
keys Enter
holds 'the modes of the terminal are as before' has '^\(# \)*done$'
holds 'exactly' cmp -s before after

# Terminals.
for t in xterm xterm-256color linux screen-256color tmux-256color vt100 ansi; do
	if ! infocmp $t >/dev/null 2>&1; then
		skip "$t is not known here"
		continue
	fi
	open 80x24
	mux pipe-pane -t main 'cat >raw'
	text "clear; TERM=$t"' "$FLUXDECK" console demo.yaml; echo "status $?"'
	keys Enter
	holds "$t: the desk is drawn" has '^.>▶ ticks .* 200 '
	keys l
	holds "$t: keys work" has '▶ ticks .* 224 '
	case $t in
	vt100) holds "$t: without colours" plain raw ;;
	*) holds "$t: in colours" coloured raw ;;
	esac
	keys Q
	holds "$t: the run ends" has '^status 0$'
done

open 80x24
mux pipe-pane -t main 'cat >raw'
text 'clear; NO_COLOR=1 "$FLUXDECK" console demo.yaml; echo "status $?"'
keys Enter
holds 'NO_COLOR: the desk is drawn' has '^.>▶ ticks .* 200 '
keys T 4
await has '\[4 Outputs\]'
keys 6 1 '?'
await has 'filter: ▏'
keys Escape
await has '^.>▶ ticks'
holds 'NO_COLOR: no colour is written' plain raw
keys Q
holds 'NO_COLOR: the run ends' has '^status 0$'

text 'clear; LC_ALL=C "$FLUXDECK" console demo.yaml; echo "status $?"'
keys Enter
holds 'LC_ALL=C: the desk is drawn in ASCII' ascii '>> ticks '
keys Enter
holds 'LC_ALL=C: the module, too' ascii 'parameters '
keys Q
holds 'LC_ALL=C: the run ends' has '^status 0$'

text 'clear; TERM=dumb "$FLUXDECK" console demo.yaml; echo "status $?"'
keys Enter
holds 'dumb: lines instead of a screen, and why' shows "the terminal 'dumb' cannot place its cursor"
text status
keys Enter
holds 'dumb: commands are answered' has '^ok  [0-9]*  run 00:0'
text quit
keys Enter
holds 'dumb: quit ends it' has '^status 0$'

# Two consoles.
open 80x24
text 'clear; "$FLUXDECK" console demo.yaml --socket here'
keys Enter
await has '^.>▶ ticks'
mux new-window -d -t main:7 'exec sh'
other() { mux send-keys -t main:7 "$@"; }
answered() { mux capture-pane -p -t main:7 | grep -q -e "$1"; }
other -l '"$FLUXDECK" console --attach here; echo "status $?"'
other Enter
other -l 'set ticks.rate 300'
other Enter
holds 'attached: a command is answered' answered '^ok  [0-9]*  ticks.rate = 300 /s'
holds 'attached: the screen shows it' has '^.>▶ ticks .* 300 '
keys l
holds 'attached: what the screen does is told there' answered 'ticks.rate .*33[0-9]'
keys J
holds 'attached: the journal says who it was' has ' command  *ticks.rate 200 → 300'
keys 1
await has '^.>▶ ticks'
keys q
holds 'detach is offered' message 'd: let it run withou'
keys d
holds 'q d takes the screen away' shows 'running on without a screen'
holds 'the stream goes on' grows
other -l 'quit'
other Enter
holds 'the socket ends it' answered '^status 0$'
holds 'with a summary where it began' has '^demo: [0-9]* events'
finish
