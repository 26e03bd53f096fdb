"""The files of the seed and how they are read."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from provenance.core.errors import BadInput
from provenance.core.seed import seed_path as seed_path
from provenance.text.partial_dates import DateSpan, parse_partial_date

Value = TypeVar("Value")


def seed_digest(names: list[str]) -> str:
    """One digest over some of the seed's files."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\0" + (seed_path() / name).read_bytes())
    return digest.hexdigest()


class SeedRow:
    """A row of a seed file whose cells are read with the file and line at hand for complaints."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self.file = file
        self.line = line
        self.cells = cells

    def __getitem__(self, column: str) -> str:
        cell = self.get(column)
        if cell is None:
            raise self.complaint(f"{column} is empty")
        return cell

    def get(self, column: str) -> str | None:
        """The cell, None where it is empty."""
        if column not in self.cells:
            raise self.complaint(f"there is no column {column}")
        return self.cells[column].strip() or None

    def span(self, column: str) -> DateSpan:
        """The cell as a partial date, open on both sides where it is empty."""
        text = self.get(column)
        return DateSpan() if text is None else self.read(column, parse_partial_date)

    def values(self, column: str) -> list[str]:
        """The cell's parts, separated by semicolons."""
        return [part.strip() for part in (self.get(column) or "").split(";") if part.strip()]

    def read(self, column: str, reader: Callable[[str], Value]) -> Value:
        """The cell as the reader makes of it.

        Raises:
            BadInput: the reader raised ValueError.
        """
        try:
            return reader(self[column])
        except ValueError as error:
            raise self.complaint(f"{column}: {error}") from None

    def member(self, column: str, vocabulary: type[StrEnum]) -> StrEnum | None:
        """The cell as a member of a closed vocabulary, None where it is empty."""
        return None if self.get(column) is None else self.read(column, vocabulary)

    def complaint(self, reason: str) -> BadInput:
        """An error that names this row."""
        return BadInput(reason, file=self.file, line=self.line)


class SeedFile:
    """A seed file by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def rows(self) -> list[SeedRow]:
        """All rows in order."""
        with (seed_path() / self.name).open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            return [SeedRow(self.name, reader.line_num, row) for row in reader]
