#!/bin/sh
# Records of several values, JSON templates, and instants that go on: what is made, and what is refused with its place.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
# makes CLAIM EXPECTED ARGUMENT...: exactly EXPECTED on stdout, nothing on stderr, status 0.
makes() {
	claim=$1
	expected=$2
	shift 2
	timeout 60 "$FLUXDECK" "$@" >out 2>err </dev/null && [ "$(cat out)" = "$expected" ] && [ ! -s err ]
	claim $? "$claim"
	[ "$(cat out)" = "$expected" ] || sed 's/^/# /' out err
}
# refuses CLAIM EXPECTED ARGUMENT...: exactly EXPECTED on stderr, nothing on stdout, status 2.
refuses() {
	claim=$1
	expected=$2
	shift 2
	timeout 60 "$FLUXDECK" "$@" >out 2>err </dev/null
	[ $? = 2 ] && [ "$(cat err)" = "$expected" ] && [ ! -s out ]
	claim $? "$claim"
	[ "$(cat err)" = "$expected" ] || sed 's/^/# /' out err
}

# ---- fields ----

fields() { claim=$1; expected=$2; shift 2; makes "$claim" "$expected" generate --seed 1 "$@"; }
fields 'fields are a record' '{"a":3,"b":"x, y","c":"3 (x, y)"}' --fields 'a=1 + 2, b = "x, y", c=concat(a, " (", b, ")")'
fields 'as an array' '[{"a":0,"t":"2024-01-01T00:00:00.000Z"},{"a":1,"t":"2024-01-01T00:30:00.000Z"}]' \
	--fields 'a=seq, t=now' -n 2 --step 30m --format json
fields 'as CSV with its header' "$(printf 'a,b\n0,"x,y"\n1,"x,y"')" --fields "a=seq,b='x,y'" -n 2 --format csv
fields 'as text' 'a=0 b="x y"' --fields "a=seq,b='x y'" --format text
"$FLUXDECK" generate --fields 'id=uuid4,name,email,random_int(1, 9)' -n 3 --seed 1 >three && [ "$(wc -l <three)" -eq 3 ] &&
	! grep -qvE '^\{"id":"[0-9a-f-]{36}","name":"[^"]+","email":"[^"]+@[^"]+","random_int":[1-9]\}$' three
