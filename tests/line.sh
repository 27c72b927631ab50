#!/bin/sh
# Line mode: over standard input, over the control socket, attached; and when a console chooses it. TAP; the program is $FLUXDECK.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
: "${FLUXDECK:?names the program}"
case $FLUXDECK in */*) ;; *) FLUXDECK=$(command -v "$FLUXDECK") ;; esac
case $FLUXDECK in /*) ;; *) FLUXDECK=$PWD/$FLUXDECK ;; esac
work=$(mktemp -d) || exit 1
cd "$work" || exit 1
pids=

# Only what was started here, and only by its number.
clean_up() {
	for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
	cd /
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

not_ok() {
	failed "$1" "$2"
	sed 's/^/# /' err 2>/dev/null | head -20
}

# await COMMAND...: until it succeeds, at most 10 s.
await() {
	tries=0
	until "$@" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || return 1
		sleep 0.05
	done
}

# says LINE [FILE]: a line of the words (or of FILE) that is like this, from its beginning to its end.
says() { grep -qx -e "$1" "${2:-err}"; }

# A sanitizer that stops the program has another status than ours.
ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99
export ASAN_OPTIONS UBSAN_OPTIONS

program() {
	timeout -k 1 20 "$FLUXDECK" "$@" >out 2>err
	status=$?
}

# What was just started in the background; it reads what it is told to, since the shell gives it /dev/null otherwise.
started() {
	pid=$!
	pids="$pids $pid"
}

market='--generator market --rate 50 --seed 1'
quiet="$market --output null"

# refuses CLAIM TEXT ARGUMENT...: status 2, TEXT on stderr, nothing on stdout.
refuses() {
	claim=$1
	text=$2
	shift 2
	program "$@" </dev/null
	if [ $status -eq 2 ] && [ "$(cat err)" = "$text" ] && ! [ -s out ]; then ok "$claim"; else not_ok "$claim" "status $status, expected: $text"; fi
}

# ---- standard input ----

printf 'set market.rate 60\nset market.rat 60\n# nothing\n\nstatus\nshow market.rate' >script
# shellcheck disable=SC2086
program console --ui line $quiet <script
holds 'a file of commands: status 0' [ $status -eq 0 ]
holds 'an answer has a number and a text' says 'ok  [0-9]*  market.rate = 60 /s'
holds 'a refusal says why' says "error  unknown parameter 'rat' of 'market'; did you mean 'rate'?"
holds 'status is a line' says 'ok  [0-9]*  run .* modules 1 of 1 on .*'
holds 'a last line without an end is run' says 'ok  [0-9]*  market.rate = 60 /s  .*'
holds 'the account comes at the end' grep -q '^  to repeat: --seed 1' err
holds 'nothing but events goes to stdout' [ ! -s out ]
# What comes next is shown and then comes: the same records, and under another value others.
cat >next.yaml <<'E'
scenario: next
seed: 4
clock: {start: 2024-01-01T09:00:00Z, held: true, stop_after: 1s}
params:
  mean: {default: 50, min: 1, max: 500}
outputs:
  disk: {type: file, path: next.jsonl, envelope: none, exists: replace}
modules:
  shop: {generator: template, emit: {order: 3, note: 1}, rate: 4}
  ticks: {generator: market, rate: 1, "on": false}
events:
  order: {fields: {at: "${now}", total: "${round(mean * lognormal(1, 0.5), 2)}"}}
  note: {fields: {text: "${first_name}"}}
E
printf 'preview shop n=4\npreview shop mean=500 n=1\npreview shop emit.note=0 emit.order=1 n=2\npreview ticks\npreview shop mean\npreview shop men=4\nstep\nstep\nstep\nstep\n' |
	program console next.yaml --ui line
sed -n 's/^ok  0  {/{/p; s/^  {/{/p' err >shown
sed '/^$/d' next.jsonl | head -4 >come
head -1 shown >first
head -4 shown | cmp -s - come && [ "$(wc -l <come)" -eq 4 ]
holds 'preview shows the records that come' [ $? -eq 0 ]
holds 'under another value another one' sh -c 'sed -n 5p shown | grep -q total && ! sed -n 5p shown | cmp -s - "$1"' - first
holds 'with another weight other events' [ "$(sed -n 6,7p shown | grep -c '"total"')" -eq 2 ]
holds 'a generator with a state refuses' says "error  generator 'market' cannot preview: what 'ticks' makes next depends on all it made before"
holds 'a word that is no value is refused' says "error  'mean' is not like param=value"
holds 'an unknown parameter is refused' says "error  unknown parameter 'men' of 'shop'.*"
# shellcheck disable=SC2086,SC2002
cat script | program console --ui line $quiet
holds 'the same from a pipe' says 'ok  [0-9]*  market.rate = 60 /s'
# shellcheck disable=SC2086
printf 'bye\nset market.rate 60\n' | program console --ui line $quiet
holds 'bye ends the run' says 'bye  [0-9]*  .*'
holds 'and nothing behind it is run' [ "$(grep -c 'market.rate' err)" -eq 0 ]
# shellcheck disable=SC2086
program console --ui line $quiet --eval 'set market.rate 70' --eval 'mark x' <script
holds '--eval works in the console' says 'market.rate = 70 /s'
# shellcheck disable=SC2086
refuses 'a wrong --eval' "fluxdeck: --eval 'nonsense': unknown command 'nonsense'" console --ui line $quiet --eval nonsense

# Commands come while the run goes on: through a pipe that is held open.
mkfifo in
exec 3<>in
# shellcheck disable=SC2086
"$FLUXDECK" console --ui line $market <in >out 2>err 3<&- &
started
await test -s out
echo 'set market.rate 200' >&3
holds 'a command is answered while the run goes on' await says 'ok  [1-9][0-9]*  market.rate = 200 /s'
echo 'watch market.rate 250ms' >&3
holds 'what is watched is said' await says 'market.rate  target 200/s  actual [0-9.]*/s'
kill -INT "$pid"
wait "$pid"
status=$?
holds 'SIGINT ends the run with status 0' [ $status -eq 0 ]
holds 'stdout has nothing but events' [ -z "$(grep -v '^{.*}$' out)" ]
holds 'and as many as were delivered' grep -q "delivered $(wc -l <out | tr -d ' ') " err
exec 3>&-

