#!/usr/bin/env bash
# Installs what the tests need, builds with sanitizers and with each compiler, runs everything, and ends with a line
# `N passed, N failed, N skipped`.
cd "$(dirname "$0")/.." || exit 1
. scripts/packages.sh
failed_steps=0
step() {
	local name=$1
	shift
	echo "== $name"
	if ! "$@" >"$log/$name.out" 2>&1; then
		echo "step $name failed:"
		tail -15 "$log/$name.out"
		failed_steps=$((failed_steps + 1))
		return 1
	fi
}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
# Servers that come with packages are started by the tests, on their own ports, or not at all.
if [ "$(id -u)" -eq 0 ] && [ ! -e /usr/sbin/policy-rc.d ]; then
	printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
fi
# shellcheck disable=SC2086
install $BUILD_PACKAGES $TEST_PACKAGES || exit 1
root=$PWD
log=$(mktemp -d)
build=$(mktemp -d)
trap 'rm -rf "$log" "$build"' EXIT
jobs=$(nproc)
step autoreconf autoreconf -fi || exit 1

configure_and_make() {
	mkdir -p "$build/$1" && cd "$build/$1" || return 1
	shift
	"$root/configure" "$@" && make -j"$jobs"
}
# Tests that watch a terminal or a broker have the machine to themselves; the others share it.
alone='tests/pty_test tests/kafka.sh tests/runs.sh'
for journey in first wiring looking ground tuning; do alone="$alone tests/journeys/$journey.sh"; done
check_in() {
	cd "$build/$1" || return 1
	beside=
	for t in $(make -s list-tests); do
		case " $alone " in *" $t "*) ;; *) beside="$beside $t" ;; esac
	done
	make -j"$jobs" check TESTS="$beside" && make check TESTS="$alone"
}
check_alone() {
	cd "$build/$1" || return 1
	make check TESTS="$alone tests/screens.sh"
}
# Kafka's jars are kept between runs where there is a place for it.
export FLUXDECK_CACHE=${FLUXDECK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fluxdeck/kafka}
mkdir -p "$FLUXDECK_CACHE" 2>/dev/null || unset FLUXDECK_CACHE

# 1. Everything, with address and undefined-behaviour sanitizers.
export ASAN_OPTIONS=detect_leaks=1:exitcode=99 UBSAN_OPTIONS=print_stacktrace=1
step build-sanitized configure_and_make sanitized --enable-werror --enable-sanitizers CFLAGS='-O1 -g' &&
	step check-sanitized check_in sanitized
# 2. As users build it: the terminal and Kafka tests again at full speed; clang; every optional part left out.
unset ASAN_OPTIONS UBSAN_OPTIONS
step build-plain configure_and_make plain --enable-werror CFLAGS='-O2 -g' &&
	step check-plain check_alone plain
step build-clang configure_and_make clang CC=clang --enable-werror CFLAGS='-O1'
step build-bare configure_and_make bare --enable-werror --without-kafka --without-zlib --without-zstd --without-lz4 CFLAGS='-O1'
# 3. Valgrind on the units, a minute of fuzzing where asked for, and the tarball.
valgrind_units() {
	cd "$build/plain" || return 1
	make check TESTS='' && for t in tests/test_core tests/test_engine tests/test_ui tests/test_supermarket; do
		valgrind -q --error-exitcode=9 --leak-check=full "$t" >/dev/null || return 1
	done
}
step valgrind valgrind_units
fuzz() {
	configure_and_make fuzz CC=clang --enable-fuzz --enable-sanitizers CFLAGS='-O1 -g' || return 1
	for t in yaml keys command line filter expr template; do
		mkdir -p "found-$t"
		tests/fuzz/fuzz_$t -max_total_time="${FUZZ_SECONDS:-10}" -timeout=10 -rss_limit_mb=2048 "found-$t" "$root/tests/fuzz/corpus/$t" || return 1
	done
}
step fuzz fuzz
distribution() {
	cd "$build/plain" && make -j"$jobs" distcheck TESTS='tests/test_core tests/test_ui tests/screens.sh tests/cli.sh'
}
step distribution distribution

# why LOG: what a test said of the claims that failed: the claim, and the notes and the screen behind it; else its last words.
why() {
	awk '/^not ok/ { told = 1; left = 12 } /^ok/ { left = 0 } !/^(FAIL:|# *\|? *$)/ && left-- > 0 { print "    " $0 }
		{ last[NR % 20] = $0 } END { for (i = NR - 19; !told && i <= NR; i++) if (i > 0) print "    " last[i % 20] }' "$1" | head -40
}
passed=0 failed=0 skipped=0
while read -r file; do
	passed=$((passed + $(grep -c '^:test-result: PASS' "$file")))
	failed=$((failed + $(grep -cE '^:test-result: (FAIL|ERROR|XPASS)' "$file")))
	skipped=$((skipped + $(grep -c '^:test-result: SKIP' "$file")))
	grep -E '^:test-result: (FAIL|ERROR|SKIP)' "$file" | sed "s|^:test-result: |$(basename "$file" .trs): |"
	grep -qE '^:test-result: (FAIL|ERROR)' "$file" && why "${file%.trs}.log"
done < <(find "$build" -name '*.trs')
passed=$((passed + 8 - failed_steps))
failed=$((failed + failed_steps))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
