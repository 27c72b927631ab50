#!/bin/sh
# Golden screens: the console drawn without a terminal, compared as text. A difference is shown; with UPDATE=1 the pictures are
# made anew, and the change is reviewed as a difference of text.
cases='desk 140x40
desk 80x24
desk 40x10
desk 20x5
module 140x40
module 80x24
module 40x10
log 80x24
help 80x24
help 140x40
palette 80x24
held 80x24
desk-ascii 80x24
module-ascii 80x24'
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
echo "1..$(echo "$cases" | wc -l)"
n=0
echo "$cases" | while read -r name size; do
	n=$((n + 1))
	golden="$srcdir/tests/screens/$name.$size.txt"
	flags=
	case $name in *-ascii) flags=--ascii ;; esac
	"$FLUXDECK" console "$srcdir/tests/screens/demo.yaml" --screen "$size" --keys "$srcdir/tests/screens/${name%-ascii}.keys" --dump $flags \
		>got 2>err </dev/null || cat err
	[ "${UPDATE:-0}" = 1 ] && cp got "$golden"
	if cmp -s got "$golden"; then
		echo "ok $n - $name at $size"
	else
		diff "$golden" got | head -20 | sed 's/^/# /'
		echo "not ok $n - $name at $size"
	fi
done
