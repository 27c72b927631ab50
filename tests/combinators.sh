#!/bin/sh
# Combinators and structured output as values of the command line: what is made, and what is refused with its parameter.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/here" && cd "$work/here" || exit 1
# makes EXPECTED ARGUMENT...: exactly EXPECTED on stdout, nothing on stderr, status 0, at seed 1.
makes() {
	expected=$1
	shift
	timeout 60 "$FLUXDECK" generate "$@" --seed 1 >out 2>err </dev/null && [ "$(cat out)" = "$expected" ] && [ ! -s err ]
	claim $? "generate $*"
	[ "$(cat out)" = "$expected" ] || sed 's/^/# /' out err
}
# refuses EXPECTED ARGUMENT...: exactly EXPECTED on stderr, nothing on stdout, status 2.
refuses() {
	expected=$1
	shift
	timeout 60 "$FLUXDECK" generate "$@" --seed 1 >out 2>err </dev/null
	[ $? = 2 ] && [ "$(cat err)" = "fluxdeck: $expected" ] && [ ! -s out ]
	claim $? "refused: generate $*"
	[ "$(cat err)" = "fluxdeck: $expected" ] || sed 's/^/# /' out err
}
# same EXPRESSION ARGUMENT...: what --fields makes of the expression.
same() {
	name=$1
	timeout 60 "$FLUXDECK" generate --fields "$name=$2" -n 20 --seed 7 --format csv >fields 2>err
	shift 2
	timeout 60 "$FLUXDECK" generate "$@" -n 20 --seed 7 --output-format csv >out 2>>err
	[ -s out ] && [ ! -s err ] && cmp -s fields out
	claim $? "generate $* is a field of --fields"
	cmp fields out
}
lines() { printf "$@"; }

# ---- pick, cycle, pick_many ----

makes "$(lines 'a\nb\na\na\nb')" pick --elements a,b,c --weights 3,1,1 -n 5
makes "$(lines '"a,b"\n"c"')" pick --elements 'a\,b,c' -n 2 --json
makes '[2,2,2]' pick --elements 1,2,-3 -n 3 --format json
makes '["007"]' pick --elements 007,2 --format json
makes "$(lines 'null\n"X-b"')" pick --options a,b --prefix X- --null-rate 50% --row 1 -n 2 --json
makes a enum --elements a,b
makes a helpers.arrayElement --elements a,b
makes a one-of '--elements=[a, b]'
makes "$(lines 'cycle\na\nb\na')" cycle --elements a,b -n 3 --format csv
makes '["a","c"]' pick_many --elements a,b,c
makes '["c","b","a","b","c","b"]' pick-many --elements a,b,c --no-distinct --count 6
makes '["c","b","a","b"]' random_choices --elements a,b,c --count 4
same pick 'pick([a, b, c], weights=[3, 1, 1])' pick --elements a,b,c --weights 3,1,1
same pick 'pick([email(), name()], weights=[9, 1])' pick --elements '[email(), name()]' --weights 90%,10%
same pick_many 'pick_many([-1, 2, 3], 2)' pick_many --elements -1,2,3
refuses 'pick needs elements' pick
refuses 'pick needs elements' pick --weights 1,2
refuses 'pick: elements: pick needs a list of 1 to 65536 elements, like [web, mobile]' pick --elements ''
refuses 'pick: weights must be a list of 2 numbers, one for each element' pick --elements a,b --weights 3
refuses 'pick: weights: column 1: this must be a constant number' pick --elements a,b --weights x,1
refuses 'pick: elements: '"'a=': only fields have names" pick --elements '[a=1]'
refuses "pick: weights: column 3: something is missing here" pick --elements a,b --weights 1,
refuses "pick has no parameter 'elments'; did you mean 'elements'?" pick --elments a
refuses "pick_many: count: 4 is not between 0 and 3" pick_many --elements a,b,c --count 4
refuses 'pick_many: count must be 0 to 65536, not 65537' pick_many --elements a,b,c --count 65537
refuses 'cycle needs elements' cycle
"$FLUXDECK" generate pick --elements '[first_name(), first_name()]' --locale de_DE=0.5,ja_JP=0.5 -n 40 --seed 1 >out && grep -q '^[A-Z]' out && grep -qv '^[A-Z]' out
claim $? 'values within are of the locale'
refuses 'one value at a time, not '"'a' as well" pick a
refuses "cycle: unique is for values, pick and from_file" cycle --elements a,b --unique
refuses 'pick: something unique in it has 2 different values, and row 2 is asked for' pick --elements a,b --unique -n 3

