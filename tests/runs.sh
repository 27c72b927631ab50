#!/bin/sh
# Whole-program runs: the same bytes in every way, rates that hold, scenarios and documented commands that run.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
hash_of() { grep -o 'xxh64 [0-9a-f]*' "$1" | head -1; }

cat >same.yaml <<'YAML'
scenario: same
seed: 42
clock: {start: 2024-01-01T00:00:00Z, stop_after: 3s}
outputs:
  out: {type: file, path: same.jsonl, exists: replace}
modules:
  ticks: {generator: market, rate: 2000, model: realistic, correlation: 0.5, pace: poisson}
  sales: {generator: supermarket, rate: 300, pace: {shape: sine, period: 1s}}
YAML
"$FLUXDECK" run same.yaml --speed max --hash 2>max && cp same.jsonl max.jsonl
"$FLUXDECK" run same.yaml --speed 1 --hash 2>one
cmp -s same.jsonl max.jsonl && [ -s max.jsonl ]
claim $? "the same bytes at speed 1 and max: $(hash_of one)"
[ "$(hash_of one)" = "$(hash_of max)" ] && [ -n "$(hash_of one)" ]
claim $? "and the same hash"
if command -v xxhsum >/dev/null; then
	[ "$(xxhsum -H1 max.jsonl 2>/dev/null | cut -d' ' -f1)" = "$(hash_of max | cut -d' ' -f2)" ]
	claim $? "which is what xxhsum says"
fi
"$FLUXDECK" run same.yaml --speed max --seed 43 --hash 2>other
[ "$(hash_of other)" != "$(hash_of max)" ]
claim $? "another seed, other bytes: $(hash_of other)"
"$FLUXDECK" run same.yaml --speed max --set out.compress=zstd --set out.batch_bytes=1024 --hash 2>third
[ "$(hash_of third)" = "$(hash_of max)" ]
claim $? "blocks and compression do not matter"

# Rates for 10 s of simulated time: counts are exact to one event, or the program would say what limits.
for rate in 0.5 1 1000 100000 1000000; do
	"$FLUXDECK" run --generator market --rate $rate --for 10s --speed max --output null --seed 1 2>rate.err
	made=$(sed -n 's/^  market *made \([0-9]*\).*/\1/p' rate.err)
	awk -v m="$made" -v r="$rate" 'BEGIN { w = r * 10; exit !(m >= w - 1 && m <= w + 1) }'
	claim $? "$rate/s for 10 s makes $made events"
done
# And against the wall clock: 1000/s for 2 s take 2 s.
"$FLUXDECK" run --generator market --rate 1000 --for 2s --output null --seed 1 2>wall.err
awk '/events in/ { s = $5; exit !($2 >= 1998 && $2 <= 2001 && s > 1.9) }' wall.err
claim $? "1000/s hold against the wall clock: $(head -1 wall.err)"
"$FLUXDECK" run --generator market --rate 0.01 --for 1s --output null --seed 1 2>wall.err
awk '/ events in/ { exit !($2 == 0 && $5 > 0.9 && $5 < 3) }' wall.err
claim $? "a run without an event ends at its end: $(head -1 wall.err)"

# Two in each second of simulated time, wherever in it.
printf 'scenario: steps\nclock: {start: 2024-01-01, stop_after: 30s}\nmodules:\n  m: {generator: market, pace: {shape: per_step, step: 1s, n: 2}}\n' >steps.yaml
"$FLUXDECK" run steps.yaml --output stdout --speed max --quiet >steps.out &&
	sed 's/.*"sys__ets":\([0-9]*\)[0-9][0-9][0-9],.*/\1/' steps.out | uniq -c | awk '$1 != 2 { bad = 1 } END { exit bad || NR != 30 }'
claim $? 'per_step makes two events in each of 30 seconds'

