#!/bin/sh
# The names of MockCraft and its flags: each line of tests/values/mockcraft.txt makes values that are like what stands beside it; and
# what it lists.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
: "${FLUXDECK:?names the program}"

tab=$(printf '\t')
set -f
while IFS=$tab read -r words like; do
	case $words in '#'* | '') continue ;; esac
	# shellcheck disable=SC2086
	if ! values=$("$FLUXDECK" generate $words -n 25 --seed 7 2>&1); then
		failed "$words" "$values"
	elif [ -z "$values" ]; then
		failed "$words" 'nothing came out'
	elif other=$(printf '%s\n' "$values" | grep -Evx -- "$like"); then
		failed "$words" "not like $like:" "$(printf '%s\n' "$other" | head -1)"
	else
		ok "$words"
	fi
done <"$(dirname "$0")/values/mockcraft.txt"
set +f

# sorted CLAIM WORD...: what is listed is more than ten lines in order.
sorted() {
	claim=$1
	shift
	list=$("$FLUXDECK" generate "$@" | cut -c1-24)
	[ "$(printf '%s\n' "$list" | wc -l)" -gt 10 ] && [ "$(printf '%s\n' "$list" | LC_ALL=C sort -u)" = "$list" ]
	claim $? "$claim"
}

# same CLAIM WORD... -- WORD...: both say the same.
same() {
	claim=$1 first=
	shift
	while [ "$1" != -- ]; do
		first="$first $1"
		shift
	done
	shift
	# shellcheck disable=SC2086
	[ "$("$FLUXDECK" generate $first)" = "$("$FLUXDECK" generate "$@")" ]
	claim $? "$claim"
}

sorted 'all names' -l
sorted 'names of a category' --category health
sorted 'categories' -c
same '-l is --list' -l -- --list
same '-c is --categories' -c -- --categories
same '-p is --params' -p firstname -- --params first_name
same 'an industry is a category' -l --industry aviation -- --category=aviation
same 'a value of an industry is the same without it' blood_type --seed 5 --industry health -- blood_type --seed 5
same '-f is --output-format' word --seed 5 -f json -n 3 -- word --seed 5 --output-format json -n 3
[ "$("$FLUXDECK" generate --params-all | grep -c '^[a-z]')" -eq "$("$FLUXDECK" generate -l | wc -l)" ]
claim $? 'parameters of all values'
if command -v python3 >/dev/null; then
	for flag in --list --categories --params-all '--params email' '--category health'; do
		# shellcheck disable=SC2086
		"$FLUXDECK" generate $flag --json | python3 -c 'import json, sys; sys.exit(not json.load(sys.stdin))'
		claim $? "$flag as JSON"
	done
	for words in 'diagnosis' 'word' 'json_document --complexity array' 'random_int' 'mongodb_javascript' '--fields a=word,b=array(word,0,2)'; do
		# shellcheck disable=SC2086
		"$FLUXDECK" generate $words -n 9 --seed 3 --pretty >pretty.$$ && "$FLUXDECK" generate $words -n 9 --seed 3 -f json | python3 -c '
import json, sys
text = open(sys.argv[1]).read()
sys.exit(json.load(sys.stdin) != json.loads(text) or json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n" != text)' pretty.$$
		claim $? "$words, indented"
	done
	rm -f pretty.$$
else
	skip 'JSON is read by python3'
fi

echo "1..$n"
[ $bad -eq 0 ]
