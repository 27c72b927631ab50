#!/bin/sh
# The command line and the scenario loader against bad input, and how a run ends. TAP; the program is $FLUXDECK.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
: "${FLUXDECK:?names the program}"
case $FLUXDECK in */*) ;; *) FLUXDECK=$(command -v "$FLUXDECK") ;; esac
case $FLUXDECK in /*) ;; *) FLUXDECK=$PWD/$FLUXDECK ;; esac
top=$(mktemp -d) || exit 1
work=$top/work
at=$top/out
mounted=
mkdir "$work" "$at"
cd "$work" || exit 1

clean_up() {
	cd /
	if [ -n "$mounted" ]; then umount "$mounted"; fi
	rm -rf "$top"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

not_ok() {
	failed "$@"
	sed 's/^/# /' "$at/err" 2>/dev/null | head -20
}

# Runs the program with a deadline, its words in $at. A sanitizer that stops it has another status than ours.
program() {
	ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99 timeout -k 1 20 "$FLUXDECK" "$@" >"$at/out" 2>"$at/err" </dev/null
}

# refuses CLAIM TEXT ARGUMENT...: status 2, exactly TEXT on stderr, nothing on stdout, nothing new on disk.
refuses() {
	claim=$1
	text=$2
	shift 2
	before=$(find . -exec ls -dn {} + | awk '{ print $1, $3, $4, $5, $NF }')
	program "$@"
	status=$?
	if [ $status -ne 2 ]; then
		not_ok "$claim" "status $status"
	elif [ "$(cat "$at/err")" != "$text" ]; then
		not_ok "$claim" "expected: $text"
	elif [ -s "$at/out" ]; then
		not_ok "$claim" "there is something on stdout"
	elif [ "$(find . -exec ls -dn {} + | awk '{ print $1, $3, $4, $5, $NF }')" != "$before" ]; then
		not_ok "$claim" "something was created or changed"
	else
		ok "$claim"
	fi
}

# Like `refuses`, of a run of the market generator that would otherwise be short.
market() {
	claim=$1
	text=$2
	shift 2
	refuses "$claim" "fluxdeck: $text" run --generator market --for 1ms "$@"
}

# scenario CLAIM TEXT FORMAT: both `check` and `run` refuse what printf makes of FORMAT, which is s.yaml for them.
scenario() {
	# shellcheck disable=SC2059
	printf "$3" >s.yaml
	refuses "$1" "$2" check s.yaml
	refuses "$1 (run)" "$2" run s.yaml --for 1ms
}

# output CLAIM TEXT FORMAT: a scenario with that inside of an output's braces.
output() {
	scenario "$1" "s.yaml:$2" "outputs:\n  o: {$3}\nmodules: {m: {generator: market}}\n"
}

# module CLAIM TEXT FORMAT: a scenario with that inside of a module's braces.
module() {
	scenario "$1" "s.yaml:$2" "modules:\n  m: {generator: market, $3}\n"
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

says() { grep -q -- "$1" "$at/err"; }

# field NAME FILE: the number before or behind a name in an output's line of account, like `offered 10 = delivered 10`.
field() { sed -n "s/.*[ +=] *$1 \([0-9][0-9]*\).*/\1/p" "$2" | head -1; }

# The account of an output adds up, and its delivered events are the lines of a file.
adds_up() {
	sum=$(($(field delivered "$1") + $(field failed "$1") + $(field dropped "$1") + $(field 'lost at exit' "$1")))
	[ "$(field offered "$1")" = "$sum" ]
}

delivered_is() { [ "$(field delivered "$1")" -eq "$(wc -l <"$2")" ]; }

# Every line of a file is one whole event.
whole_lines() { [ -s "$1" ] && [ "$(tail -c 1 "$1" | od -An -c | tr -d ' ')" = '\n' ] && ! grep -qv '^{.*}$' "$1"; }

# ---- the command line ----

