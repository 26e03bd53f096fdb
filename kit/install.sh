#!/bin/sh
# Installs provenance from this folder, without a network:  sh install.sh [FOLDER]
# Встановлює provenance з цієї теки, без мережі:            sh install.sh [ТЕКА]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$HOME/provenance}

python=
for name in ${PROVENANCE_PYTHON:-} python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11, 3.12 or 3.13 is needed, and was not found." >&2
    echo "Потрібен Python 3.11, 3.12 або 3.13; його не знайдено." >&2
    exit 1
fi

"$python" "$here/check.py"

# Whatever is set up on this machine, nothing is fetched from anywhere but this folder.
export PIP_NO_INDEX=1 PIP_CONFIG_FILE=/dev/null
unset PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS PIP_CONSTRAINT PIP_REQUIRE_VIRTUALENV

mkdir -p "$target"
target=$(cd "$target" && pwd)
"$python" -m venv --clear --without-pip "$target/program"
for pip in "$here"/wheels/pip-*.whl; do :; done
"$target/program/bin/python" "$pip/pip" install --quiet --disable-pip-version-check --no-index \
    --find-links "$here/wheels" --only-binary :all: provenance

cat > "$target/provenance" <<END
#!/bin/sh
# The database and the evidence are in this folder too.
PROVENANCE_DB=\${PROVENANCE_DB:-$target/field.db} exec "$target/program/bin/provenance" "\$@"
END
chmod +x "$target/provenance"
"$target/provenance" init

echo
echo "Installed in $target. Next:"
echo "Встановлено в $target. Що далі:"
echo "  $target/provenance log recovery"
echo "  $target/provenance log photos /media/card"
echo "  $target/provenance --help"
