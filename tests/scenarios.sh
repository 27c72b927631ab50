#!/bin/sh
# Scenarios of flows.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
# ran FILE SCENARIO ARGUMENT...: a run at full speed, whose flows are counted in FILE.csv; none of them may fail.
ran() {
	to=$1
	shift
	timeout 120 "$FLUXDECK" run "$@" --speed max --quiet --dump "$to.csv" >"$to" 2>err || return 1
	[ -s "$to" ] && awk -F, 'NR == 1 { while ($++f != "failed" && f < NF) continue; next } $f > 0 { bad = 1 } END { exit bad || NR < 2 }' "$to.csv"
}

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