# Each type has its file, and an output takes only what it wants; what was written of it is the same scenario.
cat >routes.yaml <<'E'
scenario: routes
seed: 1
clock: {start: 2024-01-01, stop_after: 10s, speed: max}
env: [FOLDER]
outputs:
  disk: {type: file, exists: replace, paths: {order: "${env.FOLDER}/${event.type}-${n}.jsonl", default: other.jsonl}}
  few: {type: file, path: few.jsonl, only: [note, refund], exists: replace}
modules:
  shop: {generator: template, rate: 40}
events:
  order: {fields: {n: "${random_int(1, 2)}"}}
  note: {fields: {n: 1}}
  refund: {fields: {n: 2}}
E
FOLDER=routed
export FOLDER
"$FLUXDECK" run routes.yaml --quiet 2>err && [ "$(cat routed/order-1.jsonl routed/order-2.jsonl other.jsonl | wc -l)" -ge 399 ] &&
	! grep -v '"n":1,"event_type":"order"}' routed/order-1.jsonl && ! grep '"order"' other.jsonl && cmp -s other.jsonl few.jsonl
claim $? 'each event type goes where paths says, and only what is wanted'
cp other.jsonl before.jsonl && echo 'export again.yaml' | "$FLUXDECK" console routes.yaml --ui line 2>err && grep -q 'paths: {.*FOLDER' again.yaml &&
	rm -f other.jsonl few.jsonl && "$FLUXDECK" run again.yaml --quiet 2>>err && cmp -s other.jsonl before.jsonl && cmp -s few.jsonl before.jsonl
claim $? 'and so does what is exported'

# A bar that is not over at the end comes when it is, if the run drains; and it is the last.
bars="--generator market --symbols ACME --kinds bar --bar 10s --rate 10 --seed 1 --start 2024-01-01 --for 15s --envelope none"
for speed in max 20; do
	# shellcheck disable=SC2086
	"$FLUXDECK" run $bars --speed $speed --drain >drained.$speed 2>drain.err && grep -q 'simulated 00:00:20 from .*, of it 00:00:05 to drain$' drain.err &&
		[ "$(wc -l <drained.$speed)" -eq 2 ]
	claim $? "a run that drains lets what is under way end, at speed $speed"
done
# shellcheck disable=SC2086
"$FLUXDECK" run $bars --speed max --quiet >cut && head -1 drained.max | cmp -s - cut && cmp -s drained.max drained.20
claim $? 'without it everything ends at once'

