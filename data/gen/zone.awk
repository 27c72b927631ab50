# Time zones, for maintainers, from tzdata: zone1970.tab, and the POSIX rule that ends each compiled file. From data/gen:
#   for z in $(awk '!/^#/ { print $3 }' /usr/share/zoneinfo/zone1970.tab); do echo "$z $(tail -n 1 /usr/share/zoneinfo/$z)"; done > rules
#   LC_ALL=C awk -f zone.awk rules /usr/share/zoneinfo/zone1970.tab > ../any/zone.tsv
BEGIN {
	print "# source: tzdata 2025b: zone1970.tab, POSIX rules of the compiled zones"
	print "# licence: public domain"
	print "# made by: data/gen/zone.awk: zone, countries, POSIX rule that holds now"
	print "# columns: 3"
	print "# weights: 0"
}
FNR == NR { rule[$1] = $2; next }
!/^#/ { print $3 "\t" $1 "\t" rule[$3] }
