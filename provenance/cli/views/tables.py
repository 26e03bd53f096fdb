"""Tables for people: columns that fit the window; no header, reference or part number breaks inside a word.

Only detail is hidden where the window is narrow. A table whose other columns do not fit is printed as
paragraphs, one a row, with every column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from provenance.cli.speech.language import said
from provenance.cli.speech.language import word as in_words
from provenance.cli.views.words import known, one_line
from provenance.text.folding import printable

QUALIFIERS = frozenset(
    (
        "asks", "attachment basis", "certain", "clock", "condition", "counted", "counterfeit kind", "current",
        "due", "kind", "listed", "marked", "outcome", "share", "side not stated", "since", "state", "status",
        "superseded by", "TLP", "until", "verification", "withdrawn", "withdrawn reason", "what",
    )
)  # fmt: skip
"""Headers of columns that change what their row says: whether it stands, since when, how surely, who may see
it. They are never hidden, whatever their view says."""

WORDS = frozenset(
    (
        "asks", "attachment basis", "authenticity", "basis", "category", "change", "class", "condition",
        "counterfeit kind", "credibility", "current", "direction", "event", "evidence class", "extent",
        "field", "grade", "identification", "item", "kind", "marking state", "meaning", "need", "outcome",
        "reliability", "role", "row", "side", "state", "status", "there", "verdict", "verification", "views",
        "what", "withdrawn",
    )
)  # fmt: skip
"""Headers of columns whose cells are words of the program, or several separated by commas."""

PHRASES = frozenset(
    (
        "",
        "clock",
        "due",
        "finding or note",
        "matched",
        "question",
        "read as",
        "reason",
        "shows",
        "since",
        "what changed",
    )
)
"""Headers of columns whose cells are sentences of the program, or have them beside what a person wrote."""

_GAP = 2
_SPARKS = "▁▂▃▄▅▆▇█"
_LONGEST_WHOLE = 32
"""The longest word that is never broken, in cells: longer than any part number or reference, shorter than
most addresses and every digest."""

_WORD = re.compile(r"\S+\s*")
_BROKEN = 16
"""The least width for a longer word, which is broken."""

_INDENT = "  "
_BRANCHES = "│├└─ \xa0"
"""What a line of a tree, or an indented one, begins with."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table for people: header, what to show of a row, and on which side.

    Where the window is too narrow for all columns, those with the highest ``yields`` are hidden first; one
    with 0 never is, nor one of `QUALIFIERS`.
    """

    header: str
    show: Callable[[Any], str]
    right: bool = False
    yields: int = 0

    @property
    def title(self) -> str:
        """The header in the language that is spoken."""
        return said(self.header)

    def cell(self, row: Any) -> str:
        """What is shown of a row; words of the program's own vocabularies in the language that is spoken."""
        shown = self.show(row)
        if self.header in WORDS:
            return ", ".join(map(in_words, shown.split(", ")))
        return said(shown) if self.header in PHRASES else shown

    @property
    def is_detail(self) -> bool:
        """Whether the row says the same without it."""
        return self.yields > 0 and self.header not in QUALIFIERS


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


def table(section: Section, width: int, *, hide: bool = True) -> tuple[Table | Text, list[str]]:
    """The section's rows in the columns that fit, and the headers of the hidden columns.

    Without ``hide`` every column is shown, however narrow the window is. Where the columns do not fit without
    breaking a header, a reference or a part number, each row is a paragraph with all of its columns.
    """
    cells = {id(column): [shown_text(column.cell(row)) for row in section.rows] for column in section.columns}
    shown, hidden = list(section.columns), list[str]()
    if hide:
        shown, hidden = _fitting_columns(section.columns, cells, width)
    widths = fitting_widths([(column.title, cells[id(column)]) for column in shown], width)
    if widths is None:
        return _paragraphs(section.columns, cells, width), []
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    if not any(column.header for column in shown):
        made.show_header = False
    for column, room in zip(shown, widths, strict=True):
        made.add_column(
            Text(column.title), justify="right" if column.right else "left", overflow="fold", width=room
        )
    for place in range(len(section.rows)):
        made.add_row(*(Text(cells[id(column)][place]) for column in shown))
    return made, hidden