# A descriptor that others share stays as it is.
exec 3<>in
# shellcheck disable=SC2086
"$FLUXDECK" console --ui line $quiet <&3 >out 2>err &
started
flags() { awk '/^flags/ { print $2 }' "/proc/$$/fdinfo/3"; }
before=$(flags)
echo 'mark x' >&3
await says 'ok  [0-9]*  mark x'
holds 'standard input is not made non-blocking' [ "$(flags)" = "$before" ]
echo quit >&3
wait "$pid"
exec 3>&-
holds 'quit ends the run' says 'ok  [0-9]*  stopping'

# Somebody who does not read the words: the stream does not wait. 2000 answers of 2 KB are more than is kept for them.
mkfifo words
exec 3<>in 4<>words
# shellcheck disable=SC2086
"$FLUXDECK" console --ui line $market <in >out 2>words 3<&- 4<&- &
started
await test -s out
yes commands | head -2000 >&3
echo 'dump market state.csv' >&3
await test -s state.csv
lines=$(wc -l <out)
more_than() { [ "$(wc -l <out)" -gt "$1" ]; }
holds 'words that nobody reads do not hold the stream' await more_than $((lines + 50))
exec 5<words
cat <&5 >err 4<&- &
exec 4>&- 5<&-
holds 'words that were thrown away are said to be' await says 'log  W console  words were thrown away: .*'
echo quit >&3
wait "$pid"
status=$?
exec 3>&-
holds 'and the run ends as ever' [ $status -eq 0 ]

# ---- which face ----

# shellcheck disable=SC2086
TERM=dumb program console $quiet <script
holds 'TERM=dumb: line mode' says 'ok  [0-9]*  market.rate = 60 /s'
holds 'TERM=dumb: one line says why' [ "$(head -1 err)" = "fluxdeck: the terminal 'dumb' cannot place its cursor; so without a screen: commands from standard input, quit ends" ]
# shellcheck disable=SC2086
TERM=nosuch program console $quiet <script
holds 'an unknown terminal: line mode' says "fluxdeck: the terminal 'nosuch' is unknown; so without a screen: .*"
# shellcheck disable=SC2086
(unset TERM; program console $quiet <script)
holds 'no TERM: line mode' says "fluxdeck: the terminal '' is unknown; so without a screen: .*"
if command -v setsid >/dev/null; then
	# shellcheck disable=SC2086
	TERM=xterm timeout -k 1 20 setsid -w "$FLUXDECK" console $quiet <script >out 2>err
	holds 'no terminal: line mode' says 'fluxdeck: there is no terminal (.*); so without a screen: .*'
else
	skip 'setsid is not there'
fi
# shellcheck disable=SC2086
TERM=dumb program console --ui screen $quiet <script
holds '--ui screen insists' [ $status -eq 2 ]
refuses 'another --ui' "fluxdeck: --ui takes screen or line, not 'web'" console --ui web
refuses '--ui with --screen' 'fluxdeck: --screen draws without a terminal; --ui has no say in that' console --ui line --screen 80x24

