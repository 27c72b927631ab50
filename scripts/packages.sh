# The Debian packages that fluxdeck needs; sourced by demo.sh and check.sh.
BUILD_PACKAGES='gcc make autoconf automake pkg-config autoconf-archive gzip mandoc
	libncurses-dev libuv1-dev libcjson-dev libyaml-dev libxxhash-dev librdkafka-dev zlib1g-dev libzstd-dev liblz4-dev'
TEST_PACKAGES='libcmocka-dev libvterm-dev clang libclang-rt-14-dev valgrind kcat xxhash xz-utils python3 tmux zsh fish'

# install PACKAGE...: what is missing of them, without asking and without starting servers.
install() {
	missing=
	for package in "$@"; do
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
	done
	[ -z "$missing" ] && return 0
	root=
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || { echo "please install:$missing" >&2; return 1; }
		root=sudo
	fi
	echo "installing:$missing" >&2
	# shellcheck disable=SC2086
	$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || {
		$root apt-get update -qq >/dev/null
		$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
	}
}
