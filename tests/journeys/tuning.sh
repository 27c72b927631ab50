#!/bin/sh
# Tuning events of one's own: the distribution that is promised beside the one that is made, fields one by one, the records that a
# typed value would make, weights of events; and what was tuned is kept.
# shellcheck source=tests/journeys/lib.sh
. "$(dirname "$0")/lib.sh"

cat >cards.yaml <<'END'
scenario: cards
seed: 7
params:
  spend: {default: 40, min: 1, max: 1000, unit: EUR, scale: log, help: "Median of what is paid."}
  declined: {default: 4%, min: 0, max: 1, help: "Share of payments that the bank declines."}
outputs:
  disk: {type: file, path: out.jsonl, exists: replace}
modules:
  cards: {generator: template, emit: {payment: 8, refund: 2}, rate: 400}
events:
  payment: {fields: {amount: "${round(spend * lognormal(1, 0.8), 2)}", approved: "${float(0, 1) >= declined}"}}
  refund: {fields: {reason: "${pick([damaged, late])}"}}
END

records() { look && [ "$(grep -c '^[│ ]* *{"\(amount\|reason\)"' screen)" -ge 3 ]; }
payments() { tail -n 400 out.jsonl | grep -c '"amount"'; }
mostly_refunds() { [ "$(payments)" -lt 100 ]; }

journey() {
	size=$1
	rm -f out.jsonl
	open "$size"
	text '"$FLUXDECK" console cards.yaml; echo "status $?"'
	keys Enter
	holds "$size: the desk opens" has '^.>▶ cards'
	keys Enter
	await has '^.>rate'
	keys Down
	holds "$size: the lens shows the field that the parameter moves" both '^.>spend' 'payment.amount  last [1-9]'
	holds "$size: made and promised stand beside each other" has ' p50 .*[0-9] .*[34][0-9]\.*[0-9]* │$'
	keys =
	await message 'cards.spend\|params.spend = '
	holds "$size: while one types there are the next records" records
	text 400
	holds "$size: and they are those of what is typed" shows 'next of cards at spend = 400'
	holds "$size: so is the promise" has 'at 400 EUR'
	keys BSpace BSpace BSpace
	text 4000
	holds "$size: what is no value is said before it is entered" shows 'spend must be 1 EUR to 1000 EUR, not 4000'
	keys Escape
	holds "$size: Esc leaves everything as it was" both '^.>spend  *40 EUR' 'changes of this module\|p25'
	keys Right Right
	holds "$size: a step is a step" has '^.>spend  *[4-9][0-9]\.*[0-9]* EUR'
	keys Down
	holds "$size: of a truth the shares" both '^.>declined' ' true  .*%  *9[0-9]\.[0-9]%'
	keys e
	holds "$size: e shows the next field" has 'refund.reason  last '
	keys r
	holds "$size: r the one before" has 'payment.approved  last '
	keys n
	holds "$size: n shows what comes next" both 'next of cards ' 'n closes'
	holds "$size: as records" records
	keys n
	holds "$size: n again closes it" hides 'next of cards'
	keys Down Down
	holds "$size: a weight is a fader, its lens the mix" both '^.>emit.refund' 'refund .*%  *20.0%'
	keys = 
	await message 'emit.refund = '
	text 72
	holds "$size: a weight that is typed is promised" has 'refund .*%  *90.0%'
	keys Enter
	holds "$size: entered it is made" await mostly_refunds
	keys u
	holds "$size: and undone" message 'undo cards.emit.refund 72 → 2'
	palette 'set emit.refund 32'
	await message 'cards.emit.refund = 32'
	palette 'preview cards spend=1 n=2'
	holds "$size: the palette previews, too" message '{"\(amount\|reason\)"'
	palette 'export tuned.yaml'
	holds "$size: what was tuned is a scenario" await grep -q 'emit: {"payment": "8", "refund": "32"}' tuned.yaml
	keys Q
	holds "$size: the run ends" has '^status 0$'
	holds "$size: that is sound" "$FLUXDECK" check tuned.yaml
}

journey 80x24
journey 140x40
finish