refuses 'an unknown command, with a suggestion' "fluxdeck: unknown command 'rnu'; did you mean 'run'? (fluxdeck help lists them)" rnu
refuses 'nothing to run' 'fluxdeck: what should run? name a scenario file, or --generator (fluxdeck list scenarios)' run
refuses 'an unknown generator' "fluxdeck: unknown generator 'markt'; did you mean 'market'?" run --generator markt
refuses 'an unknown FluxFakr module' "fluxdeck: unknown module 'stok'; did you mean 'stock'?" run --module stok
refuses 'a short option' "fluxdeck: unknown option '-x'; options begin with two dashes" run -x
refuses 'a file that is missing' "fluxdeck: cannot read 'dmo': No such file or directory; did you mean 'demo'?" run dmo
refuses 'a folder instead of a file' "fluxdeck: cannot read '.': Is a directory" run .
refuses 'check without a scenario' 'fluxdeck: what should be checked? fluxdeck check SCENARIO...' check
refuses 'speed max without an end' 'fluxdeck: as fast as possible and without an end: give --for or --events' run --generator market --speed max
refuses 'a folder that is missing' 'fluxdeck: --chdir nowhere: No such file or directory' run --chdir nowhere demo
refuses 'a query of what is not searched' 'fluxdeck: only values are searched: fluxdeck list values roun' list functions roun
refuses 'a query that nothing answers whole' 'fluxdeck: no value is like that (fluxdeck list values shows all)' list values credit nonsense
refuses 'a flag that is none, before what stands behind it' "fluxdeck: first_name has no parameter 'zoo'" generate first_name --zoo 5
refuses 'the same at the end' "fluxdeck: first_name has no parameter 'prefx'; did you mean 'prefix'?" generate first_name --prefx
refuses 'a letter that is none' "fluxdeck: unknown option '-z' (fluxdeck generate --help)" generate first_name -z
refuses 'a flag without its value' 'fluxdeck: --prefix needs a value' generate first_name --prefix
refuses 'two cases' 'fluxdeck: --lowercase and --capitalize exclude each other' generate word --lowercase --capitalize
refuses 'the case of a number' 'fluxdeck: random_int: case: only a text has letters' generate number --uppercase
refuses 'another industry' 'fluxdeck: --industry: blood_type is of Health, not of aviation' generate blood_type --industry aviation
refuses 'an industry that is none' "fluxdeck: --industry is base, health or aviation, not 'farming'" generate word --industry farming
refuses 'an indented table' 'fluxdeck: --pretty: only an array is indented, that of --format json' generate word --pretty --format csv
refuses 'workers, with what holds instead' 'fluxdeck: word has no --workers: values are the same whatever the machine, and are made as fast as it can' generate word --workers 4
refuses 'a flag of another value' 'fluxdeck: email has no --tld: domain_name has it; an address is told --domain example.org' generate email --tld org
refuses 'a country of a name' 'fluxdeck: first_name has no --country: write --locale de_DE' generate firstname --country DE
refuses 'a value behind its flags' 'fluxdeck: the value comes first: fluxdeck generate password --industry...' generate --industry base password
refuses 'a list of a value' "fluxdeck: 'word' has no place beside --list; --category, --industry and --json have" generate --list word
refuses 'parameters of nothing' 'fluxdeck: -p needs a value' generate -p
refuses 'a category of nothing' 'fluxdeck: no value is of that category (fluxdeck generate --categories lists them)' generate --category farming
refuses 'a program' "fluxdeck: 'shop.py' is a program, and a scenario is a file that describes one; see fluxdeck(5)" run shop.py
mkdir there && printf 'seed: 1\noutputs: {f: {type: file, path: o.jsonl}}\nmodules: {c: {generator: custom, rate: 1}}\n' >there/c.yaml
"$FLUXDECK" run c.yaml --chdir there --speed max --events 3 --quiet && [ "$(wc -l <there/o.jsonl)" -eq 3 ]
claim $? 'in another folder its files and the paths of outputs are found'
refuses '--drain without an end' "fluxdeck: --drain needs an end: give --for, or stop_after in the scenario's clock" run --generator market --drain --events 5
scenario 'a word for drain' "s.yaml:1:16: drain must be true or false, not 'maybe'" 'clock: {drain: maybe}\nmodules: {m: {generator: market}}\n'
market 'an unknown option, with a suggestion' "unknown option '--rat'; did you mean '--rate'?" --rat 5
market 'an option without a value' '--rate needs a value' --rate
market 'a switch with a value' '--quiet takes no value' --quiet=1
for bad_number in nan inf 0x10 '' ' 5'; do
	market "the rate '$bad_number'" "--rate: rate: '$bad_number' is not a number (like 2.5, 1e3, 200k, 30%)" --rate "$bad_number"
