"""The header of a table: the row most of whose cells are known headers, wherever it stands.

Titles may stand above it, it may have several rows, and a row of column numbers may follow it. Without a row
of known headers the row that looks most like one is given, so that a refusal can name it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provenance.sources.tables.marks import RawRow

ROWS_LOOKED_AT = 64
"""Rows in which a header is looked for: no list has a longer preamble."""

_LONGEST_HEADER = 120
_MOST_ROWS = 3
_FEWEST_NUMBERS = 3

Known = Callable[[str], bool]
"""Whether a text is a known header."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its names by column, the line it begins in, the last line that belongs to it.

    ``rows`` are its rows as they stand, ``above`` the texts of the rows above it; ``known`` says how many
    names are known headers.
    """

    names: tuple[str, ...]
    line: int
    last_line: int
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    known: int = 0
    numbered: bool = False


def find_header(rows: Sequence[RawRow], known: Known, stated: int | None = None) -> Header | None:
    """The header among the first rows of a table; ``stated`` is its line if the user names it.

    None where no row has content, or the stated line is not one of them.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    places = {row.line: place for place, row in enumerate(filled)}
    if stated is not None:
        place = places.get(stated)
        return None if place is None else _header(filled, place, place, known)
    if not filled:
        return None
    place = _place(filled, known)
    last = place
    while last + 1 < len(filled) and last + 1 - place < _MOST_ROWS and _goes_on(filled, last, known):
        last += 1
    first = place
    if place and _has_repeats(filled[place]) and _is_group_row(filled[place - 1], filled[place]):
        first -= 1
    return _header(filled, first, last, known)


def _place(filled: Sequence[RawRow], known: Known) -> int:
    scores = [_score(row, known) for row in filled]
    for place, (hits, size) in enumerate(scores):
        if hits >= 2 and hits * 2 >= size:
            return place
    best = max(range(len(scores)), key=lambda place: scores[place][0])
    if scores[best][0] >= 2:
        return best
    likely = _likely(filled)
    alone = next((place for place, (hits, size) in enumerate(scores) if hits == size == 1), None)
    widest = max(size for _hits, size in scores)
    return alone if alone is not None and widest == 1 else likely


def _likely(filled: Sequence[RawRow]) -> int:
    """The first row with as many cells as most rows have."""
    sizes = [sum(1 for cell in row.cells if cell.strip()) for row in filled]
    usual = Counter(sizes).most_common(1)[0][0]
    return next(place for place, size in enumerate(sizes) if size >= min(usual, max(sizes)))


def _score(row: RawRow, known: Known) -> tuple[int, int]:
    """How many different texts of a row are known headers, and how many it has."""
    texts = {text for cell in row.cells if (text := one_line(cell))}
    if row.heading:
        return 0, len(texts)
    return sum(1 for text in texts if len(text) <= _LONGEST_HEADER and known(text)), len(texts)


def _goes_on(filled: Sequence[RawRow], last: int, known: Known) -> bool:
    """Whether the header has another row below this one."""
    row, below = filled[last], filled[last + 1]
    if below.heading or below.line != row.line + 1 or _texts(row) == _texts(below):
        return False
    hits, size = _score(below, known)
    return hits >= 1 and hits * 2 >= size and (hits >= 2 or _has_gaps(row) or _has_repeats(row))


def _is_group_row(above: RawRow, row: RawRow) -> bool:
    """Whether the row above groups the columns of a header, such as Exporter above Name and Country."""
    return above.line + 1 == row.line and not above.heading and len(set(filter(None, _texts(above)))) >= 2


def _header(filled: Sequence[RawRow], first: int, last: int, known: Known) -> Header:
    names = _texts(filled[first])
    for row in filled[first + 1 : last + 1]:
        names = _combined(names, _texts(row), known)
    numbered = last + 1 < len(filled) and _is_numbering(filled[last + 1])
    return Header(
        names=_named(names, filled[last + 1 :]),
        line=filled[first].line,
        last_line=filled[last + numbered].line,
        rows=tuple(tuple(row.cells) for row in filled[first : last + 1]),
        above=tuple(" ".join(dict.fromkeys(filter(None, _texts(row)))) for row in filled[:first]),
        known=sum(1 for name in set(names) if name and known(name)),
        numbered=numbered,
    )


def _combined(upper: Sequence[str], lower: Sequence[str], known: Known) -> tuple[str, ...]:
    """One name for each column of two header rows: the lower one, with the upper one where it is needed.

    It is needed where the lower one comes again, or where both are a known header ("Weapon" above "Model").
    """
    width = max(len(upper), len(lower))
    above, below = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    group = ""
    names = []
    for high, low in zip(above, below, strict=True):
        group = high or group
        if not low:
            names.append(high)
        elif group and group != low and (below.count(low) > 1 or known(f"{group} {low}")):
            names.append(f"{group} {low}")
        else:
            names.append(low)
    return tuple(names)


def _named(names: Sequence[str], below: Sequence[RawRow]) -> tuple[str, ...]:
    """The names; a column without one that has cells is called by its number, others at the end are none."""
    filled = {place for row in below for place, cell in enumerate(row.cells) if cell.strip()}
    width = max((place + 1 for place, name in enumerate(names) if name or place in filled), default=0)
    return tuple(name or f"column {place}" for place, name in enumerate(names[:width], start=1))


def _is_numbering(row: RawRow) -> bool:
    """Whether a row numbers the columns, as official forms do below the header."""
    texts = [text.strip("().") for text in _texts(row) if text]
    numbers = [int(text) for text in texts if text.isdecimal()]
    if len(numbers) != len(texts) or len(numbers) < _FEWEST_NUMBERS or numbers[0] != 1:
        return False
    return all(after - before == 1 for before, after in pairwise(numbers))


def _texts(row: RawRow) -> tuple[str, ...]:
    return tuple(map(one_line, row.cells))


def _has_gaps(row: RawRow) -> bool:
    return not all(_texts(row))


def _has_repeats(row: RawRow) -> bool:
    texts = [text for text in _texts(row) if text]
    return len(set(texts)) < len(texts)


def one_line(text: str) -> str:
    """A header's text on one line, without marks that nobody sees."""
    return " ".join(text.replace("\ufeff", "").replace("\u200b", "").replace("\u00ad", "").split())
