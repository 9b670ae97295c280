#!/bin/sh
# Fetches WordNet 3.0's word and exception lists (Debian package wordnet-base) into build/wordnet.
# usage: training/fetch_wordnet.sh
set -eu
cd "$(dirname "$0")"
mkdir -p build/download
(cd build/download && apt-get download wordnet-base=1:3.0-37)
dpkg -x build/download/wordnet-base_*.deb build/wordnet
