"""Start-up: `--help` and an answer beside a bare interpreter and `sqlite-utils --help`, bytecode compiled."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from measuring import in_turn, provenance_command, report, run_process

ROUNDS = 9


def main() -> None:
    """Runs all in turn and prints how long each takes; the answer is of the sample."""
    with tempfile.TemporaryDirectory() as folder:
        database = ("--db", str(Path(folder) / "sample.db"))
        run_process(provenance_command(*database, "init", "--sample"))
        contenders = {
            "provenance --help": partial(run_process, provenance_command("--help")),
            "python -c pass": partial(run_process, [sys.executable, "-c", "pass"]),
            "sqlite-utils --help": partial(run_process, [sys.executable, "-m", "sqlite_utils", "--help"]),
            "provenance top": partial(run_process, provenance_command(*database, "top")),
        }
        report("Start-up", in_turn(contenders, ROUNDS), "ms")


if __name__ == "__main__":
    main()
