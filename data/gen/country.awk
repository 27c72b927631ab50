# Countries, languages and subdivisions, for maintainers, from Debian's unicode-cldr-core 41. From data/gen:
#   C=/usr/share/unicode/cldr/common; LC_ALL=C awk -f country.awk country.txt zone.tsv $C/supplemental/supplementalData.xml $C/main/en.xml de.xml ...
# with zone.tsv of ../any; writes ../any/country.tsv and ../<locale>/country_name.tsv. Countries without a zone of their own
# in zone1970.tab have the zone that names them too.
function attr(name,  s) {
	if (!match($0, " " name "=\"[^\"]*\"")) return ""
	s = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
	return s
}
function head(f, what, columns, weights) {
	printf "# source: Unicode CLDR 41 (names, population, GDP), ISO 3166 codes; calling codes and adjectives by hand\n" > f
	printf "# licence: Unicode; own\n# made by: data/gen/country.awk: %s\n# columns: %d\n# weights: %d\n", what, columns, weights > f
}
FNR == 1 { file++; if (match(FILENAME, /[a-z]+\.xml$/)) lang = substr(FILENAME, RSTART, 2) }
file == 1 && !/^#/ {
	m = split($0, one, ";")
	for (i = 1; i <= m; i++) {
		code[++n] = substr(one[i], 1, 2)
		at[code[n]] = n
		rest = substr(one[i], 4)
		call[n] = substr(rest, 1, index(rest, " ") - 1)
		adj[n] = substr(rest, index(rest, " ") + 1)
	}
}
file == 3 && /<territoryCodes / { k = at[attr("type")]; if (k) { numeric[k] = attr("numeric"); alpha3[k] = attr("alpha3") } }
file == 3 && /<territory type=/ { k = at[attr("type")]; if (k) { gdp[k] = attr("gdp") / 1e6; people[k] = attr("population") / 1e3 } }
file > 3 && /<territory type=/ && !/alt=/ {
	k = at[attr("type")]
	if (k) { s = $0; sub(/^[^>]*>/, "", s); sub(/<.*/, "", s); gsub(/&amp;/, "\\&", s); name[lang, k] = s }
}
END {
	f = "../any/country.tsv"
	head(f, "code, thousands of people, three letters, numeric, GDP in millions, calling code, adjective", 6, 2)
	for (i = 1; i <= n; i++)
		printf "%s\t%d\t%s\t%s\t%d\t%s\t%s\n", code[i], people[i] < 1 ? 1 : people[i], alpha3[i], numeric[i], gdp[i] < 1 ? 1 : gdp[i], call[i], adj[i] > f
	split("en de fr es ja", l, " ")
	split("en_US de_DE fr_FR es_ES ja_JP", where, " ")
	for (j = 1; j <= 5; j++) {
		f = "../" where[j] "/country_name.tsv"
		head(f, "name, in the order of any/country.tsv", 1, 0)
		for (i = 1; i <= n; i++)
			print name[l[j], i] > f
	}
}
