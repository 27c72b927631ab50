# data/<locale>/<name>.tsv as C: a blob, offsets, weights. Header lines begin with '#'; `# columns: 3` and `# weights: 2` say how
# many cells a row has beside the weight, and which column (from 1) is the weight (0: none; default: none).
function quoted(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	gsub(/\?/, "\\?", s)
	return s
}
function finish(  i) {
	if (name == "")
		return
	printf "static const char %s_blob[] =\n", id
	for (i = 0; i < lines; i++)
		printf "\t\"%s\"\n", quoted(line[i])
	printf "\t\"%s\";\n", "                                "
	printf "static const uint32_t %s_offsets[] = {", id
	for (i = 0; i < cells; i++)
		printf "%s%d,", i % 16 ? " " : "\n\t", offset[i]
	printf "\n\t%d\n};\n", total
	if (weighted) {
		printf "static const uint32_t %s_weights[] = {", id
		for (i = 0; i < rows; i++)
			printf "%s%d,", i % 16 ? " " : "\n\t", weight[i]
		print "\n};"
	}
	printf "static const struct table %s = { .locale = \"%s\", .name = \"%s\", .blob = %s_blob, .offsets = %s_offsets,\n\t.weights = %s, .rows = %d, .columns = %d, .longest = %d };\n\n", \
		id, locale, name, id, id, weighted ? id "_weights" : "NULL", rows, columns, longest
	all[tables++] = id
}
BEGIN {
	FS = "\t"
	print "/* Made from the files of data/ by mktab.awk. */"
	print "#include \"value/table.h\"\n"
}
FNR == 1 {
	finish()
	n = split(FILENAME, part, "/")
	locale = part[n - 1]
	name = part[n]
	sub(/\.tsv$/, "", name)
	id = "t_" locale "_" name
	gsub(/[^A-Za-z0-9_]/, "_", id)
	rows = cells = total = longest = weighted = lines = 0
	columns = 1
}
/^# columns:/ { columns = substr($0, 12) + 0 }
/^# weights:/ { weighted = substr($0, 12) + 0 }
/^#/ || /^$/ { next }
{
	text = ""
	kept = 0
	for (i = 1; i <= columns + (weighted > 0); i++) {
		if (i == weighted) {
			weight[rows] = $i + 0
			continue
		}
		offset[cells++] = total
		text = text $i
		total += length($i)
		if (kept++ == 0 && length($i) > longest)
			longest = length($i)
	}
	line[lines++] = text
	rows++
}
END {
	finish()
	print "const struct table *const value_tables[] = {"
	for (i = 0; i < tables; i++)
		printf "\t&%s,\n", all[i]
	print "\tNULL\n};"
}