done
market 'the rate 1e999' "--rate: rate: '1e999' is too large a number" --rate 1e999
market 'the rate -0' '--rate: rate must be 0.0001 /s to 1000000000 /s, not -0' --rate -0
market 'a span without a unit' "--for: '5' is not a duration (like 250ms, 10s, 1m30s, 2h, 30d)" --for 5
market 'a day that is not in the calendar' "--start: '2024-02-30' is not an instant from 1970 to 2250 (like 2024-01-01T09:00:00Z)" --start 2024-02-30
market 'speed 0' '--speed: speed must be 0.001 x to 1000000 x, not 0' --speed 0
market '--set without =' "--set takes PATH=VALUE, not 'rate'" --set rate
market '--set of an unknown module' "--set: there is no module or output 'markt'; did you mean 'market'?" --set markt.rate=5
market 'a size with an unknown unit' "--rotate: rotate: '5XB' is not a size (like 512, 64KiB, 100MB)" --output file --path x --rotate 5XB
market 'a file output without path' "'file': path is missing: where should the events go?" --output file
market 'a path that cannot be' "output 'file': cannot write '/dev/null/x': Not a directory" --output file --path /dev/null/x
market 'a log that cannot be written' "--log: cannot write '/dev/null/x': Not a directory" --log /dev/null/x
market 'a flush limit that is none' "--flush-limit: 'abc' is not a duration (like 250ms, 10s, 1m30s, 2h, 30d)" --flush-limit abc
for address in x:99999 :9092 a:b:c http://a:1 host:; do
	market "the broker address $address" "'kafka': brokers: '$address' is not HOST:PORT (like localhost:9092)" --output kafka --brokers "$address"
done
market 'an unknown property of Kafka' "'kafka': config: No such configuration property: \"nosuch\"" --output kafka --brokers 127.0.0.1:1 --config nosuch=1
market 'a symbol twice' "'market': symbols: 'A' is named twice" --symbols A,A
market 'a matrix without mirror' "'market': matrix: row 'STK1' and row 'STK0' do not mirror each other, or a 1 is missing" --instruments 2 --matrix '1,0.5;0.4,1'
market 'an output that is not there' "'market': outputs: there is no output 'stdot'; did you mean 'stdout'?" --outputs stdot

# ---- the scenario loader ----

