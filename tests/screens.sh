#!/bin/sh
# Golden screens: the console drawn without a terminal, compared as text. A difference is shown; with UPDATE=1 the pictures are
# made anew, and the change is reviewed as a difference of text.
# Each screen at four sizes, in UTF-8 and in ASCII; more pictures of what lies over them.
cases=$(for name in desk module outputs tail log journal help flows; do
	for size in 140x40 80x24 40x10 20x5; do
		echo "$name $size"
		echo "$name-ascii $size"
	done
done
for name in palette held form menu zoom marks filter present numbers cursor removed params funnel; do
	echo "$name 80x24"
done
for name in entities entity; do
	for size in 140x40 80x24 40x10 20x5; do
		echo "$name $size"
		echo "$name-ascii $size"
	done
done
for name in entities-found entities-filter entities-edit entities-menu entity-held entity-gone; do
	echo "$name 80x24"
done
for name in lens preview explain; do
	for size in 140x40 80x24 40x10; do
		echo "$name $size"
		echo "$name-ascii $size"
	done
done
for name in words weights; do
	echo "$name 140x40"
	echo "$name 80x24"
	echo "$name-ascii 80x24"
done
for name in palette form present funnel; do
	echo "$name 140x40"
done)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
XDG_CONFIG_HOME=$work/config
export XDG_CONFIG_HOME
echo "1..$(echo "$cases" | wc -l)"
n=0
echo "$cases" | while read -r name size; do
	n=$((n + 1))
	golden="$srcdir/tests/screens/$name.$size.txt"
	flags=
	scenario=$srcdir/tests/screens/demo.yaml
	case ${name%-ascii} in
	entit*) scenario=$srcdir/tests/screens/entities.yaml ;;
	params) scenario=$srcdir/tests/screens/params.yaml ;;
	lens | preview | words | weights) scenario=$srcdir/tests/screens/lens.yaml ;;
	explain | flows | funnel) scenario=$srcdir/tests/screens/flows.yaml ;;
	esac
	case $name in *-ascii) flags=--ascii ;; esac
	"$FLUXDECK" console "$scenario" --screen "$size" --keys "$srcdir/tests/screens/${name%-ascii}.keys" --dump $flags \
		>got 2>err </dev/null || cat err
	[ "${UPDATE:-0}" = 1 ] && cp got "$golden"
	if cmp -s got "$golden"; then
		echo "ok $n - $name at $size"
	else
		diff "$golden" got | head -20 | sed 's/^/# /'
		echo "not ok $n - $name at $size"
	fi
done
