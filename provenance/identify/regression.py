"""Regression: whom everything that a marking shows leans to together, by weights fitted to all pairs at once.

The votes (`provenance.identify.votes`) count each thing by itself, so that ten runs of one number say ten
times what one says. Here the weights of all things were fitted together: what always comes with
something else adds little to it. How they are fitted: `provenance.identify.regressing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from provenance.identify.votes import Leanings

Shown = tuple[Sequence[str], ...]
"""What a marking shows: for each sort of thing, always in the same order, the things once each."""


class Pull(NamedTuple):
    """What one thing is worth: the square of its rarity, and the makers that it pulls to or from most."""

    rarity_squared: float
    makers: tuple[tuple[str, float], ...]


class Regression:
    """Pulls of things, one mapping a sort; a thing that was seen in one pair only has none."""

    def __init__(self, pulls: Sequence[Mapping[str, Pull]] = ()) -> None:
        self._pulls = tuple(pulls)

    def leanings(self, shown: Shown) -> Leanings:
        """The makers that what is shown pulls to, each above 0, near 1 for one of a pair that taught it.

        A thing weighs as much as it is rare, and all things of a marking weigh one together.
        """
        votes: dict[str, float] = {}
        squared = 0.0
        for pulls, things in zip(self._pulls, shown, strict=False):
            for thing in things:
                if pull := pulls.get(thing):
                    rarity_squared, pulled = pull
                    squared += rarity_squared
                    for maker, strength in pulled:
                        if maker in votes:
                            votes[maker] += strength
                        else:
                            votes[maker] = strength
        scale = squared**-0.5 if squared else 0.0
        return Leanings.of({maker: vote * scale for maker, vote in votes.items() if vote > 0})

    def to_lists(self) -> list[dict[str, list[Any]]]:
        """Everything fitted, in plain lists and dictionaries, for keeping."""
        return [
            {thing: [pull.rarity_squared, *(cell for each in pull.makers for cell in each)]
             for thing, pull in pulls.items()}
            for pulls in self._pulls
        ]  # fmt: skip

    @classmethod
    def from_lists(cls, kept: Sequence[Mapping[str, Sequence[Any]]]) -> Regression:
        """The regression that `to_lists` kept."""
        return cls(
            [
                {thing: Pull(flat[0], tuple(zip(flat[1::2], flat[2::2], strict=True)))
                 for thing, flat in pulls.items()}
                for pulls in kept
            ]
        )  # fmt: skip
