"""Spreadsheet files of any program as sheets of rows."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from provenance.sources.tables.marks import RawRow


class SheetName(NamedTuple):
    """A sheet's title, and whether a spreadsheet program hides it."""

    title: str
    hidden: bool = False


class Spreadsheet(Protocol):
    """An open spreadsheet file."""

    @property
    def names(self) -> list[SheetName]:
        """The sheets that can have cells, in order; chart sheets and macro sheets cannot."""
        ...

    def rows(self, title: str) -> Generator[RawRow, None, None]:
        """Every stored row of the sheet of that title, merged cells filled."""
        ...


class Opener(Protocol):
    """Opens spreadsheet files of one kind."""

    def __call__(self, file: Path) -> AbstractContextManager[Spreadsheet]:
        """The spreadsheet in a file, closed again afterwards.

        Raises:
            BadInput: it cannot be read, with the reason.
        """
        ...
