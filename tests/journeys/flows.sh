#!/bin/sh
# Flows at a console: their accounts and funnel, weights and drop-outs turned while they run, undone and exported; where an event
# comes from. And the run that the export makes.
# shellcheck source=tests/journeys/lib.sh
. "$(dirname "$0")/lib.sh"

sed 's/type: "null"/type: file, path: out.jsonl, exists: replace/; s/^clock: .*/clock: {start: 2024-01-01T09:00:00Z, drain: true}/' \
	"$srcdir/tests/screens/flows.yaml" >shop.yaml

carts() { tail -n 120 out.jsonl | grep -c cart_filled; }
no_carts() { [ "$(carts)" -eq 0 ]; }
carts_again() { [ "$(carts)" -gt 8 ]; }
# The accounts of the focused flow add up.
adds_up() {
	look
	sed -n 's/.*launched \([0-9]*\) = completed \([0-9]*\) + dropped \([0-9]*\) + stopped \([0-9]*\) + failed \([0-9]*\) + active \([0-9]*\).*/\1 \2 \3 \4 \5 \6/p' screen |
		awk '{ n = NR; bad = $1 != $2 + $3 + $4 + $5 + $6 || $1 < 100 } END { exit bad || !n }'
}

journey() {
	size=$1
	rm -f out.jsonl tuned.yaml
	open "$size"
	text '"$FLUXDECK" console shop.yaml; echo "status $?"'
	keys Enter
	holds "$size: the desk opens" has '^.>▶ shop'
	keys g f
	holds "$size: gf shows the flows of the module" both 'flows of shop  3' '^.> register'
	keys Down
	holds "$size: of the next one the steps" both '^.> checkout' ' 3 wait 2s .*30% '
	holds "$size: its accounts add up" adds_up
	keys =
	await message 'shop.flows.checkout = '
	text 20
	keys Enter
	holds "$size: a weight is typed" both '^.> checkout .* 20  *87%' 'flows.checkout = 20'
	keys Enter Down Down Right
	holds "$size: a step up is a step up" both '^.> 3 wait 2s .*31%\*' 'shop.drops.checkout.3 30% → 31%\|drops.checkout.3 = 31%'
	keys = 
	await message 'shop.drops.checkout.3 = '
	text 'half'
	keys Enter
	holds "$size: nonsense is refused" message "'half'"
	keys =
	await message 'shop.drops.checkout.3 = '
	text '100%'
	keys Enter
	holds "$size: all drop out" has '^.> 3 wait 2s .*100%\*'
	holds "$size: and nobody fills a cart any more" no_carts
	keys c
	holds "$size: counted from now it shows" has '^.> 3 wait 2s .*-[1-9][0-9]* 100%'
	keys u
	holds "$size: undone they come again" carts_again
	keys Up
	keys Right
	holds "$size: what has no fader says so when it is turned" message "nothing can be turned at this step"
	keys c Escape
	holds "$size: Esc leads back to the list" has '^.> checkout .*◉'
	keys 5
	holds "$size: the tail knows flows" has '\[5 Tail\]'
	keys Up x
	holds "$size: x says where an event comes from" both 'why event [1-9]' 'flow     [a-z]*, .*step [0-9]'
	holds "$size: which launch, which definition, which stream" both 'launch   [1-9][0-9]* of the flow, session [0-9a-z]\{8\}' "stream   seed 42, 'shop', '"
	holds "$size: and the last setting before it" has 'setting  shop\.drops\.checkout\.3\|setting  shop.flows.checkout'
	keys x
	holds "$size: x again shows the list" hides 'why event [1-9]'
	palette explain
	holds "$size: the palette explains, too" message 'module.shop  generator flows'
	palette 'export tuned.yaml'
	holds "$size: what was tuned is a scenario" grep -q 'flows: {"register": "2", "checkout": "20", "support": "1"}' tuned.yaml
	keys Q
	holds "$size: the run ends" has '^status 0$'
}

journey 80x24
journey 140x40

# What was exported runs, drains and says the same again.
if "$FLUXDECK" check tuned.yaml >said 2>&1 && "$FLUXDECK" run tuned.yaml --for 1m --speed max --hash --quiet 2>err; then ok 'the export runs'; else not_ok 'the export runs' "$(cat said err)"; fi
grep -q '"reason":"address"' out.jsonl && ok 'and makes what it should' || not_ok 'and makes what it should'
finish
