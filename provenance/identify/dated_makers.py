"""Makers and dates together: a brand younger than the part did not print it; a family bounds its codes.

An RF3110 of 2009 is RF Micro Devices', whoever owns the line now: Qorvo began in 2015. And a one-digit year
on an STM32 is none before 2007.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.identify.answers import Candidate
from provenance.identify.calibration import LIKELY_FROM
from provenance.text.date_codes import DateReading

_BELIEVED = 1
"""The greatest doubt of a date reading that may say anything about the maker."""
_SETTLED = 0.99
"""The greatest chance that a candidate has because another one is ruled out."""


def without_younger(candidates: tuple[Candidate, ...], dates: Sequence[DateReading]) -> tuple[Candidate, ...]:
    """The candidates without those who printed no such number yet on any day that the date code allows.

    The others share their chances; none of them becomes certain by it. Codes in several marks decide nothing.
    """
    if not dates or dates[0].doubt > _BELIEVED or len({each.mark for each in dates}) > 1:
        return candidates
    staying = [each for each in candidates if not _is_younger(each, dates)]
    if len(staying) == len(candidates) or not staying:
        return candidates
    left = 1 - sum(each.score for each in candidates if _is_younger(each, dates))
    return tuple(_raised(each, left) for each in staying)


def not_before(dates: tuple[DateReading, ...], first: Candidate) -> tuple[DateReading, ...]:
    """The readings that are not before the first candidate's family began, where it is more than possible.

    All of them where none remains: the marking contradicts itself, and the family is the weaker statement.
    """
    since = first.since
    if since is None or first.confidence == "possible" or len({each.mark for each in dates}) > 1:
        return dates
    kept = [each for each in dates if each.span.latest is None or each.span.latest >= since]
    if not kept or len(kept) == len(dates):
        return dates
    return tuple(
        each._replace(reason=f"{each.reason}; not before {since}, when its family began") for each in kept
    )


def _is_younger(candidate: Candidate, dates: Sequence[DateReading]) -> bool:
    since = candidate.since
    return since is not None and all(
        each.span.latest is not None and each.span.latest < since for each in dates
    )


def _raised(candidate: Candidate, left: float) -> Candidate:
    score = min(_SETTLED, candidate.score / left) if left > 0 else candidate.score
    if candidate.confidence == "possible" and score >= LIKELY_FROM:
        return candidate._replace(score=round(score, 4), confidence="likely")
    return candidate._replace(score=round(max(score, candidate.score), 4))
