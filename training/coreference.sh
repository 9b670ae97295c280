#!/bin/sh
# Trains the coreference ranker and puts its sections into the model file; run again whenever the file was replaced.
# usage: training/coreference.sh [MODEL.kdm] [BUILD]      default: models/english.kdm, build/release
# Needs the program and coreference_train built in BUILD and the shared data (KADESH_SHARED, default ../shared).
set -eu
cd "$(dirname "$0")/.."
model=${1:-models/english.kdm}
build=${2:-build/release}
python=${PYTHON:-python3} # with numpy
out=training/build/coreference
cmake --build "$build" --target kadesh coreference_train kadesh_world >/dev/null
mkdir -p "$out"
"$python" training/coreference_words.py "$out/coref.words"
# The trees and names that the ranker will see: the model's own. Its chains, if it has any, are not looked at.
KADESH_MODEL=$model "$python" training/coreference_data.py --program "$build/bin/kadesh" --out "$out"
"$build/bin/coreference_train" --words "$out/coref.words" --out "$out" --seed 1 \
    --train "$out/train.gold.conllu" "$out/train.own.conllu" --dev "$out/dev.gold.conllu" "$out/dev.own.conllu"
"$python" training/add_section.py "$model" coref.weights f32 "$out/coref.weights"
"$python" training/add_section.py "$model" coref.words text "$out/coref.words"
"$python" training/add_section.py "$model" coref.config text "$out/coref.config"
for trees in gold own; do
    echo "GUM dev, $trees trees"
    "$python" tools/coreference_score.py "$out/dev.gold.conllu" "$out/dev.$trees.found.conllu" --genres
done
