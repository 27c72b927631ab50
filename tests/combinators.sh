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
refuses 'pick: weights: this must be a constant number' pick --elements a,b --weights x,1
refuses "pick: weights: column 3: ']' does not belong here" pick --elements a,b --weights 1,
refuses "pick has no parameter 'elments'; did you mean 'elements'?" pick --elments a
refuses "pick_many: count: 4 is not between 0 and 3" pick_many --elements a,b,c --count 4
refuses 'pick_many: count must be 0 to 65536, not 65537' pick_many --elements a,b,c --count 65537
refuses 'cycle needs elements' cycle
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

# ---- what there is ----

for name in pick cycle pick_many maybe sequence unique array from_file lookup empirical ref; do
	"$FLUXDECK" list values --json | grep -q "{\"name\":\"$name\",\"category\":\"Combinators\",.*\"example\":\"..*\"parameters\":{\"" &&
		"$FLUXDECK" generate $name --help | grep -q '^Modifiers' && "$FLUXDECK" completion -- generate "${name%?}" | grep -q "^$name	"
	claim $? "$name is listed, helped with and completed"
done
[ "$("$FLUXDECK" completion -- generate sequence --st | cut -f1)" = "$(lines '%s\n%s' --start --step)" ]
claim $? 'parameters are completed'
[ "$("$FLUXDECK" completion -- generate unique --on-exhausted w | cut -f1)" = wrap ]
claim $? 'and their choices'
"$FLUXDECK" generate pick --help | grep -q '^  elements LIST  *What is chosen from, like web,mobile. (needed)$'
claim $? 'what is needed says so'
refuses "there is no value 'sequnce'; did you mean 'sequence'? (fluxdeck list values)" sequnce
makes '[{"a":"x","b":[],"c":1,"d":1}]' --fields 'a=random_element([x]), b=pylist(word, 0, 0), c=serial, d=helpers.arrayElement([1])' --format json
echo "1..$n"
exit $((bad > 0))
