"""Numbers for texts, and the replacement of numbers by others over whole columns."""

from __future__ import annotations

import numpy as np

from provenance.tracing.network import Numbers

NOTHING = 0
"""An unknown part, lot, component or customs code; row numbers start at 1."""


class Numbering(dict[str | None, int]):
    """Numbers for texts, from 1 in order of appearance; `NOTHING` for None."""

    def __init__(self) -> None:
        super().__init__({None: NOTHING})

    def __missing__(self, text: str | None) -> int:
        self[text] = number = len(self)
        return number


def renamed(numbers: Numbers, names: dict[int, int]) -> Numbers:
    """Each number (none below 0) replaced by its entry in ``names``, or unchanged without one."""
    if not names or not len(numbers):
        return numbers
    replacement = np.arange(max(int(numbers.max()), max(names)) + 1)
    replacement[np.fromiter(names.keys(), np.int64, len(names))] = np.fromiter(
        names.values(), np.int64, len(names)
    )
    found: Numbers = replacement[numbers]
    return found