claim $? 'a name of a value is the name of its field'
[ "$("$FLUXDECK" generate --fields 'id=uuid4,name,email,random_int(1, 9)' --row 2 --seed 1)" = "$(tail -1 three)" ]
claim $? 'a record can be made alone'
[ "$("$FLUXDECK" generate --fields 'email' --row 2 --seed 1)" = "{$(tail -1 three | grep -o '"email":"[^"]*"')}" ]
claim $? 'and its fields, too'
# Objects and lists are nested in JSON, and text where the line is not JSON, quoted as its form wants it.
fields 'JSON in JSON' '{"b":{"name":"Magnesium","symbol":"Mg","number":12},"c":[128,128,128],"d":"POINT(-75.046793 40.093777)"}' \
	--fields 'b=chemical_element(as=object), c=rgb_color(format=array), d=geo_point(format=wkt)'
fields 'JSON in CSV' "$(printf 'a,b,c\n"[128,128,128]","{""code"":""AUD"",""name"":""Australian Dollar"",""symbol"":""A$"",""numeric"":""036"",""decimals"":2}","x, ""y"""')" \
	--fields 'a=rgb_color(format=array), b=currency, c=pick(['"'x, \"y\"'"'])' --format csv
fields 'JSON in text' 'a="{\"lat\":40.093777,\"lon\":-75.046793}" b=[128,128,128]' \
	--fields 'a=geo_point(format=latlon), b=rgb_color(format=array)' --format text
makes 'a form that is text' 'POINT(-73.988508 40.768638)' generate geo_point --format wkt --seed 1
makes 'also as JSON' '"POINT(-73.988508 40.768638)"' generate geo_point --format wkt --output-format ndjson --seed 1
fields 'nothing in one column is no empty line' "$(printf 'a\n""\n""')" --fields 'a=maybe(email, 100%)' --format csv -n 2

makes 'the prefix of a library' '13' generate df:random_int --min 13 --max 13
refuses 'a name that no library has' "fluxdeck: there is no value 'nonsense.email'; did you mean 'email'? (fluxdeck list values)" generate nonsense.email
refuses 'what is needed' 'fluxdeck: regex: pattern is needed, like [A-Z]{3}-[0-9]{4}' generate regex
"$FLUXDECK" generate now --clock wall >out 2>err && [ ! -s err ] && [ "$(cut -c1-13 out)" != "2024-01-01T00" ]
claim $? 'the clock of the machine'
refuses 'which no seed brings back' \
	"fluxdeck: uuid7: clock: the machine's time does not come again; wall is for generate without --seed and --now" generate uuid7 --clock wall --seed 1
[ "$("$FLUXDECK" generate bytes --encoding raw --length 1000 -n 3 | wc -c)" -eq 3000 ]
claim $? 'bytes as they are'
refuses 'which no JSON can hold' 'fluxdeck: bytes: encoding: raw bytes are no text; generate writes them without --format, and nothing around them' \
	generate bytes --encoding raw --json
refuses 'an unknown name has its column' "fluxdeck: --fields: column 11: unknown name 'skuu'; did you mean 'sku'?" generate --fields 'name, b = skuu'
refuses 'what has no name' "fluxdeck: --fields: column 7: 'name * 2' needs a name, like total=price * 2" generate --fields 'seq , name * 2'
refuses 'what is no text' 'fluxdeck: --fields: column 3: what stands here is an expression, without ${...}' generate --fields 'a=${name}'
refuses 'a field twice' "fluxdeck: --fields: column 6: field 'name' is there twice" generate --fields name,name
refuses 'a field that is missing' 'fluxdeck: --fields: column 6: a field is missing' generate --fields name,
refuses 'fields beside a value' "fluxdeck: --fields is instead of a value, not with 'email'" generate email --fields name
refuses 'fields beside a template' 'fluxdeck: --template and --fields exclude each other' generate --template x --fields name

# ---- instants ----

makes 'instants go on' "$(printf '2024-01-01T00:00:00.000Z\n2024-01-01T06:00:00.000Z\n2024-01-01T12:00:00.000Z')" generate now --seed 1 --step 6h -n 3
makes 'from the row' '2024-01-02T00:00:00.000Z' generate now --seed 1 --step 6h --row 4
makes 'backwards' "$(printf '2024-01-01T00:00:00.000Z\n2023-12-31T23:59:59.000Z')" generate now --seed 1 --step -1s -n 2
[ "$("$FLUXDECK" generate random_int --max 10 --step 5 --now-step 1s --seed 1 -n 20 | sort -un | paste -sd, -)" = 0,5,10 ]
claim $? 'the step of a value is its own'
refuses 'instants that never were' 'fluxdeck: --step: 1000 values of it leave the years 1970 to 2250' generate now --seed 1 --step 52w -n 1000
makes 'to the last' '2250-12-31T23:59:59.000Z' generate now --now 2250-12-31T23:59:58Z --step 1s --row 1
refuses 'a step that is none' "fluxdeck: --step: 'often' is not a duration (like 250ms, 10s, 1m30s, 2h, 30d)" generate now --step often

# ---- JSON templates ----

cat >all.json <<'JSON'
{
  "n": 5, "f": 1.50, "t": true, "z": null, "s": "5", "seq": "${seq}", "text": "no ${seq}",
  "customer": {"name": "${'é'}", "deep": {"er": "${1 + 1}"}},
  "items": {"${array(2, 2)}": {"q": 3, "esc": "a\"b\u00e9\n${left('xyz', 2)}"}},
  "tags": ["${'w'}", {"a": [1, "2", null]}, []], "e": {}, "$${x}": "$${y} ${'{{name}}'}"
}
JSON
expected='{"n":5,"f":1.5,"t":true,"z":null,"s":"5","seq":0,"text":"no 0","customer":{"name":"é","deep":{"er":2}},"items":[{"q":3,"esc":"a\"bé\nxy"},{"q":3,"esc":"a\"bé\nxy"}],"tags":["w",{"a":[1,"2",null]},[]],"e":{},"$${x}":"${y} {{name}}"}'
makes 'a template keeps types, nesting and lists' "$expected" generate --template @all.json
makes 'a module makes the same' "$expected" run --generator template --file all.json --events 1 --speed max --envelope none --quiet --start 2024-01-01 --seed 1
mkdir folder
cat >folder/own.yaml <<'YAML'
seed: 3
outputs: {out: {type: stdout}}
modules: {m: {generator: template, file: kinds.json}}
YAML
cat >folder/kinds.json <<'JSON'
{"events": {
  "order": {"weight": 3, "key": "${id}", "fields": {"id": "${uuid4}", "lines": {"${array(1, 3)}": {"sku": "${sku}"}}}},
  "access": {"weight": 1, "line": "${ipv4} ${http_method}"}
}}
JSON
makes 'a scenario with a template is sound' 'folder/own.yaml: ok' check folder/own.yaml
"$FLUXDECK" run folder/own.yaml --events 400 --speed max --quiet >out 2>err
orders=$(grep -cE '"id":"[^"]*","lines":\[(\{"sku":"[^"]*"\},?){1,3}\],"event_type":"order"' out)
lines=$(grep -cE '^[0-9.]+ [A-Z]+$' out)
[ $((orders + lines)) -eq 400 ] && [ "$lines" -gt 60 ] && [ "$lines" -lt 140 ]
claim $? "several events by their weights: $orders and $lines"
lines() { "$FLUXDECK" run "$@" --for 10s --speed max --quiet >out 2>err; grep -cE '^[0-9.]+ [A-Z]+$' out; }
[ "$(lines folder/own.yaml --set m.emit.order=0)" -eq 100 ] && [ "$(lines folder/own.yaml --set m.emit.access=0)" -eq 0 ] && [ -s out ]
claim $? 'their weights may be turned'
sed 's/kinds.json/kinds.json, emit: {access: 1}/' folder/own.yaml >folder/one.yaml
[ "$(lines folder/one.yaml)" -eq 100 ]
claim $? 'a module may take some of them'
sed 's/kinds.json/kinds.json, emit: {acces: 1}/' folder/own.yaml >folder/one.yaml
refuses 'which are there' "folder/one.yaml:3:60: 'm': emit: there is no event 'acces'; did you mean 'access'?" check folder/one.yaml
{ cat folder/own.yaml; echo 'timeline: [{at: 5s, set: m.emit.order, to: 0}, {at: 7s, set: m.emit.access, to: 0}, {at: 8s, set: m.emit.order, to: 30}]'; } >folder/timed.yaml
lines folder/timed.yaml >count && [ "$(cat count)" -gt 20 ] && [ "$(cat count)" -lt 50 ] && [ "$(wc -l <out)" -eq 90 ] && tail -20 out | grep -vqE '^[0-9.]+ [A-Z]+$'
claim $? 'while the run goes on: none, and others later'
"$FLUXDECK" generate --template @folder/kinds.json -n 400 --seed 3 >out 2>err
lines=$(grep -cE '^[0-9.]+ [A-Z]+$' out)
[ "$(grep -c '^{"id":' out)" -eq $((400 - lines)) ] && [ "$lines" -gt 60 ] && [ "$lines" -lt 140 ] &&
	[ "$("$FLUXDECK" generate --template @folder/kinds.json --row 399 --seed 3)" = "$(tail -1 out)" ]
claim $? 'also as values, each of which can be made alone'
refuses 'but not as CSV' 'fluxdeck: --template: 2 events have no columns in common; csv takes one' generate --template @folder/kinds.json --format csv
cat >weights.yaml <<'YAML'
seed: 3
outputs: {out: {type: stdout, envelope: none}}
modules: {m: {generator: template}}
events: {a: {weight: 0, line: a}, b: {line: b}}
YAML
makes 'events of a scenario have weights, too' "$(printf 'b\nb\nb')" run weights.yaml --events 3 --speed max --quiet
makes 'a text that only begins like a file' '@x' generate --template "@\${'x'}"

# ---- an exported scenario finds its files ----

mkdir -p from/in/data to
cp folder/own.yaml from/in/own.yaml
cat >from/in/kinds.json <<'JSON'
{"events": {"a": {"fields": {"f": "${from_file('data/lines.txt')}"}}, "b": {"weight": 3, "line": "${lookup(rates, 'DE')} ${hue}"}}}
JSON
printf 'code,rate\nDE,1.5\n' >from/in/data/rates.csv
printf 'red\ngreen\nblue\n' >from/in/data/lines.txt
{ cat from/in/own.yaml; printf '%s\n' 'clock: {start: 2024-01-01, speed: max, stop_after: 5s}' 'values: {rates: {file: data/rates.csv}, hue: {file: data/lines.txt}}'; } >from/in/files.yaml
"$FLUXDECK" run from/in/files.yaml --quiet >want
[ "$(wc -l <want)" -eq 50 ]
claim $? 'a scenario of files'
far=$(mktemp -d /var/tmp/fluxdeck-XXXXXX) || exit 1
trap 'rm -rf "$work" "$far"' EXIT
# exports CLAIM SCENARIO TO FOLDER: what is exported has that line, or none, and makes the same where it is.
exports() {
	"$FLUXDECK" run "$2" --quiet --eval "export $3 $5" >out 2>err
	[ "$(grep '^folder:' "$3")" = "${4:+folder: $4}" ] && (cd "${3%/*}" && "$FLUXDECK" run "${3##*/}" --quiet) >out 2>err && cmp -s want out
	claim $? "$1"
}
sed "s/{type: stdout}/{type: file, path: \"\${lookup('data\/rates.csv', left(event.key + 'DE', 2))}-\${lookup('data\/rates.csv', 'DE')}.txt\"}/" from/in/files.yaml >from/in/paths.yaml
"$FLUXDECK" run from/in/paths.yaml --quiet >out 2>err && [ "$(wc -l <1.5-1.5.txt)" -eq 50 ]
claim $? 'its settings read them, too'
exports 'beside it' from/in/files.yaml from/in/tuned.yaml ''
exports 'in another folder' from/in/files.yaml to/tuned.yaml '"../from/in"'
exports 'with its timeline' from/in/files.yaml to/timed.yaml '"../from/in"' timeline
exports 'above' from/in/files.yaml from/tuned.yaml in
exports 'below' from/in/files.yaml from/in/data/tuned.yaml '".."'
exports 'far away by the whole path' from/in/files.yaml "$far/tuned.yaml" "$(pwd -P)/from/in"
exports 'once more, from there' "$far/tuned.yaml" to/again.yaml '"../from/in"'
exports 'and back' to/again.yaml from/in/back.yaml ''
mkdir "it's \"far\" \${x}"
exports 'from a folder with an odd name' "$(cp -R from "it's \"far\" \${x}" && echo "it's \"far\" \${x}/from/in/files.yaml")" to/odd.yaml '"../it'"'"'s \"far\" $${x}/from/in"'
"$FLUXDECK" run weights.yaml --events 1 --speed max --quiet --eval 'export to/none.yaml' >out 2>err && [ -s to/none.yaml ] && ! grep -q folder to/none.yaml
claim $? 'one that reads none says nothing of it'
folder_is() { sed "s|^folder: .*|folder: $1|" to/tuned.yaml >to/wrong.yaml; }
folder_is ../from/on
refuses 'a folder that is not there' "to/wrong.yaml:$(grep -n ^folder: to/wrong.yaml | cut -d: -f1):9: folder: there is no folder '../from/on'" run to/wrong.yaml
folder_is kinds.json
refuses 'or is none' "to/wrong.yaml:$(grep -n ^folder: to/wrong.yaml | cut -d: -f1):9: folder: there is no folder 'kinds.json'" run to/wrong.yaml

# refuses_template CLAIM LINE:COLUMN: TEXT JSON
wrong() {
	printf '%s' "$3" >wrong.json
	refuses "$1" "wrong.json:$2" generate --template @wrong.json
}
refuses 'a file that is missing' "fluxdeck: cannot read 'none.json': No such file or directory" generate --template @none.json
wrong 'an empty file' '1:1: the JSON ends too early' ''
wrong 'a comma too much' '1:8: this is not JSON: something else should stand here' '{"a":1,}'
wrong 'what stands behind' '1:9: something stands behind the end of the JSON' '{"a":1} x'
wrong 'a key twice' "2:1: key 'a' stands here twice" '{"a":1,
"a":2}'
wrong 'a number that JSON has not' '1:6: this is no number of JSON, or too large a one' '{"a":01}'
wrong 'a number that is too large' '1:6: this is no number of JSON, or too large a one' '{"a":1e999}'
wrong 'a line end in a text' '1:8: a control character within a text: write \n, \t or \u001f' '{"a":"x
y"}'
wrong 'a NUL in a text' '1:8: \u0000 cannot stand in a text' '{"a":"x\u0000"}'
printf '{"a":"\303"}' >wrong.json
refuses 'invalid UTF-8' 'wrong.json:1:7: invalid UTF-8' generate --template @wrong.json
wrong 'too deep' '1:69: nested more than 64 levels deep' "{\"a\":$(printf '%070d' 0 | tr 0 '[')$(printf '%070d' 0 | tr 0 ']')}"
wrong 'no object' '1:1: a template is an object: the fields of an event, or {"events": {NAME: {"fields": {...}}}}' '[1]'
wrong 'a name with a dot' '1:2: a field needs a name without dots; nest maps instead' '{"a.b":1}'
wrong 'an unknown value, behind escapes' "1:30: event 'wrong', a: unknown name 'skuu'; did you mean 'sku'?" '{"a":"\"\u00e9é\ud83d\ude00${skuu}"}'
wrong 'in a list in a map' "1:35: event 'wrong', a.b.1.c: unknown name 'skuu'; did you mean 'sku'?" '{"a":{"b":["${sku}",{"c":"x ${1}${skuu}"}]}}'
wrong 'a brace that is missing' "1:17: event 'wrong', a.1: '}' is missing" '{"a":["${1}","x ${sku"]}'
wrong 'a call in a key' "1:19: event 'wrong', a: min 5 is above max 2" '{"a":{"${array(5, 2)}":1}}'
wrong 'what is no call' "1:7: event 'wrong', a: a name takes no \${...}; alone in its map, a call does, like \${array(1, 4)}" '{"a":{"${1 + 1}":1}}'
wrong 'two calls' "1:7: event 'wrong', a.\${array(1)}: a name takes no \${...}; alone in its map, a call does, like \${array(1, 4)}" '{"a":{"${array(1)}":1,"b":2}}'
wrong 'the spelling of others' "1:10: event 'wrong', a: '{{first_name}}' would go out as it is; did you mean '\${first_name}'?" '{"a":"hi {{ first_name }}"}'
wrong 'and with parameters' "1:7: event 'wrong', a: '{{random_int(1, 9)}}' would go out as it is; did you mean '\${random_int(1, 9)}'?" '{"a":"{{random_int(1, 9)}}"}'
wrong 'the key of an event' "1:32: event 'e', key: unknown name 'skuu'; did you mean 'sku'?" '{"events":{"e":{"key":"${sku}${skuu}","fields":{"a":1}}}}'
wrong 'a weight that is none' '1:43: weight must be a number from 0' '{"events":{"e":{"fields":{"a":1},"weight":-1}}}'
wrong 'an unknown key' "1:34: unknown key 'wieght' in an event; did you mean 'weight'?" '{"events":{"e":{"fields":{"a":1},"wieght":1}}}'
printf '{"a":"${skuu}"}' >folder/kinds.json
refuses 'a scenario says where its file is wrong' \
	"folder/own.yaml:3:42: 'm': file: folder/kinds.json:1:9: event 'kinds', a: unknown name 'skuu'; did you mean 'sku'?" check folder/own.yaml
refuses 'and what excludes each other' "fluxdeck: 'template': template stands alone, without emit and file" \
	run --generator template --file all.json --template x --events 1
head -c 1100000 /dev/zero | tr '\0' ' ' >wrong.json
refuses 'a file that is too large' "fluxdeck: 'wrong.json' is larger than 1 MiB" generate --template @wrong.json
echo "1..$n"