# ---- maybe, sequence, unique, array ----

makes "$(lines '10\n15\n20')" sequence --start 10 --step 5 -n 3
makes "$(lines 'INV-000001\nINV-000002')" serial --format INV-%06d -n 2
makes "$(lines '#-05#\n#010#')" sequence --start -5 --step 15 --format '#%03d#' -n 2
makes "$(lines '[4,4,6]\n[5,2,6,6,5]')" array --of 'random_int(1,6)' --min 2 --max 5 -n 2
makes '{"listen","coded"}' pg_array --of word
makes "$(lines '2\n3\n1')" unique --of 'random_int(1, 3)' -n 3
makes "$(lines '2\n1\n1')" unique --of 'random_int(1, 2)' --on-exhausted wrap -n 3
same maybe 'maybe(email, 10%)' maybe --of email --null-rate 10%
same maybe 'maybe(email, 90%)' maybe --of email --p 10%
same array 'array(concat(first_name, " ", seq), 1, 3, prefix="<")' array --of 'concat(first_name, " ", seq)' --max 3 --prefix '<'
"$FLUXDECK" generate maybe --of email --p 10% -n 1000 --seed 1 | grep -c @ >out
[ "$(cat out)" -gt 70 ] && [ "$(cat out)" -lt 130 ]
claim $? 'one in ten has a value'
refuses 'maybe needs of' maybe --p 10%
refuses 'maybe: p is what null_rate leaves; give one of them' maybe --of email --p 10% --null-rate 20%
refuses 'maybe: p must be 0% to 100%, not 200%' maybe --of email --p 200%
refuses "maybe: of: column 1: unknown name 'emial'; did you mean 'email'?" maybe --of emial
refuses "maybe: of: column 6: '), 100%, x=(1' does not belong here" maybe --of 'email), 100%, x=(1'
refuses "sequence: start: 'x' is not a whole number (like 12, 200k)" sequence --start x
refuses "sequence: format has one number, with 0 to 40 digits at least, like 'INV-%06d'" sequence --format 'INV-%s'
refuses 'unique needs of' unique
refuses 'unique: of: column 2: unique takes a value, like unique(random_int(1, 9999))' unique --of 1+2
refuses 'unique: something unique in it has 3 different values, and row 3 is asked for' unique --of 'random_int(1, 3)' -n 4
refuses 'unique: on_exhausted must be one of error, suffix, wrap, not '"'stop'" unique --of 'random_int(1, 3)' --on-exhausted stop
refuses 'array needs of' array --min 2
refuses "array: of: column 15: ')' is missing" array --of 'random_int(1,6'
refuses 'array: max: min 5 is above max 2' array --of word --min 5 --max 2

# ---- files, other events ----

printf 'code,rate\nEUR,1.08\nUSD,1.00\n' >rates.csv
printf 'red\ngreen\n' >colours.txt
makes "$(lines 'EUR\nUSD')" from_file --path rates.csv --mode sequential -n 2
makes "$(lines 'red\ngreen\nred')" from_file --path colours.txt --mode sequential -n 3
makes "$(lines '1.08\n1.00')" from_file --path "$work/here/rates.csv" --column rate --mode sequential -n 2 --json
makes EUR from_file --path ../here/rates.csv --column code --weight rate
makes 1.08 lookup --table rates.csv --key "'EUR'"
makes '"EUR"' lookup --table rates.csv --key 1.08 --by rate --column code --json
makes null lookup --table rates.csv --key "'CHF'" --json
same empirical "empirical('rates.csv', column=rate)" empirical --path rates.csv --column rate
refuses 'from_file needs path' from_file --column code
refuses "from_file: column: 'rates.csv' has no column 'cod'; did you mean 'code'?" from_file --path rates.csv --column cod
refuses "from_file: path: cannot read 'rats.csv': No such file or directory" from_file --path rats.csv
refuses 'from_file: mode=weighted needs weight=, the name of a column' from_file --path rates.csv --mode weighted
refuses 'lookup needs key' lookup --table rates.csv
refuses 'lookup needs table' lookup --key "'EUR'"
refuses 'empirical needs path' empirical
refuses "ref: there is no event 'customer'" ref --event customer --row 1 --field email
refuses 'ref needs field' foreign --event customer --row 1

