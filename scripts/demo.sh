#!/bin/sh
# Installs what is missing, builds, and opens the console on the built-in demo with its embedded Kafka broker. Without a terminal
# the same demo runs headless for 10 s and prints its summary.
set -e
cd "$(dirname "$0")/.."
. scripts/packages.sh
# shellcheck disable=SC2086
install $BUILD_PACKAGES
[ -x configure ] || autoreconf -fi >/dev/null 2>&1
mkdir -p build
cd build
[ -f Makefile ] || ../configure CFLAGS='-O2 -g' >configure.out
make -j"$(nproc)" fluxdeck >make.out 2>&1 || { tail -20 make.out >&2; exit 1; }
[ -n "$LC_ALL$LC_CTYPE$LANG" ] || export LC_ALL=C.UTF-8
if [ -t 0 ] && [ -t 1 ]; then
	exec ./fluxdeck console demo "$@"
fi
exec ./fluxdeck run demo --for 10s "$@"
