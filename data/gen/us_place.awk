# US cities with their ZIP codes, for maintainers: us_city.txt joined with the gazetteer of Debian's weather-util-data.
#   zcat /usr/share/weather-util/places.gz > p; zcat /usr/share/weather-util/zctas.gz > z
#   LC_ALL=C awk -v out=../en_US -f us_place.awk us_city.txt p z
# A ZIP goes to the nearest place of its state, counted from the place's rim, and is kept when that is a listed city.
function degrees(x) { return x * 57.29577951308232 }
function head(f, columns, weights, what) {
	printf "# source: facts (names, sizes, counties, area codes, zones); Debian weather-util-data 2.4.4: Census Gazetteer 2022 (coordinates, ZIPs)\n" > f
	printf "# licence: own; ISC, its sources public domain\n# made by: data/gen/us_place.awk: %s\n# columns: %d\n# weights: %d\n", what, columns, weights > f
}
BEGIN {
	# The first three digits of a ZIP say the state; of the large cities, the city.
	n = split("201-201VA 350-369AL 995-999AK 850-865AZ 716-729AR 900-961CA 800-816CO 060-069CT 197-199DE 200-205DC 320-349FL 300-319GA 398-399GA 967-968HI 832-838ID 600-629IL 460-479IN 500-528IA 660-679KS 400-427KY 700-714LA 039-049ME 206-219MD 010-027MA 480-499MI 550-567MN 386-397MS 630-658MO 590-599MT 680-693NE 889-898NV 030-038NH 070-089NJ 870-884NM 100-149NY 270-289NC 580-588ND 430-459OH 730-749OK 970-979OR 150-196PA 028-029RI 290-299SC 570-577SD 370-385TN 750-799TX 840-847UT 050-059VT 220-246VA 980-994WA 247-268WV 530-549WI 820-831WY", w, " ")
	for (i = 1; i <= n; i++)
		for (j = substr(w[i], 1, 3) + 0; j <= substr(w[i], 5, 3) + 0; j++)
			if (!(j in state_of)) state_of[j] = substr(w[i], 8)
	n = split("NY/New York:10[012];CA/San Francisco:941;CA/Los Angeles:90[01];IL/Chicago:60[678];PA/Philadelphia:191;TX/Houston:770;TX/Dallas:752;TX/San Antonio:782;TX/Austin:787;TX/Fort Worth:761;TX/El Paso:799;DC/Washington:200;MA/Boston:02[12];WA/Seattle:981;MO/St. Louis:631;MO/Kansas City:641;TN/Nashville:372;TN/Memphis:381;CO/Denver:802;MN/Minneapolis:554;MN/St. Paul:551;FL/Miami:331;FL/Jacksonville:322;OH/Columbus:432;OH/Cleveland:441;OH/Cincinnati:452;IN/Indianapolis:462;GA/Atlanta:303;NC/Charlotte:282;AZ/Phoenix:850;CA/San Diego:921;CA/San Jose:951;CA/Sacramento:958;OR/Portland:972;NV/Las Vegas:891;OK/Oklahoma City:731;WI/Milwaukee:532;MD/Baltimore:212;NM/Albuquerque:871;AZ/Tucson:857;LA/New Orleans:701;KY/Louisville:402;NE/Omaha:681;PA/Pittsburgh:152;MI/Detroit:482;HI/Honolulu:968;NJ/Newark:071;NJ/Jersey City:073;NY/Buffalo:142;KS/Wichita:672;UT/Salt Lake City:841", w, ";")
	for (i = 1; i <= n; i++) {
		split(w[i], pair, ":")
		only[pair[1]] = "^" pair[2]
	}
}
FNR == 1 { file++; if (file == 1) n = 0 }
file == 1 {
	if (/^= /) { split($0, s, " "); state = s[2]; zone = s[3]; next }
	if (/^#/ || !/\|/) next
	split($0, f, "|")
	n++
	city[n] = f[1]; st[n] = state; people[n] = f[2]; county[n] = f[3]; area[n] = f[4]; tz[n] = f[5] == "" ? zone : f[5]
	key[state "/" f[1]] = n
	next
}
/^centroid/ {
	gsub(/[(),]/, " ")
	lat = degrees($3); lon = degrees($4)
}
/^\[/ { id = substr($0, 2, length($0) - 2) }
file == 2 && /^description/ {
	name = $0
	sub(/^description = /, "", name)
	where = substr(name, length(name) - 1)
	name = substr(name, 1, length(name) - 4)
	# Places have seven digits behind "fips", counties five and their subdivisions ten.
	if (id !~ /^fips[0-9][0-9][0-9][0-9][0-9][0-9][0-9]$/) next
	sub(/ (city|town|village|borough|CDP|municipality|urban county|metro government \(balance\)|metropolitan government \(balance\)|unified government \(balance\)|consolidated government \(balance\)|city \(balance\))$/, "", name)
	sub(/^Urban Honolulu$/, "Honolulu", name)
	sub(/^Boise City$/, "Boise", name)
	sub(/^Indianapolis.*/, "Indianapolis", name)
	sub(/^Nashville-Davidson.*/, "Nashville", name)
	sub(/^Louisville\/Jefferson.*/, "Louisville", name)
	sub(/^Lexington-Fayette.*/, "Lexington", name)
	sub(/^Augusta-Richmond.*/, "Augusta", name)
	sub(/^Athens-Clarke.*/, "Athens", name)
	sub(/^Macon-Bibb.*/, "Macon", name)
	sub(/^San Buenaventura.*/, "Ventura", name)
	k = key[where "/" name]
	if (name == "San Francisco" && where == "CA") { lat = 37.7749; lon = -122.4194 }        # the gazetteer's is out in the ocean
	if (name == "New York" && where == "NY") { lat = 40.7685; lon = -73.9800 }
	if (name == "Anchorage") { lat = 61.1950; lon = -149.8700 }
	if (k && (place_lat[k] == "" || $0 ~ /city/)) { place_lat[k] = lat; place_lon[k] = lon }
	m = ++places[where]
	p_lat[where, m] = lat; p_lon[where, m] = lon; p_city[where, m] = k
	next
}
file == 3 && /^zone/ {
	where = state_of[substr(id, 1, 3) + 0]
	best = far = 1e9
	at = 0
	if (where == "") next
	for (i = 1; i <= places[where]; i++) {
		y = lat - p_lat[where, i]; x = (lon - p_lon[where, i]) * 0.78
		# A disc of the city's people at 2500 a square kilometre; 2 km for the others, whose sizes the file does not say.
		k = p_city[where, i]
		r2 = k ? people[k] / 2.5 / 3.14 / 12321 : 0.0003
		if (k && !near[k] || x * x + y * y < near[k]) { near[k] = x * x + y * y; near_id[k] = id; near_at[k] = sprintf("%.4f\t%.4f", lat, lon) }
		if ((where "/" city[k]) in only) {
			# Wherever its centre is, a ZIP that only a city has is that city's, and no other is.
			if (id !~ only[where "/" city[k]]) continue
			r2 += 0.02
		}
		if (x * x + y * y - r2 < best) { best = x * x + y * y - r2; far = x * x + y * y; at = k }
	}
	# 0.135 degrees: 15 km.
	if (far < 0.135 * 0.135 && at) zip_of(st[at] "/" city[at])
}
function zip_of(name,  k) {
	k = key[name]
	if (zips[k] >= 30) return
	z_id[k, ++zips[k]] = id
	z_at[k, zips[k]] = sprintf("%.4f\t%.4f", lat, lon)
}
END {
	c = out "/city.tsv"; p = out "/postcode.tsv"
	head(c, 9, 2, "name, thousands of people, state, county, area codes, zone, latitude, longitude, postcodes (first:how many in postcode.tsv), romanised")
	head(p, 3, 0, "ZIP, latitude, longitude, in the order of city.tsv")
	for (i = 1; i <= n; i++) {
		if (!zips[i] && near[i] && near[i] < 0.135 * 0.135) { z_id[i, 1] = near_id[i]; z_at[i, 1] = near_at[i]; zips[i] = 1 }
		if (!zips[i]) { print "no ZIP: " city[i] ", " st[i] > "/dev/stderr"; continue }
		if (place_lat[i] == "") print "no place: " city[i] ", " st[i] > "/dev/stderr"
		printf "%s\t%d\t%s\t%s\t%s\t%s\t%.4f\t%.4f\t%s:%d\t\n", city[i], people[i], st[i], county[i], area[i], tz[i], place_lat[i], place_lon[i], z_id[i, 1], zips[i] > c
		for (j = 1; j <= zips[i]; j++)
			printf "%s\t%s\n", z_id[i, j], z_at[i, j] > p
	}
}
