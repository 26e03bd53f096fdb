"""Long lists of numbers or texts, split to fit one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, between
from sqlalchemy.orm import InstrumentedAttribute

_MOST = 5_000


def chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers in their order, at most five thousand at a time."""
    for start in range(0, len(numbers), _MOST):
        yield numbers[start : start + _MOST]


def among(column: InstrumentedAttribute[int], numbers: Sequence[int]) -> Iterator[ColumnElement[bool]]:
    """Conditions under which a column holds one of some ascending, distinct numbers, each met by other rows.

    Numbers without a gap, as an import writes them, are asked for by the first and the last: a statement with
    thousands of numbers takes longer to prepare than to answer.
    """
    for some in chunks(numbers):
        without_gap = some[-1] - some[0] + 1 == len(some)
        yield between(column, some[0], some[-1]) if without_gap else column.in_(some)


def text_chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in their order, at most five thousand at a time."""
    for start in range(0, len(texts), _MOST):
        yield texts[start : start + _MOST]
