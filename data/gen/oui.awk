# For maintainers: prefixes of the vendors with most of them, from oui.csv of the Debian package ieee-data.
# LC_ALL=C awk -f data/gen/oui.awk /usr/share/ieee-data/oui.csv /usr/share/ieee-data/oui.csv > data/any/oui.tsv
function vendor(  s) {
	s = substr($0, 13)
	sub(/^"[^"]*"/, "", s)
	s = substr($0, 13)
	if (substr(s, 1, 1) == "\"") {
		s = substr(s, 2)
		sub(/".*/, "", s)
	} else {
		sub(/,.*/, "", s)
	}
	sub(/[, ]*(Inc|INC|Ltd|LTD|LLC|Corporation|Corp|Corporate|Co)[.,].*$/, "", s)
	sub(/[, ]*(Inc|INC|Ltd|LTD|LLC|Corporation|Corp|Corporate|CO|Co|GmbH|AG|AB|B\.V)\.?$/, "", s)
	sub(/[, .]+$/, "", s)
	return s
}
!/^MA-L,[0-9A-F]/ { next }
NR == FNR {
	count[vendor()]++
	next
}
FNR == 1 || !begun {
	if (!begun) {
		print "# source: IEEE OUI registry, Debian ieee-data 20220827"
		print "# licence: no copyright claimed"
		print "# made by: data/gen/oui.awk"
		print "# columns: 2"
	}
	begun = 1
}
{
	v = vendor()
	# More than 90 prefixes, the first 12 of each, never a multicast or local one.
	if (count[v] > 90 && kept[v] < 12 && v !~ /[^ -~]|Private|IEEE/ && length(v) < 40 && index("048C", substr($0, 7, 1))) {
		kept[v]++
		printf "%s:%s:%s\t%s\n", tolower(substr($0, 6, 2)), tolower(substr($0, 8, 2)), tolower(substr($0, 10, 2)), v
	}
}
