#!/bin/sh
# Installs what the build needs from Debian's own packages, and only what is missing: with everything there it does
# nothing and needs neither root nor a network.
#   scripts/bootstrap.sh          to build and run
#   scripts/bootstrap.sh test     and to run all tests (or: bench, tidy, format)
#   scripts/bootstrap.sh fuzz     and to build the fuzzers
set -eu

wanted="g++ make cmake ninja-build python3 pkg-config libhwy-dev libzstd-dev zlib1g-dev libxml2-dev libsimdjson-dev
        libcli11-dev libsqlite3-dev"
case "${1:-}" in
test) wanted="$wanted libgtest-dev clang-format" ;;
bench) wanted="$wanted libbenchmark-dev" ;;
tidy) wanted="$wanted libgtest-dev clang-tidy" ;;
format) wanted="$wanted clang-format" ;;
fuzz) wanted="$wanted clang libclang-rt-14-dev" ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "bootstrap: no Debian system; what Debian calls" $wanted "is taken to be there" >&2
    exit 0
fi

missing=""
for package in $wanted; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1; then
    as_root="sudo"
else
    echo "bootstrap: root is needed to install:$missing" >&2
    exit 1
fi

echo "bootstrap: installing$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing </dev/null
}
# The lists of packages may be old or absent: fetch them only when the first try fails.
if ! install >"$log" 2>&1; then
    if ! { $as_root apt-get update -q </dev/null && install; } >"$log" 2>&1; then
        cat "$log" >&2
        echo "bootstrap: could not install:$missing" >&2
        exit 1
    fi
fi
