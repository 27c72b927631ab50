#!/bin/sh
# The rules that a machine can keep: floors, banned calls, sizes of files and functions, first-line comments.
cd "$srcdir" || exit 1
n=0
claim() {
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		echo "$2" | head -20 | sed 's/^/# /'
		echo "not ok $n - $1"
	fi
}
sources='src ui generators outputs'
# Which folders a folder may include, beside its own and base.
floor() {
	dir=$1
	shift
	found=$(grep -rnE '^#include "' "$dir" --include='*.[ch]' | sed 's/\([^:]*:[0-9]*\):#include "\([^"]*\)"/\1 \2/' |
		awk -v allowed="$*" 'BEGIN { n = split(allowed, a, " ") } { ok = 0; for (i = 1; i <= n; i++) if (index($2, a[i]) == 1) ok = 1; if (!ok) print }')
	claim "$dir keeps to its floor" "$found"
}
floor src/base base/
floor src/core base/ core/
floor src/io base/ io/
floor src/value base/ value/ core/
floor src/entity base/ entity/ value/ core/
floor src/scenario base/ scenario/ entity/ value/ core/
floor ui base/ ui/ core/view.h core/control.h core/command.h core/rows.h io/loop.h
floor generators base/ generators/ entity/ value/ core/param.h core/schema.h core/event.h core/module.h core/view.h
floor outputs base/ outputs/ core/param.h core/schema.h core/encode.h core/block.h core/output.h io/
only() {
	pattern=$1
	where=$2
	claim "$pattern only in $where" "$(grep -rlE "#include <$pattern>" $sources --include='*.[ch]' | grep -vE "$where")"
}
only curses.h '^ui/curses.c$'
only yaml.h '^src/scenario/node.c$'
only 'librdkafka/.*' '^outputs/kafka'
only xxhash.h '^src/base/digest.c$'
only 'uv.h' '^src/io/|^outputs/'
claim 'banned calls are not used' "$(grep -rnwE '(strcpy|strcat|sprintf|strtok|atoi|atof|gets|gmtime|localtime|rand|random|system|alloca|setenv)\(' $sources --include='*.c')"
claim 'wall time comes from base/clock' "$(grep -rnE 'clock_gettime|gettimeofday|[^_a-z]time\(' $sources --include='*.c' | grep -v '^src/base/clock.c')"
claim 'events use base/mathx' "$(grep -rnE '[^a-z_x](exp|log|sin|cos|pow)\(' generators src/core/pace.c --include='*.c' | grep -vE ':[[:space:]]*(\*|/\*)')"
claim 'no file is longer than 600 lines' "$(wc -l $(find $sources tests bench -name '*.[ch]') | awk '$1 > 600 && $2 != "total"')"
claim 'no function is longer than 60 lines' "$(for f in $(find $sources -name '*.c'); do
	awk -v f="$f" '/^[a-z].*\)$/ { name = $0 } /^{/ { start = NR } /^}/ { if (start && NR - start > 62) print f ": " NR - start " lines: " name; start = 0 }' "$f"
done)"
claim 'every file begins with what it is' "$(for f in $(find $sources tests -name '*.[ch]' -not -name config.h); do head -1 "$f" | grep -q '^/\*' || echo "$f"; done)"
claim 'no trailing blanks, no spaces for indent' "$(grep -rnE '[ 	]+$|^    +[^ *]' $sources tests --include='*.[ch]' | head -5)"
claim 'house words' "$(grep -rniwE 'sink|plugin|widget_panel' $sources --include='*.h' | grep -v 'plugin.library' | head -5)"
compiles=$(for h in $(find $sources -name '*.h'); do
	echo "#include \"$h\"" | ${CC:-cc} -x c -std=gnu11 -D_GNU_SOURCE -fsyntax-only -Isrc -I. $(pkg-config --cflags libuv 2>/dev/null) - 2>&1 | head -2
done)
claim 'every header compiles alone' "$compiles"
claim 'every generator and output is in its table, its fragment and a test' "$(for f in market supermarket custom; do
	grep -q "generator_$f" generators/table.c && grep -q "$f.c" generators/local.mk && grep -rqlw "$f" tests/*.c tests/*.sh || echo "$f"
done; for f in null stdout file kafka; do grep -q "output_$f" outputs/table.c && grep -q "$f.c" outputs/local.mk && grep -rqlw "$f" tests/*.sh || echo "$f"; done)"
echo "1..$n"
