#!/bin/sh
# Walking among entities: counts, table, filter, order, search; one of them whole; and changed by hand.
# shellcheck source=tests/journeys/lib.sh
. "$(dirname "$0")/lib.sh"

cat >shop.yaml <<'END'
scenario: shop
seed: 7
clock: {start: 2024-01-01T09:00:00Z}
outputs:
  disk: {type: file, path: out.jsonl}
modules:
  sales: {generator: flows, rate: 20}
events:
  Registered: {key: "${user_id}", fields: {user_id: "u-${sequence(101)}", plan: "${pick([free, pro], weights=[3, 1])}"}}
  Ordered:
    key: ${order_id}
    fields: {order_id: "o-${sequence()}", user_id: "${user.user_id}", total: "${random_int(10, 99)}"}
  Paid: {key: "${order.order_id}", fields: {order_id: "${order.order_id}", user_id: "${user.user_id}"}}
entities:
  user: {key: user_id, created_by: Registered, initial: 40, bar: plan, history: 20, state: {plan: {from: plan}, orders: 0, note: quiet}}
  order: {key: order_id, created_by: Ordered, keep: 100, state: {user_id: {from: user_id}, total: {from: total}, status: open}}
flows:
  buy:
    weight: 9
    select: {user: {where: "plan != 'gone'"}}
    steps:
      - emit: Ordered
        create: order
      - wait: 1s
      - emit: Paid
        add: {user.orders: 1}
        set: {order.status: paid}
  remind:
    select: {user: {lock: false}, order: {where: "status == 'paid' and user_id == user.user_id"}}
    steps:
      - set: {order.status: closed}
END

table() {
	keys 3
	holds "$size: 3 opens the entities" both '\[3 Entities\]' 'classes 2 '
	holds "$size: classes are counted, with their states" has '^│> user  *40 .*free █* *[0-9]*%'
	holds "$size: the first class is a table" both '┌─ user 40 ' '^│>.* u-101 '
	holds "$size: flows hold some" has '^│[ >]● u-1'
	keys '\'
	holds "$size: a filter says what it takes" message 'filter: ▏ .*orders > 3 and plan = pro'
	text 'orders >'
	holds "$size: what is not yet one says why" message 'something is missing here'
	text ' 0 & plan = pro'
	holds "$size: as people type it, it counts while one types" message ' [0-9]* pass'
	keys Enter
	holds "$size: none of the others is left" neither '^│[ >][ ●] u-1.* pro ' '^│[ >][ ●] u-1.* free '
	keys s
	await has 'sort by'
	keys Down Down Down Enter
	holds "$size: sorted by a field" has '▼orders'
	keys r
	holds "$size: and the other way round" has '▲orders'
	keys '\' C-u Enter
	keys s Enter
	holds "$size: all are there again" has '┌─ user 40 '
	keys /
	await message 'search a key: '
	text 133
	holds "$size: a search finds while one types" has '^│>.* u-133 '
	keys Enter
	keys '*'
	holds "$size: a pinned one stays above the list" has '^│\*.* user u-133 '
	keys d Down
	holds "$size: others are compared with it" has 'u-134 against u-133'
	keys d '{'
	holds "$size: the state of the one under the cursor" has '┌─ user u-133 *live'
	keys Right
	holds "$size: the next class" both '┌─ order ' '^│>.* o-'
	holds "$size: a pinned one of another class stays" has '^│\*.* user u-133 '
	keys Left
	await has '┌─ user 40 '
	place ' order  '
	click "$x" "$y"
	holds "$size: a click on a class shows it" has '┌─ order '
	place ' user  '
	click "$x" "$y"
	await has '┌─ user 40 '
	keys Enter
}

one() {
	palette 'look user u-105'
	holds "$size: one entity whole" both '┌─ user u-105 *live' '┌─ life and links'
	holds "$size: its history grows" has '┌─ history  [1-9]'
	holds "$size: its events are kept since it is looked at" both 'Ordered {' 'Paid {'
	holds "$size: what belongs to it" has '│ order  *o-[0-9]* *by user_id'
	keys '}'
	holds "$size: } goes to the next" has '┌─ user u-106 *live'
	keys y
	holds "$size: y says what it copied" message 'copied [0-9]* bytes: '
	holds "$size: as JSON" copied '{"user_id":"u-106","plan":"'
	palette 'look order o-20'
	holds "$size: an order names its user" has 'user  *u-[0-9]* *its user_id'
	keys Tab Tab Tab Enter
	holds "$size: Enter on a link opens it" has '┌─ user u-1'
	keys Escape
	holds "$size: Esc leads back to the list" both '\[3 Entities\]' '┌─ classes 2'
}

hands() {
	palette 'look user u-110'
	await has '┌─ user u-110 *live'
	keys Down Down Enter
	await message 'u-110 orders = '
	keys C-u
	text many
	keys Enter
	holds "$size: a value of another type is refused beside the field" message "= many.*orders must be a whole number"
	keys C-u
	text 500
	keys Enter
	holds "$size: then it is taken" message 'sales.entity edit user u-110 orders=500'
	holds "$size: and stands there" has 'orders *50[0-9]'
	holds "$size: its history says who did it" has 'by hand orders'
	keys u
	holds "$size: u takes it back" message 'undo sales.entity edit user u-110 orders='
	keys Up Enter
	holds "$size: a state offers the values that were seen" both '┌─ u-110 plan' 'another value'
	keys Down Down Enter
	await message 'u-110 plan = '
	keys C-u
	text gone
	keys Enter
	holds "$size: or another one" has 'plan *gone'
	keys Delete
	holds "$size: retiring asks, and shows the command" message 'retire it.*y: entity retire user u-110'
	keys y
	holds "$size: it is retired, and as it was last stays in sight" has '┌─ user u-110 *retired'
	keys u
	holds "$size: undo brings it back" has '┌─ user u-110 *live'
	holds "$size: with its state" has 'plan *gone'
	keys C
	await message 'clone u-110 as: '
	text u-new
	keys Enter
	holds "$size: a clone under a new key" message 'sales.entity clone user u-110 u-new'
	palette 'look user u-new'
	holds "$size: has the same state" both '┌─ user u-new *live' 'plan *gone'
	keys J
	holds "$size: the journal has it all" both 'sales.entity clone user u-110 u-new' 'sales.entity edit user u-110 orders=500'
	keys 3 P
	await row 1 HELD
	keys '\'
	text 'not available'
	keys Enter
	await has '^│>● u-'
	keys Enter
	holds "$size: who holds it, and what the flow does" both 'held *● buy' 'now *waits at step 2'
	keys R
	holds "$size: R takes it from the flow" both 'sales.entity release user u-' 'by nobody: available'
	keys u
	holds "$size: and undo gives it back" has 'held *● buy'
	keys P Escape '\' C-u Enter
	await hides HELD
	keys Right Right Right Right f
	holds "$size: the view can be frozen here, too" has FROZEN
	keys f
	await hides FROZEN
}

journey() {
	size=$1
	rm -f out.jsonl
	open "$size"
	text '"$FLUXDECK" console shop.yaml; echo "status $?"'
	keys Enter
	holds "$size: the desk opens" has '^.>▶ sales'
	table
	one
	# shellcheck disable=SC2119
	hands
	keys Q
	holds "$size: the run ends" has '^status 0$'
}

journey 80x24
journey 140x40
finish
