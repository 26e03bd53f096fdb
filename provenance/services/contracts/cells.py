"""What a file's reader reports besides its records: how columns were read, and cells that hold no value."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.services.contracts.base import Contract
from provenance.sources.tables import CellProblem


class UnreadCell(Contract):
    """A cell that was not read as a value of its column: the field is unknown, the raw text has the cell.

    ``line`` is the row's line, of a workbook its row number; ``problem`` says why it is not a value.
    """

    line: int
    column: str
    text: str
    problem: str


def unread_cells(problems: Iterable[CellProblem]) -> tuple[UnreadCell, ...]:
    """The problems of a file's cells as results have them, by line."""
    return tuple(UnreadCell(**problem._asdict()) for problem in problems)