M='modules: {m: {generator: market}}'
scenario 'an empty file' 's.yaml:1:1: the file is empty' ''
scenario 'a text instead of a map' 's.yaml:1:1: a scenario is a map of keys (scenario, modules, outputs, ...)' 'foo\n'
scenario 'no modules' 's.yaml:1:1: the scenario has no modules: nothing would ever happen' 'scenario: x\n'
scenario 'an unknown section' "s.yaml:1:1: unknown key 'module' in the scenario; did you mean 'modules'?" 'module: {}\n'
scenario 'an unknown key of clock' "s.yaml:1:9: unknown key 'sped' in clock; did you mean 'speed'?" "clock: {sped: 1}\n$M\n"
scenario 'a rate over the limit' 's.yaml:2:40: rate 6 is over limits.rate, which is 5' 'limits: {rate: 5}\nmodules: {m: {generator: market, rate: 6}}\n'
scenario 'a host outside the limits' "s.yaml:2:11: output 'k' would contact 'b', which limits.hosts does not name" "limits: {hosts: [a]}\noutputs: {k: {type: kafka, brokers: \"b:1\"}}\n$M\n"
scenario 'a module that is named like an output' "s.yaml:2:11: there is already an output 'a'" 'outputs: {a: {type: stdout}}\nmodules: {a: {generator: market}}\n'
module 'an unknown parameter in a file' "2:26: unknown parameter 'volatilty' of 'm'; did you mean 'volatility'?" 'volatilty: 1'
module 'a key twice' "2:35: key 'rate' stands here twice; the first is in line 2" 'rate: 1, rate: 2'
module 'a key in two spellings' "2:40: 'tick_size' is set twice, as 'tick-size' and under another spelling" 'tick_size: 1, tick-size: 1'
module 'a rate of .inf' "2:32: rate: '.inf' is not a number (like 2.5, 1e3, 200k, 30%)" 'rate: .inf'
module 'a letter that means two things' "2:32: 'y' means different things to different readers: write true or false, or put quotes around the text" 'flow: y'
module 'no arrivals in a step' "2:53: pace_n must be 1 to 100000, not 0" 'pace: {shape: per_step, n: 0}'
module 'yes instead of true' "2:34: 'yes' means different things to different readers: write true or false, or put quotes around the text" 'bounce: yes'
module 'no value' "2:32: 'rate' has no value" 'rate: '
module 'a matrix that is no correlation' "2:50: 'm': matrix: 'STK2' cannot correlate like this with the ones before it" \
	'instruments: 3, matrix: [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]'
module 'an output that the file lacks' "2:35: 'm': outputs: there is no output 'p'" 'outputs: [p]'
module 'an environment name that is not listed' "2:35: column 3: the scenario may not read the environment name 'HOME'; list it under env: [HOME]" 'symbols: "${env.HOME}"'
scenario 'two event types in one CSV' "s.yaml:2:11: 'm': output 'o': events of 'trade' (module 'm') have other columns than what already goes to the same CSV; use \${event.type} in its path, or one output for each" \
	'outputs: {o: {type: file, path: x, format: csv}}\nmodules: {m: {generator: market, kinds: [tick, trade]}}\n'
output 'an unfinished ${' "2:25: column 3: '}' is missing" 'type: file, path: "x-${a"'
output 'a division by zero' "2:25: column 5: this is null; give another value with ??" 'type: file, path: "x-${1/0}"'
output 'an unknown field' "2:25: 'm': output 'o', path 'x-\${event.typ}': column 5: event 'tick' has no field 'event.typ'; did you mean 'event.type'?" 'type: file, path: "x-${event.typ}"'
output 'a property of Kafka that is unknown' "2:28: 'o': config: No such configuration property: \"nosuch\"" 'type: kafka, config: {nosuch: 1}'
output 'a topic for an event that nobody makes' "2:28: 'o': topics: no module that goes there makes an event 'tik'; did you mean 'tick'?" \
	'type: kafka, topics: {tik: a, default: b}'
scenario 'an event without a topic' \
	"s.yaml:2:28: 'm': output 'o', topics: event 'quote' has no topic; add it to topics, give a default, or leave it out with only" \
	'outputs:\n  o: {type: kafka, topics: {trade: a}}\nmodules: {m: {generator: market, kinds: [trade, quote]}}\n'
