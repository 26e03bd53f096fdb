"""How many kinds were not seen yet, from how often those seen were: the estimators of ecology, pure.

A kind is a firm or a part, a sampling unit a recovery; what counts is in how many recoveries each kind was.
Sources: A. Chao, Biometrics 43 (1987) 783-791, for the estimate (Chao2, in the form corrected for bias, which
few kinds seen twice do not inflate); R. K. Colwell, EstimateS user's guide, appendix B, for its variance and
interval; E. B. Wilson, JASA 22 (1927) 209-212, for the interval of a share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

_Z = 1.959964
"""The normal quantile of intervals of 95 %."""

FEWEST_UNITS = 5
"""Recoveries from which on something is estimated: with fewer, any number is a guess with decimals."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its interval of 95 %, both ends inclusive."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Richness:
    """What was seen in ``units`` recoveries, and what that says of what was not.

    ``unseen`` is the least number of kinds that can be expected among those not seen (Chao2); ``chance_new``
    the chance that the next recovery has a kind that none of these has, ``new_in_next`` how many to expect in
    it. All three are None below `FEWEST_UNITS`.
    """

    units: int
    seen: int
    once: int
    twice: int
    unseen: Interval | None
    chance_new: Interval | None
    new_in_next: float | None


def richness(units: int, incidences: Sequence[int], units_with_unique: int) -> Richness:
    """The estimates from the number of units in which each kind was seen, each at least one.

    ``units_with_unique`` is the number of units with a kind that no other unit has: leaving each unit out in
    turn, so many would have brought something new.
    """
    times = Counter(incidences)
    once, twice = times[1], times[2]
    known = units >= FEWEST_UNITS
    return Richness(
        units=units,
        seen=len(incidences),
        once=once,
        twice=twice,
        unseen=unseen_kinds(units, incidences) if known else None,
        chance_new=share_with_interval(units_with_unique, units) if known else None,
        new_in_next=once / units if known else None,
    )


def unseen_kinds(units: int, incidences: Sequence[int]) -> Interval:
    """Chao2: a lower bound of the number of kinds that exist and were not seen, with its interval.

    It is unbiased where the kinds that were seen least are equally frequent, and too low where they are not.
    """
    times = Counter(incidences)
    once, twice, seen = times[1], times[2] + 1, len(incidences)
    ratio = (units - 1) / units
    found = ratio * once * (once - 1) / (2 * twice)
    variance = (
        found
        + ratio**2 * once * (2 * once - 1) ** 2 / (4 * twice**2)
        + ratio**2 * once**2 * (twice - 1) * (once - 1) ** 2 / (4 * twice**4)
    )
    if found > 0:
        spread = exp(_Z * sqrt(log(1 + variance / found**2)))
        return Interval(found, found / spread, found * spread)
    return Interval(0.0, 0.0, _most_unseen(seen, sum(incidences)))


def _most_unseen(seen: int, incidences: int) -> float:
    """The upper end where nothing was seen once, or one kind only: the estimate itself is then zero."""
    if not seen:
        return 0.0
    missed = exp(-incidences / seen)
    variance = seen * missed * (1 - missed)
    return max(0.0, (seen + _Z * sqrt(variance)) / (1 - missed) - seen)


def share_with_interval(count: int, total: int) -> Interval:
    """A share with Wilson's interval; ``total`` is at least one."""
    share, weight = count / total, _Z**2 / total
    middle = share + weight / 2
    half = _Z * sqrt(share * (1 - share) / total + weight / (4 * total))
    low, high = (middle - half) / (1 + weight), (middle + half) / (1 + weight)
    # At the ends of the scale the rounding of a computer must not leave the interval short of the share.
    return Interval(share, max(0.0, min(low, share)), min(1.0, max(high, share)))
