#!/bin/sh
# usage: make_dist.sh BUILD_DIR DEST: installs a relocatable tree at DEST (libraries bundled) and packs DEST.tar.gz.
set -eu
build=$1
tree=$2

rm -rf "$tree" "$tree.tar.gz"
mkdir -p "$(dirname "$tree")"
cmake --install "$build" --prefix "$tree" --strip >/dev/null
cmake --install "$build" --prefix "$tree" --component bundle >/dev/null
# Same content, same bytes: entries sorted, owned by nobody, all of one date.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00Z' \
    -C "$(dirname "$tree")" -cf - "$(basename "$tree")" | gzip -6n >"$tree.tar.gz"
rm -rf "$tree"
echo "$tree.tar.gz"