# ---- the socket ----

socket=$work/s
# shellcheck disable=SC2086
"$FLUXDECK" run $quiet --quiet --socket "$socket" 2>run.err &
started
await test -S "$socket"
holds 'the socket is for its owner alone' [ "$(ls -l s | cut -c1-10)" = 'srw-------' ]
# shellcheck disable=SC2086
refuses 'a socket of a living process' "fluxdeck: --socket: '$socket' is the socket of another process, which is alive" run $quiet --socket "$socket"
printf 'set market.rate 60\nnonsense\n' >script
program console --attach "$socket" <script
holds 'attached: status 0' [ $status -eq 0 ]
holds 'attached: answers are on stdout' says 'ok  [0-9]*  market.rate = 60 /s' out
holds 'attached: refusals, too' says "error  unknown command 'nonsense'" out
holds 'attached: it ends with a goodbye' says 'bye  [0-9]*  nothing more was asked' out
printf 'set market.rate 6' | program console --attach "$socket"
holds 'half a line is not run' [ "$(cut -c1-4 out)" = 'bye ' ]

mkfifo one two
timeout 30 "$FLUXDECK" console --attach "$socket" <one >one.out 2>one.err &
first=$!
timeout 30 "$FLUXDECK" console --attach "$socket" <two >two.out 2>two.err &
second=$!
pids="$pids $first $second"
exec 4>one 5>two
echo 'quiet off' >&4
echo 'quiet off' >&5
await test -s one.out
await test -s two.out
echo 'set market.rate 80' >&4
holds 'a client hears what another one changed' await says 'change  [0-9]*  market.rate 60 → 80 (command)' two.out
echo undo >&5
holds 'and the other way round' await says 'change  [0-9]*  undo market.rate 80 → 60 (command)' one.out
holds 'nobody hears of their own' [ "$(grep -c ^change one.out two.out | tr '\n' ' ')" = 'one.out:1 two.out:1 ' ]
echo bye >&4
wait $first
status=$?
holds 'bye ends the connection: status 0' [ $status -eq 0 ]
echo 'status' >&5
holds 'and no other' await says 'ok  [0-9]*  run .*' two.out

if command -v python3 >/dev/null; then
	cat >clients.py <<'PYTHON'
import os, socket, sys
def client():
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(10)
    s.connect(sys.argv[1])
    return s
def ask(s, line):
    s.sendall(line.encode() + b'\n')
    return s.makefile().readline()
# Beside the one that is attached already, 15 have room.
room = [client() for _ in range(15)]
print('room for 15:', all(ask(s, 'status').startswith('ok  ') for s in room))
extra = client()
print('the next one:', extra.makefile().readline().strip())
for s in room:
    s.close()
# Asks and asks, and reads nothing, until it is dropped.
deaf = None
while deaf is None:
    try:
        deaf = client()
        deaf.sendall(b'status\n')
        if not deaf.recv(6).startswith(b'ok'):
            deaf = None
    except OSError:
        deaf = None
try:
    while True:
        deaf.sendall(b'commands\n')
except socket.timeout:
    print('deaf: kept')
except OSError:
    print('deaf: dropped')
PYTHON
	timeout 60 python3 clients.py "$socket" >clients.out 2>err
	holds 'there is room for 16 clients' says 'room for 15: True' clients.out
	holds 'the next one is turned away' says 'the next one: error  there are 16 clients already; try later' clients.out
	holds 'who does not read is dropped' says 'deaf: dropped' clients.out
	holds 'and the log says so' grep -q 'W socket: dropped a client that does not read' run.err
	holds 'so do the other clients' await says 'log  W socket  dropped a client that does not read: .*' two.out
else
	skip 'python3 is not there'
fi
echo 'mark still-here' >&5
holds 'the others are served as before' await says 'ok  [0-9]*  mark still-here' two.out
kill -INT "$pid"
wait "$pid"
wait $second
status=$?
holds 'the end of the run is a goodbye' says 'bye  [0-9]*  the run has ended' two.out
holds 'and status 0 for who is attached' [ $status -eq 0 ]
holds 'the file is removed at the end' [ ! -e s ]
exec 4>&- 5>&-