for f in "$srcdir"/scenarios/*.yaml; do
	name=$(basename "$f" .yaml)
	"$FLUXDECK" check "$f" >/dev/null 2>err && "$FLUXDECK" run "$name" --for 2s --speed max >stdout.txt 2>err
	claim $? "scenario $name is sound and runs"
done
"$FLUXDECK" schema >schema.json && "$FLUXDECK" list generators --json >list.json && "$FLUXDECK" list outputs --json >>list.json
claim $? "schema and lists are printed"
"$FLUXDECK" list values password --json | grep -q '"length":{[^}]*"minimum":1,"maximum":1024,"default":12,' &&
	"$FLUXDECK" list values password --json | grep -q '"space":{[^}]*"default":false,' &&
	"$FLUXDECK" list values order_side --json | grep -q '"p_buy":{[^}]*"minimum":0,"maximum":1,"default":"50%",'
claim $? 'a list of values has the bounds and defaults of their parameters'
"$FLUXDECK" list values credit_card_number | grep -q '^  gaps BOOL  .*Whether digits stand in groups' &&
	"$FLUXDECK" list values finance.creditCardNumber | grep -q '^  also called finance.creditCardNumber$'
claim $? 'a value that is asked for by name, or by another name, is told with its parameters'
[ "$("$FLUXDECK" list values card expiry | cut -d' ' -f1 | sort | tr '\n' ' ')" = 'credit_card credit_card_expiry ' ]
claim $? 'all words of a query must be there'
if command -v python3 >/dev/null; then
	python3 -c 'import json; json.load(open("schema.json"))' 2>err
	claim $? "the schema is JSON"
fi
cat >valid.py <<'E'
import json, sys, yaml, jsonschema
class Plain(yaml.SafeLoader):
    pass
Plain.yaml_implicit_resolvers = {c: [r for r in l if "timestamp" not in r[0]] for c, l in yaml.SafeLoader.yaml_implicit_resolvers.items()}
schema = jsonschema.Draft202012Validator(json.load(open("schema.json")))
sys.exit(any(not schema.is_valid(yaml.load(open(f), Plain)) for f in sys.argv[1:]))
E
if python3 -c 'import yaml, jsonschema' 2>/dev/null; then
	python3 valid.py "$srcdir"/scenarios/*.yaml 2>err
	claim $? "the shipped scenarios are what the schema says: $(cat err)"
	printf 'modules: {m: {generator: flows}}\nflows: {a: {steps: [{emit: b, creat: c}]}}\n' >wrong.yaml
	! python3 valid.py wrong.yaml 2>err && [ ! -s err ]
	claim $? 'a step with an unknown key is not'
fi

# What was done by hand, written as a timeline, makes the same bytes without a hand.
cat >hand.yaml <<'E'
scenario: hand
seed: 9
clock: {start: 2024-01-01T09:00:00Z, stop_after: 20s}
outputs:
  disk: {type: file, path: "hand-${module}.jsonl", exists: replace}
modules:
  ticks: {generator: market, rate: 300}
  slow: {generator: market, rate: 20, on: false, pace: poisson}
timeline:
  - {at: 15s, set: ticks.rate, to: 50, over: 3s, ease: in-out}
E
cat >hand.keys <<'E'
+2s L +1s : "ramp ticks.volatility 0.9 3s in-out" Enter +2s Down Space +3s Up : "shock STK1 -5%" Enter +1s u Down m +1s m
: "mark here" Enter : "export again.yaml timeline" Enter +12s
E
"$FLUXDECK" console hand.yaml --screen 80x24 --keys hand.keys 2>err && cat hand-ticks.jsonl hand-slow.jsonl >by-hand && rm hand-*.jsonl &&
	"$FLUXDECK" run again.yaml --speed max --quiet 2>>err && cat hand-ticks.jsonl hand-slow.jsonl | cmp - by-hand &&
	grep -q 'shock' again.yaml && grep -q 'mark: "here"' again.yaml && test "$(wc -l <by-hand)" -gt 6000
claim $? "changes by hand as a timeline: the same $(wc -l <by-hand) events"

# The same for events that the scenario describes, and their parameters.
cat >own.yaml <<'E'
scenario: own
seed: 4
clock: {start: 2024-01-01T09:00:00Z, stop_after: 12s}
params:
  mean: {default: 50, min: 1, max: 500, unit: EUR, scale: log, help: "What an order costs."}
  lost: 5%
outputs:
  disk: {type: file, path: own.jsonl, exists: replace}
modules:
  orders: {generator: template, rate: 200}
events:
  order:
    key: ${user}
    fields:
      user: ${username}
      total: ${round(mean * lognormal(1, 0.5), 2)}
      lost: ${float(0, 1) < lost}
      kept: 5
      text: "5"
      items: [{sku: "${sku}", qty: 2}]
  note: {line: "${module}: ${first_name}"}
E
cat >own.keys <<'E'
+3s : "set params.mean 80" Enter +2s : "ramp params.lost 40% 3s" Enter +4s u +1s : "export own-again.yaml timeline" Enter : "export own-now.yaml" Enter +4s
E
"$FLUXDECK" console own.yaml --screen 80x24 --keys own.keys 2>err && mv own.jsonl by-hand &&
	"$FLUXDECK" run own-again.yaml --speed max --quiet 2>>err && cmp own.jsonl by-hand && grep -q '"kept":5,"text":"5","items":\[{"sku":"[^"]*","qty":2}\]' by-hand
claim $? "described events and their parameters, too: the same $(wc -l <by-hand) events"
grep -q 'mean: {default: 80, min: 1, max: 500, unit: "EUR", scale: log, help: "What an order costs."}' own-now.yaml && "$FLUXDECK" check own-now.yaml >checked 2>>err
claim $? 'and what is set now is a scenario that is sound'

# Weights of events are faders: turned by hand, ramped, undone, timed; the export makes the same.
cat >mix.yaml <<'E'
scenario: mix
seed: 9
clock: {start: 2024-01-01T09:00:00Z, stop_after: 12s}
outputs:
  disk: {type: file, path: mix.jsonl, exists: replace}
modules:
  desk: {generator: template, emit: {order: 3, note: 1}, rate: 200}
  all: {generator: template, rate: 50}
events:
  order: {fields: {total: "${amount}"}}
  note: {fields: {text: "${first_name}"}}
timeline:
  - {at: 1s, set: all.emit.note, to: 5, over: 2s}
E
cat >mix.keys <<'E'
+3s : "set desk.emit.note 20" Enter +2s : "ramp desk.emit.order 0 3s in-out" Enter +4s u u +1s : "export mix-again.yaml timeline" Enter : "set all.emit.order 2.5" Enter
: "export mix-now.yaml" Enter u +4s
E
"$FLUXDECK" console mix.yaml --screen 80x24 --keys mix.keys 2>err && mv mix.jsonl by-hand &&
	"$FLUXDECK" run mix-again.yaml --speed max --quiet 2>>err && cmp mix.jsonl by-hand && grep -q 'set: desk.emit.note' mix-again.yaml
claim $? "weights of events, too: the same $(wc -l <by-hand) events"
grep -q 'emit: {"order": "3", "note": "1"}' mix-now.yaml && grep -q 'emit: {"order": "2.5", "note": "5"}' mix-now.yaml && "$FLUXDECK" check mix-now.yaml >checked 2>>err
claim $? 'and what is set now is the weights of a scenario that is sound'
"$FLUXDECK" run mix.yaml --desk.emit.note 0 --speed max --quiet --output stdout --events 400 >mix.out 2>err &&
	[ "$(grep -c '"text"' mix.out)" -gt 0 ] && [ "$(grep -c '"total"' mix.out)" -gt 320 ]
claim $? 'they are options of a run'
"$FLUXDECK" run mix.yaml --desk.emit.nte 0 2>err
[ $? -eq 2 ] && grep -q "did you mean 'emit.note'" err
claim $? 'a weight of nothing is refused with the nearest'

# The events in the manual are made.
{
	sed -n '/^params:/,/^\.Ed/p' "$srcdir/man/fluxdeck.5.in" | sed '$d'
	echo 'modules: {own: {generator: template, rate: 10}}'
} >manual.yaml
"$FLUXDECK" run manual.yaml --output stdout --events 20 --speed max --seed 1 --quiet >manual.out 2>err && [ "$(wc -l <manual.out)" -eq 20 ] && grep -q '"customer":{"id":"' manual.out
claim $? 'the events in the manual are made'

# So are the places and keys in it, which are the same at any speed.
{
	sed -n '/^params:/,/^\.Ed/p' "$srcdir/man/fluxdeck.5.in" | sed '$d'
	grep -A 7 '^outputs:$' "$srcdir/man/fluxdeck.5.in" | tail -n 8
	echo 'modules: {own: {generator: template, rate: 100, emit: {order: 1}}}'
} | sed "s/-\${coupon/-\${random_int(0, 3)}&/" >places.yaml
for speed in max 4; do
	rm -rf out
	"$FLUXDECK" run places.yaml --events 200 --speed $speed --seed 1 --start 2024-01-01 --quiet >stdout.txt 2>err || break
	(cd out/own && for file in *; do echo "$file"; cat "$file"; done) >"places-$speed"
done
cmp places-max places-4 && [ "$(grep -c '^{' places-4)" -eq 200 ] && [ "$(grep -c '^large-[0-3]-none.jsonl' places-4)" -gt 1 ] &&
	! cat out/own/large* | grep -qE '"total":[0-9]?[0-9](\.|,|})'
claim $? 'places and keys with functions, conditions and random values, the same at any speed'

# Texts in lists and maps are the same expressions as those of fields.
cat >lists.yaml <<'E'
seed: 1
outputs: {sink: {type: stdout, envelope: none}}
modules: {m: {generator: template, rate: 10}}
events:
  e:
    fields:
      items: ["${pick(['a}'])}", "x $${name} ${1 + 1}%${'}'}", {"it's": "", "k\\y": 5}, "${1}", "5", 5, true]
E
[ "$("$FLUXDECK" run lists.yaml --events 1 --speed max --quiet)" = '{"items":["a}","x ${name} 2%}",{"it'"'"'s":"","k\\y":5},1,"5",5,true]}' ]
claim $? 'lists and maps in events keep types, braces, quotes and names'
sed 's/"5", 5/"5 ${name", 5/' lists.yaml >open.yaml
! "$FLUXDECK" check open.yaml >checked 2>err && grep -q "open.yaml:7:[0-9]*: event 'e', items.4: '}' is missing" err
claim $? 'and what is not closed is refused'

cat >env.yaml <<'E'
env: [PLACE, NOWHERE]
seed: 1
outputs: {o: {type: stdout, envelope: none}}
modules: {m: {generator: template, rate: 10}}
events: {e: {key: "${env.PLACE}", fields: {place: "${env.PLACE}", other: "${env.NOWHERE ?? 'none'}", both: "${env.PLACE}-${1 + 1}"}}}
E
[ "$(PLACE="a'\${b}" "$FLUXDECK" run env.yaml --events 1 --speed max --quiet)" = '{"place":"a'"'"'${b}","other":"none","both":"a'"'"'${b}-2"}' ]
claim $? 'fields know the environment, as text'
sed 's/env: .*/env: [NOWHERE]/' env.yaml >secret.yaml
! "$FLUXDECK" check secret.yaml >checked 2>err && grep -q "secret.yaml:5:.*: the scenario may not read the environment name 'PLACE'; list it under env: \[PLACE\]" err
claim $? 'but for what the scenario does not list'
# A mix of locales: every record is of one of them, the same headless, exported, and made again.
cat >mixed.yaml <<'E'
seed: 3
locale: {en_US: 0.7, ja_JP: 0.3}
clock: {start: 2024-01-01T09:00:00Z}
outputs: {out: {type: stdout, envelope: none}}
modules: {m: {generator: template, rate: 10}}
events: {person: {fields: {land: "${country_code(of=locale)}", name: "${name}", city: "${city}"}}}
E
"$FLUXDECK" run mixed.yaml --events 400 --speed max --quiet >mixed.out 2>err
japan=$(grep -c '"land":"JP"' mixed.out)
[ "$japan" -gt 90 ] && [ "$japan" -lt 150 ] && [ "$(grep '"land":"US"' mixed.out | LC_ALL=C grep -c '[^ -~]')" -eq 0 ] &&
	[ "$(grep '"land":"JP"' mixed.out | LC_ALL=C grep -c '"name":"[^ -~].*"city":"[^ -~]')" -eq "$japan" ]