# ---- object, template ----

fields='id=sequence, mail=email, price=decimal(1, 500), twice=price * 2, none=null'
makes '{"id":1,"mail":"dthomas16@example.com","price":196.39,"twice":392.78,"none":null}' object --fields "$fields"
makes '[{"a":1},{"a":2}]' embedded_document --fields a=sequence -n 2 --format json
makes '{"first_name":"Dennis","o":{"first_name":"Dennis","last_name":"Thomas"},"j":"{\"x\":{\"first_name\":\"Dennis\",\"last_name\":\"Thomas\"}}"}' \
	--fields 'first_name, o=object([first_name, last_name]), j=json([x=o])'
"$FLUXDECK" generate object --fields 'word, b=random_int(1, 9)' -n 50 --seed 3 >two
"$FLUXDECK" generate object --fields 'x=uuid4, b=random_int(1, 9)' -n 50 --seed 3 >one
[ "$(grep -o '"b":[0-9]' one)" = "$(grep -o '"b":[0-9]' two)" ] && [ "$(grep -o '"b":[0-9]' one | sort -u | wc -l)" -gt 5 ]
claim $? 'a field draws what it draws, whatever stands beside it'
same object 'object([a=first_name, b=array(object([word, n=seq]), 1, 2)])' object --fields 'a=first_name, b=array(object([word, n=seq]), 1, 2)'
makes 'Dennis <dthomas16@example.com> ${x} {name}' template --text '${first_name} <${email}> $${x} {name}'
makes '$Dennis {x} Dennis 5 9 a dthomas16@example.com #?' template --dialect braces \
	--text '${first_name} \{x\} {{person.firstName}} {random_int:1,10} {random_int:min=1,max=9} {one_of:[a,a]} {{ email }} #?'
makes 'Hi Dennis Thomas' helpers.mustache --text 'Hi {{name}}'
makes 'Isaias' --template '${template("{first_name}", braces)}'
refuses 'object needs fields' object
refuses 'object: fields: column 3: something is missing here' object --fields 'a='
refuses 'object: fields: column 2: a field needs a name, like total=price * 2' object --fields 1+2
refuses "object: fields: column 7: field 'a' is there twice" object --fields a=1,a=2
refuses "object: fields: column 11: unknown name 'pirce'; did you mean 'price'?" object --fields price=1,x=pirce
refuses 'template needs text' template
refuses "template: text: column 3: unknown name 'frst_name'; did you mean 'first_name'?" template --text '${frst_name}'
refuses "template: text: unknown name 'frst_name'; did you mean 'first_name'?" template --text '{frst_name}' --dialect braces
refuses 'template: text: column 3: a brace that opens here is not closed; a brace by itself is written \{' template --text 'x {a' --dialect braces
refuses 'template: text: column 1: nothing stands between these braces; a brace by itself is written \{' template --text '{}' --dialect braces

# ---- json, csv, sql, xml ----

makes '{"id":1,"mail":"dthomas16@example.com","price":97.92,"twice":195.84,"none":null}' json --fields "$fields"
makes "$(lines '[\n  {\n    "id": 1,\n    "a": [1]\n  },\n  {\n    "id": 2,\n    "a": [1]\n  }\n]')" \
	json --fields 'id=sequence, a=array(1, 1, 1)' --rows 2 --type array --indent 2
