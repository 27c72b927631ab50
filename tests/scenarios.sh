#!/bin/sh
# The shipped scenarios of flows: each is sound, runs for its natural length, and what it says is true (flows_check.py).
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
python=
if command -v python3 >/dev/null; then
	python=yes
fi
# judged CLAIM ARGUMENT...: what flows_check.py says of it.
judged() {
	claim=$1
	shift
	if [ -z "$python" ]; then
		skip "$claim: python3 is not installed"
		return
	fi
	timeout 120 python3 -B "$srcdir/tests/flows_check.py" "$@" >said 2>&1
	result=$?
	sed 's/^\([^#]\)/# \1/' said
	claim $result "$claim"
}
# ran FILE SCENARIO ARGUMENT...: a run at full speed, whose flows are counted in FILE.csv; none of them may fail.
ran() {
	to=$1
	shift
	timeout 120 "$FLUXDECK" run "$@" --speed max --quiet --dump "$to.csv" >"$to" 2>err || return 1
	[ -s "$to" ] && awk -F, 'NR == 1 { while ($++f != "failed" && f < NF) continue; next } $f > 0 { bad = 1 } END { exit bad || NR < 2 }' "$to.csv"
}

own='shop exchange saas fleet game bank sensor-alerts lending marketing-funnel'
others='ecommerce trading user-events user-purchase quickstart purchase-funnel fulfilment loyalty long-wait guided-shop device-owner onboarding'
for name in $own $others; do
	case " $own " in *" $name "*) length='--for 5m' ;; *) length= ;; esac
	# shellcheck disable=SC2086
	"$FLUXDECK" check "$srcdir/scenarios/$name.yaml" >checked 2>err && ran "$name.jsonl" "$name" $length
	claim $? "$name is sound and runs: $(wc -l <"$name.jsonl") events"
	sed 's/^/# /' err
	judged "$name: what it says is true" "$name" "$name.jsonl"
done
grep -l 'generator: flows' "$srcdir"/scenarios/*.yaml | sed 's/.*\///; s/\.yaml$//' | grep -vx demo | sort >found
echo "$own $others" | tr ' ' '\n' | sort | cmp - found
claim $? 'these are all that have flows, but for one part of the demo'

# Other seeds; and the numbers that are known of these scenarios.
pairs=
for seed in $(seq 1 30); do
	ran "e.$seed" ecommerce --seed "$seed" || failed "ecommerce with seed $seed" "$(cat err)"
	pairs="$pairs e.$seed.csv:e.$seed"
done
# shellcheck disable=SC2086
judged 'ecommerce over 30 seeds has the means that are known, and its identities hold for each' --means $pairs
all=0
for seed in $(seq 1 30); do
	ran p user-purchase --seed "$seed" && [ "$(grep -c '"ProductPurchased"' p)" -eq 20 ] && [ "$(grep -c initial_setup p)" -eq 15 ] &&
		[ "$(wc -l <p)" -eq 35 ] && tail -1 p.csv | grep -q '^user_purchase_flow,10,20,0,20,0,0,0,100$' && all=$((all + 1))
done
[ "$all" -eq 30 ]
claim $? "user-purchase has 20 purchases, 15 initial events and 100 lost launches with $all of 30 seeds"
for seed in 1 2 3 4 5; do
	judged "ecommerce with seed $seed" ecommerce "e.$seed"
	for name in trading user-events shop exchange bank; do
		ran "s.$name" "$name" --seed "$seed" --for 3m
		judged "$name with seed $seed" "$name" "s.$name"
	done
done
sed 's/pace: {shape: per_step, step: 1s, n: 2}/rate: 20\n    pace: poisson/' "$srcdir/scenarios/ecommerce.yaml" >poisson.yaml
ran poisson poisson.yaml
claim $? 'ecommerce runs with launches as they come'
judged 'and what it says is true' ecommerce poisson

# remove_from_cart waits for its weight.
ran removed ecommerce --shop.flows.remove_from_cart 6 && [ "$(grep -c '"ProductRemoved"' removed)" -gt 20 ] &&
	! grep -q '"ProductRemoved"' ecommerce.jsonl
claim $? "a weight of 0 can be turned up: $(grep -c '"ProductRemoved"' removed) times something is taken out of a cart"
judged 'and the totals still add up' ecommerce removed

# The same again, and at another speed.
ran again bank --for 5m && cmp again bank.jsonl
claim $? 'the same seed, the same bytes'
ran fast bank --for 5m --start 2024-01-02T09:00:00Z --seed 2024 && cmp fast bank.jsonl
claim $? 'said or in the scenario'
timeout 60 "$FLUXDECK" run bank --for 40s --speed 20 --quiet >slow 2>err && head -n "$(wc -l <slow)" bank.jsonl | cmp - slow && [ -s slow ]
claim $? 'and at another speed'

# What drops out of a flow that is called drops out of the one that calls it, and is a fader, whether the module has it or not.
cat >called.yaml <<'Y'
seed: 1
clock: {start: 2024-01-01, stop_after: 10s, drain: true}
outputs: {o: {type: stdout}}
modules: {m: {generator: flows, rate: 20, flows: [whole]}}
events: {a: {fields: {at: "${now}"}}, b: {fields: {at: "${now}"}}}
flows:
  whole: {steps: [emit: a, call: half, emit: a]}
  half: {steps: [{wait: 1s, drop: 50%}, emit: b]}
Y
ran called called.yaml && a=$(grep -c '"a"' called) && b=$(grep -c '"b"' called) && [ "$b" -gt 70 ] && [ "$b" -lt 130 ] && [ "$a" -eq $((200 + b)) ]
claim $? "of 200 that call it, $b come through"
ran called called.yaml --m.drops.half.1 100% && [ "$(grep -c '"b"' called)" -eq 0 ]
claim $? 'its fader is one of the module'
echo "1..$n"
