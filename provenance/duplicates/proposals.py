"""Pairs of records that may be one, each with its evidence, best first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from provenance.domain.record_kinds import RecordKind

LEAST = 3
"""The least score of a pair that is proposed: weapon and place agree, or weapon and day, and nothing speaks
against it. `provenance.domain.near_recoveries` asks from there on, too.
"""


class SignKind(StrEnum):
    """What two records have in common, or differ in."""

    NUMBER = "number"
    WEAPON = "weapon"
    DATE = "date"
    PLACE = "place"
    COUNTRY = "country"
    RECOVERY_KIND = "recovery_kind"
    PHOTO = "photo"
    MAKERS = "makers"
    SERIAL = "serial"
    MARKING = "marking"
    LOT = "lot"
    DATE_CODE = "date_code"
    UNIT = "unit"
    PART = "part"
    MAKER = "maker"
    PIECES = "pieces"
    LIST = "list"
    ORIGIN = "origin"
    NAME = "name"
    IDENTIFIER = "identifier"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for two records being one (``weight`` above 0), or against it (below)."""

    kind: SignKind
    weight: int
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records, by row number, that may be one; ``left`` was recorded first."""

    kind: RecordKind
    left: int
    right: int
    signs: tuple[Sign, ...]

    @property
    def score(self) -> int:
        """The sum of all weights: an order to look through them, not a probability."""
        return sum(sign.weight for sign in self.signs)

    @property
    def pair(self) -> frozenset[int]:
        """The two records."""
        return frozenset((self.left, self.right))


def proposal(kind: RecordKind, one: int, other: int, signs: Iterable[Sign]) -> Proposal:
    """A pair with its signs, the heaviest first."""
    ordered = sorted(signs, key=lambda sign: (sign.weight < 0, -abs(sign.weight), sign.kind, sign.text))
    return Proposal(kind, min(one, other), max(one, other), tuple(ordered))


def ranked(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that are worth a look, best first; of equal ones that whose records were made first."""
    worth = (each for each in proposals if each.score >= LEAST)
    return sorted(worth, key=lambda each: (-each.score, each.left, each.right))
