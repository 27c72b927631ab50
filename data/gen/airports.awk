# Airports by hand (airports.txt) with ICAO code and coordinates from the Debian package weather-util-data, and the offsets of their
# zones from the system's zone data. For maintainers, with gawk:
#   gawk -f data/gen/airports.awk <(zcat /usr/share/weather-util/airports.gz) <(zcat /usr/share/weather-util/stations.gz) \
#     data/gen/airports.txt > data/any/airport.tsv
function offset(zone, day,  cmd, text) {
	cmd = "TZ=" zone " date -d '" day " 12:00 UTC' +%z"
	cmd | getline text
	close(cmd)
	return (substr(text, 1, 1) == "-" ? -1 : 1) * (substr(text, 2, 2) * 60 + substr(text, 4, 2))
}
# The rule of summer time, by place. Morocco and Iran are as they are in winter; Mexico and Jordan have none since 2022.
function rule(zone, cc) {
	if (cc == "IL" || cc == "LB" || cc == "EG" || cc == "CL" || cc == "CU")
		return substr("IBGKH", index("IL LB EG CL CU", cc) / 3 + 1, 1)
	if (zone ~ /^Australia/)
		return "A"
	if (cc == "NZ")
		return "Z"
	return cc ~ /^(US|CA|MX)$/ ? "U" : "E"
}
BEGIN {
	print "# source: weather-util-data (NOAA, OurAirports: public domain) for codes and coordinates; names, zones, sizes own"
	print "# licence: ISC"
	print "# made by: data/gen/airports.awk from data/gen/airports.txt"
	print "# columns: 11"
	print "# weights: 2"
	print "# iata, weight, icao, name, city, country, size, latitude and longitude in 1/100 degree, zone, minutes east of UTC, rule of summer time"
}
FNR == 1 { file++ }
file < 3 && /^\[/ { key = toupper(substr($1, 2, length($1) - 2)) }
file == 1 && $1 == "station" { icao[key] = toupper($3) }
file == 2 && $1 == "location" {
	gsub(/[(),]/, "")
	lat[key] = $3 * 57.29577951308232
	lon[key] = $4 * 57.29577951308232
}
file == 3 && !/^#/ {
	split($0, f, "|")
	code = f[1] in icao ? icao[f[1]] : ""
	if (!(code in lat)) {
		print f[1] " " code " is not there" > "/dev/stderr"
		next
	}
	winter = offset(f[5], "2025-01-15")
	summer = offset(f[5], "2025-07-15")
	base = winter < summer ? winter : summer
	printf "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%s\t%d\t%s\n", f[1], f[7], code, f[2], f[3], f[4], f[6], \
		lat[code] * 100 + (lat[code] < 0 ? -0.5 : 0.5), lon[code] * 100 + (lon[code] < 0 ? -0.5 : 0.5), \
		f[5], base, winter == summer ? "N" : rule(f[5], f[4])
}
