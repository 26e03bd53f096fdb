"""Periods of statements about firms: what a new one leaves unsaid is kept of the one that it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provenance.domain.registry.forms import Content
from provenance.text.partial_dates import UNKNOWN, DateSpan


@dataclass(frozen=True, slots=True)
class Period:
    """From and to when something was so; None is not said, an open interval is said to be unknown."""

    since: DateSpan | None = None
    until: DateSpan | None = None


UNSAID = Period()
"""A period of which nothing is said."""


def overlaps(content: Content, period: Period) -> bool:
    """Whether a statement on record and a new one may be about the same time."""
    begins, ends = _day(content["since_earliest"]), _day(content["until_latest"])
    if content["until_latest"] is None and content["until_earliest"] is not None:
        ends = None
    since, until = period.since or UNKNOWN, period.until or UNKNOWN
    starts_after = since.earliest is not None and ends is not None and since.earliest >= ends
    ends_before = until.latest is not None and begins is not None and until.latest <= begins
    return not (starts_after or ends_before)


def restated(period: Period, replaced: Sequence[Content]) -> Content:
    """The columns of a period, with what it leaves unsaid from the one statement that it replaces, if any."""
    former = replaced[0] if len(replaced) == 1 else {}
    bounds: Content = {}
    for side, span in (("since", period.since), ("until", period.until)):
        for end in ("earliest", "latest"):
            name = f"{side}_{end}"
            day = former.get(name) if span is None else getattr(span, end)
            bounds[name] = day.isoformat() if isinstance(day, date) else day
    return bounds


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
