"""How long `provenance --help` takes from the shell, beside a bare interpreter and a peer's help."""

from __future__ import annotations

import argparse
import sys

from measuring import in_turn, provenance_command, report, run_process

ROUNDS = 15


def main() -> None:
    """Runs the three in turn and prints medians and ratios."""
    parser = argparse.ArgumentParser(description="Compare how fast command lines start.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    commands = {
        "provenance --help": provenance_command("--help"),
        "sqlite-utils --help": [sys.executable, "-m", "sqlite_utils", "--help"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    contenders = {name: lambda command=command: run_process(command) for name, command in commands.items()}
    report("Start", in_turn(contenders, given.rounds), unit="ms")


if __name__ == "__main__":
    main()
