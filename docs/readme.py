"""Runs the README's console examples: `python docs/readme.py` writes their true output, `--check` compares.

A block after the line `<!-- needs the published list -->` uses the list that README names; it is run
where PROVENANCE_REAL_DATA, or a folder `shared/data` beside the checkout, holds it, and said to be
skipped where not.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
LIST_NAME = "gur_components.csv"
NEEDS_LIST = "<!-- needs the published list -->"
_BLOCK = re.compile(r"(?P<mark><!-- needs the published list -->\n)?```console\n(?P<body>.*?)```", re.DOTALL)


def real_list() -> Path | None:
    """The published list, where there is a copy at hand."""
    folder = Path(os.environ.get("PROVENANCE_REAL_DATA", ROOT.parent / "shared" / "data"))
    file = folder / "components" / LIST_NAME
    return file if file.is_file() else None


def rewritten(text: str) -> tuple[str, list[str]]:
    """The README with the output that its commands give now, and the blocks that were skipped."""
    skipped: list[str] = []
    published = real_list()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "docs").symlink_to(ROOT / "docs")
        if published:
            (place / LIST_NAME).symlink_to(published)

        def renew(match: re.Match[str]) -> str:
            mark = match["mark"] or ""
            if mark and not published:
                skipped.append(match["body"].splitlines()[0])
                return match[0]
            commands = [line[2:] for line in match["body"].splitlines() if line.startswith("$ ")]
            outputs = [f"$ {command}\n{_run(command, place)}" for command in commands]
            return f"{mark}```console\n{chr(10).join(outputs)}```"

        return _BLOCK.sub(renew, text), skipped


def _run(command: str, place: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "provenance", command
    environment = {
        **os.environ,
        "COLUMNS": "110",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
    }
    environment.pop("PROVENANCE_DB", None)
    done = subprocess.run(
        [sys.executable, "-m", "provenance", *words[1:]],
        cwd=place,
        env=environment,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    shown = done.stdout.replace(str(place.resolve()) + "/", "").replace(str(place) + "/", "")
    return "".join(line.rstrip() + "\n" for line in shown.splitlines())


def main() -> int:
    """Writes or checks; the exit code says whether the README is true."""
    before = README.read_text(encoding="utf-8")
    after, skipped = rewritten(before)
    for block in skipped:
        print(f"Skipped, the published list is not at hand: {block}", file=sys.stderr)
    if "--check" not in sys.argv[1:]:
        README.write_text(after, encoding="utf-8")
        return 0
    if before != after:
        print("README.md shows output that the program does not give. Run: make docs", file=sys.stderr)
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
