"""Start-up: `provenance --help` beside a bare interpreter and `sqlite-utils --help`, bytecode compiled."""

from __future__ import annotations

import sys
from functools import partial

from measuring import in_turn, provenance_command, report, run_process

ROUNDS = 9


def main() -> None:
    """Runs the three in turn and prints how long each takes."""
    contenders = {
        "provenance --help": partial(run_process, provenance_command("--help")),
        "python -c pass": partial(run_process, [sys.executable, "-c", "pass"]),
        "sqlite-utils --help": partial(run_process, [sys.executable, "-m", "sqlite_utils", "--help"]),
    }
    report("Start-up", in_turn(contenders, ROUNDS), "ms")


if __name__ == "__main__":
    main()
