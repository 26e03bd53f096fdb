"""Tables for people: columns that fit the window, headers that never break inside a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from provenance.cli.views.words import known, one_line
from provenance.text.folding import printable

_GAP = 2
_REFERENCE = len("C-7K3M9-Q2X4H")
_SPARKS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table for people: header, what to show of a row, and on which side.

    Where the window is too narrow for all columns, those with the highest ``yields`` are hidden first; one
    with 0 never is.
    """

    header: str
    show: Callable[[Any], str]
    right: bool = False
    yields: int = 0


@dataclass(slots=True)
class Section:
    """A part of an answer for people: a title and either a table of rows or lines of text."""

    title: str
    rows: Sequence[Any] = ()
    columns: Sequence[Column] = ()
    lines: Sequence[str] = ()


def text(header: str, value: Callable[[Any], object], yields: int = 0) -> Column:
    """A column of texts; the unknown is a dash."""
    return Column(header, lambda row: known(value(row)), yields=yields)


def number(header: str, value: Callable[[Any], int | None], yields: int = 0) -> Column:
    """A column of numbers, aligned on the right; the unknown is a dash."""
    return Column(header, lambda row: known(value(row)), right=True, yields=yields)


def shown_text(value: str) -> str:
    """A text from the data as it may be shown: on one line, and nothing in it acts."""
    return printable(one_line(value))


def sparkline(counts: Sequence[int]) -> str:
    """Counts as a line of blocks, the tallest for the highest; empty where all are zero."""
    highest = max(counts, default=0)
    if not highest:
        return ""
    return "".join(" " if not count else _SPARKS[(count * len(_SPARKS) - 1) // highest] for count in counts)


def table(section: Section, width: int, *, hide: bool = True) -> tuple[Table, list[str]]:
    """The section's rows in the columns that fit, and the headers of the hidden columns.

    Without ``hide`` every column is shown, however narrow the window is.
    """
    cells = {id(column): [shown_text(column.show(row)) for row in section.rows] for column in section.columns}
    shown, hidden = list(section.columns), list[str]()
    if hide:
        shown, hidden = _fitting_columns(section.columns, cells, width)
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    widths = fitting_widths([(column.header, cells[id(column)]) for column in shown], width)
    for column, room in zip(shown, widths, strict=True):
        made.add_column(
            Text(column.header), justify="right" if column.right else "left", overflow="fold", width=room
        )
    for place in range(len(section.rows)):
        made.add_row(*(Text(cells[id(column)][place]) for column in shown))
    return made, hidden


def _fitting_columns(
    columns: Sequence[Column], cells: dict[int, list[str]], width: int
) -> tuple[list[Column], list[str]]:
    """The columns to show and the headers of the others: the most dispensable are hidden first."""
    widths = {
        id(column): max(map(cell_len, (column.header, *cells[id(column)]))) + _GAP for column in columns
    }
    shown, hidden = list(columns), list[str]()
    for column in sorted(columns, key=lambda column: -column.yields):
        if column.yields and sum(widths[id(kept)] for kept in shown) > width + _GAP:
            shown.remove(column)
            hidden.append(column.header)
    return shown, hidden[::-1]


def fitting_widths(columns: Sequence[tuple[str, Sequence[str]]], width: int) -> list[int]:
    """How wide each column (a header and its cells) may be in a window, the widest shrinking first.

    Texts are broken between words while that is enough; then cells within words longer than a reference,
    such as addresses; then cells within any word. Headers are never broken inside a word.
    """
    room = width - _GAP * len(columns)
    widths = [max(map(cell_len, (header, *cells))) for header, cells in columns]
    headers = [_longest_word([header]) for header, _cells in columns]
    words = [
        max(least, _longest_word(cells)) for least, (_header, cells) in zip(headers, columns, strict=True)
    ]
    tight = [
        max(least, word if word <= _REFERENCE else _REFERENCE // 2)
        for least, word in zip(headers, words, strict=True)
    ]
    for least in (words, tight, [max(word, 1) for word in headers]):
        while sum(widths) > room and (
            able := [place for place, wide in enumerate(widths) if wide > least[place]]
        ):
            widths[max(able, key=lambda place: widths[place])] -= 1
    return widths


def _longest_word(texts: Sequence[str]) -> int:
    return max((cell_len(word) for text in texts for word in text.split()), default=0)