output 'an event that nobody makes' "2:27: 'o': only: no module that goes there makes an event 'tik'; did you mean 'tick'?" 'type: stdout, only: [tik]'
output 'topic and topics' "2:38: 'o': topics: topic is given, too, and they exclude each other" 'type: kafka, topic: a, topics: {default: b}'
output 'a topic that is none' "2:28: 'o': topics: 'a b' is no topic name: at most 249 letters, digits, '.', '_' and '-'" 'type: kafka, topics: {default: a b}'
output 'a folder among paths' "2:26: 'o': paths: 'x/' is no file; name one for 'tick'" 'type: file, paths: {tick: x/}'
output 'a path of an unknown field' "2:26: 'm': output 'o', paths 'x-\${simbol}': column 5: event 'tick' has no field 'simbol'; did you mean 'symbol'?" \
	'type: file, paths: {tick: "x-${simbol}"}'
market 'one of several paths that cannot be' "output 'file': cannot write '/dev/null/x': Not a directory" --output file --kinds trade,quote \
	--set file.paths=trade=made.jsonl --set file.paths=quote=/dev/null/x
scenario 'an alias without anchor' 's.yaml:1:14: this alias names no anchor before it' 'modules: {m: *x}\n'
scenario 'an alias in itself' 's.yaml:1:29: this alias names no anchor before it' 'modules: {m: &y {generator: *y}}\n'
scenario 'a merge key' "s.yaml:1:15: '<<' is not supported; write the keys" 'modules: {m: {<<: {generator: market}}}\n'
scenario 'a tag' 's.yaml:1:26: tags (!name) are not supported' 'modules: {m: {generator: !foo market}}\n'
scenario 'a second document' 's.yaml:2:1: a second document begins here; a scenario is one document' "$M\n---\n$M\n"
scenario 'a tab as indent' 's.yaml:2:1: found character that cannot start any token while scanning for the next token' 'modules:\n\tm: 1\n'
scenario 'invalid UTF-8' 's.yaml:2:27: invalid UTF-8' 'seed: 1\nmodules: {m: {generator: "\303"}}\n'
scenario 'a NUL byte' 's.yaml:1:29: control characters are not allowed' 'modules: {m: {generator: mar\000ket}}\n'

# ---- all that is wrong with expressions, in order ----

scenario 'of values, and not of events that stand on them' "s.yaml:3:11: values.tier: unknown name 'lognrmal'; did you mean 'lognormal'?
s.yaml:4:11: values.card: unknown name 'emial'; did you mean 'email'?" 'modules: {m: {generator: template}}\nvalues:\n  tier: ${lognrmal(1, 2)}\n  card: ${emial}\nevents: {a: {fields: {x: "${tier}"}}}\n'
cat >s.yaml <<'END'
modules:
  m: {generator: template}
  f: {generator: flows}
events:
  a:
    key: ${idd}
    fields:
      id: ${uuid44}
      p: ${prise * 2}
      q: ${p * 2}
      r: ${q + 1}
      s: ${rond(1.5)}
      t: "${1 +}"
  b: {fields: {x: "${random_int(mim=1)}", y: "${x + 1}"}}
  made: {key: "${user_id}", fields: {user_id: "${shortuuid(8)}", z: "${emial}", w: "${'a' * 2}"}}
  bought:
    fields: {who: "${user.user_id}", price: "${prce}", total: "${price * user.orders}", other: "${user.ordes}"}
  paid: {fields: {amount: "${last.total}", by: "${emial}"}}
entities:
  user: {key: user_id, created_by: made, initial: 5, state: {orders: 0}}
flows:
  go:
    select: {user: {where: "orders < 50"}}
    steps:
      - wait: ${lognrmal(15s, 0.5)}
      - {emit: bought, add: {user.orders: 1}}
      - {emit: paid, with: {amount: "${last.total * 2}"}}
  again: {select: {user: {}}, steps: [{emit: bought}]}
