"""Import of a list of components, beside tools that only pour the same file into a table.

Ours validates every row, resolves weapons, makers and parts, keeps the row's text, statements and
citation with all their indices, refreshes the columns that counts stand on, seals the audit chain and
commits with ``synchronous=FULL``. Theirs make one table of text, or of detected types. Each run is a
process of its own, started as a user would start it; a database with the reference data is prepared
beforehand and copied, and neither side is charged for that. The second import finds every row known.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from generate import write
from measuring import Taken, in_turn, provenance_command, report, run_process

ROWS = 100_000
ROUNDS = 5


def main() -> None:
    """Reads the command line, makes the file, runs the tools in turn."""
    parser = argparse.ArgumentParser(description="Compare imports of one file of twelve columns.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), given.rows, given.rounds)


def compare(folder: Path, rows: int, rounds: int) -> None:
    """Prints how long each tool takes for the same rows."""
    source = folder / "components.csv"
    write(source, rows)
    empty, full = folder / "empty.db", folder / "full.db"
    run_process(provenance_command("--db", str(empty), "init"))
    shutil.copy(empty, full)
    run_process(_ours(full, source))
    found = in_turn(_contenders(folder, source, empty, full), rounds)
    report(f"Import of {rows:,} rows of twelve columns", found)


def _ours(target: Path, source: Path) -> list[str]:
    return provenance_command(
        "--db", str(target), "import", "components", str(source), "--source", "invented", "--no-read",
    )  # fmt: skip


def _contenders(folder: Path, source: Path, empty: Path, full: Path) -> dict[str, Callable[[], Taken]]:
    target = folder / "target.db"
    ours = _ours(target, source)
    sqlite_utils = [sys.executable, "-m", "sqlite_utils", "insert", str(target), "t", str(source), "--csv"]
    contenders = {
        "provenance import": lambda: _fresh(target, ours, empty),
        "sqlite-utils insert --csv": lambda: _fresh(target, sqlite_utils),
        "… --no-detect-types": lambda: _fresh(target, [*sqlite_utils, "--no-detect-types"]),
        "provenance import, nothing new": lambda: _fresh(target, ours, full),
    }
    if shell := shutil.which("sqlite3"):
        plain = [shell, str(target), f".import --csv {source} t"]
        contenders["sqlite3 .import"] = lambda: _fresh(target, plain)
    return contenders


def _fresh(target: Path, command: Sequence[str], before: Path | None = None) -> Taken:
    for left in target.parent.glob(f"{target.name}*"):
        left.unlink()
    if before is not None:
        shutil.copy(before, target)
    return run_process(command)


if __name__ == "__main__":
    main()
