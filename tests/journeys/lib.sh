# What the journeys share: a console in tmux, keys into it, and claims about what stands on its screen. To be sourced.
# Each script has a server of its own with nothing of the user's in it, and ends that server, never another.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
: "${FLUXDECK:?names the program}"
case $FLUXDECK in */*) ;; *) FLUXDECK=$(command -v "$FLUXDECK") ;; esac
case $FLUXDECK in /*) ;; *) FLUXDECK=$PWD/$FLUXDECK ;; esac
if ! command -v tmux >/dev/null; then
	echo '1..0 # SKIP tmux is missing'
	exit 0
fi
work=$(mktemp -d) || exit 1
server=
servers=0
deadline=${FLUXDECK_DEADLINE:-15}     # seconds for one step
XDG_CONFIG_HOME=$work/config
LC_ALL=C.UTF-8
ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99
PS1='$ '
export FLUXDECK XDG_CONFIG_HOME LC_ALL ASAN_OPTIONS UBSAN_OPTIONS PS1
unset ENV NO_COLOR TMUX TMUX_PANE XDG_STATE_HOME SSH_CONNECTION SSH_TTY
cd "$work" || exit 1
: >screen

# demo LINE...: the scenario that most journeys look at, with further lines.
demo() {
	cat >demo.yaml <<'END'
scenario: demo
seed: 7
outputs:
  disk: {type: file, path: out.jsonl}
modules:
  ticks: {generator: market, rate: 200, symbols: [ACME, BOLT]}
  sales: {generator: supermarket, rate: 30}
END
	for line in "$@"; do echo "$line"; done >>demo.yaml
}

mux() { tmux -u -L "$server" -f /dev/null "$@"; }

clean_up() {
	[ -z "$server" ] || mux kill-server 2>/dev/null
	cd /
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# open WIDTHxHEIGHT: a shell in a terminal of this size, in a new server; what the last one had goes with it.
open() {
	[ -z "$server" ] || mux kill-server 2>/dev/null
	servers=$((servers + 1))
	server=fluxdeck-journey-$$-$servers
	mux new-session -d -x "${1%x*}" -y "${1#*x}" -s main 'exec sh' \; set-option -g default-terminal tmux-256color \; \
		set-option -g status off \; set-option -g set-clipboard on \; respawn-pane -k -t main 'exec sh' \; \
		resize-window -t main -x "${1%x*}" -y "${1#*x}"
	await has '^[$#] *$'
}

# What stands on the screen goes into the file `screen`.
look() { mux capture-pane -p -t main >screen 2>/dev/null; }

# await COMMAND...: until it succeeds, at most $deadline seconds.
await() {
	end=$(($(date +%s) + deadline))
	until "$@"; do
		[ "$(date +%s)" -lt $end ] || return 1
		sleep 0.05
	done
}

# Of the screen: a text, a basic regular expression, one that holds for a line, neither.
shows() { look && grep -qF -e "$1" screen; }
has() { look && grep -q -e "$1" screen; }
hides() { look && ! grep -q -e "$1" screen; }
# Two expressions: both; the first and not the second.
both() { look && grep -q -e "$1" screen && grep -q -e "$2" screen; }
neither() { look && grep -q -e "$1" screen && ! grep -q -e "$2" screen; }
# What was copied last holds it.
copied() { mux show-buffer 2>/dev/null | grep -q -e "$1"; }
# row N EXPRESSION: the Nth line of the screen, from the end when negative.
row() {
	look
	if [ "$1" -lt 0 ]; then tail -n "${1#-}" screen | head -n 1; else sed -n "$1p" screen; fi | grep -q -e "$2"
}
bottom() { row -1 "$1"; }
message() { row -2 "$1"; }

keys() { mux send-keys -t main "$@"; }
text() { mux send-keys -t main -l -- "$1"; }
# Reports as a terminal sends them; places count from 1.
report() { text "$(printf '\033[<%d;%d;%d%s' "$@")"; }
click() {
	report 0 "$1" "$2" M
	report 0 "$1" "$2" m
}
# place TEXT: the column and the row where TEXT begins on the screen, in $x and $y.
place() {
	look
	at=$(awk -v t="$1" '{ i = index($0, t); if (i) { print i, NR; exit } }' screen)
	x=${at% *} y=${at#* }
	[ -n "$at" ]
}
# palette LINE: the line is typed into the palette and run.
palette() {
	keys :
	await shows 'Tab complete' || return 1
	text "$1"
	keys Enter
}

not_ok() {
	failed "$@"
	look
	sed 's/^/# |/' screen
}

# holds CLAIM COMMAND...: the claim is true when the command succeeds before the deadline.
holds() {
	claim=$1
	shift
	if await "$@"; then ok "$claim"; else not_ok "$claim" "failed: $*"; fi
}
sees() { holds "$1" shows "$2"; }

finish() {
	echo "1..$n"
	exit $((bad > 0))
}