END
refuses 'of events and of steps, each once' "s.yaml:6:12: event 'a', key: unknown name 'idd'; did you mean 'id'?
s.yaml:8:13: event 'a', id: unknown name 'uuid44'; did you mean 'uuid4'?
s.yaml:9:12: event 'a', p: unknown name 'prise'; did you mean 'price'?
s.yaml:12:12: event 'a', s: unknown name 'rond'; did you mean 'round'?
s.yaml:13:16: event 'a', t: something is missing here
s.yaml:14:37: event 'b', x: random_int has no parameter 'mim'; did you mean 'min'?
s.yaml:15:72: initial 'user', z: unknown name 'emial'; did you mean 'email'?
s.yaml:15:91: initial 'user', w: text * int means nothing
s.yaml:17:48: flow 'go', step 2, price: unknown name 'prce'; did you mean 'price'?
s.yaml:17:99: flow 'go', step 2, other: unknown name 'user.ordes'; did you mean 'user.orders'?
s.yaml:18:51: flow 'go', step 3, by: unknown name 'emial'; did you mean 'email'?
s.yaml:25:17: flow 'go', step 1, wait: unknown name 'lognrmal'; did you mean 'lognormal'?" check s.yaml
program check s.yaml
i=0
{
	printf 'modules: {m: {generator: template}}\nevents:\n  a:\n    fields:\n'
	while [ $i -lt 30 ]; do
		i=$((i + 1))
		printf '      f%d: ${emial}\n' $i
	done
} >s.yaml
program check s.yaml
holds 'of thirty the first twenty' [ "$(grep -c "^s.yaml:[0-9]*:[0-9]*: event 'a', f[0-9]*: unknown name 'emial'; did you mean 'email'?$" "$at/err")" -eq 20 ]
holds 'and how many more there are' [ "$(tail -1 "$at/err")" = 'fluxdeck: and 10 more' ]

# From here on the text is too large for printf.
head -c 100000 /dev/zero | tr '\0' '[' >s.yaml
refuses '100,000 lists in each other' 's.yaml:1:65: nested more than 64 levels deep' check s.yaml
i=0
while [ $i -lt 70 ]; do printf '%*sa:\n' $i ''; i=$((i + 1)); done >s.yaml
refuses 'maps in each other' 's.yaml:65:65: nested more than 64 levels deep' check s.yaml
head -c 17000000 /dev/zero | tr '\0' a >s.yaml
program check s.yaml
holds 'a file of 17 MB is refused' [ $? -eq 2 -a "$(wc -l <"$at/err")" -eq 1 ]
holds 'and the refusal names the limit' says 'is larger than 16 MiB'
dd if=/dev/zero of=s.yaml bs=1 count=0 seek=1073741824 2>/dev/null
began=$(date +%s)
refuses 'a file of 1 GiB' "fluxdeck: 's.yaml' is larger than 16 MiB; a scenario is not data" check s.yaml
holds 'and that takes less than 3 s' [ $(($(date +%s) - began)) -lt 3 ]
rm s.yaml
refuses 'a file without end' "fluxdeck: '/dev/zero' is larger than 16 MiB; a scenario is not data" check /dev/zero

# ---- how a run ends ----

# What the reader of a pipe leaves, with the status of the program beside it.
(timeout 20 "$FLUXDECK" run --generator market --rate 1000 --for 1h --quiet 2>"$at/err"; echo $? >"$at/status") | head -1 >"$at/out"
holds 'a reader that goes away ends the run with status 0' [ "$(cat "$at/status")" = 0 ]
holds 'the line that it read is whole' whole_lines "$at/out"

for signal in INT TERM; do
	"$FLUXDECK" run --generator market --rate 1000 --output file --path $signal.jsonl >"$at/out" 2>"$at/err" &
	pid=$!
	await test -s $signal.jsonl
	kill -$signal $pid
	wait $pid
	status=$?
	holds "SIG$signal ends a run with status 0" [ $status -eq 0 ]
	holds "SIG$signal: the account adds up" adds_up "$at/err"
	holds "SIG$signal: what counts as delivered is in the file" delivered_is "$at/err" $signal.jsonl
	holds "SIG$signal: every line is whole" whole_lines $signal.jsonl
