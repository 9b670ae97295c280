#!/bin/sh
# usage: make_dist.sh BUILD_DIR DEST: installs a relocatable tree at DEST (libraries bundled) and packs DEST.tar.gz.
set -eu
here=$(dirname "$0")
build=$1
tree=$2

rm -rf "$tree" "$tree.tar.gz"
mkdir -p "$(dirname "$tree")"
cmake --install "$build" --prefix "$tree" --strip >/dev/null
cmake --install "$build" --prefix "$tree" --component bundle >/dev/null

# libxml2 brings ICU, and ICU 31 MB of data that nothing here uses (no_icu_data.cpp says why).
for data in "$tree"/lib/kadesh/libicudata.so.*; do
    [ -f "$data" ] && [ ! -L "$data" ] || continue
    version=${data##*.so.}
    major=${version%%.*}
    rm -f "$data"
    "${CXX:-c++}" -std=c++20 -shared -fPIC -nostdlib -s -DICU_DATA="icudt${major}_dat" \
        -Wl,-soname,"libicudata.so.$major" -o "$data" "$here/no_icu_data.cpp"
done

# The licences of the libraries that travel along, as Debian's packages state them.
licences=$tree/share/doc/kadesh/licences
mkdir -p "$licences"
for library in "$tree"/lib/kadesh/*; do
    package=$(dpkg-query -S "*-linux-gnu/$(basename "$library")" 2>/dev/null | sed -n '1s/[:,].*//p')
    [ -z "$package" ] || cp "/usr/share/doc/$package/copyright" "$licences/$package"
done

# Same content, same bytes: entries sorted, owned by nobody, all of one date.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00Z' \
    -C "$(dirname "$tree")" -cf - "$(basename "$tree")" | gzip -6n >"$tree.tar.gz"
rm -rf "$tree"
echo "$tree.tar.gz"
