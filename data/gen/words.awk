# For maintainers: the commonest English words from SCOWL (Debian package scowl) as a table.
# LC_ALL=C awk -f data/gen/words.awk /usr/share/dict/scowl/english-words.10 /usr/share/dict/scowl/american-words.10 > data/en_US/word.tsv
BEGIN {
	print "# source: SCOWL 2020.12.07, size 10"
	print "# licence: SCOWL (permissive notice, see NOTICES)"
	print "# made by: data/gen/words.awk"
	print "# columns: 1"
	n = split("bitch crap damn hell kill killed killing nazi nude rape sex sexual shit suicide whore", a, " ")
	for (i = 1; i <= n; i++)
		out[a[i]] = 1
	# What is British in the list that all have, and what stands there instead.
	n = split("analogue analogy crisps crispy lorries pickups lorry pickup petrol petroleum whilst meanwhile", a, " ")
	for (i = 1; i < n; i += 2)
		american[a[i]] = a[i + 1]
}
$0 in american { $0 = american[$0] }
/^[a-z][a-z]+$/ && length($0) <= 14 && !($0 in out) && !seen[$0]++
