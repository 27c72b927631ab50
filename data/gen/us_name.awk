# First and last names of the 1990 US Census, for maintainers, from the tables inside Debian's libtext-names-perl:
#   LC_ALL=C awk -v out=../en_US -f us_name.awk /usr/share/perl5/Text/Names.pm
# Lines hold one or more of: NAME percent cumulated rank. A table begins where the rank is 1: male, female, last names.
function cased(name,  s) {
	s = substr(name, 1, 1) tolower(substr(name, 2))
	if (s ~ /^Mc[a-z][a-z][a-z]/) s = "Mc" toupper(substr(s, 3, 1)) substr(s, 4)
	if (s in written) s = written[s]
	return s
}
BEGIN {
	n = split("O'Brien O'Connor O'Neal O'Neill O'Donnell O'Connell O'Keefe O'Hara O'Reilly DeLeon", w, " ")
	for (i = 1; i <= n; i++) { k = w[i]; gsub(/'/, "", k); k = substr(k, 1, 1) tolower(substr(k, 2)); written[k] = w[i] }
	written["Deleon"] = "De Leon"; written["Delacruz"] = "De la Cruz"; written["Dejesus"] = "De Jesus"
	file[1] = "first_name_m"; file[2] = "first_name_f"; file[3] = "last_name"
	for (i = 1; i <= 3; i++) {
		f = out "/" file[i] ".tsv"
		printf "# source: US Census Bureau, names of the 1990 census, as inside Debian libtext-names-perl\n# licence: public domain (work of the US government)\n" > f
		printf "# made by: data/gen/us_name.awk: name, thousandths of a percent, folded to ASCII\n# columns: 2\n# weights: 2\n" > f
	}
}
{
	for (i = 1; i + 3 <= NF; i += 4) {
		if ($i !~ /^[A-Z]+$/ || $(i + 1) !~ /^[0-9.]+$/ || $(i + 2) !~ /^[0-9.]+$/ || $(i + 3) !~ /^[0-9]+$/) next
		if ($(i + 3) == 1) {
			# The tables stand in the module in the order male, female, last.
			table++
		}
		if (table > 3) next
		if (seen[table, $i]++) continue
		if (table < 3 && ++count[table] > limit[table] && limit[table]) continue
		v = cased($i)
		a = tolower($i)
		printf "%s\t%d\t%s\n", v, $(i + 1) * 1000 + 0.5, a > (out "/" file[table] ".tsv")
	}
}