makes "$(lines '{"id":5}\n{"id":6}\n{"id":7}\n{"id":8}')" json --fields 'id=sequence' --rows 2 --type lines --row 2 -n 2
makes "$(lines 'id,n,q\n1,"x,y","say ""no"""\n2,"x,y","say ""no"""')" csv --fields "id=sequence, n='x,y', q='say \"no\"'" --rows 2
makes "$(lines 'id\tn\n1\tx,y')" tsv --fields "id=sequence, n='x,y'" --rows 1
makes "$(lines '"1"|"x,y"|\n"2"|"x,y"|')" psv --fields "id=sequence, n='x,y', z=null" --rows 2 --no-header --quote all
makes "$(lines 'id;n\n1;x,y')" dsv --fields "id=sequence, n='x,y'" --rows 1 --separator ';'
row="id=sequence, ok=true, t=now, n='it\\'s \\\\', z=null, o=object([a=1])"
makes "$(cat <<'X'
INSERT INTO "shop"."orders" ("id", "ok", "t", "n", "z", "o") VALUES (1, TRUE, TIMESTAMP '2024-01-01 00:00:00.000', 'it''s \', NULL, '{"a":1}'), (2, TRUE, TIMESTAMP '2024-01-01 00:00:00.000', 'it''s \', NULL, '{"a":1}');
INSERT INTO "shop"."orders" ("id", "ok", "t", "n", "z", "o") VALUES (3, TRUE, TIMESTAMP '2024-01-01 00:00:00.000', 'it''s \', NULL, '{"a":1}');
X
)" sql --table shop.orders --fields "$row" --rows 3 --batch 2
makes "INSERT INTO \"t\" (\"id\", \"ok\", \"t\", \"n\", \"z\", \"o\") VALUES (1, TRUE, '2024-01-01 00:00:00.000Z', 'it''s \\', NULL, '{\"a\":1}');" \
	sql --table t --fields "$row" --rows 1 --dialect postgres
makes "INSERT INTO \`t\` (\`id\`, \`ok\`, \`t\`, \`n\`, \`z\`, \`o\`) VALUES (1, TRUE, '2024-01-01 00:00:00.000', 'it''s \\\\', NULL, '{\"a\":1}');" \
	sql --table t --fields "$row" --rows 1 --dialect mysql
makes "INSERT INTO \"t\" (\"ok\") VALUES (1), (0);" sql --table t --fields 'ok=seq == 0' --rows 2 --dialect sqlite
makes "$(lines '<orders>\n  <order>\n    <id>1</id>\n    <n>&lt;a &amp; b&gt;</n>\n    <z/>\n  </order>\n</orders>')" \
	xml --fields 'id=sequence, n="<a & b>", z=null' --indent 2 --root orders --record order
makes '<xml><record><id>1</id></record><record><id>2</id></record></xml>' xml --fields id=sequence --rows 2
makes "$(lines 'a\n6\n1\n4\na\n3\n9\n5')" csv --fields 'a=random_int(1, 9, unique=true)' --rows 3 -n 2
same csv "csv([name, email], 3, separator=';')" csv --fields 'name, email' --rows 3 --separator ';'
"$FLUXDECK" generate csv --fields 'id=uuid4, name' --rows 5000 --seed 1 >out && [ "$(wc -l <out)" -eq 5001 ] && [ "$(sort -u out | wc -l)" -eq 5001 ]
claim $? 'rows are rows of their own'
if command -v python3 >/dev/null; then
	lorem='id=sequence, n=sentence, q=concat("\"", name, "'"\\'"', ", seq), r=normal(0, 1), d=decimal(0, 9), b=boolean, m=maybe(city, 50%)'
	for form in json:,type=array csv: xml: sql:,dialect=sqlite; do
		from=$([ "${form%%:*}" = sql ] && echo 't, ')
		"$FLUXDECK" generate --template "\${${form%%:*}($from[$lorem], 200${form#*:})}" --seed 4 >"rows.${form%%:*}"
	done
	python3 - <<'PY'
import csv, json, sqlite3, sys, xml.etree.ElementTree as tree
whole = json.load(open('rows.json'))
if len(whole) != 200: sys.exit('json')
plain = lambda v: '' if v is None else str(v).lower() if isinstance(v, bool) else v if isinstance(v, str) else None
lines = list(csv.DictReader(open('rows.csv', newline='')))
records = tree.parse('rows.xml').getroot().findall('record')
base = sqlite3.connect(':memory:')
base.execute('create table t (id, n, q, r, d, b, m)')
base.executescript(open('rows.sql').read())
rows = base.execute('select id, n, q, r, d, b, m from t').fetchall()
keys = 'id n q r d b m'.split()
if not len(lines) == len(records) == len(rows) == 200: sys.exit('rows')
for w, l, x, r in zip(whole, lines, records, rows):
    for k, v in zip(keys, r):
        a = w[k]
        if v != a: sys.exit(f'sql {k} {v} {a}')
        for other in (l[k], x.find(k).text or ''):
            if other != plain(a) and float(other) != a: sys.exit(f'{k} {other} {a}')
PY
	claim $? 'JSON, CSV, XML and SQL hold the same rows, as their readers say'
else
	skip 'no python3 to read JSON, CSV, XML and SQL with'
fi
refuses 'json needs fields' json
refuses 'json: rows: an object is one; type=array and type=lines take several' json --fields a=1 --rows 2
refuses 'json: indent: with type=lines each is on one line' json --fields a=1 --type lines --indent 2
refuses 'json: rows must be 1 to 100000, not 0' json --fields a=1 --rows 0
refuses 'csv needs fields' csv --rows 3
refuses 'csv: separator is one character, or tab or pipe' csv --fields a=1 --separator ab
refuses 'csv: something unique in it has 3 different values, and row 3 is asked for' csv --fields 'a=random_int(1, 9, unique=true)' --rows 3 -n 4
refuses 'sql needs table' sql --fields a=1
refuses 'sql needs fields' sql --table t
refuses 'sql: table is a name of 1 to 128 bytes, like orders or shop.orders' sql --table '' --fields a=1
refuses 'sql: dialect must be one of ansi, postgres, mysql, sqlite, not '"'oracle'" sql --table t --fields a=1 --dialect oracle
refuses 'xml needs fields' xml
refuses "xml: root is the name of an element: letters, digits, '_', '-' and '.', a letter first" xml --fields a=1 --root 1x
refuses '--fields: column 11: this has a name, which is for fields; == compares' --fields 'x=1 in [a=1]'

# ---- what there is ----

for name in pick cycle pick_many maybe sequence unique array from_file lookup empirical ref template object; do
	"$FLUXDECK" list values --json | grep -q "{\"name\":\"$name\",\"category\":\"Combinators\",.*\"example\":\"..*\"parameters\":{\"" &&
		"$FLUXDECK" generate $name --help | grep -q '^Modifiers' && "$FLUXDECK" completion -- generate "${name%?}" | grep -q "^$name	"
	claim $? "$name is listed, helped with and completed"
done
[ "$("$FLUXDECK" list values --category structured | cut -d' ' -f1 | tr '\n' ' ')" = 'json csv sql xml ' ]
claim $? 'structured output is a category'
[ "$("$FLUXDECK" completion -- generate sequence --st | cut -f1)" = "$(lines '%s\n%s' --start --step)" ]
claim $? 'parameters are completed'
[ "$("$FLUXDECK" completion -- generate unique --on-exhausted w | cut -f1)" = wrap ]
claim $? 'and their choices'
"$FLUXDECK" list values --json pick | grep -q '"elements":{"type":\["array","string","number"\],"needed":true,"description"' &&
	"$FLUXDECK" generate pick --help | grep -q '^  elements LIST  *What is chosen from, like web,mobile. (needed)$'
claim $? 'what is needed says so'
refuses "there is no value 'sequnce'; did you mean 'sequence'? (fluxdeck list values)" sequnce
makes '[{"a":"x","b":[],"c":1,"d":1}]' --fields 'a=random_element([x]), b=pylist(word, 0, 0), c=serial, d=helpers.arrayElement([1])' --format json
echo "1..$n"
exit $((bad > 0))