claim $? "locales are mixed by record: $japan of 400, $(cat err)"
"$FLUXDECK" run mixed.yaml --events 20 --speed max --quiet --locale ja_JP 2>err | grep -c '"land":"JP"' | grep -qx 20
claim $? "and --locale takes their place: $(cat err)"
sed 's/type: stdout, envelope: none/type: "null"/' mixed.yaml >quiet.yaml
printf 'export again.yaml\nquit\n' | "$FLUXDECK" console quiet.yaml --ui line >said 2>err
grep -qx 'locale: "en_US=0.7,ja_JP=0.3"' again.yaml && "$FLUXDECK" check again.yaml >checked 2>err
claim $? "an export has them, and its null output reads back: $(cat err)"
sed -i 's/ja_JP: 0.3/ja_JX: 0.3/' mixed.yaml
! "$FLUXDECK" check mixed.yaml >checked 2>err && grep -q "mixed.yaml:2:9: locale: there are no data of 'ja_JX'; did you mean 'ja_JP'?" err
claim $? "wrong ones are refused: $(cat err)"
# Values of a scenario's own, with files beside it, from another folder; and again from what :export writes.
mkdir -p shop
printf 'code,rate,stock\nDE,1.50,10\nFR,2.25,0\nGB,3.00,30\n' >shop/rates.csv
cat >shop/own.yaml <<'E'
seed: 3
clock: {start: 2024-01-01T09:00:00Z}
params: {most: {default: 3, min: 1, max: 9}}
values:
  tier: ${pick([gold, silver], weights=[1, 3])}
  channel: [web, 5k, "${tier}-${channel_no}"]
  channel_no: ${random_int(1, most)}
  country: {file: rates.csv, column: code, weight: stock}
  rates: {file: rates.csv}
