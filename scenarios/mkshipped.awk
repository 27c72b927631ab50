# Scenario files as C: name, summary (the first comment line) and text of each.
function quoted(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	return s
}
function finish() {
	if (name != "")
		printf "\t\t\"\" },\n"
}
BEGIN {
	print "/* Made from the files of scenarios/ by mkshipped.awk. */"
	print "#include \"cli/shipped.h\"\n"
	print "#include <string.h>\n"
	print "const struct shipped shipped_scenarios[] = {"
}
FNR == 1 {
	finish()
	name = FILENAME
	sub(/^.*\//, "", name)
	sub(/\.yaml$/, "", name)
	summary = $0
	sub(/^# */, "", summary)
	printf "\t{ \"%s\", \"%s\",\n", name, quoted(summary)
}
{ printf "\t\t\"%s\\n\"\n", quoted($0) }
END {
	finish()
	print "\t{ .name = NULL },\n};\n"
	print "const struct shipped *shipped_find(const char *name)\n{"
	print "\tfor (const struct shipped *s = shipped_scenarios; s->name; s++)"
	print "\t\tif (strcmp(s->name, name) == 0)\n\t\t\treturn s;\n\treturn NULL;\n}"
}
