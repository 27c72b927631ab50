# Codes of ISO 3166-2, for maintainers, from Debian's unicode-cldr-core 41. From data/gen:
#   LC_ALL=C awk -f subdivision.awk country.txt /usr/share/unicode/cldr/common/validity/subdivision.xml > ../any/subdivision.tsv
BEGIN {
	for (i = 32; i < 127; i++) { order = order sprintf("%c", i) }
	print "# source: Unicode CLDR 41 (validity of subdivisions)\n# licence: Unicode\n# made by: data/gen/subdivision.awk: codes of ISO 3166-2, sorted\n# columns: 1\n# weights: 0"
}
function put(s) { if (toupper(substr(s, 1, 2)) in known) print toupper(substr(s, 1, 2)) "-" toupper(substr(s, 3)) }
FNR == NR && !/^#/ { m = split($0, one, ";"); for (i = 1; i <= m; i++) known[substr(one[i], 1, 2)] = 1; next }
/<id type='subdivision'/ { on = /idStatus='regular'/; next }
/<\/id>/ { on = 0 }
on {
	for (i = 1; i <= NF; i++) {
		t = index($i, "~")
		if (!t) { put($i); continue }
		stem = substr($i, 1, t - 2)
		last = substr($i, t + 1)
		for (j = index(order, substr($i, t - 1, 1)); j <= index(order, last); j++)
			put(stem substr(order, j, 1))
	}
}
