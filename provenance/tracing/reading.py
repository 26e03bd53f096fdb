"""Columns of large tables into arrays: each value as a number, each distinct value worked out once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Select
from sqlmodel import Session

from provenance.tracing.network import Numbers

_TOGETHER = 100_000

NOTHING = 0
"""Stands for an unknown part, lot, component or customs code; no number of one is zero."""

Coding = Callable[[Any], int]


class Days(dict[date | None, int]):
    """The ordinal of each day; filled as days turn up, for the same ones turn up again and again."""

    def __init__(self, unknown: int) -> None:
        super().__init__({None: unknown})

    def __missing__(self, day: date | None) -> int:
        assert day is not None
        self[day] = number = day.toordinal()
        return number


class Numbering(dict[str | None, int]):
    """Numbers for texts, from 1 in the order in which they turn up; `NOTHING` for None."""

    def __init__(self) -> None:
        super().__init__({None: NOTHING})

    def __missing__(self, text: str | None) -> int:
        self[text] = number = len(self)
        return number


class Codes(dict[str | None, int]):
    """Codes of digits as numbers; `NOTHING` for None."""

    def __init__(self) -> None:
        super().__init__({None: NOTHING})

    def __missing__(self, text: str | None) -> int:
        self[text] = number = int(text or NOTHING)
        return number


def renamed(numbers: dict[int, int]) -> Coding:
    """What stands for a number, and the number itself where nothing does."""

    def number_of(number: int) -> int:
        return numbers.get(number, number)

    return number_of


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Spares the garbage collector millions of short-lived rows, none of them in a circle."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.enable()


def read_columns(session: Session, statement: Select[Any], codings: Sequence[Coding | None]) -> list[Numbers]:
    """The columns of a statement as arrays; a coding of None takes the numbers as they are."""
    pieces: list[list[Numbers]] = [[np.empty(0, np.int64)] for _ in codings]
    found = session.execute(statement, execution_options={"yield_per": _TOGETHER})
    with _not_collecting():
        for rows in found.partitions():
            columns = zip(*rows, strict=True)
            for piece, column, coding in zip(pieces, columns, codings, strict=True):
                values = column if coding is None else map(coding, column)
                piece.append(np.fromiter(values, np.int64, len(rows)))
    return [np.concatenate(piece) for piece in pieces]
