# What the scripts of tests say, in TAP. To be sourced, before the folder is changed.
n=0
bad=0

ok() { n=$((n + 1)); echo "ok $n - $1"; }
skip() { n=$((n + 1)); echo "ok $n # SKIP $1"; }
# failed CLAIM NOTE...
failed() {
	n=$((n + 1))
	bad=$((bad + 1))
	echo "not ok $n - $1"
	shift
	for line in "$@"; do echo "# $line"; done
}
# claim STATUS CLAIM
claim() { if [ "$1" = 0 ]; then ok "$2"; else failed "$2"; fi; }
# What failed shows beside its notes is each script's own.
not_ok() { failed "$@"; }
# holds CLAIM COMMAND...: the claim is true when the command succeeds.
holds() {
	claim=$1
	shift
	if "$@"; then ok "$claim"; else not_ok "$claim" "failed: $*"; fi
}
