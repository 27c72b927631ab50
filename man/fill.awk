# Replaces a line @NAME@ by what the program says of itself.
function say(command,  line) {
	while ((command | getline line) > 0)
		print line
	close(command)
}
/^@GENERATORS@$/ { say(program " list generators --mdoc"); next }
/^@OUTPUTS@$/ { say(program " list outputs --mdoc"); next }
/^@CLOCK@$/ { say(program " list clock --mdoc"); next }
/^@KEYS@$/ { say(program " list keys --mdoc"); next }
# A golden screen, as it stands; a dot or a quote at the beginning of a line would be a request, a backslash an escape.
/^@SCREEN .*@$/ {
	file = screens "/" substr($2, 1, length($2) - 1) ".txt"
	print ".Bd -literal"
	while ((getline line < file) > 0) {
		gsub(/\\/, "\\e", line)
		sub(/ *$/, "", line)
		print "\\&" line
	}
	close(file)
	print ".Ed"
	next
}
/^@VALUES@$/ { say(program " list values --mdoc"); next }
/^@MODIFIERS@$/ { say(program " list modifiers --mdoc"); next }
/^@FUNCTIONS@$/ { say(program " list functions --mdoc"); next }
/^@COMMANDS@$/ { say(program " list commands --mdoc"); next }
{ print }
