#!/bin/sh
# Every key of the table is pressed in the driven console, and what it does is seen on the screen or in a file. What
# `fluxdeck list keys` shows and what is tested here are compared: a row or a second name without a case fails, and so does a case
# for a key that is not there.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/in" && cd "$work/in" || exit 1
XDG_CONFIG_HOME=$work/config
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}exitcode=99
UBSAN_OPTIONS=${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}exitcode=99
export XDG_CONFIG_HOME ASAN_OPTIONS UBSAN_OPTIONS
n=0
scenario=demo
: >"$work/tested"

# In one process: the screen before the key, and after it. A pattern stands in the second picture and not in the first; with ! it
# is the other way round. A further word is a file that must be there then.
try() {
	name=$1 key=$2 before=$3 after=$4 pattern=$5 file=$6 why=
	n=$((n + 1))
	rm -rf "$work/config" "$work/in"/*
	printf '%s dump\n%s %s dump\n' "$before" "$key" "$after" >"$work/keys"
	timeout -k 1 30 "$FLUXDECK" console "$srcdir/tests/screens/$scenario.yaml" --screen 80x24 --keys "$work/keys" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	sed -n 1,24p "$work/out" >"$work/first"
	sed -n '25,$p' "$work/out" >"$work/second"
	shown=$work/second other=$work/first
	case $pattern in !*) shown=$work/first other=$work/second ;; esac
	[ $status -eq 0 ] || why="status $status"
	[ "$(wc -l <"$work/out")" -eq 48 ] || why="$why no two pictures"
	grep -q -- "${pattern#!}" "$shown" || why="$why '$pattern' is not seen"
	grep -q -- "${pattern#!}" "$other" && why="$why '$pattern' is seen without the key, too"
	grep -q 'does nothing here' "$work/second" && why="$why it does nothing"
	# shellcheck disable=SC2086
	for f in $file; do [ -s "$f" ] || why="$why there is no $f"; done
	if [ -z "$why" ]; then
		echo "ok $n - $name"
	else
		cat "$work/second" "$work/err" | sed 's/^/# /'
		echo "not ok $n - $name:$why"
	fi
}

# hits KEY 'WHAT THE LIST SAYS' BEFORE AFTER PATTERN [FILE]
hits() {
	echo "$1 $2" >>"$work/tested"
	try "$1 $2 ($3)" "$1" "$3" "$4" "$5" "$6"
}

# The same for a key whose row has no words of its own, and for what else a key does: also KEY WORDS BEFORE AFTER PATTERN [FILE]
also() {
	try "$1: $2 ($3)" "$1" "$3" "$4" "$5" "$6"
}

# ---- moving ----
hits Enter 'open' '' '' '\[2 Module\]'
hits Enter "the output's parameters" '4' '' '^│>ceiling'
hits Enter 'type a value; load the preset' '2 Down' '"0.5" Enter' 'ticks.volatility = 0.5 '
hits Enter 'stop at this event' '5' '' 'PAUSED'
hits Enter 'freeze the graphs at this entry' 'L J' '' 'the graphs stand at: ticks.rate 500 → 1580'
hits Up 'up' 'Down' '' '^│>▶ ticks'
hits k 'up' '2 End' '' '^│>seed'
hits Down 'down' '' '' '^│>▶ quotes'
hits j 'down' '2' '' '^│>volatility'
hits PgUp 'ten up' '5 +30s' '' 'PAUSED'
hits ^U 'ten up' 'End' '' '^│>▶ ticks'
hits PgDn 'ten down' '' '' '^│>■ sales'
hits ^D 'ten down' '4' '' '^│>▶ disk'
hits Home 'top' 'End' '' '^│>▶ ticks'
hits End 'end' '2' '' '^│>outputs'
hits G 'end' '4' '' '^│>▶ disk'
hits Tab 'next pane' 'z' '' '^┌─ out ev/s'
hits S-Tab 'previous pane' '2 z' '' '^┌─ presets'
hits '{' 'previous module or output' '2 }' '' '^ ▶ ticks '
hits '}' 'next module or output' '2' '' '^ ▶ quotes '
hits Esc 'back; never quits' '6' '' '\[1 Desk\]'
hits 1 'Desk (3 Entities, 4 Outputs, 5 Tail, 6 Log, 7 Journal)' '4' '' '\[1 Desk\]'
also 2 'a screen' '' '' '\[2 Module\]'
also 3 'a screen' '' '' '\[3 Entities\]'
also 4 'a screen' '' '' '\[4 Outputs\]'
also 5 'a screen' '' '' '\[5 Tail\]'
also 6 'a screen' '' '' '\[6 Log\]'
also 7 'a screen' '' '' '\[7 Journal\]'
hits J 'journal of all changes' '2' '' '\[7 Journal\]'
hits g 'g and d, m, e, f, o, t, l, j: a screen; gg top' '' '' 'go to: d desk'
also g 'g, d' '2' 'd' '\[1 Desk\]'
also g 'g, m' '' 'm' '\[2 Module\]'
also g 'g, e' '' 'e' '\[3 Entities\]'
also g 'g, o' '' 'o' '\[4 Outputs\]'
also g 'g, t' '' 't' '\[5 Tail\]'
also g 'g, l' '' 'l' '\[6 Log\]'
also g 'g, j' '' 'j' '\[7 Journal\]'
also g 'g, g' 'End' 'g' '^│>▶ ticks'
also g 'g, f' '' 'f' '\[Flows\]'
also g 'g, another' '' 'x' 'g takes d, m, e, f, o, t, l, j or g'

# ---- what runs ----
hits Space 'pause the list' '5' '' 'paused; the stream goes on'
also Space 'again' '6 Space' '' 'following again'
hits Space 'start or stop' '' '' 'ticks stopped'
also Space 'an output' '4' '' 'bus stopped'
hits S 'solo: mute all others; again restores' '' '' 'ticks solo'
also S 'again' 'S' '' 'ticks back'
hits m 'mute: lives on, events go nowhere' '2' '' 'to bus  muted'
also m 'again' 'm' '' 'ticks back'
hits P 'hold or resume the clock' '' '' '‖ HELD'
hits F8 'hold or resume the clock' 'P' '' '▶ RUN'
hits . 'one arrival while held' '2 P' '' 'one arrival'
hits i 'one arrival of the module now' 'End' '' 'one arrival of sales'
hits o 'outputs of the module' '' '^U "disk" Enter' 'ticks goes to disk'
hits A 'add a module, on Outputs an output' '' '' 'add a module'
also A 'an output' '4' '' 'add an output'
hits R 'try a broken output now' '4' '' "output 'bus' is well"

# ---- values ----
hits Left 'one step down' '' '' 'ticks.rate = 446 '
hits h 'one step down' '2 Down' '' 'ticks.volatility = 0.34 '
hits Right 'one step up' '' '' 'ticks.rate = 561 '
hits l 'one step up' '2 Down' '' 'ticks.volatility = 0.36 '
also - 'down' '' '' 'ticks.rate = 446 '
also + 'up' '' '' 'ticks.rate = 561 '
also PgUp 'Module' '2' '' 'ticks.rate = 158 '
also ^U 'Module' '2' '' 'ticks.rate = 158 '
also PgDn 'Module' '2' '' 'ticks.rate = 1580 '
also ^D 'Module' '2' '' 'ticks.rate = 1580 '
hits "=" 'type a value with its unit, or +10%' '' '"2.5k" Enter' 'ticks.rate = 2500 '
also "=" 'relative' '' '"+10%" Enter' 'ticks.rate = 550 '
hits t 'ramp to a value over a time' '' '"1000 2s" Enter +3s' '1.00k'
hits H 'ten steps down' '' '' 'ticks.rate = 158 '
hits L 'ten steps up' '' '' 'ticks.rate = 1580 '
hits [ 'a tenth of a step down' '' '' 'ticks.rate = 494.3 '
hits ] 'a tenth of a step up' '' '' 'ticks.rate = 505.8 '
hits '<' 'half' '' '' 'ticks.rate = 250 '
hits '>' 'double' '4 = "100" Enter' '' 'bus.ceiling = 200 '
hits Bksp "back to the scenario's value" 'L' '' 'ticks.rate = 500 '
hits 0 '0-9: 0 to 90 % of the range' '2 Down' '' 'ticks.volatility = 0 '
for k in 1 2 3 4 5 6 7 8 9; do
	also $k "$k"'0 % of the range' '2 Down' '' "ticks.volatility = $(awk "BEGIN { print $k / 2 }") "
done
hits u 'undo' 'L' '' 'undo ticks.rate 1580 → 500'
hits U 'redo' 'L u' '' 'redo ticks.rate 500 → 1580'
hits ^R 'redo' '2 L u' '' 'redo ticks.rate 500 → 1580'
hits b "A/B: swap the module's two settings" '' '' 'ticks plays B, 0 values changed'
hits p 'load a preset' 'w "mine" Enter L' 'Enter' 'preset mine: 1 values of ticks changed'
hits w 'save the setting as a preset' '' '"mine" Enter' 'preset mine of market saved' "$XDG_CONFIG_HOME/fluxdeck/presets/market/mine.yaml"

# ---- looking ----
hits f 'freeze the view, not the stream' '' '' 'FROZEN'
hits Z 'freeze the view, not the stream' '5 f' '' '!FROZEN'
hits e 'show the next field of the events' '2' '' 'mean of bid'
hits r 'show the field before' '2 e' '' '!mean of bid'
also n 'what depends on all before' '2' '' "generator 'market' cannot preview"
scenario=lens
hits n 'show the records that come next' '2' '' '^┌─ next of cards '
also n 'again' '2 n' '' '!^┌─ next of cards '
also r 'a text, with shares' '2 Down +100ms' '' '^│.*││ Visa .* [0-9.]*%   [0-9.]*% │'
also = 'and what would come' '2 Down' '"400"' '^┌─ next of cards at spend = 400 '
also t 'a ramp, too' '2 Down' '"400 5s"' '^┌─ next of cards at spend = 400 '
also = 'Esc' '2 Down = "400"' 'Esc' '!^┌─ next of cards '
also = 'a wrong value' '2 Down' '"4000"' '^│ spend must be 1 EUR to 1000 EUR, not 4000'
also Right 'a weight' '2 Down Down Down' '' 'cards.emit.payment = 9 '
scenario=demo
hits '(' 'shorter time window' '' '' 'time window 30 s'
hits ')' 'longer time window' '' '' 'time window 120 s'
hits , 'time cursor back, while frozen' 'f' '' '1 s ago: '
hits ';' 'time cursor forward' 'f ,' '' '0 s ago: '
hits a 'scale of graphs: sticky, fit, log' '' '' ' fit [0-9k.]*  60 s'
hits z 'maximise the pane' '' '' '!out ev/s'
hits B 'graphs in braille, blocks, ASCII, numbers' '' '' 'graphs in blocks'
hits T 'theme' '' '' 'theme vivid'
hits ^L 'redraw' 'a' '' '!scale fit'

# ---- lists ----
hits \\ 'filter: words, !not, ~fuzzy, field < 5' '' '"quo" Enter' 'filter: quo .* 2 hidden'
hits F4 'filter: words, !not, ~fuzzy, field < 5' '5' '"symbol == ACME" Enter' 'filter: symbol == ACME'
hits / 'search' '' '"quo" Enter' '^│>▶ quotes'
also / 'all letters from where it began' 'Down' '"market" Enter' '^│>■ sales'
hits n 'next match' '/ "market" Enter' '' '^│>■ sales'
hits N 'previous match' '/ "market" Enter' '' '^│>▶ ticks'
hits s 'sort by a column' '' 'Down Enter' 'sort: name'
hits r 'reverse the order' '' '' 'sort: place reversed'
hits v 'mark the row for what is done next' '' '' '1 marked: what is done now'
hits V 'mark all rows' '4' '' '2 marked; Esc clears'
hits v 'level of the log' '6' '' 'log from level D'
hits o 'area of the log' '4 D y 6 : "nonsense" Enter : "commands" Enter' '' 'area console'
scenario=flows
hits F 'Flows: how far their launches come' '' '+100ms' '\[Flows\]'
hits Enter "the flow's steps; type what drops out" 'g f Down +100ms' '+100ms' '^│> 1 borrow'
hits c 'count from now; again: from the start' '+4s g f Down +100ms' '+1s' ' launched since 09:00:05'
also c 'again' 'g f c +1s' '+100ms' '!launched since'
scenario=demo
hits x 'where the event comes from' '5' '' 'why event'
hits F 'follow the end' '5 Up' '' 'FOLLOW'
hits '(' 'sample more events' '5' '' 'showing 1 event in 10;'
hits ')' 'sample fewer events' '5' '' 'showing 1 event in 50;'
hits d 'leave the entry out of a timeline' 'L J' '' 'left out of the timeline'
hits w 'write the lines to a file' '5' '' 'tail saved as fluxdeck-tail-' 'fluxdeck-tail-*.jsonl'
also w 'journal' 'L J' '' 'journal saved as fluxdeck-journal-' 'fluxdeck-journal-*.txt'

# ---- entities ----
also 3 'without any' '' '' 'no module runs flows'
scenario=entities
hits Enter 'open the entity; on its state, edit the field' '+9s 3' '' '┌─ life and links'
also Enter 'a field' '+9s 3 Tab Down Down Down' '"0" Enter' 'sales.entity edit user u-1001 orders=[0-9]*0$\|sales.entity edit user u-1001 orders=[0-9]*0 '
hits Enter 'edit the field; on a link, open that one' '+9s : "look order o-20" Enter Tab Tab Tab' '' '┌─ user u-'
also Enter 'a field of one' '+9s : "look order o-20" Enter Down Down Down' '^U "7.5" Enter' 'sales.entity edit order o-20 total=7.5'
also Enter 'refused' '+9s 3 Tab Down Down Down' '^U "much" Enter' "= much.*orders must be a whole number or null, not 'much'"
hits \\ 'filter: words, or orders > 3 and plan = pro' '+9s 3' '"plan = pro & orders >= 0" Enter' '^│>.. *u-[0-9]*  *pro '
also \\ 'one that is none' '+9s 3' '"plan = (" Enter' 'something is missing here'
hits F4 'filter: words, or orders > 3 and plan = pro' '+9s 3' '"u-1007"' '1 pass'
hits s 'sort by a field; the same again reverses' '+9s 3' 'Down Down Down Down Enter' 'sort: orders '
also s 'again' '+9s 3 : "sort orders" Enter' 'Down Down Down Down Enter' 'sort: orders reversed'
hits r 'reverse the order' '+9s 3' '' 'sort: place reversed'
hits / 'search a key; n and N go on' '+9s 3' '"1033" Enter' '^│>.. *u-1033'
also n 'the next one' '+9s 3 / "3" Enter' '' '^│>.. *u-1013'
also N 'the one before' '+9s 3 / "3" Enter n' '' '^│>.. *u-1003'
also / 'nowhere' '+9s 3' '"zzz" Enter' "'zzz' is not found"
hits e 'edit a field' '+9s 3' '' '┌─ u-1001 ─'
also e 'the values of a state' '+9s 3' 'Down Enter' '┌─ u-1001 plan\|u-1001 plan ='
hits '*' 'pin it: it stays above the list, live' '+9s 3' 'Down' '^│\*. user u-1001 '
also '*' 'again' '+9s 3 *' 'Down' '!^│\*. user u-1001 '
hits d 'compare with others; again ends it' '+9s 3' 'Down' 'u-1002 against u-1001'
hits c 'only fields that were changed' '+9s 3 Tab' '' '^ only fields that were changed'
hits R 'take it from the flow that holds it' '+9s P 3 : "filter not available" Enter Down' '' 'sales.entity release user u-'
also R 'nobody has it' '3 l' '' "nobody holds product"
hits C 'clone it under a new key' '+9s 3' '"u-x" Enter' 'sales.entity clone user u-1001 u-x'
also C 'a key is made' '+9s 3' 'Enter' 'sales.entity clone user u-1001 *│*$'
hits Left 'the class before' '+9s 3' '' '┌─ order '
hits h 'the class before' '+9s 3 l' '' '┌─ user '
hits Right 'the next class' '+9s 3' '' '┌─ product '
hits l 'the next class' '+9s 3 l' '' '┌─ order '
hits '{' 'previous entity' '+9s 3 } Enter' '' '┌─ user u-1001 '
hits '}' 'next entity' '+9s 3 Enter' '' '┌─ user u-1002 '
also y 'an entity as JSON' '+9s 3' '' 'copy saved as fluxdeck-copy-' 'fluxdeck-copy-*.txt'
also Esc 'back to the list' '+9s 3 Enter' '' '┌─ classes 3'
also u 'a change of an entity' '+9s 3 : "entity edit user u-1001 plan=pro" Enter' '' 'undo sales.entity edit user u-1001 plan='
also f 'entities' '+9s 3' '+5s' 'FROZEN'
scenario=demo

# ---- everything ----
hits '?' 'help: type to filter, Enter runs' '' '' '\[? Help\]'
hits F1 'help: type to filter, Enter runs' '5' '' '\[? Help\]'
hits : 'command palette' '' '"set rate 77" Enter' 'ticks.rate = 77 '
hits ^P 'command palette' '6' '"theme mono" Enter' 'theme mono'
hits E 'write the tuned scenario' '' 'Enter' 'written to tuned.yaml' tuned.yaml
hits y 'copy the row or value' '' '' 'copy saved as fluxdeck-copy-' 'fluxdeck-copy-*.txt'
hits C "write the module's state as CSV" '' 'Enter' 'wrote [0-9]* bytes to ticks-state.csv' ticks-state.csv
hits M "mouse: the console's or the terminal's" '' '' "the mouse is the terminal's"
hits ^G 'save the screen as text' '' '' 'screen saved as fluxdeck-screen-' 'fluxdeck-screen-*.txt'
# Without a terminal there is nothing to suspend (pty_test does); the key is taken and what was said is gone.
hits ^Z 'suspend; bg runs on without a screen' 'a' '' '!scale fit'
hits q 'close the screen' '6' '' '\[1 Desk\]'

# ---- at risk ----
hits u 'undo from this entry on (asks)' 'L > J' 'y' 'undo from entry 2: 1 changes'
hits D 'wait or drop when full (asks)' '4' 'y' 'bus.when_full = drop'
hits Del 'remove it (asks); undo brings it back' '' 'y' 'removed ticks'
also Del 'no' 'L' 'n' '!ticks.rate = 1580'
hits ! 'panic: stop all modules; u restores' '' '' 'panic: 2 modules stopped'
hits q 'quit, after a question' '' '' 'quit? y: stop the run'
also q 'yes' '' 'y' '■ STOP'
hits Q 'quit and leave a summary' '' '' '■ STOP'
hits ^C 'twice: quit' '' '' '\^C once more quits'
also ^C 'twice' '' '^C' '■ STOP'

scenario=entities
hits Del 'retire the entity (asks); undo brings it back' '+9s P 3 : "filter available" Enter Down' 'y' 'sales.entity retire user u-'
also Del 'an entity, no' '+9s 3' 'n u' 'nothing to undo'
scenario=demo

# ---- the two lists ----
"$FLUXDECK" list keys | awk '{ sub(/  \[[a-z0-9-]*\]$/, ""); k = split(substr($0, 1, 12), names, " "); for (i = 1; i <= k; i++) print names[i], substr($0, 14) }' |
	sort >"$work/listed"
sort "$work/tested" >"$work/cases"
n=$((n + 1))
if [ -s "$work/listed" ] && cmp -s "$work/listed" "$work/cases"; then
	echo "ok $n - every key of the list has a case, once, and every case is a key of the list"
else
	diff "$work/listed" "$work/cases" | sed 's/^/# /'
	echo "not ok $n - every key of the list has a case, once, and every case is a key of the list"
fi
echo "1..$n"
