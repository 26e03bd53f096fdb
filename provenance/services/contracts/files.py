"""What a user states about a file: where its table is, and how its text is encoded."""

from __future__ import annotations

from provenance.services.contracts.base import Contract
from provenance.sources.tables import TableOptions


class FileLayout(Contract):
    """Where the table of a file is; None leaves it to the program, which says what it found.

    ``header_row`` counts from 1; ``encoding`` is a name that Python knows, such as windows-1251.
    """

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None

    def options(self) -> TableOptions:
        """How to read the table."""
        return TableOptions(sheet=self.sheet, header_row=self.header_row, encoding=self.encoding)
