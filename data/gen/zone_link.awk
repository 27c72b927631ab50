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
	for (i = 1; i <= n; i++) {
		of[code[i]] = $1
		many[code[i]]++
	}
	next
}
FILENAME ~ /tzdata[.]zi$/ { if ($1 == "L") to[$3] = $2; next }
!($3 in zone) && !($3 in to) && many[$1] == 1 { to[$3] = of[$1] }
END {
	for (name in to) {
		target = to[name]
		while (!(target in zone) && target in to)
			target = to[target]
		if (target in zone && !(name in zone) && name ~ /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//)
			print name "\t" target
	}
}
