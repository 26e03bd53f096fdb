"""The file for rows that an import cannot use."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.records import Rejected


def check_writable(target: Path) -> None:
    """Checks before anything is imported: rejected rows that cannot be written would be lost.

    A file that did not exist does not exist afterwards either.

    Raises:
        BadInput: the file cannot be written.
    """
    new = not target.exists()
    try:
        target.open("a", encoding="utf-8").close()
        if new:
            target.unlink()
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(target)) from None


def write_rejected(target: Path, rejections: Sequence[Rejected]) -> None:
    """Writes rows that could not be used to a CSV, each with its line and reason.

    Raises:
        BadInput: the file cannot be written.
    """
    names = list(dict.fromkeys(name for item in rejections for name in item.row))
    try:
        with target.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, ["line", "reason", *names], extrasaction="ignore")
            writer.writeheader()
            for item in rejections:
                writer.writerow({**item.row, "line": item.line, "reason": item.reason})
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(target)) from None
