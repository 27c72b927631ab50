# Other names of time zones, for maintainers, from tzdata: links, and names that zone.tab has for a country whose clocks zone1970.tab
# tells by those of another. From data/gen; the rows behind the head are sorted:
#   LC_ALL=C awk -f zone_link.awk ../any/zone.tsv /usr/share/zoneinfo/tzdata.zi /usr/share/zoneinfo/zone.tab
BEGIN {
	print "# source: tzdata 2025b: links, zone.tab"
	print "# licence: public domain"
	print "# made by: data/gen/zone_link.awk: name, the zone of any/zone.tsv that it is"
	print "# columns: 2"
	print "# weights: 0"
}
/^#/ { next }
FILENAME ~ /zone[.]tsv$/ {
	zone[$1] = 1
	n = split($2, code, ",")
	for (i = 1; i <= n; i++)
		zones[code[i]] = zones[code[i]] " " $1
	next
}
FILENAME ~ /tzdata[.]zi$/ { if ($1 == "L") to[$3] = $2; next }
{ own[$1, $3] = 1 }
!($3 in zone) && !($3 in to) { country[$3] = $1 }
END {
	for (name in country) {  # the one zone of the country that zone.tab names otherwise
		n = split(zones[country[name]], of, " ")
		many = 0
		for (i = 1; i <= n; i++)
			if (!((country[name], of[i]) in own)) {
				many++
				last = of[i]
			}
		if (many == 1)
			to[name] = last
	}
	for (name in to) {
		target = to[name]
		while (!(target in zone) && target in to)
			target = to[target]
		if (target in zone && !(name in zone) && name ~ /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//)
			print name "\t" target
	}
}
