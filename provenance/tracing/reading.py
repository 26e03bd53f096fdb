"""Numbers for what the tables name, and other numbers in their place, over whole columns."""

from __future__ import annotations

import numpy as np

from provenance.tracing.network import Numbers

NOTHING = 0
"""Stands for an unknown part, lot, component or customs code; no number of one is zero."""


class Numbering(dict[str | None, int]):
    """Numbers for texts, from 1 in the order in which they turn up; `NOTHING` for None."""

    def __init__(self) -> None:
        super().__init__({None: NOTHING})

    def __missing__(self, text: str | None) -> int:
        self[text] = number = len(self)
        return number


def renamed(numbers: Numbers, names: dict[int, int]) -> Numbers:
    """What stands for each number (none below 0), and the number itself where nothing does."""
    if not names or not len(numbers):
        return numbers
    standing = np.arange(max(int(numbers.max()), max(names)) + 1)
    standing[np.fromiter(names.keys(), np.int64, len(names))] = np.fromiter(
        names.values(), np.int64, len(names)
    )
    found: Numbers = standing[numbers]
    return found
