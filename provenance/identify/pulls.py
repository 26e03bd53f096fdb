"""Pulls: the makers that each thing a marking shows pulls to, and how strongly.

A thing is a run of characters, a word, a family, the shape of a number. What a pull is worth is counted
(`provenance.identify.votes`) or fitted (`provenance.identify.regressing`); pulls are summed by
`provenance.identify.witnesses`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
_DECIMALS = 5
"""Pulls are rounded, so that the same are kept, and the same answers given, on every machine."""


class Pull(NamedTuple):
    """What one thing is worth: its weight in a marking's length, and the makers that it pulls to or from."""

    weight: float
    makers: Sequence[tuple[str, float]]


class Pulls:
    """Pulls of things of one sort or several; the same thing of another sort is another thing.

    ``rows`` has for each sort the row of each thing; row by row ``lengths`` says how many makers a thing
    pulls to and ``weights`` what it weighs. Of all pulls, row after row, ``numbers`` says to which of
    ``makers`` and ``strengths`` how strongly.
    """

    def __init__(
        self,
        makers: Sequence[str],
        rows: Sequence[Mapping[str, int]],
        numbers: Numbers,
        strengths: Matrix,
        lengths: Numbers,
        weights: Matrix,
    ) -> None:
        self.makers, self.rows = tuple(makers), tuple(rows)
        self.numbers, self.strengths, self.lengths, self.weights = numbers, strengths, lengths, weights
        self._starts = np.cumsum(lengths) - lengths
        self._number = {maker: number for number, maker in enumerate(self.makers)}

    @classmethod
    def of(cls, pulls: Sequence[Mapping[str, Pull]] = ()) -> Pulls:
        """The pulls of things, one mapping a sort."""
        each = [pull for sort in pulls for pull in sort.values()]
        makers = sorted({maker for pull in each for maker, _ in pull.makers})
        number = {maker: place for place, maker in enumerate(makers)}
        return cls.from_lists(
            {
                "makers": makers,
                "things": [list(sort) for sort in pulls],
                "numbers": [number[maker] for pull in each for maker, _ in pull.makers],
                "strengths": [round(strength, _DECIMALS) for pull in each for _, strength in pull.makers],
                "lengths": [len(pull.makers) for pull in each],
                "weights": [round(pull.weight, _DECIMALS) for pull in each],
            }
        )

    def strength(self, thing: str, maker: str) -> float:
        """How much a thing of the first sort pulls to a maker; 0 where it does not, or was never seen."""
        row = self.rows[0].get(thing) if self.rows else None
        if row is None or maker not in self._number:
            return 0.0
        own = slice(self._starts[row], self._starts[row] + self.lengths[row])
        return float(self.strengths[own][self.numbers[own] == self._number[maker]].sum())

    def to_lists(self) -> dict[str, Any]:
        """All pulls in plain lists, for keeping."""
        return {
            "makers": list(self.makers),
            "things": [list(rows) for rows in self.rows],
            "numbers": self.numbers.tolist(),
            "strengths": self.strengths.tolist(),
            "lengths": self.lengths.tolist(),
            "weights": self.weights.tolist(),
        }

    @classmethod
    def from_lists(cls, kept: Mapping[str, Any]) -> Pulls:
        """The pulls that `to_lists` kept."""
        rows, start = [], 0
        for things in kept["things"]:
            rows.append({thing: row for row, thing in enumerate(things, start)})
            start += len(things)
        return cls(
            kept["makers"],
            rows,
            np.array(kept["numbers"], np.int64),
            np.array(kept["strengths"], np.float64),
            np.array(kept["lengths"], np.int64),
            np.array(kept["weights"], np.float64),
        )
