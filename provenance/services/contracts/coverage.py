"""What has not been seen yet: request and result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary import CountryBasis
from provenance.queries.coverage import CoverageLine, Kind
from provenance.queries.richness import FEWEST_UNITS, Interval
from provenance.services.contracts.base import Request, Result
from provenance.services.contracts.count_filters import CountFilters


class CoverageRequest(Request):
    """Which recoveries to learn from; a weapon has rows of its own from so many recoveries on."""

    filters: CountFilters = CountFilters()
    basis: CountryBasis = CountryBasis.BRAND
    min_recoveries: int = Field(default=FEWEST_UNITS, ge=1)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Firms or parts of one weapon, or of all where ``weapon`` is None.

    ``recoveries`` are those with at least one known firm or part; ``seen_once`` were in one of them only.
    ``unseen`` is the least number of others to expect, ``chance_new`` the chance, 0 to 1, that the next
    recovery has one that none has, ``new_in_next`` how many to expect in it; ends of intervals are of 95 %.
    None where the recoveries are too few to say.
    """

    kind: Kind
    weapon: str | None
    weapon_ref: str | None
    recoveries: int
    seen: int
    seen_once: int
    seen_twice: int
    unseen: float | None
    unseen_low: float | None
    unseen_high: float | None
    chance_new: float | None
    chance_new_low: float | None
    chance_new_high: float | None
    new_in_next: float | None


class CoverageResult(Result):
    """What the recoveries on record show of the firms and parts that nobody has seen yet."""

    schema_id: ClassVar[str] = "provenance.coverage/1"
    weapons_left_out: int
    rows: tuple[CoverageRow, ...] = ()


def coverage_row(line: CoverageLine) -> CoverageRow:
    """The row of a line; figures are rounded to what they can say."""
    found = line.found
    unseen, low, high = _ends(found.unseen, 1)
    chance, chance_low, chance_high = _ends(found.chance_new, 3)
    return CoverageRow(
        kind=line.kind,
        weapon=line.weapon,
        weapon_ref=line.weapon_ref,
        recoveries=found.units,
        seen=found.seen,
        seen_once=found.once,
        seen_twice=found.twice,
        unseen=unseen,
        unseen_low=low,
        unseen_high=high,
        chance_new=chance,
        chance_new_low=chance_low,
        chance_new_high=chance_high,
        new_in_next=None if found.new_in_next is None else round(found.new_in_next, 2),
    )


def _ends(interval: Interval | None, digits: int) -> tuple[float | None, float | None, float | None]:
    if interval is None:
        return None, None, None
    return round(interval.value, digits), round(interval.low, digits), round(interval.high, digits)