done

# A reader that never reads. The pipe is opened in both directions, so that opening it does not wait.
mkfifo pipe
exec 3<>pipe
"$FLUXDECK" run --generator market --rate 100000 --flush-limit 60s --log run.log >pipe 2>"$at/err" 3<&- &
pid=$!
await test -f run.log
# The handler of SIGTERM is there: bit 14.
await sh -c "grep -q 'SigCgt:.*[4-7c-f]...\$' /proc/$pid/status"
kill -INT $pid
sleep 0.3
holds 'one SIGINT waits for what is not written' kill -0 $pid
began=$(date +%s)
kill -INT $pid
wait $pid
status=$?
holds 'a second SIGINT ends at once' [ $(($(date +%s) - began)) -lt 3 ]
holds 'with status 1' [ $status -eq 1 ]
holds 'and says so' says 'ended at once; what was not sent yet is lost'
exec 3<&-
rm -f pipe run.log

mkfifo pipe
while read -r line; do printf '%s\n' "$line"; done <pipe >slow.jsonl &
reader=$!
"$FLUXDECK" run --generator market --rate 200000 --for 2s --when_full drop --queue 64KiB --flush-limit 10s >pipe 2>"$at/err"
status=$?
wait $reader
holds 'when_full drop with a slow reader: status 0' [ $status -eq 0 ]
holds 'when_full drop: something was dropped' [ "$(field dropped "$at/err")" -gt 0 ]
holds 'when_full drop: the account adds up' adds_up "$at/err"
holds 'when_full drop: the reader got what counts as delivered' delivered_is "$at/err" slow.jsonl

# Nobody listens on port 1 of this machine.
began=$(date +%s)
program run --generator market --rate 100 --for 1s --output kafka --brokers 127.0.0.1:1 --flush-limit 1s
status=$?
holds 'a broker that is down: status 1' [ $status -eq 1 ]
holds 'a broker that is down: the flush limit holds' [ $(($(date +%s) - began)) -lt 6 ]
holds 'a broker that is down: nothing counts as delivered' [ "$(field delivered "$at/err")" = 0 ]
holds 'a broker that is down: the account has all 100 events' [ "$(field offered "$at/err")" = 100 ]
holds 'a broker that is down: the account adds up' adds_up "$at/err"

mkdir disk
if mount -t tmpfs -o size=200k tmpfs disk 2>/dev/null; then
	mounted=$work/disk
	program run --generator market --rate 10000 --for 10s --speed max --output file --path disk/a.jsonl
	status=$?
	holds 'a full disk: status 1' [ $status -eq 1 ]
	holds 'a full disk: the last line is whole' whole_lines disk/a.jsonl
	holds 'a full disk: what counts as delivered is in the file' delivered_is "$at/err" disk/a.jsonl
	holds 'a full disk: it says how many are safe' says "$(wc -l <disk/a.jsonl | tr -d ' ') events (.*) are safe; disk/a.jsonl: No space left on device"
	umount disk && mounted=
else
	skip 'a tmpfs cannot be mounted here'
fi

for generator in market supermarket; do
	for how in '7 1' '7 max' '8 max'; do
		program run --generator $generator --rate 200 --start 2024-01-01T00:00:00Z --for 2s --quiet --seed ${how% *} --speed ${how#* }
		cp "$at/out" "$generator-${how% *}-${how#* }"
	done
	holds "$generator: events come" [ "$(wc -l <$generator-7-max)" -ge 399 ]
	holds "$generator: speed does not change a byte" cmp -s $generator-7-1 $generator-7-max
	holds "$generator: another seed gives other bytes" [ -n "$(cmp $generator-7-max $generator-8-max)" ]
done

echo "1..$n"
[ $bad -eq 0 ]