outputs: {out: {type: stdout, envelope: none}}
modules: {m: {generator: template, rate: 10}}
events:
  customer:
    fields: {id: "${seq}", name: "${name}"}
  order:
    fields:
      c: ${random_int(0, most)}
      name: ${ref('customer', c, 'name')}
      tier: ${tier(case=upper)}
      land: ${land}
E
sed -i 's/^  country:/  land:/' shop/own.yaml
! "$FLUXDECK" check shop/own.yaml >checked 2>err && grep -q "shop/own.yaml:6:12: values.channel: .* do not go together" err
claim $? "a value's list is of one type: $(cat err)"
sed -i 's/ 5k,/ app,/; s/land: ${land}/&\n      rate: ${lookup(rates, land)}\n      channel: ${channel}/' shop/own.yaml
"$FLUXDECK" run shop/own.yaml --events 40 --speed max --quiet >own.out 2>err && [ "$(wc -l <own.out)" -eq 40 ] && ! grep -q '"land":"FR"' own.out &&
	grep -q '"land":"DE","rate":1.50,"channel":"' own.out && grep -q '"channel":"\(gold\|silver\)-[1-3]"' own.out
claim $? "values of a scenario's own: $(tail -1 own.out)"
name=$(sed -n 's/.*"id":2,"name":"\([^"]*\)".*/\1/p' own.out)
[ -n "$name" ] && grep '"c":2,' own.out | grep -q "\"name\":\"$name\"" && ! grep '"c":2,' own.out | grep -qv "\"name\":\"$name\""
claim $? "and fields of other rows: $name"
(cd shop && "$FLUXDECK" console own.yaml --screen 80x24 --keys /dev/stdin <<'E' >/dev/null 2>../err
+1s : "export again.yaml" Enter +1s
E
) && "$FLUXDECK" run shop/again.yaml --events 40 --speed max --quiet >again.out 2>err && cmp own.out again.out
claim $? "and what is exported has them, too: $(cat err)"

