#!/bin/sh
# Proves that migrations and seed travel in the wheel: installs it into an empty environment and runs
# it from another folder, where no checkout can lend it anything.
set -eu
python=${1:-python3}
wheel=$(ls "$PWD"/dist/provenance-*.whl)
constraints=$PWD/constraints.txt
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
"$python" -m venv "$empty/venv"
"$empty/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c "$constraints" "$wheel"
cd "$empty"
export PROVENANCE_DB="$empty/proof.db"
"$empty/venv/bin/provenance" init --sample
"$empty/venv/bin/provenance" top
echo "The wheel carries its migrations and its seed."
