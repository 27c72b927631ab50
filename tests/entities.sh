#!/bin/sh
# Entities looked at and changed by hand: what is looked at changes no byte, what is changed can be played again to the same bytes.
# shellcheck source=tests/tap.sh
. "$srcdir/tests/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
XDG_CONFIG_HOME=$work/config
export XDG_CONFIG_HOME
sed 's/bus: {type: "null", hash: true}/bus: {type: file, path: out.jsonl}/' "$srcdir/tests/screens/entities.yaml" >shop.yaml

# driven KEYS: a console with these keys; what it wrote is in one.jsonl.
driven() {
	rm -f out.jsonl
	echo "$1" >keys
	"$FLUXDECK" console shop.yaml --screen 100x30 --keys keys --dump >screen 2>err </dev/null
	mv out.jsonl one.jsonl
}
# ran SCENARIO: the same for longer than a console was open, at full speed; what it wrote is in two.jsonl.
ran() {
	rm -f out.jsonl
	"$FLUXDECK" run "$1" --speed max --for 40s >/dev/null 2>err </dev/null
	mv out.jsonl two.jsonl
}
begins_alike() { [ -s one.jsonl ] && head -c "$(wc -c <one.jsonl)" two.jsonl | cmp -s - one.jsonl; }
differs() { ! begins_alike; }
# said LINE...: what line mode answers, in the file said.
said() {
	for line in "$@" bye; do echo "$line"; done >lines
	rm -f out.jsonl
	# Lines come when the run is under way.
	(
		tries=0
		until [ -s out.jsonl ] || [ $((tries += 1)) -gt 200 ]; do sleep 0.05; done
		cat lines
	) | "$FLUXDECK" console shop.yaml --ui line >/dev/null 2>said
}
says() { grep -qF -e "$1" said; }

driven '+3s 3 +1s * Down d s Down Down Down Enter \ "orders > 0 & plan = free" Enter / "101" Enter n Enter +2s } } c Tab Tab Tab +3s 3 l l +5s'
ran shop.yaml
holds 'with the screens of entities open the bytes are the same' begins_alike
holds 'the screens were open' grep -q 'order ' screen

driven '+3s : "entity edit user u-1001 orders=9 name=Zoe" Enter +2s : "entity retire user u-1002" Enter +1s u +2s : "entity clone user u-1003" Enter
: "entity release user u-1005" Enter : "entity edit user u-1006 plan=pro" Enter +1s u +3s U +4s : "entity edit user u-1003 seen=null" Enter
+2s : "export tuned.yaml timeline" Enter'
holds 'hands change what comes' differs
ran tuned.yaml
holds 'exported as a timeline they give the same bytes' begins_alike
holds 'the timeline has the edit' grep -q 'set: sales.entity, to: "edit user u-1001 orders=9 name=Zoe"' tuned.yaml
cp one.jsonl kept
driven '+6s : "set sales.rate 9" Enter : "entity edit user u-1053 orders=9" Enter +24s u dump u'
holds 'what a flow has retired cannot be taken back' grep -q "undo: there is no user 'u-1053'" screen
holds 'the next undo goes on with what came before' grep -q 'undo sales.rate 9 → 8' screen
mv kept one.jsonl
holds 'the timeline has what undo did' grep -q 'to: "make user u-1002 ' tuned.yaml

said 'entities' 'entity edit user u-1001 orders=5 "name=Ann B"' 'entity show user u-1001' undo 'entity show user u-1001' redo 'entities user orders > 4' \
	'entity clone user u-1001 "u 7"' 'entity retire user "u 7"' undo 'entities user u 7' 'entities user name = nobody' journal
holds 'classes are counted' says 'product  24 total  24 available  0 busy  created 24  retired 0'
holds 'an edit is an answer' says 'sales.entity edit user u-1001 orders=5 name="Ann B"'
holds 'the entity is changed' says '"name":"Ann B","plan":'
holds 'its history says who did it' says 'by hand  name '
holds 'undo takes it back' says 'undo sales.entity edit user u-1001 orders=0 name='
holds 'a filter lists' says '"orders":5,'
holds 'a key may have blanks' says 'sales.entity clone user u-1001 "u 7"'
holds 'undo brings back what was retired' says 'undo sales.entity make user "u 7" '
holds 'where there is none it says so' says 'none'
said 'entity edit user u-1001 orders=many' 'entity edit usr u-1 a=1' 'entity show user u-9' 'entities user orders >' 'entities usr' 'entity' lock \
	'entity retire user u-1001' 'entity show user u-1001'
holds 'a value of another type is refused' says 'orders must be a whole number or null, not '"'many'"
holds 'an unknown class is refused' says "there is no entity 'usr'; did you mean 'user'?"
holds 'an unknown key is refused' says "there is no user 'u-9'"
holds 'a filter that is none is refused' says 'something is missing here'
holds 'locked, nothing is changed' says 'locked; `unlock` allows changes again'
holds 'locked, it can be looked at' says '"user_id":"u-1001"'
sed '/^entities:/,$d; s/generator: flows, rate: 8/generator: custom, value: 7, rate: 8/; /^events:/,$d' shop.yaml >plain.yaml
mv plain.yaml shop.yaml
said 'entities' 'entity retire user u-1'
holds 'without flows it says that there are none' says 'there are no entities: no module runs flows'
echo "1..$n"
exit $((bad > 0))