# A run that dies, and the next one in its place.
# shellcheck disable=SC2086
"$FLUXDECK" run $quiet --quiet --socket "$socket" 2>err &
started
await test -S "$socket"
rm one.out
timeout 30 "$FLUXDECK" console --attach "$socket" <one >one.out 2>one.err &
first=$!
pids="$pids $first"
exec 4>one
echo 'quiet off' >&4
await test -s one.out
kill -9 "$pid"
wait "$pid" 2>/dev/null
wait $first
status=$?
holds 'a connection that breaks: status 1' [ $status -eq 1 ]
holds 'a connection that breaks: it is said' says 'fluxdeck: the connection broke' one.err
exec 4>&-
holds 'a run that was killed leaves its socket' [ -S s ]
refuses 'attaching to a dead one' "fluxdeck: --attach: cannot reach '$socket': Connection refused" console --attach "$socket"
exec 3<>in
# shellcheck disable=SC2086
"$FLUXDECK" console --ui line $quiet --socket "$socket" <in 2>err 3<&- &
started
await sh -c "printf 'mark new\n' | '$FLUXDECK' console --attach '$socket' >out 2>attach.err"
holds 'the next one replaces it' says 'ok  [0-9]*  mark new' out
holds 'standard input hears what clients do' await says 'change  [0-9]*  mark new (command)'
printf 'quit\n' | timeout 20 "$FLUXDECK" console --attach "$socket" >out 2>attach.err
wait "$pid"
status=$?
holds 'quit of a client ends the run' [ $status -eq 0 ]
exec 3>&-

# Steering looks, and leaves no trace in the bytes.
start=2024-01-01T00:00:00Z
# shellcheck disable=SC2086
program run $market --start $start --for 2s --speed max --quiet
mv out alone
# shellcheck disable=SC2086
"$FLUXDECK" run $market --start $start --for 2s --quiet --socket "$socket" >out 2>err &
started
await test -S "$socket"
printf 'status\nwatch market.rate 250ms\nshow market.rate\ncommands\n' >script
await test -s out
timeout 20 "$FLUXDECK" console --attach "$socket" <script >attach.out 2>attach.err
wait "$pid"
holds 'a client that only looks changes no byte' cmp -s out alone

refuses 'attaching to nothing' "fluxdeck: --attach: cannot reach 'nothing': No such file or directory" console --attach nothing
refuses '--attach with something else' 'fluxdeck: --attach PATH goes alone' console --attach nothing --seed 1
echo precious >file
# shellcheck disable=SC2086
refuses 'a file in the place of the socket' "fluxdeck: --socket: 'file' is there already, and is not a socket" run $quiet --socket file
holds 'which stays' [ "$(cat file)" = precious ]
# shellcheck disable=SC2086
refuses 'a folder that is not there' "fluxdeck: --socket: the folder 'no': No such file or directory" run $quiet --socket no/s
long=$(printf '%0120d' 0)
# shellcheck disable=SC2086
refuses 'a path that is too long' 'fluxdeck: --socket: the path of a socket has 1 to 107 bytes, not 120' run $quiet --socket "$long"
theirs=/
if [ "$(id -u)" -eq 0 ]; then
	mkdir theirs
	chown 65534 theirs && theirs=theirs
fi
# shellcheck disable=SC2086
refuses 'a folder of somebody else' "fluxdeck: --socket: the folder '$theirs' belongs to somebody else; put the socket into one of yours" run $quiet --socket "$theirs/s"

# Removed, closed, and brought back: what it wrote stays, and it goes on.
cat >back.yaml <<'E'
seed: 1
clock: {start: 2024-01-01T00:00:00Z}
outputs: {side: {type: file, path: back.jsonl, exists: replace, linger: 0s}}
modules: {sales: {generator: supermarket, rate: 200}}
E
mkfifo hand
timeout 30 "$FLUXDECK" console back.yaml --ui line <hand >back.out 2>back.err &
pid=$!
exec 3>hand
lines_in() { if [ -f "$1" ]; then wc -l <"$1"; else echo 0; fi; }
tries=0
until [ "$(lines_in back.jsonl)" -ge 50 ] || [ $tries -ge 200 ]; do tries=$((tries + 1)); sleep 0.05; done
echo 'remove side' >&3
# Closed is what has not grown between two looks.
last=-1
while [ "$(lines_in back.jsonl)" != "$last" ] && [ $tries -lt 400 ]; do tries=$((tries + 1)); last=$(lines_in back.jsonl); sleep 0.3; done
echo undo >&3
until [ "$(lines_in back.jsonl)" -ge $((last + 50)) ] || [ $tries -ge 600 ]; do tries=$((tries + 1)); sleep 0.05; done
echo quit >&3
exec 3>&-
wait "$pid"
holds 'an output that was removed and had closed ends well when it came back' [ $? -eq 0 ]
holds 'it goes on behind what it had written' [ "$(lines_in back.jsonl)" -ge $((last + 50)) ]
holds 'and all that was delivered is there' grep -q "offered $(lines_in back.jsonl) = delivered $(lines_in back.jsonl) " back.err

echo "1..$n"
[ $bad -eq 0 ]
