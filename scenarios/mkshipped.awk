# Files as C: name, summary (the first comment line) and text of each, in an array. Their names are those of the files, or `names`.
function quoted(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	gsub(/\?/, "\\?", s)         # no trigraphs
	return s
}
function finish() {
	if (name != "")
		printf "\t\t\"\" },\n"
}
BEGIN {
	split(names, given, " ")
	print "/* Made from files by mkshipped.awk. */"
	print "#include \"cli/shipped.h\"\n"
	print "#include <stddef.h>\n"
	print "const struct shipped " array "[] = {"
}
FNR == 1 {
	finish()
	name = FILENAME
	sub(/^.*\//, "", name)
	sub(/\.yaml$/, "", name)
	if (names != "")
		name = given[++files]
	summary = $0
	sub(/^# */, "", summary)
	printf "\t{ \"%s\", \"%s\",\n", name, quoted(summary)
}
{ printf "\t\t\"%s\\n\"\n", quoted($0) }
END {
	finish()
	print "\t{ .name = NULL },\n};"
}