# The same of events that a JSON template describes.
cat >both.json <<'E'
{"events": {"user": {"fields": {"id": "${seq}", "name": "${name}"}}, "visit": {"fields": {"of": "${random_int(0, 2)}", "who": "${ref(user, of, name)}"}}}}
E
"$FLUXDECK" generate --template @both.json -n 30 --seed 1 >both.out 2>err && [ "$(grep -c '"who":"[A-Z]' both.out)" -gt 5 ] &&
	[ "$(grep -o '"of":1,"who":"[^"]*"' both.out | sort -u | wc -l)" -eq 1 ]
claim $? "templates have fields of other rows: $(cat err)"
printf 'seed: 1\noutputs: {o: {type: stdout, envelope: none}}\nmodules: {m: {generator: template, rate: 10, file: both.json}}\n' >both.yaml
"$FLUXDECK" run both.yaml --events 60 --speed max --quiet >both.out 2>err && name=$(sed -n 's/.*"id":1,"name":"\([^"]*\)".*/\1/p' both.out) && [ -n "$name" ] &&
	[ "$(grep -o '"of":1,"who":"[^"]*"' both.out | sort -u)" = "\"of\":1,\"who\":\"$name\"" ]
claim $? "and scenarios of them: $name $(cat err)"

# A shipped scenario into something else; and counts that are not the value's own n.
"$FLUXDECK" run orders --output file --path elsewhere.jsonl --for 2s --speed max --seed 1 --quiet >stdout.txt 2>err &&
	[ ! -s stdout.txt ] && [ "$(wc -l <elsewhere.jsonl)" -eq 20 ]
claim $? '--output takes the place of the outputs of a scenario'
[ "$("$FLUXDECK" generate zipf -n 3 --seed 1 | wc -l)" -eq 3 ] && [ "$("$FLUXDECK" generate binomial --n 100 --p 1 -n 2)" = "$(printf '100\n100')" ]
claim $? '-n is how many, --n may be what the value has'

# The picture in the README is the golden screen, but for blanks at the ends of its lines.
sed -n '/^```$/,/^```$/p' "$srcdir/README.md" | sed '1d;$d' >picture
sed 's/ *$//' "$srcdir/tests/screens/desk.80x24.txt" | cmp -s - picture
claim $? 'the picture in the README is true'

# The flows of the manual run, and their accounts balance.
{
	printf 'scenario: manual\nseed: 1\nclock: {start: 2024-01-01T00:00:00Z, stop_after: 10m, drain: true}\n'
	sed -n '/^\.Sh ENTITIES/,$p' "$srcdir/man/fluxdeck.5.in" | sed -n '/^events:$/,/^\.Ed$/p' | sed '$d'
} >walks.yaml
"$FLUXDECK" run walks.yaml --output stdout --speed max --quiet >walks.out 2>err && [ "$(grep -c order_placed walks.out)" -gt 500 ] &&
	grep -q '"total":[0-9.]*,"orders":[2-9][0-9]*,"event_type":"order_shipped"' walks.out
claim $? "the flows of the manual run: $(cat err)"

# Every command line in the README and the manual that begins with fluxdeck is run; those that would never end get an end.
sed -n '/^{$/,/^}$/p' "$srcdir/man/fluxdeck.5.in" >event.json
sed -n '/^    scenario: walks/,/^$/s/^    //p' "$srcdir/README.md" >walks.yaml
for doc in README.md man/fluxdeck.1.in man/fluxdeck-values.7.in; do
	sed -n 's/^\(    \|\$ \|\.Dl \)\(fluxdeck .*\)/\2/p' "$srcdir/$doc" | sed 's/ *#.*//' | grep -v 'fluxdeck console\|fluxdeck$' >commands
	while read -r line; do
		bounded=$line
		case $line in
		*' run '* | *--module*) case $line in *--for* | *--events* | *--repeat*) ;; *) bounded="$line --for 1s" ;; esac ;;
		esac
		cp "$srcdir"/tests/screens/demo.yaml shop.yaml
		(PATH="$(dirname "$FLUXDECK"):$PATH"; eval "timeout 60 $bounded") >stdout.txt 2>err </dev/null
		claim $? "$doc: $line"
	done <commands
done
for page in "$builddir"/man/*.[1-9]; do
	[ -f "$page" ] && command -v mandoc >/dev/null || continue
	mandoc -T lint -W warning "$page" >lint 2>&1
	claim $? "$(basename "$page") is clean mdoc"
done
echo "1..$n"
