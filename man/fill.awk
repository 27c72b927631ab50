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
/^@COMMANDS@$/ { say(program " list commands --mdoc"); next }
{ print }