def _paragraphs(columns: Sequence[Column], cells: dict[int, list[str]], width: int) -> Text:
    """Each row as a paragraph: its first cell, then its other cells under it, each after its header."""
    lines: list[str] = []
    for place in range(len(cells[id(columns[0])]) if columns else 0):
        first, *others = ((column.title, cells[id(column)][place]) for column in columns)
        said = "; ".join(f"{header}: {cell}" if header else cell for header, cell in others if cell)
        lines += wrapped(first[1], width, following=_INDENT)
        lines += wrapped(said, width, first=_INDENT, following=_INDENT)
    return Text("\n".join(lines), overflow="fold")


def wrapped(text: str, width: int, *, first: str = "", following: str = "") -> list[str]:
    """A text as lines of at most ``width`` cells, broken between words only; a longer word stays whole."""
    lines, line = list[str](), first
    bare = True
    for word in _WORD.findall(text.strip()):
        if not bare and cell_len(line) + cell_len(word.rstrip()) > width:
            lines.append(line.rstrip())
            line, bare = following, True
        line += word
        bare = False
    return lines if bare else [*lines, line.rstrip()]


def hanging(line: str, width: int) -> list[str]:
    """A line of an answer as lines that fit, each under the text of the first; branches of a tree go on."""
    if cell_len(line) <= width:
        return [line]
    text = line.lstrip(_BRANCHES)
    prefix = line[: len(line) - len(text)]
    following = prefix.replace("├", "│").replace("└", " ").replace("─", " ")
    return wrapped(text, width, first=prefix, following=following)


def _fitting_columns(
    columns: Sequence[Column], cells: dict[int, list[str]], width: int
) -> tuple[list[Column], list[str]]:
    """The columns to show and the headers of the others: the most dispensable are hidden first."""
    widths = {id(column): max(map(cell_len, (column.title, *cells[id(column)]))) + _GAP for column in columns}
    shown, hidden = list(columns), list[str]()
    for column in sorted(columns, key=lambda column: -column.yields):
        if column.is_detail and sum(widths[id(kept)] for kept in shown) > width + _GAP:
            shown.remove(column)
            hidden.append(column.title)
    return shown, hidden[::-1]


def fitting_widths(columns: Sequence[tuple[str, Sequence[str]]], width: int) -> list[int] | None:
    """How wide each column (a header and its cells) may be in a window, the widest shrinking first.

    Texts are broken between words; only words that are too long for any table, such as addresses, are broken
    themselves. None where even so the columns do not fit.
    """
    room = width - _GAP * len(columns)
    widths = [max(map(cell_len, (header, *cells))) for header, cells in columns]
    words = [max(map(cell_len, (*header.split(), *_words(cells))), default=1) for header, cells in columns]
    tight = [
        max((min(cell_len(word), _least(word)) for word in (*header.split(), *_words(cells))), default=1)
        for header, cells in columns
    ]
    for least in (words, tight):
        while sum(widths) > room and (
            able := [place for place, wide in enumerate(widths) if wide > least[place]]
        ):
            widths[max(able, key=lambda place: widths[place])] -= 1
    return widths if sum(widths) <= room else None


def _words(texts: Sequence[str]) -> set[str]:
    return {word for text in texts for word in text.split()}


def _least(word: str) -> int:
    """The least width for a word: its own, but for one that may be broken."""
    cells = cell_len(word)
    if cells == 2 * len(word):
        # Chinese and Japanese are written without spaces and may be broken anywhere.
        return 2 * min(len(word), 4)
    return _BROKEN if cells > _LONGEST_WHOLE or "://" in word else cells
