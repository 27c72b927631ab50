# Completion of fluxdeck for fish. The program itself says what could stand where the cursor is.
function __fluxdeck_complete
	set -l words (commandline -opc)
	set -l last (commandline -ct)
	set -l program $words[1]
	set -e words[1]
	for line in ($program completion -- $words "$last" 2>/dev/null)
		if not string match -q ':files*' -- $line
			echo $line
			continue
		end
		set -l suffix (string replace -r '^:files ?' '' -- $line)
		set -l before (string match -r '^--[^=]*=' -- $last)
		for path in (__fish_complete_path (string replace -r '^--[^=]*=' '' -- "$last"))
			set -l name (string split -f 1 \t -- $path)
			if test -z "$suffix"; or string match -q -- "*$suffix" $name; or string match -q '*/' -- $name
				echo "$before$name"
			end
		end
	end
end
complete -c fluxdeck -f -a '(__fluxdeck_complete)'
