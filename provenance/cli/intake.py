"""What every command that takes a file in has in common: progress, and a file for the rows it cannot use."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.sources.records import Rejected

Progress = Callable[[int], None]


@contextmanager
def progress(name: str) -> Iterator[Progress]:
    """A count of rows on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _rows: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,} rows"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda rows: bar.update(task, completed=rows)


def check_writable(target: Path) -> None:
    """Finds out before anything is imported; an import whose rejected rows get lost cannot be mended.

    A file that was not there is not there afterwards either.

    Raises:
        BadInput: the file cannot be written.
    """
    from provenance.core.errors import BadInput

    new = not target.exists()
    try:
        target.open("a", encoding="utf-8").close()
        if new:
            target.unlink()
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(target)) from None


def write_rejected(target: Path, rejections: Sequence[Rejected]) -> None:
    """Writes the rows that could not be used to a CSV, each with its line and reason.

    Raises:
        BadInput: the file cannot be written.
    """
    import csv

    from provenance.core.errors import BadInput

    names = list(dict.fromkeys(name for item in rejections for name in item.row))
    try:
        with target.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, ["line", "reason", *names], extrasaction="ignore")
            writer.writeheader()
            for item in rejections:
                writer.writerow({**item.row, "line": item.line, "reason": item.reason})
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(target)) from None
